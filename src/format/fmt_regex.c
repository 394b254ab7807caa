/*
 * fmt_regex.c - lines by a pattern of the policy: PCRE2, its named groups are the fields.
 *
 * A stranger writes the lines, so each has its limits (THREATS 22): a line the pattern cannot decide within them is
 * refused and counted, never taken for one that does not match.  The pattern must match the whole line: what is only
 * searched for can be forged inside any field.
 *
 * A step of matching is 4 to 5 ns.  With 300 steps and three a byte, a file of nothing but such lines goes at 26 % of
 * the usual speed where lines have 260 bytes, and at more elsewhere (8,000 bytes: 45 % of the bytes).  Measured on access
 * logs, PCRE2 10.42: patterns of classes ([^"]*, \S+, [^"\\]|\\.) take 10 to 40 steps whatever the line's length, and up
 * to two a byte to see that it does not match; `.*?` takes one a byte; six `.*` with quotes and brackets between them
 * three, and pass on lines of 2,000 bytes; nine `.*` with blanks between take 90, and are what `match_limit:` is for.
 */
#include "format/regex_plan.h"

enum {
	MATCH_LIMIT = 200000, /* 0.8 ms */
	MATCH_LEAST = 300,
	DEPTH_LIMIT = 1000,
	HEAP_LIMIT_KIB = 16 * 1024,
	JIT_STACK_LEAST = 32 * 1024,
	JIT_STACK_MOST = 2 << 20 /* [^"\\]|\\. over 65536 bytes; half of it is too little */
};

static const char undecided[] = "a line the pattern can decide within its limits";
static const char no_match[] = "a line that the pattern matches from end to end";

struct regex_state {
	pcre2_match_data *data;
	pcre2_match_context *limits;
	pcre2_jit_stack *stack;
};

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
	size_t limit = min_size(MATCH_LIMIT, MATCH_LEAST + plan->steps * line.n);
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
