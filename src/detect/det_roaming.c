/*
 * det_roaming.c - DRF-06: a day on which a person's account comes from many networks and keeps changing sites.
 *
 * Networks of mobile operators do not count: a phone has another address every hour.
 */
#include "detect/person.h"
#include "detect/saying.h"

enum { NETS_PER_DAY, SITE_CHANGES };

static uint32_t
fixed_net(const struct day_use *use)
{
	return use->net_kind == NET_MOBILE ? 0 : use->net;
}

static enum judged
roaming_day(const struct account_day *days, size_t at, const int64_t *param,
	    struct account_day_sum *sum)
{
	const struct account_day *d = &days[at];

	if (d->use_count == 0)
		return JUDGED_OUTSIDE;
	sum->changes = d->site_changes;
	if (d->site_changes < param[SITE_CHANGES])
		return JUDGED_SILENT;
	sum->x = day_distinct(d, param[NETS_PER_DAY], fixed_net);
	return sum->x >= param[NETS_PER_DAY] ? JUDGED_HIT : JUDGED_SILENT;
}

static void
roaming_because(const struct account_day_sum *sum, const int64_t *param, struct because *b)
{
	say(b,
	    arena_printf(b->arena,
			 "%lld networks or more on one day, mobile ones aside, and "
			 "%lld changes of site or more",
			 (long long)param[NETS_PER_DAY], (long long)param[SITE_CHANGES]),
	    arena_printf(b->arena, "%u networks, %u changes of site on the first such day", sum->x,
			 sum->changes),
	    STR(""));
}

const struct detector det_roaming = {
	.name = "roaming",
	.rule = "DRF-06",
	.summary = "a person's account from many networks, to and fro between sites, on one day",
	.kind = FINDING_ANOMALY,
	.key = { { "acct", KEY_ACCOUNT } },
	.param = { [NETS_PER_DAY] = { "nets_per_day", "drf", "nets_per_day", PARAM_NUMBER, 2,
				      1000000 },
		   [SITE_CHANGES] = { "site_changes", "drf", "site_changes", PARAM_NUMBER, 1,
				      1000000 } },
	.screen = person_net_screen,
	.day = roaming_day,
	.because_sum = roaming_because,
};
