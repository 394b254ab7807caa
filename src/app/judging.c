/*
 * judging.c - see judging.h.
 */
#include "app/judging.h"

#include "app/canary.h"
#include "app/comparing.h"
#include "app/evidence.h"
#include "app/gate.h"
#include "app/hashing.h"
#include "app/inputs.h"
#include "app/night.h"
#include "app/notes.h"
#include "app/outputs.h"
#include "app/parts_given.h"
#include "app/policy_place.h"
#include "app/progress.h"
#include "app/run_nights.h"
#include "app/run_record.h"
#include "app/run_stats.h"
#include "app/tables.h"
#include "base/civil.h"
#include "context/ledgers.h"
#include "facts/part.h"
#include "policy/dispositions_load.h"
#include "policy/policy_load.h"
#include "policy/rules_load.h"
#include "report/ndjson.h"

#include <unistd.h>

static const char *
spill_dir(void)
{
	const char *dir = getenv("TMPDIR");

	return dir ? dir : "/tmp";
}

static double
now_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

int
policy_choose(struct policy *p, const struct options *o, struct arena *a, struct errors *err)
{
	struct str path = policy_path(o, a);
	size_t formats, ledgers;
	const char *const *format_names = format_name_list(&formats);
	const char *const *ledger_names = ledger_name_list(&ledgers);

	if (o->format.n && !format_named(str_head(o->format, str_find(o->format, ':')))) {
		struct out names;

		out_memory(&names);
		for (size_t i = 0; i < formats; i++)
			out_printf(&names, "%s%s", i ? ", " : "", format_names[i]);
		error_add(err, "--format '" STR_FMT "'; this version reads " STR_FMT,
			  STR_ARG(o->format), STR_ARG(out_taken(&names)));
		out_discard(&names);
		return -1;
	}
	if (path.n) {
		if (policy_load(p, arena_str(a, path), ledger_names, ledgers, format_names, formats,
				err) != 0)
			return -1;
		if (o->format.n)
			policy_set_format(p, o->format, o->system);
		return 0;
	}
	if (o->operand.n == 0 && o->files_from.n == 0 && o->state.n == 0)
		return error_add(
			err, "no policy and no input; name log files, or a policy with -c FILE");
	policy_builtin(p, o->format.n ? o->format : STR("combined"), o->system);
	return 0;
}

static struct facts *
empty_facts(const struct judging *j)
{
	const struct options *o = j->options;

	return facts_new(&(struct facts_options){ .memory = o->memory,
						  .writers_hint = o->jobs,
						  .systems = j->policy.system_count,
						  .spill_dir = spill_dir(),
						  .table_secret = o->table_secret });
}

/* A copy that may be narrowed; what it points at stays its owner's. */
static int
borrow_rules(struct judging *j, const struct rules *rules)
{
	j->rules = *rules;
	j->rules.arena = (struct arena){ 0 };
	j->rules.at = arena_alloc(&j->arena, (rules->count + 1) * sizeof(*rules->at));
	memcpy(j->rules.at, rules->at, rules->count * sizeof(*rules->at));
	j->rules.off_count = 0;
	return 0;
}

int
judging_open(struct judging *j, const struct options *o, struct errors *err)
{
	return judging_open_by(j, o, NULL, err);
}

int
judging_open_by(struct judging *j, const struct options *o, const struct rules *rules,
		struct errors *err)
{
	double start;
	int rc;

	*j = (struct judging){ .options = o };
	if (outputs_check(o, err) != 0)
		return -1;
	/* Mistakes of the policy hide none of what it names: all are told in one run. */
	rc = policy_choose(&j->policy, o, &j->arena, err);
	rc |= rules ? borrow_rules(j, rules)
		    : rules_load(&j->rules, &j->policy, detectors, detector_count, err);
	rc |= dispositions_load(&j->dispositions, &j->policy, &j->rules, err);
	start = now_seconds();
	rc |= context_load(&j->context, &j->policy, !o->digest_none, err);
	rc |= comparing_open(j, err);
	j->seconds[STAGE_LEDGERS] = now_seconds() - start;
	j->sources = sources_of(&j->policy, &j->arena, err);
	if (rc != 0 || !j->sources)
		return -1;
	j->facts = empty_facts(j);
	return 0;
}

/* False: more was read of a damaged file than is there. */
static bool
read_logs(struct judging *j, bool strict)
{
	const struct options *o = j->options;
	struct ingest in = { .policy = &j->policy,
			     .source = j->sources,
			     .facts = j->facts,
			     .options = { .reader = o->reader,
					  .jobs = o->jobs,
					  .since = o->since,
					  .until = o->until,
					  .future = o->now + DAY_MS,
					  .late = night_purged(j->night),
					  .range = o->range } };
	uint32_t first = night_first_file(j->night), n = facts_file_count(j->facts);
	bool right;

	in.options.reader.strict = strict;
	if (!o->digest_none)
		in.hashing = hashing_start(j->facts, first, n, o->reader.links);
	right = ingest_files(&in, first, n, &j->trouble);
	if (in.hashing)
		hashing_join(in.hashing);
	return right;
}

/* The same inputs, and nothing read yet. */
static enum status
forget_lines(struct judging *j, struct errors *err)
{
	struct facts *old = j->facts;
	uint32_t first = night_first_file(j->night);
	enum status status = STATUS_OK;

	j->facts = empty_facts(j);
	if (j->night)
		status = night_shelve(j, err);
	for (uint32_t i = first; i < facts_file_count(old); i++) {
		const struct logfile *f = facts_file(old, i);

		facts_file_new(j->facts, &(struct logfile){ .path = f->path,
							    .feed = f->feed,
							    .system = f->system,
							    .lineage = f->lineage,
							    .from = f->from,
							    .lines_before = f->lines_before,
							    .limit = f->limit,
							    .text_bytes = f->text_bytes });
		memcpy(facts_file(j->facts, facts_file_count(j->facts) - 1)->text_sha256,
		       f->text_sha256, sizeof(f->text_sha256));
	}
	facts_free(old);
	return status;
}

/*
 * Where the fast engine gave lines of a damaged file that are not there, and they are in the facts already, nothing can
 * be taken back: all is read once more.  It takes a flipped bit that leaves a block readable for 256 KiB.
 */
enum status
judging_read_logs(struct judging *j, struct errors *err)
{
	double start = now_seconds();
	enum status status = STATUS_OK;
	size_t told;

	if (inputs_find(j->options, &j->policy, j->facts, &j->arena, &j->trouble, err) != 0)
		return STATUS_USAGE;
	if (j->night)
		night_sift(j);
	told = j->trouble.list.n;
	if (!read_logs(j, false)) {
		j->trouble.list.n = told;
		status = forget_lines(j, err);
		if (status == STATUS_OK)
			read_logs(j, true);
	}
	j->seconds[STAGE_READ] = now_seconds() - start;
	return status;
}

enum status
judging_load_parts(struct judging *j, struct errors *err)
{
	double start = now_seconds();
	enum status status = parts_given_load(j, err);

	j->seconds[STAGE_READ] = now_seconds() - start;
	return status;
}

static bool
spill_failed(const struct judging *j, struct errors *err)
{
	struct str part = facts_unreadable(j->facts);

	if (facts_ok(j->facts))
		return false;
	if (part.n)
		error_add(err,
			  "part '" STR_FMT "' can no longer be read as it was when it was loaded",
			  STR_ARG(part));
	else
		error_add(err,
			  "events could not be spilled to disk; free some space or raise --memory");
	return true;
}

int
judging_resolve(struct judging *j, struct errors *err)
{
	double start = now_seconds();

	if (spill_failed(j, err))
		return -1;
	j->source = facts_source(j->facts);
	if (context_resolve(j->context, &j->source.names, j->options->jobs, err) != 0)
		return -1;
	context_lookup(j->context, &j->lookup);
	j->seconds[STAGE_RESOLVE] = now_seconds() - start;
	return 0;
}

int
judging_judge(struct judging *j, struct errors *err)
{
	const struct options *o = j->options;
	double start;
	int rc;

	if (judging_resolve(j, err) != 0)
		return -1;
	start = now_seconds();
	progress_judging(&j->source);
	j->input = (struct engine_input){ .source = &j->source,
					  .lookup = &j->lookup,
					  .policy = &j->policy,
					  .rules = j->rules.at,
					  .rule_count = j->rules.count,
					  .windows = o->window.at,
					  .window_count = o->window.n,
					  .from = o->since,
					  .jobs = o->jobs,
					  .memory = o->memory / 8,
					  .spill_dir = spill_dir(),
					  .survey = outputs_survey(o) };
	rc = engine_judge(&j->input, &j->verdicts, err);
	progress_end();
	dispositions_apply(&j->dispositions, &j->verdicts, o->now, &j->warnings);
	facts_settle_doubles(j->facts);
	j->seconds[STAGE_JUDGE] = now_seconds() - start;
	start = now_seconds();
	if (rc == 0)
		evidence_fetch(&j->verdicts, &j->source, &j->policy, j->sources, &o->reader,
			       j->night);
	j->seconds[STAGE_EVIDENCE] = now_seconds() - start;
	if (rc == 0 && spill_failed(j, err))
		rc = -1;
	j->judged = rc == 0;
	if (j->judged && outputs_survey(o))
		canary_run(j);
	return rc;
}

/* What was found is written once, in memory, and every report is made from that text. */
static int
write_outputs(const struct options *o, struct str text, struct errors *err)
{
	enum outputs_end end = outputs_write(o, (struct str){ 0 }, text, err);

	if (end == OUTPUTS_UNREAD)
		BUG("the record that was written cannot be read");
	return end == OUTPUTS_WRITTEN ? 0 : -1;
}

static enum status
status_of(const struct judging *j, struct errors *err)
{
	size_t tripped = gate_tell(j->options, &j->verdicts, err);

	if (j->trouble.list.n)
		return STATUS_INCOMPLETE;
	return tripped ? STATUS_FINDINGS : STATUS_OK;
}

void
judging_tell_trouble(const struct judging *j, struct errors *err)
{
	for (size_t i = 0; i < j->trouble.list.n; i++)
		error_add(err, "incomplete: " STR_FMT, STR_ARG(j->trouble.list.at[i]));
	for (size_t i = 0; !j->options->quiet && i < j->warnings.list.n; i++)
		error_add(err, "warning: " STR_FMT, STR_ARG(j->warnings.list.at[i]));
}

enum status
judging_report(struct judging *j, struct errors *err)
{
	struct report_input in = {
		.verdicts = &j->verdicts, .source = &j->source, .policy = &j->policy, .run = &j->run
	};
	const struct options *o = j->options;
	struct errors mute = { 0 };
	enum status status;
	struct out text;

	out_memory(&text);
	run_record_fill(j, &in);
	if (j->judged && (outputs_any(o) || o->folds || j->baseline)) {
		if (comparing_body(j, &in, &text, err) != 0) {
			out_discard(&text);
			return STATUS_INTERNAL;
		}
		run_nights_tonight(j, status_of(j, &mute));
		errors_free(&mute);
		ndjson_run(&in, &text);
	}
	if (j->judged && (o->against.n ? comparing_write(j, err)
				       : write_outputs(o, out_taken(&text), err)) != 0) {
		out_discard(&text);
		return STATUS_INTERNAL;
	}
	if (o->stats)
		run_stats_print(j);
	judging_tell_trouble(j, err);
	status = status_of(j, err);
	if (o->folds && night_commit(j, out_taken(&text), status, err) != 0)
		status = STATUS_INTERNAL;
	out_discard(&text);
	return status;
}

int
judging_write_partial(struct judging *j, struct errors *err)
{
	struct part_origin origin;
	struct part_choice all = { .origin = &origin };
	struct part_made made;
	struct out out;

	if (spill_failed(j, err) || out_open(&out, j->options->partial, err) != 0)
		return -1;
	parts_given_origin(j, &origin);
	if (!facts_ok(j->facts) ||
	    part_save(j->facts, &all, j->policy.parse_digest, &out, &made) != 0) {
		out_discard(&out);
		return error_add(err, "spilled events could not be read back");
	}
	return out_close(&out, err);
}

enum status
judging_finish(struct judging *j, struct errors *err)
{
	int rc = j->options->partial.n ? judging_write_partial(j, err) : judging_judge(j, err);

	return rc == 0 ? judging_report(j, err) : STATUS_INTERNAL;
}

void
judging_close(struct judging *j)
{
	night_close(j->night);
	baseline_close(j->baseline);
	verdicts_free(&j->verdicts);
	context_free(j->context);
	facts_free(j->facts);
	dispositions_free(&j->dispositions);
	rules_free(&j->rules);
	policy_free(&j->policy);
	errors_free(&j->trouble);
	errors_free(&j->warnings);
	arena_free(&j->arena);
}
