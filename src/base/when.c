/*
 * when.c - from what a text says to an instant: calendar, zone and range; and the cache in front of it.
 *
 *     text --same but for its seconds?--> instant
 *       |                                   ^
 *       +--shape or pattern--> moment --settle--> kept in the cache
 */
#include "base/when.h"

#include "base/civil.h"
#include "base/when_own.h"

static const char shape_expected[] =
	"a time like 2026-04-01T09:05:01+09:00, 2026/4/1 9:05, 01/Apr/2026:09:05:01 +0900, "
	"or an epoch of 10, 13, 16 or 19 digits";
static const char clf_expected[] = "a time like 01/Apr/2026:09:05:01 +0900";
static const char iso_expected[] = "a time like 2026-04-01T09:05:01+09:00";
static const char epoch_expected[] = "a time as a number since 1970";
static const char range_expected[] = "a time of the years 1 to 9999";

static const struct {
	const char *name;
	enum when_how how;
	const char *expected;
} hows[] = {
	{ "", HOW_SHAPE, shape_expected },
	{ "clf", HOW_CLF, clf_expected },
	{ "iso8601", HOW_ISO8601, iso_expected },
	{ "epoch", HOW_EPOCH, epoch_expected },
	{ "epoch_ms", HOW_EPOCH_MS, epoch_expected },
	{ "epoch_us", HOW_EPOCH_US, epoch_expected },
	{ "epoch_ns", HOW_EPOCH_NS, epoch_expected },
};

/* The first and the last millisecond of the years 1 to 9999, UTC. */
static const int64_t ts_least = -62135596800000, ts_most = 253402300799999;

enum { MINUTE_MS = 60000, HUNDRED_MS = 100000 };

/* An instant, apart from the seconds that the cache adds. */
struct settled {
	int64_t ts; /* of second 00, when even; else of the whole */
	int32_t again;
	bool even; /* all seconds of the minute follow from it */
};

static const char *
check_date(const struct moment *m)
{
	if (m->year < 1 || m->year > 9999)
		return "a year from 1 to 9999";
	if (m->of_year ? m->day < 1 || m->day > 365 + civil_leap(m->year)
		       : m->month < 1 || m->month > 12 || m->day < 1 ||
				 m->day > civil_month_days(m->year, m->month))
		return "a day that the calendar has";
	if (m->era && !when_in_era(m->era, m->year, m->month, m->day))
		return "a day of its era (and of our calendar: from 明治6年1月1日 on)";
	return NULL;
}

static const char *
check_clock(const struct moment *m)
{
	if (m->hour > 29 || m->minute > 59 || m->second > 60)
		return "a time of day that there is; 24:00 to 29:59 are the night after";
	if (m->hour > 23 && (m->strict || m->has_offset))
		return "an hour from 0 to 23 beside a T or an offset";
	return NULL;
}

/* Seconds and milliseconds of the moment; second 60 is the last millisecond of its minute. */
static int
within_minute(const struct moment *m)
{
	return m->second == 60 && !m->is_instant ? MINUTE_MS - 1 : m->second * 1000 + m->ms;
}

static const char *
settle_local(const struct zone *zone, int64_t minute, const struct moment *m, struct settled *out)
{
	int64_t utc[2], local = minute;

	if (!zone)
		return "a time with its offset, or 'timezone:' for this source";
	out->even = zone_even_minute(zone, minute);
	if (!out->even)
		local += m->second == 60 ? 59 : m->second;
	switch (zone_to_utc(zone, local, utc)) {
	case ZONE_ONCE:
		out->again = 0;
		break;
	case ZONE_TWICE:
		out->again = (int32_t)(utc[1] - utc[0]) * 1000;
		break;
	case ZONE_NEVER:
		return "a time that the zone's clocks showed: they were set forward over this one";
	}
	out->ts = utc[0] * 1000;
	if (!out->even)
		out->ts += within_minute(m) % 1000;
	return NULL;
}

/* NULL, or what was expected. */
static const char *
settle(const struct when *when, const struct moment *m, struct settled *out)
{
	const char *wrong = m->wrong;
	int64_t minute, last;

	*out = (struct settled){ .even = true };
	if (!wrong && m->is_instant) {
		out->ts = m->instant_s * 1000;
	} else {
		if (!wrong)
			wrong = check_date(m);
		if (!wrong)
			wrong = check_clock(m);
		if (wrong)
			return wrong;
		minute = (int64_t)(!m->of_year ? civil_day(m->year, m->month, m->day)
					       : civil_day(m->year, 1, 1) + m->day - 1) *
				 86400 +
			 m->hour * 3600LL + m->minute * 60LL;
		if (m->has_offset)
			out->ts = (minute - m->offset) * 1000;
		else
			wrong = settle_local(when->zone, minute, m, out);
	}
	last = out->ts + out->again + (out->even ? within_minute(m) : 0);
	if (!wrong && (last < ts_least || last > ts_most))
		wrong = range_expected;
	return wrong;
}

/* Remembers a text, so that one with other seconds is known by it; or by its every byte, where seconds cannot be told. */
static void
clock_keep(struct clock_cache *c, const struct when *when, struct str text, const struct moment *m,
	   const struct settled *at)
{
	bool apart = at->even && m->second_n == 2 && at->ts >= ts_least &&
		     at->ts + at->again <= ts_most - HUNDRED_MS;

	if (text.n < 8 || text.n > CLOCK_TEXT)
		return;
	memcpy(c->text, text.p, text.n);
	memset(c->mask, 0xff, sizeof(c->mask));
	c->owner = when;
	c->n = (uint8_t)text.n;
	c->again = at->again;
	c->ts = at->ts;
	c->second_most = 0;
	c->fraction_n = 0;
	if (!apart) {
		c->ts += at->even ? within_minute(m) : 0;
		return;
	}
	c->second_at = (uint8_t)m->second_at;
	c->second_most = m->is_instant ? 99 : 60;
	c->fraction_at = (uint8_t)m->fraction_at;
	c->fraction_n = (uint8_t)m->fraction_n;
	memset(c->mask + m->second_at, 0, 2);
	memset(c->mask + m->fraction_at, 0, m->fraction_n);
}

/* Apart: inlined, it makes the way of the known text twice as long. */
static __attribute__((noinline)) enum when_result
read_anew(const struct when *when, struct clock_cache *clock, struct str text, int64_t *ts_ms,
	  int32_t *again_ms, const char **expected)
{
	struct moment m = { 0 };
	struct settled at = { 0 };
	bool formed = false;

	switch (when->how) {
	case HOW_SHAPE:
	case HOW_CLF:
	case HOW_ISO8601:
		formed = when_shape(text, when->how, &m);
		break;
	case HOW_EPOCH:
	case HOW_EPOCH_MS:
	case HOW_EPOCH_US:
	case HOW_EPOCH_NS:
		formed = when_epoch(text, when->how, &m);
		break;
	case HOW_PATTERN:
		formed = when_pattern(when, text, &m);
		break;
	}
	*expected = formed ? settle(when, &m, &at) : when->expected;
	if (*expected)
		return WHEN_REFUSED;
	clock_keep(clock, when, text, &m, &at);
	*ts_ms = at.ts + (at.even ? within_minute(&m) : 0);
	*again_ms = at.again;
	return at.again ? WHEN_TWICE : WHEN_READ;
}

/* The bits in which 8 bytes of the text are not as remembered. */
static inline uint64_t
other_at(const struct clock_cache *c, const char *p, size_t at)
{
	return (load64(p + at) ^ load64(c->text + at)) & load64(c->mask + at);
}

/*
 * Is it the text remembered, but for seconds and fraction?  In overlapping words of 8 bytes: no text of less than 8 is
 * kept, and most are of 17 to 32 (a loop was 87 instructions a call for 26 bytes, this is 79; 2026-11, gcc 12 -O2).
 */
static inline bool
known(const struct clock_cache *c, const struct when *when, struct str text)
{
	size_t n = text.n;
	uint64_t other;

	if (c->owner != when || c->n != n)
		return false;
	other = other_at(c, text.p, 0) | other_at(c, text.p, n - 8);
	if (LIKELY(n > 16)) {
		other |= other_at(c, text.p, 8) | other_at(c, text.p, n - 16);
		for (size_t i = 16; i + 16 < n; i += 8)
			other |= other_at(c, text.p, i);
	}
	return other == 0;
}

/* The fraction's milliseconds; -1: not all of it are digits. */
static inline int
fraction_ms(const char *p, size_t n)
{
	static const int place[] = { 100, 10, 1 };
	int ms = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned d = (unsigned char)p[i] - 48U;

		if (d > 9)
			return -1;
		if (i < 3)
			ms += (int)d * place[i];
	}
	return ms;
}

static inline bool
add_seconds(const struct clock_cache *c, const char *p, int64_t *ts_ms)
{
	unsigned a, b, second;
	int ms = 0;

	*ts_ms = c->ts;
	if (c->second_most == 0)
		return true;
	a = (unsigned char)p[c->second_at] - 48U;
	b = (unsigned char)p[c->second_at + 1] - 48U;
	second = a * 10 + b;
	if (a > 9 || b > 9 || second > c->second_most)
		return false;
	if (c->fraction_n && (ms = fraction_ms(p + c->fraction_at, c->fraction_n)) < 0)
		return false;
	if (UNLIKELY(second == 60 && c->second_most == 60))
		*ts_ms += MINUTE_MS - 1;
	else
		*ts_ms += (int64_t)second * 1000 + ms;
	return true;
}

enum when_result
when_read(const struct when *when, struct clock_cache *clock, struct str text, int64_t *ts_ms,
	  int32_t *again_ms, const char **expected)
{
	if (LIKELY(known(clock, when, text)) && LIKELY(add_seconds(clock, text.p, ts_ms))) {
		*again_ms = clock->again;
		return clock->again ? WHEN_TWICE : WHEN_READ;
	}
	return read_anew(when, clock, text, ts_ms, again_ms, expected);
}

const struct when *
when_compile(struct arena *arena, struct str how, const struct zone *zone, int year,
	     struct errors *err, struct place at)
{
	struct when *when = arena_alloc(arena, sizeof(*when));

	when->zone = zone;
	when->year = year;
	for (size_t i = 0; i < COUNT(hows); i++) {
		if (str_is(how, hows[i].name)) {
			when->how = hows[i].how;
			when->expected = hows[i].expected;
			return when;
		}
	}
	when->how = HOW_PATTERN;
	if (str_find(how, '%') == how.n) {
		error_at(err, at,
			 "'" STR_FMT "' is no way of writing times; clf, iso8601, epoch, epoch_ms, "
			 "epoch_us, epoch_ns or a pattern like '%%Y/%%m/%%d %%H:%%M:%%S' is wanted",
			 STR_ARG(how));
		return NULL;
	}
	return when_pattern_compile(when, arena, how, err, at) < 0 ? NULL : when;
}
