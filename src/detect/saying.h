/*
 * saying.h - for detectors: the lines beside a finding that say why, and instants in them.
 */
#ifndef SEKISHO_DETECT_SAYING_H
#define SEKISHO_DETECT_SAYING_H

#include "base/civil.h"
#include "model/detector.h"

static inline void
say(struct because *b, struct str pred, struct str observed, struct str ref)
{
	*VEC_PUSH(&b->line) =
		(struct because_line){ .pred = pred, .observed = observed, .ref = ref };
}

/* As findings print it: 2022-07-04T09:12:31.207+09:00 */
static inline struct str
say_instant(struct because *b, int64_t ts)
{
	char buf[CIVIL_TEXT];

	return arena_str(b->arena, civil_print_jst(buf, ts));
}

static inline struct str
say_line(struct because *b, const char *ledger, uint32_t row)
{
	return row ? arena_printf(b->arena, "%s line %u", ledger, row) : STR("");
}

/* A person, with his department as of ts where people says. */
static inline struct str
say_person(struct because *b, struct str person, int64_t ts)
{
	struct str dept = b->lookup->department(b->lookup->context, person, ts);

	return dept.n ? arena_printf(b->arena, STR_FMT " (" STR_FMT ")", STR_ARG(person),
				     STR_ARG(dept))
		      : person;
}

static inline struct str
say_org(const struct because *b, uint16_t org)
{
	return org ? b->lookup->org_name(b->lookup->context, org) : STR("an unknown organisation");
}

#endif
