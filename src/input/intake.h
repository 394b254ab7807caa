/*
 * intake.h - the bytes of an input as they lie, in order: of a file up to where it ended when it was opened, or of
 * standard input.  A file that changes meanwhile ends there, and says so.
 */
#ifndef SEKISHO_INPUT_INTAKE_H
#define SEKISHO_INPUT_INTAKE_H

#include "input/opening.h"
#include "model/logfile.h"

enum { INTAKE_TAIL = 64 };

struct intake {
	int fd;        /* -1: standard input, by way of the spool */
	uint64_t size; /* UINT64_MAX: as it comes */
	uint64_t at;
	enum file_end end;
	bool live;              /* may still be written: lately changed */
	bool hollow;            /* nearly all of a large file is a hole */
	char tail[INTAKE_TAIL]; /* the last bytes read, to notice a rewrite */
	size_t tail_n;
};

/* `-` is standard input.  -1 with a message: not there, or no file one can read. */
int intake_open(struct intake *in, const char *path, enum links links, struct errors *err);

/* Up to n bytes from the beginning, without moving on: what the input says of itself. */
size_t intake_head(struct intake *in, char *p, size_t n);

/* The next n bytes; fewer only at the end. */
size_t intake_read(struct intake *in, char *p, size_t n);

/* The next byte is the one at `at`, which was read before. */
void intake_back(struct intake *in, uint64_t at);

void intake_close(struct intake *in);

#endif
