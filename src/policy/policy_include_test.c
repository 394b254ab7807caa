/*
 * policy_include_test.c - a policy in several files: what is joined, what may stand once, and what
 * an include may not reach.
 */
#include "policy/policy_testing.h"

#include "base/sha256.h"

#define HEAD "sekisho: 1\ntimezone: Asia/Tokyo\n"

static const struct policy_test_file good[] = {
	{ "sekisho.yaml", HEAD "include: [parts/systems.yaml, resources.yaml]\n"
			       "systems:\n- {id: a, logs: [a/*], format: combined}\n"
			       "ledgers: {orgs: orgs.csv}\n"
			       "rules: [own*.yaml]\n" },
	{ "parts", NULL },
	{ "parts/systems.yaml", "systems:\n- {id: b, logs: [b/*], format: csv}\n"
				"language: en\n"
				"ledgers: {holidays: holidays.csv}\n"
				"rules: ['r[1-2].yaml', ../own.yaml]\n" },
	{ "parts/r2.yaml", "a: b\n" },
	{ "parts/r1.yaml", "a: b\n" },
	{ "parts/r3.yaml", "a: b\n" },
	{ "own.yaml", "a: b\n" },
	{ "resources.yaml", "resources:\n- {match: {system: b}, act: view}\n"
			    "barrier: barrier.csv\n"
			    "secrets: [ticket]\n" },
};

static void
files_are_joined(void **state)
{
	struct policy p;
	struct errors err = { 0 };

	(void)state;
	policy_test_write(good, COUNT(good));
	if (policy_test_load(&p, &err) != 0)
		fail_msg("%s", err.list.at[0].p);
	assert_int_equal(p.system_count, 2);
	policy_test_text(p.system[0].id, "a");
	policy_test_text(p.system[1].id, "b");
	policy_test_file_is(p.system[1].logs[0], "parts/b/*");
	policy_test_file_is(p.system[1].at.file, "parts/systems.yaml");
	assert_int_equal(p.language, LANGUAGE_EN);
	assert_int_equal(p.ledger_count, 3);
	policy_test_file_is(p.ledger[1].path, "parts/holidays.csv");
	policy_test_file_is(p.ledger[2].path, "barrier.csv");
	policy_test_text(p.ledger[2].name, "barrier");
	assert_int_equal(p.resource_count, 1);
	assert_int_equal(p.include_count, 2);
	policy_test_file_is(p.include[0].path, "parts/systems.yaml");
	assert_int_equal(p.include[0].at.line, 3);
	assert_int_equal(p.include[0].at.column, 11);
	assert_int_equal(p.secret_count, 1);
	/* `../own.yaml` is `own.yaml` under another name. */
	assert_int_equal(p.rules_count, 3);
	policy_test_file_is(p.rules[0].path, "own.yaml");
	policy_test_file_is(p.rules[1].path, "parts/r1.yaml");
	policy_test_file_is(p.rules[2].path, "parts/r2.yaml");
	policy_free(&p);
	errors_free(&err);
	policy_test_remove(good, COUNT(good), NULL);
}

/* The digest of the files' digests, one behind the other, as sha256sum makes it of them. */
static void
the_digest_covers_all_files(void **state)
{
	static const struct policy_test_file one[] = {
		{ "sekisho.yaml", HEAD "systems: [{id: a, logs: [l], format: csv}]\n" },
	};
	static const size_t in_order[] = { 0, 2, 7 };
	struct policy p;
	struct errors err = { 0 };
	uint8_t digest[SHA256_SIZE], all[3 * SHA256_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT(in_order); i++)
		sha256_of(str_of(good[in_order[i]].text), all + i * SHA256_SIZE);
	sha256_of((struct str){ (const char *)all, sizeof(all) }, digest);
	policy_test_write(good, COUNT(good));
	assert_int_equal(policy_test_load(&p, &err), 0);
	assert_memory_equal(p.digest, digest, SHA256_SIZE);
	policy_free(&p);
	errors_free(&err);
	policy_test_remove(good, COUNT(good), NULL);

	policy_test_write(one, COUNT(one));
	sha256_of(str_of(one[0].text), digest);
	assert_int_equal(policy_test_load(&p, &err), 0);
	assert_memory_equal(p.digest, digest, SHA256_SIZE);
	policy_free(&p);
	errors_free(&err);
	policy_test_remove(one, COUNT(one), NULL);
}

#define MAIN(list)                                                                                 \
	{                                                                                          \
		"sekisho.yaml", HEAD "systems: [{id: a, logs: [l], format: csv}]\n" list           \
	}

static const struct {
	const char *name;
	struct policy_test_file file[3];
	const char *want[4];
} cases[] = {
	{ "what may stand once",
	  { MAIN("include: [b.yaml]\n"), { "b.yaml", "timezone: Asia/Tokyo\n" } },
	  { "b.yaml:1:1: 'timezone' stands twice; /" } },
	{ "a ledger in two files",
	  { MAIN("ledgers: {orgs: o.csv}\ninclude: [b.yaml]\n"),
	    { "b.yaml", "# one\nledgers: {orgs: o.csv}\n" } },
	  { "b.yaml:2:11: ledger 'orgs' stands twice; /" } },
	{ "a system in two files",
	  { MAIN("include: [b.yaml]\n"),
	    { "b.yaml", "systems:\n- {logs: [l], id: a, format: csv}\n" } },
	  { "b.yaml:2:19: system 'a' stands twice; /" } },
	{ "mistakes of both",
	  { MAIN("include: [b.yaml]\nlang: ja\n"), { "b.yaml", "systms: []\n" } },
	  { "sekisho.yaml:5:1: unknown key 'lang'", "b.yaml:1:1: unknown key 'systms'; did" } },
	{ "what is needed may stand in an include",
	  { { "sekisho.yaml", "include: [b.yaml]\nsekisho: 1\n" }, { "b.yaml", "rules: {}\n" } },
	  { "sekisho.yaml:1:1: a policy needs 'timezone', and this one has none",
	    "sekisho.yaml:1:1: a policy needs 'systems', and this one has none",
	    "b.yaml:1:8: 'rules' must be a list" } },
	{ "nothing is missing that may stand in a file not read",
	  { { "sekisho.yaml",
	      HEAD "include: [b.yaml]\nresources: [{match: {system: c}, act: view}]\n" },
	    { "b.yaml", "systems: [\n" } },
	  { "b.yaml:2:1: did not find expected node content" } },
	{ "an include that is no map",
	  { MAIN("include: [b.yaml]\n"), { "b.yaml", "- a\n" } },
	  { "b.yaml:1:1: an included file must be a map" } },
	{ "an include within an include",
	  { MAIN("include: [b.yaml]\n"), { "b.yaml", "include: [c.yaml]\n" } },
	  { "b.yaml:1:1: an included file includes no other; name it in /" } },
	{ "itself",
	  { MAIN("include: [./sekisho.yaml]\n") },
	  { "sekisho.yaml:4:11: a policy cannot include itself; take it out" } },
	{ "twice, under two names",
	  { MAIN("include:\n- b.yaml\n- ./b.yaml\n"), { "b.yaml", "language: ja\n" } },
	  { "sekisho.yaml:6:3: './b.yaml' is included twice; line 5 has it already" } },
	{ "not there", { MAIN("include: [b.yaml]\n") }, { "sekisho.yaml:4:11: cannot read '/" } },
	{ "a folder",
	  { MAIN("include: [b]\n"), { "b", NULL } },
	  { "sekisho.yaml:4:11: cannot read '/" } },
	{ "no list",
	  { MAIN("include: b.yaml\n"), { "b.yaml", "language: ja\n" } },
	  { "sekisho.yaml:4:10: 'include' must be a list" } },
	{ "an absolute path",
	  { MAIN("include: [/etc/passwd]\n") },
	  { "sekisho.yaml:4:11: '/etc/passwd' is not relative; write its path from" } },
	{ "above the folder",
	  { MAIN("include: [../../etc/passwd]\n") },
	  { "sekisho.yaml:4:11: '../../etc/passwd' lies outside the policy's folder" } },
	{ "above and back",
	  { MAIN("include: [b/../c.yaml]\n"), { "b", NULL }, { "c.yaml", "lang: ja\n" } },
	  { "b/../c.yaml:1:1: unknown key 'lang'" } },
};

static void
each_mistake_names_its_file(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct policy p;
		struct errors err = { 0 };
		size_t files = 0, want = 0;

		while (files < COUNT(cases[i].file) && cases[i].file[files].name)
			files++;
		while (want < COUNT(cases[i].want) && cases[i].want[want])
			want++;
		policy_test_write(cases[i].file, files);
		assert_int_equal(policy_test_load(&p, &err), -1);
		policy_test_mistakes(cases[i].name, &err, cases[i].want, want);
		policy_free(&p);
		errors_free(&err);
		policy_test_remove(cases[i].file, files, NULL);
	}
}

/* A link may not lead out of the folder either; one to a file within it may. */
static void
links_are_followed_within_the_folder(void **state)
{
	static const struct policy_test_file files[] = { MAIN("include: [link.yaml]\n"),
							 { "b.yaml", "language: ja\n" } };
	static const char *const want[] = { "sekisho.yaml:4:11: 'link.yaml' lies outside" };
	struct policy p;
	struct errors err = { 0 };
	char link[256];

	(void)state;
	policy_test_write(files, COUNT(files));
	policy_test_path(link, "link.yaml");
	assert_int_equal(symlink("/etc/passwd", link), 0);
	assert_int_equal(policy_test_load(&p, &err), -1);
	policy_test_mistakes("a link out", &err, want, 1);
	policy_free(&p);
	errors_free(&err);
	assert_int_equal(remove(link), 0);
	assert_int_equal(symlink("b.yaml", link), 0);
	assert_int_equal(policy_test_load(&p, &err), 0);
	assert_int_equal(p.language, LANGUAGE_JA);
	policy_free(&p);
	errors_free(&err);
	policy_test_remove(files, COUNT(files), "link.yaml");
}

static void
mistakes_hide_nothing_that_could_be_read(void **state)
{
	static const struct policy_test_file files[] = {
		{ "sekisho.yaml", HEAD "systems:\n"
				       "- {id: a, logs: [l], format: csv, year: 26}\n"
				       "- {id: a, logs: [l], format: csv, owner: [x]}\n"
				       "- {logs: [l], format: csw}\n"
				       "resources:\n"
				       "- {match: 'path|re: (', act: view}\n"
				       "- {match: {path: /x}, act: view}\n"
				       "ledgers: {orgs: o.csv, org: p.csv}\n" }
	};
	struct policy p;
	struct errors err = { 0 };

	(void)state;
	policy_test_write(files, COUNT(files));
	assert_int_equal(policy_test_load(&p, &err), -1);
	assert_int_equal(err.list.n, 7);
	assert_int_equal(p.system_count, 3);
	assert_true(p.system[0].source_wrong); /* a format is not asked what a wrong year does */
	assert_false(p.system[1].source_wrong);
	assert_true(p.system[2].source_wrong);
	policy_test_text(p.system[0].id, "a");
	/* No two systems share an id, and none that was not said can be written. */
	for (size_t i = 1; i < 3; i++)
		assert_true(p.system[i].id.n > 1 && p.system[i].id.p[0] == 0);
	assert_false(str_eq(p.system[1].id, p.system[2].id));
	assert_int_equal(p.resource_count, 1);
	assert_true(p.resources_wrong);
	assert_int_equal(p.ledger_count, 1);
	policy_free(&p);
	errors_free(&err);
	policy_test_remove(files, COUNT(files), NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_are_joined),
		cmocka_unit_test(the_digest_covers_all_files),
		cmocka_unit_test(each_mistake_names_its_file),
		cmocka_unit_test(links_are_followed_within_the_folder),
		cmocka_unit_test(mistakes_hide_nothing_that_could_be_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
