/*
 * context_own.h - what a context is made of, for the files of this directory.
 */
#ifndef SEKISHO_CONTEXT_CONTEXT_OWN_H
#define SEKISHO_CONTEXT_CONTEXT_OWN_H

#include "context/barrier.h"
#include "context/context.h"
#include "context/disaster.h"
#include "context/geo.h"
#include "context/leave.h"
#include "context/ledgers.h"
#include "context/prefix.h"

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
	struct consumer_entry *consumer; /* by object */
	size_t consumer_bytes;
	struct net *nets;
	size_t net_count;
};

struct context {
	const struct policy *policy;
	struct arena arena;
	struct hash_key key;
	struct pool pool[POOL_COUNT];
	struct ledger ledger[LEDGER_COUNT];
	struct ledger_info info[LEDGER_COUNT];
	size_t info_count;

	struct barrier barrier;
	struct disasters disasters;
	struct pairs pairs;
	struct grants grants;
	struct prefixes prefixes;
	struct geo geo;
	struct geo_info geo_info[GEOIP_COUNT];
	size_t geo_info_count;
	struct errors missing; /* what the run goes on without */
	uint8_t *org_class;    /* by organisation: enum org_class */
	bool *class_public;    /* by POOL_CLASS number */
	int32_t *holiday;      /* JST days, sorted */
	size_t holiday_count;
	const struct account_row **account_line; /* by line of accounts.csv; NULL: none there */
	uint32_t account_lines;

	struct names names;
	struct resolved resolved;
};

/* The sockets of struct lookup, each in the file of its subject. */
void lookup_tuple(const void *context, uint32_t id, int64_t ts, struct seen *s);
void lookup_view(const void *context, const struct seen *s, uint32_t object, int64_t ts,
		 struct regard *out);
void lookup_prefetch(const void *context, uint32_t object);

void context_digest_wait(struct context *c); /* ledger_info.sha256 may be read behind this */
void resolve_nets(struct context *c);
void resolve_consumers(struct context *c, unsigned jobs);
void resolved_free(struct resolved *r);

#endif
