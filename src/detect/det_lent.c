/*
 * det_lent.c - ORG-01: an account used from the network or terminal of another organisation.
 *
 *     QUIET --foreign line--> EPISODE (account, origin) --pause > gap--> told; one line is enough
 *
 * The network speaks where it is a site or VPN of one organisation, the terminal always; they may name two origins.
 * Unknown on both sides is "undetermined", never "allowed".
 */
#include "detect/saying.h"

static bool
elsewhere(const struct seen *who, int i)
{
	return who->origin[i] != ORG_NONE && who->origin[i] != who->account_org;
}

static bool
foreign(const struct seen *who, int i)
{
	return elsewhere(who, i) && !who->pair_allowed[i];
}

static enum judged
lent_screen(const struct seen *who, const int64_t *param UNUSED)
{
	if (who->account_org == ORG_NONE)
		return JUDGED_UNKNOWN_ACCOUNT;
	if (who->origin[0] == ORG_NONE && who->origin[1] == ORG_NONE)
		return JUDGED_UNKNOWN_ORIGIN;
	return !who->granted && (foreign(who, 0) || foreign(who, 1)) ? JUDGED_HIT : JUDGED_SILENT;
}

static enum judged
lent_hit(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST], int *count)
{
	const struct seen *who = ev->who;

	*count = 0;
	for (int i = 0; i < 2; i++) {
		if (!foreign(who, i) || (i == 1 && *count && who->origin[1] == who->origin[0]))
			continue;
		key[(*count)++] = (struct key){ { who->tuple.text[DICT_ACCOUNT], who->origin[i] } };
	}
	return JUDGED_HIT;
}

static void
lent_because(const struct event *first, const struct key *key, struct because *b)
{
	const struct lookup *l = b->lookup;
	const struct seen *who = first->who;
	struct str org = l->org_name(l->context, who->account_org);
	struct str origin = l->org_name(l->context, (uint16_t)key->part[1]);
	bool by_net = who->origin[0] == key->part[1];
	bool by_terminal = who->origin[1] == key->part[1];
	struct str net =
		by_net ? arena_printf(b->arena, ", networks line %u", who->net_row) : STR("");
	struct str terminal =
		by_terminal ? arena_printf(b->arena, ", terminals line %u", who->terminal_row)
			    : STR("");

	say(b, STR("account.org != origin.org"),
	    arena_printf(b->arena, STR_FMT " != " STR_FMT, STR_ARG(org), STR_ARG(origin)),
	    arena_printf(b->arena, "accounts line %u" STR_FMT STR_FMT, who->account_row,
			 STR_ARG(net), STR_ARG(terminal)));
	say(b,
	    arena_printf(b->arena, "allow_pairs(" STR_FMT ", " STR_FMT "), grants", STR_ARG(org),
			 STR_ARG(origin)),
	    STR("no row in force"), STR(""));
}

static void
why_silent(const struct seen *who, int i, struct because *b)
{
	static const char *const ledger[] = { "networks", "terminals" };
	const struct lookup *l = b->lookup;
	struct str own = l->org_name(l->context, who->account_org);
	struct str origin = l->org_name(l->context, who->origin[i]);

	if (who->origin[i] == ORG_NONE || (i == 1 && who->origin[1] == who->origin[0]) ||
	    (who->origin[i] != who->account_org && !who->pair_allowed[i]))
		return;
	if (who->origin[i] == who->account_org)
		say(b, STR("account.org != origin.org"),
		    arena_printf(b->arena, "origin " STR_FMT " is the account's own organisation",
				 STR_ARG(origin)),
		    arena_printf(b->arena, "%s line %u, accounts line %u", ledger[i],
				 i ? who->terminal_row : who->net_row, who->account_row));
	else
		say(b, STR("account.org != origin.org"),
		    arena_printf(b->arena, STR_FMT " is allowed from " STR_FMT, STR_ARG(own),
				 STR_ARG(origin)),
		    say_line(b, "allow_pairs", who->pair_row[i]));
}

static void
lent_why(const struct event *ev, enum judged said, struct because *b)
{
	const struct seen *who = ev->who;

	if (said != JUDGED_SILENT)
		return;
	for (int i = 0; i < 2; i++)
		why_silent(who, i, b);
	if (who->granted && (elsewhere(who, 0) || elsewhere(who, 1)))
		say(b, STR("grants"), STR("a grant is in force"),
		    say_line(b, "grants", who->standing.grant_row));
}

const struct detector det_lent = {
	.name = "lent",
	.rule = "ORG-01",
	.summary = "an account used from another organisation's network or terminal",
	.kind = FINDING_VIOLATION,
	.key = { { "acct", KEY_ACCOUNT }, { "origin_org", KEY_ORG } },
	.param = { PARAM_GAP("default") },
	.origin_foreign = true,
	.screen = lent_screen,
	.hit = lent_hit,
	.because = lent_because,
	.why = lent_why,
};
