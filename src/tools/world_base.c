/*
 * world_base.c - memory, text, files and the civil calendar of the generator.
 * Hides that holidays are computed, not read: a world may begin in any year.
 */
#include "tools/world_gen.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const system_ids[SYSTEMS] = { "takuso", "keiyaku", "saiene" };
const char *const org_ids[ORGS] = {
	"KPG", "KEP", "KCC", "KCS", "NEWA", "NEWB", "NEWC", "MOI", "KHD"
};
const char *const screen_ids[SCREENS] = { "contract", "meter",   "usage",  "bill",
					  "address",  "history", "outage", "stat" };

void
die(const char *what, const char *name)
{
	fprintf(stderr, "worldgen: %s '%s': %s\n", what, name, strerror(errno));
	exit(2);
}

void *
grown(void *p, size_t size)
{
	p = realloc(p, size);
	if (p == NULL)
		die("no memory for", "the world");
	return p;
}

void
text_add(struct text *t, const char *fmt, ...)
{
	va_list ap;
	int n;

	if (t->cap - t->n < 1024) {
		t->cap = t->cap * 2 + 4096;
		t->p = grown(t->p, t->cap);
	}
	va_start(ap, fmt);
	n = vsnprintf(t->p + t->n, t->cap - t->n, fmt, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= t->cap - t->n)
		die("too long a text", fmt);
	t->n += (size_t)n;
}

void
save(const struct world *w, const char *name, struct text *t)
{
	char path[4096];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", w->out, name);
	f = fopen(path, "wb");
	if (f == NULL)
		die("cannot write", path);
	if (t->n != 0 && fwrite(t->p, 1, t->n, f) != t->n)
		die("cannot write", path);
	if (fclose(f) != 0)
		die("cannot write", path);
	free(t->p);
	*t = (struct text){ 0 };
}

int32_t
day_of(int year, int month, int day)
{
	int y = month <= 2 ? year - 1 : year;
	int era = y / 400, yoe = y - era * 400;
	int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

void
civil_of(int32_t day, int *year, int *month, int *dom)
{
	int z = day + 719468, era = z / 146097, doe = z - era * 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;

	*dom = doy - (153 * mp + 2) / 5 + 1;
	*month = mp < 10 ? mp + 3 : mp - 9;
	*year = yoe + era * 400 + (*month <= 2);
}

const char *
date_text(int32_t day, char buf[16])
{
	int y, m, d;

	civil_of(day, &y, &m, &d);
	snprintf(buf, 16, "%04u-%02u-%02u", (unsigned)y % 10000, (unsigned)m % 100,
		 (unsigned)d % 100);
	return buf;
}

const char *
time_text(int64_t at, char buf[32])
{
	char date[16];
	unsigned s = (unsigned)(at % DAY_S);

	snprintf(buf, 32, "%s %02u:%02u:%02u", date_text((int32_t)(at / DAY_S), date), s / 3600,
		 s / 60 % 60, s % 60);
	return buf;
}

/* 0 = Sunday */
static int
weekday(int32_t day)
{
	return (day + 4) % 7;
}

/* The name of the holiday, NULL if none.  The equinoxes are those of 2020-2030. */
static const char *
holiday_itself(int32_t day)
{
	static const struct {
		int month, day, monday; /* monday = the nth Monday of the month */
		const char *name;
	} rules[] = {
		{ 1, 1, 0, "元日" },          { 1, 0, 2, "成人の日" },
		{ 2, 11, 0, "建国記念の日" }, { 2, 23, 0, "天皇誕生日" },
		{ 3, 21, 0, "春分の日" },     { 4, 29, 0, "昭和の日" },
		{ 5, 3, 0, "憲法記念日" },    { 5, 4, 0, "みどりの日" },
		{ 5, 5, 0, "こどもの日" },    { 7, 0, 3, "海の日" },
		{ 8, 11, 0, "山の日" },       { 9, 0, 3, "敬老の日" },
		{ 9, 23, 0, "秋分の日" },     { 10, 0, 2, "スポーツの日" },
		{ 11, 3, 0, "文化の日" },     { 11, 23, 0, "勤労感謝の日" },
	};
	int y, m, d;

	civil_of(day, &y, &m, &d);
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		int dom = rules[i].day;

		if (rules[i].month != m)
			continue;
		if (rules[i].monday != 0 ? weekday(day) == 1 && (d - 1) / 7 + 1 == rules[i].monday
					 : d == dom - (m == 3 && dom == 21 && y % 4 < 2))
			return rules[i].name;
	}
	return NULL;
}

/* With the substitute: the first free day after a run of holidays that holds a Sunday. */
static const char *
holiday(int32_t day)
{
	const char *name = holiday_itself(day);

	for (int32_t d = day - 1; name == NULL && holiday_itself(d) != NULL; d--) {
		if (weekday(d) == 0)
			return "休日";
	}
	return name;
}

void
calendar_build(struct world *w)
{
	struct rng r = { mix64(w->seed ^ 0xca1e) };

	w->closure = w->gap_day = w->area_day = w->storm_day = -1;
	for (int i = 0; i < w->days; i++) {
		int wd = weekday(w->day0 + i);

		w->hol[i] = wd == 0 || wd == 6 || holiday(w->day0 + i) != NULL;
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
		w->area_day = w->biz[n * 70 / 100 + (int)rng_below(&r, 2)];
		w->storm_day = w->biz[n - 2 - (int)rng_below(&r, 2)];
		if (w->systems > 1 && w->seed % 3 == 0)
			w->gap_day = w->biz[n * 80 / 100];
		if (w->gap_day == w->storm_day || w->gap_day == w->area_day)
			w->gap_day = -1;
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
}

void
holidays_write(const struct world *w)
{
	struct text t = { 0 }, c = { 0 };
	char buf[16];

	text_add(&t, "date,name\n");
	/* from before the first day: a baseline may be asked for days no log has */
	for (int32_t d = w->day0 - 60; d < w->day0 + w->days + 60; d++) {
		const char *name = holiday(d);

		if (name != NULL)
			text_add(&t, "%s,%s\n", date_text(d, buf), name);
	}
	text_add(&c, "date,name\n");
	if (w->closure >= 0)
		text_add(&c, "%s,創立記念日\n", date_text(w->day0 + w->closure, buf));
	save(w, "ledgers/holidays.csv", &t);
	save(w, "ledgers/closures.csv", &c);
}
