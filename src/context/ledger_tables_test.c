/*
 * ledger_tables_test.c - the tables of columns themselves: nothing stands twice, nothing lies beside its row.
 */
#include "context/context_testing.h"

#include "context/cell.h"
#include "context/habit.h"
#include "context/ledgers.h"

static const struct ledger_table *const tables[] = {
#define LEDGER(name) &led_##name,
#include "context/ledgers.def"
#undef LEDGER
};

/* Does a word of one list stand in the other? */
static bool
meet(const char *a, const char *b)
{
	struct str rest = str_of(a);

	while (rest.n) {
		if (habit_one_of(str_split(&rest, '|'), b))
			return true;
	}
	return false;
}

static void
names_are_unique(void **state UNUSED)
{
	for (size_t t = 0; t < COUNT(tables); t++) {
		const struct ledger_table *l = tables[t];

		if (t && str_cmp(str_of(tables[t - 1]->name), str_of(l->name)) >= 0)
			fail_msg("%s is not in order", l->name);
		for (size_t i = 0; i < l->column_count; i++) {
			const struct column *c = &l->column[i];

			if (c->alias && meet(c->name, c->alias))
				fail_msg("%s.%s is its own alias", l->name, c->name);
			for (size_t k = 0; k < i; k++) {
				const struct column *d = &l->column[k];

				if (meet(c->name, d->name) || meet(c->name, d->alias) ||
				    meet(c->alias, d->name) || meet(c->alias, d->alias))
					fail_msg("%s: a header may be %s or %s", l->name, c->name,
						 d->name);
			}
		}
	}
}

static void
words_are_unique(const struct ledger_table *l, const struct column *c, size_t first)
{
	for (size_t i = first; i < c->word_count; i++) {
		const char *other = c->other_words ? c->other_words[i] : NULL;

		if (!c->words[i] || !c->words[i][0] || (c->other_words && (!other || !other[0])))
			fail_msg("%s.%s: word %zu is not said", l->name, c->name, i);
		for (size_t k = first; k < i; k++) {
			const char *before = c->other_words ? c->other_words[k] : NULL;

			if (meet(c->words[i], c->words[k]) || meet(c->words[i], before) ||
			    meet(other, c->words[k]) || meet(other, before))
				fail_msg("%s.%s: '%s' and '%s' share a word", l->name, c->name,
					 c->words[i], c->words[k]);
		}
	}
}

static void
words_mean_one_thing(void **state UNUSED)
{
	for (size_t t = 0; t < COUNT(tables); t++) {
		for (size_t i = 0; i < tables[t]->column_count; i++) {
			const struct column *c = &tables[t]->column[i];
			bool worded = c->type == CELL_WORD || c->type == CELL_FLAGS;

			if (worded != (c->word_count > 0))
				fail_msg("%s.%s: words or none", tables[t]->name, c->name);
			if (worded)
				words_are_unique(tables[t], c, c->type == CELL_WORD);
		}
	}
}

/* The bytes of a field, and which of them another column has already. */
static void
fields_lie_apart(void **state UNUSED)
{
	for (size_t t = 0; t < COUNT(tables); t++) {
		const struct ledger_table *l = tables[t];
		uint8_t *taken = xalloc(l->row_size, 1);

		memset(taken, 1, sizeof(struct row));
		for (size_t i = 0; i < l->column_count; i++) {
			const struct column *c = &l->column[i];
			size_t n = cell_compared[c->type] ? cell_compared[c->type]
							  : sizeof(struct str);

			if (c->at + n > l->row_size)
				fail_msg("%s.%s lies beside its row", l->name, c->name);
			for (size_t k = 0; k < n; k++) {
				if (taken[c->at + k]++)
					fail_msg("%s.%s lies on another field", l->name, c->name);
			}
		}
		free(taken);
	}
}

static void
keys_are_columns(void **state UNUSED)
{
	struct hash_key key = { 0 };
	struct ledger l;

	for (size_t t = 0; t < COUNT(tables); t++) {
		ledger_init(&l, tables[t], &key); /* BUG() on a key that is none */
		for (size_t i = 0; i < KEY_MOST && l.key[i]; i++)
			assert_false(l.key[i]->type == CELL_NAMES);
		if (tables[t]->within)
			assert_non_null(l.within);
		ledger_free(&l);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_unique),
		cmocka_unit_test(words_mean_one_thing),
		cmocka_unit_test(fields_lie_apart),
		cmocka_unit_test(keys_are_columns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
