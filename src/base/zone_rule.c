/*
 * zone_rule.c - the rule at the end of a TZif file, in the language of POSIX's TZ: `EST5EDT,M3.2.0,M11.1.0`.
 * Names of zones are read over; offsets count west of Greenwich, as POSIX has it, and are turned here.
 */
#include "base/civil.h"
#include "base/zone_own.h"

struct rule_scan {
	const char *p, *end;
};

static bool
eat(struct rule_scan *s, char c)
{
	if (s->p == s->end || *s->p != c)
		return false;
	s->p++;
	return true;
}

static bool
number(struct rule_scan *s, int least, int most, int *out)
{
	const char *from = s->p;
	int n = 0;

	while (s->p < s->end && s->p - from < 3 && *s->p >= '0' && *s->p <= '9')
		n = n * 10 + (*s->p++ - '0');
	*out = n;
	return s->p > from && n >= least && n <= most;
}

static bool
letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* At least three letters, or `<...>` with digits and signs too. */
static bool
zone_word(struct rule_scan *s)
{
	bool quoted = eat(s, '<');
	const char *from = s->p;

	while (s->p < s->end && (letter(*s->p) || (quoted && ((*s->p >= '0' && *s->p <= '9') ||
							      *s->p == '+' || *s->p == '-'))))
		s->p++;
	return s->p - from >= 3 && (!quoted || eat(s, '>'));
}

/* [+-]hh[:mm[:ss]] */
static bool
hours(struct rule_scan *s, int most, int32_t *seconds)
{
	int sign = eat(s, '-') ? -1 : 1, h, m = 0, sec = 0;

	if (sign > 0)
		(void)eat(s, '+');
	if (!number(s, 0, most, &h))
		return false;
	if (eat(s, ':')) {
		if (!number(s, 0, 59, &m))
			return false;
		if (eat(s, ':') && !number(s, 0, 59, &sec))
			return false;
	}
	*seconds = sign * (h * 3600 + m * 60 + sec);
	return true;
}

static bool
rule_day(struct rule_scan *s, struct rule_day *day)
{
	if (!eat(s, ','))
		return false;
	if (eat(s, 'M')) {
		day->kind = RULE_WEEKDAY;
		if (!number(s, 1, 12, &day->month) || !eat(s, '.') ||
		    !number(s, 1, 5, &day->week) || !eat(s, '.') || !number(s, 0, 6, &day->day))
			return false;
	} else if (eat(s, 'J')) {
		day->kind = RULE_JULIAN;
		if (!number(s, 1, 365, &day->day))
			return false;
	} else {
		day->kind = RULE_DAY;
		if (!number(s, 0, 365, &day->day))
			return false;
	}
	day->time = 2 * 3600;
	return !eat(s, '/') || hours(s, 167, &day->time);
}

bool
zone_rule_read(struct str text, struct zone_rule *rule)
{
	struct rule_scan s = { .p = text.p, .end = text.p + text.n };
	int32_t west;

	*rule = (struct zone_rule){ 0 };
	if (!zone_word(&s) || !hours(&s, 24, &west))
		return false;
	rule->standard = -west;
	if (s.p == s.end)
		return true;
	rule->has_summer = true;
	if (!zone_word(&s))
		return false;
	rule->summer = rule->standard + 3600;
	if (s.p < s.end && *s.p != ',') {
		if (!hours(&s, 24, &west))
			return false;
		rule->summer = -west;
	}
	return rule_day(&s, &rule->begin) && rule_day(&s, &rule->end) && s.p == s.end;
}

static int32_t
day_in_year(const struct rule_day *r, int year)
{
	int32_t day = civil_day(year, 1, 1);

	switch (r->kind) {
	case RULE_JULIAN: /* 1 to 365: 29 February has no number */
		return day + r->day - 1 + (civil_leap(year) && r->day >= 60);
	case RULE_DAY: /* 0 to 365 */
		return day + r->day;
	case RULE_WEEKDAY: /* Sunday is 0; week 5 is the last */
		day = civil_day(year, r->month, 1);
		day += (r->day - (day_of_week(day) + 1) % 7 + 7) % 7 + 7 * (r->week - 1);
		if (day >= civil_day(year, r->month, 1) + civil_month_days(year, r->month))
			day -= 7;
		return day;
	}
	return day;
}

void
zone_rule_year(const struct zone_rule *rule, int year, struct zone_change out[2])
{
	out[0] = (struct zone_change){
		.at = day_in_year(&rule->begin, year) * 86400LL + rule->begin.time - rule->standard,
		.offset = rule->summer,
	};
	out[1] = (struct zone_change){
		.at = day_in_year(&rule->end, year) * 86400LL + rule->end.time - rule->summer,
		.offset = rule->standard,
	};
}
