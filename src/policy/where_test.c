/*
 * where_test.c - `where:`: conditions against their truth tables, values against Sigma's words, and every way to get
 * it wrong.
 */
#include "base/test_wall.h"

#include "policy/where_testing.h"

static struct policy_system systems[] = { { .id = { "takuso", 6 } }, { .id = { "saiene", 6 } } };
static const struct policy policy = { .system = systems, .system_count = 2 };

static void
must_read(const char *name, struct where_trial *t, struct str yaml)
{
	where_trial_begin(t, yaml, &policy);
	if (!t->where)
		fail_msg("%s: refused: %s", name,
			 t->err.list.n ? t->err.list.at[0].p : "in silence");
}

/* Of three selections, each a field that a ledger may not know: no, yes, unknown. */
enum { NO, YES, NOBODY_KNOWS };

static enum judged
ask_abc(const struct where *w, unsigned a, unsigned b, unsigned c)
{
	struct where_line line = { 0 };

	line.who.tuple.masked = a == NOBODY_KNOWS ? MASKED_UNKNOWN
				: a == YES        ? MASKED_YES
						  : MASKED_NO;
	line.who.account_row = b != NOBODY_KNOWS;
	line.who.account_kind = b == YES ? KIND_PERSON : KIND_SHARED;
	line.who.net = 1;
	line.who.net_row = c != NOBODY_KNOWS;
	line.who.net_kind = c == YES ? NET_SITE : NET_VPN;
	return where_line_ask(w, &line, &policy, NULL);
}

static const struct {
	const char *condition, *holds; /* for abc = 000 001 010 011 100 101 110 111 */
	bool once;                     /* no selection stands twice */
} conditions[] = {
	{ "a or b or c", "01111111", true },
	{ "a and b and c", "00000001", true },
	{ "a and b or c", "01010111", true },
	{ "a or b and c", "00011111", true },
	{ "(a or b) and c", "00010101", true },
	{ "a and (b or c)", "00000111", true },
	{ "not a and b or c", "01110101", true },
	{ "not (a and b) and c", "01010100", true },
	{ "not a or not b or not c", "11111110", true },
	{ "not not a and b and c", "00000001", true },
	{ "not not not a and b and c", "00010000", true },
	{ "(((a))) and (((b) or c))", "00000111", true },
	{ "1 of them", "01111111", true },
	{ "all of them", "00000001", true },
	{ "not 1 of them", "10000000", true },
	{ "not all of them", "11111110", true },
	{ "1 of *", "01111111", true },
	{ "a and 1 of them", "00001111", false },
	{ "all of them or a", "00001111", false },
	{ "a and not b or c and not b", "01001100", false },
	{ "(a and b) or (not a and c)", "01010011", false },
	{ "a or not a and (b or not c)", "10111111", false },
	{ "(a or b) and (b or c) and (a or c)", "00010111", false },
};

static void
begin_condition(struct where_trial *t, const char *condition)
{
	char text[400];
	int n = snprintf(
		text, sizeof(text),
		"a: {masked: yes}\nb: {kind: person}\nc: {net_kind: site}\ncondition: '%s'\n",
		condition);

	must_read(condition, t, (struct str){ text, (size_t)n });
}

static void
conditions_have_their_truth_tables(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(conditions); i++) {
		struct where_trial t;

		begin_condition(&t, conditions[i].condition);
		for (unsigned k = 0; k < 8; k++)
			want_bool(conditions[i].condition, "holds", conditions[i].holds[k] == '1',
				  ask_abc(t.where, k >> 2 & 1, k >> 1 & 1, k & 1) == JUDGED_HIT);
		where_trial_end(&t);
	}
}

/* Do all ways to fill in what is not known end the same?  1, 0, or -1: they differ. */
static int
completed(const char *holds, const unsigned v[3])
{
	bool any = false, all = true;

	for (unsigned k = 0; k < 8; k++) {
		bool fits = true;

		for (unsigned i = 0; i < 3; i++)
			fits &= v[i] == NOBODY_KNOWS || v[i] == (k >> (2 - i) & 1);
		any |= fits && holds[k] == '1';
		all &= !fits || holds[k] == '1';
	}
	return all ? 1 : any ? -1 : 0;
}

/* An answer is given only when nothing unknown could change it; where no selection stands twice, whenever so. */
static void
the_unknown_is_neither_yes_nor_no(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(conditions); i++) {
		struct where_trial t;

		begin_condition(&t, conditions[i].condition);
		for (unsigned k = 0; k < 27; k++) {
			unsigned v[3] = { k / 9, k / 3 % 3, k % 3 };
			enum judged got = ask_abc(t.where, v[0], v[1], v[2]);
			int want = completed(conditions[i].holds, v);

			if (got == JUDGED_HIT || got == JUDGED_OUTSIDE || conditions[i].once)
				want_i64(conditions[i].condition, "of the unknown", want,
					 got == JUDGED_HIT       ? 1
					 : got == JUDGED_OUTSIDE ? 0
								 : -1);
		}
		where_trial_end(&t);
	}
}

static void
what_is_unknown_is_said(void **state UNUSED)
{
	struct where_trial t;

	begin_condition(&t, "a and b and c");
	want_i64("masking", "reason", JUDGED_UNKNOWN_MASKING,
		 ask_abc(t.where, NOBODY_KNOWS, YES, YES));
	want_i64("account", "reason", JUDGED_UNKNOWN_ACCOUNT,
		 ask_abc(t.where, YES, NOBODY_KNOWS, YES));
	want_i64("origin", "reason", JUDGED_UNKNOWN_ORIGIN,
		 ask_abc(t.where, YES, YES, NOBODY_KNOWS));
	want_i64("the first of two", "reason", JUDGED_UNKNOWN_ACCOUNT,
		 ask_abc(t.where, YES, NOBODY_KNOWS, NOBODY_KNOWS));
	want_i64("made up for", "reason", JUDGED_OUTSIDE, ask_abc(t.where, NOBODY_KNOWS, YES, NO));
	where_trial_end(&t);
}

static void
names_of_selections(void **state UNUSED)
{
	static const struct {
		const char *condition, *holds; /* of sel_a sel_b other _hidden, 0000 to 1111 */
	} cases[] = {
		{ "(1 of sel*) and other and _hidden", "0000000100010001" },
		{ "all of sel_* and not other and not _hidden", "0000000000001000" },
		{ "1 of *_b and all of them and _hidden", "0000000000000001" },
		{ "1 of them and not _hidden", "0010101010101010" },
		{ "all of * ", "0000000000000001" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct where_trial t;
		char text[400];
		int n = snprintf(text, sizeof(text),
				 "sel_a: {account: x}\nsel_b: {terminal: x}\nother: {class: x}\n"
				 "_hidden: {client: x}\ncondition: '%s'\n",
				 cases[i].condition);

		must_read(cases[i].condition, &t, (struct str){ text, (size_t)n });
		for (unsigned k = 0; k < 16; k++) {
			static const enum dict dicts[] = { DICT_ACCOUNT, DICT_TERMINAL, DICT_CLASS,
							   DICT_CLIENT };
			struct where_line line = { 0 };

			for (unsigned d = 0; d < 4; d++) {
				line.who.tuple.text[dicts[d]] = 1;
				line.text[dicts[d]] = k >> (3 - d) & 1 ? STR("x") : STR("y");
			}
			want_bool(cases[i].condition, "holds", cases[i].holds[k] == '1',
				  where_line_ask(t.where, &line, &policy, NULL) == JUDGED_HIT);
		}
		where_trial_end(&t);
	}
}

static const struct {
	const char *item, *text;
	bool holds;
} text_cases[] = {
	{ "account: pg0001", "pg0001", true },
	{ "account: pg0001", "pg00010", false },
	{ "account: PG0001", "pg0001", true },
	{ "account: pg0001", "PG0001", true },
	{ "account|cased: PG0001", "pg0001", false },
	{ "account|cased: PG0001", "PG0001", true },
	{ "account: [a, b]", "b", true },
	{ "account: [a, b]", "c", false },
	{ "account: 'prog?.exe'", "progA.exe", true },
	{ "account: 'prog?.exe'", "prog.exe", false },
	{ "account: 'prog?.exe'", "progAB.exe", false },
	{ "account: 'antivirus_V*.exe'", "antivirus_V21.2.1.exe", true },
	{ "account: 'antivirus_V*.exe'", "antivirus_V.exe", true },
	{ "account: 'antivirus_V*.exe'", "antivirus_V1.exe.bak", false },
	{ "account: 'a*b*c'", "a-b-b-c-c", true },
	{ "account: 'a*b*c'", "a-c-b", false },
	{ "account: '*a?'", "baab", true },
	{ "account: 'a?c'", "a託c", true },
	{ "account: 'a??c'", "a託c", false },
	{ "account: 'a?c'",
	  "a\xff"
	  "c",
	  true },
	{ "account: '託送*'", "託送課", true },
	{ "account: 'a\\*'", "a*", true },
	{ "account: 'a\\*'", "ab", false },
	{ "account: 'a\\?'", "a?", true },
	{ "account: 'a\\?'", "ab", false },
	{ "account: 'a\\b'", "a\\b", true },
	{ "account: 'a\\\\b'", "a\\b", true },
	{ "account: 'a\\\\*'", "a\\xyz", true },
	{ "account: 'a\\\\*'", "axyz", false },
	{ "account: 'a\\\\\\*'", "a\\*", true },
	{ "account: 'a\\\\\\*'", "a\\x", false },
	{ "account: 'a\\\\\\b'", "a\\\\b", true },
	{ "account: 'a\\\\\\\\b'", "a\\\\b", true },
	{ "account: 'a\\'", "a\\", true },
	{ "account|contains: g00", "PG0001", true },
	{ "account|contains: g01", "PG0001", false },
	{ "account|startswith: pg", "PG0001", true },
	{ "account|startswith: g0", "PG0001", false },
	{ "account|endswith: '01'", "PG0001", true },
	{ "account|endswith: '00'", "PG0001", false },
	{ "account|contains: 'p?0'", "xpg0001", true },
	{ "account|contains|all: [g0, '01']", "PG0001", true },
	{ "account|contains|all: [g0, '02']", "PG0001", false },
	{ "account|all|startswith|cased: [P, PG]", "PG0001", true },
	{ "account|re: '^pg\\d{4}$'", "pg0001", true },
	{ "account|re: '^pg\\d{4}$'", "PG0001", false },
	{ "account|re|i: '^pg\\d{4}$'", "PG0001", true },
	{ "account|re: '\\d{4}$'", "pg0001", true },
	{ "account|re: '^b$'", "a\nb", false },
	{ "account|re|m: '^b$'", "a\nb", true },
	{ "account|re: 'a.b'", "a\nb", false },
	{ "account|re|s: 'a.b'", "a\nb", true },
	{ "account|re|all: [a, b]", "cab", true },
	{ "account|re|all: [a, b]", "ca", false },
	{ "account|re: [a, b]", "cb", true },
	{ "account: null", "", true },
	{ "account: null", "a", false },
	{ "account: ''", "", true },
	{ "account: ''", "a", false },
	{ "account: ['', b]", "", true },
	{ "account: 'a*'", "", false },
	{ "account|re: '.*'", "", false },
	{ "account|exists: true", "a", true },
	{ "account|exists: yes", "", false },
	{ "account|exists: false", "", true },
	{ "account|exists: no", "a", false },
};

/* What `sel` says of an account's name; the wildcards and escapes are those of Sigma's own page. */
static void
texts(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(text_cases); i++) {
		struct regex_room *room = regex_room_new();
		struct where_line line = { .text[DICT_ACCOUNT] =
						   walled(str_of(text_cases[i].text)) };
		struct where_trial t;
		char text[200];
		int n = snprintf(text, sizeof(text), "sel:\n  %s\ncondition: sel\n",
				 text_cases[i].item);

		line.who.tuple.text[DICT_ACCOUNT] = text_cases[i].text[0] != '\0';
		must_read(text_cases[i].item, &t, (struct str){ text, (size_t)n });
		if ((where_line_ask(t.where, &line, &policy, room) == JUDGED_HIT) !=
		    text_cases[i].holds)
			fail_msg("%s of '%s': wanted %s", text_cases[i].item, text_cases[i].text,
				 text_cases[i].holds ? "yes" : "no");
		where_trial_end(&t);
		regex_room_free(room);
	}
}

enum { GOOD, STRANGE, EMPTY }; /* all is known; no ledger knows it; the line says nothing */

static const struct {
	const char *item;
	enum judged want[3];
} field_cases[] = {
	{ "account: a1", { JUDGED_HIT, JUDGED_HIT, JUDGED_OUTSIDE } },
	{ "address: 10.1.0.7", { JUDGED_HIT, JUDGED_HIT, JUDGED_OUTSIDE } },
	{ "address: '10.1.*'", { JUDGED_HIT, JUDGED_HIT, JUDGED_OUTSIDE } },
	{ "address|cidr: 10.1.0.0/24", { JUDGED_HIT, JUDGED_HIT, JUDGED_OUTSIDE } },
	{ "address|cidr: [10.2.0.0/16, '2001:db8::/32']",
	  { JUDGED_OUTSIDE, JUDGED_OUTSIDE, JUDGED_OUTSIDE } },
	{ "address|cidr: '::ffff:10.1.0.0/112'", { JUDGED_HIT, JUDGED_HIT, JUDGED_OUTSIDE } },
	{ "terminal: t1", { JUDGED_HIT, JUDGED_HIT, JUDGED_OUTSIDE } },
	{ "client: ua1", { JUDGED_HIT, JUDGED_HIT, JUDGED_OUTSIDE } },
	{ "class: c1", { JUDGED_HIT, JUDGED_HIT, JUDGED_OUTSIDE } },
	{ "object: o1", { JUDGED_HIT, JUDGED_HIT, JUDGED_OUTSIDE } },
	{ "system: saiene", { JUDGED_HIT, JUDGED_HIT, JUDGED_HIT } },
	{ "system: takuso", { JUDGED_OUTSIDE, JUDGED_OUTSIDE, JUDGED_OUTSIDE } },
	{ "act: [list, export]", { JUDGED_HIT, JUDGED_HIT, JUDGED_HIT } },
	{ "act: view", { JUDGED_OUTSIDE, JUDGED_OUTSIDE, JUDGED_OUTSIDE } },
	{ "act: '*i*t'", { JUDGED_HIT, JUDGED_HIT, JUDGED_HIT } },
	{ "act|re: ^li", { JUDGED_HIT, JUDGED_HIT, JUDGED_HIT } },
	{ "act|startswith: LI", { JUDGED_HIT, JUDGED_HIT, JUDGED_HIT } },
	{ "ok: true", { JUDGED_HIT, JUDGED_HIT, JUDGED_HIT } },
	{ "reason: null", { JUDGED_HIT, JUDGED_HIT, JUDGED_HIT } },
	{ "masked: no", { JUDGED_HIT, JUDGED_UNKNOWN_MASKING, JUDGED_UNKNOWN_MASKING } },
	{ "masked: null", { JUDGED_OUTSIDE, JUDGED_HIT, JUDGED_HIT } },
	{ "org: KPG", { JUDGED_HIT, JUDGED_UNKNOWN_ACCOUNT, JUDGED_UNKNOWN_ACCOUNT } },
	{ "org|exists: false", { JUDGED_OUTSIDE, JUDGED_HIT, JUDGED_HIT } },
	{ "kind: person", { JUDGED_HIT, JUDGED_UNKNOWN_ACCOUNT, JUDGED_UNKNOWN_ACCOUNT } },
	{ "privileged: 1", { JUDGED_HIT, JUDGED_UNKNOWN_ACCOUNT, JUDGED_UNKNOWN_ACCOUNT } },
	{ "role: clerk", { JUDGED_HIT, JUDGED_UNKNOWN_ACCOUNT, JUDGED_UNKNOWN_ACCOUNT } },
	{ "owner: P-1", { JUDGED_HIT, JUDGED_UNKNOWN_ACCOUNT, JUDGED_UNKNOWN_ACCOUNT } },
	{ "net: 10.1.0.0/16", { JUDGED_HIT, JUDGED_HIT, JUDGED_OUTSIDE } },
	{ "net_org: KEP", { JUDGED_HIT, JUDGED_UNKNOWN_ORIGIN, JUDGED_OUTSIDE } },
	{ "net_kind: [vpn, site]", { JUDGED_HIT, JUDGED_UNKNOWN_ORIGIN, JUDGED_OUTSIDE } },
	{ "site: 本店", { JUDGED_HIT, JUDGED_UNKNOWN_ORIGIN, JUDGED_OUTSIDE } },
	{ "terminal_org: NEWA", { JUDGED_HIT, JUDGED_UNKNOWN_ORIGIN, JUDGED_OUTSIDE } },
	{ "terminal_kind: loan", { JUDGED_HIT, JUDGED_UNKNOWN_ORIGIN, JUDGED_OUTSIDE } },
	{ "public: no", { JUDGED_HIT, JUDGED_HIT, JUDGED_HIT } },
	{ "hour: 23", { JUDGED_HIT, JUDGED_HIT, JUDGED_HIT } },
	{ "hour|gte: 22", { JUDGED_HIT, JUDGED_HIT, JUDGED_HIT } },
	{ "hour|lt: 23", { JUDGED_OUTSIDE, JUDGED_OUTSIDE, JUDGED_OUTSIDE } },
	{ "hour|gt: 22", { JUDGED_HIT, JUDGED_HIT, JUDGED_HIT } },
	{ "hour|lte: 22", { JUDGED_OUTSIDE, JUDGED_OUTSIDE, JUDGED_OUTSIDE } },
	{ "weekday: mon", { JUDGED_HIT, JUDGED_HIT, JUDGED_HIT } },
	{ "weekday: [tue, sun]", { JUDGED_OUTSIDE, JUDGED_OUTSIDE, JUDGED_OUTSIDE } },
	{ "day: hol", { JUDGED_HIT, JUDGED_HIT, JUDGED_HIT } },
	{ "relation: other", { JUDGED_HIT, JUDGED_UNKNOWN_CONSUMER, JUDGED_OUTSIDE } },
	{ "relation: null", { JUDGED_OUTSIDE, JUDGED_HIT, JUDGED_HIT } },
	{ "disaster: peace", { JUDGED_HIT, JUDGED_HIT, JUDGED_OUTSIDE } },
};

/* 2022-07-04 23:59:59.999 in Japan, a Monday */
static void
fill_lines(struct where_line lines[3])
{
	const int64_t ts = 1656946799999;

	for (int k = 0; k < 3; k++) {
		struct where_line *l = &lines[k];

		l->fact.ts = ts;
		l->holiday = true;
		l->who.tuple.system = 1;
		l->who.tuple.act = ACT_LIST;
		l->who.tuple.ok = 1;
		if (k == EMPTY)
			continue;
		for (int d = 0; d < DICT_OBJECT; d++)
			l->who.tuple.text[d] = 1;
		l->fact.object = 1;
		l->is_view = true;
		l->text[DICT_ACCOUNT] = STR("a1");
		l->text[DICT_ADDRESS] = STR("\0\0\0\0\0\0\0\0\0\0\xff\xff\x0a\x01\x00\x07");
		l->text[DICT_TERMINAL] = STR("t1");
		l->text[DICT_CLIENT] = STR("ua1");
		l->text[DICT_CLASS] = STR("c1");
		l->text[DICT_OBJECT] = STR("o1");
		l->net = STR("10.1.0.0/16");
		l->who.net = 1;
	}
	lines[GOOD].who.tuple.masked = MASKED_NO;
	lines[GOOD].who.account_row = lines[GOOD].who.net_row = lines[GOOD].who.terminal_row = 5;
	lines[GOOD].who.account_org = 1;
	lines[GOOD].who.net_org = 2;
	lines[GOOD].who.terminal_org = 3;
	lines[GOOD].who.account_kind = KIND_PERSON;
	lines[GOOD].who.privileged = true;
	lines[GOOD].who.net_kind = NET_SITE;
	lines[GOOD].who.net_site = 1;
	lines[GOOD].who.terminal_kind = TERMINAL_LOAN;
	lines[GOOD].view.relation = REL_OTHER;
	lines[GOOD].org = STR("KPG");
	lines[GOOD].net_org = STR("KEP");
	lines[GOOD].terminal_org = STR("NEWA");
	lines[GOOD].site = STR("本店");
	lines[GOOD].role = STR("clerk");
	lines[GOOD].owner = STR("P-1");
}

/* Every field has its value from where it belongs, and says so when nobody knows it. */
static void
fields(void **state UNUSED)
{
	struct where_line lines[3] = { 0 };
	struct regex_room *room = regex_room_new();

	fill_lines(lines);
	for (size_t i = 0; i < COUNT(field_cases); i++) {
		static const char *const names[] = { "known", "unknown", "unsaid" };
		struct where_trial t;
		char text[200];
		int n = snprintf(text, sizeof(text), "sel: {%s}\ncondition: sel\n",
				 field_cases[i].item);

		must_read(field_cases[i].item, &t, (struct str){ text, (size_t)n });
		for (int k = 0; k < 3; k++)
			want_i64(field_cases[i].item, names[k], field_cases[i].want[k],
				 where_line_ask(t.where, &lines[k], &policy, room));
		where_trial_end(&t);
	}
	regex_room_free(room);
}

static void
only_some_fields_need_the_line(void **state UNUSED)
{
	static const char by_line[] = " object hour weekday day relation disaster ";

	for (int i = 0; i < WHERE_FIELDS; i++) {
		char needle[40];
		int n = snprintf(needle, sizeof(needle), " %s ", where_infos[i].name);

		want_bool(where_infos[i].name, "by line",
			  str_contains(STR(by_line), (struct str){ needle, (size_t)n }),
			  where_infos[i].by_line);
	}
}

/* A pattern that cannot be decided is unknown, not "no"; unless it does not matter. */
static void
a_regex_has_limits(void **state UNUSED)
{
	static const struct {
		const char *condition;
		enum judged want;
	} cases[] = {
		{ "slow and fast", JUDGED_REGEX_LIMIT },
		{ "not slow and fast", JUDGED_REGEX_LIMIT },
		{ "slow and not fast", JUDGED_OUTSIDE },
		{ "slow or fast", JUDGED_HIT },
		{ "fast or slow", JUDGED_HIT },
	};
	struct regex_room *room = regex_room_new();
	char evil[60];

	memset(evil, 'a', sizeof(evil));
	evil[sizeof(evil) - 1] = '!';
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct where_line line = { .text[DICT_ACCOUNT] = { evil, sizeof(evil) } };
		struct where_trial t;
		char text[200];
		int n = snprintf(text, sizeof(text),
				 "slow: {account|re: '^(a+)+$'}\nfast: {account: 'a*'}\n"
				 "condition: %s\n",
				 cases[i].condition);

		line.who.tuple.text[DICT_ACCOUNT] = 1;
		must_read(cases[i].condition, &t, (struct str){ text, (size_t)n });
		want_i64(cases[i].condition, "answer", cases[i].want,
			 where_line_ask(t.where, &line, &policy, room));
		where_trial_end(&t);
	}
	regex_room_free(room);
}

#define SEL(item) "sel:\n  " item "\ncondition: sel\n"

static const struct {
	const char *name, *text, *want;
} mistake_cases[] = {
	{ "not a map", "[a]", "1:1: 'where' must be a map" },
	{ "no condition", "sel: {account: a}", "1:1: 'where' needs 'condition'" },
	{ "no selection", "condition: sel", "1:1: 'where' needs a selection" },
	{ "a text for a selection", "sel: a\ncondition: sel\n", "1:6: a selection must be a map" },
	{ "an empty selection", "sel: {}\ncondition: sel\n", "1:6: an empty map holds for every" },
	{ "an empty list", "sel: []\ncondition: sel\n", "1:6: 'sel' is an empty list" },
	{ "keywords", "sel: [evil]\ncondition: sel\n", "1:7: a keyword is searched for" },
	{ "keywords of all", "sel: {'|all': [a, b]}\ncondition: sel\n",
	  "1:7: a keyword without a field" },
	{ "a reserved name", "and: {account: a}\ncondition: and\n", "1:1: 'and' cannot name" },
	{ "a name with a star", "a*: {account: a}\ncondition: all of a*\n",
	  "1:1: 'a*' cannot name" },
	{ "an unknown field", SEL("acount: a"),
	  "2:3: unknown field 'acount'; did you mean 'account'?" },
	{ "an unknown modifier", SEL("account|startwith: a"),
	  "2:3: unknown modifier 'startwith'; did you mean 'startswith'?" },
	{ "a modifier of Sigma's", SEL("account|base64: a"),
	  "2:3: Sigma's modifier 'base64' is not for access logs" },
	{ "neq", SEL("account|neq: a"),
	  "2:3: Sigma's modifier 'neq' is not for access logs: say 'not'" },
	{ "no modifier behind the bar", SEL("account|: a"), "2:3: unknown modifier ''" },
	{ "a modifier twice", SEL("account|cased|cased: a"), "2:3: 'cased' stands twice" },
	{ "two ways to compare", SEL("account|contains|re: a"),
	  "2:3: 'contains' and 're' cannot both" },
	{ "i without re", SEL("account|i: a"), "2:3: 'i', 'm' and 's' go with 're' only" },
	{ "cased re", SEL("account|re|cased: a"), "2:3: 'cased' does not go with 're'" },
	{ "all of numbers", SEL("hour|gt|all: [1, 2]"), "2:3: 'all' does not go with 'gt'" },
	{ "a text compared as number", SEL("account|gt: 5"),
	  "2:3: 'gt' compares numbers, and 'account'" },
	{ "a block of a text", SEL("net|cidr: 10.0.0.0/8"),
	  "2:3: 'cidr' asks an address, and 'net'" },
	{ "no block", SEL("address|cidr: 10.0.0"), "2:17: '10.0.0' is no block" },
	{ "a block too long", SEL("address|cidr: 10.0.0.1/8"),
	  "2:17: '10.0.0.1/8' has bits beyond" },
	{ "no number", SEL("hour: nine"), "2:9: 'nine' is no number from 0 to 23" },
	{ "a number that never is", SEL("hour: 24"), "2:9: '24': 'hour' is from 0 to 23" },
	{ "more than there is", SEL("hour|gt: 23"), "2:12: '23': 'hour' is from 0 to 23" },
	{ "two numbers to compare", SEL("hour|gt: [1, 2]"), "2:12: one number, not a list" },
	{ "all of one", SEL("account|all: [a]"), "2:16: 'all' needs a list of two" },
	{ "all of a text", SEL("account|contains|all: a"), "2:25: 'all' needs a list of two" },
	{ "no value", SEL("account: []"), "2:12: 'account' is an empty list" },
	{ "null among values", SEL("account: [a, null]"), "2:16: null cannot be one of several" },
	{ "null with a modifier", SEL("account|contains: null"),
	  "2:21: null goes with no modifier" },
	{ "an empty part", SEL("account|contains: ''"), "2:21: 'account|contains' is empty" },
	{ "every value", SEL("account: '**'"), "2:12: this holds for every value; to ask whether" },
	{ "exists of what", SEL("account|exists: maybe"), "2:19: 'exists' is true or false" },
	{ "a map for a value", SEL("account: {a: b}"),
	  "2:12: 'account' must be text; here is a map" },
	{ "an unknown word", SEL("kind: persn"),
	  "2:9: unknown kind 'persn'; did you mean 'person'?" },
	{ "what rules never see", SEL("act: health"),
	  "2:8: unknown act 'health'; there are 'other'" },
	{ "lines that failed", SEL("ok: false"),
	  "2:7: 'false': 'ok' is always 'yes' in what rules" },
	{ "why they failed", SEL("reason: forbidden"),
	  "2:11: 'forbidden': lines that rules of this version see have no 'reason'" },
	{ "unknown is no word", SEL("kind: unknown"), "2:9: unknown kind 'unknown'; there are" },
	{ "all of words that differ", SEL("act|all: [view, list]"),
	  "2:12: no 'act' can be all of these" },
	{ "words that exclude each other", SEL("act|startswith: v\n  act: list"),
	  "3:3: no 'act' can be this and what is said of it above" },
	{ "something and nothing", SEL("account|contains: v\n  account: null"),
	  "3:3: 'account' cannot be something and nothing" },
	{ "asked twice alike", SEL("account|contains|cased: v\n  account|cased|contains: w"),
	  "3:3: 'account' is asked the same way above" },
	{ "an unknown system", SEL("system: takusou"),
	  "2:11: unknown system 'takusou'; did you mean 'takuso'?" },
	{ "a bad regex", SEL("account|re: 'a(b'"), "2:15: bad regex at byte 4 of 'a(b'" },
	{ "UTF in a regex", SEL("account|re: '(*UTF)a'"), "2:15: bad regex at byte" },
	{ "an unknown selection", "sel: {account: a}\ncondition: sal\n",
	  "2:12: unknown selection 'sal'; did you mean 'sel'?" },
	{ "capitals", "sel: {account: a}\ncondition: NOT sel\n", "2:12: unknown selection 'NOT'" },
	{ "an unused selection", "sel: {account: a}\nb: {account: b}\ncondition: sel\n",
	  "3:12: the condition does not use the selection 'b'" },
	{ "an open parenthesis", "sel: {account: a}\ncondition: (sel\n",
	  "2:12: the condition ends where 'and', 'or' or ')' was expected" },
	{ "a closed one", "sel: {account: a}\ncondition: sel)\n",
	  "2:12: the condition has ')' where 'and' or 'or' was expected" },
	{ "two selections", "sel: {account: a}\ncondition: sel sel\n",
	  "2:12: the condition has 'sel' where 'and' or 'or' was expected" },
	{ "and of nothing", "sel: {account: a}\ncondition: sel and\n",
	  "2:12: the condition ends where a selection was expected" },
	{ "or at the front", "sel: {account: a}\ncondition: or sel\n",
	  "2:12: the condition has 'or' where a selection was expected" },
	{ "not alone", "sel: {account: a}\ncondition: not\n",
	  "2:12: the condition ends where a selection was expected" },
	{ "two of them", "sel: {account: a}\ncondition: 2 of them\n",
	  "2:12: unknown selection '2'" },
	{ "of none", "sel: {account: a}\ncondition: 1 of filter*\n",
	  "2:12: 'of filter*': no selection is named so" },
	{ "1 without of", "sel: {account: a}\ncondition: 1 sel\n",
	  "2:12: the condition has 'sel' where 'of' was expected" },
	{ "an aggregation", "sel: {account: a}\ncondition: sel | count() > 5\n",
	  "2:12: the condition has '|' where 'and' or 'or' was expected" },
	{ "an empty condition", "sel: {account: a}\ncondition: ''\n",
	  "2:12: 'condition' is empty" },
	{ "never", "sel: {account: a}\ncondition: sel and not sel\n",
	  "2:12: this condition never holds" },
	{ "never, whoever it is",
	  "a: {account: a}\nb: {account: b}\ncondition: (a or b) and not 1 of them\n",
	  "3:12: this condition never holds" },
};

static void
mistakes_have_their_place(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(mistake_cases); i++) {
		struct where_trial t;
		struct str got;

		where_trial_begin(&t, str_of(mistake_cases[i].text), &policy);
		got = t.err.list.n ? t.err.list.at[0] : STR("w.yaml:nothing wrong");
		str_split(&got, ':');
		if (t.err.list.n != 1 || !str_starts(got, str_of(mistake_cases[i].want)))
			fail_msg("%s: %zu mistakes, the first '%.*s', wanted '%s'",
				 mistake_cases[i].name, t.err.list.n, STR_ARG(got),
				 mistake_cases[i].want);
		assert_null(t.where);
		where_trial_end(&t);
	}
}

static void
all_mistakes_are_told_in_one_run(void **state UNUSED)
{
	struct where_trial t;

	where_trial_begin(
		&t, STR("a: {acount: x, kind: nobody}\nb: [evil, {hour: 25}]\ncondition: a or c\n"),
		&policy);
	want_i64("five", "mistakes", 5, (int64_t)t.err.list.n);
	where_trial_end(&t);
}

/* Parentheses 32 deep are read, 33 are not; selections may be named 256 times. */
static void
conditions_have_an_end(void **state UNUSED)
{
	for (int deep = 32; deep <= 33; deep++) {
		struct where_trial t;
		char text[200];
		int n = snprintf(text, sizeof(text),
				 "sel: {account: a}\ncondition: '%.*ssel%.*s'\n", deep,
				 "((((((((((((((((((((((((((((((((((((((((", deep,
				 "))))))))))))))))))))))))))))))))))))))))");

		where_trial_begin(&t, (struct str){ text, (size_t)n }, &policy);
		want_bool("parentheses", "read", deep == 32, t.where != NULL);
		where_trial_end(&t);
	}
	for (int often = 256; often <= 257; often++) {
		struct where_trial t;
		char text[3000];
		int n = snprintf(text, sizeof(text), "s: {account: a}\ncondition: s");

		for (int i = 1; i < often; i++)
			n += snprintf(text + n, sizeof(text) - (size_t)n, " or s");
		where_trial_begin(&t, (struct str){ text, (size_t)n }, &policy);
		want_bool("selections", "read", often == 256, t.where != NULL);
		where_trial_end(&t);
	}
}

/* The deepest stack of answers that parentheses can make. */
static void
the_deepest_condition_is_answered(void **state UNUSED)
{
	struct where_line line = { .text[DICT_ACCOUNT] = STR("b"), .text[DICT_CLASS] = STR("x") };
	struct where_trial t;
	char text[2000];
	int n = snprintf(text, sizeof(text),
			 "a: {account: a}\nb: {account: b}\ncondition: 'a or b and ");

	for (int i = 0; i < 32; i++)
		n += snprintf(text + n, sizeof(text) - (size_t)n, "(a or b and ");
	n += snprintf(text + n, sizeof(text) - (size_t)n, "not a");
	for (int i = 0; i < 32; i++)
		n += snprintf(text + n, sizeof(text) - (size_t)n, ")");
	n += snprintf(text + n, sizeof(text) - (size_t)n, "'\n");
	must_read("deep", &t, (struct str){ text, (size_t)n });
	line.who.tuple.text[DICT_ACCOUNT] = 1;
	want_i64("deep", "answer", JUDGED_HIT, where_line_ask(t.where, &line, &policy, NULL));
	where_trial_end(&t);
}

static void
print_and_read_again(const char *name, const struct where *w, const char *want)
{
	struct where_trial t;
	struct out one, two;

	out_memory(&one);
	out_memory(&two);
	where_print(w, &one);
	want_str(name, "text", str_of(want), out_taken(&one));
	must_read(name, &t, out_taken(&one));
	where_print(t.where, &two);
	want_str(name, "text, read again", out_taken(&one), out_taken(&two));
	where_trial_end(&t);
	out_discard(&one);
	out_discard(&two);
}

static void
it_prints_one_way(void **state UNUSED)
{
	static const struct {
		const char *name, *text, *want;
	} cases[] = {
		{ "words", "s: {act|startswith: l, kind: [shared, Person]}\ncondition: s\n",
		  "{\"s\": [{\"act\": [\"login\", \"logout\", \"list\"], \"kind\": [\"person\", "
		  "\"shared\"]}], \"condition\": \"s\"}" },
		{ "numbers", "s: {hour|gte: 22}\ncondition: s\n",
		  "{\"s\": [{\"hour\": [\"22\", \"23\"]}], \"condition\": \"s\"}" },
		{ "patterns",
		  "s: {account: ['A*b\\*', 'c\\d'], account|contains|cased: X, "
		  "terminal|endswith|all: [a, b]}\n"
		  "condition: s\n",
		  "{\"s\": [{\"account\": [\"a*b\\\\*\", \"c\\\\\\\\d\"], "
		  "\"account|contains|cased\": "
		  "[\"X\"], \"terminal|endswith|all\": [\"a\", \"b\"]}], \"condition\": \"s\"}" },
		{ "the rest",
		  "s: [{account|re|s|i: 'a\"b'}, {address|cidr: 10.0.0.0/8, site: null, "
		  "role|exists: no}]\n"
		  "condition: s\n",
		  "{\"s\": [{\"account|re|i|s\": [\"a\\\"b\"]}, {\"address|cidr\": "
		  "[\"10.0.0.0/8\"], \"site\": null, \"role|exists\": false}], \"condition\": "
		  "\"s\"}" },
		{ "parentheses",
		  "a: {account: a}\nb: {account: b}\ncondition: [not (a or (b)), (a and b) or (not "
		  "not a) and "
		  "(a or b)]\n",
		  "{\"a\": [{\"account\": [\"a\"]}], \"b\": [{\"account\": [\"b\"]}], "
		  "\"condition\": \"not (a or b) or a and b or a and (a or b)\"}" },
		{ "of",
		  "a1: {account: a}\na2: {account: b}\ncondition: not 1 of a* or all of them\n",
		  "{\"a1\": [{\"account\": [\"a\"]}], \"a2\": [{\"account\": [\"b\"]}], "
		  "\"condition\": \"not (a1 or a2) or a1 and a2\"}" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct where_trial t;

		must_read(cases[i].name, &t, str_of(cases[i].text));
		print_and_read_again(cases[i].name, t.where, cases[i].want);
		where_trial_end(&t);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(conditions_have_their_truth_tables),
		cmocka_unit_test(the_unknown_is_neither_yes_nor_no),
		cmocka_unit_test(what_is_unknown_is_said),
		cmocka_unit_test(names_of_selections),
		cmocka_unit_test(texts),
		cmocka_unit_test(fields),
		cmocka_unit_test(only_some_fields_need_the_line),
		cmocka_unit_test(a_regex_has_limits),
		cmocka_unit_test(mistakes_have_their_place),
		cmocka_unit_test(all_mistakes_are_told_in_one_run),
		cmocka_unit_test(conditions_have_an_end),
		cmocka_unit_test(the_deepest_condition_is_answered),
		cmocka_unit_test(it_prints_one_way),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
