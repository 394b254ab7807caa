/*
 * refusals_test.c - refused lines by hand: copies in files of one feed are one, and what is saved is united.
 */
#include "facts/facts_testing.h"

#include "facts/part.h"

#include <sys/stat.h>

enum { FILES = 6, SYSTEMS = 2 };

/* Files 0-2 are one feed, 3-4 another of the same system, 5 is of another system. */
static const uint32_t feed[FILES] = { 0, 0, 0, 1, 1, 2 };
static const uint16_t system_of[FILES] = { 0, 0, 0, 0, 0, 1 };

static struct facts *
facts_make(size_t memory)
{
	return facts_new(&(struct facts_options){
		.memory = memory, .writers_hint = 2, .systems = SYSTEMS, .spill_dir = "/tmp" });
}

static void
add_files(struct facts *f)
{
	for (uint32_t i = 0; i < FILES; i++)
		facts_file_new(f, &(struct logfile){ .path = STR("access.log"),
						     .feed = { &"abc"[feed[i]], 1 },
						     .system = system_of[i] });
}

/* "a0 a1 b3": a line by its letter, and in which file it lies. */
static void
refuse(struct facts *f, struct facts_writer *const w[2], const char *lines)
{
	struct hash_key key;
	uint64_t n = 0;

	hash_key_from(&key, STR("lines"));
	for (const char *p = lines; *p; p += p[2] ? 3 : 2, n++)
		facts_refuse(w[n % 2], hash128(&key, (struct str){ p, 1 }),
			     (uint64_t)(p[1] - '0') << WHERE_SHIFT | n * 100);
	want_i64(lines, "events", 0, (int64_t)facts_events(f));
}

static const struct {
	const char *name, *lines;
	uint64_t want[SYSTEMS];
} cases[] = {
	{ "none", "", { 0, 0 } },
	{ "one line", "a0", { 1, 0 } },
	{ "a repeat in one file is honest", "a0 a0", { 2, 0 } },
	{ "a rotation overlap is one line", "a0 a1", { 1, 0 } },
	{ "the file with most decides", "a0 a1 a1 a2", { 2, 0 } },
	{ "whatever the order", "a1 a2 a0 a1", { 2, 0 } },
	{ "different lines are different", "a0 b0 c1", { 3, 0 } },
	{ "feeds are never compared", "a0 a3", { 2, 0 } },
	{ "systems are never compared", "a0 a5", { 1, 1 } },
	{ "all of it", "a0 a1 a1 b2 b3 b4 a5 c5 c5", { 4, 3 } },
};

static void
copies_by_hand(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct facts *f = facts_make(1 << 20);
		struct facts_writer *w[2];
		struct fact_source s;
		struct raw_lines got = { { 0 } };

		add_files(f);
		w[0] = facts_writer_new(f);
		w[1] = facts_writer_new(f);
		refuse(f, w, cases[i].lines);
		s = facts_source(f);
		s.listen(s.facts);
		raw_read(f, &got);
		want_i64(cases[i].name, "accepted", 0, (int64_t)got.at.n);
		for (unsigned sys = 0; sys < SYSTEMS; sys++)
			want_i64(cases[i].name, "refused", (int64_t)cases[i].want[sys],
				 (int64_t)s.refused(s.facts, sys));
		facts_free(f);
	}
}

/* Each file in a part of its own: united, they are what they were. */
static void
parts_are_united(void **state UNUSED)
{
	static const uint8_t digest[PART_DIGEST] = { 1 };
	char path[] = "/tmp/refusals_test_XXXXXX";

	close(mkstemp(path));
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct facts *all = facts_make(0);
		struct fact_source s;

		for (int file = '0'; file < '0' + FILES; file++) {
			struct facts *f = facts_make(0);
			struct facts_writer *w[2];
			struct errors err = { 0 };
			struct part_label label;
			char lines[64] = "";
			static const struct part_choice all_of_it = { .first_file = 0 };
			struct part_made made;
			struct out o;

			for (const char *p = cases[i].lines; *p; p += p[2] ? 3 : 2) {
				if (p[1] == file)
					snprintf(lines + strlen(lines), 4, "%s%.2s",
						 lines[0] ? " " : "", p);
			}
			add_files(f);
			w[0] = facts_writer_new(f);
			w[1] = facts_writer_new(f);
			refuse(f, w, lines);
			assert_int_equal(out_open(&o, str_of(path), &err), 0);
			assert_int_equal(part_save(f, &all_of_it, digest, &o, &made), 0);
			assert_int_equal(out_close(&o, &err), 0);
			assert_int_equal(part_load(all, str_of(path), digest, &label, &err), 0);
			errors_free(&err);
			facts_free(f);
		}
		s = facts_source(all);
		for (unsigned sys = 0; sys < SYSTEMS; sys++)
			want_i64(cases[i].name, "refused", (int64_t)cases[i].want[sys],
				 (int64_t)s.refused(s.facts, sys));
		facts_free(all);
	}
	unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(copies_by_hand),
		cmocka_unit_test(parts_are_united),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
