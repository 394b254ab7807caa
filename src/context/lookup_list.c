/*
 * lookup_list.c - ledgers as lists: the hours of schedules and the roster of accounts, for reports.
 */
#include "context/context_own.h"

bool
lookup_slot_at(const void *context, size_t i, struct slot_row *out)
{
	const struct context *c = context;
	const struct ledger *l = &c->ledger[LEDGER_schedules];
	const struct schedule_row *row = i < l->count ? ledger_row(l, i) : NULL;

	if (!row)
		return false;
	*out = (struct slot_row){ .schedule = row->schedule,
				  .day_type = (uint8_t)(row->day_type - 1),
				  .start = row->start,
				  .end = row->end,
				  .grace = c->shifts.grace_ms };
	return true;
}

bool
lookup_roster_at(const void *context, size_t i, struct roster_row *out)
{
	const struct context *c = context;
	const struct ledger *l = &c->ledger[LEDGER_accounts];
	const struct account_row *row = i < l->count ? ledger_row(l, i) : NULL;

	if (!row)
		return false;
	*out = (struct roster_row){ .account = row->account,
				    .status = row->status,
				    .created = row->created,
				    .from = row->from,
				    .to = row->to };
	return true;
}

struct str
lookup_schedule_name(const void *context, uint16_t schedule)
{
	return pool_name(&((const struct context *)context)->pool[POOL_SCHEDULE], schedule);
}

uint16_t
lookup_org_parent(const void *context, uint16_t org)
{
	const struct org_row *row = ((const struct context *)context)->posts.org[org];

	return row ? row->parent : ORG_NONE;
}
