/*
 * explain_find.h - the lines that `explain` is asked about, among the facts.
 */
#ifndef SEKISHO_APP_EXPLAIN_FIND_H
#define SEKISHO_APP_EXPLAIN_FIND_H

#include "app/judging.h"
#include "engine/explain_line.h"

/* Lies in the judging's arena. */
struct found_lines {
	struct explained_line *at;
	size_t n;
	struct str no_event; /* the line says nothing that rules could see: why, in a sentence */
};

/* `FILE:N`; false: it is not written like one. */
bool explain_place(struct str text, struct str *path, uint64_t *line);

/* -1: told. */
int explain_find_line(struct judging *j, struct str path, uint64_t line, struct found_lines *out,
		      struct errors *err);
int explain_find_day(struct judging *j, struct str account, int32_t jst_day,
		     struct found_lines *out, struct errors *err);

#endif
