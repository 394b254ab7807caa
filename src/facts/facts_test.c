/*
 * facts_test.c - the sorted union against a naive sort: any writers, any order, memory or disk,
 * doubles by content.
 */
#include "facts/facts_testing.h"

enum { FILES = 6, SYSTEMS = 2 };

/* Files 0-2 are one feed, 3-4 another of the same system, 5 is of another system. */
static const uint32_t feed[FILES] = { 0, 0, 0, 1, 1, 2 };
static const uint16_t system_of[FILES] = { 0, 0, 0, 0, 0, 1 };

static struct facts *
facts_make(size_t memory, const char *secret)
{
	struct facts_options o = { .memory = memory,
				   .writers_hint = 1,
				   .systems = SYSTEMS,
				   .spill_dir = "/tmp",
				   .table_secret = str_of(secret) };
	struct facts *f = facts_new(&o);

	for (uint32_t i = 0; i < FILES; i++) {
		struct logfile file = { .path = STR("access.log"),
					.feed = { &"abc"[feed[i]], 1 },
					.system = system_of[i] };

		want_i64("a file", "number", i, facts_file_new(f, &file));
	}
	want_i64("files", "count", FILES, facts_file_count(f));
	return f;
}

/* Lines that often meet: few accounts, few instants, and copies of earlier lines in other files. */
static void
random_lines(struct dice *d, size_t n, uint32_t accounts, struct raw_lines *out)
{
	for (size_t i = 0; i < n; i++) {
		struct raw_line l = {
			.ts = 1656860400000 + (int64_t)throw_of(d, 40) * 43200000 +
			      throw_of(d, 50) * 1000LL - 86400000,
			.account = (uint16_t)throw_of(d, accounts),
			.object = (uint16_t)throw_of(d, 4),
			.terminal = (uint16_t)throw_of(d, 3),
			.act = ACT_VIEW,
			.ok = throw_of(d, 5) > 0,
			.digest = throw_of(d, 3),
			.file = throw_of(d, FILES),
		};

		if (out->at.n && throw_of(d, 2)) {
			uint32_t file = l.file;

			l = out->at.at[throw_of(d, (uint32_t)out->at.n)];
			l.file = file;
		}
		l.system = (uint8_t)system_of[l.file];
		l.offset = (uint32_t)i * 300;
		*VEC_PUSH(&out->at) = l;
	}
}

static void
shuffle(struct dice *d, struct raw_lines *v)
{
	for (size_t i = v->at.n; i > 1; i--) {
		size_t k = throw_of(d, (uint32_t)i);
		struct raw_line l = v->at.at[i - 1];

		v->at.at[i - 1] = v->at.at[k];
		v->at.at[k] = l;
	}
}

static struct facts *
facts_of(const struct raw_lines *v, size_t memory, unsigned writers, struct dice *d,
	 const char *secret)
{
	struct facts *f = facts_make(memory, secret);
	struct facts_writer *w[4];

	for (unsigned i = 0; i < writers; i++)
		w[i] = facts_writer_new(f);
	for (size_t i = 0; i < v->at.n; i++) {
		facts_file(f, v->at.at[i].file)->bucket[BUCKET_ACCEPTED]++;
		raw_write(f, w[throw_of(d, writers)], &v->at.at[i]);
	}
	want_i64("written", "events", (int64_t)v->at.n, (int64_t)facts_events(f));
	return f;
}

/* Sums of accepted and duplicate lines are those of the union; per file nothing is lost. */
static void
check_accounts(struct facts *f, const struct raw_lines *all, size_t kept)
{
	uint64_t accepted = 0, held[FILES] = { 0 };

	facts_settle_doubles(f);
	for (size_t i = 0; i < all->at.n; i++)
		held[all->at.at[i].file]++;
	for (uint32_t i = 0; i < FILES; i++) {
		const uint64_t *bucket = facts_file(f, i)->bucket;

		want_i64("a file", "accepted and duplicate", (int64_t)held[i],
			 (int64_t)(bucket[BUCKET_ACCEPTED] + bucket[BUCKET_DUPLICATE]));
		accepted += bucket[BUCKET_ACCEPTED];
	}
	want_i64("all files", "accepted", (int64_t)kept, (int64_t)accepted);
}

static void
the_union_is_the_naive_one(void **state UNUSED)
{
	static const struct {
		const char *name;
		size_t memory, lines;
		unsigned writers;
		uint32_t accounts;
		bool spills;
	} cases[] = {
		{ "one writer, much memory", 1 << 28, 10000, 1, 40, false },
		{ "four writers, much memory", 1 << 28, 10000, 4, 40, false },
		{ "four writers, no memory", 0, 10000, 4, 40, true },
		{ "four writers, a little memory", 200000, 30000, 4, 300, true },
		{ "one account with everything", 100000, 30000, 2, 2, true },
		{ "nothing", 1 << 20, 0, 1, 40, false },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct raw_lines all = { { 0 } }, want = { { 0 } }, got = { { 0 } };
		struct dice d = { 111 + i };
		struct facts *f;

		random_lines(&d, cases[i].lines, cases[i].accounts, &all);
		f = facts_of(&all, cases[i].memory, cases[i].writers, &d, "");
		raw_union(&all, feed, FILES, &want);
		raw_read(f, &got);
		raw_sort(&got);
		want_same_lines(cases[i].name, &want, &got);
		want_bool(cases[i].name, "ok", true, facts_ok(f));
		want_bool(cases[i].name, "spilled", cases[i].spills, facts_spilled(f) > 0);
		check_accounts(f, &all, want.at.n);
		facts_free(f);
		VEC_FREE(&all.at);
		VEC_FREE(&want.at);
		VEC_FREE(&got.at);
	}
}

/* Accounts come in no particular order: bring them into one, each as it came. */
static void
by_account(const struct raw_lines *in, uint16_t accounts, struct raw_lines *out)
{
	for (uint16_t account = 0; account < accounts; account++) {
		for (size_t i = 0; i < in->at.n; i++) {
			if (in->at.at[i].account == account)
				*VEC_PUSH(&out->at) = in->at.at[i];
		}
	}
}

/* The order is by content: one order whoever wrote what when, under any table key. */
static void
the_order_is_the_same_for_any_arrival(void **state UNUSED)
{
	static const char *const secret[] = { "a", "b", "" };
	struct raw_lines all = { { 0 } }, first = { { 0 } };
	struct dice d = { 131 };

	random_lines(&d, 8000, 30, &all);
	for (unsigned round = 0; round < 6; round++) {
		struct raw_lines got = { { 0 } }, sorted = { { 0 } };
		struct facts *f;

		shuffle(&d, &all);
		f = facts_of(&all, round % 2 ? 0 : 1 << 24, 1 + round % 4, &d, secret[round % 3]);
		raw_read(f, &got);
		by_account(&got, 30, &sorted);
		want_i64("every round", "lines", (int64_t)got.at.n, (int64_t)sorted.at.n);
		if (round == 0)
			first = sorted;
		else
			want_same_lines("every round", &first, &sorted);
		VEC_FREE(&got.at);
		if (round)
			VEC_FREE(&sorted.at);
		facts_free(f);
	}
	VEC_FREE(&all.at);
	VEC_FREE(&first.at);
}

/* Copies by file, "file file file"; wanted: how many lines remain (DETECTION B.0.3). */
static void
doubles_by_hand(void **state UNUSED)
{
	static const struct {
		const char *name, *files;
		size_t want;
	} cases[] = {
		{ "one line", "0", 1 },
		{ "a repeat in one file is honest", "00", 2 },
		{ "three in one second are honest", "000", 3 },
		{ "a rotation overlap is one line", "01", 1 },
		{ "three rotations are one line", "012", 1 },
		{ "an honest repeat delivered twice", "0011", 2 },
		{ "the file with most decides", "0111", 3 },
		{ "whatever the order", "1011", 3 },
		{ "feeds are never compared", "03", 2 },
		{ "each feed has its own most", "001333444", 5 },
		{ "systems are never compared", "05", 2 },
		{ "all of it", "0012344555", 7 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct raw_lines all = { { 0 } }, got = { { 0 } };
		struct dice d = { 7 };
		struct facts *f;

		for (const char *p = cases[i].files; *p; p++)
			*VEC_PUSH(&all.at) = (struct raw_line){
				.ts = 1656860400000,
				.account = 1,
				.object = 2,
				.act = ACT_VIEW,
				.ok = 1,
				.digest = 9,
				.file = (uint32_t)(*p - '0'),
				.system = (uint8_t)system_of[*p - '0'],
				.offset = (uint32_t)(p - cases[i].files) * 100,
			};
		f = facts_of(&all, 1 << 20, 1, &d, "");
		raw_read(f, &got);
		want_i64(cases[i].name, "lines", (int64_t)cases[i].want, (int64_t)got.at.n);
		check_accounts(f, &all, cases[i].want);
		facts_free(f);
		VEC_FREE(&all.at);
		VEC_FREE(&got.at);
	}
}

static void
days_and_span_are_remembered(void **state UNUSED)
{
	struct raw_line l = { .ts = jst_day_start(19177), .account = 1, .act = ACT_VIEW, .ok = 1 };
	struct facts *f = facts_make(1 << 20, "");
	struct fact_source s = facts_source(f);
	struct facts_writer *w[2] = { facts_writer_new(f), facts_writer_new(f) };
	int64_t first, last;

	want_bool("nothing", "a span", false, s.span(s.facts, &first, &last));
	raw_write(f, w[0], &l);
	l.system = 1;
	for (int64_t before = 2; before > 0; before--) {
		l.ts = jst_day_start(19180) - before;
		raw_write(f, w[1], &l);
	}
	s = facts_source(f);
	want_bool("three lines", "a span", true, s.span(s.facts, &first, &last));
	want_i64("three lines", "first", jst_day_start(19177), first);
	want_i64("three lines", "last", jst_day_start(19180) - 1, last);
	for (int32_t day = 19175; day < 19183; day++) {
		want_bool("system 0", "a line", day == 19177, s.system_day(s.facts, 0, day));
		want_bool("system 1", "a line", day == 19179, s.system_day(s.facts, 1, day));
	}
	facts_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_union_is_the_naive_one),
		cmocka_unit_test(the_order_is_the_same_for_any_arrival),
		cmocka_unit_test(doubles_by_hand),
		cmocka_unit_test(days_and_span_are_remembered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
