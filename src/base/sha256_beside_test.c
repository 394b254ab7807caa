/*
 * sha256_beside_test.c - the digest beside is the digest, for no buffer, one, and more than the ring has.
 */
#include "base/test_wall.h"

#include "base/sha256_beside.h"

enum { BYTES_MOST = 11 * BESIDE_BUFFER };

static void
the_digest_is_that_of_the_bytes(void **state UNUSED)
{
	static const struct {
		const char *name;
		size_t n, step;
	} cases[] = {
		{ "nothing", 0, BESIDE_BUFFER },
		{ "less than a buffer", 1000, BESIDE_BUFFER },
		{ "a buffer", BESIDE_BUFFER, BESIDE_BUFFER },
		{ "a buffer and a byte", BESIDE_BUFFER + 1, BESIDE_BUFFER },
		{ "many", BYTES_MOST, BESIDE_BUFFER },
		{ "many that are not full", 200000, 777 },
	};
	char *bytes = malloc(BYTES_MOST);
	struct dice d = { 17 };

	assert_non_null(bytes);
	throw_bytes(&d, bytes, BYTES_MOST);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct beside *b = beside_new();
		uint8_t want[SHA256_SIZE], got[SHA256_SIZE];

		for (size_t at = 0, n; at < cases[i].n; at += n) {
			char *buffer = beside_buffer(b);

			n = min_size(cases[i].step, cases[i].n - at);
			memcpy(buffer, bytes + at, n);
			beside_hand(b, n);
			/* Its reader still has it. */
			if (memcmp(buffer, bytes + at, n) != 0)
				fail_msg("%s: a buffer changed", cases[i].name);
		}
		beside_end(b, got);
		sha256_of((struct str){ bytes, cases[i].n }, want);
		if (memcmp(want, got, sizeof(want)) != 0)
			fail_msg("%s: another digest", cases[i].name);
	}
	free(bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_digest_is_that_of_the_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
