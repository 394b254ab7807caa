/*
 * opening.h - a file opened by its name, and how far symbolic links on the way to it are trusted.
 */
#ifndef SEKISHO_INPUT_OPENING_H
#define SEKISHO_INPUT_OPENING_H

#include "base/error.h"

enum links {
	LINKS_CAREFUL, /* followed; but for root not where somebody else may have laid them */
	LINKS_FOLLOWED,
	LINKS_REFUSED
};

/* For reading, without waiting for anything.  -1 with a message. */
int opening_open(const char *path, enum links links, struct errors *err);

/* The same, step by step, as where the kernel has no openat2(); `root`: as if we were. */
int opening_walk(const char *path, enum links links, bool root, struct errors *err);

#endif
