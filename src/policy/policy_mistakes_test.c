/*
 * policy_mistakes_test.c - every mistake of a policy, told at its place, in one run.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <unistd.h>

#include "policy/policy_load.h"

static const char *const ledgers[] = { "orgs", "people", "accounts", "holidays" };
static const char *const formats[] = { "combined" };

/*
 * Loads `text` as FOLDER/sekisho.yaml; messages then begin with that path, and so do resolved
 * paths.
 */
static int
load(struct policy *p, struct str text, struct errors *err)
{
	static char path[] = "/tmp/policy_test_XXXXXX";
	FILE *f;
	int fd, rc;

	memset(path + sizeof(path) - 7, 'X', 6);
	fd = mkstemp(path);
	assert_true(fd >= 0);
	f = fdopen(fd, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(text.p, 1, text.n, f), text.n);
	assert_int_equal(fclose(f), 0);
	rc = policy_load(p, str_of(path), ledgers, COUNT(ledgers), formats, COUNT(formats), err);
	unlink(path);
	return rc;
}

static void
assert_text(struct str got, const char *want)
{
	if (!str_is(got, want))
		fail_msg("got '%.*s', wanted '%s'", STR_ARG(got), want);
}

/* Each message of err without its path must begin with what is wanted, in order. */
static void
assert_mistakes(const char *name, const char *text, const char *const *want, size_t count)
{
	struct policy p;
	struct errors err = { 0 };
	int rc = load(&p, str_of(text), &err);

	for (size_t i = 0; i < err.list.n || i < count; i++) {
		struct str got = i < err.list.n ? err.list.at[i] : STR(":none");

		str_split(&got, ':');
		if (i >= count || !str_starts(got, str_of(want[i])))
			fail_msg("%s, mistake %zu: got '%.*s', wanted '%s'", name, i + 1,
				 STR_ARG(got), i < count ? want[i] : "none");
	}
	assert_int_equal(rc, -1);
	policy_free(&p);
	errors_free(&err);
}

static void
sixteen_mistakes_are_told_in_one_run(void **state)
{
	static const char text[] =
		"sekisho: 2\n"
		"timezone: Europe/Paris\n"
		"language: jp\n"
		"systems:\n"
		"  - id: takuso\n"
		"    owner: [KPG]\n"
		"    logs: []\n"
		"    format: combine\n"
		"    extract: {object: 'path:/consumers/object'}\n"
		"    normalize: [trim]\n"
		"  - {id: takuso, logs: [a], format: combined}\n"
		"ledgers: {account: a.csv, barrier: b.csv}\n"
		"barrier: c.csv\n"
		"resources:\n"
		"  - {class: x, match: {path|re: '^/(a'}, act: look}\n"
		"  - {class: y, match: {path|startwith: /a}, sensitivity: secret}\n"
		"barrier: d.csv\n";
	static const char *const want[] = {
		"17:1: 'barrier' stands twice in this map; it stands on line 13 already",
		"1:10: '2' is no version of this file; write 1",
		"2:11: 'Europe/Paris' is not the zone of the rules, whose days are Japan's;",
		"3:11: unknown language 'jp'; did you mean 'ja'?",
		"6:12: 'owner' must be text; here is a list",
		"7:11: 'logs' is an empty list; give at least one item",
		"8:13: unknown format 'combine'; did you mean 'combined'?",
		"9:23: the template '/consumers/object' has no hole '{object}'",
		"10:5: unknown key 'normalize'; did you mean 'normalise'?",
		"11:10: system 'takuso' stands twice; line 5 has it already",
		"12:11: unknown ledger 'account'; did you mean 'accounts'?",
		"13:1: ledger 'barrier' stands twice; line 12 has it already",
		"15:33: bad regex at byte 5 of '^/(a': missing closing parenthesis",
		"15:47: unknown act 'look'; there are 'other', 'login',",
		"16:24: unknown modifier 'startwith'; did you mean 'startswith'?",
		"16:58: unknown sensitivity 'secret'; there are 'public', 'non-public'",
	};

	(void)state;
	assert_mistakes("the bad policy", text, want, COUNT(want));
}

#define HEAD "sekisho: 1\ntimezone: Asia/Tokyo\n"
#define SYSTEM HEAD "systems:\n- {id: a, logs: [l], format: combined}\n"
#define WITH(what) HEAD "systems:\n- id: a\n  logs: [l]\n  format: combined\n  " what "\n"

static void
each_mistake_has_its_place(void **state)
{
	static const struct {
		const char *name, *text, *want;
	} cases[] = {
		{ "not a map", "- a\n", "1:1: a policy must be a map" },
		{ "no systems", HEAD, "1:1: a policy needs 'systems', and this one has none" },
		{ "empty systems", HEAD "systems: []\n", "3:10: 'systems' is an empty list" },
		{ "systems of nothing", HEAD "systems:\n", "3:9: 'systems' must be a list, such" },
		{ "system without id", HEAD "systems: [{logs: [l], format: combined}]\n",
		  "3:11: a system needs 'id'" },
		{ "an anchor", SYSTEM "resources: &a [{class: a, sensitivity: public}]\n",
		  "5:12: anchors ('&') are refused" },
		{ "empty text", WITH("owner:"), "7:9: 'owner' is empty" },
		{ "null", WITH("owner: null"), "7:10: 'owner' is empty" },
		{ "an unknown language of a name", WITH("name: {jp: x}"),
		  "7:10: unknown key 'jp'" },
		{ "an unknown field", WITH("extract: {objekt: 'query:o'}"),
		  "7:13: unknown field 'objekt'; did you mean 'object'?" },
		{ "an unknown source", WITH("extract: {object: 'cookie:o'}"),
		  "7:21: 'cookie:o' is no source; there are 'path:TEMPLATE'," },
		{ "a query without name", WITH("extract: {object: 'query:'}"),
		  "7:21: 'query:' names" },
		{ "a template without slash", WITH("extract: {object: 'path:{object}'}"),
		  "7:21: the template '{object}' must begin with '/'" },
		{ "a hole left open", WITH("extract: {object: 'path:/{object'}"),
		  "7:21: the hole '{object' has no '}'" },
		{ "a hole never opened", WITH("extract: {object: 'path:/object}'}"),
		  "7:21: a '}' without '{'" },
		{ "an unknown hole", WITH("extract: {object: 'path:/{objct}'}"),
		  "7:21: unknown field in a hole 'objct'; did you mean 'object'?" },
		{ "holes that touch", WITH("extract: {object: 'path:/{object}{class}'}"),
		  "7:21: two holes touch before '{class}'" },
		{ "a hole twice", WITH("extract: {object: 'path:/{object}/{object}'}"),
		  "7:21: the hole '{object}' stands twice" },
		{ "another's template", WITH("extract: {class: 'path:/{object}'}"),
		  "7:20: the template '/{object}' has no hole '{class}'" },
		{ "a bad date", WITH("permitted_orgs: [{org: A, from: 2022-13-01}]"),
		  "7:35: '2022-13-01' is no time" },
		{ "from after to",
		  WITH("permitted_orgs: [{org: A, from: 2022-02-01, to: 2022-01-01}]"),
		  "7:20: 'from' is not before 'to'" },
		{ "an act without match", SYSTEM "resources:\n- {act: login}\n",
		  "6:3: 'act' without 'match' applies to no line" },
		{ "a class and nothing", SYSTEM "resources:\n- {class: x}\n",
		  "6:3: this says nothing" },
		{ "a match and nothing", SYSTEM "resources:\n- {match: {path: /x}}\n",
		  "6:3: this gives nothing" },
		{ "two classes", SYSTEM "resources:\n- {class: x, match: 'path|re: (?<class>a)'}\n",
		  "6:3: 'class' and the group" },
		{ "a class both ways",
		  SYSTEM "resources:\n- {class: x, sensitivity: public}\n"
			 "- {class: x, sensitivity: non-public}\n",
		  "7:27: class 'x' cannot be both public and non-public; see line 6" },
		{ "an unknown system", SYSTEM "resources:\n- {match: {system: b}, act: view}\n",
		  "6:20: unknown system 'b'; did you mean 'a'?" },
		{ "a wildcard", SYSTEM "resources:\n- {match: {path: /a/*}, act: view}\n",
		  "6:18: '*' is no wildcard here" },
		{ "an empty end",
		  SYSTEM "resources:\n- {match: {'path|endswith': ''}, act: view}\n",
		  "6:29: 'path|endswith' is empty" },
		{ "no colon", SYSTEM "resources:\n- {match: /login, act: login}\n",
		  "6:11: '/login' has no ':'" },
		{ "an unknown group",
		  SYSTEM "resources:\n- {match: 'path|re: (?<obj>a)', act: view}\n",
		  "6:11: unknown field in a named group 'obj'" },
		{ "\\C", SYSTEM "resources:\n- {match: 'path|re: a\\C', act: view}\n",
		  "6:11: bad regex at byte 4 of 'a\\C': using \\C is disabled" },
		{ "UTF by the pattern",
		  SYSTEM "resources:\n- {match: 'path|re: (*UTF)a', act: view}\n",
		  "6:11: bad regex at byte 7 of '(*UTF)a': using UTF is disabled" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_mistakes(cases[i].name, cases[i].text, &cases[i].want, 1);
}

static void
regexes_have_limits(void **state)
{
	char text[6000];
	const char *want = "6:11: bad regex at byte";
	size_t n;

	(void)state;
	n = (size_t)snprintf(text, sizeof(text), SYSTEM "resources:\n- {match: 'path|re: ");
	memset(text + n, '(', 60);
	memset(text + n + 60, ')', 60);
	snprintf(text + n + 120, sizeof(text) - n - 120, "', act: view}\n");
	assert_mistakes("60 parentheses", text, &want, 1);
	memset(text + n, 'a', 4097);
	snprintf(text + n + 4097, sizeof(text) - n - 4097, "', act: view}\n");
	assert_mistakes("4,097 bytes", text, &want, 1);
}

static void
a_file_that_is_not_there(void **state)
{
	struct policy p;
	struct errors err = { 0 };

	(void)state;
	assert_int_equal(policy_load(&p, STR("/nowhere/p.yaml"), NULL, 0, NULL, 0, &err), -1);
	policy_free(&p);
	assert_int_equal(policy_load(&p, STR("/tmp"), NULL, 0, NULL, 0, &err), -1);
	assert_int_equal(p.system_count + p.ledger_count, 0);
	policy_free(&p);
	assert_int_equal(err.list.n, 2);
	assert_text(err.list.at[0],
		    "cannot read the policy '/nowhere/p.yaml': No such file or directory");
	assert_text(err.list.at[1], "cannot read the policy '/tmp': Is a directory");
	errors_free(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sixteen_mistakes_are_told_in_one_run),
		cmocka_unit_test(each_mistake_has_its_place),
		cmocka_unit_test(regexes_have_limits),
		cmocka_unit_test(a_file_that_is_not_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
