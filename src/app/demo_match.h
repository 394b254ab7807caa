/*
 * demo_match.h - which finding belongs to what was planted, and what else explains it.
 */
#ifndef SEKISHO_APP_DEMO_MATCH_H
#define SEKISHO_APP_DEMO_MATCH_H

#include "demo/demo.h"
#include "model/finding.h"

/*
 * planted: the truth names the rule.  beside: another rule's, of the same account at the same time.  harmless: all
 * that is not beside has a reason that the truth knows.
 */
enum demo_matching { MATCH_NOBODY, MATCH_HARMLESS, MATCH_BESIDE, MATCH_PLANTED, MATCHES };
extern const char *const match_names[MATCHES];

struct matched {
	enum demo_matching match;
	struct str why; /* an incident's id, or a label; "": nobody knows */
	int64_t at;     /* of the unit it is about, ms UTC */
};

/* Does it belong to the incident: by account, by screen where the key is one, or by the key itself? */
bool demo_belongs(const struct planted *p, const struct finding *f);

/* Sorts the story's harmless days. */
void demo_match_open(struct demo_story *story);
/* The least of what explains units from .. to of the finding (a roster's has none). */
struct matched demo_match(const struct demo_story *story, const struct finding *f, size_t from,
			  size_t to);

#endif
