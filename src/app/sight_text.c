/*
 * sight_text.c - sightings for people, in Japanese or English: each with who, whence, whose, what and why, each with
 * the ledger row that says so; then the sums.
 */
#include "app/sight_print.h"

struct sight_text {
	const struct sight_list *list;
	struct out *o;
	bool ja;
};

static void
say(const struct sight_text *t, const char *ja, const char *en)
{
	out_text(t->o, t->ja ? ja : en);
}

static void
label(const struct sight_text *t, const char *ja, const char *en)
{
	out_printf(t->o, "    %s", t->ja ? ja : en);
}

static void
row(const struct sight_text *t, const char *ledger, struct str line)
{
	if (line.n == 0)
		return;
	out_printf(t->o, t->ja ? "（%s %.*s行）" : " (%s line %.*s)", ledger, STR_ARG(line));
}

/* The word for people, or the word itself. */
static void
word(const struct sight_text *t, struct str w)
{
	static const struct {
		const char *word, *ja;
	} words[] = {
		{ "view", "閲覧" },
		{ "list", "一覧" },
		{ "export", "出力" },
		{ "print", "印刷" },
		{ "download", "ダウンロード" },
		{ "update", "更新" },
		{ "person", "個人" },
		{ "shared", "共用" },
		{ "group", "グループ" },
		{ "disaster", "災害用" },
		{ "service", "システム用" },
		{ "grid", "一般送配電" },
		{ "retailer", "関係小売" },
		{ "contractor", "委託先" },
		{ "supplier", "新電力" },
		{ "government", "官公庁" },
		{ "owner", "システム保有者" },
		{ "own", "自社契約" },
		{ "other", "他社契約" },
		{ "last", "最終保障" },
		{ "fit", "FIT" },
		{ "call", "入電" },
		{ "ticket", "案件" },
		{ "application", "申込" },
		{ "outage", "停電" },
		{ "work order", "作業指示" },
		{ "grant", "一時権限" },
		{ "permit", "時間外の許可" },
	};

	for (size_t i = 0; t->ja && i < COUNT(words); i++) {
		if (str_is(w, words[i].word)) {
			out_text(t->o, words[i].ja);
			return;
		}
	}
	out_tty(t->o, w);
}

static bool
is_unknown(const struct sighting *s, enum sight_unknown what)
{
	return s->unknown >> what & 1;
}

static void
undetermined(const struct sight_text *t, const char *ja, const char *en)
{
	out_text(t->o, t->ja ? "判定不能：" : "undetermined: ");
	say(t, ja, en);
}

/* --- one sighting ------------------------------------------------------------------------------ */

static void
tell_when(const struct sight_text *t, const struct sighting *s)
{
	char time[CIVIL_TEXT];

	out_bytes(t->o, civil_print_plain(time, s->ts));
	out_text(t->o, "  ");
	out_tty(t->o, s->cell[SIGHT_SYSTEM]);
	if (s->cell[SIGHT_CLASS].n) {
		out_text(t->o, "  ");
		out_tty(t->o, s->cell[SIGHT_CLASS]);
	}
	out_text(t->o, "  ");
	if (str_is(s->cell[SIGHT_ACT], act_names[ACT_OTHER]))
		say(t, "その他", "other");
	else
		word(t, s->cell[SIGHT_ACT]);
	if (!str_is(s->cell[SIGHT_OK], "1")) {
		say(t, "  不成立", "  failed");
		out_text(t->o, s->cell[SIGHT_REASON].n ? ": " : "");
		out_tty(t->o, s->cell[SIGHT_REASON]);
	}
	out_char(t->o, '\n');
}

static void
tell_who(const struct sight_text *t, const struct sighting *s)
{
	label(t, "誰が      ", "who      ");
	out_tty(t->o, s->cell[SIGHT_ACCOUNT].n ? s->cell[SIGHT_ACCOUNT] : STR("-"));
	if (is_unknown(s, UNKNOWN_ACCOUNT)) {
		out_text(t->o, t->ja ? "、" : ", ");
		undetermined(t, "有効な accounts の行がない\n", "no row of accounts holds\n");
		return;
	}
	out_text(t->o, t->ja ? "（" : " (");
	word(t, s->cell[SIGHT_KIND]);
	out_text(t->o, t->ja ? "）" : ") of ");
	out_tty(t->o, s->cell[SIGHT_ORG]);
	out_text(t->o, t->ja ? "・" : ", ");
	word(t, s->cell[SIGHT_ORG_CLASS]);
	if (s->cell[SIGHT_DEPARTMENT].n) {
		out_text(t->o, t->ja ? "・" : ", ");
		out_tty(t->o, s->cell[SIGHT_DEPARTMENT]);
	}
	row(t, "accounts", s->cell[SIGHT_ACCOUNT_ROW]);
	out_char(t->o, '\n');
	label(t, "使用者    ", "person   ");
	if (is_unknown(s, UNKNOWN_PERSON))
		undetermined(t, "誰の操作か台帳から分からない", "no ledger says whose hand it was");
	else
		out_tty(t->o, s->cell[SIGHT_PERSON]);
	row(t, "shared_ids", s->cell[SIGHT_PERSON_ROW]);
	out_char(t->o, '\n');
}

static void
tell_org(const struct sight_text *t, struct str org)
{
	if (org.n == 0)
		return;
	if (!t->ja)
		out_text(t->o, " of ");
	else
		out_text(t->o, "・");
	out_tty(t->o, org);
}

static void
tell_whence(const struct sight_text *t, const struct sighting *s)
{
	bool net = s->cell[SIGHT_NET].n > 0, terminal = s->cell[SIGHT_TERMINAL].n > 0;

	label(t, "どこから  ", "from     ");
	if (s->cell[SIGHT_ADDRESS].n) {
		out_tty(t->o, s->cell[SIGHT_ADDRESS]);
		out_text(t->o, t->ja ? "、" : ", ");
	}
	out_tty(t->o, s->cell[SIGHT_NET]);
	tell_org(t, s->cell[SIGHT_NET_ORG]);
	if (s->cell[SIGHT_SITE].n) {
		out_text(t->o, t->ja ? "・" : ", ");
		out_tty(t->o, s->cell[SIGHT_SITE]);
	}
	row(t, "networks", s->cell[SIGHT_NET_ROW]);
	if (net && is_unknown(s, UNKNOWN_NETWORK))
		say(t, "（判定不能：networks に行がない）",
		    " (undetermined: in no row of networks)");
	if (terminal) {
		if (net)
			out_text(t->o, t->ja ? "、" : ", ");
		say(t, "端末 ", "terminal ");
		out_tty(t->o, s->cell[SIGHT_TERMINAL]);
		tell_org(t, s->cell[SIGHT_TERMINAL_ORG]);
		row(t, "terminals", s->cell[SIGHT_TERMINAL_ROW]);
		if (is_unknown(s, UNKNOWN_TERMINAL))
			say(t, "（判定不能：有効な terminals の行がない）",
			    " (undetermined: no row of terminals holds)");
	}
	if (!net && !terminal)
		say(t, "行に記載なし", "the line does not say");
	out_char(t->o, '\n');
}

static void
tell_whose(const struct sight_text *t, const struct sighting *s)
{
	if (s->cell[SIGHT_CONSUMER].n == 0)
		return;
	label(t, "誰の      ", "whose    ");
	out_tty(t->o, s->cell[SIGHT_CONSUMER]);
	if (is_unknown(s, UNKNOWN_CONSUMER)) {
		out_text(t->o, t->ja ? "、" : ", ");
		undetermined(t, "有効な consumers の行がない\n", "no row of consumers holds\n");
		return;
	}
	tell_org(t, s->cell[SIGHT_SUPPLIER]);
	out_text(t->o, t->ja ? "・" : ", ");
	word(t, s->cell[SIGHT_RELATION]);
	row(t, "consumers", s->cell[SIGHT_CONSUMER_ROW]);
	out_char(t->o, '\n');
}

static void
tell_barrier(const struct sight_text *t, const struct sighting *s)
{
	struct str barrier = s->cell[SIGHT_BARRIER], masked = s->cell[SIGHT_MASKED];

	if (barrier.n == 0)
		return;
	label(t, "可否      ", "allowed  ");
	if (is_unknown(s, UNKNOWN_BARRIER))
		undetermined(t, "判定表が答えない", "the barrier does not answer");
	else if (s->denied)
		say(t, "不可", "no");
	else
		say(t, "可", "yes");
	row(t, "barrier", s->cell[SIGHT_BARRIER_ROW]);
	if (masked.n == 0)
		say(t, "、マスクの有無は行に記載なし\n", ", the line does not say if masked\n");
	else if (str_is(masked, "1"))
		say(t, "、マスクあり\n", ", masked\n");
	else
		say(t, "、マスクなし\n", ", not masked\n");
}

static void
tell_why(const struct sight_text *t, const struct sighting *s)
{
	label(t, "理由      ", "why      ");
	for (size_t i = 0; i < s->reasons; i++) {
		const struct sight_reason *r = &s->reason[i];

		if (i)
			out_text(t->o, t->ja ? "、" : ", ");
		word(t, str_of(r->kind));
		if (r->id.n) {
			out_char(t->o, ' ');
			out_tty(t->o, r->id);
		}
		out_printf(t->o, t->ja ? "（%s %u行）" : " (%s line %u)", r->ledger, r->row);
	}
	if (s->reasons_left)
		out_printf(t->o, t->ja ? "、ほか%zu件" : ", and %zu more", s->reasons_left);
	if (is_unknown(s, UNKNOWN_REASON))
		undetermined(t, "records の台帳がない", "the policy names no ledger of records");
	else if (s->reasons == 0)
		say(t, "説明する記録なし", "nothing that is recorded explains it");
	out_text(t->o, "\n\n");
}

static void
tell_sighting(const struct sight_text *t, const struct sighting *s)
{
	tell_when(t, s);
	tell_who(t, s);
	tell_whence(t, s);
	tell_whose(t, s);
	tell_barrier(t, s);
	tell_why(t, s);
}

/* --- around them ------------------------------------------------------------------------------- */

static void
tell_listed(const struct sight_text *t, enum listed_at_all is, const char *ledger)
{
	if (is == LISTED_NOWHERE)
		out_printf(t->o,
			   t->ja ? "台帳 %s のどの行にもない\n" : "it stands in no row of %s\n",
			   ledger);
	else if (is == LISTED_UNKNOWN)
		out_printf(t->o,
			   t->ja ? "判定不能：方針に %s の台帳がない\n"
				 : "undetermined: the policy names no ledger of %s\n",
			   ledger);
}

static void
tell_day(const struct sight_text *t, int32_t day)
{
	char text[CIVIL_TEXT];

	out_bytes(t->o, str_head(civil_print_plain(text, jst_day_start(day)), 10));
}

static void
tell_heard(const struct sight_text *t, const struct run_coverage *c)
{
	unsigned days = 0;

	for (size_t i = 0; i < c->span_count; i++)
		days += (unsigned)(c->span[i].last - c->span[i].first) + 1;
	out_text(t->o, "    ");
	out_tty(t->o, c->system);
	if (days == 0) {
		say(t, "  行なし\n", "  no line\n");
		return;
	}
	out_text(t->o, "  ");
	tell_day(t, c->span[0].first);
	say(t, " 〜 ", " to ");
	tell_day(t, c->span[c->span_count - 1].last);
	out_printf(t->o, t->ja ? "、行のある日 %u日\n" : ", lines on %u day%s\n", days,
		   days == 1 ? "" : "s");
}

static void
tell_instant(const struct sight_text *t, int64_t ts)
{
	char text[CIVIL_TEXT];

	out_bytes(t->o, civil_print_plain(text, ts));
}

static void
tell_span(const struct sight_text *t)
{
	const struct options *o = t->list->asked;

	if (o->since != INT64_MIN) {
		say(t, "これより前を除く：", "leaving out what was before ");
		tell_instant(t, o->since);
		out_char(t->o, '\n');
	}
	if (o->until != INT64_MAX) {
		say(t, "これ以後を除く：", "leaving out what was from then on: ");
		tell_instant(t, o->until);
		out_char(t->o, '\n');
	}
}

static void
tell_head(const struct sight_text *t)
{
	const struct sight_list *l = t->list;
	const struct run *r = &l->judging->run;

	if (l->consumer.n) {
		say(t, "需要家 ", "consumer ");
		out_tty(t->o, l->consumer);
		out_char(t->o, '\n');
		tell_listed(t, l->consumer_is, "consumers");
	}
	if (l->account.n) {
		say(t, "利用者ID ", "account ");
		out_tty(t->o, l->account);
		out_char(t->o, '\n');
		tell_listed(t, l->account_is, "accounts");
	}
	tell_span(t);
	say(t, "調べた記録\n", "searched\n");
	for (size_t i = 0; i < r->coverage_count; i++) {
		if (l->asked->system.n == 0 || str_eq(l->asked->system, r->coverage[i].system))
			tell_heard(t, &r->coverage[i]);
	}
	if (!r->complete)
		say(t, "未完了：読めなかった記録がある\n",
		    "incomplete: something could not be read\n");
	out_char(t->o, '\n');
}

static void
tell_numbers(const struct sight_text *t, const struct sight_sum *s)
{
	out_printf(
		t->o,
		t->ja ? "閲覧%llu件（うち不可%llu件、説明なし%llu件、判定不能%llu件）、行%llu件、"
		      : "views %llu (denied %llu, unexplained %llu, undetermined %llu), lines "
			"%llu, ",
		(unsigned long long)s->views, (unsigned long long)s->denied,
		(unsigned long long)s->unexplained, (unsigned long long)s->undetermined,
		(unsigned long long)s->lines);
	tell_instant(t, s->first);
	say(t, " 〜 ", " to ");
	tell_instant(t, s->last);
	out_char(t->o, '\n');
}

static void
tell_key(const struct sight_text *t, struct str key)
{
	if (key.n)
		out_tty(t->o, key);
	else
		say(t, "判定不能", "undetermined");
}

static void
tell_sums(const struct sight_text *t, const struct sight_sums *s)
{
	size_t at = 0;

	for (size_t i = 0; i < s->whole.n; i++) {
		tell_key(t, s->whole.at[i].key[0]);
		out_text(t->o, "  ");
		tell_numbers(t, &s->whole.at[i]);
		for (; at < s->one.n && str_eq(s->one.at[at].key[0], s->whole.at[i].key[0]); at++) {
			out_text(t->o, "    ");
			tell_key(t, s->one.at[at].key[1]);
			out_text(t->o, "  ");
			if (s->of_account && s->one.at[at].key[2].n)
				word(t, s->one.at[at].key[2]);
			else
				tell_key(t, s->one.at[at].key[2]);
			out_text(t->o, "  ");
			tell_numbers(t, &s->one.at[at]);
		}
	}
}

static void
tell_end(const struct sight_text *t, const struct sight_sums *s)
{
	if (s->all.lines == 0) {
		say(t, "該当する行なし：閲覧0件\n", "no line: 0 views\n");
		return;
	}
	if (s->of_account)
		say(t, "需要家の小売事業者ごと（需要家、契約の別）\n",
		    "by supplier of the consumer (consumer, relation)\n");
	else
		say(t, "組織ごと（使用者、利用者ID）\n", "by organisation (person, account)\n");
	tell_sums(t, s);
	say(t, "全体  ", "in all  ");
	tell_numbers(t, &s->all);
}

void
sight_write_text(const struct sight_list *l, struct out *o)
{
	struct sight_text t = { .list = l, .o = o, .ja = l->japanese };
	struct sight_sums sums;

	sight_sums_open(&sums, l->consumer.n == 0);
	tell_head(&t);
	for (size_t i = 0; i < l->n; i++) {
		struct arena a = { 0 };
		struct sighting s;

		sight(&l->ask, &l->fact[i], &a, &s);
		tell_sighting(&t, &s);
		sight_sums_add(&sums, &s);
		arena_free(&a);
	}
	sight_sums_sort(&sums);
	tell_end(&t, &sums);
	sight_sums_close(&sums);
}
