/*
 * content.h - what an input says, as digests of its text: so a log is known again, whatever it is called and wherever it
 * lies, packed or not, and however much it has grown.
 *
 * The text is what the reader gives: unpacked, turned to UTF-8.  An over-long line, which it does not hold, is its length.
 */
#ifndef SEKISHO_APP_CONTENT_H
#define SEKISHO_APP_CONTENT_H

#include "app/sources.h"
#include "base/sha256.h"
#include "input/reader.h"

/* At an offset of the text: the digest of all before it. */
struct content_mark {
	uint64_t offset;
	bool passed; /* the text goes so far, and a line (or all of it) ends there */
	uint8_t sha256[SHA256_SIZE];
};

struct content {
	/* Of text that was taken: whole lines, and what stands behind them unless it was held back. */
	uint64_t bytes;
	uint8_t sha256[SHA256_SIZE]; /* of those */
	bool plain;                  /* may be read from any offset */
	bool as_it_lies;             /* the text is all of the file, byte by byte */
	enum file_end end;
};

/*
 * Reads it through.  `hold`: the last line may still be written to.  Marks ascend.  -1: not readable, nothing told;
 * whoever reads it next will tell.
 */
int content_read(const struct source *source, struct str path, const struct reader_options *o,
		 bool hold, struct content_mark *mark, size_t marks, struct content *out);

#endif
