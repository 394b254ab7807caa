/*
 * json_template_test.c - which variable of a JSON log_format stands under which pointer.
 */
#include "base/test_wall.h"

#include "format/json_template.h"

static const struct {
	const char *name;
	struct str text, want; /* "pointer=variable ..." */
} templates[] = {
	{ "quoted variables", BYTES("{\"time\":\"$time_iso8601\",\"ip\":\"$remote_addr\"}"),
	  BYTES("/time=time_iso8601 /ip=remote_addr ") },
	{ "bare variables", BYTES("{ \"status\": $status, \"bytes\": $body_bytes_sent }"),
	  BYTES("/status=status /bytes=body_bytes_sent ") },
	{ "variables in braces", BYTES("{\"a\":\"${remote_user}\",\"b\":${status}}"),
	  BYTES("/a=remote_user /b=status ") },
	{ "objects in objects",
	  BYTES("{\"req\":{\"uri\":\"$request_uri\",\"h\":{\"ua\":\"$http_user_agent\"}},\"s\":$"
		"status}"),
	  BYTES("/req/uri=request_uri /req/h/ua=http_user_agent /s=status ") },
	{ "text and mixtures say nothing",
	  BYTES("{\"v\":\"1\",\"n\":2,\"t\":true,\"x\":\"$a:$b\",\"y\":\"$a "
		"\",\"z\":$a$b,\"s\":\"$status\"}"),
	  BYTES("/s=status ") },
	{ "names with ~ and /", BYTES("{\"a/b~c\":\"$uri\"}"), BYTES("/a~1b~0c=uri ") },
	{ "an escaped quote in a name", BYTES("{\"a\\\"b\":\"$uri\"}"), BYTES("/a\"b=uri ") },
	{ "over several lines", BYTES(" {\n\t\"a\":\"$uri\",\n\t\"b\":\"$host\"\n}\n"),
	  BYTES("/a=uri /b=host ") },
};

static void
variables_stand_under_their_pointers(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(templates); i++) {
		struct arena arena = { 0 };
		struct errors err = { 0 };
		struct json_template t;
		struct str got = STR("");

		assert_true(json_template_looks(templates[i].text));
		want_i64(templates[i].name, "read", 0,
			 json_template_read(walled(templates[i].text), &arena, &t, &err,
					    (struct place){ .line = 0 }));
		for (size_t k = 0; k < t.count; k++)
			got = arena_printf(&arena, STR_FMT "%s=%s ", STR_ARG(got),
					   t.slot[k].pointer, t.slot[k].variable);
		want_str(templates[i].name, "slots", templates[i].want, got);
		errors_free(&err);
		arena_free(&arena);
	}
}

static const struct {
	const char *name;
	struct str text;
	const char *told; /* part of it */
} wrong[] = {
	{ "no object", BYTES("$remote_addr"), "must have a { at byte 1, not '$remote_addr'" },
	{ "an array", BYTES("{\"a\":[\"$uri\"]}"),
	  "must have \"text\", $variable or {...} at byte 6" },
	{ "an open object", BYTES("{\"a\":$uri"), "must have a comma or } at byte 10" },
	{ "an open quote", BYTES("{\"a\":\"$uri}"), "must have a quote that is closed at byte 6" },
	{ "an escape at the end", BYTES("{\"a\":\"$uri\\"), "must have a quote that is closed" },
	{ "an empty object", BYTES("{}"), "must have a quote at byte 2" },
	{ "no colon", BYTES("{\"a\" $uri}"), "must have a colon" },
	{ "text behind", BYTES("{\"a\":$uri} x"), "must have its end" },
	{ "a variable for a name", BYTES("{\"$a\":\"x\"}"), "must be a name without variables" },
	{ "a name with \\u", BYTES("{\"\\u12\":\"x\"}"), "must be a name without variables" },
	{ "nine objects inside each other",
	  BYTES("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}"
		"}"),
	  "at most 8 objects" },
};

static void
mistakes_are_told_at_their_byte(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct arena arena = { 0 };
		struct errors err = { 0 };
		struct json_template t;

		want_i64(wrong[i].name, "read", -1,
			 json_template_read(walled(wrong[i].text), &arena, &t, &err,
					    (struct place){ .line = 0 }));
		want_i64(wrong[i].name, "told", 1, (int64_t)err.list.n);
		if (!str_contains(err.list.at[0], str_of(wrong[i].told)))
			fail_msg("%s: wanted '%s' in '" STR_FMT "'", wrong[i].name, wrong[i].told,
				 STR_ARG(err.list.at[0]));
		errors_free(&err);
		arena_free(&arena);
	}
	want_bool("a plain log_format", "looks", false,
		  json_template_looks(STR("$remote_addr {\"a\":1}")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(variables_stand_under_their_pointers),
		cmocka_unit_test(mistakes_are_told_at_their_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
