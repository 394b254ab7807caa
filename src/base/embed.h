/*
 * embed.h - a file of the source tree inside the program, to the byte: the assembler copies it in.
 *
 *     EMBED(manual, "man/sekisho.1")    gives manual[] and manual_end[]; a NUL stands there
 *
 * At file level; paths are of the folder the build runs in, and make is told of the file in the Makefile, since the
 * assembler tells no one what it read.  Bound to gcc and clang, and to ELF or Mach-O.  C23's #embed will do the same
 * everywhere.
 */
#ifndef SEKISHO_BASE_EMBED_H
#define SEKISHO_BASE_EMBED_H

#if defined(__ELF__)
#define EMBED_SECTION ".rodata"
#elif defined(__MACH__)
#define EMBED_SECTION "__TEXT,__const"
#else
#error "EMBED() knows how to copy a file into ELF and Mach-O: name the section of read-only data here"
#endif

#define EMBED_TEXT(x) #x
#define EMBED_PREFIX(x) EMBED_TEXT(x) /* what the compiler puts before names: nothing, or '_' */

#define EMBED(name, path)                                                                          \
	__asm__(".pushsection " EMBED_SECTION "\n" EMBED_PREFIX(__USER_LABEL_PREFIX__) #name       \
		": .incbin \"" path "\"\n" EMBED_PREFIX(__USER_LABEL_PREFIX__) #name               \
		"_end: .byte 0\n"                                                                  \
		".popsection\n");                                                                  \
	/* NOLINTNEXTLINE(bugprone-macro-parentheses) ; a name that is declared */                 \
	extern const char name[], name##_end[]

#endif
