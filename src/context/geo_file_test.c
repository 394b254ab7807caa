/*
 * geo_file_test.c - databases that are missing, of another kind or damaged, and files that change under us.
 */
#include "context/geo_sane.h"
#include "context/geo_testing.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Every kind of value that we read stands in it. */
static void
write_city(struct mmdb *m)
{
	mmdb_begin(m, "GeoLite2-City", 6, 24);
	mmdb_put(m, "2001:db8::/32",
		 mmdb_add_city(m, (struct mmdb_city){ .country = "JP",
						      .en = "Example Town",
						      .ja = "\xE4\xBE\x8B\xE7\x94\xBA",
						      .placed = true,
						      .lat = 35.68536,
						      .lon = 139.75309,
						      .radius_km = 100 }));
	mmdb_put(m, "192.0.2.0/24", mmdb_add_city(m, (struct mmdb_city){ .country = "GB" }));
}

/* --- refusals --------------------------------------------------------------------------------------- */

/* The bytes `was`, which stand in the file once, become as many others. */
static void
replace(struct mmdb *m, struct str was, struct str now)
{
	struct str file = { .p = m->file.at, .n = m->file.n };
	size_t at = 0;

	assert_int_equal(was.n, now.n);
	while (at + was.n <= file.n && memcmp(file.p + at, was.p, was.n) != 0)
		at++;
	assert_true(at + was.n <= file.n);
	memcpy(m->file.at + at, now.p, now.n);
}

static void
metadata_that_do_not_fit(void **state UNUSED)
{
	static const struct {
		const char *name;
		enum geoip key;
		struct str was, now;
		const char *want; /* behind "the GeoIP database '...' "; NULL: opened */
	} cases[] = {
		{ "as it should be", GEOIP_CITY, BYTES("GeoLite2-City"), BYTES("GeoLite2-City"),
		  NULL },
		{ "any City will do", GEOIP_CITY, BYTES("GeoLite2-City"), BYTES("Example-City5"),
		  NULL },
		{ "of another kind", GEOIP_ASN, BYTES("GeoLite2-City"), BYTES("GeoLite2-City"),
		  "is of type 'GeoLite2-City'; 'asn' wants one like 'GeoLite2-ASN'" },
		{ "a city one is no country one", GEOIP_COUNTRY, BYTES("GeoLite2-City"),
		  BYTES("GeoLite2-City"),
		  "is of type 'GeoLite2-City'; 'country' wants one like 'GeoLite2-Country'" },
		{ "nor one of anonymisers", GEOIP_ANONYMOUS, BYTES("GeoLite2-City"),
		  BYTES("GeoLite2-City"),
		  "is of type 'GeoLite2-City'; 'anonymous' wants one like 'GeoIP2-Anonymous-IP'" },
		{ "the letters of its type count", GEOIP_CITY, BYTES("GeoLite2-City"),
		  BYTES("GeoLite2-CITY"),
		  "is of type 'GeoLite2-CITY'; 'city' wants one like 'GeoLite2-City'" },
		{ "another version of the format", GEOIP_CITY, BYTES("major_version\xA2\0\2"),
		  BYTES("major_version\xA2\0\3"), "is damaged, or no MaxMind DB file (.mmdb)" },
		{ "IPv5", GEOIP_CITY, BYTES("ip_version\xA2\0\6"), BYTES("ip_version\xA2\0\5"),
		  "is damaged, or no MaxMind DB file (.mmdb)" },
		{ "built in the year 10000", GEOIP_CITY,
		  BYTES("build_epoch\x08\x02\0\0\0\0\x69\xCC\x60\0"),
		  BYTES("build_epoch\x08\x02\0\0\0\x3A\xFF\xF4\x41\x80"),
		  "is damaged: it was not built in any year of four digits" },
		{ "fewer nodes than it says", GEOIP_CITY, BYTES("node_count\xC4\0"),
		  BYTES("node_count\xC4\1"), "is damaged, or no MaxMind DB file (.mmdb)" },
		{ "records of 20 bits", GEOIP_CITY, BYTES("record_size\xA2\0\x18"),
		  BYTES("record_size\xA2\0\x14"), "is damaged, or no MaxMind DB file (.mmdb)" },
		{ "without its mark", GEOIP_CITY, BYTES("\xAB\xCD\xEFMaxMind"),
		  BYTES("\xAB\xCD\xEFMinMaxd"), "is damaged, or no MaxMind DB file (.mmdb)" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct errors err = { 0 };
		struct geo_file f;
		enum geo_opened got;
		struct str file;
		struct mmdb m;

		write_city(&m);
		mmdb_finish(&m);
		replace(&m, cases[i].was, cases[i].now);
		file = (struct str){ .p = m.file.at, .n = m.file.n };
		got = mmdb_open_bytes(&f, cases[i].key, file, &err);
		want_i64(cases[i].name, "outcome", cases[i].want ? GEO_REFUSED : GEO_OPENED, got);
		want_i64(cases[i].name, "mistakes", cases[i].want != NULL, (int64_t)err.list.n);
		if (cases[i].want) {
			struct str text = err.list.at[0];

			want_str(cases[i].name, "place",
				 STR("sekisho.yaml:12:9: the GeoIP database '/proc/self/fd/"),
				 str_head(text, 53));
			while (text.n && !str_starts(text, STR("' ")))
				text = str_skip(text, 1);
			want_str(cases[i].name, "message", str_of(cases[i].want),
				 str_skip(text, 2));
		}
		geo_file_close(&f);
		errors_free(&err);
		mmdb_free(&m);
	}
}

static void
want_refused(const char *path, const char *what)
{
	struct policy_file named = { .path = str_of(path), .at = { .file = STR("sekisho.yaml") } };
	char want[200];
	struct errors err = { 0 };
	struct geo_file f;

	want_i64(path, "outcome", GEO_REFUSED, geo_file_open(&f, GEOIP_CITY, &named, true, &err));
	snprintf(want, sizeof(want), "sekisho.yaml: the GeoIP database '%s' %s", path, what);
	want_str(path, "message", str_of(want), err.list.at[0]);
	errors_free(&err);
}

static void
files_that_are_none(void **state UNUSED)
{
	static const char *const missing[] = { "/nowhere/x.mmdb", "/dev/null/x.mmdb" };
	char folder[] = "/tmp/sekisho-geo-XXXXXX", path[sizeof(folder) + 2];
	struct errors err = { 0 };
	struct geo_file f;

	for (size_t i = 0; i < COUNT(missing); i++) {
		struct policy_file named = { .path = str_of(missing[i]) };

		want_i64(missing[i], "outcome", GEO_MISSING,
			 geo_file_open(&f, GEOIP_CITY, &named, true, &err));
		want_bool(missing[i], "opened", false, f.opened);
	}
	assert_int_equal(err.list.n, 0);
	want_refused("/tmp", "is no regular file");
	want_refused("/dev/zero", "is no regular file");
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/x", folder);
	assert_int_equal(mkfifo(path, 0600), 0);
	want_refused(path, "is no regular file");
	unlink(path);
	assert_int_equal(symlink("x", path), 0);
	want_refused(path, "cannot be read: Too many levels of symbolic links");
	unlink(path);
	rmdir(folder);
}

/* --- files that change ------------------------------------------------------------------------------ */

static unsigned
country_at(struct geo *g, const char *text)
{
	struct geo_table t = { 0 };
	struct mmdb_address a = mmdb_address(text);
	unsigned country = geo_answered(&t, geo_ask(g, &t, a.byte)).country;

	geo_table_free(&t);
	return country;
}

static int
write_city_file(char *path)
{
	int fd = mkstemp(path);
	struct mmdb m;
	struct str s;

	assert_true(fd >= 0);
	write_city(&m);
	s = mmdb_finish(&m);
	assert_int_equal(write(fd, s.p, s.n), (ssize_t)s.n);
	mmdb_free(&m);
	return fd;
}

static void
answers_stay_when_the_file_is_cut_and_rewritten(void **state UNUSED)
{
	char path[] = "/tmp/sekisho-geo-XXXXXX", hex[SHA256_HEX], rubbish[100] = "rubbish";
	struct policy_file named = { .path = str_of(path) };
	struct geo g = { .file[0].opened = false };
	int fd = write_city_file(path);
	struct errors err = { 0 };
	uint8_t sum[SHA256_SIZE];
	struct mmdb m;

	assert_int_equal(geo_file_open(&g.file[GEOIP_CITY], GEOIP_CITY, &named, true, &err),
			 GEO_OPENED);
	write_city(&m);
	sha256_of(mmdb_finish(&m), sum);
	sha256_hex(sum, hex);
	assert_string_equal(g.file[GEOIP_CITY].sha256, hex);
	assert_int_equal(g.file[GEOIP_CITY].db.metadata.build_epoch, 1775001600);
	mmdb_free(&m);

	assert_int_equal(pwrite(fd, rubbish, sizeof(rubbish), 0), sizeof(rubbish));
	assert_int_equal(country_at(&g, "192.0.2.1"), GEO_COUNTRY('G', 'B'));
	assert_int_equal(ftruncate(fd, 0), 0);
	assert_int_equal(country_at(&g, "192.0.2.1"), GEO_COUNTRY('G', 'B'));
	assert_int_equal(country_at(&g, "2001:db8::1"), GEO_COUNTRY('J', 'P'));
	unlink(path);
	close(fd);
	geo_close(&g);
}

/* In the child: the kernel has no memfd_create, as far as anybody can tell. */
static bool
forbid_memfd(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_memfd_create, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { .len = COUNT(code), .filter = code };

	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0 &&
	       memfd_create("x", 0) < 0;
}

enum { CHILD_RIGHT = 10, CHILD_WRONG = 11, CHILD_FREE = 12 };

static int
open_without_memfd(const char *path)
{
	struct policy_file named = { .path = str_of(path) };
	struct geo g = { .file[0].opened = false };
	struct errors err = { 0 };
	bool right;

	if (!forbid_memfd())
		return CHILD_FREE;
	if (geo_file_open(&g.file[GEOIP_CITY], GEOIP_CITY, &named, true, &err) != GEO_OPENED)
		return CHILD_WRONG;
	right = truncate(path, 0) == 0 && country_at(&g, "192.0.2.1") == GEO_COUNTRY('G', 'B') &&
		country_at(&g, "2001:db8::1") == GEO_COUNTRY('J', 'P');
	geo_close(&g);
	return right ? CHILD_RIGHT : CHILD_WRONG;
}

static void
without_memfd_a_file_without_a_name_does(void **state UNUSED)
{
	char path[] = "/tmp/sekisho-geo-XXXXXX";
	int status, fd = write_city_file(path);
	pid_t child = fork();

	if (child == 0)
		_exit(open_without_memfd(path));
	assert_int_equal(waitpid(child, &status, 0), child);
	unlink(path);
	close(fd);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == CHILD_FREE)
		skip();
	assert_int_equal(WEXITSTATUS(status), CHILD_RIGHT);
}

/* --- every damage of one byte, and every cut ---------------------------------------------------------- */

static unsigned opened, refused;

static void
judge_bytes(struct str bytes)
{
	static const char *const asked[] = { "192.0.2.1",   "192.0.3.1", "2001:db8::1",
					     "2001:db9::1", "255.0.0.1", "1.0.0.1" };
	struct geo g = { .file[0].opened = false };
	struct geo_table t = { 0 };
	struct errors err = { 0 };

	if (mmdb_open_bytes(&g.file[GEOIP_CITY], GEOIP_CITY, bytes, &err) == GEO_OPENED) {
		opened++;
		for (size_t i = 0; i < COUNT(asked); i++) {
			struct mmdb_address a = mmdb_address(asked[i]);

			sane_ask(&g, &t, a.byte);
		}
	} else {
		refused++;
		assert_int_equal(err.list.n, 1);
	}
	geo_table_free(&t);
	geo_close(&g);
	errors_free(&err);
}

static void
damage_is_refused_or_unknown(void **state UNUSED)
{
	static const uint8_t flips[] = { 0x01, 0x08, 0x10, 0x20, 0x80, 0xFF };
	struct mmdb m;
	struct str file;

	write_city(&m);
	file = mmdb_finish(&m);
	judge_bytes(file);
	assert_int_equal(opened, 1);
	for (size_t at = 0; at < file.n; at++) {
		char was = m.file.at[at];

		for (size_t i = 0; i < COUNT(flips); i++) {
			m.file.at[at] = (char)(was ^ flips[i]);
			judge_bytes(file);
		}
		m.file.at[at] = 0;
		judge_bytes(file);
		m.file.at[at] = (char)0xFF;
		judge_bytes(file);
		m.file.at[at] = was;
		judge_bytes(str_head(file, at));
	}
	/* Both happen, else the test has not tried what it says. */
	assert_true(opened > file.n);
	assert_true(refused > file.n);
	mmdb_free(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(metadata_that_do_not_fit),
		cmocka_unit_test(files_that_are_none),
		cmocka_unit_test(answers_stay_when_the_file_is_cut_and_rewritten),
		cmocka_unit_test(without_memfd_a_file_without_a_name_does),
		cmocka_unit_test(damage_is_refused_or_unknown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
