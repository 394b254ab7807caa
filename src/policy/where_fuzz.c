/*
 * where_fuzz.c - any bytes as a `where:`: mistakes, or a program that answers every line, twice the same; printed and
 * read again it prints the same and answers the same.
 */
#include "policy/where_testing.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LINES = 24 };

static struct policy_system systems[] = { { .id = { "takuso", 6 } }, { .id = { "saiene", 6 } } };
static const struct policy policy = { .system = systems, .system_count = 2 };

static const struct str words[] = {
	{ "a", 1 },
	{ "pg0001", 6 },
	{ "PG\\*0001", 8 },
	{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", 65 },
	{ "\xe8\xa8\x97\xe9\x80\x81", 6 },
	{ "\xff\xfe\x80", 3 },
	{ "\0\0\0\0\0\0\0\0\0\0\xff\xff\x0a\x01\x00\x07", 16 },
};

/* Lines that differ in everything, some of it unknown, some unsaid. */
static struct where_line
line_of(unsigned i)
{
	struct where_line l = { .is_view = i % 3 != 0, .holiday = i % 2 };
	struct seen *who = &l.who;

	for (unsigned d = 0; d < DICT_COUNT; d++)
		l.text[d] = words[(i + d) % COUNT(words)];
	for (unsigned d = 0; d < DICT_OBJECT; d++)
		who->tuple.text[d] = (i + d) % 5 != 0;
	l.org = l.net = l.role = words[i % COUNT(words)];
	l.net_org = l.terminal_org = l.owner = l.site = words[(i + 1) % COUNT(words)];
	who->tuple.system = i % 2;
	who->tuple.act = (uint8_t)(i % ACT_COUNT);
	who->tuple.ok = 1;
	who->tuple.masked = (uint8_t)(i % 3);
	who->account_row = i % 4;
	who->account_org = (uint16_t)(i % 2);
	who->account_kind = (uint8_t)(1 + i % (KIND_COUNT - 1));
	who->net = i % 3;
	who->net_row = i % 5;
	who->net_org = (uint16_t)(2 * (i % 3));
	who->net_kind = (uint8_t)(i % NET_KIND_COUNT);
	who->terminal_row = i % 4;
	who->terminal_org = (uint16_t)(3 * (i % 2));
	l.view.relation = (enum relation)(i % REL_COUNT);
	l.view.dstate = (enum dstate)(i % DSTATE_COUNT);
	l.fact.ts = (int64_t)i * 99999989;
	l.fact.object = i % 3 != 1;
	return l;
}

/* Known ends of a question. */
static void
check_answer(enum judged j)
{
	if (j != JUDGED_HIT && j != JUDGED_OUTSIDE && j != JUDGED_REGEX_LIMIT &&
	    (j < JUDGED_UNKNOWN_ACCOUNT || j > JUDGED_UNKNOWN_MASKING))
		BUG("an answer of %d", (int)j);
}

static void
print(const struct where *w, struct out *o)
{
	out_memory(o);
	where_print(w, o);
}

static void
compare(const struct where *w, const struct where *again, bool ask)
{
	struct regex_room *room = regex_room_new();

	for (unsigned i = 0; ask && i < LINES; i++) {
		struct where_line l = line_of(i);
		enum judged j = where_line_ask(w, &l, &policy, room);

		check_answer(j);
		if (where_line_ask(w, &l, &policy, room) != j)
			BUG("asked twice, line %u gets two answers", i);
		if (where_line_ask(again, &l, &policy, room) != j)
			BUG("printed and read again, line %u gets another answer", i);
	}
	regex_room_free(room);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct where_trial one, two;
	struct out first, second;
	char *p = xalloc(size + 1, 1);

	if (size)
		memcpy(p, data, size);
	where_trial_begin(&one, (struct str){ p, size }, &policy);
	if (!one.where && one.err.list.n == 0)
		BUG("neither a where nor a mistake");
	if (one.where) {
		print(one.where, &first);
		where_trial_begin(&two, out_taken(&first), &policy);
		if (!two.where)
			BUG("refused when read again: %s", two.err.list.at[0].p);
		print(two.where, &second);
		if (!str_eq(out_taken(&first), out_taken(&second)))
			BUG("prints another way when read again: %s", out_taken(&second).p);
		/* Slow patterns are the rule's author's; a few are enough to see that they end. */
		compare(one.where, two.where, one.regexes <= 4);
		where_trial_end(&two);
		out_discard(&first);
		out_discard(&second);
	}
	where_trial_end(&one);
	free(p);
	return 0;
}
