/*
 * enriched.c - see enriched.h.  All that is known of a line is brought together in one struct, and a table says which
 * field of it each column prints, and how.
 */
#include "app/enriched.h"

#include "app/judging.h"
#include "app/tuple_memo.h"
#include "base/civil.h"

/* What is known of a line, names as text. */
struct known {
	struct seen s;
	struct regard view;
	struct served served;
	struct hours_said hours;
	struct attributed hand;
	struct ordered order;
	struct disaster_said org_window, window;
	uint32_t travel, barrier_row, geo_flags;
	uint8_t day, duty, hand_kind, area, barred, dstate, org_dstate, relation, last, boundary;
	uint8_t public, shares, reaches, permitted[SUBJECT_KINDS];
	struct str owner, role, assignee, system_owner, net;
};

/* OF_ROW: a number from 1, 0 is absent. */
enum cell_kind {
	OF_ROW,
	OF_COUNT,
	OF_FLAG,
	OF_WORD,
	OF_ORG,
	OF_SITE,
	OF_AREA,
	OF_TEXT,
	OF_TIME,
	OF_COUNTRY
};

/* What a column is about: where there is no such thing, it is absent. */
enum about {
	ANY,
	ACCOUNT,
	NOBODYS, /* account: shared, or a group's */
	NETWORK,
	NETWORK_ORIGIN, /* that proves an organisation */
	TERMINAL,
	TERMINAL_ORIGIN,
	PERMITTING, /* system that says whom it permits */
	CLASS,
	VIEW,
	CONSUMER,
	GEO,
	ABOUT_COUNT
};

struct cell_column {
	const char *name;
	enum cell_kind kind;
	enum about about;
	size_t at;
	const char *const *word;
};

static const char *const staff_names[] = { "unknown", "entitled", "elsewhere", "retired" };
static const char *const loan_names[] = { "unknown", "never", "out", "returned" };
static const char *const assignee_names[] = { "unknown", "owner", "substituted", "other" };
static const char *const client_names[] = { "unknown", "free", "listed", "unlisted" };
static const char *const contract_names[] = { "unknown",    "free",         "ok",
					      "none",       "other_system", "other_class",
					      "other_site", "site_unknown", "chain" };
static const char *const hours_names[] = { "unknown", "off", "schedule", "permit", "disaster" };
static const char *const area_names[] = { "unknown", "held", "foreign" };
static const char *const barred_names[] = { "allow", "deny", "unknown" };
static const char *const subject_names[] = { "account", "terminal", "network", "" };
static const char *const sensitivity_names[] = { "non-public", "public" };

#define AT(field) offsetof(struct known, field)
static const struct cell_column columns[] = {
	{ "account_row", OF_ROW, ANY, AT(s.account_row), NULL },
	{ "account_org", OF_ORG, ACCOUNT, AT(s.account_org), NULL },
	{ "account_class", OF_WORD, ACCOUNT, AT(s.account_class), org_class_names },
	{ "account_kind", OF_WORD, ACCOUNT, AT(s.account_kind), account_kind_names },
	{ "owner", OF_TEXT, ACCOUNT, AT(owner), NULL },
	{ "role", OF_TEXT, ACCOUNT, AT(role), NULL },
	{ "account_status", OF_WORD, ACCOUNT, AT(s.standing.status), account_status_names },
	{ "privileged", OF_FLAG, ACCOUNT, AT(s.privileged), NULL },
	{ "created", OF_TIME, ACCOUNT, AT(s.standing.created), NULL },
	{ "staff", OF_WORD, ACCOUNT, AT(s.standing.staff), staff_names },
	{ "staff_row", OF_ROW, ACCOUNT, AT(s.standing.staff_row), NULL },
	{ "net", OF_TEXT, NETWORK, AT(net), NULL },
	{ "net_row", OF_ROW, NETWORK, AT(s.net_row), NULL },
	{ "net_org", OF_ORG, NETWORK, AT(s.net_org), NULL },
	{ "site", OF_SITE, NETWORK, AT(s.net_site), NULL },
	{ "net_kind", OF_WORD, NETWORK, AT(s.net_kind), net_kind_names },
	{ "shared_site", OF_FLAG, NETWORK, AT(s.net_shared_site), NULL },
	{ "public_address", OF_FLAG, NETWORK, AT(s.address_public), NULL },
	{ "country", OF_COUNTRY, GEO, AT(s.geo.country), NULL },
	{ "asn", OF_ROW, GEO, AT(s.geo.asn), NULL },
	{ "geo_flags", OF_COUNT, GEO, AT(geo_flags), NULL },
	{ "term_row", OF_ROW, TERMINAL, AT(s.terminal_row), NULL },
	{ "term_org", OF_ORG, TERMINAL, AT(s.terminal_org), NULL },
	{ "term_kind", OF_WORD, TERMINAL, AT(s.terminal_kind), terminal_kind_names },
	{ "assignee", OF_TEXT, TERMINAL, AT(assignee), NULL },
	{ "assignee_is", OF_WORD, TERMINAL, AT(s.standing.assignee), assignee_names },
	{ "assignee_elsewhere", OF_FLAG, TERMINAL, AT(s.standing.assignee_elsewhere), NULL },
	{ "substitute_row", OF_ROW, TERMINAL, AT(s.standing.substitute_row), NULL },
	{ "loan", OF_WORD, TERMINAL, AT(s.standing.loan), loan_names },
	{ "loan_org", OF_ORG, TERMINAL, AT(s.standing.loan_org), NULL },
	{ "loan_row", OF_ROW, TERMINAL, AT(s.standing.loan_row), NULL },
	{ "origin_net", OF_ORG, ANY, AT(s.origin[0]), NULL },
	{ "origin_net_class", OF_WORD, NETWORK_ORIGIN, AT(s.origin_class[0]), org_class_names },
	{ "origin_term", OF_ORG, ANY, AT(s.origin[1]), NULL },
	{ "origin_term_class", OF_WORD, TERMINAL_ORIGIN, AT(s.origin_class[1]), org_class_names },
	{ "pair_net_row", OF_ROW, ANY, AT(s.pair_row[0]), NULL },
	{ "pair_term_row", OF_ROW, ANY, AT(s.pair_row[1]), NULL },
	{ "grant_row", OF_ROW, ANY, AT(s.standing.grant_row), NULL },
	{ "ended_account_grant_row", OF_ROW, ANY, AT(s.standing.lapsed[SUBJECT_ACCOUNT]), NULL },
	{ "ended_term_grant_row", OF_ROW, ANY, AT(s.standing.lapsed[SUBJECT_TERMINAL]), NULL },
	{ "ended_net_grant_row", OF_ROW, ANY, AT(s.standing.lapsed[SUBJECT_NETWORK]), NULL },
	{ "permits_listed", OF_FLAG, ANY, AT(s.standing.permits_listed), NULL },
	{ "account_permitted", OF_FLAG, PERMITTING, AT(permitted[SUBJECT_ACCOUNT]), NULL },
	{ "term_permitted", OF_FLAG, PERMITTING, AT(permitted[SUBJECT_TERMINAL]), NULL },
	{ "net_permitted", OF_FLAG, PERMITTING, AT(permitted[SUBJECT_NETWORK]), NULL },
	{ "client_is", OF_WORD, ACCOUNT, AT(s.standing.client), client_names },
	{ "contract", OF_WORD, ACCOUNT, AT(s.standing.contract), contract_names },
	{ "contract_row", OF_ROW, ACCOUNT, AT(s.standing.contract_row), NULL },
	{ "hours", OF_WORD, ACCOUNT, AT(duty), hours_names },
	{ "hours_row", OF_ROW, ACCOUNT, AT(hours.row), NULL },
	{ "travel_row", OF_ROW, ANY, AT(travel), NULL },
	{ "order_row", OF_ROW, ANY, AT(order.row), NULL },
	{ "hand", OF_WORD, NOBODYS, AT(hand_kind), attribution_names },
	{ "hand_person", OF_TEXT, NOBODYS, AT(hand.person), NULL },
	{ "hand_entries", OF_COUNT, NOBODYS, AT(hand.entries), NULL },
	{ "hand_row", OF_ROW, NOBODYS, AT(hand.row), NULL },
	{ "system_owner", OF_TEXT, ANY, AT(system_owner), NULL },
	{ "system_of_grid", OF_FLAG, ANY, AT(s.system_of_grid), NULL },
	{ "system_split", OF_FLAG, ANY, AT(s.system_split), NULL },
	{ "system_internal", OF_FLAG, ANY, AT(s.system_internal), NULL },
	{ "nonpersonal_forbidden", OF_FLAG, ANY, AT(s.nonpersonal_forbidden), NULL },
	{ "day_type", OF_WORD, ANY, AT(day), day_type_names },
	{ "sensitivity", OF_WORD, CLASS, AT(public), sensitivity_names },
	{ "disaster_subject", OF_WORD, ANY, AT(s.standing.disaster_subject), subject_names },
	{ "disaster_org", OF_ORG, ANY, AT(s.standing.disaster_org), NULL },
	{ "org_dstate", OF_WORD, ANY, AT(org_dstate), dstate_names },
	{ "org_window_row", OF_ROW, ANY, AT(org_window.row), NULL },
	{ "window_shares_class", OF_FLAG, CLASS, AT(shares), NULL },
	{ "relation", OF_WORD, CONSUMER, AT(relation), relation_names },
	{ "supplier", OF_ORG, CONSUMER, AT(served.supplier), NULL },
	{ "consumer_type", OF_WORD, CONSUMER, AT(served.type), consumer_type_names },
	{ "area", OF_AREA, CONSUMER, AT(served.area), NULL },
	{ "area_is", OF_WORD, CONSUMER, AT(area), area_names },
	{ "consumer_row", OF_ROW, CONSUMER, AT(served.row), NULL },
	{ "switch_boundary", OF_FLAG, CONSUMER, AT(boundary), NULL },
	{ "dstate", OF_WORD, VIEW, AT(dstate), dstate_names },
	{ "window_row", OF_ROW, VIEW, AT(window.row), NULL },
	{ "window_reaches_area", OF_FLAG, CONSUMER, AT(reaches), NULL },
	{ "barrier", OF_WORD, VIEW, AT(barred), barred_names },
	{ "barrier_last", OF_FLAG, VIEW, AT(last), NULL },
	{ "barrier_row", OF_ROW, VIEW, AT(barrier_row), NULL },
};

struct enriched {
	struct judging judging;
	struct options options; /* without --output, which is of rows here */
	struct tuple_memo *memo;
	uint32_t tuples, objects; /* known when ledgers were asked */
	struct known known;
	bool has[ABOUT_COUNT];
	char text[COUNT(columns)][CIVIL_TEXT]; /* of cells that had to be written */
	struct str cell[COUNT(columns)];
};

struct enriched *
enriched_open(const struct options *o, struct errors *err)
{
	struct enriched *e = xalloc(1, sizeof(*e));
	struct judging *j = &e->judging;
	const struct names *n;

	e->options = *o;
	e->options.output.n = 0;
	e->options.digest_none = true; /* nothing here prints them */
	if (judging_open(j, &e->options, err) != 0 || judging_read_logs(j, err) != STATUS_OK ||
	    judging_resolve(j, err) != 0) {
		enriched_close(e);
		return NULL;
	}
	n = &j->source.names;
	e->tuples = n->tuple_count(n->facts);
	e->objects = n->count(n->facts, DICT_OBJECT);
	e->memo = tuple_memo_new(j->facts, &j->policy, UINT64_MAX);
	return e;
}

void
enriched_close(struct enriched *e)
{
	if (!e)
		return;
	tuple_memo_free(e->memo);
	judging_close(&e->judging);
	free(e);
}

struct more_columns
enriched_columns(void)
{
	static struct more_column names[COUNT(columns)];

	for (size_t i = 0; i < COUNT(columns); i++)
		names[i] = (struct more_column){ columns[i].name, columns[i].kind <= OF_FLAG };
	return (struct more_columns){ names, COUNT(columns) };
}

/* The numbers of the line in the dictionaries; false: it was not there when they were made. */
static bool
find_line(struct enriched *e, const struct row *row, uint32_t *tuple, uint32_t *object)
{
	struct str text = row->canon->field[FIELD_OBJECT];
	struct tuple_ask ask;

	tuple_memo_ask(e->memo, row->file->system, row->record, row->canon, &ask);
	tuple_memo_look(e->memo, &ask);
	*tuple = tuple_memo_number(e->memo, &ask);
	*object = text.n ? dict_number(facts_dict(e->judging.facts, DICT_OBJECT), text) : 0;
	return *tuple <= e->tuples && *object <= e->objects;
}

static void
know_view(struct known *k, const struct lookup *l, uint32_t object, int64_t ts)
{
	l->view(l->context, &k->s, object, ts, &k->view);
	if (object)
		l->served(l->context, object, ts, &k->served);
	k->relation = (uint8_t)k->view.relation;
	k->dstate = (uint8_t)k->view.dstate;
	k->window = l->disaster(l->context, k->s.account_org, k->view.area, ts);
	k->reaches = l->disaster_reaches(l->context, k->s.account_org, k->view.area, ts);
	k->area = (uint8_t)l->area_held(l->context, k->s.account_org, k->view.area);
	k->boundary = k->view.switch_boundary;
	k->barred = k->view.verdict.barred;
	k->last = k->view.verdict.last;
	k->barrier_row = k->view.verdict.prio;
}

static void
know_about(struct enriched *e, const struct lookup *l)
{
	const struct known *k = &e->known;
	const struct seen *s = &k->s;

	e->has[ANY] = true;
	e->has[ACCOUNT] = s->account_row != 0;
	e->has[NOBODYS] = s->account_kind == KIND_SHARED || s->account_kind == KIND_GROUP;
	e->has[NETWORK] = s->net != NET_NONE;
	e->has[NETWORK_ORIGIN] = s->origin[0] != ORG_NONE;
	e->has[TERMINAL] = s->terminal_row != 0;
	e->has[TERMINAL_ORIGIN] = s->origin[1] != ORG_NONE;
	e->has[PERMITTING] = s->standing.permits_listed;
	e->has[CLASS] = s->tuple.text[DICT_CLASS] != 0;
	e->has[VIEW] = s->views;
	e->has[CONSUMER] = k->served.row != 0;
	e->has[GEO] = l->geo_has && s->address_public;
}

static void
know(struct enriched *e, uint32_t tuple, uint32_t object, int64_t ts)
{
	const struct judging *j = &e->judging;
	const struct lookup *l = &j->lookup;
	struct known *k = &e->known;
	uint16_t org;

	*k = (struct known){ .travel = 0 };
	l->tuple(l->context, tuple, ts, &k->s);
	k->owner = l->account_column(l->context, k->s.account_row, "owner");
	k->role = l->account_column(l->context, k->s.account_row, "role");
	k->net = l->net_name(l->context, k->s.net);
	k->assignee = l->assignee(l->context, &k->s, ts);
	k->system_owner = j->policy.system[k->s.tuple.system].owner;
	k->hours = l->hours(l->context, &k->s, ts);
	k->duty = (uint8_t)k->hours.duty;
	k->hand = l->attribution(l->context, &k->s, ts);
	k->hand_kind = (uint8_t)k->hand.attribution;
	k->order = l->work_order(l->context, &k->s, ts);
	k->travel = l->travel(l->context, &k->s, ts);
	k->day = (uint8_t)l->day_type(l->context, jst_day(ts));
	k->public = k->s.class_public;
	k->geo_flags = k->s.geo.flags;
	for (int i = 0; i < SUBJECT_KINDS; i++)
		k->permitted[i] = k->s.standing.org_permitted >> i & 1;
	org = k->s.standing.disaster_org ? k->s.standing.disaster_org : k->s.account_org;
	k->org_window = l->disaster(l->context, org, 0, ts);
	k->org_dstate = (uint8_t)k->org_window.state;
	k->shares = l->disaster_shares(l->context, org, k->s.tuple.text[DICT_CLASS], ts);
	if (k->s.views)
		know_view(k, l, object, ts);
	know_about(e, l);
}

static struct str
written(char *buf, long long v)
{
	return (struct str){ .p = buf, .n = (size_t)snprintf(buf, CIVIL_TEXT, "%lld", v) };
}

static struct str
print_cell(const struct enriched *e, const struct cell_column *c, char *buf)
{
	const struct lookup *l = &e->judging.lookup;
	const char *field = (const char *)&e->known + c->at;
	struct str text = { 0 };
	uint32_t number = 0;
	uint16_t name = 0;
	int64_t ts = 0;

	switch (c->kind) {
	case OF_ROW:
	case OF_COUNT:
		memcpy(&number, field, sizeof(number));
		return number || c->kind == OF_COUNT ? written(buf, number) : text;
	case OF_FLAG:
		return *field ? STR("1") : STR("0");
	case OF_WORD:
		return str_of(c->word[*(const uint8_t *)field]);
	case OF_ORG:
	case OF_SITE:
	case OF_AREA:
		memcpy(&name, field, sizeof(name));
		return c->kind == OF_ORG    ? l->org_name(l->context, name)
		       : c->kind == OF_SITE ? l->site_name(l->context, name)
					    : l->area_name(l->context, name);
	case OF_TEXT:
		memcpy(&text, field, sizeof(text));
		return text;
	case OF_TIME:
		memcpy(&ts, field, sizeof(ts));
		return ts == INT64_MIN ? text : civil_print_jst(buf, ts);
	case OF_COUNTRY:
		memcpy(&name, field, sizeof(name));
		buf[0] = (char)(name >> 8);
		buf[1] = (char)name;
		return name ? (struct str){ .p = buf, .n = 2 } : text;
	}
	return text;
}

const struct str *
enriched_cells(struct enriched *e, const struct row *row)
{
	uint32_t tuple, object;

	if (!find_line(e, row, &tuple, &object))
		return NULL;
	know(e, tuple, object, row->record->ts);
	for (size_t i = 0; i < COUNT(columns); i++)
		e->cell[i] = e->has[columns[i].about] ? print_cell(e, &columns[i], e->text[i])
						      : (struct str){ 0 };
	return e->cell;
}
