/*
 * ledger_file.h - a whole ledger file in memory, with its digest; UTF-8 or nothing.
 */
#ifndef SEKISHO_CONTEXT_LEDGER_FILE_H
#define SEKISHO_CONTEXT_LEDGER_FILE_H

#include "context/ledger.h"

/* Read, not mapped: the file may be rewritten while we look at it.  NULL after a mistake; else free() it. */
char *ledger_file_read(struct ledger *l, struct place named_at, size_t *size, struct errors *err);

/* Offset of the first byte that is not UTF-8, or s.n. */
size_t utf8_check(struct str s);

#endif
