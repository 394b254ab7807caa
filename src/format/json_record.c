/*
 * json_record.c - a JSON object as a record: pointers compiled once, one walk a line, then text by text.
 * Hides which of several names a source used, and how a time, a status and a request are taken out of them.
 */
#include "format/json_record.h"

#include "base/when.h"
#include "format/request.h"

enum { NAMES_MOST = 12 };

struct json_plan {
	const struct when *when;
	const struct json_outcome *outcomes;
	const char *no_time;
	unsigned how;
	int only, outcome, request; /* slots, or -1 */
	int8_t raw[RAW_COUNT]
		  [NAMES_MOST + 1];   /* slots in the order they are looked at; ends with -1 */
	uint16_t raws_of[JSON_WANTS]; /* for which fields a slot is looked at, a bit each */
	int8_t extra[EXTRA_MOST];
	size_t extra_count;
	struct json_wants wants;
};

_Static_assert(JSON_WANTS <= INT8_MAX + 1, "a slot is an int8_t");
_Static_assert(RAW_COUNT <= 16, "a field is a bit of raws_of");

static int
want(struct json_plan *plan, struct arena *arena, struct str name, struct errors *err,
     struct place at)
{
	int slot = json_want(&plan->wants, arena, name);

	if (slot < 0)
		error_at(err, at,
			 "'" STR_FMT "' must be a name, or a JSON pointer like /user/name with ~0 "
			 "for ~ and ~1 for /, and there may be at most %d of them",
			 STR_ARG(name), JSON_WANTS);
	return slot;
}

/* The names of one field, a blank between them; *slots ends with -1. */
static int
want_names(struct json_plan *plan, struct arena *arena, struct str names, int8_t *slots,
	   struct errors *err, struct place at)
{
	size_t n = 0;

	while (names.n) {
		int slot = want(plan, arena, str_split(&names, ' '), err, at);

		if (slot < 0)
			return -1;
		if (n == NAMES_MOST)
			BUG("more than %d names of a field", NAMES_MOST);
		slots[n++] = (int8_t)slot;
	}
	slots[n] = -1;
	return 0;
}

static int
want_raw(struct json_plan *plan, const struct json_shape *shape, const struct format_spec *spec,
	 struct arena *arena, struct errors *err)
{
	int result = 0;

	for (int i = 0; i < RAW_COUNT; i++) {
		plan->raw[i][0] = plan->raw[i][1] = -1;
		if (spec->field[i].n) {
			int slot = want(plan, arena, spec->field[i], err, spec->at);

			plan->raw[i][0] = (int8_t)slot;
			result = slot < 0 ? -1 : result;
		} else if (want_names(plan, arena, str_of(shape->raw[i]), plan->raw[i], err,
				      spec->at) < 0) {
			result = -1;
		}
		for (const int8_t *slot = plan->raw[i]; *slot >= 0; slot++)
			plan->raws_of[*slot] |= (uint16_t)(1U << i);
	}
	for (size_t i = 0; i < spec->extra_count; i++) {
		int slot = want(plan, arena, spec->extra[i], err, spec->at);

		plan->extra[i] = (int8_t)slot;
		result = slot < 0 ? -1 : result;
	}
	plan->extra_count = spec->extra_count;
	return result;
}

static int
want_one(struct json_plan *plan, struct arena *arena, const char *name, struct errors *err,
	 struct place at)
{
	return name ? want(plan, arena, str_of(name), err, at) : -1;
}

/* What is said of a line without a time. */
static const char *
no_time(struct arena *arena, struct str names)
{
	struct str rest = names, first = str_split(&rest, ' ');

	return arena_printf(arena, "a time in '" STR_FMT "'%s", STR_ARG(first),
			    rest.n ? ", or under another usual name" : "")
		.p;
}

int
json_record_compile(const struct json_shape *shape, const struct format_spec *spec,
		    struct arena *arena, const void **out, struct errors *err)
{
	struct json_plan *plan = arena_alloc(arena, sizeof(*plan));
	struct str how = spec->time.n ? spec->time : str_of(shape->time);
	struct str time =
		spec->field[RAW_TIME].n ? spec->field[RAW_TIME] : str_of(shape->raw[RAW_TIME]);

	json_wants_begin(&plan->wants);
	if (spec->extra_count > EXTRA_MOST)
		BUG("%zu extra fields", spec->extra_count);
	if (time.n == 0)
		return error_at(err, spec->at,
				"no field of the format is known to be the time; "
				"say which one: `fields: {time: NAME}`");
	if (want_raw(plan, shape, spec, arena, err) < 0)
		return -1;
	plan->only = want_one(plan, arena, shape->only, err, spec->at);
	plan->outcome = want_one(plan, arena, shape->outcome, err, spec->at);
	plan->request = want_one(plan, arena, shape->request, err, spec->at);
	plan->outcomes = shape->outcomes;
	plan->how = shape->hex ? JSON_HEX : JSON_STRICT;
	plan->no_time = no_time(arena, time);
	plan->when = when_compile(arena, how, spec->zone, spec->year, err, spec->at);
	*out = plan;
	return plan->when ? 0 : -1;
}

/* The text of a slot, decoded once; an object is no text unless asked for as it stands. */
static inline struct str
text_of(struct json_value *v, struct room *room)
{
	if (v->kind == JSON_STRING && !v->escaped)
		return v->text;
	if (v->kind == JSON_ARRAY)
		v->text = json_joined(*v, room);
	else
		v->text = json_bytes(*v, room);
	if (v->kind == JSON_STRING || v->kind == JSON_ARRAY) {
		v->kind = JSON_STRING;
		v->escaped = false;
	}
	return v->text;
}

/* What a walk has found. */
struct json_line {
	struct json_value value[JSON_WANTS];
	struct json_fault fault;
};

/* Of fourteen fields with a dozen names each most are absent, and need not be asked for name by name. */
static inline unsigned
raws_found(const struct json_plan *plan, const struct json_line *found)
{
	unsigned raws = 0;

	for (unsigned i = 0; i < COUNT(found->fault.found); i++) {
		for (uint64_t rest = found->fault.found[i]; rest; rest &= rest - 1)
			raws |= plan->raws_of[64 * i + (unsigned)__builtin_ctzll(rest)];
	}
	return raws;
}

static inline struct str
raw_text(const struct json_plan *plan, unsigned raw, struct json_value *value, struct room *room)
{
	for (const int8_t *slot = plan->raw[raw]; *slot >= 0; slot++) {
		struct json_value *v = &value[*slot];

		if (v->kind > JSON_NULL && v->kind != JSON_OBJECT && v->text.n)
			return text_of(v, room);
	}
	return (struct str){ NULL, 0 };
}

/* `10.1.2.3:50012`, `[2001:db8::1]:50012`: without the port. */
static struct str
without_port(struct str address)
{
	size_t colon = str_find(address, ':'), close;

	if (address.n && address.p[0] == '[') {
		close = str_find(address, ']');
		return close < address.n ? str_skip(str_head(address, close), 1) : address;
	}
	if (colon < address.n &&
	    str_find(str_skip(address, colon + 1), ':') == address.n - colon - 1)
		return str_head(address, colon);
	return address;
}

static int16_t
outcome_status(const struct json_outcome *o, struct str word)
{
	for (; word.n && o->word; o++) {
		struct str want = str_of(o->word);

		if (want.p[0] == '*' ? str_ends(word, str_skip(want, 1)) : str_eq(word, want))
			return o->status;
	}
	return 0;
}

static enum parsed
read_time(struct parsing *r, struct str line, struct json_value *value, struct record *out,
	  struct refusal *why)
{
	const struct json_plan *plan = r->plan;
	const char *from = line.p, *expected = plan->no_time;
	struct str text;

	for (const int8_t *slot = plan->raw[RAW_TIME]; *slot >= 0 && from == line.p; slot++) {
		if (value[*slot].kind == JSON_STRING || value[*slot].kind == JSON_NUMBER)
			from = value[*slot].text.p;
	}
	text = raw_text(plan, RAW_TIME, value, &r->room);
	if (text.n == 0 || from == line.p)
		return format_refuse(line, line.p, plan->no_time, why);
	if (when_read(plan->when, &r->clock, text, &out->ts, &out->again, &expected) ==
	    WHEN_REFUSED)
		return format_refuse(line, from, expected, why);
	out->text[RAW_TIME] = text;
	return PARSED_EVENT;
}

static enum parsed
read_texts(struct parsing *r, struct str line, struct json_line *found, struct record *out,
	   struct refusal *why)
{
	const struct json_plan *plan = r->plan;
	struct json_value *value = found->value;

	for (unsigned raws = raws_found(plan, found) & ~(1U << RAW_TIME); raws; raws &= raws - 1) {
		unsigned i = (unsigned)__builtin_ctz(raws);

		out->text[i] = raw_text(plan, i, value, &r->room);
	}
	out->text[RAW_ADDRESS] = without_port(out->text[RAW_ADDRESS]);
	for (size_t i = 0; i < plan->extra_count; i++)
		out->extra[i] = text_of(&value[plan->extra[i]], &r->room);
	if (plan->request >= 0 && value[plan->request].kind == JSON_STRING &&
	    out->text[RAW_TARGET].n == 0)
		request_into(text_of(&value[plan->request], &r->room), out);
	if (!format_status_of(out->text[RAW_STATUS], &out->status)) {
		const char *at = out->text[RAW_STATUS].p;
		bool lent = at >= line.p && at <= line.p + line.n;

		return format_refuse(line, lent ? at : line.p, "a status of three digits", why);
	}
	if (plan->outcome >= 0 && out->text[RAW_STATUS].n == 0)
		out->status =
			outcome_status(plan->outcomes, text_of(&value[plan->outcome], &r->room));
	return PARSED_EVENT;
}

enum parsed
json_record_parse(struct parsing *r, struct str line, struct record *out, struct refusal *why)
{
	const struct json_plan *plan = r->plan;
	struct json_line found UNINITIALIZED;
	const struct json_fault *fault = &found.fault;
	struct str body = str_trim(line);
	enum parsed parsed;

	if (body.n == 0)
		return PARSED_NOTHING;
	if (body.p[0] != '{' && body.p[0] != '\xef')
		return format_refuse(line, body.p, "a JSON object", why);
	if (!json_scan_like(&plan->wants, r->state, line, plan->how, found.value, &found.fault))
		return format_refuse(line, fault->at, fault->expected, why);
	r->hex += fault->hex;
	if (plan->only >= 0 && found.value[plan->only].kind <= JSON_NULL)
		return PARSED_NOTHING;
	memset(out->text, 0, sizeof(out->text));
	out->who = (struct str){ NULL, 0 };
	out->again = 0;
	out->escaped = false;
	parsed = read_time(r, line, found.value, out, why);
	return parsed == PARSED_EVENT ? read_texts(r, line, &found, out, why) : parsed;
}
