/*
 * incident_split.c - J-19: the retailer on a system that was split off from it (T-14), and a shared id on one that
 * wants everybody's own (T-02).  ORG-03 is told by (system, organisation), so all that is left open is one incident.
 */
#include "demo/script.h"

static struct req
there(struct req q)
{
	q.sys = SYSTEM_SPLIT;
	return q;
}

static void
split(struct script *s)
{
	struct req q = there(at_desk(s, actor(s, KEP, ROLE_SALES))), login = q;
	int day = some_day(s, 55, 75);
	int64_t at = clock_at(s, day, 0, 0, 0),
		later = clock_at(s, plain_day_after(s, day), 10, 0, 0);

	if (day < 0)
		return;
	s->w->split_since = at;
	login.what = DO_LOGIN;
	login.status = 401;
	send(s, aside(q), at - days_s(3), one_of(s, POOL_KEP));
	send(s, aside(q), at - 1, one_of(s, POOL_KEP));
	send(s, login, at, 0); /* refused, and yet it could knock */
	burst(s, q, later, 3, 60, POOL_KEP);
	burst(s, there(by(s, actor(s, KPG, ROLE_OFFICE), N_EPHQ, NOBODY)), later + 600, 2, 60,
	      POOLS);
	tell(s,
	     (struct truth){ "split-open", HARD, "ORG-03,ORG-02,ORG-01", "OFF-01,OFF-02", "TMP-01",
			     6, 2, 1,
			     "KEP on the system that was split off: a refused login in the first "
			     "second, views days later; those before are no ORG-03" });
	burst(s, there(by(s, actor(s, KPG, ROLE_OFFICE), N_EPPROXY, NOBODY)), later, 2, 60, POOLS);
	tell(s, (struct truth){ "near-split-proxy", HARD, NULL, NULL, "ORG-03,ORG-02,ORG-01", 0, 0,
				0, "a proxy of KEP says nothing about where its user sits" });
}

/* n lines of an id of this kind, on the system where everybody has an own one or elsewhere */
static void
used(struct script *s, enum kind kind, int sys, int n, struct truth t)
{
	uint32_t a = actor(s, KPG, ROLE_BRANCH);
	struct req q = at_desk(s, a);
	int64_t at = clock_at(s, some_day(s, 10, 90), 10, 30, 0);
	char out[32], in[32];

	s->w->accounts[a].kind = (uint8_t)kind;
	q.sys = (uint8_t)sys;
	if (n == 1)
		q.what = DO_LOGIN;
	burst(s, q, at, n, 90, POOLS);
	if (kind == KIND_SHARED && at > 0) /* as it should be, everywhere */
		demo_row(&s->w->shared_ids, "%s,E00021,,%s,%s\n", s->w->accounts[a].name,
			 time_text(at - hours_s(1), out), time_text(at + hours_s(2), in));
	tell(s, t);
}

void
incident_split(struct script *s)
{
	if (s->w->systems <= SYSTEM_SPLIT)
		return;
	used(s, KIND_SHARED, SYSTEM_SPLIT, 12,
	     (struct truth){ "shared-id-work", EASY, "SHR-01", NULL, "SHR-05,ORG-01", 12, 1, 1,
			     "a shared id, where the policy forbids all that are nobody's own" });
	used(s, KIND_SHARED, SYSTEM_SPLIT, 1,
	     (struct truth){ "shared-id-login", MEDIUM, "SHR-01", NULL, "SHR-05,ORG-01", 1, 1, 1,
			     "one login" });
	used(s, KIND_SHARED, 0, 6,
	     (struct truth){
		     "near-shared-id-else", MEDIUM, NULL, NULL, "SHR-01,SHR-05,ORG-01", 0, 0, 0,
		     "on a system that allows them, and the ledger says whose hands it was in" });
	used(s, KIND_SERVICE, SYSTEM_SPLIT, 4,
	     (struct truth){ "near-shared-id-service", HARD, NULL, "SVC-01", "SHR-01,ORG-01", 0, 0,
			     0, "a service account is no shared id" });
	/* only where the system left open is not the one to split */
	if (s->w->systems > SYSTEM_INTERNAL)
		split(s);
}
