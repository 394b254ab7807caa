/*
 * consumer_source.h - a ledger file too large for memory, as whole rows of UTF-8, some megabytes at a time.
 * It says of encoding and of wrong bytes what ledger_file.h says of a file that is read whole.
 */
#ifndef SEKISHO_CONTEXT_CONSUMER_SOURCE_H
#define SEKISHO_CONTEXT_CONSUMER_SOURCE_H

#include "base/encoding.h"
#include "base/error.h"
#include "base/sha256.h"

#include <pthread.h>
#include <sys/stat.h>

/* What does not end within this is no row of a ledger, but a quote that was left open. */
enum { SOURCE_ROW_MOST = 64 << 20 };

struct consumer_source {
	int fd;
	size_t window;
	struct str path; /* NUL behind it; must outlive the source */
	struct stat st;  /* when it was opened */
	bool cp932;
	struct transcoder turning;
	uint64_t at;      /* next byte of the file */
	char *raw;        /* a piece of it */
	char *text;       /* rows, and the row that a piece's end has cut */
	size_t n, room;   /* of text */
	size_t rows_end;  /* of the rows lent last */
	bool begun, done; /* done: all of the file is in `text` */
	pthread_t hasher;
	bool hashing;
	uint8_t sha256[SHA256_SIZE];
	uint8_t seed[SHA256_SIZE]; /* of its bytes, too, and known once it is open */
	bool hash_failed;
};

/* `window`: bytes read at once.  -1 with every mistake told.  The digest is taken on a thread meanwhile. */
int consumer_source_open(struct consumer_source *s, struct str path, struct place named_at,
			 size_t window, struct errors *err);

/*
 * The next rows, with MEMO_TEXT bytes behind them; alive until the next call; `line`: theirs, for messages.  False: there are
 * no more, or the file cannot be read (told).  Rows that are not the first begin with the newline before them, so that a byte order mark
 * in the middle of a file stays what it is: their first line is one less.
 */
bool consumer_source_next(struct consumer_source *s, struct str *rows, unsigned line,
			  struct errors *err);

/* -1 when the file is not what it was when it was opened. */
int consumer_source_settle(struct consumer_source *s, struct errors *err);
void consumer_source_close(struct consumer_source *s);

#endif
