/*
 * lookup_brute_test.c - random dated ledgers: every answer against trying all rows, and every interval against
 * asking again at each instant of it.
 */
#include "context/context_testing.h"

enum { WORLDS = 150, ASKS = 60, DAYS = 40, MOST_ROWS = 60 };

static uint64_t seed = 19700101;

static uint32_t
dice(uint32_t sides)
{
	seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (uint32_t)(seed >> 33) % sides;
}

static const char *const orgs[] = { "KPG", "KEP", "KCC" };
static const char *const systems[] = { "", "takuso", "denwa" };

/* A row of any of the ledgers: who, for which system, when; days from 2022-01-01, -1 and DAYS open. */
struct plain_row {
	int who, other, system, from, to;
	uint32_t line;
};

struct plain {
	struct plain_row at[MOST_ROWS];
	size_t n;
};

static struct arena text;

static const char *
date(int day)
{
	if (day < 0 || day >= DAYS)
		return "";
	return arena_printf(&text, "2022-%02d-%02d", day < 31 ? 1 : 2,
			    day < 31 ? day + 1 : day - 30)
		.p;
}

static int64_t
day_ts(int day)
{
	return instant("2022-01-01") + (int64_t)day * DAY_MS;
}

/* For each key some stretches one after the other, so that nothing overlaps. */
static void
fill(struct plain *p, int whos, int others, int system_count)
{
	*p = (struct plain){ .n = 0 };
	for (int who = 0; who < whos; who++) {
		for (int k = 0; k < others * system_count; k++) {
			int day = (int)dice(DAYS) - 5;

			while (day < DAYS && p->n < MOST_ROWS && dice(4)) {
				int to = day + 1 + (int)dice(12);

				if (to > 0)
					p->at[p->n++] =
						(struct plain_row){ .who = who,
								    .other = k % others,
								    .system = k / others,
								    .from = day < 0 ? -1 : day,
								    .to = to > DAYS ? DAYS : to };
				day = to + (int)dice(3);
			}
		}
	}
	/* Lines in another order than time. */
	for (size_t i = 0; i < p->n; i++) {
		size_t k = dice((uint32_t)p->n);
		struct plain_row swap = p->at[i];

		p->at[i] = p->at[k];
		p->at[k] = swap;
	}
	for (size_t i = 0; i < p->n; i++)
		p->at[i].line = (uint32_t)i + 2;
}

static const struct plain_row *
brute(const struct plain *p, int who, int other, int system, int64_t ts)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct plain_row *r = &p->at[i];

		if (r->who == who && r->other == other && r->system == system &&
		    (r->from < 0 || day_ts(r->from) <= ts) && (r->to == DAYS || ts < day_ts(r->to)))
			return r;
	}
	return NULL;
}

struct world {
	struct plain accounts, terminals, pairs, grants, people, loans, substitutes;
	struct bench *b;
};

static void
write_rows(struct bench *b, const char *ledger, const char *header, const struct plain *p,
	   struct str (*row)(const struct plain_row *r))
{
	struct str all = str_of(header);

	for (size_t i = 0; i < p->n; i++) {
		struct str one = row(&p->at[i]);

		all = arena_printf(&text, STR_FMT STR_FMT ",%s,%s\n", STR_ARG(all), STR_ARG(one),
				   date(p->at[i].from), date(p->at[i].to));
	}
	bench_ledger(b, ledger, all);
}

static struct str
account_text(const struct plain_row *r)
{
	return arena_printf(&text, "a%d,%s,p%d,%s,person", r->who, systems[r->system], r->who,
			    orgs[r->line % 3]);
}

/* Terminal 2 is that of the owner of account 0, and so on. */
static int
assignee_of(int terminal)
{
	return (terminal + 1) % 3;
}

static struct str
terminal_text(const struct plain_row *r)
{
	return arena_printf(&text, "t%d,%s,p%d", r->who, orgs[r->line % 3], assignee_of(r->who));
}

static struct str
post_text(const struct plain_row *r)
{
	return arena_printf(&text, "p%d,%s", r->who, orgs[r->other]);
}

static struct str
loan_text(const struct plain_row *r)
{
	return arena_printf(&text, "t%d", r->who);
}

static struct str
substitute_text(const struct plain_row *r)
{
	return arena_printf(&text, "p%d,p%d", r->who, r->other);
}

static struct str
pair_text(const struct plain_row *r)
{
	return arena_printf(&text, "%s,%s,%s", orgs[r->who], orgs[r->other], systems[r->system]);
}

static struct str
grant_text(const struct plain_row *r)
{
	return arena_printf(&text, "g,%s,%s%d,%s", r->other ? "terminal" : "account",
			    r->other ? "t" : "a", r->who, systems[r->system + 1]);
}

static void
must_begin(struct plain *p, bool and_end)
{
	for (size_t i = 0; i < p->n; i++) {
		p->at[i].from = p->at[i].from < 0 ? 0 : p->at[i].from;
		if (and_end && p->at[i].to == DAYS)
			p->at[i].to = DAYS - 1;
		if (p->at[i].from > p->at[i].to)
			p->at[i].from = p->at[i].to;
	}
}

static void
world_new(struct world *w)
{
	fill(&w->accounts, 3, 1, 3);
	fill(&w->terminals, 3, 1, 1);
	fill(&w->pairs, 3, 3, 3);
	fill(&w->grants, 3, 2, 2);
	fill(&w->people, 3, 3, 1);
	fill(&w->loans, 3, 1, 1);
	fill(&w->substitutes, 3, 3, 1);
	must_begin(&w->grants, false);
	must_begin(&w->loans, false);
	must_begin(&w->substitutes, true);
	w->b = bench_new();
	write_rows(w->b, "accounts", "account,system,owner,org,kind,valid_from,valid_to\n",
		   &w->accounts, account_text);
	write_rows(w->b, "terminals", "terminal,org,assignee,valid_from,valid_to\n", &w->terminals,
		   terminal_text);
	write_rows(w->b, "allow_pairs", "account_org,origin_org,system,valid_from,valid_to\n",
		   &w->pairs, pair_text);
	write_rows(w->b, "grants", "grant,kind,subject,system,from,to\n", &w->grants, grant_text);
	write_rows(w->b, "people", "person,org,valid_from,valid_to\n", &w->people, post_text);
	write_rows(w->b, "terminal_loans", "terminal,out,in\n", &w->loans, loan_text);
	write_rows(w->b, "substitutes", "person,substitute,from,to\n", &w->substitutes,
		   substitute_text);
	for (int i = 0; i < 3 * 3 * 2; i++) {
		struct tuple t = { .system = (uint16_t)(i % 2), .act = ACT_VIEW, .ok = 1 };

		t.text[DICT_ACCOUNT] =
			bench_word(w->b, DICT_ACCOUNT, arena_printf(&text, "a%d", i / 2 % 3));
		t.text[DICT_TERMINAL] =
			bench_word(w->b, DICT_TERMINAL, arena_printf(&text, "t%d", i / 6));
		bench_add_tuple(w->b, t);
	}
	bench_ready(w->b);
}

static bool
brute_pair(const struct plain *p, uint32_t account_line, uint32_t origin_line, int system,
	   int64_t ts)
{
	int a = (int)(account_line % 3), o = (int)(origin_line % 3);

	return brute(p, a, o, system + 1, ts) || brute(p, a, o, 0, ts);
}

static bool
any_post(const struct plain *p, int who)
{
	for (size_t i = 0; i < p->n; i++) {
		if (p->at[i].who == who)
			return true;
	}
	return false;
}

static enum staff
brute_staff(const struct world *w, int who, uint32_t account_line, int64_t ts)
{
	bool posts = false;

	if (brute(&w->people, who, (int)(account_line % 3), 0, ts))
		return STAFF_ENTITLED;
	for (int org = 0; org < 3; org++)
		posts = posts || brute(&w->people, who, org, 0, ts);
	return posts ? STAFF_ELSEWHERE : any_post(&w->people, who) ? STAFF_RETIRED : STAFF_UNKNOWN;
}

static enum assignee
brute_assignee(const struct world *w, int terminal, int account, int64_t ts)
{
	if (assignee_of(terminal) == account)
		return ASSIGNEE_OWNER;
	return brute(&w->substitutes, assignee_of(terminal), account, 0, ts) ? ASSIGNEE_SUBSTITUTED
									     : ASSIGNEE_OTHER;
}

static enum loan
brute_loan(const struct world *w, int terminal, int64_t ts)
{
	if (brute(&w->loans, terminal, 0, 0, ts))
		return LOAN_OUT;
	for (size_t i = 0; i < w->loans.n; i++) {
		if (w->loans.at[i].who == terminal && day_ts(w->loans.at[i].from) <= ts)
			return LOAN_RETURNED;
	}
	return LOAN_NEVER;
}

static void
check_answer(const struct world *w, uint32_t id, int64_t ts)
{
	int account = (int)(id - 1) / 2 % 3, terminal = (int)(id - 1) / 6,
	    system = (int)(id - 1) % 2;
	const struct plain_row *a = brute(&w->accounts, account, 0, system + 1, ts);
	const struct plain_row *t = brute(&w->terminals, terminal, 0, 0, ts);
	struct seen s;

	if (!a)
		a = brute(&w->accounts, account, 0, 0, ts);
	w->b->look.tuple(w->b->c, id, ts, &s);
	assert_true(s.from <= ts && ts < s.until);
	assert_int_equal(s.account_row, a ? a->line : 0);
	assert_int_equal(s.terminal_row, t ? t->line : 0);
	assert_int_equal(s.pair_allowed[1],
			 a && t && brute_pair(&w->pairs, a->line, t->line, system, ts));
	assert_int_equal(s.standing.staff,
			 a ? brute_staff(w, account, a->line, ts) : STAFF_UNKNOWN);
	assert_int_equal(s.standing.loan, t ? brute_loan(w, terminal, ts) : LOAN_UNKNOWN);
	assert_int_equal(s.standing.assignee,
			 a && t ? brute_assignee(w, terminal, account, ts) : ASSIGNEE_UNKNOWN);
	assert_int_equal(s.granted, brute(&w->grants, account, 0, system, ts) ||
					    brute(&w->grants, terminal, 1, system, ts));
}

static bool
same(const struct seen *a, const struct seen *b)
{
	return a->account_row == b->account_row && a->terminal_row == b->terminal_row &&
	       a->account_org == b->account_org && a->terminal_org == b->terminal_org &&
	       a->pair_allowed[1] == b->pair_allowed[1] && a->granted == b->granted &&
	       a->standing.staff == b->standing.staff &&
	       a->standing.staff_row == b->standing.staff_row &&
	       a->standing.staff_left == b->standing.staff_left &&
	       a->standing.assignee == b->standing.assignee &&
	       a->standing.assignee_elsewhere == b->standing.assignee_elsewhere &&
	       a->standing.loan == b->standing.loan &&
	       a->standing.loan_row == b->standing.loan_row &&
	       memcmp(a->standing.lapsed, b->standing.lapsed, sizeof(a->standing.lapsed)) == 0;
}

/* The answer must stay the same, also at the last ms, and every end must be a day on which a row turns. */
static void
check_interval(const struct world *w, uint32_t id, int64_t ts)
{
	struct seen s, again;
	int64_t low, high;

	w->b->look.tuple(w->b->c, id, ts, &s);
	low = max_i64(s.from, day_ts(-10));
	high = min_i64(s.until, day_ts(DAYS + 10)) - 1;
	for (int64_t at = low; at <= high; at += DAY_MS / 2) {
		w->b->look.tuple(w->b->c, id, at, &again);
		assert_true(same(&s, &again));
	}
	w->b->look.tuple(w->b->c, id, high, &again);
	assert_true(same(&s, &again));
	assert_true(s.from == INT64_MIN || (s.from - day_ts(0)) % DAY_MS == 0);
	assert_true(s.until == INT64_MAX || (s.until - day_ts(0)) % DAY_MS == 0);
	/* What follows from organisations and kinds that nobody changed is what it was. */
	memcpy(&again, &s, sizeof(s));
	w->b->look.again(w->b->c, ts, &again);
	assert_memory_equal(&s, &again, sizeof(s));
}

static void
answers_and_intervals(void **state UNUSED)
{
	for (int i = 0; i < WORLDS; i++) {
		struct world w;

		world_new(&w);
		for (int k = 0; k < ASKS; k++) {
			uint32_t id = 1 + dice(w.b->tuples);
			int64_t ts = day_ts((int)dice(DAYS + 6) - 3) + (int)dice(3) - 1;

			check_answer(&w, id, ts);
			check_interval(&w, id, ts);
		}
		bench_free(w.b);
		arena_free(&text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(answers_and_intervals) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
