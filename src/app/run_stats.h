/*
 * run_stats.h - what --stats prints of a run whose record is filled.
 */
#ifndef SEKISHO_APP_RUN_STATS_H
#define SEKISHO_APP_RUN_STATS_H

#include "app/judging.h"

void run_stats_print(const struct judging *j);

#endif
