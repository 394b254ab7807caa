/*
 * csv_rows_fuzz.c - any bytes as a log that is a table: what is lent lies in the line or in the room, and a row that is
 * an event, written out by the book and read again, is the same event.
 *
 * The first byte of the input chooses csv or tsv and what the policy asks for.
 */
#include "base/out.h"
#include "format/csv_testing.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { RECORDS_MOST = 64 };

static void
want_lent(struct str part, struct str line, const struct room *room, const char *what)
{
	uintptr_t p = (uintptr_t)part.p, in = (uintptr_t)line.p, of = (uintptr_t)room->p;
	bool in_line = p >= in && p + part.n <= in + line.n;
	bool in_room = p >= of && p + part.n <= of + room->used;

	if (part.n && !in_line && !in_room)
		BUG("%s lies outside of line and room", what);
}

static void
check_record(const struct record *r, struct str line, const struct room *room, size_t extras)
{
	if (room->used > room->size)
		BUG("%zu bytes of a room of %zu", room->used, room->size);
	if (r->status && (r->status < 100 || r->status > 999))
		BUG("a status of %d", r->status);
	want_lent(r->who, line, &(struct room){ 0 }, "who");
	for (int i = 0; i < RAW_COUNT; i++)
		want_lent(r->text[i], line, room, raw_names[i]);
	for (size_t i = 0; i < extras; i++)
		want_lent(r->extra[i], line, room, "extra");
}

static void
check_same(const struct record *a, const struct record *b, size_t extras)
{
	if (a->ts != b->ts || a->again != b->again || a->status != b->status)
		BUG("a row, written out, is of another time or status");
	for (int i = 0; i < RAW_COUNT; i++) {
		if (!str_eq(a->text[i], b->text[i]))
			BUG("a row, written out, has another %s", raw_names[i]);
	}
	for (size_t i = 0; i < extras; i++) {
		if (!str_eq(a->extra[i], b->extra[i]))
			BUG("a row, written out, has other fields of its own");
	}
}

/* What lies behind a newline inside quotes may be a row of its own or not, as its cells are quoted. */
static bool
many_lines(const struct csv_state *st)
{
	for (size_t i = 0; i < st->cells; i++) {
		if (str_find(st->cell[i], '\n') < st->cell[i].n)
			return true;
	}
	return false;
}

/* Every cell quoted, whether it needs it or not; the header's columns are the state's, which an event leaves alone. */
static void
write_again(struct reading *r, const struct format *f, const struct record *want, size_t extras)
{
	const struct csv_plan *plan = r->parsing.plan;
	const struct csv_state *st = r->parsing.state;
	struct parsing parsing = r->parsing;
	struct record record;
	struct refusal why;
	struct out o;

	if (many_lines(st))
		return;
	out_memory(&o);
	for (size_t i = 0; i < st->cells; i++) {
		if (i)
			out_char(&o, plan->comma);
		out_char(&o, '"');
		for (size_t at = 0; at < st->cell[i].n; at++) {
			if (st->cell[i].p[at] == '"')
				out_char(&o, '"');
			out_char(&o, st->cell[i].p[at]);
		}
		out_char(&o, '"');
	}
	parsing.clock = (struct clock_cache){ 0 };
	parsing.room = (struct room){ .size = 2 * out_taken(&o).n + 64 };
	parsing.room.p = xalloc(parsing.room.size, 1);
	if (f->parse(&parsing, out_taken(&o), &record, &why) != PARSED_EVENT)
		BUG("a row, written out, is no event");
	check_same(want, &record, extras);
	free(parsing.room.p);
	out_discard(&o);
}

static void
check_line(struct reading *r, const struct format *f, struct str line, size_t extras)
{
	char *exact = xalloc(line.n, 1);
	struct str alone = { .p = exact, .n = line.n };
	struct record record;
	struct refusal why = { 0 };

	if (line.n)
		memcpy(exact, line.p, line.n);
	memset(&record, 0xa5, sizeof(record));
	reading_room(r, alone);
	switch (f->parse(&r->parsing, alone, &record, &why)) {
	case PARSED_EVENT:
		check_record(&record, alone, &r->parsing.room, extras);
		write_again(r, f, &record, extras);
		break;
	case PARSED_REFUSED:
		if (!why.expected || why.byte > line.n)
			BUG("refused at byte %u of %zu", why.byte, line.n);
		break;
	case PARSED_NOTHING:
	case PARSED_HEADER:
		break;
	}
	free(exact);
}

/* Plans are made once: they take longer than what is read with them. */
struct prepared {
	struct arena arena;
	const void *plan;
	size_t extras;
};

static void
prepare(struct prepared *p, const struct format *f, unsigned choice)
{
	static const struct str extra[] = { { "object", 6 }, { "備考", 6 } };
	struct format_spec spec = { .extra = extra };
	struct errors err = { 0 };

	spec.extra_count = choice & 2 ? COUNT(extra) : 0;
	if (choice & 4)
		spec.field[RAW_TIME] = STR("いつ+何時");
	if (f->compile(&spec, &p->arena, &p->plan, &err) != 0)
		BUG("a plan that cannot be made");
	p->extras = spec.extra_count;
	errors_free(&err);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct prepared prepared[8];
	struct prepared *use;
	const struct format *f;
	struct reading r = { 0 };
	struct str rest;

	if (size == 0)
		return 0;
	f = data[0] & 1 ? &fmt_tsv : &fmt_csv;
	use = &prepared[data[0] % COUNT(prepared)];
	if (!use->plan)
		prepare(use, f, data[0]);
	rest = (struct str){ .p = (const char *)data + 1, .n = size - 1 };
	r.parsing.plan = use->plan;
	r.parsing.state = arena_alloc(&r.arena, f->state_size);
	for (int i = 0; i < RECORDS_MOST && rest.n; i++)
		check_line(&r, f, next_record(f, &r.parsing, &rest), use->extras);
	reading_end(&r);
	return 0;
}
