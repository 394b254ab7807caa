/*
 * facts_own.h - the inside of struct facts, shared by the files of this folder and nobody else.
 */
#ifndef SEKISHO_FACTS_FACTS_OWN_H
#define SEKISHO_FACTS_FACTS_OWN_H

#include "base/store.h"
#include "facts/facts.h"
#include "facts/hearing.h"
#include "facts/shelf.h"

#include <pthread.h>
#include <stdatomic.h>

struct system_day {
	int32_t day;
	uint16_t system;
};

struct facts_writer {
	struct facts *facts;
	struct store *store;
	VEC(struct system_day) days; /* sorted, unique */
	struct system_day last_day;
	int64_t last_start; /* of that day */
	int64_t first_ts, last_ts;
	uint64_t events;
};

struct facts {
	struct facts_options options;
	struct arena arena; /* texts of files that came from parts */
	struct hash_key key, partition_key;
	int32_t from_day;        /* 0: all */
	const struct pick *pick; /* of parts; NULL: all */
	struct dictionary *dict[DICT_COUNT];
	struct dictionary *tuples;
	VEC(struct logfile) file; /* number - 1 */
	VEC(struct facts_writer *) writer;
	VEC(struct shelf *) shelf; /* of parts that were loaded */
	VEC(struct shelf *) heard; /* of parts that were picked from: their events are a writer's */
	pthread_mutex_t lock;      /* registering writers; counting doubles */
	uint64_t *doubles;         /* by file number - 1 */
	uint32_t *
		lineage; /* by file number: equal for stretches of one file; below the file count */
	uint32_t *feed;  /* by file number: equal for files of one feed; likewise */
	_Atomic(const struct shelf *) unreadable; /* a part that could not be read back */
	atomic_bool failed;                       /* spilled events could not be read back */
	struct hearing *hearing;                  /* NULL: nobody asked */
	uint64_t *refused;                        /* by system; NULL: not counted yet */
};

const struct tuple *facts_tuple_at(const struct facts *f, uint32_t number);
unsigned facts_column(const struct facts *f, struct str account);
void facts_tuple_fetch_at(const struct facts *f, uint32_t number);
int facts_order(const struct facts *f, const struct fact *a, const struct fact *b);

/* The days of all events, ascending, each once; the caller frees them.  `own`: without those on shelves. */
int32_t *facts_days(const struct facts *f, bool own, size_t *n);

/* The events of a (row, column) from everywhere: on shelves first, as they are older. */
uint64_t bucket_count(const struct facts *f, bool own, int32_t row, unsigned column);
/* That many.  False: some could not be read back. */
bool bucket_read(struct facts *f, bool own, int32_t row, unsigned column, struct packed_event *out);

uint64_t refusals_of(void *facts, unsigned system);

struct fact_cursor *cursor_open(void *facts, unsigned partition);
bool cursor_next(struct fact_cursor *c, struct account_facts *out);
void cursor_close(struct fact_cursor *c);

#endif
