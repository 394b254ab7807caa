/*
 * logfile.h - one input as the facts remember it: what was read, how its lines were accounted for, and where.
 *
 * The law of accounting: every physical line ends in exactly one bucket, so for every file the buckets sum to the
 * lines.  `duplicate` is known only when all lineages of a feed stand side by side; it moves lines out of `accepted`.
 */
#ifndef SEKISHO_MODEL_LOGFILE_H
#define SEKISHO_MODEL_LOGFILE_H

#include "base/mem.h"

enum bucket {
	BUCKET_BLANK,
	BUCKET_HEADER,
	BUCKET_CONTINUATION,
	BUCKET_REFUSED,
	BUCKET_DUPLICATE,
	BUCKET_OUT_OF_WINDOW,
	BUCKET_LATE,
	BUCKET_CONTEXT,
	BUCKET_IGNORED,
	BUCKET_ACCEPTED,
	BUCKET_COUNT
};

extern const char *const bucket_names[BUCKET_COUNT];

/* Counted beside the buckets: lines in them that want a second look, and what was let pass. */
enum note {
	NOTE_UNVERIFIED, /* lines of a packed member that ended badly: no checksum vouches for them */
	NOTE_FUTURE,     /* lines of more than a day after --now */
	NOTE_HEX_ESCAPES, /* \xHH in JSON strings */
	NOTE_UNDECIDED,   /* refused lines whose pattern ran into its limits */
	NOTE_DISORDER_MS, /* no count: how far a line lies behind the latest before it, at most */
	NOTE_COUNT
};

extern const char *const note_names[NOTE_COUNT];

void notes_join(uint64_t note[NOTE_COUNT], const uint64_t more[NOTE_COUNT]);

/* The times of lines one behind the other; all zero: of none. */
struct line_order {
	bool any;
	int64_t first, last; /* the earliest, the latest */
	int64_t back;        /* how far a line lies behind the latest before it, at most */
};

static inline void
line_order_add(struct line_order *o, int64_t ts)
{
	if (!o->any)
		*o = (struct line_order){ .any = true, .first = ts, .last = ts };
	else if (ts > o->last)
		o->last = ts;
	else if (o->last - ts > o->back)
		o->back = o->last - ts;
	if (ts < o->first)
		o->first = ts;
}

/* Lines `b` stand behind lines `a`. */
static inline void
line_order_join(struct line_order *a, const struct line_order *b)
{
	if (!a->any || !b->any) {
		*a = a->any ? *a : *b;
		return;
	}
	a->back = max_i64(max_i64(a->back, b->back), a->last - b->first);
	a->first = min_i64(a->first, b->first);
	a->last = max_i64(a->last, b->last);
}

/* What kept a file from being read whole; anything but END_WHOLE makes the run incomplete (exit 3). */
enum file_end {
	END_WHOLE,
	END_NOT_OPENED,
	END_UNREADABLE,
	END_SHRANK,
	END_REWRITTEN,
	END_CUT, /* of packed files: what came before is read, but for a last line without its newline */
	END_CUT_TRAILER,
	END_CHECKSUM,
	END_DAMAGED,
	END_TRAILING,
	END_BOMB,
	END_MEMORY,
	END_TOO_LARGE,
	END_NOT_KEPT,
	END_COUNT
};

extern const char *const file_end_names[END_COUNT];

enum { REFUSED_SAMPLES = 5 };

/* A refused line: where, and what was expected at which byte of it. */
struct refused {
	uint64_t offset;
	uint32_t byte;
	const char *expected; /* a constant of ours */
};

/* `line` lines begin before `offset`: so a line's number costs at most one stretch of counting. */
struct line_mark {
	uint64_t offset, line;
};

struct logfile {
	struct str path;
	struct str feed;  /* directory and stem, without rotation and compression suffixes */
	uint16_t system;  /* index in the register */
	uint64_t lineage; /* equal for stretches of one file, read one behind the other; never 0 */
	uint64_t from;    /* what lies before was read by an earlier run */
	uint64_t lines_before;
	uint64_t limit;      /* 0: to its end */
	uint64_t text_bytes; /* of the text that a state is to know it by; 0: nobody asked */
	uint8_t text_sha256[32];
	uint64_t bytes; /* read, whole lines */
	uint64_t lines;
	uint64_t bucket[BUCKET_COUNT];
	uint64_t
		settled; /* doubles found beside the others at hand, moved from accepted to duplicate */
	uint64_t note[NOTE_COUNT];
	struct line_order order; /* of the lines that were read just now */
	uint64_t proved; /* when there are unverified lines: those that end behind this offset */
	enum file_end end;
	const char *packing; /* `gzip` and the like; NULL: plain, or not known any more */
	uint64_t trailing;   /* bytes behind the last member, when end is END_TRAILING */
	uint64_t max_ratio;  /* that was passed, when end is END_BOMB; 0: not known any more */
	bool unterminated;   /* the last line has no newline; it was read */
	bool hashed;
	uint8_t sha256[32];
	struct refused sample[REFUSED_SAMPLES];
	size_t sample_count;
	VEC(struct line_mark) mark; /* ascending */
};

/* Does no checksum vouch for a line that ends (with its newline) at this offset? */
static inline bool
logfile_unverified(const struct logfile *f, uint64_t end)
{
	return f->note[NOTE_UNVERIFIED] > 0 && end > f->proved;
}

/* How the file ended, for people, to stand behind its name: "is cut short in the middle of a gzip member". */
struct str logfile_end_words(struct arena *a, const struct logfile *f);

#endif
