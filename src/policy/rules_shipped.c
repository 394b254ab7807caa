/*
 * rules_shipped.c - the files of rules/ inside the program, so that it judges without any file installed.  What is
 * judged by is what stands in rules/, to the byte.
 */
#include "policy/rules_shipped.h"

#include "base/embed.h"

#define FAMILY(name) EMBED(shipped_##name, "rules/" #name ".yaml");
#include "policy/rule_families.def"
#undef FAMILY

const struct shipped_file shipped_files[] = {
#define FAMILY(name) { "rules/" #name ".yaml", shipped_##name, shipped_##name##_end },
#include "policy/rule_families.def"
#undef FAMILY
};

const size_t shipped_file_count = COUNT(shipped_files);
