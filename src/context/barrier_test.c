/*
 * barrier_test.c - random matrices: the table against the walk, for every viewer there can be.
 */
#include "context/barrier.h"
#include "context/context_testing.h"

enum { MATRICES = 60, MOST_ROWS = 24, NAMES = 5 };

static uint64_t seed = 20220401;

static uint16_t
dice(uint32_t sides)
{
	seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (uint16_t)((seed >> 33) % sides);
}

/* Mostly empty cells, and names that no row ever says: the greatest number of each pool. */
static uint16_t
cell(uint32_t sides)
{
	return dice(5) < 3 ? 0 : dice(sides);
}

struct matrix {
	struct barrier_row at[MOST_ROWS];
	const struct barrier_row *row[MOST_ROWS];
	struct barrier barrier;
	struct pool pool[POOL_COUNT];
	struct hash_key key;
	uint8_t org_class[NAMES + 1];
	struct arena arena;
};

static struct matrix *
matrix_new(size_t rows)
{
	struct matrix *m = xalloc(1, sizeof(*m));

	for (size_t p = 0; p < POOL_COUNT; p++) {
		pool_init(&m->pool[p], &m->key);
		for (int i = 0; i < NAMES; i++)
			pool_add(&m->pool[p], arena_printf(&m->arena, "n%d", i));
	}
	for (size_t o = 1; o <= NAMES; o++)
		m->org_class[o] = (uint8_t)dice(ORG_CLASS_COUNT);
	for (size_t i = 0; i < rows; i++) {
		m->at[i] = (struct barrier_row){ .head = { .line = (uint32_t)i + 2, .count = 1 } };
		m->row[i] = &m->at[i];
		m->at[i].verdict = (uint8_t)(SAYS_ALLOW + dice(SAYS_COUNT - 1));
		if (i + 1 == rows)
			break;
		m->at[i].viewer_class = (uint8_t)cell(ORG_CLASS_COUNT);
		m->at[i].role = cell(NAMES);
		m->at[i].system = cell(NAMES);
		m->at[i].class = cell(NAMES);
		m->at[i].relation = (uint8_t)cell(REL_COUNT + 1);
		m->at[i].disaster = (uint8_t)cell(DSTATE_COUNT + 1);
		m->at[i].purpose = STR("audit");
		if (dice(8))
			m->at[i].purpose.n = 0;
	}
	m->barrier = (struct barrier){ .row = m->row, .count = rows };
	return m;
}

static void
matrix_free(struct matrix *m)
{
	for (size_t p = 0; p < POOL_COUNT; p++)
		pool_free(&m->pool[p]);
	arena_free(&m->arena);
	free(m);
}

/* Every combination of numbers, counted through like the digits of one. */
static void
check_all(const struct matrix *m)
{
	enum { N = NAMES + 1 };

	for (int i = 0; i < N * N * N * N * (MASKED_YES + 1); i++) {
		struct verdict asked[REL_COUNT][DSTATE_COUNT], walked[REL_COUNT][DSTATE_COUNT];
		struct viewer v = { .org = (uint16_t)(i % N),
				    .role = (uint16_t)(i / N % N),
				    .system = (uint16_t)(i / (N * N) % N),
				    .class = (uint16_t)(i / (N * N * N) % N),
				    .masked = (uint8_t)(i / (N * N * N * N)) };

		v.org_class = m->org_class[v.org];
		barrier_ask(&m->barrier, &v, asked);
		barrier_judge(&m->barrier, &v, walked);
		assert_memory_equal(asked, walked, sizeof(walked));
	}
}

static void
the_table_says_what_the_walk_says(void **state UNUSED)
{
	for (int i = 0; i < MATRICES; i++) {
		struct matrix *m = matrix_new(i ? 1U + dice(MOST_ROWS) : 0);

		barrier_compile(&m->barrier, m->pool, m->org_class, BARRIER_CELLS_MOST, &m->arena);
		assert_non_null(m->barrier.cell);
		check_all(m);
		matrix_free(m);
	}
}

static void
too_many_cells_are_walked(void **state UNUSED)
{
	const size_t two_roles = (size_t)2 * WAY_COUNT;
	struct matrix *m = matrix_new(2);

	m->at[0].role = 1;
	m->at[0].viewer_class = 0;
	m->at[0].system = 0;
	m->at[0].class = 0;
	barrier_compile(&m->barrier, m->pool, m->org_class, two_roles - 1, &m->arena);
	assert_null(m->barrier.cell);
	check_all(m);
	barrier_compile(&m->barrier, m->pool, m->org_class, two_roles, &m->arena);
	assert_non_null(m->barrier.cell);
	check_all(m);
	matrix_free(m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_says_what_the_walk_says),
		cmocka_unit_test(too_many_cells_are_walked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
