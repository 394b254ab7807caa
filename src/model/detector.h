/*
 * detector.h - the socket of rules.  A detector is judgement only: pure functions over what the engine has sorted,
 * looked up and cut into shape.  It keeps nothing: what happened belongs to the facts.  What it is called, how much it
 * weighs, what it says and by which numbers it judges is a rule's (rule.h), and stands in a file.
 *
 * Shapes, one hook each.  A detector fills in the hook of its shape and leaves the others NULL:
 *
 *     .hit   a line, to no, one or two keys; the engine joins hits of a key into episodes (pause <= gap)
 *     .hit + .across   the same, but the key is not the account: hits of all accounts are brought together first
 *     .pair  two overlapping sessions of one account
 *     .next  two sessions of one account, the later the next to begin
 *     .day   an account's day, with the days before it
 *     .meets   what an account meets on a day, such as a network; the engine knows when it last did
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
	JUDGED_UNKNOWN_TERMINAL,
	JUDGED_UNKNOWN_CLASS,
	JUDGED_UNKNOWN_OWNER, /* or what post he has, or whose the terminal is */
	JUDGED_UNKNOWN_HOURS,
	JUDGED_UNKNOWN_LOAN,
	JUDGED_UNKNOWN_HAND,  /* the ledger of shared IDs names terminals, and the line has none */
	JUDGED_UNKNOWN_RESET, /* no event of the account is known */
	JUDGED_COUNT
};

extern const char *const judged_names[JUDGED_COUNT];
extern const char *const judged_words[JUDGED_COUNT]; /* the same for people */
extern const char *const finding_kind_names[];

/* A part of a finding's key: a number and what it numbers. */
enum key_kind {
	KEY_ACCOUNT,
	KEY_TERMINAL,
	KEY_CLIENT,
	KEY_NET,
	KEY_ORG,
	KEY_SYSTEM,
	KEY_CLASS,
	KEY_RELATION,
	KEY_AREA,
	KEY_COUNTRY, /* GEO_COUNTRY() */
	KEY_SUBJECT, /* key_subject() */
	KEY_KEPT,  /* the same of a line in accounts.csv or terminals.csv, for what no log names */
	KEY_WORD,  /* of the detector's own `words` */
	KEY_WINDOW /* line in disasters.csv */
};
enum { KEY_PARTS = 4, KEYS_MOST = 3 };

struct key_part {
	const char *name; /* as findings print it: "acct", "origin_org" */
	enum key_kind kind;
};

struct policy;

/* An account, terminal or network as one part of a key; their numbers stay below 2^30. */
enum { SUBJECT_SHIFT = 30 };

static inline uint32_t
key_subject(enum subject kind, uint32_t number)
{
	return (uint32_t)kind << SUBJECT_SHIFT | number;
}

struct key {
	uint32_t part[KEY_PARTS];
};

/* The account that a key with those parts is about; 0: about none. */
uint32_t key_account(const struct key_part *part, const struct key *key);

/* A line that is no health check as rules see it.  `view` only where the act shows a consumer. */
struct event {
	const struct fact *fact;
	const struct seen *who;
	const struct regard *view;
	const struct lookup *lookup; /* NULL where a `where:` is asked of the tuple alone */
};

/* Which lines a rule is asked about; health checks never. */
enum lines_asked { LINES_OK, LINES_FAILED, LINES_BOTH };

/* What ends a unit of hits: a pause longer than the gap, the JST day, a change of .unit(), nothing. */
enum unit_end { ENDS_PAUSE, ENDS_DAY, ENDS_CHANGE, ENDS_NEVER };

/* A maximal run of lines of one account from one network and terminal, pauses <= 10 min (DETECTION B.0.9). */
struct session {
	uint32_t net, terminal; /* terminal 0: not said */
	uint16_t net_org, net_site;
	uint8_t net_kind;
	int64_t a, b;
	uint32_t n;
	uint32_t address; /* of its first line */
};

/* Whence and with what: what lines of a person's account have in common, and how many they are on a day. */
struct day_use {
	uint32_t net, terminal, client; /* 0: not said */
	uint32_t lines;
	int64_t created; /* of the account's row; INT64_MIN = unsaid */
	uint16_t country;
	uint8_t net_kind, terminal_kind, client_use;
};

/* One account on one JST day; all of it but `day` is of ok lines while it was a person's. */
struct account_day {
	int32_t day;
	enum day_kind kind;
	bool left_out;
	uint32_t consumers;        /* distinct, viewed */
	uint32_t hours;            /* bit h: view-like lines from h:00 on, in Japan */
	uint32_t site_changes;     /* between successive lines whose site is known */
	const struct day_use *use; /* one may stand twice */
	uint32_t use_count;
};

/* The figures of the first day or pair that fired, for its explanation: messages have x, med, mad, n. */
struct account_day_sum {
	uint32_t x, median, mad, days;
	uint32_t changes,
		hours; /* of the day: its site_changes; those of its hours that are rare */
};

/* Something an account meets on its days: the number, 0 = nothing, and what it numbers. */
struct met {
	enum key_kind kind;
	uint32_t number;
};
enum { METS_MOST = 2 };

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

/* The pause that ends an episode, by its name in `defaults: {gap: ...}`. */
#define PARAM_GAP(of)                                                                              \
	{                                                                                          \
		"gap", "gap", of, PARAM_TIME, 1000, 366LL * 86400000                               \
	}

/* What is written beside a finding: the predicate, what was observed, and the ledger rows it rests on. */
struct because_line {
	struct str pred, observed, ref;
};

/* `observed (ref)`, behind `pred: ` if it is to be said, escaped for a terminal. */
void because_print(const struct because_line *line, bool pred, struct out *o);

struct because {
	struct arena *arena;
	const struct lookup *lookup;
	const struct names *names;
	const struct policy *policy;
	VEC(struct because_line) line;
};

/* A unit of hits, for rules that do not fire on each. */
struct unit_sum {
	uint32_t lines, views, objects, accounts;
	uint32_t orgs; /* known ones that accounts of it belong to */
	const struct fact *first;
	uint32_t unit,
		before; /* .unit() of its lines, and of the latest earlier unit with another; 0 = none */
	const struct lookup *lookup;
	int points; /* to add; the greatest of a record's units counts */
};

/* What a rule says without lines to show: of ledgers, and of logs that lack something. */
struct told {
	struct key key;
	int64_t first, last;
	uint64_t lines; /* that it counted, if any */
	uint64_t units; /* that it stands for, as days without a log in a row; 0: one */
	struct because_line why;
	const struct because_line *also; /* and these */
	size_t also_count;
};

/* What lines name and no ledger knows at their time, where the policy has that ledger (LOG-07). */
enum unresolved_what {
	UNRESOLVED_ACCOUNT,
	UNRESOLVED_NETWORK,
	UNRESOLVED_TERMINAL,
	UNRESOLVED_CONSUMER,
	UNRESOLVED_CLASS,
	UNRESOLVED_COUNT
};

struct unresolved {
	unsigned system;
	enum unresolved_what what;
	struct str name;
	uint64_t lines;
	int64_t first, last; /* of them */
};

/* Tells of one key are units of one finding. */
struct roster {
	const struct lookup *lookup;
	const struct fact_source *source;
	const struct policy *policy;
	int64_t first_ts, last_ts; /* of all accepted lines */
	struct arena *arena;
	const struct unresolved *unresolved; /* by system, what, lines (most first), name */
	size_t unresolved_count;
	const int64_t *param;
	uint64_t *judged; /* [JUDGED_COUNT], for the rule to count what it decided */
	VEC(struct told) told;
};

struct detector {
	const char *name;    /* as rule files call it: "lent" */
	const char *rule;    /* the rule that is shipped with it: "ORG-01" */
	const char *summary; /* what it finds, in a few words */
	enum finding_kind kind;
	struct key_part key[KEY_PARTS];
	struct param
		param[PARAMS_MOST]; /* until the first without a name; "gap" is the engine's, too */

	uint32_t needs; /* GIVES_ bits: without these it cannot judge */
	enum lines_asked lines;

	/* What look-ups alone say, asked once per tuple and validity interval; JUDGED_ASK for "depends on the line". */
	enum judged (*screen)(const struct seen *who, const int64_t *param);
	/* Called for lines whose screen said ASK or HIT; fills `count` keys. */
	enum judged (*hit)(const struct event *ev, const int64_t *param, struct key key[KEYS_MOST],
			   int *count);
	bool viewless; /* .hit and .unit ask nothing of a consumer: `view` may be NULL there */
	enum unit_end ends;
	uint32_t (*unit)(const struct event *ev);                /* of ENDS_CHANGE, never 0 */
	bool (*fires)(struct unit_sum *u, const int64_t *param); /* NULL: one line is enough */
	bool across;                                             /* the key is not of one account */
	bool shared_terminals; /* asked only of terminals that several accounts use in these facts */
	const char *const *words; /* of KEY_WORD, NULL-terminated */
	const char *children; /* detector whose findings of the same lines get this one as parent */

	enum judged (*pair)(const struct session *x, const struct session *y, const int64_t *param,
			    int *extra_points);
	/* Asked of sessions in order of (a, b, network, terminal), each with the one before it. */
	enum judged (*next)(const struct session *x, const struct session *y,
			    const struct lookup *lookup, const int64_t *param,
			    struct account_day_sum *sum);
	enum judged (*day)(const struct account_day *days, size_t at, const int64_t *param,
			   struct account_day_sum *sum);

	/*
	 * Fires on days with `min_events` lines of something that was not met in the `window` before.  With a number
	 * `learn`, not before account and input are that old.  The key's second part, if it has one, is what was met.
	 * True: such lines fire alone.
	 */
	bool (*meets)(const struct day_use *use, struct met met[METS_MOST]);
	bool (*excused)(
		const struct event *ev); /* asked of lines that meet something: not this one */

	void (*roster)(struct roster *r); /* once, when all lines are walked */
	bool resolves;                    /* and it is given what no ledger knows */
	bool listens;                     /* and it asks the source when systems were heard */
	bool incomplete; /* with a finding of it, the findings are not those of all that was to be read */
	const char *clears; /* what would end a finding that has no lines, for explanations */

	/* What is wrong with numbers that are each in range, or NULL. */
	const char *(*wrong)(const int64_t *param);

	/* Points beside the rule's base and what every rule adds: of a line, the greatest counts; of a record. */
	int (*line_points)(const struct event *ev, const int64_t *param);
	int (*consumer_points)(uint64_t consumers);
	int most_points; /* 0: what its kind may have */
	bool may_forbid; /* a rule file may say that what it finds is forbidden: `kind: violation` */

	bool origin_foreign;  /* every view of its lines was shown to another organisation */
	bool switch_discount; /* 15 points less when every line lies near a change of supplier */
	void (*because)(const struct event *first, const struct key *key, struct because *b);
	/* The same of the figures of .day, .next and .meets (x: lines, n: days of the window). */
	void (*because_sum)(const struct account_day_sum *sum, const int64_t *param,
			    struct because *b);

	/*
	 * Why it says so of a line that it does not hit, for `explain`; NULL, or nothing told: the answers are told that
	 * would have to be others.
	 */
	void (*why)(const struct event *ev, enum judged said, struct because *b);
};

#endif
