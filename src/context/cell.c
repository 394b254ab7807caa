/*
 * cell.c - a reader for each type of cell, in one table.
 */
#include "context/cell.h"

#include "base/cidr.h"
#include "base/civil.h"

static bool
refuse(struct cell_reader *r, const char *why)
{
	r->why = str_of(why);
	return false;
}

static bool
read_text(struct cell_reader *r UNUSED, const struct column *c UNUSED, struct str s, void *field)
{
	*(struct str *)field = s;
	return true;
}

static size_t
digits(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	return n;
}

/* Letters have a bit that digits, signs and points do not. */
static inline bool
may_have_letter(struct str s)
{
	const uint64_t bit = 0x4040404040404040ULL;
	uint64_t bits = 0;

	if (s.n < 8)
		return true; /* not worth looking at */
	for (size_t i = 0; i + 8 <= s.n; i += 8)
		bits |= load64(s.p + i);
	return (bits | load64(s.p + s.n - 8)) & bit;
}

/* 3.1E+21: what Excel writes for a number of more than 15 digits; the rest of the id is lost. */
static bool
rounded(struct str s)
{
	size_t n = digits(s);

	if (n == 0 || n == s.n)
		return false;
	s = str_skip(s, n);
	if (s.n && s.p[0] == '.') {
		s = str_skip(s, 1);
		s = str_skip(s, digits(s));
	}
	if (s.n < 2 || (s.p[0] != 'E' && s.p[0] != 'e'))
		return false;
	s = str_skip(s, s.p[1] == '+' ? 2 : 1);
	return s.n && digits(s) == s.n;
}

static bool
read_id(struct cell_reader *r, const struct column *c, struct str s, void *field)
{
	if (may_have_letter(s) && rounded(s))
		return refuse(r, "Excel has rounded this id; export it again as text");
	return read_text(r, c, s, field);
}

static bool
read_name(struct cell_reader *r, const struct column *c, struct str s, void *field)
{
	uint16_t number = pool_add(&r->pools[c->pool], s);

	*(uint16_t *)field = number;
	return number != POOL_FULL || refuse(r, "there are more than 65000 different names");
}

/* The trimmed parts of a cell; empty ones are passed over. */
static bool
next_part(struct str *rest, struct str *part)
{
	while (rest->n) {
		*part = str_trim(str_split(rest, ';'));
		if (part->n)
			return true;
	}
	return false;
}

static bool
read_names(struct cell_reader *r, const struct column *c, struct str s, void *field)
{
	struct name_list *list = field;
	struct str rest = s, part;
	size_t most = 1;

	for (size_t i = 0; i < s.n; i++)
		most += s.p[i] == ';';
	list->at = arena_alloc(r->text, most * sizeof(*list->at));
	while (next_part(&rest, &part)) {
		if (!read_name(r, c, part, &list->at[list->count++]))
			return false;
	}
	return true;
}

static bool
read_instant(struct cell_reader *r, const struct column *c UNUSED, struct str s, void *field)
{
	return civil_parse_jst(s, field) ||
	       refuse(r, "it must be a date such as 2022-04-01 or 2022-04-01 09:30");
}

static bool
read_yes_no(struct cell_reader *r, const struct column *c UNUSED, struct str s, void *field)
{
	bool yes = str_is(s, "yes") || str_is(s, "1");

	*(uint8_t *)field = yes;
	return yes || str_is(s, "no") || str_is(s, "0") || refuse(r, "it must be yes or no");
}

static bool
refuse_word(struct cell_reader *r, const struct column *c, size_t first)
{
	struct str list = { 0 };

	for (size_t i = first; i < c->word_count; i++)
		list = arena_printf(r->scratch, STR_FMT "%s%s", STR_ARG(list),
				    i > first ? ", " : "", c->words[i]);
	r->why = arena_printf(r->scratch, "it must be one of " STR_FMT, STR_ARG(list));
	return false;
}

static size_t
word_index(const struct column *c, struct str s, size_t first)
{
	size_t i = first;

	while (i < c->word_count && !str_is(s, c->words[i]))
		i++;
	return i;
}

static bool
read_word(struct cell_reader *r, const struct column *c, struct str s, void *field)
{
	size_t i = word_index(c, s, 1);

	*(uint8_t *)field = (uint8_t)i;
	return i < c->word_count || refuse_word(r, c, 1);
}

static bool
read_flags(struct cell_reader *r, const struct column *c, struct str s, void *field)
{
	struct str rest = s, part;

	while (next_part(&rest, &part)) {
		size_t i = word_index(c, part, 0);

		if (i == c->word_count)
			return refuse_word(r, c, 0);
		*(uint8_t *)field |= (uint8_t)(1U << i);
	}
	return true;
}

static bool
read_integer(struct cell_reader *r, const struct column *c UNUSED, struct str s, void *field)
{
	bool minus = s.n && s.p[0] == '-';
	uint64_t v;

	if (!str_to_u64(str_skip(s, minus), &v) || v > INT64_MAX)
		return refuse(r, "it must be a whole number");
	*(int64_t *)field = minus ? -(int64_t)v : (int64_t)v;
	return true;
}

static bool
read_cidr(struct cell_reader *r, const struct column *c UNUSED, struct str s, void *field)
{
	switch (cidr_parse(s, field)) {
	case CIDR_OK:
		return true;
	case CIDR_BITS_BEYOND:
		return refuse(r, "bits behind the prefix length must be zero");
	case CIDR_BAD:
		break;
	}
	return refuse(r, "it must be an address block such as 10.1.0.0/16 or 2001:db8::/32");
}

static bool (*const readers[CELL_TYPE_COUNT])(struct cell_reader *r, const struct column *c,
					      struct str s, void *field) = {
	[CELL_TEXT] = read_text,       [CELL_ID] = read_id,           [CELL_NAME] = read_name,
	[CELL_NAMES] = read_names,     [CELL_FROM] = read_instant,    [CELL_TO] = read_instant,
	[CELL_INSTANT] = read_instant, [CELL_YES_NO] = read_yes_no,   [CELL_WORD] = read_word,
	[CELL_FLAGS] = read_flags,     [CELL_INTEGER] = read_integer, [CELL_CIDR] = read_cidr,
};

const uint8_t cell_compared[CELL_TYPE_COUNT] = {
	[CELL_NAME] = sizeof(uint16_t),   [CELL_NAMES] = sizeof(struct name_list),
	[CELL_FROM] = sizeof(int64_t),    [CELL_TO] = sizeof(int64_t),
	[CELL_INSTANT] = sizeof(int64_t), [CELL_YES_NO] = sizeof(uint8_t),
	[CELL_WORD] = sizeof(uint8_t),    [CELL_FLAGS] = sizeof(uint8_t),
	[CELL_INTEGER] = sizeof(int64_t), [CELL_CIDR] = sizeof(struct cidr),
};

void
cell_empty(const struct column *c, void *row)
{
	int64_t at = c->type == CELL_TO ? INT64_MAX : INT64_MIN;

	if (c->type == CELL_TO || c->type == CELL_FROM || c->type == CELL_INSTANT)
		memcpy((char *)row + c->at, &at, sizeof(at));
}

bool
cell_read(struct cell_reader *r, const struct column *c, struct str cell, void *row)
{
	if (c->text_at)
		memcpy((char *)row + c->text_at, &cell, sizeof(cell));
	return readers[c->type](r, c, cell, (char *)row + c->at);
}

bool
cell_may_repeat(const struct column *c)
{
	/* A list is a pointer, and a text of its own is not in the memo. */
	return cell_compared[c->type] && cell_compared[c->type] <= sizeof(uint64_t) && !c->text_at;
}

void
cell_remember(struct cell_memo *memo, const struct column *c, struct str cell, const void *row)
{
	struct cell_memo m;

	if (cell.n > MEMO_TEXT)
		return;
	m = memo_of(cell);
	memcpy(&m.value, (const char *)row + c->at, cell_compared[c->type]);
	memo[memo_slot(&m)] = m;
}
