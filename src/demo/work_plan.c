/*
 * work_plan.c - a day's lines shared out over those who came, as visits that wait in a wheel of seconds.
 * Hides the rest of the division: the sum over all visits is the day's quota, exactly.
 */
#include "demo/work.h"

/* Quantiles of a log-normal distribution of mean 1,024, sigma 0.8: how long people think. */
static const uint16_t thinks[64] = { 109,  153,  184,  209,  231,  252,  271,  290,  308,  326,
				     344,  361,  378,  395,  412,  429,  447,  464,  481,  499,
				     517,  535,  554,  573,  592,  611,  631,  652,  673,  694,
				     717,  739,  763,  787,  812,  839,  866,  894,  923,  953,
				     985,  1019, 1054, 1091, 1130, 1172, 1216, 1264, 1314, 1369,
				     1428, 1493, 1564, 1642, 1730, 1830, 1945, 2079, 2241, 2442,
				     2704, 3075, 3683, 5196 };

void
wait_in_wheel(struct day *d, int32_t i)
{
	struct visit *v = &d->visits[i];
	uint32_t s;

	if (v->left < v->total) {
		/* the second in which a permit ends is no longer its */
		uint32_t end = v->till - TICK;
		uint32_t rest = end > v->slot ? (end - v->slot) / v->left : 0;
		uint32_t think =
			(uint32_t)((uint64_t)v->pace * thinks[rng_next(&d->r) >> 58] >> 10);

		/* in time, whatever the dice say: of one that is left, not a tick of those behind it */
		v->slot += think < (v->left > 1 ? 2 : 1) * rest ? think : rest;
	}
	s = v->slot / TICK;
	if (s >= DAY_S)
		s = DAY_S - 1;
	v->link = d->head[s];
	d->head[s] = i;
}

/* From a train or a hotel an internal system is reached through the VPN. */
static uint16_t
net_to(const struct visit *v)
{
	bool outside = v->net == N_MOBILE || v->net == N_GHOST_PUBLIC;

	if (!outside || v->sys != SYSTEM_INTERNAL)
		return v->net;
	return v->org == KPG ? N_VPN : N_EPVPN;
}

/* n requests from `from` to `till`, seconds of the day, about `pace` seconds apart */
static void
visit_add(struct day *d, struct visit v, uint32_t n, uint32_t from, uint32_t till, uint32_t pace)
{
	uint32_t span = (till - from) * TICK, fit, used;

	if (n == 0)
		return;
	d->visits = grown(d->visits, &d->visit_cap, d->visit_count + 1, sizeof(*d->visits));
	fit = span / n;
	v.pace = fit < pace * TICK ? fit : pace * TICK;
	v.left = v.total = n;
	v.net = net_to(&v);
	v.obj = NOBODY;
	used = (uint32_t)((uint64_t)v.pace * n);
	v.slot = from * TICK + (span > used ? rng_below(&d->r, span - used + 1) : 0);
	v.till = till * TICK;
	d->visits[d->visit_count++] = v;
	wait_in_wheel(d, (int32_t)d->visit_count - 1);
}

static uint8_t
system_of(struct day *d, uint8_t org, uint8_t kind)
{
	uint8_t s = d->w->slots[org][rng_next(&d->r) >> 58];

	if (s == SYSTEM_SPLIT && kind == KIND_SHARED) /* has none for it */
		return 0;
	return d->offset == d->w->gap_day && s == 1 ? 0 : s;
}

static void
person_visits(struct day *d, uint32_t acct, const struct person_day *p, uint32_t n)
{
	const struct world *w = d->w;
	const struct account *a = &w->accounts[acct];
	struct visit v = { .acct = acct,
			   .net = p->net,
			   .term = p->term,
			   .org = org_on(a, w->day0 + d->offset),
			   .role = a->role };
	uint32_t night = p->called ? n / 5 : 0, late = p->late != STAY_USUAL ? n / 4 : 0;
	uint32_t rest = n - night - late, pace = 15 + rng_below(&d->r, 60);
	uint32_t first = rest <= 4 ? rest : rest / 4 + rng_below(&d->r, rest / 2);

	v.host = (uint32_t)mix64(w->o->seed + (uint64_t)acct * 7919) & 0x7fffffff;
	v.jump = (uint16_t)(mix64(acct) >> 48);
	v.sys = system_of(d, v.org, a->kind);
	visit_add(d, v, night, 2 * 3600 + 600, 2 * 3600 + 2400, 20);
	v.sys = system_of(d, v.org, a->kind);
	visit_add(d, v, first, p->piece[0].from, p->piece[0].till, pace);
	if (p->flips) /* the same terminal */
		v.net = v.org == KPG ? N_VPN : N_EPVPN;
	v.sys = system_of(d, v.org, a->kind);
	visit_add(d, v, rest - first, p->piece[1].from, p->piece[1].till, pace);
	visit_add(d, v, late, p->piece[1].till + 1200, p->late_till, pace);
}

static void
service_visit(struct day *d, uint32_t acct, uint32_t n)
{
	const struct account *a = &d->w->accounts[acct];
	struct visit v = { .acct = acct,
			   .term = NOBODY,
			   .net = a->net,
			   .host = acct,
			   .org = a->org,
			   .role = a->role,
			   .jump = (uint16_t)acct,
			   .sys = d->w->slots[a->org][acct / 50 % WEIGHTS] };

	if (v.sys == 1 && d->offset == d->w->gap_day)
		v.sys = 0;
	visit_add(d, v, n, 0, DAY_S, DAY_S);
}

static void
health_visits(struct day *d, uint64_t *quota)
{
	uint64_t n = *quota / 150 / (uint64_t)d->w->systems + 1;

	for (int s = 0; s < d->w->systems && *quota >= n; s++) {
		struct visit v = { .acct = HEALTH_ACCT,
				   .net = N_HQ,
				   .host = 9u + (uint32_t)s,
				   .term = NOBODY,
				   .sys = (uint8_t)s };

		if (s == 1 && d->offset == d->w->gap_day)
			continue;
		visit_add(d, v, (uint32_t)n, 0, DAY_S, DAY_S);
		*quota -= n;
	}
}

bool
day_plan(struct day *d, uint64_t quota)
{
	const struct world *w = d->w;
	uint64_t total = 0, sum = 0, done = 0;
	uint32_t spare = NOBODY;

	d->visit_count = 0;
	memset(d->head, -1, sizeof(d->head));
	if (quota == 0)
		return true;
	health_visits(d, &quota);
	for (uint32_t i = 0; i < w->account_count; i++) {
		total += person_day(w, i, d->offset).share;
		if (!w->accounts[i].quiet && w->accounts[i].kind != KIND_DISASTER)
			spare = i;
	}
	if (total == 0 && spare == NOBODY)
		return quota == 0;
	for (uint32_t i = 0; i < w->account_count; i++) {
		struct person_day p = person_day(w, i, d->offset);
		uint32_t n;

		if (total == 0 && i == spare) { /* nobody came: someone does it all, at the desk */
			service_visit(d, i, (uint32_t)quota);
			break;
		}
		if (p.share == 0 || total == 0)
			continue;
		/* the running sum spreads the day's lines without a rest */
		sum += p.share;
		n = (uint32_t)((quota / total) * sum + (quota % total) * sum / total - done);
		done += n;
		if (w->accounts[i].kind == KIND_SERVICE)
			service_visit(d, i, n);
		else
			person_visits(d, i, &p, n);
	}
	return true;
}
