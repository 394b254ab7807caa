/*
 * verb_state_test.c - what `sekisho state` shows, drops and exports, and the statuses it ends with.
 */
#include "store/state_testing.h"

#include "app/state_show.h"
#include "app/verb.h"
#include "facts/part.h"
#include "policy/policy_load.h"

#include <fcntl.h>

extern const struct verb verb_state;

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

/* --- shown */

/* Digests are whatever they are: as long as they must be, their digits turned to `c`. */
static struct str
without_digests(struct arena *a, struct str s)
{
	struct str out = arena_str(a, s);
	char *p = arena_alloc(a, s.n + 1);
	size_t run = 0;

	memcpy(p, out.p, s.n);
	for (size_t i = 0; i <= s.n; i++) {
		if (i < s.n && ((p[i] >= '0' && p[i] <= '9') || (p[i] >= 'a' && p[i] <= 'f'))) {
			run++;
			continue;
		}
		if (run == 16 || run == 64)
			memset(p + i - run, 'c', run);
		run = 0;
	}
	return (struct str){ .p = p, .n = s.n };
}

static void
want_shown(const char *name, bool all, int32_t before, const char *want)
{
	struct arena a = { 0 };
	struct state *s = test_opened(name, place.state, false);
	struct out o;
	struct str shown, text = arena_str(&a, str_of(want));

	out_memory(&o);
	state_show(
		s,
		&(struct state_shown){ .folder = STR("ni\x1bghts"), .all = all, .before = before },
		&o);
	shown = without_digests(&a, out_taken(&o));
	/* Where the folder lies is of this run: its name stands for it. */
	for (const char *at; (at = memmem(shown.p, shown.n, place.state, strlen(place.state)));)
		shown = arena_printf(
			&a, "%.*sDIR" STR_FMT, (int)(at - shown.p), shown.p,
			STR_ARG(str_skip(shown, (size_t)(at - shown.p) + strlen(place.state))));
	want_str(name, "text", text, shown);
	out_discard(&o);
	state_close(s);
	arena_free(&a);
}

#define SIXTEEN "cccccccccccccccc"
#define HEAD SIXTEEN SIXTEEN SIXTEEN SIXTEEN

static void
an_empty_state_shows_that_it_is(void **state UNUSED)
{
	state_close(test_opened("new", place.state, true));
	want_shown("new", false, INT32_MIN,
		   "state ni\\x1Bghts\n"
		   "chain none yet: no run has ended\n"
		   "every digest agrees; nothing was purged yet\n"
		   "\nruns: 0\n"
		   "\nparts: 0\n"
		   "\ninputs known by their content: 0, 0 of them purged\n"
		   "\nfindings of the last run: 0, 0 of them told for the first time\n"
		   "\nlines kept because findings cite them: 0\n");
}

/* Days and counts as test_night() gives them, worked out by hand. */
static void
nights_are_shown_with_what_would_go(void **state UNUSED)
{
	struct errors err = { 0 };
	struct state *s;

	test_fold(place.state, 0);
	test_fold(place.state, 1);
	s = test_opened("purging", place.state, true);
	assert_int_equal(state_purge(s, test_now(1), TEST_DAY + 1, &err), 0);
	state_close(s);
	test_fold(place.state, 2);
	want_shown(
		"last runs", false, INT32_MIN,
		"state ni\\x1Bghts\n"
		"chain " HEAD "\n"
		"every digest agrees; days before 2022-07-05 were purged\n"
		"\nruns: 3\n"
		"    id  now                  status         lines        events  findings  chain\n"
		"     1  2022-07-04 02:00:00       1           200           100         2 "
		" " SIXTEEN "\n"
		"     2  2022-07-05 02:00:00       1           201           101         2 "
		" " SIXTEEN "\n"
		"     4  2022-07-06 02:00:00       1           202           102         2 "
		" " SIXTEEN "\n"
		"\npurges by hand: 1\n"
		"     3  2022-07-05 02:00:00  days before 2022-07-05  " SIXTEEN "\n"
		"\nparts: 2\n"
		"   run  first day   last day          events           bytes        file\n"
		"     2  2022-07-04  2022-07-05           101              41        "
		"DIR/parts/" HEAD ".part\n"
		"     4  2022-07-05  2022-07-06           102              42        "
		"DIR/parts/" HEAD ".part\n"
		"the next run, with the usual --keep, before 2021-12-18 would drop 0 of them, "
		"0 bytes\n"
		"\ninputs known by their content: 6, 2 of them purged; those of the last part\n"
		"     4            3000  plain   takuso  logs/access.log.2\n"
		"     4            3000  packed  takuso  logs/access.log.3\n"
		"\nfindings of the last run: 2, 1 of them told for the first time\n"
		"  sk1c:aaaa  since 2022-07-04 02:00:00\n"
		"  sk1c:night2  since 2022-07-06 02:00:00\n"
		"\nlines kept because findings cite them: 2\n");
}

/* --- the verb */

static enum status
run(struct errors *err, size_t n, const char *const *words)
{
	struct options o = { .memory = 1 << 20, .now = test_now(9) };
	enum status status;

	for (size_t i = 0; i < n; i++) {
		if (str_starts(str_of(words[i]), STR("--before="))) {
			o.before_given = true;
			o.before = TEST_DAY + (words[i][9] - '0');
		} else {
			*VEC_PUSH(&o.operand) = str_of(words[i]);
		}
	}
	status = verb_state.run(&o, err);
	VEC_FREE(&o.operand);
	return status;
}

static void
want_status(const char *name, enum status want, const char *told, size_t n,
	    const char *const *words)
{
	struct errors err = { 0 };
	enum status status = run(&err, n, words);

	want_i64(name, "status", want, status);
	want_i64(name, "messages", told ? 1 : 0, (int64_t)err.list.n);
	if (told && !str_contains(err.list.at[0], str_of(told)))
		fail_msg("%s: wanted [%s], got [" STR_FMT "]", name, told, STR_ARG(err.list.at[0]));
	errors_free(&err);
}

#define WORDS(...)                                                                                 \
	sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *), (const char *const[])       \
	{                                                                                          \
		__VA_ARGS__                                                                        \
	}

static void
the_verb_ends_with_what_happened(void **state UNUSED)
{
	char database[128];

	want_status("nothing", STATUS_USAGE, "one of show, purge, export", 0, NULL);
	want_status("a slip", STATUS_USAGE, "it must be show", WORDS("shwo", place.state));
	want_status("no folder", STATUS_USAGE, "takes the folder", WORDS("show"));
	want_status("no state", STATUS_USAGE, "there is no state", WORDS("show", place.state));
	want_status("purge of nothing", STATUS_USAGE, "there is no state",
		    WORDS("purge", place.state, "--before=2"));
	assert_int_equal(access(place.state, F_OK), -1);
	test_fold(place.state, 0);
	test_fold(place.state, 1);
	want_status("purge what", STATUS_USAGE, "give --before", WORDS("purge", place.state));
	want_status("nothing goes", STATUS_OK, NULL, WORDS("purge", place.state, "--before=0"));
	want_status("one goes", STATUS_OK, NULL, WORDS("purge", place.state, "--before=1"));
	struct state *s = test_opened("one went", place.state, false);
	size_t n;

	(void)state_parts(s, &n);
	want_i64("one went", "parts", 1, (int64_t)n);
	(void)state_purges(s, &n);
	want_i64("one went", "purges", 1, (int64_t)n);
	state_close(s);
	(void)snprintf(database, sizeof(database), "%s/state.db", place.state);
	assert_int_equal(truncate(database, 5000), 0);
	want_status("damaged", STATUS_INTEGRITY, "is damaged", WORDS("show", place.state));
	want_status("damaged", STATUS_INTEGRITY, "is damaged",
		    WORDS("purge", place.state, "--before=9"));
}

/* --- exported */

/* A part of one file, in the room of the state. */
static void
fold_file(const char *path, int night, bool bent)
{
	struct errors err = { 0 };
	struct policy policy = { 0 };
	struct state *s = test_opened("folding", place.state, true);
	struct test_night t;
	struct facts *f = facts_new(&(struct facts_options){
		.memory = 1 << 20, .writers_hint = 1, .systems = 1, .spill_dir = place.folder });
	struct logfile file = { .path = str_of(path), .feed = STR("logs/access.log"), .lines = 7 };
	struct stat st;
	static const struct part_choice all = { .first_file = 0 };
	struct part_made made;
	struct out o;
	int fd;

	policy_builtin(&policy, STR("combined"), (struct str){ 0 });
	test_night(s, &t, night);
	facts_file_new(f, &file);
	assert_int_equal(out_open(&o, t.night.part.path, &err), 0);
	assert_int_equal(part_save(f, &all, policy.parse_digest, &o, &made), 0);
	assert_int_equal(out_close(&o, &err), 0);
	fd = open(t.night.part.path.p, O_RDWR | O_CLOEXEC);
	assert_int_equal(fstat(fd, &st), 0);
	assert_int_equal(pread(fd, t.night.part.identity, STATE_DIGEST, st.st_size - STATE_DIGEST),
			 STATE_DIGEST);
	if (bent)
		assert_int_equal(pwrite(fd, "?", 1, st.st_size / 2), 1);
	close(fd);
	t.night.part.bytes = (uint64_t)st.st_size;
	memcpy(t.night.parse_digest, policy.parse_digest, STATE_DIGEST);
	assert_int_equal(state_commit(s, &t.night, &err), 0);
	facts_free(f);
	policy_free(&policy);
	state_close(s);
	arena_free(&t.arena);
}

static void
an_export_is_one_part_of_all(void **state UNUSED)
{
	struct errors err = { 0 };
	struct policy policy = { 0 };
	struct facts *f = facts_new(&(struct facts_options){
		.memory = 1 << 20, .writers_hint = 1, .systems = 1, .spill_dir = place.folder });
	struct part_label label;
	char whole[128];

	(void)snprintf(whole, sizeof(whole), "%s/whole.part", place.folder);
	fold_file("logs/access.log", 0, false);
	fold_file("logs/access.log.1", 1, false);
	want_status("export", STATUS_OK, NULL, WORDS("export", place.state, whole));
	policy_builtin(&policy, STR("combined"), (struct str){ 0 });
	assert_int_equal(part_load(f, str_of(whole), policy.parse_digest, &label, &err), 0);
	want_i64("export", "files", 2, facts_file_count(f));
	want_str("export", "second", STR("logs/access.log.1"), facts_file(f, 1)->path);
	want_i64("export", "lines", 7, (int64_t)facts_file(f, 1)->lines);
	facts_free(f);
	policy_free(&policy);
}

static void
an_export_finds_damage_that_opening_does_not(void **state UNUSED)
{
	char whole[128];

	(void)snprintf(whole, sizeof(whole), "%s/whole.part", place.folder);
	fold_file("logs/access.log", 0, true);
	want_status("a bent part", STATUS_INTEGRITY, "is damaged",
		    WORDS("export", place.state, whole));
	assert_int_equal(access(whole, F_OK), -1);
}

static void
an_export_wants_the_policy_that_read_the_lines(void **state UNUSED)
{
	char whole[128];

	(void)snprintf(whole, sizeof(whole), "%s/whole.part", place.folder);
	test_fold(place.state, 0);
	want_status("another policy", STATUS_USAGE, "name that one with -c FILE",
		    WORDS("export", place.state, whole));
}

int
main(void)
{
#define IN_PLACE(test) cmocka_unit_test_setup_teardown(test, make_place, remove_place)
	const struct CMUnitTest tests[] = {
		IN_PLACE(an_empty_state_shows_that_it_is),
		IN_PLACE(nights_are_shown_with_what_would_go),
		IN_PLACE(the_verb_ends_with_what_happened),
		IN_PLACE(an_export_is_one_part_of_all),
		IN_PLACE(an_export_finds_damage_that_opening_does_not),
		IN_PLACE(an_export_wants_the_policy_that_read_the_lines),
	};

	(void)unsetenv("SEKISHO_POLICY");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
