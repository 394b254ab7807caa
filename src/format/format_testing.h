/*
 * format_testing.h - for tests of formats: a format under a spec, its lines at the wall, and what a line says in one
 * text, in the order of enum raw.
 */
#ifndef SEKISHO_FORMAT_FORMAT_TESTING_H
#define SEKISHO_FORMAT_FORMAT_TESTING_H

#include "base/test_wall.h"

#include "model/format.h"

enum { SAYS_MOST = 4000 };

struct format_test {
	const struct format *format;
	struct arena arena;
	struct errors err;
	struct parsing parsing;
	const void *plan;
	size_t extra_count;
	bool good; /* compiled */
	char says[SAYS_MOST];
};

static inline void
test_format(struct format_test *t, const struct format *f, const struct format_spec *spec)
{
	*t = (struct format_test){ .format = f, .extra_count = spec->extra_count };
	t->good = f->compile(spec, &t->arena, &t->plan, &t->err) == 0;
	if (t->good)
		parsing_begin(&t->parsing, f, t->plan, (struct room){ 0 });
}

static inline void
test_format_end(struct format_test *t)
{
	if (t->good)
		parsing_end(&t->parsing, t->format);
	errors_free(&t->err);
	arena_free(&t->arena);
}

static inline size_t
say_text(struct format_test *t, size_t n, const char *name, struct str s)
{
	char text[SAYS_MOST];

	if (s.n)
		n += (size_t)snprintf(t->says + n, SAYS_MOST - n, " %s=[%s]", name,
				      shown(s, text, sizeof(text)));
	assert_true(n < SAYS_MOST);
	return n;
}

static inline void
say_record(struct format_test *t, const struct record *r)
{
	size_t n = (size_t)snprintf(t->says, SAYS_MOST, "%lld", (long long)r->ts);

	if (r->again)
		n += (size_t)snprintf(t->says + n, SAYS_MOST - n, "+%d", r->again);
	if (r->status)
		n += (size_t)snprintf(t->says + n, SAYS_MOST - n, " %d", r->status);
	for (int i = 0; i < RAW_COUNT; i++) {
		if (i != RAW_TIME && i != RAW_STATUS)
			n = say_text(t, n, raw_names[i], r->text[i]);
	}
	for (size_t i = 0; i < t->extra_count; i++) {
		char name[8];

		snprintf(name, sizeof(name), "x%zu", i);
		n = say_text(t, n, name, r->extra[i]);
	}
}

/* `1656893551000 200 address=[10.1.2.3] ...`, `header`, `nothing` or `7: what was expected`.  Room as promised. */
static inline const char *
what_it_says(struct format_test *t, struct str line)
{
	struct str at = walled(line);
	struct record r;
	struct refusal why = { 0 };
	char *room = malloc(2 * line.n + 64);

	memset(&r, 0x5a, sizeof(r));
	t->parsing.room = (struct room){ .p = room, .size = 2 * line.n + 64 };
	switch (t->format->parse(&t->parsing, at, &r, &why)) {
	case PARSED_EVENT:
		say_record(t, &r);
		break;
	case PARSED_HEADER:
		snprintf(t->says, SAYS_MOST, "header");
		break;
	case PARSED_NOTHING:
		snprintf(t->says, SAYS_MOST, "nothing");
		break;
	case PARSED_REFUSED:
		assert_true(why.byte <= line.n);
		snprintf(t->says, SAYS_MOST, "%u: %s", why.byte, why.expected);
		break;
	}
	assert_true(t->parsing.room.used <= t->parsing.room.size);
	free(room);
	return t->says;
}

/* A log of several lines: what its last one says. */
static inline const char *
what_the_last_says(struct format_test *t, struct str log)
{
	const char *says = "no line";

	while (log.n)
		says = what_it_says(t, str_split(&log, '\n'));
	return says;
}

#endif
