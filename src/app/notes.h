/*
 * notes.h - what was counted of a file beside its buckets, for --stats.
 */
#ifndef SEKISHO_APP_NOTES_H
#define SEKISHO_APP_NOTES_H

#include "base/out.h"
#include "model/logfile.h"

/* A line, if there is anything to say. */
void notes_print(const struct logfile *f, struct out *o);

#endif
