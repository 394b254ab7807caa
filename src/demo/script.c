/*
 * script.c - collects the incidents: actors, lines in time order, ledger rows.
 * Hides the scaling: below 40 accounts only the first ones happen.
 */
#include "demo/script.h"

uint32_t
actor(struct script *s, enum org org, enum role role)
{
	uint32_t a = account_add(s->w, org, KIND_PERSON, role);

	s->w->accounts[a].quiet = true;
	s->w->accounts[a].priv = false;
	return a;
}

int
some_day(struct script *s, int from, int to)
{
	const struct world *w = s->w;
	int lo = w->biz_count * from / 100, n = w->biz_count * to / 100 - lo, at;

	if (n < 1)
		return -1;
	at = (int)rng_below(&s->r, (uint32_t)n);
	for (int i = 0; i < n; i++) {
		int day = w->biz[lo + (at + i) % n];

		if (!w->special[day])
			return day;
	}
	return -1;
}

int
plain_day_after(const struct script *s, int day)
{
	const struct world *w = s->w;

	for (int i = 0; i < w->biz_count; i++) {
		if (w->biz[i] > day && !w->special[w->biz[i]])
			return w->biz[i];
	}
	return -1;
}

int64_t
clock_at(const struct script *s, int day, int h, int m, int sec)
{
	return day < 0 ? -1 : days_s(s->w->day0 + day) + hours_s(h) + minutes_s(m) + sec;
}

struct req
by(const struct script *s, uint32_t acct, uint32_t net, uint32_t term)
{
	uint64_t host = mix64(s->w->o->seed + (uint64_t)acct * 64 + net);

	if (s->w->nets[net].size != 0)
		host &= 0x7fffffff;
	return (struct req){ .acct = acct,
			     .net = (uint16_t)net,
			     .term = term,
			     .host = host,
			     .status = 200,
			     .what = DO_VIEW,
			     .cls = CONTRACT,
			     .masked = -1 };
}

struct req
at_desk(const struct script *s, uint32_t acct)
{
	return by(s, acct, s->w->accounts[acct].net, s->w->accounts[acct].term);
}

struct req
aside(struct req q)
{
	q.aside = true;
	return q;
}

uint32_t
anyone(struct script *s)
{
	return rng_below(&s->r, s->w->o->consumers);
}

uint32_t
one_of(struct script *s, enum pool pool)
{
	return s->w->pool[pool].at[rng_below(&s->r, (uint32_t)s->w->pool[pool].n)];
}

uint32_t
one_in_storm(struct script *s, enum pool pool, bool inside)
{
	const struct world *w = s->w;
	uint32_t n = (uint32_t)w->pool[pool].n, at = rng_below(&s->r, n), c;

	for (uint32_t i = 0; i < n; i++) {
		c = w->pool[pool].at[(at + i) % n];
		if ((w->consumers[c].area == 5 || w->consumers[c].area == 6) == inside)
			return c;
	}
	s->broken = true;
	return 0;
}

void
send(struct script *s, struct req q, int64_t at, uint32_t obj)
{
	struct world *w = s->w;

	if (at < days_s(w->day0) || at >= days_s(w->day0 + w->days)) {
		s->broken = true;
		return;
	}
	w->script = grown(w->script, &w->script_cap, w->script_count + 1, sizeof(*w->script));
	q.at = at;
	q.obj = obj;
	q.seq = (uint32_t)w->script_count;
	w->script[w->script_count++] = q;
}

void
burst(struct script *s, struct req q, int64_t at, int n, int pace, enum pool pool)
{
	for (int i = 0; i < n; i++)
		send(s, q, at + (int64_t)i * pace, pool == POOLS ? anyone(s) : one_of(s, pool));
}

/* Consumers whose ids follow one another; the first of them. */
uint32_t
consumer_block(struct script *s, uint32_t n)
{
	uint32_t first = s->w->consumer_count;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t c = consumer_add(s->w, KEP, KEP, days_s(s->w->day0));

		s->w->consumers[c].area = 1;
	}
	return first;
}

void
hole_add(struct script *s, uint8_t sys, int64_t from, int64_t to, bool once)
{
	struct world *w = s->w;

	w->holes = grown(w->holes, &w->hole_cap, w->hole_count + 1, sizeof(*w->holes));
	w->holes[w->hole_count++] = (struct hole){ from, to, sys, once };
}

static int
by_time(const void *x, const void *y)
{
	const struct req *a = x, *b = y;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return a->seq < b->seq ? -1 : 1;
}

static const struct {
	const char *family;
	void (*play)(struct script *s);
} families[] = {
#define FAMILY(name, family, what) { family, incident_##name },
#include "demo/incidents.def"
#undef FAMILY
};

static const struct heading {
	size_t at;
	const char *text;
} headings[] = {
	{ offsetof(struct world, grants), "grant,kind,subject,system,from,to,reason,approver\n" },
	/* and the contractors' standing permission, so that the benign ones may work at the grid's sites */
	{ offsetof(struct world, pairs), "account_org,origin_org,system,valid_from,valid_to,"
					 "approver\nKCC,KPG,,2020-04-01,,E00001\n" },
	{ offsetof(struct world, permits), "account,kind,from,to,approver\n" },
	{ offsetof(struct world, shared_ids), "account,person,terminal,out,in\n" },
	{ offsetof(struct world, loans), "terminal,org,out,in,approver\n" },
	{ offsetof(struct world, auth), "at,account,kind,device,ok\n" },
	{ offsetof(struct world, records), "kind,id,consumer,account,org,at,effective\n" },
	{ offsetof(struct world, orders), "order,account,system,from,to,entered_at,approver\n" },
	{ offsetof(struct world, archive), "system,day,file,sha256,bytes,lines\n" },
	{ offsetof(struct world, disasters), "" }, /* the calendar's own rows stand before these */
	{ offsetof(struct world, truth), "" },
	{ offsetof(struct world, faults), "" },
};

void
script_build(struct world *w)
{
	for (size_t i = 0; i < COUNT(headings); i++) {
		struct out *t = (struct out *)(void *)((char *)w + headings[i].at);

		out_memory(t);
		out_text(t, headings[i].text);
	}
	for (size_t i = 0; i < COUNT(families); i++) {
		struct script s = { .w = w,
				    .r = { mix_of(w->o->seed, 0x5c71, i) },
				    .family = families[i].family,
				    .first = w->script_count };

		if (w->o->families >> i & 1)
			families[i].play(&s);
	}
	if (w->script_count != 0)
		qsort(w->script, w->script_count, sizeof(*w->script), by_time);
}

bool
demo_families_named(struct str list, uint64_t *set, struct errors *err)
{
	*set = 0;
	while (list.n) {
		struct str name = str_split(&list, ',');
		bool known = str_is(name, "none");

		for (size_t i = 0; i < COUNT(families); i++) {
			bool edge = families[i].family[0] == 'E';

			if (str_is(name, families[i].family) || str_is(name, "all") ||
			    (str_is(name, "edges") && edge) ||
			    (str_is(name, "incidents") && !edge)) {
				*set |= 1ULL << i;
				known = true;
			}
		}
		if (!known) {
			error_add(err,
				  "unknown incident '" STR_FMT
				  "'; all, none, incidents, edges, or of J-01 to J-23",
				  STR_ARG(name));
			return false;
		}
	}
	return true;
}
