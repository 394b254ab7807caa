/*
 * vary.c - see vary.h.  The answers are a table; what is particular about one stands in vary_answers.c.
 */
#include "engine/vary.h"

enum { CLEAR_MOST = 4 };

void
trial_begin(struct trial *t, const struct looks *l, const struct look *look, const struct fact *f)
{
	*t = (struct trial){ .look = *look, .fact = *f, .lookup = *l->in->lookup };
	if (look->seen.views)
		t->lookup.view(t->lookup.context, &look->seen, f->object, f->ts, &t->regard);
}

enum judged
trial_judge(const struct looks *l, struct trial *t, uint32_t rule)
{
	struct key key[KEYS_MOST] = { { { 0 } } };
	struct event ev = { .fact = &t->fact, .who = &t->look.seen, .lookup = &t->lookup };
	int keys = 0;

	if (t->look.seen.views)
		ev.view = &t->regard;
	t->look.told = 0; /* answers differ from trial to trial */
	return looks_verdict(l, &t->look, rule, &ev, key, &keys);
}

/* Another organisation that matters: none, those of the line, and the first other one of every class. */
static enum varied
vary_org(struct trial *t, uint16_t *org, unsigned n)
{
	const struct seen *who = &t->look.seen;
	const struct lookup *l = &t->lookup;
	const uint16_t near[] = { who->account_org, who->net_org, who->terminal_org, ORG_NONE };
	uint16_t other = ORG_NONE;

	if (n < COUNT(near)) {
		other = near[n];
	} else if (n - COUNT(near) < ORG_CLASS_COUNT) {
		enum org_class class = (enum org_class)(n - COUNT(near));

		while (++other <= l->orgs &&
		       (other == *org ||
			l->org_class(l->context, l->org_name(l->context, other)) != class))
			;
		if (other > l->orgs)
			return VARIED_NOT;
	} else {
		return VARIED_ALL;
	}
	if (other == *org)
		return VARIED_NOT;
	*org = other;
	return VARIED;
}

/* Without `own`: what is in the table is enough. */
static enum varied
vary_field(struct trial *t, const struct answer *a, unsigned n)
{
	char *field = (char *)&t->look.seen + a->at;
	uint8_t *word = (uint8_t *)field;
	bool *flag = (bool *)field;

	switch (a->type) {
	case ANSWER_ORG:
		return vary_org(t, (uint16_t *)(void *)field, n);
	case ANSWER_WORD:
		if (n == a->words)
			return VARIED_ALL;
		if (*word == n)
			return VARIED_NOT;
		*word = (uint8_t)n;
		return VARIED;
	case ANSWER_FLAG:
		*flag = !*flag;
		return n ? VARIED_ALL : VARIED;
	case ANSWER_OWN:
		break;
	}
	return a->vary(t, n);
}

enum varied
trial_vary(struct trial *t, const struct answer *a, unsigned n)
{
	enum varied v = vary_field(t, a, n);
	struct seen *who = &t->look.seen;

	if (v == VARIED && a->again && t->lookup.again) {
		t->lookup.again(t->lookup.context, t->fact.ts, who);
		if (who->views)
			t->lookup.view(t->lookup.context, who, t->fact.object, t->fact.ts,
				       &t->regard);
	}
	return v;
}

/* The next other answer than the line's; false: there are no more. */
static bool
next_other(const struct trial *line, const struct answer *a, unsigned *n, struct trial *t)
{
	enum varied v;

	do {
		*t = *line;
		v = trial_vary(t, a, (*n)++);
	} while (v == VARIED_NOT);
	return v == VARIED;
}

/* Does any other answer bring the rule to say so?  HIT: that; else: anything but what it said. */
static bool
leads(const struct looks *l, const struct trial *line, uint32_t rule, const struct answer *a,
      enum judged said, bool to_hit)
{
	struct trial t;

	for (unsigned n = 0; next_other(line, a, &n, &t);) {
		enum judged j = trial_judge(l, &t, rule);

		if (to_hit ? j == JUDGED_HIT : j != said)
			return true;
	}
	return false;
}

static uint64_t
alone(const struct looks *l, const struct trial *line, uint32_t rule, enum judged said, bool to_hit)
{
	/* What nobody knows is not the line's fault. */
	bool of_line = to_hit || said <= JUDGED_ASK;
	uint64_t found = 0;

	for (size_t i = 0; i < vary_answer_count; i++) {
		if ((of_line || !vary_answers[i].line) &&
		    leads(l, line, rule, &vary_answers[i], said, to_hit))
			found |= 1ULL << i;
	}
	return found;
}

/* The first two that lead to a hit together: of several ways one is enough to say why not. */
static uint64_t
in_twos(const struct looks *l, const struct trial *line, uint32_t rule, enum judged said)
{
	for (size_t i = 0; i < vary_answer_count; i++) {
		struct trial t;

		for (unsigned n = 0; next_other(line, &vary_answers[i], &n, &t);) {
			for (size_t k = i + 1; k < vary_answer_count; k++) {
				if (leads(l, &t, rule, &vary_answers[k], said, true))
					return 1ULL << i | 1ULL << k;
			}
		}
	}
	return 0;
}

uint64_t
vary_rests_on(const struct looks *l, const struct trial *line, uint32_t rule, enum judged said,
	      enum rests *how)
{
	uint64_t found = alone(l, line, rule, said, true);

	*how = RESTS_ALONE;
	if (found == 0 && said == JUDGED_SILENT) {
		*how = RESTS_TOGETHER;
		found = in_twos(l, line, rule, said);
	}
	if (found == 0) {
		*how = RESTS_ANYHOW;
		found = alone(l, line, rule, said, false);
	}
	return found;
}

static void
say_value(const struct answer *a, const struct event *ev, struct out *o)
{
	const char *field = (const char *)ev->who + a->at;
	const char *word;
	struct str org;

	switch (a->type) {
	case ANSWER_ORG:
		org = ev->lookup->org_name(ev->lookup->context,
					   *(const uint16_t *)(const void *)field);
		out_char(o, ' ');
		out_tty(o, org.n ? org : STR("unknown"));
		break;
	case ANSWER_WORD:
		word = a->word[*(const uint8_t *)field];
		out_printf(o, " %s", word && *word ? word : "none");
		break;
	case ANSWER_FLAG:
		out_text(o, *(const bool *)field ? " yes" : " no");
		break;
	case ANSWER_OWN:
		break;
	}
}

void
vary_say(const struct answer *a, const struct event *ev, const struct names *names, struct out *o)
{
	uint32_t row = 0;

	out_text(o, a->name);
	if (a->say)
		a->say(ev, names, o);
	else
		say_value(a, ev, o);
	if (a->row_at)
		memcpy(&row, (const char *)ev->who + a->row_at, sizeof(row));
	if (row)
		out_printf(o, " (%s line %u)", a->ledger, row);
}

/* The first other answer by which the rule is silent, and which a row can give. */
static bool
clears(const struct looks *l, const struct trial *line, uint32_t rule, const struct answer *a,
       struct out *o)
{
	struct trial t;

	for (unsigned n = 0; next_other(line, a, &n, &t);) {
		enum judged j = trial_judge(l, &t, rule);

		if ((j == JUDGED_SILENT || j == JUDGED_OUTSIDE) && a->row(line, &t, l->in, o))
			return true;
	}
	return false;
}

unsigned
vary_clear(const struct looks *l, const struct trial *line, uint32_t rule, const char *indent,
	   struct out *o)
{
	unsigned told = 0;

	for (size_t i = 0; i < vary_answer_count && told < CLEAR_MOST; i++) {
		struct out row;

		if (!vary_answers[i].row)
			continue;
		out_memory(&row);
		if (clears(l, line, rule, &vary_answers[i], &row)) {
			out_text(o, indent);
			out_bytes(o, out_taken(&row)); /* escaped as it was written */
			out_char(o, '\n');
			told++;
		}
		out_discard(&row);
	}
	return told;
}
