/*
 * incident_holes.c - J-14: shared accounts whose use the ledger cannot give to a person (T-20).
 */
#include "demo/script.h"

static void
borrow(struct script *s, const char *name, const char *person, int64_t out, int64_t in)
{
	char a[32], b[32] = "";

	if (in != 0)
		time_text(in, b);
	demo_row(&s->w->shared_ids, "%s,%s,,%s,%s\n", name, person, time_text(out, a), b);
}

void
incident_holes(struct script *s)
{
	static const struct truth truths[4] = {
		{ "ledger-no-entry", EASY, "SHR-05", NULL, "ORG-01", 6, 1, 1, "no entry" },
		{ "ledger-two", MEDIUM, "SHR-05", NULL, "ORG-01", 6, 1, 1, "two open entries" },
		{ "ledger-open", HARD, "SHR-05", NULL, "ORG-01", 6, 1, 1,
		  "taken three days before, never given back" },
		{ "ledger-wrong", VERY_HARD, NULL, NULL, "SHR-05,ORG-01", 0, 0, 0,
		  "an entry, but somebody else's: not in any log" },
	};

	for (int i = 0; i < 4; i++) {
		uint32_t a = actor(s, KPG, ROLE_BRANCH);
		int day = some_day(s, 20, 90);
		int64_t at = clock_at(s, day, 10, 0, 0);
		const char *name = s->w->accounts[a].name;

		if (day < 0)
			return;
		s->w->accounts[a].kind = KIND_SHARED;
		if (i == 1 || i == 3)
			borrow(s, name, "E00011", at - hours_s(1), at + hours_s(2));
		if (i == 1)
			borrow(s, name, "E00012", at - hours_s(1), at + hours_s(3));
		if (i == 2)
			borrow(s, name, "E00013", at - days_s(3), 0);
		burst(s, at_desk(s, a), at, 6, 200, POOLS);
		tell(s, truths[i]);
	}
}
