/*
 * regex_plan.c - patterns of the policy to code, within limits (THREATS 23), and their named groups to fields.
 */
#include "format/regex_plan.h"

enum { PATTERN_MOST = 4096, PARENTHESES_MOST = 50, STEPS_EACH_BYTE = 3, MESSAGE = 256 };

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

int
regex_compile(const struct format_spec *spec, struct arena *arena, const void **out,
	      struct errors *err)
{
	struct regex_plan *plan = arena_alloc(arena, sizeof(*plan));
	struct str pattern = without_quotes(spec->argument);
	char message[MESSAGE];
	struct names names;
	size_t at = 0;
	int wrong = 0, result = 0;

	plan->steps = spec->match_limit ? (uint32_t)spec->match_limit : STEPS_EACH_BYTE;
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
