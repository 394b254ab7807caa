/*
 * run_record.c - what was read, by what, and how it went: see run_record.h.
 */
#include "app/run_record.h"

#include "app/night.h"
#include "app/run_asked.h"
#include "app/run_coverage.h"
#include "app/run_nights.h"
#include "base/civil.h"
#include "report/ndjson.h"

/* "unknown_origin 12, learning 3" */
static struct str
why_undetermined(struct judging *j, const struct rule_tally *t)
{
	struct out o;
	struct str words;
	const char *comma = "";

	out_memory(&o);
	for (int i = JUDGED_ASK + 1; i < JUDGED_COUNT; i++) {
		if (t->judged[i] == 0 || i == JUDGED_LEARNING || i == JUDGED_LEFT_OUT)
			continue;
		out_printf(&o, "%s%s %llu", comma, judged_names[i],
			   (unsigned long long)t->judged[i]);
		comma = ", ";
	}
	words = arena_str(&j->arena, out_taken(&o));
	out_discard(&o);
	return words;
}

/* Lines that are not its business leave a rule with nothing to say; lines it cannot decide are another thing. */
static void
find_rule_trouble(struct judging *j, const struct rule_tally *t)
{
	uint64_t limit = t->judged[JUDGED_REGEX_LIMIT], left = tally_undetermined(t);
	uint64_t all = tally_evaluated(t) + left;

	if (rule_kind(t->rule) == FINDING_VIOLATION && left && left == all)
		error_add(&j->trouble,
			  "rule %s could decide none of the lines that are its business (" STR_FMT
			  ")",
			  t->rule->id, STR_ARG(why_undetermined(j, t)));
	else if (rule_kind(t->rule) == FINDING_VIOLATION &&
		 left * 1000000 > j->options->undetermined_ppm * all)
		error_add(&j->trouble,
			  "rule %s could not decide %llu of the %llu lines that are its business "
			  "(" STR_FMT ")",
			  t->rule->id, (unsigned long long)left, (unsigned long long)all,
			  STR_ARG(why_undetermined(j, t)));
	if (limit)
		error_add(&j->trouble,
			  "rule %s left %llu line%s undecided: a pattern of its 'where' took too "
			  "long; make it simpler",
			  t->rule->id, (unsigned long long)limit, limit == 1 ? "" : "s");
}

/* However few: each might have been somebody's view. */
static void
tell_undecided(struct judging *j)
{
	unsigned long long n = j->run.note[NOTE_UNDECIDED];
	size_t first = 0;

	if (n == 0)
		return;
	while (j->run.file[first]->note[NOTE_UNDECIDED] == 0)
		first++;
	error_add(&j->trouble,
		  "%llu line%s refused, which a pattern could not decide within its limits, first "
		  "in '" STR_FMT "'; simplify the pattern, or allow more with `match_limit:`",
		  n, n == 1 ? " was" : "s were", STR_ARG(j->run.file[first]->path));
}

static bool
any_file(const struct judging *j, uint32_t system)
{
	for (size_t i = 0; i < j->run.file_count; i++) {
		if (j->run.file[i]->system == system)
			return true;
	}
	return false;
}

/*
 * Days of a log that are not there: what they would have said is in no finding.  A system of which no file was read is
 * told by whoever looked for its files; where files were named, others were not asked for, and the finding is enough.
 */
static void
tell_absent(struct judging *j)
{
	for (size_t i = 0; i < j->verdicts.finding.n; i++) {
		const struct finding *f = j->verdicts.finding.at[i];

		if (f->rule->detector->incomplete && any_file(j, f->key.part[0]))
			error_add(&j->trouble,
				  "system '" STR_FMT "' has no accepted line on %llu day%s (%s)",
				  STR_ARG(f->realm), (unsigned long long)f->counts.episodes,
				  f->counts.episodes == 1 ? "" : "s", f->rule->id);
	}
}

/* Lines behind the purge boundary: they are of no facts any more, whatever they say. */
static void
tell_late(struct judging *j)
{
	uint64_t *late = xalloc(j->policy.system_count + 1, sizeof(*late));

	for (size_t i = night_first_file(j->night); i < j->run.file_count; i++)
		late[j->run.file[i]->system] += j->run.file[i]->bucket[BUCKET_LATE];
	for (size_t s = 0; s < j->policy.system_count; s++) {
		if (late[s])
			error_add(&j->trouble,
				  "LOG-04: %llu line%s of system '" STR_FMT "' %s of days that the "
				  "state does not keep any more; a longer --keep would have had "
				  "room for them",
				  (unsigned long long)late[s], late[s] == 1 ? "" : "s",
				  STR_ARG(j->policy.system[s].id), late[s] == 1 ? "is" : "are");
	}
	free(late);
}

static void
find_trouble(struct judging *j)
{
	struct run *r = &j->run;
	uint64_t read = 0, refused = 0;

	/* What was wrong with a log of an earlier night was told then, and stands in the record. */
	for (size_t i = night_first_file(j->night); i < r->file_count; i++) {
		enum file_end end = r->file[i]->end;

		read += r->file[i]->lines - r->file[i]->bucket[BUCKET_BLANK];
		refused += r->file[i]->bucket[BUCKET_REFUSED];

		/* Why a file was not opened has been told already. */
		if (end != END_WHOLE && end != END_NOT_OPENED)
			error_add(&j->trouble, "'" STR_FMT "' " STR_FMT, STR_ARG(r->file[i]->path),
				  STR_ARG(logfile_end_words(&j->arena, r->file[i])));
	}
	tell_undecided(j);
	if (refused * 1000000 > j->options->rejected_ppm * read)
		error_add(&j->trouble,
			  "%llu of %llu lines were refused; `sekisho parse --rejects` shows them",
			  (unsigned long long)refused, (unsigned long long)read);
	tell_late(j);
	if (r->file_count == 0)
		error_add(&j->trouble, "no input was read");
	else if (r->bucket[BUCKET_ACCEPTED] == 0)
		error_add(&j->trouble, "no line was accepted: there is nothing to judge");
	if (j->judged)
		tell_absent(j);
	for (size_t i = 0; j->judged && i < j->verdicts.rule_count; i++)
		find_rule_trouble(j, &j->verdicts.tally[i]);
}

/* Over every finding but where its evidence lay: equal for any order, split, machine and thread count. */
static void
digest_findings(struct judging *j, const struct report_input *in)
{
	struct sha256 sha;
	struct out o;
	uint8_t digest[SHA256_SIZE];

	sha256_init(&sha);
	for (size_t i = 0; i < j->verdicts.finding.n; i++) {
		out_memory(&o);
		ndjson_lawful(in, j->verdicts.finding.at[i], &o);
		sha256_add(&sha, out_taken(&o).p, out_taken(&o).n);
		out_discard(&o);
	}
	sha256_end(&sha, digest);
	sha256_hex(digest, j->run.findings_digest);
}

static void
fill_ledgers(struct judging *j)
{
	struct run *r = &j->run;
	const struct ledger_info *info = context_ledgers(j->context, &r->ledger_count);
	struct run_ledger *l = arena_alloc(&j->arena, (r->ledger_count + 1) * sizeof(*l));

	for (size_t i = 0; i < r->ledger_count; i++)
		l[i] = (struct run_ledger){ .name = info[i].name,
					    .path = info[i].path,
					    .rows = info[i].rows,
					    .sha256 = info[i].sha256 };
	r->ledger = l;
}

static void
fill_databases(struct judging *j)
{
	struct run *r = &j->run;
	const struct geo_info *info = context_geo(j->context, &r->database_count);
	struct run_database *d = arena_alloc(&j->arena, (r->database_count + 1) * sizeof(*d));

	for (size_t i = 0; i < r->database_count; i++)
		d[i] = (struct run_database){ .name = geoip_names[info[i].key],
					      .type = info[i].type,
					      .path = info[i].path,
					      .build_epoch = info[i].build_epoch,
					      .sha256 = info[i].sha256,
					      .odd = info[i].odd };
	r->database = d;
}

static void
fill_dispositions(struct judging *j)
{
	j->run.dispositions = &j->dispositions;
	for (size_t i = 0; i < j->verdicts.finding.n; i++)
		j->run.suppressed += finding_suppressed(j->verdicts.finding.at[i]);
}

/*
 * LOG-04: how lines came, and not what they say; no order or split of them changes a finding, so it is told of the run
 * and not of the lines.  A file far out of order, or one that only says again what others of its feed say, was put
 * together by somebody or delivered twice.
 */
static void
tell_delivery(struct judging *j, unsigned system)
{
	const struct policy_system *s = &j->policy.system[system];
	const struct logfile *worst = NULL, *twice = NULL;
	size_t copies = 0;

	for (size_t i = night_first_file(j->night); i < j->run.file_count; i++) {
		const struct logfile *f = j->run.file[i];

		if (f->system != system)
			continue;
		if (!worst || f->note[NOTE_DISORDER_MS] > worst->note[NOTE_DISORDER_MS])
			worst = f;
		if (f->bucket[BUCKET_DUPLICATE] && f->bucket[BUCKET_ACCEPTED] == 0) {
			twice = twice ? twice : f;
			copies++;
		}
	}
	if (worst && worst->note[NOTE_DISORDER_MS] > (uint64_t)s->max_disorder_ms)
		error_add(&j->warnings,
			  "LOG-04: system '" STR_FMT "': a line of '" STR_FMT "' lies %llu seconds "
			  "behind one before it; more than its `max_disorder`",
			  STR_ARG(s->id), STR_ARG(worst->path),
			  (unsigned long long)worst->note[NOTE_DISORDER_MS] / 1000);
	if (twice)
		error_add(&j->warnings,
			  "LOG-04: system '" STR_FMT "': %zu file%s, the first '" STR_FMT
			  "', %s only lines that others of the feed have; they were counted once",
			  STR_ARG(s->id), copies, copies == 1 ? "" : "s", STR_ARG(twice->path),
			  copies == 1 ? "has" : "have");
}

/* What the run goes on with or without, and whoever reads its report must know. */
static void
find_warnings(struct judging *j)
{
	const struct errors *missing = context_notes(j->context);
	int64_t first, last;

	for (size_t i = 0; i < missing->list.n; i++)
		error_add(&j->warnings, STR_FMT, STR_ARG(missing->list.at[i]));
	for (unsigned s = 0; s < j->policy.system_count; s++)
		tell_delivery(j, s);
	if (j->judged && j->source.span(j->source.facts, &first, &last))
		context_check_days(j->context, jst_day(first), jst_day(last), &j->warnings);
}

void
run_record_fill(struct judging *j, const struct report_input *in)
{
	struct run *r = &j->run;
	*r = (struct run){ .version = STR(SEKISHO_VERSION),
			   .policy_path = j->policy.path,
			   .now = j->options->now,
			   .since = j->options->since,
			   .until = j->options->until,
			   .week = j->options->week,
			   .half = j->options->half,
			   .week_from = j->options->week_from,
			   .week_to = j->options->week_to,
			   .language =
				   j->options->language ? j->options->language : j->policy.language,
			   .window = j->options->window.at,
			   .window_count = j->options->window.n,
			   .file_count = facts_file_count(j->facts),
			   .events = facts_events(j->facts) };
	fill_ledgers(j);
	fill_databases(j);
	fill_dispositions(j);
	run_coverage_fill(r, &j->policy, &j->source, &j->arena);
	j->file = arena_alloc(&j->arena, (r->file_count + 1) * sizeof(*j->file));
	for (uint32_t i = 0; i < r->file_count; i++) {
		const struct logfile *f = facts_file(j->facts, i);

		j->file[i] = f;
		r->lines += f->lines;
		r->bytes += f->bytes;
		for (int b = 0; b < BUCKET_COUNT; b++)
			r->bucket[b] += f->bucket[b];
		notes_join(r->note, f->note);
	}
	r->file = j->file;
	run_asked_fill(j);
	sha256_hex(j->policy.digest, r->policy_digest);
	sha256_hex(j->policy.parse_digest, r->parse_digest);
	sha256_hex(j->rules.digest, r->rules_digest);
	r->rules = &j->rules;
	r->canary = j->canary;
	r->earlier = j->earlier;
	r->earlier_count = j->earlier_count;
	if (j->judged)
		digest_findings(j, in);
	run_nights_fill(j);
	find_trouble(j);
	r->complete = j->trouble.list.n == 0;
	r->trouble = j->trouble.list.at;
	r->trouble_count = j->trouble.list.n;
	find_warnings(j);
	r->warning = j->warnings.list.at;
	r->warning_count = j->warnings.list.n;
}
