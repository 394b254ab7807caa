/*
 * civil.c - printing and reading dates of policies, ledgers and reports (logs have their own readers).
 */
#include "base/civil.h"

struct civil
civil_from_day(int32_t day)
{
	int64_t z = (int64_t)day + 719468;
	int64_t era = floor_div(z, 146097);
	int doe = (int)(z - era * 146097);
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;
	struct civil c = { .day = doy - (153 * mp + 2) / 5 + 1,
			   .month = mp < 10 ? mp + 3 : mp - 9 };

	c.year = (int)(yoe + era * 400) + (c.month <= 2);
	return c;
}

int32_t
add_months_clip(int32_t day, int months)
{
	struct civil c = civil_from_day(day);
	int64_t month = (int64_t)c.year * 12 + c.month - 1 + months;
	int year = (int)floor_div(month, 12), of_year = (int)(month - (int64_t)year * 12) + 1;
	int most = civil_month_days(year, of_year);

	return civil_day(year, of_year, c.day < most ? c.day : most);
}

/* `digits` of v, which has no more, and `behind`. */
static char *
put(char *p, int v, int digits, char behind)
{
	for (int i = digits; i > 0; i--, v /= 10)
		p[i - 1] = (char)('0' + v % 10);
	p[digits] = behind;
	return p + digits + 1;
}

/* By hand: as many findings as lines were a twelfth of a scan in snprintf(), 2026-11. */
struct str
civil_print_jst(char *buf, int64_t ts_ms)
{
	int32_t day = jst_day(ts_ms);
	int ms = (int)(ts_ms + JST_MS - floor_div(ts_ms + JST_MS, DAY_MS) * DAY_MS);
	struct civil c = civil_from_day(day);
	char *p = buf;

	if (LIKELY(c.year >= 0 && c.year <= 9999))
		p = put(p, c.year, 4, '-');
	else
		p += snprintf(p, CIVIL_TEXT / 2, "%04d-", c.year);
	p = put(p, c.month, 2, '-');
	p = put(p, c.day, 2, 'T');
	p = put(p, ms / 3600000, 2, ':');
	p = put(p, ms / 60000 % 60, 2, ':');
	p = put(p, ms / 1000 % 60, 2, '.');
	p = put(p, ms % 1000, 3, '+');
	memcpy(p, "09:00", 5);
	return (struct str){ .p = buf, .n = (size_t)(p + 5 - buf) };
}

struct str
civil_print_plain(char *buf, int64_t ts_ms)
{
	struct str s = str_head(civil_print_jst(buf, ts_ms), 19);

	if (s.n > 10)
		buf[10] = ' ';
	return s;
}

/* One to `most` digits. */
static bool
number(struct str *s, size_t least, size_t most, int *out)
{
	size_t n = 0;

	*out = 0;
	while (n < s->n && n < most && s->p[n] >= '0' && s->p[n] <= '9')
		*out = *out * 10 + (s->p[n++] - '0');
	*s = str_skip(*s, n);
	return n >= least;
}

static bool
literal(struct str *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	*s = str_skip(*s, 1);
	return true;
}

static bool
offset(struct str *s, int64_t *ms)
{
	int sign, h, m;

	if (literal(s, 'Z')) {
		*ms = 0;
		return true;
	}
	sign = literal(s, '+') ? 1 : literal(s, '-') ? -1 : 0;
	if (sign == 0)
		return true;
	if (!number(s, 2, 2, &h))
		return false;
	(void)literal(s, ':');
	if (!number(s, 2, 2, &m) || h > 14 || m > 59)
		return false;
	*ms = sign * (h * 3600000LL + m * 60000LL);
	return true;
}

static bool
clock_time(struct str *s, int64_t *ms)
{
	int h, m, sec = 0, frac = 0;

	if (!number(s, 1, 2, &h) || !literal(s, ':') || !number(s, 2, 2, &m))
		return false;
	if (literal(s, ':')) {
		if (!number(s, 2, 2, &sec))
			return false;
		if (literal(s, '.') && !number(s, 3, 3, &frac))
			return false;
	}
	if (h > 23 || m > 59 || sec > 59)
		return false;
	*ms = h * 3600000LL + m * 60000LL + sec * 1000LL + frac;
	return true;
}

bool
civil_parse_jst(struct str s, int64_t *ts_ms)
{
	int y, m, d;
	char sep;
	int64_t ms = 0, off = JST_MS;

	if (!number(&s, 4, 4, &y) || s.n == 0)
		return false;
	sep = s.p[0];
	if ((sep != '-' && sep != '/') || !literal(&s, sep) || !number(&s, 1, 2, &m) ||
	    !literal(&s, sep) || !number(&s, 1, 2, &d))
		return false;
	if (y < 1 || m < 1 || m > 12 || d < 1 || d > civil_month_days(y, m))
		return false;
	if (s.n && (literal(&s, ' ') || literal(&s, 'T'))) {
		if (!clock_time(&s, &ms) || !offset(&s, &off))
			return false;
	}
	if (s.n)
		return false;
	*ts_ms = (int64_t)civil_day(y, m, d) * DAY_MS + ms - off;
	return true;
}
