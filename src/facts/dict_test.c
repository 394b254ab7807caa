/*
 * dict_test.c - one number a text, for ever, also when eight threads ask for it at once.
 */
#include "base/test_wall.h"

#include "facts/dict.h"

#include <pthread.h>

enum { TEXTS = 100000, TEXT_MOST = 70, THREADS = 8 };

static struct hash_key key;
static char (*text)[TEXT_MOST];
static size_t *length;

/*
 * Text i: its number in the front keeps it distinct; lengths lie around 28, where entries stop
 * lying in line.
 */
static int
make_texts(void **state UNUSED)
{
	struct dice d = { 101 };

	hash_key_random(&key);
	text = malloc(TEXTS * sizeof(*text));
	length = malloc(TEXTS * sizeof(*length));
	if (!text || !length)
		return -1;
	for (uint32_t i = 0; i < TEXTS; i++) {
		throw_bytes(&d, text[i], TEXT_MOST);
		memcpy(text[i], &i, sizeof(i));
		length[i] = 4 + throw_of(&d, throw_of(&d, 2) ? 30 : TEXT_MOST - 4);
	}
	return 0;
}

static int
free_texts(void **state UNUSED)
{
	free(text);
	free(length);
	return 0;
}

static struct str
text_of(size_t i)
{
	return (struct str){ text[i], length[i] };
}

static void
texts_are_numbered_from_1_and_come_back(void **state UNUSED)
{
	struct dictionary *d = dict_new(&key);
	size_t bytes;

	want_i64("an empty dictionary", "count", 0, dict_count(d));
	want_i64("number 0", "bytes", 0, (int64_t)dict_text(d, 0).n);
	for (size_t i = 0; i < TEXTS; i++) {
		want_i64("a new text", "number", (int64_t)i + 1,
			 dict_number(d, walled(text_of(i))));
		want_i64("known at once", "number", (int64_t)i + 1, dict_number(d, text_of(i)));
	}
	want_i64("all", "count", TEXTS, dict_count(d));
	bytes = dict_bytes(d);
	assert_true(bytes >= TEXTS * sizeof(uint64_t));
	for (size_t i = TEXTS; i-- > 0;) {
		struct str got = dict_text(d, (uint32_t)i + 1);

		want_str("its text", "bytes", text_of(i), got);
		assert_true((uintptr_t)got.p % 4 == 0);
		want_i64("still known", "number", (int64_t)i + 1,
			 dict_intern(d, walled(text_of(i)), hash128(&key, text_of(i))));
	}
	want_i64("asking adds nothing", "count", TEXTS, dict_count(d));
	want_i64("asking costs nothing", "bytes", (int64_t)bytes, (int64_t)dict_bytes(d));
	dict_free(d);
}

static void
every_length_is_kept(void **state UNUSED)
{
	struct dictionary *d = dict_new(&key);
	static char big[3000];
	static uint32_t number[COUNT(big)];

	memset(big, 'k', sizeof(big));
	for (size_t n = 1; n < COUNT(big); n++)
		number[n] = dict_number(d, walled((struct str){ big, n }));
	for (size_t n = 1; n < COUNT(big); n++) {
		want_i64("a length", "number", (int64_t)n, number[n]);
		want_str("a length", "text", (struct str){ big, n }, dict_text(d, number[n]));
	}
	dict_free(d);
	dict_free(NULL);
}

struct asker {
	pthread_t thread;
	struct dictionary *d;
	uint64_t seed;
	uint32_t *number;
};

/* All texts, each thread in its own order, some of them twice. */
static void *
ask_all(void *arg)
{
	struct asker *me = arg;
	struct dice d = { me->seed };
	size_t step = 2 * throw_of(&d, TEXTS / 2) + 1, at = throw_of(&d, TEXTS);

	while (step % 5 == 0)
		step += 2; /* prime to 100,000, so that every text has its turn */
	for (size_t i = 0; i < TEXTS; i++) {
		size_t k = (at + i * step) % TEXTS;
		struct hash128 hash = hash128(&key, text_of(k));

		dict_fetch_slot(me->d, hash);
		dict_fetch_entry(me->d, hash);
		me->number[k] = dict_intern(me->d, text_of(k), hash);
		if (!str_eq(dict_text(me->d, me->number[k]), text_of(k)))
			me->number[k] = 0;
	}
	return NULL;
}

static void
threads_agree(void **state UNUSED)
{
	struct dictionary *d = dict_new(&key);
	struct asker asker[THREADS];
	uint8_t *seen = calloc(TEXTS + 1, 1);

	assert_non_null(seen);
	for (unsigned i = 0; i < THREADS; i++) {
		asker[i] = (struct asker){ .d = d,
					   .seed = i + 1,
					   .number = calloc(TEXTS, sizeof(uint32_t)) };
		assert_non_null(asker[i].number);
		assert_int_equal(pthread_create(&asker[i].thread, NULL, ask_all, &asker[i]), 0);
	}
	for (unsigned i = 0; i < THREADS; i++)
		assert_int_equal(pthread_join(asker[i].thread, NULL), 0);
	want_i64("all threads", "count", TEXTS, dict_count(d));
	for (size_t k = 0; k < TEXTS; k++) {
		uint32_t number = asker[0].number[k];

		if (number == 0 || number > TEXTS || seen[number]++)
			fail_msg("text %zu: number %u is no number of its own", k, number);
		for (unsigned i = 1; i < THREADS; i++)
			want_i64("another thread", "number", number, asker[i].number[k]);
		want_str("its text", "bytes", text_of(k), dict_text(d, number));
	}
	for (unsigned i = 0; i < THREADS; i++)
		free(asker[i].number);
	free(seen);
	dict_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_numbered_from_1_and_come_back),
		cmocka_unit_test(every_length_is_kept),
		cmocka_unit_test(threads_agree),
	};

	return cmocka_run_group_tests(tests, make_texts, free_texts);
}
