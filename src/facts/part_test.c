/*
 * part_test.c - facts through a file and back; damaged, cut, foreign or forged parts are refused,
 * never a crash.
 */
#include "facts/facts_testing.h"

#include "facts/part.h"
#include "facts/part_seal.h"

#include <fcntl.h>
#include <malloc.h>

enum { FILES = 3, SYSTEMS = 2, PART_MOST = 1 << 20 };

static const uint8_t digest[PART_DIGEST] = "the way these lines were read..",
		     other[PART_DIGEST] = "another";
static const struct part_choice all_of_it = { .first_file = 0 };
static const uint32_t feed[FILES] = { 0, 0, 1 };
static char folder[64], path[100];

static int
part_folder(void **state UNUSED)
{
	/*
	 * Thousands of dictionaries come and go: big arrays must come from fresh pages, not be
	 * zeroed by hand.
	 */
	mallopt(M_MMAP_THRESHOLD, 1 << 20);
	snprintf(folder, sizeof(folder), "/tmp/sekisho-part-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/part", folder);
	return 0;
}

static int
part_folder_remove(void **state UNUSED)
{
	unlink(path);
	return rmdir(folder);
}

static struct facts *
facts_empty(size_t memory)
{
	struct facts_options o = {
		.memory = memory, .writers_hint = 1, .systems = SYSTEMS, .spill_dir = "/tmp"
	};

	return facts_new(&o);
}

static struct logfile
file_of(uint32_t i)
{
	struct logfile file = { .path = STR("logs/takuso/access.log"),
				.feed = STR("logs/takuso/access.log"),
				.system = i == 2,
				.bytes = 1000 + i,
				.lines = 90 + i,
				.end = i == 1 ? END_SHRANK : END_WHOLE,
				.unterminated = i == 1,
				.hashed = i != 1 };

	if (i == 1) {
		file.note[NOTE_UNVERIFIED] = 7;
		file.note[NOTE_UNDECIDED] = 1ULL << 33;
		file.proved = 1ULL << 35;
	}
	file.bucket[BUCKET_REFUSED] = 2;
	file.bucket[BUCKET_ACCEPTED] = 88 + i;
	memset(file.sha256, (int)i + 1, sizeof(file.sha256));
	file.sample[0] =
		(struct refused){ .offset = 77, .byte = 5, .expected = "a status of three digits" };
	file.sample_count = 1;
	*VEC_PUSH(&file.mark) = (struct line_mark){ .offset = 512, .line = 7 };
	return file;
}

static void
lines_of(size_t n, struct raw_lines *out)
{
	struct dice d = { 141 };

	for (size_t i = 0; i < n; i++) {
		struct raw_line l = { .ts = 1656860400000 + (int64_t)throw_of(&d, 3) * 86400000 +
					    throw_of(&d, 20),
				      .account = (uint16_t)throw_of(&d, 5),
				      .object = (uint16_t)throw_of(&d, 6),
				      .terminal = (uint16_t)throw_of(&d, 3),
				      .act = ACT_VIEW,
				      .ok = 1,
				      .digest = throw_of(&d, 4),
				      .file = throw_of(&d, FILES),
				      .offset = (uint32_t)i * 100 };

		l.system = l.file == 2;
		*VEC_PUSH(&out->at) = l;
	}
}

static void
part_write(const struct raw_lines *lines, size_t memory)
{
	struct facts *f = facts_empty(memory);
	struct facts_writer *w[2] = { facts_writer_new(f), facts_writer_new(f) };
	struct errors err = { 0 };
	struct part_made made;
	struct out o;

	for (uint32_t i = 0; i < FILES; i++) {
		struct logfile file = file_of(i);

		facts_file_new(f, &file);
	}
	for (size_t i = 0; i < lines->at.n; i++)
		raw_write(f, w[i % 2], &lines->at.at[i]);
	assert_int_equal(out_open(&o, str_of(path), &err), 0);
	assert_int_equal(part_save(f, &all_of_it, digest, &o, &made), 0);
	assert_int_equal(out_close(&o, &err), 0);
	facts_free(f);
	errors_free(&err);
}

static void
read_loaded(struct facts *f, struct raw_lines *out)
{
	raw_read(f, out);
	raw_sort(out);
}

static void
check_files(struct facts *f)
{
	want_i64("files", "count", FILES, facts_file_count(f));
	for (uint32_t i = 0; i < FILES; i++) {
		struct logfile want = file_of(i);
		const struct logfile *got = facts_file(f, i);

		want_str("a file", "path", want.path, got->path);
		want_str("a file", "feed", want.feed, got->feed);
		assert_true(got->system == want.system && got->bytes == want.bytes &&
			    got->lines == want.lines);
		assert_true(got->end == want.end && got->unterminated == want.unterminated);
		assert_true(got->hashed == want.hashed && got->sample_count == 1 &&
			    got->mark.n == 1);
		assert_memory_equal(got->bucket, want.bucket, sizeof(want.bucket));
		assert_memory_equal(got->note, want.note, sizeof(want.note));
		assert_true(got->proved == want.proved);
		assert_memory_equal(got->sha256, want.sha256, sizeof(want.sha256));
		assert_true(got->sample[0].offset == 77 && got->sample[0].byte == 5);
		want_str("a sample", "expected", str_of("a status of three digits"),
			 str_of(got->sample[0].expected));
		assert_true(got->mark.at[0].offset == 512 && got->mark.at[0].line == 7);
		VEC_FREE(&want.mark);
	}
}

static void
facts_come_back(void **state UNUSED)
{
	static const struct {
		const char *name;
		size_t lines, save_memory, load_memory;
	} cases[] = {
		{ "nothing", 0, 1 << 20, 1 << 20 },        { "one line", 1, 1 << 20, 1 << 20 },
		{ "many lines", 30000, 1 << 26, 1 << 26 }, { "saved from disk", 30000, 0, 1 << 26 },
		{ "loaded to disk", 30000, 1 << 26, 0 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct raw_lines all = { { 0 } }, want = { { 0 } }, got = { { 0 } };
		struct facts *f = facts_empty(cases[i].load_memory);
		struct errors err = { 0 };
		struct part_label label;

		lines_of(cases[i].lines, &all);
		part_write(&all, cases[i].save_memory);
		want_bool(cases[i].name, "a part", true, part_is(str_of(path)));
		want_i64(cases[i].name, "loaded", 0,
			 part_load(f, str_of(path), digest, &label, &err));
		check_files(f);
		raw_union(&all, feed, FILES, &want);
		read_loaded(f, &got);
		want_same_lines(cases[i].name, &want, &got);
		facts_free(f);
		errors_free(&err);
		VEC_FREE(&all.at);
		VEC_FREE(&want.at);
		VEC_FREE(&got.at);
	}
}

/*
 * Loads and, if that is allowed, walks all of it: a forged part may say anything but must not
 * break us.
 */
static enum part_loaded
load_and_walk(const uint8_t how[PART_DIGEST])
{
	struct facts *f = facts_empty(1 << 20);
	struct errors err = { 0 };
	struct part_label label;
	enum part_loaded end = part_load(f, str_of(path), how, &label, &err);

	want_i64("a refusal", "messages", end != PART_LOADED, (int64_t)err.list.n);
	if (end == PART_LOADED) {
		struct fact_source s = facts_source(f);

		for (unsigned p = 0; p < s.partitions; p++) {
			struct fact_cursor *c = s.open(s.facts, p);
			struct account_facts a;

			while (s.next(c, &a))
				assert_true(a.n > 0);
			s.close(c);
		}
		facts_settle_doubles(f);
	}
	facts_free(f);
	errors_free(&err);
	return end;
}

static size_t
part_bytes(char *buf)
{
	int fd = open(path, O_RDONLY);
	ssize_t n = read(fd, buf, PART_MOST);

	close(fd);
	assert_true(n > 0 && n < PART_MOST);
	return (size_t)n;
}

static void
part_set(const char *buf, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT, 0600);

	/* In place: ext4 flushes a file that was emptied first, 2 ms each time. */
	assert_true(fd >= 0 && write(fd, buf, n) == (ssize_t)n && ftruncate(fd, (off_t)n) == 0);
	close(fd);
}

static size_t
small_part(char *buf)
{
	struct raw_lines all = { { 0 } };

	lines_of(12, &all);
	part_write(&all, 1 << 20);
	VEC_FREE(&all.at);
	return part_bytes(buf);
}

/* Refused parts leave only rubbish behind, so one heap of facts serves for many of them. */
static bool
refused(struct facts **f, unsigned *used)
{
	struct errors err = { 0 };
	struct part_label label;
	enum part_loaded end;

	if (*f == NULL || ++*used % 256 == 0) {
		facts_free(*f);
		*f = facts_empty(1 << 20);
	}
	end = part_load(*f, str_of(path), digest, &label, &err);
	want_i64("a refusal", "messages", end != PART_LOADED, (int64_t)err.list.n);
	errors_free(&err);
	return end != PART_LOADED;
}

static void
every_flipped_byte_is_refused(void **state UNUSED)
{
	static char buf[PART_MOST];
	struct facts *f = NULL;
	unsigned used = 0;
	size_t n = small_part(buf);

	want_i64("as it is", "loaded", PART_LOADED, load_and_walk(digest));
	want_i64("read another way", "loaded", PART_REFUSED, load_and_walk(other));
	buf[n / 2] = (char)(buf[n / 2] ^ 1);
	part_set(buf, n);
	want_i64("a bit of it turned", "loaded", PART_DAMAGED, load_and_walk(digest));
	buf[n / 2] = (char)(buf[n / 2] ^ 1);
	(void)unlink(path);
	want_i64("not there", "loaded", PART_UNREAD, load_and_walk(digest));
	for (size_t at = 0; at < n; at++) {
		char was = buf[at];

		buf[at] = (char)(was ^ 1 << at % 8);
		part_set(buf, n);
		if (!refused(&f, &used))
			fail_msg("byte %zu of %zu was turned and nobody noticed", at, n);
		buf[at] = was;
	}
	facts_free(f);
}

static void
every_cut_and_a_byte_more_are_refused(void **state UNUSED)
{
	static char buf[PART_MOST];
	struct facts *f = NULL;
	unsigned used = 0;
	size_t n = small_part(buf);

	for (size_t cut = 0; cut < n; cut++) {
		part_set(buf, cut);
		if (!refused(&f, &used))
			fail_msg("%zu of %zu bytes were taken for all", cut, n);
	}
	facts_free(f);
	part_set(buf, n + 1);
	want_i64("a byte more", "loaded", PART_DAMAGED, load_and_walk(digest));
	part_set("10.1.2.3 - a", 12);
	want_bool("a log", "a part", false, part_is(str_of(path)));
	want_bool("nothing", "a part", false, part_is(STR("/dev/null/nothing")));
}

/* Whoever forges a part can seal it too: no byte of it may be believed before it is checked. */
static void
forged_and_sealed_parts_break_nothing(void **state UNUSED)
{
	static const char values[] = { 1, 0x7f, (char)0x80, (char)0xff };
	static char buf[PART_MOST], sealed[PART_MOST];
	size_t n = small_part(buf), rejected = 0;

	/* Every third byte, turned and zeroed by turns: each load makes all dictionaries anew. */
	for (size_t i = 0; i < 2 * (n - PART_DIGEST); i += 3) {
		size_t at = i / 2;
		char was = buf[at];

		memcpy(sealed, buf, n);
		sealed[at] = i % 2 ? 0 : (char)(was + values[at % COUNT(values)]);
		part_seal(sealed, n, digest);
		part_set(sealed, n);
		rejected += load_and_walk(digest) != PART_LOADED;
	}
	assert_true(rejected > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(facts_come_back),
		cmocka_unit_test(every_flipped_byte_is_refused),
		cmocka_unit_test(every_cut_and_a_byte_more_are_refused),
		cmocka_unit_test(forged_and_sealed_parts_break_nothing),
	};

	return cmocka_run_group_tests(tests, part_folder, part_folder_remove);
}
