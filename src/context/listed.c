/*
 * listed.c - what a roster says of a name that is not on it at an instant: a row of another time, or another name.
 *
 * Rosters are found by hash, so a slip of one character is looked for by asking for every id that is one away, whatever
 * the size of the roster.  Letters, lengths and surroundings that no id of it has are left out: of 1,000 ids that are
 * one away from a name, some ten are asked for.  Only findings ask, but a log may have as many unlisted names as lines.
 */
#include "base/hash.h"
#include "context/context_own.h"

enum { ID_LONGEST = 48, AROUND_BITS = 16 };

static const char letters[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.@";

/* One roster, and the rows of it that hold for the line: of its system and of every one. */
struct asking {
	const struct ledger *l;
	const struct spelling *spelt;
	enum dict dict;
	uint16_t system;
	struct listed *out;
};

static const struct row *
row_named(const struct asking *q, struct str id, uint16_t system)
{
	struct account_row account = { .account = id, .system = system };
	struct terminal_row terminal = { .terminal = id };

	return ledger_find(q->l, q->dict == DICT_ACCOUNT ? (void *)&account : (void *)&terminal);
}

/* The row that ended last; while none has ended, the one that begins next. */
static void
other_times(const struct asking *q, const struct row *row, int64_t ts)
{
	struct listed *out = q->out;

	for (uint32_t left = row ? row->count : 0; left; left--, row = ledger_next(q->l, row)) {
		int64_t from = ledger_from(q->l, row), to = ledger_to(q->l, row);
		bool ended = out->row && out->to <= ts;

		if (to <= ts ? ended && to <= out->to : ended || (out->row && from >= out->from))
			continue;
		out->row = row->line;
		out->from = from;
		out->to = to;
	}
}

static void
ask(const struct asking *q, const char *id, size_t n)
{
	struct str name = { .p = id, .n = n };
	const struct row *row;

	if (q->out->near_count == NEAR_MOST)
		return;
	row = row_named(q, name, q->system);
	if (!row && q->system)
		row = row_named(q, name, 0);
	if (!row)
		return;
	q->out->near[q->out->near_count++] = q->dict == DICT_ACCOUNT
						     ? ((const struct account_row *)row)->account
						     : ((const struct terminal_row *)row)->terminal;
}

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Is there an id of that length, and one with that letter? */
static bool
has_length(const struct asking *q, size_t n)
{
	return n && n < 64 && q->spelt->lengths >> n & 1;
}

static bool
has_letter(const struct asking *q, char c)
{
	return q->spelt->letter[(unsigned char)c];
}

/* Hashes of what an id begins with up to each place, and of what it ends with from there. */
struct ends {
	uint64_t head[ID_LONGEST + 2], tail[ID_LONGEST + 2];
};

static void
ends_of(struct str id, struct ends *e)
{
	const uint64_t forth = 0x9e3779b97f4a7c15ULL, back = 0xc2b2ae3d27d4eb4fULL;

	e->head[0] = e->tail[id.n] = 0;
	for (size_t i = 0; i < id.n; i++)
		e->head[i + 1] = (e->head[i] + (unsigned char)id.p[i] + 1) * forth;
	for (size_t i = id.n; i > 0; i--)
		e->tail[i - 1] = (e->tail[i] + (unsigned char)id.p[i - 1] + 1) * back;
}

static uint64_t
around(uint64_t head, uint64_t tail, bool is_digit)
{
	return hash_mix((head ^ tail >> 1) + is_digit);
}

/* Has the roster an id with some character between these, a digit or another?  Mostly false where it has none. */
static bool
has_around(const struct asking *q, uint64_t head, uint64_t tail, bool is_digit)
{
	uint64_t bit = around(head, tail, is_digit) & q->spelt->around_mask;

	return q->spelt->around[bit / 64] >> bit % 64 & 1;
}

/* An id with a character to be put in. */
struct hole {
	char *id;
	size_t n, at;
	uint64_t head, tail; /* hashes of what stands around it */
};

static void
ask_filled(const struct asking *q, const struct hole *h, bool digits, char but)
{
	bool has[] = { has_around(q, h->head, h->tail, false),
		       digits && has_around(q, h->head, h->tail, true) };

	if (!has[false] && !has[true])
		return;
	for (const char *c = letters; *c; c++) {
		h->id[h->at] = *c;
		if (has[digit(*c)] && has_letter(q, *c) && *c != but)
			ask(q, h->id, h->n);
	}
}

/*
 * Another digit for a digit is no slip but the next number: where ids are numbered, everybody would be near.
 */
static void
ask_changed(const struct asking *q, struct str id, const struct ends *e, char *other)
{
	for (size_t i = 0; i < id.n; i++) {
		memcpy(other, id.p, id.n);
		ask_filled(q, &(struct hole){ other, id.n, i, e->head[i], e->tail[i + 1] },
			   !digit(id.p[i]), id.p[i]);
	}
}

static void
ask_shorter(const struct asking *q, struct str id, char *other)
{
	for (size_t i = 0; i < id.n; i++) {
		memcpy(other, id.p, i);
		memcpy(other + i, id.p + i + 1, id.n - i - 1);
		if (i == 0 || id.p[i] != id.p[i - 1])
			ask(q, other, id.n - 1);
	}
}

static void
ask_longer(const struct asking *q, struct str id, const struct ends *e, char *other)
{
	for (size_t i = 0; i <= id.n; i++) {
		memcpy(other, id.p, i);
		memcpy(other + i + 1, id.p + i, id.n - i);
		ask_filled(q, &(struct hole){ other, id.n + 1, i, e->head[i], e->tail[i] }, true,
			   i ? id.p[i - 1] : '\0');
	}
}

/* One character changed, left out, or put in; each id once. */
static void
near_ids(const struct asking *q, struct str id)
{
	char other[ID_LONGEST + 1];
	struct ends e UNINITIALIZED;

	ends_of(id, &e);
	if (has_length(q, id.n))
		ask_changed(q, id, &e, other);
	if (has_length(q, id.n - 1))
		ask_shorter(q, id, other);
	if (has_length(q, id.n + 1))
		ask_longer(q, id, &e, other);
}

/* The id of a row; every roster has it where its table says that its key begins. */
static struct str
id_of(const struct ledger *l, size_t row)
{
	struct str id;

	memcpy(&id, (const char *)ledger_row(l, row) + l->key[0]->at, sizeof(id));
	return id;
}

static void
spell(struct spelling *s, struct str id)
{
	struct ends e UNINITIALIZED;

	if (id.n < 64)
		s->lengths |= 1ULL << id.n;
	for (size_t i = 0; i < id.n; i++)
		s->letter[id.p[i] & 127] = true;
	if (id.n > ID_LONGEST + 1)
		return;
	ends_of(id, &e);
	for (size_t i = 0; i < id.n; i++) {
		uint64_t bit = around(e.head[i], e.tail[i + 1], digit(id.p[i])) & s->around_mask;

		s->around[bit / 64] |= 1ULL << bit % 64;
	}
}

static void
spell_all(struct spelling *s, const struct ledger *l, struct arena *a)
{
	uint64_t bits = 64;
	size_t n = 0;

	for (size_t i = 0; i < l->count; i++)
		n += id_of(l, i).n;
	while (bits < n * AROUND_BITS)
		bits *= 2;
	s->around = arena_alloc(a, bits / 8);
	s->around_mask = bits - 1;
	for (size_t i = 0; i < l->count; i++)
		spell(s, id_of(l, i));
}

void
spelling_build(struct context *c)
{
	spell_all(&c->accounts_spelt, &c->ledger[LEDGER_accounts], &c->arena);
	spell_all(&c->terminals_spelt, &c->ledger[LEDGER_terminals], &c->arena);
}

void
lookup_listed(const void *context, const struct seen *s, enum dict dict, int64_t ts,
	      struct listed *out)
{
	const struct context *c = context;
	struct asking q = { .dict = dict, .out = out };
	struct str id = c->names.text(c->names.facts, dict, s->tuple.text[dict]);

	*out = (struct listed){ .row = 0 };
	if (dict == DICT_ACCOUNT)
		q.system = (uint16_t)(s->tuple.system + 1);
	q.l = &c->ledger[dict == DICT_ACCOUNT ? LEDGER_accounts : LEDGER_terminals];
	q.spelt = dict == DICT_ACCOUNT ? &c->accounts_spelt : &c->terminals_spelt;
	if (id.n == 0 || !q.l->loaded)
		return;
	if (q.system)
		other_times(&q, row_named(&q, id, q.system), ts);
	other_times(&q, row_named(&q, id, 0), ts);
	if (out->row == 0 && id.n <= ID_LONGEST)
		near_ids(&q, id);
}
