/*
 * verb_demo.c - a made-up utility with labelled incidents, written into a folder and scanned.
 */
#include "app/demo_score.h"
#include "app/judging.h"
#include "app/tables.h"
#include "base/civil.h"
#include "demo/demo_folder.h"

#include <unistd.h>

/* What the command line did not say. */
static void
fill(struct demo_options *d, bool utility)
{
	d->accounts = d->accounts ? d->accounts : utility ? 12000 : 400;
	d->consumers = d->consumers ? d->consumers : utility ? 10000000 : 20000;
	d->networks = d->networks ? d->networks : utility ? 5000 : 60;
	d->systems = d->systems ? d->systems : utility ? 23 : 6;
	d->days = d->days ? d->days : utility ? 7 : 42;
	d->lines = d->lines ? d->lines : utility ? 30000000 : 100000;
	if (d->out.n == 0)
		d->out = STR("sekisho-demo");
}

/* What was asked for, to make it again; it also says that the folder is ours. */
static int
mark_write(const struct demo_options *d, const struct demo_story *s, struct errors *err)
{
	struct arena scratch = { 0 };
	struct out o;
	int rc = out_open(&o, arena_printf(&scratch, STR_FMT "/" DEMO_MARK, STR_ARG(d->out)), err);

	if (rc == 0) {
		out_printf(
			&o,
			"{\"schema\":\"sekisho/demo/1\",\"seed\":%llu,\"days\":%d,\"accounts\":%u,"
			"\"consumers\":%u,\"networks\":%u,\"systems\":%d,\"lines\":%llu,"
			"\"incidents\":%zu,",
			(unsigned long long)d->seed, d->days, d->accounts, d->consumers,
			d->networks, d->systems, (unsigned long long)d->lines, s->planted.n);
		out_printf(&o,
			   "\"written\":%llu,\"blank\":%llu,\"refused\":%llu,\"duplicate\":%llu,"
			   "\"accepted\":%llu}\n",
			   (unsigned long long)s->lines, (unsigned long long)s->blank,
			   (unsigned long long)s->refused, (unsigned long long)s->duplicate,
			   (unsigned long long)s->accepted);
		rc = out_close(&o, err);
	}
	arena_free(&scratch);
	return rc;
}

static void
tell_world(const struct demo_options *d, const struct demo_story *s, struct out *o)
{
	out_text(o, "Kasumi, a made-up utility, lies in '");
	out_tty(o, d->out);
	out_printf(o,
		   "': %d systems, %u accounts, %u supply points, %d days.\n"
		   "It has sekisho.yaml, ledgers/, logs/ (%llu lines), truth.ndjson and "
		   "faults.ndjson.\n",
		   d->systems, d->accounts, d->consumers, d->days, (unsigned long long)s->lines);
}

static bool
accounting_told(const struct demo_story *s, const struct run *r, struct out *o)
{
	const uint64_t wanted[][2] = { { s->lines, r->lines },
				       { s->blank, r->bucket[BUCKET_BLANK] },
				       { s->refused, r->bucket[BUCKET_REFUSED] },
				       { s->duplicate, r->bucket[BUCKET_DUPLICATE] },
				       { s->accepted, r->bucket[BUCKET_ACCEPTED] } };
	static const char *const names[] = { "lines", "blank", "refused", "duplicate", "accepted" };
	bool right = true;

	out_text(o, "\nRead:");
	for (size_t i = 0; i < COUNT(wanted); i++) {
		out_printf(o, "%s %s %llu", i ? "," : "", names[i],
			   (unsigned long long)wanted[i][1]);
		if (wanted[i][0] != wanted[i][1])
			out_printf(o, " (written: %llu)", (unsigned long long)wanted[i][0]);
		right &= wanted[i][0] == wanted[i][1];
	}
	out_text(o, right ? "; as they were written.\n\n" : "\n\n");
	return right;
}

static bool
scored(const struct demo_options *d, struct demo_story *story, const struct verdicts *found,
       struct out *text, struct errors *err)
{
	struct arena scratch = { 0 };
	struct out rows;
	bool right = false;

	if (out_open(&rows, arena_printf(&scratch, STR_FMT "/score.csv", STR_ARG(d->out)), err) ==
	    0) {
		right = demo_score(story, found, text, &rows);
		right &= out_close(&rows, err) == 0;
	}
	arena_free(&scratch);
	return right;
}

static enum status
scan_told(struct options *o, struct demo_story *story, struct out *text, struct errors *err)
{
	struct arena scratch = { 0 };
	struct str dir = o->demo.out;
	struct judging j;
	enum status status = STATUS_USAGE;
	struct options scan = *o;
	bool right;

	scan.policy = arena_printf(&scratch, STR_FMT "/sekisho.yaml", STR_ARG(dir));
	memset(&scan.output, 0, sizeof(scan.output));
	*VEC_PUSH(&scan.output) =
		(struct output){ STR("ndjson"),
				 arena_printf(&scratch, STR_FMT "/findings.ndjson", STR_ARG(dir)) };
	*VEC_PUSH(&scan.output) =
		(struct output){ STR("text"),
				 arena_printf(&scratch, STR_FMT "/findings.txt", STR_ARG(dir)) };
	scan.now = o->now_given ? o->now : story->end;
	scan.rejected_ppm = 1000000; /* damaged lines are part of the play */
	scan.gate = false;
	if (judging_open(&j, &scan, err) == 0 && judging_read_logs(&j, err) == STATUS_OK)
		status = judging_finish(&j, err);
	if (status == STATUS_OK || status == STATUS_INCOMPLETE) {
		right = accounting_told(story, &j.run, text);
		right &= scored(&o->demo, story, &j.verdicts, text, err);
		/* Days that were taken out of a log are part of the play, too. */
		status = right ? STATUS_OK : status == STATUS_OK ? STATUS_FINDINGS : status;
	}
	judging_close(&j);
	VEC_FREE(&scan.output);
	arena_free(&scratch);
	return status;
}

static enum status
written(struct options *o, struct demo_story *story, struct errors *err)
{
	enum status status = STATUS_OK;
	struct out text;

	if (mark_write(&o->demo, story, err) != 0)
		return STATUS_INTERNAL;
	out_stream(&text, STDOUT_FILENO, STR("standard output"));
	tell_world(&o->demo, story, &text);
	if (!o->no_scan) {
		status = scan_told(o, story, &text, err);
		out_text(&text,
			 "Findings lie in findings.ndjson and findings.txt there, the score row by "
			 "row in score.csv;\n`sekisho explain` tells why.\n");
	}
	return out_close(&text, err) != 0 ? STATUS_INTERNAL : status;
}

static enum status
demo_run(struct options *o, struct errors *err)
{
	const char **rules = xalloc(detector_count + 1, sizeof(*rules));
	struct demo_story story = { 0 };
	enum status status = STATUS_USAGE;

	for (size_t i = 0; i < detector_count; i++)
		rules[i] = detectors[i]->rule;
	fill(&o->demo, o->utility);
	o->demo.rules = rules;
	if (o->operand.n != 0) {
		error_add(err,
			  "demo reads nothing, so '" STR_FMT
			  "' is too much; --out names the folder",
			  STR_ARG(o->operand.at[0]));
	} else if (o->demo.stream.n != 0 || demo_folder_ready(o->demo.out, err) == 0) {
		if (demo_make(&o->demo, &story, err) != 0)
			status = story.unwritten ? STATUS_INTERNAL : STATUS_USAGE;
		else
			status = o->demo.stream.n == 0 ? written(o, &story, err) : STATUS_OK;
	}
	demo_story_free(&story);
	free(rules);
	return status;
}

const struct verb verb_demo = {
	.name = "demo",
	.usage = "[options]",
	.summary =
		"a made-up utility with labelled incidents: its logs, ledgers and policy, scanned",
	.bit = IN_DEMO,
	.run = demo_run,
};
