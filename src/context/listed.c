/*
 * listed.c - what a roster says of a name that is not on it at an instant: a row of another time, or another name.
 *
 * Rosters are found by hash, so a slip of one character is looked for by asking for every id that is one away: some
 * thousand questions for an id of ten characters, whatever the size of the roster.  Only findings ask.
 */
#include "context/context_own.h"

enum { ID_LONGEST = 48 };

static const char letters[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.@";

/* One roster, and the rows of it that hold for the line: of its system and of every one. */
struct asking {
	const struct ledger *l;
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

	if (n == 0 || q->out->near_count == NEAR_MOST)
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

/*
 * One character changed, left out, or put in; each id once.  Another digit for a digit is no slip but the next number:
 * where ids are numbered, everybody would be near.
 */
static void
near_ids(const struct asking *q, struct str id)
{
	char other[ID_LONGEST + 1];

	for (size_t i = 0; i < id.n; i++) {
		memcpy(other, id.p, id.n);
		for (const char *c = letters; *c; c++) {
			other[i] = *c;
			if (*c != id.p[i] && !(digit(*c) && digit(id.p[i])))
				ask(q, other, id.n);
		}
	}
	for (size_t i = 0; i < id.n; i++) {
		memcpy(other, id.p, i);
		memcpy(other + i, id.p + i + 1, id.n - i - 1);
		if (i == 0 || id.p[i] != id.p[i - 1])
			ask(q, other, id.n - 1);
	}
	for (size_t i = 0; i <= id.n; i++) {
		memcpy(other, id.p, i);
		memcpy(other + i + 1, id.p + i, id.n - i);
		for (const char *c = letters; *c; c++) {
			other[i] = *c;
			if (i == 0 || *c != id.p[i - 1])
				ask(q, other, id.n + 1);
		}
	}
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
	if (id.n == 0 || !q.l->loaded)
		return;
	if (q.system)
		other_times(&q, row_named(&q, id, q.system), ts);
	other_times(&q, row_named(&q, id, 0), ts);
	if (out->row == 0 && id.n <= ID_LONGEST)
		near_ids(&q, id);
}
