/*
 * rules_shipped.c - the files of rules/ inside the program, so that it judges without any file installed.
 *
 * The assembler copies them in: what is judged by is what stands in rules/, to the byte.  Paths are of the folder
 * the build runs in.
 */
#include "policy/rules_shipped.h"

#define FAMILY(name)                                                                               \
	__asm__(".pushsection .rodata\n"                                                           \
		"shipped_" #name ": .incbin \"rules/" #name ".yaml\"\n"                            \
		"shipped_" #name "_end: .byte 0\n"                                                 \
		".popsection\n");                                                                  \
	extern const char shipped_##name[], shipped_##name##_end[];
#include "policy/rule_families.def"
#undef FAMILY

const struct shipped_file shipped_files[] = {
#define FAMILY(name) { "rules/" #name ".yaml", shipped_##name, shipped_##name##_end },
#include "policy/rule_families.def"
#undef FAMILY
};

const size_t shipped_file_count = COUNT(shipped_files);
