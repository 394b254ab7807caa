/*
 * test_findings.h - what was judged of a rule test's world against what the test wants.
 */
#ifndef SEKISHO_APP_TEST_FINDINGS_H
#define SEKISHO_APP_TEST_FINDINGS_H

#include "app/judging.h"
#include "policy/rule_tests.h"

/* False: what is not as wanted is written, with semicolons between and no newline. */
bool test_findings(const struct rule_test *t, const struct judging *j, struct out *o);

/* Was it found?  LIKE_RULE: anything of that rule will do. */
enum test_likeness { LIKE_RULE, LIKE_EXACTLY };
bool test_found(const struct judging *j, const struct test_want *w, enum test_likeness like);

#endif
