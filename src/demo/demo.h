/*
 * demo.h - a made-up utility: access logs, ledgers, a policy, and the truth about them (DETECTION E).
 * The same options give the same bytes on any machine.
 */
#ifndef SEKISHO_DEMO_DEMO_H
#define SEKISHO_DEMO_DEMO_H

#include "base/error.h"

#define DEMO_MARK "demo.json" /* a folder that has it was written by us */

enum demo_level { LEVEL_EASY, LEVEL_MEDIUM, LEVEL_HARD, LEVEL_VERY_HARD, LEVELS };
extern const char *const demo_level_names[LEVELS];

struct demo_options {
	uint64_t seed, lines; /* lines: of all systems, incidents included */
	uint32_t accounts, consumers, networks;
	int days, systems;
	int32_t day0;             /* civil day number of the first day */
	uint64_t faults;          /* demo_faults_named() */
	unsigned levels;          /* bit set of enum demo_level */
	uint64_t families;        /* demo_families_named() */
	bool combined;            /* all systems log in one format */
	struct str out;           /* the folder; NUL-terminated; empty: only `stream` */
	struct str stream;        /* print this system's log to standard output */
	const char *const *rules; /* what this version judges; NULL-terminated */
};

struct extent {
	int64_t first, last; /* ms UTC */
	uint64_t lines, consumers;
};

/* What was planted: an incident, or something that only looks like one. */
struct planted {
	struct str id, family, must, may, must_not, note; /* rules, comma separated */
	enum demo_level level;
	VEC(struct str)
	accounts, screens; /* screens: "ORG,system,class" of its views, "system,cidr", a terminal */
	struct extent all, hit;    /* hit: without those lines that are in order */
	int hits, episodes, cases; /* of the first rule of `must`; -1 = not said */
};

/* A day of somebody's on which these rules may speak, and there was a reason. */
struct harmless {
	struct str account;
	int32_t day; /* JST */
	const char *label, *may;
	const char *net; /* with no account: about this network, or NULL: about none */
};

struct demo_story {
	struct arena arena;
	VEC(struct planted) planted;
	VEC(struct harmless) harmless;
	uint32_t accounts; /* in the ledger, actors included */
	int days;
	uint64_t lines; /* written, doubles and damaged ones included */
	uint64_t blank, refused, duplicate, accepted; /* what an exact reader must count */
	int64_t end;                                  /* of the last day, ms UTC */
	bool unwritten;                               /* why demo_make() failed: not the options */
};

/* "usual", "all", "none" or names, comma separated; false with what there is in err. */
bool demo_faults_named(struct str list, uint64_t *faults, struct errors *err);

/* "all", "none", "incidents", "edges" or names. */
bool demo_families_named(struct str list, uint64_t *set, struct errors *err);

/* Is this rule in a comma separated list? */
bool demo_lists(struct str list, struct str rule);

/* Writes everything; -1 when the options contradict each other or something could not be written: see `unwritten`. */
int demo_make(const struct demo_options *o, struct demo_story *story, struct errors *err);
void demo_story_free(struct demo_story *story);

#endif
