/*
 * error.h - what went wrong, told once: who knows what sets it, who knows where adds it, main prints it.
 *
 * A struct errors collects: a policy with thirty mistakes reports thirty.  Zero-initialised is "no error".
 */
#ifndef SEKISHO_BASE_ERROR_H
#define SEKISHO_BASE_ERROR_H

#include "base/mem.h"

#define BUG(...) bug(__FILE__, __LINE__, __VA_ARGS__)
NORETURN void bug(const char *file, int line, const char *fmt, ...) PRINTFLIKE(3, 4);

/* Where in a file of ours (policy, ledger) a mistake stands; line and column from 1, 0 = unknown. */
struct place {
	struct str file;
	unsigned line, column;
};

struct errors {
	struct arena arena;
	VEC(struct str) list; /* "file:line:col: what is wrong; what would be right" */
	size_t dropped;       /* past the most we keep (1,000) */
};

/* All return -1, so that `return error_at(...)` reads well. */
int error_add(struct errors *err, const char *fmt, ...) PRINTFLIKE(2, 3);
int error_at(struct errors *err, struct place at, const char *fmt, ...) PRINTFLIKE(3, 4);
void errors_free(struct errors *err);

#endif
