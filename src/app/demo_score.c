/*
 * demo_score.c - see demo_score.h.  The unit is the incident; demo_match.h says which findings are its.
 */
#include "app/demo_score.h"

#include "app/demo_match.h"
#include "app/demo_rows.h"
#include "app/tables.h"

struct tally_of_rule {
	size_t planted, found, findings, right, exact, counted;
};

struct score {
	const struct demo_story *story;
	const struct verdicts *verdicts;
	struct tally_of_rule *rule; /* by number in `detectors` */
	struct out *rows;           /* score.csv */
	size_t missed, wrong, as_wanted, silent, later, edges, edges_right;
};

/* All findings of this rule that belong to it, as one; lines are at least one for each. */
struct rule_told {
	size_t findings;
	struct extent extent; /* consumers: of one finding alone, since two may share some */
};

static struct rule_told
told_of(const struct score *s, const struct planted *p, struct str rule)
{
	struct rule_told t = { .extent.first = INT64_MAX };

	for (size_t i = 0; i < s->verdicts->finding.n; i++) {
		const struct finding *f = s->verdicts->finding.at[i];

		if (!str_is(rule, f->rule->id) || !demo_belongs(p, f))
			continue;
		t.findings++;
		t.extent.lines += f->counts.lines ? f->counts.lines : 1;
		t.extent.consumers = f->counts.consumers;
		t.extent.first = min_i64(t.extent.first, f->first);
		t.extent.last = max_i64(t.extent.last, f->last);
	}
	return t;
}

/* Lines, consumers, first and last of a violation are those of the truth. */
static bool
exact(const struct planted *p, const struct rule_told *t, struct out *said)
{
	const struct extent *is = &t->extent, *want = &p->hit;

	if (is->lines != want->lines)
		out_printf(said, " with %llu lines, not %llu", (unsigned long long)is->lines,
			   (unsigned long long)want->lines);
	else if (is->first != want->first || is->last != want->last)
		out_text(said, " with another first or last line");
	else if (t->findings == 1 && is->consumers != want->consumers)
		out_printf(said, " with %llu consumers, not %llu",
			   (unsigned long long)is->consumers, (unsigned long long)want->consumers);
	else
		return true;
	return false;
}

static size_t
rule_number(struct str rule)
{
	size_t i = 0;

	while (i < detector_count && !str_is(rule, detectors[i]->rule))
		i++;
	return i;
}

/* What this version says of one of the rules that must fire. */
static void
must_score(struct score *s, const struct planted *p, struct str rule, bool first, struct out *said,
	   bool *missed, bool *later)
{
	size_t number = rule_number(rule);
	struct score_row row = { .what = "must",
				 .rule = rule,
				 .grade = demo_level_names[p->level],
				 .subject = p->id,
				 .why = p->note };
	struct rule_told t;

	if (number == detector_count) {
		out_printf(said, ", " STR_FMT " not yet judged by this version", STR_ARG(rule));
		row.verdict = "later";
		score_row_write(&row, s->rows);
		*later = true;
		return;
	}
	t = told_of(s, p, rule);
	s->rule[number].planted++;
	s->rule[number].found += t.findings != 0;
	if (t.findings == 0) {
		out_printf(said, ", " STR_FMT " MISSED", STR_ARG(rule));
		*missed = true;
	} else {
		out_printf(said, ", " STR_FMT " found", STR_ARG(rule));
	}
	row.kind = finding_kind_names[detectors[number]->kind];
	row.verdict = t.findings == 0 ? "missed" : "found";
	if (t.findings != 0 && first && p->hits >= 0 &&
	    detectors[number]->kind == FINDING_VIOLATION) {
		bool same = exact(p, &t, said);

		s->rule[number].counted++;
		s->rule[number].exact += same;
		row.exact = same ? "yes" : "no";
	}
	score_row_write(&row, s->rows);
}

static void
incident_score(struct score *s, const struct planted *p, struct out *o)
{
	struct str rest = p->must;
	struct score_row wrong_row = {
		.what = "not", .grade = demo_level_names[p->level], .subject = p->id, .why = p->note
	};
	struct out said;
	bool missed = false, wrong = false, later = false, first = true;
	bool edge = p->family.p[0] == 'E' || str_starts(p->id, STR("near-"));

	out_memory(&said);
	while (rest.n) {
		must_score(s, p, str_split(&rest, ','), first, &said, &missed, &later);
		first = false;
	}
	rest = p->must_not;
	while (rest.n) {
		struct str rule = str_split(&rest, ',');

		wrong_row.rule = rule;
		wrong_row.verdict = told_of(s, p, rule).findings ? "wrong" : "silent";
		score_row_write(&wrong_row, s->rows);
		if (str_is(str_of(wrong_row.verdict), "silent"))
			continue;
		out_printf(&said, ", " STR_FMT " WRONGLY found", STR_ARG(rule));
		wrong = true;
	}
	if (out_taken(&said).n == 0)
		out_text(&said, ", silent, as it must be");
	score_row_write(&(struct score_row){ .what = edge ? "edge" : "incident",
					     .grade = demo_level_names[p->level],
					     .verdict = missed      ? "missed"
							: wrong     ? "wrong"
							: later     ? "later"
							: p->must.n ? "found"
								    : "hidden",
					     .subject = p->id,
					     .why = p->note },
			s->rows);
	s->missed += missed;
	s->wrong += wrong;
	s->edges += edge;
	s->edges_right += edge && !missed && !wrong;
	s->later += !edge && later;
	s->silent += !edge && p->must.n == 0 && !wrong;
	s->as_wanted += !edge && p->must.n != 0 && !missed && !wrong && !later;
	if (!edge || missed || wrong)
		out_printf(o, "  " STR_FMT "  %-9s  %-17.*s " STR_FMT "\n", STR_ARG(p->family),
			   demo_level_names[p->level], STR_ARG(p->id),
			   STR_ARG(str_skip(out_taken(&said), 2)));
	out_discard(&said);
}

static void
findings_score(struct score *s, struct out *o)
{
	for (size_t i = 0; i < s->verdicts->finding.n; i++) {
		const struct finding *f = s->verdicts->finding.at[i];
		struct tally_of_rule *t = &s->rule[rule_number(str_of(f->rule->id))];
		struct matched m = demo_match(s->story, f, 0, f->unit_count);
		bool right = m.match == MATCH_PLANTED;

		finding_row_write(f, m, s->rows);
		t->findings++;
		t->right += right;
		/* What ledgers alone say is there whatever was planted: nothing is planted without lines. */
		if (!right && rule_kind(f->rule) == FINDING_VIOLATION && f->counts.lines) {
			s->wrong++;
			out_printf(o, "  nobody planted %s ", f->rule->id);
			out_tty(o, f->key_text[0]);
			out_char(o, '\n');
		}
	}
	out_text(o,
		 "\n  rule    planted  found  findings  of these planted  with the exact lines\n");
	for (size_t i = 0; i < detector_count; i++)
		out_printf(o, "  %-6s %8zu %6zu %9zu %17zu  %zu of %zu\n", detectors[i]->rule,
			   s->rule[i].planted, s->rule[i].found, s->rule[i].findings,
			   s->rule[i].right, s->rule[i].exact, s->rule[i].counted);
}

bool
demo_score(struct demo_story *story, const struct verdicts *found, struct out *o, struct out *rows)
{
	struct score s = { .story = story, .verdicts = found, .rows = rows };
	size_t inexact = 0;

	s.rule = xalloc(detector_count + 1, sizeof(*s.rule));
	demo_match_open(story);
	score_rows_begin(story, rows);
	out_text(o, "Planted, and what this version says:\n\n");
	for (size_t i = 0; i < story->planted.n; i++)
		incident_score(&s, &story->planted.at[i], o);
	findings_score(&s, o);
	incident_rows_write(story, found, rows);
	for (size_t i = 0; i < detector_count; i++)
		inexact += s.rule[i].counted - s.rule[i].exact;
	out_printf(o,
		   "\n%zu incidents: %zu found, %zu missed, %zu with rules this version does not "
		   "judge "
		   "yet,\n%zu that no log can show and none was told; %zu of %zu edges of the "
		   "rules as "
		   "they must be.\n",
		   story->planted.n - s.edges, s.as_wanted, s.missed, s.later, s.silent,
		   s.edges_right, s.edges);
	free(s.rule);
	return s.missed == 0 && s.wrong == 0 && inexact == 0;
}
