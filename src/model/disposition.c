/*
 * disposition.c - see disposition.h.
 *
 *     case --newest entry that matches the finding and whose scope the case starts in--> covered by it
 *     finding: every case covered, every entry in force, no cap exceeded --> in force
 */
#include "model/disposition.h"

const char *const decision_names[] = { "confirmed_violation", "false_positive", "justified",
				       "accepted_risk", "under_review" };

const char *const disposed_state_names[] = { "in_force", "not_yet",    "expired",
					     "exceeded", "other_case", "rejected" };

const char *const disposition_fields[] = { "acct", "owner", "org", "system" };
const size_t disposition_field_count = COUNT(disposition_fields);

/* What became of an entry, over all findings. */
struct use {
	size_t matched, covered, overruled; /* findings; cases; cases that a newer entry covers */
	const struct finding *rejected;
};

struct applying {
	const struct dispositions *all;
	struct arena *arena;
	struct use *use;
	int64_t now;
};

static bool
has_system(const struct finding *f, struct str system)
{
	for (size_t i = 0; i < f->system_count; i++) {
		if (str_eq(f->systems[i], system))
			return true;
	}
	return str_eq(f->realm, system);
}

static bool
holds(const struct disposition_match *m, const struct finding *f)
{
	for (int i = 0; i < KEY_PARTS && f->rule->detector->key[i].name; i++) {
		if (str_is(m->name, f->rule->detector->key[i].name))
			return str_eq(m->value, f->key_text[i]);
	}
	if (str_is(m->name, "acct"))
		return str_eq(m->value, f->account);
	if (str_is(m->name, "owner"))
		return str_eq(m->value, f->owner);
	if (str_is(m->name, "org"))
		return str_eq(m->value, f->org);
	return str_is(m->name, "system") && has_system(f, m->value);
}

static bool
matches(const struct disposition *d, const struct finding *f)
{
	if (d->rule.n && !str_is(d->rule, f->rule->id))
		return false;
	if (d->fp_case.n && !str_is(d->fp_case, f->fp_case))
		return false;
	for (size_t i = 0; i < d->match_count; i++) {
		if (!holds(&d->match[i], f))
			return false;
	}
	return true;
}

static bool
names_origin(const struct disposition *d, const struct origin *o)
{
	for (size_t i = 0; i < d->origin_count; i++) {
		if (str_eq(d->origin[i], o->net) || (o->org.n && str_eq(d->origin[i], o->org)))
			return true;
	}
	return false;
}

/* Which cap the finding exceeds; empty: none. */
static struct str
exceeded(const struct disposition *d, const struct finding *f, struct arena *a)
{
	if (d->caps_consumers && f->consumers_a_day > d->consumers)
		return arena_printf(a, "%llu consumers on one day, where %llu are allowed",
				    (unsigned long long)f->consumers_a_day,
				    (unsigned long long)d->consumers);
	for (size_t i = 0; d->caps_origins && i < f->origin_count; i++) {
		const struct origin *o = &f->origins[i];

		if (!names_origin(d, o))
			return arena_printf(a,
					    "origin " STR_FMT "%s" STR_FMT
					    "%s, which is not among those named",
					    STR_ARG(o->net), o->org.n ? " (" : "", STR_ARG(o->org),
					    o->org.n ? ")" : "");
	}
	return (struct str){ 0 };
}

/* An entry and all that can be said of it and a finding whose cases it covers. */
static enum disposed_state
state_of(const struct applying *x, const struct disposition *d, const struct finding *f,
	 struct str *why)
{
	if (f->owner.n && (str_eq(d->prepared.id, f->owner) || str_eq(d->reviewed.id, f->owner))) {
		*why = arena_printf(x->arena, STR_FMT " owns the account", STR_ARG(f->owner));
		return DISPOSED_REJECTED;
	}
	if (x->now >= d->expires)
		return DISPOSED_EXPIRED;
	if (x->now < d->reviewed.date)
		return DISPOSED_NOT_YET;
	*why = exceeded(d, f, x->arena);
	return why->n ? DISPOSED_EXCEEDED : DISPOSED_IN_FORCE;
}

/* The newest entry whose scope the case starts in; NULL: none. */
static const struct disposition *
covering(const struct applying *x, const struct finding *f, const struct finding_case *c)
{
	const struct disposition *found = NULL;

	for (size_t i = x->all->count; i-- > 0;) {
		const struct disposition *d = &x->all->at[i];

		if (c->first < d->from || c->first >= d->to || !matches(d, f))
			continue;
		x->use[i].covered += !found;
		x->use[i].overruled += found != NULL;
		found = found ? found : d;
	}
	return found;
}

static const struct disposition *
newest(const struct applying *x, const struct finding *f)
{
	const struct disposition *found = NULL;

	for (size_t i = 0; i < x->all->count; i++) {
		if (!matches(&x->all->at[i], f))
			continue;
		x->use[i].matched++;
		found = &x->all->at[i];
	}
	return found;
}

static const struct disposed *
dispose(const struct applying *x, const struct finding *f)
{
	struct disposed *out;
	const struct disposition *by = newest(x, f);
	bool suppressing = true;

	if (!by)
		return NULL;
	out = arena_alloc(x->arena, sizeof(*out));
	*out = (struct disposed){ .by = by };
	for (size_t i = 0; i < f->case_count; i++) {
		const struct disposition *d = covering(x, f, &f->cases[i]);
		enum disposed_state state;
		struct str why = { 0 };

		if (!d)
			continue;
		out->cases++;
		out->by = d;
		suppressing &= decision_suppresses(d->decision);
		state = state_of(x, d, f, &why);
		if (state == DISPOSED_REJECTED)
			x->use[d - x->all->at].rejected = f;
		if (state != DISPOSED_IN_FORCE && out->state == DISPOSED_IN_FORCE) {
			out->state = state;
			out->why = why;
		}
	}
	if (out->cases < f->case_count && out->state == DISPOSED_IN_FORCE)
		out->state = DISPOSED_OTHER_CASE;
	out->suppressed = suppressing && out->state == DISPOSED_IN_FORCE;
	return out;
}

/* Entries are never taken out: what a newer one overrules, and what has expired and matches nothing, is history. */
static void
warn(const struct applying *x, size_t i, struct errors *warnings)
{
	const struct disposition *d = &x->all->at[i];
	const struct use *u = &x->use[i];
	bool over = x->now >= d->expires;

	if (u->rejected)
		error_at(
			warnings, d->at,
			"the disposition is rejected: who prepared or reviewed it owns the account "
			"of finding %s (%s)",
			u->rejected->fp_case, u->rejected->rule->id);
	else if (over && u->covered)
		error_at(warnings, d->at,
			 "the disposition has expired; review it again, with a new entry");
	else if (!over && u->matched == 0)
		error_at(warnings, d->at, "the disposition matches no finding");
	else if (!over && u->covered == 0 && u->overruled == 0)
		error_at(warnings, d->at,
			 "the disposition covers no case: none starts in its scope");
}

void
dispositions_apply(const struct dispositions *d, struct verdicts *v, int64_t now,
		   struct errors *warnings)
{
	struct applying x = { .all = d, .arena = &v->arena, .now = now };

	if (d->count == 0)
		return;
	x.use = xalloc(d->count, sizeof(*x.use));
	for (size_t i = 0; i < v->finding.n; i++)
		v->finding.at[i]->disposed = dispose(&x, v->finding.at[i]);
	for (size_t i = 0; i < d->count; i++)
		warn(&x, i, warnings);
	free(x.use);
}
