/*
 * compare.h - the findings of a run against those of an earlier one, by fp_case: a pure function of two records.
 *
 *     only now: new          in both: unchanged, or updated when it grew          only then: absent, and why
 *
 * "We could not look" is never "fixed": what is absent is not_covered until the record of the run shows that the
 * systems and days were read, by the same rule, from the same ledgers (DETECTION C.1).
 */
#ifndef SEKISHO_MODEL_COMPARE_H
#define SEKISHO_MODEL_COMPARE_H

#include "base/json_tree.h"
#include "base/sha256.h"
#include "model/finding.h"
#include "model/record.h"

enum absence {
	ABSENT_NO_LINES, /* the days were read, and its lines are not among what was read */
	ABSENT_FIXED,    /* later days were read, and it did not come again */
	ABSENT_REFERENCE_CHANGED, /* ledgers, databases or the register are others */
	ABSENT_RULE_CHANGED,      /* so is the rule, or it is switched off */
	ABSENT_NOT_COVERED,       /* nobody looked there */
	ABSENCES
};
extern const char *const absence_names[ABSENCES];

/* How a finding grew; any of them makes it updated. */
enum growth {
	GREW_SEVERITY = 1,
	GREW_CONSUMERS = 2, /* by ten and more, and by more than half */
	GREW_ORIGIN = 4,    /* an organisation whose network it had not */
	GREW_EPISODE = 8,   /* although people had closed it */
	GREW_CAP = 16       /* a disposition's cap is exceeded */
};
extern const char *const growth_names[]; /* by bit */
enum { GROWTHS = 5 };

struct difference {
	enum mark mark;
	enum absence absence; /* of MARK_ABSENT */
	unsigned growth;
	const struct json_value *before, *now; /* findings; NULL: not there */
};

/* Views that the barrier matrix denies (XTN-01): what another matrix would change. */
struct denied {
	uint64_t views, accounts;
};

struct comparison {
	VEC(struct difference) at; /* of now in their order, then the absent in theirs */
	size_t count[MARK_COUNT];
	struct denied before, now, gained, lost;
};

/* What a run says of the findings file that its own were compared with. */
struct run_baseline {
	struct str path, now; /* `now` of that run */
	char sha256[SHA256_HEX];
	const struct comparison *comparison;
};

/* Both records must outlive it. */
void compare_records(struct comparison *c, const struct report_record *before,
		     const struct report_record *now);
void comparison_free(struct comparison *c);

/* compare_absent.c: why a finding of `before` is not in `now`. */
enum absence compare_absence(const struct json_value *finding, const struct json_value *before_run,
			     const struct json_value *now_run);

#endif
