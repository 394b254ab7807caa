/*
 * options_period.c - see options_period.h.
 */
#include "app/options_period.h"

#include "base/civil.h"

enum { FISCAL_MONTH = 4, OTHER_MONTH = 10 };

/* Four digits, a year that exists. */
static bool
year_of(struct str *v, int *year)
{
	*year = 0;
	if (v->n < 4)
		return false;
	for (int i = 0; i < 4; i++) {
		if (v->p[i] < '0' || v->p[i] > '9')
			return false;
		*year = *year * 10 + (v->p[i] - '0');
	}
	*v = str_skip(*v, 4);
	return *year >= 1 && *year < 9999;
}

/* The Monday of the week that holds 4 January. */
static int32_t
first_monday(int year)
{
	int32_t day = civil_day(year, 1, 4);

	return day - day_of_week(day);
}

bool
period_week(struct str v, int64_t *from, int64_t *to)
{
	int year, week;
	int32_t monday;

	if (!year_of(&v, &year) || v.n != 4 || v.p[0] != '-' || v.p[1] != 'W' || v.p[2] < '0' ||
	    v.p[2] > '9' || v.p[3] < '0' || v.p[3] > '9')
		return false;
	week = (v.p[2] - '0') * 10 + (v.p[3] - '0');
	if (week < 1 || week > (first_monday(year + 1) - first_monday(year)) / 7)
		return false;
	monday = first_monday(year) + 7 * (week - 1);
	*from = jst_day_start(monday);
	*to = jst_day_start(monday + 7);
	return true;
}

bool
period_half(struct str v, int64_t *from, int64_t *to)
{
	int year;

	if (!year_of(&v, &year) || v.n != 2 || v.p[0] != 'H' || (v.p[1] != '1' && v.p[1] != '2'))
		return false;
	if (v.p[1] == '1') {
		*from = jst_day_start(civil_day(year, FISCAL_MONTH, 1));
		*to = jst_day_start(civil_day(year, OTHER_MONTH, 1));
	} else {
		*from = jst_day_start(civil_day(year, OTHER_MONTH, 1));
		*to = jst_day_start(civil_day(year + 1, FISCAL_MONTH, 1));
	}
	return true;
}

int
options_period(struct options *o, struct errors *err)
{
	int64_t from = INT64_MIN, to = INT64_MAX;

	if (o->week.n == 0 && o->half.n == 0)
		return 0;
	if (o->since != INT64_MIN || o->until != INT64_MAX)
		return error_add(err, "--%s says what is read; take --since and --until out",
				 o->half.n ? "half" : "week");
	if (o->half.n && !period_half(o->half, &from, &to))
		return error_add(err,
				 "--half '" STR_FMT
				 "'; like 2026H1 (April to September) or 2026H2 (October to March)",
				 STR_ARG(o->half));
	if (o->week.n && !period_week(o->week, &o->week_from, &o->week_to))
		return error_add(err,
				 "--week '" STR_FMT
				 "'; a week by ISO 8601, like 2026-W14, that its year has",
				 STR_ARG(o->week));
	if (o->week.n && o->half.n && (o->week_to <= from || o->week_from >= to))
		return error_add(err, "no day of --week " STR_FMT " lies in --half " STR_FMT,
				 STR_ARG(o->week), STR_ARG(o->half));
	o->since = o->half.n ? from : o->week_from;
	o->until = o->half.n ? to : o->week_to;
	return 0;
}
