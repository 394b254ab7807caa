/*
 * edge_org.c - lent accounts (ORG-01), and what only looks like them.
 * Everyone has an own account, so what must and must not be found can be read off the account.
 */
#include "demo/script.h"

#define MUST "ORG-01", NULL, NULL
#define NOT NULL, NULL, "ORG-01"

static void
single(struct script *s)
{
	uint32_t a = actor(s, KPG, ROLE_OFFICE), friend = actor(s, KEP, ROLE_CALL);
	int day = some_day(s, 10, 90);

	s->w->accounts[a].quiet = false; /* the owner works as ever */
	send(s, by(s, a, N_EPHQ, s->w->accounts[friend].term), clock_at(s, day, 10, 13, 7),
	     anyone(s));
	tell(s,
	     (struct truth){
		     "org-single", EASY, "ORG-01,TRM-02", NULL, "SHR-02", 1, 1, 1,
		     "T-02: one line from the network and terminal of a former colleague at KEP" });
}

static void
month(struct script *s)
{
	struct world *w = s->w;
	uint32_t a = actor(s, KPG, ROLE_OFFICE), terms[12];
	int days = w->biz_count < 30 ? w->biz_count : 30, hits = 0;

	for (int i = 0; i < 12; i++)
		terms[i] = term_add(w, KEP, NOBODY);
	w->accounts[a].quiet = false;
	for (int d = 0; d < days; d++) {
		int views = 3 + (int)rng_below(&s->r, 6);

		for (int v = 0; v < views; v++) {
			uint32_t pick = (uint32_t)(d + v / 3) % 12;
			/* the shared reception hides the network, not the terminal */
			uint32_t net = pick == 5 ? N_RECEPTION : N_EPHQ;

			/* one draw a call: the order of arguments is the compiler's */
			int minute = (int)rng_below(&s->r, 60);

			send(s, by(s, a, net, terms[pick]),
			     clock_at(s, w->biz[d], 9 + v, minute, 11), anyone(s));
			hits++;
		}
	}
	tell(s, (struct truth){ "org-month", EASY, "ORG-01", "SHR-02", NULL, hits, -1, 1,
				"J-01: lent for 30 working days, 12 terminals of KEP, beside the "
				"owner's own work" });
}

/* One or two lines of a KPG account from somewhere. */
static void
from_where(struct script *s, uint32_t net, bool own_term, bool kep_term, struct truth t)
{
	uint32_t a = actor(s, KPG, ROLE_BRANCH);
	uint32_t term = own_term   ? s->w->accounts[a].term
			: kep_term ? term_add(s->w, KEP, NOBODY)
				   : NOBODY;
	int day = some_day(s, 5, 95);

	send(s, by(s, a, net, term), clock_at(s, day, 11, 2, 3), anyone(s));
	send(s, by(s, a, net, term), clock_at(s, day, 11, 4, 5), anyone(s));
	tell(s, t);
}

static void
places(struct script *s)
{
	from_where(s, N_VPN, false, true,
		   (struct truth){ "org-terminal-only", VERY_HARD, MUST, 2, 1, 1,
				   "through KPG's own VPN, but the terminal is KEP's" });
	from_where(s, N_EPVPN, false, false,
		   (struct truth){ "org-vpn-no-terminal", MEDIUM, MUST, 2, 1, 1,
				   "through KEP's VPN, no terminal id" });
	from_where(s, N_CAMPUS_EP, true, false,
		   (struct truth){ "org-nested-prefix", HARD, MUST, 2, 1, 1,
				   "10.50.7.0/24 is KEP's inside KPG's 10.50.0.0/16: the longest "
				   "prefix decides" });
	from_where(s, N_RECEPTION, true, false,
		   (struct truth){ "near-org-shared-site", HARD, NOT, 0, 0, 0,
				   "shared_site: whose network it is counts as unknown" });
	from_where(s, N_GHOST, false, false,
		   (struct truth){ "near-org-unlisted", MEDIUM, NOT, 0, 0, 0,
				   "unlisted internal network and no terminal: undetermined" });
	from_where(s, N_GHOST_PUBLIC, false, false,
		   (struct truth){ "near-org-unlisted-public", MEDIUM, NOT, 0, 0, 0,
				   "unlisted public network and no terminal: undetermined" });
	from_where(s, N_EPPROXY, true, false,
		   (struct truth){ "near-org-proxy", HARD, NOT, 0, 0, 0,
				   "a proxy of KEP says nothing about where its user sits" });
	from_where(s, N_EPNAT, true, false,
		   (struct truth){ "near-org-nat", HARD, NOT, 0, 0, 0, "nor does a NAT" });
}

static void
pairs(struct script *s)
{
	uint32_t in = actor(s, KCS, ROLE_FIELD), out = actor(s, KCS, ROLE_FIELD);
	int day = some_day(s, 30, 50), end = day + 6;
	struct req q = by(s, in, N_HQ, s->w->accounts[in].term);
	char a[16], b[16];

	if (day < 0)
		return;
	demo_row(&s->w->pairs, "KCS,KPG,%s,%s,%s,E00001\n", system_rows[0].id,
		 date_text(s->w->day0 + day, a), date_text(s->w->day0 + end, b));
	q.cls = OUTAGE;
	send(s, q, clock_at(s, day, 0, 0, 0), anyone(s));
	send(s, q, clock_at(s, end, 0, 0, -1), anyone(s));
	tell(s, (struct truth){ "near-org-allow-pair", HARD, NOT, 0, 0, 0,
				"the first and the last second of an allowed pair" });
	q = by(s, out, N_HQ, s->w->accounts[out].term);
	q.cls = OUTAGE;
	send(s, q, clock_at(s, day, 0, 0, -1), anyone(s));
	send(s, q, clock_at(s, end, 0, 0, 0), anyone(s));
	tell(s, (struct truth){ "org-pair-edges", HARD, MUST, 2, 2, 1,
				"one second before the pair begins, and the second it ends" });
}

static void
grant_add(struct script *s, const char *kind, const char *subject, int64_t from, int64_t to)
{
	char a[32], b[32];

	demo_row(&s->w->grants, "G-%02u,%s,%s,%s,%s,%s,outage support,E00001\n", ++s->grants, kind,
		 subject, system_rows[0].id, time_text(from, a), time_text(to, b));
}

static void
grants(struct script *s)
{
	int day = some_day(s, 20, 80);
	int64_t from = clock_at(s, day, 9, 0, 0), to = from + hours_s(4);
	uint32_t term = term_add(s->w, KEP, NOBODY), a;
	char subject[32];

	if (day < 0)
		return;
	a = actor(s, KPG, ROLE_BRANCH);
	grant_add(s, "account", s->w->accounts[a].name, from, to);
	send(s, by(s, a, N_EPHQ, NOBODY), from, anyone(s));
	send(s, by(s, a, N_EPHQ, NOBODY), to - 1, anyone(s));
	tell(s,
	     (struct truth){ "near-org-grant-account", MEDIUM, NOT, 0, 0, 0, "inside its grant" });
	a = actor(s, KPG, ROLE_BRANCH);
	grant_add(s, "account", s->w->accounts[a].name, from, to);
	send(s, by(s, a, N_EPHQ, NOBODY), from - 1, anyone(s));
	send(s, by(s, a, N_EPHQ, NOBODY), to, anyone(s));
	tell(s, (struct truth){ "org-grant-edges", HARD, MUST, 2, 2, 1,
				"one second before the grant, and the second it ends" });
	a = actor(s, KPG, ROLE_BRANCH);
	snprintf(subject, sizeof(subject), "T-%05u", term + 1);
	grant_add(s, "terminal", subject, from, to);
	send(s, by(s, a, N_VPN, term), from + 60, anyone(s));
	tell(s, (struct truth){ "near-org-grant-terminal", HARD, NOT, 0, 0, 0,
				"the terminal has the grant" });
	a = actor(s, KPG, ROLE_BRANCH);
	/* a branch of KEP's: no other play stands there */
	grant_add(s, "network", s->w->nets[FIXED_NETS + 2].cidr, from, to);
	send(s, by(s, a, FIXED_NETS + 2, NOBODY), from + 60, anyone(s));
	tell(s, (struct truth){ "near-org-grant-network", HARD, NOT, 0, 0, 0,
				"the network has the grant" });
}

static void
pauses(struct script *s)
{
	uint32_t a = actor(s, KPG, ROLE_BRANCH), b, c;
	int64_t at = clock_at(s, some_day(s, 10, 90), 13, 0, 0);
	struct req q = by(s, a, N_EPHQ, NOBODY);

	send(s, q, at, anyone(s));
	send(s, q, at + 1800, anyone(s));
	send(s, q, at + 1800 + 1801, anyone(s));
	tell(s, (struct truth){ "org-pause", MEDIUM, MUST, 3, 2, 1,
				"a pause of 30 minutes joins, one second more splits" });
	b = actor(s, KPG, ROLE_BRANCH);
	at = clock_at(s, some_day(s, 0, 20), 14, 0, 0);
	q = by(s, b, N_EPHQ, NOBODY);
	send(s, q, at, anyone(s));
	send(s, q, at + days_s(30), anyone(s));
	tell(s,
	     (struct truth){ "org-case-30d", MEDIUM, MUST, 2, 2, 1, "30 days apart are one case" });
	c = actor(s, KPG, ROLE_BRANCH);
	q = by(s, c, N_EPHQ, NOBODY);
	send(s, q, at, anyone(s));
	send(s, q, at + days_s(30) + 1, anyone(s));
	tell(s,
	     (struct truth){ "org-case-30d-1s", MEDIUM, MUST, 2, 2, 2, "one second more are two" });
}

static void
dated_rows(struct script *s)
{
	struct world *w = s->w;
	uint32_t a = actor(s, KPG, ROLE_OFFICE), b = actor(s, KPG, ROLE_OFFICE),
		 c = actor(s, KPG, ROLE_OFFICE);
	int day = some_day(s, 25, 75);
	struct req q = by(s, a, N_HQ, w->accounts[a].term);

	if (day < 0)
		return;
	w->accounts[a].move_day = w->day0 + day;
	w->accounts[a].org2 = KEP;
	send(s, aside(q), clock_at(s, day, 0, 0, -1), anyone(s));
	q.what = DO_LOGIN; /* not a view: as KEP's it would be one of another supplier's consumer */
	send(s, q, clock_at(s, day, 0, 0, 0), anyone(s));
	tell(s, (struct truth){
			"org-moved", HARD, MUST, 1, 1, 1,
			"moved to KEP at midnight; the line a second before is still the grid's" });
	q = by(s, b, N_HQ, w->accounts[b].term);
	w->terms[w->accounts[b].term].change_day = w->day0 + day;
	w->terms[w->accounts[b].term].org2 = KEP;
	w->terms[w->accounts[b].term].owner2 = NOBODY;
	send(s, aside(q), clock_at(s, day, 0, 0, -1), anyone(s));
	send(s, q, clock_at(s, day, 0, 0, 0), anyone(s));
	tell(s, (struct truth){ "org-terminal-moved", HARD, MUST, 1, 1, 1,
				"the terminal became KEP's at midnight" });
	w->accounts[c].sys_row_org = KEP;
	q = by(s, c, N_HQ, w->accounts[c].term);
	q.what = DO_LOGIN;
	send(s, q, clock_at(s, day, 9, 5, 0), anyone(s));
	tell(s, (struct truth){ "org-system-row", HARD, "ORG-01", "ACC-02", NULL, 1, 1, 1,
				"a row for this system says KEP and wins over the row for all" });
}

static void
silent_ones(struct script *s)
{
	uint32_t a = actor(s, KPG, ROLE_OFFICE), b = actor(s, KPG, ROLE_OFFICE);
	int64_t at = clock_at(s, some_day(s, 10, 90), 15, 0, 0);
	struct req q = by(s, a, N_EPHQ, NOBODY);

	q.what = DO_LOGIN;
	q.status = 401;
	for (int64_t i = 0; i < 4; i++)
		send(s, q, at + i * 9, 0);
	tell(s, (struct truth){ "near-org-refused", EASY, NOT, 0, 0, 0, "only failed logins" });
	s->w->accounts[b].listed = false;
	s->w->accounts[b].name[0] = s->w->accounts[b].name[1] = 'x';
	send(s, by(s, b, N_EPHQ, NOBODY), at + 300, anyone(s));
	tell(s, (struct truth){ "near-org-unknown-account", MEDIUM, "ACC-01", NULL, "ORG-01", 1, 1,
				1, "an account no ledger knows: whose it is, nobody can say" });
}

void
incident_edge_org(struct script *s)
{
	single(s);
	month(s);
	places(s);
	pairs(s);
	grants(s);
	pauses(s);
	dated_rows(s);
	silent_ones(s);
}
