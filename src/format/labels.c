/*
 * labels.c - see labels.h.  Hides how names are found and which of several wins.
 */
#include "format/labels.h"

#include "base/clf_time.h"
#include "format/request.h"

enum { LABELS_MOST = LABEL_EXTRA * 16 + EXTRA_MOST };

static unsigned
bucket_of(struct str name)
{
	unsigned first = (unsigned char)ascii_lower(name.p[0]);
	unsigned last = (unsigned char)ascii_lower(name.p[name.n - 1]);

	return (first * 31 + last * 7 + (unsigned)name.n * 17) % LABEL_BUCKETS;
}

static bool
same_name(const struct labels *l, struct str a, struct str b)
{
	if (!l->any_case || a.n != b.n)
		return str_eq(a, b);
	for (size_t i = 0; i < a.n; i++) {
		if (ascii_lower(a.p[i]) != ascii_lower(b.p[i]))
			return false;
	}
	return true;
}

static void
add(struct labels *l, struct str name, unsigned slot, unsigned rank)
{
	uint16_t *bucket = &l->bucket[bucket_of(name)];

	if (l->count == LABELS_MOST)
		BUG("more than %d names of fields", LABELS_MOST);
	l->label[l->count++] = (struct label){
		.name = name, .next = *bucket, .slot = (uint8_t)slot, .rank = (uint8_t)rank
	};
	*bucket = (uint16_t)l->count;
}

static void
add_usual(struct labels *l, const char *names, unsigned slot)
{
	struct str rest = str_of(names);

	for (unsigned rank = 0; rest.n; rank++)
		add(l, str_split(&rest, ' '), slot, rank);
}

/* A name the policy says stands for its field alone: no usual one is looked for beside it. */
static void
add_all(struct labels *l, const struct label_usual *usual, const struct format_spec *spec)
{
	bool time = spec->field[RAW_TIME].n > 0;

	for (unsigned slot = 0; slot < LABEL_EXTRA; slot++) {
		if (slot < RAW_COUNT && spec->field[slot].n)
			add(l, spec->field[slot], slot, 0);
		else if (!(time && (slot == LABEL_DATE || slot == LABEL_CLOCK)))
			add_usual(l, usual->names[slot], slot);
	}
	for (size_t i = 0; i < spec->extra_count; i++) {
		if (spec->extra[i].n)
			add(l, spec->extra[i], LABEL_EXTRA + (unsigned)i, 0);
	}
}

static const char *
no_time(const struct label_usual *usual, const struct format_spec *spec, struct arena *arena)
{
	struct str own = spec->field[RAW_TIME], rest = str_of(usual->names[RAW_TIME]), first;

	if (own.n)
		return arena_printf(arena, "a time in '" STR_FMT "'", STR_ARG(own)).p;
	if (usual->names[LABEL_DATE])
		return "a date and a time";
	first = str_split(&rest, ' ');
	return arena_printf(arena, "a time in '" STR_FMT "', or under another usual name",
			    STR_ARG(first))
		.p;
}

struct labels *
labels_compile(const struct label_usual *usual, const struct format_spec *spec,
	       const struct zone *zone, struct arena *arena, struct errors *err)
{
	struct labels *l = arena_alloc(arena, sizeof(*l));

	if (spec->extra_count > EXTRA_MOST)
		BUG("%zu extra fields", spec->extra_count);
	l->label = arena_alloc(arena, LABELS_MOST * sizeof(*l->label));
	l->extra_count = spec->extra_count;
	l->any_case = usual->any_case;
	l->whole_target = spec->field[RAW_TARGET].n > 0;
	l->clf = spec->time.n == 0;
	l->no_time = no_time(usual, spec, arena);
	add_all(l, usual, spec);
	l->when = when_compile(arena, spec->time, zone, spec->year, err, spec->at);
	return l->when ? l : NULL;
}

void
labels_assign(const struct labels *l, const struct str *name, size_t n, uint64_t *slots)
{
	uint8_t best[LABEL_SLOTS], has[LABEL_SLOTS] = { 0 };

	memset(best, UINT8_MAX, sizeof(best));
	for (size_t i = 0; i < n; i++) {
		slots[i] = 0;
		for (size_t k = name[i].n ? l->bucket[bucket_of(name[i])] : 0; k;
		     k = l->label[k - 1].next) {
			const struct label *x = &l->label[k - 1];

			if (x->rank < best[x->slot] && same_name(l, x->name, name[i])) {
				best[x->slot] = x->rank;
				has[x->slot] = (uint8_t)i;
			}
		}
	}
	for (unsigned s = 0; s < LABEL_SLOTS; s++) {
		if (best[s] != UINT8_MAX)
			slots[has[s]] |= 1ULL << s;
	}
}

static uint32_t
hash_of(struct str s)
{
	uint32_t h = 2166136261U;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 16777619U;
	return h ^ h >> 15;
}

size_t
labels_doubled(const struct str *name, size_t n)
{
	uint8_t table[2 * LABELS_OF_A_LINE] = { 0 };

	for (size_t i = 0; i < n; i++) {
		size_t at = hash_of(name[i]) % sizeof(table);

		for (; table[at]; at = (at + 1) % sizeof(table)) {
			if (str_eq(name[table[at] - 1U], name[i]))
				return i;
		}
		table[at] = (uint8_t)(i + 1);
	}
	return n;
}

/* Two texts with `between` between them: as they lie, if they lie so, else in the room. */
static struct str
joined(struct str a, char between, struct str b, struct room *room)
{
	size_t n = a.n + 1 + b.n;
	char *to;

	if ((uintptr_t)b.p == (uintptr_t)a.p + a.n + 1 && a.p[a.n] == between)
		return (struct str){ .p = a.p, .n = n };
	to = room_take(room, n);
	memcpy(to, a.p, a.n);
	to[a.n] = between;
	memcpy(to + a.n + 1, b.p, b.n);
	return (struct str){ .p = to, .n = n };
}

/* A value that was written anew is refused at the line's beginning. */
static enum parsed
refuse_value(struct str line, const char *at, const char *expected, struct refusal *why)
{
	bool lent = (uintptr_t)at - (uintptr_t)line.p <= line.n;

	return format_refuse(line, lent ? at : line.p, expected, why);
}

static inline enum parsed
read_time(const struct labels *l, struct parsing *r, struct str line, const struct label_values *v,
	  struct record *out, struct refusal *why)
{
	struct str text = out->text[RAW_TIME], date = v->made[LABEL_DATE - RAW_COUNT];
	const char *at = text.p, *expected;

	if (text.n == 0 && date.n && v->made[LABEL_CLOCK - RAW_COUNT].n) {
		at = date.p;
		text = joined(date, ' ', v->made[LABEL_CLOCK - RAW_COUNT], &r->room);
	}
	if (text.n == 0)
		return format_refuse(line, line.p + line.n, l->no_time, why);
	if (text.n > 2 && text.p[0] == '[' && text.p[text.n - 1] == ']')
		text = str_head(str_skip(text, 1), text.n - 2);
	out->text[RAW_TIME] = text;
	if (LIKELY(l->clf && text.n == CLF_TIME && text.p[2] == '/') &&
	    LIKELY(clf_time(text.p, &r->clock, &out->ts)))
		return PARSED_EVENT;
	if (when_read(l->when, &r->clock, text, &out->ts, &out->again, &expected) == WHEN_REFUSED)
		return refuse_value(line, at, expected, why);
	return PARSED_EVENT;
}

/* The request as it was sent says more than a path: it has the query too. */
static inline void
make_target(const struct labels *l, struct parsing *r, const struct label_values *v,
	    struct record *out)
{
	struct str query = v->made[LABEL_QUERY - RAW_COUNT];
	struct request q = request_split(v->made[LABEL_REQUEST - RAW_COUNT]);
	struct str *target = &out->text[RAW_TARGET];

	if (out->text[RAW_METHOD].n == 0)
		out->text[RAW_METHOD] = q.method;
	if (out->text[RAW_PROTOCOL].n == 0)
		out->text[RAW_PROTOCOL] = q.protocol;
	if (l->whole_target)
		return;
	if (q.target.n) {
		*target = q.target;
	} else if (query.n && target->n && !str_is(query, "-") &&
		   str_find(*target, '?') == target->n) {
		query = str_skip(query, query.p[0] == '?');
		if (query.n)
			*target = joined(*target, '?', query, &r->room);
	}
}

enum parsed
labels_finish(const struct labels *l, struct parsing *r, struct str line, struct label_values *v,
	      struct record *out, struct refusal *why)
{
	enum parsed parsed = read_time(l, r, line, v, out, why);

	if (UNLIKELY(parsed != PARSED_EVENT))
		return parsed;
	if (UNLIKELY(!format_status_of(out->text[RAW_STATUS], &out->status)))
		return refuse_value(line, out->text[RAW_STATUS].p, "a status of three digits", why);
	make_target(l, r, v, out);
	return PARSED_EVENT;
}
