/*
 * canary.h - planted tests: do the rules of this run fire where they must, in this very program?
 *
 *     tests beside the rules -> a world each, apart from the logs -> judged by the rules at hand -> fired, silent, none
 *
 * Their facts, ledgers and findings are their own and end with them.  They are run where a report is asked for that may
 * say "none" (the survey's reports): eighty worlds cost a third of
 * a second, which every other run is spared.
 */
#ifndef SEKISHO_APP_CANARY_H
#define SEKISHO_APP_CANARY_H

#include "app/judging.h"

/* Behind judgement: fills run.canary of j, and tells trouble for every rule that was silent. */
void canary_run(struct judging *j);

#endif
