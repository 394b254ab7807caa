/*
 * ledger_digest.h - SHA-256 of a ledger's file, on a thread of its own while the file is parsed.
 */
#ifndef SEKISHO_CONTEXT_LEDGER_DIGEST_H
#define SEKISHO_CONTEXT_LEDGER_DIGEST_H

#include "context/ledger.h"

void ledger_digest_start(struct ledger *l); /* the file's bytes stay until it is over */
void ledger_digest_wait(struct ledger *l);  /* l->sha256 may be read behind this */

#endif
