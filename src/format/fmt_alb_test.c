/*
 * fmt_alb_test.c - lines of Amazon's load balancers, and what a policy may have instead of their usual fields; at the
 * wall.
 */
#include "format/format_testing.h"

extern const struct format fmt_alb;

#define LINE(request)                                                                              \
	"https 2026-04-01T00:05:01.250123Z app/takuso/01 10.1.2.3:41002 10.0.0.7:80 0.000 0.031 "  \
	"0.000 200 201 34 366 \"" request "\" \"K/1\" - - arn \"Root=1-2\" \"domain.example\""
#define SAYS(method, target, host, ident)                                                          \
	"1775001901250 200 address=[10.1.2.3] method=[" method "] target=[" target                 \
	"] agent=[K/1] " ident "protocol=[HTTP/2.0] host=[" host "] bytes=[366] "                  \
	"duration=[0.031]"

static void
usual_fields(void **state UNUSED)
{
	static const struct {
		const char *name, *line, *want;
	} cases[] = {
		{ "a URL", LINE("GET https://a.example:443/b?c HTTP/2.0"),
		  SAYS("GET", "/b?c", "a.example:443", "") },
		{ "a URL without a path", LINE("GET https://a.example:443 HTTP/2.0"),
		  SAYS("GET", "/", "a.example:443", "") },
		{ "a query and no path", LINE("GET https://a.example:443?c HTTP/2.0"),
		  SAYS("GET", "?c", "a.example:443", "") },
	};
	struct format_test t;

	test_format(&t, &fmt_alb, &(struct format_spec){ 0 });
	assert_true(t.good);
	for (size_t i = 0; i < COUNT(cases); i++)
		want_str(cases[i].name, "record", str_of(cases[i].want),
			 str_of(what_it_says(&t, str_of(cases[i].line))));
	test_format_end(&t);
}

/* What the policy names stands, whatever the request says and however often it is named. */
static void
the_policy_names_fields(void **state UNUSED)
{
	struct str line = STR(LINE("GET https://a.example:443/b HTTP/2.0"));
	struct format_spec spec = { .field = { [RAW_HOST] = STR("domain_name"),
					       [RAW_IDENT] = STR("domain_name"),
					       [RAW_METHOD] = STR("type") } };
	struct format_test t;

	test_format(&t, &fmt_alb, &spec);
	assert_true(t.good);
	want_str("three of its own", "record",
		 STR(SAYS("https", "/b", "domain.example", "ident=[domain.example] ")),
		 str_of(what_it_says(&t, line)));
	test_format_end(&t);
	spec.field[RAW_TIME] = STR("request_creation_time");
	test_format(&t, &fmt_alb, &spec);
	want_str("a time that this line has not", "refusal", STR("188: the field with the time"),
		 str_of(what_it_says(&t, line)));
	test_format_end(&t);
	spec.field[RAW_HOST] = STR("domain");
	test_format(&t, &fmt_alb, &spec);
	want_bool("a field it has not", "compiled", false, t.good);
	test_format_end(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(usual_fields),
		cmocka_unit_test(the_policy_names_fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
