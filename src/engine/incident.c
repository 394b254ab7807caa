/*
 * incident.c - cases sorted by whom they are about and when, cut where nothing happened for more than seven days.
 */
#include "engine/incident.h"

#include "base/civil.h"
#include "engine/naming.h"

#define INCIDENT_GAP_MS (7LL * DAY_MS)

struct entry {
	struct str about; /* person, account, or the fingerprint of what is about neither */
	struct finding *finding;
	size_t number;   /* of its case */
	size_t incident; /* before they are sorted */
};

/* A child's cases are part of what happened under its parent. */
static struct str
about(const struct finding *f)
{
	if (f->parent)
		return str_of(f->parent->fp_case);
	if (f->owner.n)
		return f->owner;
	return f->account.n ? f->account : str_of(f->fp_case);
}

static const struct finding_case *
case_of(const struct entry *e)
{
	return &e->finding->cases[e->number];
}

static int
entry_order(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int64_t from = case_of(x)->first, to = case_of(y)->first;
	int c = str_cmp(x->about, y->about);

	if (c == 0)
		c = (from > to) - (from < to);
	if (c == 0)
		c = strcmp(x->finding->fp_case, y->finding->fp_case);
	return c;
}

static int
incident_order(const void *a, const void *b)
{
	const struct incident *x = *(const struct incident *const *)a;
	const struct incident *y = *(const struct incident *const *)b;
	int c = (x->severity < y->severity) - (x->severity > y->severity);

	if (c == 0)
		c = (x->first > y->first) - (x->first < y->first);
	return c ? c : strcmp(x->id, y->id);
}

static void
join(struct incident *i, const struct entry *e)
{
	i->last = max_i64(i->last, case_of(e)->last);
	if (e->finding->severity > i->severity)
		i->severity = e->finding->severity;
	i->cases++;
}

/* Sorted by whom and when: one incident after the other. */
static void
cut(struct verdicts *v, struct entry *entry, size_t n)
{
	struct incident *open = NULL;

	for (size_t i = 0; i < n; i++) {
		struct entry *e = &entry[i];
		bool same = open && str_eq(e->about, entry[i - 1].about) &&
			    case_of(e)->first - open->last <= INCIDENT_GAP_MS;

		if (!same) {
			open = VEC_PUSH(&v->incident);
			*open = (struct incident){ .first = case_of(e)->first,
						   .last = case_of(e)->last };
			if (str_eq(e->about, e->finding->owner) ||
			    str_eq(e->about, e->finding->account))
				open->subject = e->about;
			name_incident(open, e->about);
		}
		e->incident = v->incident.n - 1;
		join(open, e);
	}
}

/* Brings the incidents into their order, and tells each what it has become. */
static void
sort_incidents(struct verdicts *v, size_t *place)
{
	size_t n = v->incident.n;
	struct incident *old = xalloc(n, sizeof(*old));
	const struct incident **by = xalloc(n, sizeof(const struct incident *));

	memcpy(old, v->incident.at, n * sizeof(*old));
	for (size_t i = 0; i < n; i++)
		by[i] = &old[i];
	qsort(by, n, sizeof(const struct incident *), incident_order);
	for (size_t i = 0; i < n; i++) {
		v->incident.at[i] = *by[i];
		place[by[i] - old] = i;
	}
	free(by);
	free(old);
}

static void
count_finding(struct verdicts *v, const struct finding *f)
{
	for (size_t c = 0; c < f->case_count; c++) {
		bool counted = false;

		for (size_t i = 0; i < c; i++)
			counted |= f->cases[i].incident == f->cases[c].incident;
		v->incident.at[f->cases[c].incident].findings += !counted;
	}
}

void
incidents_find(struct verdicts *v)
{
	VEC(struct entry) entry = { 0 };
	size_t *place;

	for (size_t i = 0; i < v->finding.n; i++) {
		for (size_t c = 0; c < v->finding.at[i]->case_count; c++)
			*VEC_PUSH(&entry) = (struct entry){ .about = about(v->finding.at[i]),
							    .finding = v->finding.at[i],
							    .number = c };
	}
	if (entry.n == 0)
		return;
	qsort(entry.at, entry.n, sizeof(*entry.at), entry_order);
	cut(v, entry.at, entry.n);
	place = xalloc(v->incident.n, sizeof(*place));
	sort_incidents(v, place);
	for (size_t i = 0; i < entry.n; i++)
		entry.at[i].finding->cases[entry.at[i].number].incident =
			place[entry.at[i].incident];
	for (size_t i = 0; i < v->finding.n; i++)
		count_finding(v, v->finding.at[i]);
	free(place);
	VEC_FREE(&entry);
}
