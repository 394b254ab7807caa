/*
 * vary_rows.c - see vary_rows.h.  Columns are called as ledgers call them, values are written as their cells are.
 */
#include "engine/vary_rows.h"

#include "base/civil.h"

void
ledger_row_cell(struct out *o, const char *column, struct str value)
{
	if (value.n == 0)
		return;
	out_printf(o, " %s=", column);
	out_tty(o, value);
}

static void
cell_text(struct out *o, const char *column, const struct trial *t, const struct engine_input *in,
	  enum dict dict)
{
	const struct names *n = &in->source->names;

	ledger_row_cell(o, column, n->text(n->facts, dict, t->look.seen.tuple.text[dict]));
}

static void
cell_org(struct out *o, const char *column, const struct engine_input *in, uint16_t org)
{
	ledger_row_cell(o, column, in->lookup->org_name(in->lookup->context, org));
}

static void
cell_system(struct out *o, const struct trial *t, const struct engine_input *in)
{
	ledger_row_cell(o, "system", in->policy->system[t->look.seen.tuple.system].id);
}

static void
cell_net(struct out *o, const char *column, const struct trial *t, const struct engine_input *in)
{
	ledger_row_cell(o, column, in->lookup->net_name(in->lookup->context, t->look.seen.net));
}

void
ledger_row_new(struct out *o, const char *ledger)
{
	out_printf(o, "a new row of %s:", ledger);
}

bool
ledger_row_changed(struct out *o, const char *ledger, uint32_t line)
{
	if (line)
		out_printf(o, "%s line %u with", ledger, line);
	return line != 0;
}

ROW_FOR(account)
{
	const struct seen *who = &t->look.seen;

	if (was->look.seen.account_row || !who->account_row)
		return false;
	ledger_row_new(o, "accounts");
	cell_text(o, "account", t, in, DICT_ACCOUNT);
	cell_org(o, "org", in, who->account_org);
	ledger_row_cell(o, "kind", str_of(account_kind_names[who->account_kind]));
	return true;
}

ROW_FOR(account_org)
{
	if (t->look.seen.account_org == ORG_NONE ||
	    !ledger_row_changed(o, "accounts", was->look.seen.account_row))
		return false;
	cell_org(o, "org", in, t->look.seen.account_org);
	return true;
}

ROW_FOR(account_kind)
{
	(void)in;
	if (t->look.seen.account_kind == KIND_UNKNOWN ||
	    !ledger_row_changed(o, "accounts", was->look.seen.account_row))
		return false;
	ledger_row_cell(o, "kind", str_of(account_kind_names[t->look.seen.account_kind]));
	return true;
}

ROW_FOR(staff)
{
	const struct lookup *l = in->lookup;
	const struct seen *who = &t->look.seen;
	struct str owner = l->account_column(l->context, who->account_row, "owner");

	(void)was;
	if (who->standing.staff != STAFF_ENTITLED || owner.n == 0)
		return false;
	ledger_row_new(o, "people");
	ledger_row_cell(o, "person", owner);
	cell_org(o, "org", in, who->account_org);
	return true;
}

ROW_FOR(net)
{
	const struct seen *who = &t->look.seen;

	/* A network that is an operator's whole is no block that a row could name. */
	if (was->look.seen.net_row || !who->net_row || who->net == NET_NONE ||
	    str_starts(in->lookup->net_name(in->lookup->context, who->net), STR("asn:")))
		return false;
	ledger_row_new(o, "networks");
	cell_net(o, "cidr", t, in);
	cell_org(o, "org", in, who->net_org);
	ledger_row_cell(o, "kind", str_of(net_kind_names[who->net_kind]));
	return true;
}

ROW_FOR(net_org)
{
	if (t->look.seen.net_org == ORG_NONE ||
	    !ledger_row_changed(o, "networks", was->look.seen.net_row))
		return false;
	cell_org(o, "org", in, t->look.seen.net_org);
	return true;
}

ROW_FOR(shared_site)
{
	(void)in;
	if (!ledger_row_changed(o, "networks", was->look.seen.net_row))
		return false;
	out_text(o, t->look.seen.net_shared_site ? " flags=shared_site" : " no flag shared_site");
	return true;
}

ROW_FOR(terminal)
{
	const struct seen *who = &t->look.seen;

	if (was->look.seen.terminal_row || !who->terminal_row || !who->tuple.text[DICT_TERMINAL])
		return false;
	ledger_row_new(o, "terminals");
	cell_text(o, "terminal", t, in, DICT_TERMINAL);
	cell_org(o, "org", in, who->terminal_org);
	return true;
}

ROW_FOR(terminal_org)
{
	if (t->look.seen.terminal_org == ORG_NONE ||
	    !ledger_row_changed(o, "terminals", was->look.seen.terminal_row))
		return false;
	cell_org(o, "org", in, t->look.seen.terminal_org);
	return true;
}

ROW_FOR(terminal_kind)
{
	(void)in;
	if (t->look.seen.terminal_kind == TERMINAL_UNKNOWN ||
	    !ledger_row_changed(o, "terminals", was->look.seen.terminal_row))
		return false;
	ledger_row_cell(o, "kind", str_of(terminal_kind_names[t->look.seen.terminal_kind]));
	return true;
}

ROW_FOR(assignee)
{
	const struct lookup *l = in->lookup;
	struct str owner = l->account_column(l->context, t->look.seen.account_row, "owner");

	if (owner.n == 0)
		return false;
	if (t->look.seen.standing.assignee == ASSIGNEE_SUBSTITUTED) {
		ledger_row_new(o, "substitutes");
		out_printf(o, " person=(assignee in terminals line %u)",
			   was->look.seen.terminal_row);
		ledger_row_cell(o, "substitute", owner);
		return true;
	}
	if (t->look.seen.standing.assignee != ASSIGNEE_OWNER ||
	    !ledger_row_changed(o, "terminals", was->look.seen.terminal_row))
		return false;
	ledger_row_cell(o, "assignee", owner);
	return true;
}

ROW_FOR(loan)
{
	(void)was;
	if (t->look.seen.standing.loan != LOAN_OUT)
		return false;
	ledger_row_new(o, "terminal_loans");
	cell_text(o, "terminal", t, in, DICT_TERMINAL);
	return true;
}

ROW_FOR(client)
{
	(void)was;
	if (t->look.seen.standing.client != CLIENT_LISTED || !t->look.seen.tuple.text[DICT_CLIENT])
		return false;
	ledger_row_new(o, "clients");
	cell_org(o, "org", in, t->look.seen.account_org);
	cell_system(o, t, in);
	cell_text(o, "client", t, in, DICT_CLIENT);
	return true;
}

ROW_FOR(contract)
{
	(void)was;
	if (t->look.seen.standing.contract != CONTRACT_OK)
		return false;
	ledger_row_new(o, "contractors");
	cell_org(o, "org", in, t->look.seen.account_org);
	ledger_row_cell(o, "systems", in->policy->system[t->look.seen.tuple.system].id);
	return true;
}

/* The organisations whose bit is new, each once. */
ROW_FOR(permitted)
{
	const struct seen *who = &t->look.seen;
	const uint16_t org[SUBJECT_KINDS] = { [SUBJECT_ACCOUNT] = who->account_org,
					      [SUBJECT_TERMINAL] = who->terminal_org,
					      [SUBJECT_NETWORK] = who->net_org };
	uint8_t before = was->look.seen.standing.org_permitted;
	unsigned added = who->standing.org_permitted & (0xffU ^ before);
	uint16_t told = ORG_NONE;

	for (int k = 0; k < SUBJECT_KINDS; k++) {
		if (!(added >> k & 1) || org[k] == ORG_NONE || org[k] == told)
			continue;
		if (told == ORG_NONE) {
			out_text(o, "the policy's permitted_orgs:");
			cell_system(o, t, in);
		}
		told = org[k];
		cell_org(o, "org", in, told);
	}
	return told != ORG_NONE;
}

ROW_FOR(grant)
{
	if (was->look.seen.granted || !t->look.seen.tuple.text[DICT_ACCOUNT])
		return false;
	ledger_row_new(o, "grants");
	out_text(o, " kind=account");
	cell_text(o, "subject", t, in, DICT_ACCOUNT);
	cell_system(o, t, in);
	return true;
}

ROW_FOR(pair)
{
	const struct seen *who = &t->look.seen;
	bool any = false;

	for (int i = 0; i < 2; i++) {
		if (!who->pair_allowed[i] || was->look.seen.pair_allowed[i] ||
		    who->origin[i] == ORG_NONE || who->origin[i] == who->account_org ||
		    who->account_org == ORG_NONE || (i && any && who->origin[1] == who->origin[0]))
			continue;
		if (any)
			out_text(o, "; and ");
		ledger_row_new(o, "allow_pairs");
		cell_org(o, "account_org", in, who->account_org);
		cell_org(o, "origin_org", in, who->origin[i]);
		cell_system(o, t, in);
		any = true;
	}
	return any;
}

static void
cell_consumer(struct out *o, const struct trial *t, const struct engine_input *in)
{
	const struct names *n = &in->source->names;

	ledger_row_cell(o, "consumer", n->text(n->facts, DICT_OBJECT, t->fact.object));
}

ROW_FOR(relation)
{
	static const char *const type[REL_COUNT] = {
		[REL_OWN] = "normal", [REL_LAST] = "last", [REL_FIT] = "fit"
	};

	if (!type[t->regard.relation] || !t->fact.object ||
	    (t->regard.relation == REL_OWN && t->look.seen.account_org == ORG_NONE))
		return false;
	if (!ledger_row_changed(o, "consumers", was->regard.consumer_row)) {
		ledger_row_new(o, "consumers");
		cell_consumer(o, t, in);
	}
	if (t->regard.relation == REL_OWN)
		cell_org(o, "supplier", in, t->look.seen.account_org);
	ledger_row_cell(o, "type", str_of(type[t->regard.relation]));
	return true;
}

ROW_FOR(area)
{
	const struct lookup *l = in->lookup;
	struct str area = l->area_name(l->context, t->regard.area);

	(void)was;
	if (area.n == 0 ||
	    t->lookup.area_held(l->context, t->look.seen.account_org, t->regard.area) != AREA_HELD)
		return false;
	out_text(o, "the row of orgs:");
	cell_org(o, "org", in, t->look.seen.account_org);
	ledger_row_cell(o, "areas with", area);
	return true;
}

ROW_FOR(verdict)
{
	const struct seen *who = &t->look.seen;

	if (t->regard.verdict.barred != BARRED_NO)
		return false;
	if (was->regard.verdict.prio)
		out_printf(o, "a new row of barrier before line %u:", was->regard.verdict.prio);
	else
		ledger_row_new(o, "barrier");
	ledger_row_cell(o, "viewer_class", str_of(org_class_names[who->account_class]));
	cell_system(o, t, in);
	cell_text(o, "class", t, in, DICT_CLASS);
	if (t->regard.relation != REL_UNKNOWN)
		ledger_row_cell(o, "relation", str_of(relation_names[t->regard.relation]));
	out_text(o, " verdict=allow");
	return true;
}

ROW_FOR(disaster)
{
	const struct lookup *l = in->lookup;
	uint16_t org = t->look.seen.account_org;

	(void)was;
	if (org == ORG_NONE ||
	    t->lookup.disaster(l->context, org, 0, t->fact.ts).state != DSTATE_IN)
		return false;
	ledger_row_new(o, "disasters");
	cell_org(o, "org", in, org);
	ledger_row_cell(o, "areas", l->area_name(l->context, t->regard.area));
	cell_text(o, "shared_classes", t, in, DICT_CLASS);
	return true;
}

ROW_FOR(hours)
{
	(void)was;
	if (t->lookup.hours(t->lookup.context, &t->look.seen, t->fact.ts).duty != HOURS_PERMIT)
		return false;
	ledger_row_new(o, "permits");
	cell_text(o, "account", t, in, DICT_ACCOUNT);
	out_text(o, " kind=overtime");
	return true;
}

ROW_FOR(hand)
{
	(void)was;
	if (t->lookup.attribution(t->lookup.context, &t->look.seen, t->fact.ts).attribution !=
	    ATTRIBUTION_PERSON)
		return false;
	ledger_row_new(o, "shared_ids");
	cell_text(o, "account", t, in, DICT_ACCOUNT);
	cell_text(o, "terminal", t, in, DICT_TERMINAL);
	out_text(o, " person=(who had it in hand)");
	return true;
}

ROW_FOR(travel)
{
	(void)was;
	if (!t->lookup.travel(t->lookup.context, &t->look.seen, t->fact.ts))
		return false;
	ledger_row_new(o, "permits");
	cell_text(o, "account", t, in, DICT_ACCOUNT);
	out_text(o, " kind=travel");
	return true;
}

ROW_FOR(order)
{
	(void)was;
	if (!t->lookup.work_order(t->lookup.context, &t->look.seen, t->fact.ts).row)
		return false;
	ledger_row_new(o, "work_orders");
	cell_text(o, "account", t, in, DICT_ACCOUNT);
	cell_system(o, t, in);
	return true;
}
