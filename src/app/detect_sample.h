/*
 * detect_sample.h - the first lines of a file, as UTF-8 where their bytes are of a Japanese encoding.
 */
#ifndef SEKISHO_APP_DETECT_SAMPLE_H
#define SEKISHO_APP_DETECT_SAMPLE_H

#include "base/encoding.h"
#include "input/reader.h"

struct detect_sample {
	struct str text; /* in the arena */
	size_t lines;
	bool damaged;           /* it ends before its end, and that was told */
	size_t odd_lines;       /* that are not UTF-8 */
	enum encoding encoding; /* NONE: it is UTF-8, or of an encoding we do not know */
};

/* -1 with a message: not readable. */
int detect_sample(struct detect_sample *s, struct str path, const struct reader_options *options,
		  struct arena *arena, struct errors *err);

#endif
