/*
 * progress.h - one line on the terminal that says how far the run is: percent, lines a second, time left.
 *
 * There is one standard error, so there is one of these; nothing else may print while a stage goes on.  A thread of its
 * own wakes four times a second and looks at counters that the reading threads add to once a batch of lines.  Off, which
 * is everywhere but on a terminal, it costs a test a batch.
 */
#ifndef SEKISHO_APP_PROGRESS_H
#define SEKISHO_APP_PROGRESS_H

#include "model/fact.h"

/* From here on stages are shown: on a terminal that is not dumb, or always; never with `quiet`. */
void progress_begin(bool always, bool quiet);

/* Until it is taken back no stage is shown: what runs meanwhile is not the run that is waited for. */
void progress_mute(bool mute);

/* A stage begins, of so much in all; 0 or UINT64_MAX: nobody knows. */
void progress_stage(const char *name, uint64_t total);

/* So much of it, and so many lines, more are done; from any thread. */
void progress_add(uint64_t done, uint64_t lines);

/* The line is erased; without a stage, nothing. */
void progress_end(void);

/* A stage whose steps are the partitions of `source`, counted as they are opened. */
void progress_judging(struct fact_source *source);

#endif
