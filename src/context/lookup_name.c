/*
 * lookup_name.c - days, names and ledger columns for findings, and the table that puts all look-ups together.
 */
#include "base/civil.h"
#include "context/cell.h"
#include "context/context_own.h"

static enum day_type
lookup_day_type(const void *context, int32_t jst_day)
{
	return calendar_day(&((const struct context *)context)->calendar, jst_day);
}

static enum day_kind
lookup_day_kind(const void *context, int32_t jst_day)
{
	return lookup_day_type(context, jst_day) == DAYTYPE_BIZ ? DAY_BIZ : DAY_HOL;
}

static bool
lookup_disaster_day(const void *context, uint16_t org, int32_t jst_day)
{
	const struct context *c = context;

	return disasters_touch(&c->disasters, org, jst_day_start(jst_day),
			       jst_day_start(jst_day) + DAY_MS);
}

static struct str
lookup_org_name(const void *context, uint16_t org)
{
	return pool_name(&((const struct context *)context)->pool[POOL_ORG], org);
}

static enum org_class
lookup_org_class(const void *context, struct str org)
{
	const struct context *c = context;
	uint16_t number = pool_find(&c->pool[POOL_ORG], org);

	return org.n && number != POOL_FULL ? (enum org_class)c->org_class[number]
					    : ORG_CLASS_UNKNOWN;
}

static struct str
lookup_area_name(const void *context, uint16_t area)
{
	return pool_name(&((const struct context *)context)->pool[POOL_AREA], area);
}

static struct str
lookup_window_name(const void *context, uint32_t row)
{
	const struct ledger *l = &((const struct context *)context)->ledger[LEDGER_disasters];

	for (size_t i = 0; i < l->count; i++) {
		const struct disaster_row *w = ledger_row(l, i);

		if (w->head.line == row)
			return w->id;
	}
	return (struct str){ 0 };
}

static struct str
lookup_site_name(const void *context, uint16_t site)
{
	return pool_name(&((const struct context *)context)->pool[POOL_SITE], site);
}

static struct str
lookup_net_name(const void *context, uint32_t net)
{
	const struct resolved *r = &((const struct context *)context)->resolved;

	return net && net <= r->net_count ? r->nets[net - 1].name : (struct str){ 0 };
}

static void
lookup_net_place(const void *context, uint32_t net, struct net_place *out)
{
	const struct resolved *r = &((const struct context *)context)->resolved;
	const struct network_row *row = net && net <= r->net_count ? r->nets[net - 1].row : NULL;

	*out = (struct net_place){ 0 };
	if (!row)
		return;
	out->on_map = row->x_km != INT64_MIN && row->y_km != INT64_MIN;
	out->x_km = out->on_map ? row->x_km : 0;
	out->y_km = out->on_map ? row->y_km : 0;
	out->on_globe = row->lat != INT64_MIN && row->lon != INT64_MIN;
	if (out->on_globe)
		out->at = (struct geo_point){ (int32_t)row->lat, (int32_t)row->lon };
}

static uint16_t
lookup_net_org(const void *context, uint32_t net)
{
	const struct resolved *r = &((const struct context *)context)->resolved;

	return net && net <= r->net_count && r->nets[net - 1].row ? r->nets[net - 1].row->org
								  : ORG_NONE;
}

static uint16_t
lookup_net_site(const void *context, uint32_t net)
{
	const struct resolved *r = &((const struct context *)context)->resolved;

	return net && net <= r->net_count && r->nets[net - 1].row ? r->nets[net - 1].row->site
								  : SITE_NONE;
}

static struct str
lookup_responsible(const void *context, struct str org)
{
	const struct context *c = context;
	const struct ledger *l = &c->ledger[LEDGER_orgs];

	for (size_t i = 0; i < l->count; i++) {
		const struct org_row *row = ledger_row(l, i);

		if (str_eq(pool_name(&c->pool[POOL_ORG], row->org), org))
			return row->responsible;
	}
	return (struct str){ 0 };
}

static void
lookup_geo(const void *context, uint32_t address, struct geo_answer *out)
{
	const struct resolved *r = &((const struct context *)context)->resolved;

	*out = geo_answered(&r->geo, r->address[address].geo);
}

static void
lookup_geo_names(const void *context, uint32_t address, struct geo_names *out)
{
	const struct context *c = context;
	struct str text = { 0 };
	uint8_t bytes[ADDRESS_SIZE];

	*out = (struct geo_names){ .as_org = { 0 } };
	if (address)
		text = c->names.text(c->names.facts, DICT_ADDRESS, address);
	if (text.n != sizeof(bytes))
		return;
	memcpy(bytes, text.p, sizeof(bytes));
	geo_names_ask(&c->geo, bytes, out);
}

/* Dates read as they are written. */
static struct str
lookup_account_column(const void *context, uint32_t line, const char *column)
{
	const struct context *c = context;
	const struct column *col = ledger_column(&led_accounts, str_of(column));
	const struct account_row *row = line < c->account_lines ? c->account_line[line] : NULL;
	struct str text;

	if (!col || !row)
		return (struct str){ 0 };
	if (!col->text_at)
		return cell_borrow(col, c->pool, row);
	memcpy(&text, (const char *)row + col->text_at, sizeof(text));
	return text;
}

/* Somebody in two organisations at once has two departments: the one that stands first in the ledger. */
static struct str
lookup_department(const void *context, struct str person, int64_t ts)
{
	const struct context *c = context;
	const struct ledger *l = &c->ledger[LEDGER_people];
	struct person_row probe = { .person = person };
	const struct person_row *row = ledger_find(l, &probe), *found = NULL;

	for (uint32_t left = row ? row->head.count : 0; left; left--, row++) {
		if (row->from <= ts && ts < row->to &&
		    (!found || row->head.line < found->head.line))
			found = row;
	}
	return found ? found->dept : (struct str){ 0 };
}

/* Rows lie by key, and this is for findings: from the first to the one of that line. */
static struct str
lookup_ledger_cell(const void *context, const char *ledger, uint32_t line, const char *column,
		   struct arena *a)
{
	const struct context *c = context;

	for (size_t id = 0; id < LEDGER_COUNT; id++) {
		const struct ledger *l = &c->ledger[id];
		const struct column *col;

		if (!l->loaded || !str_is(str_of(ledger), l->table->name))
			continue;
		col = ledger_column(l->table, str_of(column));
		for (size_t i = 0; col && i < l->count; i++) {
			const struct row *row = ledger_row(l, i);

			if (row->line == line)
				return cell_print(col, c->pool, row, a);
		}
	}
	return (struct str){ 0 };
}

static struct str
lookup_ledger_digest(const void *context, const char *ledger)
{
	const struct context *c = context;

	for (size_t i = 0; i < c->info_count; i++) {
		if (str_is(str_of(ledger), c->info[i].name))
			return str_of(c->info[i].sha256);
	}
	return (struct str){ 0 };
}

void
context_lookup(const struct context *c, struct lookup *out)
{
	*out = (struct lookup){
		.context = c,
		.tuple = lookup_tuple,
		.again = lookup_again,
		.served = lookup_served,
		.assignee = lookup_assignee,
		.explained = lookup_explained,
		.orgs = (uint16_t)c->pool[POOL_ORG].name.n,
		.view = lookup_view,
		.prefetch = lookup_prefetch,
		.consumer_known = lookup_consumer_known,
		.gives = c->gives,
		.hours = lookup_hours,
		.duty = lookup_duty,
		.attribution = lookup_attribution,
		.work_order = lookup_work_order,
		.travel = lookup_travel,
		.disaster = lookup_disaster,
		.disaster_shares = lookup_disaster_shares,
		.disaster_reaches = lookup_disaster_reaches,
		.area_held = lookup_area_held,
		.reset = lookup_reset,
		.window_at = lookup_window_at,
		.kept_at = lookup_kept_at,
		.kept_name = lookup_kept_name,
		.slot_at = lookup_slot_at,
		.roster_at = lookup_roster_at,
		.schedule_name = lookup_schedule_name,
		.org_parent = lookup_org_parent,
		.day_type = lookup_day_type,
		.day_kind = lookup_day_kind,
		.disaster_day = lookup_disaster_day,
		.org_name = lookup_org_name,
		.org_class = lookup_org_class,
		.net_name = lookup_net_name,
		.area_name = lookup_area_name,
		.window_name = lookup_window_name,
		.site_name = lookup_site_name,
		.net_org = lookup_net_org,
		.net_site = lookup_net_site,
		.responsible = lookup_responsible,
		.net_place = lookup_net_place,
		.account_column = lookup_account_column,
		.department = lookup_department,
		.geo = lookup_geo,
		.geo_names = lookup_geo_names,
		.geo_has = geo_has(&c->geo),
		.ledger_cell = lookup_ledger_cell,
		.listed = lookup_listed,
		.ledger_digest = lookup_ledger_digest,
	};
}
