/*
 * show.h - every row of every ledger that tells of one thing, cell by cell, for people to read.
 */
#ifndef SEKISHO_CONTEXT_SHOW_H
#define SEKISHO_CONTEXT_SHOW_H

#include "context/context.h"

enum show_kind {
	SHOW_ACCOUNT,
	SHOW_PERSON,
	SHOW_TERMINAL,
	SHOW_NETWORK,
	SHOW_CONSUMER,
	SHOW_ORG,
	SHOW_KINDS
};

/* Undated rows always hold; what happened at one instant has happened, or will. */
enum shown_when { SHOWN_PAST, SHOWN_HOLDS, SHOWN_TO_COME, SHOWN_WHENS };

struct shown_cell {
	const char *column;
	struct str text;
};

struct shown_row {
	unsigned line;
	enum shown_when when;
	struct shown_cell *cell; /* those that say something */
	size_t count;
};

/* Of the ledger that the thing is listed in all rows, of the others those that hold, and the last that happened. */
struct shown_ledger {
	const char *name, *sha256; /* "" without digests */
	struct str path;
	bool lists; /* such things: without a row here it is unknown */
	struct shown_row *row;
	size_t count;
	size_t left_out[SHOWN_WHENS]; /* rows not shown */
};

struct shown {
	struct shown_ledger *ledger; /* that are loaded and have to do with it */
	size_t count;
};

/* `name`: as ledgers write it; of a network its block.  In the arena; borrows from the context. */
struct shown context_show(struct context *c, enum show_kind kind, struct str name, int64_t at,
			  struct arena *a);

/* The block that an address lies in, as networks writes it; empty when none does. */
struct str context_block(const struct context *c, const uint8_t address[ADDRESS_SIZE]);

/* The number of an organisation that any ledger names, else ORG_NONE. */
uint16_t context_org(const struct context *c, struct str name);

#endif
