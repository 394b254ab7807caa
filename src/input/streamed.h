/*
 * streamed.h - blocks of whole lines of a stream: reader.h for what cannot be read in ranges.
 */
#ifndef SEKISHO_INPUT_STREAMED_H
#define SEKISHO_INPUT_STREAMED_H

#include "input/reader.h"
#include "input/stream.h"

struct streamed {
	struct stream *stream; /* borrowed */
	struct str rest;       /* of the view: not given yet */
	uint64_t at;           /* where rest begins */
	size_t again;          /* so many of its bytes were given and not used */
	bool alone;            /* they were given again, and nothing can come behind them */
	bool over;             /* the stream has no more */
	enum file_end end;
};

bool streamed_next(struct streamed *s, struct block *out);
bool streamed_again(struct streamed *s, size_t n);

#endif
