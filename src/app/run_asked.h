/*
 * run_asked.h - what a run was asked and what it was judged by, for its record: `verify` does the same again.
 */
#ifndef SEKISHO_APP_RUN_ASKED_H
#define SEKISHO_APP_RUN_ASKED_H

#include "app/judging.h"

/* Behind the files of the run. */
void run_asked_fill(struct judging *j);

#endif
