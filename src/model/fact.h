/*
 * fact.h - the socket between facts and judgement: one account's events at a time, united, sorted, doubles gone.
 */
#ifndef SEKISHO_MODEL_FACT_H
#define SEKISHO_MODEL_FACT_H

#include "model/event.h"
#include "model/logfile.h"
#include "model/names.h"

/* A line, ready to be judged.  Sorted by time, then by what it says, then by digest (DETECTION's K). */
struct fact {
	int64_t ts; /* ms UTC */
	uint32_t tuple, object;
	uint32_t digest;
	uint32_t account;
	uint64_t where;
};

struct account_facts {
	uint32_t account; /* number in DICT_ACCOUNT; 0: lines that name nobody */
	const struct fact *at;
	size_t n;
};

/* When a system was heard on a JST day: its accepted lines, doubles once. */
struct heard {
	uint32_t first_ms, last_ms; /* in the day */
	uint64_t lines;
	uint64_t minute[(24 * 60 + 63) / 64]; /* bit: some line lies in it */
	uint64_t hour[24];                    /* lines */
};

static inline bool
heard_in(const struct heard *h, unsigned minute)
{
	return h->minute[minute >> 6] >> (minute & 63) & 1;
}

struct fact_cursor;

struct fact_source {
	void *facts;
	struct names names;
	unsigned partitions;

	/* A cursor serves one thread; accounts come in no particular order.  Facts given are dead at the next call. */
	struct fact_cursor *(*open)(void *facts, unsigned partition);
	bool (*next)(struct fact_cursor *c, struct account_facts *out);
	void (*close)(struct fact_cursor *c);

	const struct logfile *(*file)(const void *facts, uint32_t number);
	/* Did that system have an accepted line on that day?  And the span of days with any. */
	bool (*system_day)(const void *facts, unsigned system, int32_t jst_day);
	bool (*span)(const void *facts, int64_t *first_ts, int64_t *last_ts);

	/*
	 * When systems were heard: noted by cursors opened after listen(), so nobody pays who does not ask, and complete
	 * when all partitions were walked.  NULL: not at all on that day.
	 */
	void (*listen)(void *facts);
	const struct heard *(*heard)(const void *facts, unsigned system, int32_t jst_day);

	/* Refused lines of a system, those that stand in several files of a feed once. */
	uint64_t (*refused)(void *facts, unsigned system);

	/* Order of two facts of one account at one instant, by content: for evidence across accounts. */
	int (*order)(const void *facts, const struct fact *a, const struct fact *b);
};

#endif
