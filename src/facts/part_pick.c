/*
 * part_pick.c - see part_pick.h.  The part may be a stranger's: every number is checked before it is used.
 */
#include "facts/part_pick.h"

#include "base/civil.h"
#include "base/read_at.h"

#include <errno.h>
#include <unistd.h>

enum { TEXT_MOST = 1 << 20 };

static uint64_t
u64_at(const char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

bool
part_bytes_hold(int fd, const struct hash_key *key, uint64_t at, uint64_t n, struct hash128 check,
		struct part_room *room)
{
	struct hash128 is;

	if (!room->p || n > room->n) {
		free(room->p);
		room->n = n;
		room->p = xrealloc(NULL, n + 1, 1);
	}
	if (!read_all_at(fd, room->p, n, at)) {
		room->failed = errno;
		return false;
	}
	is = part_check(key, room->p, n);
	return is.lo == check.lo && is.hi == check.hi;
}

/* --- names ------------------------------------------------------------------------------------ */

static struct str
text_at(const struct part_texts *t, uint32_t number)
{
	uint64_t from, to;

	if (number == 0)
		return (struct str){ 0 };
	from = u64_at(t->at + 8 * (number - 1UL));
	to = u64_at(t->at + 8UL * number);
	return (struct str){ .p = t->text + from, .n = to - from };
}

/* Its count, where each text begins, and the texts: these n bytes and no more. */
static bool
texts_read(struct part_texts *t, const char *p, uint64_t n)
{
	uint64_t count, at = 0;

	if (n < 16)
		return false;
	count = u64_at(p);
	if (count >= UINT32_MAX || count > n / 8 - 2)
		return false;
	*t = (struct part_texts){ .at = p + 8, .text = p + 16 + 8 * count, .n = (uint32_t)count };
	if (u64_at(t->at) != 0)
		return false;
	for (uint64_t i = 1; i <= count; i++) {
		uint64_t next = u64_at(t->at + 8 * i);

		if (next <= at || next - at > TEXT_MOST)
			return false;
		at = next;
	}
	return at == n - 16 - 8 * count;
}

/* 0: none is it. */
static uint32_t
text_find(const struct part_texts *t, struct str wanted)
{
	for (uint32_t i = 1; i <= t->n; i++) {
		if (str_eq(text_at(t, i), wanted))
			return i;
	}
	return 0;
}

static void
find_accounts(struct picking *p)
{
	const struct str *wanted = p->f->pick->account;

	p->account = xalloc(p->f->options.systems + 1, sizeof(*p->account));
	for (size_t i = 0; i < p->f->options.systems; i++) {
		if (wanted[i].n == 0)
			continue;
		p->account[i] = i && str_eq(wanted[i], wanted[i - 1])
					? p->account[i - 1]
					: text_find(&p->texts[DICT_ACCOUNT], wanted[i]);
		if (p->account[i])
			p->column[facts_column(p->f, wanted[i])] = true;
	}
}

static struct tuple
tuple_at(const struct picking *p, uint32_t number)
{
	struct tuple t;

	memcpy(&t, p->tuple + (number - 1UL) * sizeof(t), sizeof(t));
	return t;
}

/* All are looked at, whoever they are of. */
static bool
find_tuples(struct picking *p, const char *at, uint64_t n)
{
	uint64_t count = n < 8 ? UINT32_MAX : u64_at(at);

	if (count >= UINT32_MAX || n != 8 + count * sizeof(struct tuple))
		return false;
	p->tuple = at + 8;
	p->tuples = (uint32_t)count;
	p->to = xalloc(count + 1, sizeof(*p->to));
	p->wanted = xalloc(count + 1, sizeof(*p->wanted));
	for (uint32_t i = 1; i <= p->tuples; i++) {
		struct tuple t = tuple_at(p, i);

		if (!part_tuple_said(&t, p->f->options.systems))
			return false;
		for (int d = 0; d < DICT_OBJECT; d++) {
			if (t.text[d] > p->texts[d].n)
				return false;
		}
		p->wanted[i] = !p->account || (p->account[t.system] &&
					       p->account[t.system] == t.text[DICT_ACCOUNT]);
	}
	return true;
}

bool
picking_names(struct picking *p, const char *names)
{
	const struct part_footer *f = p->footer;
	const struct pick *pick = p->f->pick;

	for (int d = 0; d < DICT_COUNT; d++) {
		uint64_t end = d + 1 < DICT_COUNT ? f->dict[d + 1] : f->tuples;

		if (!texts_read(&p->texts[d], names + (f->dict[d] - f->dict[0]), end - f->dict[d]))
			return false;
	}
	if (pick->account)
		find_accounts(p);
	if (pick->object.n) {
		p->object = text_find(&p->texts[DICT_OBJECT], pick->object);
		p->none = p->object == 0;
	}
	return find_tuples(p, names + (f->tuples - f->dict[0]), f->events - f->tuples);
}

/* --- events ----------------------------------------------------------------------------------- */

/* Columns in which it may stand, of those in which the account may. */
static bool
find_places(struct picking *p, struct hash128 places)
{
	const struct part_footer *f = p->footer;
	uint64_t n = f->directory - f->places, mask;
	struct part_room room = { .p = NULL };
	bool right = n == (p->texts[DICT_OBJECT].n + 1UL) * sizeof(mask) &&
		     part_bytes_hold(p->fd, p->key, f->places, n, places, &room);

	if (right && p->object) {
		mask = u64_at(room.p + p->object * sizeof(mask));
		for (unsigned c = 0; c < STORE_COLUMNS; c++)
			p->column[c] =
				(!p->account || p->column[c]) && mask >> c / PLACE_COLUMNS & 1;
	}
	p->failed = room.failed;
	free(room.p);
	return right;
}

/* The names that it uses, and no others. */
static uint32_t
take_tuple(struct picking *p, uint32_t number)
{
	struct tuple t = tuple_at(p, number);

	for (int d = 0; d < DICT_OBJECT; d++) {
		struct str text = text_at(&p->texts[d], t.text[d]);

		t.text[d] = text.n ? dict_number(p->f->dict[d], text) : 0;
	}
	return facts_tuple(p->f, &t);
}

static void
take_event(struct picking *p, struct facts_writer *w, const struct part_bucket *b,
	   struct packed_event *e)
{
	struct str object = text_at(&p->texts[DICT_OBJECT], e->object);
	uint16_t system = tuple_at(p, e->tuple).system;

	if (p->to[e->tuple] == 0)
		p->to[e->tuple] = take_tuple(p, e->tuple);
	e->tuple = p->to[e->tuple];
	e->object = object.n ? dict_number(p->f->dict[DICT_OBJECT], object) : 0;
	e->where += (uint64_t)p->s->first_file << WHERE_SHIFT;
	facts_add(w, b->day, b->column, system, e);
}

/* False: it says what no event of this part can. */
static bool
event_said(const struct picking *p, const struct packed_event *e)
{
	return e->tuple && e->tuple <= p->tuples && e->object <= p->texts[DICT_OBJECT].n &&
	       e->ms < DAY_MS && where_file(e->where) < p->s->files;
}

static bool
pick_bucket(struct picking *p, struct facts_writer *w, const struct part_bucket *b,
	    struct part_room *room)
{
	struct packed_event *e;

	if (!part_bytes_hold(p->fd, p->key, p->footer->events + b->offset, b->n * sizeof(*e),
			     b->check, room))
		return false;
	e = (struct packed_event *)(void *)room->p;
	for (uint64_t i = 0; i < b->n; i++) {
		struct str account;

		if (!event_said(p, &e[i]))
			return false;
		if (!p->wanted[e[i].tuple] || (p->object && e[i].object != p->object))
			continue;
		account = text_at(&p->texts[DICT_ACCOUNT],
				  tuple_at(p, e[i].tuple).text[DICT_ACCOUNT]);
		if (facts_column(p->f, account) != b->column)
			return false;
		take_event(p, w, b, &e[i]);
	}
	return true;
}

bool
picking_events(struct picking *p, struct hash128 places)
{
	struct part_room room = { .p = NULL };
	bool right = p->none || !p->f->pick->object.n || find_places(p, places);
	struct facts_writer *w = p->f->writer.n ? p->f->writer.at[0] : facts_writer_new(p->f);

	for (size_t i = 0; i < p->s->buckets && right && !p->none; i++) {
		const struct part_bucket *b = &p->s->bucket[i];

		if (b->day != REFUSED_ROW && p->column[b->column] &&
		    jst_day_start(b->day) < p->f->pick->until &&
		    jst_day_start(b->day + 1) > p->f->pick->since)
			right = pick_bucket(p, w, b, &room);
	}
	p->failed = p->failed ? p->failed : room.failed;
	free(room.p);
	return right;
}

void
picking_end(struct picking *p)
{
	free(p->account);
	free(p->to);
	free(p->wanted);
}

void
picking_leave(struct facts *f, struct shelf *s)
{
	s->buckets = 0;
	close(s->fd);
	s->fd = -1;
	*VEC_PUSH(&f->heard) = s;
}
