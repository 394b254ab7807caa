/*
 * proof.h - what a record lets one say of each rule, by system: "none" only with everything that DETECTION C.7 asks for,
 * and else what is missing.
 *
 * Complete, with digests of all inputs, lines to evaluate, a planted test of that rule that fired, and the digests of
 * findings and rules beside it.  What was undetermined is listed; the two signatures are people's.
 */
#ifndef SEKISHO_REPORT_PROOF_H
#define SEKISHO_REPORT_PROOF_H

#include "report/said.h"

enum proof_says {
	PROOF_NONE, /* proved */
	PROOF_HITS,
	PROOF_EMPTY,
	PROOF_LACKS,
	PROOF_OFF,
	PROOF_INCOMPLETE,
	PROOF_NOT_ALL_READ,
	PROOF_NO_MANIFEST,
	PROOF_NO_CANARY,
	PROOF_DEAD_CANARY,
	PROOF_SAYS_COUNT
};

struct proof_row {
	const struct json_value *rule; /* of the run */
	const struct json_value
		*counts;   /* evaluated, hits, undetermined: the rule's, or of the system */
	struct str system; /* empty: all of them together */
	bool lines;        /* evaluated are lines; else days, pairs or what is met */
	uint64_t evaluated, hits, undetermined;
	enum proof_says says;
};

/* Of the run as a whole. */
struct proof {
	const struct json_value *run, *survey;
	uint64_t systems, systems_read, /* those with a file */
		lines, days, accounts, proved;
	struct proof_row *row; /* rule by rule, by system where it judges line by line */
	size_t rows;
	struct proof_row *rule; /* the same of rules, all systems together */
	size_t rules;
};
void proof_of(struct proof *p, const struct report_record *rec, struct arena *a);

/* "none, proved" in both languages, and as programs say it. */
const char *proof_word(enum proof_says says, enum language language);
extern const char *const proof_names[PROOF_SAYS_COUNT];

/* The sentence of C.7, for rows that are PROOF_NONE of a record with a survey; as plain text. */
bool proof_sentence(const struct proof *p, const struct proof_row *row, enum language language,
		    struct out *plain);

#endif
