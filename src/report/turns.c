/*
 * turns.c - see turns.h.
 */
#include "report/turns.h"

#include "base/order.h"

struct placed {
	struct str id; /* first: order_str() compares by it */
	const struct json_value *incident;
	size_t number;
};

static int
turn_order(const void *a, const void *b)
{
	const struct turn *x = a, *y = b;

	if (x->incident_number != y->incident_number)
		return (x->incident_number > y->incident_number) -
		       (x->incident_number < y->incident_number);
	return (x->number > y->number) - (x->number < y->number);
}

static void
place(struct turn *t, const struct placed *all, size_t n)
{
	JSON_EACH(one, json_member(t->finding, "cases"))
	{
		struct placed asked = { .id = said_text(one, "incident") };
		const struct placed *found =
			n ? bsearch(&asked, all, n, sizeof(*all), order_str) : NULL;

		if (!found || found->number >= t->incident_number)
			continue;
		t->incident_number = found->number;
		t->incident = found->incident;
	}
}

const struct turn *
turns_of(const struct report_record *rec, struct arena *a)
{
	const struct json_value *incidents = json_member(rec->run, "incidents");
	size_t n = 0, count = incidents ? incidents->count : 0;
	struct placed *all = arena_alloc(a, (count + 1) * sizeof(*all));
	struct turn *turn = arena_alloc(a, (rec->finding.n + 1) * sizeof(*turn));

	JSON_EACH(one, incidents)
	{
		all[n] =
			(struct placed){ .id = said_text(one, "id"), .incident = one, .number = n };
		n++;
	}
	qsort(all, n, sizeof(*all), order_str);
	for (size_t i = 0; i < rec->finding.n; i++) {
		turn[i] = (struct turn){ .finding = rec->finding.at[i],
					 .incident_number = SIZE_MAX,
					 .number = i };
		place(&turn[i], all, n);
	}
	qsort(turn, rec->finding.n, sizeof(*turn), turn_order);
	return turn;
}
