/*
 * consumer_index_test.c - an index says what the ledger it was built of says: rows, lines, names, digest and mistakes.
 */
#include "context/consumer_testing.h"

enum { WORLDS = 60, IDS = 60, ROWS = 150 };

static uint64_t seed = 20220401;
static struct arena text;

static uint32_t
dice(uint32_t sides)
{
	seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (uint32_t)(seed >> 33) % sides;
}

/* Ids that only look alike: numbers with and without zeroes before them, of 22 and 23 digits, and texts. */
static struct str
id_text(uint32_t k)
{
	static const char *const odd[] = {
		"1",
		"01",
		"001",
		"9999999999999999999999",
		"0000000000000000000000",
		"09999999999999999999999",
		"99999999999999999999990",
		"0000000000000000000001",
		"10000000000000000000000",
		"KH-0001",
		"KH-00011",
		"供給地点",
		"123456789012345678901x",
		"x234567890123456789012",
		"/:;<=>?@ABCDEFGHIJ0123",
		"1234567890123456",
		"12345678901234567",
		"123456789012345",
	};

	if (k < COUNT(odd))
		return str_trim(str_of(odd[k]));
	if (k % 5 == 0)
		return arena_printf(&text, "facility %u \"%u\"", k, k / 2);
	if (k % 7 == 0)
		return arena_printf(&text, "%0*u", (int)(k % 23), k);
	return arena_printf(&text, "03%020u", k * 7919);
}

static const char *
instant_text(int hour)
{
	int day = hour / 24 % 28 + 1, month = hour / 24 / 28 % 12 + 1;

	switch (dice(4)) {
	case 0:
		return arena_printf(&text, "2022-%02d-%02d", month, day).p;
	case 1:
		return arena_printf(&text, "2022/%d/%d %02d:00", month, day, hour % 24).p;
	case 2:
		return arena_printf(&text, "2022-%02d-%02dT%02d:17:05.250+09:00", month, day,
				    hour % 24)
			.p;
	default:
		return arena_printf(&text, "2022-%02d-%02d 00:00", month, day).p;
	}
}

/* Stretches of one consumer, an hour or months long; never two at a time, for a day lies between them. */
static struct str
rows_of(uint32_t k)
{
	static const char *const types[] = { "", "normal", "last", "fit" };
	struct str id = id_text(k), quoted, all = { 0 };
	int hour = 24 * (int)dice(20);
	bool open = dice(3) == 0;
	struct out o;

	out_memory(&o);
	out_csv(&o, id);
	quoted = arena_str(&text, out_taken(&o));
	out_discard(&o);
	for (uint32_t n = 1 + dice(2) * dice(4); n; n--) {
		int to = hour + 48 + (int)dice(900);
		bool last = n == 1 && dice(2);

		all = arena_printf(&text, STR_FMT STR_FMT ",S%u%s,%s,%s,%s,%s\n", STR_ARG(all),
				   STR_ARG(quoted), dice(30), dice(5) ? "" : "株式会社",
				   dice(4) ? "east" : "", types[dice(4)],
				   open ? "" : instant_text(hour), last ? "" : instant_text(to));
		open = false;
		hour = to + 48;
	}
	return all;
}

/* The lines of all consumers, shuffled. */
static struct str
world_text(uint32_t ids)
{
	struct str line[ROWS * 2], all = STR("consumer,小売事業者,area,type,valid_from,valid_to\n");
	size_t n = 0;

	for (uint32_t k = 0; k < ids; k++) {
		struct str rest = rows_of(k);

		while (rest.n && n < COUNT(line))
			line[n++] = str_split(&rest, '\n');
	}
	for (size_t i = 0; i < n; i++) {
		size_t k = dice((uint32_t)n);
		struct str swap = line[i];

		line[i] = line[k];
		line[k] = swap;
	}
	for (size_t i = 0; i < n; i++)
		all = arena_printf(&text, STR_FMT STR_FMT "%s", STR_ARG(all), STR_ARG(line[i]),
				   dice(20) ? "\n" : "\r\n\n,,\n");
	return all;
}

static void
ask_for(struct shelf *s, uint32_t ids)
{
	for (uint32_t k = 0; k < ids + 20; k++)
		bench_word(s->b, DICT_OBJECT, id_text(k));
}

static void
assert_same_views(struct shelf *with, struct shelf *without)
{
	const struct seen nobody = { .id = 0 };

	for (uint32_t i = 0; i <= with->b->words[DICT_OBJECT]; i++) {
		for (int day = -5; day < 400; day += 3) {
			int64_t ts = instant("2022-01-01") + day * (int64_t)DAY_MS + dice(DAY_MS);
			struct regard a, b;

			with->b->look.view(with->b->c, &nobody, i, ts, &a);
			without->b->look.view(without->b->c, &nobody, i, ts, &b);
			assert_int_equal(a.consumer_row, b.consumer_row);
			assert_int_equal(a.relation, b.relation);
			assert_int_equal(a.switch_boundary, b.switch_boundary);
		}
	}
}

static void
assert_same_answers(struct shelf *with, struct shelf *without)
{
	struct out a, b;

	assert_true(with->b->c->indexed);
	assert_false(without->b->c->indexed);
	shelf_tell(with, &a);
	shelf_tell(without, &b);
	if (!str_eq(out_taken(&a), out_taken(&b)))
		fail_msg("with the index:\n" STR_FMT "\nwithout:\n" STR_FMT, STR_ARG(out_taken(&a)),
			 STR_ARG(out_taken(&b)));
	out_discard(&a);
	out_discard(&b);
	assert_same_views(with, without);
}

static void
assert_same_record(struct shelf *with, struct shelf *without)
{
	size_t n;
	const struct ledger_info *a = context_ledgers(with->b->c, &n);
	const struct ledger_info *b = context_ledgers(without->b->c, &n);

	assert_int_equal(n, 1);
	assert_int_equal(a->rows, b->rows);
	assert_string_equal(a->sha256, b->sha256);
	assert_true(str_is(a->path, with->csv));
}

static void
answers_are_the_ledgers(void **state UNUSED)
{
	for (int i = 0; i < WORLDS; i++) {
		uint32_t ids = 1 + dice(IDS);
		struct str csv = world_text(ids);
		struct shelf *with = shelf_new(csv), *without = shelf_new(csv);
		struct consumer_built built;

		ask_for(with, ids);
		ask_for(without, ids);
		if (shelf_build(with, 64 + dice(i % 2 ? 64 : 20000), &built))
			fail_msg(STR_FMT, STR_ARG(with->err.list.at[0]));
		assert_int_equal(shelf_look(with, 1 + dice(3)), 0);
		assert_int_equal(shelf_look(without, 1 + dice(3)), 0);
		assert_same_answers(with, without);
		assert_same_record(with, without);
		assert_int_equal(built.rows, without->b->c->ledger[LEDGER_consumers].count);
		shelf_free(with);
		shelf_free(without);
		arena_free(&text);
	}
}

static struct str
file_text(const char *path)
{
	struct stat st;
	int fd = open(path, O_RDONLY);
	char *p;

	assert_true(fd >= 0);
	assert_int_equal(fstat(fd, &st), 0);
	p = arena_alloc(&text, (size_t)st.st_size);
	assert_int_equal(read(fd, p, (size_t)st.st_size), st.st_size);
	close(fd);
	return (struct str){ p, (size_t)st.st_size };
}

static void
assert_same_index_again(struct shelf *s)
{
	uint8_t first[SHA256_SIZE], second[SHA256_SIZE];
	struct consumer_built built;

	sha256_of(file_text(s->index), first);
	assert_int_equal(shelf_build(s, 1 << 20, &built), 0);
	sha256_of(file_text(s->index), second);
	assert_memory_equal(first, second, sizeof(first));
}

/* 12,000 rows in eight parts: more than a bucket, a part and a window hold. */
static void
many_rows(void **state UNUSED)
{
	struct shelf *with, *without;
	struct consumer_built built;
	struct out o;

	out_memory(&o);
	out_text(&o, "consumer,supplier,valid_from,valid_to,remarks\n");
	for (unsigned i = 0; i < 12000; i++)
		out_printf(&o, "%022u,S%u,%s,%s,%0400u\n", i / 3 * 3 + i % 3 / 2 * 40000, i % 100,
			   i % 3 == 1 ? "2022-05-01" : "", i % 3 == 0 ? "2022-05-01" : "", 0U);
	with = shelf_new(out_taken(&o));
	without = shelf_new(out_taken(&o));
	out_discard(&o);
	for (unsigned i = 0; i < 500; i++) {
		struct str id = arena_printf(&text, "%022u", i * 17 % 12000 + i % 2 * 40000);

		bench_word(with->b, DICT_OBJECT, id);
		bench_word(without->b, DICT_OBJECT, id);
	}
	assert_int_equal(shelf_build(with, 1 << 20, &built), 0);
	assert_int_equal(built.rows, 12000);
	assert_int_equal(built.ids, 8000);
	assert_same_index_again(with);
	assert_int_equal(shelf_look(with, 3), 0);
	assert_int_equal(with->b->c->consumers.head.bits, 2);
	assert_int_equal(shelf_look(without, 1), 0);
	assert_same_answers(with, without);
	shelf_free(with);
	shelf_free(without);
	arena_free(&text);
}

static struct str
messages(const struct errors *err, const char *path)
{
	struct str all = { 0 };

	for (size_t i = 0; i < err->list.n; i++) {
		struct str m = err->list.at[i];

		/* The paths of the two differ in length by nothing, and in their last six letters. */
		if (str_starts(m, str_of(path)))
			m = str_skip(m, str_of(path).n);
		all = arena_printf(&text, STR_FMT STR_FMT "\n", STR_ARG(all), STR_ARG(m));
	}
	return arena_printf(&text, STR_FMT "and %zu", STR_ARG(all), err->dropped);
}

static struct str
overlapping_everywhere(void)
{
	struct out o;
	struct str all;

	out_memory(&o);
	out_text(&o, "consumer,supplier\n");
	for (unsigned i = 0; i < 9000; i++)
		out_printf(&o, "%022u,S\n", i * 7 % 3000);
	all = arena_str(&text, out_taken(&o));
	out_discard(&o);
	return all;
}

/* What a wrong ledger is told is the same, message by message. */
static void
mistakes_are_the_ledgers(void **state UNUSED)
{
	const struct str wrong[] = {
		STR(""),
		STR("\n\n"),
		STR("consumer,suplier\n1,a\n"),
		STR("consumer\n1\n"),
		STR("consumer,supplier,consumer\n1,a,1\n"),
		STR("consumer,supplier\n1,a\n1,b\n"),
		STR("consumer,supplier,valid_from,valid_to\n2,a,,\n1,a,2022-01-01,2022-02-01\n"
		    "1,a,2022-01-31,\n2,b,2022-01-01,2022-01-02\n1,c,,\n"),
		STR("consumer,supplier,type\n,a,x\n3.1E+21,b,fit\n1,,last\n1,c,\n1,d,normal,e\n"),
		STR("consumer,supplier\n1,a\n\"2,b\n3,c\n4,d\n"),
		STR("consumer,supplier\n\"1\"x,a\n1,b\n"),
		STR("consumer,supplier,valid_from,valid_to\n1,a,2022-02-01,2022-01-01\n1,b,x,y\n"),
		STR("consumer,supplier\n1,\x89\xFF\n"),
		STR("consumer,supplier\n1,\x89"),
		STR("consumer,supplier\n1,霞電力株式会社\n2,\xB6\n"),
		STR("\xEF\xBB\xBF"
		    "consumer,supplier\n1,\x89\xE0\n"),
		overlapping_everywhere(),
	};

	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct shelf *with = shelf_new(wrong[i]), *without = shelf_new(wrong[i]);
		struct consumer_built built;
		struct str a, b;

		assert_int_equal(shelf_build(with, i % 2 ? 64 : 4096, &built), -1);
		assert_int_equal(access(with->index, F_OK), -1);
		assert_int_equal(shelf_look(without, 1), -1);
		a = messages(&with->err, with->csv);
		b = messages(&without->b->err, without->csv);
		if (!str_eq(a, b))
			fail_msg("%zu: told\n" STR_FMT "\nwanted\n" STR_FMT, i, STR_ARG(a),
				 STR_ARG(b));
		shelf_free(with);
		shelf_free(without);
	}
	arena_free(&text);
}

/* What only the encoding, or where a window ends, could change. */
static void
odd_files(void **state UNUSED)
{
	static const struct {
		const char *name, *csv;
	} cases[] = {
		{ "CP932",
		  "consumer,\x8F\xAC\x94\x84\x8E\x96\x8B\xC6\x8E\xD2\r\n1,\x89\xE0\r\n2,\xB6\xBD"
		  "\xD0\r\n" },
		{ "no newline at the end", "consumer,supplier\n1,a\n2,b" },
		{ "a byte order mark", "\xEF\xBB\xBF"
				       "consumer,supplier\n1,a\n" },
		{ "a byte order mark before every row", "\xEF\xBB\xBF"
							"consumer,supplier\n\xEF\xBB\xBF"
							"1,a\n\xEF\xBB\xBF"
							"2,b\n" },
		{ "rows over several lines",
		  "consumer,supplier\n1,\"a\n\n,\n\"\n\"2\nx\",\"b\"\n2,\"c\"\"\n\"\n1x,d\n" },
		{ "a header alone", "consumer,supplier\n" },
		{ "a header over several lines", "\n,,\nconsumer,supplier,\"re\nmarks\"\n1,a,\n" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		for (size_t window = 8; window < 64; window++) {
			struct shelf *with = shelf_new(str_of(cases[i].csv)),
				     *without = shelf_new(str_of(cases[i].csv));
			struct consumer_built built;
			static const char *const ids[] = { "1",
							   "2",
							   "2\nx",
							   "1x",
							   "\xEF\xBB\xBF"
							   "1",
							   "\xEF\xBB\xBF"
							   "2" };

			for (size_t k = 0; k < COUNT(ids); k++) {
				bench_word(with->b, DICT_OBJECT, str_of(ids[k]));
				bench_word(without->b, DICT_OBJECT, str_of(ids[k]));
			}
			if (shelf_build(with, window, &built))
				fail_msg("%s: " STR_FMT, cases[i].name,
					 STR_ARG(with->err.list.at[0]));
			assert_int_equal(shelf_look(with, 1), 0);
			assert_int_equal(shelf_look(without, 1), 0);
			assert_same_answers(with, without);
			assert_same_record(with, without);
			shelf_free(with);
			shelf_free(without);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_are_the_ledgers),
		cmocka_unit_test(many_rows),
		cmocka_unit_test(mistakes_are_the_ledgers),
		cmocka_unit_test(odd_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
