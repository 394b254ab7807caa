/*
 * rules_load_test.c - the shipped rules are the contract's, a policy's files take their place or stand beside them, and
 * what is wrong with a file is told at its place.
 */
#include "base/test_wall.h"

#include "app/tables.h"
#include "model/message.h"
#include "model/rule_print.h"
#include "model/where.h"
#include "policy/policy_load.h"
#include "policy/rules_load.h"

#include <sys/stat.h>

enum { FILES_MOST = 3 };

/* A folder with a policy and its files of rules. */
struct trial {
	char folder[40];
	struct str path[FILES_MOST];
	struct arena arena;
	struct policy policy;
	struct policy_file file[FILES_MOST + 1];
	struct rules rules;
	struct errors err;
	int rc;
};

static struct policy_system systems[] = { { .id = { "takuso", 6 } }, { .id = { "saiene", 6 } } };

static void
write_text(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
	assert_int_equal(fclose(f), 0);
}

static void
begin(struct trial *t)
{
	*t = (struct trial){ 0 };
	snprintf(t->folder, sizeof(t->folder), "/tmp/rules_test_XXXXXX");
	assert_non_null(mkdtemp(t->folder));
	t->policy = (struct policy){ .path = STR("p.yaml"),
				     .system = systems,
				     .system_count = COUNT(systems),
				     .rules = t->file };
}

/* "shipped", or the text of a file */
static void
add(struct trial *t, const char *rules)
{
	size_t n = t->policy.rules_count++;

	if (strcmp(rules, RULES_SHIPPED) == 0) {
		t->file[n].path = str_of(rules);
		return;
	}
	assert_true(n < FILES_MOST);
	t->path[n] = arena_printf(&t->arena, "%s/r%zu.yaml", t->folder, n);
	write_text(t->path[n].p, rules);
	t->file[n].path = t->path[n];
}

static void
load(struct trial *t)
{
	t->rc = rules_load(&t->rules, &t->policy, detectors, detector_count, &t->err);
}

static void
end(struct trial *t)
{
	for (size_t i = 0; i < FILES_MOST; i++)
		if (t->path[i].n)
			unlink(t->path[i].p);
	rmdir(t->folder);
	rules_free(&t->rules);
	errors_free(&t->err);
	arena_free(&t->arena);
}

static const struct rule *
rule_of(const struct trial *t, const char *id)
{
	for (size_t i = 0; i < t->rules.count + t->rules.off_count; i++)
		if (strcmp(t->rules.at[i].id, id) == 0)
			return &t->rules.at[i];
	fail_msg("no rule %s; %s", id, t->err.list.n ? t->err.list.at[0].p : "no mistake");
	return NULL;
}

/* DETECTION B.1 and B.12, by hand. */
static const struct {
	const char *id, *detector, *title_ja;
	enum finding_kind kind;
	int base;
	int64_t gap;
	int64_t param[8];
} shipped[] = {
	{ "ACC-01",
	  "unlisted_account",
	  "台帳に無いID",
	  FINDING_VIOLATION,
	  70,
	  1800000,
	  { 1800000 } },
	{ "ACC-02", "leaver", "異動・退職後の利用", FINDING_VIOLATION, 85, 1800000, { 1800000 } },
	{ "DIS-01",
	  "disaster_peace",
	  "災害用ID・端末の平常時利用",
	  FINDING_VIOLATION,
	  90,
	  1800000,
	  { 1800000 } },
	{ "DIS-02",
	  "disaster_class",
	  "災害時の共有情報以外の閲覧",
	  FINDING_VIOLATION,
	  70,
	  1800000,
	  { 1800000 } },
	{ "DIS-02b",
	  "disaster_area",
	  "災害対応区域外の閲覧",
	  FINDING_VIOLATION,
	  60,
	  1800000,
	  { 1800000 } },
	{ "DIS-03",
	  "disaster_tail",
	  "災害対応終了後の利用",
	  FINDING_VIOLATION,
	  60,
	  1800000,
	  { 1800000 } },
	{ "DIS-04",
	  "disaster_early",
	  "災害対応発動前の利用",
	  FINDING_VIOLATION,
	  50,
	  1800000,
	  { 1800000 } },
	{ "DIS-05",
	  "disaster_person",
	  "災害時の平常時個人IDの利用",
	  FINDING_VIOLATION,
	  70,
	  1800000,
	  { 1800000 } },
	{ "DIS-06",
	  "disaster_reset",
	  "災害ごとのリセットの無い利用",
	  FINDING_VIOLATION,
	  70,
	  0,
	  { 0 } },
	{ "DIS-08",
	  "disaster_calendar",
	  "災害カレンダーの不備",
	  FINDING_VIOLATION,
	  40,
	  0,
	  { 1209600000, 86400000 } },
	{ "DIS-09",
	  "disaster_open",
	  "災害終了後の未解除・未回収",
	  FINDING_VIOLATION,
	  50,
	  0,
	  { 0 } },
	{ "DRF-01",
	  "new_net",
	  "初出ネットワーク",
	  FINDING_ANOMALY,
	  10,
	  0,
	  { 7776000000, 2419200000, 3 } },
	{ "DRF-02", "new_country", "国外・新規国", FINDING_ANOMALY, 75, 0, { 7776000000, 3 } },
	{ "DRF-03",
	  "new_tool",
	  "初出端末・専用アプリ以外",
	  FINDING_ANOMALY,
	  40,
	  0,
	  { 7776000000, 2419200000, 3 } },
	{ "DRF-04",
	  "outside_net",
	  "外部NW・未登録接続点",
	  FINDING_VIOLATION,
	  90,
	  1800000,
	  { 1800000 } },
	{ "DRF-05",
	  "leap",
	  "移動不能（拠点間/GeoIP）",
	  FINDING_ANOMALY,
	  60,
	  0,
	  { 300, 20, 900, 500 } },
	{ "DRF-06", "roaming", "接続元の頻繁な変化", FINDING_ANOMALY, 30, 0, { 5, 3 } },
	{ "LOG-01",
	  "silent_hours",
	  "ログの欠測（稼働時間帯の空白）",
	  FINDING_COVERAGE,
	  60,
	  0,
	  { 7200000 } },
	{ "LOG-02",
	  "silent_system",
	  "対象システムのログ無し",
	  FINDING_COVERAGE,
	  90,
	  0,
	  { 7200000 } },
	{ "LOG-03", "refused", "読めないログ行", FINDING_COVERAGE, 40, 0, { 1000, 100 } },
	{ "LOG-06", "clock", "時刻の疑い", FINDING_COVERAGE, 50, 0, { 500, 3, 80, 40, 100, 3 } },
	{ "LOG-07", "unresolved", "台帳に無い名前", FINDING_COVERAGE, 40, 0, { 20 } },
	{ "OFF-01", "off_hours", "時間外アクセス", FINDING_ANOMALY, 40, 3600000, { 3600000, 1 } },
	{ "OFF-02", "off_days", "休日アクセス", FINDING_ANOMALY, 40, 3600000, { 3600000, 1 } },
	{ "OFF-03",
	  "rare_hour",
	  "本人にとって稀な時間帯",
	  FINDING_ANOMALY,
	  25,
	  0,
	  { 4838400000, 20 } },
	{ "ORG-01",
	  "lent",
	  "貸与ID（所属組織≠接続元組織）",
	  FINDING_VIOLATION,
	  75,
	  1800000,
	  { 1800000 } },
	{ "ORG-02",
	  "outsider",
	  "従業員等以外からのアクセス",
	  FINDING_VIOLATION,
	  75,
	  1800000,
	  { 1800000 } },
	{ "ORG-03",
	  "after_split",
	  "分割後システムへの小売側アクセス",
	  FINDING_VIOLATION,
	  90,
	  1800000,
	  { 1800000 } },
	{ "SHR-01",
	  "nonpersonal",
	  "個人でないIDの利用",
	  FINDING_VIOLATION,
	  60,
	  1800000,
	  { 1800000 } },
	{ "SHR-02", "two_places", "同一IDの同時利用", FINDING_ANOMALY, 70, 0, { 60000, 2 } },
	{ "SHR-03", "many_terminals", "一日の端末数過多", FINDING_ANOMALY, 40, 0, { 3 } },
	{ "SHR-05",
	  "unattributed",
	  "共用ID簿で個人特定不可",
	  FINDING_VIOLATION,
	  80,
	  1800000,
	  { 1800000 } },
	{ "SHR-06", "many_users", "一端末・多ID", FINDING_ANOMALY, 40, 0, { 3 } },
	{ "TMP-01",
	  "lapsed_grant",
	  "期限切れ一時開放",
	  FINDING_VIOLATION,
	  90,
	  1800000,
	  { 1800000 } },
	{ "TRM-01",
	  "unlisted_terminal",
	  "未登録端末",
	  FINDING_VIOLATION,
	  70,
	  1800000,
	  { 1800000 } },
	{ "TRM-02",
	  "borrowed_terminal",
	  "他人の端末",
	  FINDING_VIOLATION,
	  55,
	  1800000,
	  { 1800000 } },
	{ "TRM-03",
	  "unlent_terminal",
	  "貸与期間外の端末利用",
	  FINDING_VIOLATION,
	  70,
	  1800000,
	  { 1800000 } },
	{ "VOL-01",
	  "surge",
	  "閲覧件数の急増",
	  FINDING_ANOMALY,
	  50,
	  0,
	  { 5, 3, 28, 10, 2, 60, 30 } },
	{ "XTN-01",
	  "denied_view",
	  "非公開情報の権限外閲覧",
	  FINDING_VIOLATION,
	  75,
	  1800000,
	  { 1800000 } },
	{ "XTN-02",
	  "barrier_hole",
	  "情報遮断の不備（系統的）",
	  FINDING_VIOLATION,
	  90,
	  604800000,
	  { 604800000, 3 } },
	{ "XTN-03",
	  "attempts",
	  "遮断箇所への試行",
	  FINDING_ANOMALY,
	  40,
	  1800000,
	  { 1800000, 10, 5 } },
	{ "XTN-04", "barrier_gap", "判定表に無い組合せ", FINDING_CONTROL_GAP, 40, 0, { 0 } },
	{ "XTN-05", "foreign_area", "供給区域外閲覧", FINDING_VIOLATION, 75, 1800000, { 1800000 } },
};

static void
the_shipped_rules_are_the_contracts(void **state UNUSED)
{
	struct trial t;

	begin(&t);
	load(&t);
	assert_int_equal(t.rc, 0);
	want_i64("shipped", "rules", COUNT(shipped), (int64_t)t.rules.count);
	want_i64("shipped", "switched off", 0, (int64_t)t.rules.off_count);
	for (size_t i = 0; i < COUNT(shipped); i++) {
		const struct rule *r = &t.rules.at[i];
		const char *id = shipped[i].id;

		want_str(id, "rule", str_of(id), str_of(r->id));
		want_str(id, "detector", str_of(shipped[i].detector), str_of(r->detector->name));
		want_str(id, "title", str_of(shipped[i].title_ja), str_of(r->title_ja));
		want_str(id, "version", STR("1.0"), str_of(r->version));
		want_i64(id, "kind", shipped[i].kind, r->detector->kind);
		want_i64(id, "base", shipped[i].base, r->base);
		want_i64(id, "gap", shipped[i].gap, r->gap_ms);
		for (int k = 0; k < 8; k++)
			want_i64(id, "number", shipped[i].param[k], r->param[k]);
		assert_true(r->seeds[0] && r->title_en && r->message_ja && r->message_en);
		assert_null(r->where);
	}
	end(&t);
}

static void
a_rule_takes_from_the_shipped_what_it_does_not_say(void **state UNUSED)
{
	struct trial t;
	const struct rule *r;

	begin(&t);
	add(&t,
	    "- id: OUR-01\n  version: 2.5\n  detector: barrier_hole\n  params: {hole_accounts: 5}\n"
	    "- {id: OUR-02, version: 0.1, detector: lent, severity: {base: 40}, title: 貸与,\n"
	    "   seeds: [K-1, K-2], message: {en: 'by {acct} at {origin_org}'},\n"
	    "   where: {sel: {system: takuso}, condition: sel}}\n"
	    "- {id: OUR-03, version: 1.0, detector: lent, enabled: false}\n");
	load(&t);
	r = rule_of(&t, "OUR-01");
	want_i64("OUR-01", "gap", 604800000, r->gap_ms);
	want_i64("OUR-01", "accounts", 5, r->param[1]);
	want_i64("OUR-01", "base", 90, r->base);
	want_str("OUR-01", "version", STR("2.5"), str_of(r->version));
	want_str("OUR-01", "title", STR("hole in the information barrier"), str_of(r->title_en));
	r = rule_of(&t, "OUR-02");
	want_i64("OUR-02", "base", 40, r->base);
	want_str("OUR-02", "title", STR("貸与"), str_of(r->title_en));
	want_str("OUR-02", "message", STR("by {acct} at {origin_org}"), str_of(r->message_ja));
	want_str("OUR-02", "seeds", STR("K-2"), str_of(r->seeds[1]));
	assert_null(r->seeds[2]);
	assert_true(r->where && !r->by_line);
	want_i64("a list without 'shipped'", "rules", 2, (int64_t)t.rules.count);
	want_i64("a list without 'shipped'", "off", 1, (int64_t)t.rules.off_count);
	want_str("the last", "rule", STR("OUR-03"), str_of(t.rules.at[2].id));
	end(&t);
}

static int64_t
shipped_rules(void)
{
	struct trial t;
	int64_t n;

	begin(&t);
	load(&t);
	n = (int64_t)t.rules.count;
	end(&t);
	return n;
}

static void
a_rule_of_a_shipped_id_takes_its_place(void **state UNUSED)
{
	static const char ours[] = "- {id: XTN-02, version: 1.1, params: {gap: 1d}}\n";
	for (int turned = 0; turned < 2; turned++) {
		struct trial t;
		const struct rule *r;

		begin(&t);
		add(&t, turned ? ours : RULES_SHIPPED);
		add(&t, turned ? RULES_SHIPPED : ours);
		load(&t);
		assert_int_equal(t.rc, 0);
		want_i64("with 'shipped'", "rules", shipped_rules(), (int64_t)t.rules.count);
		r = rule_of(&t, "XTN-02");
		want_str("ours", "version", STR("1.1"), str_of(r->version));
		want_i64("ours", "gap", 86400000, r->gap_ms);
		end(&t);
	}
}

static void
defaults_are_for_every_rule_that_does_not_say_otherwise(void **state UNUSED)
{
	struct policy_default defaults[] = {
		{ .family = STR("gap"), .key = STR("default"), .value = STR("15m") },
		{ .family = STR("vol"), .key = STR("k"), .value = STR("7") },
	};
	struct trial t;

	begin(&t);
	t.policy.defaults = defaults;
	t.policy.defaults_count = COUNT(defaults);
	add(&t, RULES_SHIPPED);
	add(&t, "- {id: A-1, version: 1.0, detector: lent}\n"
		"- {id: A-2, version: 1.0, detector: lent, params: {gap: 45m}}\n");
	load(&t);
	want_i64("ORG-01", "gap", 900000, rule_of(&t, "ORG-01")->gap_ms);
	want_i64("XTN-01", "gap", 900000, rule_of(&t, "XTN-01")->gap_ms);
	want_i64("XTN-02", "gap", 604800000, rule_of(&t, "XTN-02")->gap_ms);
	want_i64("A-1", "gap", 900000, rule_of(&t, "A-1")->gap_ms);
	want_i64("A-2", "gap", 2700000, rule_of(&t, "A-2")->gap_ms);
	want_i64("VOL-01", "k", 7, rule_of(&t, "VOL-01")->param[0]);
	end(&t);
}

static void
defaults_that_nobody_asks_are_mistakes(void **state UNUSED)
{
	static const struct {
		const char *family, *key, *value, *want;
	} cases[] = {
		{ "vol", "kk", "5",
		  "p.yaml:7:9: no rule of this version asks 'vol: {kk}'; 'vol' has 'k'" },
		{ "gap", "nap", "5m", "p.yaml:7:9: no rule of this version asks 'gap: {nap}'" },
		{ "vol", "k", "5m", "p.yaml:7:9: 'k' is a number; here is '5m'" },
		{ "gap", "default", "30",
		  "p.yaml:7:9: 'gap' is a time: a number and s, m, h or d" },
		{ "gap", "default", "0s",
		  "p.yaml:7:9: 'gap' must be from 1s to 366d; here is '0s'" },
		{ "vol", "base", "5", "p.yaml:7:9: of 'surge': 'base_min' is greater than 'base'" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct policy_default def = { .family = str_of(cases[i].family),
					      .key = str_of(cases[i].key),
					      .value = str_of(cases[i].value),
					      .at = { STR("p.yaml"), 7, 9 } };
		struct trial t;

		begin(&t);
		t.policy.defaults = &def;
		t.policy.defaults_count = 1;
		load(&t);
		want_i64(cases[i].key, "result", -1, t.rc);
		if (t.err.list.n != 1 || !str_starts(t.err.list.at[0], str_of(cases[i].want)))
			fail_msg("%s.%s: '%s', wanted '%s'", cases[i].family, cases[i].key,
				 t.err.list.n ? t.err.list.at[0].p : "nothing", cases[i].want);
		end(&t);
	}
}

#define RULE(rest) "- id: A-1\n  version: 1.0\n  detector: lent\n  " rest "\n"

static const struct {
	const char *name, *text, *want;
} misplaced[] = {
	{ "a map", "id: A\n", "1:1: a file of rules is a list" },
	{ "nothing in it", "[]\n", "1:1: a file of rules is a list" },
	{ "no rule", "- a\n", "1:3: a rule must be a map" },
	{ "no id", "- {version: 1.0}\n", "1:3: a rule needs 'id'" },
	{ "no version", "- {id: ORG-01}\n", "1:3: a rule needs 'version'" },
	{ "an unknown key", RULE("gap: 30m"), "4:3: unknown key 'gap'; there are" },
	{ "a slip", RULE("enable: false"), "4:3: unknown key 'enable'; did you mean 'enabled'?" },
	{ "a key twice", RULE("version: 1.1"), "4:3: 'version' stands twice" },
	{ "an id with a blank", "- {id: 'A 1', version: 1.0, detector: lent}\n",
	  "1:8: 'A 1' is no id of a rule" },
	{ "a version without a dot", "- {id: ORG-01, version: 1}\n", "1:25: '1' is no version" },
	{ "a version like no other", "- {id: ORG-01, version: 01.0}\n",
	  "1:25: '01.0' is no version" },
	{ "no detector", "- {id: ORG-07, version: 1.0}\n",
	  "1:8: no rule 'ORG-07' is shipped, so say what it judges by" },
	{ "an unknown detector", "- {id: A-1, version: 1.0, detector: lend}\n",
	  "1:37: unknown detector 'lend'; did you mean 'lent'?" },
	{ "another's detector", "- {id: ORG-01, version: 1.0, detector: surge}\n",
	  "1:40: 'ORG-01' is the rule of the detector 'lent'" },
	{ "an unknown parameter", RULE("params: {gab: 30m}"),
	  "4:12: 'gab' is no parameter of 'lent'; it has 'gap' (1s to 366d)" },
	{ "a time without unit", RULE("params: {gap: 30}"), "4:17: 'gap' is a time: a number and" },
	{ "a time too long", RULE("params: {gap: 367d}"),
	  "4:17: 'gap' must be from 1s to 366d; here is '367d'" },
	{ "a time beyond numbers", RULE("params: {gap: 99999999999999999999d}"),
	  "4:17: 'gap' is a time" },
	{ "a number that is none", "- {id: A, version: 1.0, detector: surge, params: {k: 1e3}}\n",
	  "1:54: 'k' is a number; here is '1e3'" },
	{ "numbers that exclude each other",
	  "- {id: A, version: 1.0, detector: surge, params: {look: 10}}\n",
	  "1:50: between 'look' and 'guard' lie fewer days than 'base_min'" },
	{ "a weight", RULE("severity: {base: 101}"), "4:20: 'base' must be from 0 to 100" },
	{ "no weight", RULE("severity: {}"), "4:13: a severity needs 'base'" },
	{ "on or off", RULE("enabled: maybe"), "4:12: 'enabled' is true or false, not 'maybe'" },
	{ "a placeholder", RULE("message: {ja: '{akct}'}"),
	  "4:12: '{akct}' is nothing that 'lent' can say; it has 'acct', 'origin_org'" },
	{ "a placeholder of days", RULE("message: {en: '{med}'}"), "4:12: '{med}' is nothing" },
	{ "an open brace", RULE("message: '{acct'"), "4:12: '{acct' is nothing" },
	{ "a closing brace", RULE("message: 'acct}'"), "4:12: '}' is nothing" },
	{ "no language", RULE("title: {}"), "4:10: a title needs 'ja', 'en' or both" },
	{ "an unknown language", RULE("title: {jp: a}"), "4:11: unknown key 'jp'" },
	{ "a mistake in where", RULE("where: {sel: {sistem: a}, condition: sel}"),
	  "4:17: unknown field 'sistem'; did you mean 'system'?" },
	{ "a where of days",
	  "- {id: A, version: 1.0, detector: surge, where: {s: {act: view}, condition: "
	  "s}}\n",
	  "1:42: 'where' picks lines, and 'surge' judges whole days" },
	{ "a where of pairs",
	  "- {id: A, version: 1.0, detector: two_places, where: {s: {act: view}, "
	  "condition: s}}\n",
	  "1:47: 'where' picks lines, and 'two_places' judges whole sessions" },
	{ "an id twice", RULE("enabled: true") RULE("enabled: true"),
	  "5:7: rule 'A-1' stands twice" },
	{ "an alias", "- &a {id: A-1}\n- *a\n", "1:3: anchors" },
	{ "nothing switched on", RULE("enabled: no"), "no rule is switched on" },
};

static void
mistakes_have_their_place(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(misplaced); i++) {
		struct trial t;
		struct str got;

		begin(&t);
		add(&t, misplaced[i].text);
		load(&t);
		got = t.err.list.n ? t.err.list.at[0] : STR(":nothing");
		if (str_starts(got, STR("/tmp/")))
			str_split(&got, ':');
		want_i64(misplaced[i].name, "result", -1, t.rc);
		if (!str_starts(got, str_of(misplaced[i].want)))
			fail_msg("%s: '%.*s', wanted '%s'", misplaced[i].name, STR_ARG(got),
				 misplaced[i].want);
		assert_null(t.rules.at);
		end(&t);
	}
}

static void
two_files_of_ours_may_not_give_one_id(void **state UNUSED)
{
	struct trial t;

	begin(&t);
	add(&t, RULE("enabled: true"));
	add(&t, "\n\n" RULE("enabled: true"));
	load(&t);
	want_i64("two", "result", -1, t.rc);
	assert_true(str_contains(t.err.list.at[0], STR("r1.yaml:3:7: rule 'A-1' stands twice;")));
	assert_true(str_contains(t.err.list.at[0], STR("r0.yaml:1 has it already")));
	end(&t);
}

/* 500 patterns of a policy and its rules are read, 501 are not; nor are 65 rules. */
static void
there_is_an_end(void **state UNUSED)
{
	for (int more = 0; more < 2; more++) {
		struct trial t;
		struct out o;

		begin(&t);
		out_memory(&o);
		out_text(&o,
			 "- {id: A, version: 1.0, detector: lent, where: {s: {'account|re': [a");
		for (int i = 1; i < 500 + more; i++)
			out_text(&o, ",a");
		out_text(&o, "]}, condition: s}}\n");
		out_char(&o, '\0');
		add(&t, out_taken(&o).p);
		load(&t);
		want_i64("regexes", "result", more ? -1 : 0, t.rc);
		out_discard(&o);
		end(&t);
	}
	for (int more = 0; more < 2; more++) {
		struct trial t;
		struct out o;

		begin(&t);
		out_memory(&o);
		for (int i = 0; i < 64 + more; i++)
			out_printf(&o, "- {id: A-%d, version: 1.0, detector: lent}\n", i);
		out_char(&o, '\0');
		add(&t, out_taken(&o).p);
		load(&t);
		want_i64("rules", "result", more ? -1 : 0, t.rc);
		out_discard(&o);
		end(&t);
	}
}

static void
a_file_that_is_not_there_is_told_where_it_is_named(void **state UNUSED)
{
	struct trial t;

	begin(&t);
	t.file[0] =
		(struct policy_file){ STR("/dev/null/nothing/r.yaml"), { STR("p.yaml"), 9, 3 } };
	t.policy.rules_count = 1;
	load(&t);
	want_i64("missing", "result", -1, t.rc);
	assert_true(
		str_starts(t.err.list.at[0],
			   STR("p.yaml:9:3: cannot read the rules '/dev/null/nothing/r.yaml'")));
	end(&t);
}

static void
digest_of(const char *text, uint8_t out[32])
{
	struct trial t;

	begin(&t);
	add(&t, text);
	load(&t);
	assert_int_equal(t.rc, 0);
	memcpy(out, t.rules.digest, 32);
	end(&t);
}

/* What a rule says is digested, not how it is written; each thing it says changes it. */
static void
the_digest_is_of_what_rules_say(void **state UNUSED)
{
	static const char base[] = "- {id: A, version: 1.0, detector: lent, where: {s: {act: "
				   "[view, list]}, condition: s}}\n";
	static const char *const same[] = {
		"# a comment\n- where: {condition: 1 of them, s: [{act: [List, 'view']}]}\n"
		"  detector: lent\n  version: '1.0'\n  id: A\n  params: {gap: 1800s}\n",
	};
	static const char *const differ[] = {
		"- {id: B, version: 1.0, detector: lent, where: {s: {act: [view, list]}, "
		"condition: s}}\n",
		"- {id: A, version: 1.1, detector: lent, where: {s: {act: [view, list]}, "
		"condition: s}}\n",
		"- {id: A, version: 1.0, detector: lent, where: {s: {act: [view]}, condition: "
		"s}}\n",
		"- {id: A, version: 1.0, detector: lent}\n",
		"- {id: A, version: 1.0, detector: lent, params: {gap: 31m}, where: {s: {act: "
		"[view, list]}, condition: s}}\n",
		"- {id: A, version: 1.0, detector: denied_view, where: {s: {act: [view, list]}, "
		"condition: s}}\n",
		"- {id: A, version: 1.0, detector: lent, title: x, where: {s: {act: [view, list]}, "
		"condition: s}}\n",
		"- {id: A, version: 1.0, detector: lent, message: x, where: {s: {act: [view, "
		"list]}, condition: s}}\n",
		"- {id: A, version: 1.0, detector: lent, severity: {base: 1}, where: {s: {act: "
		"[view, list]}, condition: s}}\n",
		"- {id: A, version: 1.0, detector: lent, seeds: [x], where: {s: {act: [view, "
		"list]}, condition: s}}\n",
		"- {id: A, version: 1.0, detector: lent, where: {s: {act: [view, list]}, "
		"condition: s}}\n"
		"- {id: B, version: 1.0, detector: lent, enabled: no}\n",
	};
	uint8_t want[32], got[32];

	digest_of(base, want);
	for (size_t i = 0; i < COUNT(same); i++) {
		digest_of(same[i], got);
		assert_memory_equal(want, got, 32);
	}
	for (size_t i = 0; i < COUNT(differ); i++) {
		digest_of(differ[i], got);
		if (memcmp(want, got, 32) == 0)
			fail_msg("the digest does not see: %s", differ[i]);
	}
}

static void
messages_are_filled_in(void **state UNUSED)
{
	static struct origin origins[] = { { .net = { "10.2.0.0/16", 11 } } };
	struct finding f = { .key_text = { STR("pg0001"), STR("KEP") },
			     .org = STR("KPG"),
			     .origins = origins,
			     .origin_count = 1,
			     .first = 1656893580000, /* 2022-07-04 09:13:00 in Japan */
			     .last = 1656893599999,
			     .counts = { .lines = 12, .views = 7, .consumers = 3 } };
	struct arena a = { 0 };
	struct trial t;

	begin(&t);
	load(&t);
	f.rule = rule_of(&t, "ORG-01");
	want_str("ORG-01", "message",
		 STR("Account pg0001, issued to KPG, was used from KEP (10.2.0.0/16) between "
		     "2022-07-04 09:13:00 and 2022-07-04 09:13:19: 12 lines, 7 views, 3 distinct "
		     "consumers. No entry allows this pair."),
		 message_text(&f, f.rule->message_en, &a));
	f.origin_count = 0;
	want_str("nothing said", "message", STR("from - by -"),
		 message_text(&f, "from {net} by {owner}", &a));
	f.rule = rule_of(&t, "XTN-01");
	f.key_text[3] = STR("fit");
	want_str("XTN-01", "message", STR("fit 送配電買取FIT"),
		 message_text(&f, "{rel} {rel_ja}", &a));
	f.rule = rule_of(&t, "VOL-01");
	f.day = (struct account_day_sum){ .x = 90, .median = 4, .mad = 1, .days = 11 };
	want_str("VOL-01", "message",
		 STR("Account pg0001 viewed 90 consumers on 2022-07-04; the median of 11 days of "
		     "that kind is 4 (MAD 1)."),
		 message_text(&f, f.rule->message_en, &a));
	arena_free(&a);
	end(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_shipped_rules_are_the_contracts),
		cmocka_unit_test(a_rule_takes_from_the_shipped_what_it_does_not_say),
		cmocka_unit_test(a_rule_of_a_shipped_id_takes_its_place),
		cmocka_unit_test(defaults_are_for_every_rule_that_does_not_say_otherwise),
		cmocka_unit_test(defaults_that_nobody_asks_are_mistakes),
		cmocka_unit_test(mistakes_have_their_place),
		cmocka_unit_test(two_files_of_ours_may_not_give_one_id),
		cmocka_unit_test(there_is_an_end),
		cmocka_unit_test(a_file_that_is_not_there_is_told_where_it_is_named),
		cmocka_unit_test(the_digest_is_of_what_rules_say),
		cmocka_unit_test(messages_are_filled_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
