/*
 * verb_parse.c - logs to canonical events, one row a line, in the order they stand: what an auditor recomputes from.
 * Doubles are not removed here: whether a line is one depends on the other files of its feed.
 */
#include "app/detect.h"
#include "app/inputs.h"
#include "app/judging.h"
#include "app/lines.h"
#include "base/civil.h"
#include "format/decode.h"
#include "input/guard.h"
#include "policy/policy_load.h"
#include "report/json.h"

/* A line that was accepted, and all that is printed of it. */
struct row {
	const struct logfile *file;
	const struct policy *policy;
	uint64_t line, offset;
	struct str raw;
	const struct record *record;
	const struct canon *canon;
	struct room *room;
};

enum kind { TEXT, NUMBER };

enum column {
	COLUMN_TS,
	COLUMN_TIME,
	COLUMN_SYS,
	COLUMN_FEED,
	COLUMN_FILE,
	COLUMN_LINE,
	COLUMN_OFFSET,
	COLUMN_ACCT,
	COLUMN_ACT,
	COLUMN_OK,
	COLUMN_REASON,
	COLUMN_MASKED,
	COLUMN_IP,
	COLUMN_TERM,
	COLUMN_CLIENT,
	COLUMN_OBJ,
	COLUMN_CLS,
	COLUMN_N,
	COLUMN_SID,
	COLUMN_CODE,
	COLUMN_DEVICE,
	COLUMN_PURPOSE,
	COLUMN_SEQ,
	COLUMN_METHOD,
	COLUMN_TARGET,
	COLUMN_PROTOCOL,
	COLUMN_HOST,
	COLUMN_STATUS,
	COLUMN_BYTES,
	COLUMN_REFERER,
	COLUMN_AGENT,
	COLUMN_FORWARDED,
	COLUMN_DURATION,
	COLUMN_IDENT,
	COLUMN_RAW,
	COLUMN_COUNT
};

static const struct {
	const char *name;
	enum kind kind;
} columns[COLUMN_COUNT] = {
	[COLUMN_TS] = { "ts", NUMBER },
	[COLUMN_TIME] = { "time", TEXT },
	[COLUMN_SYS] = { "sys", TEXT },
	[COLUMN_FEED] = { "feed", TEXT },
	[COLUMN_FILE] = { "file", TEXT },
	[COLUMN_LINE] = { "line", NUMBER },
	[COLUMN_OFFSET] = { "offset", NUMBER },
	[COLUMN_ACCT] = { "acct", TEXT },
	[COLUMN_ACT] = { "act", TEXT },
	[COLUMN_OK] = { "ok", NUMBER },
	[COLUMN_REASON] = { "reason", TEXT },
	[COLUMN_MASKED] = { "masked", NUMBER },
	[COLUMN_IP] = { "ip", TEXT },
	[COLUMN_TERM] = { "term", TEXT },
	[COLUMN_CLIENT] = { "client", TEXT },
	[COLUMN_OBJ] = { "obj", TEXT },
	[COLUMN_CLS] = { "cls", TEXT },
	[COLUMN_N] = { "n", TEXT },
	[COLUMN_SID] = { "sid", TEXT },
	[COLUMN_CODE] = { "code", TEXT },
	[COLUMN_DEVICE] = { "device", TEXT },
	[COLUMN_PURPOSE] = { "purpose", TEXT },
	[COLUMN_SEQ] = { "seq", TEXT },
	[COLUMN_METHOD] = { "method", TEXT },
	[COLUMN_TARGET] = { "target", TEXT },
	[COLUMN_PROTOCOL] = { "protocol", TEXT },
	[COLUMN_HOST] = { "host", TEXT },
	[COLUMN_STATUS] = { "status", NUMBER },
	[COLUMN_BYTES] = { "bytes", NUMBER },
	[COLUMN_REFERER] = { "referer", TEXT },
	[COLUMN_AGENT] = { "agent", TEXT },
	[COLUMN_FORWARDED] = { "forwarded", TEXT },
	[COLUMN_DURATION] = { "duration", TEXT },
	[COLUMN_IDENT] = { "ident", TEXT },
	[COLUMN_RAW] = { "raw", TEXT },
};

/* The cells of one row, and where those that had to be written lie. */
struct cells {
	struct str at[COLUMN_COUNT]; /* empty: absent */
	char ts[24], line[24], offset[24], status[8], ip[ADDRESS_TEXT], time[CIVIL_TEXT];
};

static struct str
number(char *p, size_t n, long long v)
{
	int got = snprintf(p, n, "%lld", v);

	return (struct str){ .p = p, .n = (size_t)got };
}

/* Digits that a reader of ours takes for a number; "-" is absent. */
static struct str
count_of(struct str s)
{
	uint64_t v;

	return str_to_u64(s, &v) ? s : (struct str){ 0 };
}

static void
fill_canon(const struct row *r, const struct canon_who *who, struct cells *c)
{
	static const struct {
		enum field field;
		enum column column;
	} fields[] = { { FIELD_TERMINAL, COLUMN_TERM }, { FIELD_OBJECT, COLUMN_OBJ },
		       { FIELD_CLASS, COLUMN_CLS },     { FIELD_N, COLUMN_N },
		       { FIELD_SID, COLUMN_SID },       { FIELD_CODE, COLUMN_CODE },
		       { FIELD_DEVICE, COLUMN_DEVICE }, { FIELD_PURPOSE, COLUMN_PURPOSE },
		       { FIELD_SEQ, COLUMN_SEQ } };
	const struct canon *canon = r->canon;

	for (size_t i = 0; i < COUNT(fields); i++)
		c->at[fields[i].column] = canon->field[fields[i].field];
	c->at[COLUMN_ACCT] = who->account;
	c->at[COLUMN_ACT] = str_of(act_names[canon->act]);
	c->at[COLUMN_OK] = canon->ok ? STR("1") : STR("0");
	c->at[COLUMN_REASON] = str_of(reason_names[canon->reason]);
	c->at[COLUMN_MASKED] = canon->masked == MASKED_YES  ? STR("1")
			       : canon->masked == MASKED_NO ? STR("0")
							    : (struct str){ 0 };
	if (who->has_address)
		c->at[COLUMN_IP] = address_print(c->ip, who->address);
}

/* As the client sent it: a server writes nothing as "-", and quotes with escapes. */
static struct str
sent(const struct row *r, enum raw raw)
{
	struct str s = r->record->text[raw];

	if (!r->record->escaped)
		return s;
	return str_is(s, "-") ? (struct str){ 0 } : decode_escapes(s, r->room);
}

static void
fill_raw(const struct row *r, struct cells *c)
{
	static const struct {
		enum raw raw;
		enum column column;
	} texts[] = { { RAW_METHOD, COLUMN_METHOD },       { RAW_TARGET, COLUMN_TARGET },
		      { RAW_PROTOCOL, COLUMN_PROTOCOL },   { RAW_HOST, COLUMN_HOST },
		      { RAW_REFERER, COLUMN_REFERER },     { RAW_AGENT, COLUMN_AGENT },
		      { RAW_FORWARDED, COLUMN_FORWARDED }, { RAW_DURATION, COLUMN_DURATION },
		      { RAW_IDENT, COLUMN_IDENT } };

	for (size_t i = 0; i < COUNT(texts); i++)
		c->at[texts[i].column] = sent(r, texts[i].raw);
	if (r->record->status)
		c->at[COLUMN_STATUS] = number(c->status, sizeof(c->status), r->record->status);
	c->at[COLUMN_BYTES] = count_of(r->record->text[RAW_BYTES]);
	c->at[COLUMN_CLIENT] = client_family(r->record->text[RAW_AGENT]);
}

static void
fill_row(const struct row *r, const struct canon_who *who, struct cells *c)
{
	memset(c->at, 0, sizeof(c->at));
	fill_raw(r, c);
	fill_canon(r, who, c);
	c->at[COLUMN_TS] = number(c->ts, sizeof(c->ts), r->record->ts);
	c->at[COLUMN_TIME] = civil_print_jst(c->time, r->record->ts);
	c->at[COLUMN_SYS] = r->policy->system[r->file->system].id;
	c->at[COLUMN_FEED] = r->file->feed;
	c->at[COLUMN_FILE] = r->file->path;
	c->at[COLUMN_LINE] = number(c->line, sizeof(c->line), (long long)r->line);
	c->at[COLUMN_OFFSET] = number(c->offset, sizeof(c->offset), (long long)r->offset);
	c->at[COLUMN_RAW] = r->raw;
}

struct printer {
	const char *name;
	void (*head)(struct out *o);
	void (*row)(const struct cells *c, struct out *o);
};

static void
csv_head(struct out *o)
{
	for (int i = 0; i < COLUMN_COUNT; i++)
		out_printf(o, "%s%s", i ? "," : "", columns[i].name);
	out_char(o, '\n');
}

static void
csv_row(const struct cells *c, struct out *o)
{
	for (int i = 0; i < COLUMN_COUNT; i++) {
		if (i)
			out_char(o, ',');
		out_csv(o, c->at[i]);
	}
	out_char(o, '\n');
}

static void
no_head(struct out *o)
{
	(void)o;
}

static void
ndjson_row(const struct cells *c, struct out *o)
{
	out_char(o, '{');
	for (int i = 0; i < COLUMN_COUNT; i++) {
		if (columns[i].kind == TEXT || c->at[i].n == 0) {
			json_str(o, columns[i].name, c->at[i]);
			continue;
		}
		json_name(o, columns[i].name);
		out_bytes(o, c->at[i]);
	}
	out_text(o, "}\n");
}

static void
null_row(const struct cells *c, struct out *o)
{
	(void)c;
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
	const struct source *source;
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
print_row(const struct parse *p, const struct row *r)
{
	struct canon_who who UNINITIALIZED;
	struct cells cells UNINITIALIZED;

	if (p->options->rejects || p->printer->row == null_row)
		return;
	canon_who(&p->policy->system[r->file->system], r->record, r->canon->field[FIELD_ACCOUNT],
		  &who);
	fill_row(r, &who, &cells);
	p->printer->row(&cells, p->out);
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
	else if (bucket == BUCKET_ACCEPTED)
		print_row(p, &row);
}

static void
parse_lines(const struct parse *p, struct logfile *f, struct line_reader *lr, struct reader *reader,
	    const struct block *b)
{
	struct str rest = b->bytes;

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
	struct reader *reader = lines_open(source, f->path, &p->options->reader, trouble);
	struct line_reader lr = { .system = f->system,
				  .matcher = p->matcher,
				  .since = p->options->since,
				  .until = p->options->until };
	struct block b;

	if (!reader)
		return;
	lines_begin(&lr, source, (struct room){ .p = p->room, .size = ROOM_LEAST });
	reader_range(reader, 0, UINT64_MAX);
	while (reader_next(reader, &b) && !p->out->failed) {
		if (b.skipped) {
			struct row row = { .line = ++f->lines, .offset = b.offset };

			f->bucket[BUCKET_REFUSED]++;
			print_refused(p, f, &row, &lines_too_long);
		} else {
			parse_lines(p, f, &lr, reader, &b);
		}
	}
	f->end = reader_end(reader);
	lines_end(&lr);
	f->packing = reader_packing(reader);
	f->trailing = reader_trailing(reader);
	if (f->end != END_WHOLE) {
		struct arena words = { 0 };

		error_add(trouble, "'" STR_FMT "' " STR_FMT, STR_ARG(f->path),
			  STR_ARG(logfile_end_words(&words, f)));
		arena_free(&words);
	}
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
parse_all(struct parse *p, struct facts *facts, struct errors *trouble)
{
	guard_install();
	if (!p->options->rejects)
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

	if (o->detect)
		return detect_files(o, err);
	if (!p.printer || policy_choose(&policy, o, &arena, err) != 0)
		goto out;
	p.source = sources_of(&policy, &arena, err);
	if (!p.source)
		goto out;
	facts = facts_new(&(struct facts_options){ .memory = o->memory, .spill_dir = "/tmp" });
	if (inputs_find(o, &policy, facts, &arena, &trouble, err) != 0)
		goto out;
	status = STATUS_INTERNAL;
	if (out_open(&out, o->output.n && o->output.at[0].file.n ? o->output.at[0].file : STR("-"),
		     err) != 0)
		goto out;
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
