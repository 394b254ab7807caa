/*
 * facts_testing.h - for the tests of this directory: lines as plain text, the naive union of them,
 * and what facts give.
 */
#ifndef SEKISHO_FACTS_FACTS_TESTING_H
#define SEKISHO_FACTS_FACTS_TESTING_H

#include "base/test_wall.h"

#include "base/civil.h"
#include "facts/facts.h"

/* One line of one file; small numbers stand for texts. */
struct raw_line {
	int64_t ts;
	uint16_t account, object, terminal; /* 0: not said */
	uint8_t system, act, ok;
	uint32_t digest;
	uint32_t file, offset;
};

struct raw_lines {
	VEC(struct raw_line) at;
};

/* What two lines of one feed must share to be copies: all but where they lie. */
static inline int
raw_content_order(const struct raw_line *a, const struct raw_line *b)
{
	int64_t x[] = { a->account, a->ts,       a->system, a->act,
			a->ok,      a->terminal, a->object, a->digest };
	int64_t y[] = { b->account, b->ts,       b->system, b->act,
			b->ok,      b->terminal, b->object, b->digest };

	for (size_t i = 0; i < COUNT(x); i++) {
		if (x[i] != y[i])
			return (x[i] > y[i]) - (x[i] < y[i]);
	}
	return 0;
}

static inline int
raw_order(const void *a, const void *b)
{
	return raw_content_order(a, b);
}

static inline uint32_t
raw_word(struct facts *f, enum dict d, char letter, unsigned number)
{
	char word[32];
	/* Zero-padded, so that numbers order as texts do. */
	int n = snprintf(word, sizeof(word), "%c%05u", letter, number);

	return number ? dict_number(facts_dict(f, d), (struct str){ word, (size_t)n }) : 0;
}

static inline unsigned
raw_number(struct str word)
{
	uint64_t v = 0;

	assert_true(word.n == 0 || str_to_u64(str_skip(word, 1), &v));
	return (unsigned)v;
}

static inline void
raw_write(struct facts *f, struct facts_writer *w, const struct raw_line *l)
{
	struct tuple t = { .system = l->system, .act = l->act, .ok = l->ok };
	int32_t day = jst_day(l->ts);
	struct packed_event e = { .ms = (uint32_t)(l->ts - jst_day_start(day)),
				  .digest = l->digest };

	t.text[DICT_ACCOUNT] = raw_word(f, DICT_ACCOUNT, 'a', l->account);
	t.text[DICT_TERMINAL] = raw_word(f, DICT_TERMINAL, 't', l->terminal);
	e.tuple = facts_tuple(f, &t);
	e.object = raw_word(f, DICT_OBJECT, 'o', l->object);
	e.where = (uint64_t)l->file << WHERE_SHIFT | l->offset;
	facts_add(w, day, facts_partition(f, t.text[DICT_ACCOUNT]), t.system, &e);
}

/* Everything the facts give, in the order given; each account once, sorted by time. */
static inline void
raw_read(struct facts *f, struct raw_lines *out)
{
	struct fact_source s = facts_source(f);

	for (unsigned p = 0; p < s.partitions; p++) {
		struct fact_cursor *c = s.open(s.facts, p);
		struct account_facts a;

		while (s.next(c, &a)) {
			for (size_t i = 0; i < a.n; i++) {
				const struct fact *x = &a.at[i];
				const struct tuple *t = s.names.tuple(s.names.facts, x->tuple);
				struct raw_line l = { .ts = x->ts,
						      .digest = x->digest,
						      .system = (uint8_t)t->system,
						      .act = t->act,
						      .ok = t->ok,
						      .file = where_file(x->where),
						      .offset = (uint32_t)where_offset(x->where) };

				assert_true(x->account == a.account &&
					    t->text[DICT_ACCOUNT] == a.account);
				assert_true(i == 0 || a.at[i - 1].ts <= x->ts);
				l.account = (uint16_t)raw_number(
					s.names.text(s.names.facts, DICT_ACCOUNT, a.account));
				l.object = (uint16_t)raw_number(
					s.names.text(s.names.facts, DICT_OBJECT, x->object));
				l.terminal = (uint16_t)raw_number(s.names.text(
					s.names.facts, DICT_TERMINAL, t->text[DICT_TERMINAL]));
				*VEC_PUSH(&out->at) = l;
			}
		}
		s.close(c);
	}
}

static inline void
raw_sort(struct raw_lines *v)
{
	if (v->at.n)
		qsort(v->at.at, v->at.n, sizeof(*v->at.at), raw_order);
}

/*
 * DETECTION B.0.3 by brute force: of every content, for every feed, the most any one file of it
 * holds.  feed[] is by file.  Lines come out sorted by content.
 */
static inline void
raw_union(const struct raw_lines *in, const uint32_t *feed, uint32_t files, struct raw_lines *out)
{
	struct raw_line *v = malloc((in->at.n + 1) * sizeof(*v));

	assert_non_null(v);
	if (in->at.n)
		memcpy(v, in->at.at, in->at.n * sizeof(*v));
	qsort(v, in->at.n, sizeof(*v), raw_order);
	for (size_t from = 0, end; from < in->at.n; from = end) {
		for (end = from; end < in->at.n && raw_content_order(&v[from], &v[end]) == 0;)
			end++;
		for (uint32_t g = 0; g < files; g++) {
			size_t most = 0;

			for (uint32_t file = 0; file < files; file++) {
				size_t n = 0;

				for (size_t i = from; feed[file] == g && i < end; i++)
					n += v[i].file == file;
				most = n > most ? n : most;
			}
			for (size_t i = 0; i < most; i++)
				*VEC_PUSH(&out->at) = v[from];
		}
	}
	free(v);
}

static inline void
want_same_lines(const char *name, const struct raw_lines *want, const struct raw_lines *got)
{
	for (size_t i = 0; i < want->at.n && i < got->at.n; i++) {
		if (raw_content_order(&want->at.at[i], &got->at.at[i]) != 0)
			fail_msg("%s: line %zu of account %u at %lld differs (wanted account %u at "
				 "%lld)",
				 name, i, got->at.at[i].account, (long long)got->at.at[i].ts,
				 want->at.at[i].account, (long long)want->at.at[i].ts);
	}
	want_i64(name, "lines", (int64_t)want->at.n, (int64_t)got->at.n);
}

#endif
