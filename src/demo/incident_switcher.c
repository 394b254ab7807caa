/*
 * incident_switcher.c - J-12: consumers of others looked at, and won over within weeks (T-21).
 * The meter screen is masked for them, so the matrix has nothing against the view itself.
 */
#include "demo/script.h"

static void
win(struct script *s, int n, struct truth t)
{
	struct world *w = s->w;
	struct req q = at_desk(s, actor(s, KEP, ROLE_SALES));
	int after = w->days > 30 ? 20 : 5, day = some_day(s, 0, 40);

	q.cls = METER;
	q.masked = 1;
	for (int i = 0; i < n && day >= 0; i++) {
		int64_t at = clock_at(s, day, 9, 30, 0) + (int64_t)i * 240;
		int64_t change = days_s(w->day0 + day + after + i % 3);
		uint32_t c = consumer_add(w, NEWA, KEP, change);
		char id[22], date[16];

		send(s, q, at, c);
		consumer_text(w, c, id);
		demo_row(&w->records, "application,P-%s-%02d,%.22s,,KEP,%s,\n", t.id, i, id,
			 date_text((int32_t)(change / DAY_S) - 2, date));
	}
	if (day >= 0)
		tell(s, t);
}

void
incident_switcher(struct script *s)
{
	win(s, 30,
	    (struct truth){ "switch-30", EASY, "XTN-06", NULL, "XTN-01", -1, -1, -1,
			    "30 of those looked at follow" });
	win(s, 5,
	    (struct truth){ "switch-5", MEDIUM, "XTN-06", NULL, "XTN-01", -1, -1, -1, "five" });
	win(s, 1,
	    (struct truth){ "switch-1", HARD, NULL, "XTN-06", "XTN-01", -1, -1, -1,
			    "one: within what happens anyway" });
}
