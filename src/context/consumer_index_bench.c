/*
 * consumer_index_bench.c - consumers.csv at the size of a utility: made, indexed and asked.
 *
 *     consumer_index_bench make FILE ROWS     a ledger of so many rows; one consumer in eight has two
 *     consumer_index_bench build FILE         its index: seconds, bytes, peak memory
 *     consumer_index_bench ask FILE ROWS N    N random consumers, one in ten unknown, by context_resolve(): ns each
 *     consumer_index_bench sql FILE ROWS N    the same questions as SQL, for sqlite3
 *
 * Without arguments: all but sql, with a million rows in $TMPDIR.
 */
#include "base/out.h"
#include "context/consumer_build.h"
#include "context/consumer_index.h"
#include "context/context.h"

#include <sys/resource.h>
#include <unistd.h>

enum { TWICE = 8, ID = 22, SMALL_ROWS = 1000000, SMALL_ASKS = 1000000 };

static double
now_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static uint64_t
dice(uint64_t *seed, uint64_t sides)
{
	*seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (uint64_t)((hash_u128)hash_mix(*seed) * sides >> 64);
}

static double
processor_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* 22 digits: the area, a zero block, the number. */
static void
id_of(uint64_t number, char id[ID])
{
	memset(id, '0', ID);
	id[1] = (char)('0' + number % 10);
	for (size_t at = ID; number; number /= 10)
		id[--at] = (char)('0' + number % 10);
}

static uint64_t
consumers_of(uint64_t rows)
{
	return rows * TWICE / (TWICE + 1);
}

static int
make(const char *path, uint64_t rows, struct errors *err)
{
	struct out o;

	if (out_open(&o, str_of(path), err))
		return -1;
	out_text(&o, "consumer,supplier,area,type,valid_from,valid_to\n");
	for (uint64_t i = 0, n = consumers_of(rows); i < n; i++) {
		bool twice = i % TWICE == 0;
		char id[ID];

		id_of(i, id);
		out_bytes(&o, (struct str){ id, ID });
		out_printf(&o, ",S%03d,A%02d,normal,2016-04-01,%s\n", (int)(i * 7 % 700),
			   (int)(i % 10), twice ? "2021-10-01" : "");
		if (!twice)
			continue;
		out_bytes(&o, (struct str){ id, ID });
		out_printf(&o, ",S%03d,A%02d,last,2021-10-01,\n", (int)(i % 700), (int)(i % 10));
	}
	return out_close(&o, err);
}

static int
build(const char *path, struct errors *err)
{
	const char *dir = getenv("TMPDIR");
	struct arena arena = { 0 };
	struct consumer_build b = { .csv = str_of(path),
				    .memory = 256U << 20,
				    .window = BUILD_WINDOW,
				    .folder = dir ? dir : "/tmp" };
	struct consumer_built built;
	double start = now_seconds();
	struct rusage used;

	b.index = consumer_index_path(&arena, b.csv);
	if (consumer_build(&b, &built, err)) {
		arena_free(&arena);
		return -1;
	}
	getrusage(RUSAGE_SELF, &used);
	printf("build: %llu rows of %llu consumers, %.2f s (%.2f s of processor), %llu MB, peak "
	       "resident %ld MB\n",
	       (unsigned long long)built.rows, (unsigned long long)built.ids, now_seconds() - start,
	       (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
		       (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1e-6,
	       (unsigned long long)built.bytes / 1000000, used.ru_maxrss / 1024);
	arena_free(&arena);
	return 0;
}

/* The dictionary: ids behind each other. */
struct asked {
	char *id;
	uint32_t n;
};

static struct asked
questions(uint64_t rows, uint32_t n)
{
	struct asked a = { .id = xalloc(n, ID), .n = n };
	uint64_t seed = 1, known = consumers_of(rows);

	for (uint32_t i = 0; i < n; i++) {
		uint64_t number = dice(&seed, known);

		if (dice(&seed, 10) == 0)
			number += known;
		id_of(number, a.id + (size_t)i * ID);
	}
	return a;
}

static uint32_t
asked_count(const void *facts, enum dict dict)
{
	return dict == DICT_OBJECT ? ((const struct asked *)facts)->n : 0;
}

static struct str
asked_text(const void *facts, enum dict dict, uint32_t number)
{
	(void)dict;
	return (struct str){ ((const struct asked *)facts)->id + (size_t)(number - 1) * ID, ID };
}

static uint32_t
no_tuples(const void *facts)
{
	(void)facts;
	return 0;
}

static int
ask(const char *path, uint64_t rows, uint32_t n, struct errors *err)
{
	struct policy_ledger ledger = { .name = STR("consumers"), .path = str_of(path) };
	struct policy policy = { .ledger = &ledger, .ledger_count = 1 };
	struct asked a = questions(rows, n);
	struct names names = { &a, asked_count, asked_text, no_tuples, NULL };
	struct context *c;
	struct lookup look;
	uint64_t found = 0;
	double start = now_seconds(), opened;

	if (context_load(&c, &policy, true, err)) {
		free(a.id);
		return -1;
	}
	opened = now_seconds() - start;
	printf("open: %.3f ms%s\n", opened * 1e3,
	       context_notes(c)->list.n ? " (index not used)" : "");
	for (unsigned jobs = 1; jobs <= 2; jobs++) {
		for (int round = 0; round < 4; round++) {
			double used = processor_seconds();

			start = now_seconds();
			if (context_resolve(c, &names, jobs, err))
				break;
			printf("ask: %u consumers, %u threads: %.1f ns each (%.1f ns of "
			       "processor)\n",
			       n, jobs, (now_seconds() - start) * 1e9 / n,
			       (processor_seconds() - used) * 1e9 / n);
		}
	}
	context_lookup(c, &look);
	for (uint32_t i = 1; i <= n && err->list.n == 0; i++) {
		const struct seen nobody = { .id = 0 };
		struct regard r;

		look.view(look.context, &nobody, i, 1656633600000LL, &r);
		found += r.consumer_row != 0;
	}
	printf("found %llu\n", (unsigned long long)found);
	context_free(c);
	free(a.id);
	return err->list.n ? -1 : 0;
}

static void
sql(uint64_t rows, uint32_t n)
{
	struct asked a = questions(rows, n);

	puts("create temp table asked (id text);");
	for (uint32_t i = 0; i < n; i++)
		printf("insert into asked values ('%.22s');\n", a.id + (size_t)i * ID);
	puts(".timer on\n"
	     "select count(*) from asked join consumers on consumer = id "
	     "and valid_from <= '2022-07-01' and (valid_to = '' or valid_to > '2022-07-01');");
	free(a.id);
}

static int
all_small(struct errors *err)
{
	const char *dir = getenv("TMPDIR");
	struct arena arena = { 0 };
	struct str path = arena_printf(&arena, "%s/sekisho-bench-%ld.csv", dir ? dir : "/tmp",
				       (long)getpid());
	int rc = make(path.p, SMALL_ROWS, err) || build(path.p, err) ||
		 ask(path.p, SMALL_ROWS, SMALL_ASKS, err);

	unlink(path.p);
	unlink(consumer_index_path(&arena, path).p);
	arena_free(&arena);
	return rc;
}

static int
run(int argc, char **argv, struct errors *err)
{
	uint64_t rows = 0, n = 0;

	if (argc == 1)
		return all_small(err);
	if (argc > 3 && !str_to_u64(str_of(argv[3]), &rows))
		return error_add(err, "how many rows?");
	if (argc > 4 && (!str_to_u64(str_of(argv[4]), &n) || n > UINT32_MAX - 1))
		return error_add(err, "how many consumers?");
	if (argc == 4 && str_is(str_of(argv[1]), "make"))
		return make(argv[2], rows, err);
	if (argc == 3 && str_is(str_of(argv[1]), "build"))
		return build(argv[2], err);
	if (argc == 5 && str_is(str_of(argv[1]), "ask"))
		return ask(argv[2], rows, (uint32_t)n, err);
	if (argc != 5 || !str_is(str_of(argv[1]), "sql"))
		return error_add(
			err,
			"usage: make FILE ROWS | build FILE | ask FILE ROWS N | sql FILE ROWS N");
	sql(rows, (uint32_t)n);
	return 0;
}

int
main(int argc, char **argv)
{
	struct errors err = { 0 };
	int rc = run(argc, argv, &err);

	for (size_t i = 0; i < err.list.n; i++)
		fprintf(stderr, STR_FMT "\n", STR_ARG(err.list.at[i]));
	errors_free(&err);
	return rc ? 1 : 0;
}
