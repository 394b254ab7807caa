/*
 * reader.h - an input as blocks of whole lines: a range of a plain file, mapped or read privately, or a stream that is
 * unpacked (gzip and the like, known by their first bytes), turned to UTF-8, or comes on standard input.  The same
 * lines whichever way.
 *
 * Files at rest are mapped in windows; a file that may still be written is read into a buffer of our own, because a
 * mapping of it can raise SIGBUS or change under the parser.  Both are watched: a mapped hole is covered with zero
 * pages and ends the file there, a private read compares the last bytes it consumed before it goes on.
 *
 * A line belongs to the range its first byte lies in, so ranges [0,a) [a,b) [b,end) give every line once.  A stream is
 * one range.  Offsets are of the bytes after unpacking and turning; a byte order mark of UTF-8 is no part of a line.
 */
#ifndef SEKISHO_INPUT_READER_H
#define SEKISHO_INPUT_READER_H

#include "base/encoding.h"
#include "input/intake.h"

enum { LINE_MOST = 64 * 1024 }; /* a longer line is refused whole, up to its newline */

enum reader_way { READ_AUTO, READ_MAPPED, READ_PRIVATE };

struct reader_options {
	enum reader_way how;
	size_t window; /* bytes mapped or read at once; results never depend on it; 0 = default */
	enum encoding encoding; /* NONE, UTF8: bytes as they are; a byte order mark overrules it */
	enum links links;
	bool strict; /* every packed byte is unpacked strictly, so that nothing overshoots; slower */
	uint64_t max_ratio; /* what unpacks to more times its size is left; 0 = MAX_RATIO */
};

struct reader;

/* Opened and checked; `-` is standard input.  NULL with a message: not readable. */
struct reader *reader_open(const char *path, const struct reader_options *o, struct errors *err);
uint64_t
reader_size(const struct reader *r); /* where a plain file ends for this run; else UINT64_MAX */
uint64_t reader_packed(
	const struct reader *r); /* bytes as they lie, of whatever kind; UINT64_MAX: not known */
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
 * The last n bytes of the block, at most LINE_MOST, were not used: the next block begins with them and has more.  False
 * when nothing more can come; then they must be used as they are.  A next block without more, and then false, is what
 * a damaged stream gives, and what stands before an over-long line: that line is a block of its own.
 */
bool reader_again(struct reader *r, size_t n);

/*
 * Lines that end at this offset or before are vouched for by the checksum of a packed member that is whole; of what was
 * read so far this is the last.  UINT64_MAX: the input is not packed.
 */
uint64_t reader_proved(const struct reader *r);

/* After using a block and before believing it: false when its bytes were not there. */
bool reader_held(const struct reader *r);
enum file_end reader_end(struct reader *r);

/* Of a stream, bytes as they lie that were taken so far, a little ahead of the blocks; of a plain file 0. */
uint64_t reader_taken(const struct reader *r);

/* What logfile_end_words() needs: the packing's name, or NULL; bytes behind the last member; what a bomb passed. */
const char *reader_packing(const struct reader *r);
uint64_t reader_trailing(const struct reader *r);
uint64_t reader_max_ratio(const struct reader *r);

/* After the end of a damaged file: lines were given that a strict reading does not have. */
bool reader_overshot(const struct reader *r);

#endif
