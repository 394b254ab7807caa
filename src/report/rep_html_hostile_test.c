/*
 * rep_html_hostile_test.c - records whose every text was written by an enemy: it is shown, and does nothing.
 */
#include "report/rep_html_sane.h"
#include "report/rep_html_testing.h"

#define SAMPLE "testdata/report-sample/dirty.ndjson"

static struct arena arena;

static int
free_arena(void **state UNUSED)
{
	arena_free(&arena);
	return 0;
}

/* Which texts are changed: all but the schema; or those whose form the page reads (times, words) are left, too. */
enum spares { SPARES_SCHEMA, SPARES_FORM };

static bool
is_spared(const struct json_value *v, enum spares spares)
{
	static const char *const words[] = { "kind",     "severity", "baseline", "fp_case",
					     "incident", "canary",   "type",     "id" };

	if (str_is(v->name, "schema"))
		return true;
	if (spares == SPARES_SCHEMA)
		return false;
	for (size_t i = 0; i < COUNT(words); i++) {
		if (str_is(v->name, words[i]))
			return true;
	}
	return v->text.n >= 5 && (v->text.p[4] == '-' || v->text.p[2] == ':'); /* a date, an hour */
}

/* What stands in place of the member `name`. */
static struct str
attack(const char *payload, struct str name)
{
	return arena_printf(&arena, "%s[" STR_FMT "]", payload, STR_ARG(name));
}

/* The same value with its texts changed; `name` is that of the member that a list is. */
static void
changed(struct out *o, const struct json_value *v, const char *payload, enum spares spares,
	struct str name)
{
	const char *comma = "";

	if (v->kind != JSON_LIST && v->kind != JSON_MAP) {
		if (v->kind == JSON_TEXT)
			out_json(o, is_spared(v, spares) ? v->text : attack(payload, name));
		else if (v->kind == JSON_NUMBER)
			out_bytes(o, v->text);
		else
			out_text(o, v->kind == JSON_NULL   ? "null"
				    : v->kind == JSON_TRUE ? "true"
							   : "false");
		return;
	}
	out_char(o, v->kind == JSON_MAP ? '{' : '[');
	JSON_EACH(m, v)
	{
		bool named = v->kind == JSON_MAP;
		/* A window's name is the policy's author's. */
		bool window = str_is(m->name, "W1");

		out_text(o, comma);
		if (named) {
			out_json(o, window ? attack(payload, m->name) : m->name);
			out_char(o, ':');
		}
		changed(o, m, payload, spares, named ? m->name : name);
		comma = ",";
	}
	out_char(o, v->kind == JSON_MAP ? '}' : ']');
}

static struct str
changed_sample(const char *payload, enum spares spares)
{
	struct str text = testing_file(&arena, SAMPLE), all;
	struct json_wrong wrong;
	struct out o;

	assert_true(text.n > 0);
	out_memory(&o);
	while (text.n) {
		struct str line = str_split(&text, '\n');
		const struct json_value *v = json_tree(&arena, line, &wrong);

		assert_non_null(v);
		changed(&o, v, payload, spares, STR("line"));
		out_char(&o, '\n');
	}
	all = arena_str(&arena, out_taken(&o));
	out_discard(&o);
	return all;
}

static const struct {
	const char *what, *payload, *shown; /* as it stands in the page */
} payloads[] = {
	{ "a script", "</style></script><script>alert(1)</script>",
	  "&lt;/style&gt;&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;" },
	{ "the end of an attribute", "\" onload=\"alert(1)' x='",
	  "&quot; onload=&quot;alert(1)&#39; x=&#39;" },
	{ "a picture of elsewhere", "<img src=http://192.0.2.1/x onerror=alert(1)>",
	  "&lt;img src=http://192.0.2.1/x onerror=alert(1)&gt;" },
	{ "an entity, a comment and CDATA", "&lt;<!--<![CDATA[", "&amp;lt;&lt;!--&lt;![CDATA[" },
	{ "controls and a space without width", "a\x1b[31m\xe2\x80\x8b\x01",
	  "a\\x1B[31m\\xE2\\x80\\x8B\\x01" },
	{ "our own placeholders", "{1}{9}", "{1}{9}" },
};

static void
nothing_of_the_data_acts(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(payloads); i++) {
		for (int s = SPARES_SCHEMA; s <= SPARES_FORM; s++) {
			struct str text = changed_sample(payloads[i].payload, (enum spares)s);

			want_sane(testing_page(&arena, text, LANGUAGE_JA, EDITION_SEMIANNUAL));
			want_sane(testing_page(&arena, text, LANGUAGE_EN, EDITION_CONTINUOUS));
		}
	}
}

static void
what_is_escaped_is_shown(void **state UNUSED)
{
	static const char *const members[] = {
		"acct",      "owner",
		"dept",      "org",
		"role",      "net",
		"site",      "pred",
		"observed",  "ref",
		"file",      "raw",
		"ja",        "route",
		"action",    "ticket",
		"case_type", "trouble",
		"path",      "policy",
		"system",    "lacks",
		"gap",       "rule",
		"version",   "decision",
		"sha256",    "W1",
		"subject",   "end",
		"status",    "viewer_org",
		"parent",    "class",
		"areas",     "name",
		"schedule",  "findings_digest",
	};

	for (size_t i = 0; i < COUNT(payloads); i++) {
		struct str page =
			testing_page(&arena, changed_sample(payloads[i].payload, SPARES_FORM),
				     LANGUAGE_JA, EDITION_SEMIANNUAL);

		for (size_t m = 0; m < COUNT(members); m++) {
			struct str want =
				arena_printf(&arena, "%s[%s]", payloads[i].shown, members[m]);

			want_i64(payloads[i].what, members[m], true, str_contains(page, want));
		}
	}
}

static void
samples_are_sane(void **state UNUSED)
{
	static const char *const samples[] = { SAMPLE, "testdata/report-sample/clean.ndjson" };

	for (size_t i = 0; i < COUNT(samples); i++) {
		for (int e = EDITION_CONTINUOUS; e <= EDITION_SEMIANNUAL; e++) {
			struct str text = testing_file(&arena, samples[i]);
			struct str page = testing_page(&arena, text, LANGUAGE_EN, (enum edition)e);

			want_sane(page);
			assert_false(str_contains(page, STR("<script")));
			assert_false(str_contains(page, STR("url(")));
			assert_false(str_contains(page, STR("@import")));
			assert_false(str_contains(page, STR("//")));
		}
	}
}

/* Records that are cut down to nothing, or of other kinds than they should be. */
static void
poor_records_have_a_page(void **state UNUSED)
{
	static const char *const texts[] = {
		"{\"schema\":\"sekisho/run/1\",\"findings\":0}\n",
		"{\"schema\":\"sekisho/survey/1\"}\n{\"schema\":\"sekisho/run/"
		"1\",\"findings\":0}\n",
		"{\"schema\":\"sekisho/finding/1\"}\n{\"schema\":\"sekisho/run/"
		"1\",\"findings\":1}\n",
		"{\"schema\":\"sekisho/finding/"
		"1\",\"severity\":\"critical\",\"counts\":[],\"cases\":{},"
		"\"because\":\"x\",\"evidence\":[1],\"origins\":7,\"system\":[[]],\"first\":\"x\"}"
		"\n"
		"{\"schema\":\"sekisho/survey/1\",\"from\":\"2023-01-02\",\"to\":\"2023-01-01\","
		"\"systems\":[1,{}],\"disasters\":[{\"from\":\"0001-01-01\"}],\"strips\":[{}]}\n"
		"{\"schema\":\"sekisho/run/1\",\"findings\":1,\"files\":{},\"rules\":[null]}\n",
		"{\"schema\":\"sekisho/survey/1\",\"from\":\"2023-01-01\",\"to\":\"2023-01-02\","
		"\"systems\":[{\"lines\":[-1,9223372036854775807,5],\"hours\":[[-5]],\"expected\":"
		"[true]}],\"disasters\":[{\"from\":\"2023-01-02\",\"to\":\"2023-01-01\"},{\"from\":"
		"\"9999-12-31\"}],\"schedules\":[{\"permitted\":{\"biz\":[[],[-60,99999]]},"
		"\"hours\":"
		"[[1],[2],[3],[4],[5],[6],[7],[8]]}]}\n"
		"{\"schema\":\"sekisho/run/1\",\"findings\":0,\"lines\":-1,\"baseline\":{}}\n",
	};

	for (size_t i = 0; i < COUNT(texts); i++) {
		for (int e = EDITION_CONTINUOUS; e <= EDITION_SEMIANNUAL; e++)
			want_sane(testing_page(&arena, str_of(texts[i]), LANGUAGE_EN,
					       (enum edition)e));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(nothing_of_the_data_acts, free_arena),
		cmocka_unit_test_teardown(what_is_escaped_is_shown, free_arena),
		cmocka_unit_test_teardown(samples_are_sane, free_arena),
		cmocka_unit_test_teardown(poor_records_have_a_page, free_arena),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
