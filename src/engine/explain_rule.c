/*
 * explain_rule.c - what a rule says of a line, and why: its own words where it has any, else the answers that would have
 * to be others; and for a hit the ledger rows that would clear it.
 */
#include "engine/explain_own.h"

#include "base/civil.h"
#include "engine/naming.h"

#define INDENT "              "

void
explain_named(struct out *o, const char *name, struct str value)
{
	if (value.n == 0)
		return;
	out_printf(o, " %s=", name);
	out_tty(o, value);
}

void
explain_judge(const struct telling *t, struct look *k, struct line_at *at)
{
	for (uint32_t r = 0; r < t->in->rule_count; r++) {
		at->said[r] = looks_verdict(t->looks, k, r, &at->event, at->key[r], &at->keys[r]);
		if (at->said[r] == JUDGED_ASK)
			at->said[r] = JUDGED_OUTSIDE;
	}
}

static void
print_because(const struct because *b, bool preds, const char *sep, struct out *o)
{
	for (size_t i = 0; i < b->line.n; i++) {
		out_text(o, i ? sep : "");
		because_print(&b->line.at[i], preds, o);
	}
}

static struct because
because_of(struct telling *t)
{
	return (struct because){ .arena = &t->arena,
				 .lookup = t->in->lookup,
				 .names = &t->in->source->names,
				 .policy = t->in->policy };
}

/* The rule's own words, if it has any. */
static bool
print_why(struct telling *t, const struct detector *d, const struct line_at *at, enum judged said,
	  struct out *o)
{
	struct because b = because_of(t);
	bool any;

	if (d->why)
		d->why(&at->event, said, &b);
	any = b.line.n > 0;
	if (any) {
		out_text(o, ": ");
		print_because(&b, false, "; ", o);
	}
	VEC_FREE(&b.line);
	return any;
}

/* Else the answers that it rests on. */
static void
print_rests_on(const struct telling *t, const struct line_at *at, uint32_t rule, struct out *o)
{
	static const char *const between[] = {
		[RESTS_ALONE] = "; ",
		[RESTS_TOGETHER] = ", together with ",
		[RESTS_ANYHOW] = "; ",
	};
	enum rests how;
	uint64_t on = vary_rests_on(t->looks, &at->trial, rule, at->said[rule], &how);
	const char *sep = at->said[rule] > JUDGED_ASK ? "; " : ": ";

	for (; on; on &= on - 1) {
		out_text(o, sep);
		vary_say(&vary_answers[__builtin_ctzll(on)], &at->event, &t->in->source->names, o);
		sep = between[how];
	}
	out_char(o, '\n');
}

static void
print_key(const struct telling *t, uint32_t rule, const struct key *key, struct out *o)
{
	const struct detector *d = t->in->rules[rule].detector;

	for (int i = 0; i < KEY_PARTS && d->key[i].name; i++)
		explain_named(o, d->key[i].name,
			      name_part(&t->walk->finish, d, d->key[i].kind, key->part[i]));
}

static void
print_hit(struct telling *t, const struct line_at *at, uint32_t rule, struct out *o)
{
	const struct detector *d = t->in->rules[rule].detector;
	struct because b = because_of(t);
	struct out rows;

	out_char(o, '\n');
	if (d->because && at->keys[rule])
		d->because(&at->event, &at->key[rule][0], &b);
	if (b.line.n) {
		out_text(o, INDENT);
		print_because(&b, true, "\n" INDENT, o);
		out_char(o, '\n');
	}
	VEC_FREE(&b.line);
	out_memory(&rows);
	if (vary_clear(t->looks, &at->trial, rule, INDENT "  ", &rows)) {
		out_text(o, INDENT "would be silent on this line, were one of these in force:\n");
		out_bytes(o, out_taken(&rows)); /* escaped as it was written */
	} else {
		out_text(o, INDENT "no single ledger row would make it silent on this line\n");
	}
	out_discard(&rows);
}

static void
print_lacks(const struct rule *rule, const struct lookup *l, struct out *o)
{
	const char *sep = "not evaluable: the policy names no ";

	for (uint32_t left = rule_lacks(rule, l); left; sep = ", ")
		out_printf(o, "%s%s", sep, gives_take(&left));
	out_char(o, '\n');
}

/* Why a rule is not asked of the line at all; NULL: it is. */
static const char *
not_asked(const struct telling *t, uint32_t rule, const struct line_at *at)
{
	const struct detector *d = t->in->rules[rule].detector;
	const struct tuple *tuple = &at->event.who->tuple;

	if (d->roster)
		return "it is asked of ledgers and whole logs, not of lines";
	if (tuple->act == ACT_HEALTH)
		return "no rule is asked of health checks";
	if (d->lines == LINES_OK && !tuple->ok)
		return "it is asked of ok lines, and this one failed";
	if (d->lines == LINES_FAILED && tuple->ok)
		return "it is asked of failed lines, and this one is ok";
	if (looks_where(t->looks, rule, &at->event) == JUDGED_OUTSIDE)
		return "its `where:` leaves the line out";
	if (d->shared_terminals && !t->looks->shared[tuple->text[DICT_TERMINAL]])
		return "it is asked of terminals that several accounts use in these logs";
	return NULL;
}

/* Rules that look at more than a line say nothing of one. */
static bool
of_lines(const struct detector *d)
{
	return d->hit || d->roster;
}

void
explain_rule(struct telling *t, uint32_t r, const struct line_at *at, struct out *o)
{
	const struct rule *rule = &t->in->rules[r];
	const char *reason;

	out_printf(o, "    %-9s ", rule->id);
	if (rule_lacks(rule, t->in->lookup)) {
		print_lacks(rule, t->in->lookup, o);
		return;
	}
	reason = not_asked(t, r, at);
	if (reason) {
		out_printf(o, "not its business: %s\n", reason);
		return;
	}
	if (!of_lines(rule->detector) && at->said[r] <= JUDGED_ASK) {
		out_text(o, "judges days or sessions; see below\n");
		return;
	}
	out_text(o, judged_words[at->said[r]]);
	if (at->said[r] == JUDGED_HIT)
		print_hit(t, at, r, o);
	else if (print_why(t, rule->detector, at, at->said[r], o))
		out_char(o, '\n');
	else
		print_rests_on(t, at, r, o);
}

static const struct finding *
finding_of(const struct verdicts *v, uint32_t rule, const struct key *key)
{
	for (size_t i = 0; i < v->finding.n; i++) {
		const struct finding *f = v->finding.at[i];

		if (f->rule_number == rule && memcmp(&f->key, key, sizeof(*key)) == 0)
			return f;
	}
	return NULL;
}

static void
print_unit(const struct finding *f, int64_t ts, struct out *o)
{
	static const char *const words[] = {
		[ENDS_PAUSE] = "episode",
		[ENDS_DAY] = "day",
		[ENDS_CHANGE] = "unit",
		[ENDS_NEVER] = "record",
	};
	char from[CIVIL_TEXT], to[CIVIL_TEXT];

	for (size_t i = 0; i < f->unit_count; i++) {
		const struct unit *u = &f->units[i];

		if (ts < u->first || ts > u->last)
			continue;
		out_printf(o, "%s %zu of %zu, " STR_FMT " to " STR_FMT ", lines %llu, of ",
			   words[f->rule->detector->ends], i + 1, f->unit_count,
			   STR_ARG(civil_print_jst(from, u->first)),
			   STR_ARG(civil_print_jst(to, u->last)), (unsigned long long)u->lines);
		break;
	}
	out_printf(o, "%s, %s, %d points\n", f->fp_case, severity_names[f->severity], f->points);
}

/* Which record each hit of the line went to. */
void
explain_joined(const struct telling *t, const struct line_at *at)
{
	for (uint32_t r = 0; r < t->in->rule_count; r++) {
		for (int i = 0; at->said[r] == JUDGED_HIT && i < at->keys[r]; i++) {
			const struct finding *f = finding_of(t->verdicts, r, &at->key[r][i]);

			out_printf(t->o, "  joined      %s", t->in->rules[r].id);
			print_key(t, r, &at->key[r][i], t->o);
			out_text(t->o, "\n" INDENT);
			if (f)
				print_unit(f, at->event.fact->ts, t->o);
			else
				out_text(t->o, "no finding: what it joined does not fire\n");
		}
	}
}
