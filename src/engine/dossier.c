/*
 * dossier.c - collecting: which lines belong to which episodes of which key.  Counting them is finish.c.
 */
#include "engine/dossier.h"

#include "base/hash.h"
#include "base/order.h"

void
dossiers_free(struct dossiers *ds)
{
	for (size_t i = 0; i < ds->at.room; i++) {
		VEC_FREE(&ds->at.at[i].line);
		VEC_FREE(&ds->at.at[i].unit);
	}
	VEC_FREE(&ds->at);
	free(ds->index);
	*ds = (struct dossiers){ 0 };
}

static uint64_t
key_hash(uint32_t rule, const struct key *key)
{
	uint64_t h = rule;

	for (int i = 0; i < KEY_PARTS; i++)
		h = hash_mix(h ^ (uint64_t)key->part[i] << 8);
	return h;
}

static bool
same_key(const struct dossier *d, uint32_t rule, const struct key *key)
{
	return d->rule == rule && memcmp(&d->key, key, sizeof(*key)) == 0;
}

static void
reindex(struct dossiers *ds)
{
	free(ds->index);
	ds->mask = ds->mask ? ds->mask * 4 + 3 : 63;
	ds->index = xalloc(ds->mask + 1, sizeof(*ds->index));
	for (size_t i = 0; i < ds->at.n; i++) {
		size_t at = key_hash(ds->at.at[i].rule, &ds->at.at[i].key) & ds->mask;

		while (ds->index[at])
			at = (at + 1) & ds->mask;
		ds->index[at] = (uint32_t)i + 1;
	}
}

static struct dossier *
append(struct dossiers *ds)
{
	size_t room = ds->at.room;
	struct dossier *d = VEC_PUSH(&ds->at);

	if (ds->at.room > room)
		memset(ds->at.at + room, 0, (ds->at.room - room) * sizeof(*d));
	return d;
}

struct dossier *
dossiers_get(struct dossiers *ds, uint32_t rule, const struct key *key)
{
	struct dossier *d;
	size_t at;

	if (ds->at.n * 2 >= ds->mask)
		reindex(ds);
	at = key_hash(rule, key) & ds->mask;
	for (; ds->index[at]; at = (at + 1) & ds->mask) {
		d = &ds->at.at[ds->index[at] - 1];
		if (same_key(d, rule, key))
			return d;
	}
	d = append(ds);
	ds->index[at] = (uint32_t)ds->at.n;
	d->rule = rule;
	d->key = *key;
	return d;
}

void
dossiers_reset(struct dossiers *ds)
{
	for (size_t i = 0; i < ds->at.n; i++) {
		struct dossier *d = &ds->at.at[i];
		struct dossier empty = { .line = d->line, .unit = d->unit };

		empty.line.n = empty.unit.n = 0;
		*d = empty;
	}
	if (ds->at.n)
		ds->index = index_empty(ds->index, &ds->mask, sizeof(*ds->index));
	ds->at.n = 0;
}

/* The open unit, counted. */
static struct unit_sum
sum_up(const struct dossier *d, const struct finish *fin, const struct fact *facts)
{
	size_t n = d->line.n - d->open_from;
	struct unit_sum u = { .lines = (uint32_t)n,
			      .first = &facts[d->line.at[d->open_from]],
			      .unit = d->open_unit,
			      .before = d->before,
			      .lookup = fin->in->lookup };
	uint32_t *account = xalloc(n * 3, sizeof(*account)), *org = account + n, *object = org + n;

	for (size_t i = 0; i < n; i++) {
		const struct fact *f = &facts[d->line.at[d->open_from + i]];
		const struct look *k = looks_get(fin->looks, f->tuple, f->ts);

		account[i] = f->account;
		org[i] = k->seen.account_org;
		object[i] = f->object;
		u.views += act_views((enum act)k->seen.tuple.act);
	}
	u.accounts = (uint32_t)order_distinct(account, n);
	u.orgs = (uint32_t)order_distinct(org, n);
	u.objects = (uint32_t)order_distinct(object, n);
	free(account);
	return u;
}

void
dossier_close(struct dossier *d, const struct finish *fin, const struct fact *facts)
{
	const struct rule *rule = &fin->in->rules[d->rule];

	if (!d->open)
		return;
	d->open = false;
	if (rule->detector->fires) {
		struct unit_sum u = sum_up(d, fin, facts);

		if (!rule->detector->fires(&u, rule->param)) {
			d->line.n = d->open_from;
			return;
		}
		if (u.points > d->extra_points)
			d->extra_points = u.points;
	}
	*VEC_PUSH(&d->unit) = (struct dossier_unit){
		.first = facts[d->line.at[d->open_from]].ts,
		.last = d->last_ts,
		.line_from = d->open_from,
		.line_to = (uint32_t)d->line.n,
		.pairs = 0,
	};
}

bool
dossier_goes_on(const struct rule *rule, int64_t pause, bool same_unit)
{
	switch (rule->detector->ends) {
	case ENDS_PAUSE:
		return pause <= rule->gap_ms;
	case ENDS_DAY:
	case ENDS_CHANGE:
		return same_unit;
	case ENDS_NEVER:
		break;
	}
	return true;
}

void
dossier_hit(struct dossier *d, const struct finish *fin, const struct fact *facts, uint32_t line,
	    uint32_t unit)
{
	int64_t ts = facts[line].ts;

	if (d->open &&
	    !dossier_goes_on(&fin->in->rules[d->rule], ts - d->last_ts, unit == d->open_unit))
		dossier_close(d, fin, facts);
	if (!d->open) {
		if (unit != d->open_unit)
			d->before = d->open_unit;
		d->open_unit = unit;
		d->open = true;
		d->open_from = (uint32_t)d->line.n;
	}
	*VEC_PUSH(&d->line) = line;
	d->last_ts = ts;
}
