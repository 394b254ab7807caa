/*
 * gate.c - see gate.h.
 */
#include "app/gate.h"

#include "base/civil.h"
#include "model/disposition.h"

struct tripped {
	size_t n;
	const struct finding *first;
};

static void
trip(struct tripped *t, const struct finding *f)
{
	if (t->n++ == 0)
		t->first = f;
}

static void
say(const struct tripped *t, const char *which, enum severity level, struct errors *err)
{
	const struct finding *f = t->first;
	char buf[CIVIL_TEXT];

	error_add(err,
		  "%zu %sfinding%s at or above %s; the first is %s %s (" STR_FMT "), from " STR_FMT
		  ", lines %llu: `sekisho explain %.13s` tells why",
		  t->n, which, t->n == 1 ? "" : "s", severity_names[level],
		  severity_names[f->severity], f->rule->id, STR_ARG(f->key_text[0]),
		  STR_ARG(civil_print_jst(buf, f->first)), (unsigned long long)f->counts.lines,
		  f->fp_case);
}

size_t
gate_tell(const struct options *o, const struct verdicts *v, struct errors *err)
{
	struct tripped all = { 0 }, grown = { 0 };

	for (size_t i = 0; i < v->finding.n; i++) {
		const struct finding *f = v->finding.at[i];
		bool is_new = f->baseline == MARK_NEW || f->baseline == MARK_UPDATED;

		if (f->parent || finding_suppressed(f))
			continue;
		if (o->gate && f->severity >= o->fail_on)
			trip(&all, f);
		if (o->gate_new && is_new && f->severity >= o->fail_on_new)
			trip(&grown, f);
	}
	if (all.n && !o->quiet)
		say(&all, "", o->fail_on, err);
	if (grown.n && !o->quiet)
		say(&grown, "new or updated ", o->fail_on_new, err);
	return all.n + grown.n;
}
