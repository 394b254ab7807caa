/*
 * incident_handed.c - J-08: one person's account, used by two (T-08).
 */
#include "demo/script.h"

void
incident_handed(struct script *s)
{
	struct world *w = s->w;
	uint32_t a[4], other[4];
	int64_t at;

	for (int i = 0; i < 4; i++) {
		a[i] = actor(s, KPG, ROLE_BRANCH);
		other[i] = w->accounts[actor(s, KPG, ROLE_BRANCH)].term;
	}
	at = clock_at(s, some_day(s, 10, 90), 9, 0, 0);
	for (int i = 0; i < 80; i++)
		send(s,
		     by(s, a[0], FIXED_NETS + (uint32_t)i % 2,
			i % 2 ? other[0] : w->accounts[a[0]].term),
		     at + (int64_t)i * 130, anyone(s));
	tell(s, (struct truth){ "handed-two-sites", EASY, "SHR-02,TRM-02", "DRF-05", "ORG-01", -1,
				1, 1, "40 and 40 views at two branches, one between the other" });
	at = clock_at(s, some_day(s, 10, 90), 10, 0, 0);
	for (int i = 0; i < 8; i++)
		burst(s,
		      by(s, a[1], FIXED_NETS + (uint32_t)i % 2,
			 i % 2 ? other[1] : w->accounts[a[1]].term),
		      at + (int64_t)i * 750, 3, 50, POOLS);
	tell(s, (struct truth){ "handed-in-turns", MEDIUM, "TRM-02", "DRF-05", "SHR-02,ORG-01", -1,
				-1, 1, "ten minutes apart, never at once" });
	at = clock_at(s, some_day(s, 10, 90), 13, 0, 0);
	for (int i = 0; i < 20; i++) {
		struct req q = by(s, a[2], FIXED_NETS, i % 2 ? other[2] : w->accounts[a[2]].term);

		send(s, i % 2 ? q : aside(q), at + (int64_t)i * 45, anyone(s));
	}
	tell(s, (struct truth){ "handed-one-site", HARD, "TRM-02", NULL, "SHR-02,ORG-01", 10, -1, 1,
				"two terminals in one network" });
	at = clock_at(s, some_day(s, 10, 90), 6, 30, 0);
	burst(s, at_desk(s, a[3]), at, 26, 40 * 60, POOLS);
	tell(s,
	     (struct truth){ "handed-all-day", VERY_HARD, "SHR-04", "OFF-01", "SHR-02,ORG-01", -1,
			     1, 1, "one terminal handed on: only the length of the day tells" });
}
