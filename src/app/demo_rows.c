/*
 * demo_rows.c - see demo_rows.h.
 */
#include "app/demo_rows.h"

#include "base/civil.h"

static void
word(struct out *o, const char *text)
{
	out_text(o, text != NULL ? text : "");
	out_char(o, ',');
}

void
score_row_write(const struct score_row *row, struct out *o)
{
	word(o, row->what);
	out_csv(o, row->rule);
	out_char(o, ',');
	word(o, row->kind);
	word(o, row->grade);
	word(o, row->verdict);
	word(o, row->exact);
	word(o, row->on);
	out_csv(o, row->subject);
	out_char(o, ',');
	out_csv(o, row->why);
	out_char(o, '\n');
}

void
score_rows_begin(const struct demo_story *story, struct out *o)
{
	out_text(o, "what,rule,kind,grade,verdict,exact,on,subject,why\n");
	out_printf(o, "world,,,,,,,%u,%d,%llu\n", story->accounts, story->days,
		   (unsigned long long)story->accepted);
}

void
finding_row_write(const struct finding *f, struct matched m, struct out *o)
{
	const struct key_part *part = f->rule->detector->key;
	struct civil day = civil_from_day(jst_day(m.at));
	struct out key;
	char on[48];

	snprintf(on, sizeof(on), "%04d-%02d-%02d", day.year, day.month, day.day);
	out_memory(&key);
	for (int i = 0; i < KEY_PARTS && part[i].name; i++) {
		if (i != 0)
			out_char(&key, ' ');
		out_csv(&key, f->key_text[i]);
	}
	score_row_write(&(struct score_row){ .what = "finding",
					     .rule = str_of(f->rule->id),
					     .kind = finding_kind_names[rule_kind(f->rule)],
					     .grade = severity_names[f->severity],
					     .verdict = match_names[m.match],
					     .on = on,
					     .subject = out_taken(&key),
					     .why = m.why },
			o);
	out_discard(&key);
}

/*
 * What an incident as told rests on: the gravest kind, and how it is explained.  One with violations is right if all of
 * those are; another is if anything in it leads to what was planted.
 */
struct account_of_told {
	bool any, violations;
	enum finding_kind kind;
	struct matched best, worst; /* worst: of its violations */
};

static void
case_add(struct account_of_told *s, enum finding_kind kind, struct matched m)
{
	if (kind == FINDING_VIOLATION && (!s->violations || m.match < s->worst.match)) {
		s->worst = m;
		s->violations = true;
	}
	if (!s->any || m.match > s->best.match)
		s->best = m;
	if (!s->any || kind < s->kind)
		s->kind = kind;
	s->any = true;
}

void
incident_rows_write(const struct demo_story *story, const struct verdicts *found, struct out *o)
{
	struct account_of_told *at = xalloc(found->incident.n + 1, sizeof(*at));

	for (size_t i = 0; i < found->finding.n; i++) {
		const struct finding *f = found->finding.at[i];

		for (size_t c = 0; c < f->case_count; c++)
			case_add(&at[f->cases[c].incident], rule_kind(f->rule),
				 demo_match(story, f, f->cases[c].unit_from, f->cases[c].unit_to));
	}
	for (size_t i = 0; i < found->incident.n; i++) {
		const struct incident *in = &found->incident.at[i];
		struct matched m = at[i].violations ? at[i].worst : at[i].best;

		score_row_write(&(struct score_row){ .what = "told",
						     .kind = finding_kind_names[at[i].kind],
						     .grade = severity_names[in->severity],
						     .verdict = match_names[m.match],
						     .subject = in->subject,
						     .why = m.why },
				o);
	}
	free(at);
}
