/*
 * incident_calendar.c - J-23: around the disaster calendar: before a window, with an ordinary account inside it, with an
 * id that was not renewed since the last one (T-04, T-29); and a calendar that is not in order (T-25).
 * Nobody suspends these accounts behind their window (DIS-09).
 */
#include "demo/script.h"

static struct req
helper(struct script *s)
{
	uint32_t a = actor(s, KEP, ROLE_CALL);

	s->w->accounts[a].kind = KIND_DISASTER;
	return at_desk(s, a);
}

/* Views of their own consumers: the hour is wrong, not the screen. */
static void
early(struct script *s)
{
	const struct world *w = s->w;
	struct req q;
	uint32_t term;
	char from[16];

	burst(s, helper(s), w->storm_from - hours_s(1), 4, 60, POOL_KEP);
	tell(s, (struct truth){ "early-1h", EASY, "DIS-04", "DIS-09", "DIS-01,XTN-01", 4, 1, 1,
				"an hour before the window" });
	burst(s, helper(s), w->storm_from - hours_s(2), 1, 60, POOL_KEP);
	tell(s, (struct truth){ "early-2h", HARD, "DIS-04", "DIS-09", "DIS-01,XTN-01", 1, 1, 1,
				"two hours: the earliest that is early" });
	burst(s, helper(s), w->storm_from - hours_s(2) - 1, 1, 60, POOL_KEP);
	tell(s, (struct truth){ "near-early-2h-1s", HARD, "DIS-01", "DIS-09", "DIS-04,XTN-01", 1, 1,
				1, "a second more: peace" });
	q = at_desk(s, actor(s, KEP, ROLE_CALL));
	term = term_add(s->w, KEP, NOBODY);
	s->w->terms[term].kind = TERM_DISASTER;
	q.term = term;
	demo_row(&s->w->loans, "T-%05u,KEP,%s,,E00001\n", term + 1, date_text(w->day0 - 10, from));
	burst(s, q, w->storm_from - minutes_s(30), 2, 60, POOL_KEP);
	tell(s, (struct truth){ "early-terminal", VERY_HARD, "DIS-04", "DIS-09,OFF-01,OFF-02",
				"DIS-01,TRM-03,XTN-01", 2, 1, 1,
				"an ordinary account at a terminal lent for disasters" });
}

static void
personal(struct script *s)
{
	const struct world *w = s->w;
	struct req q = at_desk(s, actor(s, KEP, ROLE_SALES));

	q.sys = SYSTEM_INTERNAL;
	burst(s, q, w->storm_from + hours_s(3), 10, 120, POOL_KEP);
	tell(s, (struct truth){
			"own-id-ten", EASY, "DIS-05", "ORG-02", "XTN-01", 10, 1, 1,
			"a retailer's ordinary account on a grid system while the storm lasts" });
	q = at_desk(s, actor(s, KEP, ROLE_SALES));
	q.sys = SYSTEM_INTERNAL;
	send(s, aside(q), w->storm_from - 1, one_of(s, POOL_KEP));
	send(s, q, w->storm_from, one_of(s, POOL_KEP));
	send(s, q, w->storm_to - 1, one_of(s, POOL_KEP));
	send(s, aside(q), w->storm_to, one_of(s, POOL_KEP));
	tell(s, (struct truth){ "own-id-edges", HARD, "DIS-05,ORG-02", "OFF-01,OFF-02", "XTN-01", 2,
				2, 1,
				"the first and the last second of the window; those beside it are "
				"nobody's business there" });
	burst(s, at_desk(s, actor(s, KEP, ROLE_SALES)), w->storm_from + hours_s(4), 5, 90,
	      POOL_KEP);
	tell(s, (struct truth){ "near-own-id-permitted", MEDIUM, NULL, NULL, "DIS-05,ORG-02,XTN-01",
				0, 0, 0, "on a system that KEP works in anyway" });
}

/* An id used in one window and again in the next; when it was renewed, if ever. */
static void
again(struct script *s, int64_t issued, int64_t reset, struct truth t)
{
	const struct world *w = s->w;
	struct req q = helper(s);
	const char *name = w->accounts[q.acct].name;
	char at[32];

	q.cls = OUTAGE;
	for (int i = 0; i < 2; i++)
		send(s, aside(q), w->area_from + hours_s(1) + minutes_s(i),
		     one_in_storm(s, POOL_KEP, true));
	for (int i = 0; i < 3; i++)
		send(s, q, w->storm_from + hours_s(2) + minutes_s(i), one_of(s, POOL_KEP));
	if (issued != 0)
		demo_row(&s->w->auth, "%s,%s,issue,,yes\n", time_text(issued, at), name);
	if (reset != 0)
		demo_row(&s->w->auth, "%s,%s,reset,,yes\n", time_text(reset, at), name);
	tell(s, t);
}

static void
renewals(struct script *s)
{
	const struct world *w = s->w;
	int64_t before = w->area_from - hours_s(1);

	again(s, before, 0,
	      (struct truth){ "again-issued-once", EASY, "DIS-06,DIS-09", NULL, "DIS-02,XTN-01", 3,
			      1, 1, "T-29: two storms, and never reset between" });
	again(s, before, w->area_to - 1,
	      (struct truth){ "again-reset-within", HARD, "DIS-06,DIS-09", NULL, "DIS-02,XTN-01", 3,
			      1, 1, "reset in the last second of the first storm" });
	again(s, before, w->area_to,
	      (struct truth){ "near-again-reset", HARD, "DIS-09", NULL, "DIS-06,DIS-02,XTN-01", -1,
			      -1, -1, "reset the second it was over" });
	again(s, 0, 0,
	      (struct truth){ "near-again-unknown", MEDIUM, "DIS-09", NULL, "DIS-06,DIS-02,XTN-01",
			      -1, -1, -1, "the ledger has no event of it at all: undetermined" });
}

/* Windows of the holding, which has no accounts: only the calendar itself is judged.  Empty: left out */
static void
window(struct script *s, const char *id, int64_t from, int64_t to, int64_t registered,
       bool approved)
{
	char a[32], b[32] = "", c[32];

	if (to != 0)
		time_text(to, b);
	demo_row(&s->w->disasters, "%s,大雨,KHD,A11,%s,%s,yes,outage,%s,%s,real\n", id,
		 time_text(from, a), b, approved ? "E00001" : "", time_text(registered, c));
}

static void
entries(struct script *s)
{
	const struct world *w = s->w;
	int64_t day0 = days_s(w->day0), end = days_s(w->day0 + w->days), at = day0 + days_s(2);
	int64_t late = end - days_s(15);

	window(s, "DR-11", at, at + hours_s(20), at + hours_s(24) + 1, true);
	s->keys = "DR-11,registered_late";
	tell(s, (struct truth){ "entry-late", MEDIUM, "DIS-08", NULL, NULL, -1, -1, -1,
				"entered a second more than a day after it began" });
	at += days_s(1);
	window(s, "DR-12", at, at + hours_s(20), at + hours_s(24), true);
	s->keys = "DR-12,registered_late";
	tell(s, (struct truth){ "near-entry-late", HARD, NULL, NULL, "DIS-08", 0, 0, 0,
				"entered a day after it began, to the second" });
	at += days_s(1);
	window(s, "DR-13", at, at + hours_s(20), at, false);
	s->keys = "DR-13,no_approver";
	tell(s, (struct truth){ "entry-nobody", EASY, "DIS-08", NULL, NULL, -1, -1, -1,
				"nobody has approved it" });
	window(s, "DR-14", at + hours_s(20), at + hours_s(30), at + hours_s(20), true);
	s->keys = "DR-14,overlap";
	tell(s, (struct truth){ "near-entry-overlap", HARD, NULL, NULL, "DIS-08", 0, 0, 0,
				"begins the second the one before ends" });
	window(s, "DR-15", at + hours_s(30) - 1, at + hours_s(40), at + hours_s(30), true);
	s->keys = "DR-15,overlap";
	tell(s, (struct truth){ "entry-overlap", HARD, "DIS-08", NULL, NULL, -1, -1, -1,
				"begins a second before the one before ends" });
	at += days_s(2);
	window(s, "DR-16", at, at + hours_s(2), at, true);
	window(s, "DR-17", at, at + hours_s(9), at, true);
	s->keys = "DR-17,overlap";
	tell(s, (struct truth){ "entry-twice", VERY_HARD, "DIS-08", NULL, NULL, -1, -1, -1,
				"begins the same second as the row before it" });
	if (late < at + days_s(1))
		return;
	window(s, "DR-18", late, 0, late, true);
	s->keys = "DR-18,no_end;DR-03,overlap";
	tell(s, (struct truth){ "entry-no-end", EASY, "DIS-08", NULL, NULL, -1, -1, -1,
				"15 days old, and no end; it runs into the storm of everybody" });
}

void
incident_calendar(struct script *s)
{
	const struct world *w = s->w;

	entries(s);
	if (w->storm_day < 0)
		return;
	early(s);
	if (w->systems > SYSTEM_INTERNAL)
		personal(s);
	if (w->area_day >= 0)
		renewals(s);
}
