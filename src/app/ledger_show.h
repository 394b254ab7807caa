/*
 * ledger_show.h - `sekisho ledger show KIND NAME`: what ledgers know of it at an instant, and by which row.
 */
#ifndef SEKISHO_APP_LEDGER_SHOW_H
#define SEKISHO_APP_LEDGER_SHOW_H

#include "app/verb.h"

/* Operands behind `show`. */
enum status ledger_show(struct options *o, struct errors *err);

#endif
