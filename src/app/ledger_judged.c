/*
 * ledger_judged.c - what judgement makes of the rows at an instant, by the look-ups it uses itself.
 */
#include "app/ledger_show_own.h"

static void
fact(struct out *o, const char *label, const char *text)
{
	out_printf(o, "    %-13s%s", label, text);
}

static void
by_row(struct out *o, const char *ledger, uint32_t line)
{
	if (line)
		out_printf(o, " (%s line %u)", ledger, line);
	out_char(o, '\n');
}

static void
tell_account(const struct showing_one *s, const struct seen *who, struct out *o)
{
	static const char *const staff[] = {
		[STAFF_UNKNOWN] = "undetermined: the owner stands in no row of people",
		[STAFF_ENTITLED] = "has a post in the account's organisation",
		[STAFF_ELSEWHERE] = "has a post, and none in the account's organisation",
		[STAFF_RETIRED] = "has no post",
	};
	const struct standing *st = &who->standing;
	struct str org = s->look.org_name(s->look.context, who->account_org);

	if (who->account_row == 0) {
		fact(o, "account", "undetermined: no row of accounts holds\n");
		return;
	}
	fact(o, "organisation", "");
	out_tty(o, org);
	out_printf(o, ", %s", org_class_names[s->look.org_class(s->look.context, org)]);
	by_row(o, "accounts", who->account_row);
	fact(o, "kind", account_kind_names[who->account_kind]);
	out_printf(o, "%s%s%s\n", who->privileged ? ", privileged" : "", st->status ? ", " : "",
		   account_status_names[st->status]);
	fact(o, "owner", staff[st->staff]);
	by_row(o, "people", st->staff_row);
}

static void
tell_hours(const struct showing_one *s, const struct seen *who, struct out *o)
{
	static const struct {
		const char *text, *ledger;
	} said[] = {
		[HOURS_UNKNOWN] = { "undetermined: no schedule with hours", "" },
		[HOURS_OFF] = { "outside its hours", "" },
		[HOURS_SCHEDULE] = { "within its hours", "schedules" },
		[HOURS_PERMIT] = { "permitted", "permits" },
		[HOURS_DISASTER] = { "permitted by a disaster", "disasters" },
	};
	struct hours_said h = s->look.hours(s->look.context, who, s->ts);

	fact(o, "hours", said[h.duty].text);
	by_row(o, said[h.duty].ledger, h.row);
}

void
ledger_tell_disaster(const struct showing_one *s, uint16_t org, struct out *o)
{
	static const char *const state[DSTATE_COUNT] = {
		[DSTATE_PEACE] = "peace",
		[DSTATE_EARLY] = "shortly before a window",
		[DSTATE_TAIL] = "in the day behind a window",
		[DSTATE_IN] = "in a window",
	};
	struct disaster_said d = s->look.disaster(s->look.context, org, 0, s->ts);

	if (!(s->look.gives & GIVES_DISASTERS)) {
		fact(o, "disaster", "undetermined: the policy names no ledger of disasters\n");
		return;
	}
	fact(o, "disaster", state[d.state]);
	if (d.row && d.state == DSTATE_PEACE)
		out_text(o, "; the nearest window");
	by_row(o, "disasters", d.row);
}

static void
tell_contract(const struct seen *who, struct out *o)
{
	static const char *const said[] = {
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

	if (!said[who->standing.contract])
		return;
	fact(o, "contract", said[who->standing.contract]);
	by_row(o, "contractors", who->standing.contract_row);
}

static void
tell_grant(const struct seen *who, enum subject subject, uint16_t org, struct out *o)
{
	const struct standing *st = &who->standing;

	if (st->permits_listed && org != ORG_NONE)
		fact(o, "system",
		     st->org_permitted >> subject & 1 ? "permits its organisation\n"
						      : "does not permit its organisation\n");
	if (st->grant_row) {
		fact(o, "grant", "in force");
		by_row(o, "grants", st->grant_row);
	} else if (st->lapsed[subject]) {
		fact(o, "grant", "ended");
		by_row(o, "grants", st->lapsed[subject]);
	}
}

static void
tell_terminal(const struct showing_one *s, const struct seen *who, struct out *o)
{
	static const char *const loan[] = {
		[LOAN_UNKNOWN] = "undetermined: the policy names no ledger of loans",
		[LOAN_NEVER] = "not lent so far",
		[LOAN_OUT] = "out",
		[LOAN_RETURNED] = "given back",
	};

	if (who->terminal_row == 0) {
		fact(o, "terminal", "undetermined: no row of terminals holds\n");
		return;
	}
	fact(o, "organisation", "");
	out_tty(o, s->look.org_name(s->look.context, who->terminal_org));
	by_row(o, "terminals", who->terminal_row);
	fact(o, "kind", terminal_kind_names[who->terminal_kind]);
	out_char(o, '\n');
	if (who->standing.loan == LOAN_NEVER && who->terminal_kind != TERMINAL_LOAN &&
	    who->terminal_kind != TERMINAL_DISASTER)
		return;
	fact(o, "loan", loan[who->standing.loan]);
	by_row(o, "terminal_loans", who->standing.loan_row);
}

static void
tell_network(const struct showing_one *s, const struct seen *who, struct out *o)
{
	fact(o, "network", "");
	out_tty(o, s->look.net_name(s->look.context, who->net));
	if (who->net_row == 0) {
		out_text(o, ", undetermined: no row of networks holds it\n");
		return;
	}
	by_row(o, "networks", who->net_row);
	fact(o, "organisation", "");
	out_tty(o, who->net_org ? s->look.org_name(s->look.context, who->net_org)
				: STR("undetermined: the row names none"));
	out_printf(o, "\n    %-13s%s%s\n", "kind", net_kind_names[who->net_kind],
		   who->net_shared_site ? ", a shared site: no proof of its organisation" : "");
}

/* What a line of this thing in this system would be judged by. */
static void
tell_system(const struct showing_one *s, uint32_t system, struct out *o)
{
	struct seen who;

	s->look.tuple(s->look.context, system + 1, s->ts, &who);
	switch (s->kind->kind) {
	case SHOW_ACCOUNT:
		tell_account(s, &who, o);
		if (who.account_row == 0)
			break;
		tell_hours(s, &who, o);
		ledger_tell_disaster(s, who.account_org, o);
		tell_contract(&who, o);
		tell_grant(&who, SUBJECT_ACCOUNT, who.account_org, o);
		break;
	case SHOW_TERMINAL:
		tell_terminal(s, &who, o);
		if (who.terminal_row == 0)
			break;
		tell_grant(&who, SUBJECT_TERMINAL, who.terminal_org, o);
		break;
	case SHOW_NETWORK:
		tell_network(s, &who, o);
		tell_grant(&who, SUBJECT_NETWORK, who.net_org, o);
		break;
	case SHOW_PERSON:
	case SHOW_CONSUMER:
	case SHOW_ORG:
	case SHOW_KINDS:
		break;
	}
}

/* Systems of which the same is true are told together. */
void
ledger_tell_systems(struct showing_one *s)
{
	struct str text[SYSTEMS_MOST];
	bool told[SYSTEMS_MOST] = { false };

	for (uint32_t i = 0; i < s->thing.systems; i++) {
		struct out o;

		out_memory(&o);
		tell_system(s, i, &o);
		text[i] = arena_str(&s->arena, out_taken(&o));
		out_discard(&o);
	}
	for (uint32_t i = 0; i < s->thing.systems; i++) {
		if (told[i])
			continue;
		out_text(&s->out, "in ");
		for (uint32_t k = i; k < s->thing.systems; k++) {
			if (!str_eq(text[i], text[k]))
				continue;
			out_text(&s->out, k == i ? "" : ", ");
			out_tty(&s->out, s->policy.system[k].id);
			told[k] = true;
		}
		out_text(&s->out, "\n");
		out_bytes(&s->out, text[i]); /* escaped as it was written */
	}
}
