/*
 * when_scan.c - the pieces times are made of: numbers, fractions, offsets, names of months and days, epochs.
 */
#include "base/when_own.h"

bool
when_number(struct when_scan *s, int least, int most, int *out)
{
	int n = 0, v = 0, d;

	while (n < most && (d = when_digit(s)) >= 0) {
		v = v * 10 + d;
		s->p++;
		n++;
	}
	*out = v;
	return n >= least;
}

/* Where `n` bytes up to here stand in the text, if they are n bytes there too (full width digits are not). */
static size_t
plain(const struct when_scan *s, size_t n, size_t *at)
{
	size_t end = (size_t)(s->p - s->from), from = end - n;

	if (s->place && s->place[end] - s->place[from] != (int)n)
		return 0;
	*at = s->place ? s->place[from] : from;
	return n;
}

bool
when_seconds(struct when_scan *s, int least, struct moment *m)
{
	const char *from = s->p;

	if (!when_number(s, least, 2, &m->second))
		return false;
	m->second_n = s->p - from == 2 ? plain(s, 2, &m->second_at) : 0;
	return true;
}

bool
when_fraction(struct when_scan *s, struct moment *m)
{
	const char *from = s->p;
	int rest;

	if (!when_number(s, 1, 3, &m->ms))
		return false;
	m->ms *= s->p - from == 1 ? 100 : s->p - from == 2 ? 10 : 1;
	(void)when_number(s, 0, 6, &rest); /* finer than we keep */
	m->fraction_n = plain(s, (size_t)(s->p - from), &m->fraction_at);
	if (m->fraction_n == 0)
		m->second_n = 0;
	return true;
}

bool
when_offset(struct when_scan *s, struct moment *m)
{
	int sign, h, min = 0;

	m->has_offset = true;
	m->offset = 0;
	if (when_eat(s, 'Z') || when_eat(s, 'z'))
		return true;
	sign = when_eat(s, '+') ? 1 : when_eat(s, '-') ? -1 : 0;
	if (sign == 0 || !when_number(s, 2, 2, &h))
		return false;
	if (when_eat(s, ':') || when_digit(s) >= 0) {
		if (!when_number(s, 2, 2, &min))
			return false;
	}
	if (h > 14 || min > 59)
		m->wrong = "an offset from -14:59 to +14:59";
	m->offset = sign * (h * 3600 + min * 60);
	return true;
}

bool
when_word(struct when_scan *s, const char *word)
{
	const char *p = s->p;

	for (; *word; word++, p++) {
		if (p == s->end || (*p | 0x20) != (*word | 0x20))
			return false;
	}
	s->p = p;
	return true;
}

bool
when_zone_word(struct when_scan *s, struct moment *m)
{
	m->has_offset = true;
	m->offset = 0;
	if (when_word(s, "UTC") || when_word(s, "GMT") || when_word(s, "Z"))
		return true;
	m->offset = 9 * 3600;
	return when_word(s, "JST");
}

/* One of the names, or its first three letters. */
static bool
name_of(struct when_scan *s, const char *const *names, size_t count, int *which)
{
	for (size_t i = 0; i < count; i++) {
		const char head[] = { names[i][0], names[i][1], names[i][2], '\0' };

		if (when_word(s, names[i]) || when_word(s, head)) {
			*which = (int)i;
			return true;
		}
	}
	return false;
}

bool
when_month(struct when_scan *s, int *month)
{
	static const char *const names[] = { "January",   "February", "March",    "April",
					     "May",       "June",     "July",     "August",
					     "September", "October",  "November", "December" };

	if (!name_of(s, names, COUNT(names), month))
		return false;
	(*month)++;
	return true;
}

bool
when_weekday(struct when_scan *s)
{
	static const char *const names[] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
					     "Friday", "Saturday", "Sunday" };
	int which;

	return name_of(s, names, COUNT(names), &which);
}

/* Digits up to a count that cannot overflow. */
static int64_t
digits_value(const char *p, size_t n)
{
	int64_t v = 0;

	for (size_t i = 0; i < n; i++)
		v = v * 10 + (p[i] - '0');
	return v;
}

/* The digits behind the second as milliseconds, and whether there is something finer. */
static bool
fraction_ms(struct str fraction, size_t unit, int *ms)
{
	int64_t v = digits_value(fraction.p, fraction.n), one = 1;

	/* 12 of epoch_ms is .012, and .12 is 120 */
	for (size_t i = 3; i < (unit ? unit : fraction.n); i++)
		one *= 10;
	*ms = (int)(v / one);
	for (size_t i = fraction.n; unit == 0 && i < 3; i++)
		*ms *= 10;
	return v % one != 0;
}

/*
 * A whole number of the unit; of seconds a fraction may follow behind a point.  Of a number with ten digits of seconds
 * the last two change from line to line, and are kept apart for the cache.
 */
bool
when_epoch(struct str text, enum when_how how, struct moment *m)
{
	bool negative = text.n && text.p[0] == '-', finer;
	struct str s = str_skip(text, negative), fraction = { 0 };
	size_t digits = str_digits(s), unit = how > HOW_EPOCH ? 3 * (size_t)(how - HOW_EPOCH) : 0;
	size_t whole = digits > unit ? digits - unit : 0;

	if (digits == 0 || whole > 12)
		return false;
	if (digits < s.n) {
		fraction = str_skip(s, digits + 1);
		if (unit || s.p[digits] != '.' || fraction.n < 1 || fraction.n > 9 ||
		    str_digits(fraction) != fraction.n)
			return false;
	} else {
		fraction = str_skip(s, whole);
	}
	m->is_instant = true;
	if (whole >= 2) {
		m->instant_s = digits_value(s.p, whole - 2) * 100;
		m->second = (int)digits_value(s.p + whole - 2, 2);
		m->second_at = whole - 2;
		m->second_n = 2;
	} else {
		m->instant_s = digits_value(s.p, whole);
	}
	m->fraction_at = (size_t)(fraction.p - text.p);
	m->fraction_n = fraction.n;
	finer = fraction_ms(fraction, unit, &m->ms);
	if (negative) {
		/* -1.5 s is the millisecond -1500; what is finer goes down, as it does after 1970 */
		m->instant_s = -(m->instant_s + m->second);
		m->second = 0;
		m->ms = -m->ms - finer;
		m->second_n = 0;
	}
	return true;
}
