/*
 * compare.c - see compare.h.
 */
#include "model/compare.h"

const char *const absence_names[] = { "no_lines", "fixed", "reference_changed", "rule_changed",
				      "not_covered" };
const char *const growth_names[] = { "severity", "consumers", "origin", "episode", "cap" };

enum { CONSUMERS_MORE = 10 };

static struct str
text_at(const struct json_value *map, const char *path)
{
	return json_text_of(json_path(map, path));
}

static uint64_t
number_at(const struct json_value *map, const char *path)
{
	int64_t n = json_integer(json_path(map, path), 0);

	return n > 0 ? (uint64_t)n : 0;
}

static int
by_case(const void *a, const void *b)
{
	const struct json_value *const *x = a, *const *y = b;

	return str_cmp(text_at(*x, "fp_case"), text_at(*y, "fp_case"));
}

/* Findings by fp_case, in an array of its own; NULL when there is none. */
static const struct json_value **
sorted(const struct report_record *r)
{
	const struct json_value **list;

	if (r->finding.n == 0)
		return NULL;
	list = xalloc(r->finding.n, sizeof(const struct json_value *));
	for (size_t i = 0; i < r->finding.n; i++)
		list[i] = r->finding.at[i];
	qsort(list, r->finding.n, sizeof(const struct json_value *), by_case);
	return list;
}

static const struct json_value *
find(const struct json_value **list, size_t n, const struct json_value *like)
{
	const struct json_value **at =
		n ? bsearch(&like, list, n, sizeof(const struct json_value *), by_case) : NULL;

	return at ? *at : NULL;
}

static bool
severity_rose(const struct json_value *before, const struct json_value *now)
{
	enum severity a = SEVERITY_INFO, b = SEVERITY_INFO;

	return severity_named(text_at(before, "severity"), &a) &&
	       severity_named(text_at(now, "severity"), &b) && b > a;
}

static bool
consumers_rose(const struct json_value *before, const struct json_value *now)
{
	uint64_t a = number_at(before, "counts.consumers_opened");
	uint64_t b = number_at(now, "counts.consumers_opened");

	return b >= a + CONSUMERS_MORE && b - a > a / 2;
}

static bool
has_origin(const struct json_value *finding, struct str org)
{
	JSON_EACH(o, json_member(finding, "origins"))
	{
		if (str_eq(text_at(o, "org"), org))
			return true;
	}
	return false;
}

static bool
origin_is_new(const struct json_value *before, const struct json_value *now)
{
	JSON_EACH(o, json_member(now, "origins"))
	{
		struct str org = text_at(o, "org");

		if (org.n && !has_origin(before, org))
			return true;
	}
	return false;
}

/* People decided, and it is not that they are still looking. */
static bool
is_closed(const struct json_value *disposition)
{
	struct str decision = text_at(disposition, "decision");

	return decision.n && !str_is(decision, "under_review");
}

/* Times of one zone and one form: their order is that of their bytes. */
static bool
episode_since_closed(const struct json_value *before, const struct json_value *now)
{
	const struct json_value *by = json_member(now, "disposition");
	struct str last = text_at(before, "last"), reviewed;

	if (!is_closed(by))
		by = json_member(before, "disposition");
	if (!is_closed(by))
		return false;
	reviewed = text_at(by, "reviewed");
	JSON_EACH(c, json_member(now, "cases"))
	{
		JSON_EACH(e, json_member(c, "episodes"))
		{
			struct str first = text_at(e, "first");

			if (str_cmp(first, last) > 0 && str_cmp(first, reviewed) >= 0)
				return true;
		}
	}
	return false;
}

static unsigned
growth_of(const struct json_value *before, const struct json_value *now)
{
	unsigned g = 0;

	g |= severity_rose(before, now) ? GREW_SEVERITY : 0;
	g |= consumers_rose(before, now) ? GREW_CONSUMERS : 0;
	g |= origin_is_new(before, now) ? GREW_ORIGIN : 0;
	g |= episode_since_closed(before, now) ? GREW_EPISODE : 0;
	g |= str_is(text_at(now, "disposition.state"), "exceeded") ? GREW_CAP : 0;
	return g;
}

/* --- what the matrix denies -------------------------------------------------------------------------- */

struct denied_views {
	struct str account;
	uint64_t before, now;
};

static int
by_account(const void *a, const void *b)
{
	const struct denied_views *x = a, *y = b;

	return str_cmp(x->account, y->account);
}

static uint64_t
denied_in(const struct json_value *finding)
{
	return finding && str_is(text_at(finding, "rule"), "XTN-01")
		       ? number_at(finding, "counts.views")
		       : 0;
}

static void
add(struct denied *d, uint64_t views)
{
	d->views += views;
	d->accounts += views > 0;
}

static void
count_denied(struct comparison *c)
{
	VEC(struct denied_views) list = { 0 };

	for (size_t i = 0; i < c->at.n; i++) {
		const struct difference *d = &c->at.at[i];
		struct denied_views v = { .before = denied_in(d->before),
					  .now = denied_in(d->now) };

		v.account = text_at(d->now ? d->now : d->before, "subject.acct");
		if (v.before || v.now)
			*VEC_PUSH(&list) = v;
	}
	if (list.n)
		qsort(list.at, list.n, sizeof(*list.at), by_account);
	for (size_t i = 0, k; i < list.n; i = k) {
		uint64_t before = 0, now = 0, gained = 0, lost = 0;

		for (k = i; k < list.n && by_account(&list.at[k], &list.at[i]) == 0; k++) {
			const struct denied_views *v = &list.at[k];

			before += v->before;
			now += v->now;
			gained += v->now > v->before ? v->now - v->before : 0;
			lost += v->before > v->now ? v->before - v->now : 0;
		}
		add(&c->before, before);
		add(&c->now, now);
		add(&c->gained, gained);
		add(&c->lost, lost);
	}
	VEC_FREE(&list);
}

/* --- all of it --------------------------------------------------------------------------------------- */

static void
push(struct comparison *c, const struct difference *d)
{
	*VEC_PUSH(&c->at) = *d;
	c->count[d->mark]++;
}

void
compare_records(struct comparison *c, const struct report_record *before,
		const struct report_record *now)
{
	const struct json_value **then = sorted(before), **today = sorted(now);

	*c = (struct comparison){ 0 };
	for (size_t i = 0; i < now->finding.n; i++) {
		const struct json_value *f = now->finding.at[i];
		struct difference d = { .now = f, .before = find(then, before->finding.n, f) };

		d.growth = d.before ? growth_of(d.before, f) : 0;
		d.mark = !d.before ? MARK_NEW : d.growth ? MARK_UPDATED : MARK_UNCHANGED;
		push(c, &d);
	}
	for (size_t i = 0; i < before->finding.n; i++) {
		const struct json_value *f = before->finding.at[i];
		struct difference d = { .mark = MARK_ABSENT, .before = f };

		if (find(today, now->finding.n, f))
			continue;
		d.absence = compare_absence(f, before->run, now->run);
		push(c, &d);
	}
	count_denied(c);
	free(then);
	free(today);
}

void
comparison_free(struct comparison *c)
{
	VEC_FREE(&c->at);
	*c = (struct comparison){ 0 };
}
