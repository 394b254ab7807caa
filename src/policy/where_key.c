/*
 * where_key.c - `field|modifier|modifier`, the key of an item of a selection.
 */
#include "policy/where_item.h"

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

static const char *const modifier_names[MODS] = { "contains", "startswith", "endswith", "re",
						  "cidr",     "exists",     "gt",       "gte",
						  "lt",       "lte",        "all",      "cased",
						  "i",        "m",          "s" };

/* What a value is compared as: at most one of these. */
enum { KINDS = (1U << MOD_ALL) - 1 };

static int
read_modifier(struct where_reading *x, struct str name)
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
check_modifiers(const struct where_reading *x)
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

int
where_read_key(struct where_reading *x)
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
