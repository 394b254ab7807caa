/*
 * unresolved.c - see unresolved.h.
 */
#include "engine/unresolved.h"

#include "base/hash.h"

void
unresolved_free(struct unresolved_counts *u)
{
	free(u->at);
	*u = (struct unresolved_counts){ 0 };
}

/* The place of that name: its own, or the empty one where it belongs. */
static struct unresolved_count *
place(const struct unresolved_counts *u, const struct unresolved_count *c)
{
	uint64_t name = (uint64_t)c->number << 24 | (uint64_t)c->what << 16 | c->system;
	size_t at = hash_mix(name) & u->mask;

	while (u->at[at].lines && (u->at[at].number != c->number || u->at[at].what != c->what ||
				   u->at[at].system != c->system))
		at = (at + 1) & u->mask;
	return &u->at[at];
}

static void
grow(struct unresolved_counts *u)
{
	struct unresolved_counts old = *u;

	u->mask = old.at ? old.mask * 2 + 1 : 63;
	u->at = xalloc(u->mask + 1, sizeof(*u->at));
	for (size_t i = 0; old.at && i <= old.mask; i++) {
		if (old.at[i].lines)
			*place(u, &old.at[i]) = old.at[i];
	}
	free(old.at);
}

void
unresolved_add(struct unresolved_counts *u, const struct unresolved_count *c)
{
	struct unresolved_count *at;

	if (!u->at || u->n * 4 > u->mask * 3)
		grow(u);
	at = place(u, c);
	if (at->lines == 0) {
		*at = *c;
		u->n++;
		return;
	}
	at->lines += c->lines;
	at->first = c->first < at->first ? c->first : at->first;
	at->last = c->last > at->last ? c->last : at->last;
}

void
unresolved_unite(struct unresolved_counts *into, const struct unresolved_counts *from)
{
	for (size_t i = 0; from->at && i <= from->mask; i++) {
		if (from->at[i].lines)
			unresolved_add(into, &from->at[i]);
	}
}

/* Two tests for what is known, as most is. */
static inline void
ask(struct unresolved_counts *u, const struct seen *s, bool known, uint32_t number,
    struct unresolved_count *c, enum unresolved_what what)
{
	if (known || number == 0)
		return;
	c->number = number;
	c->what = (uint8_t)what;
	c->system = s->tuple.system;
	unresolved_add(u, c);
}

void
unresolved_seen(struct unresolved_counts *u, const struct lookup *l, const struct seen *s,
		uint64_t lines, int64_t first, int64_t last)
{
	struct unresolved_count c = { .lines = lines, .first = first, .last = last };
	const uint32_t *text = s->tuple.text;

	if (l->gives & GIVES_ACCOUNTS)
		ask(u, s, s->account_row, text[DICT_ACCOUNT], &c, UNRESOLVED_ACCOUNT);
	if (l->gives & GIVES_NETWORKS)
		ask(u, s, s->net_row, s->net, &c, UNRESOLVED_NETWORK);
	if (l->gives & GIVES_TERMINALS)
		ask(u, s, s->terminal_row, text[DICT_TERMINAL], &c, UNRESOLVED_TERMINAL);
	if (l->gives & GIVES_BARRIER)
		ask(u, s, s->class_known, text[DICT_CLASS], &c, UNRESOLVED_CLASS);
}

static int
list_order(const void *a, const void *b)
{
	const struct unresolved *x = a, *y = b;

	if (x->system != y->system)
		return (x->system > y->system) - (x->system < y->system);
	if (x->what != y->what)
		return (x->what > y->what) - (x->what < y->what);
	if (x->lines != y->lines)
		return (x->lines < y->lines) - (x->lines > y->lines);
	return str_cmp(x->name, y->name);
}

static struct str
name_of(const struct engine_input *in, const struct unresolved_count *c)
{
	static const enum dict dict[UNRESOLVED_COUNT] = {
		[UNRESOLVED_ACCOUNT] = DICT_ACCOUNT,   [UNRESOLVED_NETWORK] = DICT_ADDRESS,
		[UNRESOLVED_TERMINAL] = DICT_TERMINAL, [UNRESOLVED_CONSUMER] = DICT_OBJECT,
		[UNRESOLVED_CLASS] = DICT_CLASS,
	};
	const struct names *n = &in->source->names;

	return c->what == UNRESOLVED_NETWORK ? in->lookup->net_name(in->lookup->context, c->number)
					     : n->text(n->facts, dict[c->what], c->number);
}

struct unresolved *
unresolved_list(const struct unresolved_counts *u, const struct engine_input *in, struct arena *a)
{
	struct unresolved *list = arena_alloc(a, u->n * sizeof(*list) + 1);
	size_t n = 0;

	for (size_t i = 0; u->at && i <= u->mask; i++) {
		const struct unresolved_count *c = &u->at[i];

		if (c->lines)
			list[n++] = (struct unresolved){ .system = c->system,
							 .what = (enum unresolved_what)c->what,
							 .name = name_of(in, c),
							 .lines = c->lines,
							 .first = c->first,
							 .last = c->last };
	}
	if (n)
		qsort(list, n, sizeof(*list), list_order);
	return list;
}
