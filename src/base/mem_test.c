/*
 * mem_test.c - arenas whose pieces never overlap, also after joining; arrays that grow; the end of
 * memory.
 */
#include "base/test_wall.h"

#include "base/mem.h"

#include <fcntl.h>
#include <sys/wait.h>

enum { PIECES = 400 };

struct piece {
	unsigned char *p;
	size_t n;
	unsigned char fill;
};

/* Takes a zeroed, aligned piece and fills it. */
static struct piece
piece_new(struct arena *a, struct dice *d)
{
	static const size_t sizes[] = { 0, 1, 15, 16, 17, 100, 4000, 65535, 65536, 65537, 200000 };
	struct piece piece = { .n = sizes[throw_of(d, COUNT(sizes))] };

	piece.fill = (unsigned char)(1 + throw_of(d, 255));
	piece.p = arena_alloc(a, piece.n);
	assert_true((uintptr_t)piece.p % _Alignof(max_align_t) == 0);
	for (size_t i = 0; i < piece.n; i++) {
		if (piece.p[i])
			fail_msg("byte %zu of %zu is not zero", i, piece.n);
	}
	memset(piece.p, piece.fill, piece.n);
	return piece;
}

static void
piece_check(const struct piece *piece)
{
	for (size_t i = 0; i < piece->n; i++) {
		if (piece->p[i] != piece->fill)
			fail_msg("byte %zu of %zu was overwritten", i, piece->n);
	}
}

static void
pieces_are_zeroed_aligned_and_apart(void **state UNUSED)
{
	static struct piece piece[PIECES];
	struct arena a = { 0 };
	struct dice d = { 9 };
	size_t sum = 0;

	for (int i = 0; i < PIECES; i++) {
		piece[i] = piece_new(&a, &d);
		sum += piece[i].n;
	}
	for (int i = 0; i < PIECES; i++)
		piece_check(&piece[i]);
	assert_true(a.bytes >= sum);
	arena_free(&a);
	assert_true(a.bytes == 0 && a.block == NULL);
}

/* Every pairing of empty, young and full arenas; the joined one goes on growing. */
static void
joined_arenas_keep_all(void **state UNUSED)
{
	static struct piece piece[PIECES];
	static const int counts[] = { 0, 1, 3, 40 };

	for (size_t x = 0; x < COUNT(counts) * COUNT(counts); x++) {
		struct arena a = { 0 }, from = { 0 };
		struct dice d = { x + 1 };
		int n = 0;
		size_t bytes;

		for (int i = 0; i < counts[x % COUNT(counts)]; i++)
			piece[n++] = piece_new(&a, &d);
		for (int i = 0; i < counts[x / COUNT(counts)]; i++)
			piece[n++] = piece_new(&from, &d);
		bytes = a.bytes + from.bytes;
		arena_join(&a, &from);
		want_i64("joined arenas", "bytes", (int64_t)bytes, (int64_t)a.bytes);
		want_i64("the emptied arena", "bytes", 0, (int64_t)from.bytes);
		for (int i = 0; i < 20; i++) {
			piece[n++] = piece_new(&a, &d);
			piece[n++] = piece_new(&from, &d);
		}
		for (int i = 0; i < n; i++)
			piece_check(&piece[i]);
		arena_free(&a);
		arena_free(&from);
	}
}

static void
texts_are_copied_with_a_NUL_behind(void **state UNUSED)
{
	struct arena a = { 0 };
	char source[] = "a\0b";
	struct str got = arena_str(&a, (struct str){ source, 3 });
	struct str nothing = arena_str(&a, (struct str){ 0 });
	struct str printed;

	source[0] = 'x';
	want_str("a copy", "text", STR("a\0b"), got);
	assert_true(got.p[3] == '\0' && nothing.n == 0 && nothing.p[0] == '\0');
	printed = arena_printf(&a, "%s-%05d", "row", 42);
	want_str("printed", "text", STR("row-00042"), printed);
	printed = arena_printf(&a, "%0100000d", 7);
	want_i64("a long print", "bytes", 100000, (int64_t)printed.n);
	assert_true(printed.p[99999] == '7' && printed.p[0] == '0' && printed.p[100000] == '\0');
	arena_free(&a);
}

static void
arrays_grow_and_keep_their_elements(void **state UNUSED)
{
	VEC(uint64_t) v = { 0 };

	for (uint64_t i = 0; i < 100000; i++)
		*VEC_PUSH(&v) = i * i;
	want_i64("pushed", "elements", 100000, (int64_t)v.n);
	for (uint64_t i = 0; i < v.n; i++) {
		if (v.at[i] != i * i)
			fail_msg("element %llu is lost", (unsigned long long)i);
	}
	assert_true(v.room >= v.n);
	VEC_FREE(&v);
	assert_true(v.at == NULL && v.n == 0 && v.room == 0);
}

/* AddressSanitizer's allocator ends the process before ours can. */
#if !defined(__SANITIZE_ADDRESS__)
/* How the process ends when memory is gone: in a child, its words hidden. */
static int
ending_of(void *(*take)(void))
{
	int status = 0;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		int null = open("/dev/null", O_WRONLY);

		dup2(null, 2);
		take();
		_exit(0);
	}
	assert_true(waitpid(child, &status, 0) == child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

static void *
too_many(void)
{
	return xalloc(SIZE_MAX / 2, 3);
}

static void *
too_many_again(void)
{
	return xrealloc(NULL, SIZE_MAX / 2, 3);
}

/* SPEC: 5 is an internal error. */
static void
memory_that_is_gone_ends_the_process_with_5(void **state UNUSED)
{
	want_i64("a product past the address space", "exit", 5, ending_of(too_many));
	want_i64("growing past the address space", "exit", 5, ending_of(too_many_again));
}
#endif

static void
an_index_is_zeroed_and_a_large_one_given_back(void **state UNUSED)
{
	static const struct {
		const char *name;
		size_t mask, kept;
	} cases[] = {
		{ "none", 0, 0 },
		{ "of a usual account", 63, 63 },
		{ "the largest that is kept", 4095, 4095 },
		{ "one step larger", 16383, 0 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t mask = cases[i].mask;
		uint32_t *slot = mask ? xalloc(mask + 1, sizeof(*slot)) : NULL, any = 0;

		for (size_t k = 0; mask && k <= mask; k++)
			slot[k] = 7;
		slot = index_empty(slot, &mask, sizeof(*slot));
		want_i64(cases[i].name, "mask", (int64_t)cases[i].kept, (int64_t)mask);
		want_i64(cases[i].name, "is there", cases[i].kept > 0, slot != NULL);
		for (size_t k = 0; slot && k <= mask; k++)
			any |= slot[k];
		want_i64(cases[i].name, "what is left in it", 0, any);
		free(slot);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
		cmocka_unit_test(joined_arenas_keep_all),
		cmocka_unit_test(texts_are_copied_with_a_NUL_behind),
		cmocka_unit_test(arrays_grow_and_keep_their_elements),
		cmocka_unit_test(an_index_is_zeroed_and_a_large_one_given_back),
#if !defined(__SANITIZE_ADDRESS__)
		cmocka_unit_test(memory_that_is_gone_ends_the_process_with_5),
#endif
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
