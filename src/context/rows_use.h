/*
 * rows_use.h - rows of the ledgers that say who may use what, and when.
 */
#ifndef SEKISHO_CONTEXT_ROWS_USE_H
#define SEKISHO_CONTEXT_ROWS_USE_H

#include "context/ledger.h"
#include "model/lookup.h"

/* Who had a shared ID in hand, from `out` to just before `in`. */
struct shared_id_row {
	struct row head;
	struct str account, person, terminal;
	int64_t out, in;
};

struct loan_row {
	struct row head;
	struct str terminal, approver;
	uint16_t org;
	int64_t out, in;
};

/* A slot of a shift: ms from the midnight of its first day. */
struct schedule_row {
	struct row head;
	uint16_t schedule;
	uint8_t day_type; /* enum day_type + 1 */
	int64_t start, end;
};

enum permit_kind { PERMIT_UNSAID, PERMIT_OVERTIME, PERMIT_ONCALL, PERMIT_TRAVEL, PERMIT_KINDS };

struct permit_row {
	struct row head;
	struct str account, approver;
	uint8_t kind;
	int64_t from, to;
};

/* `substitute` may sit at the terminal of `person`. */
struct substitute_row {
	struct row head;
	struct str person, substitute;
	int64_t from, to;
};

struct client_row {
	struct row head;
	struct str client;
	uint16_t org, system;
};

#endif
