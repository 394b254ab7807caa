/*
 * test_world.h - the world of a rule test as files of a folder: a policy that every verb can read, ledgers, logs.
 *
 * Each text stands in its file on the line on which it stands in the file of tests, so that mistakes are told at their
 * place once the names of the files are exchanged.
 */
#ifndef SEKISHO_APP_TEST_WORLD_H
#define SEKISHO_APP_TEST_WORLD_H

#include "policy/rule_tests.h"

struct test_world {
	struct str folder; /* is there, and empty */
	struct str tests;  /* the file of tests, as it was named */
	struct str rules,
		rules_path; /* the file of rules beside it: as named, and from the root; empty: none */
	const struct rule_test *test;
};

/* All but the logs, whose names only the policy knows.  -1: told. */
int test_world_write(const struct test_world *w, struct errors *err);
int test_world_write_logs(const struct test_world *w, const struct policy *p, struct errors *err);

/* The policy's name. */
struct str test_world_policy(const struct test_world *w, struct arena *a);

/* Adds messages about the folder's files to `err` as being about the file of tests, each once. */
void test_world_tell(const struct test_world *w, const struct errors *found, struct errors *err);

#endif
