/*
 * det_disaster_open.c - DIS-09: 24 hours behind a window, an ID kept for disasters is still active, or a terminal still lent.
 *
 *     window over, its tail within these logs: every account and terminal of its organisation that is kept for disasters,
 *     as of the tail's end; unless another window of that organisation is in force then
 *
 * Nobody need have used them.
 */
#include "model/detector.h"

enum { OPEN };

static const char *const open_words[] = { "open", NULL };

/* Is it what this window left behind? */
static enum judged
judge_kept(const struct roster *r, const struct window_row *w, enum subject kind,
	   const struct kept_row *k)
{
	const struct lookup *l = r->lookup;

	if (!k->held || (w->org && k->org != w->org))
		return JUDGED_OUTSIDE;
	if (kind == SUBJECT_ACCOUNT && k->status == ACCOUNT_UNSAID)
		return JUDGED_UNKNOWN_ACCOUNT;
	if (kind == SUBJECT_ACCOUNT ? k->status != ACCOUNT_ACTIVE : k->loan_row == 0)
		return JUDGED_SILENT;
	return l->disaster_reaches(l->context, k->org, 0, w->tail_end) ? JUDGED_SILENT : JUDGED_HIT;
}

/* Several rows of one account are one unit of a window. */
static bool
told_since(const struct roster *r, size_t from, const struct key *key)
{
	for (size_t i = from; i < r->told.n; i++) {
		if (memcmp(&r->told.at[i].key, key, sizeof(*key)) == 0)
			return true;
	}
	return false;
}

static void
tell_open(struct roster *r, const struct window_row *w, enum subject kind, const struct kept_row *k,
	  const struct key *key)
{
	const struct lookup *l = r->lookup;
	struct str window = l->window_name(l->context, w->row);

	*VEC_PUSH(&r->told) = (struct told){
		.key = *key,
		.first = w->tail_end,
		.last = w->tail_end,
		.why = {
			.pred = arena_printf(r->arena, "%s 24 hours behind the end of " STR_FMT,
					     kind == SUBJECT_ACCOUNT ? "suspended or deleted"
								     : "returned",
					     STR_ARG(window)),
			.observed = kind == SUBJECT_ACCOUNT ? STR("still active") : STR("still lent"),
			.ref = kind == SUBJECT_ACCOUNT
				       ? arena_printf(r->arena, "disasters line %u, accounts line %u",
						      w->row, k->row)
				       : arena_printf(r->arena,
						      "disasters line %u, terminals line %u, "
						      "terminal_loans line %u",
						      w->row, k->row, k->loan_row),
		},
	};
}

static void
judge_window(struct roster *r, const struct window_row *w, enum subject kind, size_t from)
{
	const struct lookup *l = r->lookup;
	struct kept_row k;

	for (size_t i = 0; l->kept_at(l->context, kind, i, w->tail_end, &k); i++) {
		enum judged j = judge_kept(r, w, kind, &k);
		struct key key = { { key_subject(kind, k.name), OPEN } };

		if (j != JUDGED_OUTSIDE)
			r->judged[j]++;
		if (j == JUDGED_HIT && !told_since(r, from, &key))
			tell_open(r, w, kind, &k, &key);
	}
}

static void
disaster_open_roster(struct roster *r)
{
	const struct lookup *l = r->lookup;
	struct window_row w;

	for (size_t i = 0; l->window_at(l->context, i, &w); i++) {
		size_t from = r->told.n;

		if (!w.coordination || w.tail_end <= r->first_ts || w.tail_end > r->last_ts)
			continue;
		judge_window(r, &w, SUBJECT_ACCOUNT, from);
		judge_window(r, &w, SUBJECT_TERMINAL, from);
	}
}

const struct detector det_disaster_open = {
	.name = "disaster_open",
	.rule = "DIS-09",
	.summary = "an ID kept for disasters was still active, or a terminal still lent, a day "
		   "after the end",
	.kind = FINDING_VIOLATION,
	.key = { { "subject", KEY_KEPT }, { "state", KEY_WORD } },
	.words = open_words,
	.needs = GIVES_DISASTERS,
	.roster = disaster_open_roster,
};
