/*
 * incident_admin.c - J-16: privileged accounts and service accounts in the wrong hands (T-30, T-37).
 */
#include "demo/script.h"

void
incident_admin(struct script *s)
{
	struct world *w = s->w;
	uint32_t a = actor(s, KPG, ROLE_OFFICE), b = actor(s, KPG, ROLE_OFFICE), svc;
	int64_t at = clock_at(s, some_day(s, 10, 90), 14, 0, 0);
	char from[32], to[32];

	if (at < 0)
		return;
	w->accounts[a].priv = w->accounts[b].priv = true;
	burst(s, by(s, a, N_EPHQ, NOBODY), at, 3, 60, POOLS);
	tell(s, (struct truth){ "admin-retailer", EASY, "ORG-01,PRV-01", NULL, NULL, 3, 1, 1,
				"a privileged account, from KEP" });
	demo_row(&w->orders, "WO-9001,%s,%s,%s,%s,%s,E00001\n", w->accounts[b].name,
		 system_rows[0].id, time_text(at - hours_s(4), from),
		 time_text(at - hours_s(1), to), from);
	burst(s, at_desk(s, b), at, 3, 60, POOLS);
	tell(s, (struct truth){ "admin-expired", MEDIUM, "PRV-01", NULL, "ORG-01", 3, 1, 1,
				"its work order ended an hour before" });
	svc = account_add(w, KEP, KIND_SERVICE, ROLE_BATCH);
	w->accounts[svc].quiet = true;
	burst(s, by(s, svc, N_EPHQ, term_add(w, KEP, NOBODY)), at, 4, 30, POOL_KEP);
	tell(s, (struct truth){ "service-desk", HARD, "SVC-01", NULL, "ORG-01,XTN-01", 4, 1, 1,
				"a service account, at a desk" });
}
