/*
 * policy_match.c - `match:` of a resource: Sigma's selection maps, and regexes whose named groups
 * give fields.
 */
#include "policy/policy_reader.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum { MOST_PARENTHESES = 50, MOST_PATTERN = 4096, MESSAGE = 256 };

const char *const policy_match_fields[] = {
	[MATCH_PATH] = "path",     [MATCH_QUERY] = "query",   [MATCH_TARGET] = "target",
	[MATCH_METHOD] = "method", [MATCH_SYSTEM] = "system", [MATCH_AGENT] = "agent",
};
enum { MATCH_FIELDS = COUNT(policy_match_fields) };

const char *const policy_match_kinds[] = {
	[MATCH_EQUAL] = "",        [MATCH_STARTS] = "startswith",
	[MATCH_ENDS] = "endswith", [MATCH_CONTAINS] = "contains",
	[MATCH_RE] = "re",
};
enum { MATCH_KINDS = COUNT(policy_match_kinds) };

/* The fields a group may give are the first of enum field. */
enum { GROUP_FIELDS = FIELD_TERMINAL + 1 };

/* No pattern may switch UTF on: it would turn bytes that are not UTF-8 into match errors. */
static pcre2_code *
compile(struct str pattern, int *code, size_t *offset)
{
	pcre2_compile_context *limits = pcre2_compile_context_create(NULL);
	uint32_t options = PCRE2_NEVER_BACKSLASH_C | PCRE2_NEVER_UTF | PCRE2_NEVER_UCP;
	pcre2_code *re;

	pcre2_set_parens_nest_limit(limits, MOST_PARENTHESES);
	pcre2_set_max_pattern_length(limits, MOST_PATTERN);
	re = pcre2_compile((PCRE2_SPTR)pattern.p, pattern.n, options, code, offset, limits);
	pcre2_compile_context_free(limits);
	if (re)
		pcre2_jit_compile(re, PCRE2_JIT_COMPLETE); /* without it, it matches slower */
	return re;
}

static void
read_groups(struct policy_reader *r, struct place at, const pcre2_code *re,
	    uint16_t group[FIELD_COUNT])
{
	static const struct policy_names names = { field_names, GROUP_FIELDS };
	uint32_t count = 0, size = 0;
	PCRE2_SPTR table = NULL;

	pcre2_pattern_info(re, PCRE2_INFO_NAMECOUNT, &count);
	pcre2_pattern_info(re, PCRE2_INFO_NAMEENTRYSIZE, &size);
	pcre2_pattern_info(re, PCRE2_INFO_NAMETABLE, &table);
	for (uint32_t i = 0; table && i < count; i++) {
		PCRE2_SPTR entry = table + (size_t)i * size;
		struct str name = str_of((const char *)entry + 2);
		int field = policy_read_name(r, name, at, "field in a named group", names);

		if (field >= 0)
			group[field] = (uint16_t)(entry[0] << 8 | entry[1]);
	}
}

static void
read_regex(struct policy_reader *r, struct place at, struct str pattern, struct match *m)
{
	char message[MESSAGE];
	size_t offset = 0;
	int code = 0;
	pcre2_code *re;

	if (r->regex_count++ == POLICY_MOST_REGEXES)
		error_at(r->err, at, "more than %d regexes; no policy needs that",
			 POLICY_MOST_REGEXES);
	if (r->regex_count > POLICY_MOST_REGEXES)
		return;
	re = compile(pattern, &code, &offset);
	if (!re) {
		pcre2_get_error_message(code, (PCRE2_UCHAR *)message, sizeof(message));
		error_at(r->err, at, "bad regex at byte %zu of '" STR_FMT "': %s", offset + 1,
			 STR_ARG(pattern), message);
		return;
	}
	m->regex[m->value_count] = re;
	read_groups(r, at, re, m->regex_group[m->value_count]);
}

/* What would match everything, or nothing, is a slip of the pen and would go unseen. */
static int
check_value(struct policy_reader *r, const struct yaml *value, const struct match *m)
{
	if (m->kind == MATCH_EQUAL && value->kind == YAML_TEXT && value->quoted && !value->text.n)
		return 0;
	if (!policy_is_text(r, value))
		return -1;
	if (m->kind == MATCH_EQUAL && str_find(value->text, '*') < value->text.n)
		return error_at(
			r->err, value->at,
			"'*' is no wildcard here; use startswith, endswith, contains or re");
	return 0;
}

static void
read_value(struct policy_reader *r, const struct yaml *value, struct match *m)
{
	if (check_value(r, value, m) < 0)
		return;
	m->value[m->value_count] = policy_keep(r, value->text);
	if (m->kind == MATCH_RE)
		read_regex(r, value->at, m->value[m->value_count], m);
	else if (m->kind == MATCH_EQUAL && m->field == MATCH_SYSTEM)
		*VEC_PUSH(&r->mentions) =
			(struct policy_mention){ m->value[m->value_count], value->at };
	m->value_count++;
}

static int
read_selector(struct policy_reader *r, const struct yaml *key, struct match *m)
{
	static const struct policy_names match_fields = { policy_match_fields, MATCH_FIELDS };
	static const struct policy_names modifiers = { policy_match_kinds + 1, MATCH_KINDS - 1 };
	struct str modifier = key->text;
	struct str name = str_split(&modifier, '|');
	int field = policy_read_name(r, name, key->at, "field to match", match_fields);
	int kind = 0;

	if (name.n < key->text.n) {
		kind = policy_read_name(r, modifier, key->at, "modifier", modifiers) + 1;
		if (kind == 0)
			return -1;
	}
	if (field < 0)
		return -1;
	m->field = (enum match_field)field;
	m->kind = (enum match_kind)kind;
	return 0;
}

static void
read_selection(struct policy_reader *r, const struct yaml *value, struct match *m)
{
	struct arena *a = &r->policy->arena;
	size_t count = value->kind == YAML_LIST ? value->count : 1;

	if (read_selector(r, value->key, m) < 0)
		return;
	if (value->kind == YAML_LIST && !policy_is_list(r, value, YAML_MOST_EVENTS))
		return;
	m->value = arena_alloc(a, count * sizeof(*m->value));
	if (m->kind == MATCH_RE) {
		m->regex = arena_alloc(a, count * sizeof(*m->regex));
		m->regex_group = arena_alloc(a, count * sizeof(*m->regex_group));
	}
	if (value->kind != YAML_LIST) {
		read_value(r, value, m);
		return;
	}
	for (const struct yaml *item = value->child; item; item = item->next)
		read_value(r, item, m);
}

/* 'field|modifier: value' in one text, as if it were a map of one key. */
static void
read_short(struct policy_reader *r, const struct yaml *text, struct match *m)
{
	struct str value = text->text;
	struct yaml key = { .kind = YAML_TEXT, .at = text->at };
	struct yaml entry = { .kind = YAML_TEXT, .at = text->at, .key = &key };

	key.text = str_split(&value, ':');
	entry.text = str_trim(value);
	entry.quoted = entry.text.n != 0;
	if (key.text.n == text->text.n)
		error_at(r->err, text->at,
			 "'" STR_FMT "' has no ':'; write 'field|modifier: value'",
			 STR_ARG(text->text));
	else
		read_selection(r, &entry, m);
}

void
policy_read_match(struct policy_reader *r, const struct yaml *value, void *resource)
{
	struct resource *res = resource;
	size_t count = value->kind == YAML_MAP ? value->count : 1;

	if (value->kind == YAML_TEXT && !policy_is_text(r, value))
		return;
	if (value->kind == YAML_LIST || count == 0) {
		error_at(r->err, value->at,
			 "'match' must be a map {'field|modifier': value} that is not empty");
		return;
	}
	res->match = arena_alloc(&r->policy->arena, count * sizeof(*res->match));
	if (value->kind == YAML_TEXT) {
		read_short(r, value, &res->match[res->match_count++]);
		return;
	}
	for (const struct yaml *item = value->child; item; item = item->next)
		read_selection(r, item, &res->match[res->match_count++]);
}

void
policy_match_free(struct match *m)
{
	for (size_t i = 0; m->regex && i < m->value_count; i++)
		pcre2_code_free(m->regex[i]);
}
