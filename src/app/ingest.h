/*
 * ingest.h - from log files to facts: byte ranges to threads, batches of lines to the dictionaries.
 *
 *     file -> ranges -> [thread] reader -> lines -> format -> canon -> batch of 64 -> tuple memo -> facts
 *
 * A batch is believed only after the reader says its bytes were there.  Results go to the files' accounts in the
 * order of their ranges, so nothing depends on which thread was faster.
 */
#ifndef SEKISHO_APP_INGEST_H
#define SEKISHO_APP_INGEST_H

#include "app/hashing.h"
#include "app/sources.h"
#include "facts/facts.h"
#include "input/reader.h"
#include "model/policy.h"

struct ingest_options {
	struct reader_options reader;
	unsigned jobs;
	int64_t since, until; /* half-open; lines outside are counted, not kept */
	int64_t future;       /* accepted lines of after this are counted apart */
	int64_t late;         /* lines of before this have no day to go to any more */
	uint64_t range;       /* bytes a thread takes at once; 0 = default */
};

struct ingest {
	const struct policy *policy;
	const struct source *source; /* of every system, by its number in the register */
	struct facts *facts;
	struct hashing *hashing; /* NULL, or: of the same files */
	struct ingest_options options;
};

/*
 * Reads files [from, to) of the facts.  Unreadable ones are marked and told in `err`; the others are still read.  False:
 * of a damaged file more lines went into the facts than are there, and all must be read again, strictly.
 */
bool ingest_files(const struct ingest *in, uint32_t from, uint32_t to, struct errors *err);

#endif
