/*
 * ndjson_marks.c - see ndjson_marks.h.
 */
#include "report/ndjson_marks.h"

#include "base/civil.h"
#include "report/json.h"
#include "report/json_again.h"

static void
day(struct out *o, const char *name, int64_t ts)
{
	char buf[CIVIL_TEXT];

	json_str(o, name, str_head(civil_print_jst(buf, ts), 10));
}

/* A half-open end as people write it: its last day. */
static void
last_day(struct out *o, const char *name, int64_t ts)
{
	if (ts == INT64_MAX)
		json_text(o, name, NULL);
	else
		day(o, name, ts - 1);
}

static void
disposition(struct out *o, const struct disposed *p)
{
	const struct disposition *d = p->by;

	out_char(o, '{');
	json_text(o, "decision", decision_names[d->decision]);
	json_text(o, "state", disposed_state_names[p->state]);
	json_bool(o, "suppressed", p->suppressed);
	json_str(o, "why", p->why);
	json_str(o, "action", d->action);
	json_str(o, "reason_no_action", d->reason_no_action);
	json_str(o, "ticket", d->ticket);
	day(o, "from", d->from);
	last_day(o, "to", d->to);
	last_day(o, "expires", d->expires);
	json_u64(o, "cases", p->cases);
	json_str(o, "prepared_by", d->prepared.id);
	json_str(o, "reviewed_by", d->reviewed.id);
	day(o, "reviewed", d->reviewed.date);
	json_u64(o, "line", d->at.line);
	out_char(o, '}');
}

void
ndjson_marks(const struct finding *f, struct out *o, size_t *mark_at)
{
	if (mark_at)
		*mark_at = out_taken(o).n + sizeof(",\"baseline\":") - 1;
	json_text(o, "baseline", mark_names[f->baseline]);
	json_name(o, "disposition");
	if (f->disposed)
		disposition(o, f->disposed);
	else
		out_text(o, "null");
}

/* --- the run ----------------------------------------------------------------------------------------- */

static void
coverage(struct out *o, const struct run *r)
{
	json_name(o, "coverage");
	out_char(o, '[');
	for (size_t i = 0; i < r->coverage_count; i++) {
		const struct run_coverage *c = &r->coverage[i];

		out_text(o, i ? ",{" : "{");
		json_str(o, "system", c->system);
		json_name(o, "days");
		out_char(o, '[');
		for (size_t k = 0; k < c->span_count; k++) {
			char a[CIVIL_TEXT], b[CIVIL_TEXT];
			struct str first = civil_print_jst(a, jst_day_start(c->span[k].first));
			struct str last = civil_print_jst(b, jst_day_start(c->span[k].last));

			out_printf(o, "%s[\"%.10s\",\"%.10s\"]", k ? "," : "", first.p, last.p);
		}
		out_text(o, "]}");
	}
	out_char(o, ']');
}

static void
dispositions(struct out *o, const struct run *r)
{
	char hex[SHA256_HEX];

	sha256_hex(r->dispositions->digest, hex);
	json_name(o, "dispositions");
	out_char(o, '{');
	json_str(o, "path", r->dispositions->path);
	json_text(o, "sha256", hex);
	json_u64(o, "entries", r->dispositions->count);
	json_u64(o, "suppressed", r->suppressed);
	out_char(o, '}');
}

static void
absent(struct out *o, const struct difference *d)
{
	static const char *const kept[] = { "fp_case", "rule",   "kind",  "severity",
					    "key",     "system", "first", "last" };

	out_char(o, '{');
	for (size_t i = 0; i < COUNT(kept); i++) {
		json_name(o, kept[i]);
		json_again(o, json_member(d->before, kept[i]));
	}
	json_text(o, "reason", absence_names[d->absence]);
	out_char(o, '}');
}

static void
baseline(struct out *o, const struct run_baseline *b)
{
	const struct comparison *c = b->comparison;
	const char *comma = "";

	json_name(o, "baseline");
	out_char(o, '{');
	json_str(o, "path", b->path);
	json_text(o, "sha256", b->sha256);
	json_str(o, "now", b->now);
	for (int m = MARK_NEW; m < MARK_COUNT; m++)
		json_u64(o, mark_names[m], c->count[m]);
	json_name(o, "absences");
	out_char(o, '[');
	for (size_t i = 0; i < c->at.n; i++) {
		if (c->at.at[i].mark != MARK_ABSENT)
			continue;
		out_text(o, comma);
		absent(o, &c->at.at[i]);
		comma = ",";
	}
	out_text(o, "]}");
}

/* The trend: how earlier runs went, the latest last. */
static void
earlier(struct out *o, const struct run *r)
{
	json_name(o, "earlier");
	out_char(o, '[');
	for (size_t i = 0; i < r->earlier_count; i++) {
		const struct run_earlier *e = &r->earlier[i];

		out_text(o, i ? ",{" : "{");
		json_str(o, "path", e->path);
		json_text(o, "sha256", e->sha256);
		json_str(o, "now", e->now);
		json_str(o, "half", e->half);
		json_str(o, "week", e->week);
		json_str(o, "since", e->since);
		json_str(o, "until", e->until);
		json_bool(o, "complete", e->complete);
		json_u64(o, "accepted", e->accepted);
		json_u64(o, "findings", e->findings);
		json_u64(o, "violations", e->violations);
		for (int s = SEVERITY_CRITICAL; s >= SEVERITY_INFO; s--)
			json_u64(o, severity_names[s], e->severe[s]);
		out_char(o, '}');
	}
	out_char(o, ']');
}

static void
asked(struct out *o, const struct run_asked *a)
{
	json_name(o, "asked");
	out_char(o, '{');
	json_str(o, "verb", a->verb);
	json_name(o, "inputs");
	out_char(o, '[');
	for (size_t i = 0; i < a->input_count; i++) {
		if (i)
			out_char(o, ',');
		out_json(o, a->input[i]);
	}
	out_char(o, ']');
	json_str(o, "format", a->format);
	json_str(o, "system", a->system);
	json_u64(o, "max_rejected_ppm", a->rejected_ppm);
	json_u64(o, "max_undetermined_ppm", a->undetermined_ppm);
	json_text(o, "digest", a->digest_none ? "none" : "sha256");
	out_char(o, '}');
}

static void
sources(struct out *o, const struct run *r)
{
	json_name(o, "sources");
	out_char(o, '[');
	for (size_t i = 0; i < r->source_count; i++) {
		out_text(o, i ? ",{" : "{");
		json_str(o, "path", r->source[i].path);
		json_text(o, "sha256", r->source[i].sha256);
		out_char(o, '}');
	}
	out_char(o, ']');
}

void
ndjson_run_marks(const struct run *r, struct out *o)
{
	asked(o, &r->asked);
	sources(o, r);
	coverage(o, r);
	if (r->dispositions && r->dispositions->path.n)
		dispositions(o, r);
	if (r->baseline)
		baseline(o, r->baseline);
	if (r->earlier_count)
		earlier(o, r);
}
