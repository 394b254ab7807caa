/*
 * sweep_test.c - sessions and their overlaps against brute force, on random lines of one account.
 */
#include "engine/engine_fake.h"
#include "engine/sweep.h"

enum { PLACES = 6, MOST = 400 };

struct plain_session {
	int64_t a, b;
	unsigned place;
	uint32_t n;
};

struct pair_list {
	VEC(struct plain_session) pair; /* x, y, x, y ... */
	const struct sessions *s;
};

static void
take(void *arg, uint32_t x, uint32_t y)
{
	struct pair_list *list = arg;
	const struct session *v[2] = { &list->s->at.at[x], &list->s->at.at[y] };

	assert_true(v[0]->a <= v[1]->a);
	for (int i = 0; i < 2; i++)
		*VEC_PUSH(&list->pair) = (struct plain_session){
			.a = v[i]->a,
			.b = v[i]->b,
			.n = v[i]->n,
			.place = v[i]->net * 8 + v[i]->terminal,
		};
}

static int
session_order(const void *a, const void *b)
{
	const struct plain_session *x = a, *y = b;

	if (x->a != y->a)
		return (x->a > y->a) - (x->a < y->a);
	return (x->place > y->place) - (x->place < y->place);
}

static int
pair_order(const void *a, const void *b)
{
	const struct plain_session *x = a, *y = b;
	int c = session_order(&x[0], &y[0]);

	return c ? c : session_order(&x[1], &y[1]);
}

/*
 * Each pair with its smaller session first: which of two that begin together comes first is
 * nobody's business.
 */
static void
settle_pairs(struct plain_session *v, size_t n)
{
	for (size_t i = 0; i + 1 < n; i += 2) {
		if (session_order(&v[i], &v[i + 1]) > 0) {
			struct plain_session s = v[i];

			v[i] = v[i + 1];
			v[i + 1] = s;
		}
	}
	if (n)
		qsort(v, n / 2, 2 * sizeof(*v), pair_order);
}

/* A place's lines, cut where the pause is more than ten minutes. */
static size_t
brute_sessions(const struct fact *line, const unsigned *place, size_t n, struct plain_session *out)
{
	size_t count = 0;

	for (unsigned p = 0; p < 64; p++) {
		struct plain_session *s = NULL;

		for (size_t i = 0; i < n; i++) {
			if (place[i] != p)
				continue;
			if (!s || line[i].ts - s->b > 600000) {
				s = &out[count++];
				*s = (struct plain_session){ .place = p, .a = line[i].ts };
			}
			s->b = line[i].ts;
			s->n++;
		}
	}
	return count;
}

static void
check_random(struct dice *d, struct sessions *s, size_t lines)
{
	static struct fact line[MOST];
	static unsigned place[MOST];
	static struct plain_session want[MOST], pairs[2 * MOST * MOST / 2];
	struct look look[PLACES] = { { .session = 0 } };
	struct pair_list got = { .s = s };
	int64_t ts = 1656860400000;
	size_t count, n = 0;

	for (size_t i = 0; i < lines; i++) {
		unsigned p = throw_of(d, PLACES);
		static const int64_t pauses[] = { 0, 1000, 60000, 300000, 600000, 600001, 5000000 };

		ts += pauses[throw_of(d, throw_of(d, 4) ? 4 : COUNT(pauses))];
		look[p].seen.net = 1 + p / 3;
		look[p].seen.tuple.text[DICT_TERMINAL] = p % 3;
		place[i] = (1 + p / 3) * 8 + p % 3;
		line[i] = (struct fact){ .ts = ts };
		sessions_add(s, &look[p], &line[i], (uint32_t)i);
	}
	count = brute_sessions(line, place, lines, want);
	want_i64("sessions", "count", (int64_t)count, (int64_t)s->at.n);
	qsort(want, count, sizeof(*want), session_order);
	for (size_t x = 0; x < count; x++) {
		for (size_t y = x + 1; y < count; y++) {
			if (want[x].n < 2 || want[y].n < 2 || want[x].b < want[y].a ||
			    want[y].b < want[x].a)
				continue;
			pairs[n++] = want[x];
			pairs[n++] = want[y];
		}
	}
	sessions_sweep(s, take, &got);
	want_i64("overlapping pairs", "count", (int64_t)n / 2, (int64_t)got.pair.n / 2);
	settle_pairs(pairs, n);
	settle_pairs(got.pair.at, n);
	for (size_t i = 0; i < n; i++) {
		if (pairs[i].place != got.pair.at[i].place || pairs[i].a != got.pair.at[i].a ||
		    pairs[i].b != got.pair.at[i].b || pairs[i].n != got.pair.at[i].n)
			fail_msg("pair %zu of %zu is another", i / 2, n / 2);
	}
	for (size_t i = 0; i < lines; i++) {
		const struct session *of = &s->at.at[s->of_line.at[i] - 1];

		assert_true(s->of_line.at[i] > 0 && of->net * 8 + of->terminal == place[i]);
		assert_true(of->a <= line[i].ts && line[i].ts <= of->b);
	}
	want_i64("lines", "with a session", (int64_t)lines, (int64_t)s->of_line.n);
	VEC_FREE(&got.pair);
	sessions_reset(s);
}

static void
random_sessions_against_brute_force(void **state UNUSED)
{
	struct sessions s = { 0 };
	struct dice d = { 161 };

	for (int round = 0; round < 1500; round++)
		check_random(&d, &s, throw_of(&d, round % 50 ? 60 : MOST));
	sessions_free(&s);
}

/* "place@time ..." of one account; wanted: sessions as place:lines. */
static void
pauses_of_ten_minutes(void **state UNUSED)
{
	static const struct {
		const char *name, *lines, *want;
		bool plural;
	} cases[] = {
		{ "one line", "1@09:00", "1:1 ", false },
		{ "ten minutes exactly join", "1@09:00 1@09:10 1@09:20", "1:3 ", false },
		{ "a millisecond more parts", "1@09:00 1@09:10:00.001", "1:1 1:1 ", false },
		{ "another place does not hold a session open", "1@09:00 2@09:05 1@09:11",
		  "1:1 2:1 1:1 ", true },
		{ "nor does it part one", "1@09:00 2@09:05 1@09:10", "1:2 2:1 ", true },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct sessions s = { 0 };
		struct look look[3] = { { .session = 0 } };
		struct str rest = str_of(cases[i].lines);
		char got[80] = "";
		size_t n = 0;

		for (uint32_t line = 0; rest.n; line++) {
			struct str at = str_split(&rest, ' '), place = str_split(&at, '@');
			size_t p = (size_t)(place.p[0] - '0');
			struct fact f = { .ts = fake_time(at) };

			look[p].seen.net = (uint32_t)p;
			sessions_add(&s, &look[p], &f, line);
		}
		for (size_t k = 0; k < s.at.n; k++)
			n += (size_t)snprintf(got + n, sizeof(got) - n, "%u:%u ", s.at.at[k].net,
					      s.at.at[k].n);
		want_str(cases[i].name, "sessions", str_of(cases[i].want), (struct str){ got, n });
		want_bool(cases[i].name, "plural", cases[i].plural, sessions_plural(&s));
		sessions_free(&s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pauses_of_ten_minutes),
		cmocka_unit_test(random_sessions_against_brute_force),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
