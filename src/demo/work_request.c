/*
 * work_request.c - what somebody asks a system for: a login, a list, the consumers of it, a logout.
 * Hides who may see whom: benign requests stay within what the matrix allows.
 */
#include "demo/work.h"

/* The consumers of an organisation's own; NULL: everybody's. */
static const uint32_t *
own_pool(const struct world *w, uint8_t org, uint32_t *n)
{
	enum pool p = POOL_KEP;

	*n = w->o->consumers;
	if (org != KEP && (org < NEWA || org > NEWC))
		return NULL;
	if (org != KEP)
		p = (enum pool)(POOL_NEWA + org - NEWA);
	*n = (uint32_t)w->pool[p].n;
	return w->pool[p].at;
}

/*
 * Everybody has a corner of the list where most of the work lies: Zipf by octaves from there, the exponent being 1
 * since every octave is drawn as often.  A fifth is anywhere.
 */
static uint32_t
rank_draw(const struct visit *v, uint32_t n, uint64_t u)
{
	uint32_t octaves = 32 - (uint32_t)__builtin_clz(n | 1);
	uint32_t octave = (uint32_t)(u >> 58) % octaves, width = 1u << octave;
	uint32_t at = width - 1 + ((uint32_t)(u >> 24) & (width - 1));
	uint32_t corner = (uint32_t)((uint64_t)v->jump * n >> 16);

	if ((u & 1023) < 205)
		at = (uint32_t)((u >> 10 & 0xffffffff) * n >> 32);
	return (uint32_t)(((uint64_t)at + corner) % n);
}

/* The consumer somebody of this organisation would look at; the screen and the mask go with it. */
static void
screen_draw(struct day *d, const struct visit *v, uint64_t u, struct req *q)
{
	uint32_t pick = (uint32_t)(u >> 10 & 0xffff), n;
	const uint32_t *pool = own_pool(d->w, v->org, &n);

	q->cls = (uint8_t)(pick % OUTAGE);
	q->masked = (int8_t)(pick >> 8 < 24 ? (int)(pick >> 8 & 1) : -1);
	if (v->org == KCC || v->org == KCS) {
		static const uint8_t field[3] = { CONTRACT, METER, OUTAGE };

		q->cls = v->role == ROLE_FIELD ? field[pick % 3] : USAGE;
		q->masked = (int8_t)(q->cls == CONTRACT ? 1 : -1);
	} else if (v->org == MOI) {
		q->cls = STAT;
	} else if (pool == NULL && pick % 9 == 0) {
		q->cls = OUTAGE;
	}
	q->obj = rank_draw(v, n, mix64(u));
	if (pool != NULL)
		q->obj = pool[q->obj];
}

/* A row for the call that made somebody of the call centre look; 6 % have none. */
static void
call_tell(struct day *d, const struct req *q)
{
	char id[22], at[32];

	if (d->calls == NULL || mix64((uint64_t)q->at + q->obj) % 100 >= 94)
		return;
	consumer_text(d->w, q->obj, id);
	demo_row(d->calls, "call,C-%08u,%.22s,%s,%s,%s,\n", ++d->call_count, id,
		 d->w->accounts[q->acct].name, org_ids[KEP], time_text(q->at - 45, at));
}

/* A view or an update; at the top of the dice one of a consumer that is not theirs, refused. */
static void
view_draw(struct day *d, struct visit *v, uint64_t u, struct req *q)
{
	uint32_t pick = (uint32_t)u & 1023;

	screen_draw(d, v, u, q);
	/* the same consumer again: contract, then usage, then bill */
	if (v->obj != NOBODY && (u >> 50 & 7) < 3)
		q->obj = v->obj;
	else if (v->role == ROLE_CALL && v->org == KEP)
		call_tell(d, q);
	v->obj = q->obj;
	q->what = pick < 130 ? DO_UPDATE : DO_VIEW;
	if (pick >= 1000)
		q->status = pick < 1012 ? 403 : pick < 1018 ? 404 : pick < 1021 ? 500 : 304;
	if (q->status == 403)
		q->obj = (uint32_t)((u >> 32) * d->w->o->consumers >> 32);
}

static void
deed_draw(struct day *d, struct visit *v, uint64_t u, struct req *q)
{
	uint32_t pick = (uint32_t)u & 1023;
	bool talks = v->total > 2 && v->role != ROLE_BATCH; /* worth a login and a logout */

	if (talks && v->left == v->total) {
		q->what = DO_LOGIN;
		q->status = pick < 40 ? 401 : pick < 700 ? 302 : 200;
		v->obj = NOBODY;
	} else if (talks && v->left == 1 && pick < 300) {
		q->what = DO_LOGOUT;
		q->status = 302;
	} else if (pick < 50) {
		q->what = DO_STATIC;
		q->status = pick < 8 ? 304 : 200;
		q->acct = pick < 15 ? NOBODY : q->acct;
		q->term = NOBODY;
	} else if (pick < 130) {
		q->what = DO_SEARCH;
		v->obj = NOBODY;
	} else {
		view_draw(d, v, u, q);
	}
}

/* Carriers change the address every few lines; a VPN reconnects now and then; IPv6 has an address a day. */
static void
host_draw(const struct day *d, struct visit *v, uint64_t u, struct req *q)
{
	bool vpn = v->net == N_VPN || v->net == N_EPVPN;

	if (v->net == N_MOBILE ? u >> 60 == 0 : vpn && u >> 58 == 0)
		v->host = (uint32_t)(u >> 20) & 0x7fffffff;
	q->host = v->host;
	if (d->w->nets[v->net].size == 0)
		q->host = mix64(v->host + (uint64_t)d->offset);
}

void
request_draw(struct day *d, struct visit *v, uint32_t second, struct req *q)
{
	uint64_t u = rng_next(&d->r);

	*q = (struct req){ .at = days_s(d->w->day0 + d->offset) + second,
			   .acct = v->acct,
			   .net = v->net,
			   .host = v->host,
			   .term = v->term,
			   .sys = v->sys,
			   .status = 200,
			   .masked = -1 };
	if (v->acct == HEALTH_ACCT) {
		q->acct = NOBODY;
		q->what = DO_HEALTH;
		return;
	}
	host_draw(d, v, u, q);
	deed_draw(d, v, u, q);
}
