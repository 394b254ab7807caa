/*
 * lookup_roster.c - what rules ask that need no line: windows, and what is kept for disasters, row by row; and when an
 * account was last given a new secret.
 */
#include "context/asof.h"
#include "context/context_own.h"

/* Of rows of one name the first line stands for all. */
static uint32_t
first_line(const struct ledger *l, const struct row *row, uint32_t least)
{
	for (uint32_t left = row ? row->count : 0; left; left--, row = ledger_next(l, row))
		least = row->line < least ? row->line : least;
	return least;
}

bool
lookup_window_at(const void *context, size_t i, struct window_row *out)
{
	const struct context *c = context;
	const struct ledger *l = &c->ledger[LEDGER_disasters];
	const struct disaster_row *row = i < l->count ? ledger_row(l, i) : NULL;

	if (!row)
		return false;
	*out = (struct window_row){
		.row = row->head.line,
		.id = row->head.line,
		.org = row->org,
		.from = row->from,
		.to = row->to,
		.tail_end = disaster_tail_end(row->to),
		.registered_at = row->registered_at,
		.coordination = row->coordination,
		.approved = row->approver.n != 0,
		.area = row->areas.at,
		.areas = row->areas.count,
	};
	for (size_t k = 0; k < l->count; k++) {
		const struct disaster_row *other = ledger_row(l, k);

		if (str_eq(other->id, row->id) && other->head.line < out->id)
			out->id = other->head.line;
	}
	return true;
}

static void
account_kept(const struct context *c, const struct account_row *row, int64_t ts,
	     struct kept_row *out)
{
	const struct ledger *l = &c->ledger[LEDGER_accounts];
	struct account_row probe = { .account = row->account };

	out->row = out->name = row->head.line;
	out->org = row->org;
	out->status = row->status;
	out->held = row->kind == KIND_DISASTER && row->from <= ts && ts < row->to;
	for (size_t s = 0; out->held && s <= c->pool[POOL_SYSTEM].name.n; s++) {
		probe.system = (uint16_t)s;
		out->name = first_line(l, ledger_find(l, &probe), out->name);
	}
}

static void
terminal_kept(const struct context *c, const struct terminal_row *row, int64_t ts,
	      struct kept_row *out)
{
	const struct ledger *l = &c->ledger[LEDGER_terminals];
	struct terminal_row probe = { .terminal = row->terminal };
	struct loan_row lent = { .terminal = row->terminal };
	const struct loan_row *loan = ledger_find(&c->ledger[LEDGER_terminal_loans], &lent);

	out->row = out->name = row->head.line;
	out->org = row->org;
	out->held = row->kind == TERMINAL_DISASTER && row->from <= ts && ts < row->to;
	if (!out->held)
		return;
	out->name = first_line(l, ledger_find(l, &probe), out->name);
	for (uint32_t left = loan ? loan->head.count : 0; left; left--, loan++) {
		if (ts < loan->out || ts >= loan->in)
			continue;
		out->loan_row = loan->head.line;
		out->org = loan->org ? loan->org : row->org;
	}
}

bool
lookup_kept_at(const void *context, enum subject kind, size_t i, int64_t ts, struct kept_row *out)
{
	const struct context *c = context;
	bool account = kind == SUBJECT_ACCOUNT;
	const struct ledger *l = &c->ledger[account ? LEDGER_accounts : LEDGER_terminals];

	*out = (struct kept_row){ .row = 0 };
	if (i >= l->count)
		return false;
	if (account)
		account_kept(c, ledger_row(l, i), ts, out);
	else
		terminal_kept(c, ledger_row(l, i), ts, out);
	return true;
}

struct str
lookup_kept_name(const void *context, enum subject kind, uint32_t line)
{
	const struct context *c = context;
	const struct ledger *l = &c->ledger[LEDGER_terminals];

	if (kind == SUBJECT_ACCOUNT)
		return line < c->account_lines && c->account_line[line]
			       ? c->account_line[line]->account
			       : (struct str){ 0 };
	for (size_t i = 0; i < l->count; i++) {
		const struct terminal_row *row = ledger_row(l, i);

		if (row->head.line == line)
			return row->terminal;
	}
	return (struct str){ 0 };
}

static const struct auth_event_row *
reset_upto(const struct context *c, const struct auth_event_row *row)
{
	const struct ledger *l = &c->ledger[LEDGER_auth_events];
	size_t i = (size_t)((const char *)row - l->rows) / sizeof(*row);
	uint32_t at = c->posts.reset_upto[i];

	return at ? ledger_row(l, at - 1) : NULL;
}

struct reset_said
lookup_reset(const void *context, uint32_t account, int64_t ts)
{
	const struct context *c = context;
	const struct ledger *l = &c->ledger[LEDGER_auth_events];
	struct auth_event_row probe = { .account = c->names.text(c->names.facts, DICT_ACCOUNT,
								 account) };
	const struct auth_event_row *first = account ? ledger_find(l, &probe) : NULL;
	const struct auth_event_row *row = BEGUN(auth_event_row, at, first, ts);
	struct reset_said out = { .at = INT64_MIN };

	if (!first)
		return out;
	out.any = reset_upto(c, first + first->head.count - 1) != NULL;
	row = row ? reset_upto(c, row) : NULL;
	if (row) {
		out.row = row->head.line;
		out.at = row->at;
	}
	return out;
}
