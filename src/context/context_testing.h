/*
 * context_testing.h - for the tests of this directory: ledgers from strings, and small dictionaries.
 */
#ifndef SEKISHO_CONTEXT_CONTEXT_TESTING_H
#define SEKISHO_CONTEXT_CONTEXT_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/civil.h"
#include "context/context.h"

#include <unistd.h>

enum { BENCH_LEDGERS = 26, BENCH_WORDS = 512 };

/* A policy of one or two systems and the ledgers given to bench_ledger(), each in a file of its own. */
struct bench {
	struct policy policy;
	struct policy_system system[2];
	struct resource resource[2];
	struct policy_ledger ledger[BENCH_LEDGERS];
	char path[BENCH_LEDGERS][40];
	struct str word[DICT_COUNT][BENCH_WORDS]; /* dictionaries; number 1 is word[0] */
	uint32_t words[DICT_COUNT];
	struct tuple tuple[BENCH_WORDS];
	uint32_t tuples;
	struct names names;
	struct errors err;
	struct context *c;
	struct lookup look;
};

static inline uint32_t
bench_count(const void *facts, enum dict dict)
{
	return ((const struct bench *)facts)->words[dict];
}

static inline struct str
bench_text(const void *facts, enum dict dict, uint32_t number)
{
	return number ? ((const struct bench *)facts)->word[dict][number - 1] : (struct str){ 0 };
}

static inline uint32_t
bench_tuple_count(const void *facts)
{
	return ((const struct bench *)facts)->tuples;
}

static inline const struct tuple *
bench_tuple(const void *facts, uint32_t number)
{
	return &((const struct bench *)facts)->tuple[number - 1];
}

static inline struct bench *
bench_new(void)
{
	struct bench *b = xalloc(1, sizeof(*b));

	b->system[0].id = STR("takuso");
	b->system[1].id = STR("denwa");
	for (size_t i = 0; i < COUNT(b->system); i++)
		b->system[i].split_since = INT64_MAX;
	b->resource[0] = (struct resource){ .class = STR("contract"),
					    .sensitivity = SENSITIVITY_NON_PUBLIC };
	b->resource[1] =
		(struct resource){ .class = STR("notice"), .sensitivity = SENSITIVITY_PUBLIC };
	b->policy = (struct policy){ .system = b->system,
				     .system_count = 2,
				     .resource = b->resource,
				     .resource_count = 2,
				     .ledger = b->ledger };
	b->names = (struct names){ b, bench_count, bench_text, bench_tuple_count, bench_tuple };
	return b;
}

static inline void
bench_ledger(struct bench *b, const char *name, struct str text)
{
	size_t i = b->policy.ledger_count++;
	int fd;

	snprintf(b->path[i], sizeof(b->path[i]), "/tmp/sekisho-ledger-XXXXXX");
	fd = mkstemp(b->path[i]);
	assert_true(fd >= 0);
	for (size_t at = 0; at < text.n;) {
		ssize_t n = write(fd, text.p + at, text.n - at);

		assert_true(n > 0);
		at += (size_t)n;
	}
	close(fd);
	b->ledger[i] = (struct policy_ledger){ .name = str_of(name),
					       .path = str_of(b->path[i]),
					       .at = { .file = STR("sekisho.yaml"), .line = 9 } };
}

static inline uint32_t
bench_word(struct bench *b, enum dict dict, struct str word)
{
	for (uint32_t i = 0; i < b->words[dict]; i++) {
		if (str_eq(b->word[dict][i], word))
			return i + 1;
	}
	assert_true(b->words[dict] < BENCH_WORDS);
	b->word[dict][b->words[dict]++] = word;
	return b->words[dict];
}

static inline uint32_t
bench_add_tuple(struct bench *b, struct tuple t)
{
	b->tuple[b->tuples++] = t;
	return b->tuples;
}

static inline int
bench_load(struct bench *b)
{
	int failed = context_load(&b->c, &b->policy, true, &b->err);

	for (size_t i = 0; i < b->policy.ledger_count; i++)
		unlink(b->path[i]);
	return failed;
}

/* Load, resolve, and complain with the first message if the ledgers are wrong. */
static inline void
bench_ready(struct bench *b)
{
	if (bench_load(b) && b->err.list.n)
		fail_msg(STR_FMT, STR_ARG(b->err.list.at[0]));
	assert_int_equal(context_resolve(b->c, &b->names, 2, &b->err), 0);
	context_lookup(b->c, &b->look);
}

static inline void
bench_free(struct bench *b)
{
	context_free(b->c);
	errors_free(&b->err);
	free(b);
}

static inline int64_t
instant(const char *text)
{
	int64_t ts = 0;

	if (!civil_parse_jst(str_of(text), &ts))
		fail_msg("'%s' is no instant", text);
	return ts;
}

#endif
