/*
 * vary_answers.c - the table of answers that rules may rest on.  Those that a new row of a ledger gives come first:
 * it is the smallest change.
 */
#include "engine/vary_asked.h"
#include "engine/vary_rows.h"

#include "model/answers.h"

static enum varied
vary_pair(struct trial *t, unsigned n)
{
	struct seen *who = &t->look.seen;

	if (n == 3)
		return VARIED_ALL;
	for (unsigned i = 0; i < 2; i++) {
		/* One organisation is allowed or not, whichever way it shows itself. */
		if (n == i || n == 2 || who->origin[0] == who->origin[1])
			who->pair_allowed[i] = !who->pair_allowed[i];
	}
	return VARIED;
}

static void
say_pair(const struct event *ev, const struct names *names UNUSED, struct out *o)
{
	const struct seen *who = ev->who;
	const char *sep = " ";
	bool any = false;

	for (int i = 0; i < 2; i++) {
		if (!who->pair_allowed[i] || (i && any && who->origin[0] == who->origin[1]))
			continue;
		any = true;
		out_text(o, sep);
		out_tty(o, ev->lookup->org_name(ev->lookup->context, who->account_org));
		out_text(o, " from ");
		out_tty(o, ev->lookup->org_name(ev->lookup->context, who->origin[i]));
		out_printf(o, " (allow_pairs line %u)", who->pair_row[i]);
		sep = ", ";
	}
	if (!any)
		out_text(o, " none");
}

static enum varied
vary_grant(struct trial *t, unsigned n)
{
	struct seen *who = &t->look.seen;

	who->granted = !who->granted;
	who->standing.grant_row = who->granted ? NEW_ROW : 0;
	return n ? VARIED_ALL : VARIED;
}

static void
say_grant(const struct event *ev, const struct names *names UNUSED, struct out *o)
{
	out_text(o, ev->who->granted ? " in force" : " none in force");
}

static enum varied
vary_lapsed(struct trial *t, unsigned n)
{
	uint32_t *lapsed = t->look.seen.standing.lapsed;

	if (n > SUBJECT_KINDS)
		return VARIED_ALL;
	if (n == SUBJECT_KINDS) {
		memset(lapsed, 0, sizeof(t->look.seen.standing.lapsed));
		return VARIED;
	}
	if (lapsed[n])
		return VARIED_NOT;
	lapsed[n] = NEW_ROW;
	return VARIED;
}

static void
say_lapsed(const struct event *ev, const struct names *names UNUSED, struct out *o)
{
	bool any = false;

	for (int i = 0; i < SUBJECT_KINDS; i++) {
		if (ev->who->standing.lapsed[i])
			out_printf(o, " (grants line %u)", ev->who->standing.lapsed[i]);
		any |= ev->who->standing.lapsed[i] != 0;
	}
	if (!any)
		out_text(o, " none");
}

/* Each organisation of the line permitted in turn, nobody, and a system that says nothing. */
static enum varied
vary_permitted(struct trial *t, unsigned n)
{
	struct seen *who = &t->look.seen;
	struct standing *st = &who->standing;
	const uint16_t org[SUBJECT_KINDS] = { [SUBJECT_ACCOUNT] = who->account_org,
					      [SUBJECT_TERMINAL] = who->terminal_org,
					      [SUBJECT_NETWORK] = who->net_org };
	uint8_t before = st->org_permitted;

	if (n > SUBJECT_KINDS + 1)
		return VARIED_ALL;
	if (n == SUBJECT_KINDS + 1) {
		st->permits_listed = !st->permits_listed;
		return VARIED;
	}
	if (n == SUBJECT_KINDS)
		st->org_permitted = 0;
	for (unsigned k = 0; n < SUBJECT_KINDS && k < SUBJECT_KINDS; k++) {
		if (org[n] != ORG_NONE && org[k] == org[n])
			st->org_permitted |= (uint8_t)(1U << k);
	}
	return st->org_permitted == before ? VARIED_NOT : VARIED;
}

static void
say_permitted(const struct event *ev, const struct names *names UNUSED, struct out *o)
{
	static const char *const subject[SUBJECT_KINDS] = { "account", "terminal", "network" };
	const struct standing *st = &ev->who->standing;

	if (!st->permits_listed) {
		out_text(o, " not stated");
		return;
	}
	out_text(o, st->org_permitted ? " have that of the" : " have none of the line");
	for (int k = 0; k < SUBJECT_KINDS; k++) {
		if (st->org_permitted >> k & 1)
			out_printf(o, " %s", subject[k]);
	}
}

/* Taken away; or, where there is none, one of each organisation of the line. */
static enum varied
vary_account_row(struct trial *t, unsigned n)
{
	struct seen *who = &t->look.seen;
	const uint16_t org[] = { who->origin[0], who->origin[1], who->net_org };

	if (n >= COUNT(org) || (who->account_row && n))
		return VARIED_ALL;
	if (who->account_row) {
		who->account_row = 0;
		who->account_org = ORG_NONE;
		who->account_kind = KIND_UNKNOWN;
		return VARIED;
	}
	if (org[n] == ORG_NONE || !who->tuple.text[DICT_ACCOUNT])
		return VARIED_NOT;
	who->account_row = NEW_ROW;
	who->account_org = org[n];
	who->account_kind = KIND_PERSON;
	return VARIED;
}

static void
say_row(uint32_t row, struct out *o)
{
	out_text(o, row ? "" : " none");
}

static void
say_account_row(const struct event *ev, const struct names *names UNUSED, struct out *o)
{
	say_row(ev->who->account_row, o);
}

static enum varied
vary_net_row(struct trial *t, unsigned n)
{
	struct seen *who = &t->look.seen;

	if (n)
		return VARIED_ALL;
	if (who->net == NET_NONE)
		return VARIED_NOT;
	who->net_org = who->net_row ? ORG_NONE : who->account_org;
	who->net_kind = who->net_row ? NET_UNKNOWN : NET_SITE;
	who->net_row = who->net_row ? 0 : NEW_ROW;
	return VARIED;
}

static void
say_net_row(const struct event *ev, const struct names *names UNUSED, struct out *o)
{
	say_row(ev->who->net_row, o);
}

static enum varied
vary_terminal_row(struct trial *t, unsigned n)
{
	struct seen *who = &t->look.seen;

	if (n)
		return VARIED_ALL;
	if (!who->tuple.text[DICT_TERMINAL])
		return VARIED_NOT;
	who->terminal_org = who->terminal_row ? ORG_NONE : who->account_org;
	who->terminal_kind = who->terminal_row ? TERMINAL_UNKNOWN : TERMINAL_NORMAL;
	who->terminal_row = who->terminal_row ? 0 : NEW_ROW;
	return VARIED;
}

static void
say_terminal_row(const struct event *ev, const struct names *names UNUSED, struct out *o)
{
	say_row(ev->who->terminal_row, o);
}

static enum varied
vary_act(struct trial *t, unsigned n)
{
	struct seen *who = &t->look.seen;

	if (n == ACT_COUNT)
		return VARIED_ALL;
	if (n == who->tuple.act)
		return VARIED_NOT;
	who->tuple.act = (uint8_t)n;
	return VARIED;
}

static void
say_act(const struct event *ev, const struct names *names UNUSED, struct out *o)
{
	out_printf(o, " %s", act_names[ev->who->tuple.act]);
}

static enum varied
vary_text(uint32_t *text, unsigned n)
{
	if (n)
		return VARIED_ALL;
	if (*text == 0)
		return VARIED_NOT;
	*text = 0;
	return VARIED;
}

static enum varied
vary_class(struct trial *t, unsigned n)
{
	return vary_text(&t->look.seen.tuple.text[DICT_CLASS], n);
}

static void
say_text(const struct names *names, enum dict dict, uint32_t number, struct out *o)
{
	out_char(o, ' ');
	out_tty(o, number ? names->text(names->facts, dict, number) : STR("not said"));
}

static void
say_class(const struct event *ev, const struct names *names, struct out *o)
{
	say_text(names, DICT_CLASS, ev->who->tuple.text[DICT_CLASS], o);
}

static enum varied
vary_terminal(struct trial *t, unsigned n)
{
	return vary_text(&t->look.seen.tuple.text[DICT_TERMINAL], n);
}

static void
say_terminal(const struct event *ev, const struct names *names, struct out *o)
{
	say_text(names, DICT_TERMINAL, ev->who->tuple.text[DICT_TERMINAL], o);
}

static enum varied
vary_object(struct trial *t, unsigned n)
{
	enum varied v = vary_text(&t->fact.object, n);

	if (v == VARIED) {
		t->regard = (struct regard){ .dstate = t->regard.dstate };
		t->regard.verdict = t->look.seen.verdict[REL_UNKNOWN][t->regard.dstate];
	}
	return v;
}

static void
say_object(const struct event *ev, const struct names *names, struct out *o)
{
	say_text(names, DICT_OBJECT, ev->fact->object, o);
}

static enum varied
vary_relation(struct trial *t, unsigned n)
{
	if (n == REL_COUNT)
		return VARIED_ALL;
	if (n == t->regard.relation || !t->look.seen.views || !t->fact.object)
		return VARIED_NOT;
	t->regard.relation = (enum relation)n;
	t->regard.consumer_row = n ? NEW_ROW : 0;
	t->regard.verdict = t->look.seen.verdict[n][t->regard.dstate];
	return VARIED;
}

static void
say_relation(const struct event *ev, const struct names *names UNUSED, struct out *o)
{
	if (!ev->view)
		return;
	out_printf(o, " %s", relation_names[ev->view->relation]);
	if (ev->view->consumer_row)
		out_printf(o, " (consumers line %u)", ev->view->consumer_row);
}

static enum varied
vary_verdict(struct trial *t, unsigned n)
{
	struct verdict *at = &t->look.seen.verdict[t->regard.relation][t->regard.dstate];

	if (n > BARRED_UNKNOWN)
		return VARIED_ALL;
	if (!t->look.seen.views || n == t->regard.verdict.barred)
		return VARIED_NOT;
	t->regard.verdict.barred = at->barred = (uint8_t)n;
	t->regard.verdict.last = at->last = 0;
	if (at->prio == 0)
		t->regard.verdict.prio = at->prio = UINT16_MAX;
	return VARIED;
}

static void
say_verdict(const struct event *ev, const struct names *names UNUSED, struct out *o)
{
	static const char *const said[] = { [BARRED_NO] = " allows",
					    [BARRED_YES] = " denies",
					    [BARRED_UNKNOWN] = " undetermined" };

	if (!ev->view)
		return;
	out_text(o, said[ev->view->verdict.barred]);
	if (ev->view->verdict.prio)
		out_printf(o, " (barrier line %u)", ev->view->verdict.prio);
}

static const char *const masked_words[] = { "not said", "no", "yes" };
static const char *const ok_words[] = { "failed", "ok" };

#define WHO(field) offsetof(struct seen, field)
#define ORG(answer, field, from, line, cell)                                                       \
	{                                                                                          \
		.name = (answer), .type = ANSWER_ORG, .at = WHO(field), .again = true,             \
		.ledger = (from), .row_at = WHO(line), .row = row_for_##cell                       \
	}
#define WORD(answer, field, names, count, follows)                                                 \
	.name = (answer), .type = ANSWER_WORD, .at = WHO(field), .word = (names),                  \
	.words = (count), .again = (follows)
#define FLAG(answer, field, follows)                                                               \
	.name = (answer), .type = ANSWER_FLAG, .at = WHO(field), .again = (follows)
#define OWN(answer, fn) .name = (answer), .type = ANSWER_OWN, .vary = vary_##fn, .say = say_##fn
#define BY(from, line) .ledger = (from), .row_at = WHO(line)

const struct answer vary_answers[] = {
	{ OWN("allowed pairs:", pair), .row = row_for_pair },
	{ OWN("grant", grant), BY("grants", standing.grant_row), .row = row_for_grant },
	{ OWN("hours:", hours), .row = row_for_hours },
	{ OWN("travel", travel), .row = row_for_travel },
	{ OWN("work order", order), .row = row_for_order },
	{ OWN("hand:", hand), .row = row_for_hand },
	{ WORD("terminal's loan:", standing.loan, loan_words, LOAN_RETURNED + 1, false),
	  BY("terminal_loans", standing.loan_row), .row = row_for_loan },
	{ WORD("terminal's assignee:", standing.assignee, assignee_words, ASSIGNEE_OTHER + 1,
	       false),
	  BY("terminals", terminal_row), .row = row_for_assignee },
	{ WORD("client:", standing.client, client_words, CLIENT_UNLISTED + 1, false),
	  .row = row_for_client },
	{ WORD("contract", standing.contract, contract_words, CONTRACT_CHAIN + 1, false),
	  BY("contractors", standing.contract_row), .row = row_for_contract },
	{ WORD("account's owner", standing.staff, staff_words, STAFF_RETIRED + 1, false),
	  BY("people", standing.staff_row), .row = row_for_staff },
	{ OWN("row of accounts:", account_row), .again = true, BY("accounts", account_row),
	  .row = row_for_account },
	{ OWN("row of networks:", net_row), .again = true, BY("networks", net_row),
	  .row = row_for_net },
	{ OWN("row of terminals:", terminal_row), .again = true, BY("terminals", terminal_row),
	  .row = row_for_terminal },
	{ OWN("disaster:", disaster), .row = row_for_disaster },
	{ OWN("system's permitted_orgs", permitted), .row = row_for_permitted },
	ORG("account's organisation", account_org, "accounts", account_row, account_org),
	ORG("network's organisation", net_org, "networks", net_row, net_org),
	ORG("terminal's organisation", terminal_org, "terminals", terminal_row, terminal_org),
	{ WORD("account's kind", account_kind, account_kind_names, KIND_COUNT, true),
	  BY("accounts", account_row), .row = row_for_account_kind },
	{ WORD("terminal's kind", terminal_kind, terminal_kind_names, TERMINAL_KIND_COUNT, true),
	  BY("terminals", terminal_row), .row = row_for_terminal_kind },
	{ WORD("network's kind", net_kind, net_kind_names, NET_KIND_COUNT, true),
	  BY("networks", net_row) },
	{ FLAG("shared site", net_shared_site, true), BY("networks", net_row),
	  .row = row_for_shared_site },
	{ OWN("relation", relation), .row = row_for_relation },
	{ OWN("consumer's area", area), .row = row_for_area },
	{ OWN("barrier", verdict), .row = row_for_verdict },
	{ WORD("account's status", standing.status, account_status_names, ACCOUNT_STATUSES, false),
	  BY("accounts", account_row) },
	{ FLAG("privileged", privileged, false), BY("accounts", account_row) },
	{ OWN("ended grant:", lapsed) },
	{ FLAG("system split:", system_split, false) },
	{ FLAG("system internal_only:", system_internal, false) },
	{ FLAG("system of a grid company:", system_of_grid, false) },
	{ FLAG("accounts that are nobody's own forbidden:", nonpersonal_forbidden, false) },
	{ FLAG("public class:", class_public, false) },
	{ FLAG("public address:", address_public, false) },
	{ OWN("class", class), .line = true },
	{ OWN("terminal", terminal), .line = true },
	{ OWN("consumer", object), .line = true },
	{ OWN("day:", day), .line = true },
	{ WORD("masked:", tuple.masked, masked_words, MASKED_YES + 1, true), .line = true },
	{ OWN("act", act), .again = true, .line = true },
	{ WORD("outcome:", tuple.ok, ok_words, 2, false), .line = true },
};

const size_t vary_answer_count = COUNT(vary_answers);
_Static_assert(COUNT(vary_answers) <= 64, "a bit each");
