/*
 * enriched.h - every look-up of a line as cells, each with the ledger row that answered it: what an auditor recomputes
 * rules from.  sekisho(1) names the columns in this order.
 *
 * All lines are read once before, since ledgers are asked of names that are all known.
 */
#ifndef SEKISHO_APP_ENRICHED_H
#define SEKISHO_APP_ENRICHED_H

#include "app/parse_rows.h"
#include "app/verb.h"

struct enriched;

/* Reads policy, ledgers and all lines by these options; NULL: told. */
struct enriched *enriched_open(const struct options *o, struct errors *err);

struct more_columns enriched_columns(void);

/* Its cells, until the next; NULL: the line was not there when all were read. */
const struct str *enriched_cells(struct enriched *e, const struct row *row);

void enriched_close(struct enriched *e); /* NULL is fine */

#endif
