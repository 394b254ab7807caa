/*
 * detect.c - tries every format that needs no argument, and usual server strings, on the first lines of a file, and
 * says which reads most of them.
 *
 * Among those that read as many lines, the one counts that takes an address for the address in more of them, since
 * what stands before a line can be read as almost anything; then the one that finds more fields; then the first.
 */
#include "app/detect.h"

#include "app/detect_sample.h"
#include "app/lines.h"
#include "app/tables.h"
#include "base/address.h"

enum { NEAR_PERCENT = 90, SHOWN_BYTES = 200, GUESS_YEAR = 2024 };

/* What servers are told to write most often, beside what has a name of its own. */
static const char *const usual_specs[] = {
	"nginx:$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent "
	"\"$http_referer\" \"$http_user_agent\" \"$http_x_forwarded_for\"",
	"nginx:$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent "
	"\"$http_referer\" \"$http_user_agent\" $request_time",
	"nginx:$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent "
	"\"$http_referer\" \"$http_user_agent\" \"$http_x_forwarded_for\" $request_time",
	"nginx:$host $remote_addr - $remote_user [$time_local] \"$request\" $status "
	"$body_bytes_sent \"$http_referer\" \"$http_user_agent\"",
	"apache:%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\" %D",
	"apache:%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\" "
	"\"%{X-Forwarded-For}i\"",
	"apache:%{X-Forwarded-For}i %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\"",
	"syslog:combined",
	"syslog:common",
	"syslog:json",
	"syslog:ltsv",
};

/* How one format did. */
struct trial {
	struct str spec;
	size_t accepted, refused, addresses, fields;
	struct refusal why; /* of the first refused line */
	size_t why_line;
};

struct detecting {
	struct detect_sample sample;
	struct arena arena; /* of one file */
	struct out *out;
	char *room;
	struct trial best, second;
};

static size_t
fields_of(const struct record *r)
{
	size_t n = 0;

	for (int i = 0; i < RAW_COUNT; i++)
		n += r->text[i].n > 0 && !str_is(r->text[i], "-");
	return n;
}

static bool
has_address(const struct record *r)
{
	char address[ADDRESS_SIZE];

	return address_parse(r->text[RAW_ADDRESS], address);
}

static void
try_record(struct line_reader *lr, struct piece piece, size_t line, struct trial *t)
{
	struct record record UNINITIALIZED;
	struct refusal why = lines_torn;
	enum parsed parsed = PARSED_REFUSED;

	lr->parsing.room.used = 0;
	if (piece.text.n > LINE_MOST)
		why = lines_too_long;
	else if (!piece.torn)
		parsed = lr->format->parse(&lr->parsing, piece.text, &record, &why);
	if (parsed == PARSED_EVENT) {
		t->accepted++;
		t->addresses += has_address(&record);
		t->fields += fields_of(&record);
	} else if (parsed == PARSED_REFUSED && t->refused++ == 0) {
		t->why = why;
		t->why_line = line;
	}
}

/* False when there is no such format, or not without more being said. */
static bool
try_spec(struct detecting *d, struct str spec, const struct zone *zone, int year, struct trial *t)
{
	struct errors mute = { 0 };
	struct source source;
	struct line_reader lr = { 0 };
	struct str rest = d->sample.text;
	size_t line = 1;
	bool known = source_tried(spec, zone, year, &d->arena, &source, &mute) == 0;

	errors_free(&mute);
	*t = (struct trial){ .spec = spec };
	if (!known)
		return false;
	lines_begin(&lr, &source, (struct room){ .p = d->room, .size = ROOM_LEAST });
	while (rest.n) {
		struct piece piece = lines_record(&lr, rest);

		try_record(&lr, piece, line, t);
		line += piece.lines;
		rest = str_skip(rest, piece.taken);
	}
	lines_end(&lr);
	return true;
}

/* Is a of n more than b of m?  No product of counts of 1,000 lines overflows. */
static bool
is_more(size_t a, size_t n, size_t b, size_t m)
{
	return a * m > b * n;
}

/* By the share of records read, of addresses in them, and of fields. */
static bool
is_better(const struct trial *a, const struct trial *b)
{
	size_t all_a = a->accepted + a->refused, all_b = b->accepted + b->refused;

	if (b->accepted == 0)
		return true;
	if (a->accepted * all_b != b->accepted * all_a)
		return is_more(a->accepted, all_a, b->accepted, all_b);
	if (a->addresses * b->accepted != b->addresses * a->accepted)
		return is_more(a->addresses, a->accepted, b->addresses, b->accepted);
	return is_more(a->fields, a->accepted, b->fields, b->accepted);
}

static void
consider(struct detecting *d, struct str spec, const struct zone *zone)
{
	struct trial t;

	if (!try_spec(d, spec, zone, GUESS_YEAR, &t) || t.accepted == 0)
		return;
	if (is_better(&t, &d->best)) {
		d->second = d->best;
		d->best = t;
	} else if (is_better(&t, &d->second)) {
		d->second = t;
	}
}

static void
consider_all(struct detecting *d, const struct zone *zone)
{
	size_t n;
	const struct format *const *format = format_list(&n);

	d->best = d->second = (struct trial){ 0 };
	for (size_t i = 0; i < n; i++) {
		if (!format[i]->argument)
			consider(d, str_of(format[i]->name), zone);
	}
	for (size_t i = 0; i < COUNT(usual_specs); i++)
		consider(d, str_of(usual_specs[i]), zone);
}

/* As YAML wants it. */
static void
print_spec(struct out *o, struct str spec)
{
	bool plain = str_find(spec, ':') == spec.n;

	if (!plain)
		out_char(o, '\'');
	for (size_t i = 0; i < spec.n; i++) {
		if (!plain && spec.p[i] == '\'')
			out_char(o, '\'');
		out_char(o, spec.p[i]);
	}
	if (!plain)
		out_char(o, '\'');
}

static void
print_share(struct out *o, const struct trial *t)
{
	size_t all = t->accepted + t->refused, tenths = t->accepted * 1000 / all;

	out_printf(o, "%zu of %zu records (%zu.%zu %%)", t->accepted, all, tenths / 10,
		   tenths % 10);
}

/* What reads nearly as much, but takes for the address what is none, is no second choice. */
static bool
is_near(const struct trial *best, const struct trial *second)
{
	return second->accepted * 100 >= best->accepted * NEAR_PERCENT &&
	       second->addresses * 100 >= best->addresses * NEAR_PERCENT;
}

/* Why it is second, where the shares do not say so. */
static const char *
behind_by(const struct trial *best, const struct trial *second)
{
	if (second->accepted != best->accepted)
		return "";
	if (second->addresses != best->addresses)
		return ", and fewer addresses";
	return second->fields != best->fields ? ", and fewer fields" : ", and as many fields";
}

static void
print_first_line(struct detecting *d)
{
	struct str line = lines_first(d->sample.text).text;

	out_text(d->out, "#     ");
	out_tty(d->out, str_head(line, SHOWN_BYTES));
	out_text(d->out, line.n > SHOWN_BYTES ? " ...\n" : "\n");
}

static void
print_nothing_fits(struct detecting *d, struct str path)
{
	out_text(d->out, "# ");
	out_tty(d->out, path);
	out_printf(d->out, ": no format reads more than half of its first %zu lines",
		   d->sample.lines);
	if (d->best.accepted) {
		out_text(d->out, "; ");
		print_spec(d->out, d->best.spec);
		out_text(d->out, " reads ");
		print_share(d->out, &d->best);
	}
	out_text(d->out, "\n# the first line is\n");
	print_first_line(d);
	out_text(d->out,
		 "# try the server's own string, format: 'nginx:...' or 'apache:...'; a table with "
		 "`fields:` and\n# format: csv; an object a line with `fields:` and format: json; "
		 "or "
		 "format: 'regex:...'\n");
}

/* What must stand beside `format:`, found by reading again without it. */
static void
print_needs(struct detecting *d, const struct zone *zone)
{
	const struct trial *best = &d->best;
	struct trial t;

	if (try_spec(d, best->spec, NULL, GUESS_YEAR, &t) && t.accepted < best->accepted)
		out_printf(
			d->out,
			"# timezone: is needed too, as in `timezone: Asia/Tokyo`: %zu times carry "
			"no offset\n",
			best->accepted - t.accepted);
	if (try_spec(d, best->spec, zone, 0, &t) && t.accepted < best->accepted)
		out_printf(d->out,
			   "# year: is needed too, as in `year: 2026`: %zu times carry no year\n",
			   best->accepted - t.accepted);
	if (d->sample.odd_lines && d->sample.encoding == ENCODING_NONE)
		out_printf(d->out,
			   "# %zu lines are not UTF-8, nor all of them cp932 or euc-jp; they are "
			   "read as they are\n",
			   d->sample.odd_lines);
	if (d->sample.encoding == ENCODING_UTF16LE || d->sample.encoding == ENCODING_UTF16BE)
		out_printf(d->out, "encoding: %s # by its NUL bytes\n",
			   encoding_names[d->sample.encoding]);
	else if (d->sample.encoding != ENCODING_NONE)
		out_printf(d->out, "encoding: %s # %zu lines are not UTF-8\n",
			   encoding_names[d->sample.encoding], d->sample.odd_lines);
}

static void
print_found(struct detecting *d, struct str path, const struct zone *zone)
{
	const struct trial *best = &d->best, *second = &d->second;

	out_text(d->out, "# ");
	out_tty(d->out, path);
	out_text(d->out, ": reads ");
	print_share(d->out, best);
	out_char(d->out, '\n');
	if (second->accepted && is_near(best, second)) {
		out_text(d->out, "# near: ");
		print_spec(d->out, second->spec);
		out_text(d->out, " reads ");
		print_share(d->out, second);
		out_text(d->out, behind_by(best, second));
		out_char(d->out, '\n');
	}
	if (best->refused)
		out_printf(d->out, "# first not read: line %zu, byte %u: expected %s\n",
			   best->why_line, best->why.byte + 1, best->why.expected);
	out_text(d->out, "format: ");
	print_spec(d->out, best->spec);
	out_char(d->out, '\n');
	print_needs(d, zone);
}

/* False: no format is proposed. */
static bool
detect_file(struct detecting *d, struct str path)
{
	struct errors mute = { 0 };
	const struct zone *zone =
		zone_load(&d->arena, STR("UTC"), NULL, &mute, (struct place){ 0 });
	bool found;

	errors_free(&mute);
	if (d->sample.text.n == 0) {
		out_text(d->out, "# ");
		out_tty(d->out, path);
		out_text(d->out,
			 d->sample.damaged ? ": no line of it can be read\n" : ": has no lines\n");
		return false;
	}
	consider_all(d, zone);
	found = d->best.accepted > d->best.refused;
	if (found)
		print_found(d, path, zone);
	else
		print_nothing_fits(d, path);
	return found;
}

enum status
detect_files(const struct options *o, struct errors *err)
{
	struct out out;
	struct detecting d = { .out = &out };
	enum status status = STATUS_OK;

	if (o->operand.n == 0) {
		error_add(err, "--detect needs a file; none is given");
		return STATUS_USAGE;
	}
	out_stream(&out, 1, STR("standard output"));
	d.room = xalloc(ROOM_LEAST, 1);
	for (size_t i = 0; i < o->operand.n; i++) {
		struct str path = o->operand.at[i];

		if (i)
			out_char(&out, '\n');
		if (detect_sample(&d.sample, path, &o->reader, &d.arena, err) != 0 ||
		    !detect_file(&d, path) || d.sample.damaged)
			status = STATUS_INCOMPLETE;
		arena_free(&d.arena);
	}
	free(d.room);
	return out_close(&out, err) == 0 ? status : STATUS_INTERNAL;
}
