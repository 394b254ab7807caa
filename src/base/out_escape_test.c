/*
 * out_escape_test.c - any bytes in, nothing active out: JSON and terminal text against readers of
 * their own kind, written here.
 */
#include "base/test_wall.h"

#include "base/out.h"

static struct out o;

static int
make_out(void **state UNUSED)
{
	out_memory(&o);
	return 0;
}

static int
free_out(void **state UNUSED)
{
	out_discard(&o);
	return 0;
}

static struct str
escaped(void (*escape)(struct out *, struct str), struct str s)
{
	o.n = 0;
	escape(&o, walled(s));
	return out_taken(&o);
}

/* Table 3-7 of the Unicode standard, row by row: length of the well-formed sequence at p, or 0. */
static size_t
well_formed(const unsigned char *p, size_t n, uint32_t *cp)
{
	static const unsigned char rows[][4] = {
		/* first byte from, to; second byte from, to */
		{ 0xc2, 0xdf, 0x80, 0xbf }, { 0xe0, 0xe0, 0xa0, 0xbf }, { 0xe1, 0xec, 0x80, 0xbf },
		{ 0xed, 0xed, 0x80, 0x9f }, { 0xee, 0xef, 0x80, 0xbf }, { 0xf0, 0xf0, 0x90, 0xbf },
		{ 0xf1, 0xf3, 0x80, 0xbf }, { 0xf4, 0xf4, 0x80, 0x8f },
	};

	*cp = p[0];
	if (p[0] < 0x80)
		return 1;
	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t length = i == 0 ? 2 : i < 5 ? 3 : 4;

		if (p[0] < rows[i][0] || p[0] > rows[i][1])
			continue;
		if (n < length || p[1] < rows[i][2] || p[1] > rows[i][3])
			return 0;
		*cp = p[0] & (0xffU >> (length + 1));
		for (size_t k = 1; k < length; k++) {
			if (p[k] < 0x80 || p[k] > 0xbf)
				return 0;
			*cp = *cp * 64 + (p[k] & 63U);
		}
		return length;
	}
	return 0;
}

/* Controls, bidi, zero width, tags: what THREATS 35 keeps from a terminal. */
static bool
active(uint32_t cp)
{
	static const uint32_t ranges[][2] = {
		{ 0, 0x1f },        { 0x7f, 0x9f },     { 0x61c, 0x61c },
		{ 0x200b, 0x200f }, { 0x2028, 0x202e }, { 0x2060, 0x2060 },
		{ 0x2066, 0x2069 }, { 0xfeff, 0xfeff }, { 0xe0000, 0xe007f },
	};

	for (size_t i = 0; i < COUNT(ranges); i++) {
		if (cp >= ranges[i][0] && cp <= ranges[i][1])
			return true;
	}
	return false;
}

static void
fail_on(const char *what, struct str in, struct str got)
{
	char a[400], b[800];

	fail_msg("%s: [%s] became [%s]", what, shown(in, a, sizeof(a)), shown(got, b, sizeof(b)));
}

/* Everything printed is well-formed UTF-8 and steers nothing. */
static void
check_quiet(struct str in, struct str got)
{
	uint32_t cp;

	for (size_t at = 0; at < got.n;) {
		size_t n = well_formed((const unsigned char *)got.p + at, got.n - at, &cp);

		if (n == 0 || active(cp))
			fail_on(n ? "something active" : "not UTF-8", in, got);
		at += n;
	}
}

static unsigned
hex_value(struct str s, size_t at, size_t digits)
{
	unsigned v = 0;

	for (size_t i = 0; i < digits; i++) {
		const struct str all = STR("0123456789abcdef0123456789ABCDEF");
		size_t digit = at + i < s.n ? str_find(all, s.p[at + i]) : all.n;

		if (digit == all.n)
			fail_on("no hex digit", s, s);
		v = v * 16 + (unsigned)(digit % 16);
	}
	return v;
}

/* out_tty undone: \\ and \xNN. */
static void
check_tty(struct str in)
{
	struct str got = escaped(out_tty, in);
	char back[400];
	size_t n = 0;

	check_quiet(in, got);
	for (size_t i = 0; i < got.n; i++) {
		if (got.p[i] != '\\') {
			back[n++] = got.p[i];
		} else if (i + 1 < got.n && got.p[i + 1] == '\\') {
			back[n++] = '\\';
			i++;
		} else {
			if (i + 1 >= got.n || got.p[i + 1] != 'x')
				fail_on("a backslash alone", in, got);
			back[n++] = (char)hex_value(got, i + 2, 2);
			i += 3;
		}
	}
	if (!str_eq(in, (struct str){ back, n }))
		fail_on("not undone on a terminal", in, got);
}

static size_t
put_utf8(char *p, uint32_t cp)
{
	if (cp < 0x80) {
		p[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		p[0] = (char)(0xc0 | cp >> 6);
		p[1] = (char)(0x80 | (cp & 63));
		return 2;
	}
	if (cp < 0x10000) {
		p[0] = (char)(0xe0 | cp >> 12);
		p[1] = (char)(0x80 | (cp >> 6 & 63));
		p[2] = (char)(0x80 | (cp & 63));
		return 3;
	}
	p[0] = (char)(0xf0 | cp >> 18);
	p[1] = (char)(0x80 | (cp >> 12 & 63));
	p[2] = (char)(0x80 | (cp >> 6 & 63));
	p[3] = (char)(0x80 | (cp & 63));
	return 4;
}

/* One escape of a JSON string (RFC 8259) at s.p[*at], behind the backslash. */
static uint32_t
json_escaped(struct str s, size_t *at)
{
	static const char to[] = "\"\\/\b\f\n\r\t";
	size_t simple = str_find(STR("\"\\/bfnrt"), s.p[*at]);
	uint32_t cp, low;

	if (simple < 8) {
		++*at;
		return (uint32_t)to[simple];
	}
	if (s.p[*at] != 'u')
		fail_on("not an escape of JSON", s, s);
	cp = hex_value(s, *at + 1, 4);
	*at += 5;
	if (cp < 0xd800 || cp > 0xdfff)
		return cp;
	if (cp > 0xdbff || *at + 6 > s.n || s.p[*at] != '\\' || s.p[*at + 1] != 'u')
		fail_on("half a surrogate pair", s, s);
	low = hex_value(s, *at + 2, 4);
	if (low < 0xdc00 || low > 0xdfff)
		fail_on("half a surrogate pair", s, s);
	*at += 6;
	return 0x10000 + (cp - 0xd800) * 0x400 + (low - 0xdc00);
}

/* A JSON string of exactly the input's text, malformed bytes as the text \xNN. */
static void
check_json(struct str in)
{
	struct str got = escaped(out_json, in), inside = { got.p + 1, got.n - 2 };
	char back[400] = "", want[400];
	size_t n = 0, wanted = 0;
	uint32_t cp;

	check_quiet(in, got);
	if (got.n < 2 || got.p[0] != '"' || got.p[got.n - 1] != '"' || memchr(got.p, '<', got.n))
		fail_on("not a quoted string without <", in, got);
	for (size_t at = 0; at < inside.n;) {
		if (inside.p[at] == '"')
			fail_on("a bare quote", in, got);
		if (inside.p[at] == '\\') {
			if (++at == inside.n)
				fail_on("the closing quote is escaped", in, got);
			n += put_utf8(back + n, json_escaped(inside, &at));
		} else {
			back[n++] = inside.p[at++];
		}
	}
	for (size_t at = 0; at < in.n;) {
		size_t k = well_formed((const unsigned char *)in.p + at, in.n - at, &cp);

		if (k)
			memcpy(want + wanted, in.p + at, k);
		else
			snprintf(want + wanted, 5, "\\x%02X", (unsigned)(unsigned char)in.p[at]);
		wanted += k ? k : 4;
		at += k ? k : 1;
	}
	if (n != wanted || memcmp(back, want, n) != 0)
		fail_on("another text in JSON", in, got);
}

static void
every_byte_and_every_pair(void **state UNUSED)
{
	for (unsigned i = 0; i < 0x10000; i++) {
		char p[2] = { (char)(i >> 8), (char)i };

		check_tty((struct str){ p, 2 });
		check_json((struct str){ p, 2 });
		if (i < 256) {
			check_tty((struct str){ p + 1, 1 });
			check_json((struct str){ p + 1, 1 });
		}
	}
	check_json((struct str){ 0 });
	check_tty((struct str){ 0 });
}

/* Every lead byte of three with every second byte; the third at the edges of its range. */
static void
sequences_of_three_and_four(void **state UNUSED)
{
	static const unsigned char edges[] = {
		0x00, 0x41, 0x7f, 0x80, 0x8b, 0xaa, 0xbf, 0xc0, 0xff
	};
	struct dice d = { 21 };

	for (unsigned i = 0xe000; i <= 0xf8ff; i++) {
		for (size_t e = 0; e < COUNT(edges); e++) {
			char p[4] = { (char)(i >> 8), (char)i, (char)edges[e],
				      (char)(throw_of(&d, 256)) };

			for (size_t n = 3; n <= 4; n++) {
				check_tty((struct str){ p, n });
				check_json((struct str){ p, n });
			}
		}
	}
}

static void
every_character(void **state UNUSED)
{
	for (uint32_t cp = 0; cp < 0x110000; cp += cp < 0x3000 || cp > 0xdfff00 ? 1 : 7) {
		char p[4];
		size_t n = put_utf8(p, cp);

		check_tty((struct str){ p, n });
		check_json((struct str){ p, n });
	}
}

static void
payloads_do_nothing(void **state UNUSED)
{
	static const struct {
		const char *name, *text, *want;
	} cases[] = {
		{ "ANSI clears the screen", "\033[2J", "\\x1B[2J" },
		{ "OSC sets the title", "\033]0;PWNED\a", "\\x1B]0;PWNED\\x07" },
		{ "C1 in UTF-8",
		  "\xc2\x9b"
		  "2J",
		  "\\xC2\\x9B2J" },
		/* NOLINTBEGIN(misc-misleading-bidirectional): they are the payload */
		{ "a bidi override",
		  "a\xe2\x80\xae"
		  "b",
		  "a\\xE2\\x80\\xAEb" },
		{ "a bidi isolate", "\xe2\x81\xa7", "\\xE2\\x81\\xA7" },
		/* NOLINTEND(misc-misleading-bidirectional) */
		{ "a zero width space", "\xe2\x80\x8b", "\\xE2\\x80\\x8B" },
		{ "a tag character", "\xf3\xa0\x81\x81", "\\xF3\\xA0\\x81\\x81" },
		{ "a backslash is doubled", "a\\x41", "a\\\\x41" },
		{ "a newline is text", "a\nb", "a\\x0Ab" },
		{ "Japanese stays", "託送", "託送" },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		want_str(cases[i].name, "text", str_of(cases[i].want),
			 escaped(out_tty, str_of(cases[i].text)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte_and_every_pair),
		cmocka_unit_test(sequences_of_three_and_four),
		cmocka_unit_test(every_character),
		cmocka_unit_test(payloads_do_nothing),
	};

	return cmocka_run_group_tests(tests, make_out, free_out);
}
