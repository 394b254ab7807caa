/*
 * where_words.c - values of fields whose words are known beforehand: which of them hold.
 */
#include "policy/where_item.h"

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
words_like(struct where_reading *x, const struct yaml *value, uint64_t *out)
{
	struct yaml said = *value;
	struct str pattern;

	if (is_flag(x->info))
		said.text = plain_yes(said.text);
	if (where_read_pattern(x, &said, &pattern) != 0)
		return -1;
	for (unsigned i = 0; i < x->info->words; i++)
		if (where_matches(pattern, str_of(x->info->word[i]), x->item->cased))
			*out |= 1ULL << i;
	return 0;
}

static int
words_re(struct where_reading *x, const struct yaml *value, uint64_t *out)
{
	struct regex *re = where_read_re(x, value);
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
words_number(struct where_reading *x, const struct yaml *value, uint64_t *out)
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
never_word(struct where_reading *x, const struct yaml *value)
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
int
where_read_words(struct where_reading *x, const struct yaml *value)
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
