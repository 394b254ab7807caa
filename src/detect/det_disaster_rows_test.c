/*
 * det_disaster_rows_test.c - DIS-06, DIS-08 and DIS-09: what the rows of ledgers say of windows, resets, and what was left
 * open.  Days count from one on which nothing happened; logs go from day 1 to day 30.
 */
#include "base/test_wall.h"

#include "detect/disaster_use.h"

extern const struct detector det_disaster_reset, det_disaster_calendar, det_disaster_open;

#define DAYS(n) ((n)*86400000LL)

enum { KPG = 1, KEP, KCC, EAST = 8, WEST, SOUTH };

static const uint16_t east[] = { EAST }, west[] = { WEST }, both[] = { SOUTH, WEST };

struct world {
	struct window_row window[4];
	size_t windows;
	struct kept_row account[4], terminal[4];
	size_t accounts, terminals;
	uint16_t in; /* this organisation is in a disaster */
	struct reset_said reset;
	enum dstate state;
};

static bool
fake_window_at(const void *context, size_t i, struct window_row *out)
{
	const struct world *w = context;

	if (i < w->windows)
		*out = w->window[i];
	return i < w->windows;
}

static bool
fake_kept_at(const void *context, enum subject kind, size_t i, int64_t ts UNUSED,
	     struct kept_row *out)
{
	const struct world *w = context;
	bool account = kind == SUBJECT_ACCOUNT;

	if (i < (account ? w->accounts : w->terminals))
		*out = account ? w->account[i] : w->terminal[i];
	return i < (account ? w->accounts : w->terminals);
}

static bool
fake_reaches(const void *context, uint16_t org, uint16_t area, int64_t ts UNUSED)
{
	return area == 0 && org == ((const struct world *)context)->in;
}

static struct str
fake_window_name(const void *context UNUSED, uint32_t row UNUSED)
{
	return STR("D-1");
}

static struct reset_said
fake_reset(const void *context, uint32_t account, int64_t ts UNUSED)
{
	want_i64("the account asked about", "account", 77, account);
	return ((const struct world *)context)->reset;
}

static struct disaster_said
fake_disaster(const void *context, uint16_t org, uint16_t area UNUSED, int64_t ts UNUSED)
{
	return (struct disaster_said){ ((const struct world *)context)->state, org == KEP ? 5 : 0,
				       0, 0 };
}

static struct lookup
lookup_of(const struct world *w)
{
	return (struct lookup){ .context = w,
				.window_at = fake_window_at,
				.kept_at = fake_kept_at,
				.window_name = fake_window_name,
				.disaster = fake_disaster,
				.disaster_reaches = fake_reaches,
				.reset = fake_reset };
}

/* Used in a window that ended on day 10, and now in another. */
static void
resets(void **state UNUSED)
{
	static const struct {
		const char *name;
		uint32_t before;
		int64_t to, reset;
		bool want;
	} cases[] = {
		{ "a ms before the end", 2, DAYS(10), DAYS(10) - 1, true },
		{ "at the end", 2, DAYS(10), DAYS(10), false },
		{ "not until now", 2, DAYS(10), INT64_MIN, true },
		{ "the window before is open", 2, INT64_MAX, DAYS(20), true },
		{ "no window before", 0, DAYS(10), DAYS(1), false },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct world w = { .window = { { .row = 3, .to = 0 },
					       { .row = 2, .to = cases[i].to } },
				   .windows = 2,
				   .reset = { true, 4, cases[i].reset } };
		struct lookup l = lookup_of(&w);
		struct fact f = { .ts = DAYS(20), .account = 77 };
		struct unit_sum u = {
			.lines = 1, .first = &f, .unit = 3, .before = cases[i].before, .lookup = &l
		};

		want_bool(cases[i].name, "fires", cases[i].want,
			  det_disaster_reset.fires(&u, NULL));
	}
}

static void
lines_of_disaster_ids_in_windows(void **state UNUSED)
{
	static const struct {
		const char *name;
		enum account_kind kind;
		enum dstate state;
		bool any;
		enum judged want;
	} cases[] = {
		{ "in a window", KIND_DISASTER, DSTATE_IN, true, JUDGED_HIT },
		{ "no event known", KIND_DISASTER, DSTATE_IN, false, JUDGED_UNKNOWN_RESET },
		{ "in the tail", KIND_DISASTER, DSTATE_TAIL, true, JUDGED_SILENT },
		{ "at peace, no event known", KIND_DISASTER, DSTATE_PEACE, false, JUDGED_SILENT },
		{ "a person", KIND_PERSON, DSTATE_IN, true, JUDGED_SILENT },
		{ "nobody knows whose", KIND_UNKNOWN, DSTATE_IN, true, JUDGED_UNKNOWN_ACCOUNT },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct world w = { .state = cases[i].state, .reset = { .any = cases[i].any } };
		struct lookup l = lookup_of(&w);
		struct seen who = { .account_kind = (uint8_t)cases[i].kind,
				    .standing = { .disaster_org = KEP } };
		struct fact f = { .ts = 7 };
		struct event ev = { &f, &who, NULL, &l };
		struct key key[KEYS_MOST] = { { { 0 } } };
		int count = 0;
		enum judged j = det_disaster_reset.screen(&who, NULL);

		who.tuple.text[DICT_ACCOUNT] = 77;
		if (j == JUDGED_ASK)
			j = det_disaster_reset.hit(&ev, NULL, key, &count);
		want_i64(cases[i].name, "judged", cases[i].want, j);
		if (j != JUDGED_HIT)
			continue;
		assert_true(count == 1 && key[0].part[0] == 77 && key[0].part[1] == DSTATE_IN);
		want_i64(cases[i].name, "unit", 5, det_disaster_reset.unit(&ev));
	}
}

/* What a rule tells of the world, logs from day 1 to day 30. */
static void
ask_roster(const struct detector *d, const struct world *w, struct roster *r,
	   uint64_t judged[JUDGED_COUNT], struct arena *arena)
{
	static const int64_t param[PARAMS_MOST] = { DAYS(14), DAYS(1) };
	struct lookup l = lookup_of(w);

	memset(judged, 0, JUDGED_COUNT * sizeof(*judged));
	*r = (struct roster){ .lookup = &l,
			      .first_ts = DAYS(1),
			      .last_ts = DAYS(30),
			      .arena = arena,
			      .param = param,
			      .judged = judged };
	d->roster(r);
	r->lookup = NULL;
}

/* The window in question is line 5; `other`, if it has a line, another. */
static const struct {
	const char *name;
	struct window_row w, other;
	const char *want; /* its states, a letter each: no end, late, overlap, no approver */
	int64_t at;       /* of the first */
} windows[] = {
	{ "in order", { .from = DAYS(5), .to = DAYS(6) }, { 0 }, "", 0 },
	{ "open for 14 days", { .from = DAYS(16), .to = INT64_MAX }, { 0 }, "n", DAYS(30) },
	{ "a ms less", { .from = DAYS(16) + 1, .to = INT64_MAX }, { 0 }, "", 0 },
	{ "long, but with an end", { .from = DAYS(2), .to = DAYS(300) }, { 0 }, "", 0 },
	{ "registered in a day",
	  { .from = DAYS(5), .to = DAYS(9), .registered_at = DAYS(6) },
	  { 0 },
	  "",
	  0 },
	{ "a ms later",
	  { .from = DAYS(5), .to = DAYS(9), .registered_at = DAYS(6) + 1 },
	  { 0 },
	  "l",
	  DAYS(6) + 1 },
	{ "begun before, goes on",
	  { .from = DAYS(5), .to = DAYS(9) },
	  { .row = 6, .from = DAYS(4), .to = DAYS(5) + 1 },
	  "o",
	  DAYS(5) },
	{ "ended as it began",
	  { .from = DAYS(5), .to = DAYS(9) },
	  { .row = 6, .from = DAYS(4), .to = DAYS(5) },
	  "",
	  0 },
	{ "begins later",
	  { .from = DAYS(5), .to = DAYS(9) },
	  { .row = 4, .from = DAYS(6), .to = DAYS(7) },
	  "",
	  0 },
	{ "begins at once, an earlier line",
	  { .from = DAYS(5), .to = DAYS(9) },
	  { .row = 4, .from = DAYS(5), .to = DAYS(7) },
	  "o",
	  DAYS(5) },
	{ "begins at once, a later line",
	  { .from = DAYS(5), .to = DAYS(9) },
	  { .row = 6, .from = DAYS(5), .to = DAYS(7) },
	  "",
	  0 },
	{ "another organisation's",
	  { .from = DAYS(5), .to = DAYS(9) },
	  { .row = 4, .org = KPG, .from = DAYS(4), .to = DAYS(7) },
	  "",
	  0 },
	{ "that holds for every one",
	  { .from = DAYS(5), .to = DAYS(9) },
	  { .row = 4, .org = ORG_NONE, .from = DAYS(4), .to = DAYS(7) },
	  "o",
	  DAYS(5) },
	{ "another area",
	  { .from = DAYS(5), .to = DAYS(9), .area = east, .areas = 1 },
	  { .row = 4, .from = DAYS(4), .to = DAYS(7), .area = both, .areas = 2 },
	  "",
	  0 },
	{ "an area in common",
	  { .from = DAYS(5), .to = DAYS(9), .area = west, .areas = 1 },
	  { .row = 4, .from = DAYS(4), .to = DAYS(7), .area = both, .areas = 2 },
	  "o",
	  DAYS(5) },
	{ "every area",
	  { .from = DAYS(5), .to = DAYS(9), .area = west, .areas = 1 },
	  { .row = 4, .from = DAYS(4), .to = DAYS(7) },
	  "o",
	  DAYS(5) },
	{ "ended as the logs begin",
	  { .from = DAYS(0), .to = DAYS(1), .registered_at = DAYS(9) },
	  { 0 },
	  "",
	  0 },
	{ "ended a ms later",
	  { .from = DAYS(0), .to = DAYS(1) + 1, .registered_at = DAYS(9) },
	  { 0 },
	  "l",
	  DAYS(9) },
	{ "begun as the logs end",
	  { .from = DAYS(30), .to = DAYS(40), .registered_at = DAYS(32) },
	  { 0 },
	  "l",
	  DAYS(32) },
	{ "begun a ms later",
	  { .from = DAYS(30) + 1, .to = DAYS(40), .registered_at = DAYS(32) },
	  { 0 },
	  "",
	  0 },
};

/* The window of the case, and the other one, in a world of their own. */
static struct world
calendar_of(size_t i, bool approved)
{
	struct world w = { .windows = windows[i].other.row ? 2 : 1 };

	w.window[0] = windows[i].w;
	w.window[0].row = 5;
	w.window[0].id = 3;
	w.window[0].org = KEP;
	w.window[0].coordination = true;
	w.window[0].approved = approved;
	if (!w.window[0].registered_at)
		w.window[0].registered_at = INT64_MIN;
	w.window[1] = windows[i].other;
	w.window[1].id = 9;
	w.window[1].coordination = w.window[1].approved = true;
	w.window[1].registered_at = INT64_MIN;
	if (strcmp(windows[i].name, "that holds for every one") != 0 && !w.window[1].org)
		w.window[1].org = KEP;
	return w;
}

/* How much was told of the window: what the case wants, and behind it what is said of its approval. */
static size_t
check_calendar(size_t i, const struct roster *r)
{
	static const char letters[] = "nloa";
	size_t n = strlen(windows[i].want), told = 0;

	for (size_t k = 0; k < r->told.n; k++) {
		const struct told *t = &r->told.at[k];
		bool wanted = told < n;

		if (t->key.part[0] != 3)
			continue; /* what is said of the other */
		want_i64(windows[i].name, "state", wanted ? windows[i].want[told] : 'a',
			 letters[t->key.part[1]]);
		want_i64(windows[i].name, "at", wanted ? windows[i].at : windows[i].w.from,
			 t->first);
		assert_true(t->first == t->last && t->lines == 0);
		told++;
	}
	return told;
}

static void
calendars(void **state UNUSED)
{
	for (size_t k = 0; k < COUNT(windows) * 2; k++) {
		size_t i = k / 2;
		bool approved = k % 2;
		struct world w = calendar_of(i, approved);
		uint64_t judged[JUDGED_COUNT];
		struct arena arena = { 0 };
		struct roster r;
		bool within = windows[i].w.to > DAYS(1) && windows[i].w.from <= DAYS(30);

		ask_roster(&det_disaster_calendar, &w, &r, judged, &arena);
		want_i64(windows[i].name, "told",
			 (int64_t)strlen(windows[i].want) + (within && !approved),
			 (int64_t)check_calendar(i, &r));
		VEC_FREE(&r.told);
		arena_free(&arena);
	}
}

static void
windows_without_coordination_are_none(void **state UNUSED)
{
	struct world w = { .window = { { .row = 5,
					 .id = 5,
					 .from = DAYS(5),
					 .to = INT64_MAX,
					 .registered_at = DAYS(20) },
				       { .row = 6,
					 .id = 6,
					 .from = DAYS(6),
					 .to = DAYS(7),
					 .registered_at = INT64_MIN,
					 .coordination = true,
					 .approved = true } },
			   .windows = 2 };
	uint64_t judged[JUDGED_COUNT];
	struct arena arena = { 0 };
	struct roster r;

	ask_roster(&det_disaster_calendar, &w, &r, judged, &arena);
	want_i64("neither told of nor overlapped", "told", 0, (int64_t)r.told.n);
	want_i64("the other is judged", "silent", 1, (int64_t)judged[JUDGED_SILENT]);
	VEC_FREE(&r.told);
	arena_free(&arena);
}

static const struct {
	const char *name;
	bool account;
	struct kept_row k;
	uint16_t window_org, in;
	int64_t tail_end;
	enum judged want;
} left[] = {
	{ "an active ID",
	  true,
	  { .held = true, .org = KEP, .status = ACCOUNT_ACTIVE },
	  KEP,
	  0,
	  DAYS(9),
	  JUDGED_HIT },
	{ "a suspended one",
	  true,
	  { .held = true, .org = KEP, .status = ACCOUNT_SUSPENDED },
	  KEP,
	  0,
	  DAYS(9),
	  JUDGED_SILENT },
	{ "one of no status",
	  true,
	  { .held = true, .org = KEP },
	  KEP,
	  0,
	  DAYS(9),
	  JUDGED_UNKNOWN_ACCOUNT },
	{ "another's",
	  true,
	  { .held = true, .org = KCC, .status = ACCOUNT_ACTIVE },
	  KEP,
	  0,
	  DAYS(9),
	  JUDGED_OUTSIDE },
	{ "anybody's, in every one's window",
	  true,
	  { .held = true, .org = KCC, .status = ACCOUNT_ACTIVE },
	  ORG_NONE,
	  0,
	  DAYS(9),
	  JUDGED_HIT },
	{ "no row in force, or of another kind",
	  true,
	  { .org = KEP, .status = ACCOUNT_ACTIVE },
	  KEP,
	  0,
	  DAYS(9),
	  JUDGED_OUTSIDE },
	{ "another window is in force",
	  true,
	  { .held = true, .org = KEP, .status = ACCOUNT_ACTIVE },
	  KEP,
	  KEP,
	  DAYS(9),
	  JUDGED_SILENT },
	{ "another's window is in force",
	  true,
	  { .held = true, .org = KEP, .status = ACCOUNT_ACTIVE },
	  KEP,
	  KPG,
	  DAYS(9),
	  JUDGED_HIT },
	{ "the tail ends as the logs begin",
	  true,
	  { .held = true, .org = KEP, .status = ACCOUNT_ACTIVE },
	  KEP,
	  0,
	  DAYS(1),
	  JUDGED_OUTSIDE },
	{ "the tail ends as the logs end",
	  true,
	  { .held = true, .org = KEP, .status = ACCOUNT_ACTIVE },
	  KEP,
	  0,
	  DAYS(30),
	  JUDGED_HIT },
	{ "a ms behind the logs",
	  true,
	  { .held = true, .org = KEP, .status = ACCOUNT_ACTIVE },
	  KEP,
	  0,
	  DAYS(30) + 1,
	  JUDGED_OUTSIDE },
	{ "a lent terminal",
	  false,
	  { .held = true, .org = KEP, .loan_row = 2 },
	  KEP,
	  0,
	  DAYS(9),
	  JUDGED_HIT },
	{ "a returned one", false, { .held = true, .org = KEP }, KEP, 0, DAYS(9), JUDGED_SILENT },
};

static void
left_open(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(left); i++) {
		struct world w = { .window = { { .row = 5,
						 .id = 3,
						 .org = left[i].window_org,
						 .tail_end = left[i].tail_end,
						 .coordination = true } },
				   .windows = 1,
				   .in = left[i].in };
		uint64_t judged[JUDGED_COUNT];
		struct arena arena = { 0 };
		struct roster r;
		/* Two rows of one name are one unit. */
		struct kept_row *rows = left[i].account ? w.account : w.terminal;

		rows[0] = rows[1] = left[i].k;
		rows[0].row = rows[0].name = rows[1].name = 4;
		rows[1].row = 6;
		w.accounts = left[i].account ? 2 : 0;
		w.terminals = left[i].account ? 0 : 2;
		ask_roster(&det_disaster_open, &w, &r, judged, &arena);
		want_i64(left[i].name, "told", left[i].want == JUDGED_HIT, (int64_t)r.told.n);
		if (left[i].want != JUDGED_OUTSIDE)
			want_i64(left[i].name, "judged", 2, (int64_t)judged[left[i].want]);
		if (r.told.n) {
			want_i64(left[i].name, "subject",
				 left[i].account ? 4 : (1 << SUBJECT_SHIFT) + 4,
				 r.told.at[0].key.part[0]);
			want_i64(left[i].name, "at", left[i].tail_end, r.told.at[0].first);
		}
		VEC_FREE(&r.told);
		arena_free(&arena);
	}
}

static void
the_rules_are_the_contracts(void **state UNUSED)
{
	static const struct {
		const struct detector *rule;
		const char *id;
		enum key_kind subject;
		uint32_t needs;
		const char *words[5];
	} cases[] = {
		{ &det_disaster_reset,
		  "DIS-06",
		  KEY_ACCOUNT,
		  GIVES_DISASTERS | GIVES_AUTH_EVENTS,
		  { "peace", "early", "tail", "in" } },
		{ &det_disaster_calendar,
		  "DIS-08",
		  KEY_WINDOW,
		  GIVES_DISASTERS,
		  { "no_end", "registered_late", "overlap", "no_approver" } },
		{ &det_disaster_open, "DIS-09", KEY_KEPT, GIVES_DISASTERS, { "open" } },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct detector *r = cases[i].rule;

		want_str(cases[i].id, "rule", str_of(cases[i].id), str_of(r->rule));
		want_i64(cases[i].id, "kind", FINDING_VIOLATION, r->kind);
		want_str(cases[i].id, "key", STR("subject"), str_of(r->key[0].name));
		want_str(cases[i].id, "key", STR("state"), str_of(r->key[1].name));
		want_i64(cases[i].id, "subject", cases[i].subject, r->key[0].kind);
		want_i64(cases[i].id, "needs", cases[i].needs, r->needs);
		assert_true(!r->origin_foreign && !r->across);
		for (size_t k = 0; cases[i].words[k]; k++)
			want_str(cases[i].id, "word", str_of(cases[i].words[k]),
				 str_of(r->words[k]));
	}
	want_i64("DIS-06", "ends", ENDS_CHANGE, det_disaster_reset.ends);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(resets),
		cmocka_unit_test(lines_of_disaster_ids_in_windows),
		cmocka_unit_test(calendars),
		cmocka_unit_test(windows_without_coordination_are_none),
		cmocka_unit_test(left_open),
		cmocka_unit_test(the_rules_are_the_contracts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
