/*
 * when_kanji.c - Japanese dates: kanji and full width to one byte each, and the eras with their real days.
 *
 * 1868 to 1872 counted lunar months, which are none of ours: Meiji begins with its 6th year, the first of this calendar.
 * An emperor's first day is the new era's: 1926-12-25 is Showa 1 and no day of Taisho.
 */
#include "base/when_own.h"

#include "base/civil.h"

static const struct {
	const char *name, *square; /* U+337E and the like */
	int before;                /* the year before its first */
	struct civil first, last;
	char letter;
} eras[] = {
	{ "令和", "\xe3\x8b\xbf", 2018, { 2019, 5, 1 }, { 9999, 12, 31 }, 'R' },
	{ "平成", "\xe3\x8d\xbb", 1988, { 1989, 1, 8 }, { 2019, 4, 30 }, 'H' },
	{ "昭和", "\xe3\x8d\xbc", 1925, { 1926, 12, 25 }, { 1989, 1, 7 }, 'S' },
	{ "大正", "\xe3\x8d\xbd", 1911, { 1912, 7, 30 }, { 1926, 12, 24 }, 'T' },
	{ "明治", "\xe3\x8d\xbe", 1867, { 1873, 1, 1 }, { 1912, 7, 29 }, 'M' },
};

static const struct {
	const char *text;
	uint8_t byte;
} kanji[] = {
	{ "年", KANJI_YEAR },      { "月", KANJI_MONTH },       { "日", KANJI_DAY },
	{ "時", KANJI_HOUR },      { "分", KANJI_MINUTE },      { "秒", KANJI_SECOND },
	{ "午前", KANJI_MORNING }, { "午後", KANJI_AFTERNOON }, { "元", KANJI_FIRST },
	{ "火", KANJI_WEEKDAY },   { "水", KANJI_WEEKDAY },     { "木", KANJI_WEEKDAY },
	{ "金", KANJI_WEEKDAY },   { "土", KANJI_WEEKDAY },     { "曜", KANJI_WEEKDAY },
	{ "\xe3\x80\x80", ' ' }, /* the ideographic space */
};

/* U+FF01 to U+FF5E are ASCII of full width; 0 when it is none. */
static char
narrow(const char *p)
{
	unsigned a = (unsigned char)p[0], b = (unsigned char)p[1], c = (unsigned char)p[2];

	if (a != 0xef || (b != 0xbc && b != 0xbd) || c < 0x80 || c > 0xbf)
		return 0;
	c = 0x20 + (b - 0xbc) * 64 + (c - 0x80);
	return c > 0x20 && c < 0x7f ? (char)c : 0;
}

/* The byte for what stands at the front of s, and in *n how long that is; 0 for what no date holds. */
static uint8_t
fold_one(struct str s, size_t *n)
{
	*n = 1;
	if ((unsigned char)s.p[0] < 0x80)
		return (uint8_t)s.p[0];
	*n = 3;
	if (s.n >= 3 && narrow(s.p))
		return (uint8_t)narrow(s.p);
	for (size_t i = 0; i < COUNT(kanji); i++) {
		if (str_starts(s, str_of(kanji[i].text))) {
			*n = strlen(kanji[i].text);
			return kanji[i].byte;
		}
	}
	for (size_t i = 0; i < COUNT(eras); i++) {
		*n = 6;
		if (str_starts(s, str_of(eras[i].name)))
			return (uint8_t)(KANJI_ERA + i);
		*n = 3;
		if (str_starts(s, str_of(eras[i].square)))
			return (uint8_t)(KANJI_ERA + i);
	}
	return 0;
}

size_t
when_fold(struct str text, char out[FOLD_MOST], uint8_t place[FOLD_MOST + 1])
{
	size_t n = 0, size;

	if (text.n > FOLD_MOST)
		return 0;
	for (size_t at = 0; at < text.n; at += size) {
		uint8_t c = fold_one(str_skip(text, at), &size);

		if (c == 0)
			return 0;
		place[n] = (uint8_t)at;
		out[n++] = (char)c;
	}
	place[n] = (uint8_t)text.n;
	return n;
}

unsigned
when_era_letter(char c)
{
	for (unsigned i = 0; i < COUNT(eras); i++) {
		if (eras[i].letter == c)
			return KANJI_ERA + i;
	}
	return 0;
}

int
when_era_year(unsigned era, int year)
{
	return year < 1 ? 0 : eras[era - KANJI_ERA].before + year;
}

bool
when_in_era(unsigned era, int year, int month, int day)
{
	struct civil a = eras[era - KANJI_ERA].first, b = eras[era - KANJI_ERA].last;
	int32_t d = civil_day(year, month, day);

	return d >= civil_day(a.year, a.month, a.day) && d <= civil_day(b.year, b.month, b.day);
}
