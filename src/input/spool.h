/*
 * spool.h - standard input, which comes once and is wanted several times: by the parser, for its digest, and for the
 * lines a report cites.
 *
 * Whoever asks first for a byte reads it from descriptor 0 and keeps it in an unlinked temporary file; everyone after
 * is served from there.  There is one standard input, so there is one spool; any thread may ask.
 */
#ifndef SEKISHO_INPUT_SPOOL_H
#define SEKISHO_INPUT_SPOOL_H

#include "model/logfile.h"

/* A descriptor of our own when standard input is a plain file from its beginning, which needs no spool; else -1. */
int spool_plain_file(void);

/* Up to n bytes at `offset`, 0 only at the end; how it ended is in *end.  Waits for the writer of the pipe. */
size_t spool_read(char *p, size_t n, uint64_t offset, enum file_end *end);

/* Was standard input an input of this run? A file's account from another machine may name `-` too. */
bool spool_taken(void);

#endif
