/*
 * reader.h - a range of a plain file as blocks of whole lines, mapped or read privately: the same lines either way.
 *
 * Files at rest are mapped in windows; a file that may still be written is read into a buffer of our own, because a
 * mapping of it can raise SIGBUS or change under the parser.  Both are watched: a mapped hole is covered with zero
 * pages and ends the file there, a private read compares the last bytes it consumed before it goes on.
 *
 * A line belongs to the range its first byte lies in, so ranges [0,a) [a,b) [b,end) give every line once.
 */
#ifndef SEKISHO_INPUT_READER_H
#define SEKISHO_INPUT_READER_H

#include "base/error.h"
#include "model/logfile.h"

enum { LINE_MOST = 64 * 1024 }; /* a longer line is refused whole, up to its newline */

enum reading { READ_AUTO, READ_MAPPED, READ_PRIVATE };

struct reader_options {
	enum reading how;
	size_t window; /* bytes mapped or read at once; results never depend on it; 0 = default */
};

struct reader;

/* Opened and checked; `size` is where the file ends for this run.  NULL with a message: not readable. */
struct reader *reader_open(const char *path, const struct reader_options *o, struct errors *err);
uint64_t reader_size(const struct reader *r);
void reader_close(struct reader *r);

/* Before the first block: only lines that begin in [from, to). */
void reader_range(struct reader *r, uint64_t from, uint64_t to);

struct block {
	struct str bytes; /* whole lines, each with its newline; the last of the file may lack it */
	uint64_t offset;  /* of bytes.p in the file */
	uint64_t skipped; /* instead: an over-long line of so many bytes begins at offset */
};

/* Dead at the next call.  False at the end of the range, or when the file changed: see reader_end(). */
bool reader_next(struct reader *r, struct block *out);

/*
 * The last n bytes of the block were not used: the next block begins with them and has more.  False when nothing more
 * can come; then they must be used as they are.
 */
bool reader_again(struct reader *r, size_t n);

/* After using a block and before believing it: false when its bytes were not there. */
bool reader_held(const struct reader *r);
enum file_end reader_end(struct reader *r);

#endif
