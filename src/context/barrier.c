/*
 * barrier.c - first match by prio, and what its word means with this masking and disaster state.
 */
#include "context/barrier.h"

static int
row_cmp(const void *a, const void *b)
{
	const struct barrier_row *const *x = a, *const *y = b;

	return ((*x)->prio > (*y)->prio) - ((*x)->prio < (*y)->prio);
}

/* What does not depend on the consumer.  Lines say no purpose, so a row that names one never matches. */
static bool
row_fits(const struct barrier_row *r, const struct viewer *v)
{
	return (!r->viewer_class || r->viewer_class == v->org_class) &&
	       (!r->role || r->role == v->role) && (!r->system || r->system == v->system) &&
	       (!r->class || r->class == v->class) && r->purpose.n == 0;
}

static bool
row_is_default(const struct barrier_row *r)
{
	return !r->viewer_class && !r->role && !r->system && !r->class && r->purpose.n == 0 &&
	       !r->relation && !r->disaster;
}

static enum barred
word_means(enum barrier_says word, uint8_t masked, enum dstate d)
{
	static const enum barred by_masking[] = {
		[MASKED_UNKNOWN] = BARRED_UNKNOWN,
		[MASKED_NO] = BARRED_YES,
		[MASKED_YES] = BARRED_NO,
	};

	switch (word) {
	case SAYS_ALLOW:
		return BARRED_NO;
	case SAYS_DENY:
		return BARRED_YES;
	case SAYS_ALLOW_MASKED:
		return by_masking[masked];
	case SAYS_ALLOW_DISASTER:
		return d == DSTATE_IN ? BARRED_NO : BARRED_YES;
	case SAYS_NOTHING:
	case SAYS_COUNT:
		break;
	}
	return BARRED_UNKNOWN;
}

static struct verdict
row_verdict(const struct barrier_row *r, const struct viewer *v, enum relation rel, enum dstate d,
	    bool last)
{
	bool unknown = v->org == ORG_NONE || (rel == REL_UNKNOWN && last);

	return (struct verdict){
		.barred = (uint8_t)(unknown ? BARRED_UNKNOWN
					    : word_means((enum barrier_says)r->verdict, v->masked,
							 d)),
		.last = last,
		.prio = (uint16_t)r->head.line,
	};
}

int
barrier_build(struct barrier *b, const struct ledger *l, struct arena *a, struct errors *err)
{
	struct place at = { .file = l->path, .line = 1 };

	*b = (struct barrier){ .count = l->count };
	if (l->count == 0)
		return error_at(err, at,
				"a barrier without rows decides nothing; its last row must be the "
				"default, with only prio and verdict");
	b->row = arena_alloc(a, l->count * sizeof(const struct barrier_row *));
	for (size_t i = 0; i < l->count; i++) {
		b->row[i] = ledger_row(l, i);
		at.line = b->row[i]->head.line;
		if (at.line > UINT16_MAX)
			return error_at(err, at, "a barrier has at most %d lines", UINT16_MAX);
	}
	qsort(b->row, l->count, sizeof(const struct barrier_row *), row_cmp);
	at.line = b->row[l->count - 1]->head.line;
	if (!row_is_default(b->row[l->count - 1]))
		return error_at(err, at,
				"the row with the greatest prio must be the default, with only "
				"prio and verdict");
	return 0;
}

void
barrier_judge(const struct barrier *b, const struct viewer *v,
	      struct verdict out[REL_COUNT][DSTATE_COUNT])
{
	bool done[REL_COUNT][DSTATE_COUNT] = { { false } };
	int left = REL_COUNT * DSTATE_COUNT;

	for (int rel = 0; rel < REL_COUNT; rel++) {
		for (int d = 0; d < DSTATE_COUNT; d++)
			out[rel][d] = (struct verdict){ .barred = BARRED_UNKNOWN };
	}
	for (size_t i = 0; i < b->count && left; i++) {
		const struct barrier_row *r = b->row[i];

		if (!row_fits(r, v))
			continue;
		for (int cell = 0; cell < REL_COUNT * DSTATE_COUNT; cell++) {
			int rel = cell / DSTATE_COUNT, d = cell % DSTATE_COUNT;

			if (done[rel][d] || (r->relation && r->relation != rel + 1) ||
			    (r->disaster && r->disaster != d + 1))
				continue;
			out[rel][d] = row_verdict(r, v, (enum relation)rel, (enum dstate)d,
						  i == b->count - 1);
			done[rel][d] = true;
			left--;
		}
	}
}
