/*
 * geo_point_test.c - distances worked out with fifty digits by another formula (the angle between vectors).
 */
#include "base/geo_point.h"
#include "base/test_wall.h"

#include <math.h>

static void
distances(void **state UNUSED)
{
	static const struct {
		const char *name;
		struct geo_point a, b;
		int32_t km;
	} cases[] = {
		{ "nowhere", { 35000000, 135000000 }, { 35000000, 135000000 }, 0 },
		{ "one millionth of a degree", { 0, 0 }, { 0, 1 }, 0 },
		{ "0.99998 km is none", { 0, 0 }, { 0, 8993 }, 0 },
		{ "1.00009 km is one", { 0, 0 }, { 0, 8994 }, 1 },
		{ "499.99989 km", { 0, 0 }, { 4496608, 0 }, 499 },
		{ "500.00011 km", { 0, 0 }, { 4496609, 0 }, 500 },
		{ "a degree of the equator", { 0, 0 }, { 0, 1000000 }, 111 },
		{ "a degree at 60 north", { 60000000, 10000000 }, { 60000000, 11000000 }, 55 },
		{ "a degree across the date line", { 0, 179500000 }, { 0, -179500000 }, 111 },
		{ "a quarter of the equator", { 0, 0 }, { 0, 90000000 }, 10007 },
		{ "pole to pole", { 90000000, 0 }, { -90000000, 0 }, 20015 },
		{ "to the other side", { 12345678, 100000000 }, { -12345678, -80000000 }, 20015 },
		{ "a pole has no longitude", { 90000000, 10000000 }, { 90000000, -170000000 }, 0 },
		{ "Tokyo to Osaka", { 35681236, 139767125 }, { 34702485, 135495951 }, 403 },
		{ "Tokyo to Sapporo", { 35681236, 139767125 }, { 43068661, 141350755 }, 832 },
		{ "Tokyo to Naha", { 35681236, 139767125 }, { 26212401, 127680932 }, 1558 },
		{ "London to New York", { 51507222, -127500 }, { 40712778, -74006111 }, 5570 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		want_i64(cases[i].name, "km", cases[i].km, geo_distance_km(cases[i].a, cases[i].b));
		want_i64(cases[i].name, "km back", cases[i].km,
			 geo_distance_km(cases[i].b, cases[i].a));
	}
}

static void
never_beyond_half_the_globe(void **state UNUSED)
{
	struct dice d = { .x = 20260401 };

	for (int i = 0; i < 200000; i++) {
		struct geo_point a = { (int32_t)throw_of(&d, 180000001) - 90000000,
				       (int32_t)throw_of(&d, 360000001) - 180000000 };
		struct geo_point b = { -a.lat, a.lon > 0 ? a.lon - 180000000 : a.lon + 180000000 };

		want_i64("opposite points", "km", 20015, geo_distance_km(a, b));
		want_i64("the same point", "km", 0, geo_distance_km(a, a));
	}
}

static void
what_is_a_place(void **state UNUSED)
{
	static const struct {
		const char *name;
		double lat, lon;
		bool place;
		struct geo_point at;
	} cases[] = {
		{ "zero", 0, 0, true, { 0, 0 } },
		{ "five digits", 35.68536, 139.75309, true, { 35685360, 139753090 } },
		{ "the sixth is rounded", -1.0000005, 0.0000006, true, { -1000001, 1 } },
		{ "the corners", -90, 180, true, { -90000000, 180000000 } },
		{ "beyond a pole", 90.000001, 0, false, { 0, 0 } },
		{ "once around", 0, -180.000001, false, { 0, 0 } },
		{ "no number", (double)NAN, 0, false, { 0, 0 } },
		{ "no number, the other way", 0, -(double)NAN, false, { 0, 0 } },
		{ "without end", 0, (double)INFINITY, false, { 0, 0 } },
		{ "the greatest", 1.7e308, 0, false, { 0, 0 } },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct geo_point at = { 0 };

		want_bool(cases[i].name, "a place", cases[i].place,
			  geo_point_from(cases[i].lat, cases[i].lon, &at));
		want_i64(cases[i].name, "lat", cases[i].at.lat, at.lat);
		want_i64(cases[i].name, "lon", cases[i].at.lon, at.lon);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(distances),
		cmocka_unit_test(never_beyond_half_the_globe),
		cmocka_unit_test(what_is_a_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
