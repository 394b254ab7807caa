/*
 * regex.c - see regex.h.
 */
#include "base/regex.h"

#include "base/error.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum { PARENTHESES_MOST = 50, MATCH_LIMIT = 100000, DEPTH_LIMIT = 1000, HEAP_LIMIT_KIB = 16384 };

struct regex_room {
	pcre2_match_data *data;
	pcre2_match_context *limits;
};

static void *
take(size_t size, void *arena)
{
	return arena_alloc(arena, size);
}

static void
keep(void *p, void *arena)
{
	(void)p;
	(void)arena;
}

static uint32_t
options_of(unsigned flags)
{
	/* No pattern may switch UTF on: it would turn bytes that are not UTF-8 into match errors. */
	uint32_t options =
		PCRE2_NEVER_BACKSLASH_C | PCRE2_NEVER_UTF | PCRE2_NEVER_UCP | PCRE2_DOLLAR_ENDONLY;

	options |= flags & REGEX_CASELESS ? PCRE2_CASELESS : 0;
	options |= flags & REGEX_MULTILINE ? PCRE2_MULTILINE : 0;
	options |= flags & REGEX_DOTALL ? PCRE2_DOTALL : 0;
	return options;
}

struct regex *
regex_new(struct str pattern, unsigned flags, struct arena *a, char wrong[REGEX_MESSAGE],
	  size_t *at)
{
	pcre2_general_context *memory = pcre2_general_context_create(take, keep, a);
	pcre2_compile_context *limits = pcre2_compile_context_create(memory);
	pcre2_code *code;
	int why = 0;

	pcre2_set_parens_nest_limit(limits, PARENTHESES_MOST);
	pcre2_set_max_pattern_length(limits, REGEX_PATTERN_MOST);
	code = pcre2_compile((PCRE2_SPTR)(pattern.p ? pattern.p : ""), pattern.n, options_of(flags),
			     &why, at, limits);
	if (!code)
		pcre2_get_error_message(why, (PCRE2_UCHAR *)wrong, REGEX_MESSAGE);
	return (struct regex *)code;
}

struct regex_room *
regex_room_new(void)
{
	struct regex_room *room = xalloc(1, sizeof(*room));

	room->data = pcre2_match_data_create(1, NULL);
	room->limits = pcre2_match_context_create(NULL);
	if (!room->data || !room->limits)
		BUG("no memory for pattern matching");
	pcre2_set_match_limit(room->limits, MATCH_LIMIT);
	pcre2_set_depth_limit(room->limits, DEPTH_LIMIT);
	pcre2_set_heap_limit(room->limits, HEAP_LIMIT_KIB);
	return room;
}

void
regex_room_free(struct regex_room *room)
{
	if (!room)
		return;
	pcre2_match_data_free(room->data);
	pcre2_match_context_free(room->limits);
	free(room);
}

enum regex_answer
regex_search(const struct regex *re, struct regex_room *room, struct str subject)
{
	int rc = pcre2_match((const pcre2_code *)re, (PCRE2_SPTR)(subject.p ? subject.p : ""),
			     subject.n, 0, PCRE2_NO_JIT, room->data, room->limits);

	return rc >= 0 ? REGEX_YES : rc == PCRE2_ERROR_NOMATCH ? REGEX_NO : REGEX_LIMIT;
}
