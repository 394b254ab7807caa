/*
 * hearing_test.c - when systems were heard, against a naive look at every line of the union; any writers, memory,
 * doubles, and cursors that come again.
 */
#include "facts/facts_testing.h"

enum { FILES = 4, SYSTEMS = 2, DAYS = 12, FIRST_DAY = 19177 };

static const uint32_t feed[FILES] = { 0, 0, 1, 2 };
static const uint16_t system_of[FILES] = { 0, 0, 0, 1 };

static struct facts *
facts_of(const struct raw_lines *v, size_t memory, unsigned writers, struct dice *d)
{
	struct facts_options o = {
		.memory = memory, .writers_hint = 1, .systems = SYSTEMS, .spill_dir = "/tmp"
	};
	struct facts *f = facts_new(&o);
	struct facts_writer *w[4];

	for (uint32_t i = 0; i < FILES; i++)
		facts_file_new(f, &(struct logfile){ .path = STR("access.log"),
						     .feed = { &"abc"[feed[i]], 1 },
						     .system = system_of[i] });
	for (unsigned i = 0; i < writers; i++)
		w[i] = facts_writer_new(f);
	for (size_t i = 0; i < v->at.n; i++)
		raw_write(f, w[throw_of(d, writers)], &v->at.at[i]);
	return f;
}

/* Lines of a few days and instants, so that many are copies of others in another file. */
static void
random_lines(struct dice *d, size_t n, uint32_t accounts, struct raw_lines *out)
{
	for (size_t i = 0; i < n; i++) {
		struct raw_line l = {
			.ts = jst_day_start(FIRST_DAY + (int32_t)throw_of(d, DAYS) / 2 * 2) +
			      (int64_t)throw_of(d, 97) * 890123,
			.account = (uint16_t)throw_of(d, accounts),
			.act = ACT_VIEW,
			.ok = 1,
			.digest = throw_of(d, 2),
			.file = throw_of(d, FILES),
			.offset = (uint32_t)i * 300,
		};

		l.system = (uint8_t)system_of[l.file];
		*VEC_PUSH(&out->at) = l;
	}
}

static void
naive(const struct raw_lines *all, struct heard heard[SYSTEMS][DAYS])
{
	for (size_t i = 0; i < all->at.n; i++) {
		const struct raw_line *l = &all->at.at[i];
		int32_t day = jst_day(l->ts);
		int64_t ms = l->ts - jst_day_start(day);
		struct heard *h = &heard[l->system][day - FIRST_DAY];

		if (h->lines == 0 || ms < h->first_ms)
			h->first_ms = (uint32_t)ms;
		if (ms > h->last_ms)
			h->last_ms = (uint32_t)ms;
		h->lines++;
		h->hour[ms / 3600000]++;
		h->minute[ms / 60000 / 64] |= 1ULL << ms / 60000 % 64;
	}
}

static void
want_heard(const char *name, const struct fact_source *s, struct heard want[SYSTEMS][DAYS])
{
	for (unsigned sys = 0; sys < SYSTEMS; sys++) {
		for (int32_t d = 0; d < DAYS; d++) {
			const struct heard *h = s->heard(s->facts, sys, FIRST_DAY + d);
			struct heard none = { 0 };

			assert_true((h != NULL) == (want[sys][d].lines > 0));
			h = h ? h : &none;
			want_i64(name, "lines", (int64_t)want[sys][d].lines, (int64_t)h->lines);
			want_i64(name, "first", want[sys][d].first_ms, h->first_ms);
			want_i64(name, "last", want[sys][d].last_ms, h->last_ms);
			assert_memory_equal(h->minute, want[sys][d].minute, sizeof(h->minute));
			assert_memory_equal(h->hour, want[sys][d].hour, sizeof(h->hour));
		}
		assert_null(s->heard(s->facts, sys, FIRST_DAY - 1));
		assert_null(s->heard(s->facts, sys, FIRST_DAY + DAYS));
	}
	assert_null(s->heard(s->facts, SYSTEMS, FIRST_DAY));
}

static void
what_is_heard_is_what_the_union_holds(void **state UNUSED)
{
	static const struct {
		const char *name;
		size_t memory, lines;
		unsigned writers;
		uint32_t accounts;
	} cases[] = {
		{ "one writer", 1 << 24, 3000, 1, 20 },
		{ "four writers", 1 << 24, 3000, 4, 20 },
		{ "no memory: accounts in several passes", 0, 80000, 3, 2 },
		{ "nothing", 1 << 20, 0, 1, 20 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct raw_lines all = { { 0 } }, want = { { 0 } }, got = { { 0 } };
		struct heard heard[SYSTEMS][DAYS] = { 0 };
		struct dice d = { 41 + i };
		struct fact_source s;
		struct facts *f;

		random_lines(&d, cases[i].lines, cases[i].accounts, &all);
		f = facts_of(&all, cases[i].memory, cases[i].writers, &d);
		raw_union(&all, feed, FILES, &want);
		naive(&want, heard);
		s = facts_source(f);
		s.listen(s.facts);
		raw_read(f, &got);
		want_heard(cases[i].name, &s, heard);
		/* an explanation walks again: nothing is heard twice */
		s.listen(s.facts);
		raw_read(f, &got);
		want_heard(cases[i].name, &s, heard);
		facts_free(f);
		VEC_FREE(&all.at);
		VEC_FREE(&want.at);
		VEC_FREE(&got.at);
	}
}

static void
nobody_pays_who_does_not_ask(void **state UNUSED)
{
	struct raw_lines all = { { 0 } }, got = { { 0 } };
	struct dice d = { 5 };
	struct fact_source s;
	struct facts *f;

	random_lines(&d, 100, 20, &all);
	f = facts_of(&all, 1 << 20, 1, &d);
	s = facts_source(f);
	raw_read(f, &got);
	for (int32_t day = FIRST_DAY; day < FIRST_DAY + DAYS; day++)
		assert_null(s.heard(s.facts, 0, day));
	facts_free(f);
	VEC_FREE(&all.at);
	VEC_FREE(&got.at);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_heard_is_what_the_union_holds),
		cmocka_unit_test(nobody_pays_who_does_not_ask),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
