/*
 * where_field.c - the fields of `where:`: what they may say, and whence they have it.
 */
#include "model/where_own.h"

#include "base/civil.h"

static const char *const no_yes[] = { "no", "yes" };
static const char *const masked_words[] = { "unsaid", "no", "yes" };
static const char *const day_words[] = { [DAY_BIZ] = "biz", [DAY_HOL] = "hol" };
static const char *const weekday_words[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
static const char *const hour_words[] = {
	"0",  "1",  "2",  "3",  "4",  "5",  "6",  "7",  "8",  "9",  "10", "11",
	"12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22", "23",
};

#define FIRST(n) ((1ULL << (n)) - 1)
#define WORDS(list, mask)                                                                          \
	.type = WHERE_WORD, .word = (list), .words = COUNT(list), .possible = (mask)
/* All but number 0, which is "the ledger does not know". */
#define KNOWN(list, n) .type = WHERE_WORD, .word = (list), .words = (n), .possible = FIRST(n) - 1

/* Rules are handed lines that went well and are no health checks. */
const struct where_info where_infos[WHERE_FIELDS] = {
	[WHERE_ACCOUNT] = { .name = "account" },
	[WHERE_ADDRESS] = { .name = "address" },
	[WHERE_TERMINAL] = { .name = "terminal" },
	[WHERE_CLIENT] = { .name = "client" },
	[WHERE_SYSTEM] = { .name = "system" },
	[WHERE_CLASS] = { .name = "class" },
	[WHERE_ACT] = { .name = "act",
			.type = WHERE_WORD,
			.word = act_names,
			.words = ACT_COUNT,
			.possible = FIRST(ACT_COUNT) & ~(1ULL << ACT_HEALTH) },
	[WHERE_OK] = { .name = "ok", WORDS(no_yes, 2) },
	[WHERE_REASON] = { .name = "reason",
			   .type = WHERE_WORD,
			   .word = reason_names,
			   .words = REASON_COUNT,
			   .possible = 0 },
	[WHERE_MASKED] = { .name = "masked", WORDS(masked_words, 6) },
	[WHERE_ORG] = { .name = "org" },
	[WHERE_KIND] = { .name = "kind", KNOWN(account_kind_names, KIND_COUNT) },
	[WHERE_PRIVILEGED] = { .name = "privileged", WORDS(no_yes, 3) },
	[WHERE_ROLE] = { .name = "role" },
	[WHERE_OWNER] = { .name = "owner" },
	[WHERE_NET] = { .name = "net" },
	[WHERE_NET_ORG] = { .name = "net_org" },
	[WHERE_NET_KIND] = { .name = "net_kind", KNOWN(net_kind_names, NET_KIND_COUNT) },
	[WHERE_SITE] = { .name = "site" },
	[WHERE_TERMINAL_ORG] = { .name = "terminal_org" },
	[WHERE_TERMINAL_KIND] = { .name = "terminal_kind",
				  KNOWN(terminal_kind_names, TERMINAL_KIND_COUNT) },
	[WHERE_PUBLIC] = { .name = "public", WORDS(no_yes, 3) },
	[WHERE_OBJECT] = { .name = "object", .by_line = true },
	[WHERE_HOUR] = { .name = "hour",
			 .type = WHERE_NUMBER,
			 .by_line = true,
			 .word = hour_words,
			 .words = COUNT(hour_words),
			 .possible = FIRST(24) },
	[WHERE_WEEKDAY] = { .name = "weekday", WORDS(weekday_words, FIRST(7)), .by_line = true },
	[WHERE_DAY] = { .name = "day", WORDS(day_words, FIRST(2)), .by_line = true },
	[WHERE_RELATION] = { .name = "relation",
			     KNOWN(relation_names, REL_COUNT),
			     .by_line = true },
	[WHERE_DISASTER] = { .name = "disaster",
			     .type = WHERE_WORD,
			     .by_line = true,
			     .word = dstate_names,
			     .words = DSTATE_COUNT,
			     .possible = FIRST(DSTATE_COUNT) },
};

static struct where_value
said(struct str text)
{
	return (struct where_value){ .known = JUDGED_HIT, .absent = text.n == 0, .text = text };
}

static struct where_value
is_word(unsigned word)
{
	return (struct where_value){ .known = JUDGED_HIT, .word = word };
}

static struct where_value
nothing(void)
{
	return (struct where_value){ .known = JUDGED_HIT, .absent = true };
}

static struct where_value
unknown(enum judged why)
{
	return (struct where_value){ .known = why };
}

static struct str
text_of(const struct where_input *in, enum dict d)
{
	return in->names->text(in->names->facts, d, in->event->who->tuple.text[d]);
}

/* `buf` is the room of an address. */
static struct where_value
of_line(enum where_field field, const struct where_input *in, char buf[ADDRESS_TEXT])
{
	const struct tuple *t = &in->event->who->tuple;
	struct str address;

	switch ((int)field) {
	case WHERE_ACCOUNT:
		return said(text_of(in, DICT_ACCOUNT));
	case WHERE_ADDRESS:
		address = text_of(in, DICT_ADDRESS);
		return address.n == ADDRESS_SIZE ? said(address_print(buf, address.p)) : nothing();
	case WHERE_TERMINAL:
		return said(text_of(in, DICT_TERMINAL));
	case WHERE_CLIENT:
		return said(text_of(in, DICT_CLIENT));
	case WHERE_SYSTEM:
		return said(in->policy->system[t->system].id);
	case WHERE_CLASS:
		return said(text_of(in, DICT_CLASS));
	case WHERE_ACT:
		return is_word(t->act);
	case WHERE_OK:
		return is_word(t->ok);
	case WHERE_REASON:
		return t->reason == REASON_NONE ? nothing() : is_word(t->reason);
	default:
		return t->masked == MASKED_UNKNOWN ? unknown(JUDGED_UNKNOWN_MASKING)
						   : is_word(t->masked);
	}
}

static struct where_value
of_account(enum where_field field, const struct where_input *in)
{
	const struct lookup *l = in->lookup;
	const struct seen *who = in->event->who;

	if (who->account_row == 0)
		return unknown(JUDGED_UNKNOWN_ACCOUNT);
	switch ((int)field) {
	case WHERE_ORG:
		return who->account_org == ORG_NONE
			       ? unknown(JUDGED_UNKNOWN_ACCOUNT)
			       : said(l->org_name(l->context, who->account_org));
	case WHERE_KIND:
		return is_word(who->account_kind);
	case WHERE_PRIVILEGED:
		return is_word(who->privileged);
	default:
		return said(
			l->account_column(l->context, who->account_row, where_infos[field].name));
	}
}

static struct where_value
of_net(enum where_field field, const struct where_input *in)
{
	const struct lookup *l = in->lookup;
	const struct seen *who = in->event->who;

	if (who->net == NET_NONE)
		return nothing();
	if (field == WHERE_NET)
		return said(l->net_name(l->context, who->net));
	if (who->net_row == 0 || (field == WHERE_NET_ORG && who->net_org == ORG_NONE))
		return unknown(JUDGED_UNKNOWN_ORIGIN);
	if (field == WHERE_NET_KIND)
		return is_word(who->net_kind);
	return said(field == WHERE_SITE ? l->site_name(l->context, who->net_site)
					: l->org_name(l->context, who->net_org));
}

static struct where_value
of_terminal(enum where_field field, const struct where_input *in)
{
	const struct lookup *l = in->lookup;
	const struct seen *who = in->event->who;

	if (who->tuple.text[DICT_TERMINAL] == 0)
		return nothing();
	if (who->terminal_row == 0 ||
	    (field == WHERE_TERMINAL_ORG && who->terminal_org == ORG_NONE))
		return unknown(JUDGED_UNKNOWN_ORIGIN);
	return field == WHERE_TERMINAL_ORG ? said(l->org_name(l->context, who->terminal_org))
					   : is_word(who->terminal_kind);
}

static struct where_value
of_instant(enum where_field field, const struct where_input *in)
{
	const struct lookup *l = in->lookup;
	int64_t ts = in->event->fact->ts;
	int32_t day = jst_day(ts);

	switch ((int)field) {
	case WHERE_HOUR:
		return is_word((unsigned)((ts - jst_day_start(day)) / 3600000));
	case WHERE_WEEKDAY:
		return is_word((unsigned)day_of_week(day));
	default:
		return is_word(l->day_kind(l->context, day));
	}
}

/* What a view's consumer adds; lines that are no view have none. */
static struct where_value
of_view(enum where_field field, const struct where_input *in)
{
	const struct regard *view = in->event->view;

	if (!view)
		return nothing();
	if (field == WHERE_DISASTER)
		return is_word(view->dstate);
	return view->relation == REL_UNKNOWN ? unknown(JUDGED_UNKNOWN_CONSUMER)
					     : is_word(view->relation);
}

struct where_value
where_value(enum where_field field, const struct where_input *in, char buf[ADDRESS_TEXT])
{
	switch (field) {
	case WHERE_ACCOUNT:
	case WHERE_ADDRESS:
	case WHERE_TERMINAL:
	case WHERE_CLIENT:
	case WHERE_SYSTEM:
	case WHERE_CLASS:
	case WHERE_ACT:
	case WHERE_OK:
	case WHERE_REASON:
	case WHERE_MASKED:
		return of_line(field, in, buf);
	case WHERE_ORG:
	case WHERE_KIND:
	case WHERE_PRIVILEGED:
	case WHERE_ROLE:
	case WHERE_OWNER:
		return of_account(field, in);
	case WHERE_NET:
	case WHERE_NET_ORG:
	case WHERE_NET_KIND:
	case WHERE_SITE:
		return of_net(field, in);
	case WHERE_TERMINAL_ORG:
	case WHERE_TERMINAL_KIND:
		return of_terminal(field, in);
	case WHERE_PUBLIC:
		return is_word(in->event->who->class_public);
	case WHERE_OBJECT:
		return said(
			in->names->text(in->names->facts, DICT_OBJECT, in->event->fact->object));
	case WHERE_HOUR:
	case WHERE_WEEKDAY:
	case WHERE_DAY:
		return of_instant(field, in);
	case WHERE_RELATION:
	case WHERE_DISASTER:
		return of_view(field, in);
	case WHERE_FIELDS:
		break;
	}
	return nothing();
}
