/*
 * lookup_records.c - which calls, tickets, applications and outages tell why a consumer was looked at.
 *
 *     at - 24 h ............ at ......... at + 7 d      a call, a ticket, an outage
 *     at - 24 h ............ at ......... effective     an application; without that day 90 days, and never under 7
 *
 * A record may be entered a day after the work, as orders of break-fix work may; an application is at work until it
 * takes effect, or for the 90 days within which a view is set against a switch (XTN-06).  A record that names an account
 * tells of that account alone, one that names an organisation of that organisation's.  That a consumer's data were
 * deleted tells of no view.
 */
#include "base/civil.h"
#include "context/context_own.h"

#define DAYS(n) ((n) * (int64_t)DAY_MS)

static int64_t
holds_until(const struct record_row *r)
{
	int64_t week = r->at + DAYS(7);

	if (r->kind != RECORD_APPLICATION)
		return week;
	return r->effective == INT64_MIN ? r->at + DAYS(90) : max_i64(week, r->effective);
}

static bool
explains(const struct record_row *r, struct str account, uint16_t org, int64_t ts)
{
	if (r->kind == RECORD_UNSAID || r->kind == RECORD_DELETION)
		return false;
	if (r->at == INT64_MIN || ts < r->at - DAYS(1) || ts >= holds_until(r))
		return false;
	return (r->account.n == 0 || str_eq(r->account, account)) && (r->org == 0 || r->org == org);
}

bool
lookup_explained(const void *context, const struct seen *s, uint32_t object, int64_t ts, size_t i,
		 struct explained *out)
{
	const struct context *c = context;
	struct record_row probe = { .consumer =
					    c->names.text(c->names.facts, DICT_OBJECT, object) };
	struct str account =
		c->names.text(c->names.facts, DICT_ACCOUNT, s->tuple.text[DICT_ACCOUNT]);
	const struct record_row *row =
		object ? ledger_find(&c->ledger[LEDGER_records], &probe) : NULL;

	for (uint32_t left = row ? row->head.count : 0; left; left--, row++) {
		if (!explains(row, account, s->account_org, ts) || i--)
			continue;
		*out = (struct explained){ .row = row->head.line,
					   .kind = record_kind_words[row->kind],
					   .id = row->id,
					   .at = row->at };
		return true;
	}
	return false;
}
