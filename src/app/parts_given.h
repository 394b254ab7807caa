/*
 * parts_given.h - parts that somebody names, into the facts: `merge`, `judge`, `explain` and `verify`.
 *
 *     is it there? -> part_load() -> given twice? -> made like the others, and like this run?
 *
 * Facts depend on no rule and no ledger, so `judge` takes any part that was read alike: a corrected ledger needs no
 * logs.  `merge` is the other half of a run that was shared out (`plan`): machines that did not have the same rules,
 * ledgers and --now did not do parts of one run, and are told so before anything is judged.
 */
#ifndef SEKISHO_APP_PARTS_GIVEN_H
#define SEKISHO_APP_PARTS_GIVEN_H

#include "app/judging.h"
#include "facts/part.h"

/* The operands.  A part that is not there makes the run incomplete. */
enum status parts_given_load(struct judging *j, struct errors *err);

/* What a part that this run writes says of how it was made: behind parts_given_load(), of what those said. */
void parts_given_origin(struct judging *j, struct part_origin *out);

#endif
