/*
 * layout_plan.h - the compiled form of a layout, shared by the files that make it and the one that runs it.
 */
#ifndef SEKISHO_FORMAT_LAYOUT_PLAN_H
#define SEKISHO_FORMAT_LAYOUT_PLAN_H

#include "format/layout.h"

struct layout_step {
	struct str after; /* the literal behind it, up to the next field or quote */
	enum layout_class class;
	bool exact;      /* it ends at the first `after`: it cannot hold that byte */
	bool exact_left; /* it begins behind the last literal before it */
	bool never_empty;
	bool drops_dash; /* see LAYOUT_ARGS */
	int8_t raw, extra;
	const struct when *when; /* NULL: CLF */
	const uint8_t *may;      /* [256] */
	const char *expected;
};

/* Fields between two quotes. */
struct layout_stretch {
	uint8_t first, count;
	uint8_t left;  /* so many of them are exact, from the first; fewer than count */
	uint8_t right; /* so many of the others are, from the last */
	bool alone;    /* one free field and nothing else: "$http_user_agent" */
	int8_t user;   /* the one that "" may stand for; -1: none */
	struct str
		close; /* the quote that ends it and what follows up to the next field; empty: the line ends */
};

struct layout {
	struct layout_how how;
	struct str head; /* before the first stretch */
	size_t step_count, stretch_count;
	int8_t who_from, who_to; /* raw fields; who_from < 0: none */
	size_t extra_count;
	struct layout_step *step;
	struct layout_stretch *stretch;
};

/* The whole line into l->step_count fields; false: refused. */
bool layout_split(const struct layout *l, struct str line, struct str *field, struct refusal *why);

/* Cuts [p, end) into the fields of a stretch; NULL, or where it went wrong with the field in *bad. */
const char *layout_cut(const struct layout *l, const struct layout_stretch *s, const char *p,
		       const char *end, struct str *field, const struct layout_step **bad);

#endif
