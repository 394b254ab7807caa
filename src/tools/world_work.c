/*
 * world_work.c - the days: who comes, how much each does, and every second in order.
 * A day is planned as visits (an account, a place, a begin, a pace) that wait in a wheel of seconds;
 * so lines come out in time order with memory for the accounts only, never for the lines.
 */
#include "tools/world_gen.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define TICK 64 /* ticks a second */
#define HEALTH_ACCT (NOBODY - 1)

struct visit {
	uint32_t acct, slot, step, left, total, host, term;
	int32_t link;
	uint16_t net;
	uint8_t sys, org;
};

struct day {
	const struct world *w;
	struct rng r;
	int offset;
	struct visit *visits;
	int32_t visit_count, visit_cap;
	int32_t head[DAY_S];
	uint32_t *share;
};

static void
wait_in_wheel(struct day *d, int32_t i)
{
	struct visit *v = &d->visits[i];
	uint32_t s = (v->slot + rng_below(&d->r, v->step)) / TICK;

	if (s >= DAY_S)
		s = DAY_S - 1;
	v->link = d->head[s];
	d->head[s] = i;
}

/* n requests, `from` to `till` seconds of the day at most */
static void
visit_add(struct day *d, struct visit v, uint32_t n, uint32_t from, uint32_t till, uint32_t pace)
{
	uint32_t fit = (uint32_t)((uint64_t)(till - from) * TICK / (n + 1)), slack;

	if (n == 0)
		return;
	if (d->visit_count == d->visit_cap) {
		d->visit_cap = d->visit_cap * 2 + 1024;
		d->visits = grown(d->visits, sizeof(*d->visits) * (size_t)d->visit_cap);
	}
	v.step = fit < pace * TICK ? fit : pace * TICK;
	if (v.step == 0)
		v.step = 1;
	v.left = v.total = n;
	slack = till - from > n * (v.step / TICK + 1) ? till - from - n * (v.step / TICK + 1) : 0;
	v.slot = (from + (slack == 0 ? 0 : rng_below(&d->r, slack))) * TICK;
	d->visits[d->visit_count++] = v;
	wait_in_wheel(d, d->visit_count - 1);
}

/* How much of the day's lines an account wants; 0 = absent. */
static uint32_t
share_of(struct day *d, uint32_t i)
{
	const struct world *w = d->w;
	const struct account *a = &w->accounts[i];
	uint32_t noise = 20 + rng_below(&d->r, 180), present = rng_below(&d->r, 1000);
	uint32_t hol = a->role == ROLE_CONTROL ? 650 : a->role == ROLE_CALL ? 120 : 30;

	if (a->quiet)
		return 0;
	if (a->kind == KIND_SERVICE)
		return 18000;
	if (present >= (w->hol[d->offset] ? hol : 930))
		return 0;
	return a->volume * noise;
}

static uint8_t
system_of(struct day *d, uint8_t org)
{
	uint32_t u = rng_below(&d->r, 100), n = (uint32_t)d->w->systems;
	uint8_t s = (uint8_t)(n == 1       ? 0
			      : org == KEP ? u < 65
			      : org == MOI ? n - 1
			      : u < 30     ? u % n
					   : 0);

	return d->offset == d->w->gap_day && s == 1 ? 0 : s;
}

static void
person_day(struct day *d, uint32_t i, uint32_t n)
{
	const struct world *w = d->w;
	const struct account *a = &w->accounts[i];
	int32_t today = w->day0 + d->offset;
	bool moved = today >= a->move_day;
	struct visit v = { .acct = i,
			   .net = moved ? a->net2 : a->net,
			   .term = moved ? a->term2 : a->term,
			   .org = org_on(a, today) };
	uint32_t u = rng_below(&d->r, 1000), first = n <= 4 ? n : n / 4 + rng_below(&d->r, n / 2);
	uint32_t start = a->start_half * 1800u, pace = 15 + rng_below(&d->r, 60);
	uint32_t desk = i * 7919u; /* far apart, and welcome to wrap */

	if (v.org <= KEP && a->kind == KIND_PERSON) {
		if (u < 50)
			v.net = v.org == KPG ? N_VPN : N_EPVPN;
		else if (u < 62)
			v.term = w->kiosks[v.org][rng_below(&d->r, 8)];
		else if (u < 80 && a->role != ROLE_CALL)
			v.net = N_MOBILE;
	}
	if (a->role == ROLE_CONTROL)
		start = (i + (uint32_t)d->offset) % 3 * 8 * 3600;
	v.host = (uint32_t)mix64(w->seed + desk) & 0x7fffffff;
	v.sys = system_of(d, v.org);
	visit_add(d, v, first, start, start + 3 * 3600, pace);
	if (u % 50 == 7 && v.org <= KEP && v.net != N_MOBILE) /* goes home at noon, same terminal */
		v.net = v.org == KPG ? N_VPN : N_EPVPN;
	v.sys = system_of(d, v.org);
	visit_add(d, v, n - first, start + 4 * 3600, start + 8 * 3600, pace);
}

static void
health_day(struct day *d, uint64_t *quota)
{
	uint64_t n = *quota / 150 + 1;

	for (uint8_t s = 0; s < d->w->systems && *quota >= n; s++) {
		struct visit v = {
			.acct = HEALTH_ACCT, .net = N_HQ, .host = 9u + s, .term = NOBODY, .sys = s
		};

		if (s == 1 && d->offset == d->w->gap_day)
			continue;
		visit_add(d, v, (uint32_t)n, 0, DAY_S, DAY_S);
		*quota -= n;
	}
}

static void
day_plan(struct day *d, uint64_t quota)
{
	const struct world *w = d->w;
	uint64_t total = 0, sum = 0, done = 0;
	uint32_t spare = NOBODY;

	d->visit_count = 0;
	memset(d->head, -1, sizeof(d->head));
	health_day(d, &quota);
	for (uint32_t i = 0; i < w->account_count; i++) {
		d->share[i] = share_of(d, i);
		total += d->share[i];
		if (!w->accounts[i].quiet)
			spare = i;
	}
	if (total == 0 && spare != NOBODY) /* nobody came: someone does it all, the sum must hold */
		total = d->share[spare] = 1;
	if (total == 0) /* only the script's actors are here */
		return;
	for (uint32_t i = 0; i < w->account_count; i++) {
		uint32_t n;
		struct visit v = { .acct = i,
				   .term = NOBODY,
				   .net = w->accounts[i].net,
				   .host = i,
				   .org = w->accounts[i].org,
				   .sys = (uint8_t)(i / 50 % (uint32_t)w->systems) };

		if (d->share[i] == 0)
			continue;
		/* the running sum spreads the day's lines without a rest: quota * sum stays under 2^64 */
		sum += d->share[i];
		n = (uint32_t)(quota * sum / total - done);
		done += n;
		if (w->accounts[i].kind != KIND_SERVICE) {
			person_day(d, i, n);
			continue;
		}
		if (v.sys == 1 && d->offset == w->gap_day)
			v.sys = 0;
		visit_add(d, v, n, 0, DAY_S, DAY_S);
	}
}

/* The consumer somebody of this organisation would look at; *cls and *masked go with it. */
static void
choose(struct day *d, const struct visit *v, struct req *q)
{
	const struct world *w = d->w;
	uint64_t u = rng_next(&d->r);
	uint32_t pick = (uint32_t)(u & 0xffff), n = w->consumers_wanted;
	const uint32_t *pool = NULL;

	q->cls = (uint8_t)(pick % OUTAGE);
	q->masked = (int8_t)(pick >> 8 < 24 ? (int)(pick >> 8 & 1) : -1);
	if (v->org == KEP || (v->org >= NEWA && v->org <= NEWC)) {
		enum pool p = v->org == KEP ? POOL_KEP : (enum pool)(POOL_NEWA + v->org - NEWA);

		pool = w->pool[p];
		n = w->pool_count[p];
	} else if (v->org == KCC || v->org == KCS) {
		bool field = v->acct < w->account_count && w->accounts[v->acct].role == ROLE_FIELD;

		q->cls = field ? (pick % 3 == 0   ? CONTRACT
				  : pick % 3 == 1 ? METER
						  : OUTAGE)
			       : USAGE;
		q->masked = (int8_t)(q->cls == CONTRACT ? 1 : -1);
	} else if (v->org == MOI) {
		q->cls = STAT;
	} else if (pick % 9 == 0) {
		q->cls = OUTAGE;
	}
	/* the lesser of two draws: some consumers are looked at more than others */
	q->obj = (uint32_t)((u >> 16 & 0xffffff) * n >> 24);
	if ((uint32_t)((u >> 40) * n >> 24) < q->obj)
		q->obj = (uint32_t)((u >> 40) * n >> 24);
	if (pool != NULL)
		q->obj = pool[q->obj];
}

/* A system that is not written draws its dice all the same: the others' lines do not change. */
static void
hand(struct sink *k, const struct req *q, bool scripted)
{
	if (k != NULL)
		sink_put(k, q, scripted);
}

/* Carriers change the address every few lines; a VPN reconnects now and then. */
static void
host_draw(const struct day *d, struct visit *v, uint64_t u, struct req *q)
{
	bool vpn = v->net == N_VPN || v->net == N_EPVPN;

	if (v->net == N_MOBILE ? u >> 60 == 0 : vpn && u >> 58 == 0)
		v->host = (uint32_t)(u >> 20) & 0x7fffffff;
	q->host = v->host;
	if (d->w->nets[v->net].size == 0) /* a temporary address a day */
		q->host = mix64(v->host + (uint64_t)d->offset);
}

/* A view or an update; at the top of the dice one of a screen or a consumer that is not theirs. */
static void
screen_draw(struct day *d, const struct visit *v, uint64_t u, struct req *q)
{
	uint32_t pick = (uint32_t)u & 1023;

	choose(d, v, q);
	q->what = pick < 120 ? DO_UPDATE : DO_VIEW;
	if (pick >= 1000)
		q->status = pick < 1012 ? 403 : pick < 1018 ? 404 : pick < 1021 ? 500 : 304;
	if (q->status == 403)
		q->obj = (uint32_t)((u >> 32) % d->w->consumers_wanted);
}

static void
deed_draw(struct day *d, const struct visit *v, uint64_t u, struct req *q)
{
	uint32_t pick = (uint32_t)u & 1023;
	bool talks = v->total > 2; /* worth a login and a logout */

	if (talks && v->left == v->total && d->w->accounts[v->acct].kind != KIND_SERVICE) {
		q->what = DO_LOGIN;
		q->status = pick < 40 ? 401 : pick < 700 ? 302 : 200;
	} else if (talks && v->left == 1 && pick < 300) {
		q->what = DO_LOGOUT;
		q->status = 302;
	} else if (pick < 70) {
		q->what = DO_STATIC;
		q->status = pick < 10 ? 304 : 200;
		q->acct = pick < 20 ? NOBODY : q->acct;
		q->term = NOBODY;
	} else if (pick < 110) {
		q->what = DO_SEARCH;
	} else {
		screen_draw(d, v, u, q);
	}
}

static void
request(struct day *d, struct visit *v, uint32_t second, struct sink **sinks)
{
	uint64_t u = rng_next(&d->r);
	struct req q = { .at = days_s(d->w->day0 + d->offset) + second,
			 .acct = v->acct,
			 .net = v->net,
			 .host = v->host,
			 .term = v->term,
			 .sys = v->sys,
			 .status = 200,
			 .masked = -1 };

	if (v->acct == HEALTH_ACCT) {
		q.acct = NOBODY;
		q.what = DO_HEALTH;
	} else {
		if ((u >> 10 & 31) == 0)
			q.term = NOBODY;
		host_draw(d, v, u, &q);
		deed_draw(d, v, u, &q);
	}
	hand(sinks[v->sys], &q, false);
}

static void
day_run(struct day *d, struct sink **sinks, size_t *script_at)
{
	const struct world *w = d->w;
	int64_t midnight = days_s(w->day0 + d->offset);

	for (uint32_t s = 0; s < DAY_S; s++) {
		for (; *script_at < w->script_count && w->script[*script_at].at <= midnight + s;
		     ++*script_at) {
			const struct req *q = &w->script[*script_at];

			hand(sinks[q->sys], q, true);
		}
		while (d->head[s] >= 0) {
			int32_t i = d->head[s];
			struct visit *v = &d->visits[i];

			assert(d->visits != NULL); /* or nobody would wait */
			d->head[s] = v->link;
			request(d, v, s, sinks);
			v->slot += v->step;
			if (--v->left > 0)
				wait_in_wheel(d, i);
		}
	}
}

void
work(const struct world *w)
{
	struct day *d = grown(NULL, sizeof(*d));
	struct sink *sinks[SYSTEMS] = { NULL };
	uint64_t total = 0, sum = 0, done = 0;
	size_t script_at = 0;

	*d = (struct day){ .w = w, .r = { mix64(w->seed ^ 0x3042) } };
	d->share = grown(NULL, sizeof(*d->share) * (w->account_count + 1));
	for (int s = 0; s < (w->to_stdout ? 1 : w->systems); s++)
		sinks[s] = sink_open(w, s);
	for (int i = 0; i < w->days; i++)
		total += w->hol[i] ? 14 : 100;
	for (d->offset = 0; d->offset < w->days; d->offset++) {
		uint64_t quota;

		sum += w->hol[d->offset] ? 14 : 100;
		quota = w->lines / total * sum + w->lines % total * sum / total - done;
		done += quota;
		day_plan(d, quota);
		day_run(d, sinks, &script_at);
	}
	for (int s = 0; s < SYSTEMS; s++) {
		if (sinks[s] != NULL)
			sink_close(sinks[s]);
	}
	free(d->visits);
	free(d->share);
	free(d);
}
