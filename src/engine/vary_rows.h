/*
 * vary_rows.h - the ledger row, new or changed, by which an answer would be what a trial made of it.
 */
#ifndef SEKISHO_ENGINE_VARY_ROWS_H
#define SEKISHO_ENGINE_VARY_ROWS_H

#include "engine/vary.h"

#define ROW_FOR(name)                                                                              \
	bool row_for_##name(const struct trial *was, const struct trial *t,                        \
			    const struct engine_input *in, struct out *o)

/* `a new row of NAME:`, or `NAME line 7 with` where there is a line; then ` column=value`, nothing for an empty one. */
void ledger_row_new(struct out *o, const char *ledger);
bool ledger_row_changed(struct out *o, const char *ledger, uint32_t line);
void ledger_row_cell(struct out *o, const char *column, struct str value);

ROW_FOR(account);
ROW_FOR(account_org);
ROW_FOR(account_kind);
ROW_FOR(staff);
ROW_FOR(net);
ROW_FOR(net_org);
ROW_FOR(shared_site);
ROW_FOR(terminal);
ROW_FOR(terminal_org);
ROW_FOR(terminal_kind);
ROW_FOR(assignee);
ROW_FOR(loan);
ROW_FOR(client);
ROW_FOR(contract);
ROW_FOR(permitted);
ROW_FOR(grant);
ROW_FOR(pair);
ROW_FOR(relation);
ROW_FOR(area);
ROW_FOR(verdict);
ROW_FOR(disaster);
ROW_FOR(hours);
ROW_FOR(hand);
ROW_FOR(travel);
ROW_FOR(order);

#endif
