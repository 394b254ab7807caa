/*
 * test_findings.c - see test_findings.h.
 *
 * A test that reads nothing, or whose rules lack a ledger, would pass as a near miss and prove nothing: it fails.
 */
#include "app/test_findings.h"

#include "base/civil.h"
#include "model/standing.h"

enum { FINGERPRINT_SHOWN = 13 };

struct comparing {
	const struct rule_test *test;
	const struct judging *judging;
	bool *wanted; /* of each finding */
	struct out *o;
	bool differs;
};

static void
begin_difference(struct comparing *c)
{
	if (c->differs)
		out_text(c->o, "; ");
	c->differs = true;
}

/* --- what was read ---------------------------------------------------------------------------------- */

static void
tell_refused(struct comparing *c, uint64_t refused)
{
	struct facts *facts = c->judging->facts;

	begin_difference(c);
	out_printf(c->o, "lines refused %llu, wanted %llu", (unsigned long long)refused,
		   (unsigned long long)c->test->refused);
	for (uint32_t i = 0; i < facts_file_count(facts); i++) {
		const struct logfile *f = facts_file(facts, i);

		if (f->sample_count == 0)
			continue;
		out_text(c->o, " (the first of ");
		out_tty(c->o, c->judging->policy.system[f->system].id);
		out_printf(c->o, ": at byte %u %s was expected)", f->sample[0].byte + 1,
			   f->sample[0].expected);
		return;
	}
}

static void
compare_lines(struct comparing *c)
{
	struct facts *facts = c->judging->facts;
	uint64_t bucket[BUCKET_COUNT] = { 0 };

	for (uint32_t i = 0; i < facts_file_count(facts); i++)
		for (int b = 0; b < BUCKET_COUNT; b++)
			bucket[b] += facts_file(facts, i)->bucket[b];
	if (bucket[BUCKET_REFUSED] != c->test->refused)
		tell_refused(c, bucket[BUCKET_REFUSED]);
	if (bucket[BUCKET_ACCEPTED] == 0) {
		begin_difference(c);
		out_text(c->o, "none of its lines is a record, so nothing was judged");
	}
}

static void
compare_needs(struct comparing *c)
{
	const struct verdicts *v = &c->judging->verdicts;

	for (size_t r = 0; r < v->rule_count; r++) {
		const struct rule_tally *t = &v->tally[r];
		const char *comma = "";

		if (!t->lacks)
			continue;
		begin_difference(c);
		out_printf(c->o, "%s judged nothing, for the world has no ", t->rule->id);
		for (uint32_t left = t->lacks; left; comma = ", ")
			out_printf(c->o, "%s%s", comma, gives_take(&left));
	}
}

/* --- findings --------------------------------------------------------------------------------------- */

static struct str
figure_of(const struct finding *f, enum test_figure figure, char buf[CIVIL_TEXT])
{
	uint64_t n = 0;

	switch (figure) {
	case FIGURE_SEVERITY:
		return str_of(severity_names[f->severity]);
	case FIGURE_FIRST:
		return civil_print_jst(buf, f->first);
	case FIGURE_LAST:
		return civil_print_jst(buf, f->last);
	case FIGURE_LINES:
		n = f->counts.lines;
		break;
	case FIGURE_VIEWS:
		n = f->counts.views;
		break;
	case FIGURE_CONSUMERS:
		n = f->counts.consumers;
		break;
	case FIGURE_EPISODES:
		n = f->counts.episodes;
		break;
	case FIGURE_CASES:
		n = f->case_count;
		break;
	case FIGURE_POINTS:
		n = (uint64_t)f->points;
		break;
	case FIGURE_COUNT:
		BUG("no figure");
	}
	return (struct str){ buf,
			     (size_t)snprintf(buf, CIVIL_TEXT, "%llu", (unsigned long long)n) };
}

static bool
figure_is(const struct finding *f, enum test_figure figure, struct str wanted)
{
	char buf[CIVIL_TEXT];
	int64_t ts;

	if (figure == FIGURE_FIRST || figure == FIGURE_LAST)
		return civil_parse_jst(wanted, &ts) &&
		       ts == (figure == FIGURE_FIRST ? f->first : f->last);
	return str_eq(figure_of(f, figure, buf), wanted);
}

static bool
is_key(const struct finding *f, const struct test_value *v)
{
	const struct key_part *part = f->rule->detector->key;

	for (int i = 0; i < KEY_PARTS && part[i].name; i++)
		if (str_is(v->name, part[i].name))
			return str_eq(f->key_text[i], v->text);
	return true; /* a figure */
}

static bool
is_meant(const struct finding *f, const struct test_want *w)
{
	bool same = str_is(w->rule, f->rule->id);

	for (size_t i = 0; i < w->count && same; i++)
		same = is_key(f, &w->value[i]);
	return same;
}

/* `ORG-01 {acct: pg0001, origin_org: KEP`, as the test would say it. */
static void
write_known(const struct finding *f, struct out *o)
{
	const struct key_part *part = f->rule->detector->key;

	out_printf(o, "{rule: %s", f->rule->id);
	for (int i = 0; i < KEY_PARTS && part[i].name; i++) {
		out_printf(o, ", %s: ", part[i].name);
		out_tty(o, f->key_text[i]);
	}
}

static void
compare_figures(struct comparing *c, const struct finding *f, const struct test_want *w)
{
	const char *comma = "";

	for (size_t i = 0; i < w->count; i++) {
		int figure = figure_named(w->value[i].name);
		char buf[CIVIL_TEXT];

		if (figure < 0 || figure_is(f, (enum test_figure)figure, w->value[i].text))
			continue;
		if (!*comma) {
			begin_difference(c);
			write_known(f, c->o);
			out_printf(c->o, "} (%.*s) has ", FINGERPRINT_SHOWN, f->fp_case);
		}
		out_printf(c->o, "%s%s ", comma, figure_names[figure]);
		out_tty(c->o, figure_of(f, (enum test_figure)figure, buf));
		out_text(c->o, ", wanted ");
		out_tty(c->o, w->value[i].text);
		comma = ", ";
	}
}

static void
compare_want(struct comparing *c, const struct test_want *w)
{
	const struct verdicts *v = &c->judging->verdicts;

	for (size_t i = 0; i < v->finding.n; i++) {
		if (c->wanted[i] || !is_meant(v->finding.at[i], w))
			continue;
		c->wanted[i] = true;
		compare_figures(c, v->finding.at[i], w);
		return;
	}
	begin_difference(c);
	out_text(c->o, "wanted {rule: ");
	out_tty(c->o, w->rule);
	for (size_t i = 0; i < w->count; i++) {
		if (figure_named(w->value[i].name) >= 0)
			continue;
		out_printf(c->o, ", " STR_FMT ": ", STR_ARG(w->value[i].name));
		out_tty(c->o, w->value[i].text);
	}
	out_text(c->o, "}, got no such finding");
}

/* All its figures, so that what is right can be taken into the test. */
static void
tell_unwanted(struct comparing *c, const struct finding *f)
{
	char buf[CIVIL_TEXT];

	begin_difference(c);
	out_text(c->o, "got ");
	write_known(f, c->o);
	for (int i = 0; i < FIGURE_COUNT; i++) {
		out_printf(c->o, ", %s: ", figure_names[i]);
		out_tty(c->o, figure_of(f, (enum test_figure)i, buf));
	}
	out_printf(c->o, "} (%.*s), %s", FINGERPRINT_SHOWN, f->fp_case,
		   str_is(c->test->near.rule, f->rule->id) ? "which must stay silent"
							   : "which is not wanted");
}

bool
test_findings(const struct rule_test *t, const struct judging *j, struct out *o)
{
	const struct verdicts *v = &j->verdicts;
	struct comparing c = { .test = t, .judging = j, .o = o };

	c.wanted = xalloc(v->finding.n + 1, sizeof(*c.wanted));
	compare_lines(&c);
	compare_needs(&c);
	for (size_t i = 0; i < t->want_count; i++)
		compare_want(&c, &t->want[i]);
	for (size_t i = 0; i < v->finding.n; i++) {
		if (!c.wanted[i])
			tell_unwanted(&c, v->finding.at[i]);
	}
	free(c.wanted);
	return !c.differs;
}

static bool
has_figures(const struct finding *f, const struct test_want *w)
{
	for (size_t i = 0; i < w->count; i++) {
		int figure = figure_named(w->value[i].name);

		if (figure >= 0 && !figure_is(f, (enum test_figure)figure, w->value[i].text))
			return false;
	}
	return true;
}

bool
test_found(const struct judging *j, const struct test_want *w, enum test_likeness like)
{
	const struct verdicts *v = &j->verdicts;

	for (size_t i = 0; i < v->finding.n; i++) {
		const struct finding *f = v->finding.at[i];

		if (like == LIKE_RULE ? str_is(w->rule, f->rule->id)
				      : is_meant(f, w) && has_figures(f, w))
			return true;
	}
	return false;
}
