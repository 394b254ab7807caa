/*
 * hmac_test.c - HMAC-SHA-256 against the printed answers of RFC 4231.
 */
#include "base/test_wall.h"

#include "base/hmac.h"

static const struct {
	const char *name;
	char byte; /* of a key that is one byte, repeated */
	size_t times;
	const char *key, *text, *want;
} cases[] = {
	{ "a key of 20 bytes", 0x0b, 20, NULL, "Hi There",
	  "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7" },
	{ "a key shorter than a digest", 0, 0, "Jefe", "what do ya want for nothing?",
	  "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843" },
	{ "a key longer than a block", (char)0xaa, 131, NULL,
	  "Test Using Larger Than Block-Size Key - Hash Key First",
	  "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54" },
};

static void
printed_answers_come(void **state UNUSED)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		char repeated[200], hex[SHA256_HEX];
		struct str key = str_of(cases[i].key);
		uint8_t digest[SHA256_SIZE];
		struct hmac h;

		if (!cases[i].key) {
			memset(repeated, cases[i].byte, cases[i].times);
			key = (struct str){ .p = repeated, .n = cases[i].times };
		}
		hmac_key(&h, walled(key));
		for (int twice = 0; twice < 2; twice++) { /* a key may be used again */
			hmac_of(&h, str_of(cases[i].text), digest);
			sha256_hex(digest, hex);
			want_str(cases[i].name, "digest", str_of(cases[i].want), str_of(hex));
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(printed_answers_come),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
