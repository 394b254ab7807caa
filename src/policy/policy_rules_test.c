/*
 * policy_rules_test.c - `rules:` and `defaults:` of a policy: which files, in which order, and numbers by family.
 */
#include "base/test_wall.h"

#include "policy/policy_load.h"

#include <sys/stat.h>

static const char *const formats[] = { "combined" };

struct trial {
	char folder[40];
	struct arena arena;
	struct policy policy;
	struct errors err;
	int rc;
};

static struct str
path_of(struct trial *t, const char *name)
{
	return arena_printf(&t->arena, "%s/%s", t->folder, name);
}

static void
write_text(struct trial *t, const char *name, const char *text)
{
	FILE *f = fopen(path_of(t, name).p, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
	assert_int_equal(fclose(f), 0);
}

#define HEAD "sekisho: 1\ntimezone: Asia/Tokyo\nsystems: [{id: a, logs: [l], format: combined}]\n"

/* Beside the policy: b.yaml, a.yaml, c.txt. */
static void
begin(struct trial *t, const char *text)
{
	*t = (struct trial){ 0 };
	snprintf(t->folder, sizeof(t->folder), "/tmp/policy_rules_XXXXXX");
	assert_non_null(mkdtemp(t->folder));
	write_text(t, "b.yaml", "");
	write_text(t, "a.yaml", "");
	write_text(t, "c.txt", "");
	write_text(t, "p", text);
	t->rc = policy_load(&t->policy, path_of(t, "p"), NULL, 0, formats, 1, &t->err);
}

static void
end(struct trial *t)
{
	static const char *const names[] = { "a.yaml", "b.yaml", "c.txt", "p" };

	for (size_t i = 0; i < COUNT(names); i++)
		unlink(path_of(t, names[i]).p);
	rmdir(t->folder);
	policy_free(&t->policy);
	errors_free(&t->err);
	arena_free(&t->arena);
}

static void
files_in_the_order_of_the_list(void **state UNUSED)
{
	static const char *const want[] = { "c.txt", "shipped", "a.yaml", "b.yaml" };
	struct trial t;

	begin(&t, HEAD "rules: [c.txt, shipped, '*.yaml']\n");
	want_i64("four", "result", 0, t.rc);
	want_i64("four", "files", COUNT(want), (int64_t)t.policy.rules_count);
	for (size_t i = 0; i < COUNT(want); i++)
		want_str(want[i], "path", i == 1 ? STR("shipped") : path_of(&t, want[i]),
			 t.policy.rules[i].path);
	want_i64("its place", "line", 4, t.policy.rules[3].at.line);
	want_i64("its place", "column", 25, t.policy.rules[3].at.column);
	end(&t);
	begin(&t, HEAD);
	want_i64("not said", "files", 0, (int64_t)t.policy.rules_count);
	end(&t);
}

static void
numbers_by_family(void **state UNUSED)
{
	struct trial t;

	begin(&t, HEAD "defaults:\n  gap: {default: 20m, hole: 3d}\n  vol: {k: 7}\n");
	want_i64("three", "result", 0, t.rc);
	want_i64("three", "defaults", 3, (int64_t)t.policy.defaults_count);
	want_str("second", "family", STR("gap"), t.policy.defaults[1].family);
	want_str("second", "key", STR("hole"), t.policy.defaults[1].key);
	want_str("second", "value", STR("3d"), t.policy.defaults[1].value);
	want_i64("third", "line", 6, t.policy.defaults[2].at.line);
	want_i64("third", "column", 12, t.policy.defaults[2].at.column);
	end(&t);
}

static void
mistakes(void **state UNUSED)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ HEAD "rules: a.yaml\n", "4:8: 'rules' must be a list" },
		{ HEAD "rules: []\n", "4:8: 'rules' is an empty list" },
		{ HEAD "rules: [d*.yaml]\n", "4:9: 'd*.yaml' matches no file; name files of rules, "
					     "from this file's folder, or 'shipped'" },
		{ HEAD "rules: [{a: b}]\n", "4:9: an item of this list must be text" },
		{ HEAD "defaults: 5\n", "4:11: 'defaults' must be a map" },
		{ HEAD "defaults: {gap: 30m}\n", "4:17: a family of defaults must be a map" },
		{ HEAD "defaults: {gap: {hole: }}\n", "4:24: 'hole' is empty" },
		{ HEAD "defaults: {gap: {hole: 1d, hole: 2d}}\n", "4:28: 'hole' stands twice" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct trial t;
		struct str got;

		begin(&t, cases[i].text);
		want_i64(cases[i].text, "result", -1, t.rc);
		got = t.err.list.at[0];
		str_split(&got, ':');
		if (!str_starts(got, str_of(cases[i].want)))
			fail_msg("'%.*s', wanted '%s'", STR_ARG(got), cases[i].want);
		end(&t);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_in_the_order_of_the_list),
		cmocka_unit_test(numbers_by_family),
		cmocka_unit_test(mistakes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
