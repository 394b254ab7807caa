/*
 * demo_score.c - see demo_score.h.  The unit is the incident: a finding belongs to it by account, or by screen where
 * the rule's key is one.
 */
#include "app/demo_score.h"

#include "app/tables.h"

struct tally_of_rule {
	size_t planted, found, findings, right, exact, counted;
};

struct score {
	const struct demo_story *story;
	const struct verdicts *verdicts;
	struct tally_of_rule *rule; /* by number in `detectors` */
	size_t missed, wrong, as_wanted, silent, later, edges, edges_right;
};

static bool
named_in(const struct str *list, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++) {
		if (str_eq(list[i], name))
			return true;
	}
	return false;
}

/* "setsubi,198.51.100.0/24" is a key of DRF-04, part by part. */
static bool
is_key(struct str said, const struct finding *f)
{
	for (int part = 0; part < KEY_PARTS && f->rule->detector->key[part].name; part++) {
		if (!str_eq(str_split(&said, ','), f->key_text[part]))
			return false;
	}
	return said.n == 0;
}

/*
 * "NEWA,takuso,contract" is the key of XTN-02, whole, and its first two parts that of ORG-02.  A key of an account
 * or a network is no screen.
 */
static bool
is_screen(struct str screen, const struct finding *f)
{
	static const enum key_kind kinds[] = { KEY_ORG, KEY_SYSTEM, KEY_CLASS };
	const struct key_part *key = f->rule->detector->key;
	bool any = false;

	for (size_t k = 0; k < COUNT(kinds); k++) {
		struct str said = str_split(&screen, ',');

		for (int part = 0; part < KEY_PARTS && key[part].name; part++) {
			if (key[part].kind == KEY_ACCOUNT || key[part].kind == KEY_SUBJECT ||
			    key[part].kind == KEY_NET)
				return false;
			if (key[part].kind != kinds[k])
				continue;
			if (!str_eq(said, f->key_text[part]))
				return false;
			any = true;
		}
	}
	return any;
}

static bool
belongs(const struct planted *p, const struct finding *f)
{
	const struct key_part *key = f->rule->detector->key;

	for (int part = 0; part < KEY_PARTS && key[part].name; part++) {
		bool subject = key[part].kind == KEY_ACCOUNT || key[part].kind == KEY_SUBJECT ||
			       key[part].kind == KEY_KEPT;

		if (subject && (named_in(p->accounts.at, p->accounts.n, f->key_text[part]) ||
				named_in(p->screens.at, p->screens.n, f->key_text[part])))
			return true;
	}
	for (size_t i = 0; i < p->screens.n; i++) {
		if (is_key(p->screens.at[i], f) || is_screen(p->screens.at[i], f))
			return true;
	}
	/* Who takes lines out of a log has no account in it. */
	return p->accounts.n == 0 && p->screens.n == 0 &&
	       f->rule->detector->kind == FINDING_COVERAGE;
}

/* Lines of all findings of this rule that belong to it, at least one for each; 0: none */
static uint64_t
lines_found(const struct score *s, const struct planted *p, struct str rule)
{
	uint64_t lines = 0;

	for (size_t i = 0; i < s->verdicts->finding.n; i++) {
		const struct finding *f = s->verdicts->finding.at[i];

		if (str_is(rule, f->rule->id) && belongs(p, f))
			lines += f->counts.lines ? f->counts.lines : 1;
	}
	return lines;
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
	uint64_t lines;

	if (number == detector_count) {
		out_printf(said, ", " STR_FMT " not yet judged by this version", STR_ARG(rule));
		*later = true;
		return;
	}
	lines = lines_found(s, p, rule);
	s->rule[number].planted++;
	s->rule[number].found += lines != 0;
	if (lines == 0) {
		out_printf(said, ", " STR_FMT " MISSED", STR_ARG(rule));
		*missed = true;
		return;
	}
	out_printf(said, ", " STR_FMT " found", STR_ARG(rule));
	if (first && p->hits >= 0 && detectors[number]->kind == FINDING_VIOLATION) {
		s->rule[number].counted++;
		s->rule[number].exact += lines == (uint64_t)p->hits;
		if (lines != (uint64_t)p->hits)
			out_printf(said, " with %llu lines, not %d", (unsigned long long)lines,
				   p->hits);
	}
}

static void
incident_score(struct score *s, const struct planted *p, struct out *o)
{
	struct str rest = p->must;
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

		if (lines_found(s, p, rule) == 0)
			continue;
		out_printf(&said, ", " STR_FMT " WRONGLY found", STR_ARG(rule));
		wrong = true;
	}
	if (out_taken(&said).n == 0)
		out_text(&said, ", silent, as it must be");
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

static bool
was_planted(const struct demo_story *story, const struct finding *f)
{
	for (size_t i = 0; i < story->planted.n; i++) {
		const struct planted *p = &story->planted.at[i];

		if (belongs(p, f) && (demo_lists(p->must, str_of(f->rule->id)) ||
				      demo_lists(p->may, str_of(f->rule->id))))
			return true;
	}
	return false;
}

static void
findings_score(struct score *s, struct out *o)
{
	for (size_t i = 0; i < s->verdicts->finding.n; i++) {
		const struct finding *f = s->verdicts->finding.at[i];
		struct tally_of_rule *t = &s->rule[rule_number(str_of(f->rule->id))];
		bool right = was_planted(s->story, f);

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
demo_score(const struct demo_story *story, const struct verdicts *found, struct out *o)
{
	struct score s = { .story = story, .verdicts = found };
	size_t inexact = 0;

	s.rule = xalloc(detector_count + 1, sizeof(*s.rule));
	out_text(o, "Planted, and what this version says:\n\n");
	for (size_t i = 0; i < story->planted.n; i++)
		incident_score(&s, &story->planted.at[i], o);
	findings_score(&s, o);
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
