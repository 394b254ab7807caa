/*
 * explain.c - the replay of one finding: its account (or key) walked once more, telling what the rule saw and said.
 */
#include "engine/explain_own.h"

#include "model/message.h"

/* Nothing where no row says so. */
static void
print_row(struct out *o, const char *ledger, uint32_t row)
{
	if (row)
		out_printf(o, " (%s line %u)", ledger, row);
}

static void
print_line(struct replay *r, const struct event *ev)
{
	const struct engine_input *in = r->in;
	const struct names *n = &in->source->names;
	const struct lookup *l = in->lookup;
	const struct seen *who = ev->who;
	const struct tuple *t = &who->tuple;

	explain_moment(r->o, ev->fact->ts);
	explain_value(r->o, "sys", in->policy->system[t->system].id);
	if (r->f->rule->detector->across)
		explain_value(r->o, "acct", n->text(n->facts, DICT_ACCOUNT, t->text[DICT_ACCOUNT]));
	out_printf(r->o, " act=%s ok=%u", act_names[t->act], t->ok);
	explain_value(r->o, "cls", n->text(n->facts, DICT_CLASS, t->text[DICT_CLASS]));
	explain_value(r->o, "obj", n->text(n->facts, DICT_OBJECT, ev->fact->object));
	explain_value(r->o, "account.org", l->org_name(l->context, who->account_org));
	print_row(r->o, "accounts", who->account_row);
	explain_value(r->o, "net", l->net_name(l->context, who->net));
	explain_value(r->o, "net.org", l->org_name(l->context, who->net_org));
	explain_value(r->o, "term", n->text(n->facts, DICT_TERMINAL, t->text[DICT_TERMINAL]));
	explain_value(r->o, "term.org", l->org_name(l->context, who->terminal_org));
	if (!ev->view)
		return;
	out_printf(r->o, " rel=%s", relation_names[ev->view->relation]);
	print_row(r->o, "consumers", ev->view->consumer_row);
	if (ev->view->verdict.prio)
		out_printf(r->o, " barrier line %u", ev->view->verdict.prio);
}

static void
print_step(struct replay *r, int64_t ts, uint32_t unit)
{
	if (r->open && dossier_goes_on(r->f->rule, ts - r->last_ts, unit == r->unit)) {
		out_printf(r->o, "; joins episode %u after %lld s", r->episode,
			   (long long)((ts - r->last_ts) / 1000));
	} else {
		out_printf(r->o, "; begins episode %u", ++r->episode);
		r->open = true;
	}
	r->last_ts = ts;
	r->unit = unit;
}

static bool
our_key(const struct replay *r, const struct key key[KEYS_MOST], int keys)
{
	for (int i = 0; i < keys; i++) {
		if (memcmp(&key[i], &r->f->key, sizeof(*key)) == 0)
			return true;
	}
	return false;
}

static void
replay_lines(struct replay *r, const struct fact *facts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct look *k = looks_get(&r->walk->print_looks, facts[i].tuple, facts[i].ts);
		struct regard regard;
		struct event ev = looks_event(&r->walk->print_looks, k, &facts[i], &regard);
		struct key key[KEYS_MOST] = { { { 0 } } };
		int keys;
		enum judged j =
			looks_verdict(&r->walk->print_looks, k, r->f->rule_number, &ev, key, &keys);

		print_line(r, &ev);
		out_printf(r->o, ": %s", judged_names[j]);
		if (j == JUDGED_HIT && our_key(r, key, keys))
			print_step(r, facts[i].ts, looks_unit(r->f->rule, &ev));
		else if (j == JUDGED_HIT)
			out_text(r->o, " of another key");
		out_char(r->o, '\n');
	}
}

/* Of a key that is not the account: the hits of all accounts under it, in time order. */
static void
replay_across(struct replay *r, const struct account_facts *facts, struct across_hit **hits,
	      size_t *n, size_t *room)
{
	for (size_t i = 0; i < facts->n; i++) {
		struct look *k =
			looks_get(&r->walk->print_looks, facts->at[i].tuple, facts->at[i].ts);
		struct regard regard;
		struct event ev = looks_event(&r->walk->print_looks, k, &facts->at[i], &regard);
		struct key key[KEYS_MOST] = { { { 0 } } };
		int keys;

		if (looks_verdict(&r->walk->print_looks, k, r->f->rule_number, &ev, key, &keys) !=
			    JUDGED_HIT ||
		    !our_key(r, key, keys))
			continue;
		if (*n == *room)
			*hits = vec_grow(*hits, room, sizeof(**hits));
		(*hits)[(*n)++] = (struct across_hit){ .fact = facts->at[i] };
	}
	looks_reset(&r->walk->print_looks);
}

static int
fact_order(const void *a, const void *b, void *arg)
{
	const struct fact_source *s = *(const struct fact_source *const *)arg;
	const struct across_hit *x = a, *y = b;

	if (x->fact.ts != y->fact.ts)
		return (x->fact.ts > y->fact.ts) - (x->fact.ts < y->fact.ts);
	return s->order(s->facts, &x->fact, &y->fact);
}

static void
replay_account(struct replay *r, const struct account_facts *facts)
{
	if (!explain_shape(r, facts))
		replay_lines(r, facts->at, facts->n);
}

static void
print_head(struct replay *r)
{
	const struct finding *f = r->f;

	out_printf(r->o, "%s %s %s, %d points\n", f->fp_case, f->rule->id,
		   severity_names[f->severity], f->points);
	out_text(r->o, f->rule->detector->summary);
	out_char(r->o, '\n');
	out_tty(r->o, message_text(f, f->rule->message_en, r->arena));
	out_char(r->o, '\n');
	for (int i = 0; i < KEY_PARTS && f->rule->detector->key[i].name; i++)
		explain_value(r->o, f->rule->detector->key[i].name, f->key_text[i]);
	out_text(r->o, "\n\n");
}

/* Of a finding without lines: what was told, and what would end it. */
static void
print_told(struct replay *r)
{
	const struct finding *f = r->f;

	for (size_t i = 0; i < f->unit_count; i++) {
		explain_moment(r->o, f->units[i].first);
		out_text(r->o, " to ");
		explain_moment(r->o, f->units[i].last);
		if (f->units[i].pairs)
			out_printf(r->o, " days=%llu", (unsigned long long)f->units[i].pairs);
		out_char(r->o, '\n');
	}
	for (size_t i = 0; i < f->because_count; i++) {
		out_text(r->o, "because ");
		because_print(&f->because[i], true, r->o);
		out_char(r->o, '\n');
	}
	if (f->rule->detector->clears)
		out_printf(r->o, "would be cleared by %s\n", f->rule->detector->clears);
}

void
engine_explain(const struct engine_input *in, const struct finding *f, struct out *o)
{
	struct arena arena = { 0 };
	struct replay r = { .in = in, .f = f, .o = o, .arena = &arena };
	const struct fact_source *s = in->source;
	struct across_hit *hits = NULL;
	uint32_t account = key_account(f->rule->detector->key, &f->key);
	int64_t first_ts, last_ts;
	uint8_t *shared;
	size_t n = 0, room = 0;

	if (f->rule->detector->roster) {
		print_head(&r);
		print_told(&r);
		arena_free(&arena);
		return;
	}
	shared = walk_shared_terminals(in);
	s->span(s->facts, &first_ts, &last_ts);
	r.walk = walk_new(in, &arena, first_ts, last_ts, shared);
	print_head(&r);
	for (unsigned p = 0; p < s->partitions; p++) {
		struct fact_cursor *c = s->open(s->facts, p);
		struct account_facts facts;

		while (s->next(c, &facts)) {
			if (f->rule->detector->across)
				replay_across(&r, &facts, &hits, &n, &room);
			else if (facts.account == account)
				replay_account(&r, &facts);
		}
		s->close(c);
	}
	if (n) {
		struct fact *facts = xalloc(n, sizeof(*facts));

		qsort_r(hits, n, sizeof(*hits), fact_order, &s);
		for (size_t i = 0; i < n; i++)
			facts[i] = hits[i].fact;
		replay_lines(&r, facts, n);
		free(facts);
	}
	free(hits);
	walk_free(r.walk);
	free(shared);
	arena_free(&arena);
}
