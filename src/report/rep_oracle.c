/*
 * rep_oracle.c - one row a finding, as scripts/oracle prints it: what an independent query must agree with.
 */
#include "model/report.h"

#include "base/order.h"

static void
row(const struct finding *f, struct out *o)
{
	out_text(o, f->rule->id);
	for (int i = 0; i < KEY_PARTS && f->rule->detector->key[i].name; i++) {
		out_char(o, i ? ',' : '|');
		out_tty(o, f->key_text[i]);
	}
	out_char(o, '|');
	out_i64(o, f->first);
	out_char(o, '|');
	out_i64(o, f->last);
	out_printf(o, "|%llu|%llu|%llu|%llu|%zu|%d\n", (unsigned long long)f->counts.lines,
		   (unsigned long long)f->counts.views, (unsigned long long)f->counts.consumers,
		   (unsigned long long)f->counts.episodes, f->case_count, f->points);
}

static void
oracle_write(const struct report_input *in, struct out *o)
{
	const struct verdicts *v = in->verdicts;
	struct arena arena = { 0 };
	struct str *rows = arena_alloc(&arena, v->finding.n * sizeof(*rows) + 1);

	for (size_t i = 0; i < v->finding.n; i++) {
		struct out line;

		out_memory(&line);
		row(v->finding.at[i], &line);
		rows[i] = arena_str(&arena, out_taken(&line));
		out_discard(&line);
	}
	qsort(rows, v->finding.n, sizeof(*rows), order_str);
	for (size_t i = 0; i < v->finding.n; i++)
		out_bytes(o, rows[i]);
	arena_free(&arena);
}

const struct report rep_oracle = {
	.name = "oracle",
	.summary = "one row a finding, to compare with scripts/oracle",
	.write = oracle_write,
};
