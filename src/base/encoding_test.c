/*
 * encoding_test.c - characters of every encoding, written by hand, and every text cut at every byte.
 */
#include "base/test_wall.h"

#include "base/encoding.h"

enum { ROOM = 4096 };

struct turned {
	char text[ROOM];
	size_t n;
	uint64_t bad;
};

/* The text in pieces that end at `cut`, `cut2` and then at every `step` bytes; each piece has a wall behind it. */
static void
turn(enum encoding from, struct str in, size_t cut, size_t cut2, size_t step, struct turned *to)
{
	struct transcoder t = { .from = from };
	size_t at = 0;

	to->n = 0;
	while (at < in.n) {
		size_t next = at < cut ? cut : at < cut2 ? cut2 : at + step;
		struct str piece = walled(str_head(str_skip(in, at), min_size(next, in.n) - at));

		assert_true(to->n + TRANSCODE_ROOM(piece.n) <= ROOM);
		to->n += transcode(&t, piece.p, piece.n, to->text + to->n);
		at += piece.n;
	}
	to->n += transcode(&t, NULL, 0, to->text + to->n);
	to->bad = t.bad;
}

static struct str
turned_text(const struct turned *t)
{
	return (struct str){ .p = t->text, .n = t->n };
}

static const struct {
	const char *name;
	enum encoding from;
	struct str in, want;
	uint64_t bad;
} cases[] = {
	{ "an empty text", ENCODING_CP932, BYTES(""), BYTES(""), 0 },
	{ "no encoding is bytes as they are", ENCODING_NONE, BYTES("\xef\xbb\xbf\xff\x00"),
	  BYTES("\xef\xbb\xbf\xff\x00"), 0 },
	{ "ASCII longer than what is copied at once, and NUL", ENCODING_CP932,
	  BYTES("time,account,address,\0object\r\n"), BYTES("time,account,address,\0object\r\n"),
	  0 },
	{ "CP932: backslash and tilde stay what they are", ENCODING_CP932, BYTES("a\\b~c"),
	  BYTES("a\\b~c"), 0 },
	{ "CP932: kanji, kana and ASCII", ENCODING_CP932,
	  BYTES("\x93\xfa\x8e\x9e,\x97\x98\x97\x70\x8e\xd2ID"), BYTES("日時,利用者ID"), 0 },
	{ "CP932: a second byte may be a backslash", ENCODING_CP932,
	  BYTES("\x95\x5c\x8e\xa6\x94\x5c"), BYTES("表示能"), 0 },
	{ "CP932: the wave dash of Windows", ENCODING_CP932, BYTES("\x81\x60\x81\x7c\x81\x61"),
	  BYTES("～－∥"), 0 },
	{ "CP932: half-width katakana", ENCODING_CP932, BYTES("\xb6\xbd\xd0\xa1\xdf"),
	  BYTES("ｶｽﾐ｡ﾟ"), 0 },
	{ "CP932: row 13 of NEC", ENCODING_CP932, BYTES("\x87\x40\x87\x54\x87\x8a\x87\x90"),
	  BYTES("①Ⅰ㈱≒"), 0 },
	{ "CP932: IBM's by NEC and by IBM", ENCODING_CP932,
	  BYTES("\xed\x40\xee\xfc\xfa\x40\xfb\xfc\xfc\x4b"), BYTES("纊＂ⅰ髙黑"), 0 },
	{ "CP932: the user's own area, first and last", ENCODING_CP932, BYTES("\xf0\x40\xf9\xfc"),
	  BYTES("\xee\x80\x80\xee\x9d\x97"), 0 },
	{ "CP932: a newline behind half a character stays", ENCODING_CP932, BYTES("\x93\n\x93\xfa"),
	  BYTES("\xef\xbf\xbd\n日"), 1 },
	{ "CP932: a comma and a quote behind half a character stay", ENCODING_CP932,
	  BYTES("\x93,\x93\""), BYTES("\xef\xbf\xbd,\xef\xbf\xbd\""), 2 },
	{ "CP932: an unassigned pair is one mistake", ENCODING_CP932, BYTES("\x81\xad\x85\x9f"),
	  BYTES("\xef\xbf\xbd\xef\xbf\xbd"), 2 },
	{ "CP932: an unassigned pair gives its ASCII back", ENCODING_CP932,
	  BYTES("\x85\x40\x85\x7f"), BYTES("\xef\xbf\xbd@\xef\xbf\xbd\x7f"), 2 },
	{ "CP932: single bytes that are nothing", ENCODING_CP932, BYTES("\xa0\xfd\xfe\xff"),
	  BYTES("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"), 4 },
	{ "CP932: half a character at the end", ENCODING_CP932, BYTES("a\x93"),
	  BYTES("a\xef\xbf\xbd"), 1 },
	{ "CP932: the mark of UTF-8 is bytes like others", ENCODING_CP932, BYTES("\xef\xbb\xbf"),
	  BYTES("\xef\xbf\xbd\xef\xbd\xbf"), 1 },
	{ "EUC-JP: kanji, half-width katakana, row 13", ENCODING_EUC_JP,
	  BYTES("\xc6\xfc\xbb\xfe,\x8e\xb6\x8e\xbd\xad\xa1"), BYTES("日時,ｶｽ①"), 0 },
	{ "EUC-JP: JIS X 0212", ENCODING_EUC_JP, BYTES("\x8f\xb0\xa1\x8f\xed\xe3\x8f\xa2\xb7"),
	  BYTES("丂龥～"), 0 },
	{ "EUC-JP: ASCII behind half a character stays", ENCODING_EUC_JP,
	  BYTES("\xc6\n\x8e\"\x8f,\x8f\xb0,"),
	  BYTES("\xef\xbf\xbd\n\xef\xbf\xbd\"\xef\xbf\xbd,\xef\xbf\xbd,"), 4 },
	{ "EUC-JP: bytes and pairs that are nothing", ENCODING_EUC_JP,
	  BYTES("\x80\xa0\xff\xa9\xa1\x8e\xe0"),
	  BYTES("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"), 5 },
	{ "EUC-JP: half a character at the end", ENCODING_EUC_JP, BYTES("\x8f\xb0"),
	  BYTES("\xef\xbf\xbd"), 1 },
	{ "UTF-8: all lengths", ENCODING_UTF8,
	  BYTES("a\xc2\x80é日\xf0\xa9\xb8\xbd\xf4\x8f\xbf\xbf"),
	  BYTES("a\xc2\x80é日\xf0\xa9\xb8\xbd\xf4\x8f\xbf\xbf"), 0 },
	{ "UTF-8: a mark is dropped, once", ENCODING_UTF8, BYTES("\xef\xbb\xbf\xef\xbb\xbf日"),
	  BYTES("\xef\xbb\xbf日"), 0 },
	{ "UTF-8: overlong, surrogate and too great", ENCODING_UTF8,
	  BYTES("\xc0\xaf/\xed\xa0\x80/\xf4\x90\x80\x80"),
	  BYTES("\xef\xbf\xbd\xef\xbf\xbd/\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd/"
		"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"),
	  9 },
	{ "UTF-8: what could have gone on is one mistake", ENCODING_UTF8,
	  BYTES("\xf0\x90\x80\n\xe3\x81\"\xc3"), BYTES("\xef\xbf\xbd\n\xef\xbf\xbd\"\xef\xbf\xbd"),
	  3 },
	{ "UTF-16LE: all lengths", ENCODING_UTF16LE, BYTES("a\0\xe9\0\xe5\x65\x67\xd8\x3d\xde"),
	  BYTES("aé日\xf0\xa9\xb8\xbd"), 0 },
	{ "UTF-16LE: a mark is dropped", ENCODING_UTF16LE, BYTES("\xff\xfe\xe5\x65"), BYTES("日"),
	  0 },
	{ "UTF-16LE: a mark says that it is not", ENCODING_UTF16LE,
	  BYTES("\xfe\xff\x65\xe5\xfe\xff"), BYTES("日\xef\xbb\xbf"), 0 },
	{ "UTF-16BE: all lengths", ENCODING_UTF16BE, BYTES("\0a\0\xe9\x65\xe5\xd8\x67\xde\x3d"),
	  BYTES("aé日\xf0\xa9\xb8\xbd"), 0 },
	{ "UTF-16BE: a mark says that it is not", ENCODING_UTF16BE, BYTES("\xff\xfe\xe5\x65"),
	  BYTES("日"), 0 },
	{ "UTF-16: surrogates without their other half", ENCODING_UTF16BE,
	  BYTES("\xdc\0\0a\xd8\0\0b\xd8\0\xd8\x67\xde\x3d"),
	  BYTES("\xef\xbf\xbd"
		"a\xef\xbf\xbd"
		"b\xef\xbf\xbd\xf0\xa9\xb8\xbd"),
	  3 },
	{ "UTF-16: an odd byte at the end", ENCODING_UTF16LE, BYTES("a\0b"), BYTES("a\xef\xbf\xbd"),
	  1 },
	{ "UTF-16: half a pair and a byte at the end", ENCODING_UTF16LE, BYTES("a\0\x67\xd8\x3d"),
	  BYTES("a\xef\xbf\xbd"), 1 },
};

static void
characters(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct turned t;

		turn(cases[i].from, cases[i].in, 0, 0, ROOM, &t);
		want_str(cases[i].name, "text", cases[i].want, turned_text(&t));
		want_i64(cases[i].name, "bad", (int64_t)cases[i].bad, (int64_t)t.bad);
	}
}

static void
cut_anywhere(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		for (size_t cut = 0; cut <= cases[i].in.n; cut++) {
			for (size_t step = 1; step < 6; step++) {
				struct turned t;

				turn(cases[i].from, cases[i].in, cut, cut + step, step, &t);
				want_str(cases[i].name, "text", cases[i].want, turned_text(&t));
				want_i64(cases[i].name, "bad", (int64_t)cases[i].bad,
					 (int64_t)t.bad);
			}
		}
	}
}

/* Not only one after the other: behind ASCII of every length, so that a cut falls on each place of what is copied. */
static void
behind_ascii(void **state UNUSED)
{
	static const char dots[] = "........................................";

	for (size_t i = 0; i < COUNT(cases); i++) {
		for (size_t n = 1; n < 40; n++) {
			struct arena a = { 0 };
			char *p = arena_alloc(&a, n + cases[i].in.n);
			struct str in = { .p = p, .n = n + cases[i].in.n }, want;
			struct turned t;

			if (cases[i].from != ENCODING_CP932 && cases[i].from != ENCODING_EUC_JP) {
				arena_free(&a);
				continue;
			}
			want = arena_printf(&a, "%.*s", (int)n, dots);
			memcpy(p, dots, n);
			memcpy(p + n, cases[i].in.p, cases[i].in.n);
			turn(cases[i].from, in, 0, 0, ROOM, &t);
			want_str(cases[i].name, "dots", want, str_head(turned_text(&t), n));
			want_str(cases[i].name, "text", cases[i].want,
				 str_skip(turned_text(&t), n));
			arena_free(&a);
		}
	}
}

static const struct {
	const char *name;
	bool known;
	enum encoding encoding;
} names[] = {
	{ "cp932", true, ENCODING_CP932 },       { "Shift_JIS", true, ENCODING_CP932 },
	{ "Windows-31J", true, ENCODING_CP932 }, { "MS932", true, ENCODING_CP932 },
	{ "EUC-JP", true, ENCODING_EUC_JP },     { "utf-8", true, ENCODING_UTF8 },
	{ "UTF8", true, ENCODING_UTF8 },         { "utf-16", true, ENCODING_UTF16LE },
	{ "UTF-16BE", true, ENCODING_UTF16BE },  { "utf-16le", true, ENCODING_UTF16LE },
	{ "none", false, ENCODING_NONE },        { "", false, ENCODING_NONE },
	{ "cp93", false, ENCODING_NONE },        { "cp9322", false, ENCODING_NONE },
};

static void
names_and_marks(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(names); i++) {
		enum encoding e = ENCODING_NONE;

		want_bool(names[i].name, "known", names[i].known,
			  encoding_named(str_of(names[i].name), &e));
		want_i64(names[i].name, "encoding", names[i].encoding, e);
	}
	assert_int_equal(encoding_of_bom(walled(STR("\xef\xbb\xbf"))), ENCODING_UTF8);
	assert_int_equal(encoding_of_bom(walled(STR("\xff\xfe"))), ENCODING_UTF16LE);
	assert_int_equal(encoding_of_bom(walled(STR("\xfe\xff"))), ENCODING_UTF16BE);
	assert_int_equal(encoding_of_bom(walled(STR("\xef\xbb"))), ENCODING_NONE);
	assert_int_equal(encoding_of_bom(walled(STR(""))), ENCODING_NONE);
}

static void
whole_texts(void **state UNUSED)
{
	struct arena a = { 0 };
	struct str s = STR("\xef\xbb\xbf日時");
	uint64_t bad = 7;

	want_str("UTF-8", "text without its mark", STR("日時"),
		 encoding_to_utf8(&a, s, ENCODING_UTF8, &bad));
	want_i64("UTF-8", "bytes taken", 0, (int64_t)a.bytes);
	want_str("none", "text as it is", s, encoding_to_utf8(&a, s, ENCODING_NONE, &bad));
	for (size_t i = 0; i < COUNT(cases); i++) {
		want_str(cases[i].name, "whole text", cases[i].want,
			 encoding_to_utf8(&a, walled(cases[i].in), cases[i].from, &bad));
		want_i64(cases[i].name, "bad", (int64_t)cases[i].bad, (int64_t)bad);
		want_bool(cases[i].name, "is UTF-8", cases[i].from != ENCODING_NONE,
			  utf8_valid(walled(cases[i].want)));
		if (cases[i].from == ENCODING_UTF8)
			want_bool(cases[i].name, "was UTF-8", cases[i].bad == 0,
				  utf8_valid(walled(cases[i].in)));
	}
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(characters),   cmocka_unit_test(cut_anywhere),
		cmocka_unit_test(behind_ascii), cmocka_unit_test(names_and_marks),
		cmocka_unit_test(whole_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
