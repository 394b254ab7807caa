/*
 * lookup_standing.c - how the account, its owner, its terminal and its organisation stand at an instant.
 *
 * Every row that is consulted clips the answer's interval, as in lookup_tuple.c.
 */
#include "context/context_own.h"

enum { CHAIN_MOST = 8 }; /* contractors of contractors of ...: a ring is no chain */

/* All posts of a person: is one of them in `org`?  Else when the last one there ended. */
static enum staff
staff_of(const struct person_row *row, uint16_t org, int64_t ts, struct seen *s,
	 struct standing *out)
{
	enum staff staff = row ? STAFF_RETIRED : STAFF_UNKNOWN;

	for (uint32_t left = row ? row->head.count : 0; left; left--, row++) {
		bool holds = row->from <= ts && ts < row->to;

		clip(s, ts, row->from);
		clip(s, ts, row->to);
		if (holds && row->org == org) {
			out->staff_row = row->head.line;
			staff = STAFF_ENTITLED;
		} else if (holds && staff == STAFF_RETIRED) {
			staff = STAFF_ELSEWHERE;
		} else if (row->org == org && row->to <= ts && row->to > out->staff_left &&
			   staff != STAFF_ENTITLED) {
			out->staff_left = row->to;
			out->staff_row = row->head.line;
		}
	}
	if (staff == STAFF_ENTITLED)
		out->staff_left = INT64_MIN;
	return staff;
}

void
standing_account(const struct context *c, const struct account_row *row, int64_t ts, struct seen *s)
{
	size_t i = (size_t)((const char *)row - c->ledger[LEDGER_accounts].rows) / sizeof(*row);
	struct standing *st = &s->standing;

	st->created = row->created;
	st->status = row->status;
	st->schedule = row->schedule ? row->schedule : c->posts.schedule[row->org];
	if (!shifts_known(&c->shifts, st->schedule))
		st->schedule = 0;
	st->staff = (uint8_t)staff_of(c->posts.owner[i], row->org, ts, s, st);
}

/* Line of a row by which the account's owner may sit at the terminal of `assignee`; 0 = none. */
static uint32_t
substituted(const struct context *c, struct str assignee, struct str owner, int64_t ts,
	    struct seen *s)
{
	struct substitute_row probe = { .person = assignee };
	const struct substitute_row *row = ledger_find(&c->ledger[LEDGER_substitutes], &probe);
	uint32_t line = 0;

	for (uint32_t left = row ? row->head.count : 0; left; left--, row++) {
		if (!str_eq(row->substitute, owner))
			continue;
		clip(s, ts, row->from);
		clip(s, ts, row->to);
		if (row->from <= ts && ts < row->to)
			line = row->head.line;
	}
	return line;
}

/* Whose a terminal is, is asked when it is somebody's and so is the account. */
static void
see_assignee(const struct context *c, const struct terminal_row *row, size_t i, int64_t ts,
	     struct seen *s)
{
	const struct account_row *account = s->account_row ? c->account_line[s->account_row] : NULL;
	struct standing posts = { .staff_left = INT64_MIN };
	struct standing *st = &s->standing;
	enum staff staff;

	if (!account || account->owner.n == 0 || row->assignee.n == 0)
		return;
	if (str_eq(account->owner, row->assignee)) {
		st->assignee = ASSIGNEE_OWNER;
		return;
	}
	staff = staff_of(c->posts.assignee[i], account->org, ts, s, &posts);
	st->assignee_elsewhere = staff == STAFF_ELSEWHERE || staff == STAFF_RETIRED;
	st->substitute_row = substituted(c, row->assignee, account->owner, ts, s);
	st->assignee = st->substitute_row ? ASSIGNEE_SUBSTITUTED : ASSIGNEE_OTHER;
}

static void
see_loan(const struct context *c, int64_t ts, struct seen *s)
{
	const struct loan_row *first = c->resolved.loan[s->tuple.text[DICT_TERMINAL]];
	const struct loan_row *row = BEGUN(loan_row, out, first, ts);

	if (!(c->gives & GIVES_LOANS))
		return;
	s->standing.loan = LOAN_NEVER;
	if (!row) {
		if (first)
			clip(s, ts, first->out);
		return;
	}
	if (row->head.count > 1)
		clip(s, ts, row[1].out);
	/* A loan given back at the instant it began hides none that it lies in. */
	while (row->out == row->in && row != first)
		row--;
	clip(s, ts, row->out);
	clip(s, ts, row->in);
	s->standing.loan_row = row->head.line;
	s->standing.loan = ts < row->in ? LOAN_OUT : LOAN_RETURNED;
	s->standing.loan_org = ts < row->in ? row->org : ORG_NONE;
}

void
standing_terminal(const struct context *c, const struct terminal_row *row, int64_t ts,
		  struct seen *s)
{
	size_t i = (size_t)((const char *)row - c->ledger[LEDGER_terminals].rows) / sizeof(*row);

	see_assignee(c, row, i, ts, s);
	see_loan(c, ts, s);
}

static void
see_client(const struct context *c, struct seen *s)
{
	struct client_row probe = { .org = s->account_org,
				    .system = (uint16_t)(s->tuple.system + 1) };
	const struct client_row *row;
	struct str client;

	if (!(c->gives & GIVES_CLIENTS) || s->account_org == ORG_NONE)
		return;
	row = ledger_find(&c->ledger[LEDGER_clients], &probe);
	s->standing.client = CLIENT_FREE;
	if (!row)
		return;
	client = c->names.text(c->names.facts, DICT_CLIENT, s->tuple.text[DICT_CLIENT]);
	s->standing.client = client.n ? CLIENT_UNLISTED : CLIENT_UNKNOWN;
	for (uint32_t left = row->head.count; left; left--, row++) {
		if (client.n && str_eq(row->client, client))
			s->standing.client = CLIENT_LISTED;
	}
}

/* An empty list holds everything. */
static bool
holds(const struct name_list *list, uint16_t name)
{
	for (size_t i = 0; i < list->count; i++) {
		if (list->at[i] == name)
			return true;
	}
	return list->count == 0;
}

/* What a contractor works for, and whether that one may have contractors, up to somebody who is none. */
static bool
chain_holds(const struct context *c, const struct contractor_row *row, int64_t ts, int depth,
	    struct seen *s)
{
	const struct org_row *org = c->posts.org[row->org];
	uint16_t parent = row->parent ? row->parent : org ? org->parent : ORG_NONE;
	const struct contractor_row *up;

	if (parent == ORG_NONE || !c->posts.org[parent] || depth == CHAIN_MOST)
		return false;
	if (c->org_class[parent] != ORG_CONTRACTOR)
		return true;
	up = c->posts.contract[parent];
	for (uint32_t left = up ? up->head.count : 0; left; left--, up++) {
		clip(s, ts, up->from);
		clip(s, ts, up->to);
		if (up->from <= ts && ts < up->to && chain_holds(c, up, ts, depth + 1, s))
			return true;
	}
	return false;
}

static enum contract
contract_says(const struct context *c, const struct contractor_row *row, int64_t ts, struct seen *s)
{
	uint32_t class = s->tuple.text[DICT_CLASS];

	if (!holds(&row->systems, (uint16_t)(s->tuple.system + 1)))
		return CONTRACT_SYSTEM;
	if (class && !holds(&row->classes, c->resolved.class[class].number))
		return CONTRACT_CLASS;
	if (row->sites.count && s->net_site == SITE_NONE)
		return CONTRACT_SITE_UNKNOWN;
	if (!holds(&row->sites, s->net_site))
		return CONTRACT_SITE;
	return chain_holds(c, row, ts, 0, s) ? CONTRACT_OK : CONTRACT_CHAIN;
}

static void
see_contract(const struct context *c, int64_t ts, struct seen *s)
{
	const struct contractor_row *row = c->posts.contract[s->account_org];
	struct standing *st = &s->standing;

	if (s->account_org == ORG_NONE || c->org_class[s->account_org] == ORG_CLASS_UNKNOWN)
		return;
	st->contract = CONTRACT_FREE;
	if (c->org_class[s->account_org] != ORG_CONTRACTOR)
		return;
	st->contract = c->gives & GIVES_CONTRACTORS ? CONTRACT_TERM : CONTRACT_UNKNOWN;
	for (uint32_t left = row ? row->head.count : 0; left; left--, row++) {
		enum contract one;

		clip(s, ts, row->from);
		clip(s, ts, row->to);
		if (row->from > ts || ts >= row->to || st->contract == CONTRACT_OK)
			continue;
		one = contract_says(c, row, ts, s);
		if (one != CONTRACT_OK && one < st->contract)
			continue;
		st->contract = (uint8_t)one;
		st->contract_row = row->head.line;
	}
}

static void
see_permitted(const struct context *c, int64_t ts, struct seen *s)
{
	const struct permitted_list *list = &c->posts.permitted[s->tuple.system];
	const uint16_t org[SUBJECT_KINDS] = { [SUBJECT_ACCOUNT] = s->account_org,
					      [SUBJECT_TERMINAL] = s->terminal_org,
					      [SUBJECT_NETWORK] = s->net_org };

	s->standing.permits_listed = list->count > 0;
	for (size_t i = 0; i < list->count; i++) {
		const struct permitted *p = &list->at[i];

		clip(s, ts, p->from);
		clip(s, ts, p->to);
		for (int k = 0; k < SUBJECT_KINDS; k++) {
			if (org[k] != ORG_NONE && org[k] == p->org && p->from <= ts && ts < p->to)
				s->standing.org_permitted |= (uint8_t)(1U << k);
		}
	}
}

static void
see_disaster_subject(struct seen *s)
{
	uint16_t org = s->account_org ? s->account_org : s->terminal_org;

	if (s->account_kind == KIND_DISASTER)
		s->standing.disaster_subject = SUBJECT_ACCOUNT;
	else if (s->terminal_kind == TERMINAL_DISASTER)
		s->standing.disaster_subject = SUBJECT_TERMINAL;
	else
		return;
	s->standing.disaster_org = org;
}

void
standing_whole(const struct context *c, int64_t ts, struct seen *s)
{
	see_client(c, s);
	see_contract(c, ts, s);
	see_permitted(c, ts, s);
	see_disaster_subject(s);
}

void
standing_again(const struct context *c, const struct account_row *row, int64_t ts, struct seen *s)
{
	struct standing *st = &s->standing;

	st->client = CLIENT_UNKNOWN;
	st->contract = CONTRACT_UNKNOWN;
	st->contract_row = 0;
	st->org_permitted = 0;
	st->disaster_subject = SUBJECT_KINDS;
	st->disaster_org = ORG_NONE;
	st->staff_row = 0;
	st->staff_left = INT64_MIN;
	st->staff = STAFF_UNKNOWN;
	if (row) {
		size_t i = (size_t)((const char *)row - c->ledger[LEDGER_accounts].rows) /
			   sizeof(*row);

		st->staff = (uint8_t)staff_of(c->posts.owner[i], s->account_org, ts, s, st);
	}
	standing_whole(c, ts, s);
}
