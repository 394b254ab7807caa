/*
 * rule_test_logs.c - `logs` of a rule test: a text for each system, or a list of texts and of lines that come again.
 *
 *     {days: 2022-06-01..2022-06-30, lines: '{day}T10:00:00 ...'}     once a day
 *     {count: 40, lines: '... c{n} ...'}                              {n} is 1 to 40; {nn} has two digits at least
 */
#include "base/civil.h"
#include "base/out.h"
#include "policy/rule_test_read.h"

enum { PIECES_MOST = 1000, TIMES_MOST = 100000, DAYS_MOST = 3660, LOG_MOST = 1 << 24 };

struct repeat {
	bool days;
	int32_t day;
	uint64_t times;
	struct str lines;
};

static bool
parse_day(struct str s, int32_t *day)
{
	int64_t ts;

	if (s.n != sizeof("2022-06-01") - 1 || !civil_parse_jst(s, &ts))
		return false;
	*day = jst_day(ts);
	return true;
}

static void
read_days(struct policy_reader *r, const struct yaml *value, void *into)
{
	struct repeat *p = into;
	struct str first, last;
	int32_t end;

	if (!policy_is_text(r, value))
		return;
	last = value->text;
	first = str_split(&last, '.');
	if (!str_starts(last, STR(".")) || !parse_day(first, &p->day) ||
	    !parse_day(str_skip(last, 1), &end) || end < p->day || end - p->day >= DAYS_MOST)
		error_at(r->err, value->at,
			 "'" STR_FMT "' is no range of days; write 2022-06-01..2022-06-30, of %d "
			 "days at most",
			 STR_ARG(value->text), DAYS_MOST);
	else
		p->times = (uint64_t)(end - p->day) + 1;
	p->days = true;
}

static void
read_count(struct policy_reader *r, const struct yaml *value, void *into)
{
	policy_read_count(r, value, 1, TIMES_MOST, &((struct repeat *)into)->times);
}

static void
read_lines(struct policy_reader *r, const struct yaml *value, void *into)
{
	policy_read_text(r, value, &((struct repeat *)into)->lines);
}

static const struct policy_key keys[] = {
	{ "days", false, read_days },
	{ "count", false, read_count },
	{ "lines", true, read_lines },
};
const struct policy_map test_repeat_map = { "lines that come again", keys, COUNT(keys) };

/* A text with {day}, {n} and {nn} filled in; any other brace is itself. */
static void
fill(struct out *o, const struct repeat *p, uint64_t n)
{
	struct str rest = p->lines;

	while (rest.n) {
		struct civil c = civil_from_day(p->day + (int32_t)n);

		if (p->days && str_starts(rest, STR("{day}"))) {
			out_printf(o, "%04d-%02d-%02d", c.year, c.month, c.day);
			rest = str_skip(rest, sizeof("{day}") - 1);
		} else if (str_starts(rest, STR("{n}"))) {
			out_u64(o, n + 1);
			rest = str_skip(rest, sizeof("{n}") - 1);
		} else if (str_starts(rest, STR("{nn}"))) {
			out_printf(o, "%02llu", (unsigned long long)n + 1);
			rest = str_skip(rest, sizeof("{nn}") - 1);
		} else {
			out_char(o, rest.p[0]);
			rest = str_skip(rest, 1);
		}
	}
	if (!str_ends(p->lines, STR("\n")))
		out_char(o, '\n');
}

static void
add_repeat(struct policy_reader *r, const struct yaml *item, struct out *o)
{
	struct repeat p = { 0 };
	size_t before = policy_mistakes(r);

	policy_read_as(r, item, &test_repeat_map, &p);
	if (policy_mistakes(r) == before && !yaml_get(item, "days") == !yaml_get(item, "count"))
		error_at(r->err, item->at, "lines come again either on 'days' or by 'count'");
	if (policy_mistakes(r) > before)
		return;
	for (uint64_t n = 0; n < p.times && out_taken(o).n <= LOG_MOST; n++)
		fill(o, &p, n);
}

static void
add_text(struct policy_reader *r, const struct yaml *node, struct out *o)
{
	struct repeat once = { 0 };

	if (!policy_is_text(r, node))
		return;
	out_bytes(o, node->text);
	once.lines = node->text;
	if (!str_ends(once.lines, STR("\n")))
		out_char(o, '\n');
}

static struct str
read_log(struct policy_reader *r, const struct yaml *value)
{
	struct out o;
	struct str text;

	out_memory(&o);
	if (value->kind != YAML_LIST) {
		add_text(r, value, &o);
	} else if (policy_is_list(r, value, PIECES_MOST)) {
		for (const struct yaml *item = value->child; item; item = item->next) {
			if (item->kind == YAML_MAP)
				add_repeat(r, item, &o);
			else
				add_text(r, item, &o);
		}
	}
	text = out_taken(&o);
	if (text.n > LOG_MOST)
		error_at(r->err, value->at, "this log has more than %d bytes; no test needs that",
			 LOG_MOST);
	text = policy_keep(r, text);
	out_discard(&o);
	return text;
}

/* Whether there is such a system is asked when its policy has been read. */
void
test_logs_read(struct policy_reader *r, const struct yaml *value, void *filling)
{
	struct rule_test *t = ((struct test_filling *)filling)->test;

	if (!policy_is_map(r, value, "'logs'"))
		return;
	t->log = arena_alloc(&r->policy->arena, value->count * sizeof(*t->log) + 1);
	for (const struct yaml *item = value->child; item; item = item->next) {
		if (item->again)
			continue;
		t->log[t->log_count++] =
			(struct test_log){ .system = policy_keep(r, item->key->text),
					   .lines = read_log(r, item),
					   .at = item->key->at };
	}
	if (t->log_count == 0)
		error_at(r->err, value->at, "'logs' is empty; give the lines of a system");
}
