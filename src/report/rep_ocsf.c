/*
 * rep_ocsf.c - OCSF 1.3.0 Detection Finding (class 2004), one object a line, for SIEMs.
 */
#include "report/json.h"
#include "report/said.h"

#include "base/civil.h"
#include "model/finding.h"

static const int severity_ids[] = {
	[SEVERITY_INFO] = 1, [SEVERITY_LOW] = 2,      [SEVERITY_MEDIUM] = 3,
	[SEVERITY_HIGH] = 4, [SEVERITY_CRITICAL] = 5,
};

static const char *const severities[] = {
	[SEVERITY_INFO] = "Informational", [SEVERITY_LOW] = "Low",
	[SEVERITY_MEDIUM] = "Medium",      [SEVERITY_HIGH] = "High",
	[SEVERITY_CRITICAL] = "Critical",
};

/* Milliseconds since 1970. */
static void
instant(struct out *o, const char *name, struct str time)
{
	int64_t ts = 0;

	civil_parse_jst(time, &ts);
	json_name(o, name);
	out_i64(o, ts);
}

static void
said(struct out *o, const char *name, struct str value)
{
	if (value.n)
		json_str(o, name, value);
}

static void
metadata(struct out *o, const struct json_value *run)
{
	json_name(o, "metadata");
	out_text(o, "{\"version\":\"1.3.0\",\"product\":{\"name\":\"sekisho\",\"vendor_name\":"
		    "\"sekisho\"");
	said(o, "version", said_text(run, "version"));
	out_text(o, "}}");
}

static void
finding_info(struct out *o, const struct json_value *f, enum language language)
{
	json_name(o, "finding_info");
	out_char(o, '{');
	json_str(o, "uid", said_text(f, "fp_case"));
	json_str(o, "title", said_in(f, "title", language));
	json_str(o, "desc", said_in(f, "explain", language));
	instant(o, "first_seen_time", said_text(f, "first"));
	instant(o, "last_seen_time", said_text(f, "last"));
	json_name(o, "types");
	out_char(o, '[');
	out_json(o, said_text(f, "kind"));
	out_char(o, ']');
	json_name(o, "analytic");
	out_text(o, "{\"type_id\":1,\"type\":\"Rule\"");
	said(o, "uid", said_text(f, "rule"));
	said(o, "name", said_in(f, "title", language));
	said(o, "version", said_text(f, "rule_version"));
	out_text(o, "}}");
}

static void
user(struct out *o, const struct json_value *subject)
{
	json_name(o, "actor");
	out_text(o, "{\"user\":{");
	json_str(o, "name", said_text(subject, "acct"));
	said(o, "type", said_text(subject, "kind"));
	if (said_text(subject, "org").n) {
		json_name(o, "org");
		out_char(o, '{');
		json_str(o, "name", said_text(subject, "org"));
		said(o, "ou_name", said_text(subject, "dept"));
		out_char(o, '}');
	}
	out_text(o, "}}");
}

static void
evidences(struct out *o, const struct json_value *f)
{
	const struct json_value *at = json_path(f, "evidence.first_line.at");

	json_name(o, "evidences");
	out_text(o, "[{");
	if (said_text(f, "subject.acct").n)
		user(o, json_member(f, "subject"));
	json_name(o, "data");
	out_char(o, '{');
	said(o, "file", said_text(at, "file"));
	if (said_number(at, "line") > 0) {
		json_name(o, "line");
		said_digits(o, at, "line");
	}
	said(o, "raw", said_text(at, "raw"));
	out_text(o, "}}]");
}

static void
unmapped(struct out *o, const struct json_value *f)
{
	static const char *const kept[] = { "key",       "system",   "case_type",  "counts",
					    "by_window", "origins",  "because",    "seeds",
					    "parent",    "baseline", "disposition" };

	json_name(o, "unmapped");
	out_char(o, '{');
	for (size_t i = 0; i < COUNT(kept); i++) {
		const struct json_value *v = json_member(f, kept[i]);

		if (!v)
			continue;
		json_name(o, kept[i]);
		json_print(o, v);
	}
	out_char(o, '}');
}

/* New, or suppressed by a disposition that is in force. */
static void
status(struct out *o, const struct json_value *f)
{
	bool suppressed = said_true(f, "disposition.suppressed");

	json_name(o, "status_id");
	out_text(o, suppressed ? "3" : "1");
	json_text(o, "status", suppressed ? "Suppressed" : "New");
}

static void
ocsf(const struct report_record *rec, const struct json_value *f, enum language language,
     struct out *o)
{
	int severity = said_severity(f);
	bool updated = str_is(said_text(f, "baseline"), "updated");

	out_printf(o,
		   "{\"class_uid\":2004,\"class_name\":\"Detection Finding\",\"category_uid\":2,"
		   "\"category_name\":\"Findings\",\"activity_id\":%d,\"activity_name\":\"%s\","
		   "\"type_uid\":20040%d",
		   updated ? 2 : 1, updated ? "Update" : "Create", updated ? 2 : 1);
	instant(o, "time", said_text(rec->run, "now"));
	instant(o, "start_time", said_text(f, "first"));
	instant(o, "end_time", said_text(f, "last"));
	json_name(o, "severity_id");
	out_i64(o, severity_ids[severity]);
	json_text(o, "severity", severities[severity]);
	status(o, f);
	json_bool(o, "is_alert", severity >= SEVERITY_HIGH);
	json_name(o, "risk_score");
	said_digits(o, f, "points");
	json_str(o, "message", said_in(f, "explain", language));
	metadata(o, rec->run);
	finding_info(o, f, language);
	evidences(o, f);
	unmapped(o, f);
	out_text(o, "}\n");
}

static void
ocsf_write(const struct report_record *rec, const struct report_options *how, struct out *o)
{
	for (size_t i = 0; i < rec->finding.n; i++)
		ocsf(rec, rec->finding.at[i], how->language, o);
}

const struct report rep_ocsf = {
	.name = "ocsf",
	.summary = "OCSF Detection Finding (2004), one object a line",
	.write = ocsf_write,
};
