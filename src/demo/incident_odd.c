/*
 * incident_odd.c - J-18: a hidden area, a role's border, a network from outside (T-12, T-24, T-38).
 */
#include "demo/script.h"

/* n lines on the internal system, from somewhere */
static void
connect(struct script *s, uint32_t a, enum fixed_net net, int n, struct truth t)
{
	struct req q = by(s, a, net, s->w->accounts[a].term);

	q.sys = SYSTEM_INTERNAL;
	burst(s, q, clock_at(s, some_day(s, 10, 90), 11, 0, 0), n, 60, POOLS);
	tell(s, t);
}

static void
connections(struct script *s, uint32_t a)
{
	connect(s, a, N_GHOST_PUBLIC, 3,
		(struct truth){ "odd-outside", HARD, "DRF-04", "DRF-01", "ORG-01", 3, 1, 1,
				"a network no ledger knows, on an internal system" });
	connect(s, actor(s, KPG, ROLE_OFFICE), N_GHOST, 1,
		(struct truth){
			"odd-unregistered", VERY_HARD, "DRF-04", NULL, "ORG-01", 1, 1, 1,
			"one line from an address of the company's own that nobody registered" });
	connect(s, actor(s, KPG, ROLE_OFFICE), N_HQ6, 3,
		(struct truth){ "near-odd-public-site", HARD, NULL, NULL, "DRF-04,ORG-01", 0, 0, 0,
				"a public address, and a site all the same" });
	connect(s, actor(s, KPG, ROLE_OFFICE), N_VPN, 3,
		(struct truth){ "near-odd-vpn", MEDIUM, NULL, NULL, "DRF-04,ORG-01", 0, 0, 0,
				"through the VPN" });
}

void
incident_odd(struct script *s)
{
	uint32_t a = actor(s, KPG, ROLE_OFFICE), b = actor(s, KCC, ROLE_OFFICE),
		 c = actor(s, KPG, ROLE_OFFICE), d = actor(s, KCC, ROLE_FIELD);
	struct req q = at_desk(s, a);

	q.cls = DUMP;
	burst(s, q, clock_at(s, some_day(s, 10, 90), 16, 0, 0), 4, 60, POOLS);
	tell(s, (struct truth){ "odd-dump", EASY, "XTN-07", NULL, "XTN-01,ORG-01", 4, 1, 1,
				"data put aside for the analysis of a fault" });
	q = at_desk(s, b);
	q.cls = METER;
	burst(s, q, clock_at(s, some_day(s, 10, 90), 15, 0, 0), 3, 60, POOLS);
	tell(s, (struct truth){ "odd-role", MEDIUM, "XTN-01", NULL, "XTN-02,ORG-01", 3, -1, -1,
				"the contractor's office opens what is for its field staff" });
	if (s->w->systems > SYSTEM_INTERNAL)
		connections(s, c);
	q = at_desk(s, d);
	q.cls = CONTRACT;
	q.masked = 0;
	burst(s, q, clock_at(s, some_day(s, 10, 90), 11, 0, 0), 1, 60, POOLS);
	tell(s, (struct truth){ "odd-unmasked", VERY_HARD, "XTN-01", NULL, "XTN-02,ORG-01", 1, 1, 1,
				"one view that should have been masked" });
}
