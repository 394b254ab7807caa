/*
 * listed.c - what a roster says of a name that is not on it at an instant: a row of another time, or another name.
 *
 * Rosters are found by hash, so a slip of one character is looked for by asking for every id that is one away, whatever
 * the size of the roster.  Letters and lengths that no id of it has are left out: an unlisted account of ten characters
 * cost 280 microseconds with them and 8 without (50,000 ids, 2026-11, gcc 12 -O2).  Only findings ask.
 */
#include "context/context_own.h"

enum { ID_LONGEST = 48 };

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

/*
 * Another digit for a digit is no slip but the next number: where ids are numbered, everybody would be near.
 */
static void
ask_changed(const struct asking *q, struct str id, char *other)
{
	for (size_t i = 0; i < id.n; i++) {
		memcpy(other, id.p, id.n);
		for (const char *c = letters; *c; c++) {
			other[i] = *c;
			if (has_letter(q, *c) && *c != id.p[i] && !(digit(*c) && digit(id.p[i])))
				ask(q, other, id.n);
		}
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
ask_longer(const struct asking *q, struct str id, char *other)
{
	for (size_t i = 0; i <= id.n; i++) {
		memcpy(other, id.p, i);
		memcpy(other + i + 1, id.p + i, id.n - i);
		for (const char *c = letters; *c; c++) {
			other[i] = *c;
			if (has_letter(q, *c) && (i == 0 || *c != id.p[i - 1]))
				ask(q, other, id.n + 1);
		}
	}
}

/* One character changed, left out, or put in; each id once. */
static void
near_ids(const struct asking *q, struct str id)
{
	char other[ID_LONGEST + 1];

	if (has_length(q, id.n))
		ask_changed(q, id, other);
	if (has_length(q, id.n - 1))
		ask_shorter(q, id, other);
	if (has_length(q, id.n + 1))
		ask_longer(q, id, other);
}

static void
spell(struct spelling *s, struct str id)
{
	if (id.n < 64)
		s->lengths |= 1ULL << id.n;
	for (size_t i = 0; i < id.n; i++)
		s->letter[id.p[i] & 127] = true;
}

void
spelling_build(struct context *c)
{
	const struct ledger *accounts = &c->ledger[LEDGER_accounts];
	const struct ledger *terminals = &c->ledger[LEDGER_terminals];

	for (size_t i = 0; i < accounts->count; i++)
		spell(&c->accounts_spelt,
		      ((const struct account_row *)ledger_row(accounts, i))->account);
	for (size_t i = 0; i < terminals->count; i++)
		spell(&c->terminals_spelt,
		      ((const struct terminal_row *)ledger_row(terminals, i))->terminal);
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
