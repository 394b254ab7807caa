/*
 * survey_groups.c - what several accounts share: whom violations affected, retailers, contractors, screens, unknown IDs.
 */
#include "engine/survey_own.h"

const char *const survey_cases[CASES] = { [CASE_OTHER] = "その他",
					  [CASE_RENEWABLES] = "再エネ業務管理",
					  [CASE_SUPPLIER] = "託送_新電力",
					  [CASE_LAST] = "最終保障",
					  [CASE_FIT] = "送配電買取FIT" };

static struct str
system_name(const struct survey_build *b, uint32_t system)
{
	return b->in->policy->system[system].id;
}

static struct str
org_name(const struct survey_build *b, uint32_t org)
{
	return b->in->lookup->org_name(b->in->lookup->context, (uint16_t)org);
}

static struct str
text_of(const struct survey_build *b, enum dict dict, uint32_t number)
{
	const struct names *n = &b->in->source->names;

	return number ? n->text(n->facts, dict, number) : (struct str){ 0 };
}

/* The same group, counting something else of it. */
static uint64_t
also(uint64_t group, unsigned what)
{
	return tally_group(what, tally_a(group), tally_b(group));
}

static void
count_bits(const struct survey_build *b, uint64_t group, struct survey_affected *out)
{
	out->displayed = tally_bit(b->tally, group, BIT_DISPLAYED);
	out->opened = tally_bit(b->tally, group, BIT_OPENED);
	out->window = arena_alloc(b->arena, (b->in->window_count + 1) * sizeof(*out->window));
	for (size_t w = 0; w < b->in->window_count; w++)
		out->window[w] = tally_bit(b->tally, group, BIT_WINDOW + (unsigned)w);
}

static int
affected_order(const void *a, const void *b)
{
	const struct survey_affected *x = a, *y = b;
	int c = str_cmp(x->case_type, y->case_type);

	c = c ? c : str_cmp(x->org, y->org);
	return c ? c : str_cmp(x->system, y->system);
}

static void
list_affected(struct survey_build *b)
{
	struct survey *out = b->out;
	size_t n;
	uint64_t *group = tally_groups(b->tally, SET_EVENT, &n);
	uint64_t total = tally_group(SET_TOTAL, 0, 0);

	out->affected.n = n;
	out->affected.at = arena_alloc(b->arena, (n + 1) * sizeof(*out->affected.at));
	for (size_t i = 0; i < n; i++) {
		struct survey_affected *a = &out->affected.at[i];
		uint32_t system = tally_a(group[i]) & 0xFFFF;

		a->case_type = str_of(survey_cases[tally_a(group[i]) >> CASE_SHIFT]);
		a->org = org_name(b, tally_b(group[i]));
		a->system = system_name(b, system);
		a->events = tally_of(b->tally, group[i]).n;
		a->accounts = tally_of(b->tally, also(group[i], SET_AFFECTED_ACCOUNT)).n;
		a->person_days = tally_of(b->tally, also(group[i], SET_AFFECTED_DAY)).n;
		count_bits(b, also(group[i], SET_AFFECTED), a);
		out->total.events += a->events; /* a line has one case, organisation and system */
	}
	if (n)
		qsort(out->affected.at, n, sizeof(*out->affected.at), affected_order);
	count_bits(b, total, &out->total);
	out->total.accounts = tally_of(b->tally, also(total, SET_TOTAL_ACCOUNT)).n;
	out->total.person_days = tally_of(b->tally, also(total, SET_TOTAL_DAY)).n;
	free(group);
}

static int
retailer_order(const void *a, const void *b)
{
	const struct survey_retailer *x = a, *y = b;
	int c = str_cmp(x->org, y->org);

	return c ? c : str_cmp(x->system, y->system);
}

/* Every pair, so that a zero is said. */
static void
list_retailers(struct survey_build *b)
{
	const uint8_t *class = b->all[0]->org_class;
	VEC(struct survey_retailer) list = { 0 };

	for (uint32_t org = 1; org <= b->in->lookup->orgs; org++) {
		for (uint32_t s = 0; class[org] == ORG_RETAILER && s < b->in->policy->system_count;
		     s++) {
			struct tally_sum lines =
				tally_of(b->tally, tally_group(SUM_RETAILER, s, org));

			*VEC_PUSH(&list) = (struct survey_retailer){
				.org = org_name(b, org),
				.system = system_name(b, s),
				.lines = lines.n,
				.accounts = tally_of(b->tally, tally_group(SET_RETAILER, s, org)).n,
				.first = lines.first,
				.last = lines.last,
			};
		}
	}
	b->out->retailer.n = list.n;
	b->out->retailer.at = arena_alloc(b->arena, (list.n + 1) * sizeof(*list.at));
	if (list.n) {
		qsort(list.at, list.n, sizeof(*list.at), retailer_order);
		memcpy(b->out->retailer.at, list.at, list.n * sizeof(*list.at));
	}
	VEC_FREE(&list);
}

static int
contractor_order(const void *a, const void *b)
{
	const struct survey_contractor *x = a, *y = b;

	return str_cmp(x->org, y->org);
}

static void
list_contractors(struct survey_build *b)
{
	const struct lookup *l = b->in->lookup;
	const struct tally *t = b->tally;
	VEC(struct survey_contractor) list = { 0 };

	for (uint32_t org = 1; org <= l->orgs; org++) {
		if (b->all[0]->org_class[org] != ORG_CONTRACTOR)
			continue;
		*VEC_PUSH(&list) = (struct survey_contractor){
			.org = org_name(b, org),
			.parent = org_name(b, l->org_parent(l->context, (uint16_t)org)),
			.accounts = tally_of(t, tally_group(SET_CONTRACTOR_ACCOUNT, 0, org)).n,
			.lines = tally_of(t, tally_group(SUM_CONTRACTOR, 0, org)).n,
			.views = tally_of(t, tally_group(SUM_CONTRACTOR_VIEW, 0, org)).n,
			.consumers = tally_of(t, tally_group(SET_CONTRACTOR, 0, org)).n,
			.off_hours = tally_of(t, tally_group(SUM_CONTRACTOR_OFF, 0, org)).n,
		};
	}
	b->out->contractor.n = list.n;
	b->out->contractor.at = arena_alloc(b->arena, (list.n + 1) * sizeof(*list.at));
	if (list.n) {
		qsort(list.at, list.n, sizeof(*list.at), contractor_order);
		memcpy(b->out->contractor.at, list.at, list.n * sizeof(*list.at));
	}
	VEC_FREE(&list);
}

static int
unknown_order(const void *a, const void *b)
{
	const struct survey_unknown *x = a, *y = b;
	int c = str_cmp(x->account, y->account);

	return c ? c : str_cmp(x->system, y->system);
}

static void
list_unknown(struct survey_build *b)
{
	size_t n;
	uint64_t *group = tally_groups(b->tally, SUM_UNKNOWN, &n);
	struct survey_unknown *at = arena_alloc(b->arena, (n + 1) * sizeof(*at));

	for (size_t i = 0; i < n; i++)
		at[i] = (struct survey_unknown){
			.account = text_of(b, DICT_ACCOUNT, tally_b(group[i])),
			.system = system_name(b, tally_a(group[i])),
			.lines = tally_of(b->tally, group[i]).n,
		};
	if (n)
		qsort(at, n, sizeof(*at), unknown_order);
	b->out->unknown.at = at;
	b->out->unknown.n = n;
	free(group);
}

static int
screen_order(const void *a, const void *b)
{
	const struct survey_screen *x = a, *y = b;
	int c = str_cmp(x->system, y->system);

	return c ? c : str_cmp(x->class, y->class);
}

static void
list_screens(struct survey_build *b)
{
	size_t n;
	uint64_t *group = tally_groups(b->tally, SUM_SCREEN, &n);
	struct survey_screen *at = arena_alloc(b->arena, (n + 1) * sizeof(*at));

	for (size_t i = 0; i < n; i++)
		at[i] = (struct survey_screen){
			.system = system_name(b, tally_a(group[i])),
			.class = text_of(b, DICT_CLASS, tally_b(group[i])),
			.views = tally_of(b->tally, group[i]).n,
			.consumers = tally_of(b->tally, also(group[i], SET_SCREEN)).n,
		};
	if (n)
		qsort(at, n, sizeof(*at), screen_order);
	b->out->screen.at = at;
	b->out->screen.n = n;
	free(group);
}

void
survey_groups(struct survey_build *b)
{
	struct str *window = arena_alloc(b->arena, (b->in->window_count + 1) * sizeof(*window));

	for (size_t w = 0; w < b->in->window_count; w++)
		window[w] = b->in->windows[w].name;
	b->out->window = window;
	b->out->windows = b->in->window_count;
	list_affected(b);
	list_retailers(b);
	list_contractors(b);
	list_unknown(b);
	list_screens(b);
}
