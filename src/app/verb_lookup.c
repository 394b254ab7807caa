/*
 * verb_lookup.c - who met this consumer, when, of which organisation, explained by what; and whom did this account meet.
 *
 *     --consumer, --account -> as each system spells it -> a pick (facts/part_pick.h)
 *       -> a state's parts, or parts, through their index  |  logs, read as ever
 *       -> doubles settled -> the facts that match, in the order of time -> look-ups of each (sighting.h)
 *       -> text, NDJSON, CSV, each with its sums
 *
 * Nothing is judged: the list is what the lines and the ledgers say.  It is the same from a state, from parts and from
 * the logs of the same lines, but for where a line lay.
 */
#include "app/night.h"
#include "app/outputs.h"
#include "app/run_record.h"
#include "app/sight_print.h"
#include "base/civil.h"
#include "context/show.h"
#include "facts/part.h"
#include "format/canon.h"

#include <unistd.h>

struct seeking {
	struct judging judging;
	const struct options *asked;
	struct options
		options; /* of the reading: all lines, without --output, which is of a list here */
	struct pick pick;
	struct str *account; /* by system */
	uint32_t *number;    /* of it in the facts, by system; 0: of none */
	uint32_t object;
	struct hmac key;
	VEC(struct fact) found;
};

static const struct sight_printer {
	const char *name;
	void (*write)(const struct sight_list *l, struct out *o);
} printers[] = {
	{ "text", sight_write_text },
	{ "ndjson", sight_write_ndjson },
	{ "csv", sight_write_csv },
	{ "csv-excel", sight_write_excel },
};

static const struct sight_printer *
printer_named(struct str name)
{
	for (size_t i = 0; i < COUNT(printers); i++) {
		if (str_is(name, printers[i].name))
			return &printers[i];
	}
	return NULL;
}

static int
check_asked(const struct options *o, struct errors *err)
{
	if (o->consumer.n == 0 && o->account.n == 0)
		return error_add(err, "who was seen, or who saw? give --consumer ID, --account ID "
				      "or both");
	for (size_t i = 0; i < o->output.n; i++) {
		if (!printer_named(o->output.at[i].format))
			return error_add(err,
					 "--output '" STR_FMT
					 "'; lookup writes text, ndjson, csv or csv-excel",
					 STR_ARG(o->output.at[i].format));
	}
	return 0;
}

static int
check_system(const struct seeking *s, struct errors *err)
{
	const struct policy *p = &s->judging.policy;
	struct str wanted = s->options.system;

	for (size_t i = 0; i < p->system_count; i++) {
		if (wanted.n == 0 || str_eq(p->system[i].id, wanted))
			return 0;
	}
	return error_add(err, "--system '" STR_FMT "' is no system of the policy", STR_ARG(wanted));
}

/* An account is spelled as each system's lines spell it, once their names are normalised. */
static void
spell(struct seeking *s)
{
	struct judging *j = &s->judging;
	const struct options *o = s->asked;
	static const struct record nothing;

	s->account = arena_alloc(&j->arena, (j->policy.system_count + 1) * sizeof(*s->account));
	for (size_t i = 0; i < j->policy.system_count; i++) {
		const struct policy_system *system = &j->policy.system[i];
		struct canon_who who;

		if (o->account.n == 0 || (o->system.n && !str_eq(o->system, system->id)))
			continue;
		canon_who(system, &nothing, o->account, &who);
		s->account[i] = arena_str(&j->arena, who.account);
	}
	s->pick = (struct pick){ .object = o->consumer,
				 .account = o->account.n ? s->account : NULL,
				 .since = o->since,
				 .until = o->until };
	facts_pick(j->facts, &s->pick);
}

/* What is asked for is in the dictionaries from here on, whether a line names it or not. */
static void
number(struct seeking *s)
{
	struct judging *j = &s->judging;
	size_t systems = j->policy.system_count;

	s->number = arena_alloc(&j->arena, (systems + 1) * sizeof(*s->number));
	for (size_t i = 0; i < systems; i++) {
		if (s->account[i].n)
			s->number[i] =
				dict_number(facts_dict(j->facts, DICT_ACCOUNT), s->account[i]);
	}
	if (s->pick.object.n)
		s->object = dict_number(facts_dict(j->facts, DICT_OBJECT), s->pick.object);
}

static enum status
read_inputs(struct judging *j, const struct options *o, struct errors *err)
{
	if (o->operand.n && part_is(o->operand.at[0]))
		return judging_load_parts(j, err);
	if (o->state.n && o->operand.n == 0 && o->files_from.n == 0)
		return STATUS_OK;
	return judging_read_logs(j, err);
}

/* A line that meets somebody: it names a consumer, or shows what it does not name. */
static bool
wanted(const struct seeking *s, const struct fact *f)
{
	const struct judging *j = &s->judging;
	const struct names *n = &j->source.names;
	const struct tuple *t = n->tuple(n->facts, f->tuple);
	struct str system = s->asked->system;

	if (f->ts < s->asked->since || f->ts >= s->asked->until)
		return false;
	if (system.n && !str_eq(system, j->policy.system[t->system].id))
		return false;
	if (s->pick.account && (s->number[t->system] == 0 || s->number[t->system] != f->account))
		return false;
	if (s->object)
		return f->object == s->object;
	return f->object || act_views((enum act)t->act);
}

static int
time_order(const void *a, const void *b, void *source)
{
	const struct fact *x = a, *y = b;
	const struct fact_source *s = source;

	return x->ts != y->ts ? (x->ts > y->ts) - (x->ts < y->ts) : s->order(s->facts, x, y);
}

static void
find(struct seeking *s)
{
	struct fact_source *source = &s->judging.source;

	for (unsigned p = 0; p < source->partitions; p++) {
		struct fact_cursor *c = source->open(source->facts, p);
		struct account_facts a;

		while (source->next(c, &a)) {
			for (size_t i = 0; i < a.n; i++) {
				if (wanted(s, &a.at[i]))
					*VEC_PUSH(&s->found) = a.at[i];
			}
		}
		source->close(c);
	}
	if (s->found.n)
		qsort_r(s->found.at, s->found.n, sizeof(*s->found.at), time_order, source);
	facts_settle_doubles(s->judging.facts);
}

static enum listed_at_all
listed(struct seeking *s, enum show_kind kind, struct str name)
{
	struct arena a = { 0 };
	struct shown all = context_show(s->judging.context, kind, name, s->options.now, &a);
	enum listed_at_all is = LISTED_UNKNOWN;

	for (size_t i = 0; i < all.count && is != LISTED; i++) {
		const struct shown_ledger *l = &all.ledger[i];

		if (l->lists)
			is = l->count + l->left_out[SHOWN_PAST] + l->left_out[SHOWN_HOLDS] +
					     l->left_out[SHOWN_TO_COME]
				     ? LISTED
				     : LISTED_NOWHERE;
	}
	arena_free(&a);
	return is;
}

static enum listed_at_all
account_listed(struct seeking *s)
{
	enum listed_at_all is = LISTED_UNKNOWN;

	for (size_t i = 0; i < s->judging.policy.system_count && is != LISTED; i++) {
		if (s->account[i].n)
			is = listed(s, SHOW_ACCOUNT, s->account[i]);
	}
	return is;
}

static int
write_one(const struct sight_list *l, struct str format, struct str file, struct errors *err)
{
	struct out out;

	if (out_open(&out, file, err) != 0)
		return -1;
	printer_named(format)->write(l, &out);
	return out_close(&out, err);
}

static int
print(struct seeking *s, struct errors *err)
{
	const struct options *o = s->asked;
	struct judging *j = &s->judging;
	enum language language = o->language ? o->language : j->policy.language;
	struct sight_list l = { .ask = { .source = &j->source,
					 .look = &j->lookup,
					 .policy = &j->policy,
					 .key = o->pseudonymise.n ? &s->key : NULL },
				.judging = j,
				.asked = o,
				.fact = s->found.at,
				.n = s->found.n,
				.japanese = language == LANGUAGE_JA };
	int rc = 0;

	l.consumer = sight_name(&l.ask, o->consumer, &j->arena);
	l.account = sight_name(&l.ask, o->account, &j->arena);
	l.consumer_is = o->consumer.n ? listed(s, SHOW_CONSUMER, o->consumer) : LISTED_UNKNOWN;
	l.account_is = o->account.n ? account_listed(s) : LISTED_UNKNOWN;
	if (o->output.n == 0)
		rc = write_one(&l, isatty(STDOUT_FILENO) ? STR("text") : STR("ndjson"), STR("-"),
			       err);
	for (size_t i = 0; i < o->output.n; i++) {
		const struct output *to = &o->output.at[i];

		rc |= write_one(&l, to->format, to->file.n ? to->file : STR("-"), err);
	}
	return rc;
}

static enum status
seek(struct seeking *s, struct errors *err)
{
	const struct options *o = s->asked;
	struct judging *j = &s->judging;
	struct report_input in = {
		.verdicts = &j->verdicts, .source = &j->source, .policy = &j->policy, .run = &j->run
	};
	enum status status = STATUS_OK;

	if (o->pseudonymise.n && outputs_key(o, &s->key, err) != 0)
		return STATUS_USAGE;
	if (judging_open(j, &s->options, err) != 0 || check_system(s, err) != 0)
		return STATUS_USAGE;
	spell(s);
	if (o->state.n)
		status = night_open(j, false, err);
	if (status == STATUS_OK)
		status = read_inputs(j, &s->options, err);
	if (status != STATUS_OK)
		return status;
	number(s);
	if (judging_resolve(j, err) != 0)
		return STATUS_INTERNAL;
	find(s);
	if (!facts_ok(j->facts)) {
		error_add(err, "events could not be read back; the list would be too short");
		return STATUS_INTERNAL;
	}
	run_record_fill(j, &in);
	if (print(s, err) != 0)
		return STATUS_INTERNAL;
	judging_tell_trouble(j, err);
	return j->run.complete ? STATUS_OK : STATUS_INCOMPLETE;
}

static enum status
lookup_run(struct options *o, struct errors *err)
{
	struct seeking *s;
	enum status status;

	if (check_asked(o, err) != 0)
		return STATUS_USAGE;
	s = xalloc(1, sizeof(*s));
	s->asked = o;
	s->options = *o;
	s->options.output.n = 0;
	s->options.since = INT64_MIN;
	s->options.until = INT64_MAX;
	s->options.digest_none = true; /* the list has no digests */
	status = seek(s, err);
	judging_close(&s->judging);
	VEC_FREE(&s->found);
	free(s);
	return status;
}

const struct verb verb_lookup = {
	.name = "lookup",
	.usage = "[options] --consumer ID|--account ID [FILE|DIR|GLOB|PART]...",
	.summary = "who viewed this consumer, when and why; or what this account viewed",
	.bit = IN_LOOKUP,
	.run = lookup_run,
};
