/*
 * rep_html_sane.h - for tests: a reader of pages that knows no browser's leniency.  Every `<` begins a tag that the
 * report uses, with attributes that it uses, in double quotes; tags close in order; links lead to a place of the page.
 */
#ifndef SEKISHO_REPORT_REP_HTML_SANE_H
#define SEKISHO_REPORT_REP_HTML_SANE_H

#include "base/test_wall.h"

#include "base/mem.h"

enum { SANE_DEPTH = 64 };

struct sane {
	struct str rest, open[SANE_DEPTH];
	size_t depth;
	VEC(struct str) id;
	VEC(struct str) to;
	bool raw; /* within <style>: nothing but its end is a tag */
};

static inline bool
sane_listed(struct str word, const char *list)
{
	struct str rest = str_of(list);

	while (rest.n) {
		if (str_eq(str_split(&rest, ' '), word))
			return true;
	}
	return false;
}

static inline void
sane_attribute(struct sane *s, struct str name, struct str value)
{
	if (!sane_listed(name, "lang charset http-equiv content name class href id aria-label "
			       "aria-labelledby aria-hidden scope colspan role tabindex viewBox "
			       "preserveAspectRatio x y width height d"))
		fail_msg("attribute " STR_FMT, STR_ARG(name));
	if (str_find(value, '<') < value.n || str_find(value, '>') < value.n)
		fail_msg("a tag in attribute " STR_FMT, STR_ARG(name));
	if (str_is(name, "id")) {
		*VEC_PUSH(&s->id) = value;
	} else if (str_is(name, "href")) {
		assert_true(str_starts(value, STR("#")));
		*VEC_PUSH(&s->to) = str_skip(value, 1);
	} else if (!str_is(name, "http-equiv")) {
		assert_false(str_contains(value, STR("http")) ||
			     str_contains(value, STR("javascript")));
	}
}

static inline void
sane_attributes(struct sane *s, struct str inside)
{
	while (inside.n && inside.p[0] == ' ') {
		size_t eq = str_find(inside, '='), end;
		struct str name = str_head(str_skip(inside, 1), eq - 1);

		assert_true(inside.n - eq > 2 && inside.p[eq + 1] == '"');
		inside = str_skip(inside, eq + 2);
		end = str_find(inside, '"');
		assert_true(end < inside.n);
		sane_attribute(s, name, str_head(inside, end));
		inside = str_skip(inside, end + 1);
	}
	assert_int_equal(inside.n, 0);
}

/* Where the tag ends: a `>` in quotes is none. */
static inline size_t
sane_tag_end(struct str s)
{
	bool quoted = false;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			quoted = !quoted;
		if (s.p[i] == '>' && !quoted)
			return i;
	}
	fail_msg("a tag without an end");
	return 0;
}

static inline void
sane_tag(struct sane *s)
{
	size_t end = sane_tag_end(s->rest);
	struct str tag = str_head(str_skip(s->rest, 1), end - 1), name;
	bool closes = str_starts(tag, STR("/")), alone = str_ends(tag, STR("/"));

	s->rest = str_skip(s->rest, end + 1);
	if (str_is(tag, "!DOCTYPE html"))
		return;
	if (alone)
		tag.n--;
	name = closes ? str_skip(tag, 1) : str_head(tag, str_find(tag, ' '));
	if (!sane_listed(name,
			 "html head meta title style body a div header p h1 h2 h3 h4 nav ol ul "
			 "li span main section dl dt dd table caption thead tbody tr th td svg "
			 "rect path text desc figure figcaption details summary article small "
			 "strong code pre br footer"))
		fail_msg("tag " STR_FMT, STR_ARG(name));
	if (closes) {
		assert_true(s->depth > 0);
		if (!str_eq(s->open[--s->depth], name))
			fail_msg(STR_FMT " closes " STR_FMT, STR_ARG(name),
				 STR_ARG(s->open[s->depth]));
		s->raw = false;
		return;
	}
	sane_attributes(s, str_skip(tag, name.n));
	if (alone || sane_listed(name, "meta br"))
		return;
	assert_true(s->depth < SANE_DEPTH);
	s->open[s->depth++] = name;
	s->raw = str_is(name, "style");
}

static inline void
sane_text(struct sane *s)
{
	size_t n = str_find(s->rest, '<');

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s->rest.p[i];

		if (c == 0x7f || (c < 0x20 && c != '\n' && !(s->raw && c == '\t')))
			fail_msg("a control character %02x", c);
	}
	s->rest = str_skip(s->rest, n);
}

static inline int
sane_order(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* Ids are there once, and what a link names is among them. */
static inline void
sane_links(struct sane *s)
{
	assert_true(s->id.n > 0);
	qsort(s->id.at, s->id.n, sizeof(s->id.at[0]), sane_order);
	for (size_t i = 1; i < s->id.n; i++) {
		if (str_eq(s->id.at[i - 1], s->id.at[i]))
			fail_msg("id " STR_FMT " stands twice", STR_ARG(s->id.at[i]));
	}
	for (size_t i = 0; i < s->to.n; i++) {
		if (!bsearch(&s->to.at[i], s->id.at, s->id.n, sizeof(s->id.at[0]), sane_order))
			fail_msg("a link to #" STR_FMT ", which is not there",
				 STR_ARG(s->to.at[i]));
	}
}

static inline void
want_sane(struct str page)
{
	struct sane s = { .rest = page };

	while (s.rest.n) {
		sane_text(&s);
		if (s.rest.n)
			sane_tag(&s);
	}
	assert_int_equal(s.depth, 0);
	sane_links(&s);
	VEC_FREE(&s.id);
	VEC_FREE(&s.to);
}

#endif
