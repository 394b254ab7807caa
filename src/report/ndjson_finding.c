/*
 * ndjson_finding.c - a finding as one line (sekisho/finding/1).
 *
 * Keys come in the order of DETECTION C.1.  Where a line lay (`at`) depends on files and not on what they say, and
 * time_to_detect_h on the clock; the findings digest is taken over these same bytes without such and without texts for
 * people, so it is equal for any order, split, machine and night.
 */
#include "report/ndjson.h"

#include "base/civil.h"
#include "model/message.h"
#include "report/json.h"
#include "report/ndjson_marks.h"

enum { TENTH_OF_HOUR_MS = 360000, TEXTS_AT_ONCE = 256 };

static void
counts(struct out *o, const struct counts *c, bool whole)
{
	json_name(o, "counts");
	out_char(o, '{');
	json_u64(o, "lines", c->lines);
	json_u64(o, "views", c->views);
	json_u64(o, "consumers_opened", c->consumers);
	if (whole) {
		json_u64(o, "person_days", c->person_days);
		json_u64(o, "accounts", c->accounts);
		json_u64(o, "terminals", c->terminals);
		json_u64(o, "networks", c->networks);
	}
	json_u64(o, "episodes", c->episodes);
	out_char(o, '}');
}

static void
subject(struct out *o, const struct finding *f)
{
	json_name(o, "subject");
	out_char(o, '{');
	if (f->account.n)
		json_str(o, "acct", f->account);
	json_str(o, "realm", f->realm);
	if (f->account.n)
		json_str(o, "owner", f->owner);
	json_str(o, "org", f->org);
	if (f->account.n) {
		json_str(o, "dept", f->department);
		json_str(o, "role", f->role);
		json_str(o, "kind", f->account_kind);
	}
	out_char(o, '}');
	json_name(o, "key");
	out_char(o, '{');
	for (int i = 0; i < KEY_PARTS && f->rule->detector->key[i].name; i++)
		json_str(o, f->rule->detector->key[i].name, f->key_text[i]);
	out_char(o, '}');
}

static void
case_units(struct out *o, const struct finding *f, const struct finding_case *c)
{
	json_name(o, "episodes");
	out_char(o, '[');
	for (size_t i = c->unit_from; i < c->unit_to; i++) {
		const struct unit *u = &f->units[i];

		if (i > c->unit_from)
			out_char(o, ',');
		out_char(o, '{');
		json_time(o, "first", u->first);
		json_time(o, "last", u->last);
		if (u->pairs)
			json_u64(o, f->rule->detector->pair ? "pairs" : "days", u->pairs);
		else
			json_u64(o, "lines", u->lines);
		out_char(o, '}');
	}
	out_char(o, ']');
}

static void
cases(struct out *o, const struct report_input *in, const struct finding *f)
{
	json_name(o, "cases");
	out_char(o, '[');
	for (size_t i = 0; i < f->case_count; i++) {
		if (i)
			out_char(o, ',');
		out_char(o, '{');
		json_time(o, "first", f->cases[i].first);
		json_time(o, "last", f->cases[i].last);
		json_text(o, "incident", in->verdicts->incident.at[f->cases[i].incident].id);
		counts(o, &f->cases[i].counts, false);
		case_units(o, f, &f->cases[i]);
		out_char(o, '}');
	}
	out_char(o, ']');
}

static void
at(struct out *o, const struct report_input *in, const struct evidence *e)
{
	const struct logfile *file = in->source->file(in->source->facts, where_file(e->fact.where));
	char hex[SHA256_HEX] = "";

	if (file->hashed)
		sha256_hex(file->sha256, hex);
	json_name(o, "at");
	out_char(o, '{');
	json_str(o, "file", file->path);
	json_text(o, "sha256", hex);
	json_name(o, "line");
	if (e->line)
		out_u64(o, e->line);
	else
		out_text(o, "null");
	json_u64(o, "offset", where_offset(e->fact.where));
	if (e->unverified)
		json_bool(o, "unverified", true);
	json_str(o, "raw", e->raw);
	out_char(o, '}');
}

static void
evidence(struct out *o, const struct report_input *in, const struct finding *f, bool whole)
{
	static const char *const names[] = { "first_line", "last_line" };

	json_name(o, "evidence");
	out_char(o, '{');
	for (size_t i = 0; i < f->sample_count; i++) {
		if (i < COUNT(names)) {
			json_name(o, names[i]);
		} else {
			if (i == COUNT(names)) {
				json_name(o, "sample");
				out_char(o, '[');
			} else {
				out_char(o, ',');
			}
		}
		out_char(o, '{');
		json_time(o, "time", f->sample[i].fact.ts);
		if (whole)
			at(o, in, &f->sample[i]);
		out_char(o, '}');
	}
	out_text(o, f->sample_count > COUNT(names) ? "]}" : "}");
}

static void
because(struct out *o, const struct finding *f)
{
	json_name(o, "because");
	out_char(o, '[');
	for (size_t i = 0; i < f->because_count; i++) {
		if (i)
			out_char(o, ',');
		out_char(o, '{');
		json_str(o, "pred", f->because[i].pred);
		json_str(o, "observed", f->because[i].observed);
		json_str(o, "ref", f->because[i].ref);
		out_char(o, '}');
	}
	out_char(o, ']');
}

static void
origins(struct out *o, const struct finding *f)
{
	json_name(o, "origins");
	out_char(o, '[');
	for (size_t i = 0; i < f->origin_count; i++) {
		if (i)
			out_char(o, ',');
		out_char(o, '{');
		json_str(o, "net", f->origins[i].net);
		json_str(o, "org", f->origins[i].org);
		json_str(o, "site", f->origins[i].site);
		json_u64(o, "lines", f->origins[i].lines);
		out_char(o, '}');
	}
	out_char(o, ']');
}

static void
windows(struct out *o, const struct report_input *in, const struct finding *f)
{
	json_name(o, "by_window");
	out_char(o, '{');
	for (size_t w = 0; w < in->run->window_count; w++) {
		if (w)
			out_char(o, ',');
		out_json(o, in->run->window[w].name);
		out_text(o, ":{");
		json_u64(o, "consumers", f->by_window[w]);
		out_char(o, '}');
	}
	out_char(o, '}');
}

static void
explain(struct out *o, const struct finding *f, struct arena *texts)
{
	json_name(o, "explain");
	out_char(o, '{');
	json_str(o, "ja", message_text(f, f->rule->message_ja, texts));
	json_str(o, "en", message_text(f, f->rule->message_en, texts));
	out_char(o, '}');
}

static void
head(struct out *o, const struct finding *f, bool whole, size_t *mark_at)
{
	json_text(o, "schema", "sekisho/finding/1");
	json_text(o, "rule", f->rule->id);
	json_text(o, "rule_version", f->rule->version);
	if (whole)
		json_two(o, "title", f->rule->title_ja, f->rule->title_en);
	json_text(o, "kind", finding_kind_names[rule_kind(f->rule)]);
	json_text(o, "severity", severity_names[f->severity]);
	json_name(o, "points");
	out_i64(o, f->points);
	json_text(o, "fp_case", f->fp_case);
	json_text(o, "fp_occ", f->fp_occ);
	json_text(o, "parent", f->parent ? f->parent->fp_case : "");
	if (!whole)
		return;
	ndjson_marks(f, o, mark_at);
}

static void
texts(struct out *o, const char *name, const struct str *at, size_t n)
{
	json_name(o, name);
	out_char(o, '[');
	for (size_t i = 0; i < n; i++) {
		if (i)
			out_char(o, ',');
		out_json(o, at[i]);
	}
	out_char(o, ']');
}

static void
seeds(struct out *o, const struct rule *rule)
{
	json_name(o, "seeds");
	out_char(o, '[');
	for (size_t i = 0; rule->seeds && rule->seeds[i]; i++) {
		if (i)
			out_char(o, ',');
		out_json(o, str_of(rule->seeds[i]));
	}
	out_char(o, ']');
}

/* Hours from its first line to the run that told it first, in tenths. */
static void
time_to_detect(struct out *o, const struct report_input *in, const struct finding *f)
{
	int64_t told = f->told ? f->told : in->run->now;
	int64_t tenths = max_i64(told - f->first, 0) / TENTH_OF_HOUR_MS;

	json_name(o, "time_to_detect_h");
	out_printf(o, "%lld.%lld", (long long)(tenths / 10), (long long)(tenths % 10));
}

/* Without an arena for its texts only what is lawful. */
static void
finding(const struct report_input *in, const struct finding *f, struct arena *arena, struct out *o,
	size_t *mark_at)
{
	out_char(o, '{');
	head(o, f, arena != NULL, mark_at);
	subject(o, f);
	texts(o, "system", f->systems, f->system_count);
	json_str(o, "case_type", f->case_type);
	json_time(o, "first", f->first);
	json_time(o, "last", f->last);
	json_bool(o, "open", f->open);
	json_bool(o, "left_censored", f->left_censored);
	json_bool(o, "right_censored", f->open);
	counts(o, &f->counts, true);
	cases(o, in, f);
	windows(o, in, f);
	origins(o, f);
	evidence(o, in, f, arena != NULL);
	because(o, f);
	if (arena)
		explain(o, f, arena);
	texts(o, "explained_by", NULL, 0);
	texts(o, "undetermined", NULL, 0);
	seeds(o, f->rule);
	json_str(o, "route", f->route);
	if (arena)
		time_to_detect(o, in, f);
	out_text(o, "}\n");
}

void
ndjson_lawful(const struct report_input *in, const struct finding *f, struct out *o)
{
	finding(in, f, NULL, o, NULL);
}

void
ndjson_body(const struct report_input *in, struct out *o, size_t *mark_at)
{
	struct arena arena = { 0 };

	for (size_t i = 0; i < in->verdicts->finding.n; i++) {
		finding(in, in->verdicts->finding.at[i], &arena, o, mark_at ? &mark_at[i] : NULL);
		if (i % TEXTS_AT_ONCE == 0)
			arena_free(&arena);
	}
	arena_free(&arena);
	if (in->verdicts->survey)
		ndjson_survey(in->verdicts->survey, o);
}

void
ndjson_body_marked(const struct report_input *in, struct str body, const size_t *mark_at,
		   struct out *o)
{
	size_t from = 0;

	for (size_t i = 0; i < in->verdicts->finding.n; i++) {
		const char *mark = mark_names[in->verdicts->finding.at[i]->baseline];

		out_bytes(o, str_head(str_skip(body, from), mark_at[i] - from));
		if (mark)
			out_json(o, str_of(mark));
		else
			out_text(o, "null");
		from = mark_at[i] + sizeof("null") - 1;
	}
	out_bytes(o, str_skip(body, from));
}
