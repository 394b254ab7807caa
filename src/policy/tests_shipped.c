/*
 * tests_shipped.c - the tests of the shipped rules inside the program: one file beside each file of rules/.
 *
 * Copied in like the rules (rules_shipped.c), so that whoever has the program can see that it judges as it says.
 */
#include "policy/rule_tests.h"

#define FAMILY(name)                                                                               \
	__asm__(".pushsection .rodata\n"                                                           \
		"tests_" #name ": .incbin \"rules/" #name ".test.yaml\"\n"                         \
		"tests_" #name "_end: .byte 0\n"                                                   \
		".popsection\n");                                                                  \
	extern const char tests_##name[], tests_##name##_end[];
#include "policy/rule_families.def"
#undef FAMILY

const struct shipped_tests shipped_tests[] = {
#define FAMILY(name) { "rules/" #name RULE_TESTS_END, tests_##name, tests_##name##_end },
#include "policy/rule_families.def"
#undef FAMILY
};

const size_t shipped_tests_count = COUNT(shipped_tests);
