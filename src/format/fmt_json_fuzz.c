/*
 * fmt_json_fuzz.c - any bytes as lines of the formats that are JSON: what is lent lies in the line or in the room, and
 * no line's answer depends on the lines before it.  The first byte chooses the format.
 */
#include "model/format.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

extern const struct format fmt_caddy, fmt_json, fmt_keycloak, fmt_nginx_json, fmt_okta, fmt_traefik;

static const struct format *const of_json[] = {
	&fmt_caddy, &fmt_json, &fmt_keycloak, &fmt_nginx_json, &fmt_okta, &fmt_traefik,
};

enum { LINES_MOST = 64, EXTRA = 3 };

/* 0001-01-01 and 9999-12-31, a zone further out. */
static const int64_t ts_least = -62135596800000 - 54000000, ts_most = 253402300799999 + 54000000;

struct answer {
	enum parsed parsed;
	struct record record;
	struct refusal why;
};

static void
check_text(struct str part, struct str line, const struct room *room)
{
	uintptr_t p = (uintptr_t)part.p, from = (uintptr_t)line.p, other = (uintptr_t)room->p;

	if (part.n == 0 || (p >= from && p + part.n <= from + line.n) ||
	    (p >= other && p + part.n <= other + room->used))
		return;
	BUG("a text lies neither in the line nor in the room");
}

static void
check(const struct answer *a, struct str line, const struct room *room)
{
	if (room->used > room->size)
		BUG("%zu bytes in a room of %zu", room->used, room->size);
	if (a->parsed == PARSED_REFUSED &&
	    (a->why.byte > line.n || !a->why.expected || !*a->why.expected))
		BUG("refused at byte %u of %zu", a->why.byte, line.n);
	if (a->parsed != PARSED_EVENT)
		return;
	for (int i = 0; i < RAW_COUNT; i++)
		check_text(a->record.text[i], line, room);
	for (int i = 0; i < EXTRA; i++)
		check_text(a->record.extra[i], line, room);
	if (a->record.status && (a->record.status < 100 || a->record.status > 999))
		BUG("a status of %d", a->record.status);
	if (a->record.ts < ts_least || a->record.ts > ts_most)
		BUG("a time of %lld ms", (long long)a->record.ts);
}

/* `poison` stands where nothing was written: two of them tell what a parser forgot to set. */
static struct answer
ask(const struct format *f, struct parsing *r, struct str line, char *bytes, int poison)
{
	struct answer a;

	memset(&a, poison, sizeof(a));
	r->room = (struct room){ .p = bytes, .size = 2 * line.n + 64 };
	a.parsed = f->parse(r, line, &a.record, &a.why);
	check(&a, line, &r->room);
	return a;
}

static void
want_same(const struct answer *a, const struct answer *b)
{
	const struct record *r = &a->record, *s = &b->record;
	bool same = a->parsed == b->parsed;

	if (same && a->parsed == PARSED_REFUSED)
		same = a->why.byte == b->why.byte && strcmp(a->why.expected, b->why.expected) == 0;
	if (same && a->parsed == PARSED_EVENT) {
		same = r->ts == s->ts && r->again == s->again && r->status == s->status &&
		       r->escaped == s->escaped && r->who.n == s->who.n;
		for (int i = 0; i < RAW_COUNT; i++)
			same = same && str_eq(r->text[i], s->text[i]);
		for (int i = 0; i < EXTRA; i++)
			same = same && str_eq(r->extra[i], s->extra[i]);
	}
	if (!same)
		BUG("the same line, two answers");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct str extra[EXTRA] = { { "/details", 8 }, { "x", 1 }, { "/h/0", 4 } };
	struct format_spec spec = { .extra = extra, .extra_count = EXTRA };
	struct parsing r = { 0 };
	struct arena arena = { 0 };
	struct errors err = { 0 };
	const struct format *f;
	struct str rest;

	if (size == 0)
		return 0;
	f = of_json[data[0] % COUNT(of_json)];
	if (f->compile(&spec, &arena, &r.plan, &err) != 0)
		BUG("%s cannot be prepared", f->name);
	if (f->state_size)
		r.state = xalloc(1, f->state_size);
	rest = (struct str){ (const char *)data + 1, size - 1 };
	for (int n = 0; rest.n && n < LINES_MOST; n++) {
		struct str line = str_split(&rest, '\n');
		char *own = xalloc(line.n, 1), *a = xalloc(2 * line.n + 64, 1),
		     *b = xalloc(2 * line.n + 64, 1);
		struct parsing fresh = { .plan = r.plan };
		struct answer first, second;

		if (line.n)
			memcpy(own, line.p, line.n);
		line.p = own;
		first = ask(f, &fresh, line, a, 0x5a);
		second = ask(f, &r, line, b, 0xa5);
		want_same(&first, &second);
		free(own);
		free(a);
		free(b);
	}
	free(r.state);
	errors_free(&err);
	arena_free(&arena);
	return 0;
}
