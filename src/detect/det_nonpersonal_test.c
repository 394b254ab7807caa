/*
 * det_nonpersonal_test.c - SHR-01 and SHR-05: accounts of no one person, forbidden or to be signed for.
 */
#include "base/test_wall.h"

#include "model/detector.h"

extern const struct detector det_nonpersonal, det_unattributed;

enum { ACCT = 7 };

static struct attributed said; /* what fake_attribution() says */

static struct attributed
fake_attribution(const void *context UNUSED, const struct seen *s, int64_t ts)
{
	want_i64("attribution", "account", ACCT, s->tuple.text[DICT_ACCOUNT]);
	want_i64("attribution", "instant", 77, ts);
	return said;
}

static const struct lookup lookup = { .attribution = fake_attribution };

static enum judged
judge(const struct detector *d, struct seen *who, struct key key[KEYS_MOST], int *count)
{
	struct fact fact = { .ts = 77 };
	struct event ev = { .fact = &fact, .who = who, .lookup = &lookup };
	enum judged j;

	who->tuple.text[DICT_ACCOUNT] = ACCT;
	*count = 0;
	j = d->screen(who, NULL);
	return j == JUDGED_ASK || j == JUDGED_HIT ? d->hit(&ev, NULL, key, count) : j;
}

static void
whose_kind_is_whose_business(void **state UNUSED)
{
	static const struct {
		const char *name;
		enum account_kind kind;
		enum judged forbidden,
			allowed; /* SHR-01 where they are forbidden, SHR-05 where not */
	} cases[] = {
		{ "a person", KIND_PERSON, JUDGED_SILENT, JUDGED_OUTSIDE },
		{ "a shared ID", KIND_SHARED, JUDGED_HIT, JUDGED_HIT },
		{ "a group's ID", KIND_GROUP, JUDGED_HIT, JUDGED_HIT },
		{ "one for disasters", KIND_DISASTER, JUDGED_SILENT, JUDGED_OUTSIDE },
		{ "a service", KIND_SERVICE, JUDGED_SILENT, JUDGED_OUTSIDE },
		{ "one that no roster has", KIND_UNKNOWN, JUDGED_UNKNOWN_ACCOUNT, JUDGED_OUTSIDE },
	};

	said = (struct attributed){ .attribution = ATTRIBUTION_NO_ENTRY };
	for (size_t i = 0; i < COUNT(cases); i++) {
		for (int forbids = 0; forbids < 2; forbids++) {
			struct seen who = { .account_kind = (uint8_t)cases[i].kind,
					    .person = cases[i].kind == KIND_PERSON,
					    .nonpersonal_forbidden = forbids };
			struct key key[KEYS_MOST] = { { { 0 } } };
			int count;

			want_i64(cases[i].name, forbids ? "SHR-01, forbidden" : "SHR-01, allowed",
				 forbids ? cases[i].forbidden : JUDGED_OUTSIDE,
				 judge(&det_nonpersonal, &who, key, &count));
			if (count)
				want_i64(cases[i].name, "account", ACCT, key[0].part[0]);
			want_i64(cases[i].name, forbids ? "SHR-05, forbidden" : "SHR-05, allowed",
				 forbids ? JUDGED_OUTSIDE : cases[i].allowed,
				 judge(&det_unattributed, &who, key, &count));
		}
	}
}

static void
every_reason_is_a_key(void **state UNUSED)
{
	static const struct {
		const char *name;
		enum attribution attribution;
		enum judged want;
		const char *reason;
	} cases[] = {
		{ "nobody took it", ATTRIBUTION_NO_ENTRY, JUDGED_HIT, "no_entry" },
		{ "nobody gave it back", ATTRIBUTION_NEVER_CLOSED, JUDGED_HIT, "never_closed" },
		{ "two had it", ATTRIBUTION_AMBIGUOUS, JUDGED_HIT, "ambiguous" },
		{ "no name stands there", ATTRIBUTION_NO_PERSON, JUDGED_HIT, "no_person" },
		{ "one person had it", ATTRIBUTION_PERSON, JUDGED_SILENT, NULL },
		{ "the entry names a terminal, the line none", ATTRIBUTION_UNKNOWN,
		  JUDGED_UNKNOWN_HAND, NULL },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct seen who = { .account_kind = KIND_SHARED };
		struct key key[KEYS_MOST] = { { { 0 } } };
		int count;

		said = (struct attributed){ .attribution = cases[i].attribution };
		want_i64(cases[i].name, "verdict", cases[i].want,
			 judge(&det_unattributed, &who, key, &count));
		want_i64(cases[i].name, "keys", cases[i].reason != NULL, count);
		if (!cases[i].reason)
			continue;
		want_i64(cases[i].name, "account", ACCT, key[0].part[0]);
		want_str(cases[i].name, "reason", str_of(cases[i].reason),
			 str_of(det_unattributed.words[key[0].part[1]]));
	}
}

static void
the_rules_are_the_contracts(void **state UNUSED)
{
	static const struct {
		const struct detector *d;
		const char *rule, *second;
		uint32_t needs;
	} cases[] = { { &det_nonpersonal, "SHR-01", NULL, 0 },
		      { &det_unattributed, "SHR-05", "reason", GIVES_SHARED_IDS } };

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct detector *d = cases[i].d;

		want_str(cases[i].rule, "rule", str_of(cases[i].rule), str_of(d->rule));
		want_i64(cases[i].rule, "kind", FINDING_VIOLATION, d->kind);
		want_str(cases[i].rule, "key", STR("acct"), str_of(d->key[0].name));
		assert_true(cases[i].second ? str_is(str_of(cases[i].second), d->key[1].name)
					    : d->key[1].name == NULL);
		want_i64(cases[i].rule, "needs", cases[i].needs, d->needs);
		assert_true(d->lines == LINES_OK && !d->across && !d->origin_foreign && !d->fires);
	}
	assert_null(det_unattributed.words[ATTRIBUTION_COUNT]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whose_kind_is_whose_business),
		cmocka_unit_test(every_reason_is_a_key),
		cmocka_unit_test(the_rules_are_the_contracts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
