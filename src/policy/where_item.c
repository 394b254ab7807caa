/*
 * where_item.c - one `field|modifier: value` of a selection.
 *
 * What a field can say is known for some fields; there a value is taken apart now, and only which words hold is kept.
 */
#include "policy/where_read.h"

/* Sigma's other modifiers, and why a rule has no need of them here. */
static const struct {
	const char *name, *instead;
} foreign[] = {
	{ "neq", "say 'not' in the condition" },
	{ "windash", "account names have no command lines" },
	{ "base64", "fields are plain text" },
	{ "base64offset", "fields are plain text" },
	{ "utf16", "fields are UTF-8" },
	{ "utf16le", "fields are UTF-8" },
	{ "utf16be", "fields are UTF-8" },
	{ "wide", "fields are UTF-8" },
	{ "expand", "there are no placeholders; a ledger names groups" },
	{ "fieldref", "detectors compare fields" },
	{ "minute", "ask the field 'hour'" },
	{ "hour", "ask the field 'hour'" },
	{ "day", "ask the field 'weekday' or 'day'" },
	{ "week", "ask the field 'weekday'" },
	{ "month", "review a span with --since and --until" },
	{ "year", "review a span with --since and --until" },
};

enum modifier {
	MOD_CONTAINS,
	MOD_STARTS,
	MOD_ENDS,
	MOD_RE,
	MOD_CIDR,
	MOD_EXISTS,
	MOD_GT,
	MOD_GTE,
	MOD_LT,
	MOD_LTE,
	MOD_ALL,
	MOD_CASED,
	MOD_I,
	MOD_M,
	MOD_S,
	MODS
};

static const char *const modifier_names[MODS] = { "contains", "startswith", "endswith", "re",
						  "cidr",     "exists",     "gt",       "gte",
						  "lt",       "lte",        "all",      "cased",
						  "i",        "m",          "s" };

#define BIT(m) (1U << (m))
/* What a value is compared as: at most one of these. */
enum { KINDS = (1U << MOD_ALL) - 1 };
enum { LIKES = BIT(MOD_CONTAINS) | BIT(MOD_STARTS) | BIT(MOD_ENDS) };
enum { NUMBERS = BIT(MOD_GT) | BIT(MOD_GTE) | BIT(MOD_LT) | BIT(MOD_LTE) };

struct reading {
	struct policy_reader *r;
	const struct yaml *key;
	const struct policy *against;
	unsigned mods;
	struct where_item *item;
	const struct where_info *info;
};

static int
read_modifier(struct reading *x, struct str name)
{
	struct policy_names names = { modifier_names, MODS };
	int m;

	for (size_t i = 0; i < COUNT(foreign); i++)
		if (str_is(name, foreign[i].name))
			return error_at(x->r->err, x->key->at,
					"Sigma's modifier '%s' is not for access logs: %s",
					foreign[i].name, foreign[i].instead);
	m = policy_read_name(x->r, name, x->key->at, "modifier", names);
	if (m < 0)
		return -1;
	if (x->mods & BIT(m))
		return error_at(x->r->err, x->key->at, "'%s' stands twice", modifier_names[m]);
	x->mods |= BIT(m);
	return 0;
}

/* Modifiers that are each good, together. */
static int
check_modifiers(const struct reading *x)
{
	unsigned kinds = x->mods & KINDS, flags = BIT(MOD_I) | BIT(MOD_M) | BIT(MOD_S);
	struct errors *err = x->r->err;
	struct place at = x->key->at;

	if (kinds & (kinds - 1))
		return error_at(err, at, "'%s' and '%s' cannot both be; take one out",
				modifier_names[__builtin_ctz(kinds)],
				modifier_names[31 - __builtin_clz(kinds)]);
	if (x->mods & flags && kinds != BIT(MOD_RE))
		return error_at(err, at, "'i', 'm' and 's' go with 're' only");
	if (x->mods & BIT(MOD_CASED) && kinds & ~(unsigned)LIKES)
		return error_at(err, at, "'cased' does not go with '%s'",
				modifier_names[__builtin_ctz(kinds)]);
	if (x->mods & BIT(MOD_ALL) && kinds & (NUMBERS | BIT(MOD_EXISTS)))
		return error_at(err, at, "'all' does not go with '%s'",
				modifier_names[__builtin_ctz(kinds)]);
	if (kinds & NUMBERS && x->info->type != WHERE_NUMBER)
		return error_at(err, at, "'%s' compares numbers, and '%s' is none",
				modifier_names[__builtin_ctz(kinds)], x->info->name);
	if (kinds & BIT(MOD_CIDR) && x->item->field != WHERE_ADDRESS)
		return error_at(err, at, "'cidr' asks an address, and '%s' is none; ask 'address'",
				x->info->name);
	return 0;
}

static int
read_key(struct reading *x)
{
	const char *names[WHERE_FIELDS];
	struct str rest = x->key->text;
	struct str name = str_split(&rest, '|');
	bool more = name.n < x->key->text.n;
	int field;

	if (name.n == 0)
		return error_at(x->r->err, x->key->at,
				"a keyword without a field searches the whole line, which is not "
				"kept; name a field");
	for (int i = 0; i < WHERE_FIELDS; i++)
		names[i] = where_infos[i].name;
	field = policy_read_name(x->r, name, x->key->at, "field",
				 (struct policy_names){ names, WHERE_FIELDS });
	if (field < 0)
		return -1;
	x->item->field = (enum where_field)field;
	x->info = &where_infos[field];
	while (more) {
		struct str modifier = str_split(&rest, '|');

		more = rest.p != modifier.p + modifier.n;
		if (read_modifier(x, modifier) != 0)
			return -1;
	}
	return check_modifiers(x);
}

static char
small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/*
 * Sigma's escapes: a backslash makes a wildcard or a backslash behind it plain, before anything else it is itself.
 * Room for two wildcards more than there are bytes.
 */
static struct str
pattern_of(struct arena *a, struct str value, enum where_like like, bool cased)
{
	char *p = arena_alloc(a, value.n + 3);
	size_t n = 0;

	if (like == LIKE_CONTAINS || like == LIKE_ENDS)
		p[n++] = WHERE_ANY;
	for (size_t i = 0; i < value.n; i++) {
		char c = value.p[i];

		if (c == '\\' && i + 1 < value.n && memchr("*?\\", value.p[i + 1], 3))
			p[n++] = value.p[++i];
		else if (c == '*' || c == '?')
			p[n++] = c == '*' ? WHERE_ANY : WHERE_ONE;
		else
			p[n++] = cased ? c : small(c);
	}
	if (like == LIKE_CONTAINS || like == LIKE_STARTS)
		p[n++] = WHERE_ANY;
	return (struct str){ p, n };
}

static bool
only_stars(struct str pattern)
{
	for (size_t i = 0; i < pattern.n; i++)
		if (pattern.p[i] != WHERE_ANY)
			return false;
	return true;
}

static int
read_pattern(struct reading *x, const struct yaml *value, struct str *out)
{
	struct where_item *item = x->item;

	if (value->text.n > REGEX_PATTERN_MOST)
		return error_at(x->r->err, value->at, "longer than %d bytes", REGEX_PATTERN_MOST);
	*out = pattern_of(&x->r->policy->arena, value->text, item->like, item->cased);
	if (out->n && only_stars(*out))
		return error_at(x->r->err, value->at,
				"this holds for every value; to ask whether there is one, write "
				"'%s|exists: true'",
				x->info->name);
	return 0;
}

static struct regex *
read_re(struct reading *x, const struct yaml *value)
{
	char wrong[REGEX_MESSAGE];
	size_t at = 0;
	struct regex *re;

	if (x->r->regex_count++ == POLICY_MOST_REGEXES)
		error_at(x->r->err, value->at, "more than %d regexes; no policy needs that",
			 POLICY_MOST_REGEXES);
	if (x->r->regex_count > POLICY_MOST_REGEXES)
		return NULL;
	re = regex_new(value->text, x->item->flags, &x->r->policy->arena, wrong, &at);
	if (!re)
		error_at(x->r->err, value->at, "bad regex at byte %zu of '" STR_FMT "': %s", at + 1,
			 STR_ARG(value->text), wrong);
	return re;
}

/* yes and no in the ways people write them. */
static struct str
plain_yes(struct str s)
{
	if (str_is(s, "true") || str_is(s, "1"))
		return STR("yes");
	return str_is(s, "false") || str_is(s, "0") ? STR("no") : s;
}

static bool
is_flag(const struct where_info *info)
{
	return info->words >= 2 && strcmp(info->word[info->words - 1], "yes") == 0;
}

/* Which of the field's words one value holds for. */
static int
words_like(struct reading *x, const struct yaml *value, uint64_t *out)
{
	struct yaml said = *value;
	struct str pattern;

	if (is_flag(x->info))
		said.text = plain_yes(said.text);
	if (read_pattern(x, &said, &pattern) != 0)
		return -1;
	for (unsigned i = 0; i < x->info->words; i++)
		if (where_matches(pattern, str_of(x->info->word[i]), x->item->cased))
			*out |= 1ULL << i;
	return 0;
}

static int
words_re(struct reading *x, const struct yaml *value, uint64_t *out)
{
	struct regex *re = read_re(x, value);
	struct regex_room *room;

	if (!re)
		return -1;
	room = regex_room_new();
	for (unsigned i = 0; i < x->info->words; i++)
		if (regex_search(re, room, str_of(x->info->word[i])) == REGEX_YES)
			*out |= 1ULL << i;
	regex_room_free(room);
	return 0;
}

static int
words_number(struct reading *x, const struct yaml *value, uint64_t *out)
{
	uint64_t n;

	if (!str_to_u64(value->text, &n))
		return error_at(x->r->err, value->at, "'" STR_FMT "' is no number from 0 to %u",
				STR_ARG(value->text), x->info->words - 1);
	for (unsigned i = 0; i < x->info->words; i++) {
		bool holds = x->mods & BIT(MOD_GT)    ? i > n
			     : x->mods & BIT(MOD_GTE) ? i >= n
			     : x->mods & BIT(MOD_LT)  ? i < n
			     : x->mods & BIT(MOD_LTE) ? i <= n
						      : i == n;

		*out |= holds ? 1ULL << i : 0;
	}
	return 0;
}

static int
never_word(struct reading *x, const struct yaml *value)
{
	const char *names[64];
	size_t n = 0;

	for (unsigned i = 0; i < x->info->words; i++)
		if (x->info->possible >> i & 1)
			names[n++] = x->info->word[i];
	if (x->info->type == WHERE_NUMBER)
		return error_at(x->r->err, value->at, "'" STR_FMT "': '%s' is from 0 to %u",
				STR_ARG(value->text), x->info->name, x->info->words - 1);
	if (n == 0)
		return error_at(x->r->err, value->at,
				"'" STR_FMT "': lines that rules of this version see have no '%s'",
				STR_ARG(value->text), x->info->name);
	if (n == 1)
		return error_at(x->r->err, value->at,
				"'" STR_FMT "': '%s' is always '%s' in what rules of this version "
				"see",
				STR_ARG(value->text), x->info->name, names[0]);
	policy_unknown(x->r, value->at, x->info->name, value->text,
		       (struct policy_names){ names, n });
	return -1;
}

/* What no line can say is a slip of the pen, and would go unseen. */
static int
read_words(struct reading *x, const struct yaml *value)
{
	uint64_t words = 0;
	int rc = x->mods & BIT(MOD_RE)           ? words_re(x, value, &words)
		 : x->info->type == WHERE_NUMBER ? words_number(x, value, &words)
						 : words_like(x, value, &words);

	if (rc != 0)
		return -1;
	words &= x->info->possible;
	if (!words)
		return never_word(x, value);
	x->item->words = x->item->all ? x->item->words & words : x->item->words | words;
	return 0;
}

static int
check_system(struct reading *x, const struct yaml *value, struct str pattern)
{
	const struct policy *p = x->against;
	const char **ids;
	size_t n = 0;

	if (!p || x->item->field != WHERE_SYSTEM)
		return 0;
	ids = arena_alloc(&x->r->err->arena, (p->system_count + 1) * sizeof(*ids));
	for (size_t i = 0; i < p->system_count; i++) {
		if (where_matches(pattern, p->system[i].id, x->item->cased))
			return 0;
		ids[n++] = p->system[i].id.p;
	}
	policy_unknown(x->r, value->at, "system", value->text, (struct policy_names){ ids, n });
	return -1;
}

static int
read_block(struct reading *x, const struct yaml *value, struct cidr *out)
{
	switch (cidr_parse(value->text, out)) {
	case CIDR_OK:
		return 0;
	case CIDR_BAD:
		break;
	case CIDR_BITS_BEYOND:
		return error_at(x->r->err, value->at,
				"'" STR_FMT "' has bits beyond its prefix; shorten the address",
				STR_ARG(value->text));
	}
	return error_at(x->r->err, value->at,
			"'" STR_FMT "' is no block; write such as '10.1.0.0/16' or "
			"'2001:db8::/32'",
			STR_ARG(value->text));
}

static int
read_one(struct reading *x, const struct yaml *value)
{
	struct where_item *item = x->item;
	bool empty = value->kind == YAML_TEXT && value->quoted && !value->text.n;
	size_t i = item->count;

	if (yaml_nothing(value) && value->key == NULL)
		return error_at(x->r->err, value->at,
				"null cannot be one of several values; give it a selection of its "
				"own");
	if (!(empty && item->kind == WHERE_LIKE && item->like == LIKE_WHOLE) &&
	    !policy_is_text(x->r, value))
		return -1;
	if (item->kind == WHERE_WORDS)
		return read_words(x, value);
	item->count++;
	if (item->kind == WHERE_LIKE) {
		if (read_pattern(x, value, &item->value[i]) != 0)
			return -1;
		return check_system(x, value, item->value[i]);
	}
	item->value[i] = policy_keep(x->r, value->text);
	if (item->kind == WHERE_CIDR)
		return read_block(x, value, &item->block[i]);
	item->re[i] = read_re(x, value);
	return item->re[i] ? 0 : -1;
}

static int
read_values(struct reading *x, const struct yaml *value)
{
	struct where_item *item = x->item;
	struct arena *a = &x->r->policy->arena;
	bool list = value->kind == YAML_LIST;
	size_t n = list ? value->count : 1;
	int rc = 0;

	if (list && !policy_is_list(x->r, value, YAML_MOST_EVENTS))
		return -1;
	if (item->all && n < 2)
		return error_at(x->r->err, value->at, "'all' needs a list of two values or more");
	if (list && x->mods & NUMBERS)
		return error_at(x->r->err, value->at, "one number, not a list, is compared");
	item->value = arena_alloc(a, n * sizeof(*item->value));
	item->re = arena_alloc(a, n * sizeof(*item->re));
	item->block = arena_alloc(a, n * sizeof(*item->block));
	item->words = item->kind == WHERE_WORDS && item->all ? UINT64_MAX : 0;
	for (const struct yaml *v = list ? value->child : value; v; v = list ? v->next : NULL)
		rc |= read_one(x, v);
	if (rc == 0 && item->kind == WHERE_WORDS && !item->words)
		rc = error_at(x->r->err, value->at, "no '%s' can be all of these at once",
			      x->info->name);
	item->all &= item->kind != WHERE_WORDS;
	return rc;
}

static int
read_exists(struct reading *x, const struct yaml *value)
{
	struct str text = value->text;

	if (!policy_is_text(x->r, value))
		return -1;
	if (!str_is(text, "true") && !str_is(text, "false") && !str_is(text, "yes") &&
	    !str_is(text, "no"))
		return error_at(x->r->err, value->at,
				"'exists' is true or false, not '" STR_FMT "'", STR_ARG(text));
	x->item->kind = WHERE_THERE;
	x->item->there = str_is(text, "true") || str_is(text, "yes");
	return 0;
}

int
where_read_item(struct policy_reader *r, const struct yaml *value, const struct policy *against,
		struct where_item *out)
{
	struct reading x = { .r = r, .key = value->key, .against = against, .item = out };

	if (read_key(&x) != 0)
		return -1;
	if (x.mods & BIT(MOD_EXISTS))
		return read_exists(&x, value);
	if (yaml_nothing(value)) {
		out->kind = WHERE_NULL;
		return x.mods ? error_at(r->err, value->at, "null goes with no modifier") : 0;
	}
	out->all = x.mods & BIT(MOD_ALL);
	out->cased = x.mods & BIT(MOD_CASED);
	out->flags = (x.mods & BIT(MOD_I) ? REGEX_CASELESS : 0U) |
		     (x.mods & BIT(MOD_M) ? REGEX_MULTILINE : 0U) |
		     (x.mods & BIT(MOD_S) ? REGEX_DOTALL : 0U);
	out->like = x.mods & BIT(MOD_CONTAINS) ? LIKE_CONTAINS
		    : x.mods & BIT(MOD_STARTS) ? LIKE_STARTS
		    : x.mods & BIT(MOD_ENDS)   ? LIKE_ENDS
					       : LIKE_WHOLE;
	out->kind = x.info->type != WHERE_TEXT ? WHERE_WORDS
		    : x.mods & BIT(MOD_RE)     ? WHERE_RE
		    : x.mods & BIT(MOD_CIDR)   ? WHERE_CIDR
					       : WHERE_LIKE;
	return read_values(&x, value);
}
