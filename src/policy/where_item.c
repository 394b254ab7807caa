/*
 * where_item.c - the values of one `field|modifier: value` of a selection.
 *
 * What a field can say is known for some fields; there a value is taken apart now, and only which words hold is kept.
 */
#include "policy/where_item.h"

static char
small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool
escapable(char c)
{
	return c == '*' || c == '?' || c == '\\';
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

		if (c == '\\' && i + 1 < value.n && escapable(value.p[i + 1]))
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

int
where_read_pattern(struct where_reading *x, const struct yaml *value, struct str *out)
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

struct regex *
where_read_re(struct where_reading *x, const struct yaml *value)
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

static int
check_system(struct where_reading *x, const struct yaml *value, struct str pattern)
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
read_block(struct where_reading *x, const struct yaml *value, struct cidr *out)
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
read_one(struct where_reading *x, const struct yaml *value)
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
		return where_read_words(x, value);
	item->count++;
	if (item->kind == WHERE_LIKE) {
		if (where_read_pattern(x, value, &item->value[i]) != 0)
			return -1;
		return check_system(x, value, item->value[i]);
	}
	item->value[i] = policy_keep(x->r, value->text);
	if (item->kind == WHERE_CIDR)
		return read_block(x, value, &item->block[i]);
	item->re[i] = where_read_re(x, value);
	return item->re[i] ? 0 : -1;
}

static int
read_values(struct where_reading *x, const struct yaml *value)
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
read_exists(struct where_reading *x, const struct yaml *value)
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
	struct where_reading x = { .r = r, .key = value->key, .against = against, .item = out };

	if (where_read_key(&x) != 0)
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
