/*
 * cc.h - what we ask of the compiler, and the calls that must not compile.
 * Every file of sekisho includes this first, through str.h or mem.h.
 */
#ifndef SEKISHO_BASE_CC_H
#define SEKISHO_BASE_CC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PRINTFLIKE(fmt, first) __attribute__((format(printf, fmt, first)))
#define NORETURN __attribute__((noreturn))
#define UNUSED __attribute__((unused))
#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Big per-line buffers are written before they are read; zeroing them costs more than parsing. */
#if defined(__has_attribute)
#if __has_attribute(uninitialized)
#define UNINITIALIZED __attribute__((uninitialized))
#endif
#endif
#ifndef UNINITIALIZED
#define UNINITIALIZED
#endif

static inline int64_t
min_i64(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static inline int64_t
max_i64(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static inline uint64_t
min_u64(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static inline uint64_t
max_u64(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

static inline size_t
min_size(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Input is never NUL-terminated, so these have no business here. */
#pragma GCC poison strcpy strcat sprintf vsprintf strtok atoi atol gets strtol strtoul strptime    \
	mktime

#endif
