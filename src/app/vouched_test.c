/*
 * vouched_test.c - which lines of a packed file that ends badly stand in members that were whole: counted against the
 * text, for any cut of the text into members, any size of reads, in UTF-8 and in UTF-16.
 */
#include "input/test_pack.h"

#include "app/lines.h"

enum { TEXT = 20000, PACKED = 200000, MEMBERS = 5 };

static char text[TEXT], wide[2 * TEXT], packed[PACKED];

/* Of the first n bytes of text. */
static uint64_t
ends_in(size_t n)
{
	uint64_t lines = 0;

	for (size_t i = 0; i < n; i++)
		lines += text[i] == '\n';
	return lines;
}

/* Goes through the file as ingest does, and says how many lines nothing vouches for. */
static uint64_t
read_through(size_t window, enum encoding encoding, uint64_t *lines, uint64_t *vouched_to)
{
	struct reader_options o = { .window = window, .encoding = encoding };
	struct line_reader lr = { 0 };
	struct errors err = { 0 };
	struct reader *r = reader_open(pack_path, &o, &err);
	uint64_t unverified;
	struct block b;

	assert_non_null(r);
	*lines = 0;
	while (reader_next(r, &b)) {
		lines_vouch(&lr, r, &b, *lines);
		*lines += b.skipped ? 1 : 0;
		for (size_t i = 0; i < b.bytes.n; i++)
			*lines += b.bytes.p[i] == '\n';
	}
	unverified = lines_unverified(&lr, r, *lines);
	*vouched_to = reader_proved(r);
	reader_close(r);
	errors_free(&err);
	return unverified;
}

/* `bytes` as members that end at random places; the last is cut by `cut` bytes.  Returns where the others end. */
static size_t
pack_members(struct dice *d, struct str bytes, size_t cut)
{
	size_t n = 0, from = 0;

	for (size_t i = 0; i < MEMBERS - 1; i++) {
		size_t to = from + throw_of(d, (unsigned)(bytes.n - from) / 2 + 1);

		n += gzip_text(str_head(str_skip(bytes, from), to - from), packed + n, PACKED - n);
		from = to;
	}
	n += gzip_text(str_skip(bytes, from), packed + n, PACKED - n);
	pack_file_set((struct str){ packed, n - cut });
	return from;
}

static void
lines_of_whole_members_are_vouched_for(void **state UNUSED)
{
	static const size_t windows[] = { 1, 7, 64, 4096, 0 };
	struct dice d = { 12 };

	for (int round = 0; round < 40; round++) {
		bool turned = round % 2;
		size_t n = log_text(&d, text, 2000 + throw_of(&d, TEXT - 2000)), whole;
		size_t cut = 1 + throw_of(&d, 12);

		for (size_t i = 0; i < n; i++) {
			wide[2 * i] = text[i];
			wide[2 * i + 1] = '\0';
		}
		whole = pack_members(&d, (struct str){ turned ? wide : text, turned ? 2 * n : n },
				     cut);
		whole /= turned ? 2 : 1;
		for (size_t k = 0; k < COUNT(windows); k++) {
			uint64_t lines, to;
			uint64_t got = read_through(
				windows[k], turned ? ENCODING_UTF16LE : ENCODING_NONE, &lines, &to);

			if (to != whole || got != lines - ends_in(whole))
				fail_msg("round %d, window %zu: vouched for up to %llu, wanted "
					 "%zu; unverified %llu of %llu, wanted %llu",
					 round, windows[k], (unsigned long long)to, whole,
					 (unsigned long long)got, (unsigned long long)lines,
					 (unsigned long long)(lines - ends_in(whole)));
		}
	}
}

static void
a_whole_file_has_no_unverified_line(void **state UNUSED)
{
	struct dice d = { 13 };
	size_t n = log_text(&d, text, TEXT);
	uint64_t lines, to;

	pack_members(&d, (struct str){ text, n }, 0);
	want_i64("packed", "unverified", 0, (int64_t)read_through(64, ENCODING_NONE, &lines, &to));
	want_i64("packed", "vouched for", (int64_t)n, (int64_t)to);
	pack_file_set((struct str){ text, n });
	want_i64("plain", "unverified", 0, (int64_t)read_through(64, ENCODING_NONE, &lines, &to));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_of_whole_members_are_vouched_for),
		cmocka_unit_test(a_whole_file_has_no_unverified_line),
	};

	return cmocka_run_group_tests(tests, pack_file_make, pack_file_remove);
}
