/*
 * sighting.h - one line in which somebody met a consumer, and all that is known of it as of then: what `lookup` lists.
 *
 *     fact -> look-ups of its tuple, its view and its hour -> cells (names as the ledgers write them), the rows that
 *     explain it, and what no ledger could answer
 *
 * Cells are named as `parse --enriched` names them, and mean the same.  With a key, names of accounts, people and
 * consumers are keyed hashes, as reports have them, and addresses are left out.
 */
#ifndef SEKISHO_APP_SIGHTING_H
#define SEKISHO_APP_SIGHTING_H

#include "base/civil.h"
#include "base/hmac.h"
#include "model/fact.h"
#include "model/lookup.h"
#include "model/policy.h"

/* In the order in which they are written; their names and kinds are a table in sighting.c. */
enum sight_cell {
	SIGHT_TIME,
	SIGHT_SYSTEM,
	SIGHT_ACT,
	SIGHT_OK,
	SIGHT_REASON,
	SIGHT_CLASS,
	SIGHT_SENSITIVITY,
	SIGHT_ACCOUNT,
	SIGHT_ACCOUNT_ROW,
	SIGHT_ORG,
	SIGHT_ORG_CLASS,
	SIGHT_KIND,
	SIGHT_OWNER,
	SIGHT_DEPARTMENT,
	SIGHT_PERSON,
	SIGHT_PERSON_ROW,
	SIGHT_ADDRESS,
	SIGHT_NET,
	SIGHT_NET_ROW,
	SIGHT_NET_ORG,
	SIGHT_SITE,
	SIGHT_TERMINAL,
	SIGHT_TERMINAL_ROW,
	SIGHT_TERMINAL_ORG,
	SIGHT_CONSUMER,
	SIGHT_CONSUMER_ROW,
	SIGHT_SUPPLIER,
	SIGHT_TYPE,
	SIGHT_AREA,
	SIGHT_RELATION,
	SIGHT_MASKED,
	SIGHT_BARRIER,
	SIGHT_BARRIER_ROW,
	SIGHT_DSTATE,
	SIGHT_FILE,
	SIGHT_OFFSET,
	SIGHT_CELLS
};

struct sight_column {
	const char *name;
	bool number;
};

extern const struct sight_column sight_columns[SIGHT_CELLS];

/* What no ledger could answer; words in sight_unknown_names. */
enum sight_unknown {
	UNKNOWN_ACCOUNT,
	UNKNOWN_PERSON,
	UNKNOWN_NETWORK,
	UNKNOWN_TERMINAL,
	UNKNOWN_CONSUMER,
	UNKNOWN_BARRIER,
	UNKNOWN_REASON,
	UNKNOWNS
};

extern const char *const sight_unknown_names[UNKNOWNS];

/* A row that tells why. */
struct sight_reason {
	const char *ledger, *kind;
	uint32_t row;
	struct str id; /* may be empty */
};

enum { REASONS_MOST = 16 };

struct sighting {
	int64_t ts;
	bool view;   /* an act that shows consumer data, and it went well */
	bool denied; /* a view that the barrier forbids */
	struct str cell[SIGHT_CELLS];
	struct sight_reason reason[REASONS_MOST];
	size_t reasons, reasons_left; /* that are there, and those beyond */
	unsigned unknown;             /* bits, by enum sight_unknown */
};

/* Whom to ask; all of it outlives the sightings. */
struct sight_asking {
	const struct fact_source *source;
	const struct lookup *look;
	const struct policy *policy;
	const struct hmac *key; /* NULL: names as they are */
};

/* Text lies in the arena, or where the asked have it. */
void sight(const struct sight_asking *ask, const struct fact *f, struct arena *a,
	   struct sighting *out);

/* The name as it is shown: itself, or its pseudonym. */
struct str sight_name(const struct sight_asking *ask, struct str name, struct arena *a);

#endif
