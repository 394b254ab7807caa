/*
 * disaster_use.c - lines of IDs and terminals kept for disasters: the subject, its state, and the window that says so.
 */
#include "detect/disaster_use.h"
#include "detect/saying.h"

enum judged
disaster_use_screen(const struct seen *who, const int64_t *param UNUSED)
{
	if (who->standing.disaster_subject != SUBJECT_KINDS)
		return JUDGED_ASK;
	return who->account_kind == KIND_UNKNOWN ? JUDGED_UNKNOWN_ACCOUNT : JUDGED_SILENT;
}

enum judged
disaster_view_screen(const struct seen *who, const int64_t *param)
{
	return who->views ? disaster_use_screen(who, param) : JUDGED_OUTSIDE;
}

struct disaster_said
disaster_use_state(const struct event *ev)
{
	const struct lookup *l = ev->lookup;

	return l->disaster(l->context, ev->who->standing.disaster_org, 0, ev->fact->ts);
}

enum judged
disaster_use_hit(const struct event *ev, enum dstate wanted, struct key key[KEYS_MOST], int *count)
{
	const struct tuple *t = &ev->who->tuple;
	enum subject subject = (enum subject)ev->who->standing.disaster_subject;
	uint32_t number = t->text[subject == SUBJECT_ACCOUNT ? DICT_ACCOUNT : DICT_TERMINAL];

	*count = 1;
	key[0] = (struct key){ { key_subject(subject, number), wanted } };
	return disaster_use_state(ev).state == wanted ? JUDGED_HIT : JUDGED_SILENT;
}

/* "none; tail: 3 h 20 min 0 s behind the end of D-1, 2022-07-24T00:00:00.000+09:00" */
static struct str
nearest(const struct because *b, const struct disaster_said *said, int64_t ts)
{
	char buf[CIVIL_TEXT];
	struct str name = b->lookup->window_name(b->lookup->context, said->row);
	bool before = ts < said->from;
	int64_t edge = before ? said->from : said->to;
	long long s = (before ? edge - ts : ts - edge) / 1000;

	if (said->row == 0 || said->state == DSTATE_IN)
		return said->row ? name : STR("none; it never has one");
	return arena_printf(b->arena,
			    "none; %s: %lld h %lld min %lld s %s of " STR_FMT ", " STR_FMT,
			    dstate_names[said->state], s / 3600, s / 60 % 60, s % 60,
			    before ? "before the begin" : "behind the end", STR_ARG(name),
			    STR_ARG(civil_print_jst(buf, edge)));
}

void
disaster_use_because(const struct event *first, const struct key *key UNUSED, struct because *b)
{
	const struct seen *who = first->who;
	bool account = who->standing.disaster_subject == SUBJECT_ACCOUNT;
	struct disaster_said said = disaster_use_state(first);
	struct str org = b->lookup->org_name(b->lookup->context, who->standing.disaster_org);

	say(b, account ? STR("account.kind = disaster") : STR("terminal.kind = disaster"),
	    arena_printf(b->arena, "of " STR_FMT, STR_ARG(org)),
	    account ? say_line(b, "accounts", who->account_row)
		    : say_line(b, "terminals", who->terminal_row));
	say(b, arena_printf(b->arena, "coordinated window of " STR_FMT " in force", STR_ARG(org)),
	    nearest(b, &said, first->fact->ts), say_line(b, "disasters", said.row));
}
