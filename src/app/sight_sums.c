/*
 * sight_sums.c - see sight_sums.h.
 */
#include "app/sight_sums.h"

#include "base/out.h"
#include "facts/dict.h"

void
sight_sums_open(struct sight_sums *s, bool of_account)
{
	*s = (struct sight_sums){ .of_account = of_account };
	hash_key_random(&s->key);
	s->numbers = dict_new(&s->key);
}

static void
sum_add(struct sight_sum *sum, const struct sighting *sight)
{
	bool view = sight->view;

	sum->first = sum->lines && sum->first < sight->ts ? sum->first : sight->ts;
	sum->last = sum->lines && sum->last > sight->ts ? sum->last : sight->ts;
	sum->lines++;
	sum->views += view;
	sum->denied += view && sight->denied;
	sum->unexplained += view && sight->reasons == 0 && !(sight->unknown >> UNKNOWN_REASON & 1);
	sum->undetermined += view && sight->unknown;
}

static void
sum_unite(struct sight_sum *into, const struct sight_sum *sum)
{
	into->first = into->lines && into->first < sum->first ? into->first : sum->first;
	into->last = into->lines && into->last > sum->last ? into->last : sum->last;
	into->lines += sum->lines;
	into->views += sum->views;
	into->denied += sum->denied;
	into->unexplained += sum->unexplained;
	into->undetermined += sum->undetermined;
}

/* Lengths first: no two keys are joined to one text. */
static uint32_t
number_of(struct sight_sums *s, const struct str key[SUM_KEYS])
{
	uint32_t number;
	struct out o;

	out_memory(&o);
	for (int i = 0; i < SUM_KEYS; i++) {
		out_printf(&o, "%zu:", key[i].n);
		out_bytes(&o, key[i]);
	}
	number = dict_number(s->numbers, out_taken(&o));
	out_discard(&o);
	return number;
}

void
sight_sums_add(struct sight_sums *s, const struct sighting *sight)
{
	static const enum sight_cell of[2][SUM_KEYS] = {
		{ SIGHT_ORG, SIGHT_PERSON, SIGHT_ACCOUNT },
		{ SIGHT_SUPPLIER, SIGHT_CONSUMER, SIGHT_RELATION },
	};
	struct str key[SUM_KEYS];
	uint32_t number;

	for (int i = 0; i < SUM_KEYS; i++)
		key[i] = sight->cell[of[s->of_account][i]];
	number = number_of(s, key);
	if (number > s->one.n) {
		struct sight_sum *sum = VEC_PUSH(&s->one);

		*sum = (struct sight_sum){ .lines = 0 };
		for (int i = 0; i < SUM_KEYS; i++)
			sum->key[i] = arena_str(&s->arena, key[i]);
	}
	sum_add(&s->one.at[number - 1], sight);
	sum_add(&s->all, sight);
}

static int
sum_order(const void *a, const void *b)
{
	const struct sight_sum *x = a, *y = b;
	int c = 0;

	for (int i = 0; i < SUM_KEYS && c == 0; i++)
		c = str_cmp(x->key[i], y->key[i]);
	return c;
}

void
sight_sums_sort(struct sight_sums *s)
{
	if (s->one.n)
		qsort(s->one.at, s->one.n, sizeof(*s->one.at), sum_order);
	for (size_t i = 0; i < s->one.n; i++) {
		struct str key = s->one.at[i].key[0];

		if (i == 0 || !str_eq(key, s->one.at[i - 1].key[0]))
			*VEC_PUSH(&s->whole) = (struct sight_sum){ .key = { key } };
		sum_unite(&s->whole.at[s->whole.n - 1], &s->one.at[i]);
	}
}

void
sight_sums_close(struct sight_sums *s)
{
	dict_free(s->numbers);
	VEC_FREE(&s->one);
	VEC_FREE(&s->whole);
	arena_free(&s->arena);
}
