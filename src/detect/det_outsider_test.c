/*
 * det_outsider_test.c - ORG-02 and ORG-03: who may reach a system from where, and who not even by trying.
 */
#include "base/test_wall.h"

#include "model/detector.h"

extern const struct detector det_outsider, det_after_split;

enum { KPG = 1, KEP, KCC, SYS = 3 };
enum { NET = 1U << SUBJECT_NETWORK, TERM = 1U << SUBJECT_TERMINAL, ACCT = 1U << SUBJECT_ACCOUNT };

static enum dstate in_disaster[KCC + 1]; /* what fake_disaster() says, by organisation */

static struct disaster_said
fake_disaster(const void *context UNUSED, uint16_t org, uint16_t area, int64_t ts)
{
	want_i64("disaster", "area", 0, area);
	want_i64("disaster", "instant", 77, ts);
	return (struct disaster_said){ .state = in_disaster[org] };
}

static const struct lookup lookup = { .disaster = fake_disaster };

/* What a line gets in the end: the screen's answer, or that of .hit where it asks. */
static enum judged
judge(const struct detector *d, struct seen *who, struct key key[KEYS_MOST], int *count)
{
	struct fact fact = { .ts = 77 };
	struct event ev = { .fact = &fact, .who = who, .lookup = &lookup };
	enum judged j;

	who->tuple.system = SYS;
	*count = 0;
	j = d->screen(who, NULL);
	return j == JUDGED_ASK || j == JUDGED_HIT ? d->hit(&ev, NULL, key, count) : j;
}

static void
want_keys(const char *name, const uint32_t want[2], const struct key key[KEYS_MOST], int count)
{
	int wanted = 0;

	for (; wanted < 2 && want[wanted]; wanted++) {
		want_i64(name, "system", SYS, key[wanted].part[0]);
		want_i64(name, "origin", want[wanted], key[wanted].part[1]);
		assert_true(key[wanted].part[2] == 0 && key[wanted].part[3] == 0);
	}
	want_i64(name, "keys", wanted, count);
}

#define LISTS(bits) .standing = { .permits_listed = true, .org_permitted = (bits) }

static const struct {
	const char *name;
	struct seen who;
	enum dstate kep, kcc;
	enum judged want;
	uint32_t keys[2];
} strangers[] = {
	{ "from who is permitted",
	  { .origin = { KPG, KPG }, LISTS(NET | TERM) },
	  0,
	  0,
	  JUDGED_SILENT,
	  { 0 } },
	{ "from the network of another",
	  { .origin = { KEP, KPG }, LISTS(TERM) },
	  0,
	  0,
	  JUDGED_HIT,
	  { KEP } },
	{ "from the terminal of another",
	  { .origin = { KPG, KEP }, LISTS(NET) },
	  0,
	  0,
	  JUDGED_HIT,
	  { KEP } },
	{ "only the terminal is known",
	  { .origin = { 0, KEP }, LISTS(0) },
	  0,
	  0,
	  JUDGED_HIT,
	  { KEP } },
	{ "only the network is known, and permitted",
	  { .origin = { KPG, 0 }, LISTS(NET) },
	  0,
	  0,
	  JUDGED_SILENT,
	  { 0 } },
	{ "network and terminal of one stranger are one origin",
	  { .origin = { KEP, KEP }, LISTS(0) },
	  0,
	  0,
	  JUDGED_HIT,
	  { KEP } },
	{ "two strangers are two",
	  { .origin = { KEP, KCC }, LISTS(0) },
	  0,
	  0,
	  JUDGED_HIT,
	  { KEP, KCC } },
	{ "that the account's organisation is permitted is not asked",
	  { .account_org = KPG, .origin = { KEP, 0 }, LISTS(ACCT) },
	  0,
	  0,
	  JUDGED_HIT,
	  { KEP } },
	{ "an allowed pair is ORG-01's",
	  { .origin = { KEP, 0 }, .pair_allowed = { true, false }, LISTS(0) },
	  0,
	  0,
	  JUDGED_HIT,
	  { KEP } },
	{ "a grant is in force",
	  { .origin = { KEP, KCC }, .granted = true, LISTS(0) },
	  0,
	  0,
	  JUDGED_SILENT,
	  { 0 } },
	{ "in a disaster", { .origin = { KEP, 0 }, LISTS(0) }, DSTATE_IN, 0, JUDGED_SILENT, { 0 } },
	{ "behind a disaster",
	  { .origin = { KEP, 0 }, LISTS(0) },
	  DSTATE_TAIL,
	  0,
	  JUDGED_HIT,
	  { KEP } },
	{ "just before one",
	  { .origin = { KEP, 0 }, LISTS(0) },
	  DSTATE_EARLY,
	  0,
	  JUDGED_HIT,
	  { KEP } },
	{ "one of two is in a disaster",
	  { .origin = { KEP, KCC }, LISTS(0) },
	  DSTATE_IN,
	  0,
	  JUDGED_HIT,
	  { KCC } },
	{ "both are",
	  { .origin = { KEP, KCC }, LISTS(0) },
	  DSTATE_IN,
	  DSTATE_IN,
	  JUDGED_SILENT,
	  { 0 } },
	{ "nobody knows whence", { LISTS(0) }, 0, 0, JUDGED_UNKNOWN_ORIGIN, { 0 } },
	{ "a system that does not say whom it permits",
	  { .origin = { KEP, KEP } },
	  0,
	  0,
	  JUDGED_OUTSIDE,
	  { 0 } },
};

static void
outsiders(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(strangers); i++) {
		struct seen who = strangers[i].who;
		struct key key[KEYS_MOST] = { { { 0 } } };
		int count;

		in_disaster[KEP] = strangers[i].kep;
		in_disaster[KCC] = strangers[i].kcc;
		want_i64(strangers[i].name, "verdict", strangers[i].want,
			 judge(&det_outsider, &who, key, &count));
		want_keys(strangers[i].name, strangers[i].keys, key, count);
	}
}

static void
after_a_split(void **state UNUSED)
{
	static const struct {
		const char *name;
		struct seen who;
		enum judged want;
		uint32_t keys[2];
	} cases[] = {
		{ "a retailer's network",
		  { .system_split = true,
		    .origin = { KEP, 0 },
		    .origin_class = { ORG_RETAILER, 0 } },
		  JUDGED_HIT,
		  { KEP } },
		{ "a retailer's terminal",
		  { .system_split = true,
		    .origin = { KPG, KEP },
		    .origin_class = { ORG_GRID, ORG_RETAILER } },
		  JUDGED_HIT,
		  { KEP } },
		{ "both of one retailer",
		  { .system_split = true,
		    .origin = { KEP, KEP },
		    .origin_class = { ORG_RETAILER, ORG_RETAILER } },
		  JUDGED_HIT,
		  { KEP } },
		{ "of two",
		  { .system_split = true,
		    .origin = { KEP, KCC },
		    .origin_class = { ORG_RETAILER, ORG_RETAILER } },
		  JUDGED_HIT,
		  { KEP, KCC } },
		{ "a grant excuses nothing",
		  { .system_split = true,
		    .granted = true,
		    .origin = { KEP, 0 },
		    .origin_class = { ORG_RETAILER, 0 } },
		  JUDGED_HIT,
		  { KEP } },
		{ "the grid company",
		  { .system_split = true,
		    .origin = { KPG, KPG },
		    .origin_class = { ORG_GRID, ORG_GRID } },
		  JUDGED_SILENT,
		  { 0 } },
		{ "another supplier is none of the group's",
		  { .system_split = true,
		    .origin = { KEP, 0 },
		    .origin_class = { ORG_SUPPLIER, 0 } },
		  JUDGED_SILENT,
		  { 0 } },
		{ "nobody knows whence", { .system_split = true }, JUDGED_UNKNOWN_ORIGIN, { 0 } },
		{ "before the split",
		  { .origin = { KEP, KEP }, .origin_class = { ORG_RETAILER, ORG_RETAILER } },
		  JUDGED_OUTSIDE,
		  { 0 } },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct seen who = cases[i].who;
		struct key key[KEYS_MOST] = { { { 0 } } };
		int count;

		want_i64(cases[i].name, "verdict", cases[i].want,
			 judge(&det_after_split, &who, key, &count));
		want_keys(cases[i].name, cases[i].keys, key, count);
	}
}

static void
the_rules_are_the_contracts(void **state UNUSED)
{
	static const struct {
		const struct detector *d;
		const char *rule;
		enum lines_asked lines;
	} cases[] = { { &det_outsider, "ORG-02", LINES_OK },
		      { &det_after_split, "ORG-03", LINES_BOTH } };

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct detector *d = cases[i].d;

		want_str(cases[i].rule, "rule", str_of(cases[i].rule), str_of(d->rule));
		want_i64(cases[i].rule, "kind", FINDING_VIOLATION, d->kind);
		want_str(cases[i].rule, "key", STR("sys"), str_of(d->key[0].name));
		want_str(cases[i].rule, "key", STR("origin_org"), str_of(d->key[1].name));
		assert_null(d->key[2].name);
		want_i64(cases[i].rule, "lines", cases[i].lines, d->lines);
		assert_true(d->across && d->origin_foreign && !d->needs && !d->fires);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(outsiders),
		cmocka_unit_test(after_a_split),
		cmocka_unit_test(the_rules_are_the_contracts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
