/*
 * show.c - walks ledgers by their tables: a new ledger is shown without a line here.
 */
#include "context/show.h"

#include "context/cell.h"
#include "context/context_own.h"

enum { LISTED_MOST = 100, OTHERS_MOST = 20, EVENTS_MOST = 5 };
enum {
	MATCHES_MOST = 100000
}; /* a supplier has millions of consumers: of the rest only how many */

/* Where things of a kind are listed, and which columns of other ledgers tell of them. */
static const struct {
	const char *column;
	enum ledger_id ledger;
	enum refers refers;
} listed[SHOW_KINDS] = {
	[SHOW_ACCOUNT] = { "account", LEDGER_accounts, REFERS_ACCOUNT },
	[SHOW_PERSON] = { "person", LEDGER_people, REFERS_PERSON },
	[SHOW_TERMINAL] = { "terminal", LEDGER_terminals, REFERS_TERMINAL },
	[SHOW_NETWORK] = { "cidr", LEDGER_networks, REFERS_SUBJECT },
	[SHOW_CONSUMER] = { "consumer", LEDGER_consumers, REFERS_NOWHERE },
	[SHOW_ORG] = { "org", LEDGER_orgs, REFERS_NOWHERE },
};

static const enum grant_kind grantable[SHOW_KINDS] = {
	[SHOW_ACCOUNT] = GRANT_ACCOUNT,
	[SHOW_TERMINAL] = GRANT_TERMINAL,
	[SHOW_NETWORK] = GRANT_NETWORK,
};

struct showing {
	struct context *c;
	enum show_kind kind;
	struct str name;
	uint16_t org; /* of SHOW_ORG */
	int64_t at;
	struct arena *a;
};

static bool
tells_of(const struct showing *s, const struct ledger *l, const struct column *c)
{
	if (l->table == s->c->ledger[listed[s->kind].ledger].table &&
	    str_is(str_of(c->name), listed[s->kind].column))
		return true;
	if (s->kind == SHOW_ORG)
		return c->pool == POOL_ORG && (c->type == CELL_NAME || c->type == CELL_NAMES);
	if (s->kind == SHOW_CONSUMER)
		return str_is(str_of(c->name), "consumer");
	if (c->refers == REFERS_SUBJECT)
		return grantable[s->kind] != GRANT_UNSAID;
	return c->refers != REFERS_NOWHERE && c->refers == listed[s->kind].refers;
}

static bool
cell_says(const struct showing *s, const struct column *c, const void *row)
{
	uint16_t number;

	if (c->refers == REFERS_SUBJECT &&
	    ((const struct grant_row *)row)->kind != grantable[s->kind])
		return false;
	if (s->kind == SHOW_ORG && c->type == CELL_NAME) {
		memcpy(&number, (const char *)row + c->at, sizeof(number));
		return number == s->org;
	}
	return s->kind != SHOW_ORG && str_eq(cell_print(c, s->c->pool, row, s->a), s->name);
}

static enum shown_when
when_of(const struct ledger *l, const void *row, int64_t at)
{
	if (l->from && !l->to)
		return ledger_from(l, row) <= at ? SHOWN_PAST : SHOWN_TO_COME;
	if (ledger_from(l, row) > at)
		return SHOWN_TO_COME;
	return at < ledger_to(l, row) ? SHOWN_HOLDS : SHOWN_PAST;
}

static struct shown_row
print_row(const struct showing *s, const struct ledger *l, const void *row)
{
	struct shown_row out = { .line = ((const struct row *)row)->line,
				 .when = when_of(l, row, s->at) };

	out.cell = arena_alloc(s->a, l->table->column_count * sizeof(*out.cell));
	for (size_t i = 0; i < l->table->column_count; i++) {
		const struct column *c = &l->table->column[i];
		struct str text = cell_print(c, s->c->pool, row, s->a);

		/* A column that the file has not says nothing, not even no; of an index nobody knows which it had. */
		if (text.n && (!l->cell || l->cell[i]))
			out.cell[out.count++] = (struct shown_cell){ c->name, text };
	}
	return out;
}

struct found_row {
	const void *row;
	int64_t from;
	unsigned line;
};

static int
match_cmp(const void *a, const void *b)
{
	const struct found_row *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->line > y->line) - (x->line < y->line);
}

struct found_rows {
	VEC(struct found_row) list;
	size_t more[SHOWN_WHENS];
};

static void
keep(const struct showing *s, struct found_rows *m, const struct ledger *l, const void *row)
{
	if (m->list.n >= MATCHES_MOST)
		m->more[when_of(l, row, s->at)]++;
	else
		*VEC_PUSH(&m->list) = (struct found_row){ .row = row,
							  .from = ledger_from(l, row),
							  .line = ((const struct row *)row)->line };
}

/* Rows that no memory holds; a damaged index is told where it is opened. */
static bool
find_indexed(const struct showing *s, const struct ledger *l, struct found_rows *m)
{
	struct consumer_row *rows;
	int count;

	if (!s->c->indexed || l != &s->c->ledger[LEDGER_consumers])
		return false;
	count = s->kind == SHOW_CONSUMER ? consumers_ask(s->c, s->name, s->a, &rows) : 0;
	if (count < 0)
		error_add(&s->c->notes, "the index of consumers is damaged; `sekisho ledger index` "
					"builds it again");
	for (int i = 0; i < count; i++)
		keep(s, m, l, &rows[i]);
	return true;
}

/* By key where the thing is one text and the key, else row by row. */
static void
find_rows(const struct showing *s, const struct ledger *l, const struct column *c,
	  struct found_rows *m)
{
	if (find_indexed(s, l, m))
		return;
	if (l->text_key && l->key[0] == c) {
		char *probe = arena_alloc(s->a, l->table->row_size);
		const char *row;

		memcpy(probe + c->at, &s->name, sizeof(s->name));
		row = ledger_find(l, probe);
		for (uint32_t left = row ? ((const struct row *)(const void *)row)->count : 0; left;
		     left--, row += l->table->row_size)
			keep(s, m, l, row);
		return;
	}
	for (size_t i = 0; i < l->count; i++) {
		if (cell_says(s, c, ledger_row(l, i)))
			keep(s, m, l, ledger_row(l, i));
	}
}

/* Which rows are shown: from the first to before the last, by begin. */
static bool
is_shown(const struct shown_ledger *out, const struct ledger *l, enum shown_when when, size_t ended,
	 size_t *left)
{
	bool event = l->from && !l->to;
	bool wanted = out->lists || when == SHOWN_HOLDS ||
		      (event && when == SHOWN_PAST && ended <= EVENTS_MOST);

	if (!wanted || *left == 0)
		return false;
	--*left;
	return true;
}

static void
show_rows(const struct showing *s, const struct ledger *l, struct found_rows *m,
	  struct shown_ledger *out)
{
	size_t left = out->lists ? LISTED_MOST : OTHERS_MOST, ended = 0;

	if (m->list.n)
		qsort(m->list.at, m->list.n, sizeof(*m->list.at), match_cmp);
	for (size_t i = 0; i < m->list.n; i++)
		ended += when_of(l, m->list.at[i].row, s->at) == SHOWN_PAST;
	out->row = arena_alloc(s->a, (m->list.n + 1) * sizeof(*out->row));
	for (size_t i = 0; i < m->list.n; i++) {
		enum shown_when when = when_of(l, m->list.at[i].row, s->at);

		/* One row may say the name twice. */
		if (i && m->list.at[i - 1].line == m->list.at[i].line)
			continue;
		if (is_shown(out, l, when, ended, &left))
			out->row[out->count++] = print_row(s, l, m->list.at[i].row);
		else
			out->left_out[when]++;
		ended -= when == SHOWN_PAST;
	}
}

static bool
show_ledger(const struct showing *s, const struct ledger *l, struct shown_ledger *out)
{
	struct found_rows m = { .more = { 0 } };
	bool any = false;

	*out = (struct shown_ledger){ .name = l->table->name,
				      .sha256 = l->sha256,
				      .path = l->path };
	out->lists = l->table == s->c->ledger[listed[s->kind].ledger].table;
	for (size_t i = 0; i < l->table->column_count; i++) {
		if (!tells_of(s, l, &l->table->column[i]))
			continue;
		any = true;
		find_rows(s, l, &l->table->column[i], &m);
	}
	show_rows(s, l, &m, out);
	for (int when = 0; when < SHOWN_WHENS; when++)
		out->left_out[when] += m.more[when];
	VEC_FREE(&m.list);
	return any;
}

struct shown
context_show(struct context *c, enum show_kind kind, struct str name, int64_t at, struct arena *a)
{
	struct showing s = { .c = c, .kind = kind, .name = name, .at = at, .a = a };
	struct shown out = { 0 };
	size_t first = listed[kind].ledger;

	context_digest_wait(c);
	s.org = kind == SHOW_ORG ? pool_find(&c->pool[POOL_ORG], name) : 0;
	out.ledger = arena_alloc(a, LEDGER_COUNT * sizeof(*out.ledger));
	/* Where it is listed first, then the others in their own order. */
	for (size_t k = 0; k < LEDGER_COUNT; k++) {
		size_t i = k == 0 ? first : k <= first ? k - 1 : k;

		if (c->ledger[i].loaded && show_ledger(&s, &c->ledger[i], &out.ledger[out.count]))
			out.count++;
	}
	return out;
}

struct str
context_block(const struct context *c, const uint8_t address[ADDRESS_SIZE])
{
	uint32_t net = prefixes_find(&c->prefixes, address);
	const struct ledger *l = &c->ledger[LEDGER_networks];

	return net ? ((const struct network_row *)ledger_row(l, net - 1))->text : (struct str){ 0 };
}

uint16_t
context_org(const struct context *c, struct str name)
{
	uint16_t number = pool_find(&c->pool[POOL_ORG], name);

	return number == POOL_FULL ? (uint16_t)ORG_NONE : number;
}
