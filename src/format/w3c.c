/*
 * w3c.c - see w3c.h.  Hides how a line is cut: at every separator, and only where that does not give as many values
 * as there are columns, with quotes.
 *
 * So who writes no quotes is not deceived by one in a target, and who writes them may have blanks in an agent.
 */
#include "format/w3c.h"

#include "format/decode.h"

static const char no_fields[] =
	"a line '#Fields: ...' that names the columns, before the first record";
static const char other_count[] = "as many values as the last #Fields line has names";

int
w3c_compile(const struct w3c_dialect *dialect, const struct format_spec *spec, struct arena *arena,
	    const void **plan, struct errors *err)
{
	struct w3c_plan *p = arena_alloc(arena, sizeof(*p));
	const struct zone *zone = spec->zone;

	if (!zone)
		zone = zone_load(arena, STR("UTC"), NULL, err, spec->at);
	p->dialect = dialect;
	p->labels = labels_compile(&dialect->usual, spec, zone, arena, err);
	*plan = p;
	return zone && p->labels ? 0 : -1;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* NULL, or what was expected at *at. */
static const char *
split_names(struct str line, struct str *name, size_t *count, const char **at)
{
	const char *p = line.p, *end = line.p + line.n;
	size_t n = 0;

	for (;;) {
		const char *from;

		while (p < end && is_blank(*p))
			p++;
		*at = from = p;
		if (p == end)
			break;
		if (n == LABELS_OF_A_LINE)
			return "at most 128 columns";
		while (p < end && !is_blank(*p))
			p++;
		name[n] = (struct str){ .p = from, .n = (size_t)(p - from) };
		n++;
	}
	*count = n;
	if (n == 0)
		return "names of columns behind #Fields:";
	n = labels_doubled(name, n);
	if (n == *count)
		return NULL;
	*at = name[n].p;
	return "a column that stands but once";
}

static enum parsed
read_header(const struct w3c_plan *plan, struct w3c_state *state, struct str line,
	    struct refusal *why)
{
	struct str name[LABELS_OF_A_LINE] = { 0 };
	static const struct str fields = { "#Fields:", 8 };
	const char *at = line.p, *expected;
	struct str rest;
	size_t n = 0;

	if (!str_starts(line, fields))
		return PARSED_HEADER;
	rest = str_skip(line, fields.n);
	state->count = 0;
	expected = split_names(rest, name, &n, &at);
	if (expected)
		return format_refuse(line, at, expected, why);
	labels_assign(plan->labels, name, n, state->slots);
	state->count = n;
	state->separator = plan->dialect->separator;
	if (!state->separator)
		state->separator = n > 1 && name[0].p[name[0].n] == '\t' ? '\t' : ' ';
	return PARSED_HEADER;
}

/*
 * Where the first column is one that a client fills, a line may begin with # for his sake: it is a record, not a remark
 * that hides it.
 */
static bool
is_directive(struct str line)
{
	static const char *const names[] = { "Fields",     "Version",  "Software", "Date",
					     "Start-Date", "End-Date", "Remark" };
	struct str name = str_skip(line, 1);

	name = str_head(name, str_find(name, ':'));
	for (size_t i = 0; i < COUNT(names); i++) {
		if (str_is(name, names[i]))
			return true;
	}
	return line.n == 1;
}

/* `""` to `"`. */
static struct str
unquoted(struct str s, struct room *room)
{
	char *p;
	size_t n = 0;

	if (str_find(s, '"') == s.n)
		return s;
	p = room_take(room, s.n);
	for (size_t i = 0; i < s.n; i++) {
		p[n++] = s.p[i];
		i += s.p[i] == '"';
	}
	return (struct str){ .p = p, .n = n };
}

/* Where a quote that stands open at p closes: at one that a separator or the end follows.  NULL: nowhere. */
static const char *
closing(const char *p, const char *end, char separator)
{
	for (;;) {
		p = find_byte(p, end, '"');
		if (p == end)
			return NULL;
		if (p + 1 == end || p[1] == separator)
			return p;
		if (p[1] != '"')
			return NULL;
		p += 2;
	}
}

/* As IIS writes it, a + is a blank. */
static struct str
plus_blanks(struct str s, struct room *room)
{
	char *p;

	if (str_find(s, '+') == s.n)
		return s;
	p = room_take(room, s.n);
	for (size_t i = 0; i < s.n; i++)
		p[i] = (char)(s.p[i] == '+' ? ' ' : s.p[i]);
	return (struct str){ .p = p, .n = s.n };
}

enum {
	TARGET_BITS = 1 << RAW_TARGET | 1 << LABEL_QUERY,
	AGENT_BIT = 1 << RAW_AGENT,
	ENCODED_BITS = AGENT_BIT | 1 << RAW_FORWARDED
};

/* A value that nobody has unquoted yet. */
static struct str
plain_value(const struct w3c_plan *plan, const struct w3c_state *state, uint64_t slots,
	    struct str s, struct room *room)
{
	if (s.n == 1 && s.p[0] == '-')
		return (struct str){ 0 };
	if (UNLIKELY(s.n > 1 && s.p[0] == '"' && s.p[s.n - 1] == '"') && !(slots & TARGET_BITS))
		return unquoted(str_head(str_skip(s, 1), s.n - 2), room);
	if (plan->dialect->url_encoded)
		return slots & ENCODED_BITS ? decode_url(s, false, room) : s;
	return (slots & AGENT_BIT) && state->separator == ' ' ? plus_blanks(s, room) : s;
}

/* NULL when every column has its value; else where that ended. */
static const char *
cut_plainly(struct parsing *r, struct str line, struct record *out, struct label_values *v)
{
	const struct w3c_plan *plan = r->plan;
	const struct w3c_state *state = r->state;
	const char *p = line.p, *end = line.p + line.n;

	for (size_t i = 0; i < state->count; i++) {
		const char *q = find_byte(p, end, state->separator);
		uint64_t slots = state->slots[i];

		if (slots)
			label_put(out, v, slots,
				  plain_value(plan, state, slots,
					      (struct str){ .p = p, .n = (size_t)(q - p) },
					      &r->room));
		if (q == end)
			return i + 1 == state->count ? NULL : end;
		p = q + 1;
	}
	return p == end ? NULL : p;
}

static const char *
cut_quoted(struct parsing *r, struct str line, struct record *out, struct label_values *v)
{
	const struct w3c_plan *plan = r->plan;
	const struct w3c_state *state = r->state;
	const char *p = line.p, *end = line.p + line.n;

	for (size_t i = 0; i < state->count; i++) {
		const char *q = p < end && *p == '"' ? closing(p + 1, end, state->separator) : NULL;
		uint64_t slots = state->slots[i];
		struct str value;

		if (q) {
			value = unquoted((struct str){ .p = p + 1, .n = (size_t)(q - p - 1) },
					 &r->room);
			q++;
		} else {
			q = find_byte(p, end, state->separator);
			value = plain_value(plan, state, slots,
					    (struct str){ .p = p, .n = (size_t)(q - p) }, &r->room);
		}
		label_put(out, v, slots, value);
		if (q == end)
			return i + 1 == state->count ? NULL : end;
		p = q + 1;
	}
	return p == end ? NULL : p;
}

enum parsed
w3c_parse(struct parsing *r, struct str line, struct record *out, struct refusal *why)
{
	const struct w3c_plan *plan = r->plan;
	struct w3c_state *state = r->state;
	struct label_values v UNINITIALIZED;
	size_t used = r->room.used;
	const char *wrong;

	if (line.n == 0)
		return PARSED_NOTHING;
	if (UNLIKELY(line.p[0] == '#') && (state->count == 0 || is_directive(line)))
		return read_header(plan, state, line, why);
	if (state->count == 0)
		return format_refuse(line, line.p, no_fields, why);
	labels_clear(plan->labels, out, &v);
	wrong = cut_plainly(r, line, out, &v);
	if (UNLIKELY(wrong) && str_find(line, '"') < line.n) {
		labels_clear(plan->labels, out, &v);
		r->room.used = used;
		wrong = cut_quoted(r, line, out, &v);
	}
	if (UNLIKELY(wrong))
		return format_refuse(line, wrong, other_count, why);
	out->escaped = false;
	return labels_finish(plan->labels, r, line, &v, out, why);
}
