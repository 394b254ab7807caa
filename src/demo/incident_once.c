/*
 * incident_once.c - J-02: a former colleague uses another one's account once (T-02).
 */
#include "demo/script.h"

void
incident_once(struct script *s)
{
	uint32_t friend = actor(s, KEP, ROLE_CALL), a[4];
	uint32_t kiosk = term_add(s->w, KPG, NOBODY);
	int day[4];

	s->w->terms[kiosk].kind = TERM_KIOSK;
	for (int i = 0; i < 4; i++) {
		a[i] = actor(s, KPG, ROLE_OFFICE);
		s->w->accounts[a[i]].quiet = false; /* the owner works as ever */
		day[i] = some_day(
			s, 10, 90); /* one draw a call: the order of arguments is the compiler's */
	}
	send(s, by(s, a[0], N_EPHQ, NOBODY), clock_at(s, day[0], 10, 13, 7), anyone(s));
	tell(s, (struct truth){ "once-network", EASY, "ORG-01", NULL, NULL, 1, 1, 1,
				"one line from KEP's network" });
	send(s, by(s, a[1], N_EPVPN, s->w->accounts[friend].term), clock_at(s, day[1], 10, 13, 7),
	     anyone(s));
	tell(s, (struct truth){ "once-terminal", MEDIUM, "ORG-01,TRM-02", NULL, NULL, 1, 1, 1,
				"one line from a terminal of KEP, through KEP's VPN" });
	send(s, by(s, a[2], FIXED_NETS + 1, kiosk), clock_at(s, day[2], 15, 40, 2), anyone(s));
	tell(s, (struct truth){
			"once-kiosk", HARD, NULL, "SHR-02,DRF-05", "ORG-01", 0, 0, 0,
			"at a kiosk of a KPG branch during a visit: only a badge could tell" });
	send(s, by(s, a[3], N_VPN, NOBODY), clock_at(s, day[3], 20, 5, 9), anyone(s));
	tell(s,
	     (struct truth){ "once-nothing", VERY_HARD, NULL, "OFF-01", "ORG-01", 0, 0, 0,
			     "through KPG's VPN without a terminal id: undetermined by design" });
}
