/*
 * test_judge.h - one rule test: its world judged as any scan is, and its findings compared with those it wants.
 */
#ifndef SEKISHO_APP_TEST_JUDGE_H
#define SEKISHO_APP_TEST_JUDGE_H

#include "app/judging.h"
#include "app/test_world.h"

/* TEST_WRONG: it says what cannot be, and was not judged. */
enum tested { TEST_PASSED, TEST_FAILED, TEST_WRONG };

/* A rule that stands in the file beside the tests. */
struct tested_rule {
	struct str id;
	bool fired, near; /* has a test that wants a finding of it, and a near miss */
};

struct test_case {
	const struct options *options; /* of the command line */
	struct test_world world;
	struct str keep; /* where to leave the world of a failed test; empty: nowhere */
	struct arena *arena;
	VEC(struct tested_rule) rule; /* filled by the first test that is not wrong */
	bool rules_known;
};

/* Those of its options that a test goes by, whatever else the run at hand was asked for. */
struct options test_options(struct test_case *c);

/*
 * Its world, judged by those of `rules` that it is about, and left in the folder; NULL: by those of the world, which are
 * asked whether there are such.  -1: told.  The judgement is closed by the caller in any case.
 */
int test_world_judge(struct test_case *c, struct judging *j, const struct options *o,
		     const struct rules *rules, struct errors *err);

/* Writes to `o` what is not as wanted, on one line, and to `err` what is wrong with the test. */
enum tested test_judge(struct test_case *c, struct out *o, struct errors *err);

#endif
