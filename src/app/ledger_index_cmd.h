/*
 * ledger_index_cmd.h - `sekisho ledger index`: builds the index beside a consumers ledger.
 */
#ifndef SEKISHO_APP_LEDGER_INDEX_CMD_H
#define SEKISHO_APP_LEDGER_INDEX_CMD_H

#include "app/verb.h"

/* Operands: what stands behind `index` on the command line. */
enum status ledger_index_build(struct options *o, struct errors *err);

#endif
