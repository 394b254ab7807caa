/*
 * sweep.c - sessions by (network, terminal), and the sweep over those open at the same time.
 */
#include "engine/sweep.h"

#include "base/hash.h"

void
sessions_free(struct sessions *s)
{
	VEC_FREE(&s->at);
	VEC_FREE(&s->of_line);
	VEC_FREE(&s->current);
	free(s->place_key);
	free(s->place);
	*s = (struct sessions){ 0 };
}

void
sessions_reset(struct sessions *s)
{
	s->at.n = s->of_line.n = s->current.n = 0;
	if (s->used)
		s->place = index_empty(s->place, &s->mask, sizeof(*s->place));
	if (!s->place) {
		free(s->place_key);
		s->place_key = NULL;
	}
	s->used = 0;
}

static void
grow(struct sessions *s)
{
	size_t old_mask = s->mask;
	uint64_t *old_key = s->place_key;
	uint32_t *old = s->place;

	s->mask = s->mask ? s->mask * 4 + 3 : 15;
	s->place = xalloc(s->mask + 1, sizeof(*s->place));
	s->place_key = xalloc(s->mask + 1, sizeof(*s->place_key));
	for (size_t i = 0; old && i <= old_mask; i++) {
		size_t at = hash_mix(old_key[i]) & s->mask;

		if (old[i] == 0)
			continue;
		while (s->place[at])
			at = (at + 1) & s->mask;
		s->place[at] = old[i];
		s->place_key[at] = old_key[i];
	}
	free(old);
	free(old_key);
}

/* The number, from 1, of a (network, terminal) of this account. */
static uint32_t
place_of(struct sessions *s, uint32_t net, uint32_t terminal)
{
	uint64_t key = (uint64_t)net << 32 | terminal;
	size_t at;

	if (s->used * 2 >= s->mask)
		grow(s);
	for (at = hash_mix(key) & s->mask; s->place[at]; at = (at + 1) & s->mask) {
		if (s->place_key[at] == key)
			return s->place[at];
	}
	s->used++;
	*VEC_PUSH(&s->current) = 0;
	s->place_key[at] = key;
	s->place[at] = (uint32_t)s->current.n;
	return s->place[at];
}

void
sessions_add(struct sessions *s, struct look *look, const struct fact *f, uint32_t line)
{
	const struct seen *who = &look->seen;
	uint32_t terminal = who->tuple.text[DICT_TERMINAL];
	uint32_t address = who->tuple.text[DICT_ADDRESS];
	struct session *open;
	uint32_t *current;

	if (look->session == 0)
		look->session = place_of(s, who->net, terminal);
	current = &s->current.at[look->session - 1];
	open = *current ? &s->at.at[*current - 1] : NULL;
	if (!open || f->ts - open->b > SESSION_GAP_MS) {
		*VEC_PUSH(&s->at) = (struct session){ .net = who->net,
						      .terminal = terminal,
						      .net_org = who->net_org,
						      .net_site = who->net_site,
						      .net_kind = who->net_kind,
						      .a = f->ts,
						      .address = address };
		*current = (uint32_t)s->at.n;
		open = &s->at.at[s->at.n - 1];
	}
	open->b = f->ts;
	open->n++;
	while (s->of_line.n <= line)
		*VEC_PUSH(&s->of_line) = 0;
	s->of_line.at[line] = *current;
}

struct ordering {
	const struct sessions *s;
	const struct engine_input *in;
};

static int
session_order(const void *a, const void *b, void *arg)
{
	const struct ordering *o = arg;
	const struct session *x = &o->s->at.at[*(const uint32_t *)a];
	const struct session *y = &o->s->at.at[*(const uint32_t *)b];
	const struct lookup *l = o->in->lookup;
	const struct names *n = &o->in->source->names;
	int c = (x->b > y->b) - (x->b < y->b);

	if (c == 0)
		c = str_cmp(l->net_name(l->context, x->net), l->net_name(l->context, y->net));
	return c ? c
		 : str_cmp(n->text(n->facts, DICT_TERMINAL, x->terminal),
			   n->text(n->facts, DICT_TERMINAL, y->terminal));
}

/* They come in order of their start; only those that begin together are to be ordered. */
uint32_t *
sessions_order(const struct sessions *s, const struct engine_input *in)
{
	uint32_t *order = xalloc(s->at.n, sizeof(*order));
	struct ordering by = { s, in };

	for (uint32_t i = 0; i < s->at.n; i++)
		order[i] = i;
	for (size_t from = 0, to; from < s->at.n; from = to) {
		for (to = from + 1; to < s->at.n && s->at.at[to].a == s->at.at[from].a; to++)
			;
		if (to - from > 1)
			qsort_r(order + from, to - from, sizeof(*order), session_order, &by);
	}
	return order;
}

bool
sessions_plural(const struct sessions *s)
{
	return s->current.n > 1;
}

/* Sessions come in order of their start, so those still open are a list that only loses the ended ones. */
void
sessions_sweep(const struct sessions *s, void (*take)(void *arg, uint32_t x, uint32_t y), void *arg)
{
	uint32_t *open = xalloc(s->at.n, sizeof(*open));
	size_t n = 0;

	for (uint32_t y = 0; y < s->at.n; y++) {
		size_t kept = 0;

		if (s->at.at[y].n < 2)
			continue;
		for (size_t i = 0; i < n; i++) {
			if (s->at.at[open[i]].b < s->at.at[y].a)
				continue;
			take(arg, open[i], y);
			open[kept++] = open[i];
		}
		open[kept++] = y;
		n = kept;
	}
	free(open);
}
