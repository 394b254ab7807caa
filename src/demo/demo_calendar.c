/*
 * demo_calendar.c - Japanese holidays, and which days of this world are special.
 * Hides the law's history: equinoxes are computed (1980-2099), moved days tabled, substitutes derived.
 */
#include "demo/world.h"

#include "base/civil.h"
#include "demo/faults.h"

/* Days that one year's law moved or made; "" = what the rule says is no holiday this year. */
static const struct {
	int year, month, day;
	const char *name;
} moved_days[] = {
	{ 2019, 4, 30, "休日" },
	{ 2019, 5, 1, "休日（祝日扱い）" },
	{ 2019, 5, 2, "休日" },
	{ 2019, 10, 22, "休日（祝日扱い）" },
	{ 2020, 7, 20, "" },
	{ 2020, 7, 23, "海の日" },
	{ 2020, 7, 24, "スポーツの日" },
	{ 2020, 8, 10, "山の日" },
	{ 2020, 8, 11, "" },
	{ 2020, 10, 12, "" },
	{ 2021, 7, 19, "" },
	{ 2021, 7, 22, "海の日" },
	{ 2021, 7, 23, "スポーツの日" },
	{ 2021, 8, 8, "山の日" },
	{ 2021, 8, 11, "" },
	{ 2021, 10, 11, "" },
};

enum { SPRING = -1, AUTUMN = -2 };

/* day 0: the nth Monday; from and to: first and last year of the rule */
static const struct {
	int month, day, monday, from, to;
	const char *name;
} holiday_rules[] = {
	{ 1, 1, 0, 1949, 9999, "元日" },           { 1, 0, 2, 2000, 9999, "成人の日" },
	{ 2, 11, 0, 1967, 9999, "建国記念の日" },  { 2, 23, 0, 2020, 9999, "天皇誕生日" },
	{ 3, SPRING, 0, 1949, 9999, "春分の日" },  { 4, 29, 0, 2007, 9999, "昭和の日" },
	{ 5, 3, 0, 1949, 9999, "憲法記念日" },     { 5, 4, 0, 2007, 9999, "みどりの日" },
	{ 5, 5, 0, 1949, 9999, "こどもの日" },     { 7, 0, 3, 2003, 9999, "海の日" },
	{ 8, 11, 0, 2016, 9999, "山の日" },        { 9, 0, 3, 2003, 9999, "敬老の日" },
	{ 9, AUTUMN, 0, 1948, 9999, "秋分の日" },  { 10, 0, 2, 2000, 2019, "体育の日" },
	{ 10, 0, 2, 2020, 9999, "スポーツの日" },  { 11, 3, 0, 1948, 9999, "文化の日" },
	{ 11, 23, 0, 1948, 9999, "勤労感謝の日" }, { 12, 23, 0, 1989, 2018, "天皇誕生日" },
};

/* The usual approximation for 1980 to 2099, in millionths of a day. */
static int
equinox(int year, int which)
{
	int n = year - 1980, from = which == SPRING ? 20843100 : 23248800;

	return (from + 242194 * n) / 1000000 - n / 4;
}

/* The holiday by its own name; Monday = 0. */
static const char *
holiday_itself(int32_t day)
{
	struct civil c = civil_from_day(day);

	for (size_t i = 0; i < COUNT(moved_days); i++) {
		if (moved_days[i].year == c.year && moved_days[i].month == c.month &&
		    moved_days[i].day == c.day)
			return moved_days[i].name[0] != '\0' ? moved_days[i].name : NULL;
	}
	for (size_t i = 0; i < COUNT(holiday_rules); i++) {
		int dom = holiday_rules[i].day;

		if (holiday_rules[i].month != c.month || c.year < holiday_rules[i].from ||
		    c.year > holiday_rules[i].to)
			continue;
		if (dom < 0)
			dom = equinox(c.year, dom);
		if (holiday_rules[i].monday != 0
			    ? day_of_week(day) == 0 &&
				      (c.day - 1) / 7 + 1 == holiday_rules[i].monday
			    : c.day == dom)
			return holiday_rules[i].name;
	}
	return NULL;
}

/*
 * With the substitute (the first free day after a run of holidays that holds a Sunday) and the day between two
 * holidays.  "休日" is what the Cabinet Office calls both.
 */
const char *
holiday_name(int32_t day)
{
	const char *name = holiday_itself(day);

	for (int32_t d = day - 1; name == NULL && holiday_itself(d) != NULL; d--) {
		if (day_of_week(d) == 6)
			return "休日";
	}
	if (name == NULL && day_of_week(day) != 6 && holiday_itself(day - 1) != NULL &&
	    holiday_itself(day + 1) != NULL)
		return "休日";
	return name;
}

/* The company is closed from 29 December to 3 January. */
static bool
year_end(int32_t day)
{
	struct civil c = civil_from_day(day);

	return (c.month == 12 && c.day >= 29) || (c.month == 1 && c.day <= 3);
}

/* Not while ids of the storm are still about (J-04 is, till its third day), nor on the next storm's; -1 = none. */
static int
silent_day(const struct world *w, int from)
{
	while (from < w->biz_count && w->biz[from] <= w->area_day + 3)
		from++;
	return from < w->biz_count && w->biz[from] < w->storm_day ? w->biz[from] : -1;
}

void
calendar_build(struct world *w)
{
	struct rng r = { mix64(w->o->seed ^ 0xca1e) };

	w->closure = w->gap_day = w->area_day = w->storm_day = w->hole_day = -1;
	for (int i = 0; i < w->days; i++) {
		int32_t day = w->day0 + i;

		w->hol[i] = day_of_week(day) >= 5 || holiday_name(day) != NULL || year_end(day);
		if (!w->hol[i])
			w->biz[w->biz_count++] = i;
	}
	/* The closure, the storms and the silent day lie apart, each by seed. */
	if (w->biz_count >= 8) {
		int n = w->biz_count, at = n * 55 / 100 + (int)rng_below(&r, 2);

		w->closure = w->biz[at];
		w->hol[w->closure] = true;
		memmove(w->biz + at, w->biz + at + 1, sizeof(int) * (size_t)(n - at - 1));
		n = --w->biz_count;
		at = n * 70 / 100 + (int)rng_below(&r, 2);
		w->area_day =
			w->biz[at > n - 6 ? n - 6
					  : at]; /* three days before the next storm at least */
		w->storm_day = w->biz[n - 2 - (int)rng_below(&r, 2)];
		if (w->systems > 1 && (w->fault & 1ULL << FAULT_SILENT_DAY) && w->o->seed % 3 == 0)
			w->gap_day = silent_day(w, n * 80 / 100);
		if (w->systems > 2)
			w->hole_day = w->biz[n - 1]; /* J-17 takes lines out then */
	} else if (w->days >= 2) {
		w->storm_day = w->days - 1;
	}
	if (w->area_day >= 0) {
		w->area_from = days_s(w->day0 + w->area_day) + hours_s(8) + minutes_s(30);
		w->area_to = w->area_from + DAY_S + minutes_s(90);
		w->special[w->area_day] = w->special[w->area_day + 1] = true;
	}
	if (w->storm_day >= 0) {
		w->storm_from = days_s(w->day0 + w->storm_day) + hours_s(6);
		w->storm_to = w->storm_from + hours_s(16);
		w->special[w->storm_day] = true;
	}
	if (w->gap_day >= 0)
		w->special[w->gap_day] = true;
	if (w->hole_day >= 0)
		w->special[w->hole_day] = true;
}

/* The company's own: the founding day, and 29 December to 3 January where they are no holidays anyway. */
static void
closures_write(struct world *w)
{
	struct out t;
	char buf[16];

	ledger_begin(w, "ledgers/closures.csv", "date,name\n", &t);
	for (int32_t d = w->day0 - 60; d < w->day0 + w->days + 60; d++) {
		if (w->closure >= 0 && d == w->day0 + w->closure)
			demo_row(&t, "%s,創立記念日\n", date_text(d, buf));
		else if (year_end(d) && holiday_name(d) == NULL)
			demo_row(&t, "%s,年末年始\n", date_text(d, buf));
	}
	ledger_end(w, &t);
}

void
holidays_write(struct world *w)
{
	struct out t;
	char buf[16];

	ledger_begin(w, "ledgers/holidays.csv", "date,name\n", &t);
	/* from before the first day: a baseline may be asked for days no log has */
	for (int32_t d = w->day0 - 60; d < w->day0 + w->days + 60; d++) {
		const char *name = holiday_name(d);

		if (name != NULL)
			demo_row(&t, "%s,%s\n", date_text(d, buf), name);
	}
	ledger_end(w, &t);
	closures_write(w);
}
