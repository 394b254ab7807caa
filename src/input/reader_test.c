/*
 * reader_test.c - every way to read a file gives the same lines: mapped or private, any window,
 * any cut into ranges.
 */
#include "base/test_wall.h"

#include "input/reader.h"

#include <fcntl.h>

/* A line as the reader must tell it; over-long ones only by where they begin and end. */
struct line {
	uint64_t offset, size; /* with its newline */
	bool skipped;
};

static char path[] = "/tmp/sekisho-reader-XXXXXX";
static int fd = -1;

static int
file_make(void **state UNUSED)
{
	fd = mkstemp(path);
	return fd < 0 ? -1 : 0;
}

static int
file_remove(void **state UNUSED)
{
	close(fd);
	return unlink(path);
}

static void
file_set(struct str text)
{
	assert_int_equal(ftruncate(fd, 0), 0);
	for (size_t at = 0; at < text.n;) {
		ssize_t n = pwrite(fd, text.p + at, text.n - at, (off_t)at);

		assert_true(n > 0);
		at += (size_t)n;
	}
}

static struct reader *
reader_of(enum reader_way how, size_t window)
{
	struct reader_options o = { .how = how, .window = window };
	struct errors err = { 0 };
	struct reader *r = reader_open(path, &o, &err);

	assert_non_null(r);
	errors_free(&err);
	return r;
}

/* The next line of the text at `at`: what everyone must agree on. */
static struct line
line_at(struct str text, uint64_t at)
{
	size_t n = str_find(str_skip(text, at), '\n');
	bool ends = at + n < text.n;

	return (struct line){ at, n + ends, n > LINE_MOST };
}

/* Takes the lines of [from, to) off the reader and holds each against the text. */
static void
check_range(const char *name, struct str text, struct reader *r, uint64_t from, uint64_t to,
	    uint64_t *next)
{
	struct block b;

	reader_range(r, from, to);
	while (reader_next(r, &b)) {
		uint64_t end = b.offset + (b.skipped ? b.skipped : b.bytes.n);

		want_i64(name, "offset", (int64_t)*next, (int64_t)b.offset);
		assert_true(reader_held(r));
		while (*next < end) {
			struct line want = line_at(text, *next);

			want_bool(name, "a line of this range", true,
				  want.offset >= from && want.offset < to);
			want_bool(name, "a whole line", true, want.offset + want.size <= end);
			if (b.skipped)
				want_bool(name, "an over-long line", true,
					  want.skipped && want.size == b.skipped);
			else if (memcmp(text.p + want.offset, b.bytes.p + (want.offset - b.offset),
					want.size) != 0)
				fail_msg("%s: other bytes at %llu", name,
					 (unsigned long long)want.offset);
			*next += want.size;
		}
	}
	want_i64(name, "end", END_WHOLE, reader_end(r));
}

/* All ranges between the cuts, each by a reader of its own; together every line once. */
static void
check_cuts(const char *name, struct str text, enum reader_way how, size_t window,
	   const uint64_t *cut, size_t cuts)
{
	uint64_t next = 0, from = 0;
	char label[160];

	for (size_t i = 0; i <= cuts; i++) {
		uint64_t to = i < cuts ? cut[i] : UINT64_MAX;
		struct reader *r = reader_of(how, window);

		snprintf(label, sizeof(label), "%.40s, %s, window %zu, range %llu-%llu", name,
			 how == READ_MAPPED ? "mapped" : "private", window,
			 (unsigned long long)from, (unsigned long long)to);
		want_i64(label, "size", (int64_t)text.n, (int64_t)reader_size(r));
		check_range(label, text, r, from, to, &next);
		reader_close(r);
		from = to;
	}
	want_i64(label, "bytes read", (int64_t)text.n, (int64_t)next);
}

static void
check_both(const char *name, struct str text, size_t window, const uint64_t *cut, size_t cuts)
{
	check_cuts(name, text, READ_MAPPED, window, cut, cuts);
	check_cuts(name, text, READ_PRIVATE, window, cut, cuts);
}

static void
small_files_at_every_cut(void **state UNUSED)
{
	static const struct {
		const char *name;
		struct str text;
	} cases[] = {
		{ "an empty file", BYTES("") },
		{ "a newline", BYTES("\n") },
		{ "no newline", BYTES("abc") },
		{ "one line", BYTES("abc\n") },
		{ "no final newline", BYTES("abc\nde") },
		{ "empty lines", BYTES("\n\na\n\n\nb") },
		{ "CRLF and NUL stay as they are", BYTES("a\r\n\0\nb\0c\r\n") },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		file_set(cases[i].text);
		check_both(cases[i].name, cases[i].text, 0, NULL, 0);
		for (uint64_t a = 0; a <= cases[i].text.n + 1; a++) {
			for (uint64_t b = a; b <= cases[i].text.n + 1; b++)
				check_both(cases[i].name, cases[i].text, 1, (uint64_t[]){ a, b },
					   2);
		}
	}
}

static size_t
random_text(struct dice *d, char *text, size_t room)
{
	static const uint32_t special[] = { LINE_MOST - 1, LINE_MOST, LINE_MOST + 1, LINE_MOST + 2,
					    4095,          4096,      150000,        300000 };
	size_t n = 0;

	while (n < room) {
		uint32_t k = throw_of(d, 400);
		size_t length = k < COUNT(special) ? special[k] : k < 60 ? 0 : throw_of(d, 300);

		length = min_size(length, room - n);
		for (size_t i = 0; i < length; i++)
			text[n + i] = (char)('a' + (n * 7 + i) % 26);
		n += length;
		if (n < room)
			text[n++] = '\n';
	}
	return n - throw_of(d, 3);
}

static int
u64_order(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static void
random_files_windows_and_cuts(void **state UNUSED)
{
	enum { ROOM = 1500000 };
	static const size_t windows[] = { 0,     4096,   30000,  LINE_MOST, LINE_MOST + 1,
					  70001, 131072, 1000000 };
	char *text = malloc(ROOM);
	struct dice d = { 91 };

	assert_non_null(text);
	for (int round = 0; round < 10; round++) {
		struct str all = { text, random_text(&d, text, ROOM) };

		file_set(all);
		for (size_t w = 0; w < COUNT(windows); w++) {
			uint64_t cut[12] = { 0 };
			size_t cuts = throw_of(&d, COUNT(cut) + 1);

			for (size_t i = 0; i < cuts; i++) {
				cut[i] = throw_of(&d, (uint32_t)all.n + 2);
				/* Often at a line's edge, where it matters. */
				if (throw_of(&d, 2) && cut[i] < all.n)
					cut[i] += str_find(str_skip(all, cut[i]), '\n') +
						  throw_of(&d, 3);
			}
			qsort(cut, cuts, sizeof(*cut), u64_order);
			check_both("random lines", all, windows[w], cut, cuts);
		}
	}
	free(text);
}

/* Exactly 64 KiB is a line; a byte more is one refused line, whatever lies in it. */
static void
over_long_lines_are_one(void **state UNUSED)
{
	enum { ROOM = 400000 };
	static const char one[] = { 'o', 'n', 'e', '\n' }, two[] = { '\n', 't', 'w', 'o', '\n' };
	char *text = malloc(ROOM);
	static const size_t lengths[] = { LINE_MOST - 1, LINE_MOST, LINE_MOST + 1, 200000 };

	assert_non_null(text);
	for (size_t l = 0; l < COUNT(lengths); l++) {
		for (int last = 0; last < 2; last++) {
			size_t n = lengths[l] + 4;

			memset(text, 'x', ROOM);
			memcpy(text, one, sizeof(one));
			if (!last) {
				memcpy(text + n, two, sizeof(two));
				n += 5;
			}
			file_set((struct str){ text, n });
			for (size_t window = 4096; window < 300000; window = window * 2 + 57345)
				check_both("a long line", (struct str){ text, n }, window,
					   (uint64_t[]){ 4, 5, LINE_MOST }, 3);
		}
	}
	free(text);
}

static void
what_is_no_file_is_refused(void **state UNUSED)
{
	static const struct {
		const char *name, *path;
	} cases[] = {
		{ "a folder", "/tmp" },
		{ "a device that never ends", "/dev/zero" },
		{ "nothing", "/dev/null/nothing/access.log" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct errors err = { 0 };

		assert_null(reader_open(cases[i].path, &(struct reader_options){ 0 }, &err));
		want_i64(cases[i].name, "errors", 1, (int64_t)err.list.n);
		want_bool(cases[i].name, "path told", true,
			  str_contains(err.list.at[0], str_of(cases[i].path)));
		errors_free(&err);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_files_at_every_cut),
		cmocka_unit_test(random_files_windows_and_cuts),
		cmocka_unit_test(over_long_lines_are_one),
		cmocka_unit_test(what_is_no_file_is_refused),
	};

	return cmocka_run_group_tests(tests, file_make, file_remove);
}
