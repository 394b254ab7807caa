/*
 * state_next.c - what a state will be when a night or a purge is in it, worked out in memory, sealed and linked.
 */
#include "store/state_own.h"

#include "base/civil.h"
#include "base/sha256.h"

static bool
goes(const struct state_part *p, int64_t run_now, int32_t before)
{
	int32_t last = p->first_day > p->last_day ? jst_day(run_now) : p->last_day;

	return before != INT32_MIN && last < before;
}

bool
state_part_goes(const struct state *s, const struct state_part *part, int32_t before)
{
	return goes(part, s->link.at[part->id - 1].run.now, before);
}

static void
keep_parts(const struct state *s, const struct state_night *night, struct state_next *to)
{
	bool dropped = to->part_goes;

	for (size_t i = 0; i < s->content.part.n; i++) {
		const struct state_part *p = &s->content.part.at[i];

		if (state_part_goes(s, p, night->purge_before))
			dropped = true;
		else
			*VEC_PUSH(&to->content.part) = *p;
	}
	if (to->part.id && !to->part_goes)
		*VEC_PUSH(&to->content.part) = to->part;
	to->link.run.purged_before = state_purged_before(s);
	if (dropped && night->purge_before > to->link.run.purged_before)
		to->link.run.purged_before = night->purge_before;
}

static void
keep_inputs(const struct state *s, const struct state_night *night, struct state_next *to)
{
	for (size_t i = 0; i < s->content.input.n; i++) {
		struct state_input in = s->content.input.at[i];

		if (!content_part(&to->content, in.part))
			in.part = 0;
		*VEC_PUSH(&to->content.input) = in;
	}
	to->old_inputs = to->content.input.n;
	for (size_t i = 0; i < night->input_count; i++) {
		struct state_input in = night->input[i];

		in.part = to->part_goes ? 0 : to->part.id;
		*VEC_PUSH(&to->content.input) = in;
	}
}

/* Those that are not kept yet, in an order that nothing but they decide, each once. */
static void
add_lines(const struct state *s, const struct state_night *night, struct state_next *to)
{
	struct state_line *l = xalloc(night->line_count + 1, sizeof(*l));
	size_t n = 0;

	for (size_t i = 0; i < night->line_count; i++) {
		l[n] = night->line[i];
		if (l[n].part == 0)
			l[n].part = to->part.id;
		if (l[n].part < 1 || l[n].part > to->link.run.id)
			BUG("a line of part %lld, and no such part", (long long)l[n].part);
		n += content_part(&to->content, l[n].part) != NULL;
	}
	qsort(l, n, sizeof(*l), state_line_order);
	for (size_t i = 0; i < n; i++) {
		if ((i == 0 || state_line_order(&l[i - 1], &l[i]) != 0) &&
		    !state_line(s, l[i].part, l[i].number, l[i].offset, l[i].digest))
			*VEC_PUSH(&to->content.line) = l[i];
	}
	free(l);
}

static void
keep_lines(const struct state *s, const struct state_night *night, struct state_next *to)
{
	for (size_t i = 0; i < s->content.line.n; i++) {
		if (content_part(&to->content, s->content.line.at[i].part))
			*VEC_PUSH(&to->content.line) = s->content.line.at[i];
	}
	to->old_lines = to->content.line.n;
	add_lines(s, night, to);
}

static int
finding_order(const void *a, const void *b)
{
	const struct state_finding *x = a, *y = b;
	int c = str_cmp(x->fp_case, y->fp_case);

	c = c ? c : str_cmp(x->fp_occ, y->fp_occ);
	return c ? c : str_cmp(x->record, y->record);
}

static int
case_order(const void *key, const void *finding)
{
	return str_cmp(*(const struct str *)key, ((const struct state_finding *)finding)->fp_case);
}

static void
replace_findings(const struct state *s, const struct state_night *night, struct state_next *to)
{
	for (size_t i = 0; i < night->finding_count; i++) {
		struct state_finding f = night->finding[i];
		const struct state_finding *old =
			s->content.finding.n ? bsearch(&f.fp_case, s->content.finding.at,
						       s->content.finding.n, sizeof(f), case_order)
					     : NULL;

		f.first_told = old ? old->first_told : night->now;
		*VEC_PUSH(&to->content.finding) = f;
	}
	if (to->content.finding.n)
		qsort(to->content.finding.at, to->content.finding.n,
		      sizeof(*to->content.finding.at), finding_order);
	to->new_findings = true;
}

static void
keep_findings(const struct state *s, struct state_next *to)
{
	for (size_t i = 0; i < s->content.finding.n; i++)
		*VEC_PUSH(&to->content.finding) = s->content.finding.at[i];
}

void
next_prepare(const struct state *s, const struct state_night *night, bool purge,
	     struct state_next *to)
{
	struct state_link *l = &to->link;

	l->run = night->run;
	l->run.id = (int64_t)s->link.n + 1;
	l->run.now = night->now;
	l->purge = purge;
	l->folded = !purge;
	memcpy(l->parse_digest, night->parse_digest, sizeof(l->parse_digest));
	sha256_of(l->run.record, l->record_digest);
	if (night->part.path.n) {
		to->part = night->part;
		to->part.id = l->run.id;
		to->part_goes = goes(&to->part, night->now, night->purge_before);
	}
	keep_parts(s, night, to);
	keep_inputs(s, night, to);
	keep_lines(s, night, to);
	if (purge)
		keep_findings(s, to);
	else
		replace_findings(s, night, to);
	if (!seal_content(&to->content, l))
		BUG("a row of the new state names no part of it");
	seal_link(l, s->link.n ? &s->link.at[s->link.n - 1] : NULL);
}

void
next_free(struct state_next *to)
{
	VEC_FREE(&to->content.part);
	VEC_FREE(&to->content.input);
	VEC_FREE(&to->content.line);
	VEC_FREE(&to->content.finding);
	free(to->content.seal);
}
