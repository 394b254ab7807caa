/*
 * canon_who_test.c - accounts in the spelling of the ledgers, by declared rules only; addresses;
 * client families.
 */
#include "base/test_wall.h"

#include "format/canon.h"

enum {
	TRIM = NORMALISE_TRIM,
	LOWER = NORMALISE_LOWER,
	STRIP = NORMALISE_STRIP_DOMAIN,
	FOLD = NORMALISE_FOLD_WIDTH
};
enum { ALL = TRIM | LOWER | STRIP | FOLD };

static const struct canon_who *
who_of(unsigned how, struct str address, struct str account)
{
	static struct canon_who w;
	static struct policy_system system;
	struct record r = { .text = { [RAW_ADDRESS] = address, [RAW_ACCOUNT] = account },
			    .escaped = true };

	system.normalise = how;
	memset(&w, 0xa5, sizeof(w));
	canon_who(&system, &r, (struct str){ 0 }, &w);
	return &w;
}

static void
accounts_are_normalised_as_declared(void **state UNUSED)
{
	static const struct {
		const char *name;
		unsigned how;
		struct str account;
		const char *want;
	} cases[] = {
		{ "nothing declared, nothing changed", 0, BYTES(" PG0001@kpg "), " PG0001@kpg " },
		{ "a dash is nobody", 0, BYTES("-"), "" },
		{ "a dash is nobody, normalised", ALL, BYTES("-"), "" },
		{ "two dashes are somebody", 0, BYTES("--"), "--" },
		{ "blanks at the ends", TRIM, BYTES(" \tPG 1 "), "PG 1" },
		{ "only blanks are nobody", TRIM, BYTES("   "), "" },
		{ "small letters", LOWER, BYTES("Pg0001-Z"), "pg0001-z" },
		{ "only ASCII is lowered", LOWER, BYTES("\xc3\x89@[`{A"), "\xc3\x89@[`{a" },
		{ "a domain before", STRIP, BYTES("KPG\\\\pg0001"), "pg0001" },
		{ "a domain before, as nginx writes it", STRIP, BYTES("KPG\\x5Cpg0001"), "pg0001" },
		{ "a domain behind", STRIP, BYTES("pg0001@kpg.example"), "pg0001" },
		{ "no domain", STRIP, BYTES("pg0001"), "pg0001" },
		{ "full width", FOLD, BYTES("\xef\xbc\xb0\xef\xbc\xa7\xef\xbc\x90\xef\xbc\x91"),
		  "PG01" },
		{ "the ends of full width: ! and ~", FOLD, BYTES("\xef\xbc\x81\xef\xbd\x9e"),
		  "!~" },
		{ "just outside full width", FOLD, BYTES("\xef\xbc\x80\xef\xbd\x9f"),
		  "\xef\xbc\x80\xef\xbd\x9f" },
		{ "across the middle: _ and `", FOLD, BYTES("\xef\xbc\xbf\xef\xbd\x80"), "_`" },
		{ "an ideographic blank", FOLD, BYTES("a\xe3\x80\x80z"), "a z" },
		{ "half of a full width letter", FOLD, BYTES("a\xef\xbc"), "a\xef\xbc" },
		{ "other Japanese stays", FOLD, BYTES("\xe8\xa8\x97\xe3\x80\x81"),
		  "\xe8\xa8\x97\xe3\x80\x81" },
		{ "a folded blank is trimmed", FOLD | TRIM, BYTES("\xe3\x80\x80pg\xe3\x80\x80"),
		  "pg" },
		{ "a folded letter is lowered", FOLD | LOWER, BYTES("\xef\xbc\xb0\xef\xbc\xa7"),
		  "pg" },
		{ "a folded @ strips", FOLD | STRIP, BYTES("pg\xef\xbc\xa0kpg"), "pg" },
		{ "all of it", ALL, BYTES("\\xe3\\x80\\x80KPG\\\\\xef\xbc\xb0G0001@x "), "pg0001" },
		{ "escapes are undone without rules", 0, BYTES("a\\x20b\\\"c"), "a b\"c" },
		{ "and only once", 0, BYTES("a\\\\x20b"), "a\\x20b" },
		{ "percents are no server's escape", ALL, BYTES("a%41"), "a%41" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct str want = str_of(cases[i].want);
		struct str got =
			who_of(cases[i].how, STR("10.1.2.3"), walled(cases[i].account))->account;

		want_str(cases[i].name, "account", want, got);
	}
	want_str("a NUL is a byte", "account", STR("a\0b"),
		 who_of(ALL, STR("::1"), walled(STR("A\\x00B")))->account);
}

/* The ledger's spelling must not depend on how the server wrote the bytes. */
static void
both_servers_give_one_account(void **state UNUSED)
{
	struct dice d = { 81 };

	for (int i = 0; i < 20000; i++) {
		char nginx[80], apache[80], first[64];
		size_t n = 0, m = 0, length = 1 + throw_of(&d, 12);
		unsigned how = throw_of(&d, 16);
		struct str a, b;

		for (size_t k = 0; k < length; k++) {
			unsigned char c =
				(unsigned char)(throw_of(&d, 3)
							? (unsigned)" PGa@\\\"-"[throw_of(&d, 8)]
							: throw_of(&d, 256));
			bool odd = c < 0x20 || c >= 0x7f;

			if (odd || c == '"' || c == '\\')
				n += (size_t)snprintf(nginx + n, 5, "\\x%02X", c);
			else
				nginx[n++] = (char)c;
			if (c == '"' || c == '\\')
				apache[m++] = '\\';
			if (odd)
				m += (size_t)snprintf(apache + m, 5, "\\x%02x", c);
			else
				apache[m++] = (char)c;
		}
		a = who_of(how, STR("::1"), (struct str){ nginx, n })->account;
		memcpy(first, a.p, a.n);
		a.p = first;
		b = who_of(how, STR("::1"), (struct str){ apache, m })->account;
		want_str("two servers", "account", a, b);
		if (how == 0)
			assert_true(a.n == length || (length == 1 && nginx[0] == '-'));
	}
}

static void
addresses_are_read_or_absent(void **state UNUSED)
{
	static const struct {
		const char *name;
		struct str text;
		bool want;
	} cases[] = {
		{ "IPv4", BYTES("10.1.2.3"), true },    { "IPv6", BYTES("2001:db8::1"), true },
		{ "a dash", BYTES("-"), false },        { "a name", BYTES("proxy.example"), false },
		{ "octal", BYTES("010.1.2.3"), false }, { "a zone", BYTES("fe80::1%eth0"), false },
	};
	static const char mapped[ADDRESS_SIZE] = { [10] = (char)0xff, (char)0xff, 10, 1, 2, 3 };

	for (size_t i = 0; i < COUNT(cases); i++)
		want_bool(cases[i].name, "an address", cases[i].want,
			  who_of(0, walled(cases[i].text), STR("a"))->has_address);
	assert_memory_equal(who_of(0, STR("10.1.2.3"), STR("a"))->address, mapped, sizeof(mapped));
}

static void
clients_have_families(void **state UNUSED)
{
	static const struct {
		const char *name, *agent, *want;
	} cases[] = {
		{ "a launcher without its version", "KasumiLauncher/1.2", "KasumiLauncher" },
		{ "a product alone", "curl", "curl" },
		{ "a product and a comment", "Probe (night)", "Probe" },
		{ "nothing", "", "" },
		{ "a dash", "-", "" },
		{ "Chrome says Safari too",
		  "Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/90.0 "
		  "Safari/537.36",
		  "Chrome" },
		{ "Edge says Chrome too",
		  "Mozilla/5.0 (X11) AppleWebKit/537.36 Chrome/90.0 Safari/537.36 Edg/90.0",
		  "Edge" },
		{ "Safari", "Mozilla/5.0 (Macintosh) AppleWebKit/605 Version/14 Safari/605",
		  "Safari" },
		{ "Firefox", "Mozilla/5.0 (X11; rv:90.0) Gecko/20100101 Firefox/90.0", "Firefox" },
		{ "the old one", "Mozilla/5.0 (Windows NT 10.0; Trident/7.0; rv:11.0) like Gecko",
		  "IE" },
		{ "a Mozilla of its own", "Mozilla/5.0 (compatible)", "Mozilla" },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		want_str(cases[i].name, "family", str_of(cases[i].want),
			 client_family(walled(str_of(cases[i].agent))));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accounts_are_normalised_as_declared),
		cmocka_unit_test(both_servers_give_one_account),
		cmocka_unit_test(addresses_are_read_or_absent),
		cmocka_unit_test(clients_have_families),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
