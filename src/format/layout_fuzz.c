/*
 * layout_fuzz.c - any text as a server's format string, any bytes as its lines: nothing is lent from outside the line
 * and the room, twice gives the same, and of a LogFormat the fields and literals make up the line again.
 *
 * The first line is `nginx:...` or `apache:...`, or the name of a format without an argument.
 */
#include "base/error.h"
#include "format/layout_plan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

extern const struct format fmt_alb, fmt_apache, fmt_common, fmt_haproxy, fmt_nginx, fmt_squid,
	fmt_vhost_combined;

static const struct format *const formats[] = { &fmt_alb,           &fmt_apache, &fmt_common,
						&fmt_haproxy,       &fmt_nginx,  &fmt_squid,
						&fmt_vhost_combined };

static const struct str extra[] = { { "$http_x_terminal", 16 } };

struct answer {
	enum parsed parsed;
	struct record record;
	struct refusal why;
};

static bool
inside(struct str part, const char *p, size_t n)
{
	uintptr_t at = (uintptr_t)part.p, from = (uintptr_t)p;

	return part.n == 0 || (at >= from && part.n <= n && at - from <= n - part.n);
}

static void
want_lent(struct str part, struct str line, const struct room *room, const char *name)
{
	if (!inside(part, line.p, line.n) && !inside(part, room->p, room->used))
		BUG("%s lies outside its line and the room", name);
}

static void
check_event(const struct record *r, struct str line, const struct room *room, size_t extras)
{
	for (int i = 0; i < RAW_COUNT; i++)
		want_lent(r->text[i], line, room, raw_names[i]);
	for (size_t i = 0; i < extras; i++)
		want_lent(r->extra[i], line, room, "an extra field");
	if (!inside(r->who, line.p, line.n))
		BUG("who lies outside its line");
	if (r->who.n && (!inside(r->text[RAW_ADDRESS], r->who.p, r->who.n) ||
			 !inside(r->text[RAW_ACCOUNT], r->who.p, r->who.n)))
		BUG("who does not hold address and account");
	if (r->status != 0 && (r->status < 100 || r->status > 999))
		BUG("a status of %d", r->status);
	if (room->used > 2 * line.n + 64)
		BUG("%zu bytes of room for a line of %zu", room->used, line.n);
}

/* Literal, field, literal ... and nothing else: in order, without holes, to the last byte. */
static void
check_whole(const struct layout *l, struct str line)
{
	struct str field[LAYOUT_MOST];
	struct refusal why;
	const char *at = line.p + l->head.n;

	if (!layout_split(l, line, field, &why))
		BUG("an event cannot be split");
	if (memcmp(line.p, l->head.p, l->head.n) != 0)
		BUG("another beginning");
	for (size_t k = 0; k < l->stretch_count; k++) {
		const struct layout_stretch *s = &l->stretch[k];

		for (size_t i = s->first; i < (size_t)s->first + s->count; i++) {
			struct str after = l->step[i].after;

			if (field[i].p != at)
				BUG("field %zu begins elsewhere", i);
			at += field[i].n;
			if (after.n && memcmp(at, after.p, after.n) != 0)
				BUG("no literal behind field %zu", i);
			at += after.n;
		}
		if (s->close.n && memcmp(at, s->close.p, s->close.n) != 0)
			BUG("no quote behind stretch %zu", k);
		at += s->close.n;
	}
	if (at != line.p + line.n)
		BUG("the line goes on");
}

static struct answer
ask(const struct format *f, struct str line, struct parsing *parsing, int poison)
{
	struct answer a;

	memset(&a, poison, sizeof(a));
	parsing->room.used = 0;
	a.parsed = f->parse(parsing, line, &a.record, &a.why);
	return a;
}

static void
want_same(const struct answer *a, const struct answer *b, size_t extras)
{
	if (a->parsed != b->parsed)
		BUG("parsed as %d, then as %d", (int)a->parsed, (int)b->parsed);
	if (a->parsed == PARSED_REFUSED && a->why.byte != b->why.byte)
		BUG("another refusal");
	if (a->parsed != PARSED_EVENT)
		return;
	if (a->record.ts != b->record.ts || a->record.status != b->record.status ||
	    a->record.escaped != b->record.escaped || a->record.again != b->record.again ||
	    !str_eq(a->record.who, b->record.who))
		BUG("another record");
	for (int i = 0; i < RAW_COUNT; i++) {
		if (!str_eq(a->record.text[i], b->record.text[i]))
			BUG("another %s", raw_names[i]);
	}
	for (size_t i = 0; i < extras; i++) {
		if (!str_eq(a->record.extra[i], b->record.extra[i]))
			BUG("another extra field");
	}
}

static void
check_line(const struct format *f, const void *plan, struct parsing *warm, struct str line,
	   size_t extras)
{
	char *own = xalloc(line.n + 1, 1), *room[2];
	struct parsing fresh = { .plan = plan };
	struct answer a, b;

	/* A heap block of the line's own size: a sanitizer sees one byte too far. */
	own = xrealloc(own, line.n ? line.n : 1, 1);
	memcpy(own, line.p, line.n);
	line.p = own;
	for (int i = 0; i < 2; i++)
		room[i] = xalloc(2 * line.n + 64, 1);
	fresh.room = (struct room){ .p = room[0], .size = 2 * line.n + 64 };
	warm->room = (struct room){ .p = room[1], .size = 2 * line.n + 64 };
	a = ask(f, line, &fresh, 0x5a);
	if (a.parsed == PARSED_EVENT) {
		check_event(&a.record, line, &fresh.room, extras);
		if (f == &fmt_apache || f == &fmt_common)
			check_whole(plan, line);
		if (f == &fmt_vhost_combined)
			check_whole(plan, str_skip(line, str_find(line, ' ') + 1));
	} else if (a.parsed == PARSED_REFUSED && (a.why.byte > line.n || !a.why.expected)) {
		BUG("refused at byte %u of %zu", a.why.byte, line.n);
	}
	b = ask(f, line, warm, 0xa5);
	want_same(&a, &b, extras);
	free(own);
	free(room[0]);
	free(room[1]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest = { .p = (const char *)data, .n = size }, spec = str_split(&rest, '\n');
	size_t name = str_find(spec, ':');
	struct format_spec own = { .argument = str_skip(spec, min_size(name + 1, spec.n)) };
	struct arena a = { 0 };
	struct errors err = { 0 };
	const struct format *f = NULL;
	const void *plan = NULL;

	for (size_t i = 0; i < COUNT(formats); i++)
		f = str_is(str_head(spec, name), formats[i]->name) ? formats[i] : f;
	if (f == &fmt_nginx && str_contains(own.argument, extra[0])) {
		own.extra = extra;
		own.extra_count = 1;
	}
	if (f == &fmt_haproxy)
		own.zone = zone_load(&a, STR("UTC"), NULL, &err, own.at);
	if (f && f->compile(&own, &a, &plan, &err) == 0) {
		struct parsing warm = { .plan = plan };

		while (rest.n)
			check_line(f, plan, &warm, str_split(&rest, '\n'), own.extra_count);
	} else if (f && !err.list.n) {
		BUG("no plan and no reason");
	}
	arena_free(&a);
	errors_free(&err);
	return 0;
}
