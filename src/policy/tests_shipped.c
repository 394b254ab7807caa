/*
 * tests_shipped.c - the tests of the shipped rules inside the program: one file beside each file of rules/.
 *
 * Copied in like the rules (rules_shipped.c), so that whoever has the program can see that it judges as it says.
 */
#include "policy/rule_tests.h"

#include "base/embed.h"

#define FAMILY(name) EMBED(tests_##name, "rules/" #name ".test.yaml");
#include "policy/rule_families.def"
#undef FAMILY

const struct shipped_tests shipped_tests[] = {
#define FAMILY(name) { "rules/" #name RULE_TESTS_END, tests_##name, tests_##name##_end },
#include "policy/rule_families.def"
#undef FAMILY
};

const size_t shipped_tests_count = COUNT(shipped_tests);
