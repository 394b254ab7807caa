/*
 * clf_time.c - reads `dd/Mon/yyyy:hh:mm:ss +zzzz` and remembers the last minute.
 */
#include "base/clf_time.h"

#include "base/civil.h"

/* Whose cache it is: a zeroed one must not equal a line of NUL bytes, nor another reader's text this one's. */
static const char owner[] = "clf_time";

/* -1 unless both bytes are digits. */
static inline int
two_digits(const char *p)
{
	unsigned a = (unsigned char)p[0] - 48U, b = (unsigned char)p[1] - 48U;

	return a > 9 || b > 9 ? -1 : (int)(a * 10 + b);
}

static int
month(const char *p)
{
	static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	for (int m = 0; m < 12; m++) {
		if (memcmp(names + (size_t)m * 3, p, 3) == 0)
			return m + 1;
	}
	return 0;
}

static bool
whole_minute(const char *p, int64_t *ts_ms)
{
	int d = two_digits(p), m = month(p + 3), century = two_digits(p + 7), y = two_digits(p + 9);
	int h = two_digits(p + 12), min = two_digits(p + 15);
	int zone_h = two_digits(p + 22), zone_m = two_digits(p + 24);
	int64_t zone;

	if (p[2] != '/' || p[6] != '/' || p[11] != ':' || p[14] != ':' || p[17] != ':' ||
	    p[20] != ' ')
		return false;
	if (m == 0 || century < 0 || y < 0 || (p[21] != '+' && p[21] != '-'))
		return false;
	y += century * 100;
	if (y < 1 || d < 1 || d > civil_month_days(y, m) || h < 0 || h > 23 || min < 0 || min > 59)
		return false;
	if (zone_h < 0 || zone_h > 14 || zone_m < 0 || zone_m > 59)
		return false;
	zone = (zone_h * 60 + zone_m) * 60000LL * (p[21] == '-' ? -1 : 1);
	*ts_ms = (int64_t)civil_day(y, m, d) * DAY_MS + h * 3600000LL + min * 60000LL - zone;
	/* when.c has the same ends: the years 1 to 9999 of UTC. */
	return *ts_ms >= (int64_t)civil_day(1, 1, 1) * DAY_MS &&
	       *ts_ms < (int64_t)civil_day(10000, 1, 1) * DAY_MS;
}

/* The minute and the zone are those of the last line: bytes 0 to 17 and 20 to 25, as overlapping words. */
static inline bool
same_minute(const char *p, const struct clock_cache *clock)
{
	const char *q = clock->text;
	uint64_t a[3], b[3];
	uint32_t c[2], d[2];

	memcpy(a, p, 16);
	memcpy(b, q, 16);
	memcpy(a + 2, p + 10, 8);
	memcpy(b + 2, q + 10, 8);
	memcpy(c, p + 20, 4);
	memcpy(d, q + 20, 4);
	memcpy(c + 1, p + 22, 4);
	memcpy(d + 1, q + 22, 4);
	return clock->owner == owner && ((a[0] ^ b[0]) | (a[1] ^ b[1]) | (a[2] ^ b[2]) |
					 (uint64_t)((c[0] ^ d[0]) | (c[1] ^ d[1]))) == 0;
}

bool
clf_time(const char *p, struct clock_cache *clock, int64_t *ts_ms)
{
	int sec = two_digits(p + 18);

	if (UNLIKELY(!same_minute(p, clock))) {
		int64_t ts;

		if (!whole_minute(p, &ts))
			return false;
		memcpy(clock->text, p, CLF_TIME);
		clock->owner = owner;
		clock->ts = ts;
	}
	if (UNLIKELY(sec < 0 || sec > 60))
		return false;
	*ts_ms = clock->ts + (sec == 60 ? 59999 : sec * 1000);
	return true;
}
