/*
 * fmt_regex.c - lines by a pattern of the policy: PCRE2, its named groups are the fields.
 *
 * A stranger writes the lines, so each has its limits (THREATS 22): a line the pattern cannot decide within them is
 * refused and counted, never taken for one that does not match.  The limit of a short line is lower, since short
 * lines are what a stranger can write many of.  The pattern must match the whole line: what is only searched for can
 * be forged inside any field.
 */
#include "format/labels.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum {
	PATTERN_MOST = 4096,
	PARENTHESES_MOST = 50,
	MATCH_LIMIT = 100000, /* 0.5 ms on the line, 2026-11 */
	MATCH_LEAST = 2000,
	MATCH_EACH_BYTE = 100, /* twelve `.*` in a row need 80 */
	DEPTH_LIMIT = 1000,
	HEAP_LIMIT_KIB = 16 * 1024,
	JIT_STACK_LEAST = 32 * 1024,
	JIT_STACK_MOST = 1024 * 1024,
	MESSAGE = 256
};

static const char undecided[] = "a line the pattern can decide within its limits";
static const char no_match[] = "a line that the pattern matches from end to end";

struct group {
	uint32_t number, slot;
};

struct regex_plan {
	struct labels *labels;
	pcre2_code *code; /* in the arena; its JIT code lives as long as the process */
	struct group *group;
	size_t count;
};

struct regex_state {
	pcre2_match_data *data;
	pcre2_match_context *limits;
	pcre2_jit_stack *stack;
};

/* A group named like an usual field is it; `request` is method, target and protocol. */
static const struct label_usual regex_usual = {
	.names = {
		[RAW_ADDRESS] = "address",
		[RAW_ACCOUNT] = "account",
		[RAW_METHOD] = "method",
		[RAW_TARGET] = "target",
		[RAW_AGENT] = "agent",
		[RAW_FORWARDED] = "forwarded",
		[RAW_TIME] = "time",
		[RAW_STATUS] = "status",
		[RAW_IDENT] = "ident",
		[RAW_PROTOCOL] = "protocol",
		[RAW_HOST] = "host",
		[RAW_BYTES] = "bytes",
		[RAW_REFERER] = "referer",
		[RAW_DURATION] = "duration",
		[LABEL_REQUEST] = "request",
		[LABEL_DATE] = "date",
		[LABEL_CLOCK] = "clock",
		[LABEL_QUERY] = "query",
	},
};

static void *
arena_take(size_t size, void *arena)
{
	return arena_alloc(arena, size);
}

static void
arena_keeps(void *p, void *arena)
{
	(void)p;
	(void)arena;
}

/* Quotes around it are the notation's, not the pattern's. */
static struct str
without_quotes(struct str s)
{
	return s.n > 1 && s.p[0] == '\'' && s.p[s.n - 1] == '\'' ? str_head(str_skip(s, 1), s.n - 2)
								 : s;
}

/* No pattern may switch UTF on: it would turn bytes that are not UTF-8 into match errors. */
static pcre2_code *
compile_code(struct str pattern, struct arena *arena, int *wrong, size_t *at)
{
	enum {
		OPTIONS = (int)(PCRE2_NEVER_BACKSLASH_C | PCRE2_NEVER_UTF | PCRE2_NEVER_UCP |
				PCRE2_DOLLAR_ENDONLY)
	};
	pcre2_general_context *memory =
		pcre2_general_context_create(arena_take, arena_keeps, arena);
	pcre2_compile_context *limits = pcre2_compile_context_create(memory);
	uint32_t options = (uint32_t)OPTIONS | PCRE2_ANCHORED | PCRE2_ENDANCHORED;
	pcre2_code *code;

	pcre2_set_parens_nest_limit(limits, PARENTHESES_MOST);
	pcre2_set_max_pattern_length(limits, PATTERN_MOST);
	code = pcre2_compile((PCRE2_SPTR)pattern.p, pattern.n, options, wrong, at, limits);
	if (code)
		pcre2_jit_compile(code, PCRE2_JIT_COMPLETE); /* without it, it matches slower */
	return code;
}

struct names {
	PCRE2_SPTR entry;
	uint32_t count, size;
};

static struct names
names_of(const pcre2_code *code)
{
	struct names n = { 0 };

	pcre2_pattern_info(code, PCRE2_INFO_NAMECOUNT, &n.count);
	pcre2_pattern_info(code, PCRE2_INFO_NAMEENTRYSIZE, &n.size);
	pcre2_pattern_info(code, PCRE2_INFO_NAMETABLE, &n.entry);
	return n;
}

static struct str
name_at(const struct names *n, uint32_t i)
{
	return str_of((const char *)n->entry + (size_t)i * n->size + 2);
}

static uint32_t
number_at(const struct names *n, uint32_t i)
{
	PCRE2_SPTR e = n->entry + (size_t)i * n->size;

	return (uint32_t)(e[0] << 8 | e[1]);
}

/* Every name that stands in the labels and means this slot.  Alternatives may give one name to several groups. */
static int
take_name(struct regex_plan *plan, const struct names *names, uint32_t i,
	  const struct format_spec *spec, struct errors *err)
{
	struct str name = name_at(names, i);
	uint64_t slots = 0;

	labels_assign(plan->labels, &name, 1, &slots);
	if (!slots)
		return error_at(err, spec->at,
				"the pattern's group '" STR_FMT "' is no usual field, and nobody "
				"asks for it; `extract: {...: 'field:" STR_FMT "'}` would",
				STR_ARG(name), STR_ARG(name));
	for (; slots; slots &= slots - 1)
		plan->group[plan->count++] =
			(struct group){ .number = number_at(names, i),
					.slot = (uint32_t)__builtin_ctzll(slots) };
	return 0;
}

static bool
gives(const struct regex_plan *plan, unsigned slot)
{
	for (size_t i = 0; i < plan->count; i++) {
		if (plan->group[i].slot == slot)
			return true;
	}
	return false;
}

/* What is asked for and no group gives would be absent from every line, unseen. */
static int
check_asked(const struct regex_plan *plan, const struct format_spec *spec, struct errors *err)
{
	int result = 0;

	for (unsigned s = 0; s < RAW_COUNT; s++) {
		if (spec->field[s].n && !gives(plan, s))
			result = error_at(err, spec->at, "the pattern has no group '" STR_FMT "'",
					  STR_ARG(spec->field[s]));
	}
	for (unsigned i = 0; i < spec->extra_count; i++) {
		if (spec->extra[i].n && !gives(plan, LABEL_EXTRA + i))
			result = error_at(err, spec->at, "the pattern has no group '" STR_FMT "'",
					  STR_ARG(spec->extra[i]));
	}
	if (!spec->field[RAW_TIME].n && !gives(plan, RAW_TIME) &&
	    !(gives(plan, LABEL_DATE) && gives(plan, LABEL_CLOCK)))
		result = error_at(err, spec->at,
				  "the pattern has no group for the time: write (?<time>...), or "
				  "(?<date>...) and (?<clock>...)");
	return result;
}

static int
regex_compile(const struct format_spec *spec, struct arena *arena, const void **out,
	      struct errors *err)
{
	struct regex_plan *plan = arena_alloc(arena, sizeof(*plan));
	struct str pattern = without_quotes(spec->argument);
	char message[MESSAGE];
	struct names names;
	size_t at = 0;
	int wrong = 0, result = 0;

	plan->labels = labels_compile(&regex_usual, spec, spec->zone, arena, err);
	plan->code = compile_code(pattern, arena, &wrong, &at);
	if (!plan->code) {
		pcre2_get_error_message(wrong, (PCRE2_UCHAR *)message, sizeof(message));
		return error_at(err, spec->at, "bad pattern at byte %zu of '" STR_FMT "': %s",
				at + 1, STR_ARG(pattern), message);
	}
	names = names_of(plan->code);
	plan->group =
		arena_alloc(arena, ((size_t)names.count + 1) * LABEL_SLOTS * sizeof(*plan->group));
	if (!plan->labels)
		return -1;
	for (uint32_t i = 0; i < names.count; i++)
		result |= take_name(plan, &names, i, spec, err);
	result |= check_asked(plan, spec, err);
	*out = plan;
	return result;
}

static void
regex_begin(struct parsing *r)
{
	const struct regex_plan *plan = r->plan;
	struct regex_state *state = r->state;

	state->data = pcre2_match_data_create_from_pattern(plan->code, NULL);
	state->limits = pcre2_match_context_create(NULL);
	state->stack = pcre2_jit_stack_create(JIT_STACK_LEAST, JIT_STACK_MOST, NULL);
	if (!state->data || !state->limits)
		BUG("no memory for pattern matching");
	pcre2_set_depth_limit(state->limits, DEPTH_LIMIT);
	pcre2_set_heap_limit(state->limits, HEAP_LIMIT_KIB);
	if (state->stack)
		pcre2_jit_stack_assign(state->limits, NULL, state->stack);
}

static void
regex_end(struct parsing *r)
{
	struct regex_state *state = r->state;

	pcre2_match_data_free(state->data);
	pcre2_match_context_free(state->limits);
	pcre2_jit_stack_free(state->stack);
}

static struct str
captured(const PCRE2_SIZE *at, uint32_t number, struct str line)
{
	PCRE2_SIZE from = at[2 * (size_t)number], to = at[2 * (size_t)number + 1];

	if (from == PCRE2_UNSET || to <= from || (to - from == 1 && line.p[from] == '-'))
		return (struct str){ 0 };
	return (struct str){ .p = line.p + from, .n = to - from };
}

/* NULL, or what was expected. */
static const char *
match(const struct regex_plan *plan, const struct regex_state *state, struct str line)
{
	size_t limit = min_size(MATCH_LIMIT, MATCH_LEAST + MATCH_EACH_BYTE * line.n);
	int rc;

	pcre2_set_match_limit(state->limits, (uint32_t)limit);
	rc = pcre2_match(plan->code, (PCRE2_SPTR)line.p, line.n, 0, 0, state->data, state->limits);
	/* The compiled code has a stack; the interpreter has the heap, with its own limit. */
	if (UNLIKELY(rc == PCRE2_ERROR_JIT_STACKLIMIT))
		rc = pcre2_match(plan->code, (PCRE2_SPTR)line.p, line.n, 0, PCRE2_NO_JIT,
				 state->data, state->limits);
	if (LIKELY(rc >= 0))
		return NULL;
	return rc == PCRE2_ERROR_NOMATCH ? no_match : undecided;
}

static enum parsed
regex_parse(struct parsing *r, struct str line, struct record *out, struct refusal *why)
{
	const struct regex_plan *plan = r->plan;
	const struct regex_state *state = r->state;
	struct label_values v UNINITIALIZED;
	const PCRE2_SIZE *at;
	const char *expected;

	if (line.n == 0)
		return PARSED_NOTHING;
	expected = match(plan, state, line);
	r->undecided += expected == undecided;
	if (expected)
		return format_refuse(line, line.p, expected, why);
	labels_clear(plan->labels, out, &v);
	at = pcre2_get_ovector_pointer(state->data);
	for (size_t i = 0; i < plan->count; i++) {
		struct str *place = label_place(out, &v, plan->group[i].slot);

		if (place->n == 0)
			*place = captured(at, plan->group[i].number, line);
	}
	out->escaped = false;
	return labels_finish(plan->labels, r, line, &v, out, why);
}

static const struct format_sample regex_samples[] = {
	{ "regex:^(?<time>\\S+) (?<address>\\S+) (?<account>\\S+) (?<method>[A-Z]+) "
	  "(?<target>\\S+) (?<status>\\d{3})(?: \"(?<agent>[^\"]*)\")?$",
	  "2022-07-04T09:12:31+09:00 10.1.2.3 KPG\\pg0001 GET /supply/0101?t=T-1 200 \"branch 7\"",
	  "ts=1656893551000 address=10.1.2.3 account=KPG\\pg0001 method=GET "
	  "target=/supply/0101?t=T-1 status=200 agent='branch 7'" },
	{ "regex:(?<date>\\S+) (?<clock>\\S+) (?<account>[^|]*)\\|(?<request>[^|]*)\\|(?<scr"
	  "een>.*)",
	  "2026/4/1 9:05:01 pg 7|GET /a%20b?q=1 HTTP/1.1|契約",
	  "ts=1775034301000 account='pg 7' method=GET target=/a%20b?q=1 protocol=HTTP/1.1 "
	  "screen=契約" },
	{ "regex:'(?<time>[\\d.]+) (?<address>\\S+) (?<account>\\S+) (?<target>\\S+?)(?: "
	  "(?<status>\\d+))?(?: again)?$'",
	  "1775001901.25 2001:db8::7 - /a\\b again",
	  "ts=1775001901250 address=2001:db8::7 account= target=/a\\b" },
	{ 0 },
};

const struct format fmt_regex = {
	.name = "regex",
	.summary = "lines by a pattern whose named groups are the fields",
	.argument = "a pattern with named groups",
	.names_fields = true,
	.state_size = sizeof(struct regex_state),
	.compile = regex_compile,
	.parse = regex_parse,
	.begin = regex_begin,
	.end = regex_end,
	.sample = regex_samples,
};
