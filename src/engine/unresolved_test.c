/*
 * unresolved_test.c - what no ledger knows, against a count by hand; any number of threads, and only of what is asked.
 */
#include "engine/engine_fake.h"
#include "engine/unresolved.h"

static const char *const words[] = { "account", "network", "terminal", "consumer", "class", NULL };
static struct out told;

static int
minute(int64_t ts)
{
	return (int)((ts - jst_day_start(FAKE_MONDAY)) / 60000);
}

/* Writes down what it is given. */
static void
write_down(struct roster *r)
{
	for (size_t i = 0; i < r->unresolved_count; i++) {
		const struct unresolved *u = &r->unresolved[i];

		out_printf(&told, "%s " STR_FMT " %llu %d-%d\n", words[u->what], STR_ARG(u->name),
			   (unsigned long long)u->lines, minute(u->first), minute(u->last));
	}
}

static const struct detector scribe = {
	.name = "scribe",
	.rule = "TST-07",
	.summary = "writes down what no ledger knows",
	.kind = FINDING_COVERAGE,
	.across = true,
	.roster = write_down,
	.resolves = true,
};

static bool
consumer_known(const void *context UNUSED, uint32_t object, int64_t ts)
{
	/* o2 since noon */
	return object == 1 || (object == 2 && ts >= fake_time(STR("12:00")));
}

/* What is said of everything: all ledgers know it. */
static struct seen
known(uint32_t account, enum act act)
{
	struct seen s = fake_person(account, act);

	s.account_row = s.net_row = s.terminal_row = 2;
	s.class_known = true;
	s.tuple.text[DICT_TERMINAL] = 1;
	s.tuple.text[DICT_CLASS] = 1;
	return s;
}

/* Four accounts, each in a partition of its own. */
static void
world(struct fake *f)
{
	struct seen s = known(1, ACT_VIEW);
	uint32_t all, stranger, late, failed, health;

	all = fake_tuple(f, s);
	s = known(2, ACT_VIEW);
	s.account_row = 0;
	s.net = 7;
	s.net_row = 0;
	stranger = fake_tuple(f, s);
	s = known(3, ACT_UPDATE);
	s.net = 7;
	s.net_row = s.terminal_row = 0;
	s.tuple.text[DICT_TERMINAL] = 9;
	s.tuple.text[DICT_CLASS] = 5;
	s.class_known = false;
	late = fake_tuple(f, s);
	s = known(4, ACT_VIEW);
	s.account_row = 0;
	s.tuple.ok = 0;
	failed = fake_tuple(f, s);
	s = known(4, ACT_HEALTH);
	s.account_row = 0;
	health = fake_tuple(f, s);
	fake_line(f, all, fake_time(STR("09:00")), 1);
	fake_line(f, all, fake_time(STR("09:01")), 2);
	fake_line(f, all, fake_time(STR("12:00")), 2);
	fake_line(f, stranger, fake_time(STR("10:00")), 3);
	fake_line(f, stranger, fake_time(STR("08:00")), 0);
	fake_line(f, late, fake_time(STR("13:00")), 3);
	fake_line(f, late, fake_time(STR("07:00")), 0);
	fake_line(f, late, fake_time(STR("14:00")), 1);
	fake_line(f, failed, fake_time(STR("06:00")), 3);
	fake_line(f, health, fake_time(STR("05:00")), 3);
}

static void
counted_by_hand(void **state UNUSED)
{
	static const struct rule rule = { .detector = &scribe, .id = "TST-07", .version = "1.0" };
	static const struct {
		const char *name;
		uint32_t gives;
		const char *want;
	} cases[] = {
		{ "every ledger",
		  GIVES_ACCOUNTS | GIVES_NETWORKS | GIVES_TERMINALS | GIVES_CONSUMERS |
			  GIVES_BARRIER,
		  "account a2 2 480-600\n"
		  "network net7 5 420-840\n"
		  "terminal t9 3 420-840\n"
		  "consumer o3 2 600-780\n"
		  "consumer o2 1 541-541\n"
		  "class c5 3 420-840\n" },
		{ "accounts alone", GIVES_ACCOUNTS, "account a2 2 480-600\n" },
		{ "consumers alone", GIVES_CONSUMERS,
		  "consumer o3 2 600-780\nconsumer o2 1 541-541\n" },
		{ "no ledger", 0, "" },
	};
	const struct rule *rules[] = { &rule };

	for (size_t i = 0; i < COUNT(cases); i++) {
		for (unsigned jobs = 1; jobs <= 4; jobs++) {
			struct fake *f = fake_new();
			struct verdicts v;

			world(f);
			f->lookup.gives = cases[i].gives;
			f->lookup.consumer_known = consumer_known;
			f->in.jobs = jobs;
			out_memory(&told);
			fake_judge(f, rules, 1, &v);
			want_str(cases[i].name, "told", str_of(cases[i].want), out_taken(&told));
			out_discard(&told);
			verdicts_free(&v);
			fake_free(f);
		}
	}
}

/* Many names, added in any order and from several tables: sums are sums. */
static void
tables_grow_and_unite(void **state UNUSED)
{
	enum { NAMES = 5000, TABLES = 3 };
	struct unresolved_counts u[TABLES] = { { 0 } }, all = { 0 };
	struct dice d = { 17 };
	static uint64_t lines[NAMES];
	size_t found = 0, names = 0;

	for (int i = 0; i < 40000; i++) {
		uint32_t name = throw_of(&d, NAMES), n = 1 + throw_of(&d, 3);

		lines[name] += n;
		unresolved_add(&u[throw_of(&d, TABLES)],
			       &(struct unresolved_count){ .lines = n,
							   .number = name + 1,
							   .what = UNRESOLVED_CONSUMER,
							   .system = (uint16_t)(name % 3) });
	}
	for (int t = 0; t < TABLES; t++) {
		unresolved_unite(&all, &u[t]);
		unresolved_free(&u[t]);
	}
	for (size_t i = 0; i <= all.mask; i++) {
		const struct unresolved_count *c = &all.at[i];

		if (c->lines == 0)
			continue;
		found++;
		want_i64("a name", "lines", (int64_t)lines[c->number - 1], (int64_t)c->lines);
		want_i64("a name", "system", (c->number - 1) % 3, c->system);
	}
	for (int i = 0; i < NAMES; i++)
		names += lines[i] > 0;
	want_i64("all", "names", (int64_t)names, (int64_t)found);
	want_i64("all", "counted", (int64_t)names, (int64_t)all.n);
	unresolved_free(&all);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counted_by_hand),
		cmocka_unit_test(tables_grow_and_unite),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
