/*
 * options_demo.c - reads the options of `sekisho demo`.  Setters say what would be right.
 */
#include "app/options_demo.h"

#include "base/civil.h"

static int
demo_number(const char *name, struct str v, uint64_t least, uint64_t most, uint64_t *out,
	    struct errors *err)
{
	if (!str_to_u64(v, out) || *out < least || *out > most)
		return error_add(err, "--%s '" STR_FMT "'; a number from %llu to %llu", name,
				 STR_ARG(v), (unsigned long long)least, (unsigned long long)most);
	return 0;
}

int
set_demo_accounts(struct options *o, struct str v, struct errors *err)
{
	uint64_t n = 0;
	int rc = demo_number("accounts", v, 1, 990000, &n, err);

	o->demo.accounts = (uint32_t)n;
	return rc;
}

int
set_demo_consumers(struct options *o, struct str v, struct errors *err)
{
	uint64_t n = 0;
	int rc = demo_number("consumers", v, 2100, 30000000, &n, err);

	o->demo.consumers = (uint32_t)n;
	return rc;
}

int
set_demo_networks(struct options *o, struct str v, struct errors *err)
{
	uint64_t n = 0;
	int rc = demo_number("networks", v, 1, 7900, &n, err);

	o->demo.networks = (uint32_t)n;
	return rc;
}

int
set_demo_days(struct options *o, struct str v, struct errors *err)
{
	uint64_t n = 0;
	int rc = demo_number("days", v, 1, 1490, &n, err);

	o->demo.days = (int)n;
	return rc;
}

int
set_demo_systems(struct options *o, struct str v, struct errors *err)
{
	uint64_t n = 0;
	int rc = demo_number("systems", v, 1, 23, &n, err);

	o->demo.systems = (int)n;
	return rc;
}

int
set_demo_seed(struct options *o, struct str v, struct errors *err)
{
	return demo_number("seed", v, 0, UINT64_MAX / 16, &o->demo.seed, err);
}

int
set_demo_lines(struct options *o, struct str v, struct errors *err)
{
	return demo_number("lines", v, 1, UINT64_C(1) << 40, &o->demo.lines, err);
}

int
set_demo_from(struct options *o, struct str v, struct errors *err)
{
	int64_t ts;

	if (v.n > 10 || !civil_parse_jst(v, &ts) || ts < 0)
		return error_add(err,
				 "--from '" STR_FMT "'; a date like 2022-11-01, not before 1970",
				 STR_ARG(v));
	o->demo.day0 = jst_day(ts);
	return 0;
}

int
set_demo_faults(struct options *o, struct str v, struct errors *err)
{
	return demo_faults_named(v, &o->demo.faults, err) ? 0 : -1;
}

int
set_demo_incidents(struct options *o, struct str v, struct errors *err)
{
	return demo_families_named(v, &o->demo.families, err) ? 0 : -1;
}

int
set_demo_difficulty(struct options *o, struct str v, struct errors *err)
{
	struct str rest = v;

	o->demo.levels = 0;
	while (rest.n) {
		struct str name = str_split(&rest, ',');

		if (str_is(name, "easy"))
			o->demo.levels |= 1U << LEVEL_EASY;
		else if (str_is(name, "medium"))
			o->demo.levels |= 1U << LEVEL_MEDIUM;
		else if (str_is(name, "hard"))
			o->demo.levels |= 1U << LEVEL_HARD;
		else if (str_is(name, "very-hard"))
			o->demo.levels |= 1U << LEVEL_VERY_HARD;
		else if (str_is(name, "all"))
			o->demo.levels |= (1U << LEVELS) - 1;
		else
			return error_add(err,
					 "--difficulty '" STR_FMT
					 "'; easy, medium, hard, very-hard or all",
					 STR_ARG(name));
	}
	return 0;
}

int
set_demo_formats(struct options *o, struct str v, struct errors *err)
{
	if (!str_is(v, "combined") && !str_is(v, "all"))
		return error_add(err, "--formats '" STR_FMT "'; combined or all", STR_ARG(v));
	o->demo.combined = str_is(v, "combined");
	return 0;
}

int
set_demo_size(struct options *o, struct str v, struct errors *err)
{
	if (!str_is(v, "small") && !str_is(v, "utility"))
		return error_add(err, "--size '" STR_FMT "'; small or utility", STR_ARG(v));
	o->utility = str_is(v, "utility");
	return 0;
}

int
set_demo_out(struct options *o, struct str v, struct errors *err)
{
	if (v.n == 0)
		return error_add(err, "--out ''; the name of a folder");
	o->demo.out = v;
	return 0;
}

int
set_demo_stream(struct options *o, struct str v, struct errors *err)
{
	(void)err;
	o->demo.stream = v;
	return 0;
}

int
set_demo_no_scan(struct options *o, struct str v, struct errors *err)
{
	(void)v;
	(void)err;
	o->no_scan = true;
	return 0;
}
