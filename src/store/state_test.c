/*
 * state_test.c - what nights leave in a state: rows, parts, what a purge takes along, and who may open it.
 */
#include "store/state_testing.h"

#include <sqlite3.h>
#include <sys/wait.h>

static struct place_of_test place;

static int
make_place(void **state UNUSED)
{
	test_place(&place);
	return 0;
}

static int
remove_place(void **state UNUSED)
{
	test_remove(place.folder);
	return 0;
}

static void
want_mode(const char *path, unsigned mode)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	want_i64(path, "mode", mode, st.st_mode & 07777);
}

static const char *
below(const char *name)
{
	static char path[256];

	(void)snprintf(path, sizeof(path), "%s/%s", place.state, name);
	return path;
}

/* The identity of night n is 32 equal bytes. */
static const char *
part_of(int night)
{
	static char name[96];
	int at = snprintf(name, sizeof(name), "parts/");

	for (int i = 0; i < STATE_DIGEST; i++)
		at += snprintf(name + at, sizeof(name) - (size_t)at, "%02x",
			       0x10U + (unsigned)night);
	(void)snprintf(name + at, sizeof(name) - (size_t)at, ".part");
	return below(name);
}

static void
write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "we");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

/* Opening for writing and for reading ends alike, with a message that has `want` in it. */
static void
want_not_opened(const char *name, enum state_opened want_how, const char *want)
{
	for (int write = 0; write < 2; write++) {
		struct errors err = { 0 };
		struct state *s;
		enum state_opened how = test_open(&s, place.state, write, &err);

		want_i64(name, "outcome", want_how, how);
		assert_null(s);
		want_i64(name, "messages", 1, (int64_t)err.list.n);
		if (!str_contains(err.list.at[0], str_of(want)))
			fail_msg("%s: wanted [%s], got [" STR_FMT "]", name, want,
				 STR_ARG(err.list.at[0]));
		errors_free(&err);
	}
}

static void
a_new_state_is_empty_and_for_its_owner_alone(void **state UNUSED)
{
	struct state *s = test_opened("new", place.state, true);
	uint8_t digest[STATE_DIGEST];
	size_t n;

	(void)state_runs(s, &n);
	want_i64("new", "runs", 0, (int64_t)n);
	(void)state_parts(s, &n);
	want_i64("new", "parts", 0, (int64_t)n);
	want_str("new", "head", STR(""), str_of(state_head(s)));
	want_bool("new", "folded", false, state_parse_digest(s, digest));
	want_i64("new", "purged before", INT32_MIN, state_purged_before(s));
	want_mode(place.state, 0700);
	want_mode(below("state.db"), 0600);
	want_mode(below("lock"), 0600);
	want_mode(below("parts"), 0700);
	state_close(s);
	state_close(test_opened("again", place.state, false));
	state_close(test_opened("and to write", place.state, true));
}

static void
what_a_night_brings_is_there_in_the_morning(void **state UNUSED)
{
	struct state *s;
	uint8_t digest[STATE_DIGEST];
	size_t n;

	test_fold(place.state, 0);
	s = test_opened("morning", place.state, false);
	const struct state_part *p = state_parts(s, &n);

	want_i64("part", "count", 1, (int64_t)n);
	want_i64("part", "id", 1, p->id);
	want_i64("part", "first day", TEST_DAY - 1, p->first_day);
	want_i64("part", "last day", TEST_DAY, p->last_day);
	want_i64("part", "events", 100, (int64_t)p->events);
	want_i64("part", "bytes", 40, (int64_t)p->bytes);
	want_str("part", "path", str_of(part_of(0)), p->path);
	want_mode(part_of(0), 0600);
	const struct state_input *in = state_inputs(s, &n);

	want_i64("inputs", "count", 2, (int64_t)n);
	want_i64("inputs", "part", 1, in[1].part);
	want_i64("inputs", "number", 1, in[1].number);
	want_str("inputs", "system", STR("takuso"), in[1].system);
	want_str("inputs", "feed", STR("logs/access.log"), in[1].feed);
	want_str("inputs", "path", STR("logs/access.log.1"), in[1].path);
	want_i64("inputs", "bytes", 1000, (int64_t)in[1].bytes);
	want_i64("inputs", "digest", 0x41, in[1].sha256[31]);
	want_bool("inputs", "packed", true, in[1].packed);
	const struct state_line *l = state_line(s, 1, 1, 4096, 0xfeed0000U);

	assert_non_null(l);
	want_i64("line", "line", 17, (int64_t)l->line);
	want_bool("line", "unverified", false, l->unverified);
	want_str("line", "raw", STR("192.0.2.7 - pg0001 \"GET /c/1\""), l->raw);
	assert_null(state_line(s, 1, 1, 4096, 0xfeed0001U));
	assert_null(state_line(s, 1, 0, 4096, 0xfeed0000U));
	const struct state_finding *f = state_findings(s, &n);

	want_i64("findings", "count", 2, (int64_t)n);
	want_str("findings", "first", STR("sk1c:aaaa"), f[0].fp_case);
	want_str("findings", "record", STR("{\"rule\":\"SHR-02\"}"), f[1].record);
	want_i64("findings", "first told", test_now(0), f[1].first_told);
	const struct state_run *r = state_runs(s, &n);

	want_i64("runs", "count", 1, (int64_t)n);
	want_i64("runs", "now", test_now(0), r->now);
	want_str("runs", "record", STR("{\"schema\":\"sekisho/run/1\",\"n\":0}"), r->record);
	want_i64("runs", "status", 1, r->status);
	want_i64("runs", "chain", 64, (int64_t)str_of(r->chain).n);
	want_str("runs", "head", str_of(r->chain), str_of(state_head(s)));
	want_bool("folded", "folded", true, state_parse_digest(s, digest));
	want_i64("folded", "digest", 0x5a, digest[7]);
	state_close(s);
}

/* A story is the bytes that were given, whatever they are. */
static void
texts_may_be_any_bytes(void **state UNUSED)
{
	struct errors err = { 0 };
	struct state *s = test_opened("bytes", place.state, true);
	struct test_night t;
	const struct str raw = STR("a\0b\xff\xfe'\"\n");

	test_night(s, &t, 0);
	t.line[0].raw = raw;
	t.input[0].path = STR("logs/\x1b[2J");
	t.input[1].system = STR("");
	t.line[0].offset = UINT64_MAX >> 1;
	t.line[0].digest = UINT32_MAX;
	t.line[0].number = UINT32_MAX;
	assert_int_equal(state_commit(s, &t.night, &err), 0);
	state_close(s);
	s = test_opened("bytes", place.state, false);
	const struct state_line *l = state_line(s, 1, UINT32_MAX, UINT64_MAX >> 1, UINT32_MAX);
	size_t n;

	assert_non_null(l);
	want_str("line", "raw", raw, l->raw);
	want_str("input", "path", STR("logs/\x1b[2J"), state_inputs(s, &n)[0].path);
	want_str("input", "system", STR(""), state_inputs(s, &n)[1].system);
	state_close(s);
	arena_free(&t.arena);
}

static void
a_finding_keeps_the_night_that_told_it_first(void **state UNUSED)
{
	struct state *s;
	size_t n;

	for (int i = 0; i < 3; i++)
		test_fold(place.state, i);
	s = test_opened("third", place.state, false);
	const struct state_finding *f = state_findings(s, &n);

	want_i64("third", "findings", 2, (int64_t)n);
	want_i64("told every night", "first told", test_now(0), f[0].first_told);
	want_str("told once", "case", STR("sk1c:night2"), f[1].fp_case);
	want_i64("told once", "first told", test_now(2), f[1].first_told);
	state_close(s);
}

/* A finding of tonight may cite a line of a part of last week, and does so every night. */
static void
a_cited_line_is_kept_once_with_its_part(void **state UNUSED)
{
	struct errors err = { 0 };
	struct test_night t;
	struct state *s;

	test_fold(place.state, 0);
	for (int i = 1; i < 3; i++) {
		s = test_opened("citing", place.state, true);
		test_night(s, &t, i);
		t.line[1] = t.line[0];
		t.line[0] = (struct state_line){
			.part = 1, .number = 0, .offset = 9, .raw = STR("old")
		};
		t.night.line_count = 2;
		assert_int_equal(state_commit(s, &t.night, &err), 0);
		state_close(s);
		arena_free(&t.arena);
	}
	s = test_opened("cited", place.state, false);
	want_i64("cited", "lines", 4, (int64_t)state_line_count(s));
	want_str("cited", "raw", STR("old"), state_line(s, 1, 0, 9, 0)->raw);
	state_close(s);
}

static void
a_night_without_news_is_a_run_all_the_same(void **state UNUSED)
{
	struct errors err = { 0 };
	struct state_night night = { .now = test_now(1), .purge_before = INT32_MIN };
	struct state *s;
	size_t n;

	test_fold(place.state, 0);
	s = test_opened("nothing", place.state, true);
	memset(night.parse_digest, 0x5a, STATE_DIGEST);
	assert_int_equal(state_commit(s, &night, &err), 0);
	state_close(s);
	s = test_opened("nothing", place.state, false);
	(void)state_runs(s, &n);
	want_i64("nothing", "runs", 2, (int64_t)n);
	(void)state_parts(s, &n);
	want_i64("nothing", "parts", 1, (int64_t)n);
	(void)state_findings(s, &n);
	want_i64("nothing", "findings", 0, (int64_t)n);
	state_close(s);
}

/* --- purges */

static void
fold_and_purge(int night, int32_t before)
{
	struct errors err = { 0 };
	struct state *s = test_opened("purging", place.state, true);
	struct test_night t;

	test_night(s, &t, night);
	t.night.purge_before = before;
	assert_int_equal(state_commit(s, &t.night, &err), 0);
	state_close(s);
	arena_free(&t.arena);
}

static void
what_is_older_than_the_boundary_goes_and_stays_known(void **state UNUSED)
{
	struct state *s;
	size_t n;

	for (int i = 0; i < 3; i++)
		test_fold(place.state, i);
	fold_and_purge(3, TEST_DAY + 2);
	s = test_opened("purged", place.state, false);
	const struct state_part *p = state_parts(s, &n);

	want_i64("purged", "parts", 2, (int64_t)n);
	want_i64("purged", "oldest", 3, p[0].id);
	assert_int_equal(access(part_of(0), F_OK), -1);
	assert_int_equal(access(part_of(1), F_OK), -1);
	assert_int_equal(access(part_of(2), F_OK), 0);
	const struct state_input *in = state_inputs(s, &n);

	want_i64("purged", "inputs", 8, (int64_t)n);
	want_i64("purged", "part of an old input", 0, in[3].part);
	want_str("purged", "path of an old input", STR("logs/access.log.2"), in[3].path);
	want_i64("purged", "part of a kept input", 3, in[4].part);
	want_i64("purged", "lines", 2, (int64_t)state_line_count(s));
	assert_null(state_line(s, 1, 1, 4096, 0xfeed0000U));
	want_i64("purged", "before", TEST_DAY + 2, state_purged_before(s));
	state_close(s);
	test_fold(place.state, 4);
	s = test_opened("and on", place.state, false);
	want_i64("and on", "before", TEST_DAY + 2, state_purged_before(s));
	state_close(s);
}

static void
a_boundary_behind_which_nothing_lay_is_none(void **state UNUSED)
{
	struct state *s;

	test_fold(place.state, 0);
	fold_and_purge(1, TEST_DAY - 200);
	s = test_opened("nothing went", place.state, false);
	want_i64("nothing went", "before", INT32_MIN, state_purged_before(s));
	state_close(s);
}

static void
a_part_without_events_is_as_old_as_its_run(void **state UNUSED)
{
	struct errors err = { 0 };
	struct state *s = test_opened("quiet", place.state, true);
	struct test_night t;
	size_t n;

	test_night(s, &t, 0);
	t.night.part.events = 0;
	t.night.part.first_day = INT32_MAX;
	t.night.part.last_day = INT32_MIN;
	assert_int_equal(state_commit(s, &t.night, &err), 0);
	state_close(s);
	arena_free(&t.arena);
	s = test_opened("quiet", place.state, false);
	const struct state_part *p = state_parts(s, &n);

	want_bool("quiet", "goes on its day", false, state_part_goes(s, p, TEST_DAY));
	want_bool("quiet", "goes on the next", true, state_part_goes(s, p, TEST_DAY + 1));
	want_bool("quiet", "goes without a boundary", false, state_part_goes(s, p, INT32_MIN));
	state_close(s);
}

static void
what_comes_too_late_is_known_and_not_kept(void **state UNUSED)
{
	struct state *s;
	size_t n;

	test_fold(place.state, 5);
	fold_and_purge(1, TEST_DAY + 3);
	s = test_opened("too late", place.state, true);
	(void)state_parts(s, &n);
	want_i64("too late", "parts", 1, (int64_t)n);
	(void)state_inputs(s, &n);
	want_i64("too late", "inputs", 4, (int64_t)n);
	want_i64("too late", "part", 0, state_inputs(s, &n)[2].part);
	want_i64("too late", "before", TEST_DAY + 3, state_purged_before(s));
	assert_int_equal(access(part_of(1), F_OK), -1);
	assert_int_equal(access(below("parts/new.part"), F_OK), -1);
	state_close(s);
}

static void
a_purge_by_hand_is_chained_and_no_run(void **state UNUSED)
{
	struct errors err = { 0 };
	struct state *s;
	size_t n;

	test_fold(place.state, 0);
	test_fold(place.state, 1);
	s = test_opened("by hand", place.state, true);
	assert_int_equal(state_purge(s, test_now(2), TEST_DAY + 1, &err), 0);
	state_close(s);
	s = test_opened("by hand", place.state, false);
	(void)state_runs(s, &n);
	want_i64("by hand", "runs", 2, (int64_t)n);
	const struct state_run *p = state_purges(s, &n);

	want_i64("by hand", "purges", 1, (int64_t)n);
	want_i64("by hand", "id", 3, p->id);
	want_i64("by hand", "before", TEST_DAY + 1, p->purged_before);
	want_str("by hand", "head", str_of(p->chain), str_of(state_head(s)));
	(void)state_findings(s, &n);
	want_i64("by hand", "findings", 2, (int64_t)n);
	(void)state_parts(s, &n);
	want_i64("by hand", "parts", 1, (int64_t)n);
	state_close(s);
	test_fold(place.state, 3);
	s = test_opened("and on", place.state, false);
	want_i64("and on", "id", 4, state_parts(s, &n)[1].id);
	state_close(s);
}

/* A quiet system writes the same bytes night after night. */
static void
equal_parts_share_a_file_until_the_last_of_them_goes(void **state UNUSED)
{
	struct errors err = { 0 };
	struct test_night t;
	struct state *s;

	test_fold(place.state, 0);
	s = test_opened("equal", place.state, true);
	test_night(s, &t, 0);
	t.night.part.last_day = TEST_DAY + 9;
	assert_int_equal(state_commit(s, &t.night, &err), 0);
	state_close(s);
	arena_free(&t.arena);
	s = test_opened("equal", place.state, true);
	assert_int_equal(state_purge(s, test_now(1), TEST_DAY + 1, &err), 0);
	state_close(s);
	assert_int_equal(access(part_of(0), F_OK), 0);
	s = test_opened("one is left", place.state, true);
	assert_int_equal(state_purge(s, test_now(1), TEST_DAY + 10, &err), 0);
	state_close(s);
	assert_int_equal(access(part_of(0), F_OK), -1);
	state_close(test_opened("none is left", place.state, false));
}

static void
records_are_kept_for_a_month_of_runs(void **state UNUSED)
{
	struct errors err = { 0 };
	struct state_night night = { .purge_before = INT32_MIN, .run.record = STR("{}") };
	struct state *s;
	size_t n;

	for (int i = 0; i < STATE_RECORDS_KEPT + 2; i++) {
		s = test_opened("nightly", place.state, true);
		assert_int_equal(state_commit(s, &night, &err), 0);
		state_close(s);
	}
	s = test_opened("two more", place.state, false);
	const struct state_run *r = state_runs(s, &n);

	want_i64("two more", "runs", STATE_RECORDS_KEPT + 2, (int64_t)n);
	want_str("two more", "second", STR(""), r[1].record);
	want_str("two more", "third", STR("{}"), r[2].record);
	state_close(s);
}

/* --- who may not */

static void
what_is_no_state_is_refused(void **state UNUSED)
{
	struct errors err = { 0 };
	struct state *s;

	want_i64("nothing there", "outcome", STATE_REFUSED,
		 test_open(&s, place.state, false, &err));
	assert_true(str_contains(err.list.at[0], STR("`sekisho scan --state` makes one")));
	errors_free(&err);
	assert_int_equal(mkdir(place.state, 0700), 0);
	want_i64("empty", "outcome", STATE_REFUSED, test_open(&s, place.state, false, &err));
	errors_free(&err);
	write_file(below("letters.txt"), "dear");
	want_i64("somebody's folder", "outcome", STATE_REFUSED,
		 test_open(&s, place.state, true, &err));
	assert_true(str_contains(err.list.at[0], STR("holds other files and no state")));
	errors_free(&err);
	want_i64("no name", "outcome", STATE_REFUSED, test_open(&s, "", true, &err));
	errors_free(&err);
	want_i64("a file", "outcome", STATE_REFUSED,
		 test_open(&s, below("letters.txt"), true, &err));
	errors_free(&err);
	want_i64("no parent", "outcome", STATE_REFUSED, test_open(&s, below("a/b"), true, &err));
	errors_free(&err);
}

static void
sql(const char *statements)
{
	sqlite3 *db;
	char *told = NULL;

	assert_int_equal(sqlite3_open(below("state.db"), &db), SQLITE_OK);
	if (sqlite3_exec(db, statements, NULL, NULL, &told) != SQLITE_OK)
		fail_msg("%s: %s", statements, told);
	sqlite3_close(db);
}

static void
another_version_is_refused_and_says_what_to_do(void **state UNUSED)
{
	test_fold(place.state, 0);
	sql("CREATE TABLE more (a); PRAGMA user_version = 2");
	want_not_opened("newer", STATE_REFUSED,
			"is of version 2, and this program reads version 1");
	sql("PRAGMA application_id = 7");
	want_not_opened("another program's", STATE_REFUSED, "no state of sekisho");
}

static void
a_link_is_no_database(void **state UNUSED)
{
	char there[128];

	test_fold(place.state, 0);
	(void)snprintf(there, sizeof(there), "%s/elsewhere.db", place.folder);
	assert_int_equal(rename(below("state.db"), there), 0);
	assert_int_equal(symlink(there, below("state.db")), 0);
	want_not_opened("a link", STATE_REFUSED, "is no file");
}

static void
a_second_writer_is_told_who_holds_the_lock(void **state UNUSED)
{
	struct errors err = { 0 };
	struct state *first, *second;
	char want[160];

	test_fold(place.state, 0);
	first = test_opened("first", place.state, true);
	want_i64("second", "outcome", STATE_REFUSED, test_open(&second, place.state, true, &err));
	(void)snprintf(want, sizeof(want),
		       "state '%s' is in use by process %ld since 2022-07-04 02:00:00; "
		       "wait with --wait 30s",
		       place.state, (long)getpid());
	want_str("second", "message", str_of(want), err.list.at[0]);
	errors_free(&err);
	state_close(test_opened("a reader meanwhile", place.state, false));
	state_close(first);
	state_close(test_opened("behind it", place.state, true));
}

static void
waiting_ends_when_the_lock_is_free_or_the_time_is_up(void **state UNUSED)
{
	struct state_options o = { .folder = str_of(place.state),
				   .write = true,
				   .wait_seconds = 20 };
	struct errors err = { 0 };
	struct state *s = test_opened("holder", place.state, true);
	int status;
	pid_t child = fork();

	if (child == 0) {
		struct errors mute = { 0 };
		struct state *waiter;

		/* The holder's lock is not the child's to hold on to. */
		for (int fd = 3; fd < 64; fd++)
			close(fd);
		_exit(state_open(&waiter, &o, &mute) == STATE_OPENED ? 0 : 1);
	}
	usleep(200000);
	state_close(s);
	assert_int_equal(waitpid(child, &status, 0), child);
	want_i64("waited", "status", 0, status);
	s = test_opened("holder", place.state, true);
	struct state *second;

	o.wait_seconds = 1;
	want_i64("in vain", "outcome", STATE_REFUSED, state_open(&second, &o, &err));
	assert_true(str_contains(err.list.at[0], STR("for the 1 seconds of --wait")));
	errors_free(&err);
	state_close(s);
}

static void
lines_read_another_way_do_not_mix(void **state UNUSED)
{
	struct errors err = { 0 };
	struct state *s;
	struct test_night t;

	test_fold(place.state, 0);
	s = test_opened("other policy", place.state, true);
	test_night(s, &t, 1);
	memset(t.night.parse_digest, 0x11, STATE_DIGEST);
	assert_int_equal(state_commit(s, &t.night, &err), -1);
	assert_true(str_contains(err.list.at[0], STR("under another policy")));
	errors_free(&err);
	state_close(s);
	arena_free(&t.arena);
	s = test_opened("as it was", place.state, true);
	assert_int_equal(state_purge(s, test_now(1), TEST_DAY + 100, &err), 0);
	state_close(s);
	s = test_opened("all purged", place.state, true);
	test_night(s, &t, 1);
	memset(t.night.parse_digest, 0x11, STATE_DIGEST);
	assert_int_equal(state_commit(s, &t.night, &err), 0);
	state_close(s);
	arena_free(&t.arena);
}

/* --- files of parts */

static void
a_part_that_is_not_whole_is_not_taken(void **state UNUSED)
{
	struct errors err = { 0 };
	struct state *s = test_opened("short", place.state, true);
	struct test_night t;

	test_night(s, &t, 0);
	t.night.part.bytes++;
	assert_int_equal(state_commit(s, &t.night, &err), -1);
	assert_true(str_contains(err.list.at[0], STR("not the size")));
	errors_free(&err);
	state_close(s);
	arena_free(&t.arena);
}

static void
orphans_are_swept_and_strangers_are_not(void **state UNUSED)
{
	struct state *reader, *s;

	test_fold(place.state, 0);
	write_file(part_of(7), "orphan");
	write_file(below("parts/new.part"), "half");
	write_file(below("parts/.new.part.4711.1"), "less");
	write_file(below("parts/README"), "mine");
	reader = test_opened("reader", place.state, false);
	s = test_opened("while somebody reads", place.state, true);
	assert_int_equal(access(part_of(7), F_OK), 0);
	state_close(s);
	state_close(reader);
	state_close(test_opened("sweeper", place.state, true));
	assert_int_equal(access(part_of(7), F_OK), -1);
	assert_int_equal(access(below("parts/new.part"), F_OK), -1);
	assert_int_equal(access(below("parts/.new.part.4711.1"), F_OK), -1);
	assert_int_equal(access(below("parts/README"), F_OK), 0);
	assert_int_equal(access(part_of(0), F_OK), 0);
}

static void
somebody_without_the_lock_is_noticed(void **state UNUSED)
{
	struct errors err = { 0 };
	struct state *s;
	struct test_night t;

	test_fold(place.state, 0);
	s = test_opened("behind our back", place.state, true);
	sql("UPDATE run SET chain = zeroblob(32)");
	test_night(s, &t, 1);
	assert_int_equal(state_commit(s, &t.night, &err), -1);
	assert_true(str_contains(err.list.at[0], STR("did not take its lock")));
	errors_free(&err);
	state_close(s);
	arena_free(&t.arena);
}

/* An auditor may read and not write. */
static void
reading_needs_no_right_to_write(void **state UNUSED)
{
	int status;
	pid_t child;

	test_fold(place.state, 0);
	assert_int_equal(chmod(place.folder, 0755), 0);
	assert_int_equal(chmod(below("state.db"), 0444), 0);
	assert_int_equal(chmod(below("parts"), 0555), 0);
	assert_int_equal(chmod(part_of(0), 0444), 0);
	assert_int_equal(chmod(place.state, 0555), 0);
	child = fork();
	if (child == 0) {
		struct errors err = { 0 };
		struct state *s;

		if (geteuid() == 0 && setuid(65534) != 0)
			_exit(9);
		if (test_open(&s, place.state, false, &err) != STATE_OPENED)
			_exit(1);
		state_close(s);
		_exit(test_open(&s, place.state, true, &err) == STATE_FAILED ? 0 : 2);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(chmod(place.state, 0700), 0);
	want_i64("auditor", "status", 0, WIFEXITED(status) ? WEXITSTATUS(status) : 255);
}

int
main(void)
{
#define IN_PLACE(test) cmocka_unit_test_setup_teardown(test, make_place, remove_place)
	const struct CMUnitTest tests[] = {
		IN_PLACE(a_new_state_is_empty_and_for_its_owner_alone),
		IN_PLACE(what_a_night_brings_is_there_in_the_morning),
		IN_PLACE(texts_may_be_any_bytes),
		IN_PLACE(a_finding_keeps_the_night_that_told_it_first),
		IN_PLACE(a_cited_line_is_kept_once_with_its_part),
		IN_PLACE(a_night_without_news_is_a_run_all_the_same),
		IN_PLACE(what_is_older_than_the_boundary_goes_and_stays_known),
		IN_PLACE(a_boundary_behind_which_nothing_lay_is_none),
		IN_PLACE(a_part_without_events_is_as_old_as_its_run),
		IN_PLACE(what_comes_too_late_is_known_and_not_kept),
		IN_PLACE(a_purge_by_hand_is_chained_and_no_run),
		IN_PLACE(equal_parts_share_a_file_until_the_last_of_them_goes),
		IN_PLACE(records_are_kept_for_a_month_of_runs),
		IN_PLACE(what_is_no_state_is_refused),
		IN_PLACE(another_version_is_refused_and_says_what_to_do),
		IN_PLACE(a_link_is_no_database),
		IN_PLACE(a_second_writer_is_told_who_holds_the_lock),
		IN_PLACE(waiting_ends_when_the_lock_is_free_or_the_time_is_up),
		IN_PLACE(lines_read_another_way_do_not_mix),
		IN_PLACE(a_part_that_is_not_whole_is_not_taken),
		IN_PLACE(orphans_are_swept_and_strangers_are_not),
		IN_PLACE(somebody_without_the_lock_is_noticed),
		IN_PLACE(reading_needs_no_right_to_write),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
