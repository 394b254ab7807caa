/*
 * run_coverage.c - see run_coverage.h.
 */
#include "app/run_coverage.h"

#include "base/civil.h"

static void
cover(struct run_coverage *c, const struct fact_source *source, unsigned system, int32_t from,
      int32_t to, struct arena *a)
{
	VEC(struct run_span) spans = { 0 };
	struct run_span *kept;

	for (int32_t day = from; day <= to; day++) {
		if (!source->system_day(source->facts, system, day))
			continue;
		if (spans.n && spans.at[spans.n - 1].last == day - 1)
			spans.at[spans.n - 1].last = day;
		else
			*VEC_PUSH(&spans) = (struct run_span){ day, day };
	}
	kept = arena_alloc(a, (spans.n + 1) * sizeof(*kept));
	for (size_t i = 0; i < spans.n; i++)
		kept[i] = spans.at[i];
	c->span = kept;
	c->span_count = spans.n;
	VEC_FREE(&spans);
}

void
run_coverage_fill(struct run *r, const struct policy *p, const struct fact_source *source,
		  struct arena *a)
{
	struct run_coverage *c = arena_alloc(a, p->system_count * sizeof(*c));
	int64_t first = 0, last = -1;
	bool any = source->facts && source->span(source->facts, &first, &last);

	for (unsigned i = 0; i < p->system_count; i++) {
		c[i].system = p->system[i].id;
		if (any)
			cover(&c[i], source, i, jst_day(first), jst_day(last), a);
	}
	r->coverage = c;
	r->coverage_count = p->system_count;
}
