/*
 * ledger_show.c - first the rows as they stand, then what judgement makes of them, by the look-ups it uses itself.
 */
#include "app/ledger_show.h"

#include "app/judging.h"
#include "app/ledger_show_own.h"
#include "base/civil.h"
#include "model/answers.h"
#include "policy/policy_load.h"

#include <unistd.h>

enum { DIGEST_SHOWN = 12 };

static uint32_t
word_count(const void *thing, enum dict dict)
{
	return ((const struct one_thing *)thing)->word[dict].n ? 1 : 0;
}

static struct str
word_text(const void *thing, enum dict dict, uint32_t number)
{
	return number ? ((const struct one_thing *)thing)->word[dict] : (struct str){ 0 };
}

static uint32_t
tuple_count(const void *thing)
{
	return ((const struct one_thing *)thing)->systems;
}

static const struct tuple *
tuple_at(const void *thing, uint32_t number)
{
	return &((const struct one_thing *)thing)->at[number - 1];
}

static void
tell_row(struct out *o, const struct shown_row *row)
{
	static const char *const when[SHOWN_WHENS] = {
		[SHOWN_PAST] = "past",
		[SHOWN_HOLDS] = "holds",
		[SHOWN_TO_COME] = "to come",
	};

	out_printf(o, "  line %-6u %-8s", row->line, when[row->when]);
	for (size_t i = 0; i < row->count; i++) {
		out_printf(o, "%s%s=", i ? "  " : "", row->cell[i].column);
		out_tty(o, row->cell[i].text);
	}
	out_char(o, '\n');
}

static void
tell_ledger(struct out *o, const struct shown_ledger *l)
{
	if (l->count + l->left_out[0] + l->left_out[1] + l->left_out[2] == 0)
		return;
	out_printf(o, "%s, ", l->name);
	out_tty(o, l->path);
	out_printf(o, "%s%.*s\n", l->sha256[0] ? ", sha256 " : "", DIGEST_SHOWN, l->sha256);
	for (size_t i = 0; i < l->count; i++)
		tell_row(o, &l->row[i]);
	if (l->left_out[SHOWN_PAST] + l->left_out[SHOWN_HOLDS] + l->left_out[SHOWN_TO_COME])
		out_printf(o, "  not shown: %zu past, %zu that hold, %zu to come\n",
			   l->left_out[SHOWN_PAST], l->left_out[SHOWN_HOLDS],
			   l->left_out[SHOWN_TO_COME]);
}

/* What a thing that stands nowhere is: nothing known is not the same as nothing asked. */
static void
tell_rows(struct showing_one *s, struct str name)
{
	struct shown all = context_show(s->context, s->kind->kind, name, s->ts, &s->arena);
	bool listed = false, known = false;

	for (size_t i = 0; i < all.count; i++) {
		listed = listed || all.ledger[i].lists;
		known = known || (all.ledger[i].lists && all.ledger[i].count);
		tell_ledger(&s->out, &all.ledger[i]);
	}
	if (!listed)
		out_printf(&s->out, "undetermined: the policy names no ledger of %s\n",
			   s->kind->ledger);
	else if (!known)
		out_printf(&s->out, "nothing is known: it stands in no row of %s\n",
			   s->kind->ledger);
}

static int
resolve_thing(struct showing_one *s, enum dict dict, struct str word, struct errors *err)
{
	struct one_thing *t = &s->thing;
	struct names names = { t, word_count, word_text, tuple_count, tuple_at };

	if (dict < DICT_OBJECT) {
		t->word[dict] = word;
		t->tuple.text[dict] = 1;
	}
	t->tuple.act = ACT_OTHER;
	t->tuple.ok = 1;
	t->systems = (uint32_t)(s->policy.system_count < SYSTEMS_MOST ? s->policy.system_count
								      : SYSTEMS_MOST);
	for (uint32_t i = 0; i < t->systems; i++) {
		t->at[i] = t->tuple;
		t->at[i].system = (uint16_t)i;
	}
	if (context_resolve(s->context, &names, 1, err) != 0)
		return -1;
	context_lookup(s->context, &s->look);
	return 0;
}

/* An address, or a block: then its first address stands for it. */
static int
show_network(struct showing_one *s, struct errors *err)
{
	char *bytes = arena_alloc(&s->arena, ADDRESS_SIZE);
	struct str block;
	struct cidr c;

	if (cidr_parse(s->name, &c) != CIDR_OK)
		return error_add(err,
				 "'" STR_FMT "' is no address; like 10.1.2.3, 2001:db8::1 or a "
				 "block of networks",
				 STR_ARG(s->name));
	memcpy(bytes, c.byte, ADDRESS_SIZE);
	if (resolve_thing(s, DICT_ADDRESS, (struct str){ bytes, ADDRESS_SIZE }, err) != 0)
		return -1;
	block = context_block(s->context, c.byte);
	tell_rows(s, block.n ? block : s->name);
	ledger_tell_systems(s);
	return 0;
}

static int
show_one(struct showing_one *s, struct errors *err)
{
	char when[CIVIL_TEXT];

	out_printf(&s->out, "%s '", s->kind->one);
	out_tty(&s->out, s->name);
	out_printf(&s->out, "' as of " STR_FMT "\n\n", STR_ARG(civil_print_jst(when, s->ts)));
	switch (s->kind->kind) {
	case SHOW_NETWORK:
		return show_network(s, err);
	case SHOW_ACCOUNT:
	case SHOW_TERMINAL:
		if (resolve_thing(s, s->kind->kind == SHOW_ACCOUNT ? DICT_ACCOUNT : DICT_TERMINAL,
				  s->name, err) != 0)
			return -1;
		tell_rows(s, s->name);
		ledger_tell_systems(s);
		return 0;
	case SHOW_ORG:
		if (resolve_thing(s, DICT_COUNT, s->name, err) != 0)
			return -1;
		tell_rows(s, s->name);
		out_text(&s->out, "in all systems\n");
		answers_disaster(&(struct answers){ .look = &s->look, .ts = s->ts, .out = &s->out },
				 context_org(s->context, s->name));
		return 0;
	case SHOW_PERSON:
	case SHOW_CONSUMER:
		tell_rows(s, s->name);
		return 0;
	case SHOW_KINDS:
		break;
	}
	return 0;
}

static const struct shown_kind kinds[] = {
	{ "account", "account", "accounts", SHOW_ACCOUNT },
	{ "terminal", "terminal", "terminals", SHOW_TERMINAL },
	{ "network", "network", "networks", SHOW_NETWORK },
	{ "address", "network", "networks", SHOW_NETWORK },
	{ "consumer", "consumer", "consumers", SHOW_CONSUMER },
	{ "person", "person", "people", SHOW_PERSON },
	{ "org", "organisation", "orgs", SHOW_ORG },
};

static const struct shown_kind *
find_kind(const struct options *o, struct errors *err)
{
	for (size_t i = 0; o->operand.n == 2 && i < COUNT(kinds); i++) {
		if (str_is(o->operand.at[0], kinds[i].word))
			return &kinds[i];
	}
	error_add(err, "ledger show wants what and which: account, terminal, network, address, "
		       "consumer, person or org, and its name");
	return NULL;
}

enum status
ledger_show(struct options *o, struct errors *err)
{
	struct showing_one s = { .ts = o->at_given ? o->at : o->now };
	enum status status = STATUS_USAGE;

	s.kind = find_kind(o, err);
	if (!s.kind)
		return STATUS_USAGE;
	s.name = o->operand.at[1];
	o->operand.n = 0; /* they are no logs */
	if (policy_choose(&s.policy, o, &s.arena, err) != 0 ||
	    context_load(&s.context, &s.policy, true, err) != 0)
		goto out;
	out_stream(&s.out, STDOUT_FILENO, STR("standard output"));
	status = show_one(&s, err) == 0 ? STATUS_OK : STATUS_USAGE;
	if (out_close(&s.out, err) != 0)
		status = STATUS_INTERNAL;
	for (size_t i = 0; i < context_notes(s.context)->list.n; i++)
		error_add(err, "warning: " STR_FMT, STR_ARG(context_notes(s.context)->list.at[i]));
out:
	context_free(s.context);
	policy_free(&s.policy);
	arena_free(&s.arena);
	return status;
}
