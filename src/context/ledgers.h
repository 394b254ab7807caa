/*
 * ledgers.h - the list of ledgers, from ledgers.def.
 */
#ifndef SEKISHO_CONTEXT_LEDGERS_H
#define SEKISHO_CONTEXT_LEDGERS_H

#include "context/rows.h"

#define LEDGER(name) extern const struct ledger_table led_##name;
#include "context/ledgers.def"
#undef LEDGER

enum ledger_id {
#define LEDGER(name) LEDGER_##name,
#include "context/ledgers.def"
#undef LEDGER
	LEDGER_COUNT
};

#endif
