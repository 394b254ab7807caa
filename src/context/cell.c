/*
 * cell.c - a reader for each type of cell, in one table.
 */
#include "context/cell.h"

#include "base/cidr.h"
#include "base/civil.h"
#include "base/out.h"
#include "context/habit.h"

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
	size_t n = str_digits(s);

	if (n == 0 || n == s.n)
		return false;
	s = str_skip(s, n);
	if (s.n && s.p[0] == '.') {
		s = str_skip(s, 1);
		s = str_skip(s, str_digits(s));
	}
	if (s.n < 3 || (s.p[0] != 'E' && s.p[0] != 'e') || s.p[1] != '+')
		return false; /* 3E5 is somebody's terminal */
	s = str_skip(s, 2);
	return str_digits(s) == s.n;
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

/* What spreadsheets make of a date when nobody tells them that it is one. */
static bool
day_number(struct str s)
{
	return s.n == 5 && str_digits(s) == 5;
}

static bool
refuse_date(struct cell_reader *r, struct str s, const char *expected)
{
	if (day_number(s))
		return refuse(r, "this is a spreadsheet's number of a day; give the column a date "
				 "format and export it again");
	if (str_digits(s) == s.n || str_starts(str_of(expected), STR("a time like")))
		return refuse(r, "it must be a date such as 2022-04-01, 2022/4/1, 令和4年4月1日 or "
				 "R4.4.1, and may have a time behind it such as 9:30");
	r->why = arena_printf(r->scratch, "it must be a date: %s", expected);
	return false;
}

/* Log times are longer: nobody keeps a ledger in epoch seconds, and a number that is one is some other column's. */
static bool
may_be_date(struct str s)
{
	return str_digits(s) != s.n || s.n == 8 || s.n == 12 || s.n == 14;
}

static bool
read_instant(struct cell_reader *r, const struct column *c UNUSED, struct str s, void *field)
{
	const char *expected = "a time like";
	int32_t again;

	if (civil_parse_jst(s, field))
		return true;
	return (may_be_date(s) &&
		when_read(r->when, &r->clock, s, field, &again, &expected) != WHEN_REFUSED) ||
	       refuse_date(r, s, expected);
}

static bool
read_day(struct cell_reader *r, const struct column *c, struct str s, void *field)
{
	int64_t at;

	if (!read_instant(r, c, s, &at))
		return false;
	*(int64_t *)field = jst_day_start(jst_day(at));
	return true;
}

/* One or two digits, or `many`. */
static bool
take_number(struct str *s, size_t most, int64_t *out)
{
	uint64_t v = 0;
	size_t n = str_digits(*s);

	if (n == 0 || n > most || !str_to_u64(str_head(*s, n), &v))
		return false;
	*s = str_skip(*s, n);
	*out = (int64_t)v;
	return true;
}

/* 9:30, 9:30:00, 24:00, 30:00; a shift may go on into the next day. */
static bool
read_clock(struct cell_reader *r, const struct column *c UNUSED, struct str s, void *field)
{
	int64_t h, m, sec = 0;
	bool good = take_number(&s, 2, &h) && s.n && s.p[0] == ':';

	s = good ? str_skip(s, 1) : s;
	good = good && take_number(&s, 2, &m) && m < 60;
	if (good && s.n && s.p[0] == ':') {
		s = str_skip(s, 1);
		good = take_number(&s, 2, &sec) && sec < 60;
	}
	if (!good || s.n || (h * 60 + m) * 60 + sec > 172800)
		return refuse(r, "it must be a time of day such as 9:30; behind midnight hours go "
				 "on, from 24:00 to 48:00");
	*(int64_t *)field = ((h * 60 + m) * 60 + sec) * 1000;
	return true;
}

static bool
read_yes_no(struct cell_reader *r, const struct column *c UNUSED, struct str s, void *field)
{
	static const char yes[] = "yes|1|true|はい|有|有り|あり|要|必要|○|〇|◯";
	static const char no[] = "no|0|false|いいえ|無|無し|なし|不要|×";

	*(uint8_t *)field = habit_one_of(s, yes);
	return *(uint8_t *)field || habit_one_of(s, no) ||
	       refuse(r, "it must be yes or no (はい or いいえ, 有 or 無, 要 or 不要, ○ or ×, 1 or "
			 "0)");
}

static bool
refuse_word(struct cell_reader *r, const struct column *c, size_t first)
{
	struct out list;

	out_memory(&list);
	out_text(&list, "it must be one of ");
	for (size_t i = first; i < c->word_count; i++)
		out_printf(&list, "%s%s", i > first ? ", " : "", c->words[i]);
	for (size_t i = first; c->other_words && i < c->word_count; i++)
		out_printf(&list, "%s" STR_FMT, i > first ? ", " : " (",
			   STR_ARG(habit_first_of(c->other_words[i])));
	out_text(&list, c->other_words ? ")" : "");
	r->why = arena_str(r->scratch, out_taken(&list));
	out_discard(&list);
	return false;
}

static size_t
word_index(const struct column *c, struct str s, size_t first)
{
	size_t i = first;

	while (i < c->word_count && !habit_one_of(s, c->words[i]) &&
	       !(c->other_words && habit_one_of(s, c->other_words[i])))
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

/* 35.6895, to a millionth; what is finer is cut off. */
static bool
read_degrees(struct cell_reader *r, const struct column *c UNUSED, struct str s, void *field)
{
	bool minus = s.n && s.p[0] == '-';
	struct str rest = str_skip(s, minus), fraction;
	int64_t whole, part = 0;
	bool good = take_number(&rest, 3, &whole) && whole <= 180;

	if (good && rest.n && rest.p[0] == '.') {
		rest = str_skip(rest, 1);
		fraction = str_head(rest, 6);
		good = str_digits(rest) == rest.n && take_number(&fraction, 6, &part);
		for (size_t i = rest.n; good && i < 6; i++)
			part *= 10;
		rest.n = 0;
	}
	if (!good || rest.n)
		return refuse(r, "it must be degrees such as 35.6895 or -0.1278");
	*(int64_t *)field = (minus ? -1 : 1) * (whole * 1000000 + part);
	return true;
}

static bool
read_sha256(struct cell_reader *r, const struct column *c, struct str s, void *field)
{
	for (size_t i = 0; i < s.n; i++) {
		bool letter = (s.p[i] >= 'a' && s.p[i] <= 'f') || (s.p[i] >= 'A' && s.p[i] <= 'F');

		if (!letter && (s.p[i] < '0' || s.p[i] > '9'))
			s.n = 0;
	}
	return s.n == SHA256_HEX - 1 ? read_text(r, c, s, field)
				     : refuse(r, "it must be a SHA-256, 64 digits from 0 to f");
}

static bool (*const readers[CELL_TYPE_COUNT])(struct cell_reader *r, const struct column *c,
					      struct str s, void *field) = {
	[CELL_TEXT] = read_text,       [CELL_ID] = read_id,           [CELL_NAME] = read_name,
	[CELL_NAMES] = read_names,     [CELL_FROM] = read_instant,    [CELL_TO] = read_instant,
	[CELL_INSTANT] = read_instant, [CELL_YES_NO] = read_yes_no,   [CELL_WORD] = read_word,
	[CELL_FLAGS] = read_flags,     [CELL_INTEGER] = read_integer, [CELL_CIDR] = read_cidr,
	[CELL_DAY] = read_day,         [CELL_CLOCK] = read_clock,     [CELL_DEGREES] = read_degrees,
	[CELL_SHA256] = read_sha256,
};

const uint8_t cell_compared[CELL_TYPE_COUNT] = {
	[CELL_NAME] = sizeof(uint16_t),   [CELL_NAMES] = sizeof(struct name_list),
	[CELL_FROM] = sizeof(int64_t),    [CELL_TO] = sizeof(int64_t),
	[CELL_INSTANT] = sizeof(int64_t), [CELL_YES_NO] = sizeof(uint8_t),
	[CELL_WORD] = sizeof(uint8_t),    [CELL_FLAGS] = sizeof(uint8_t),
	[CELL_INTEGER] = sizeof(int64_t), [CELL_CIDR] = sizeof(struct cidr),
	[CELL_DAY] = sizeof(int64_t),     [CELL_CLOCK] = sizeof(int64_t),
	[CELL_DEGREES] = sizeof(int64_t),
};

/* Types whose empty cell is not a zero. */
static const int64_t empty_numbers[CELL_TYPE_COUNT] = {
	[CELL_FROM] = INT64_MIN,    [CELL_TO] = INT64_MAX,  [CELL_INSTANT] = INT64_MIN,
	[CELL_INTEGER] = INT64_MIN, [CELL_DAY] = INT64_MIN, [CELL_CLOCK] = INT64_MIN,
	[CELL_DEGREES] = INT64_MIN,
};

void
cell_empty(const struct column *c, void *row)
{
	if (empty_numbers[c->type])
		memcpy((char *)row + c->at, &empty_numbers[c->type], sizeof(int64_t));
}

/* Texts and names are kept byte by byte, as the logs have them; of all else only the meaning is. */
static bool
keeps_bytes(enum cell_type type)
{
	return type == CELL_TEXT || type == CELL_ID || type == CELL_NAME || type == CELL_NAMES;
}

bool
cell_read(struct cell_reader *r, const struct column *c, struct str cell, void *row)
{
	char room[HABIT_ROOM];
	struct str s = keeps_bytes(c->type) ? cell : habit_narrow(cell, room);

	if (c->text_at)
		memcpy((char *)row + c->text_at, &cell, sizeof(cell));
	if (c->type == CELL_SHA256)
		s = cell;
	return readers[c->type](r, c, s, (char *)row + c->at);
}

void
cell_reader_init(struct cell_reader *r, struct pool *pools, struct arena *text,
		 struct arena *scratch)
{
	struct errors none = { 0 };
	const struct zone *japan =
		zone_load(text, STR("JST"), NULL, &none, (struct place){ .line = 0 });

	*r = (struct cell_reader){
		.pools = pools,
		.when = when_compile(text, STR(""), japan, 0, &none, (struct place){ .line = 0 }),
		.text = text,
		.scratch = scratch,
	};
	if (!japan || !r->when)
		BUG("the zone of Japan is built in");
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
