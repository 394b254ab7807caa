/*
 * reader_stream_test.c - streams give the lines of the plain text: packed by anything, with windows of any size,
 * through standard input, with parts of blocks asked for again, and when a report fetches them once more.
 */
#include "input/test_pack.h"

#include "input/reader.h"
#include "input/refetch.h"
#include "input/unpacking.h"

#include <sys/wait.h>

enum { ROOM = 400000 };

static char text[ROOM], got[ROOM + 1], packed[2 * ROOM];

/* How a test reads: windows, and how much of a block it asks for again, at most. */
struct how {
	size_t window;
	unsigned again; /* one block of so many; 0: never */
	enum encoding encoding;
};

struct lines {
	size_t n;       /* bytes in `got` */
	uint64_t first; /* offset */
	unsigned skipped, agains;
	enum file_end end;
};

static size_t
back_to_a_line(struct str bytes, struct dice *d)
{
	size_t n = 1 + throw_of(d, (uint32_t)min_size(bytes.n, LINE_MOST));

	while (n < bytes.n && n < LINE_MOST && bytes.p[bytes.n - n - 1] != '\n')
		n++;
	return n == bytes.n || bytes.p[bytes.n - n - 1] == '\n' ? n : 0;
}

static struct lines
read_by(struct reader *r, const struct how *how)
{
	struct dice d = { 3 };
	struct lines l = { .first = UINT64_MAX };
	uint64_t at = 0;
	size_t wanted = 0;
	struct block b;

	reader_range(r, 0, UINT64_MAX);
	while (reader_next(r, &b)) {
		size_t n = b.bytes.n, again = 0;

		if (l.first == UINT64_MAX)
			at = l.first = b.offset;
		want_i64("a block", "offset", (int64_t)at, (int64_t)b.offset);
		l.skipped += b.skipped > 0;
		if (b.skipped) {
			at += b.skipped;
			wanted = 0;
			continue;
		}
		if (wanted &&
		    n <= wanted) { /* only a damaged stream breaks its word, and only once */
			assert_int_equal(n, wanted);
			assert_false(reader_again(r, 1));
			assert_int_not_equal(reader_end(r), END_WHOLE);
		}
		if (how->again && throw_of(&d, how->again) == 0)
			again = back_to_a_line(b.bytes, &d);
		assert_true(l.n + n <= ROOM);
		memcpy(got + l.n, b.bytes.p, n);
		if (again && reader_again(r, again)) {
			l.agains++;
			n -= again;
			wanted = again;
		} else {
			wanted = 0;
		}
		l.n += n;
		at += n;
	}
	l.end = reader_end(r);
	return l;
}

static struct lines
read_path(const char *path, const struct how *how)
{
	struct reader_options o = { .window = how->window, .encoding = how->encoding };
	struct errors err = { 0 };
	struct reader *r = reader_open(path, &o, &err);
	struct lines l;

	assert_non_null(r);
	l = read_by(r, how);
	reader_close(r);
	errors_free(&err);
	return l;
}

static void
want_lines(const char *name, const char *path, const struct how *how, struct str want)
{
	struct lines l = read_path(path, how);

	want_i64(name, "end", END_WHOLE, l.end);
	want_i64(name, "over-long lines", 0, l.skipped);
	want_i64(name, "bytes", (int64_t)want.n, (int64_t)l.n);
	if (memcmp(got, want.p, want.n) != 0)
		fail_msg("%s: other bytes with window %zu", name, how->window);
	/* Plain files have blocks of 64 KiB at least. */
	if (how->again && how->window && how->window < 10000 && strcmp(name, "plain") != 0)
		assert_true(l.agains > 3);
}

static void
packed_files_have_the_lines_of_plain_ones(void **state UNUSED)
{
	static const size_t windows[] = { 7, 4096, 262144, 0 };
	struct dice d = { 11 };
	struct str all = { text, log_text(&d, text, 150000) };

	for (size_t i = 0; i <= COUNT(packers); i++) {
		const char *name = i ? packers[i - 1].name : "plain";

		pack_file_set(
			i ? (struct str){ packed, packers[i - 1].pack(all, packed, sizeof(packed)) }
			  : all);
		for (size_t w = 0; w < COUNT(windows); w++) {
			want_lines(name, pack_path, &(struct how){ .window = windows[w] }, all);
			want_lines(name, pack_path,
				   &(struct how){ .window = windows[w], .again = 3 }, all);
		}
	}
	all.n = 3000;
	pack_file_set((struct str){ packed, gzip_text(all, packed, sizeof(packed)) });
	want_lines("a byte at a time", pack_path, &(struct how){ .window = 1 }, all);
	want_lines("a byte at a time, again", pack_path, &(struct how){ .window = 1, .again = 2 },
		   all);
}

static void
over_long_lines_of_streams_are_one(void **state UNUSED)
{
	static const size_t lengths[] = { LINE_MOST - 1, LINE_MOST, LINE_MOST + 1, 200000 };
	static const size_t windows[] = { 4096, 70000 };

	for (size_t i = 0; i < COUNT(lengths); i++) {
		for (int last = 0; last < 2; last++) {
			size_t n = 4 + lengths[i];

			memset(text, 'x', ROOM);
			put_text(text, STR("one\n"));
			if (!last) {
				put_text(text + n, STR("\ntwo\n"));
				n += 5;
			}
			pack_file_set((struct str){ packed, gzip_text((struct str){ text, n },
								      packed, sizeof(packed)) });
			for (size_t w = 0; w < COUNT(windows); w++) {
				struct lines l =
					read_path(pack_path, &(struct how){ .window = windows[w] });

				want_i64("a long line", "end", END_WHOLE, l.end);
				/* One that is whole in a window may come in a block. */
				if (lengths[i] <= LINE_MOST || l.skipped == 0)
					want_i64("a long line", "bytes", (int64_t)n, (int64_t)l.n);
				else
					want_i64("a long line", "other bytes", last ? 4 : 8,
						 (int64_t)l.n);
				if (lengths[i] == 200000)
					want_i64("a long line", "skipped", 1, l.skipped);
			}
		}
	}
}

static void
want_block(struct reader *r, const char *name, struct str bytes, uint64_t skipped)
{
	struct block b;

	assert_true(reader_next(r, &b));
	want_i64(name, "skipped", (int64_t)skipped, (int64_t)b.skipped);
	if (!skipped)
		want_str(name, "bytes", bytes, b.bytes);
}

static void
lines_before_an_over_long_one_come_alone(void **state UNUSED)
{
	enum { LONG = 100000 };

	memset(text, 'x', ROOM);
	put_text(text, STR("one\ntwo\n"));
	put_text(text + 8 + LONG, STR("\nthree\n"));
	for (size_t i = 0; i < COUNT(packers); i++) {
		struct reader_options o = { .window = 4096 };
		struct errors err = { 0 };
		struct str all = { text, 8 + LONG + 7 };
		struct reader *r;

		pack_file_set((struct str){ packed, packers[i].pack(all, packed, sizeof(packed)) });
		r = reader_open(pack_path, &o, &err);
		assert_non_null(r);
		reader_range(r, 0, UINT64_MAX);
		want_block(r, packers[i].name, STR("one\ntwo\n"), 0);
		assert_true(reader_again(r, 8));
		want_block(r, packers[i].name, STR("one\ntwo\n"), 0);
		assert_false(reader_again(r, 4));
		want_block(r, packers[i].name, STR(""), LONG + 1);
		want_block(r, packers[i].name, STR("three\n"), 0);
		reader_close(r);
		errors_free(&err);
	}
}

/* What follows the last newline of a cut file is half a line, and told by the end alone. */
static void
half_a_line_is_not_a_line(void **state UNUSED)
{
	struct dice d = { 21 };
	struct str all = { text, log_text(&d, text, 50000) };
	size_t n = gzip_text(all, packed, sizeof(packed));

	for (size_t cut = n / 2; cut < n; cut += 97) {
		struct lines l;

		pack_file_set((struct str){ packed, cut });
		l = read_path(pack_path, &(struct how){ .again = 2 });
		want_bool("a cut file", "told", true, l.end == END_CUT || l.end == END_CUT_TRAILER);
		assert_true(l.n > 10000 && memcmp(got, text, l.n) == 0);
		assert_true(l.end == END_CUT_TRAILER || text[l.n - 1] == '\n');
	}
}

static void
byte_order_marks_and_encodings(void **state UNUSED)
{
	static const struct {
		const char *name;
		struct str bytes;
		enum encoding encoding;
		struct str want;
		uint64_t first;
	} cases[] = {
		{ "UTF-8 with its mark",
		  BYTES("\xef\xbb\xbf"
			"a\nb\n"),
		  ENCODING_NONE, BYTES("a\nb\n"), 3 },
		{ "a mark alone", BYTES("\xef\xbb\xbf"), ENCODING_NONE, BYTES(""), UINT64_MAX },
		{ "UTF-16LE by its mark",
		  BYTES("\xff\xfe"
			"a\0\n\0\x42\x30\n\0"),
		  ENCODING_NONE, BYTES("a\n\xe3\x81\x82\n"), 0 },
		{ "UTF-16BE by its mark", BYTES("\xfe\xff\0a\0\n\x30\x42\0\n"), ENCODING_CP932,
		  BYTES("a\n\xe3\x81\x82\n"), 0 },
		{ "CP932 as declared", BYTES("\x82\xa0\nb"), ENCODING_CP932,
		  BYTES("\xe3\x81\x82\nb"), 0 },
		{ "half a character at the end", BYTES("a\n\x82"), ENCODING_CP932,
		  BYTES("a\n\xef\xbf\xbd"), 0 },
		{ "bytes as they are", BYTES("\x82\xa0\nb"), ENCODING_NONE, BYTES("\x82\xa0\nb"),
		  0 },
	};
	static const size_t windows[] = { 1, 2, 0 };

	for (size_t i = 0; i < COUNT(cases); i++) {
		for (size_t w = 0; w < 2 * COUNT(windows); w++) {
			struct how how = { .window = windows[w / 2],
					   .encoding = cases[i].encoding };
			struct lines l;

			pack_file_set(
				w % 2 ? (struct str){ packed, gzip_text(cases[i].bytes, packed,
									sizeof(packed)) }
				      : cases[i].bytes);
			l = read_path(pack_path, &how);
			want_str(cases[i].name, w % 2 ? "packed lines" : "lines", cases[i].want,
				 (struct str){ got, l.n });
			want_i64(cases[i].name, "offset", (int64_t)cases[i].first,
				 (int64_t)l.first);
			want_i64(cases[i].name, "end", END_WHOLE, l.end);
		}
	}
}

/* Every 50th line by its offset, with its number; text and number as counted here. */
static void
want_refetched(const char *name, const char *path, struct str all)
{
	struct refetch *f = refetch_open(path, &(struct reader_options){ 0 });
	uint64_t line = 0;

	assert_non_null(f);
	for (size_t at = 0; at < all.n; line++) {
		size_t n = str_find(str_skip(all, at), '\n') + 1;
		struct str wide = str_head(str_skip(all, at), LINE_MOST + 2);
		uint64_t before;

		if (line % 50 == 0) {
			struct str s = refetch_at(f, at, LINE_MOST + 2, &before);

			want_i64(name, "lines before", (int64_t)line, (int64_t)before);
			assert_true(s.n == wide.n && memcmp(s.p, wide.p, s.n) == 0);
		}
		at += n;
	}
	refetch_close(f);
}

static void
cited_lines_are_found_again(void **state UNUSED)
{
	struct dice d = { 31 };
	struct str all = { text, log_text(&d, text, ROOM) };

	pack_file_set(all);
	want_refetched("plain", pack_path, all);
	for (size_t i = 0; i < COUNT(packers); i++) {
		pack_file_set((struct str){ packed, packers[i].pack(all, packed, sizeof(packed)) });
		want_refetched(packers[i].name, pack_path, all);
	}
	assert_null(refetch_open("-", &(struct reader_options){ 0 })); /* nobody has read it */
	assert_null(refetch_open("/dev/null/nothing/access.log", &(struct reader_options){ 0 }));
}

/* In a child of our own, because there is one standard input a process. */
static void
in_child_with_pipe(const char *name, struct str bytes, struct str want)
{
	int pipe_of[2], status = 0;
	pid_t reader, writer;

	assert_int_equal(pipe(pipe_of), 0);
	writer = fork();
	if (writer == 0) {
		for (size_t at = 0; at < bytes.n;) {
			ssize_t n = write(pipe_of[1], bytes.p + at, min_size(5000, bytes.n - at));

			if (n <= 0)
				_exit(1);
			at += (size_t)n;
		}
		_exit(0);
	}
	reader = fork();
	if (reader == 0) {
		close(pipe_of[1]);
		dup2(pipe_of[0], STDIN_FILENO);
		want_lines(name, "-", &(struct how){ .again = 5 }, want);
		want_lines(name, "-", &(struct how){ .window = 4096 }, want);
		want_refetched(name, "-", want);
		_exit(0);
	}
	close(pipe_of[0]);
	close(pipe_of[1]);
	assert_int_equal(waitpid(reader, &status, 0), reader);
	want_i64(name, "status of the reader", 0, status);
	assert_int_equal(waitpid(writer, &status, 0), writer);
}

static void
standard_input_has_the_lines_of_the_file(void **state UNUSED)
{
	struct dice d = { 41 };
	struct str all = { text, log_text(&d, text, ROOM - 7) };

	in_child_with_pipe("a plain pipe", all, all);
	for (size_t i = 0; i < COUNT(packers); i++)
		in_child_with_pipe(
			packers[i].name,
			(struct str){ packed, packers[i].pack(all, packed, sizeof(packed)) }, all);
	in_child_with_pipe("an empty pipe", (struct str){ text, 0 }, (struct str){ text, 0 });
}

static void
what_is_no_log_is_refused_by_name(void **state UNUSED)
{
	static const struct {
		const char *name;
		struct str head;
		const char *told;
	} cases[] = {
		{ "zip", BYTES("PK\x03\x04 and so on"), "a zip archive" },
		{ "a part", BYTES("sekisho part 1"), "sekisho merge" },
		{ "lz4", BYTES("\x04\x22\x4d\x18\x64"), "lz4" },
#if !defined(HAVE_ZSTD)
		{ "zstd", BYTES("\x28\xb5\x2f\xfd\x24\x05"), "built without libzstd" },
#endif
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct errors err = { 0 };

		pack_file_set(cases[i].head);
		assert_null(reader_open(pack_path, &(struct reader_options){ 0 }, &err));
		want_i64(cases[i].name, "errors", 1, (int64_t)err.list.n);
		want_bool(cases[i].name, "named", true,
			  str_contains(err.list.at[0], str_of(cases[i].told)));
		errors_free(&err);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(packed_files_have_the_lines_of_plain_ones),
		cmocka_unit_test(over_long_lines_of_streams_are_one),
		cmocka_unit_test(lines_before_an_over_long_one_come_alone),
		cmocka_unit_test(half_a_line_is_not_a_line),
		cmocka_unit_test(byte_order_marks_and_encodings),
		cmocka_unit_test(cited_lines_are_found_again),
		cmocka_unit_test(standard_input_has_the_lines_of_the_file),
		cmocka_unit_test(what_is_no_log_is_refused_by_name),
	};

	return cmocka_run_group_tests(tests, pack_file_make, pack_file_remove);
}
