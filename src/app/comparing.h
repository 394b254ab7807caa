/*
 * comparing.h - a judgement and an earlier run's findings: --baseline, --fail-on-new and `judge --against`.
 */
#ifndef SEKISHO_APP_COMPARING_H
#define SEKISHO_APP_COMPARING_H

#include "app/judging.h"

/* What the options name, before anything is judged.  -1: told (exit 2). */
int comparing_open(struct judging *j, struct errors *err);

/*
 * All lines but that of the run, whose record is filled already; with a baseline findings and run are marked, and so are
 * the lines.
 */
int comparing_body(struct judging *j, const struct report_input *in, struct out *body,
		   struct errors *err);

/* What differs, to every -o: instead of the findings, with --against. */
int comparing_write(struct judging *j, struct errors *err);

#endif
