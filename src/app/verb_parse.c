/*
 * verb_parse.c - logs to canonical events, one row a line, in the order they stand: what an auditor recomputes from.
 * Doubles are not removed here: whether a line is one depends on the other files of its feed.
 */
#include "app/detect.h"
#include "app/enriched.h"
#include "app/inputs.h"
#include "app/judging.h"
#include "app/notes.h"
#include "app/progress.h"
#include "app/records.h"
#include "base/civil.h"
#include "base/guard.h"
#include "policy/policy_load.h"

#include <sys/stat.h>
#include <unistd.h>

struct parse {
	const struct options *options;
	const struct row_printer *printer;
	struct out *out;
	struct records records;
	struct enriched *enriched; /* NULL: rows say what lines say */
	struct more_columns more;
	struct errors *trouble;
};

static void
print_refused(const struct parse *p, const struct row *r, const struct refusal *why)
{
	if (!p->options->rejects)
		return;
	out_tty(p->out, r->file->path);
	out_printf(p->out, ":%llu:%u: expected ", (unsigned long long)r->line, why->byte + 1);
	out_text(p->out, why->expected);
	out_printf(p->out, " (offset %llu)\n    ", (unsigned long long)r->offset);
	out_tty(p->out, str_head(r->raw, 200));
	out_char(p->out, '\n');
}

/* False: the file is another than the one whose names were looked up. */
static bool
print_enriched(struct parse *p, const struct row *row)
{
	struct row more = *row;

	more.more = p->more;
	more.more_cell = enriched_cells(p->enriched, row);
	if (more.more_cell)
		p->printer->row(&more, p->out);
	else
		error_add(p->trouble, "'" STR_FMT "' changed while it was read",
			  STR_ARG(row->file->path));
	return more.more_cell != NULL;
}

static bool
take_record(void *arg, const struct row *row, enum bucket bucket, const struct refusal *why)
{
	struct parse *p = arg;

	if (bucket == BUCKET_REFUSED)
		print_refused(p, row, why);
	else if (bucket == BUCKET_ACCEPTED && p->enriched && !print_enriched(p, row))
		return false;
	else if (bucket == BUCKET_ACCEPTED && !p->enriched)
		p->printer->row(row, p->out);
	return !p->out->failed;
}

static const struct row_printer *
printer_of(const struct options *o, struct errors *err)
{
	struct str name = o->output.n ? o->output.at[0].format : STR("ndjson");
	const struct row_printer *printer = row_printer_named(name);

	if (o->output.n > 1) {
		error_add(err, "parse writes one --output; run it again for another");
		return NULL;
	}
	if (!printer)
		error_add(err, "--output '" STR_FMT "'; parse writes ndjson, csv or null",
			  STR_ARG(name));
	return printer;
}

/* Rows on a terminal, or in a pager, and the line of progress would stand in each other's way. */
static bool
lies_in_file(const struct out *o)
{
	struct stat st;

	return fstat(o->fd, &st) == 0 &&
	       (S_ISREG(st.st_mode) || (S_ISCHR(st.st_mode) && !isatty(o->fd)));
}

static uint64_t
size_of(struct facts *facts)
{
	uint64_t all = 0;
	struct stat st;

	for (uint32_t i = 0; i < facts_file_count(facts); i++) {
		if (stat(facts_file(facts, i)->path.p, &st) != 0 || !S_ISREG(st.st_mode))
			return UINT64_MAX;
		all += (uint64_t)st.st_size;
	}
	return all;
}

static enum status
parse_all(struct parse *p, struct facts *facts, struct errors *trouble)
{
	guard_install();
	p->trouble = trouble;
	if (p->printer->head && !p->options->rejects)
		p->printer->head(&p->more, p->out);
	if (p->options->progress || lies_in_file(p->out))
		progress_stage("reading", size_of(facts));
	for (uint32_t i = 0; i < facts_file_count(facts) && !p->out->failed; i++)
		records_read(&p->records, facts_file(facts, i), trouble);
	progress_end();
	return trouble->list.n ? STATUS_INCOMPLETE : STATUS_OK;
}

/* The law of accounting, file by file. */
static void
print_accounts(struct facts *facts)
{
	for (uint32_t i = 0; i < facts_file_count(facts); i++) {
		const struct logfile *f = facts_file(facts, i);
		struct errors mute = { 0 };
		struct out o;

		out_stream(&o, 2, STR("standard error"));
		out_tty(&o, f->path);
		out_printf(&o, ": lines %llu =", (unsigned long long)f->lines);
		for (int b = 0, first = 1; b < BUCKET_COUNT; b++) {
			if (f->bucket[b] == 0)
				continue;
			out_printf(&o, "%s %s %llu", first ? "" : " +", bucket_names[b],
				   (unsigned long long)f->bucket[b]);
			first = 0;
		}
		out_char(&o, '\n');
		notes_print(f, &o);
		out_close(&o, &mute);
		errors_free(&mute);
	}
}

static enum status
parse_run(struct options *o, struct errors *err)
{
	struct policy policy = { 0 };
	struct arena arena = { 0 };
	struct errors trouble = { 0 };
	struct facts *facts = NULL;
	struct out out;
	struct parse p = { .options = o, .out = &out };
	struct reader_options reader = o->reader;
	enum status status = STATUS_USAGE;
	int rc;

	if (o->detect)
		return detect_files(o, err);
	p.printer = printer_of(o, err);
	if (!p.printer)
		goto out;
	rc = policy_choose(&policy, o, &arena, err);
	p.records.source = sources_of(&policy, &arena, err);
	if (rc != 0 || !p.records.source)
		goto out;
	facts = facts_new(&(struct facts_options){ .memory = o->memory, .spill_dir = "/tmp" });
	if (inputs_find(o, &policy, facts, &arena, &trouble, err) != 0)
		goto out;
	if (o->enriched && !(p.enriched = enriched_open(o, err)))
		goto out;
	if (p.enriched)
		p.more = enriched_columns();
	status = STATUS_INTERNAL;
	if (out_open(&out, o->output.n && o->output.at[0].file.n ? o->output.at[0].file : STR("-"),
		     err) != 0)
		goto out;
	reader.strict = true; /* a printed row cannot be taken back */
	p.records = (struct records){ .policy = &policy,
				      .source = p.records.source,
				      .reader = &reader,
				      .matcher = canon_matcher_new(&policy),
				      .room = xalloc(ROOM_LEAST, 1),
				      .since = o->since,
				      .until = o->until,
				      .future = o->now + DAY_MS,
				      .rows = p.printer->row && !o->rejects,
				      .take = take_record,
				      .arg = &p };
	status = parse_all(&p, facts, &trouble);
	free(p.records.room);
	canon_matcher_free(p.records.matcher);
	if (out_close(&out, err) != 0)
		status = STATUS_INTERNAL;
	if (o->stats)
		print_accounts(facts);
	for (size_t i = 0; i < trouble.list.n; i++)
		error_add(err, "incomplete: " STR_FMT, STR_ARG(trouble.list.at[i]));
out:
	enriched_close(p.enriched);
	facts_free(facts);
	policy_free(&policy);
	errors_free(&trouble);
	arena_free(&arena);
	return status;
}

const struct verb verb_parse = {
	.name = "parse",
	.usage = "[options] [FILE|DIR|GLOB]...",
	.summary = "logs to canonical events",
	.bit = IN_PARSE,
	.run = parse_run,
};
