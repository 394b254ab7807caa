/*
 * tuple_memo.c - see tuple_memo.h.
 */
#include "app/tuple_memo.h"

#include "base/mem.h"

/*
 * Two places a hash: of a million lines of 104,000 different (address, account, terminal), 154,000 had to be learned
 * with one and 114,000 with two.  And room for the tuples that one of them had last: most lines need no more than the
 * one cache line then, where asking the dictionary takes two more (2026-11).
 */
enum { WAYS = 2, RECENT = 5, SETS_LEAST = 1 << 6, SETS_MOST = 1 << 17, SCREEN_SETS = 1 << 10 };

/* Lines are seldom shorter: all that a small log can hold finds a place, and no pages are zeroed that it cannot fill. */
enum { LINE_BYTES = 128 };

struct who { /* address, account, terminal */
	struct hash128 key;
	uint32_t account, address, terminal, partition;
	uint16_t screen[RECENT], next;
	uint32_t tuple[RECENT]; /* of this and screen[i] */
};

_Static_assert(sizeof(struct who) == 64, "one cache line");

struct screen { /* agent, class, and how it ended */
	struct hash128 key;
	struct tuple tuple; /* without what struct who has */
	uint16_t number;
};

struct tuple_memo {
	struct facts *facts;
	const struct policy *policy;
	const struct hash_key *key;
	struct who (*who)[WAYS];
	size_t sets; /* a power of two */
	struct screen (*screen)[WAYS];
	uint32_t age;     /* how often all was forgotten */
	uint16_t screens; /* numbers given at this age; none twice */
};

struct tuple_memo *
tuple_memo_new(struct facts *f, const struct policy *policy, uint64_t bytes)
{
	struct tuple_memo *m = xalloc(1, sizeof(*m));

	for (m->sets = SETS_LEAST; m->sets < SETS_MOST && m->sets < bytes / LINE_BYTES / WAYS;)
		m->sets *= 2;
	m->facts = f;
	m->policy = policy;
	m->key = facts_key(f);
	m->who = table_alloc(m->sets * sizeof(*m->who));
	m->screen = xalloc(SCREEN_SETS, sizeof(*m->screen));
	return m;
}

void
tuple_memo_free(struct tuple_memo *m)
{
	if (!m)
		return;
	table_free(m->who, m->sets * sizeof(*m->who));
	free(m->screen);
	free(m);
}

static uint32_t
number_of(struct facts *f, enum dict d, struct str text)
{
	return text.n ? dict_number(facts_dict(f, d), text) : 0;
}

static inline bool
same_hash(struct hash128 a, struct hash128 b)
{
	return ((a.lo ^ b.lo) | (a.hi ^ b.hi)) == 0;
}

/* The slow way, once per distinct bytes: undo escapes, normalise, intern. */
static struct who
learn_who(const struct tuple_memo *m, const struct tuple_ask *a)
{
	struct record r UNINITIALIZED;
	struct canon_who who UNINITIALIZED;
	struct who found = { .key = a->who };

	r.text[RAW_ADDRESS] = a->address;
	r.text[RAW_ACCOUNT] = a->account;
	r.text[RAW_FORWARDED] = a->forwarded;
	r.escaped = a->escaped;
	canon_who(&m->policy->system[a->tuple.system], &r, a->extracted, &who);
	found.account = number_of(m->facts, DICT_ACCOUNT, who.account);
	if (who.has_address)
		found.address = number_of(m->facts, DICT_ADDRESS,
					  (struct str){ .p = who.address, .n = ADDRESS_SIZE });
	found.terminal = number_of(m->facts, DICT_TERMINAL, a->terminal);
	found.partition = facts_partition(m->facts, found.account);
	return found;
}

static inline struct who *
set_of(const struct tuple_memo *m, struct hash128 hash)
{
	return m->who[hash.lo & (m->sets - 1)];
}

static struct who *
who_of(struct tuple_memo *m, const struct tuple_ask *a)
{
	struct who *way = set_of(m, a->who);

	if (LIKELY(same_hash(way[0].key, a->who)))
		return &way[0];
	if (LIKELY(same_hash(way[1].key, a->who)))
		return &way[1];
	return NULL;
}

/* Whoever makes up agents by the line pays with our memory of everything. */
static uint16_t
screen_number(struct tuple_memo *m)
{
	if (UNLIKELY(m->screens == UINT16_MAX)) {
		memset(m->who, 0, m->sets * sizeof(*m->who));
		memset(m->screen, 0, SCREEN_SETS * sizeof(*m->screen));
		m->screens = 0;
		m->age++;
	}
	return ++m->screens;
}

static struct screen *
screen_of(struct tuple_memo *m, unsigned system, struct str agent, const struct canon *c)
{
	struct str class = c->field[FIELD_CLASS];
	struct hash128 key = hash_pair(m->key, agent, class);
	uint64_t rest = (uint64_t)system << 32 | (uint64_t)c->act << 24 | (uint64_t)c->ok << 16 |
			(uint64_t)c->masked << 8 | c->reason;
	struct screen *way;

	key.hi += rest;
	key.lo += hash_mix(rest); /* what the same agent and class end in lies apart */
	way = m->screen[key.lo % SCREEN_SETS];
	if (LIKELY(same_hash(way[0].key, key)))
		return &way[0];
	if (LIKELY(same_hash(way[1].key, key)))
		return &way[1];
	way[1] = way[0];
	way[0] = (struct screen){
		.key = key,
		.number = screen_number(m),
		.tuple = { .text = { [DICT_CLIENT] =
					     number_of(m->facts, DICT_CLIENT, client_family(agent)),
				     [DICT_CLASS] = number_of(m->facts, DICT_CLASS, class) },
			   .system = (uint16_t)system,
			   .act = c->act,
			   .ok = c->ok,
			   .masked = c->masked,
			   .reason = c->reason },
	};
	return &way[0];
}

/* Of everything canon_who() is asked with, and the terminal; of the system too: it decides how accounts are spelt. */
static inline struct hash128
hash_who(const struct tuple_memo *m, const struct record *r, const struct tuple_ask *a)
{
	struct hash128 h;

	if (LIKELY(r->who.n))
		h = hash_pair(m->key, r->who, a->terminal);
	else
		h = hash_join(m->key, hash_pair(m->key, a->address, a->terminal),
			      hash128(m->key, a->account));
	if (UNLIKELY(a->extracted.n))
		h = hash_join(m->key, h, hash128(m->key, a->extracted));
	if (UNLIKELY(m->policy->system[a->tuple.system].proxy_count))
		h = hash_join(m->key, h, hash128(m->key, a->forwarded));
	h.hi += a->tuple.system;
	return h;
}

void
tuple_memo_ask(struct tuple_memo *m, unsigned system, const struct record *r, const struct canon *c,
	       struct tuple_ask *out)
{
	const struct screen *s = screen_of(m, system, r->text[RAW_AGENT], c);

	out->tuple = s->tuple;
	out->screen = s->number;
	out->age = m->age;
	out->address = r->text[RAW_ADDRESS];
	out->account = r->text[RAW_ACCOUNT];
	out->forwarded = r->text[RAW_FORWARDED];
	out->escaped = r->escaped;
	out->extracted = c->field[FIELD_ACCOUNT];
	out->terminal = c->field[FIELD_TERMINAL];
	out->who = hash_who(m, r, out);
	__builtin_prefetch(set_of(m, out->who)); /* the other way seldom matters */
}

void
tuple_memo_look(struct tuple_memo *m, struct tuple_ask *a)
{
	struct who *w = who_of(m, a);

	if (UNLIKELY(!w)) {
		w = set_of(m, a->who);
		w[1] = w[0];
		w[0] = learn_who(m, a);
	}
	a->partition = w->partition;
	for (int i = 0; i < RECENT; i++) {
		if (w->screen[i] == a->screen && a->age == m->age) {
			a->number = w->tuple[i];
			return;
		}
	}
	a->number = 0;
	a->tuple.text[DICT_ACCOUNT] = w->account;
	a->tuple.text[DICT_ADDRESS] = w->address;
	a->tuple.text[DICT_TERMINAL] = w->terminal;
	a->hash = facts_tuple_fetch(m->facts, &a->tuple);
}

void
tuple_memo_fetch(const struct tuple_memo *m, const struct tuple_ask *a)
{
	if (!a->number)
		facts_tuple_fetch_entry(m->facts, a->hash);
}

uint32_t
tuple_memo_number(struct tuple_memo *m, const struct tuple_ask *a)
{
	struct who *w;
	uint32_t number;

	if (a->number)
		return a->number;
	number = facts_tuple_hashed(m->facts, &a->tuple, a->hash);
	w = who_of(m, a);
	if (w && a->age == m->age) {
		w->screen[w->next] = a->screen;
		w->tuple[w->next] = number;
		w->next = (uint16_t)((w->next + 1) % RECENT);
	}
	return number;
}
