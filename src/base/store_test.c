/*
 * store_test.c - buckets against plain arrays: whatever was spilled, what comes back is what went
 * in, oldest first.
 */
#include "base/test_wall.h"

#include "base/store.h"

#include <dirent.h>
#include <sys/stat.h>

enum { ROWS = 7, MOST_RECORD = 96 };

static const int32_t row_number[ROWS] = { -719162, -3, 0, 1, 19177, 19178, 2932896 };
static const unsigned columns[] = { 0, 1, 17, 254, 255 };

struct model {
	VEC(char) bytes[ROWS][COUNT(columns)];
};

static void
model_add(struct model *m, size_t r, size_t c, const char *record, size_t size)
{
	for (size_t i = 0; i < size; i++)
		*VEC_PUSH(&m->bytes[r][c]) = record[i];
}

static void
model_free(struct model *m)
{
	for (size_t r = 0; r < ROWS; r++) {
		for (size_t c = 0; c < COUNT(columns); c++)
			VEC_FREE(&m->bytes[r][c]);
	}
}

static void
check_rows(const struct store *s, const struct model *m)
{
	size_t count, wanted = 0;
	int32_t *rows = store_rows(s, &count);

	for (size_t r = 0; r < ROWS; r++) {
		bool any = false;

		for (size_t c = 0; c < COUNT(columns); c++)
			any |= m->bytes[r][c].n > 0;
		if (any) {
			assert_true(wanted < count);
			want_i64("rows ascend", "row", row_number[r], rows[wanted++]);
		}
	}
	want_i64("rows", "count", (int64_t)wanted, (int64_t)count);
	free(rows);
}

static int
record_order(const void *a, const void *b, void *size)
{
	return memcmp(a, b, *(size_t *)size);
}

/* The records of every bucket: in the order they were added, or else in any. */
static void
check_all(const struct store *s, const struct model *m, size_t size, bool ordered)
{
	check_rows(s, m);
	for (size_t r = 0; r < ROWS; r++) {
		for (size_t c = 0; c < COUNT(columns); c++) {
			size_t n = m->bytes[r][c].n;
			char *got, *want;

			want_i64("a bucket", "records", (int64_t)(n / size),
				 (int64_t)store_count(s, row_number[r], columns[c]));
			got = malloc(n + 1);
			assert_non_null(got);
			got[n] = 'w';
			assert_true(store_read(s, row_number[r], columns[c], got));
			assert_true(got[n] == 'w');
			want = malloc(n + 1);
			assert_non_null(want);
			if (n)
				memcpy(want, m->bytes[r][c].at, n);
			if (!ordered) {
				qsort_r(want, n / size, size, record_order, &size);
				qsort_r(got, n / size, size, record_order, &size);
			}
			if (memcmp(got, want, n) != 0)
				fail_msg("row %d, column %u: other records%s", row_number[r],
					 columns[c], ordered ? " or another order" : "");
			free(got);
			free(want);
		}
	}
	want_i64("a row never used", "records", 0, (int64_t)store_count(s, 4711, 0));
	want_i64("a column never used", "records", 0, (int64_t)store_count(s, 0, 99));
}

static unsigned
names_in(const char *folder)
{
	DIR *d = opendir(folder);
	unsigned n = 0;

	assert_non_null(d);
	while (readdir(d))
		n++;
	closedir(d);
	return n;
}

/* Random buckets in bursts and singly; read back in between, also while part of it lies on disk. */
static void
random_records(size_t size, size_t memory, unsigned adds, bool spills, bool ordered)
{
	static struct model empty;
	struct model m = empty;
	char folder[] = "/tmp/sekisho-store-XXXXXX";
	struct dice d = { size * 1000 + memory + 1 };
	struct store *s;
	char record[MOST_RECORD];

	assert_non_null(mkdtemp(folder));
	s = store_new(size, memory, folder);
	for (unsigned i = 0; i < adds;) {
		size_t r = throw_of(&d, ROWS), c = throw_of(&d, COUNT(columns));
		unsigned burst = throw_of(&d, 10) ? 1 : throw_of(&d, 400);

		for (; burst > 0 && i < adds; burst--, i++) {
			throw_bytes(&d, record, size);
			store_add(s, row_number[r], columns[c], record);
			model_add(&m, r, c, record, size);
			if (i % (adds / 5) == 1)
				check_all(s, &m, size, ordered);
		}
	}
	check_all(s, &m, size, ordered);
	want_bool("a store", "ok", true, store_ok(s));
	want_bool("a store with little memory", "spilled", spills, store_spilled_bytes(s) > 0);
	want_i64("its file is unlinked", "names", 2, names_in(folder));
	if (spills)
		assert_true(store_spilled_bytes(s) % size == 0 &&
			    store_spilled_bytes(s) <= (uint64_t)adds * size);
	store_free(s);
	model_free(&m);
	assert_int_equal(rmdir(folder), 0);
}

static const struct {
	size_t size, memory;
	unsigned adds;
	bool spills;
} sizes[] = {
	{ 24, 1 << 30, 60000, false }, { 24, 0, 3000, true },       { 24, 1, 3000, true },
	{ 24, 20000, 60000, true },    { 24, 300000, 60000, true }, { 8, 20000, 60000, true },
	{ 56, 50000, 40000, true },    { 96, 50000, 40000, true },
};

static void
what_was_added_comes_back(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(sizes); i++)
		random_records(sizes[i].size, sizes[i].memory, sizes[i].adds, sizes[i].spills,
			       false);
}

/* So that a log in time order comes back in time order, also from disk. */
static void
records_come_back_oldest_first(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(sizes); i++)
		random_records(sizes[i].size, sizes[i].memory, sizes[i].adds, sizes[i].spills,
			       true);
}

static void
nothing_added_is_nothing_read(void **state UNUSED)
{
	struct store *s = store_new(24, 1000, "/tmp");
	size_t count = 9;
	char untouched[24];

	free(store_rows(s, &count));
	want_i64("an empty store", "rows", 0, (int64_t)count);
	want_i64("an empty store", "records", 0, (int64_t)store_count(s, 0, 0));
	assert_true(store_read(s, 0, 0, untouched));
	want_bool("an empty store", "ok", true, store_ok(s));
	store_free(s);
	store_free(NULL);
}

static void
a_folder_that_cannot_be_written_is_remembered(void **state UNUSED)
{
	struct store *s = store_new(24, 0, "/dev/null/nothing");
	char record[24] = "record", *all = malloc(10000 * sizeof(record));

	assert_non_null(all);
	for (int i = 0; i < 10000; i++)
		store_add(s, i % 3, (unsigned)i % 2, record);
	want_bool("after losing records", "ok", false, store_ok(s));
	want_bool("what is lost", "read", false, store_read(s, 0, 0, all));
	store_free(s);
	free(all);
}

/* A folder that comes back, or file numbers that are free again: what was lost before is lost. */
static void
a_folder_that_comes_back_does_not_undo_a_loss(void **state UNUSED)
{
	char folder[] = "/tmp/sekisho-store-XXXXXX", record[24] = "record";
	struct store *s;

	assert_non_null(mkdtemp(folder));
	assert_int_equal(rmdir(folder), 0);
	s = store_new(sizeof(record), 0, folder);
	for (int i = 0; i < 1000; i++)
		store_add(s, 0, 0, record);
	want_bool("without the folder", "ok", false, store_ok(s));
	assert_int_equal(mkdir(folder, 0700), 0);
	for (int i = 0; i < 1000; i++)
		store_add(s, 0, 0, record);
	want_bool("with it again", "ok", false, store_ok(s));
	store_free(s);
	assert_int_equal(rmdir(folder), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_added_comes_back),
		cmocka_unit_test(records_come_back_oldest_first),
		cmocka_unit_test(nothing_added_is_nothing_read),
		cmocka_unit_test(a_folder_that_cannot_be_written_is_remembered),
		cmocka_unit_test(a_folder_that_comes_back_does_not_undo_a_loss),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
