/*
 * looks.h - what is known of the tuples of the account at hand, asked once per tuple and validity interval.
 *
 * Each slot also carries what every rule's screen said, and counts the lines it stood for: a rule the tuple leaves
 * silent costs nothing per line, and is counted all the same.
 */
#ifndef SEKISHO_ENGINE_LOOKS_H
#define SEKISHO_ENGINE_LOOKS_H

#include "engine/engine.h"
#include "engine/unresolved.h"
#include "model/where.h"

struct look {
	struct seen seen;
	uint64_t lines;
	int64_t first, last;        /* of them */
	uint64_t ask;               /* bit r: rule r, or its `where:`, must see each line */
	size_t place;               /* in the table's index */
	uint32_t session;           /* the walk's key for (network, terminal), plus one */
	uint32_t use;               /* of the walk's uses, plus one; 0 = not asked yet */
	uint32_t survey;            /* of the survey's seats, plus one; 0 = none yet */
	bool counts;                /* ok and no health check: of sessions, days and most rules */
	uint64_t told;              /* bit r: rule r was asked; screen[r] is what its screen said */
	uint8_t screen[RULES_MOST]; /* enum judged */
};

/* What screening needs of a rule, close together: it is asked 30 times a look. */
struct screener {
	enum judged (*screen)(const struct seen *who, const int64_t *param);
	const int64_t *param;
	bool where; /* a `where:` that the tuple decides stands before it */
};

struct looks {
	const struct engine_input *in;
	struct screener rule[RULES_MOST];
	struct look *at;
	size_t n, room;
	uint32_t *index; /* open addressing by tuple; slot + 1 */
	size_t mask;
	uint64_t screened;     /* bit r: rule r can judge and has a screen; others see no line */
	uint64_t able;         /* bit r: the ledgers that rule r needs are there */
	uint64_t viewing;      /* bit r: rule r asks of the consumer */
	uint64_t hits;         /* bit r: rule r judges lines */
	uint64_t by_line;      /* bit r: rule r has a `where:` that only the line decides */
	uint64_t of[2];        /* bit r: lines that failed, or went well, are rule r's business */
	uint64_t of_shared;    /* bit r: ... if several accounts use their terminal */
	const uint8_t *shared; /* by terminal: several accounts use it; NULL: nobody asks */
	struct rule_tally *tally;        /* NULL: nobody counts, and screens are asked one by one */
	struct judged_counts *by_system; /* [system * rules + rule]; NULL: nobody asks */
	struct unresolved_counts *unresolved; /* NULL: nobody asks */
	struct regex_room *regex;             /* of rules' `where:` */
	/* For explaining: what is known of a tuple is made otherwise before any rule sees it. */
	void (*otherwise)(const void *by, struct seen *who);
	const void *otherwise_by;
};

void looks_init(struct looks *l, const struct engine_input *in, const uint8_t *shared,
		struct rule_tally *tally);
void looks_free(struct looks *l);

/* Valid until the next call.  Facts come in time order, so intervals are entered once. */
struct look *looks_get(struct looks *l, uint32_t tuple, int64_t ts);

/* What rule r said of lines of the tuple's system. */
static inline struct judged_counts *
looks_of_system(const struct looks *l, const struct look *look, uint32_t r)
{
	return &l->by_system[look->seen.tuple.system * l->in->rule_count + r];
}

/* Counts what the screens said of the lines seen, and forgets the account. */
void looks_reset(struct looks *l);

/* What a rule whose bit of `ask` is set says of a line; fills `keys` of its keys. */
enum judged looks_judge(const struct looks *l, const struct look *look, uint32_t rule,
			const struct event *ev, struct key key[KEYS_MOST], int *keys);

/* The same of any rule: what look-ups alone say where it need not see the line; those without a screen are not asked. */
enum judged looks_verdict(const struct looks *l, struct look *look, uint32_t rule,
			  const struct event *ev, struct key key[KEYS_MOST], int *keys);

/* For explaining, one rule at a time: what its screen says of a tuple, and what its `where:` says of a line. */
enum judged looks_screen(const struct looks *l, uint32_t rule, const struct seen *who);
enum judged looks_where(const struct looks *l, uint32_t rule, const struct event *ev);

/* A day as a unit; 0 is none that anybody asks about. */
static inline uint32_t
looks_day(int32_t day)
{
	return (uint32_t)day + 1;
}

/* Which unit a line of that rule belongs to, where not pauses tell. */
uint32_t looks_unit(const struct rule *rule, const struct event *ev);

/* The event of a fact; `regard` is its room, NULL where nobody asks of the consumer. */
struct event looks_event(const struct looks *l, const struct look *look, const struct fact *f,
			 struct regard *regard);

#endif
