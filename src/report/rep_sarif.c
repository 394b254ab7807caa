/*
 * rep_sarif.c - SARIF 2.1.0, for code hosts and editors: one run, a reporting descriptor a rule, a result a finding.
 *
 * Strangers may read it where it ends up, so it is given pseudonyms.  fp_case is the fingerprint by which services
 * know a finding again.
 */
#include "report/json.h"
#include "report/said.h"

#include "model/finding.h"

static const char *const levels[] = {
	[SEVERITY_INFO] = "note",  [SEVERITY_LOW] = "note",       [SEVERITY_MEDIUM] = "warning",
	[SEVERITY_HIGH] = "error", [SEVERITY_CRITICAL] = "error",
};

/* "](" would begin a link. */
static void
message(struct out *o, struct str s)
{
	struct out text;

	out_memory(&text);
	for (size_t i = 0; i < s.n; i++) {
		out_char(&text, s.p[i]);
		if (s.p[i] == ']' && i + 1 < s.n && s.p[i + 1] == '(')
			out_char(&text, ' ');
	}
	json_name(o, "text");
	out_json(o, out_taken(&text));
	out_discard(&text);
}

static void
message_of(struct out *o, const char *name, struct str s)
{
	json_name(o, name);
	out_char(o, '{');
	message(o, s);
	out_char(o, '}');
}

/* Paths are no URIs: what may not stand in one is percent-encoded. */
static void
uri(struct out *o, struct str path)
{
	static const char plain[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
	struct out text;

	out_memory(&text);
	if (str_starts(path, STR("/")))
		out_text(&text, "file://");
	for (size_t i = 0; i < path.n; i++) {
		if (path.p[i] && strchr(plain, path.p[i]))
			out_char(&text, path.p[i]);
		else
			out_printf(&text, "%%%02X", (unsigned char)path.p[i]);
	}
	json_name(o, "uri");
	out_json(o, out_taken(&text));
	out_discard(&text);
}

static void
rule(struct out *o, const struct json_value *r, enum language language)
{
	out_char(o, '{');
	json_str(o, "id", said_text(r, "rule"));
	message_of(o, "shortDescription", said_in(r, "title", language));
	json_name(o, "properties");
	out_char(o, '{');
	json_str(o, "version", said_text(r, "version"));
	json_str(o, "kind", said_text(r, "kind"));
	out_text(o, "}}");
}

static void
driver(const struct report_record *rec, enum language language, struct out *o)
{
	bool first = true;

	json_name(o, "tool");
	out_text(o, "{\"driver\":{\"name\":\"sekisho\"");
	json_str(o, "version", said_text(rec->run, "version"));
	json_name(o, "rules");
	out_char(o, '[');
	JSON_EACH(r, json_member(rec->run, "rules"))
	{
		out_text(o, first ? "" : ",");
		rule(o, r, language);
		first = false;
	}
	out_text(o, "]}}");
}

/* Incomplete: the findings are not those of all that was asked for. */
static void
invocation(const struct report_record *rec, struct out *o)
{
	bool first = true;

	json_name(o, "invocations");
	out_text(o, "[{");
	json_bool(o, "executionSuccessful", said_true(rec->run, "complete"));
	json_name(o, "toolExecutionNotifications");
	out_char(o, '[');
	JSON_EACH(t, json_member(rec->run, "trouble"))
	{
		out_text(o, first ? "{\"level\":\"error\"" : ",{\"level\":\"error\"");
		message_of(o, "message", json_text_of(t));
		out_char(o, '}');
		first = false;
	}
	out_text(o, "]}]");
}

static void
location(const struct json_value *f, struct out *o)
{
	const struct json_value *at = json_path(f, "evidence.first_line.at");
	int64_t line = said_number(at, "line");

	if (said_text(at, "file").n == 0)
		return;
	json_name(o, "locations");
	out_text(o, "[{\"physicalLocation\":{\"artifactLocation\":{");
	uri(o, said_text(at, "file"));
	out_char(o, '}');
	if (line > 0) {
		json_name(o, "region");
		out_printf(o, "{\"startLine\":%lld}", (long long)line);
	}
	out_text(o, "}}]");
}

static void
fingerprint(const struct json_value *f, const char *member, const char *name, const char *path,
	    struct out *o)
{
	struct str value = said_text(f, path);

	if (value.n == 0)
		return;
	json_name(o, member);
	out_char(o, '{');
	json_str(o, name, value);
	out_char(o, '}');
}

/* In force they suppress; others are told by the text report and do not. */
static void
suppression(const struct json_value *f, struct out *o)
{
	const struct json_value *d = json_member(f, "disposition");
	struct str why = said_text(d, "decision");

	if (!said_true(d, "suppressed"))
		return;
	json_name(o, "suppressions");
	out_text(o, "[{\"kind\":\"external\",\"status\":\"accepted\"");
	if (why.n)
		json_str(o, "justification", why);
	out_text(o, "}]");
}

static void
properties(const struct json_value *f, struct out *o)
{
	json_name(o, "properties");
	out_char(o, '{');
	json_str(o, "severity", said_text(f, "severity"));
	json_str(o, "kind", said_text(f, "kind"));
	json_str(o, "first", said_text(f, "first"));
	json_str(o, "last", said_text(f, "last"));
	json_str(o, "org", said_text(f, "subject.org"));
	json_name(o, "counts");
	if (json_member(f, "counts"))
		json_print(o, json_member(f, "counts"));
	else
		out_text(o, "{}");
	out_char(o, '}');
}

static void
result(const struct json_value *f, enum language language, struct out *o)
{
	static const char *const states[] = { "new", "unchanged", "updated", "absent" };
	struct str state = said_text(f, "baseline");
	int64_t points = said_number(f, "points");

	out_char(o, '{');
	json_str(o, "ruleId", said_text(f, "rule"));
	json_text(o, "level", levels[said_severity(f)]);
	message_of(o, "message", said_in(f, "explain", language));
	location(f, o);
	fingerprint(f, "fingerprints", "sekisho/case/v1", "fp_case", o);
	fingerprint(f, "partialFingerprints", "sekisho/occurrence/v1", "fp_occ", o);
	for (size_t i = 0; i < COUNT(states); i++) {
		if (str_is(state, states[i]))
			json_text(o, "baselineState", states[i]);
	}
	suppression(f, o);
	json_name(o, "rank");
	out_i64(o, max_i64(0, min_i64(points, 100)));
	properties(f, o);
	out_char(o, '}');
}

static void
sarif_write(const struct report_record *rec, const struct report_options *how, struct out *o)
{
	out_text(o, "{\"$schema\":\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/"
		    "schemas/sarif-schema-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{");
	driver(rec, how->language, o);
	invocation(rec, o);
	json_name(o, "columnKind");
	out_text(o, "\"unicodeCodePoints\"");
	json_name(o, "results");
	out_text(o, "[\n");
	for (size_t i = 0; i < rec->finding.n; i++) {
		out_text(o, i ? ",\n" : "");
		result(rec->finding.at[i], how->language, o);
	}
	out_text(o, "\n]}]}\n");
}

const struct report rep_sarif = {
	.name = "sarif",
	.summary = "SARIF 2.1.0, with pseudonyms",
	.discreet = true,
	.write = sarif_write,
};
