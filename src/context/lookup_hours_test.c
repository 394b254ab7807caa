/*
 * lookup_hours_test.c - the hours an account may be used in, to the millisecond.  Wanted values are worked out by hand
 * from DETECTION B.3 and B.13.30, 31 and 49; 2022-04-05 is a Tuesday.
 */
#include "context/context_testing.h"

#include "context/context_own.h"

static struct bench *
bench_hours(void)
{
	struct bench *b = bench_new();

	bench_ledger(b, "orgs", STR("org,class\nKPG,grid\nKEP,retailer\nKCC,contractor\n"));
	bench_ledger(b, "schedules",
		     STR("schedule,daytype,start,end\n"
			 "day,biz,9:00,20:00\n"
			 "night,biz,22:00,30:00\n"
			 "dawn,biz,0:10,8:00\n"
			 "full,biz,0:00,24:00\n"
			 "late,biz,19:00,27:00\n"
			 "sec,biz,9:00:30,17:00:15\n"
			 "split,biz,8:00,10:00\n"
			 "split,biz,14:00,16:00\n"
			 "feast,hol,9:00,12:00\n"
			 "KCC,biz,8:00,12:00\n"
			 "long,biz,12:00,48:00\n"));
	bench_ledger(b, "accounts",
		     STR("account,org,kind,schedule\n"
			 "day,KPG,person,day\nnight,KPG,person,night\ndawn,KPG,person,dawn\n"
			 "full,KPG,person,full\nlate,KPG,person,late\nsec,KPG,person,sec\n"
			 "split,KPG,person,split\nfeast,KPG,person,feast\n"
			 "long,KPG,person,long\nretail,KEP,person,day\n"
			 "default,KCC,person,\nnone,KPG,person,\nghost,KPG,person,ghost\n"));
	bench_ledger(b, "permits",
		     STR("account,kind,from,to\n"
			 "day,overtime,2022-04-06 21:00,2022-04-06 23:00\n"
			 "day,overtime,2022-04-05 21:00,2022-04-05 22:00\n"
			 "day,travel,2022-04-09,2022-04-10\n"
			 "none,oncall,2022-04-05 00:00,2022-04-05 06:00\n"
			 "day,oncall,2022-04-05 21:30,2022-04-05 22:30\n"));
	bench_ledger(b, "disasters",
		     STR("id,org,areas,from,to,coordination\n"
			 "d1,KEP,east,2022-04-09 10:00,2022-04-09 12:00,yes\n"
			 "d2,KEP,,2022-04-10 10:00,2022-04-10 12:00,no\n"));
	bench_ledger(b, "holidays",
		     STR("date,name\n2022-04-29,x\n2022-06-04,a Saturday\n2022-11-03,y\n"
			 "2023/1/1,元日\n2023/1/2,休日\n2026/9/21,敬老の日\n2026/9/22,休日\n"
			 "2026/9/23,秋分の日\n"));
	bench_ledger(b, "closures", STR("date\n2022-08-15\n"));
	return b;
}

static const struct {
	const char *name, *account, *at;
	int ms;
	enum duty want;
	uint32_t line;
} cases[] = {
	{ "a ms before the grace of a day", "day", "2022-04-05 08:30", -1, HOURS_OFF, 0 },
	{ "the grace of a day", "day", "2022-04-05 08:30", 0, HOURS_SCHEDULE, 2 },
	{ "20:29:59.999", "day", "2022-04-05 20:30", -1, HOURS_SCHEDULE, 2 },
	{ "20:30:00.000", "day", "2022-04-05 20:30", 0, HOURS_OFF, 0 },
	{ "noon", "day", "2022-04-05 12:00", 0, HOURS_SCHEDULE, 2 },
	{ "Saturday has no hours", "day", "2022-04-09 12:00", 0, HOURS_OFF, 0 },
	{ "a holiday has no hours", "day", "2022-04-29 12:00", 0, HOURS_OFF, 0 },
	{ "the Monday in place of a Sunday's holiday", "day", "2023-01-02 12:00", 0, HOURS_OFF, 0 },
	{ "... and the Tuesday after it", "day", "2023-01-03 12:00", 0, HOURS_SCHEDULE, 2 },
	{ "a Tuesday between two holidays", "day", "2026-09-22 12:00", 0, HOURS_OFF, 0 },
	{ "... and the Thursday behind them", "day", "2026-09-24 12:00", 0, HOURS_SCHEDULE, 2 },
	{ "a closure is a holiday", "day", "2022-08-15 12:00", 0, HOURS_OFF, 0 },
	{ "the day before it", "day", "2022-08-12 12:00", 0, HOURS_SCHEDULE, 2 },
	{ "29 February of a leap year, a Thursday", "day", "2024-02-29 12:00", 0, HOURS_SCHEDULE,
	  2 },
	{ "1 March of another year, a Wednesday", "day", "2023-03-01 12:00", 0, HOURS_SCHEDULE, 2 },

	{ "hours of holidays on a working day", "feast", "2022-04-28 10:00", 0, HOURS_OFF, 0 },
	{ "hours of holidays on a holiday", "feast", "2022-04-29 10:00", 0, HOURS_SCHEDULE, 10 },
	{ "a Saturday that is a holiday is a holiday", "feast", "2022-06-04 10:00", 0,
	  HOURS_SCHEDULE, 10 },
	{ "hours of holidays on a closure", "feast", "2022-08-15 10:00", 0, HOURS_SCHEDULE, 10 },

	{ "grace before 0:10, a ms too early", "dawn", "2022-04-04 23:40", -1, HOURS_OFF, 0 },
	{ "grace before 0:10 lies on the eve", "dawn", "2022-04-04 23:40", 0, HOURS_SCHEDULE, 4 },
	{ "midnight of that day", "dawn", "2022-04-05 00:00", 0, HOURS_SCHEDULE, 4 },
	{ "Friday night before a Saturday without hours", "dawn", "2022-04-08 23:50", 0, HOURS_OFF,
	  0 },
	{ "Sunday night before Monday's hours", "dawn", "2022-04-10 23:50", 0, HOURS_SCHEDULE, 4 },

	{ "all day, the last ms of its grace on Saturday", "full", "2022-04-09 00:30", -1,
	  HOURS_SCHEDULE, 5 },
	{ "all day, a ms later", "full", "2022-04-09 00:30", 0, HOURS_OFF, 0 },
	{ "all day, before its grace on Sunday", "full", "2022-04-10 23:30", -1, HOURS_OFF, 0 },
	{ "all day, its grace on Sunday", "full", "2022-04-10 23:30", 0, HOURS_SCHEDULE, 5 },
	{ "all day, midnight between two", "full", "2022-04-06 00:00", 0, HOURS_SCHEDULE, 5 },

	{ "before the night shift's grace", "night", "2022-04-08 21:30", -1, HOURS_OFF, 0 },
	{ "the night shift's grace", "night", "2022-04-08 21:30", 0, HOURS_SCHEDULE, 3 },
	{ "Saturday morning is of Friday's shift", "night", "2022-04-09 06:30", -1, HOURS_SCHEDULE,
	  3 },
	{ "and its grace ends at 6:30", "night", "2022-04-09 06:30", 0, HOURS_OFF, 0 },
	{ "no shift begins on Saturday", "night", "2022-04-09 22:00", 0, HOURS_OFF, 0 },
	{ "Monday morning is of no shift", "night", "2022-04-11 05:00", 0, HOURS_OFF, 0 },
	{ "a shift begun on a holiday's eve", "night", "2022-11-03 05:00", 0, HOURS_SCHEDULE, 3 },
	{ "none begins on the holiday", "night", "2022-11-03 22:30", 0, HOURS_OFF, 0 },
	{ "so the morning behind it is of none", "night", "2022-11-04 05:00", 0, HOURS_OFF, 0 },
	{ "from 29 February into March", "night", "2024-03-01 05:00", 0, HOURS_SCHEDULE, 3 },
	{ "27:00 and its grace", "late", "2022-04-06 03:30", -1, HOURS_SCHEDULE, 6 },
	{ "27:00 and half an hour", "late", "2022-04-06 03:30", 0, HOURS_OFF, 0 },
	{ "48:00 is next day's midnight", "long", "2022-04-10 00:00", -1, HOURS_SCHEDULE, 12 },
	{ "behind it nothing is asked", "long", "2022-04-10 00:00", 0, HOURS_OFF, 0 },

	{ "half a minute of the edge is out", "sec", "2022-04-05 08:30:30", -1, HOURS_OFF, 0 },
	{ "half a minute of the edge is in", "sec", "2022-04-05 08:30:30", 0, HOURS_SCHEDULE, 7 },
	{ "a quarter of the last minute is in", "sec", "2022-04-05 17:30:15", -1, HOURS_SCHEDULE,
	  7 },
	{ "the rest is out", "sec", "2022-04-05 17:30:15", 0, HOURS_OFF, 0 },

	{ "the first slot's last ms", "split", "2022-04-05 10:30", -1, HOURS_SCHEDULE, 8 },
	{ "between two slots", "split", "2022-04-05 10:30", 0, HOURS_OFF, 0 },
	{ "before the second slot", "split", "2022-04-05 13:30", -1, HOURS_OFF, 0 },
	{ "the second slot", "split", "2022-04-05 13:30", 0, HOURS_SCHEDULE, 9 },

	{ "before a permit", "day", "2022-04-05 21:00", -1, HOURS_OFF, 0 },
	{ "a permit", "day", "2022-04-05 21:00", 0, HOURS_PERMIT, 3 },
	{ "its last ms, with another kind of permit beside it", "day", "2022-04-05 22:00", -1,
	  HOURS_PERMIT, 3 },
	{ "the other kind, on its own", "day", "2022-04-05 22:00", 0, HOURS_PERMIT, 6 },
	{ "behind both", "day", "2022-04-05 22:30", 0, HOURS_OFF, 0 },
	{ "the permit of the next day", "day", "2022-04-06 22:59", 0, HOURS_PERMIT, 2 },
	{ "travel permits no hours", "day", "2022-04-09 12:00", 0, HOURS_OFF, 0 },

	{ "before a disaster", "retail", "2022-04-09 10:00", -1, HOURS_OFF, 0 },
	{ "in a disaster, whatever its areas", "retail", "2022-04-09 10:00", 0, HOURS_DISASTER, 2 },
	{ "its last ms", "retail", "2022-04-09 12:00", -1, HOURS_DISASTER, 2 },
	{ "its tail permits nothing", "retail", "2022-04-09 12:00", 0, HOURS_OFF, 0 },
	{ "a window without coordination is none", "retail", "2022-04-10 11:00", 0, HOURS_OFF, 0 },
	{ "another's disaster", "day", "2022-04-09 11:00", 0, HOURS_OFF, 0 },

	{ "the hours of the organisation", "default", "2022-04-05 08:00", 0, HOURS_SCHEDULE, 11 },
	{ "are hours: outside is outside", "default", "2022-04-05 13:00", 0, HOURS_OFF, 0 },
	{ "no hours at all", "none", "2022-04-05 12:00", 0, HOURS_UNKNOWN, 0 },
	{ "no hours, but a permit", "none", "2022-04-05 05:59", 0, HOURS_PERMIT, 5 },
	{ "a schedule without rows is not known", "ghost", "2022-04-05 12:00", 0, HOURS_UNKNOWN,
	  0 },
	{ "an account nobody knows", "stranger", "2022-04-05 12:00", 0, HOURS_UNKNOWN, 0 },
};

/* The quick answer is the same. */
static void
want_duty(const struct bench *b, const struct seen *s, int64_t ts, const char *name, enum duty want)
{
	enum duty got = b->look.duty(b->c, s, ts);

	if (got != want)
		fail_msg("%s: hours say %d, duty says %d", name, want, got);
}

static void
edges(void **state UNUSED)
{
	struct bench *b = bench_hours();
	uint32_t tuple[COUNT(cases)];

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct tuple t = { .ok = 1 };

		t.text[DICT_ACCOUNT] = bench_word(b, DICT_ACCOUNT, str_of(cases[i].account));
		tuple[i] = bench_add_tuple(b, t);
	}
	bench_ready(b);
	assert_int_equal(b->look.gives & (GIVES_SCHEDULES | GIVES_PERMITS | GIVES_PEOPLE),
			 GIVES_SCHEDULES | GIVES_PERMITS);
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t ts = instant(cases[i].at) + cases[i].ms;
		struct hours_said got;
		struct seen s;

		b->look.tuple(b->c, tuple[i], ts, &s);
		got = b->look.hours(b->c, &s, ts);
		if (got.duty != cases[i].want || got.row != cases[i].line)
			fail_msg("%s: wanted %d line %u, got %d line %u", cases[i].name,
				 cases[i].want, cases[i].line, got.duty, got.row);
		want_duty(b, &s, ts, cases[i].name, got.duty);
	}
	bench_free(b);
}

/* 9:00 to 20:00 without grace, and with a minute of it. */
static void
another_grace(void **state UNUSED)
{
	static const struct {
		int64_t grace_ms;
		const char *at;
		int ms;
		enum duty want;
	} asks[] = {
		{ 0, "2022-04-05 09:00", -1, HOURS_OFF },
		{ 0, "2022-04-05 09:00", 0, HOURS_SCHEDULE },
		{ 0, "2022-04-05 20:00", -1, HOURS_SCHEDULE },
		{ 0, "2022-04-05 20:00", 0, HOURS_OFF },
		{ 60000, "2022-04-05 08:59", -1, HOURS_OFF },
		{ 60000, "2022-04-05 08:59", 0, HOURS_SCHEDULE },
		{ 60000, "2022-04-05 20:01", -1, HOURS_SCHEDULE },
		{ 60000, "2022-04-05 20:01", 0, HOURS_OFF },
	};
	struct bench *b = bench_hours();
	struct tuple t = { .ok = 1 };
	struct seen s;

	t.text[DICT_ACCOUNT] = bench_word(b, DICT_ACCOUNT, STR("day"));
	bench_add_tuple(b, t);
	bench_ready(b);
	for (size_t i = 0; i < COUNT(asks); i++) {
		int64_t ts = instant(asks[i].at) + asks[i].ms;

		context_grace(b->c, asks[i].grace_ms);
		b->look.tuple(b->c, 1, ts, &s);
		assert_int_equal(b->look.hours(b->c, &s, ts).duty, asks[i].want);
		want_duty(b, &s, ts, asks[i].at, asks[i].want);
	}
	bench_free(b);
}

static void
travel(void **state UNUSED)
{
	static const struct {
		const char *at;
		int ms;
		uint32_t line;
	} days[] = {
		{ "2022-04-09", -1, 0 },
		{ "2022-04-09", 0, 4 },
		{ "2022-04-10", -1, 4 },
		{ "2022-04-10", 0, 0 },
	};
	struct bench *b = bench_hours();
	struct tuple t = { .ok = 1 };
	struct seen s;

	t.text[DICT_ACCOUNT] = bench_word(b, DICT_ACCOUNT, STR("day"));
	bench_add_tuple(b, t);
	bench_ready(b);
	b->look.tuple(b->c, 1, 0, &s);
	for (size_t i = 0; i < COUNT(days); i++)
		assert_int_equal(b->look.travel(b->c, &s, instant(days[i].at) + days[i].ms),
				 days[i].line);
	bench_free(b);
}

static void
day_types(void **state UNUSED)
{
	static const struct {
		const char *at;
		enum day_type want;
	} days[] = {
		{ "2022-04-28", DAYTYPE_BIZ }, { "2022-04-29", DAYTYPE_HOL },
		{ "2022-04-30", DAYTYPE_SAT }, { "2022-05-01", DAYTYPE_SUN },
		{ "2022-06-04", DAYTYPE_HOL }, { "2022-08-15", DAYTYPE_HOL },
		{ "2022-11-03", DAYTYPE_HOL }, { "2022-11-04", DAYTYPE_BIZ },
		{ "1954-01-01", DAYTYPE_BIZ }, /* a Friday, before all that is known */
		{ "2030-01-05", DAYTYPE_SAT },
	};
	struct bench *b = bench_hours();

	bench_ready(b);
	for (size_t i = 0; i < COUNT(days); i++) {
		if (b->look.day_type(b->c, jst_day(instant(days[i].at))) != days[i].want)
			fail_msg("%s", days[i].at);
	}
	bench_free(b);
}

static uint64_t seed = 20220405;

static int64_t
dice(int64_t sides)
{
	seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (int64_t)(seed >> 33) % sides;
}

/* DETECTION B.3 as it stands, in milliseconds (B.13.49), over one slot a day type. */
static bool
covered(int64_t slot[DAYTYPE_COUNT][2], const struct calendar *c, int64_t grace, int64_t ts)
{
	for (int32_t day = jst_day(ts) - 1; day <= jst_day(ts) + 1; day++) {
		const int64_t *s = slot[calendar_day(c, day)];
		int64_t off = ts - jst_day_start(day);

		if (s[0] - grace <= off && off < s[1] + grace)
			return true;
	}
	return false;
}

/* Random slots, to the second, of all four types of day: the compiled minutes against the definition. */
static void
minutes_against_the_definition(void **state UNUSED)
{
	enum { WORLDS = 300, ASKS = 400 };

	for (int w = 0; w < WORLDS; w++) {
		int64_t slot[DAYTYPE_COUNT][2], grace = dice(3) ? SHIFT_GRACE_MS : dice(7200000);
		struct arena a = { 0 };
		struct calendar c = { .count = 0 };
		struct schedule_row rows[DAYTYPE_COUNT] = { 0 };
		struct ledger l = { .table = &led_schedules,
				    .rows = (char *)rows,
				    .count = DAYTYPE_COUNT };
		struct shifts s;

		for (int t = 0; t < DAYTYPE_COUNT; t++) {
			int64_t unit = dice(2) ? 1000 : 1800000;

			slot[t][0] = dice(DAY_MS / unit) * unit;
			slot[t][1] = slot[t][0] +
				     (1 + dice(((int64_t)DAY_MS * 2 - slot[t][0]) / unit)) * unit;
			rows[t] = (struct schedule_row){ .head = { .line = 2, .count = 1 },
							 .schedule = 1,
							 .day_type = (uint8_t)(t + 1),
							 .start = slot[t][0],
							 .end = slot[t][1] };
		}
		shifts_build(&s, &l, 2, grace, &a);
		for (int k = 0; k < ASKS; k++) {
			int64_t ts = instant("2022-04-01") + dice(14 * (int64_t)DAY_MS);
			int64_t edge = slot[dice(DAYTYPE_COUNT)][dice(2)];

			/* Half of the asks stand at an edge, or a ms beside it. */
			if (dice(2))
				ts = jst_day_start(jst_day(ts)) + edge - grace + dice(3) - 1;
			assert_int_equal(shifts_cover(&s, 1, &c, ts), covered(slot, &c, grace, ts));
			assert_int_equal(shifts_slot(&s, 1, &c, ts) != 0,
					 covered(slot, &c, grace, ts));
		}
		arena_free(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(edges),
		cmocka_unit_test(another_grace),
		cmocka_unit_test(travel),
		cmocka_unit_test(day_types),
		cmocka_unit_test(minutes_against_the_definition),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
