/*
 * when_shape.c - times told by their shape alone; the shapes exclude one another, so no order of trying decides.
 *
 *     CLF       dd/Mon/yyyy:hh:mm:ss[.f] [offset]                  a letter at byte 3
 *     epoch     10, 13, 16 or 19 digits; 10 and a point            any other number of digits from 9
 *     compact   yyyymmdd, yyyymmdd[T| ]hhmm[ss[.f]] [offset]       8, 12 or 14 digits
 *     date      [era] y sep m sep d [(weekday)] [T| ] [h:m[:s[.f]] | h時m分s秒] [offset]
 */
#include "base/when_own.h"

/* [ ](offset | UTC | GMT | JST) up to the end; or nothing. */
static bool
tail(struct when_scan *s, struct moment *m)
{
	bool blank;

	if (s->p == s->end)
		return true;
	blank = when_eat(s, ' ');
	if (!when_offset(s, m) && !(blank && when_zone_word(s, m)))
		return false;
	return s->p == s->end;
}

/* hh:mm[:ss[.f]] behind the hour. */
static bool
colon_clock(struct when_scan *s, struct moment *m)
{
	if (!when_number(s, 2, 2, &m->minute))
		return false;
	if (!when_eat(s, ':'))
		return true;
	if (!when_seconds(s, 2, m))
		return false;
	return !(when_eat(s, '.') || when_eat(s, ',')) || when_fraction(s, m);
}

/* m分s秒 behind h時. */
static bool
kanji_clock(struct when_scan *s, struct moment *m)
{
	if (when_digit(s) < 0)
		return true;
	if (!when_number(s, 1, 2, &m->minute) || !when_eat(s, KANJI_MINUTE))
		return false;
	if (when_digit(s) < 0)
		return true;
	if (!when_seconds(s, 1, m) || (when_eat(s, '.') && !when_fraction(s, m)))
		return false;
	return when_eat(s, KANJI_SECOND);
}

static bool
read_clock(struct when_scan *s, struct moment *m)
{
	bool morning = when_eat(s, KANJI_MORNING);
	bool afternoon = !morning && when_eat(s, KANJI_AFTERNOON);

	if (morning || afternoon)
		(void)when_eat(s, ' ');
	if (!when_number(s, 1, 2, &m->hour))
		return false;
	if (when_eat(s, ':') ? !colon_clock(s, m) : !when_eat(s, KANJI_HOUR) || !kanji_clock(s, m))
		return false;
	if (morning || afternoon) {
		if (m->hour > 12)
			m->wrong = "an hour from 0 to 12 before or after noon";
		m->hour = m->hour % 12 + (afternoon ? 12 : 0);
	}
	return true;
}

static bool
clf(struct str text, struct moment *m)
{
	struct when_scan s = { .p = text.p, .end = text.p + text.n, .from = text.p };

	m->strict = true;
	if (!when_number(&s, 2, 2, &m->day) || !when_eat(&s, '/') || !when_month(&s, &m->month) ||
	    s.p - s.from != 6 || !when_eat(&s, '/') || !when_number(&s, 4, 4, &m->year) ||
	    !when_eat(&s, ':') || !when_number(&s, 2, 2, &m->hour) || !when_eat(&s, ':') ||
	    !when_number(&s, 2, 2, &m->minute) || !when_eat(&s, ':') || !when_seconds(&s, 2, m))
		return false;
	if (when_eat(&s, '.') && !when_fraction(&s, m))
		return false;
	return s.p == s.end || (when_eat(&s, ' ') && when_offset(&s, m) && s.p == s.end);
}

/* hhmm[ss[.f]] */
static bool
compact_clock(struct when_scan *s, struct moment *m)
{
	if (!when_number(s, 2, 2, &m->hour) || !when_number(s, 2, 2, &m->minute))
		return false;
	if (when_digit(s) < 0)
		return true;
	if (!when_seconds(s, 2, m))
		return false;
	return !(when_eat(s, '.') || when_eat(s, ',')) || when_fraction(s, m);
}

/* yyyymmdd, and a clock with or without a T or a blank between. */
static bool
compact(struct when_scan *s, struct moment *m)
{
	bool blank;

	if (!when_number(s, 4, 4, &m->year) || !when_number(s, 2, 2, &m->month) ||
	    !when_number(s, 2, 2, &m->day))
		return false;
	if (s->p == s->end)
		return true;
	m->strict = when_eat(s, 'T') || when_eat(s, 't');
	blank = m->strict || when_eat(s, ' ');
	if (blank && s->end - s->p > 2 && s->p[2] == ':' ? !read_clock(s, m) : !compact_clock(s, m))
		return false;
	return tail(s, m);
}

/* (水) (水曜日) (Wed); it is not held against the date. */
static bool
weekday(struct when_scan *s)
{
	const char *from = s->p;

	if (when_eat(s, KANJI_MONTH) || when_eat(s, KANJI_DAY) || when_eat(s, KANJI_WEEKDAY)) {
		if (when_eat(s, KANJI_WEEKDAY))
			(void)when_eat(s, KANJI_DAY);
	} else if (!when_weekday(s)) {
		return false;
	}
	return s->p > from && when_eat(s, ')');
}

static bool
year(struct when_scan *s, struct moment *m)
{
	unsigned c = s->p < s->end ? (unsigned char)*s->p : 0;

	m->era = c >= KANJI_ERA ? c : when_era_letter((char)c);
	if (m->era == 0)
		return when_number(s, 4, 4, &m->year);
	s->p++;
	if (when_eat(s, KANJI_FIRST))
		m->year = 1;
	else if (!when_number(s, 1, 2, &m->year))
		return false;
	m->year = when_era_year(m->era, m->year);
	return true;
}

static bool
date(struct when_scan *s, struct moment *m)
{
	unsigned sep, behind = 0;

	if (!year(s, m) || s->p == s->end)
		return false;
	sep = (unsigned char)*s->p++;
	if (sep != '-' && sep != '/' && sep != '.' && sep != KANJI_YEAR)
		return false;
	if (sep == KANJI_YEAR) {
		sep = KANJI_MONTH;
		behind = KANJI_DAY;
	}
	if (!when_number(s, 1, 2, &m->month) || !when_eat(s, sep) ||
	    !when_number(s, 1, 2, &m->day) || (behind && !when_eat(s, behind)))
		return false;
	return !when_eat(s, '(') || weekday(s);
}

static bool
date_and_clock(struct when_scan *s, struct moment *m)
{
	if (!date(s, m))
		return false;
	if (s->p == s->end)
		return true;
	m->strict = when_eat(s, 'T') || when_eat(s, 't');
	if (!m->strict) {
		/* 2026年4月1日9時5分 needs no blank: 日 and ) part it */
		bool parted = (unsigned char)s->p[-1] >= 0x80 || s->p[-1] == ')';

		if (!when_eat(s, ' ') && !parted)
			return false;
	}
	return read_clock(s, m) && tail(s, m);
}

static bool
kanji(struct str text, struct moment *m)
{
	char folded[FOLD_MOST];
	uint8_t place[FOLD_MOST + 1];
	size_t n = when_fold(text, folded, place);
	struct when_scan s = { folded, folded + n, folded, place };

	return n && date_and_clock(&s, m);
}

static bool
ascii(struct str text)
{
	unsigned char high = 0;

	for (size_t i = 0; i < text.n; i++)
		high |= (unsigned char)text.p[i];
	return high < 0x80;
}

/* yyyy-mm-ddThh:mm[:ss[.f]][offset], a blank for the T, or the compact form. */
static bool
iso8601(struct when_scan *s, struct moment *m)
{
	struct when_scan ahead = *s;
	int skipped;

	if (s->end - s->p >= 8 && when_number(&ahead, 8, 8, &skipped))
		return when_number(&ahead, 0, 1, &skipped) && ahead.p - s->p == 8 && compact(s, m);
	if (s->end - s->p < 10 || when_digit(s) < 0 || s->p[4] != '-' || s->p[7] != '-' ||
	    !date_and_clock(s, m))
		return false;
	m->strict = true;
	return s->end - s->from == 10 || s->from[13] == ':';
}

/* Epochs by their number of digits, or 0 digits: no epoch. */
static enum when_how
epoch_unit(size_t digits, bool whole)
{
	switch (digits) {
	case 10:
		return HOW_EPOCH;
	case 13:
		return whole ? HOW_EPOCH_MS : HOW_SHAPE;
	case 16:
		return whole ? HOW_EPOCH_US : HOW_SHAPE;
	case 19:
		return whole ? HOW_EPOCH_NS : HOW_SHAPE;
	}
	return HOW_SHAPE;
}

bool
when_shape(struct str text, enum when_how how, struct moment *m)
{
	struct when_scan s = { .p = text.p, .end = text.p + text.n, .from = text.p };
	size_t digits = 0;

	if (how == HOW_CLF)
		return clf(text, m);
	/* Only what kanji() has folded may hold bytes above ASCII: they are its own there. */
	if (!ascii(text))
		return how == HOW_SHAPE && kanji(text, m);
	if (how == HOW_ISO8601)
		return iso8601(&s, m);
	while (digits < text.n && digits < 20 && text.p[digits] >= '0' && text.p[digits] <= '9')
		digits++;
	if (digits == 2 && text.n > 6 && text.p[2] == '/' && text.p[6] == '/')
		return clf(text, m);
	if (digits == 8 || digits == 14 || (digits == 12 && digits == text.n))
		return compact(&s, m);
	if (digits > 8) {
		how = epoch_unit(digits, digits == text.n);
		return how != HOW_SHAPE && when_epoch(text, how, m);
	}
	return date_and_clock(&s, m);
}
