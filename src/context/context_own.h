/*
 * context_own.h - what a context is made of, for the files of this directory.
 */
#ifndef SEKISHO_CONTEXT_CONTEXT_OWN_H
#define SEKISHO_CONTEXT_CONTEXT_OWN_H

#include "context/asof.h"
#include "context/barrier.h"
#include "context/consumer_index.h"
#include "context/context.h"
#include "context/disaster.h"
#include "context/geo.h"
#include "context/leave.h"
#include "context/ledgers.h"
#include "context/prefix.h"
#include "context/shifts.h"

/* What a class of the dictionary is. */
struct class_entry {
	uint16_t number; /* in POOL_CLASS; 0 also for one that no ledger names */
	bool public;
};

/* A registered block (row != NULL) or a derived one; its number is its index + 1. */
struct net {
	struct str name;
	const struct network_row *row;
};

/* Whence, by address: numbers of the net and of the answer (geo.h). */
struct address_entry {
	uint32_t net, geo;
};

/* What a view asks of a consumer, all in one cache line when it has one row; of several rows, the first. */
struct consumer_entry {
	struct consumer_span span;
	uint32_t line;    /* of the only row; 0 = the ledger does not know it */
	uint32_t several; /* index + 1 of the first of several rows; 0 = only one */
};

_Static_assert(sizeof(struct consumer_entry) == 32, "two entries a cache line");

/*
 * By dictionary number, 0 included ("the line does not say": always NULL or 0), for numbers up to the count
 * when last resolved.  First rows of a key; the rows behind are its other times.
 */
struct resolved {
	struct arena arena; /* derived nets and their names */
	uint32_t count[DICT_COUNT];
	const struct account_row *
		*account; /* [number * (systems + 1) + pool number of the system] */
	const struct terminal_row **terminal; /* by terminal */
	struct address_entry *address;        /* by address */
	struct class_entry *class;            /* by class */
	struct geo_table geo;
	/* By account, terminal and net: what grants_find() says.  NULL without grants. */
	uint32_t *grant[GRANT_KINDS];
	const struct loan_row **loan;                   /* by terminal */
	const struct shared_id_row **shared;            /* by account */
	const struct permit_row **permit[PERMIT_KINDS]; /* by account; NULL without permits */
	struct consumer_entry *consumer;                /* by object */
	size_t consumer_bytes;
	const struct consumer_row *several; /* the ledger's rows, or those copied from the index */
	struct consumer_row *copied;
	struct net *nets;
	size_t net_count;
};

/* Somebody a system permits, from the policy. */
struct permitted {
	uint16_t org;
	int64_t from, to;
};

struct permitted_list {
	const struct permitted *at;
	size_t count;
};

/* What hangs on rows and organisations, and is found once; entries are first rows of a key, or NULL. */
struct posts {
	const struct person_row **owner;        /* by row of accounts */
	const struct person_row **assignee;     /* by row of terminals */
	const struct contractor_row **contract; /* by organisation */
	const struct org_row **org;             /* by organisation */
	uint16_t *schedule;               /* by organisation: the one named like it; 0 = none */
	struct permitted_list *permitted; /* by system of the policy */
	uint32_t
		*open_before; /* by row of shared_ids: index + 1 of the ID's open entry before it */
	uint32_t *
		reset_upto; /* by row of auth_events: index + 1 of the account's last reset so far */
};

/* Which letters the ids of a roster have, and how many, and what stands around each: an id that differs in that is on none. */
struct spelling {
	bool letter[128];
	uint64_t lengths; /* bit n: some id has n bytes; longer than 63 is not looked for */
	uint64_t *
		around; /* a bit for every (what stands before a character, behind it; a digit?), by hash */
	uint64_t around_mask;
};

struct context {
	const struct policy *policy;
	struct arena arena;
	struct hash_key key;
	struct pool pool[POOL_COUNT];
	struct ledger ledger[LEDGER_COUNT];
	struct ledger_info info[LEDGER_COUNT];
	size_t info_count;
	struct consumer_index consumers; /* used when `indexed`; that ledger has no rows then */
	bool indexed;
	struct errors notes; /* of what is not wrong, but should be known */

	struct barrier barrier;
	struct disasters disasters;
	struct pairs pairs;
	struct grants grants;
	struct prefixes prefixes;
	struct geo geo;
	struct geo_info geo_info[GEOIP_COUNT];
	size_t geo_info_count;
	uint8_t *org_class; /* by organisation: enum org_class */
	bool *class_public; /* by POOL_CLASS number */
	struct calendar calendar;
	struct shifts shifts;
	struct posts posts;
	struct spelling accounts_spelt, terminals_spelt;
	uint32_t gives;                          /* enum gives */
	const struct account_row **account_line; /* by line of accounts.csv; NULL: none there */
	uint32_t account_lines;

	struct names names;
	struct resolved resolved;
};

/* The sockets of struct lookup, each in the file of its subject. */
void lookup_tuple(const void *context, uint32_t id, int64_t ts, struct seen *s);
void lookup_served(const void *context, uint32_t object, int64_t ts, struct served *out);
struct str lookup_assignee(const void *context, const struct seen *s, int64_t ts);
bool lookup_explained(const void *context, const struct seen *s, uint32_t object, int64_t ts,
		      size_t i, struct explained *out);
void lookup_again(const void *context, int64_t ts, struct seen *s);
void lookup_view(const void *context, const struct seen *s, uint32_t object, int64_t ts,
		 struct regard *out);
void lookup_prefetch(const void *context, uint32_t object);
bool lookup_consumer_known(const void *context, uint32_t object, int64_t ts);

struct hours_said lookup_hours(const void *context, const struct seen *s, int64_t ts);
enum duty lookup_duty(const void *context, const struct seen *s, int64_t ts);
uint32_t lookup_travel(const void *context, const struct seen *s, int64_t ts);
struct attributed lookup_attribution(const void *context, const struct seen *s, int64_t ts);
struct ordered lookup_work_order(const void *context, const struct seen *s, int64_t ts);

struct disaster_said lookup_disaster(const void *context, uint16_t org, uint16_t area, int64_t ts);
bool lookup_disaster_shares(const void *context, uint16_t org, uint32_t class, int64_t ts);
bool lookup_disaster_reaches(const void *context, uint16_t org, uint16_t area, int64_t ts);
enum area_held lookup_area_held(const void *context, uint16_t org, uint16_t area);

void lookup_listed(const void *context, const struct seen *s, enum dict dict, int64_t ts,
		   struct listed *out);
bool lookup_window_at(const void *context, size_t i, struct window_row *out);
bool lookup_kept_at(const void *context, enum subject kind, size_t i, int64_t ts,
		    struct kept_row *out);
struct str lookup_kept_name(const void *context, enum subject kind, uint32_t line);
struct reset_said lookup_reset(const void *context, uint32_t account, int64_t ts);
bool lookup_slot_at(const void *context, size_t i, struct slot_row *out);
bool lookup_roster_at(const void *context, size_t i, struct roster_row *out);
struct str lookup_schedule_name(const void *context, uint16_t schedule);
uint16_t lookup_org_parent(const void *context, uint16_t org);

/* The parts of a standing: when the account's row is known, when the terminal's is, and when all else is. */
void standing_account(const struct context *c, const struct account_row *row, int64_t ts,
		      struct seen *s);
void standing_terminal(const struct context *c, const struct terminal_row *row, int64_t ts,
		       struct seen *s);
void standing_whole(const struct context *c, int64_t ts, struct seen *s);
/* All of them once more, for organisations and kinds that were changed; `row` NULL: the account has none. */
void standing_again(const struct context *c, const struct account_row *row, int64_t ts,
		    struct seen *s);

void posts_build(struct context *c);
void spelling_build(struct context *c); /* what lookup_listed() asks by */
void resolve_standing(struct context *c);
void context_digest_wait(struct context *c); /* ledger_info.sha256 may be read behind this */
void resolve_nets(struct context *c);
/* Of one consumer, from the index: how many, in the arena; -1: it is damaged. */
int consumers_ask(struct context *c, struct str id, struct arena *a, struct consumer_row **rows);
int resolve_consumers(struct context *c, unsigned jobs, struct errors *err);

/* Objects [from, to) by the index; rows of consumers with several go to `several`.  False: it is broken. */
struct index_share {
	struct context *c;
	uint32_t from, to;
	unsigned jobs; /* shares there are */
	VEC(struct consumer_row) several;
};
bool resolve_by_index(struct index_share *share);

/* The ledger `consumers`: by its index when that is fresh, else loaded. */
int consumers_load(struct context *c, const struct policy_ledger *p, bool digest,
		   struct errors *err);
void resolved_free(struct resolved *r);

#endif
