/*
 * sighting.c - see sighting.h.
 */
#include "app/sighting.h"

#include "base/address.h"
#include "report/pseudonym.h"

const struct sight_column sight_columns[SIGHT_CELLS] = {
	[SIGHT_TIME] = { "time", false },
	[SIGHT_SYSTEM] = { "sys", false },
	[SIGHT_ACT] = { "act", false },
	[SIGHT_OK] = { "ok", true },
	[SIGHT_REASON] = { "reason", false },
	[SIGHT_CLASS] = { "cls", false },
	[SIGHT_SENSITIVITY] = { "sensitivity", false },
	[SIGHT_ACCOUNT] = { "acct", false },
	[SIGHT_ACCOUNT_ROW] = { "account_row", true },
	[SIGHT_ORG] = { "account_org", false },
	[SIGHT_ORG_CLASS] = { "account_class", false },
	[SIGHT_KIND] = { "account_kind", false },
	[SIGHT_OWNER] = { "owner", false },
	[SIGHT_DEPARTMENT] = { "department", false },
	[SIGHT_PERSON] = { "person", false },
	[SIGHT_PERSON_ROW] = { "hand_row", true },
	[SIGHT_ADDRESS] = { "ip", false },
	[SIGHT_NET] = { "net", false },
	[SIGHT_NET_ROW] = { "net_row", true },
	[SIGHT_NET_ORG] = { "net_org", false },
	[SIGHT_SITE] = { "site", false },
	[SIGHT_TERMINAL] = { "term", false },
	[SIGHT_TERMINAL_ROW] = { "term_row", true },
	[SIGHT_TERMINAL_ORG] = { "term_org", false },
	[SIGHT_CONSUMER] = { "consumer", false },
	[SIGHT_CONSUMER_ROW] = { "consumer_row", true },
	[SIGHT_SUPPLIER] = { "supplier", false },
	[SIGHT_TYPE] = { "consumer_type", false },
	[SIGHT_AREA] = { "area", false },
	[SIGHT_RELATION] = { "relation", false },
	[SIGHT_MASKED] = { "masked", true },
	[SIGHT_BARRIER] = { "barrier", false },
	[SIGHT_BARRIER_ROW] = { "barrier_row", true },
	[SIGHT_DSTATE] = { "dstate", false },
	[SIGHT_FILE] = { "file", false },
	[SIGHT_OFFSET] = { "offset", true },
};

const char *const sight_unknown_names[UNKNOWNS] = {
	[UNKNOWN_ACCOUNT] = "account",     [UNKNOWN_PERSON] = "person",
	[UNKNOWN_NETWORK] = "network",     [UNKNOWN_TERMINAL] = "terminal",
	[UNKNOWN_CONSUMER] = "consumer",   [UNKNOWN_BARRIER] = "barrier",
	[UNKNOWN_REASON] = "explained_by",
};

/* One line on its way into cells. */
struct looking {
	const struct sight_asking *ask;
	const struct lookup *l;
	const struct fact *f;
	const struct tuple *t;
	struct seen who;
	struct regard view;
	struct arena *a;
	struct sighting *out;
};

struct str
sight_name(const struct sight_asking *ask, struct str name, struct arena *a)
{
	return ask->key && name.n ? pseudonym_of(ask->key, name, a) : name;
}

static struct str
text_of(const struct looking *k, enum dict d)
{
	const struct names *n = &k->ask->source->names;

	return n->text(n->facts, d, d == DICT_OBJECT ? k->f->object : k->t->text[d]);
}

static void
put(struct looking *k, enum sight_cell cell, struct str text)
{
	k->out->cell[cell] = text;
}

static void
put_name(struct looking *k, enum sight_cell cell, struct str text)
{
	k->out->cell[cell] = sight_name(k->ask, text, k->a);
}

static void
put_row(struct looking *k, enum sight_cell cell, uint64_t n)
{
	if (n)
		k->out->cell[cell] = arena_printf(k->a, "%llu", (unsigned long long)n);
}

static void
put_org(struct looking *k, enum sight_cell cell, uint16_t org)
{
	put(k, cell, k->l->org_name(k->l->context, org));
}

static void
unknown(struct looking *k, enum sight_unknown what)
{
	k->out->unknown |= 1U << what;
}

static void
see_line(struct looking *k)
{
	const struct logfile *file =
		k->ask->source->file(k->ask->source->facts, where_file(k->f->where));
	char time[CIVIL_TEXT];

	put(k, SIGHT_TIME, arena_str(k->a, civil_print_jst(time, k->f->ts)));
	put(k, SIGHT_SYSTEM, k->ask->policy->system[k->t->system].id);
	put(k, SIGHT_ACT, str_of(act_names[k->t->act]));
	put(k, SIGHT_OK, k->t->ok ? STR("1") : STR("0"));
	put(k, SIGHT_REASON, str_of(reason_names[k->t->reason]));
	put(k, SIGHT_CLASS, text_of(k, DICT_CLASS));
	if (k->t->text[DICT_CLASS])
		put(k, SIGHT_SENSITIVITY, k->who.class_public ? STR("public") : STR("non-public"));
	if (k->t->masked != MASKED_UNKNOWN)
		put(k, SIGHT_MASKED, k->t->masked == MASKED_YES ? STR("1") : STR("0"));
	put(k, SIGHT_FILE, file->path);
	put(k, SIGHT_OFFSET,
	    arena_printf(k->a, "%llu", (unsigned long long)where_offset(k->f->where)));
}

/* Of a person's account its owner; of any other whose hand it was, if the book of shared IDs says so. */
static void
see_person(struct looking *k, struct str owner)
{
	struct attributed hand;

	if (k->who.account_kind != KIND_SHARED && k->who.account_kind != KIND_GROUP) {
		put_name(k, SIGHT_PERSON, owner);
	} else {
		hand = k->l->attribution(k->l->context, &k->who, k->f->ts);
		if (hand.attribution == ATTRIBUTION_PERSON)
			put_name(k, SIGHT_PERSON, hand.person);
		put_row(k, SIGHT_PERSON_ROW, hand.row);
	}
	if (k->out->cell[SIGHT_PERSON].n == 0)
		unknown(k, UNKNOWN_PERSON);
}

static void
see_account(struct looking *k)
{
	struct str owner;

	put_name(k, SIGHT_ACCOUNT, text_of(k, DICT_ACCOUNT));
	if (k->who.account_row == 0) {
		unknown(k, UNKNOWN_ACCOUNT);
		unknown(k, UNKNOWN_PERSON);
		return;
	}
	owner = k->l->account_column(k->l->context, k->who.account_row, "owner");
	put_row(k, SIGHT_ACCOUNT_ROW, k->who.account_row);
	put_org(k, SIGHT_ORG, k->who.account_org);
	put(k, SIGHT_ORG_CLASS, str_of(org_class_names[k->who.account_class]));
	put(k, SIGHT_KIND, str_of(account_kind_names[k->who.account_kind]));
	put_name(k, SIGHT_OWNER, owner);
	put(k, SIGHT_DEPARTMENT, k->l->department(k->l->context, owner, k->f->ts));
	see_person(k, owner);
}

static void
see_origin(struct looking *k)
{
	struct str address = text_of(k, DICT_ADDRESS), terminal = text_of(k, DICT_TERMINAL);
	char text[ADDRESS_TEXT];

	if (address.n) {
		if (!k->ask->key)
			put(k, SIGHT_ADDRESS, arena_str(k->a, address_print(text, address.p)));
		put(k, SIGHT_NET, k->l->net_name(k->l->context, k->who.net));
		put_row(k, SIGHT_NET_ROW, k->who.net_row);
		put_org(k, SIGHT_NET_ORG, k->who.net_org);
		put(k, SIGHT_SITE, k->l->site_name(k->l->context, k->who.net_site));
		if (k->who.net_row == 0)
			unknown(k, UNKNOWN_NETWORK);
	}
	put(k, SIGHT_TERMINAL, terminal);
	put_row(k, SIGHT_TERMINAL_ROW, k->who.terminal_row);
	put_org(k, SIGHT_TERMINAL_ORG, k->who.terminal_org);
	if (terminal.n && k->who.terminal_row == 0)
		unknown(k, UNKNOWN_TERMINAL);
}

static void
see_consumer(struct looking *k)
{
	struct served served;

	put_name(k, SIGHT_CONSUMER, text_of(k, DICT_OBJECT));
	if (k->f->object == 0)
		return;
	k->l->served(k->l->context, k->f->object, k->f->ts, &served);
	if (served.row == 0) {
		unknown(k, UNKNOWN_CONSUMER);
		return;
	}
	put_row(k, SIGHT_CONSUMER_ROW, served.row);
	put_org(k, SIGHT_SUPPLIER, served.supplier);
	put(k, SIGHT_TYPE, str_of(consumer_type_names[served.type]));
	put(k, SIGHT_AREA, k->l->area_name(k->l->context, served.area));
	put(k, SIGHT_RELATION, str_of(relation_names[k->view.relation]));
}

static void
see_barrier(struct looking *k)
{
	static const char *const words[] = {
		[BARRED_NO] = "allow",
		[BARRED_YES] = "deny",
		[BARRED_UNKNOWN] = "unknown",
	};
	const struct verdict *v = &k->view.verdict;

	if (!k->who.views)
		return;
	put(k, SIGHT_DSTATE, str_of(dstate_names[k->view.dstate]));
	put_row(k, SIGHT_BARRIER_ROW, v->prio);
	if (v->prio == 0 || v->barred == BARRED_UNKNOWN)
		unknown(k, UNKNOWN_BARRIER);
	put(k, SIGHT_BARRIER, str_of(v->prio ? words[v->barred] : words[BARRED_UNKNOWN]));
	k->out->denied = v->prio && v->barred == BARRED_YES;
}

static void
explain(struct looking *k, const char *ledger, const char *kind, uint32_t row, struct str id)
{
	if (k->out->reasons == REASONS_MOST)
		k->out->reasons_left++;
	else
		k->out->reason[k->out->reasons++] = (struct sight_reason){ ledger, kind, row, id };
}

static struct str
cell_of(struct looking *k, const char *ledger, uint32_t row, const char *column)
{
	return k->l->ledger_cell(k->l->context, ledger, row, column, k->a);
}

/* What permits the hour, the work, the stay or the disaster; what the business wrote of the consumer comes first. */
static void
see_reasons(struct looking *k)
{
	const struct lookup *l = k->l;
	struct hours_said hours = l->hours(l->context, &k->who, k->f->ts);
	struct ordered order = l->work_order(l->context, &k->who, k->f->ts);
	uint32_t grant = k->who.standing.grant_row;
	struct disaster_said d;
	struct explained e;

	for (size_t i = 0; l->explained(l->context, &k->who, k->f->object, k->f->ts, i, &e); i++)
		explain(k, "records", e.kind, e.row, e.id);
	if (order.row)
		explain(k, "work_orders", "work order", order.row,
			cell_of(k, "work_orders", order.row, "order"));
	if (grant)
		explain(k, "grants", "grant", grant, cell_of(k, "grants", grant, "grant"));
	if (hours.duty == HOURS_PERMIT)
		explain(k, "permits", "permit", hours.row, (struct str){ 0 });
	if (k->who.views && k->view.dstate == DSTATE_IN) {
		d = l->disaster(l->context, k->who.account_org, k->view.area, k->f->ts);
		explain(k, "disasters", "disaster", d.row, l->window_name(l->context, d.row));
	}
	if (k->out->reasons == 0 && !(l->gives & GIVES_RECORDS))
		unknown(k, UNKNOWN_REASON);
}

void
sight(const struct sight_asking *ask, const struct fact *f, struct arena *a, struct sighting *out)
{
	const struct names *n = &ask->source->names;
	struct looking k = { .ask = ask,
			     .l = ask->look,
			     .f = f,
			     .t = n->tuple(n->facts, f->tuple),
			     .a = a,
			     .out = out };

	*out = (struct sighting){ .ts = f->ts };
	k.l->tuple(k.l->context, f->tuple, f->ts, &k.who);
	k.l->view(k.l->context, &k.who, f->object, f->ts, &k.view);
	out->view = k.t->ok && act_views((enum act)k.t->act);
	see_line(&k);
	see_account(&k);
	see_origin(&k);
	see_consumer(&k);
	see_barrier(&k);
	see_reasons(&k);
}
