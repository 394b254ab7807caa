/*
 * vary_changes.c - see vary_changes.h.
 */
#include "engine/vary_changes.h"

#include "base/civil.h"
#include "engine/vary_asked.h"
#include "engine/vary_rows.h"

static void
cell_date(struct out *o, const char *column, int32_t day)
{
	struct civil c = civil_from_day(day);

	out_printf(o, " %s=%04d-%02d-%02d", column, c.year, c.month, c.day);
}

static void
cell_text(struct out *o, const char *column, const struct hit_at *h, enum dict dict,
	  uint32_t number)
{
	const struct names *n = &h->w->in->source->names;

	ledger_row_cell(o, column, n->text(n->facts, dict, number));
}

static void
cell_org(struct out *o, const struct hit_at *h, uint16_t org)
{
	ledger_row_cell(o, "org", h->w->in->lookup->org_name(h->w->in->lookup->context, org));
}

/* --- permits ---------------------------------------------------------------------------------------- */

static bool
excusing(const struct hit_at *h, const struct seen *who UNUSED)
{
	return h->w->in->rules[h->at->rule].detector->excused != NULL;
}

static uint32_t
may_travel(const void *context UNUSED, const struct seen *s UNUSED, int64_t ts UNUSED)
{
	return NEW_ROW;
}

static void
permit_travel(struct lookup *l)
{
	l->travel = may_travel;
}

static bool
row_travel(const struct hit_at *h, const struct seen *was, struct out *o)
{
	ledger_row_new(o, "permits");
	cell_text(o, "account", h, DICT_ACCOUNT, was->tuple.text[DICT_ACCOUNT]);
	out_text(o, " kind=travel");
	cell_date(o, "from", h->day);
	cell_date(o, "to", h->day + 1);
	return true;
}

/* --- clients ---------------------------------------------------------------------------------------- */

static bool
is_unlisted(const struct hit_at *h UNUSED, const struct seen *who)
{
	return who->standing.client == CLIENT_UNLISTED;
}

static void
list_client(const struct hit_at *h UNUSED, struct seen *who)
{
	who->standing.client = CLIENT_LISTED;
}

static bool
row_client(const struct hit_at *h, const struct seen *was, struct out *o)
{
	ledger_row_new(o, "clients");
	cell_org(o, h, was->account_org);
	ledger_row_cell(o, "system", h->w->in->policy->system[was->tuple.system].id);
	cell_text(o, "client", h, DICT_CLIENT, was->tuple.text[DICT_CLIENT]);
	return true;
}

/* --- calendars -------------------------------------------------------------------------------------- */

static bool
judges_days(const struct hit_at *h, const struct seen *who UNUSED)
{
	return h->w->in->rules[h->at->rule].detector->day != NULL;
}

static void
leave_out(struct account_day *d)
{
	d->left_out = true;
}

static bool
row_disaster(const struct hit_at *h, const struct seen *was, struct out *o)
{
	if (was->account_org == ORG_NONE)
		return false;
	ledger_row_new(o, "disasters");
	cell_org(o, h, was->account_org);
	cell_date(o, "from", h->day);
	cell_date(o, "to", h->day + 1);
	out_text(o, " coordination=yes"); /* windows without are none */
	return true;
}

static bool
judges_workdays(const struct hit_at *h, const struct seen *who)
{
	return judges_days(h, who) && h->w->day.at[h->at->day].kind == DAY_BIZ;
}

static void
make_holiday(struct account_day *d)
{
	d->kind = DAY_HOL;
}

static bool
row_holiday(const struct hit_at *h, const struct seen *was UNUSED, struct out *o)
{
	ledger_row_new(o, "holidays");
	cell_date(o, "date", h->day);
	return true;
}

/* --- terminals and networks ------------------------------------------------------------------------- */

static bool
is_no_kiosk(const struct hit_at *h UNUSED, const struct seen *who)
{
	return who->terminal_kind != TERMINAL_KIOSK;
}

static void
make_kiosk(const struct hit_at *h UNUSED, struct seen *who)
{
	who->terminal_kind = TERMINAL_KIOSK;
}

static bool
row_kiosk(const struct hit_at *h, const struct seen *was, struct out *o)
{
	if (!ledger_row_changed(o, "terminals", was->terminal_row)) {
		ledger_row_new(o, "terminals");
		cell_text(o, "terminal", h, DICT_TERMINAL, was->tuple.text[DICT_TERMINAL]);
		cell_org(o, h, was->account_org);
	}
	ledger_row_cell(o, "kind", str_of(terminal_kind_names[TERMINAL_KIOSK]));
	return true;
}

/* A network that is an operator's whole is no block that a row could name. */
static bool
is_block(const struct hit_at *h, const struct seen *who)
{
	return who->net_row ||
	       !str_starts(h->w->in->lookup->net_name(h->w->in->lookup->context, who->net),
			   STR("asn:"));
}

static bool
is_fixed(const struct hit_at *h, const struct seen *who)
{
	return !h->at->x && who->net_kind != NET_MOBILE && is_block(h, who);
}

static void
make_mobile(const struct hit_at *h UNUSED, struct seen *who)
{
	who->net_kind = NET_MOBILE;
}

static bool
row_net(const struct hit_at *h, const struct seen *was, enum net_kind kind, struct out *o)
{
	if (!ledger_row_changed(o, "networks", was->net_row)) {
		ledger_row_new(o, "networks");
		ledger_row_cell(o, "cidr",
				h->w->in->lookup->net_name(h->w->in->lookup->context, was->net));
	}
	ledger_row_cell(o, "kind", str_of(net_kind_names[kind]));
	return true;
}

static bool
row_mobile(const struct hit_at *h, const struct seen *was, struct out *o)
{
	return row_net(h, was, NET_MOBILE, o);
}

static bool
is_no_vpn(const struct hit_at *h, const struct seen *who)
{
	return h->at->x && who->net_kind != NET_VPN && is_block(h, who);
}

static void
make_vpn(const struct hit_at *h UNUSED, struct seen *who)
{
	who->net_kind = NET_VPN;
}

static bool
row_vpn(const struct hit_at *h, const struct seen *was, struct out *o)
{
	return row_net(h, was, NET_VPN, o);
}

static bool
is_elsewhere(const struct hit_at *h, const struct seen *who)
{
	return h->site != SITE_NONE && who->net_site != h->site && who->net_row;
}

static void
make_there(const struct hit_at *h, struct seen *who)
{
	who->net_site = h->site;
}

static bool
row_site(const struct hit_at *h, const struct seen *was, struct out *o)
{
	if (!ledger_row_changed(o, "networks", was->net_row))
		return false;
	ledger_row_cell(o, "site", h->w->in->lookup->site_name(h->w->in->lookup->context, h->site));
	return true;
}

/* --- accounts --------------------------------------------------------------------------------------- */

static int32_t
still_new(const struct hit_at *h)
{
	return (int32_t)(h->day - h->w->wont[h->at->rule].learn + 1);
}

static bool
is_learnt(const struct hit_at *h, const struct seen *who)
{
	return h->w->in->rules[h->at->rule].detector->meets && h->w->wont[h->at->rule].learn > 0 &&
	       who->account_row;
}

static void
make_new(const struct hit_at *h, struct seen *who)
{
	who->standing.created = jst_day_start(still_new(h));
}

static bool
row_created(const struct hit_at *h, const struct seen *was, struct out *o)
{
	ledger_row_changed(o, "accounts", was->account_row);
	cell_date(o, "created", still_new(h));
	return true;
}

static bool
is_listed(const struct hit_at *h UNUSED, const struct seen *who)
{
	return who->account_row != 0;
}

static void
make_shared(const struct hit_at *h UNUSED, struct seen *who)
{
	who->account_kind = KIND_SHARED;
	who->person = false;
}

static bool
row_shared(const struct hit_at *h UNUSED, const struct seen *was, struct out *o)
{
	ledger_row_changed(o, "accounts", was->account_row);
	ledger_row_cell(o, "kind", str_of(account_kind_names[KIND_SHARED]));
	return true;
}

/* That it is nobody's own account is the largest change. */
const struct change vary_changes[] = {
	{ ABOUT_ACCOUNT, excusing, NULL, permit_travel, NULL, row_travel, false },
	{ ABOUT_CLIENT, is_unlisted, list_client, NULL, NULL, row_client, true },
	{ ABOUT_ACCOUNT, judges_days, NULL, NULL, leave_out, row_disaster, false },
	{ ABOUT_ACCOUNT, judges_workdays, NULL, NULL, make_holiday, row_holiday, false },
	{ ABOUT_TERMINAL, is_no_kiosk, make_kiosk, NULL, NULL, row_kiosk, true },
	{ ABOUT_NET, is_fixed, make_mobile, NULL, NULL, row_mobile, true },
	{ ABOUT_NET, is_no_vpn, make_vpn, NULL, NULL, row_vpn, false },
	{ ABOUT_NET, is_elsewhere, make_there, NULL, NULL, row_site, false },
	{ ABOUT_ACCOUNT, is_learnt, make_new, NULL, NULL, row_created, false },
	{ ABOUT_ACCOUNT, is_listed, make_shared, NULL, NULL, row_shared, false },
};

const size_t vary_change_count = COUNT(vary_changes);
