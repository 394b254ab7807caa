/*
 * samples_test.c - every format reads its own samples: each field as wanted, at the wall, and twice the same.
 *
 *     want: "ts=1775001901000 account='pg 7' status=200 $http_x_terminal=T-1"
 *
 * A name that is none of the usual ones is a field of the source's own and asked for as `field:NAME`.  Lines of a
 * sample are parted by \n; the last is the one whose fields are wanted.  Times without an offset are UTC's, of 2026.
 */
#include "base/test_wall.h"

#include "app/lines.h"
#include "app/tables.h"

enum { SAMPLES_LEAST = 3, WANT_MOST = 32 };

struct want {
	struct str name, value;
	int extra; /* -1: a usual name */
};

struct wants {
	struct want at[WANT_MOST];
	size_t n;
	struct str extra[EXTRA_MOST];
	size_t extra_count;
};

static bool
is_usual(struct str name)
{
	for (int i = 0; i < RAW_COUNT; i++) {
		if (str_is(name, raw_names[i]))
			return true;
	}
	return str_is(name, "ts") || str_is(name, "again");
}

static void
read_wants(const char *text, struct wants *w)
{
	struct str rest = str_of(text);

	*w = (struct wants){ 0 };
	while (rest.n) {
		struct want *want = &w->at[w->n++];

		assert_true(w->n < WANT_MOST);
		want->name = str_split(&rest, '=');
		want->value = want_taken(&rest);
		want->extra = -1;
		if (!is_usual(want->name)) {
			assert_true(w->extra_count < EXTRA_MOST);
			want->extra = (int)w->extra_count;
			w->extra[w->extra_count++] = want->name;
		}
	}
}

/* As sources.c prepares it, with a zone and a year for times that lack them. */
static struct source
prepare(const struct format_sample *s, const struct format *f, const struct wants *w,
	struct arena *a)
{
	struct str spec = str_of(s->spec);
	size_t name = str_find(spec, ':');
	struct source source = { .format = f };
	struct errors err = { 0 };
	struct format_spec own = {
		.argument = str_skip(spec, min_size(name + 1, spec.n)),
		.extra = w->extra,
		.extra_count = w->extra_count,
		.zone = zone_load(a, STR("UTC"), NULL, &err, (struct place){ .line = 0 }),
		.year = 2026,
	};
	int rc = 0;

	if (!str_is(str_head(spec, name), f->name))
		fail_msg("%s: the sample is of '%s'", f->name, s->spec);
	if (f->unwraps)
		rc = source_tried(spec, NULL, 0, a, &source, &err);
	else if (f->compile)
		rc = f->compile(&own, a, &source.plan, &err);
	if (rc != 0)
		fail_msg("%s: %.300s", s->spec, err.list.n ? err.list.at[0].p : "no plan");
	errors_free(&err);
	return source;
}

static int64_t
number(const char *name, struct str s)
{
	bool minus = str_starts(s, STR("-"));
	uint64_t v = 0;

	if (!str_to_u64(str_skip(s, minus), &v))
		fail_msg("%s: '%.*s' is no number", name, STR_ARG(s));
	return minus ? -(int64_t)v : (int64_t)v;
}

static void
check_want(const char *name, const struct want *w, const struct record *r)
{
	if (w->extra >= 0) {
		want_str(name, "a field of its own", w->value, r->extra[w->extra]);
		return;
	}
	if (str_is(w->name, "ts"))
		want_i64(name, "ts", number(name, w->value), r->ts);
	else if (str_is(w->name, "again"))
		want_i64(name, "again", number(name, w->value), r->again);
	else if (str_is(w->name, "status"))
		want_i64(name, "status", number(name, w->value), r->status);
	for (int i = 0; i < RAW_COUNT; i++) {
		/* Some say how it ended in a word, and have no status as a text. */
		if (str_is(w->name, raw_names[i]) && (i != RAW_STATUS || r->text[i].n))
			want_str(name, raw_names[i], w->value, r->text[i]);
	}
}

/* The lines before the last are headings; `out` is of the last one. */
static void
parse_sample(const struct format_sample *s, const struct source *source, struct room room,
	     const struct wants *w)
{
	struct line_reader lr = { 0 };
	struct str rest = str_of(s->line);

	lines_begin(&lr, source, room);
	for (int twice = 0; rest.n || twice < 2;) {
		struct piece piece = lines_record(&lr, rest);
		bool last = piece.taken == rest.n;
		struct record r;
		struct refusal why = { 0 };
		enum parsed got;

		memset(&r, twice ? 0x5a : 0xa5, sizeof(r));
		lr.parsing.room.used = 0;
		got = source->format->parse(&lr.parsing, walled(piece.text), &r, &why);
		if (got == PARSED_REFUSED)
			fail_msg("%s: refused at byte %u, expected %s", s->line, why.byte,
				 why.expected);
		if (!last) {
			rest = str_skip(rest, piece.taken);
			continue;
		}
		want_i64(s->line, "an event", PARSED_EVENT, got);
		for (size_t i = 0; i < w->n; i++)
			check_want(s->line, &w->at[i], &r);
		if (++twice == 2)
			break;
	}
	lines_end(&lr);
}

static void
every_format_reads_its_samples(void **state UNUSED)
{
	static char bytes[ROOM_LEAST];
	size_t count;
	const struct format *const *formats = format_list(&count);

	for (size_t i = 0; i < count; i++) {
		for (const struct format_sample *s = formats[i]->sample; s && s->line; s++) {
			struct arena a = { 0 };
			struct wants w;
			struct source source;

			read_wants(s->want, &w);
			source = prepare(s, formats[i], &w, &a);
			parse_sample(s, &source, (struct room){ .p = bytes, .size = sizeof(bytes) },
				     &w);
			arena_free(&a);
		}
	}
}

/* Escapes, quotes in quotes, or bytes beyond ASCII. */
static bool
is_odd(struct str line)
{
	for (size_t i = 0; i < line.n; i++) {
		if (line.p[i] == '\\' || line.p[i] == '%' || line.p[i] == '#' ||
		    (unsigned char)line.p[i] >= 0x80)
			return true;
	}
	return str_contains(line, STR("\"\""));
}

static void
every_format_has_samples_and_an_odd_one(void **state UNUSED)
{
	size_t count;
	const struct format *const *formats = format_list(&count);

	for (size_t i = 0; i < count; i++) {
		size_t samples = 0, odd = 0;

		for (const struct format_sample *s = formats[i]->sample; s && s->line; s++) {
			samples++;
			odd += is_odd(str_of(s->line));
		}
		if (samples < SAMPLES_LEAST)
			fail_msg("%s: %zu samples; wanted %d", formats[i]->name, samples,
				 SAMPLES_LEAST);
		if (!odd)
			fail_msg("%s: no sample with escapes, quotes in quotes or bytes beyond "
				 "ASCII",
				 formats[i]->name);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_format_reads_its_samples),
		cmocka_unit_test(every_format_has_samples_and_an_odd_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
