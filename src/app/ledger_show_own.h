/*
 * ledger_show_own.h - what the files of `ledger show` share: one thing, and how to ask judgement about it.
 */
#ifndef SEKISHO_APP_LEDGER_SHOW_OWN_H
#define SEKISHO_APP_LEDGER_SHOW_OWN_H

#include "base/out.h"
#include "context/show.h"

enum { SYSTEMS_MOST = 256 };

struct shown_kind {
	const char *word, *one, *ledger;
	enum show_kind kind;
};

/* The dictionaries of one thing: a word each, and a tuple for every system. */
struct one_thing {
	struct str word[DICT_COUNT];
	struct tuple tuple;
	uint32_t systems;
	struct tuple at[SYSTEMS_MOST];
};

struct showing_one {
	struct policy policy; /* outlives the context */
	struct arena arena;
	struct context *context;
	struct lookup look;
	struct one_thing thing;
	const struct shown_kind *kind;
	struct str name;
	int64_t ts;
	struct out out;
};

/* What a line of the thing would be judged by, system by system; those of which the same is true together. */
void ledger_tell_systems(struct showing_one *s);

#endif
