/*
 * lookup_tuple.c - who, whence and which screen, as of an instant, and how long the answer holds.
 *
 * Every row that is consulted clips [from, until) at its own begin and end, whether it holds now or not; rows
 * of a key that is never asked do not.  Disaster windows are not rows of an answer: they are asked per view.
 */
#include "context/context_own.h"

static void
clip(struct seen *s, int64_t ts, int64_t edge)
{
	if (edge <= ts)
		s->from = max_i64(s->from, edge);
	else
		s->until = min_i64(s->until, edge);
}

/* row_asof() that clips. */
static const void *
asof(const struct ledger *l, const void *first, int64_t ts, struct seen *s)
{
	const struct row *row = first;
	const void *found = NULL;

	for (size_t left = row ? row->count : 0; left; left--) {
		int64_t from = ledger_from(l, row), to = ledger_to(l, row);

		clip(s, ts, from);
		clip(s, ts, to);
		if (!found && from <= ts && ts < to)
			found = row;
		row = ledger_next(l, row);
	}
	return found;
}

const void *
row_asof(const struct ledger *l, const void *first, int64_t ts)
{
	struct seen unused = { .from = INT64_MIN, .until = INT64_MAX };

	return asof(l, first, ts, &unused);
}

static void
see_account(const struct context *c, int64_t ts, struct seen *s, struct viewer *v)
{
	const struct ledger *l = &c->ledger[LEDGER_accounts];
	size_t systems = c->policy->system_count + 1;
	uint32_t number = s->tuple.text[DICT_ACCOUNT];
	const struct account_row *const *first = &c->resolved.account[number * systems];
	const struct account_row *row = asof(l, first[s->tuple.system + 1], ts, s);

	if (!row)
		row = asof(l, first[0], ts, s);
	if (!row)
		return;
	s->account_row = row->head.line;
	s->account_org = row->org;
	s->account_kind = row->kind;
	s->privileged = row->privileged;
	s->person = row->kind == KIND_PERSON;
	v->role = row->role;
}

static void
see_net(const struct context *c, struct seen *s)
{
	const struct network_row *row;

	s->net = c->resolved.net[s->tuple.text[DICT_ADDRESS]];
	row = s->net ? c->resolved.nets[s->net - 1].row : NULL;
	if (!row)
		return;
	s->net_row = row->head.line;
	s->net_org = row->org;
	s->net_site = row->site;
	s->net_kind = row->kind;
	s->net_shared_site = row->flags & NETWORK_SHARED_SITE;
	if ((row->kind == NET_SITE || row->kind == NET_VPN) && !s->net_shared_site)
		s->origin[0] = row->org;
}

static void
see_terminal(const struct context *c, int64_t ts, struct seen *s)
{
	const struct terminal_row *row =
		asof(&c->ledger[LEDGER_terminals],
		     c->resolved.terminal[s->tuple.text[DICT_TERMINAL]], ts, s);

	if (!row)
		return;
	s->terminal_row = row->head.line;
	s->terminal_org = row->org;
	s->terminal_kind = row->kind;
	s->origin[1] = row->org;
}

/* Pairs for this system, and for every one. */
static void
see_pairs(const struct context *c, int64_t ts, struct seen *s)
{
	const struct ledger *l = &c->ledger[LEDGER_allow_pairs];
	uint16_t systems[] = { (uint16_t)(s->tuple.system + 1), 0 };

	for (int i = 0; i < 2; i++) {
		struct allow_pair_row probe = { .account_org = s->account_org,
						.origin_org = s->origin[i] };

		if (s->account_org == ORG_NONE || s->origin[i] == ORG_NONE)
			continue;
		for (size_t k = 0; k < COUNT(systems); k++) {
			probe.system = systems[k];
			if (asof(l, ledger_find(l, &probe), ts, s))
				s->pair_allowed[i] = true;
		}
	}
}

static void
see_grants(const struct context *c, int64_t ts, struct seen *s)
{
	static const enum dict dict_of[GRANT_KINDS] = {
		[GRANT_ACCOUNT] = DICT_ACCOUNT,
		[GRANT_TERMINAL] = DICT_TERMINAL,
		[GRANT_NETWORK] = DICT_ADDRESS,
	};
	const struct ledger *l = &c->ledger[LEDGER_grants];

	if (!ledger_has_index(l))
		return;
	for (int kind = GRANT_ACCOUNT; kind < GRANT_KINDS; kind++) {
		struct grant_row probe = { .kind = (uint8_t)kind,
					   .system = (uint16_t)(s->tuple.system + 1) };
		uint32_t number = s->tuple.text[dict_of[kind]];

		if (number == 0)
			continue;
		probe.subject = kind == GRANT_NETWORK
					? c->resolved.nets[s->net - 1].name
					: c->names.text(c->names.facts, dict_of[kind], number);
		if (asof(l, ledger_find(l, &probe), ts, s))
			s->granted = true;
	}
}

void
lookup_tuple(const void *context, uint32_t id, int64_t ts, struct seen *s)
{
	const struct context *c = context;
	struct viewer v = { 0 };

	*s = (struct seen){ .tuple = *c->names.tuple(c->names.facts, id),
			    .id = id,
			    .from = INT64_MIN,
			    .until = INT64_MAX };
	see_account(c, ts, s, &v);
	see_net(c, s);
	see_terminal(c, ts, s);
	see_pairs(c, ts, s);
	see_grants(c, ts, s);
	s->views = act_views((enum act)s->tuple.act);
	s->windowed = disasters_any(&c->disasters, s->account_org);

	v.org = s->account_org;
	v.org_class = c->org_class[s->account_org];
	v.system = (uint16_t)(s->tuple.system + 1);
	v.class = c->resolved.class[s->tuple.text[DICT_CLASS]];
	v.masked = s->tuple.masked;
	s->class_public = v.class != POOL_FULL && c->class_public[v.class];
	barrier_judge(&c->barrier, &v, s->verdict);
}
