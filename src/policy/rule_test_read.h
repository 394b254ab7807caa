/*
 * rule_test_read.h - what the readers of a file of rule tests share; private to src/policy.
 */
#ifndef SEKISHO_POLICY_RULE_TEST_READ_H
#define SEKISHO_POLICY_RULE_TEST_READ_H

#include "policy/policy_reader.h"
#include "policy/rule_tests.h"

enum { WANTS_MOST = 100 };

struct tests_reader {
	struct policy_reader *r; /* its policy is a shell: an arena, and the name of the file */
	struct str bytes;
	struct rule_tests *out;
};

/* What the keys of a world and of a test fill. */
struct test_filling {
	struct tests_reader *x;
	struct rule_test *test;
};

/* rule_test_world.c: `policy`, `ledgers`, and `rows` below those. */
void test_policy_read(struct policy_reader *r, const struct yaml *value, void *filling);
void test_ledgers_read(struct policy_reader *r, const struct yaml *value, void *filling);
void test_rows_read(struct policy_reader *r, const struct yaml *value, void *filling);

/* rule_test_logs.c: `logs`, each system's lines written out. */
void test_logs_read(struct policy_reader *r, const struct yaml *value, void *filling);

/* rule_test_geoip.c: `geoip`, blocks and their countries. */
void test_geoip_read(struct policy_reader *r, const struct yaml *value, void *filling);

/* rule_wants.c: one finding of `find`; false after a mistake. */
bool test_want_read(struct policy_reader *r, const struct yaml *item, struct test_want *w);

#endif
