/*
 * sight_rows.c - sightings for programs: a line of NDJSON each and one that sums them up, or a row of CSV each.
 */
#include "app/sight_print.h"
#include "report/json.h"

/* --- NDJSON ----------------------------------------------------------------------------------- */

static void
json_cells(const struct sighting *s, struct out *o)
{
	for (int i = 0; i < SIGHT_CELLS; i++) {
		const struct sight_column *c = &sight_columns[i];

		if (c->number && s->cell[i].n) {
			json_name(o, c->name);
			out_bytes(o, s->cell[i]); /* digits of ours */
		} else {
			json_str(o, c->name, s->cell[i]);
		}
	}
}

static void
json_reasons(const struct sighting *s, struct out *o)
{
	json_name(o, "explained_by");
	out_char(o, '[');
	for (size_t i = 0; i < s->reasons; i++) {
		const struct sight_reason *r = &s->reason[i];

		out_text(o, i ? ",{" : "{");
		json_text(o, "ledger", r->ledger);
		json_u64(o, "row", r->row);
		json_text(o, "kind", r->kind);
		json_str(o, "id", r->id);
		out_char(o, '}');
	}
	out_char(o, ']');
	json_u64(o, "explained_by_more", s->reasons_left);
}

static void
json_unknown(const struct sighting *s, struct out *o)
{
	json_name(o, "undetermined");
	out_char(o, '[');
	for (int i = 0; i < UNKNOWNS; i++) {
		if (!(s->unknown >> i & 1))
			continue;
		out_text(o, o->last == '[' ? "\"" : ",\"");
		out_text(o, sight_unknown_names[i]);
		out_char(o, '"');
	}
	out_char(o, ']');
}

static void
json_sighting(const struct sighting *s, struct out *o)
{
	out_char(o, '{');
	json_text(o, "schema", "sekisho/sighting/1");
	json_cells(s, o);
	json_bool(o, "view", s->view);
	json_reasons(s, o);
	json_unknown(s, o);
	out_text(o, "}\n");
}

static void
json_numbers(const struct sight_sum *sum, struct out *o)
{
	json_u64(o, "views", sum->views);
	json_u64(o, "lines", sum->lines);
	json_u64(o, "denied", sum->denied);
	json_u64(o, "unexplained", sum->unexplained);
	json_u64(o, "undetermined", sum->undetermined);
	if (sum->lines) {
		json_time(o, "first", sum->first);
		json_time(o, "last", sum->last);
	} else {
		json_null(o, "first");
		json_null(o, "last");
	}
}

static void
json_sums(const char *name, const struct sight_sum *sum, size_t n, const char *const *keys,
	  int key_count, struct out *o)
{
	json_name(o, name);
	out_char(o, '[');
	for (size_t i = 0; i < n; i++) {
		out_text(o, i ? ",{" : "{");
		for (int k = 0; k < key_count; k++)
			json_str(o, keys[k], sum[i].key[k]);
		json_numbers(&sum[i], o);
		out_char(o, '}');
	}
	out_char(o, ']');
}

static void
json_instant(const char *name, int64_t ts, int64_t unsaid, struct out *o)
{
	if (ts == unsaid)
		json_null(o, name);
	else
		json_time(o, name, ts);
}

static void
json_day(int32_t day, struct out *o)
{
	char text[CIVIL_TEXT];

	out_json(o, str_head(civil_print_plain(text, jst_day_start(day)), 10));
}

/* On which days there is a line of each system: without them nobody knows. */
static void
json_heard(const struct sight_list *l, struct out *o)
{
	const struct run *r = &l->judging->run;

	json_name(o, "heard");
	out_char(o, '[');
	for (size_t i = 0; i < r->coverage_count; i++) {
		const struct run_coverage *c = &r->coverage[i];

		out_text(o, i ? ",{" : "{");
		json_str(o, "sys", c->system);
		json_name(o, "days");
		out_char(o, '[');
		for (size_t k = 0; k < c->span_count; k++) {
			out_text(o, k ? ",[" : "[");
			json_day(c->span[k].first, o);
			out_char(o, ',');
			json_day(c->span[k].last, o);
			out_char(o, ']');
		}
		out_text(o, "]}");
	}
	out_char(o, ']');
}

static void
json_listed(const char *name, enum listed_at_all is, struct out *o)
{
	if (is == LISTED_UNKNOWN)
		json_null(o, name);
	else
		json_bool(o, name, is == LISTED);
}

static void
json_sum_line(const struct sight_list *l, const struct sight_sums *s, struct out *o)
{
	static const char *const keys[2][SUM_KEYS] = {
		{ "account_org", "person", "acct" },
		{ "supplier", "consumer", "relation" },
	};
	const struct options *asked = l->asked;
	const struct run *r = &l->judging->run;

	out_char(o, '{');
	json_text(o, "schema", "sekisho/lookup/1");
	json_str(o, "consumer", l->consumer);
	json_str(o, "acct", l->account);
	json_str(o, "sys", asked->system);
	json_instant("since", asked->since, INT64_MIN, o);
	json_instant("until", asked->until, INT64_MAX, o);
	json_listed("consumer_listed", l->consumer_is, o);
	json_listed("acct_listed", l->account_is, o);
	json_numbers(&s->all, o);
	json_sums(s->of_account ? "suppliers" : "orgs", s->whole.at, s->whole.n,
		  keys[s->of_account], 1, o);
	json_sums(s->of_account ? "consumers" : "people", s->one.at, s->one.n, keys[s->of_account],
		  SUM_KEYS, o);
	json_heard(l, o);
	json_bool(o, "complete", r->complete);
	json_name(o, "trouble");
	out_char(o, '[');
	for (size_t i = 0; i < r->trouble_count; i++) {
		out_text(o, i ? "," : "");
		out_json(o, r->trouble[i]);
	}
	out_text(o, "]}\n");
}

void
sight_write_ndjson(const struct sight_list *l, struct out *o)
{
	struct sight_sums sums;

	sight_sums_open(&sums, l->consumer.n == 0);
	for (size_t i = 0; i < l->n; i++) {
		struct arena a = { 0 };
		struct sighting s;

		sight(&l->ask, &l->fact[i], &a, &s);
		json_sighting(&s, o);
		sight_sums_add(&sums, &s);
		arena_free(&a);
	}
	sight_sums_sort(&sums);
	json_sum_line(l, &sums, o);
	sight_sums_close(&sums);
}

/* --- CSV -------------------------------------------------------------------------------------- */

/* "call C-1 (records line 3); permit (permits line 9)" */
static struct str
reasons_text(const struct sighting *s, struct arena *a)
{
	struct str text;
	struct out o;

	out_memory(&o);
	for (size_t i = 0; i < s->reasons; i++) {
		const struct sight_reason *r = &s->reason[i];

		out_printf(&o, "%s%s%s", i ? "; " : "", r->kind, r->id.n ? " " : "");
		out_bytes(&o, r->id);
		out_printf(&o, " (%s line %u)", r->ledger, r->row);
	}
	if (s->reasons_left)
		out_printf(&o, "; and %zu more", s->reasons_left);
	text = arena_str(a, out_taken(&o));
	out_discard(&o);
	return text;
}

static struct str
unknown_text(const struct sighting *s, struct arena *a)
{
	struct str text;
	struct out o;

	out_memory(&o);
	for (int i = 0; i < UNKNOWNS; i++) {
		if (s->unknown >> i & 1)
			out_printf(&o, "%s%s", o.n ? ";" : "", sight_unknown_names[i]);
	}
	text = arena_str(a, out_taken(&o));
	out_discard(&o);
	return text;
}

/* True: it was changed, so that no spreadsheet reckons with it. */
static bool
cell(struct str text, bool number, bool excel, struct out *o)
{
	if (excel)
		return out_csv_sheet(o, text, !number);
	out_csv(o, text);
	return false;
}

static void
csv_row(const struct sighting *s, struct arena *a, bool excel, struct out *o)
{
	bool safe = false;

	for (int i = 0; i < SIGHT_CELLS; i++) {
		safe |= cell(s->cell[i], sight_columns[i].number, excel, o);
		out_char(o, ',');
	}
	out_text(o, s->view ? "1," : "0,");
	safe |= cell(reasons_text(s, a), false, excel, o);
	out_char(o, ',');
	safe |= cell(unknown_text(s, a), false, excel, o);
	if (excel)
		out_text(o, safe ? ",1" : ",0");
	out_text(o, "\r\n");
}

static void
csv_table(const struct sight_list *l, bool excel, struct out *o)
{
	if (excel)
		out_text(o, "\xEF\xBB\xBF");
	for (int i = 0; i < SIGHT_CELLS; i++)
		out_printf(o, "%s,", sight_columns[i].name);
	out_printf(o, "view,explained_by,undetermined%s\r\n", excel ? ",made_safe" : "");
	for (size_t i = 0; i < l->n; i++) {
		struct arena a = { 0 };
		struct sighting s;

		sight(&l->ask, &l->fact[i], &a, &s);
		csv_row(&s, &a, excel, o);
		arena_free(&a);
	}
}

void
sight_write_csv(const struct sight_list *l, struct out *o)
{
	csv_table(l, false, o);
}

void
sight_write_excel(const struct sight_list *l, struct out *o)
{
	csv_table(l, true, o);
}
