/*
 * json_record_test.c - the formats whose lines are JSON: their samples, what a policy may change, what is refused.
 */
#include "base/test_wall.h"

#include "format/json_record.h"

extern const struct format fmt_caddy, fmt_json, fmt_keycloak, fmt_nginx_json, fmt_okta, fmt_traefik;

static const struct format *const of_json[] = {
	&fmt_caddy, &fmt_json, &fmt_keycloak, &fmt_nginx_json, &fmt_okta, &fmt_traefik,
};

static char room[1 << 16];

static const void *
plan_of(const struct format *f, const struct format_spec *spec, struct arena *arena)
{
	struct errors err = { 0 };
	const void *plan = NULL;

	if (f->compile(spec, arena, &plan, &err) != 0)
		fail_msg("%s: " STR_FMT, f->name, STR_ARG(err.list.at[0]));
	errors_free(&err);
	return plan;
}

static enum parsed
parse(const struct format *f, const void *plan, struct str line, struct record *out,
      struct refusal *why)
{
	struct parsing r = { .plan = plan, .room = { .p = room, .size = 2 * line.n + 64 } };

	*out = (struct record){ 0 };
	*why = (struct refusal){ 0 };
	return f->parse(&r, line, out, why);
}

/* The raw field of a name, RAW_COUNT for ts; -1: of the source's own. */
static int
key_of(struct str name)
{
	if (str_is(name, "ts"))
		return RAW_COUNT;
	for (int i = 0; i < RAW_COUNT; i++) {
		if (str_is(name, raw_names[i]))
			return i;
	}
	return -1;
}

/* What a sample does not name must be absent. */
static void
want_record(const char *name, struct str want, const struct record *got)
{
	struct str text[RAW_COUNT] = { { NULL, 0 } };
	uint64_t ts = 0, status = 0;

	while (want.n) {
		int key = key_of(str_split(&want, '='));
		struct str value = want_taken(&want);

		if (key == RAW_COUNT)
			assert_true(str_to_u64(value, &ts));
		else if (key == RAW_STATUS)
			assert_true(str_to_u64(value, &status));
		else if (key >= 0)
			text[key] = value;
	}
	want_i64(name, "ts", (int64_t)ts, got->ts);
	want_i64(name, "status", (int64_t)status, got->status);
	for (int i = 0; i < RAW_COUNT; i++) {
		if (i != RAW_TIME && i != RAW_STATUS)
			want_str(name, raw_names[i], text[i], got->text[i]);
	}
}

static void
samples_say_what_they_want(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(of_json); i++) {
		struct arena arena = { 0 };
		struct format_spec spec = { 0 };
		const void *plan = plan_of(of_json[i], &spec, &arena);

		for (const struct format_sample *s = of_json[i]->sample; s->line; s++) {
			struct record r;
			struct refusal why;

			if (parse(of_json[i], plan, walled(str_of(s->line)), &r, &why) !=
			    PARSED_EVENT)
				fail_msg("%s: expected %s at byte %u", s->line, why.expected,
					 why.byte);
			want_record(s->line, str_of(s->want), &r);
		}
		arena_free(&arena);
	}
}

#define T "\"time\":\"2026-04-01T09:05:01Z\""

static const struct {
	const char *name;
	const struct format *format;
	struct str line;
	struct str want; /* of which field, below */
	enum raw field;
} texts[] = {
	{ "the first usual name that is there", &fmt_json,
	  BYTES("{" T ",\"username\":\"b\",\"user\":\"a\"}"), BYTES("a"), RAW_ACCOUNT },
	{ "null and an empty text stand back", &fmt_json,
	  BYTES("{" T ",\"remote_user\":null,\"user\":\"\",\"login\":\"a\"}"), BYTES("a"),
	  RAW_ACCOUNT },
	{ "an object is no text", &fmt_json,
	  BYTES("{" T ",\"user\":{\"name\":\"x\"},\"account\":\"a\"}"), BYTES("a"), RAW_ACCOUNT },
	{ "a number is a text", &fmt_json, BYTES("{" T ",\"user\":1234}"), BYTES("1234"),
	  RAW_ACCOUNT },
	{ "text is unescaped", &fmt_json, BYTES("{" T ",\"user\":\"\\u65e5\\\"\"}"),
	  BYTES("\xe6\x97\xa5\""), RAW_ACCOUNT },
	{ "a port is cut off", &fmt_json, BYTES("{" T ",\"ip\":\"10.1.2.3:50012\"}"),
	  BYTES("10.1.2.3"), RAW_ADDRESS },
	{ "a port behind brackets", &fmt_json, BYTES("{" T ",\"ip\":\"[2001:db8::7]:50012\"}"),
	  BYTES("2001:db8::7"), RAW_ADDRESS },
	{ "an IPv6 address has no port", &fmt_json, BYTES("{" T ",\"ip\":\"2001:db8::7\"}"),
	  BYTES("2001:db8::7"), RAW_ADDRESS },
	{ "a request is split", &fmt_json, BYTES("{" T ",\"request\":\"GET /a b HTTP/1.1\"}"),
	  BYTES("/a b"), RAW_TARGET },
	{ "a request without a protocol", &fmt_json, BYTES("{" T ",\"request\":\"GET /a\"}"),
	  BYTES("/a"), RAW_TARGET },
	{ "a request that is no request", &fmt_json,
	  BYTES("{" T ",\"request\":\"\\u0016\\u0003\"}"), BYTES(""), RAW_TARGET },
	{ "a line that has target and request", &fmt_json,
	  BYTES("{" T ",\"request\":\"GET /a\",\"uri\":\"/b\"}"), BYTES("/b"), RAW_TARGET },
	{ "a method of its own beside a request", &fmt_json,
	  BYTES("{" T ",\"method\":\"GET\",\"request\":\"GET /a HTTP/1.1\"}"), BYTES("/a"),
	  RAW_TARGET },
	{ "a byte order mark before the first line", &fmt_json,
	  BYTES("\xef\xbb\xbf{" T ",\"user\":\"a\"}"), BYTES("a"), RAW_ACCOUNT },
	{ "Caddy before it knew remote_ip", &fmt_caddy,
	  BYTES("{\"ts\":1775001901,\"request\":{\"method\":\"GET\",\"remote_addr\":\"10.1.2.3:1\"}"
		"}"),
	  BYTES("10.1.2.3"), RAW_ADDRESS },
};

static void
fields_are_exact(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct arena arena = { 0 };
		struct format_spec spec = { 0 };
		const void *plan = plan_of(texts[i].format, &spec, &arena);
		struct record r;
		struct refusal why;

		want_i64(texts[i].name, "parsed", PARSED_EVENT,
			 parse(texts[i].format, plan, walled(texts[i].line), &r, &why));
		want_str(texts[i].name, raw_names[texts[i].field], texts[i].want,
			 r.text[texts[i].field]);
		arena_free(&arena);
	}
}

static const struct {
	const char *name;
	const struct format *format;
	struct str line;
	enum parsed want;
	uint32_t byte; /* of a refusal, and part of what is said */
	const char *expected;
} outcomes[] = {
	{ "an empty line", &fmt_json, BYTES(""), PARSED_NOTHING, 0, NULL },
	{ "blanks and a carriage return", &fmt_json, BYTES("  \r"), PARSED_NOTHING, 0, NULL },
	{ "an array", &fmt_json, BYTES(" [1]"), PARSED_REFUSED, 1, "a JSON object" },
	{ "a line of another format", &fmt_json, BYTES("10.1.2.3 - - ["), PARSED_REFUSED, 0,
	  "a JSON object" },
	{ "half a line", &fmt_json, BYTES("{" T ",\"user\":\"pg"), PARSED_REFUSED, 41,
	  "closing quote" },
	{ "two objects in a line", &fmt_json, BYTES("{" T "}{}"), PARSED_REFUSED, 31, "the end" },
	{ "a forged account", &fmt_json, BYTES("{" T ",\"user\":\"a\",\"user\":\"b\"}"),
	  PARSED_REFUSED, 42, "dup_key" },
	{ "no time", &fmt_json, BYTES("{\"user\":\"a\"}"), PARSED_REFUSED, 0,
	  "a time in 'time', or" },
	{ "a time that is none", &fmt_json, BYTES("{\"time\":\"soon\"}"), PARSED_REFUSED, 9,
	  "a time" },
	{ "a time that is true", &fmt_json, BYTES("{\"time\":true}"), PARSED_REFUSED, 0, "a time" },
	{ "a status of two digits", &fmt_json, BYTES("{" T ",\"status\":20}"), PARSED_REFUSED, 40,
	  "a status of three digits" },
	{ "a status with a fraction", &fmt_json, BYTES("{" T ",\"status\":200.0}"), PARSED_REFUSED,
	  40, "a status of three digits" },
	{ "a huge status", &fmt_json, BYTES("{" T ",\"status\":1e999}"), PARSED_REFUSED, 40,
	  "a status of three digits" },
	{ "no status", &fmt_json, BYTES("{" T ",\"status\":0}"), PARSED_EVENT, 0, NULL },
	{ "\\x without escape=json, for who asked for strict JSON", &fmt_json,
	  BYTES("{" T ",\"user\":\"\\x22\"}"), PARSED_REFUSED, 39, "an escape" },
	{ "\\x without escape=json, of nginx", &fmt_nginx_json, BYTES("{" T ",\"user\":\"\\x22\"}"),
	  PARSED_EVENT, 0, NULL },
	{ "another log of Caddy's", &fmt_caddy,
	  BYTES("{\"level\":\"info\",\"ts\":1775001901.25,\"msg\":\"serving\"}"), PARSED_NOTHING, 0,
	  NULL },
	{ "another log of Traefik's", &fmt_traefik,
	  BYTES("{\"level\":\"info\",\"msg\":\"up\",\"time\":\"2026-04-01T09:05:01Z\"}"),
	  PARSED_NOTHING, 0, NULL },
	{ "an event whose time is a text", &fmt_keycloak,
	  BYTES("{\"time\":\"2026-04-01\",\"type\":\"LOGIN\"}"), PARSED_REFUSED, 9, "a time" },
};

static void
lines_end_in_their_bucket(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(outcomes); i++) {
		struct arena arena = { 0 };
		struct format_spec spec = { 0 };
		const void *plan = plan_of(outcomes[i].format, &spec, &arena);
		struct record r;
		struct refusal why;

		want_i64(outcomes[i].name, "parsed", (int64_t)outcomes[i].want,
			 parse(outcomes[i].format, plan, walled(outcomes[i].line), &r, &why));
		want_i64(outcomes[i].name, "byte", outcomes[i].byte, why.byte);
		if (outcomes[i].expected)
			want_bool(outcomes[i].name, outcomes[i].expected, true,
				  str_contains(str_of(why.expected), str_of(outcomes[i].expected)));
		arena_free(&arena);
	}
}

static void
a_policy_names_fields(void **state UNUSED)
{
	struct str extra[] = { STR("/details/point"), STR("画面"), STR("/details") };
	struct format_spec spec = { .extra = extra, .extra_count = 3 };
	struct arena arena = { 0 };
	struct record r;
	struct refusal why;
	const void *plan;

	spec.field[RAW_ACCOUNT] = STR("/who/id");
	spec.field[RAW_TIME] = STR("日時");
	plan = plan_of(&fmt_json, &spec, &arena);
	want_i64("named fields", "parsed", PARSED_EVENT,
		 parse(&fmt_json, plan,
		       walled(STR("{\"日時\":1775001901,\"time\":\"never\",\"user\":\"x\",\"who\":{"
				  "\"id\":\"pg0001\"},"
				  "\"details\":{\"point\":\"01\\u002d02\"},\"画面\":\"供給\"}")),
		       &r, &why));
	want_i64("named fields", "ts", 1775001901000, r.ts);
	want_str("named fields", "account", STR("pg0001"), r.text[RAW_ACCOUNT]);
	want_str("named fields", "the first extra", STR("01-02"), r.extra[0]);
	want_str("named fields", "the second extra", STR("供給"), r.extra[1]);
	want_str("named fields", "an object as it is written", STR("{\"point\":\"01\\u002d02\"}"),
		 r.extra[2]);
	want_i64("a usual name where the policy named another", "parsed", PARSED_EVENT,
		 parse(&fmt_json, plan, walled(STR("{\"日時\":1775001901,\"user\":\"x\"}")), &r,
		       &why));
	want_str("a usual name where the policy named another", "account", STR(""),
		 r.text[RAW_ACCOUNT]);
	want_str("an extra that is not there", "text", STR(""), r.extra[0]);
	arena_free(&arena);
}

static void
a_pointer_that_is_none_is_told(void **state UNUSED)
{
	struct format_spec spec = { .at = { .file = STR("sekisho.yaml"), .line = 3, .column = 9 } };
	struct arena arena = { 0 };
	struct errors err = { 0 };
	const void *plan;

	spec.field[RAW_ACCOUNT] = STR("/a~b");
	want_i64("a tilde alone", "compiled", -1, fmt_json.compile(&spec, &arena, &plan, &err));
	want_str("a tilde alone", "told",
		 STR("sekisho.yaml:3:9: '/a~b' must be a name, or a JSON pointer like /user/name "
		     "with ~0 for ~ "
		     "and ~1 for /, and there may be at most 128 of them"),
		 err.list.at[0]);
	errors_free(&err);
	arena_free(&arena);
}

/* The room is as long as promised, and half of it is never written. */
static void
every_cut_of_a_sample_is_refused_or_nothing(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(of_json); i++) {
		struct arena arena = { 0 };
		struct format_spec spec = { 0 };
		const void *plan = plan_of(of_json[i], &spec, &arena);
		struct str line = str_of(of_json[i]->sample->line);
		struct record r;
		struct refusal why;

		for (size_t n = 0; n < line.n; n++) {
			want_i64(of_json[i]->name, "parsed", n ? PARSED_REFUSED : PARSED_NOTHING,
				 parse(of_json[i], plan, walled(str_head(line, n)), &r, &why));
			assert_true(why.byte <= n);
		}
		arena_free(&arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(samples_say_what_they_want),
		cmocka_unit_test(fields_are_exact),
		cmocka_unit_test(lines_end_in_their_bucket),
		cmocka_unit_test(a_policy_names_fields),
		cmocka_unit_test(a_pointer_that_is_none_is_told),
		cmocka_unit_test(every_cut_of_a_sample_is_refused_or_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
