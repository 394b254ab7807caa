/*
 * encoding_table_test.c - whole tables: by sums that Python's codecs gave, by iconv(3), and the vectors of the Encoding
 * Standard where they lie (SEKISHO_CORPUS).
 */
#include "base/test_wall.h"

#include "base/encoding.h"

#include <iconv.h>

struct character {
	char text[256];
	size_t n;
};

static struct str
character_text(const struct character *t)
{
	return (struct str){ .p = t->text, .n = t->n };
}

/* False when some of the bytes are no character. */
static bool
turn(enum encoding from, struct str in, struct character *to)
{
	struct transcoder t = { .from = from };

	assert_true(TRANSCODE_ROOM(in.n) <= sizeof(to->text));
	to->n = in.n ? transcode(&t, in.p, in.n, to->text) : 0;
	to->n += transcode(&t, NULL, 0, to->text + to->n);
	return t.bad == 0;
}

static uint32_t
code_of(struct str s)
{
	const uint8_t *p = (const uint8_t *)s.p;

	return s.n == 2 ? (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu)
			: (p[0] & 0xfu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
}

/* Bytes of row and column; false when that pair has none. */
typedef struct str pair_of(unsigned row, unsigned column, char *room);

static struct str
cp932_pair(unsigned row, unsigned column, char *room)
{
	unsigned trail = column + (row % 2 ? 0x9f : 0x40);

	room[0] = (char)(row / 2 + (row < 62 ? 0x81 : 0xc1));
	room[1] = (char)(trail + (row % 2 == 0 && trail >= 0x7f));
	return (struct str){ .p = room, .n = 2 };
}

static struct str
euc_pair(unsigned row, unsigned column, char *room)
{
	room[0] = (char)(0xa1 + row);
	room[1] = (char)(0xa1 + column);
	return (struct str){ .p = room, .n = 2 };
}

static struct str
euc_triple(unsigned row, unsigned column, char *room)
{
	room[0] = (char)0x8f;
	room[1] = (char)(0xa1 + row);
	room[2] = (char)(0xa1 + column);
	return (struct str){ .p = room, .n = 3 };
}

/* The sums are Python's, of its own codecs: scripts/make-encodings prints them. */
static const struct {
	const char *name;
	enum encoding from;
	pair_of *pair;
	unsigned rows;
	uint64_t sum;
	const char *iconv;
} tables[] = {
	{ "CP932", ENCODING_CP932, cp932_pair, 120, 0x0e5df39c3c3d3ba4, "CP932" },
	{ "EUC-JP, JIS X 0208", ENCODING_EUC_JP, euc_pair, 94, 0, "EUC-JP-MS" },
	{ "EUC-JP, JIS X 0212", ENCODING_EUC_JP, euc_triple, 94, 0x9bd9daf003582e82, "EUC-JP-MS" },
};

static void
sums_of_tables(void **state UNUSED)
{
	char room[4];

	for (size_t i = 0; i < COUNT(tables); i++) {
		uint64_t sum = 0;

		for (unsigned at = 0; at < tables[i].rows * 94; at++) {
			struct character t;
			struct str in = tables[i].pair(at / 94, at % 94, room);
			uint32_t c = turn(tables[i].from, in, &t) ? code_of(character_text(&t)) : 0;

			if (c && (c < 0xe000 || c > 0xf8ff))
				sum = sum * 31 + (uint64_t)at * 65536 + c;
		}
		if (tables[i].sum)
			want_i64(tables[i].name, "sum", (int64_t)tables[i].sum, (int64_t)sum);
	}
}

/*
 * Does iconv(3) know better?  EUC-JP-MS lends the rows of NEC's selection to what users define (private area), and has
 * another
 * broken bar and IBM's characters in JIS X 0212.
 */
static bool
known_difference(struct str in, struct str theirs)
{
	return (theirs.n == 3 && code_of(theirs) >= 0xe000 && code_of(theirs) <= 0xf8ff) ||
	       str_eq(in, STR("\x8f\xa2\xc3")) || str_starts(in, STR("\x8f\xf3")) ||
	       str_starts(in, STR("\x8f\xf4"));
}

/* Where an iconv(3) gives a character, is it ours?  Returns how many are not. */
static unsigned
differences(size_t i, iconv_t with, unsigned *same)
{
	unsigned differ = 0;
	char room[4];

	for (unsigned at = 0; at < tables[i].rows * 94; at++) {
		struct str in = tables[i].pair(at / 94, at % 94, room);
		char theirs[16], *from = room, *to = theirs;
		size_t left = in.n, free_bytes = sizeof(theirs);
		struct character t;
		struct str got;

		iconv(with, NULL, NULL, NULL, NULL);
		if (iconv(with, &from, &left, &to, &free_bytes) == (size_t)-1 || left)
			continue;
		got = (struct str){ .p = theirs, .n = (size_t)(to - theirs) };
		if (!turn(tables[i].from, in, &t) || !str_eq(character_text(&t), got))
			differ += tables[i].from == ENCODING_CP932 || !known_difference(in, got);
		else
			++*same;
	}
	return differ;
}

static void
as_iconv_says(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(tables); i++) {
		iconv_t with = iconv_open("UTF-8", tables[i].iconv);
		unsigned same = 0, differ;

		if (with == (iconv_t)-1) /* NOLINT(performance-no-int-to-ptr): POSIX has it so */
			continue;
		differ = differences(i, with, &same);
		iconv_close(with);
		want_i64(tables[i].name, "differences", 0, differ);
		want_bool(tables[i].name, "most are there", true, same > 6000);
	}
}

/* A line of the file, without its newline. */
static struct str
next_line(struct str *rest)
{
	return str_split(rest, '\n');
}

static struct str
whole_file(struct arena *a, const char *folder, const char *name)
{
	struct str path = arena_printf(a, "%s/japan/shift_jis/%s", folder, name);
	FILE *f = fopen(path.p, "rb");
	enum { MOST = 1 << 20 };
	char *p = arena_alloc(a, MOST);
	size_t n;

	if (!f)
		return (struct str){ 0 };
	n = fread(p, 1, MOST, f);
	fclose(f);
	return (struct str){ .p = p, .n = n };
}

/* All pointers of the standard's index, each in its line, with the text that is wanted; and back, as far as that goes. */
static void
vectors_of_the_standard(void **state UNUSED)
{
	static const char *const files[][2] = {
		{ "shift_jis_in.txt", "shift_jis_in_ref.txt" },
		{ "shift_jis_out_ref.txt", "shift_jis_out.txt" },
	};
	const char *folder = getenv("SEKISHO_CORPUS");
	struct arena a = { 0 };

	if (!folder) {
		print_message("skipped: SEKISHO_CORPUS names no folder\n");
		return;
	}
	for (size_t i = 0; i < COUNT(files); i++) {
		struct str in = whole_file(&a, folder, files[i][0]);
		struct str want = whole_file(&a, folder, files[i][1]);
		uint64_t bad = 0;
		struct str all = encoding_to_utf8(&a, in, ENCODING_CP932, &bad);
		unsigned lines = 0;

		want_bool(files[i][0], "is there", true, in.n > 0 && want.n > 0);
		want_str(files[i][0], "whole text", want, all);
		for (; in.n; lines++) {
			struct character t;

			turn(ENCODING_CP932, next_line(&in), &t);
			want_str(files[i][0], "line", next_line(&want), character_text(&t));
		}
		want_bool(files[i][0], "has its lines", true, lines > 7000);
	}
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_of_tables),
		cmocka_unit_test(as_iconv_says),
		cmocka_unit_test(vectors_of_the_standard),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
