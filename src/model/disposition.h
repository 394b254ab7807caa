/*
 * disposition.h - what people have decided about findings, and what comes of it: a pure function of the findings, the
 * file of dispositions and now.
 *
 * A disposition never hides a finding.  While it is in force and of a decision that suppresses, the finding does not
 * trip the gate; it expires, covers only cases that start in its scope, and ends where its caps are exceeded.
 */
#ifndef SEKISHO_MODEL_DISPOSITION_H
#define SEKISHO_MODEL_DISPOSITION_H

#include "model/finding.h"

enum decision {
	DECISION_CONFIRMED,
	DECISION_FALSE_POSITIVE,
	DECISION_JUSTIFIED,
	DECISION_ACCEPTED_RISK,
	DECISION_UNDER_REVIEW,
	DECISION_COUNT
};
extern const char *const decision_names[DECISION_COUNT];

static inline bool
decision_suppresses(enum decision d)
{
	return d == DECISION_FALSE_POSITIVE || d == DECISION_JUSTIFIED ||
	       d == DECISION_ACCEPTED_RISK;
}

struct disposition_person {
	struct str id, role;
	int64_t date;
	struct place at;
};

/* A part of the finding's key, or acct, owner, org or system. */
struct disposition_match {
	struct str name, value;
	struct place at;
};

struct disposition {
	struct str fp_case; /* empty: by `rule` and `match` */
	struct str rule;
	struct place rule_at;
	struct disposition_match *match;
	size_t match_count;
	enum decision decision;
	struct str action, reason_no_action; /* one of the two */
	struct str ticket;
	int64_t from, to; /* of cases, by their first line; half-open */
	int64_t expires;  /* from then on it is nothing but a record */
	bool caps_consumers, caps_origins;
	uint64_t consumers; /* on one day, of one finding */
	struct str *origin; /* organisations or networks */
	size_t origin_count;
	struct disposition_person prepared, reviewed;
	struct place at;
};

struct dispositions {
	struct arena arena;
	struct str path;        /* empty: the policy names none */
	struct disposition *at; /* in the order of the file: what stands later is newer */
	size_t count;
	uint8_t digest[32]; /* of the file's bytes */
};

enum disposed_state {
	DISPOSED_IN_FORCE,
	DISPOSED_NOT_YET, /* reviewed later than now */
	DISPOSED_EXPIRED,
	DISPOSED_EXCEEDED,   /* a cap is */
	DISPOSED_OTHER_CASE, /* some case starts outside every scope */
	DISPOSED_REJECTED,   /* who prepared or reviewed it owns the account */
	DISPOSED_STATES
};
extern const char *const disposed_state_names[DISPOSED_STATES];

/* What is so of one finding; lives in the verdicts' arena. */
struct disposed {
	const struct disposition *by; /* of its latest case; else the newest that matches */
	enum disposed_state state;
	bool suppressed;
	size_t cases;   /* of the finding's, in scope */
	struct str why; /* of a state that is not in force: which cap, whose account */
};

/* The names that `match` may ask beside the rule's own key. */
extern const char *const disposition_fields[];
extern const size_t disposition_field_count;

/*
 * Sets `disposed` of each finding that some disposition matches.  What is expired, rejected or matches nothing goes to
 * `warnings`, a sentence each, in the order of the file.
 */
void dispositions_apply(const struct dispositions *d, struct verdicts *v, int64_t now,
			struct errors *warnings);

static inline bool
finding_suppressed(const struct finding *f)
{
	return f->disposed && f->disposed->suppressed;
}

#endif
