/*
 * leave.c - one entry a key of allow_pairs and grants, in order.
 */
#include "context/leave.h"

static int
pair_cmp(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;

	if (x->row->account_org != y->row->account_org)
		return x->row->account_org < y->row->account_org ? -1 : 1;
	if (x->origin != y->origin)
		return x->origin < y->origin ? -1 : 1;
	return (x->system > y->system) - (x->system < y->system);
}

static int
subject_cmp(const struct grant_row *r, enum grant_kind kind, struct str subject)
{
	if (r->kind != kind)
		return r->kind < kind ? -1 : 1;
	return str_cmp(r->subject, subject);
}

static int
grant_cmp(const void *a, const void *b)
{
	const struct grant_row *x = ((const struct grant *)a)->row;
	const struct grant_row *y = ((const struct grant *)b)->row;
	int c = subject_cmp(x, (enum grant_kind)y->kind, y->subject);

	return c ? c : (x->system > y->system) - (x->system < y->system);
}

void
pairs_build(struct pairs *p, const struct ledger *l, size_t orgs, struct arena *a)
{
	size_t n = 0;

	p->at = arena_alloc(a, (l->count + 1) * sizeof(*p->at));
	p->first = arena_alloc(a, (orgs + 1) * sizeof(*p->first));
	for (size_t i = 0; i < l->count;) {
		const struct allow_pair_row *r = ledger_row(l, i);

		p->at[n++] = (struct pair){ r, r->origin_org, r->system };
		p->first[r->account_org + 1]++;
		i += r->head.count;
	}
	for (size_t o = 1; o <= orgs; o++)
		p->first[o] += p->first[o - 1];
	if (n)
		qsort(p->at, n, sizeof(*p->at), pair_cmp);
}

void
grants_build(struct grants *g, const struct ledger *l, struct arena *a)
{
	g->at = arena_alloc(a, (l->count + 1) * sizeof(*g->at));
	for (size_t i = 0; i < l->count;) {
		g->at[g->count].row = ledger_row(l, i);
		i += g->at[g->count++].row->head.count;
	}
	if (g->count)
		qsort(g->at, g->count, sizeof(*g->at), grant_cmp);
	for (uint32_t i = g->count; i-- > 0;) {
		const struct grant_row *r = g->at[i].row;
		bool more =
			i + 1 < g->count &&
			subject_cmp(g->at[i + 1].row, (enum grant_kind)r->kind, r->subject) == 0;

		g->at[i].left = 1 + (more ? g->at[i + 1].left : 0);
	}
}

uint32_t
grants_find(const struct grants *g, enum grant_kind kind, struct str subject)
{
	uint32_t low = 0, high = g->count;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (subject_cmp(g->at[mid].row, kind, subject) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < g->count && subject_cmp(g->at[low].row, kind, subject) == 0 ? low + 1 : 0;
}
