/*
 * lookup_tuple.c - who, whence and which screen, as of an instant, and how long the answer holds.
 *
 * Every row that is consulted clips [from, until) at its own begin and end, whether it holds now or not; rows
 * of a key that is never asked do not.  Disaster windows are not rows of an answer: they are asked per view.
 */
#include "context/asof.h"
#include "context/context_own.h"

ENDS_BEHIND_BEGIN(account_row);
ENDS_BEHIND_BEGIN(terminal_row);
ENDS_BEHIND_BEGIN(allow_pair_row);
ENDS_BEHIND_BEGIN(grant_row);

static void
see_account(const struct context *c, int64_t ts, struct seen *s, struct viewer *v)
{
	size_t systems = c->policy->system_count + 1;
	uint32_t number = s->tuple.text[DICT_ACCOUNT];
	const struct account_row *const *first = &c->resolved.account[number * systems];
	const struct account_row *row = ASOF(account_row, first[s->tuple.system + 1], ts, s);

	if (!row)
		row = ASOF(account_row, first[0], ts, s);
	if (!row)
		return;
	s->account_row = row->head.line;
	s->account_org = row->org;
	s->account_kind = row->kind;
	s->privileged = row->privileged;
	s->person = row->kind == KIND_PERSON;
	v->role = row->role;
	standing_account(c, row, ts, s);
}

static void
see_net(const struct context *c, struct seen *s)
{
	struct address_entry whence = c->resolved.address[s->tuple.text[DICT_ADDRESS]];
	const struct network_row *row;

	s->net = whence.net;
	s->address_public = whence.geo != 0;
	s->geo = geo_answered(&c->resolved.geo, whence.geo);
	row = s->net ? c->resolved.nets[s->net - 1].row : NULL;
	if (!row) {
		/* Nothing else that a database says is believed of a network's kind. */
		if (s->geo.flags & GEO_HOSTING)
			s->net_kind = NET_HOSTING;
		return;
	}
	s->net_row = row->head.line;
	s->net_org = row->org;
	s->net_site = row->site;
	s->net_kind = row->kind;
	s->net_shared_site = row->flags & NETWORK_SHARED_SITE;
}

/* Whose network and terminal prove an origin (DETECTION B.13.23). */
static void
see_origins(const struct context *c, struct seen *s)
{
	bool proves = (s->net_kind == NET_SITE || s->net_kind == NET_VPN) && !s->net_shared_site;

	s->origin[0] = proves ? s->net_org : ORG_NONE;
	s->origin[1] = s->terminal_org;
	s->account_class = c->org_class[s->account_org];
	for (int o = 0; o < 2; o++)
		s->origin_class[o] = c->org_class[s->origin[o]];
}

static void
see_terminal(const struct context *c, int64_t ts, struct seen *s)
{
	const struct terminal_row *row =
		ASOF(terminal_row, c->resolved.terminal[s->tuple.text[DICT_TERMINAL]], ts, s);

	if (!row)
		return;
	s->terminal_row = row->head.line;
	s->terminal_org = row->org;
	s->terminal_kind = row->kind;
	standing_terminal(c, row, ts, s);
}

/* Pairs for this system, and for every one. */
static void
see_pair(const struct context *c, int i, int64_t ts, struct seen *s)
{
	size_t n;
	const struct pair *p = pairs_find(&c->pairs, s->account_org, s->origin[i], &n);

	for (; n; n--, p++) {
		const struct allow_pair_row *row =
			p->system == 0 || p->system == s->tuple.system + 1
				? ASOF(allow_pair_row, p->row, ts, s)
				: NULL;

		if (!row)
			continue;
		s->pair_allowed[i] = true;
		s->pair_row[i] = row->head.line;
	}
}

static void
see_pairs(const struct context *c, int64_t ts, struct seen *s)
{
	if (s->account_org == ORG_NONE)
		return;
	if (s->origin[0] != ORG_NONE)
		see_pair(c, 0, ts, s);
	if (s->origin[1] == s->origin[0]) {
		s->pair_allowed[1] = s->pair_allowed[0];
		s->pair_row[1] = s->pair_row[0];
	} else if (s->origin[1] != ORG_NONE) {
		see_pair(c, 1, ts, s);
	}
}

/* Also which of them ended last, for those who go on without one (TMP-01). */
static void
see_grant(const struct context *c, enum subject subject, uint32_t key, int64_t ts, struct seen *s)
{
	const struct grant *g = key ? &c->grants.at[key - 1] : NULL;
	int64_t last = INT64_MIN;

	for (uint32_t left = g ? g->left : 0; left; left--, g++) {
		const struct grant_row *row = g->row;

		if (row->system != s->tuple.system + 1)
			continue;
		row = ASOF(grant_row, row, ts, s);
		if (row) {
			s->granted = true;
			s->standing.grant_row = row->head.line;
		}
		row = g->row;
		for (uint32_t n = row->head.count; n; n--, row++) {
			if (row->to <= ts && row->to > last) {
				last = row->to;
				s->standing.lapsed[subject] = row->head.line;
			}
		}
	}
}

static void
see_grants(const struct context *c, int64_t ts, struct seen *s)
{
	uint32_t *const *grant = c->resolved.grant;

	if (c->grants.count == 0)
		return;
	see_grant(c, SUBJECT_ACCOUNT, grant[GRANT_ACCOUNT][s->tuple.text[DICT_ACCOUNT]], ts, s);
	see_grant(c, SUBJECT_TERMINAL, grant[GRANT_TERMINAL][s->tuple.text[DICT_TERMINAL]], ts, s);
	see_grant(c, SUBJECT_NETWORK, grant[GRANT_NETWORK][s->net], ts, s);
}

static void
see_screen(const struct context *c, struct seen *s, struct viewer *v)
{
	struct class_entry class = c->resolved.class[s->tuple.text[DICT_CLASS]];

	s->class_public = class.public;
	s->class_known = class.number != 0;
	s->views = act_views((enum act)s->tuple.act);
	if (!s->views)
		return;
	v->org = s->account_org;
	v->org_class = c->org_class[s->account_org];
	v->system = (uint16_t)(s->tuple.system + 1);
	v->class = class.number;
	v->masked = s->tuple.masked;
	barrier_ask(&c->barrier, v, s->verdict);
}

static void
see_system(const struct context *c, int64_t ts, struct seen *s)
{
	const struct policy_system *sys = &c->policy->system[s->tuple.system];
	uint16_t owner = pool_find(&c->pool[POOL_ORG], sys->owner);

	s->system_internal = sys->internal_only;
	s->nonpersonal_forbidden = sys->nonpersonal_forbidden;
	s->system_of_grid = sys->owner.n && owner != POOL_FULL && c->org_class[owner] == ORG_GRID;
	s->system_split = ts >= sys->split_since;
	if (s->system_split)
		s->from = max_i64(s->from, sys->split_since);
	else
		s->until = min_i64(s->until, sys->split_since);
}

/* The verdicts of an act that views nothing stay zero: no one asks for them. */
void
lookup_tuple(const void *context, uint32_t id, int64_t ts, struct seen *s)
{
	const struct context *c = context;
	const struct org_row *org;
	struct viewer v = { 0 };

	*s = (struct seen){ .tuple = *c->names.tuple(c->names.facts, id),
			    .id = id,
			    .from = INT64_MIN,
			    .until = INT64_MAX,
			    .standing = { .created = INT64_MIN,
					  .staff_left = INT64_MIN,
					  .disaster_subject = SUBJECT_KINDS } };
	see_account(c, ts, s, &v);
	see_net(c, s);
	see_terminal(c, ts, s);
	see_system(c, ts, s);
	see_origins(c, s);
	see_pairs(c, ts, s);
	see_grants(c, ts, s);
	see_screen(c, s, &v);
	standing_whole(c, ts, s);
	s->windowed = disasters_any(&c->disasters, s->account_org);
	org = c->posts.org[s->account_org];
	s->area_bound = org && org->areas.count;
}

void
lookup_again(const void *context, int64_t ts, struct seen *s)
{
	const struct context *c = context;
	const struct account_row *row =
		s->account_row < c->account_lines ? c->account_line[s->account_row] : NULL;
	struct viewer v = { .role = row ? row->role : 0 };

	for (int i = 0; i < 2; i++) {
		s->pair_allowed[i] = false;
		s->pair_row[i] = 0;
	}
	s->person = s->account_kind == KIND_PERSON;
	see_origins(c, s);
	see_pairs(c, ts, s);
	see_screen(c, s, &v);
	standing_again(c, row, ts, s);
	s->windowed = disasters_any(&c->disasters, s->account_org);
}

struct str
lookup_assignee(const void *context, const struct seen *s, int64_t ts)
{
	const struct context *c = context;
	struct seen scratch = { .from = INT64_MIN, .until = INT64_MAX };
	const struct terminal_row *row = ASOF(
		terminal_row, c->resolved.terminal[s->tuple.text[DICT_TERMINAL]], ts, &scratch);

	return row ? row->assignee : (struct str){ 0 };
}
