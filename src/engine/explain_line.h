/*
 * explain_line.h - why each rule said what it said of some lines of one account, and of the day they lie in.
 */
#ifndef SEKISHO_ENGINE_EXPLAIN_LINE_H
#define SEKISHO_ENGINE_EXPLAIN_LINE_H

#include "engine/engine.h"

/* A line, and where a reader finds it. */
struct explained_line {
	struct fact fact;
	struct str file;
	uint64_t line; /* 0: not known, the offset is told instead */
};

/* Lines of one account in order of time, one at least; `verdicts` are those of the same input. */
void engine_explain_lines(const struct engine_input *in, const struct verdicts *verdicts,
			  const struct explained_line *line, size_t n, struct out *o);

#endif
