/*
 * policy_test.c - a good policy read whole, and what moves which digest.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <unistd.h>

#include "base/sha256.h"
#include "policy/policy_load.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

static const char *const ledgers[] = { "orgs", "people", "accounts", "holidays" };
static const char *const formats[] = { "combined" };

/*
 * Loads `text` as FOLDER/sekisho.yaml; messages then begin with that path, and so do resolved
 * paths.
 */
static int
load(struct policy *p, struct str text, struct errors *err)
{
	static char path[] = "/tmp/policy_test_XXXXXX";
	FILE *f;
	int fd, rc;

	memset(path + sizeof(path) - 7, 'X', 6);
	fd = mkstemp(path);
	assert_true(fd >= 0);
	f = fdopen(fd, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(text.p, 1, text.n, f), text.n);
	assert_int_equal(fclose(f), 0);
	rc = policy_load(p, str_of(path), ledgers, COUNT(ledgers), formats, COUNT(formats), err);
	unlink(path);
	return rc;
}

static const char good[] =
	"sekisho: 1\n"
	"timezone: Asia/Tokyo\n"
	"language: ja\n"
	"systems:\n"
	"  - id: takuso\n"
	"    name: {ja: 託送業務システム, en: wheeling service system}\n"
	"    owner: KPG\n"
	"    logs: [logs/takuso/*, /var/log/*.gz]\n"
	"    format: combined\n"
	"    extract: {object: 'path:/consumers/{object}/{class}', terminal: 'query:t'}\n"
	"    normalise: [trim, fold_width]\n"
	"    permitted_orgs: [KPG, {org: KCC, from: 2022-04-01, to: 2022-10-01}]\n"
	"  - {id: crm, name: CRM, logs: [logs/crm/*], format: combined}\n"
	"ledgers: {orgs: ledgers/orgs.csv, holidays: /srv/holidays.csv}\n"
	"barrier: ledgers/barrier.csv\n"
	"resources:\n"
	"  - {class: contract, sensitivity: non-public}\n"
	"  - {match: {path: [/login, /signin], method: POST}, act: login}\n"
	"  - {class: list, match: 'path|re: ^/c/(?<object>\\d{22})/(?<terminal>.)', act: view}\n"
	"  - match: {'path|startswith': /health, system: crm, 'query': ''}\n"
	"    act: health\n"
	"  - {match: {'agent|contains': Bot}, class: contract}\n";

static void
assert_text(struct str got, const char *want)
{
	if (!str_is(got, want))
		fail_msg("got '%.*s', wanted '%s'", STR_ARG(got), want);
}

static void
load_good(struct policy *p, const char *text)
{
	struct errors err = { 0 };

	if (load(p, str_of(text), &err) < 0)
		fail_msg("%s", err.list.at[0].p);
	assert_int_equal(err.list.n, 0);
	errors_free(&err);
}

static void
a_good_policy_names_its_systems(void **state)
{
	struct policy p;
	const struct policy_system *s;
	const struct template *t;

	(void)state;
	load_good(&p, good);
	assert_int_equal(p.language, LANGUAGE_JA);
	assert_int_equal(p.system_count, 2);
	s = &p.system[0];
	assert_text(s->id, "takuso");
	assert_text(s->name_ja, "託送業務システム");
	assert_text(s->name_en, "wheeling service system");
	assert_text(s->owner, "KPG");
	assert_text(s->format, "combined");
	assert_int_equal(s->log_count, 2);
	assert_text(s->logs[0], "/tmp/logs/takuso/*");
	assert_text(s->logs[1], "/var/log/*.gz");
	assert_int_equal(s->normalise, NORMALISE_TRIM | NORMALISE_FOLD_WIDTH);
	assert_int_equal(s->at.line, 5);
	assert_int_equal(s->at.column, 5);
	assert_int_equal(s->permitted_count, 2);
	assert_true(s->permitted[0].from == INT64_MIN && s->permitted[0].to == INT64_MAX);
	assert_text(s->permitted[1].org, "KCC");
	assert_true(s->permitted[1].from == 1648738800000 && s->permitted[1].to == 1664550000000);
	assert_int_equal(s->extract_count, 2);
	t = &s->extract[0].template;
	assert_int_equal(s->extract[0].kind, SOURCE_PATH);
	assert_int_equal(t->count, 4);
	assert_text(t->piece[0].literal, "/consumers/");
	assert_int_equal(t->piece[0].field, -1);
	assert_int_equal(t->piece[1].field, FIELD_OBJECT);
	assert_text(t->piece[2].literal, "/");
	assert_int_equal(t->piece[3].field, FIELD_CLASS);
	assert_int_equal(s->extract[1].kind, SOURCE_QUERY);
	assert_int_equal(s->extract[1].field, FIELD_TERMINAL);
	assert_text(s->extract[1].name, "t");
	assert_text(p.system[1].name_en, "CRM");
	policy_free(&p);
	assert_int_equal(p.system_count, 0);
}

static void
a_good_policy_names_its_resources_and_ledgers(void **state)
{
	struct policy p;
	const struct match *m;
	pcre2_match_data *data;
	static const char path[] = "/c/0310000000000000000001/x";

	(void)state;
	load_good(&p, good);
	assert_int_equal(p.ledger_count, 3);
	assert_text(p.ledger[0].path, "/tmp/ledgers/orgs.csv");
	assert_text(p.ledger[1].path, "/srv/holidays.csv");
	assert_text(p.ledger[2].name, "barrier");
	assert_int_equal(p.ledger[2].at.line, 15);
	assert_int_equal(p.ledger[2].at.column, 10);
	assert_int_equal(p.resource_count, 5);
	assert_int_equal(p.resource[0].sensitivity, SENSITIVITY_NON_PUBLIC);
	assert_int_equal(p.resource[0].act, -1);
	assert_int_equal(p.resource[0].match_count, 0);
	assert_int_equal(p.resource[1].match_count, 2);
	assert_int_equal(p.resource[1].match[0].value_count, 2);
	assert_text(p.resource[1].match[0].value[1], "/signin");
	assert_int_equal(p.resource[1].match[1].field, MATCH_METHOD);
	assert_int_equal(p.resource[1].act, ACT_LOGIN);
	assert_text(p.resource[2].class, "list");
	m = &p.resource[2].match[0];
	assert_int_equal(m->kind, MATCH_RE);
	assert_int_equal(m->regex_group[0][FIELD_OBJECT], 1);
	assert_int_equal(m->regex_group[0][FIELD_TERMINAL], 2);
	assert_int_equal(m->regex_group[0][FIELD_CLASS], 0);
	data = pcre2_match_data_create_from_pattern(m->regex[0], NULL);
	assert_int_equal(
		pcre2_match(m->regex[0], (PCRE2_SPTR)path, sizeof(path) - 1, 0, 0, data, NULL), 3);
	pcre2_match_data_free(data);
	m = p.resource[3].match;
	assert_int_equal(m[0].kind, MATCH_STARTS);
	assert_int_equal(m[1].field, MATCH_SYSTEM);
	assert_int_equal(m[2].field, MATCH_QUERY);
	assert_text(m[2].value[0], "");
	assert_int_equal(p.resource[4].match[0].kind, MATCH_CONTAINS);
	policy_free(&p);
}

/* `good` with the first `from` replaced. */
static void
load_changed(struct policy *p, const char *from, const char *to)
{
	const char *at = strstr(good, from);
	char text[sizeof(good) + 100];

	assert_non_null(at);
	snprintf(text, sizeof(text), "%.*s%s%s", (int)(at - good), good, to, at + strlen(from));
	load_good(p, text);
}

static void
only_what_decides_a_line_moves_the_parse_digest(void **state)
{
	static const struct {
		const char *from, *to;
		bool moves;
	} cases[] = {
		{ "wheeling", "Wheeling", false },
		{ "owner: KPG", "owner: KEP", false },
		{ "logs/takuso/*", "logs/other/*", false },
		{ "[KPG, {org", "[KEP, {org", false },
		{ "language: ja", "language: en", false },
		{ "ledgers/orgs", "ledgers/orgz", false },
		{ "sensitivity: non-public", "sensitivity: public", false },
		{ "{class: contract, s", "{class: meter, s", false },
		{ "# none", "", false },
		{ "id: takuso", "id: takusou", true },
		{ "'query:t'", "'query:u'", true },
		{ "terminal: 'query:t'", "account: 'query:t'", true },
		{ "/{class}'", "-{class}'", true },
		{ "[trim, fold", "[lower, fold", true },
		{ "/signin", "/sign-in", true },
		{ "path: [/login", "target: [/login", true },
		{ "path|starts", "path|ends", true },
		{ "act: health", "act: other", true },
		{ "{class: list,", "{class: lists,", true },
		{ "\\d{22}", "\\d{21}", true },
	};
	struct policy base, changed;
	uint8_t digest[SHA256_SIZE];

	(void)state;
	load_good(&base, good);
	sha256_of(str_of(good), digest);
	assert_memory_equal(base.digest, digest, sizeof(digest));
	for (size_t i = 0; i < COUNT(cases); i++) {
		bool moved;

		if (cases[i].from[0] == '#')
			load_changed(&changed, "sekisho: 1\n", "sekisho: 1 # a comment\n");
		else
			load_changed(&changed, cases[i].from, cases[i].to);
		moved = memcmp(base.parse_digest, changed.parse_digest, SHA256_SIZE) != 0;
		if (moved != cases[i].moves)
			fail_msg("'%s' to '%s': wanted %d, got %d", cases[i].from, cases[i].to,
				 cases[i].moves, moved);
		assert_memory_not_equal(base.digest, changed.digest, SHA256_SIZE);
		policy_free(&changed);
	}
	policy_free(&base);
}

static void
the_built_in_policy(void **state)
{
	struct policy p, other;

	(void)state;
	policy_builtin(&p, STR("combined"), (struct str){ 0 });
	policy_builtin(&other, STR("combined"), STR("web"));
	assert_int_equal(p.system_count, 1);
	assert_text(p.system[0].id, "default");
	assert_text(p.system[0].format, "combined");
	assert_text(other.system[0].id, "web");
	assert_int_equal(p.resource_count + p.ledger_count + p.system[0].extract_count, 0);
	assert_memory_not_equal(p.parse_digest, other.parse_digest, SHA256_SIZE);
	policy_free(&p);
	policy_free(&other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_policy_names_its_systems),
		cmocka_unit_test(a_good_policy_names_its_resources_and_ledgers),
		cmocka_unit_test(only_what_decides_a_line_moves_the_parse_digest),
		cmocka_unit_test(the_built_in_policy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
