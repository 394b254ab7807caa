/*
 * ledger_file.h - a whole ledger file in memory, as UTF-8.
 */
#ifndef SEKISHO_CONTEXT_LEDGER_FILE_H
#define SEKISHO_CONTEXT_LEDGER_FILE_H

#include "context/ledger.h"

/* Into l->file, and as UTF-8 into l->bytes, with MEMO_TEXT bytes of room behind them.  Read, not mapped: the file may be rewritten while we look at it.  -1 after a mistake. */
int ledger_file_read(struct ledger *l, struct place named_at, struct errors *err);

/* Offset of the first byte that is not UTF-8, or s.n. */
size_t utf8_check(struct str s);

#endif
