/*
 * canon.h - from a record's raw fields to the canonical event: what the policy's extract and resources make of them.
 *
 * Two speeds.  canon_line() is asked for every line: screen, object, terminal, act, outcome.  canon_who() undoes
 * escapes, normalises the account and reads the address, client_family() names the client; their answers depend only
 * on the bytes they are given, so the caller asks once per distinct bytes and remembers.
 */
#ifndef SEKISHO_FORMAT_CANON_H
#define SEKISHO_FORMAT_CANON_H

#include "base/address.h"
#include "model/format.h"
#include "model/policy.h"

/* Longer values stay as they are written: nothing in a ledger is that long. */
enum { CANON_VALUE = 256, CANON_ROOM = 2 * FIELD_COUNT * CANON_VALUE };

struct canon {
	struct str field[FIELD_COUNT]; /* borrowed from the line or the room; empty: absent */
	uint8_t act, ok, masked, reason;
	bool grouped;        /* a pattern gave fields */
	const char *refused; /* what the policy expected of this line, and did not find */
};

struct canon_matcher; /* one a thread: match data of the patterns */

struct canon_matcher *canon_matcher_new(const struct policy *policy);
void canon_matcher_free(struct canon_matcher *m);

/* Can canon_line() refuse a line of this system at all?  Not without a pattern, nor where nothing tells an outcome. */
bool canon_may_refuse(const struct canon_matcher *m, unsigned system);

/* Takes at most CANON_ROOM of the room. */
void canon_line(struct canon_matcher *m, unsigned system, const struct record *r, struct room *room,
		struct canon *out);

struct canon_who {
	struct str account; /* empty: absent; lies in the record, in canon or in `room` */
	bool has_address;
	char address[ADDRESS_SIZE];
	char room[2 * CANON_VALUE];
};

/* Of the record, or of what the policy's extract and resources found in it. */
void canon_who(const struct policy_system *system, const struct record *r, struct str extracted,
	       struct canon_who *out);

/* Empty for an agent of "-".  `Mozilla/5.0 ... Chrome/90 Safari/537` is Chrome; anything else is its first product's name. */
struct str client_family(struct str agent);

#endif
