/*
 * when_pattern.c - times as a pattern in the manner of strptime says; English names only, and no locale.
 * A number takes as many digits as it may have; a blank stands for one blank or more.
 */
#include "base/when_own.h"

enum { PATTERN_MOST = 200 };

static const char known[] = "%Y %y %m %d %e %b %B %j %a %A %H %I %p %M %S %f %z %Z %s %T %F %R %%";

static const struct {
	char letter;
	const char *means;
} shorthands[] = { { 'T', "%H:%M:%S" }, { 'F', "%Y-%m-%d" }, { 'R', "%H:%M" } };

/* What letters say the same thing, by one letter each: no pattern may say a thing twice. */
static char
subject(char letter)
{
	switch (letter) {
	case 'y':
		return 'Y';
	case 'e':
		return 'd';
	case 'b':
	case 'B':
		return 'm';
	case 'I':
		return 'H';
	case 'Z':
		return 'z';
	case 'A':
		return 'a';
	}
	return letter;
}

static bool
blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool
year_of_two(struct when_scan *s, struct moment *m)
{
	if (!when_number(s, 2, 2, &m->year))
		return false;
	m->year += m->year < 69 ? 2000 : 1900; /* as POSIX has it */
	return true;
}

static bool
half_day(struct when_scan *s, int *half)
{
	if (when_word(s, "AM"))
		*half = 0;
	else if (when_word(s, "PM"))
		*half = 12;
	else
		return false;
	return true;
}

static bool
epoch_second(struct when_scan *s, struct moment *m)
{
	const char *from = s->p;
	struct moment whole = { 0 };

	while (when_digit(s) >= 0)
		s->p++;
	if (!when_epoch((struct str){ from, (size_t)(s->p - from) }, HOW_EPOCH, &whole))
		return false;
	m->is_instant = true;
	m->instant_s = whole.instant_s + whole.second;
	return true;
}

static bool
date_part(char letter, struct when_scan *s, struct moment *m)
{
	switch (letter) {
	case 'Y':
		return when_number(s, 4, 4, &m->year);
	case 'y':
		return year_of_two(s, m);
	case 'm':
		return when_number(s, 1, 2, &m->month);
	case 'b':
	case 'B':
		return when_month(s, &m->month);
	case 'e':
		(void)when_eat(s, ' ');
		return when_number(s, 1, 2, &m->day);
	case 'd':
		return when_number(s, 1, 2, &m->day);
	case 'j':
		m->of_year = true;
		return when_number(s, 1, 3, &m->day);
	case 'a':
	case 'A':
		return when_weekday(s);
	}
	return false;
}

static bool
clock_part(char letter, struct when_scan *s, struct moment *m, int *half)
{
	switch (letter) {
	case 'H':
	case 'I':
		return when_number(s, 1, 2, &m->hour);
	case 'p':
		return half_day(s, half);
	case 'M':
		return when_number(s, 1, 2, &m->minute);
	case 'S':
		return when_seconds(s, 1, m);
	case 'f':
		return when_fraction(s, m);
	case 'z':
		return when_offset(s, m);
	case 'Z':
		return when_zone_word(s, m);
	case 's':
		return epoch_second(s, m);
	case '%':
		return when_eat(s, '%');
	}
	return false;
}

static bool
blanks(struct when_scan *s)
{
	const char *from = s->p;

	while (s->p < s->end && blank(*s->p))
		s->p++;
	return s->p > from;
}

bool
when_pattern(const struct when *when, struct str text, struct moment *m)
{
	struct when_scan s = { .p = text.p, .end = text.p + text.n, .from = text.p };
	const char *p = when->pattern.p, *end = p + when->pattern.n;
	int half = -1;

	m->year = when->year;
	for (; p < end; p++) {
		bool ok;

		if (*p == '%') {
			p++;
			ok = date_part(*p, &s, m) || clock_part(*p, &s, m, &half);
		} else if (blank(*p)) {
			ok = p + 1 < end && blank(p[1]) ? true : blanks(&s);
		} else {
			ok = when_eat(&s, (unsigned char)*p);
		}
		if (!ok)
			return false;
	}
	if (half >= 0) {
		if (m->hour < 1 || m->hour > 12)
			m->wrong = "an hour from 1 to 12 beside AM or PM";
		m->hour = m->hour % 12 + half;
	}
	return s.p == s.end;
}

/* Notes what the pattern says. */
static int
take_stock(struct str pattern, bool says[128], struct errors *err, struct place at)
{
	bool twelve = false;

	for (size_t i = 0; i < pattern.n; i++) {
		char c;

		if (pattern.p[i] != '%')
			continue;
		if (++i == pattern.n)
			return error_at(err, at, "'" STR_FMT "' ends with half a '%%'",
					STR_ARG(pattern));
		c = subject(pattern.p[i]);
		if (c == '%')
			continue;
		if (c <= ' ' || !strchr("YmdjaHpMSfzs", c))
			return error_at(err, at,
					"'%%%c' is not known in '" STR_FMT "'; known are %s",
					c > ' ' ? c : '?', STR_ARG(pattern), known);
		if (says[(unsigned char)c])
			return error_at(err, at, "'" STR_FMT "' says twice what '%%%c' means",
					STR_ARG(pattern), pattern.p[i]);
		says[(unsigned char)c] = true;
		twelve |= pattern.p[i] == 'I';
	}
	return says['p'] == twelve
		       ? 0
		       : error_at(err, at, "'" STR_FMT "': '%%I' and '%%p' need each other",
				  STR_ARG(pattern));
}

/* %T to %H:%M:%S */
static struct str
spell_out(struct arena *arena, struct str how)
{
	size_t n = 0;
	char *out = arena_alloc(arena, how.n * 4 + 1);

	for (size_t i = 0; i < how.n; i++) {
		struct str means = { 0 };

		for (size_t k = 0; how.p[i] == '%' && i + 1 < how.n && k < COUNT(shorthands); k++) {
			if (shorthands[k].letter == how.p[i + 1])
				means = str_of(shorthands[k].means);
		}
		if (means.n) {
			memcpy(out + n, means.p, means.n);
			n += means.n;
			i++;
			continue;
		}
		out[n++] = how.p[i];
		if (how.p[i] == '%' && i + 1 < how.n)
			out[n++] = how.p[++i];
	}
	return (struct str){ .p = out, .n = n };
}

/* Is there enough in the pattern for an instant? */
static int
complete(const struct when *when, struct str how, const bool says[128], struct errors *err,
	 struct place at)
{
	if (says['s']) {
		static const char others[] = "YmdjHpMSz";

		for (const char *c = others; *c; c++) {
			if (says[(unsigned char)*c])
				return error_at(err, at,
						"'" STR_FMT "': '%%s' is the whole time; '%%%c' "
						"beside it says it again",
						STR_ARG(how), *c);
		}
		return 0;
	}
	if (says['j'] ? says['m'] || says['d'] : !says['m'] || !says['d'])
		return error_at(err, at,
				"'" STR_FMT "' must say the day: '%%m' and '%%d', or '%%j'",
				STR_ARG(how));
	if (!says['Y'] && when->year == 0)
		return error_at(err, at,
				"'" STR_FMT "' has no year: 'year:' is needed, or '%%Y' in it",
				STR_ARG(how));
	if ((says['M'] && !says['H']) || (says['S'] && !says['M']) || (says['f'] && !says['S']))
		return error_at(err, at,
				"'" STR_FMT "' must say what is coarser: '%%H', then '%%M', "
				"'%%S', '%%f'",
				STR_ARG(how));
	if (!says['z'] && !when->zone)
		return error_at(err, at,
				"'" STR_FMT "' has no offset: 'timezone:' is needed, or '%%z' "
				"in it",
				STR_ARG(how));
	return 0;
}

int
when_pattern_compile(struct when *when, struct arena *arena, struct str how, struct errors *err,
		     struct place at)
{
	bool says[128] = { false };

	if (how.n > PATTERN_MOST)
		return error_at(err, at, "a pattern of times has at most %d bytes", PATTERN_MOST);
	when->pattern = spell_out(arena, how);
	if (take_stock(when->pattern, says, err, at) < 0)
		return -1;
	when->expected = arena_printf(arena, "a time as '" STR_FMT "' says", STR_ARG(how)).p;
	return complete(when, how, says, err, at);
}
