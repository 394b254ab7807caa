/*
 * run_record.h - the record of a run that every report carries, beside the findings: inputs, ledgers, databases,
 * why it is not complete, and what its reader must know.
 */
#ifndef SEKISHO_APP_RUN_RECORD_H
#define SEKISHO_APP_RUN_RECORD_H

#include "app/judging.h"

/* Into j->run; what it points to lives as long as `j`. */
void run_record_fill(struct judging *j, const struct report_input *in);

#endif
