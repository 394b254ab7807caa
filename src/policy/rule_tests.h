/*
 * rule_tests.h - a file of rule tests: a small world, lines, and the findings wanted of them (sekisho-rules(5), TESTS).
 *
 * Texts of the world keep the lines they stand in, so that who reads them as files of their own can still say where a
 * mistake stands in the file of tests.
 */
#ifndef SEKISHO_POLICY_RULE_TESTS_H
#define SEKISHO_POLICY_RULE_TESTS_H

#include "base/cidr.h"
#include "base/error.h"
#include "model/policy.h"
#include "model/rule.h"

/* Of `rules/x.yaml` the tests are `rules/x.test.yaml`. */
#define RULE_TESTS_END ".test.yaml"

/* A text inside the file; its first line stands in `line`, indented by as many blanks. */
struct inner_text {
	struct str text;
	unsigned line, indent;
};

struct test_ledger {
	struct str name;
	struct place at;
	bool absent;                  /* `~`: the world's is not there for this test */
	struct inner_text text, more; /* `more`: rows behind those of the text, if any */
};

/* A block of addresses and its country, of the world's GeoIP database. */
struct test_block {
	struct cidr block;
	char country[2];
};

struct test_log {
	struct str system, lines;
	struct place at;
};

/* What a finding must be: a part of its key, or a figure. */
struct test_value {
	struct str name, text;
	struct place at;
};

struct test_want {
	struct str rule;
	struct place at, rule_at;
	struct test_value *value;
	size_t count;
};

struct test_mention {
	struct str rule;
	struct place at;
};

struct rule_test {
	struct str name;
	struct place at;
	struct inner_text policy;
	bool says_version, says_zone; /* what every policy says, this one says itself */
	struct test_ledger *ledger;   /* the world's, with what the test lays over them */
	size_t ledger_count;
	struct test_block *block; /* wider ones first; none: the world has no database */
	size_t block_count;
	struct test_log *log;
	size_t log_count;
	bool now_given;
	int64_t now;
	uint64_t refused;           /* lines of its logs that must be refused */
	struct test_mention *about; /* each rule once: those of `rules`, `near` and `find` */
	size_t about_count;
	struct test_mention near; /* rule empty: it is no near miss */
	struct test_want *want;
	size_t want_count;
};

struct rule_tests {
	struct arena arena;
	struct str path;
	struct rule_test *at;
	size_t count;
};

/* Those that lie in the program: one file for each file of shipped rules. */
struct shipped_tests {
	const char *name; /* "rules/org.test.yaml" */
	const char *begin, *end;
};
extern const struct shipped_tests shipped_tests[];
extern const size_t shipped_tests_count;

/*
 * -1 after a mistake: all of them are in err as `file:line:col: ...`.  `path` and the ledgers' names must outlive it.
 * What depends on the rules there are is asked by rule_test_check().
 */
int rule_tests_read(struct rule_tests *out, struct str bytes, struct str path,
		    const char *const *ledgers, size_t ledger_count, struct errors *err);
void rule_tests_free(struct rule_tests *t);

/*
 * Do its rules and systems exist, do findings have such keys, and is each system's log one file of the world's folder?
 * -1: all mistakes are told, those of the policy at its own places.  Without `rules` they are not asked for.
 */
int rule_test_check(const struct rule_test *t, const struct policy *p, const struct rules *rules,
		    struct errors *err);

/* The words of a `find`: its figures. */
enum test_figure {
	FIGURE_LINES,
	FIGURE_VIEWS,
	FIGURE_CONSUMERS,
	FIGURE_EPISODES,
	FIGURE_CASES,
	FIGURE_POINTS,
	FIGURE_SEVERITY,
	FIGURE_FIRST,
	FIGURE_LAST,
	FIGURE_COUNT
};
extern const char *const figure_names[FIGURE_COUNT];

/* The figure of that name, or -1: it is a part of the key. */
int figure_named(struct str name);

#endif
