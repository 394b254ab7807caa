/*
 * finding.h - one finding: a rule and a key, with its cases inside (DETECTION C.1).  Text lies in the findings arena.
 *
 * Everything but `at` of the evidence is a function of the set of lines, the policy and the ledgers.
 */
#ifndef SEKISHO_MODEL_FINDING_H
#define SEKISHO_MODEL_FINDING_H

#include "model/rule.h"

enum severity { SEVERITY_INFO, SEVERITY_LOW, SEVERITY_MEDIUM, SEVERITY_HIGH, SEVERITY_CRITICAL };
extern const char *const severity_names[];
enum severity severity_of(int points);
bool severity_named(struct str name, enum severity *out);

enum { FINGERPRINT = 38, SAMPLES = 5, WINDOWS_MOST = 32 };

/* How a finding stands to those of an earlier run (model/compare.h). */
enum mark {
	MARK_NONE,
	MARK_NEW,
	MARK_UNCHANGED,
	MARK_UPDATED,
	MARK_ABSENT, /* only there */
	MARK_COUNT
};
extern const char *const mark_names[MARK_COUNT];

struct disposed;

/* A named counting window, half-open (`--window W1=2022-11-20..2023-01-20` is inclusive JST dates). */
struct window {
	struct str name;
	int64_t from, to;
};

struct counts {
	uint64_t lines, views, consumers, person_days, accounts, terminals, networks, episodes;
};

struct unit { /* an episode; a day's pairs; a day; days without a log in a row (`pairs`) */
	int64_t first, last;
	uint64_t lines, pairs;
};

struct finding_case {
	int64_t first, last;
	struct counts counts;
	size_t unit_from, unit_to; /* of the finding's units */
	size_t incident;           /* of the verdicts' */
};

struct evidence {
	struct fact fact;
	/* Filled in at the end, from the file, when it is still there. */
	bool fetched, unverified; /* no checksum vouches for it: its packed member is damaged */
	uint64_t line;            /* 0: unknown */
	struct str raw;
};

struct origin {
	struct str net, org, site;
	uint64_t lines;
};

struct finding {
	const struct rule *rule;
	uint32_t rule_number; /* in the engine's list */
	struct key key;
	struct str key_text[KEY_PARTS];
	int points;
	enum severity severity;
	char fp_case[FINGERPRINT], fp_occ[FINGERPRINT]; /* "sk1c:" and 32 hex digits */
	const struct finding *parent;
	struct str account, realm, owner, org, department, role,
		account_kind; /* the subject, as of the first line */
	struct str
		route; /* whose business it is: organisation and who answers for it; empty: nobody says */
	struct str case_type;
	struct account_day_sum day; /* of the first fired day or pair, where a detector tells */
	struct str *systems;
	size_t system_count;
	int64_t first, last;
	bool open, left_censored;
	struct counts counts;
	uint64_t by_window[WINDOWS_MOST];
	uint64_t consumers_a_day; /* the most distinct ones of one day */
	struct finding_case *cases;
	size_t case_count;
	struct unit *units;
	size_t unit_count;
	struct origin *origins;
	size_t origin_count;
	struct evidence
		sample[SAMPLES]; /* [0] first line, [1] last line, then days with most lines */
	size_t sample_count;
	struct because_line *because;
	size_t because_count;

	/* Beside the finding, and not of it: what people decided, and how it stands to a baseline. */
	const struct disposed *disposed;
	enum mark baseline;
	int64_t told; /* when a run over a state told it first; 0: by this run */
};

/* What a rule said of lines, and how often. */
struct judged_counts {
	uint64_t judged[JUDGED_COUNT];
};

struct rule_tally {
	const struct rule *rule;
	uint32_t lacks; /* GIVES_ bits of what it needs and is not there: not evaluable */
	uint64_t judged[JUDGED_COUNT];
	/* The same by system, as the policy has them; NULL: no survey, or it judges what several systems make up. */
	const struct judged_counts *system;
};

/* Lines (pairs, days) the rule could decide: the "evaluated" of reports. */
static inline uint64_t
judged_evaluated(const uint64_t judged[JUDGED_COUNT])
{
	return judged[JUDGED_SILENT] + judged[JUDGED_HIT];
}

static inline uint64_t
tally_evaluated(const struct rule_tally *t)
{
	return judged_evaluated(t->judged);
}

/* ... and those it could not, for want of an answer. */
static inline uint64_t
tally_undetermined(const struct rule_tally *t)
{
	uint64_t n = 0;

	for (int j = JUDGED_ASK + 1; j < JUDGED_COUNT; j++)
		n += j == JUDGED_LEARNING || j == JUDGED_LEFT_OUT ? 0 : t->judged[j];
	return n;
}

/*
 * Cases of one person, or account, that come within seven days of each other; what lies under a hole in the barrier
 * belongs to the hole (DETECTION B.0.8).
 */
struct incident {
	char id[FINGERPRINT]; /* "sk1i:" and 32 hex digits */
	struct str subject; /* person or account; empty: the finding's key says what it is about */
	int64_t first, last;
	enum severity severity; /* the gravest of its findings */
	size_t findings, cases;
};

struct survey;

/* The answer of a judgement. */
struct verdicts {
	struct arena arena;
	const struct survey *survey;   /* model/survey.h; NULL: nobody asked for it */
	VEC(struct finding *) finding; /* sorted: severity, rule, key, first */
	VEC(struct incident) incident; /* sorted: severity, first, id */
	struct rule_tally *tally;
	size_t rule_count;
};

#endif
