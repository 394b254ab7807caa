/*
 * edge_xtn.c - views the matrix denies (XTN-01), holes in the barrier (XTN-02), and near misses.
 * XTN-02 is told by (organisation, system, screen): at most two KEP accounts may share a screen here, so
 * only the play that is meant to makes a hole.
 */
#include "demo/script.h"

#define MUST "XTN-01", NULL, "XTN-02"
#define NOT NULL, NULL, "XTN-01,XTN-02"

static struct req
look(const struct script *s, uint32_t a, enum screen cls, int masked)
{
	struct req q = by(s, a, s->w->accounts[a].net, s->w->accounts[a].term);

	q.cls = (uint8_t)cls;
	q.masked = (int8_t)masked;
	return q;
}

/* n views a minute apart on some working day */
static void
plain(struct script *s, enum org org, enum screen cls, int masked, enum pool pool, int n,
      struct truth t)
{
	struct req q = look(s, actor(s, org, org == KCC ? ROLE_FIELD : ROLE_SALES), cls, masked);
	int64_t at = clock_at(s, some_day(s, 5, 95), 10, 20, 0);

	for (int i = 0; i < n; i++)
		send(s, q, at + minutes_s(i), one_of(s, pool));
	tell(s, t);
}

static void
relations(struct script *s)
{
	uint32_t a = actor(s, KEP, ROLE_CALL);
	int64_t at = clock_at(s, some_day(s, 10, 90), 10, 20, 0);
	struct req q = look(s, a, CONTRACT, -1);

	s->w->accounts[a].quiet = false;
	for (int i = 0; i < 12; i++)
		send(s, q, at + minutes_s(i) + (i >= 6 ? 1800 : 0) + (i >= 10 ? 1801 : 0),
		     one_of(s, POOL_NEWA));
	tell(s, (struct truth){ "xtn-other", EASY, MUST, 12, -1, 1,
				"another supplier's consumers, beside legal work" });
	plain(s, KEP, USAGE, -1, POOL_LAST, 5,
	      (struct truth){ "xtn-last", MEDIUM, MUST, 5, 1, 1, "consumers of the last resort" });
	plain(s, KEP, BILL, 0, POOL_FIT, 5,
	      (struct truth){ "xtn-fit", MEDIUM, MUST, 5, 1, 1,
			      "consumers of the feed-in purchase" });
	plain(s, KEP, METER, 0, POOL_NEWB, 3,
	      (struct truth){ "xtn-unmasked", MEDIUM, MUST, 3, 1, 1,
			      "allow_masked, and shown unmasked" });
	plain(s, KEP, METER, 1, POOL_NEWB, 6,
	      (struct truth){ "near-xtn-masked", HARD, NOT, 0, 0, 0, "allow_masked, and masked" });
	plain(s, KEP, METER, -1, POOL_NEWB, 6,
	      (struct truth){ "near-xtn-masked-untold", HARD, NOT, 0, 0, 0,
			      "allow_masked, and the log does not say: undetermined" });
	plain(s, KCC, CONTRACT, 0, POOL_KEP, 3,
	      (struct truth){ "xtn-contractor", MEDIUM, MUST, 3, 1, 1,
			      "a contractor may see contracts masked only" });
	plain(s, NEWC, METER, -1, POOL_KEP, 1,
	      (struct truth){ "xtn-supplier-once", HARD, MUST, 1, 1, 1,
			      "a supplier's single view" });
	plain(s, KEP, CONTRACT, -1, POOL_KEP, 9,
	      (struct truth){ "near-xtn-own", EASY, NOT, 0, 0, 0, "own consumers" });
}

static void
refused(struct script *s)
{
	struct req q = look(s, actor(s, KEP, ROLE_SALES), CONTRACT, -1);
	int64_t at = clock_at(s, some_day(s, 5, 95), 16, 0, 0);

	q.status = 403;
	for (int64_t i = 0; i < 12; i++)
		send(s, q, at + i * 15, one_of(s, POOL_NEWB));
	tell(s, (struct truth){ "near-xtn-refused", EASY, NOT, 0, 0, 0, "tried and refused" });
}

static void
other_system(struct script *s)
{
	struct req q = look(s, actor(s, KEP, ROLE_SALES), CONTRACT, 0);
	int64_t at = clock_at(s, some_day(s, 10, 90), 11, 0, 0);

	if (s->w->systems < 2)
		return;
	q.sys = 1;
	send(s, q, at, one_of(s, POOL_NEWA));
	q.masked = 1;
	send(s, aside(q), at + 60, one_of(s, POOL_NEWA));
	tell(s, (struct truth){
			"xtn-other-system", MEDIUM, MUST, 1, 1, 1,
			"the matrix names this system: masked is allowed there, unmasked is not" });
}

static void
switches(struct script *s)
{
	struct world *w = s->w;
	int day = some_day(s, 30, 70);
	int64_t at = clock_at(s, day, 0, 0, 0);
	struct req q;
	uint32_t c;

	if (day < 0)
		return;
	c = consumer_add(w, NEWA, KEP, at);
	q = look(s, actor(s, KEP, ROLE_SALES), ADDRESS, -1);
	send(s, q, at, c);
	send(s, q, at + hours_s(9), c);
	tell(s, (struct truth){ "near-xtn-switch-midnight", HARD, NOT, 0, 0, 0,
				"the consumer became KEP's at 00:00 of that day" });
	q = look(s, actor(s, KEP, ROLE_SALES), ADDRESS, -1);
	send(s, q, at - 1, c);
	tell(s, (struct truth){ "xtn-before-midnight", HARD, MUST, 1, 1, 1,
				"a second before: a hit, but switch_boundary (-15 points)" });
	c = consumer_add(w, KEP, NEWA, at);
	q = look(s, actor(s, KEP, ROLE_SALES), HISTORY, -1);
	send(s, q, at + days_s(3), c);
	tell(s, (struct truth){ "xtn-switch-3d", HARD, MUST, 1, 1, 1,
				"three days after the switch: boundary" });
	q = look(s, actor(s, KEP, ROLE_SALES), HISTORY, -1);
	send(s, q, at + days_s(3) + 1, c);
	tell(s, (struct truth){ "xtn-switch-3d-1s", HARD, MUST, 1, 1, 1,
				"a second more: full points" });
	c = consumer_add(w, NEWB, NEWB, at);
	w->consumers[c].types |= CONSUMER_ENDS;
	q = look(s, actor(s, NEWB, ROLE_SALES), BILL, -1);
	send(s, q, at, c);
	tell(s, (struct truth){ "near-xtn-unknown", HARD, NOT, 0, 0, 0,
				"nobody supplies it any more: undetermined by the default row" });
}

static void
mover(struct script *s)
{
	struct world *w = s->w;
	uint32_t a = actor(s, KPG, ROLE_OFFICE);
	int day = some_day(s, 30, 70);
	struct req q = look(s, a, BILL, -1);

	if (day < 0)
		return;
	w->accounts[a].move_day = w->day0 + day;
	w->accounts[a].org2 = KEP;
	send(s, aside(q), clock_at(s, day, 0, 0, -1), one_of(s, POOL_NEWC));
	q.net = N_EPHQ;
	q.term = term_add(w, KEP, a);
	send(s, q, clock_at(s, day, 0, 0, 0), one_of(s, POOL_NEWC));
	tell(s, (struct truth){ "xtn-moved", HARD, "XTN-01", NULL, "XTN-02,ORG-01", 1, 1, 1,
				"moved from the grid to KEP at midnight, terminal and place too" });
}

static void
storms(struct script *s)
{
	const struct world *w = s->w;
	struct req q;

	if (w->area_day < 0)
		return;
	q = look(s, actor(s, KEP, ROLE_CALL), OUTAGE, -1);
	send(s, q, w->area_from, one_in_storm(s, POOL_NEWA, true));
	send(s, q, w->area_from + 3600, one_in_storm(s, POOL_NEWA, true));
	send(s, q, w->area_to - 1, one_in_storm(s, POOL_NEWA, true));
	send(s, q, w->storm_from + 3600, one_in_storm(s, POOL_NEWA, false));
	tell(s, (struct truth){ "near-xtn-in-window", MEDIUM, NOT, 0, 0, 0,
				"allow_disaster inside the window" });
	q = look(s, actor(s, KEP, ROLE_CALL), OUTAGE, -1);
	send(s, q, w->area_from + 1800, one_in_storm(s, POOL_NEWA, false));
	send(s, q, w->area_to, one_in_storm(s, POOL_NEWA, true));
	tell(s, (struct truth){
			"xtn-out-of-window", HARD, MUST, 2, 2, 1,
			"inside the window but another area; and the second the window ends" });
	q = look(s, actor(s, KEP, ROLE_CALL), USAGE, -1);
	send(s, q, w->storm_from + 7200, one_of(s, POOL_NEWA));
	tell(s, (struct truth){ "near-xtn-row-in-window", HARD, NOT, 0, 0, 0,
				"a matrix row for call staff while the disaster lasts" });
}

static void
holes(struct script *s)
{
	uint32_t a[3];
	int64_t at = clock_at(s, some_day(s, 10, 60), 14, 0, 0);

	for (int i = 0; i < 3; i++)
		a[i] = actor(s, NEWA, ROLE_SALES);
	for (int i = 0; i < 12; i++)
		send(s, look(s, a[i % 3], CONTRACT, -1), at + days_s(i / 3) + minutes_s(i * 10),
		     one_of(s, POOL_NEWB));
	tell(s, (struct truth){ "xtn-hole", EASY, "XTN-02,XTN-01", NULL, NULL, 12, 1, 1,
				"three accounts of NEWA on one screen within days" });
	for (int i = 0; i < 2; i++)
		a[i] = actor(s, NEWA, ROLE_SALES);
	for (int i = 0; i < 10; i++)
		send(s, look(s, a[i % 2], USAGE, -1), at + days_s(i / 2) + minutes_s(i * 10),
		     one_of(s, POOL_NEWB));
	tell(s, (struct truth){ "near-xtn-two-accounts", HARD, MUST, 10, -1, 1,
				"two accounts only: views, but no hole" });
	for (int late = 0; late < 2; late++) {
		for (int i = 0; i < 3; i++)
			a[i] = actor(s, NEWB, ROLE_SALES);
		for (int i = 0; i < 3; i++)
			send(s, look(s, a[i], late ? USAGE : CONTRACT, -1),
			     at + (i == 0   ? 0
				   : i == 1 ? days_s(1)
					    : days_s(8) + late),
			     one_of(s, POOL_NEWA));
		if (late)
			tell(s, (struct truth){ "near-xtn-hole-7d-1s", HARD, MUST, 3, -1, 1,
						"the third account a second later: the episode is "
						"cut, no hole" });
		else
			tell(s, (struct truth){
					"xtn-hole-7d", HARD, "XTN-02,XTN-01", NULL, NULL, 3, 1, 1,
					"the third account exactly seven days after the second" });
	}
}

static void
far_apart(struct script *s)
{
	struct req q = look(s, actor(s, NEWC, ROLE_SALES), CONTRACT, -1);
	int64_t at = clock_at(s, some_day(s, 0, 20), 14, 30, 0);

	send(s, q, at, one_of(s, POOL_NEWA));
	send(s, q, at + days_s(30) + 1, one_of(s, POOL_NEWA));
	tell(s, (struct truth){ "xtn-far-apart", MEDIUM, MUST, 2, 2, 2,
				"more than 30 days apart: two cases" });
}

void
incident_edge_xtn(struct script *s)
{
	relations(s);
	refused(s);
	other_system(s);
	switches(s);
	mover(s);
	storms(s);
	holes(s);
	far_apart(s);
}
