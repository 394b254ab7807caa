/*
 * zone_test.c - every change of every zone of this machine from 1970 to 2037 against glibc; names that are refused;
 * rules of POSIX; files that lie about themselves.
 */
#include "base/test_told.h"

#include "base/civil.h"
#include "base/zone_own.h"

#include <dirent.h>
#include <sys/stat.h>

static const char folder[] = "/usr/share/zoneinfo";
static const struct place nowhere = { { "kasumi.yaml", 11 }, 3, 9 };

static const struct zone *
load(struct arena *a, const char *name)
{
	struct errors err = { 0 };
	const struct zone *z = zone_load(a, str_of(name), NULL, &err, nowhere);

	if (!z)
		fail_msg("%s: " STR_FMT, name, STR_ARG(err.list.at[0]));
	errors_free(&err);
	return z;
}

/* --- glibc as the second opinion ---------------------------------------------------------------- */

static int32_t
glibc_offset(int64_t utc)
{
	time_t t = (time_t)utc;
	struct tm tm;

	if (!localtime_r(&t, &tm))
		fail_msg("localtime_r(%lld)", (long long)utc);
	return (int32_t)tm.tm_gmtoff;
}

/* What local times can be, found by trying each offset that glibc knows around them. */
static enum zone_local
glibc_to_utc(int64_t local, const int32_t *offset, size_t count, int64_t utc[2])
{
	size_t found = 0;

	for (size_t i = 0; i < count; i++) {
		int64_t u = local - offset[i];

		if (glibc_offset(u) != offset[i])
			continue;
		utc[0] = found ? min_i64(utc[0], u) : u;
		utc[1] = found ? max_i64(utc[1], u) : u;
		found++;
	}
	return found == 0 ? ZONE_NEVER : utc[0] == utc[1] ? ZONE_ONCE : ZONE_TWICE;
}

static void
want_local(const char *name, const struct zone *z, int64_t local, const int32_t *offset,
	   size_t count)
{
	int64_t want[2] = { 0 }, got[2] = { 0 };
	enum zone_local w = glibc_to_utc(local, offset, count, want),
			g = zone_to_utc(z, local, got);

	if (w != g || (w != ZONE_NEVER && (want[0] != got[0] || want[1] != got[1])))
		fail_msg("%s, local %lld: wanted %d %lld %lld, got %d %lld %lld", name,
			 (long long)local, (int)w, (long long)want[0], (long long)want[1], (int)g,
			 (long long)got[0], (long long)got[1]);
}

/* An offset at which a change was made, both ways. */
static void
around(const char *name, const struct zone *z, int64_t change)
{
	static const int64_t beside[] = { -3601, -3600, -3599, -1, 0, 1, 3599, 3600, 3601 };
	int32_t offset[4] = { glibc_offset(change - 86400), glibc_offset(change - 1),
			      glibc_offset(change), glibc_offset(change + 86400) };
	size_t count = 0;

	for (size_t i = 0; i < COUNT(offset); i++) {
		bool again = false;

		for (size_t k = 0; k < count; k++)
			again |= offset[k] == offset[i];
		if (!again)
			offset[count++] = offset[i];
	}
	for (size_t i = 0; i < COUNT(beside); i++) {
		int64_t t = change + beside[i];

		want_i64(name, "offset", glibc_offset(t), zone_offset(z, t));
		for (size_t k = 0; k < count; k++)
			want_local(name, z, t + offset[k], offset, count);
	}
}

/* The first second of another offset in (from, to]. */
static int64_t
find_change(int64_t from, int64_t to)
{
	int32_t before = glibc_offset(from);

	while (to - from > 1) {
		int64_t mid = from + (to - from) / 2;

		if (glibc_offset(mid) == before)
			from = mid;
		else
			to = mid;
	}
	return to;
}

struct tally {
	unsigned zones, changes;
};

/*
 * glibc is asked every fifteen days, to find what we lack; then all of ours are looked at closely, which also finds two
 * changes within fifteen days.
 */
static void
compare(const char *name, const struct zone *z, struct tally *n)
{
	static const int64_t from = 0, to = 2145916800 /* 2038 */, step = 15LL * 86400;
	int32_t before, now;

	setenv("TZ", name, 1);
	tzset();
	before = glibc_offset(from);
	for (int64_t t = from; t < to; t += step) {
		now = glibc_offset(t + step);
		want_i64(name, "offset", now, zone_offset(z, t + step));
		if (before != now) {
			int64_t at = find_change(t, t + step);

			want_i64(name, "offset before a change", before, zone_offset(z, at - 1));
			want_i64(name, "offset after it", glibc_offset(at), zone_offset(z, at));
		}
		before = now;
	}
	for (size_t i = 0; i < z->count && z->change[i].at < to; i++) {
		if (z->change[i].at < from)
			continue;
		around(name, z, z->change[i].at);
		n->changes++;
	}
	n->zones++;
}

static bool
is_tzif(const char *path)
{
	FILE *f = fopen(path, "rb");
	char head[4] = { 0 };
	bool yes = f && fread(head, 1, 4, f) == 4 && memcmp(head, "TZif", 4) == 0;

	if (f)
		fclose(f);
	return yes;
}

/* Links are other names of the same; folders are two deep at most: America/Argentina/Ushuaia. */
static void
compare_folder(struct arena *a, const char *below, int depth, struct tally *n)
{
	char path[600], name[400];
	struct dirent *e;
	DIR *d;

	snprintf(path, sizeof(path), "%s/%s", folder, below);
	d = opendir(path);
	while (d && (e = readdir(d))) {
		struct stat st;

		if (e->d_name[0] == '.' || strcmp(e->d_name, "right") == 0 ||
		    strcmp(e->d_name, "posix") == 0)
			continue;
		snprintf(name, sizeof(name), "%s%s%s", below, *below ? "/" : "", e->d_name);
		snprintf(path, sizeof(path), "%s/%s", folder, name);
		if (lstat(path, &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode) && depth < 2)
			compare_folder(a, name, depth + 1, n);
		else if (S_ISREG(st.st_mode) && is_tzif(path))
			compare(name, load(a, name), n);
	}
	if (d)
		closedir(d);
}

static void
every_change_of_every_zone_agrees_with_glibc(void **state UNUSED)
{
	struct arena a = { 0 };
	struct tally n = { 0 };

	compare_folder(&a, "", 0, &n);
	unsetenv("TZ");
	tzset();
	if (n.zones == 0) {
		print_message("# skipped: no time zones in %s\n", folder);
		skip();
	}
	print_message("# %u zones, %u changes from 1970 to 2037\n", n.zones, n.changes);
	arena_free(&a);
}

/* --- what needs no file --------------------------------------------------------------------------- */

static void
some_zones_need_no_file(void **state UNUSED)
{
	static const struct {
		const char *name;
		int64_t utc;
		int32_t want;
	} cases[] = {
		{ "UTC", 1775000000, 0 },
		{ "GMT", 1775000000, 0 },
		{ "Etc/UTC", -1775000000, 0 },
		{ "JST", 1775000000, 32400 },
		{ "Japan", 1775000000, 32400 },
		{ "Asia/Tokyo", 1775000000, 32400 },
		{ "Asia/Tokyo", 253402300799, 32400 },
		{ "Asia/Tokyo", -588848401, 32400 }, /* 1951-05-05 15:00 UTC, the last summer */
		{ "Asia/Tokyo", -588848400, 36000 },
		{ "Asia/Tokyo", -577962001, 36000 },
		{ "Asia/Tokyo", -577962000, 32400 },
		{ "Asia/Tokyo", -2587712401, 33539 }, /* the sun's time, until 1888 */
		{ "+09:00", 0, 32400 },
		{ "+0900", 0, 32400 },
		{ "+09", 0, 32400 },
		{ "-03:30", 0, -12600 },
		{ "+14:59", 0, 53940 },
		{ "-14:59", 0, -53940 },
	};
	struct arena a = { 0 };

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct errors err = { 0 };
		const struct zone *z =
			zone_load(&a, walled(str_of(cases[i].name)), "/nowhere", &err, nowhere);

		assert_non_null(z);
		want_i64(cases[i].name, "offset", cases[i].want, zone_offset(z, cases[i].utc));
	}
	arena_free(&a);
}

static void
names_are_refused(void **state UNUSED)
{
	static const struct {
		const char *name;
		struct str zone;
		const char *want; /* part of the message */
	} cases[] = {
		{ "nothing", BYTES(""), "is no name of a time zone" },
		{ "a path from the root", BYTES("/etc/passwd"), "is no name of a time zone" },
		{ "a way up", BYTES("../../../etc/passwd"), "is no name of a time zone" },
		{ "a way up inside", BYTES("Asia/../../x"), "is no name of a time zone" },
		{ "a NUL inside", BYTES("Asia/Tokyo\0x"), "is no name of a time zone" },
		{ "a NUL behind a built-in name", BYTES("UTC\0"), "is no name of a time zone" },
		{ "TZ's colon", BYTES(":Asia/Tokyo"), "is no name of a time zone" },
		{ "a blank", BYTES("Asia Tokyo"), "is no name of a time zone" },
		{ "an offset too far", BYTES("+15:00"), "is no name of a time zone" },
		{ "minutes of an offset past 59", BYTES("+09:60"), "is no name of a time zone" },
		{ "a zone there is not", BYTES("Asia/Kasumi"),
		  "there is no time zone 'Asia/Kasumi' in '/usr/share/zoneinfo'" },
		{ "a folder", BYTES("Asia"), "there is no time zone 'Asia'" },
		{ "a file that is no zone", BYTES("zone.tab"), "'zone.tab'" },
		{ "seconds that leap", BYTES("right/Asia/Tokyo"), "'right/Asia/Tokyo'" },
	};
	struct arena a = { 0 };

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct errors err = { 0 };

		want_bool(cases[i].name, "accepted", false,
			  zone_load(&a, walled(cases[i].zone), NULL, &err, nowhere) != NULL);
		want_told(cases[i].name, &err, "kasumi.yaml:3:9: ", cases[i].want);
	}
	arena_free(&a);
}

/* TZ names a file, a zone, nonsense: no answer of ours may depend on it. */
static void
tz_is_never_read(void **state UNUSED)
{
	static const char *const values[] = { "/etc/passwd", ":x", "EST5EDT", "", "Asia/Tokyo" };
	struct arena a = { 0 };

	for (size_t i = 0; i < COUNT(values); i++) {
		const struct zone *z;
		int64_t utc[2];

		setenv("TZ", values[i], 1);
		z = load(&a, "Asia/Tokyo");
		want_i64(values[i], "offset", 32400, zone_offset(z, 1775000000));
		want_i64(values[i], "kind", ZONE_ONCE, zone_to_utc(z, 1775032400, utc));
		want_i64(values[i], "utc", 1775000000, utc[0]);
	}
	unsetenv("TZ");
	arena_free(&a);
}

/* --- rules ------------------------------------------------------------------------------------------ */

static int64_t
at_utc(int y, int m, int d, int64_t seconds)
{
	return civil_day(y, m, d) * 86400LL + seconds;
}

static const struct {
	const char *name, *rule;
	int year;
	int begin[3], end[3]; /* month, day, second of the day, UTC */
	int32_t standard, summer;
} summers[] = {
	{ "the second Sunday of March and the first of November",
	  "EST5EDT,M3.2.0,M11.1.0",
	  2026,
	  { 3, 8, 25200 },
	  { 11, 1, 21600 },
	  -18000,
	  -14400 },
	{ "last Sundays, at one in the morning UTC",
	  "CET-1CEST,M3.5.0,M10.5.0/3",
	  2026,
	  { 3, 29, 3600 },
	  { 10, 25, 3600 },
	  3600,
	  7200 },
	{ "the fifth Sunday where the month has five",
	  "CET-1CEST,M3.5.0,M10.5.0/3",
	  2028,
	  { 3, 26, 3600 },
	  { 10, 29, 3600 },
	  3600,
	  7200 },
	{ "quoted names and negative hours",
	  "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
	  2026,
	  { 3, 29, 3600 },
	  { 10, 25, 3600 },
	  -7200,
	  -3600 },
	{ "half an hour of summer, in the south",
	  "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
	  2026,
	  { 10, 3, 55800 },
	  { 4, 4, 54000 },
	  37800,
	  39600 },
	{ "hours past 24 are the days after: Thursday and fifty hours",
	  "EET-2EEST,M3.4.4/50,M10.4.4/50",
	  2026,
	  { 3, 28, 0 },
	  { 10, 23, 82800 },
	  7200,
	  10800 },
	{ "Jn counts no 29 February",
	  "AAA0BBB,J60/0,J300/0",
	  2024,
	  { 3, 1, 0 },
	  { 10, 26, 82800 },
	  0,
	  3600 },
	{ "n counts it", "AAA0BBB,59/0,300/0", 2024, { 2, 29, 0 }, { 10, 26, 82800 }, 0, 3600 },
	{ "n in a common year",
	  "AAA0BBB,59/0,300/0",
	  2023,
	  { 3, 1, 0 },
	  { 10, 27, 82800 },
	  0,
	  3600 },
	{ "summer that is behind the standard",
	  "IST-1GMT0,M10.5.0,M3.5.0/1",
	  2026,
	  { 10, 25, 3600 },
	  { 3, 29, 3600 },
	  3600,
	  0 },
	{ "offsets with seconds",
	  "AAA-1:02:03BBB,M3.2.0,M11.1.0",
	  2026,
	  { 3, 8, 3477 },
	  { 10, 31, 86277 },
	  3723,
	  7323 },
};

static void
rules_say_when_summer_is(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(summers); i++) {
		struct zone_rule rule;
		struct zone_change two[2];
		const int *b = summers[i].begin, *e = summers[i].end;

		want_bool(summers[i].name, "read", true,
			  zone_rule_read(walled(str_of(summers[i].rule)), &rule));
		zone_rule_year(&rule, summers[i].year, two);
		want_i64(summers[i].name, "standard", summers[i].standard, rule.standard);
		want_i64(summers[i].name, "summer", summers[i].summer, rule.summer);
		want_i64(summers[i].name, "begin", at_utc(summers[i].year, b[0], b[1], b[2]),
			 two[0].at);
		want_i64(summers[i].name, "end", at_utc(summers[i].year, e[0], e[1], e[2]),
			 two[1].at);
	}
}

static void
rules_are_refused(void **state UNUSED)
{
	static const char *const wrong[] = {
		"",
		"9",
		"JS-9",
		"JST",
		"JST-25",
		"JST-9:60",
		"<+09-9",
		"<+9>-9",
		"EST5EDT",
		"EST5EDT,M3.2.0",
		"EST5EDT,M13.2.0,M11.1.0",
		"EST5EDT,M0.2.0,M11.1.0",
		"EST5EDT,M3.6.0,M11.1.0",
		"EST5EDT,M3.0.0,M11.1.0",
		"EST5EDT,M3.2.7,M11.1.0",
		"EST5EDT,J0,J365",
		"EST5EDT,J1,J366",
		"EST5EDT,0,366",
		"EST5EDT,M3.2.0/168,M11.1.0",
		"EST5EDT,M3.2.0/,M11.1.0",
		"EST5EDT,M3.2.0,M11.1.0,",
		"EST5EDT,M3.2.0,M11.1.0 ",
		"EST5EDT,M3.2.0;M11.1.0",
		"EST99999999999EDT,M3.2.0,M11.1.0",
	};

	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct zone_rule rule;

		want_bool(wrong[i], "read", false, zone_rule_read(walled(str_of(wrong[i])), &rule));
	}
}

/* --- files ------------------------------------------------------------------------------------------ */

/* A file of version 2: one type of 9 hours, one change at 0 to a type of 10, and a rule. */
static size_t
small_file(char *out, struct str rule)
{
	static const char head1[] = "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
				    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\4"
				    "\0\0\x7e\x90\0\0JST";
	static const char head2[] = "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
				    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\2\0\0\0\4"
				    "\0\0\0\0\0\0\0\0\1"
				    "\0\0\x7e\x90\0\0\0\0\x8c\xa0\1\0JST";
	size_t n = sizeof(head1), m = sizeof(head2);

	memcpy(out, head1, n);
	memcpy(out + n, head2, m);
	memcpy(out + n + m, rule.p, rule.n);
	return n + m + rule.n;
}

static bool
read_file(struct str bytes, struct zone *z, struct arena *a)
{
	const char *wrong = NULL;
	bool ok = zone_file_read(walled(bytes), a, z, &wrong);

	assert_true(ok == (wrong == NULL));
	return ok;
}

static void
a_file_is_read(void **state UNUSED)
{
	char file[400];
	struct arena a = { 0 };
	struct zone z = { 0 };

	assert_true(read_file((struct str){ file, small_file(file, STR("\n<+10>-10\n")) }, &z, &a));
	want_i64("before its change", "offset", 32400, zone_offset(&z, -1));
	want_i64("from its change on", "offset", 36000, zone_offset(&z, 0));
	want_i64("in the year 9999", "offset", 36000, zone_offset(&z, 253402300799));
	arena_free(&a);
}

/* Every cut, every byte changed to every value: an answer within bounds, or a refusal; never a byte too far. */
static void
a_file_that_lies_does_no_harm(void **state UNUSED)
{
	char file[400], hurt[400];
	size_t n = small_file(file, STR("\nEST5EDT,M3.2.0,M11.1.0\n"));
	struct zone z = { 0 };
	unsigned accepted = 0;

	for (size_t cut = 0; cut < n; cut++) {
		struct arena a = { 0 };

		want_bool("a file cut short", "read", false,
			  read_file((struct str){ file, cut }, &z, &a));
		arena_free(&a);
	}
	for (size_t at = 0; at < n; at++) {
		for (int c = 0; c < 256; c += 1 + (at > 120) * 16) {
			struct arena a = { 0 };
			int64_t utc[2];

			memcpy(hurt, file, n);
			hurt[at] = (char)c;
			if (read_file((struct str){ hurt, n }, &z, &a)) {
				for (int64_t t = -9000000000; t < 99000000000; t += 7000000001) {
					int32_t o = zone_offset(&z, t);

					assert_true(o < ZONE_OFFSET_MOST && o > -ZONE_OFFSET_MOST);
					(void)zone_to_utc(&z, t, utc);
				}
				accepted++;
			}
			arena_free(&a);
		}
	}
	assert_true(accepted > 100);
}

/* After the last change that is written out the rule decides; in 400 years as in the first of them. */
static void
the_far_future_follows_the_rule(void **state UNUSED)
{
	char file[400];
	struct arena a = { 0 };
	struct zone z = { 0 };
	size_t n = small_file(file, STR("\n<+10>-10<+11>,M10.1.0,M4.1.0/3\n"));

	assert_true(read_file((struct str){ file, n }, &z, &a));
	for (int y = 1972; y <= 9999; y++) {
		int april = civil_day(y, 4, 1), october = civil_day(y, 10, 1);
		int64_t end, begin, utc[2];

		while (day_of_week(april) != 6)
			april++;
		while (day_of_week(october) != 6)
			october++;
		end = april * 86400LL + 7200 - 36000;
		begin = october * 86400LL + 7200 - 36000;
		want_i64("summer's last second", "offset", 39600, zone_offset(&z, end - 1));
		want_i64("winter's first", "offset", 36000, zone_offset(&z, end));
		want_i64("winter's last", "offset", 36000, zone_offset(&z, begin - 1));
		want_i64("summer's first", "offset", 39600, zone_offset(&z, begin));
		want_i64("the hour twice", "kind", ZONE_TWICE, zone_to_utc(&z, end + 36000, utc));
		want_i64("the hour twice", "first", end - 3600, utc[0]);
		want_i64("the hour twice", "second", end, utc[1]);
		want_i64("the hour never", "kind", ZONE_NEVER,
			 zone_to_utc(&z, begin + 36000 + 1800, utc));
		want_i64("the new year", "kind", ZONE_ONCE,
			 zone_to_utc(&z, at_utc(y, 1, 1, 0), utc));
		want_i64("the new year", "utc", at_utc(y, 1, 1, -39600), utc[0]);
	}
	arena_free(&a);
}

static void
minutes_are_even_unless_a_clock_is_set_in_them(void **state UNUSED)
{
	struct arena a = { 0 };
	const struct zone *z = load(&a, "Asia/Tokyo");

	/* 1887-12-31 15:00 UTC: the sun's clock showed 0:18:59 and was set back to 0:00:00 */
	want_bool("the minute of 00:18", "even", false, zone_even_minute(z, -2587680000 + 1080));
	want_bool("the minute of 00:17", "even", true, zone_even_minute(z, -2587680000 + 1020));
	want_bool("the minute before", "even", true, zone_even_minute(z, -2587680000 - 60));
	want_bool("the first of summer", "even", true, zone_even_minute(z, -588848400 + 36000));
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_change_of_every_zone_agrees_with_glibc),
		cmocka_unit_test(some_zones_need_no_file),
		cmocka_unit_test(names_are_refused),
		cmocka_unit_test(tz_is_never_read),
		cmocka_unit_test(rules_say_when_summer_is),
		cmocka_unit_test(rules_are_refused),
		cmocka_unit_test(a_file_is_read),
		cmocka_unit_test(a_file_that_lies_does_no_harm),
		cmocka_unit_test(the_far_future_follows_the_rule),
		cmocka_unit_test(minutes_are_even_unless_a_clock_is_set_in_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
