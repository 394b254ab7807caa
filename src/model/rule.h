/*
 * rule.h - a rule: a detector, the numbers it judges by, which lines are its business, and what its findings are
 * called and weigh.  Read from YAML (policy/rules_load.h), const from then on.
 *
 * Several rules may share a detector; a finding belongs to its rule, and fingerprints are of the rule's id.
 */
#ifndef SEKISHO_MODEL_RULE_H
#define SEKISHO_MODEL_RULE_H

#include "model/detector.h"

struct where;

/* How many the engine judges in one walk: it keeps a bit for each. */
enum { RULES_MOST = 64 };

struct rule {
	const struct detector *detector;
	const char *id, *version; /* "1.2"; fingerprints change with what is before the dot */
	const char *title_ja, *title_en;
	const char *message_ja, *message_en; /* with {placeholders}: model/message.h */
	int base;                            /* points */
	int64_t gap_ms;                      /* 0: its shape has no episodes */
	int64_t param[PARAMS_MOST];
	const struct where *where; /* NULL: every line */
	bool by_line;              /* `where` cannot be decided by the tuple alone */
	bool forbids;              /* a violation, whatever its detector is by nature */
	const char *const *seeds;  /* requirement ids, NULL-terminated */
	struct place at;           /* of its `id` */
};

static inline enum finding_kind
rule_kind(const struct rule *r)
{
	return r->forbids ? FINDING_VIOLATION : r->detector->kind;
}

/* GIVES_ bits of what it needs and is not there: then it judges nothing, and that is told. */
static inline uint32_t
rule_lacks(const struct rule *r, const struct lookup *l)
{
	return r->detector->needs & ~l->gives;
}

/* The rules of a run, in order of their ids: first those that judge, then those that are switched off. */
struct rules {
	struct arena arena;
	struct rule *at;
	size_t count, off_count;
	uint8_t digest[32]; /* of all of them: what each says, not how its file is written */
};

#endif
