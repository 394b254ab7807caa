/*
 * parse_rows.c - see parse_rows.h.  One list of columns serves every way of writing.
 */
#include "app/parse_rows.h"

#include "base/civil.h"
#include "format/decode.h"
#include "report/json.h"

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
	struct canon_who who;
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

	if (!str_to_u64(s, &v))
		return (struct str){ 0 };
	/* No number of JSON begins with a 0 that says nothing. */
	while (s.n > 1 && s.p[0] == '0')
		s = str_skip(s, 1);
	return s;
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
	if (canon->masked != MASKED_UNKNOWN)
		c->at[COLUMN_MASKED] = canon->masked == MASKED_YES ? STR("1") : STR("0");
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
	if (str_is(s, "-"))
		return (struct str){ 0 };
	return decode_escapes(s, r->room);
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
fill_row(const struct row *r, struct cells *c)
{
	memset(c->at, 0, sizeof(c->at));
	canon_who(&r->policy->system[r->file->system], r->record, r->canon->field[FIELD_ACCOUNT],
		  &c->who);
	fill_raw(r, c);
	fill_canon(r, &c->who, c);
	c->at[COLUMN_TS] = number(c->ts, sizeof(c->ts), r->record->ts);
	c->at[COLUMN_TIME] = civil_print_jst(c->time, r->record->ts);
	c->at[COLUMN_SYS] = r->policy->system[r->file->system].id;
	c->at[COLUMN_FEED] = r->file->feed;
	c->at[COLUMN_FILE] = r->file->path;
	c->at[COLUMN_LINE] = number(c->line, sizeof(c->line), (long long)r->line);
	c->at[COLUMN_OFFSET] = number(c->offset, sizeof(c->offset), (long long)r->offset);
	c->at[COLUMN_RAW] = r->raw;
}

struct str
row_cell(const struct row *r, const char *column, struct arena *a)
{
	struct cells cells UNINITIALIZED;

	fill_row(r, &cells);
	for (int i = 0; i < COLUMN_COUNT; i++) {
		if (strcmp(columns[i].name, column) == 0)
			return arena_str(a, cells.at[i]);
	}
	BUG("parse prints no column '%s'", column);
}

static void
csv_head(const struct more_columns *more, struct out *o)
{
	for (int i = 0; i < COLUMN_COUNT; i++)
		out_printf(o, "%s%s", i ? "," : "", columns[i].name);
	for (size_t i = 0; i < more->count; i++)
		out_printf(o, ",%s", more->at[i].name);
	out_char(o, '\n');
}

static void
csv_row(const struct row *r, struct out *o)
{
	struct cells cells UNINITIALIZED;

	fill_row(r, &cells);
	for (int i = 0; i < COLUMN_COUNT; i++) {
		if (i)
			out_char(o, ',');
		out_csv(o, cells.at[i]);
	}
	for (size_t i = 0; i < r->more.count; i++) {
		out_char(o, ',');
		out_csv(o, r->more_cell[i]);
	}
	out_char(o, '\n');
}

static void
ndjson_cell(struct out *o, const char *name, bool number, struct str cell)
{
	if (!number || cell.n == 0) {
		json_str(o, name, cell);
		return;
	}
	json_name(o, name);
	out_bytes(o, cell);
}

static void
ndjson_row(const struct row *r, struct out *o)
{
	struct cells cells UNINITIALIZED;

	fill_row(r, &cells);
	out_char(o, '{');
	for (int i = 0; i < COLUMN_COUNT; i++)
		ndjson_cell(o, columns[i].name, columns[i].kind == NUMBER, cells.at[i]);
	for (size_t i = 0; i < r->more.count; i++)
		ndjson_cell(o, r->more.at[i].name, r->more.at[i].number, r->more_cell[i]);
	out_text(o, "}\n");
}

const struct row_printer *
row_printer_named(struct str name)
{
	static const struct row_printer printers[] = {
		{ "ndjson", NULL, ndjson_row },
		{ "csv", csv_head, csv_row },
		{ "null", NULL, NULL },
	};

	for (size_t i = 0; i < COUNT(printers); i++) {
		if (str_is(name, printers[i].name))
			return &printers[i];
	}
	return NULL;
}
