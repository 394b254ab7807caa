/*
 * explain_line.c - see explain_line.h.  What is said of a line is said once: lines of which the same is known, and of
 * which every rule says the same, refer to the first of them.
 */
#include "engine/explain_line.h"

#include "base/address.h"
#include "base/civil.h"
#include "engine/explain_day.h"
#include "engine/explain_own.h"
#include "model/answers.h"

static void
named_text(const struct telling *t, const struct tuple *tuple, const char *name, enum dict dict)
{
	const struct names *n = &t->in->source->names;

	explain_named(t->o, name, n->text(n->facts, dict, tuple->text[dict]));
}

static void
print_fields(const struct telling *t, const struct fact *f, const struct tuple *tuple)
{
	const struct names *n = &t->in->source->names;
	struct str address = n->text(n->facts, DICT_ADDRESS, tuple->text[DICT_ADDRESS]);
	char buf[ADDRESS_TEXT];

	out_text(t->o, "  said        ");
	explain_named(t->o, "sys", t->in->policy->system[tuple->system].id);
	named_text(t, tuple, "acct", DICT_ACCOUNT);
	out_printf(t->o, " act=%s ok=%u", act_names[tuple->act], tuple->ok);
	explain_named(t->o, "reason", str_of(reason_names[tuple->reason]));
	if (address.n == ADDRESS_SIZE)
		explain_named(t->o, "ip", address_print(buf, address.p));
	named_text(t, tuple, "term", DICT_TERMINAL);
	named_text(t, tuple, "client", DICT_CLIENT);
	named_text(t, tuple, "cls", DICT_CLASS);
	explain_named(t->o, "obj", n->text(n->facts, DICT_OBJECT, f->object));
	if (tuple->masked != MASKED_UNKNOWN)
		out_printf(t->o, " masked=%d", tuple->masked == MASKED_YES);
	out_char(t->o, '\n');
}

static void
print_geo(const struct answers *a)
{
	const struct geo_answer *g = &a->who->geo;

	if (!a->look->geo_has || !a->who->address_public)
		return;
	out_text(a->out, "    GeoIP       ");
	if (g->country)
		out_printf(a->out, " country=%c%c", (int)(g->country >> 8),
			   (int)(g->country & 255));
	if (g->asn)
		out_printf(a->out, " asn=%u", g->asn);
	if (g->flags)
		out_printf(a->out, " flags=%u", g->flags);
	out_text(a->out, g->country || g->asn || g->flags ? "\n" : " nothing\n");
}

static void
print_system(const struct telling *t, const struct event *ev, struct out *o)
{
	const struct lookup *l = t->in->lookup;
	const struct seen *who = ev->who;
	const struct policy_system *sys = &t->in->policy->system[who->tuple.system];

	out_text(o, "  system ");
	out_tty(o, sys->id);
	out_text(o, "\n    owner        ");
	out_tty(o, sys->owner.n ? sys->owner : STR("not said"));
	out_printf(o, "%s%s%s\n", who->system_split ? ", split from the retailer's" : "",
		   who->system_internal ? ", internal only" : "",
		   who->nonpersonal_forbidden ? ", no accounts that are nobody's own" : "");
	out_printf(o, "    day          %s\n",
		   day_type_names[l->day_type(l->context, jst_day(ev->fact->ts))]);
	if (who->tuple.text[DICT_CLASS])
		out_printf(o, "    class        %s\n", who->class_public ? "public" : "non-public");
}

static void
print_terminal(const struct telling *t, const struct answers *a)
{
	const struct names *n = &t->in->source->names;
	uint32_t terminal = a->who->tuple.text[DICT_TERMINAL];

	if (terminal == 0) {
		out_text(a->out, "  terminal\n    undetermined: the line names none\n");
		return;
	}
	out_text(a->out, "  terminal ");
	out_tty(a->out, n->text(n->facts, DICT_TERMINAL, terminal));
	out_char(a->out, '\n');
	answers_terminal(a);
	answers_assignee(a);
	if (a->who->terminal_row)
		answers_grant(a, SUBJECT_TERMINAL, a->who->terminal_org);
}

/* Every look-up of the line, each with its row. */
static void
print_answers(const struct telling *t, const struct event *ev, struct out *o)
{
	const struct names *n = &t->in->source->names;
	const struct seen *who = ev->who;
	struct answers a = { t->in->lookup, who, ev->fact->ts, o };

	out_text(o, "  account ");
	out_tty(o, n->text(n->facts, DICT_ACCOUNT, who->tuple.text[DICT_ACCOUNT]));
	out_char(o, '\n');
	answers_account(&a);
	if (who->account_row) {
		answers_hours(&a);
		answers_disaster(&a, who->account_org);
		answers_contract(&a);
	}
	answers_grant(&a, SUBJECT_ACCOUNT, who->account_org);
	answers_line(&a);
	out_text(o, "  network\n");
	answers_network(&a);
	if (who->net_row)
		answers_grant(&a, SUBJECT_NETWORK, who->net_org);
	print_geo(&a);
	print_terminal(t, &a);
	print_system(t, ev, o);
	if (!ev->view)
		return;
	out_text(o, "  view\n");
	answers_view(&a, ev);
}

static struct str
place_of(struct telling *t, const struct explained_line *line)
{
	if (line->line)
		return arena_printf(&t->arena, STR_FMT ":%llu", STR_ARG(line->file),
				    (unsigned long long)line->line);
	return arena_printf(&t->arena, STR_FMT ", offset %llu", STR_ARG(line->file),
			    (unsigned long long)where_offset(line->fact.where));
}

/* Equal look-ups and verdicts: what a rule rests on is the same, too. */
static const struct told_block *
told_before(struct telling *t, const struct line_at *at, struct str answers)
{
	struct out o;
	struct told_block block = { 0 };

	out_memory(&o);
	out_bytes(&o, answers);
	out_u64(&o, at->event.who->id);
	for (uint32_t r = 0; r < t->in->rule_count; r++)
		out_printf(&o, " %u", (unsigned)at->said[r]);
	for (size_t i = 0; i < t->told.n; i++) {
		if (str_eq(t->told.at[i].text, out_taken(&o))) {
			out_discard(&o);
			return &t->told.at[i];
		}
	}
	block.text = arena_str(&t->arena, out_taken(&o));
	out_discard(&o);
	*VEC_PUSH(&t->told) = block;
	return NULL;
}

static void
tell_line(struct telling *t, const struct explained_line *line)
{
	struct look *k = looks_get(t->looks, line->fact.tuple, line->fact.ts);
	struct line_at at = { .keys = { 0 } };
	struct str place = place_of(t, line);
	const struct told_block *before;
	struct out answers;
	char buf[CIVIL_TEXT];

	trial_begin(&at.trial, t->looks, k, &line->fact);
	at.event = (struct event){ .fact = &line->fact,
				   .who = &at.trial.look.seen,
				   .view = k->seen.views ? &at.trial.regard : NULL,
				   .lookup = t->in->lookup };
	explain_judge(t, k, &at);
	out_tty(t->o, place);
	out_printf(t->o, ", " STR_FMT "\n", STR_ARG(civil_print_jst(buf, line->fact.ts)));
	print_fields(t, &line->fact, &k->seen.tuple);
	out_memory(&answers);
	print_answers(t, &at.event, &answers);
	before = told_before(t, &at, out_taken(&answers));
	if (before) {
		out_text(t->o, "  as for ");
		out_tty(t->o, before->place);
		out_char(t->o, '\n');
	} else {
		t->told.at[t->told.n - 1].place = place;
		out_bytes(t->o, out_taken(&answers)); /* escaped as it was written */
		out_text(t->o, "  rules\n");
		for (uint32_t r = 0; r < t->in->rule_count; r++)
			explain_rule(t, r, &at, t->o);
	}
	out_discard(&answers);
	explain_joined(t, &at);
	out_char(t->o, '\n');
}

static void
tell_findings(const struct telling *t, uint32_t account)
{
	bool any = false;

	out_text(t->o, "findings of the account\n");
	for (size_t i = 0; account && i < t->verdicts->finding.n; i++) {
		const struct finding *f = t->verdicts->finding.at[i];
		char from[CIVIL_TEXT], to[CIVIL_TEXT];

		if (key_account(f->rule->detector->key, &f->key) != account)
			continue;
		any = true;
		out_printf(t->o, "  %s %s %s, %d points,", f->fp_case, f->rule->id,
			   severity_names[f->severity], f->points);
		for (int k = 0; k < KEY_PARTS && f->rule->detector->key[k].name; k++)
			explain_named(t->o, f->rule->detector->key[k].name, f->key_text[k]);
		out_printf(t->o, ", " STR_FMT " to " STR_FMT ", lines %llu\n",
			   STR_ARG(civil_print_jst(from, f->first)),
			   STR_ARG(civil_print_jst(to, f->last)),
			   (unsigned long long)f->counts.lines);
	}
	if (!any)
		out_text(t->o, "  none\n");
}

/* Where the lines of ledgers that were told lie. */
static void
tell_ledgers(struct telling *t)
{
	const struct lookup *l = t->in->lookup;
	const struct policy *p = t->in->policy;

	out_text(t->o, "ledgers\n");
	for (size_t i = 0; i < p->ledger_count; i++) {
		struct str name = arena_str(&t->arena, p->ledger[i].name);
		struct str digest = l->ledger_digest(l->context, name.p);

		out_printf(t->o, "  %-15s ", name.p);
		out_tty(t->o, p->ledger[i].path);
		if (digest.n)
			out_printf(t->o, ", sha256 " STR_FMT, STR_ARG(str_head(digest, 12)));
		out_char(t->o, '\n');
	}
}

void
engine_explain_lines(const struct engine_input *in, const struct verdicts *verdicts,
		     const struct explained_line *line, size_t n, struct out *o)
{
	struct telling t = { .in = in, .verdicts = verdicts, .o = o };
	const struct fact_source *s = in->source;
	uint32_t account = line->fact.account;
	uint8_t *shared = walk_shared_terminals(in);
	int64_t first = 0, last = 0;

	s->span(s->facts, &first, &last);
	t.walk = walk_new(in, &t.arena, first, last, shared);
	t.looks = &t.walk->print_looks;
	for (size_t i = 0; i < n; i++)
		tell_line(&t, &line[i]);
	for (unsigned p = 0; p < s->partitions; p++) {
		struct fact_cursor *c = s->open(s->facts, p);
		struct account_facts facts;

		while (s->next(c, &facts)) {
			if (facts.account == account)
				explain_days(t.walk, &facts, line->fact.ts, line[n - 1].fact.ts, o);
		}
		s->close(c);
	}
	tell_findings(&t, account);
	tell_ledgers(&t);
	walk_free(t.walk);
	free(shared);
	VEC_FREE(&t.told);
	arena_free(&t.arena);
}
