/*
 * state_fault_test.c - the disk fails at the n-th call of SQLite, for every n, once or from then on: afterwards the state
 * opens as it was before or as it was to be, and what was told as done is done.
 *
 * Failing from then on is what a killed process or lost power leaves, too: not even the rollback gets through, and a hot
 * journal stays for whoever opens it next.
 */
#include "store/state_testing.h"

#include <sqlite3.h>
#include <sys/wait.h>

/* --- a file system that fails */

static struct {
	sqlite3_vfs *real;
	unsigned calls, fail_at; /* 0: never */
	bool from_then_on, full;
} disk;

struct failing_file {
	sqlite3_file base;
	sqlite3_file *real; /* lies behind it */
};

static sqlite3_file *
real_of(sqlite3_file *f)
{
	return ((struct failing_file *)f)->real;
}

static bool
fails(void)
{
	disk.calls++;
	return disk.fail_at &&
	       (disk.from_then_on ? disk.calls >= disk.fail_at : disk.calls == disk.fail_at);
}

static int
failing_close(sqlite3_file *f)
{
	return real_of(f)->pMethods ? real_of(f)->pMethods->xClose(real_of(f)) : SQLITE_OK;
}

static int
failing_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
	return fails() ? SQLITE_IOERR_READ : real_of(f)->pMethods->xRead(real_of(f), p, n, at);
}

/* A full disk takes half of it. */
static int
failing_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
	if (!fails())
		return real_of(f)->pMethods->xWrite(real_of(f), p, n, at);
	(void)real_of(f)->pMethods->xWrite(real_of(f), p, n / 2, at);
	return disk.full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static int
failing_truncate(sqlite3_file *f, sqlite3_int64 n)
{
	return fails() ? SQLITE_IOERR_TRUNCATE : real_of(f)->pMethods->xTruncate(real_of(f), n);
}

/* Nothing is flushed in truth: the process lives on, and the test is quick. */
static int
failing_sync(sqlite3_file *f UNUSED, int flags UNUSED)
{
	return fails() ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

static int
failing_size(sqlite3_file *f, sqlite3_int64 *n)
{
	return fails() ? SQLITE_IOERR_FSTAT : real_of(f)->pMethods->xFileSize(real_of(f), n);
}

static int
failing_lock(sqlite3_file *f, int how)
{
	return fails() ? SQLITE_IOERR_LOCK : real_of(f)->pMethods->xLock(real_of(f), how);
}

static int
failing_unlock(sqlite3_file *f, int how)
{
	return real_of(f)->pMethods->xUnlock(real_of(f), how);
}

static int
failing_reserved(sqlite3_file *f, int *is)
{
	return real_of(f)->pMethods->xCheckReservedLock(real_of(f), is);
}

static int
failing_control(sqlite3_file *f, int what, void *p)
{
	return real_of(f)->pMethods->xFileControl(real_of(f), what, p);
}

static int
failing_sector(sqlite3_file *f)
{
	return real_of(f)->pMethods->xSectorSize(real_of(f));
}

static int
failing_traits(sqlite3_file *f)
{
	return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}

static const sqlite3_io_methods failing_methods = {
	.iVersion = 1,
	.xClose = failing_close,
	.xRead = failing_read,
	.xWrite = failing_write,
	.xTruncate = failing_truncate,
	.xSync = failing_sync,
	.xFileSize = failing_size,
	.xLock = failing_lock,
	.xUnlock = failing_unlock,
	.xCheckReservedLock = failing_reserved,
	.xFileControl = failing_control,
	.xSectorSize = failing_sector,
	.xDeviceCharacteristics = failing_traits,
};

static int
failing_open(sqlite3_vfs *v UNUSED, const char *name, sqlite3_file *f, int flags, int *out)
{
	struct failing_file *mine = (struct failing_file *)f;
	int rc;

	mine->real = (sqlite3_file *)(mine + 1);
	mine->base.pMethods = NULL;
	if (fails())
		return SQLITE_CANTOPEN;
	rc = disk.real->xOpen(disk.real, name, mine->real, flags, out);
	if (rc == SQLITE_OK)
		mine->base.pMethods = &failing_methods;
	return rc;
}

/* The last step of a commit: the journal is gone, and then its folder cannot be flushed. */
static int
failing_delete(sqlite3_vfs *v UNUSED, const char *name, int flush)
{
	int rc;

	if (fails())
		return SQLITE_IOERR_DELETE;
	rc = disk.real->xDelete(disk.real, name, 0);
	return rc == SQLITE_OK && flush && fails() ? SQLITE_IOERR_DIR_FSYNC : rc;
}

static int
failing_access(sqlite3_vfs *v UNUSED, const char *name, int flags, int *out)
{
	return fails() ? SQLITE_IOERR_ACCESS : disk.real->xAccess(disk.real, name, flags, out);
}

static void
use_failing_disk(void)
{
	static sqlite3_vfs vfs;

	disk.real = sqlite3_vfs_find(NULL);
	assert_non_null(disk.real);
	vfs = *disk.real;
	vfs.iVersion = 1;
	vfs.zName = "failing";
	vfs.pNext = NULL;
	vfs.szOsFile = (int)sizeof(struct failing_file) + disk.real->szOsFile;
	vfs.xOpen = failing_open;
	vfs.xDelete = failing_delete;
	vfs.xAccess = failing_access;
	assert_int_equal(sqlite3_vfs_register(&vfs, 1), SQLITE_OK);
}

/* --- what is done on it; 0: told as done */

static struct place_of_test place;
static char last_told[400];

/* Whatever went wrong was told. */
static void
keep_told(int rc, struct errors *err)
{
	struct str first = err->list.n ? err->list.at[0] : STR("");

	assert_true((rc == 0) == (first.n == 0));
	(void)snprintf(last_told, sizeof(last_told), "%.*s", (int)min_size(first.n, 390), first.p);
	errors_free(err);
}

/* Sits in folder `state`; every trial has one of its own. */
static int
fold_third(const char *folder)
{
	struct errors err = { 0 };
	struct state *s;
	struct test_night t = { 0 };
	int rc = -1;

	if (test_open(&s, folder, true, &err) == STATE_OPENED) {
		test_night(s, &t, 2);
		t.night.purge_before = TEST_DAY + 1;
		rc = state_commit(s, &t.night, &err);
	}
	keep_told(rc, &err);
	state_close(s);
	arena_free(&t.arena);
	return rc;
}

static int
purge_first(const char *folder)
{
	struct errors err = { 0 };
	struct state *s;
	int rc = -1;

	if (test_open(&s, folder, true, &err) == STATE_OPENED)
		rc = state_purge(s, test_now(5), TEST_DAY + 1, &err);
	keep_told(rc, &err);
	state_close(s);
	return rc;
}

static int
fold_first(const char *folder)
{
	struct errors err = { 0 };
	struct state *s;
	struct test_night t = { 0 };
	int rc = -1;

	if (test_open(&s, folder, true, &err) == STATE_OPENED) {
		test_night(s, &t, 0);
		rc = state_commit(s, &t.night, &err);
	}
	keep_told(rc, &err);
	state_close(s);
	arena_free(&t.arena);
	return rc;
}

static void
two_nights(const char *folder)
{
	test_fold(folder, 0);
	test_fold(folder, 1);
}

static void
no_night(const char *folder UNUSED)
{
}

static const struct task {
	const char *name;
	void (*before)(const char *folder);
	int (*act)(const char *folder);
} tasks[] = {
	{ "the third night, with a purge", two_nights, fold_third },
	{ "a purge by hand", two_nights, purge_first },
	{ "the first night of all", no_night, fold_first },
};

/* How the folder is found: for odd n by a reader, for even n by a writer.  A state never made has the story "". */
static struct str
found(const char *name, unsigned n, struct arena *a)
{
	struct errors err = { 0 };
	struct state *s;
	enum state_opened how = test_open(&s, place.state, n % 2 == 0, &err);
	struct str story = STR("");

	if (how == STATE_OPENED)
		story = test_story(s, a);
	else if (how != STATE_REFUSED)
		fail_msg("%s, call %u: opens with %d: " STR_FMT, name, n, (int)how,
			 STR_ARG(err.list.at[0]));
	state_close(s);
	errors_free(&err);
	return story;
}

static const char *
story_of(const struct task *t, bool acted, struct arena *a)
{
	struct str story;

	test_remove(place.state);
	t->before(place.state);
	if (acted)
		assert_int_equal(t->act(place.state), 0);
	story = found(t->name, 1, a);
	return story.p;
}

/* An empty state that was made is as good as none. */
static bool
as_before(struct str story, struct str before, struct str empty)
{
	return str_eq(story, before) || (before.n == 0 && str_eq(story, empty));
}

static unsigned
fail_everywhere(const struct task *t, bool from_then_on, bool full)
{
	struct arena keep = { 0 };
	struct str before = str_of(story_of(t, false, &keep)), after, empty;
	unsigned n = 0, failed = 0, late = 0;
	int rc;

	after = str_of(story_of(t, true, &keep));
	test_remove(place.state);
	state_close(test_opened("empty", place.state, true));
	empty = found("empty", 2, &keep);
	do {
		struct arena a = { 0 };
		struct str story;

		test_remove(place.state);
		t->before(place.state);
		disk.calls = 0;
		disk.from_then_on = from_then_on;
		disk.full = full;
		disk.fail_at = ++n;
		rc = t->act(place.state);
		failed += rc != 0;
		disk.fail_at = 0;
		story = found(t->name, n, &a);
		late += rc != 0 && str_eq(story, after);
		if (!str_eq(story, after) && (rc == 0 || !as_before(story, before, empty)))
			fail_msg("%s, call %u%s, ended with %d: found " STR_FMT, t->name, n,
				 from_then_on ? " and all behind it" : "", rc, STR_ARG(story));
		if (str_contains(str_of(last_told), STR("it is as it was")) &&
		    !as_before(story, before, empty))
			fail_msg("%s, call %u: it is not as it was: %s", t->name, n, last_told);
		/* And the same again is well, and does it. */
		if (rc != 0 && !str_eq(story, after)) {
			want_i64(t->name, "again", 0, t->act(place.state));
			want_str(t->name, "story", after, found(t->name, n, &a));
		}
		arena_free(&a);
	} while (disk.calls >= n);
	arena_free(&keep);
	/* Told as not done, and yet done: where the deleted journal cannot be flushed, and nowhere else. */
	if (late != 1)
		fail_msg("%s: %u of %u failures were of what was done", t->name, late, failed);
	return failed;
}

static void
a_disk_that_fails_leaves_the_old_state_or_the_new(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(tasks); i++) {
		test_place(&place);
		for (int full = 0; full < 2; full++) {
			unsigned once = fail_everywhere(&tasks[i], false, full != 0);
			unsigned on = fail_everywhere(&tasks[i], true, full != 0);

			if (once < 20 || on < once)
				fail_msg("%s: only %u and %u failures", tasks[i].name, once, on);
		}
		test_remove(place.folder);
	}
}

/* --- killed in the middle of a commit */

/* Leaves a hot journal: the rows are written, and nothing gets through any more. */
static void
interrupt(void)
{
	unsigned calls;

	test_place(&place);
	two_nights(place.state);
	disk.calls = 0;
	assert_int_equal(fold_third(place.state), 0);
	calls = disk.calls;
	for (unsigned n = calls; n > 0; n--) {
		struct stat st;
		char journal[128];

		test_remove(place.state);
		two_nights(place.state);
		disk.calls = 0;
		disk.from_then_on = true;
		disk.fail_at = n;
		(void)fold_third(place.state);
		disk.fail_at = 0;
		(void)snprintf(journal, sizeof(journal), "%s/state.db-journal", place.state);
		if (stat(journal, &st) == 0 && st.st_size > 512)
			return;
	}
	fail_msg("no failure left a journal");
}

static enum state_opened
opened_by_nobody(void)
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		struct errors err = { 0 };
		struct state *s;

		if (geteuid() == 0 && setuid(65534) != 0)
			_exit(9);
		_exit((int)test_open(&s, place.state, false, &err));
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? (enum state_opened)WEXITSTATUS(status) : STATE_DAMAGED;
}

static void
what_a_killed_run_left_is_taken_back_by_whoever_may_write(void **state UNUSED)
{
	struct arena a = { 0 };
	char path[160];

	interrupt();
	assert_int_equal(chmod(place.folder, 0755), 0);
	for (size_t i = 0; i < 3; i++) {
		static const char *const names[] = { "state.db", "state.db-journal", "lock" };

		(void)snprintf(path, sizeof(path), "%s/%s", place.state, names[i]);
		assert_int_equal(chmod(path, 0444), 0);
	}
	(void)snprintf(path, sizeof(path), "%s/parts", place.state);
	assert_int_equal(chmod(path, 0555), 0);
	assert_int_equal(chmod(place.state, 0555), 0);
	want_i64("an auditor", "outcome", STATE_REFUSED, opened_by_nobody());
	assert_int_equal(chmod(place.state, 0700), 0);
	for (size_t i = 0; i < 2; i++) {
		static const char *const names[] = { "state.db", "lock" };

		(void)snprintf(path, sizeof(path), "%s/%s", place.state, names[i]);
		assert_int_equal(chmod(path, 0600), 0);
	}
	assert_true(str_contains(found("its owner", 1, &a), STR("sk1c:night1")));
	(void)snprintf(path, sizeof(path), "%s/state.db-journal", place.state);
	assert_int_equal(access(path, F_OK), -1);
	arena_free(&a);
	test_remove(place.folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_disk_that_fails_leaves_the_old_state_or_the_new),
		cmocka_unit_test(what_a_killed_run_left_is_taken_back_by_whoever_may_write),
	};

	use_failing_disk();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
