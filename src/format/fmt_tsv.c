/*
 * fmt_tsv.c - a table with tabs between its cells; see csv_rows.h.
 */
#include "format/csv_rows.h"

static int
tsv_compile(const struct format_spec *spec, struct arena *arena, const void **plan,
	    struct errors *err)
{
	return csv_rows_compile(spec, '\t', arena, plan, err);
}

static const struct format_sample tsv_samples[] = {
	{ "tsv",
	  "timestamp\tuser_id\tclient_ip\tresult\n"
	  "1775001901.25\tpg0001\t10.1.2.3\t200",
	  "ts=1775001901250 account=pg0001 address=10.1.2.3 status=200" },
	{ "tsv",
	  "日時\t利用者ID\t画面\n"
	  "2026-04-01T09:05:01+09:00\t\"pg \"\"7\"\"\"\t\"a\tb\"",
	  "ts=1775001901000 account='pg \"7\"' 画面='a\tb'" },
	{ "tsv",
	  "日時\t利用者ID\t端末番号\n"
	  "2026-04-01T09:05:00+09:00\tpg0001\tT-1\n"
	  "端末番号\t日時\t利用者ID\n"
	  "T-2\t2026-04-01T09:05:01+09:00\tpg 7, 支店",
	  "ts=1775001901000 account='pg 7, 支店' 端末番号=T-2" },
	{ 0 },
};

const struct format fmt_tsv = {
	.name = "tsv",
	.summary = "a header row, then cells with tabs between them; quotes as in RFC 4180",
	.whole = true,
	.names_fields = true,
	.state_size = sizeof(struct csv_state),
	.compile = tsv_compile,
	.parse = csv_rows_parse,
	.open = csv_rows_open,
	.sample = tsv_samples,
};
