/*
 * det_new_tool.c - DRF-03: a person's account on a terminal, or with a program, that it has not used in the window
 * before; or with a program that its organisation may not use with the system.
 *
 * The last is a fact of the ledger: one line is enough, and no history is needed.  A kiosk is anybody's: sitting at
 * another one is no news, as it is none to SHR-03 and SHR-06.
 */
#include "detect/person.h"
#include "detect/saying.h"

enum { WINDOW, LEARN, MIN_EVENTS };
enum { UNLISTED_POINTS = 20 };

static bool
new_tool_meets(const struct day_use *use, struct met met[METS_MOST])
{
	bool kiosk = use->terminal_kind == TERMINAL_KIOSK;

	met[0] = (struct met){ KEY_TERMINAL, kiosk ? 0 : use->terminal };
	met[1] = (struct met){ KEY_CLIENT, use->client };
	return use->client_use == CLIENT_UNLISTED;
}

static int
new_tool_points(const struct event *ev, const int64_t *param UNUSED)
{
	return ev->who->standing.client == CLIENT_UNLISTED ? UNLISTED_POINTS : 0;
}

static void
new_tool_because(const struct event *first, const struct key *key UNUSED, struct because *b)
{
	const struct names *n = b->names;
	const struct tuple *t = &first->who->tuple;
	struct str terminal = n->text(n->facts, DICT_TERMINAL, t->text[DICT_TERMINAL]);
	struct str client = n->text(n->facts, DICT_CLIENT, t->text[DICT_CLIENT]);
	bool unlisted = first->who->standing.client == CLIENT_UNLISTED;

	say(b,
	    unlisted ? STR("the client is none of those listed for the organisation and "
			   "the system")
		     : STR("terminal and client of the first such line"),
	    arena_printf(b->arena, "terminal " STR_FMT ", client " STR_FMT "%s",
			 STR_ARG(terminal.n ? terminal : STR("-")),
			 STR_ARG(client.n ? client : STR("-")), unlisted ? ", not listed" : ""),
	    unlisted ? STR("clients") : STR(""));
}

static void
new_tool_because_sum(const struct account_day_sum *sum, const int64_t *param UNUSED,
		     struct because *b)
{
	say(b,
	    arena_printf(b->arena,
			 "a terminal or client not met in the %u days before, or a "
			 "client that is not listed",
			 sum->days),
	    arena_printf(b->arena, "%u lines on the first such day", sum->x), STR(""));
}

const struct detector det_new_tool = {
	.name = "new_tool",
	.rule = "DRF-03",
	.summary = "a person's account on a new terminal, or with a new or unlisted program",
	.kind = FINDING_ANOMALY,
	.key = { { "acct", KEY_ACCOUNT } },
	.param = { [WINDOW] = { "window", "drf", "window", PARAM_TIME, DAY_MS, 3660LL * DAY_MS },
		   [LEARN] = { "learn", "drf", "learn", PARAM_TIME, DAY_MS, 3660LL * DAY_MS },
		   [MIN_EVENTS] = { "min_events", "drf", "min_events", PARAM_NUMBER, 1, 1000000 } },
	.screen = person_screen,
	.meets = new_tool_meets,
	.line_points = new_tool_points,
	.because = new_tool_because,
	.because_sum = new_tool_because_sum,
};
