/*
 * det_foreign_area.c - XTN-05: a consumer of an area that is not the organisation's was viewed.
 *
 *     QUIET --view of a consumer outside its areas--> EPISODE (account, area) --pause > gap--> told; one view is enough
 *
 * Organisations without areas are not judged; an unknown consumer, or one of no area, is undetermined.
 */
#include "detect/saying.h"

static enum judged
foreign_area_screen(const struct seen *who, const int64_t *param UNUSED)
{
	if (!who->views)
		return JUDGED_OUTSIDE;
	if (who->account_org == ORG_NONE)
		return JUDGED_UNKNOWN_ACCOUNT;
	return who->area_bound ? JUDGED_ASK : JUDGED_OUTSIDE;
}

static enum judged
foreign_area_hit(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST],
		 int *count)
{
	const struct lookup *l = ev->lookup;
	uint16_t area = ev->view->area;

	*count = 1;
	key[0] = (struct key){ { ev->who->tuple.text[DICT_ACCOUNT], area } };
	switch (l->area_held(l->context, ev->who->account_org, area)) {
	case AREA_HELD:
		return JUDGED_SILENT;
	case AREA_FOREIGN:
		return JUDGED_HIT;
	case AREA_UNKNOWN:
		break;
	}
	return JUDGED_UNKNOWN_CONSUMER;
}

static void
foreign_area_because(const struct event *first, const struct key *key, struct because *b)
{
	const struct lookup *l = b->lookup;
	struct str org = l->org_name(l->context, first->who->account_org);

	say(b, arena_printf(b->arena, "consumer.area in the areas of " STR_FMT, STR_ARG(org)),
	    arena_printf(b->arena, STR_FMT " is none of them",
			 STR_ARG(l->area_name(l->context, (uint16_t)key->part[1]))),
	    arena_printf(b->arena, "accounts line %u, consumers line %u", first->who->account_row,
			 first->view->consumer_row));
}

const struct detector det_foreign_area = {
	.name = "foreign_area",
	.rule = "XTN-05",
	.summary = "a consumer outside the organisation's supply areas was viewed",
	.kind = FINDING_VIOLATION,
	.key = { { "acct", KEY_ACCOUNT }, { "area", KEY_AREA } },
	.param = { PARAM_GAP("default") },
	.origin_foreign = true,
	.screen = foreign_area_screen,
	.hit = foreign_area_hit,
	.because = foreign_area_because,
};
