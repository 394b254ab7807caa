/*
 * survey_people.c - accounts: their rows, what rules found about them, whence they came, and who is not used at all.
 */
#include "engine/survey_own.h"

#include "base/order.h"

enum { DORMANT_MONTHS = 6 };

static int
account_order(const void *a, const void *b)
{
	const struct survey_account *x = a, *y = b;

	return str_cmp(x->name, y->name);
}

/* Also those that have lines of earlier days alone; survey_people() leaves them out at last. */
static struct survey_account *
gather(const struct survey_build *b, size_t *n)
{
	struct survey_account *all;
	size_t at = 0;

	*n = 0;
	for (size_t i = 0; i < b->walks; i++)
		*n += b->all[i]->account.n;
	all = arena_alloc(b->arena, (*n + 1) * sizeof(*all));
	for (size_t i = 0; i < b->walks; i++) {
		for (size_t k = 0; k < b->all[i]->account.n; k++)
			all[at++] = b->all[i]->account.at[k];
	}
	if (*n)
		qsort(all, *n, sizeof(*all), account_order);
	return all;
}

static struct survey_account *
find(struct survey_account *all, size_t n, struct str name)
{
	struct survey_account probe = { .name = name };

	return name.n && n ? bsearch(&probe, all, n, sizeof(*all), account_order) : NULL;
}

/* A finding's account, by its subject or its key. */
static struct str
account_of(const struct finding *f)
{
	const struct key_part *part = f->rule->detector->key;

	if (f->account.n)
		return f->account;
	for (int i = 0; i < KEY_PARTS && part[i].name; i++) {
		if (part[i].kind == KEY_ACCOUNT)
			return f->key_text[i];
	}
	return (struct str){ 0 };
}

static int
flag_order(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
add_flag(const struct survey_build *b, struct survey_account *a, const struct finding *f)
{
	if (!a->flag)
		a->flag = arena_alloc(b->arena, b->in->rule_count * sizeof(*a->flag));
	if (a->flags == 0 || f->points > a->points)
		a->points = f->points;
	for (size_t i = 0; i < a->flags; i++) {
		if (strcmp(a->flag[i], f->rule->id) == 0)
			return;
	}
	a->flag[a->flags++] = f->rule->id;
}

static void
flag_all(const struct survey_build *b, struct survey_account *all, size_t n)
{
	for (size_t i = 0; i < b->findings; i++) {
		struct survey_account *a = find(all, n, account_of(b->finding[i]));

		if (a)
			add_flag(b, a, b->finding[i]);
	}
	for (size_t i = 0; i < n; i++) {
		if (all[i].flags)
			qsort(all[i].flag, all[i].flags, sizeof(*all[i].flag), flag_order);
	}
}

static int
gravest_first(const void *a, const void *b)
{
	const struct survey_strip *x = a, *y = b;

	if (x->points != y->points)
		return (x->points < y->points) - (x->points > y->points);
	return str_cmp(x->name, y->name);
}

static int
strip_order(const void *a, const void *b)
{
	const struct survey_strip *x = a, *y = b;

	return str_cmp(x->name, y->name);
}

static int
origin_order(const void *a, const void *b)
{
	const struct survey_origin *x = a, *y = b;

	return x->day != y->day ? (x->day > y->day) - (x->day < y->day) : str_cmp(x->net, y->net);
}

static void
name_origins(const struct survey_build *b, struct survey_strip *s)
{
	const struct lookup *l = b->in->lookup;

	for (size_t i = 0; i < s->n; i++) {
		s->at[i].net = l->net_name(l->context, s->at[i].net_number);
		s->at[i].org = l->org_name(l->context, l->net_org(l->context, s->at[i].net_number));
	}
	qsort(s->at, s->n, sizeof(*s->at), origin_order);
}

static void
list_strips(struct survey_build *b, struct survey_account *all, size_t n)
{
	const struct names *names = &b->in->source->names;
	VEC(struct survey_strip) list = { 0 };

	for (size_t i = 0; i < b->walks; i++) {
		for (size_t k = 0; k < b->all[i]->strip.n; k++) {
			struct survey_strip s = b->all[i]->strip.at[k];
			const struct survey_account *a;

			s.name = names->text(names->facts, DICT_ACCOUNT, s.number);
			a = find(all, n, s.name);
			if (!a || a->flags == 0)
				continue;
			s.points = a->points;
			*VEC_PUSH(&list) = s;
		}
	}
	if (list.n)
		qsort(list.at, list.n, sizeof(*list.at), gravest_first);
	b->out->strip.n = list.n < STRIPS_MOST ? list.n : STRIPS_MOST;
	b->out->strip.at = arena_alloc(b->arena, (b->out->strip.n + 1) * sizeof(*list.at));
	for (size_t i = 0; i < b->out->strip.n; i++) {
		name_origins(b, &list.at[i]);
		b->out->strip.at[i] = list.at[i];
	}
	if (b->out->strip.n)
		qsort(b->out->strip.at, b->out->strip.n, sizeof(*list.at), strip_order);
	VEC_FREE(&list);
}

/* In force at the end, neither stopped nor deleted, and there since before the first line. */
static bool
could_be_used(const struct survey_build *b, const struct roster_row *r)
{
	return r->from <= b->last && b->last < r->to &&
	       (r->status == ACCOUNT_UNSAID || r->status == ACCOUNT_ACTIVE) &&
	       max_i64(r->from, r->created) < b->first_known;
}

/* Not a line that went well in the six months before the last day (ACC-04), be they known or not. */
static bool
dormant(const struct survey_build *b, int64_t last_ok)
{
	return last_ok == INT64_MIN ||
	       jst_day(b->last) > add_months_clip(jst_day(last_ok), DORMANT_MONTHS);
}

static int
dormant_order(const void *a, const void *b)
{
	const struct survey_dormant *x = a, *y = b;

	return str_cmp(x->account, y->account);
}

static void
list_dormant(struct survey_build *b, struct survey_account *all, size_t n)
{
	const struct lookup *l = b->in->lookup;
	VEC(struct survey_dormant) list = { 0 };
	struct survey_dormant *out;
	struct roster_row r;
	size_t kept = 0;

	for (size_t i = 0; n && l->roster_at(l->context, i, &r); i++) {
		const struct survey_account *a = find(all, n, r.account);
		int64_t last = a ? a->last_ok : INT64_MIN;

		if (could_be_used(b, &r) && dormant(b, last))
			*VEC_PUSH(&list) = (struct survey_dormant){ r.account, last };
	}
	if (list.n)
		qsort(list.at, list.n, sizeof(*list.at), dormant_order);
	out = arena_alloc(b->arena, (list.n + 1) * sizeof(*out));
	for (size_t i = 0; i < list.n; i++) {
		if (kept == 0 || !str_eq(list.at[i].account, out[kept - 1].account))
			out[kept++] = list.at[i];
	}
	b->out->dormant.at = out;
	b->out->dormant.n = kept;
	VEC_FREE(&list);
}

void
survey_people(struct survey_build *b)
{
	size_t n, kept = 0;
	struct survey_account *all = gather(b, &n);

	flag_all(b, all, n);
	list_strips(b, all, n);
	list_dormant(b, all, n);
	for (size_t i = 0; i < n; i++) {
		if (all[i].lines)
			all[kept++] = all[i];
	}
	b->out->account.at = all;
	b->out->account.n = kept;
}
