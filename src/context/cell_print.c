/*
 * cell_print.c - fields back to text: how a cell was understood, whatever way it was written.
 */
#include "base/civil.h"
#include "base/out.h"
#include "context/cell.h"

static int64_t
number_of(const struct column *c, const void *row)
{
	int64_t v;

	memcpy(&v, (const char *)row + c->at, sizeof(v));
	return v;
}

struct str
cell_borrow(const struct column *c, const struct pool *pools, const void *row)
{
	struct str bytes = cell_bytes(c, row);
	uint16_t name;

	if (cell_compared[c->type] == 0)
		return bytes;
	if (c->type == CELL_NAME) {
		memcpy(&name, bytes.p, sizeof(name));
		return pool_name(&pools[c->pool], name);
	}
	if (c->type == CELL_WORD)
		return str_of(c->words[(uint8_t)bytes.p[0]]);
	if (c->type == CELL_YES_NO)
		return bytes.p[0] ? STR("yes") : STR("no");
	return (struct str){ 0 };
}

/* 2022-04-01, and the time behind it when it is not midnight. */
static struct str
print_instant(int64_t ts, struct arena *a)
{
	int32_t day = jst_day(ts);
	struct civil d = civil_from_day(day);
	int64_t ms = ts - jst_day_start(day);
	struct str date = arena_printf(a, "%04d-%02d-%02d", d.year, d.month, d.day);
	struct str clock;

	if (ms == 0)
		return date;
	clock = arena_printf(a, STR_FMT " %02d:%02d", STR_ARG(date), (int)(ms / 3600000),
			     (int)(ms / 60000 % 60));
	if (ms % 60000 == 0)
		return clock;
	return arena_printf(a, STR_FMT ":%02d.%03d", STR_ARG(clock), (int)(ms / 1000 % 60),
			    (int)(ms % 1000));
}

static struct str
print_clock(int64_t ms, struct arena *a)
{
	struct str s = arena_printf(a, "%02d:%02d", (int)(ms / 3600000), (int)(ms / 60000 % 60));

	return ms % 60000 ? arena_printf(a, STR_FMT ":%02d", STR_ARG(s), (int)(ms / 1000 % 60)) : s;
}

static struct str
print_degrees(int64_t v, struct arena *a)
{
	int64_t size = v < 0 ? -v : v;

	return arena_printf(a, "%s%d.%06d", v < 0 ? "-" : "", (int)(size / 1000000),
			    (int)(size % 1000000));
}

static struct str
joined(struct arena *a, struct str list, struct str next)
{
	return arena_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(list), list.n ? ";" : "",
			    STR_ARG(next));
}

static struct str
print_names(const struct column *c, const struct pool *pools, const void *row, struct arena *a)
{
	struct str all = { 0 };
	struct name_list list;

	memcpy(&list, (const char *)row + c->at, sizeof(list));
	for (size_t i = 0; i < list.count; i++)
		all = joined(a, all, pool_name(&pools[c->pool], list.at[i]));
	return all;
}

static struct str
print_flags(const struct column *c, const void *row, struct arena *a)
{
	uint8_t flags = *((const uint8_t *)row + c->at);
	struct str all = { 0 };

	for (size_t i = 0; i < c->word_count; i++) {
		if (flags >> i & 1)
			all = joined(a, all, str_of(c->words[i]));
	}
	return all;
}

/* Numbers whose extremes are the empty cell. */
static struct str
print_number(const struct column *c, int64_t v, struct arena *a)
{
	if (v == INT64_MIN || (v == INT64_MAX && c->type == CELL_TO))
		return (struct str){ 0 };
	if (c->type == CELL_INTEGER)
		return arena_printf(a, "%lld", (long long)v);
	if (c->type == CELL_CLOCK)
		return print_clock(v, a);
	return c->type == CELL_DEGREES ? print_degrees(v, a) : print_instant(v, a);
}

struct str
cell_print(const struct column *c, const struct pool *pools, const void *row, struct arena *a)
{
	struct str text = { 0 };

	switch (c->type) {
	case CELL_TEXT:
	case CELL_ID:
	case CELL_SHA256:
	case CELL_NAME:
	case CELL_WORD:
	case CELL_YES_NO:
		return cell_borrow(c, pools, row);
	case CELL_NAMES:
		return print_names(c, pools, row, a);
	case CELL_FLAGS:
		return print_flags(c, row, a);
	case CELL_CIDR: /* always kept as written */
		memcpy(&text, (const char *)row + c->text_at, sizeof(text));
		return text;
	case CELL_FROM:
	case CELL_TO:
	case CELL_INSTANT:
	case CELL_DAY:
	case CELL_INTEGER:
	case CELL_CLOCK:
	case CELL_DEGREES:
		return print_number(c, number_of(c, row), a);
	case CELL_TYPE_COUNT:
		break;
	}
	return text;
}
