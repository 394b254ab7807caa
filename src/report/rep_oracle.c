/*
 * rep_oracle.c - one row a finding, as scripts/oracle prints it: what an independent query must agree with.
 */
#include "report/said.h"

#include "base/civil.h"
#include "base/order.h"

static void
key(const struct json_value *f, struct out *o)
{
	const struct json_value *key = json_member(f, "key");

	JSON_EACH(part, key)
	{
		out_char(o, part == key->first ? '|' : ',');
		out_tty(o, json_text_of(part));
	}
}

static void
instant(const struct json_value *f, const char *name, struct out *o)
{
	int64_t ts = 0;

	civil_parse_jst(said_text(f, name), &ts);
	out_char(o, '|');
	out_i64(o, ts);
}

static void
row(const struct json_value *f, struct out *o)
{
	static const char *const counts[] = { "counts.lines", "counts.views",
					      "counts.consumers_opened", "counts.episodes" };

	out_tty(o, said_text(f, "rule"));
	key(f, o);
	instant(f, "first", o);
	instant(f, "last", o);
	for (size_t i = 0; i < COUNT(counts); i++) {
		out_char(o, '|');
		said_digits(o, f, counts[i]);
	}
	out_printf(o, "|%zu|", said_count(f, "cases"));
	said_digits(o, f, "points");
	out_char(o, '\n');
}

static void
oracle_write(const struct report_record *rec, const struct report_options *how, struct out *o)
{
	struct arena arena = { 0 };
	struct str *rows = arena_alloc(&arena, rec->finding.n * sizeof(*rows) + 1);
	struct out line;

	(void)how;
	out_memory(&line);
	for (size_t i = 0; i < rec->finding.n; i++) {
		line.n = 0;
		row(rec->finding.at[i], &line);
		rows[i] = arena_str(&arena, out_taken(&line));
	}
	out_discard(&line);
	qsort(rows, rec->finding.n, sizeof(*rows), order_str);
	for (size_t i = 0; i < rec->finding.n; i++)
		out_bytes(o, rows[i]);
	arena_free(&arena);
}

const struct report rep_oracle = {
	.name = "oracle",
	.summary = "one row a finding, to compare with scripts/oracle",
	.write = oracle_write,
};
