/*
 * context.h - all ledgers of a policy, loaded, and the answers of model/lookup.h over them.
 *
 * Load once, resolve after the facts are read (and again when they have grown), then look up from any number
 * of threads.  The policy, and the dictionaries behind `names`, must outlive the context.
 */
#ifndef SEKISHO_CONTEXT_CONTEXT_H
#define SEKISHO_CONTEXT_CONTEXT_H

#include "model/lookup.h"
#include "model/names.h"
#include "model/policy.h"

struct context;

/* For the run record; strings live as long as the context. */
struct ledger_info {
	const char *name;
	struct str path;
	size_t rows;
	const char *sha256; /* hex; "" without digests */
};

/* A GeoIP database, for the run record. */
struct geo_info {
	enum geoip key;
	struct str path;
	const char *type;     /* what the database says that it is */
	uint64_t build_epoch; /* seconds */
	const char *sha256;   /* hex; "" without digests */
	size_t odd;           /* addresses of the last resolve whose record makes no sense */
};

/*
 * -1 with every mistake of every ledger and database in `err`; *out is then NULL.  With `digest`, the SHA-256 of
 * large ledgers goes on on threads of their own until context_resolve(), which waits for them.
 */
int context_load(struct context **out, const struct policy *policy, bool digest,
		 struct errors *err);
/* Grace before and behind a shift, at most a day; 30 minutes unless this says otherwise.  Before context_resolve(). */
void context_grace(struct context *c, int64_t grace_ms);

/*
 * What is no mistake and yet surely not meant, a message each in `warn`: names that one ledger uses and none tells of
 * (each once, twenty of a kind), and days of logs, first and last, that the file of holidays knows nothing about.
 */
void context_check(const struct context *c, struct errors *warn);
void context_check_days(const struct context *c, int32_t first_jst_day, int32_t last_jst_day,
			struct errors *warn);

/* -1: an index turned out to be damaged; nothing may be looked up then. */
int context_resolve(struct context *c, const struct names *names, unsigned jobs,
		    struct errors *err);
void context_lookup(const struct context *c, struct lookup *out);
/* What a user should be told though the run goes on: a database that is not there, an index too old to be used. */
const struct errors *context_notes(const struct context *c);
const struct ledger_info *context_ledgers(struct context *c, size_t *count); /* waits for digests */
const struct geo_info *context_geo(struct context *c, size_t *count);
void context_free(struct context *c); /* NULL is fine */

#endif
