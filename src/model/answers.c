/*
 * answers.c - see answers.h.
 */
#include "model/answers.h"

#include "base/civil.h"

const char *const staff_words[] = {
	[STAFF_UNKNOWN] = "undetermined: the owner stands in no row of people",
	[STAFF_ENTITLED] = "has a post in the account's organisation",
	[STAFF_ELSEWHERE] = "has a post, and none in the account's organisation",
	[STAFF_RETIRED] = "has no post",
};

const char *const loan_words[] = {
	[LOAN_UNKNOWN] = "undetermined: the policy names no ledger of loans",
	[LOAN_NEVER] = "not lent so far",
	[LOAN_OUT] = "out",
	[LOAN_RETURNED] = "given back",
};

const char *const assignee_words[] = {
	[ASSIGNEE_UNKNOWN] = "undetermined: no row says whose it is, or whose the account is",
	[ASSIGNEE_OWNER] = "the account's owner",
	[ASSIGNEE_SUBSTITUTED] = "another, for whom the account's owner stands in",
	[ASSIGNEE_OTHER] = "another than the account's owner",
};

const char *const client_words[] = {
	[CLIENT_UNKNOWN] = "undetermined",
	[CLIENT_FREE] = "any: its organisation is told none for this system",
	[CLIENT_LISTED] = "one of those listed for its organisation",
	[CLIENT_UNLISTED] = "none of those listed for its organisation",
};

const char *const contract_words[] = {
	[CONTRACT_UNKNOWN] = "undetermined",
	[CONTRACT_FREE] = NULL,
	[CONTRACT_OK] = "in force",
	[CONTRACT_TERM] = "none in force",
	[CONTRACT_SYSTEM] = "not for this system",
	[CONTRACT_CLASS] = "not for this class",
	[CONTRACT_SITE] = "not from this site",
	[CONTRACT_SITE_UNKNOWN] = "in force, from sites of its own",
	[CONTRACT_CHAIN] = "in force, but not that of a company above",
};

const char *const hours_words[] = {
	[HOURS_UNKNOWN] = "undetermined: no schedule with hours",
	[HOURS_OFF] = "outside its hours",
	[HOURS_SCHEDULE] = "within its hours",
	[HOURS_PERMIT] = "permitted",
	[HOURS_DISASTER] = "permitted by a disaster",
};

const char *const hours_ledgers[] = {
	[HOURS_UNKNOWN] = "",           [HOURS_OFF] = "",
	[HOURS_SCHEDULE] = "schedules", [HOURS_PERMIT] = "permits",
	[HOURS_DISASTER] = "disasters",
};

const char *const attribution_words[] = {
	[ATTRIBUTION_UNKNOWN] = "undetermined: no ledger of shared IDs, or no terminal to tell by",
	[ATTRIBUTION_PERSON] = "one person's",
	[ATTRIBUTION_NO_ENTRY] = "nobody's: no entry holds then",
	[ATTRIBUTION_NEVER_CLOSED] = "nobody's: the last entry was never closed",
	[ATTRIBUTION_AMBIGUOUS] = "anybody's of several entries",
	[ATTRIBUTION_NO_PERSON] = "nobody's: the entry names no person",
};

const char *const area_words[] = {
	[AREA_UNKNOWN] = "undetermined",
	[AREA_HELD] = "of the account's organisation",
	[AREA_FOREIGN] = "not of the account's organisation",
};

const char *const dstate_words[] = {
	[DSTATE_PEACE] = "peace",
	[DSTATE_EARLY] = "shortly before a window",
	[DSTATE_TAIL] = "in the day behind a window",
	[DSTATE_IN] = "in a window",
};

static void
fact(struct out *o, const char *label, const char *text)
{
	out_printf(o, "    %-13s%s", label, text);
}

void
answers_row(struct out *o, const char *ledger, uint32_t line)
{
	if (line)
		out_printf(o, " (%s line %u)", ledger, line);
	out_char(o, '\n');
}

void
answers_account(const struct answers *a)
{
	const struct seen *who = a->who;
	const struct standing *st = &who->standing;
	struct str org = a->look->org_name(a->look->context, who->account_org);

	if (who->account_row == 0) {
		fact(a->out, "account", "undetermined: no row of accounts holds\n");
		return;
	}
	fact(a->out, "organisation", "");
	out_tty(a->out, org);
	out_printf(a->out, ", %s", org_class_names[a->look->org_class(a->look->context, org)]);
	answers_row(a->out, "accounts", who->account_row);
	fact(a->out, "kind", account_kind_names[who->account_kind]);
	out_printf(a->out, "%s%s%s\n", who->privileged ? ", privileged" : "",
		   st->status ? ", " : "", account_status_names[st->status]);
	fact(a->out, "owner", staff_words[st->staff]);
	answers_row(a->out, "people", st->staff_row);
}

void
answers_hours(const struct answers *a)
{
	struct hours_said h = a->look->hours(a->look->context, a->who, a->ts);

	fact(a->out, "hours", hours_words[h.duty]);
	answers_row(a->out, hours_ledgers[h.duty], h.row);
}

void
answers_disaster(const struct answers *a, uint16_t org)
{
	struct disaster_said d = a->look->disaster(a->look->context, org, 0, a->ts);

	if (!(a->look->gives & GIVES_DISASTERS)) {
		fact(a->out, "disaster", "undetermined: the policy names no ledger of disasters\n");
		return;
	}
	fact(a->out, "disaster", dstate_words[d.state]);
	if (d.row && d.state == DSTATE_PEACE)
		out_text(a->out, "; the nearest window");
	answers_row(a->out, "disasters", d.row);
}

void
answers_contract(const struct answers *a)
{
	const struct standing *st = &a->who->standing;

	if (!contract_words[st->contract])
		return;
	fact(a->out, "contract", contract_words[st->contract]);
	answers_row(a->out, "contractors", st->contract_row);
}

void
answers_grant(const struct answers *a, enum subject subject, uint16_t org)
{
	const struct standing *st = &a->who->standing;

	if (st->permits_listed && org != ORG_NONE)
		fact(a->out, "system",
		     st->org_permitted >> subject & 1 ? "permits its organisation\n"
						      : "does not permit its organisation\n");
	if (st->grant_row) {
		fact(a->out, "grant", "in force");
		answers_row(a->out, "grants", st->grant_row);
	} else if (st->lapsed[subject]) {
		fact(a->out, "grant", "ended");
		answers_row(a->out, "grants", st->lapsed[subject]);
	}
}

void
answers_terminal(const struct answers *a)
{
	const struct seen *who = a->who;

	if (who->terminal_row == 0) {
		fact(a->out, "terminal", "undetermined: no row of terminals holds\n");
		return;
	}
	fact(a->out, "organisation", "");
	out_tty(a->out, a->look->org_name(a->look->context, who->terminal_org));
	answers_row(a->out, "terminals", who->terminal_row);
	fact(a->out, "kind", terminal_kind_names[who->terminal_kind]);
	out_char(a->out, '\n');
	if (who->standing.loan == LOAN_NEVER && who->terminal_kind != TERMINAL_LOAN &&
	    who->terminal_kind != TERMINAL_DISASTER)
		return;
	fact(a->out, "loan", loan_words[who->standing.loan]);
	answers_row(a->out, "terminal_loans", who->standing.loan_row);
}

void
answers_network(const struct answers *a)
{
	const struct seen *who = a->who;

	fact(a->out, "network", "");
	out_tty(a->out, a->look->net_name(a->look->context, who->net));
	if (who->net_row == 0) {
		out_text(a->out, ", undetermined: no row of networks holds it\n");
		return;
	}
	answers_row(a->out, "networks", who->net_row);
	fact(a->out, "organisation", "");
	out_tty(a->out, who->net_org ? a->look->org_name(a->look->context, who->net_org)
				     : STR("undetermined: the row names none"));
	out_printf(a->out, "\n    %-13s%s%s\n", "kind", net_kind_names[who->net_kind],
		   who->net_shared_site ? ", a shared site: no proof of its organisation" : "");
}

/* Whose the terminal is, against whose account was used at it. */
void
answers_assignee(const struct answers *a)
{
	const struct standing *st = &a->who->standing;

	if (a->who->terminal_row == 0)
		return;
	fact(a->out, "assignee", assignee_words[st->assignee]);
	answers_row(a->out, "substitutes", st->substitute_row);
}

static void
told_hand(const struct answers *a)
{
	struct attributed h = a->look->attribution(a->look->context, a->who, a->ts);

	if (a->who->account_kind != KIND_SHARED && a->who->account_kind != KIND_GROUP)
		return;
	fact(a->out, "hand", attribution_words[h.attribution]);
	if (h.person.n) {
		out_text(a->out, ": ");
		out_tty(a->out, h.person);
	}
	answers_row(a->out, "shared_ids", h.row);
}

static void
told_allowed(const struct answers *a)
{
	const struct seen *who = a->who;

	for (int i = 0; i < 2; i++) {
		if (!who->pair_allowed[i] || (i == 1 && who->origin[1] == who->origin[0]))
			continue;
		fact(a->out, "allowed", "");
		out_tty(a->out, a->look->org_name(a->look->context, who->account_org));
		out_text(a->out, " from ");
		out_tty(a->out, a->look->org_name(a->look->context, who->origin[i]));
		answers_row(a->out, "allow_pairs", who->pair_row[i]);
	}
}

void
answers_line(const struct answers *a)
{
	const struct standing *st = &a->who->standing;
	struct ordered order = a->look->work_order(a->look->context, a->who, a->ts);
	uint32_t travel = a->look->travel(a->look->context, a->who, a->ts);

	told_allowed(a);
	if (a->look->gives & GIVES_CLIENTS) {
		fact(a->out, "client", client_words[st->client]);
		out_char(a->out, '\n');
	}
	told_hand(a);
	if (order.row) {
		fact(a->out, "work order", "in force");
		answers_row(a->out, "work_orders", order.row);
	}
	if (travel) {
		fact(a->out, "travel", "permitted");
		answers_row(a->out, "permits", travel);
	}
}

static void
told_consumer(const struct answers *a, const struct regard *view)
{
	struct str area = a->look->area_name(a->look->context, view->area);

	fact(a->out, "relation", relation_names[view->relation]);
	if (view->consumer_row == 0) {
		out_text(a->out, ": no row of consumers holds\n");
		return;
	}
	answers_row(a->out, "consumers", view->consumer_row);
	fact(a->out, "area", "");
	out_tty(a->out, area.n ? area : STR("undetermined: the row names none"));
	if (area.n)
		out_printf(a->out, ", %s",
			   area_words[a->look->area_held(a->look->context, a->who->account_org,
							 view->area)]);
	out_char(a->out, '\n');
	if (view->switch_boundary)
		fact(a->out, "change", "of its supplier or type, within three days\n");
}

/* The verdict, masking and disaster taken in. */
void
answers_view(const struct answers *a, const struct event *ev)
{
	static const char *const barred[] = {
		[BARRED_NO] = "allowed",
		[BARRED_YES] = "denied",
		[BARRED_UNKNOWN] = "undetermined",
	};
	const struct verdict *v = &ev->view->verdict;

	if (ev->fact->object)
		told_consumer(a, ev->view);
	fact(a->out, "barrier", "");
	if (v->prio == 0) {
		out_text(a->out, "undetermined: the policy names none\n");
		return;
	}
	out_printf(a->out, "%s, disaster %s%s", barred[v->barred], dstate_names[ev->view->dstate],
		   v->last ? ", by the last row: no other matches" : "");
	answers_row(a->out, "barrier", v->prio);
}
