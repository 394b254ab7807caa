/*
 * state_damage_test.c - whatever is wrong with a state is told, and never taken for another state or an empty one: every
 * byte flipped, every column changed behind our back, every length, and files that are not there.
 */
#include "store/state_testing.h"

#include <sqlite3.h>

static struct place_of_test place;
static char database[128];

/* Two nights, of which the first is purged, and one more. */
static int
make_place(void **state UNUSED)
{
	struct errors err = { 0 };
	struct state *s;

	test_place(&place);
	(void)snprintf(database, sizeof(database), "%s/state.db", place.state);
	test_fold(place.state, 0);
	test_fold(place.state, 1);
	s = test_opened("purging", place.state, true);
	assert_int_equal(state_purge(s, test_now(1), TEST_DAY + 1, &err), 0);
	state_close(s);
	test_fold(place.state, 2);
	return 0;
}

static int
remove_place(void **state UNUSED)
{
	test_remove(place.folder);
	return 0;
}

static struct str
bytes_in(const char *path, struct arena *a)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char *p;

	assert_true(fd >= 0);
	assert_int_equal(fstat(fd, &st), 0);
	p = arena_alloc(a, (size_t)st.st_size + 1);
	assert_int_equal(read(fd, p, (size_t)st.st_size), st.st_size);
	close(fd);
	return (struct str){ .p = p, .n = (size_t)st.st_size };
}

static void
write_bytes(const char *path, struct str bytes)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes.p, bytes.n), bytes.n);
	close(fd);
}

/* Damaged, with this in the message; nothing in the folder has changed by asking. */
static void
want_damaged(const char *name, const char *want)
{
	for (int write = 0; write < 2; write++) {
		struct arena a = { 0 };
		struct errors err = { 0 };
		struct state *s;
		bool there = access(database, F_OK) == 0;
		struct str before = there ? bytes_in(database, &a) : STR("");

		want_i64(name, "outcome", STATE_DAMAGED, test_open(&s, place.state, write, &err));
		assert_null(s);
		if (!str_contains(err.list.at[0], str_of(want)))
			fail_msg("%s: wanted [%s], got [" STR_FMT "]", name, want,
				 STR_ARG(err.list.at[0]));
		want_bool(name, "database", there, access(database, F_OK) == 0);
		if (there)
			want_bool(name, "same bytes", true, str_eq(before, bytes_in(database, &a)));
		errors_free(&err);
		arena_free(&a);
	}
}

/* --- bytes */

enum { STRIDE_OF_NOTHING = 5 };

static void
flipped_byte(size_t at, char was, struct str want, size_t *damaged)
{
	static const char flips[] = { 0x01, 0x20, (char)0x80, (char)0xff };
	char is = (char)(was ^ flips[at % sizeof(flips)]);
	struct arena a = { 0 };
	struct errors err = { 0 };
	enum state_opened how;
	struct str story;
	int fd = open(database, O_WRONLY | O_CLOEXEC);

	assert_int_equal(pwrite(fd, &is, 1, (off_t)at), 1);
	close(fd);
	story = test_told(place.state, &a, &how, &err);
	if (how == STATE_OPENED)
		want_bool("a flipped byte", "the same story", true, str_eq(story, want));
	else if (how != STATE_DAMAGED)
		fail_msg("byte %zu flipped: outcome %d: " STR_FMT, at, (int)how,
			 STR_ARG(err.list.at[0]));
	*damaged += how == STATE_DAMAGED;
	fd = open(database, O_WRONLY | O_CLOEXEC);
	assert_int_equal(pwrite(fd, &was, 1, (off_t)at), 1);
	close(fd);
	errors_free(&err);
	arena_free(&a);
}

/* Room that nothing uses is zeroes (secure_delete sees to that), so of those every fifth will do. */
static void
every_flipped_byte_is_told_or_changes_nothing(void **state UNUSED)
{
	struct arena a = { 0 };
	struct errors err = { 0 };
	enum state_opened how;
	struct str story = test_told(place.state, &a, &how, &err);
	struct str bytes = bytes_in(database, &a);
	size_t damaged = 0, used = 0, texts = 0;

	want_i64("whole", "outcome", STATE_OPENED, how);
	for (size_t i = 0; i < bytes.n; i++) {
		size_t before = damaged;

		if (bytes.p[i] == 0 && i % STRIDE_OF_NOTHING && i > 100)
			continue;
		flipped_byte(i, bytes.p[i], story, &damaged);
		used += bytes.p[i] != 0;
		texts += bytes.p[i] != 0 && damaged > before;
	}
	/* All but some counters of the header. */
	if (used - texts > 30)
		fail_msg("%zu of %zu bytes are not vouched for", used - texts, used);
	arena_free(&a);
}

static void
every_length_is_told(void **state UNUSED)
{
	struct arena a = { 0 };
	struct str bytes = bytes_in(database, &a);

	for (size_t n = 0; n < bytes.n; n += n < 200 ? 7 : 509) {
		struct errors err = { 0 };
		struct state *s;

		write_bytes(database, str_head(bytes, n));
		want_i64("cut short", "outcome", STATE_DAMAGED,
			 test_open(&s, place.state, true, &err));
		errors_free(&err);
	}
	write_bytes(database, bytes);
	state_close(test_opened("whole again", place.state, true));
	arena_free(&a);
}

/* What lies beside it as a journal is either one of its own or none at all. */
static void
a_journal_of_nonsense_changes_nothing(void **state UNUSED)
{
	struct arena a = { 0 };
	struct errors err = { 0 };
	enum state_opened how;
	struct str story = test_told(place.state, &a, &how, &err), journal;
	struct dice d = { .x = 7 };
	char path[160], noise[3000];

	(void)snprintf(path, sizeof(path), "%s-journal", database);
	for (int i = 0; i < 20; i++) {
		throw_bytes(&d, noise, sizeof(noise));
		journal = (struct str){ .p = noise, .n = throw_of(&d, sizeof(noise)) };
		write_bytes(path, journal);
		want_str("with noise beside", "story", story,
			 test_told(place.state, &a, &how, &err));
		state_close(test_opened("to write, with noise beside", place.state, true));
	}
	arena_free(&a);
	errors_free(&err);
}

/* --- rows */

static void
sql(const char *statements)
{
	sqlite3 *db;
	char *told = NULL;

	assert_int_equal(sqlite3_open(database, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "PRAGMA synchronous = OFF", NULL, NULL, NULL), SQLITE_OK);
	if (sqlite3_exec(db, statements, NULL, NULL, &told) != SQLITE_OK)
		fail_msg("%s: %s", statements, told);
	sqlite3_close(db);
}

/* By someone who knows SQL and not the chain.  Run 2 folded part 2; 3 is the purge; 4 the last one. */
static const struct {
	const char *sql, *want;
} changes[] = {
	{ "UPDATE run SET now = now + 1 WHERE id = 1", "of run 1 of 2022-07-04 02:00:00" },
	{ "UPDATE run SET lines = lines - 1 WHERE id = 2", "of run 2 of 2022-07-05 02:00:00" },
	{ "UPDATE run SET events = 0 WHERE id = 2", "of run 2" },
	{ "UPDATE run SET findings = 0 WHERE id = 2", "of run 2" },
	{ "UPDATE run SET status = 0 WHERE id = 4", "of run 4" },
	{ "UPDATE run SET purge = 1 WHERE id = 1", "of run 1" },
	{ "UPDATE run SET folded = 0 WHERE id = 1", "of run 1" },
	{ "UPDATE run SET parse_digest = zeroblob(32) WHERE id = 4", "of run 4" },
	{ "UPDATE run SET findings_digest = zeroblob(64) WHERE id = 1", "of run 1" },
	{ "UPDATE run SET purged_before = -2147483648", "of run 3" },
	{ "UPDATE run SET record = CAST('{}' AS BLOB) WHERE id = 2", "the record of run 2" },
	{ "UPDATE run SET record = NULL WHERE id = 2", "the record of run 2" },
	{ "UPDATE run SET record_digest = zeroblob(32) WHERE id = 2", "of run 2" },
	{ "UPDATE run SET parts = zeroblob(32) WHERE id = 1", "of run 1" },
	{ "UPDATE run SET gone = zeroblob(32) WHERE id = 3", "of run 3" },
	{ "UPDATE run SET told = zeroblob(32) WHERE id = 2", "of run 2" },
	{ "UPDATE run SET chain = zeroblob(32) WHERE id = 4", "of run 4" },
	{ "DELETE FROM run WHERE id = 1", "the numbers of its runs" },
	{ "DELETE FROM run WHERE id = 3", "the numbers of its runs" },
	{ "DELETE FROM run WHERE id = 4", "the numbers of its parts" },
	{ "DELETE FROM run", "the numbers of its parts" },
	{ "UPDATE part SET identity = zeroblob(32) WHERE id = 2", "of run 2" },
	{ "UPDATE part SET first_day = first_day - 1 WHERE id = 2", "of run 2" },
	{ "UPDATE part SET last_day = last_day + 400 WHERE id = 4", "of run 4" },
	{ "UPDATE part SET events = 1 WHERE id = 2", "of run 2" },
	{ "UPDATE part SET bytes = 1 WHERE id = 2", "of run 2" },
	{ "UPDATE part SET seal = zeroblob(32) WHERE id = 2", "of run 2" },
	{ "UPDATE part SET id = 3 WHERE id = 2", "of run 3" },
	{ "DELETE FROM part WHERE id = 2", "the parts, inputs and lines of run 4" },
	{ "DELETE FROM part WHERE id = 2; DELETE FROM line WHERE part = 2; "
	  "DELETE FROM input WHERE part = 2",
	  "the parts, inputs and lines of run 4" },
	{ "UPDATE input SET number = 7 WHERE part = 2", "of run 2" },
	{ "UPDATE input SET system = CAST('kei' AS BLOB) WHERE part = 2", "of run 2" },
	{ "UPDATE input SET feed = zeroblob(1) WHERE part = 4", "of run 4" },
	{ "UPDATE input SET path = zeroblob(0) WHERE part = 4", "of run 4" },
	{ "UPDATE input SET bytes = bytes + 1 WHERE part = 2", "of run 2" },
	{ "UPDATE input SET sha256 = zeroblob(32) WHERE part = 2", "of run 2" },
	{ "UPDATE input SET packed = 1 - packed WHERE part = 2", "of run 2" },
	{ "UPDATE input SET bytes = 1 WHERE part = 0", "the inputs of purged parts of run 4" },
	{ "DELETE FROM input WHERE part = 0", "the inputs of purged parts of run 4" },
	{ "UPDATE input SET part = 0 WHERE part = 2", "of run 2" },
	{ "UPDATE input SET part = 99 WHERE id = 1", "the parts, inputs and lines of run 4" },
	{ "INSERT INTO input SELECT NULL, part, number, system, feed, path, bytes, sha256, packed "
	  "FROM input WHERE id = 3",
	  "of run 2" },
	{ "UPDATE line SET number = 3 WHERE part = 2", "of run 2" },
	{ "UPDATE line SET offset = 3 WHERE part = 2", "of run 2" },
	{ "UPDATE line SET line = 3 WHERE part = 2", "of run 2" },
	{ "UPDATE line SET digest = 3 WHERE part = 2", "of run 2" },
	{ "UPDATE line SET unverified = 1 WHERE part = 2", "of run 2" },
	{ "UPDATE line SET raw = CAST('192.0.2.7 - pg0002' AS BLOB) WHERE part = 4", "of run 4" },
	{ "DELETE FROM line WHERE part = 4", "of run 4" },
	{ "UPDATE finding SET fp_case = CAST('sk1c:bbbb' AS BLOB) WHERE id = 1",
	  "the findings of run 4" },
	{ "UPDATE finding SET fp_occ = zeroblob(3)", "the findings of run 4" },
	{ "UPDATE finding SET first_told = first_told + 1", "the findings of run 4" },
	{ "UPDATE finding SET record = zeroblob(0)", "the findings of run 4" },
	{ "DELETE FROM finding WHERE id = 1", "the findings of run 4" },
	{ "DELETE FROM finding", "the findings of run 4" },
	/* What no row of ours says at all. */
	{ "UPDATE line SET digest = -1 WHERE part = 2", "table 'line'" },
	{ "UPDATE line SET raw = 'text' WHERE part = 2", "table 'line'" },
	{ "UPDATE part SET bytes = -1 WHERE id = 2", "table 'part'" },
	{ "UPDATE part SET bytes = 1.5 WHERE id = 2", "table 'part'" },
	{ "UPDATE input SET packed = 2", "table 'input'" },
	{ "UPDATE run SET chain = zeroblob(31) WHERE id = 1", "table 'run'" },
	{ "UPDATE finding SET first_told = 'never'", "table 'finding'" },
	/* Nor a database of ours. */
	{ "CREATE TABLE more (a)", "the tables of a state" },
	{ "CREATE INDEX i ON line (part)", "the tables of a state" },
	{ "CREATE TRIGGER t AFTER DELETE ON line BEGIN SELECT 1; END", "the tables of a state" },
	{ "ALTER TABLE line RENAME TO other; CREATE VIEW line AS SELECT * FROM other",
	  "the tables of a state" },
	{ "PRAGMA user_version = 2", "the marks of a state" },
	{ "PRAGMA application_id = 0", "the marks of a state" },
	{ "PRAGMA journal_mode = WAL", "is not a database" },
	{ "PRAGMA page_size = 512; VACUUM", "is not a database" },
};

static void
every_changed_row_is_told_with_its_run(void **state UNUSED)
{
	struct arena a = { 0 };
	struct str bytes = bytes_in(database, &a);

	for (size_t i = 0; i < COUNT(changes); i++) {
		sql(changes[i].sql);
		want_damaged(changes[i].sql, changes[i].want);
		write_bytes(database, bytes);
	}
	state_close(test_opened("whole again", place.state, true));
	arena_free(&a);
}

/* A row that was put back by someone who knows the seals, but not that the next run is linked to them. */
static void
an_older_copy_is_a_state_and_not_this_one(void **state UNUSED)
{
	struct arena a = { 0 };
	struct errors err = { 0 };
	enum state_opened how;
	struct str old = bytes_in(database, &a), story = test_told(place.state, &a, &how, &err);

	test_fold(place.state, 3);
	write_bytes(database, old);
	want_str("yesterday's copy", "story", story, test_told(place.state, &a, &how, &err));
	arena_free(&a);
	errors_free(&err);
}

/* --- files */

static const char *
part_path(struct arena *a)
{
	struct state *s = test_opened("where is it", place.state, false);
	size_t n;
	const struct state_part *p = state_parts(s, &n);
	struct str path = arena_str(a, p[1].path);

	want_i64("two parts", "id of the second", 4, p[1].id);
	state_close(s);
	return path.p;
}

static void
a_part_that_is_missing_or_of_another_size_is_told_by_name(void **state UNUSED)
{
	struct arena a = { 0 };
	const char *path = part_path(&a);
	struct str bytes = bytes_in(path, &a);

	assert_int_equal(truncate(path, 3), 0);
	want_damaged("cut", arena_printf(&a,
					 "part '%s' of run 4 of 2022-07-06 02:00:00 has 3 bytes "
					 "and not 42",
					 path)
				    .p);
	assert_int_equal(unlink(path), 0);
	want_damaged("gone", arena_printf(&a, "part '%s' of run 4", path).p);
	want_damaged("gone", "is missing");
	assert_int_equal(mkdir(path, 0700), 0);
	want_damaged("a folder", "is no file");
	assert_int_equal(rmdir(path), 0);
	write_bytes(path, bytes);
	state_close(test_opened("back again", place.state, true));
	arena_free(&a);
}

static void
a_state_without_its_database_is_not_begun_again(void **state UNUSED)
{
	struct arena a = { 0 };
	struct str bytes = bytes_in(database, &a);

	char parts[160], aside[160];

	(void)snprintf(parts, sizeof(parts), "%s/parts", place.state);
	(void)snprintf(aside, sizeof(aside), "%s/aside", place.folder);
	assert_int_equal(rename(parts, aside), 0);
	want_damaged("no folder of parts", "is missing");
	assert_int_equal(access(parts, F_OK), -1);
	assert_int_equal(rename(aside, parts), 0);
	assert_int_equal(unlink(database), 0);
	want_damaged("no database", "state.db is missing, though 2 parts are there");
	write_bytes(database, bytes);
	state_close(test_opened("back again", place.state, true));
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_flipped_byte_is_told_or_changes_nothing),
		cmocka_unit_test(every_length_is_told),
		cmocka_unit_test(every_changed_row_is_told_with_its_run),
		cmocka_unit_test(a_journal_of_nonsense_changes_nothing),
		cmocka_unit_test(a_part_that_is_missing_or_of_another_size_is_told_by_name),
		cmocka_unit_test(a_state_without_its_database_is_not_begun_again),
		cmocka_unit_test(an_older_copy_is_a_state_and_not_this_one),
	};

	return cmocka_run_group_tests(tests, make_place, remove_place);
}
