/*
 * rep_junit.c - JUnit XML, for runners of CI: a failed test a finding, a passed one a rule that found nothing, an error
 * where the run is not complete.
 *
 * What is suppressed, switched off or not evaluable is skipped, and says why.  Strangers may read it, so it is given
 * pseudonyms.
 */
#include "report/said.h"

struct tests {
	const struct report_record *rec;
	enum language language;
	struct out *o;
	size_t all, failed, errors, skipped;
};

static void
attribute(struct out *o, const char *name, struct str value)
{
	out_printf(o, " %s=\"", name);
	out_xml(o, value);
	out_char(o, '"');
}

static void
begin_test(struct tests *t, struct str class, struct str name)
{
	out_text(t->o, "    <testcase");
	attribute(t->o, "classname", class);
	attribute(t->o, "name", name);
	out_char(t->o, '>');
	t->all++;
}

static void
skip(struct tests *t, const char *why)
{
	out_printf(t->o, "<skipped message=\"%s\"/>", why);
	t->skipped++;
}

static void
finding(struct tests *t, const struct json_value *f)
{
	struct out name;

	out_memory(&name);
	said_key(&name, f);
	begin_test(t, said_text(f, "rule"), out_taken(&name));
	out_discard(&name);
	if (said_true(f, "disposition.suppressed")) {
		skip(t, "suppressed by a disposition");
	} else {
		out_text(t->o, "<failure");
		attribute(t->o, "type", said_text(f, "severity"));
		attribute(t->o, "message", said_in(f, "title", t->language));
		out_char(t->o, '>');
		out_xml(t->o, said_in(f, "explain", t->language));
		out_text(t->o, "</failure>");
		t->failed++;
	}
	out_text(t->o, "</testcase>\n");
}

/* Findings are sorted by severity first: a rule's may stand anywhere. */
static bool
found_any(const struct tests *t, struct str rule)
{
	for (size_t i = 0; i < t->rec->finding.n; i++) {
		if (str_eq(said_text(t->rec->finding.at[i], "rule"), rule))
			return true;
	}
	return false;
}

static void
rule(struct tests *t, const struct json_value *r)
{
	struct str id = said_text(r, "rule");

	if (found_any(t, id))
		return;
	begin_test(t, id, said_in(r, "title", t->language));
	if (json_member(r, "enabled"))
		skip(t, "switched off");
	else if (json_member(r, "lacks"))
		skip(t, "not evaluable: it needs a ledger that is not there");
	else if (said_number(r, "evaluated") == 0)
		skip(t, "nothing to evaluate");
	out_text(t->o, "</testcase>\n");
}

static void
coverage(struct tests *t)
{
	const struct json_value *trouble = json_member(t->rec->run, "trouble");

	begin_test(t, STR("sekisho"), STR("everything that was asked for was read and judged"));
	JSON_EACH(v, trouble)
	{
		out_text(t->o, v == trouble->first ? "<error type=\"incomplete\">" : "; ");
		out_xml(t->o, json_text_of(v));
	}
	if (trouble && trouble->count) {
		out_text(t->o, "</error>");
		t->errors++;
	} else if (!said_true(t->rec->run, "complete")) {
		out_text(t->o, "<error type=\"incomplete\"/>");
		t->errors++;
	}
	out_text(t->o, "</testcase>\n");
}

static void
junit_write(const struct report_record *rec, const struct report_options *how, struct out *o)
{
	struct tests t = { .rec = rec, .language = how->language };
	struct out inner;

	out_memory(&inner);
	t.o = &inner;
	for (size_t i = 0; i < rec->finding.n; i++)
		finding(&t, rec->finding.at[i]);
	JSON_EACH(r, json_member(rec->run, "rules"))
	{
		rule(&t, r);
	}
	coverage(&t);
	out_text(o, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
	out_printf(o,
		   "  <testsuite name=\"sekisho\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" "
		   "skipped=\"%zu\"",
		   t.all, t.failed, t.errors, t.skipped);
	attribute(o, "timestamp", str_head(said_text(rec->run, "now"), 19));
	out_text(o, ">\n");
	out_bytes(o, out_taken(&inner));
	out_text(o, "  </testsuite>\n</testsuites>\n");
	out_discard(&inner);
}

const struct report rep_junit = {
	.name = "junit",
	.summary = "JUnit XML, with pseudonyms",
	.discreet = true,
	.write = junit_write,
};
