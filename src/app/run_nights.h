/*
 * run_nights.h - the history that the record of a run over a state shows (model/nights.h).
 *
 *     runs of the state, and tonight -> nights that were missed          record of the last run, and tonight -> rows
 *
 * Rows are handed on from record to record: a state keeps few records whole, and the last one has all that is shown.
 */
#ifndef SEKISHO_APP_RUN_NIGHTS_H
#define SEKISHO_APP_RUN_NIGHTS_H

#include "app/judging.h"

/* Behind the judgement: which nights were missed, and when findings were first told.  Warns of those before tonight. */
void run_nights_fill(struct judging *j);

/* When the findings are marked: tonight's row.  A run that folds nothing has none. */
void run_nights_tonight(struct judging *j, enum status status);

/* What a record said of them, for whoever judges its inputs again: they do not tell it.  NULL: nothing. */
void run_nights_said(struct judging *j, const struct json_value *nights);

#endif
