/*
 * verb_parse.c - logs to canonical events, one row a line, in the order they stand: what an auditor recomputes from.
 * Doubles are not removed here: whether a line is one depends on the other files of its feed.
 */
#include "app/detect.h"
#include "app/inputs.h"
#include "app/judging.h"
#include "app/notes.h"
#include "app/parse_rows.h"
#include "base/civil.h"
#include "base/guard.h"
#include "policy/policy_load.h"

struct parse {
	const struct options *options;
	const struct policy *policy;
	const struct row_printer *printer;
	struct out *out;
	const struct source *source;
	struct reader_options reader;
	struct canon_matcher *matcher;
	char *room;
};

static void
print_refused(const struct parse *p, const struct logfile *f, const struct row *r,
	      const struct refusal *why)
{
	if (!p->options->rejects)
		return;
	out_tty(p->out, f->path);
	out_printf(p->out, ":%llu:%u: expected ", (unsigned long long)r->line, why->byte + 1);
	out_text(p->out, why->expected);
	out_printf(p->out, " (offset %llu)\n    ", (unsigned long long)r->offset);
	out_tty(p->out, str_head(r->raw, 200));
	out_char(p->out, '\n');
}

static void
parse_record(const struct parse *p, struct logfile *f, struct line_reader *lr, struct piece piece,
	     uint64_t offset)
{
	struct record record UNINITIALIZED;
	struct canon canon UNINITIALIZED;
	struct refusal why = lines_torn;
	enum bucket bucket = BUCKET_REFUSED;
	struct row row = { .file = f,
			   .policy = p->policy,
			   .line = f->lines + 1,
			   .offset = offset,
			   .raw = piece.text,
			   .record = &record,
			   .canon = &canon,
			   .room = &lr->parsing.room };

	lr->parsing.room.used = 0;
	if (!piece.torn)
		bucket = line_read(lr, piece.text, &record, &canon, &why);
	f->lines += piece.lines;
	f->bucket[bucket]++;
	f->bucket[BUCKET_CONTINUATION] += piece.lines - 1;
	if (bucket == BUCKET_REFUSED)
		print_refused(p, f, &row, &why);
	if (bucket != BUCKET_ACCEPTED)
		return;
	f->note[NOTE_FUTURE] += record.ts > p->options->now + DAY_MS;
	if (p->printer->row && !p->options->rejects)
		p->printer->row(&row, p->out);
}

static void
parse_lines(const struct parse *p, struct logfile *f, struct line_reader *lr, struct reader *reader,
	    const struct block *b)
{
	struct str rest = b->bytes;

	lines_move(lr);
	while (rest.n && !p->out->failed) {
		struct piece piece = lines_record(lr, rest);

		if (piece.torn && piece.taken == rest.n && rest.n <= LINE_MOST &&
		    reader_again(reader, rest.n))
			return;
		if (piece.torn) {
			piece = lines_first(rest);
			piece.torn = true;
		}
		parse_record(p, f, lr, piece, b->offset + (uint64_t)(rest.p - b->bytes.p));
		rest = str_skip(rest, piece.taken);
	}
}

static void
parse_file(const struct parse *p, struct logfile *f, struct errors *trouble)
{
	const struct source *source = &p->source[f->system];
	struct reader *reader = lines_open(source, f->path, &p->reader, trouble);
	struct line_reader lr = { .system = f->system,
				  .matcher = p->matcher,
				  .since = p->options->since,
				  .until = p->options->until,
				  .fields_only = (!p->printer->row || p->options->rejects) &&
						 !canon_may_refuse(p->matcher, f->system) };
	struct block b;

	if (!reader)
		return;
	lines_begin(&lr, source, (struct room){ .p = p->room, .size = ROOM_LEAST });
	reader_range(reader, 0, UINT64_MAX);
	while (reader_next(reader, &b) && !p->out->failed) {
		lines_vouch(&lr, reader, &b, f->lines);
		if (b.skipped) {
			struct row row = { .line = ++f->lines, .offset = b.offset };

			f->bucket[BUCKET_REFUSED]++;
			print_refused(p, f, &row, &lines_too_long);
		} else {
			parse_lines(p, f, &lr, reader, &b);
		}
	}
	f->end = reader_end(reader);
	f->note[NOTE_HEX_ESCAPES] = lr.parsing.hex;
	f->note[NOTE_UNDECIDED] = lr.parsing.undecided;
	f->note[NOTE_UNVERIFIED] = lines_unverified(&lr, reader, f->lines);
	lines_end(&lr);
	f->packing = reader_packing(reader);
	f->trailing = reader_trailing(reader);
	f->max_ratio = reader_max_ratio(reader);
	if (f->end != END_WHOLE) {
		struct arena words = { 0 };

		error_add(trouble, "'" STR_FMT "' " STR_FMT, STR_ARG(f->path),
			  STR_ARG(logfile_end_words(&words, f)));
		arena_free(&words);
	}
	reader_close(reader);
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

static enum status
parse_all(struct parse *p, struct facts *facts, struct errors *trouble)
{
	guard_install();
	if (p->printer->head && !p->options->rejects)
		p->printer->head(p->out);
	for (uint32_t i = 0; i < facts_file_count(facts); i++)
		parse_file(p, facts_file(facts, i), trouble);
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
	struct parse p = { .options = o, .policy = &policy, .out = &out };
	enum status status = STATUS_USAGE;
	int rc;

	if (o->detect)
		return detect_files(o, err);
	p.printer = printer_of(o, err);
	if (!p.printer)
		goto out;
	rc = policy_choose(&policy, o, &arena, err);
	p.source = sources_of(&policy, &arena, err);
	if (rc != 0 || !p.source)
		goto out;
	facts = facts_new(&(struct facts_options){ .memory = o->memory, .spill_dir = "/tmp" });
	if (inputs_find(o, &policy, facts, &arena, &trouble, err) != 0)
		goto out;
	status = STATUS_INTERNAL;
	if (out_open(&out, o->output.n && o->output.at[0].file.n ? o->output.at[0].file : STR("-"),
		     err) != 0)
		goto out;
	p.reader = o->reader;
	p.reader.strict = true; /* a printed row cannot be taken back */
	p.matcher = canon_matcher_new(&policy);
	p.room = xalloc(ROOM_LEAST, 1);
	status = parse_all(&p, facts, &trouble);
	free(p.room);
	canon_matcher_free(p.matcher);
	if (out_close(&out, err) != 0)
		status = STATUS_INTERNAL;
	if (o->stats)
		print_accounts(facts);
	for (size_t i = 0; i < trouble.list.n; i++)
		error_add(err, "incomplete: " STR_FMT, STR_ARG(trouble.list.at[i]));
out:
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
