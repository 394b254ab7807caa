/*
 * det_surge.c - VOL-01: a day with far more distinct consumers than this account's days of that kind have.
 *
 * Baseline: the latest `base` earlier days of the same kind with any view, from `look` days back to before the `guard`
 * days, not in a disaster window nor with a gap in the logs; at least `base_min`, else learning.  Lower medians,
 * integers only; at least `min` consumers, and
 *
 *     x > med  and  (x - med)^2 10^6  >  k^2 max((1483 mad)^2, 10^6 med, 10^6 s0^2)
 */
#include "base/order.h"
#include "detect/saying.h"

enum { K, S0, BASE, BASE_MIN, GUARD, LOOK, MIN };
enum { BASE_MOST = 366 };

/* Element ceil(n / 2): always a value that occurred. */
static uint32_t
lower_median(uint32_t *v, size_t n)
{
	qsort(v, n, sizeof(*v), order_u32);
	return v[(n + 1) / 2 - 1];
}

static size_t
baseline(const struct account_day *days, size_t at, const int64_t *param, uint32_t out[BASE_MOST])
{
	size_t n = 0;

	for (size_t i = at; i > 0 && n < (size_t)param[BASE]; i--) {
		const struct account_day *d = &days[i - 1];

		if (d->day < days[at].day - param[LOOK])
			break;
		if (d->day < days[at].day - param[GUARD] && d->kind == days[at].kind &&
		    d->consumers > 0 && !d->left_out)
			out[n++] = d->consumers;
	}
	return n;
}

__extension__ typedef unsigned __int128 wide;

/* Products below 2^107: counts are below 2^32, k and s0 at most 1000. */
static bool
far_above(uint64_t x, uint64_t med, uint64_t mad, const int64_t *param)
{
	const wide million = 1000000;
	const wide k = (wide)param[K], s0 = (wide)param[S0];
	wide spread = (wide)1483 * mad * 1483 * mad;

	if (spread < million * med)
		spread = million * med;
	if (spread < million * s0 * s0)
		spread = million * s0 * s0;
	return million * (x - med) * (x - med) > k * k * spread;
}

static enum judged
surge_day(const struct account_day *days, size_t at, const int64_t *param,
	  struct account_day_sum *sum)
{
	uint32_t v[BASE_MOST], x = days[at].consumers;
	size_t n;

	if (x == 0)
		return JUDGED_OUTSIDE;
	if (days[at].left_out)
		return JUDGED_LEFT_OUT;
	n = baseline(days, at, param, v);
	if (n < (size_t)param[BASE_MIN])
		return JUDGED_LEARNING;
	sum->x = x;
	sum->days = (uint32_t)n;
	sum->median = lower_median(v, n);
	for (size_t i = 0; i < n; i++)
		v[i] = v[i] > sum->median ? v[i] - sum->median : sum->median - v[i];
	sum->mad = lower_median(v, n);
	return x >= param[MIN] && x > sum->median && far_above(x, sum->median, sum->mad, param)
		       ? JUDGED_HIT
		       : JUDGED_SILENT;
}

static void
surge_because(const struct account_day_sum *sum, const int64_t *param UNUSED, struct because *b)
{
	say(b, STR("consumers far above the median of earlier days"),
	    arena_printf(b->arena, "%u, median %u, MAD %u, %u days", sum->x, sum->median, sum->mad,
			 sum->days),
	    STR(""));
}

static const char *
surge_wrong(const int64_t *param)
{
	if (param[BASE_MIN] > param[BASE])
		return "'base_min' is greater than 'base': no day would ever have enough before it";
	if (param[LOOK] - param[GUARD] < param[BASE_MIN])
		return "between 'look' and 'guard' lie fewer days than 'base_min'";
	return NULL;
}

const struct detector det_surge = {
	.name = "surge",
	.rule = "VOL-01",
	.summary = "a day with far more distinct consumers than usual for the account",
	.kind = FINDING_ANOMALY,
	.key = { { "acct", KEY_ACCOUNT } },
	.param = { [K] = { "k", "vol", "k", PARAM_NUMBER, 1, 1000 },
		   [S0] = { "s0", "vol", "s0", PARAM_NUMBER, 0, 1000 },
		   [BASE] = { "base", "vol", "base", PARAM_NUMBER, 1, BASE_MOST },
		   [BASE_MIN] = { "base_min", "vol", "base_min", PARAM_NUMBER, 1, BASE_MOST },
		   [GUARD] = { "guard", "vol", "guard", PARAM_NUMBER, 0, BASE_MOST },
		   [LOOK] = { "look", "vol", "look", PARAM_NUMBER, 1, (int64_t)10 * BASE_MOST },
		   [MIN] = { "min", "vol", "min", PARAM_NUMBER, 1, 1000000000 } },
	.day = surge_day,
	.wrong = surge_wrong,
	.because_sum = surge_because,
};
