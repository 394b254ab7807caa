/*
 * verb_parse.c - logs to canonical events, one row a line, in the order they stand: what an auditor recomputes from.
 * Doubles are not removed here: whether a line is one depends on the other files of its feed.
 */
#include "app/inputs.h"
#include "app/judging.h"
#include "app/lines.h"
#include "input/guard.h"
#include "policy/policy_load.h"
#include "report/json.h"

struct row {
	const struct logfile *file;
	const struct policy *policy;
	uint64_t line, offset;
	struct str raw;
	const struct record *record;
	const struct canon *canon;
	const struct canon_who *who;
	struct str ip;
};

struct printer {
	const char *name;
	void (*head)(struct out *o);
	void (*row)(const struct row *r, struct out *o);
};

static void
csv_head(struct out *o)
{
	out_text(o, "ts,sys,feed,file,line,offset,acct,act,ok,reason,masked,ip,term,client,obj,cls,"
		    "raw\n");
}

static const char *
masked_text(uint8_t masked)
{
	return masked == MASKED_YES ? "1" : masked == MASKED_NO ? "0" : "";
}

static void
csv_row(const struct row *r, struct out *o)
{
	const struct str cells[] = {
		r->who->account,
		str_of(act_names[r->canon->act]),
		r->canon->ok ? STR("1") : STR("0"),
		str_of(reason_names[r->canon->reason]),
		str_of(masked_text(r->canon->masked)),
		r->ip,
		r->canon->field[FIELD_TERMINAL],
		client_family(r->record->agent),
		r->canon->field[FIELD_OBJECT],
		r->canon->field[FIELD_CLASS],
		r->raw,
	};

	out_i64(o, r->record->ts);
	out_char(o, ',');
	out_csv(o, r->policy->system[r->file->system].id);
	out_char(o, ',');
	out_csv(o, r->file->feed);
	out_char(o, ',');
	out_csv(o, r->file->path);
	out_char(o, ',');
	out_u64(o, r->line);
	out_char(o, ',');
	out_u64(o, r->offset);
	for (size_t i = 0; i < COUNT(cells); i++) {
		out_char(o, ',');
		out_csv(o, cells[i]);
	}
	out_char(o, '\n');
}

static void
no_head(struct out *o)
{
	(void)o;
}

static void
ndjson_row(const struct row *r, struct out *o)
{
	out_char(o, '{');
	json_name(o, "ts");
	out_i64(o, r->record->ts);
	json_time(o, "time", r->record->ts);
	json_str(o, "sys", r->policy->system[r->file->system].id);
	json_str(o, "feed", r->file->feed);
	json_str(o, "file", r->file->path);
	json_u64(o, "line", r->line);
	json_u64(o, "offset", r->offset);
	json_str(o, "acct", r->who->account);
	json_text(o, "act", act_names[r->canon->act]);
	json_u64(o, "ok", r->canon->ok);
	json_text(o, "reason", reason_names[r->canon->reason]);
	json_text(o, "masked", masked_text(r->canon->masked));
	json_str(o, "ip", r->ip);
	json_str(o, "term", r->canon->field[FIELD_TERMINAL]);
	json_str(o, "client", client_family(r->record->agent));
	json_str(o, "obj", r->canon->field[FIELD_OBJECT]);
	json_str(o, "cls", r->canon->field[FIELD_CLASS]);
	json_str(o, "raw", r->raw);
	out_text(o, "}\n");
}

static void
null_row(const struct row *r, struct out *o)
{
	(void)r;
	(void)o;
}

static const struct printer printers[] = {
	{ "ndjson", no_head, ndjson_row },
	{ "csv", csv_head, csv_row },
	{ "null", no_head, null_row },
};

struct parse {
	const struct options *options;
	const struct policy *policy;
	const struct printer *printer;
	struct out *out;
	struct canon_matcher *matcher;
};

static void
print_refused(const struct parse *p, const struct logfile *f, uint64_t offset,
	      const struct refusal *why, struct str line)
{
	if (!p->options->rejects)
		return;
	out_tty(p->out, f->path);
	out_printf(p->out, ":%llu:%u: expected ", (unsigned long long)f->lines, why->byte + 1);
	out_text(p->out, why->expected);
	out_printf(p->out, " (offset %llu)\n    ", (unsigned long long)offset);
	out_tty(p->out, str_head(line, 200));
	out_char(p->out, '\n');
}

static void
print_row(const struct parse *p, const struct logfile *f, uint64_t offset, struct str line,
	  const struct record *record, const struct canon *canon)
{
	struct canon_who who UNINITIALIZED;
	char ip[ADDRESS_TEXT] UNINITIALIZED;
	struct row r = { .file = f,
			 .policy = p->policy,
			 .line = f->lines,
			 .offset = offset,
			 .raw = line,
			 .record = record,
			 .canon = canon,
			 .who = &who };

	if (p->options->rejects || p->printer->row == null_row)
		return;
	canon_who(p->policy, f->system, record->address,
		  canon->field[FIELD_ACCOUNT].n ? canon->field[FIELD_ACCOUNT] : record->account,
		  &who);
	if (who.has_address)
		r.ip = address_print(ip, who.address);
	p->printer->row(&r, p->out);
}

static void
parse_lines(const struct parse *p, struct logfile *f, struct line_reader *lr, const struct block *b)
{
	struct str rest = b->bytes;
	struct record record;
	struct canon canon UNINITIALIZED;
	struct refusal why;

	while (rest.n && !p->out->failed) {
		uint64_t offset = b->offset + (uint64_t)(rest.p - b->bytes.p);
		size_t taken;
		struct str line = lines_next(&rest, &taken);
		enum bucket bucket = line_read(lr, line, &record, &canon, &why);

		f->lines++;
		f->bucket[bucket]++;
		if (bucket == BUCKET_REFUSED)
			print_refused(p, f, offset, &why, line);
		else if (bucket == BUCKET_ACCEPTED)
			print_row(p, f, offset, line, &record, &canon);
	}
}

static void
parse_file(const struct parse *p, struct logfile *f, const struct format *format,
	   struct errors *trouble)
{
	static const struct refusal too_long = { .expected = "a line of at most 65536 bytes" };
	struct reader *reader = reader_open(f->path.p, &p->options->reader, trouble);
	struct line_reader lr = { .format = format,
				  .system = f->system,
				  .matcher = p->matcher,
				  .since = p->options->since,
				  .until = p->options->until };
	struct block b;

	if (!reader)
		return;
	reader_range(reader, 0, UINT64_MAX);
	while (reader_next(reader, &b) && !p->out->failed) {
		if (b.skipped) {
			f->lines++;
			f->bucket[BUCKET_REFUSED]++;
			print_refused(p, f, b.offset, &too_long, (struct str){ 0 });
		} else {
			parse_lines(p, f, &lr, &b);
		}
	}
	f->end = reader_end(reader);
	if (f->end != END_WHOLE)
		error_add(trouble, "'" STR_FMT "' %s", STR_ARG(f->path), file_end_names[f->end]);
	reader_close(reader);
}

static const struct printer *
printer_named(const struct options *o, struct errors *err)
{
	if (o->output.n == 0)
		return &printers[0];
	if (o->output.n > 1) {
		error_add(err, "parse writes one --output; run it again for another");
		return NULL;
	}
	for (size_t i = 0; i < COUNT(printers); i++) {
		if (str_is(o->output.at[0].format, printers[i].name))
			return &printers[i];
	}
	error_add(err, "--output '" STR_FMT "'; parse writes ndjson, csv or null",
		  STR_ARG(o->output.at[0].format));
	return NULL;
}

static enum status
parse_all(struct parse *p, struct facts *facts, struct arena *arena, struct errors *trouble)
{
	const struct format **format = formats_of(p->policy, arena);

	guard_install();
	if (!p->options->rejects)
		p->printer->head(p->out);
	for (uint32_t i = 0; i < facts_file_count(facts); i++) {
		struct logfile *f = facts_file(facts, i);

		parse_file(p, f, format[f->system], trouble);
	}
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
	struct parse p = {
		.options = o, .policy = &policy, .printer = printer_named(o, err), .out = &out
	};
	enum status status = STATUS_USAGE;

	if (!p.printer || policy_choose(&policy, o, &arena, err) != 0)
		goto out;
	facts = facts_new(&(struct facts_options){ .memory = o->memory, .spill_dir = "/tmp" });
	if (inputs_find(o, &policy, facts, &arena, &trouble, err) != 0)
		goto out;
	status = STATUS_INTERNAL;
	if (out_open(&out, o->output.n && o->output.at[0].file.n ? o->output.at[0].file : STR("-"),
		     err) != 0)
		goto out;
	p.matcher = canon_matcher_new(&policy);
	status = parse_all(&p, facts, &arena, &trouble);
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
