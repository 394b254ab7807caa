/*
 * demo_ledgers_more.c - ledgers of the rules to come: schedules, permits, shared ids, loans, contracts, records.
 * They are whole, so that a rule that learns to ask one finds its incidents there.
 */
#include "demo/work.h"

static void
schedules_write(struct world *w)
{
	static const char *const rows =
		"schedule,daytype,start,end\n"
		"day,biz,07:30,18:30\ncall,biz,07:30,18:30\ncall,sat,07:30,18:30\n"
		"call,sun,07:30,18:30\ncall,hol,07:30,18:30\nfield,biz,07:00,19:00\n"
		"field,sat,07:00,19:00\nshift,biz,00:00,24:00\nshift,sat,00:00,24:00\n"
		"shift,sun,00:00,24:00\nshift,hol,00:00,24:00\n";
	struct out t;

	ledger_begin(w, "ledgers/schedules.csv", rows, &t);
	ledger_end(w, &t);
}

static void
permit_row(struct world *w, uint32_t i, const char *kind, int64_t from, int64_t to)
{
	char a[32], b[32];

	demo_row(&w->permits, "%s,%s,%s,%s,E00001\n", w->accounts[i].name, kind, time_text(from, a),
		 time_text(to, b));
}

/* Overtime and days off as they were asked for, nights on call, and journeys: what the work itself will do. */
static void
permits_write(struct world *w)
{
	for (uint32_t i = 0; i < w->account_count; i++) {
		for (int d = 0; d < w->days; d++) {
			struct person_day p = person_day(w, i, d);
			int64_t midnight = days_s(w->day0 + d);

			if (p.share == 0)
				continue;
			if (p.late == STAY_PERMITTED)
				permit_row(w, i, "overtime", midnight + p.piece[1].till,
					   midnight + p.late_till);
			if (p.asked)
				permit_row(w, i, "overtime", midnight + p.piece[0].from,
					   midnight + p.piece[1].till);
			if (p.called)
				permit_row(w, i, "oncall", midnight, midnight + hours_s(6));
			if (p.abroad)
				permit_row(w, i, "travel", midnight, midnight + DAY_S);
		}
	}
	save(w, "ledgers/permits.csv", &w->permits);
}

static void
shared_ids_write(struct world *w)
{
	char a[32], b[32];

	for (uint32_t i = 0; i < w->account_count; i++) {
		if (w->accounts[i].kind != KIND_SHARED || w->accounts[i].quiet)
			continue;
		for (int d = 0; d < w->days; d++) {
			int64_t from = days_s(w->day0 + d) + hours_s(6);

			if (person_day(w, i, d).share != 0)
				demo_row(&w->shared_ids, "%s,E%05u,,%s,%s\n", w->accounts[i].name,
					 1 + (i + (uint32_t)d) % w->account_count,
					 time_text(from, a), time_text(from + hours_s(15), b));
		}
	}
	save(w, "ledgers/shared_ids.csv", &w->shared_ids);
}

static void
contractors_write(struct world *w)
{
	struct out t;

	ledger_begin(w, "ledgers/contractors.csv",
		     "org,parent,systems,classes,sites,from,to,approver\n"
		     "KCC,KPG,,contract;meter;outage;usage,KCC1;HQ,2020-04-01,2030-04-01,E00001\n"
		     "KCS,KCC,,contract;meter;outage,KCS1,2021-04-01,2030-04-01,E00001\n",
		     &t);
	ledger_end(w, &t);
}

void
more_ledgers_write(struct world *w)
{
	schedules_write(w);
	permits_write(w);
	shared_ids_write(w);
	contractors_write(w);
	save(w, "ledgers/terminal_loans.csv", &w->loans);
	save(w, "ledgers/work_orders.csv", &w->orders);
	save(w, "ledgers/auth_events.csv", &w->auth);
	save(w, "ledgers/archive.csv", &w->archive);
}
