/*
 * tuple_memo_test.c - what is remembered is what would be learned anew: every line gets the number of its own tuple,
 * also when places are fought for, and when agents are made up until all is forgotten.
 */
#include "base/test_wall.h"

#include "app/tuple_memo.h"

enum { BATCH = 64, LINES = 400000, TEXTS = 24 };

static struct policy_system systems[] = {
	{ .normalise = NORMALISE_LOWER },
	{ .normalise = 0 },
};
static struct policy policy = { .system = systems, .system_count = COUNT(systems) };

/* A line by what was thrown for it. */
struct thrown {
	unsigned system, address, account, terminal, agent, class;
	bool one_stretch; /* the format gives address and account as one */
	struct canon canon;
	struct record record;
	char who[TEXTS * 2], agent_text[TEXTS], terminal_text[TEXTS], class_text[TEXTS];
};

static struct str
print(char room[TEXTS], const char *head, unsigned n)
{
	int length = snprintf(room, TEXTS, "%s%u", head, n);

	return (struct str){ .p = room, .n = (size_t)length };
}

static void
throw_line(struct dice *d, unsigned agents, unsigned line, struct thrown *t)
{
	int head;

	*t = (struct thrown){
		.system = throw_of(d, 2),
		.address = throw_of(d, 50),
		.account = throw_of(d, 3000),
		.terminal = throw_of(d, 3),
		.agent = throw_of(d, agents ? agents : 1),
		.class = throw_of(d, 4),
		.one_stretch = throw_of(d, 2),
		.canon = { .act = (uint8_t)throw_of(d, ACT_COUNT),
			   .ok = (uint8_t)throw_of(d, 2),
			   .masked = (uint8_t)throw_of(d, 3),
			   .reason = (uint8_t)throw_of(d, REASON_COUNT) },
	};
	if (agents == 0) {
		/* Who comes again when the numbers of screens have come round: in another one, of the same number. */
		*t = (struct thrown){ .account = line % UINT16_MAX, .agent = line };
	}
	head = snprintf(t->who, sizeof(t->who), "10.0.0.%u ", t->address);
	snprintf(t->who + head, sizeof(t->who) - (size_t)head, "Pg%u", t->account);
	t->record.text[RAW_ADDRESS] = (struct str){ t->who, (size_t)head - 1 };
	t->record.text[RAW_ACCOUNT] = str_of(t->who + head);
	if (t->one_stretch)
		t->record.who = str_of(t->who);
	t->record.text[RAW_AGENT] = print(t->agent_text, "agent", t->agent);
	t->canon.field[FIELD_CLASS] = print(t->class_text, "class", t->class);
	if (t->terminal)
		t->canon.field[FIELD_TERMINAL] = print(t->terminal_text, "T-", t->terminal);
}

static uint32_t
number(struct facts *f, enum dict dict, const char *head, unsigned n)
{
	char room[TEXTS];

	return dict_number(facts_dict(f, dict), print(room, head, n));
}

/* The long way: no memo, no hash of a line's bytes. */
static uint32_t
wanted(struct facts *f, const struct thrown *t)
{
	char address[ADDRESS_SIZE] = { [10] = (char)0xff, (char)0xff, 10, 0, 0, (char)t->address };
	struct tuple tuple = {
		.text = { [DICT_ACCOUNT] =
				  number(f, DICT_ACCOUNT, t->system ? "Pg" : "pg", t->account),
			  [DICT_ADDRESS] = dict_number(facts_dict(f, DICT_ADDRESS),
						       (struct str){ address, ADDRESS_SIZE }),
			  [DICT_TERMINAL] =
				  t->terminal ? number(f, DICT_TERMINAL, "T-", t->terminal) : 0,
			  [DICT_CLIENT] = number(f, DICT_CLIENT, "agent", t->agent),
			  [DICT_CLASS] = number(f, DICT_CLASS, "class", t->class) },
		.system = (uint16_t)t->system,
		.act = t->canon.act,
		.ok = t->canon.ok,
		.masked = t->canon.masked,
		.reason = t->canon.reason,
	};

	return facts_tuple(f, &tuple);
}

static void
compare(const char *name, unsigned agents, uint64_t bytes)
{
	struct facts *f =
		facts_new(&(struct facts_options){ .memory = 1 << 20, .spill_dir = "/tmp" });
	struct tuple_memo *m = tuple_memo_new(f, &policy, bytes);
	struct thrown *t = xalloc(BATCH, sizeof(*t));
	struct tuple_ask *ask = xalloc(BATCH, sizeof(*ask));
	struct dice d = { 5 };

	for (unsigned done = 0; done < LINES; done += BATCH) {
		for (int i = 0; i < BATCH; i++) {
			throw_line(&d, agents, done + (unsigned)i, &t[i]);
			tuple_memo_ask(m, t[i].system, &t[i].record, &t[i].canon, &ask[i]);
		}
		for (int i = 0; i < BATCH; i++)
			tuple_memo_look(m, &ask[i]);
		for (int i = 0; i < BATCH; i++)
			tuple_memo_fetch(m, &ask[i]);
		for (int i = 0; i < BATCH; i++) {
			uint32_t account =
				number(f, DICT_ACCOUNT, t[i].system ? "Pg" : "pg", t[i].account);

			want_i64(name, "tuple", wanted(f, &t[i]), tuple_memo_number(m, &ask[i]));
			want_i64(name, "partition", facts_partition(f, account), ask[i].partition);
		}
	}
	free(t);
	free(ask);
	tuple_memo_free(m);
	facts_free(f);
}

static void
every_line_gets_its_own_tuple(void **state UNUSED)
{
	compare("a few agents", 7, UINT64_MAX);
	compare("a few agents, fewer places than accounts", 7, 0);
	compare("an agent a line", UINT32_MAX, UINT64_MAX);
	compare("an agent a line, accounts in turn", 0, UINT64_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_line_gets_its_own_tuple),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
