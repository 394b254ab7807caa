/*
 * incident_test.c - cases of one person within seven days are one incident, children go with their parent (B.0.8).
 */
#include "base/test_wall.h"

#include "base/civil.h"
#include "engine/incident.h"

#define DAY (1LL * DAY_MS)

enum { MOST = 6 };

/* A finding as "about day-day day-day": who, and its cases in days. */
struct story {
	struct finding finding[MOST];
	struct finding_case room[MOST][MOST];
	struct verdicts verdicts;
	size_t n;
};

static struct finding *
add(struct story *s, const char *account, const char *owner, enum severity severity)
{
	struct finding *f = &s->finding[s->n];

	*f = (struct finding){ .account = str_of(account),
			       .owner = str_of(owner),
			       .severity = severity,
			       .cases = s->room[s->n] };
	snprintf(f->fp_case, sizeof(f->fp_case), "sk1c:%zu", s->n);
	*VEC_PUSH(&s->verdicts.finding) = f;
	s->n++;
	return f;
}

static void
span(struct finding *f, int64_t first, int64_t last)
{
	f->cases[f->case_count++] = (struct finding_case){ .first = first, .last = last };
}

static const struct incident *
of(const struct story *s, size_t finding, size_t number)
{
	return &s->verdicts.incident.at[s->finding[finding].cases[number].incident];
}

static void
end(struct story *s)
{
	VEC_FREE(&s->verdicts.finding);
	VEC_FREE(&s->verdicts.incident);
}

static void
seven_days_join_and_a_millisecond_more_parts(void **state UNUSED)
{
	struct story s = { .n = 0 };

	span(add(&s, "a1", "", SEVERITY_LOW), 0, DAY);
	span(add(&s, "a1", "", SEVERITY_HIGH), 8 * DAY, 9 * DAY);
	span(add(&s, "a1", "", SEVERITY_MEDIUM), 16 * DAY + 1, 16 * DAY + 1);
	incidents_find(&s.verdicts);
	assert_int_equal(s.verdicts.incident.n, 2);
	assert_ptr_equal(of(&s, 0, 0), of(&s, 1, 0));
	assert_true(of(&s, 0, 0)->severity == SEVERITY_HIGH && of(&s, 0, 0)->findings == 2);
	assert_true(of(&s, 0, 0)->first == 0 && of(&s, 0, 0)->last == 9 * DAY);
	assert_true(of(&s, 2, 0)->severity == SEVERITY_MEDIUM && of(&s, 2, 0)->cases == 1);
	assert_ptr_equal(of(&s, 0, 0), &s.verdicts.incident.at[0]);
	end(&s);
}

static void
a_person_is_one_whatever_the_account(void **state UNUSED)
{
	struct story s = { .n = 0 };

	span(add(&s, "a1", "P-1", SEVERITY_LOW), 0, 1);
	span(add(&s, "a2", "P-1", SEVERITY_LOW), DAY, DAY);
	span(add(&s, "a3", "P-2", SEVERITY_LOW), 0, 1);
	span(add(&s, "", "", SEVERITY_LOW), 0, 1);
	span(add(&s, "", "", SEVERITY_LOW), 0, 1);
	incidents_find(&s.verdicts);
	assert_int_equal(s.verdicts.incident.n, 4);
	assert_ptr_equal(of(&s, 0, 0), of(&s, 1, 0));
	assert_true(str_is(of(&s, 0, 0)->subject, "P-1") && str_is(of(&s, 2, 0)->subject, "P-2"));
	assert_true(of(&s, 3, 0) != of(&s, 4, 0) && of(&s, 3, 0)->subject.n == 0);
	end(&s);
}

/* A long case spans the pause that the one begun after it leaves. */
static void
the_greatest_end_counts(void **state UNUSED)
{
	struct story s = { .n = 0 };
	struct finding *f = add(&s, "a1", "", SEVERITY_LOW);

	span(f, 0, 20 * DAY);
	span(f, 60 * DAY, 60 * DAY);
	span(add(&s, "a1", "", SEVERITY_LOW), DAY, DAY);
	span(add(&s, "a1", "", SEVERITY_LOW), 27 * DAY, 27 * DAY);
	incidents_find(&s.verdicts);
	assert_int_equal(s.verdicts.incident.n, 2);
	assert_true(of(&s, 0, 0)->cases == 3 && of(&s, 0, 0)->findings == 3);
	assert_ptr_equal(of(&s, 0, 0), of(&s, 2, 0));
	assert_true(of(&s, 0, 1)->findings == 1 && of(&s, 0, 1) != of(&s, 0, 0));
	end(&s);
}

static void
children_go_with_their_parent(void **state UNUSED)
{
	struct story s = { .n = 0 };
	struct finding *parent = add(&s, "", "", SEVERITY_CRITICAL), *child;

	span(parent, 0, 10 * DAY);
	for (int i = 0; i < 2; i++) {
		child = add(&s, i ? "a2" : "a1", "", SEVERITY_HIGH);
		child->parent = parent;
		span(child, DAY, 2 * DAY);
	}
	span(add(&s, "a1", "", SEVERITY_LOW), DAY, DAY);
	incidents_find(&s.verdicts);
	assert_int_equal(s.verdicts.incident.n, 2);
	assert_ptr_equal(of(&s, 0, 0), of(&s, 1, 0));
	assert_ptr_equal(of(&s, 0, 0), of(&s, 2, 0));
	assert_true(of(&s, 3, 0)->findings == 1 && str_is(of(&s, 3, 0)->subject, "a1"));
	end(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(seven_days_join_and_a_millisecond_more_parts),
		cmocka_unit_test(a_person_is_one_whatever_the_account),
		cmocka_unit_test(the_greatest_end_counts),
		cmocka_unit_test(children_go_with_their_parent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
