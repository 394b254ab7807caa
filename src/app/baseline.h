/*
 * baseline.h - the findings of an earlier run, as text, and how others compare with them.
 */
#ifndef SEKISHO_APP_BASELINE_H
#define SEKISHO_APP_BASELINE_H

#include "base/out.h"
#include "model/compare.h"

struct baseline;

/* The findings file of that name.  -1: told; *b is to be closed all the same. */
int baseline_open(struct baseline **b, struct str path, struct errors *err);

/* What it says. */
const struct report_record *baseline_record(const struct baseline *b);

/*
 * From text of finding lines and the line of their run, which must outlive it.  `name` is what messages and the record
 * of the run call it.
 */
int baseline_take(struct baseline **b, struct str name, struct str text, struct errors *err);

/* With the lines of a run, which it takes over.  -1: they are no such lines, and that is told. */
int baseline_compare(struct baseline *b, struct out *lines, struct errors *err);

/* Behind that: for the record of the run, and what differs. */
const struct run_baseline *baseline_run(const struct baseline *b);
void baseline_write(const struct baseline *b, bool text, struct out *o);

void baseline_close(struct baseline *b); /* NULL will do */

#endif
