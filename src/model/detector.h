/*
 * detector.h - the socket of rules.  A detector is judgement only: pure functions over what the engine has sorted,
 * looked up and cut into shape.  It keeps nothing: what happened belongs to the facts.  What it is called, how much it
 * weighs, what it says and by which numbers it judges is a rule's (rule.h), and stands in a file.
 *
 * Four shapes, one hook each.  A detector fills in the hook of its shape and leaves the others NULL:
 *
 *     .hit   a line, to no, one or two keys; the engine joins hits of a key into episodes (pause <= gap)
 *     .hit + .across   the same, but the key is not the account: hits of all accounts are brought together first
 *     .pair  two overlapping sessions of one account
 *     .day   an account's day, with the days before it
 */
#ifndef SEKISHO_MODEL_DETECTOR_H
#define SEKISHO_MODEL_DETECTOR_H

#include "base/out.h"
#include "model/fact.h"
#include "model/lookup.h"

enum finding_kind { FINDING_VIOLATION, FINDING_ANOMALY, FINDING_CONTROL_GAP, FINDING_COVERAGE };

/*
 * What a rule says of a line, pair or day.  OUTSIDE: not its business.  SILENT and HIT are the "evaluated" of reports;
 * the rest are the reasons for "undetermined" and "learning", counted and printed, never taken for SILENT.
 */
enum judged {
	JUDGED_OUTSIDE,
	JUDGED_SILENT,
	JUDGED_HIT,
	JUDGED_ASK, /* of a screen: the tuple alone does not decide, ask .hit for every line */
	JUDGED_UNKNOWN_ACCOUNT,
	JUDGED_UNKNOWN_ORIGIN,
	JUDGED_UNKNOWN_CONSUMER,
	JUDGED_UNKNOWN_MASKING,
	JUDGED_NO_BARRIER,
	JUDGED_LEARNING,
	JUDGED_LEFT_OUT, /* a day in a disaster window or with a gap in the logs */
	JUDGED_REGEX_LIMIT, /* a pattern of the rule's `where:` could not be decided within its limits */
	JUDGED_COUNT
};

extern const char *const judged_names[JUDGED_COUNT];
extern const char *const finding_kind_names[];

/* A part of a finding's key: a number and what it numbers. */
enum key_kind { KEY_ACCOUNT, KEY_TERMINAL, KEY_NET, KEY_ORG, KEY_SYSTEM, KEY_CLASS, KEY_RELATION };
enum { KEY_PARTS = 4, KEYS_MOST = 2 };

struct key_part {
	const char *name; /* as findings print it: "acct", "origin_org" */
	enum key_kind kind;
};

struct key {
	uint32_t part[KEY_PARTS];
};

/* An ok, non-health line as rules see it.  `view` only where the act shows a consumer. */
struct event {
	const struct fact *fact;
	const struct seen *who;
	const struct regard *view;
};

/* A maximal run of lines of one account from one network and terminal, pauses <= 10 min (DETECTION B.0.9). */
struct session {
	uint32_t net, terminal; /* terminal 0: not said */
	uint16_t net_org, net_site;
	uint8_t net_kind;
	int64_t a, b;
	uint32_t n;
};

/* One account on one JST day. */
struct account_day {
	int32_t day;
	enum day_kind kind;
	bool left_out;
	uint32_t consumers; /* distinct, viewed while a person's account */
};

/* The figures a day rule decided by, for its explanation. */
struct account_day_sum {
	uint32_t x, median, mad, days;
};

/*
 * A number a detector judges by, and where the policy's `defaults:` has it (`gap: {hole: 7d}`).  The hooks are handed
 * a rule's numbers in the order of this table; times are in ms.
 */
enum param_unit { PARAM_NUMBER, PARAM_TIME };
enum { PARAMS_MOST = 12 };

struct param {
	const char *name, *family, *key;
	enum param_unit unit;
	int64_t least, most;
};

/* What is written beside a finding: the predicate, what was observed, and the ledger rows it rests on. */
struct because_line {
	struct str pred, observed, ref;
};

struct because {
	struct arena *arena;
	const struct lookup *lookup;
	const struct names *names;
	VEC(struct because_line) line;
};

/* The lines of an episode, for rules that fire on more than one. */
struct episode_sum {
	uint32_t lines, accounts;
};

struct detector {
	const char *name;    /* as rule files call it: "lent" */
	const char *rule;    /* the rule that is shipped with it: "ORG-01" */
	const char *summary; /* what it finds, in a few words */
	enum finding_kind kind;
	struct key_part key[KEY_PARTS];
	struct param
		param[PARAMS_MOST]; /* until the first without a name; "gap" is the engine's, too */

	/* What look-ups alone say, asked once per tuple and validity interval; JUDGED_ASK for "depends on the line". */
	enum judged (*screen)(const struct seen *who, const int64_t *param);
	/* Called for lines whose screen said ASK or HIT; fills `count` keys. */
	enum judged (*hit)(const struct event *ev, const int64_t *param, struct key key[KEYS_MOST],
			   int *count);
	bool (*fires)(const struct episode_sum *e,
		      const int64_t *param); /* NULL: one line is enough */
	bool across;                         /* the key is not of one account */
	const char *children; /* detector whose findings of the same lines get this one as parent */

	enum judged (*pair)(const struct session *x, const struct session *y, const int64_t *param,
			    int *extra_points);
	enum judged (*day)(const struct account_day *days, size_t at, const int64_t *param,
			   struct account_day_sum *sum);

	/* What is wrong with numbers that are each in range, or NULL. */
	const char *(*wrong)(const int64_t *param);

	bool origin_foreign;  /* every view of its lines was shown to another organisation */
	bool switch_discount; /* 15 points less when every line lies near a change of supplier */
	void (*because)(const struct event *first, const struct key *key, struct because *b);
};

#endif
