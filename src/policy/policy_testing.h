/*
 * policy_testing.h - for tests: policies of several files in a folder of their own.
 */
#ifndef SEKISHO_POLICY_POLICY_TESTING_H
#define SEKISHO_POLICY_POLICY_TESTING_H

#include "base/test_wall.h"

#include "policy/policy_load.h"

#include <sys/stat.h>

struct policy_test_file {
	const char *name, *text; /* text NULL: a folder */
};

static char policy_test_folder[] = "/tmp/policy_test_XXXXXX";

static inline void
policy_test_path(char path[256], const char *name)
{
	snprintf(path, 256, "%s/%s", policy_test_folder, name);
}

/* A new folder with these files; folders before what lies in them. */
static inline void
policy_test_write(const struct policy_test_file *files, size_t count)
{
	char path[256];

	memset(policy_test_folder + sizeof(policy_test_folder) - 7, 'X', 6);
	assert_non_null(mkdtemp(policy_test_folder));
	for (size_t i = 0; i < count; i++) {
		FILE *f;

		policy_test_path(path, files[i].name);
		if (!files[i].text) {
			assert_int_equal(mkdir(path, 0700), 0);
			continue;
		}
		f = fopen(path, "w");
		assert_non_null(f);
		assert_int_equal(fputs(files[i].text, f) < 0, 0);
		assert_int_equal(fclose(f), 0);
	}
}

/* `also`: what a test put there itself. */
static inline void
policy_test_remove(const struct policy_test_file *files, size_t count, const char *also)
{
	char path[256];

	if (also) {
		policy_test_path(path, also);
		assert_int_equal(remove(path), 0);
	}
	for (size_t i = count; i-- > 0;) {
		policy_test_path(path, files[i].name);
		assert_int_equal(remove(path), 0);
	}
	assert_int_equal(rmdir(policy_test_folder), 0);
}

/* The folder's sekisho.yaml. */
static inline int
policy_test_load(struct policy *p, struct errors *err)
{
	static const char *const ledgers[] = { "accounts", "barrier", "holidays", "orgs" };
	static const char *const formats[] = { "combined", "csv" };
	char path[256];

	policy_test_path(path, "sekisho.yaml");
	return policy_load(p, str_of(path), ledgers, COUNT(ledgers), formats, COUNT(formats), err);
}

/* Messages without the folder, one a line, as they are wanted; each wanted one may be a beginning. */
static inline void
policy_test_mistakes(const char *name, const struct errors *err, const char *const *want,
		     size_t count)
{
	size_t folder = strlen(policy_test_folder) + 1;

	for (size_t i = 0; i < err->list.n || i < count; i++) {
		struct str got = i < err->list.n ? err->list.at[i] : STR("nothing");

		if (str_starts(got, str_of(policy_test_folder)))
			got = str_skip(got, folder);
		if (i >= count || !str_starts(got, str_of(want[i])))
			fail_msg("%s, mistake %zu: got '%.*s', wanted '%s'", name, i + 1,
				 STR_ARG(got), i < count ? want[i] : "none");
	}
}

static inline void
policy_test_text(struct str got, const char *want)
{
	if (!str_is(got, want))
		fail_msg("got '%.*s', wanted '%s'", STR_ARG(got), want);
}

/* Within the folder. */
static inline void
policy_test_file_is(struct str got, const char *want)
{
	char path[256];

	policy_test_path(path, want);
	policy_test_text(got, path);
}

#endif
