/*
 * det_surge.c - VOL-01: a day with far more distinct consumers than this account's days of that kind have.
 *
 * Baseline: the latest 28 earlier days of the same kind with any view, from 60 to 3 days back (2 days of guard), not
 * in a disaster window nor with a gap in the logs; at least 10, else learning.  Lower medians, integers only:
 *
 *     x > med  and  (x - med)^2 10^6  >  k^2 max((1483 mad)^2, 10^6 med, 10^6 s0^2),  k = 5, s0 = 3
 */
#include "model/detector.h"

#include "base/order.h"

enum { MOST = 28, LEAST = 10, LOOK = 60, GUARD = 2, FLOOR = 30, K = 5, S0 = 3 };

/* Element ceil(n / 2): always a value that occurred. */
static uint32_t
lower_median(uint32_t *v, size_t n)
{
	qsort(v, n, sizeof(*v), order_u32);
	return v[(n + 1) / 2 - 1];
}

static size_t
baseline(const struct account_day *days, size_t at, uint32_t out[MOST])
{
	size_t n = 0;

	for (size_t i = at; i > 0 && n < MOST; i--) {
		const struct account_day *d = &days[i - 1];

		if (d->day < days[at].day - LOOK)
			break;
		if (d->day < days[at].day - GUARD && d->kind == days[at].kind && d->consumers > 0 &&
		    !d->left_out)
			out[n++] = d->consumers;
	}
	return n;
}

__extension__ typedef unsigned __int128 wide;

/* Products up to 2^93: counts are below 2^32. */
static bool
far_above(uint64_t x, uint64_t med, uint64_t mad)
{
	const wide million = 1000000;
	wide spread = (wide)1483 * mad * 1483 * mad;

	if (spread < million * med)
		spread = million * med;
	if (spread < million * S0 * S0)
		spread = million * S0 * S0;
	return million * (x - med) * (x - med) > (wide)K * K * spread;
}

static enum judged
surge_day(const struct account_day *days, size_t at, struct account_day_sum *sum)
{
	uint32_t v[MOST], x = days[at].consumers;
	size_t n;

	if (x == 0)
		return JUDGED_OUTSIDE;
	if (days[at].left_out)
		return JUDGED_LEFT_OUT;
	n = baseline(days, at, v);
	if (n < LEAST)
		return JUDGED_LEARNING;
	sum->x = x;
	sum->days = (uint32_t)n;
	sum->median = lower_median(v, n);
	for (size_t i = 0; i < n; i++)
		v[i] = v[i] > sum->median ? v[i] - sum->median : sum->median - v[i];
	sum->mad = lower_median(v, n);
	return x >= FLOOR && x > sum->median && far_above(x, sum->median, sum->mad) ? JUDGED_HIT
										    : JUDGED_SILENT;
}

static const char *const surge_seeds[] = { "S000-21", NULL };

const struct detector det_surge = {
	.rule = "VOL-01",
	.version = "1.0",
	.title_ja = "閲覧件数の急増",
	.title_en = "surge of viewed consumers",
	.summary = "a day with far more distinct consumers than usual for the account",
	.kind = FINDING_ANOMALY,
	.base = 50,
	.key = { { "acct", KEY_ACCOUNT } },
	.seeds = surge_seeds,
	.day = surge_day,
};
