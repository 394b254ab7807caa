/*
 * when_own.h - what the files of when share: a time as its text says it, before calendar and zone have judged it.
 */
#ifndef SEKISHO_BASE_WHEN_OWN_H
#define SEKISHO_BASE_WHEN_OWN_H

#include "base/when.h"

enum when_how {
	HOW_SHAPE,
	HOW_CLF,
	HOW_ISO8601,
	HOW_EPOCH, /* and the three behind it: units of 10^0, 10^-3, 10^-6, 10^-9 seconds */
	HOW_EPOCH_MS,
	HOW_EPOCH_US,
	HOW_EPOCH_NS,
	HOW_PATTERN
};

struct when {
	enum when_how how;
	const struct zone *zone;
	int year;
	struct str pattern; /* its shorthands (%T) written out */
	const char *expected;
};

/* What a text says.  Places are bytes of the text. */
struct moment {
	int year, month, day;
	int hour, minute, second, ms;
	unsigned era;      /* KANJI_ERA and up, or 0 */
	int32_t offset;    /* seconds east */
	int64_t instant_s; /* with is_instant: all there is beside second and ms */
	bool is_instant;   /* and seconds go to 99: the last two digits of a number */
	bool has_offset;
	bool of_year; /* the day is of the year, and there is no month */
	bool strict;  /* hours end at 23 */
	size_t second_at, second_n, fraction_at, fraction_n; /* n 0: not as plain digits */
	const char *wrong; /* what was expected, when more than the form is wrong; or NULL */
};

/* A text being read: ASCII, and kanji as one byte each (when_kanji.c). */
struct when_scan {
	const char *p, *end, *from;
	const uint8_t *place; /* of each byte in the text it was made of; NULL: its own */
};

static inline int
when_digit(const struct when_scan *s)
{
	unsigned d = s->p < s->end ? (unsigned char)*s->p - 48U : 10;

	return d > 9 ? -1 : (int)d;
}

static inline bool
when_eat(struct when_scan *s, unsigned c)
{
	if (s->p == s->end || (unsigned char)*s->p != c)
		return false;
	s->p++;
	return true;
}

/* `least` to `most` digits, as many as there are. */
bool when_number(struct when_scan *s, int least, int most, int *out);
bool when_seconds(struct when_scan *s, int least, struct moment *m); /* least digits, to 2 */
bool when_fraction(struct when_scan *s, struct moment *m);           /* 1 to 9 digits */
bool when_offset(struct when_scan *s, struct moment *m);             /* Z, +hh:mm, +hhmm, +hh */
bool when_zone_word(struct when_scan *s, struct moment *m);          /* UTC, GMT, JST, Z */

/* A name of a month, or its first three letters; 1 to 12.  Any case. */
bool when_month(struct when_scan *s, int *month);
bool when_weekday(struct when_scan *s);
bool when_word(struct when_scan *s, const char *word); /* any case */

bool when_epoch(struct str text, enum when_how how, struct moment *m);
bool when_shape(struct str text, enum when_how how, struct moment *m);

bool when_pattern(const struct when *when, struct str text, struct moment *m);
int when_pattern_compile(struct when *when, struct arena *arena, struct str how, struct errors *err,
			 struct place at);

/* One byte for each kanji that a date may hold, above ASCII. */
enum when_kanji {
	KANJI_YEAR = 0x80,
	KANJI_MONTH,
	KANJI_DAY, /* and Sunday */
	KANJI_HOUR,
	KANJI_MINUTE,
	KANJI_SECOND,
	KANJI_MORNING,
	KANJI_AFTERNOON,
	KANJI_FIRST,   /* 元 */
	KANJI_WEEKDAY, /* one of 火水木金土, or 曜 */
	KANJI_ERA      /* and up: one for each era */
};

enum { FOLD_MOST = 120 };

/*
 * Makes one byte of each kanji, and ASCII of full width; place[] has the beginning of each in the text, and of the end.
 * 0: holds something else, or more than FOLD_MOST bytes.
 */
size_t when_fold(struct str text, char out[FOLD_MOST], uint8_t place[FOLD_MOST + 1]);

unsigned when_era_letter(char c); /* M T S H R: KANJI_ERA and up; else 0 */
int when_era_year(unsigned era, int year);
bool when_in_era(unsigned era, int year, int month, int day);

#endif
