/*
 * ndjson_run.c - the record of a run (sekisho/run/1): what was read, by which rules, ledgers and databases, and how it
 * went.  The last line of every NDJSON report.
 */
#include "report/ndjson_own.h"

#include "report/json.h"
#include "report/ndjson_marks.h"

/* In the order in which they are told: the gravest first. */
static void
incidents(struct out *o, const struct verdicts *v)
{
	json_name(o, "incidents");
	out_char(o, '[');
	for (size_t i = 0; i < v->incident.n; i++) {
		const struct incident *one = &v->incident.at[i];

		if (i)
			out_char(o, ',');
		out_char(o, '{');
		json_text(o, "id", one->id);
		json_str(o, "subject", one->subject);
		json_time(o, "first", one->first);
		json_time(o, "last", one->last);
		json_text(o, "severity", severity_names[one->severity]);
		json_u64(o, "findings", one->findings);
		json_u64(o, "cases", one->cases);
		out_char(o, '}');
	}
	out_char(o, ']');
}

static void
windows(struct out *o, const struct run *r)
{
	json_name(o, "windows");
	out_char(o, '[');
	for (size_t i = 0; i < r->window_count; i++) {
		out_text(o, i ? ",{" : "{");
		json_str(o, "name", r->window[i].name);
		ndjson_span(o, "from", r->window[i].from, "to", r->window[i].to);
		out_char(o, '}');
	}
	out_char(o, ']');
}

static void
notes(struct out *o, const uint64_t *note)
{
	for (int n = 0; n < NOTE_COUNT; n++) {
		if (note[n])
			json_u64(o, note_names[n], note[n]);
	}
}

static void
file(struct out *o, const struct logfile *f, const struct policy *policy)
{
	char hex[SHA256_HEX] = "";

	if (f->hashed)
		sha256_hex(f->sha256, hex);
	out_char(o, '{');
	json_str(o, "path", f->path);
	json_str(o, "feed", f->feed);
	json_str(o, "system", policy->system[f->system].id);
	json_text(o, "sha256", hex);
	json_u64(o, "bytes", f->bytes);
	json_u64(o, "lines", f->lines);
	ndjson_buckets(o, f->bucket);
	notes(o, f->note);
	json_text(o, "end", file_end_names[f->end]);
	if (f->sample_count) {
		json_name(o, "refused_samples");
		out_char(o, '[');
		for (size_t i = 0; i < f->sample_count; i++) {
			if (i)
				out_char(o, ',');
			out_char(o, '{');
			json_u64(o, "offset", f->sample[i].offset);
			json_u64(o, "byte", f->sample[i].byte);
			json_text(o, "expected", f->sample[i].expected);
			out_char(o, '}');
		}
		out_char(o, ']');
	}
	out_char(o, '}');
}

static void
sentences(struct out *o, const char *name, const struct str *at, size_t n)
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
ledgers(struct out *o, const struct run *r)
{
	json_name(o, "ledgers");
	out_char(o, '[');
	for (size_t i = 0; i < r->ledger_count; i++) {
		if (i)
			out_char(o, ',');
		out_char(o, '{');
		json_text(o, "ledger", r->ledger[i].name);
		json_str(o, "path", r->ledger[i].path);
		json_u64(o, "rows", r->ledger[i].rows);
		json_text(o, "sha256", r->ledger[i].sha256);
		out_char(o, '}');
	}
	out_char(o, ']');
}

static void
databases(struct out *o, const struct run *r)
{
	json_name(o, "geoip");
	out_char(o, '[');
	for (size_t i = 0; i < r->database_count; i++) {
		const struct run_database *d = &r->database[i];

		if (i)
			out_char(o, ',');
		out_char(o, '{');
		json_text(o, "database", d->name);
		json_text(o, "type", d->type);
		json_str(o, "path", d->path);
		json_time(o, "built", (int64_t)d->build_epoch * 1000);
		json_text(o, "sha256", d->sha256);
		json_u64(o, "odd", d->odd);
		out_char(o, '}');
	}
	out_char(o, ']');
}

/* Which week was to be reviewed, and which half-year was read. */
static void
review(struct out *o, const struct run *r)
{
	json_name(o, "review");
	out_char(o, '{');
	json_str(o, "half", r->half);
	json_str(o, "week", r->week);
	if (r->week.n) {
		json_time(o, "from", r->week_from);
		json_time(o, "to", r->week_to);
	}
	out_char(o, '}');
}

void
ndjson_run(const struct report_input *in, struct out *o)
{
	const struct run *r = in->run;

	out_char(o, '{');
	json_text(o, "schema", "sekisho/run/1");
	json_str(o, "version", r->version);
	json_time(o, "now", r->now);
	json_text(o, "language", r->language == LANGUAGE_JA ? "ja" : "en");
	ndjson_span(o, "since", r->since, "until", r->until);
	if (r->week.n || r->half.n)
		review(o, r);
	json_bool(o, "complete", r->complete);
	sentences(o, "trouble", r->trouble, r->trouble_count);
	if (r->warning_count)
		sentences(o, "warnings", r->warning, r->warning_count);
	json_u64(o, "findings", in->verdicts->finding.n);
	incidents(o, in->verdicts);
	json_text(o, "findings_digest", r->findings_digest);
	json_str(o, "policy", r->policy_path);
	json_text(o, "policy_digest", r->policy_digest);
	json_text(o, "parse_digest", r->parse_digest);
	json_text(o, "rules_digest", r->rules_digest);
	ledgers(o, r);
	if (r->database_count)
		databases(o, r);
	windows(o, r);
	ndjson_systems(o, in);
	ndjson_rules(o, in);
	json_u64(o, "lines", r->lines);
	json_u64(o, "bytes", r->bytes);
	json_name(o, "buckets");
	out_char(o, '{');
	ndjson_buckets(o, r->bucket);
	out_char(o, '}');
	json_name(o, "notes");
	out_char(o, '{');
	notes(o, r->note);
	out_char(o, '}');
	ndjson_run_marks(r, o);
	ndjson_nights(o, r->nights);
	json_name(o, "files");
	out_char(o, '[');
	for (size_t i = 0; i < r->file_count; i++) {
		if (i)
			out_char(o, ',');
		file(o, r->file[i], in->policy);
	}
	out_text(o, "]}\n");
}
