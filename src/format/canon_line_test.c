/*
 * canon_line_test.c - what a policy makes of a request: object, class, terminal, masking, act and
 * outcome.
 */
#include "base/test_wall.h"

#include "format/canon.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/*
 * path:/consumers/{object}/{class}, query t and m; POST /login, /health..., ^/old/(object)$ are
 * resources.
 */
static struct template_piece piece[] = {
	{ .literal = BYTES("/consumers/"), .field = -1 },
	{ .field = FIELD_OBJECT },
	{ .literal = BYTES("/"), .field = -1 },
	{ .field = FIELD_CLASS },
};
static struct extract sources[] = {
	{ .kind = SOURCE_PATH, .field = FIELD_OBJECT, .template = { piece, COUNT(piece) } },
	{ .kind = SOURCE_QUERY, .field = FIELD_TERMINAL, .name = BYTES("t") },
	{ .kind = SOURCE_QUERY, .field = FIELD_MASKED, .name = BYTES("m") },
};
static struct str login_path[] = { BYTES("/login") }, health_path[] = { BYTES("/health") };
static struct str post[] = { BYTES("POST") }, old_path[] = { BYTES("") },
		  logout_path[] = { BYTES("/logout") };
static struct str list_end[] = { BYTES("/list"), BYTES("/search") };
static void *old_code[1];
static uint16_t old_group[1][FIELD_COUNT] = { { [FIELD_OBJECT] = 1 } };
static struct match login_match[] = {
	{ .field = MATCH_PATH, .kind = MATCH_EQUAL, .value = login_path, .value_count = 1 },
	{ .field = MATCH_METHOD, .kind = MATCH_EQUAL, .value = post, .value_count = 1 },
};
static struct match logout_match[] = {
	{ .field = MATCH_PATH, .kind = MATCH_EQUAL, .value = logout_path, .value_count = 1 },
};
static struct match health_match[] = {
	{ .field = MATCH_PATH, .kind = MATCH_STARTS, .value = health_path, .value_count = 1 },
};
static struct match list_match[] = {
	{ .field = MATCH_PATH, .kind = MATCH_ENDS, .value = list_end, .value_count = 2 },
};
static struct match old_match[] = {
	{ .field = MATCH_PATH,
	  .kind = MATCH_RE,
	  .value = old_path,
	  .value_count = 1,
	  .regex = old_code,
	  .regex_group = old_group },
};
static struct resource resources[] = {
	{ .class = BYTES("contract"), .act = -1, .sensitivity = SENSITIVITY_NON_PUBLIC },
	{ .match = login_match, .match_count = 2, .act = ACT_LOGIN },
	{ .match = logout_match, .match_count = 1, .act = ACT_LOGOUT },
	{ .match = health_match, .match_count = 1, .act = ACT_HEALTH },
	{ .class = BYTES("search"), .match = list_match, .match_count = 1, .act = ACT_LIST },
	{ .class = BYTES("old"), .match = old_match, .match_count = 1, .act = -1 },
};
static struct policy_system systems[] = {
	{ .id = BYTES("takuso"), .extract = sources, .extract_count = COUNT(sources) },
};
static struct policy policy = { .system = systems,
				.system_count = 1,
				.resource = resources,
				.resource_count = COUNT(resources) };
static struct canon_matcher *matcher;

static int
compile(void **state UNUSED)
{
	int wrong;
	PCRE2_SIZE at;

	old_code[0] = pcre2_compile((PCRE2_SPTR) "^/old/([0-9]+)$", PCRE2_ZERO_TERMINATED, 0,
				    &wrong, &at, NULL);
	matcher = canon_matcher_new(&policy);
	return old_code[0] && matcher ? 0 : -1;
}

static int
forget(void **state UNUSED)
{
	canon_matcher_free(matcher);
	pcre2_code_free(old_code[0]);
	return 0;
}

static const struct canon *
canon_of(const char *method, struct str target, int status)
{
	static struct canon c;
	static char bytes[CANON_ROOM];
	struct room room = { .p = bytes, .size = sizeof(bytes) };
	struct record r = {
		.text = { [RAW_METHOD] = str_of(method), [RAW_TARGET] = walled(target) },
		.status = (int16_t)status,
		.escaped = true
	};

	memset(&c, 0xa5, sizeof(c));
	canon_line(matcher, 0, &r, &room, &c);
	return &c;
}

static const struct {
	const char *name;
	struct str target;
	const char *object, *class, *terminal;
	enum masked masked;
} screens[] = {
	{ "all of it", BYTES("/consumers/0310000000000000000001/contract?t=T-0001&m=0"),
	  "0310000000000000000001", "contract", "T-0001", MASKED_NO },
	{ "no query", BYTES("/consumers/1/usage"), "1", "usage", "", MASKED_UNKNOWN },
	{ "another order", BYTES("/consumers/1/usage?m=1&x=y&t=T-2"), "1", "usage", "T-2",
	  MASKED_YES },
	{ "the first of two", BYTES("/consumers/1/usage?t=A&t=B&m=1&m=0"), "1", "usage", "A",
	  MASKED_YES },
	{ "a longer name is another", BYTES("/consumers/1/usage?xt=A&tt=B&mm=1"), "1", "usage", "",
	  MASKED_UNKNOWN },
	{ "an empty value is absent", BYTES("/consumers/1/usage?t=&m="), "1", "usage", "",
	  MASKED_UNKNOWN },
	{ "a name without a value", BYTES("/consumers/1/usage?t&m"), "1", "usage", "",
	  MASKED_UNKNOWN },
	{ "empty pairs", BYTES("/consumers/1/usage?&&t=A&"), "1", "usage", "A", MASKED_UNKNOWN },
	{ "a value with =", BYTES("/consumers/1/usage?t=A=B"), "1", "usage", "A=B",
	  MASKED_UNKNOWN },
	{ "a second ? is of the query", BYTES("/consumers/1/usage?t=A?m=0"), "1", "usage", "A?m=0",
	  MASKED_UNKNOWN },
	{ "a query is no path", BYTES("/x?/consumers/1/usage"), "", "", "", MASKED_UNKNOWN },
	{ "masked words: yes", BYTES("/consumers/1/usage?m=yes"), "1", "usage", "", MASKED_YES },
	{ "masked words: no", BYTES("/consumers/1/usage?m=no"), "1", "usage", "", MASKED_NO },
	{ "masked words: anything else", BYTES("/consumers/1/usage?m=2"), "1", "usage", "",
	  MASKED_UNKNOWN },
	{ "masked words: a number that begins so", BYTES("/consumers/1/usage?m=10"), "1", "usage",
	  "", MASKED_UNKNOWN },
	{ "a path that goes on", BYTES("/consumers/1/contract/history"), "", "", "",
	  MASKED_UNKNOWN },
	{ "a path with a slash behind", BYTES("/consumers/1/contract/"), "", "", "",
	  MASKED_UNKNOWN },
	{ "a path cut short", BYTES("/consumers/1"), "", "", "", MASKED_UNKNOWN },
	{ "an empty object", BYTES("/consumers//contract"), "", "", "", MASKED_UNKNOWN },
	{ "an empty class", BYTES("/consumers/1/"), "", "", "", MASKED_UNKNOWN },
	{ "another prefix", BYTES("/consumer/1/contract"), "", "", "", MASKED_UNKNOWN },
	{ "something before", BYTES("/a/consumers/1/contract"), "", "", "", MASKED_UNKNOWN },
	{ "nothing", BYTES(""), "", "", "", MASKED_UNKNOWN },
	{ "percents are undone", BYTES("/consumers/%31%32/c%C3%a9?t=T%2D1"), "12", "c\xc3\xa9",
	  "T-1", MASKED_UNKNOWN },
	{ "and only once", BYTES("/consumers/%2531/usage?t=%2541"), "%31", "usage", "%41",
	  MASKED_UNKNOWN },
	{ "broken percents stay", BYTES("/consumers/%/usage?t=%4&m=0"), "%", "usage", "%4",
	  MASKED_NO },
	{ "percents without hex stay", BYTES("/consumers/%zz%4g/usage"), "%zz%4g", "usage", "",
	  MASKED_UNKNOWN },
	{ "an encoded slash is no separator", BYTES("/consumers/a%2Fb/usage"), "a/b", "usage", "",
	  MASKED_UNKNOWN },
	{ "an encoded & and = are text", BYTES("/consumers/1/usage?t=A%26m%3D0"), "1", "usage",
	  "A&m=0", MASKED_UNKNOWN },
	{ "a plus is a blank in a query only", BYTES("/consumers/1+2/usage?t=T+1"), "1+2", "usage",
	  "T 1", MASKED_UNKNOWN },
	{ "a plus beside a percent stays in a path", BYTES("/consumers/1+2%33/usage"), "1+23",
	  "usage", "", MASKED_UNKNOWN },
	{ "an encoded plus is a plus", BYTES("/consumers/1/usage?t=T%2B1"), "1", "usage", "T+1",
	  MASKED_UNKNOWN },
	{ "the server's escapes", BYTES("/consumers/\\xE8\\xa8\\x97/a\\\"b"), "\xe8\xa8\x97",
	  "a\"b", "", MASKED_UNKNOWN },
	{ "an escape of an escape", BYTES("/consumers/a\\\\x41/usage"), "a\\x41", "usage", "",
	  MASKED_UNKNOWN },
	{ "an escaped percent is undone twice, by server and browser",
	  BYTES("/consumers/\\x2531/usage"), "1", "usage", "", MASKED_UNKNOWN },
	{ "a resource gives its class", BYTES("/consumers/1/list"), "1", "search", "",
	  MASKED_UNKNOWN },
	{ "the second value of a match", BYTES("/consumers/1/search"), "1", "search", "",
	  MASKED_UNKNOWN },
	{ "a pattern's group", BYTES("/old/0310?t=T-1"), "0310", "old", "T-1", MASKED_UNKNOWN },
	{ "a pattern that does not hold", BYTES("/old/0310x"), "", "", "", MASKED_UNKNOWN },
	{ "a class without a match says nothing of a line", BYTES("/anything"), "", "", "",
	  MASKED_UNKNOWN },
};

static void
screen_object_and_terminal(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(screens); i++) {
		const struct canon *c = canon_of("GET", screens[i].target, 200);

		want_str(screens[i].name, "object", str_of(screens[i].object),
			 c->field[FIELD_OBJECT]);
		want_str(screens[i].name, "class", str_of(screens[i].class), c->field[FIELD_CLASS]);
		want_str(screens[i].name, "terminal", str_of(screens[i].terminal),
			 c->field[FIELD_TERMINAL]);
		want_str(screens[i].name, "account", STR(""), c->field[FIELD_ACCOUNT]);
		want_i64(screens[i].name, "masked", screens[i].masked, c->masked);
		want_bool(screens[i].name, "limit", false, c->refused);
	}
	want_str("a NUL", "object", STR("a\0b"),
		 canon_of("GET", STR("/consumers/a%00b/c"), 200)->field[FIELD_OBJECT]);
}

static void
acts(void **state UNUSED)
{
	static const struct {
		const char *name, *method;
		struct str target;
		enum act want;
	} cases[] = {
		{ "GET of a consumer", "GET", BYTES("/consumers/1/contract"), ACT_VIEW },
		{ "POST to a consumer", "POST", BYTES("/consumers/1/contract"), ACT_UPDATE },
		{ "PUT", "PUT", BYTES("/consumers/1/contract"), ACT_UPDATE },
		{ "PATCH", "PATCH", BYTES("/consumers/1/contract"), ACT_UPDATE },
		{ "DELETE", "DELETE", BYTES("/consumers/1/contract"), ACT_UPDATE },
		{ "HEAD shows nothing", "HEAD", BYTES("/consumers/1/contract"), ACT_OTHER },
		{ "a method in small letters is none", "get", BYTES("/consumers/1/contract"),
		  ACT_OTHER },
		{ "GET without a consumer", "GET", BYTES("/menu"), ACT_OTHER },
		{ "POST without a consumer", "POST", BYTES("/menu"), ACT_OTHER },
		{ "no request at all", "", BYTES(""), ACT_OTHER },
		{ "a resource with two conditions", "POST", BYTES("/login"), ACT_LOGIN },
		{ "one of them is not enough", "GET", BYTES("/login"), ACT_OTHER },
		{ "equal is whole", "POST", BYTES("/login/"), ACT_OTHER },
		{ "a prefix", "GET", BYTES("/healthz?x=1"), ACT_HEALTH },
		{ "a resource's act beats the method", "POST", BYTES("/consumers/1/list"),
		  ACT_LIST },
		{ "a resource without an act leaves the method", "GET", BYTES("/old/1"), ACT_VIEW },
		{ "the first resource wins", "GET", BYTES("/health/list"), ACT_HEALTH },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		want_i64(cases[i].name, "act", cases[i].want,
			 canon_of(cases[i].method, cases[i].target, 200)->act);
}

/* SPEC, doubts settled: 200-299 and 304; a 3xx for login and logout alone. */
static void
every_status(void **state UNUSED)
{
	static const struct {
		const char *method;
		struct str target;
		bool redirects;
	} lines[] = {
		{ "GET", BYTES("/consumers/1/contract"), false },
		{ "POST", BYTES("/login"), true },
		{ "GET", BYTES("/logout"), true },
	};

	for (size_t i = 0; i < COUNT(lines); i++) {
		for (int status = 100; status <= 999; status++) {
			const struct canon *c = canon_of(lines[i].method, lines[i].target, status);
			bool ok = status / 100 == 2 || status == 304 ||
				  (lines[i].redirects && status / 100 == 3);
			enum reason reason = REASON_ERROR;
			char name[32];

			if (ok)
				reason = REASON_NONE;
			else if (status == 401)
				reason = REASON_AUTH;
			else if (status == 403)
				reason = REASON_FORBIDDEN;
			else if (status == 404 || status == 410)
				reason = REASON_NOT_FOUND;
			snprintf(name, sizeof(name), "status %d", status);
			want_i64(name, "ok", ok, c->ok);
			want_i64(name, "reason", reason, c->reason);
		}
	}
}

/* A status that says there was no answer is none of success; where nothing is said, what is logged was done. */
static void
no_status(void **state UNUSED)
{
	static const struct {
		const char *name, *method, *status;
		bool ok;
	} cases[] = {
		{ "nginx and CloudFront, a client that left", "GET", "000", false },
		{ "Caddy, a client that left", "GET", "0", false },
		{ "HAProxy, a client that left", "POST", "-1", false },
		{ "a server that says nothing", "GET", "-", true },
		{ "a server that has no such field", "GET", "", true },
		{ "the return code of no web server", "", "0", true },
		{ "a word of no web server", "", "done", true },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		static char bytes[CANON_ROOM];
		struct room room = { .p = bytes, .size = sizeof(bytes) };
		struct record r = { .text = { [RAW_METHOD] = str_of(cases[i].method),
					      [RAW_TARGET] = STR("/consumers/1/contract"),
					      [RAW_STATUS] = str_of(cases[i].status) } };
		struct canon c;

		canon_line(matcher, 0, &r, &room, &c);
		want_i64(cases[i].name, "ok", cases[i].ok, c.ok);
		want_i64(cases[i].name, "reason", cases[i].ok ? REASON_NONE : REASON_ERROR,
			 c.reason);
	}
}

/* canon.h: values of up to CANON_VALUE bytes are undone; longer ones stay as they are written. */
static void
long_values(void **state UNUSED)
{
	char target[2 * CANON_VALUE + 100], value[CANON_VALUE + 1];
	int n;
	const struct canon *c;

	memset(value, 'a', sizeof(value));
	memcpy(value, (char[]){ '%', '6', '2' }, 3);
	n = snprintf(target, sizeof(target), "/consumers/%.*s/usage", CANON_VALUE, value);
	c = canon_of("GET", (struct str){ target, (size_t)n }, 200);
	want_i64("a value of 256 bytes", "bytes", CANON_VALUE - 2,
		 (int64_t)c->field[FIELD_OBJECT].n);
	assert_true(c->field[FIELD_OBJECT].p[0] == 'b');
	n = snprintf(target, sizeof(target), "/consumers/%.*s/usage", CANON_VALUE + 1, value);
	c = canon_of("GET", (struct str){ target, (size_t)n }, 200);
	want_str("a value of 257 bytes", "object", (struct str){ value, sizeof(value) },
		 c->field[FIELD_OBJECT]);
}

/* However much the others hold, no value of a line keeps another from being undone. */
static void
every_value_has_its_room(void **state UNUSED)
{
	char target[4 * CANON_VALUE], big[CANON_VALUE + 1];
	const struct canon *c;
	int n;

	memset(big, 'a', sizeof(big));
	memcpy(big, (char[]){ '\\', 'x', '4', '1', '%', '4', '2' }, 7);
	n = snprintf(target, sizeof(target), "/consumers/%.*s/%.*s?t=\\x54%%2D1-of-the-branch",
		     CANON_VALUE, big, CANON_VALUE, big);
	c = canon_of("GET", (struct str){ target, (size_t)n }, 200);
	want_i64("the object", "bytes", CANON_VALUE - 5, (int64_t)c->field[FIELD_OBJECT].n);
	want_i64("the class", "bytes", CANON_VALUE - 5, (int64_t)c->field[FIELD_CLASS].n);
	want_str("the terminal", "text", STR("T-1-of-the-branch"), c->field[FIELD_TERMINAL]);
}

/* Only a pattern that gives up and an outcome nobody has named refuse a line; then canon may not be left out. */
static void
few_policies_can_refuse_a_line(void **state UNUSED)
{
	static struct template_piece hole[] = { { .field = FIELD_OUTCOME } };
	static struct extract path[] = { { .kind = SOURCE_PATH, .template = { hole, 1 } } };
	static struct extract field[] = { { .kind = SOURCE_FIELD, .field = FIELD_OUTCOME } };
	struct {
		const char *name;
		struct extract *extract;
		size_t extracts, resources;
		bool want;
	} cases[] = {
		{ "templates and queries", sources, COUNT(sources), 5, false },
		{ "a pattern", sources, COUNT(sources), 6, true },
		{ "an outcome in the path", path, 1, 5, true },
		{ "an outcome of the source's own", field, 1, 5, true },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct policy_system system = { .extract = cases[i].extract,
						.extract_count = cases[i].extracts };
		struct policy p = { .system = &system,
				    .system_count = 1,
				    .resource = resources,
				    .resource_count = cases[i].resources };
		struct canon_matcher *m = canon_matcher_new(&p);

		want_bool(cases[i].name, "may refuse", cases[i].want, canon_may_refuse(m, 0));
		canon_matcher_free(m);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screen_object_and_terminal),
		cmocka_unit_test(acts),
		cmocka_unit_test(every_status),
		cmocka_unit_test(no_status),
		cmocka_unit_test(long_values),
		cmocka_unit_test(every_value_has_its_room),
		cmocka_unit_test(few_policies_can_refuse_a_line),
	};

	return cmocka_run_group_tests(tests, compile, forget);
}
