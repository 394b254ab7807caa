/*
 * consumer_damage_test.c - an index that is damaged, cut, stale or of something else: an error that names it, the ledger
 * instead, or the right answer; never another answer, never a signal.
 */
#include "base/guard.h"
#include "context/consumer_testing.h"

/* Numbers and texts; one row and several; days and odd instants. */
static const char ledger[] = "consumer,supplier,area,type,valid_from,valid_to\n"
			     "0310000000000000100004,NEWA,east,normal,2022-01-01,2022-10-01\n"
			     "0310000000000000100004,KEP,east,last,2022-10-01,\n"
			     "0310000000000000100005,KEP,west,,,\n"
			     "0310000000000000100006,KEP,west,fit,2022-04-01 09:30,\n"
			     "facility A,NEWB,east,,,2022-09-10\n"
			     "facility B,NEWA,,,2022-01-01,2022-02-01\n"
			     "facility B,NEWB,,,2022-03-01,\n";

static const char *const objects[] = { "0310000000000000100004",
				       "0310000000000000100005",
				       "0310000000000000100006",
				       "0310000000000000100007",
				       "facility A",
				       "facility B",
				       "facility C" };

struct damaged {
	struct shelf *s;
	struct str bytes; /* of the index as it was built */
	char *room;
	struct out want; /* what the ledger says */
	int fd;
};

static void
damaged_new(struct damaged *d)
{
	struct consumer_built built;
	struct stat st;

	d->s = shelf_new(str_of(ledger));
	for (size_t i = 0; i < COUNT(objects); i++)
		bench_word(d->s->b, DICT_OBJECT, str_of(objects[i]));
	assert_int_equal(shelf_look(d->s, 1), 0);
	shelf_tell(d->s, &d->want);
	assert_int_equal(shelf_build(d->s, 4096, &built), 0);
	d->fd = open(d->s->index, O_RDWR);
	assert_true(d->fd >= 0);
	assert_int_equal(fstat(d->fd, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(st.st_size, built.bytes);
	d->room = xalloc(1, built.bytes);
	assert_int_equal(pread(d->fd, d->room, built.bytes, 0), built.bytes);
	d->bytes = (struct str){ d->room, built.bytes };
}

static void
damaged_free(struct damaged *d)
{
	out_discard(&d->want);
	close(d->fd);
	free(d->room);
	shelf_free(d->s);
}

static void
restore(const struct damaged *d)
{
	assert_int_equal(ftruncate(d->fd, (off_t)d->bytes.n), 0);
	assert_int_equal(pwrite(d->fd, d->bytes.p, d->bytes.n, 0), d->bytes.n);
}

static void
assert_right(const struct damaged *d)
{
	struct out got;

	shelf_tell(d->s, &got);
	assert_true(str_eq(out_taken(&got), out_taken(&d->want)));
	out_discard(&got);
}

static void
assert_told(const struct damaged *d)
{
	const struct errors *err = &d->s->b->err;

	assert_int_equal(err->list.n, 1);
	assert_true(str_contains(err->list.at[0], str_of(d->s->index)));
	assert_true(str_contains(err->list.at[0], STR("`sekisho ledger index`")));
}

/* Error or right answer; true: error. */
static bool
look(const struct damaged *d)
{
	if (shelf_look(d->s, 1)) {
		assert_told(d);
		return true;
	}
	assert_right(d);
	return false;
}

static void
whole(void **state UNUSED)
{
	struct damaged d;

	damaged_new(&d);
	assert_false(look(&d));
	assert_true(d.s->b->c->indexed);
	assert_int_equal(context_notes(d.s->b->c)->list.n, 0);
	damaged_free(&d);
}

static void
every_byte_flipped(void **state UNUSED)
{
	static const uint8_t flips[] = { 0x01, 0x80, 0xFF };
	struct damaged d;
	size_t told = 0;

	damaged_new(&d);
	for (size_t i = 0; i < d.bytes.n; i++) {
		char c = (char)(d.bytes.p[i] ^ flips[i % COUNT(flips)]);

		assert_int_equal(pwrite(d.fd, &c, 1, (off_t)i), 1);
		told += look(&d);
		assert_int_equal(pwrite(d.fd, d.bytes.p + i, 1, (off_t)i), 1);
	}
	/* All but version and order of bytes, which make it stale, and of both texts the zeroes behind them and the
	 * check, which is not asked when the text is the one that was looked for. */
	assert_int_equal(told, d.bytes.n - 8 - 6 - 6 - 8 - 8);
	damaged_free(&d);
}

static void
every_length(void **state UNUSED)
{
	struct damaged d;

	damaged_new(&d);
	for (size_t n = d.bytes.n; n-- > 0;) {
		assert_int_equal(ftruncate(d.fd, (off_t)n), 0);
		assert_true(look(&d));
	}
	restore(&d);
	assert_int_equal(pwrite(d.fd, "x", 1, (off_t)d.bytes.n), 1);
	assert_true(look(&d));
	damaged_free(&d);
}

/* The file shrinks between opening and looking up, which is when it is mapped. */
static void
cut_while_open(void **state UNUSED)
{
	struct damaged d;

	damaged_new(&d);
	for (size_t n = 0; n < d.bytes.n; n += 1 + n / 8) {
		struct bench *b = d.s->b;

		restore(&d);
		assert_int_equal(shelf_look(d.s, 1), 0);
		assert_int_equal(ftruncate(d.fd, (off_t)n), 0);
		errors_free(&b->err);
		if (context_resolve(b->c, &b->names, 2, &b->err))
			assert_told(&d);
		else
			assert_right(&d);
	}
	damaged_free(&d);
}

/* Cut when it is already mapped: what the pages then say is zeroes. */
static void
cut_while_mapped(void **state UNUSED)
{
	struct consumer_index *ix;
	struct consumer_probe p;
	struct index_slot slot;
	struct damaged d;

	damaged_new(&d);
	assert_false(look(&d));
	ix = &d.s->b->c->consumers;
	assert_true(consumer_index_map(ix, 1));
	consumer_index_watch(ix);
	assert_true(consumer_probe_set(ix, str_of(objects[0]), &p));
	assert_int_equal(consumer_index_find(ix, &p, str_of(objects[0]), &slot), CONSUMER_FOUND);
	assert_int_equal(ftruncate(d.fd, 0), 0);
	assert_int_equal(consumer_index_find(ix, &p, str_of(objects[0]), &slot), CONSUMER_BROKEN);
	guard_watch(NULL, 0);
	consumer_index_unmap(ix);
	damaged_free(&d);
}

/* Blocks that are right, but not there: every two of 128 bytes exchanged. */
static void
bytes_elsewhere(void **state UNUSED)
{
	enum { BLOCK = 128 };
	struct damaged d;
	size_t first = INDEX_HEAD + sizeof(struct index_part);

	damaged_new(&d);
	for (size_t a = first; a + BLOCK <= d.bytes.n; a += BLOCK) {
		for (size_t b = a + BLOCK; b + BLOCK <= d.bytes.n; b += BLOCK) {
			assert_int_equal(pwrite(d.fd, d.bytes.p + a, BLOCK, (off_t)b), BLOCK);
			assert_int_equal(pwrite(d.fd, d.bytes.p + b, BLOCK, (off_t)a), BLOCK);
			look(&d);
			restore(&d);
		}
	}
	damaged_free(&d);
}

static void
assert_stale(struct damaged *d, const char *part)
{
	const struct errors *notes;

	assert_false(look(d));
	assert_false(d->s->b->c->indexed);
	notes = context_notes(d->s->b->c);
	assert_int_equal(notes->list.n, 1);
	assert_true(str_contains(notes->list.at[0], str_of(part)));
	assert_true(str_contains(notes->list.at[0], STR("`sekisho ledger index`")));
}

static void
stale(void **state UNUSED)
{
	struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, { .tv_sec = 1234567890 } };
	uint32_t version = INDEX_VERSION + 1;
	struct damaged d;
	struct stat st;

	damaged_new(&d);
	assert_int_equal(stat(d.s->csv, &st), 0);
	assert_int_equal(utimensat(AT_FDCWD, d.s->csv, times, 0), 0);
	assert_stale(&d, "is of another consumers ledger");
	times[1] = st.st_mtim;
	assert_int_equal(utimensat(AT_FDCWD, d.s->csv, times, 0), 0);
	assert_false(look(&d));
	assert_true(d.s->b->c->indexed);
	assert_int_equal(truncate(d.s->csv, st.st_size - 1), 0);
	assert_int_equal(utimensat(AT_FDCWD, d.s->csv, times, 0), 0);
	assert_stale(&d, "is of another consumers ledger");
	assert_int_equal(
		pwrite(d.fd, &version, sizeof(version), offsetof(struct index_head, version)),
		sizeof(version));
	assert_stale(&d, "was built by another version");
	damaged_free(&d);
}

/* Sparse files: nothing of them is read. */
static void
too_large_to_load(void **state UNUSED)
{
	struct shelf *s = shelf_new(str_of(ledger));

	assert_int_equal(truncate(s->csv, ((off_t)1 << 30) + 1), 0);
	assert_int_equal(shelf_look(s, 1), -1);
	assert_int_equal(s->b->err.list.n, 1);
	assert_true(str_starts(s->b->err.list.at[0], STR("sekisho.yaml:9: the ledger '")));
	assert_true(str_contains(s->b->err.list.at[0],
				 STR("is larger than 1 GiB and has no index that can be used; "
				     "`sekisho ledger index` builds one")));
	shelf_free(s);
}

static void
no_regular_file(void **state UNUSED)
{
	struct shelf *s = shelf_new(str_of(ledger));
	struct consumer_built built;

	assert_int_equal(mkdir(s->index, 0700), 0);
	assert_int_equal(shelf_look(s, 1), -1);
	assert_true(str_contains(s->b->err.list.at[0], STR(".idx' is no regular file;")));
	assert_int_equal(rmdir(s->index), 0);
	unlink(s->csv);
	assert_int_equal(mkfifo(s->csv, 0600), 0);
	assert_int_equal(shelf_build(s, 4096, &built), -1);
	assert_true(str_contains(s->err.list.at[0],
				 STR("is no regular file; only one can have an index")));
	shelf_free(s);
}

/* Where nothing can be written, what stood there before stays. */
static void
no_room(void **state UNUSED)
{
	struct consumer_built built;
	struct damaged d;
	struct shelf *s;

	damaged_new(&d);
	s = d.s;
	s->csv[5]++;
	assert_int_equal(shelf_build(s, 4096, &built), -1);
	assert_true(str_contains(s->err.list.at[0], STR("cannot be read: No such file")));
	s->csv[5]--;
	errors_free(&s->err);
	snprintf(s->index, sizeof(s->index), "/nowhere/sekisho.idx");
	assert_int_equal(shelf_build(s, 4096, &built), -1);
	assert_true(str_contains(s->err.list.at[0], STR("cannot write '/nowhere/sekisho.idx'")));
	snprintf(s->index, sizeof(s->index), "%s.idx", s->csv);
	assert_false(look(&d));
	assert_true(s->b->c->indexed);
	damaged_free(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole),
		cmocka_unit_test(every_byte_flipped),
		cmocka_unit_test(every_length),
		cmocka_unit_test(cut_while_open),
		cmocka_unit_test(cut_while_mapped),
		cmocka_unit_test(bytes_elsewhere),
		cmocka_unit_test(stale),
		cmocka_unit_test(too_large_to_load),
		cmocka_unit_test(no_regular_file),
		cmocka_unit_test(no_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
