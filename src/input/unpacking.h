/*
 * unpacking.h - the unpacked bytes of an input: member after member, and an exact word on how it ends.
 */
#ifndef SEKISHO_INPUT_UNPACKING_H
#define SEKISHO_INPUT_UNPACKING_H

#include "input/intake.h"
#include "input/packing.h"

/*
 * A member that the fast engine finds damaged or cut is read again by the strict one, whose word and bytes hold.  Where
 * it gives fewer bytes than were already handed out, it has `overshot`, and the file must be read again from its
 * beginning, strictly.
 */

/*
 * A file that grows more than so many times (--max-ratio), after so many bytes, is a bomb.  Deflate cannot pass 1032,
 * and logs, which are full of times, do not come near.
 */
enum { MAX_RATIO = 1000, BOMB_AFTER = 64 << 20 };

/* More zero bytes behind the last member than a tape's or a disk's block are no padding. */
enum { PADDING_MOST = 1 << 20 };

struct unpacking {
	struct intake *intake;         /* borrowed */
	const struct packing *packing; /* NULL: bytes as they are */
	void *state;
	uint8_t *buffer;
	size_t room, chunk;
	uint64_t max_ratio;
	struct flow flow;
	uint64_t taken, given; /* bytes in and out */
	struct { /* the member we are inside: where it begins in the file, in and out */
		uint64_t at, taken, given;
	} member;
	uint64_t proved;   /* bytes given up to the end of the last member that was whole */
	uint64_t before;   /* bytes given before unpacking_read() was called: out of our hands */
	uint64_t trailing; /* bytes behind the last member, when end is END_TRAILING */
	bool inside, over;
	bool overshot; /* bytes were given that, as the stricter engine says, are not there */
	enum file_end end;
};

/* chunk: bytes read at once; results never depend on it; 0 = default.  max_ratio: 0 = MAX_RATIO */
void unpacking_start(struct unpacking *u, struct intake *in, const struct packing *p, size_t chunk,
		     uint64_t max_ratio);

/* The next n bytes; fewer only at the end, which is then in u->end. */
size_t unpacking_read(struct unpacking *u, char *p, size_t n);

void unpacking_stop(struct unpacking *u);

/* Do the bytes before such an end stand there as they were written, the last line too? */
bool unpacking_complete(enum file_end end);

#endif
