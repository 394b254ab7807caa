/*
 * ledger_judged.c - what judgement makes of the rows at an instant, by the look-ups it uses itself.
 */
#include "app/ledger_show_own.h"

#include "model/answers.h"

/* What a line of this thing in this system would be judged by. */
static void
tell_system(const struct showing_one *s, uint32_t system, struct out *o)
{
	struct seen who;
	struct answers a = { .look = &s->look, .who = &who, .ts = s->ts, .out = o };

	s->look.tuple(s->look.context, system + 1, s->ts, &who);
	switch (s->kind->kind) {
	case SHOW_ACCOUNT:
		answers_account(&a);
		if (who.account_row == 0)
			break;
		answers_hours(&a);
		answers_disaster(&a, who.account_org);
		answers_contract(&a);
		answers_grant(&a, SUBJECT_ACCOUNT, who.account_org);
		break;
	case SHOW_TERMINAL:
		answers_terminal(&a);
		if (who.terminal_row == 0)
			break;
		answers_grant(&a, SUBJECT_TERMINAL, who.terminal_org);
		break;
	case SHOW_NETWORK:
		answers_network(&a);
		answers_grant(&a, SUBJECT_NETWORK, who.net_org);
		break;
	case SHOW_PERSON:
	case SHOW_CONSUMER:
	case SHOW_ORG:
	case SHOW_KINDS:
		break;
	}
}

/* Systems of which the same is true are told together. */
void
ledger_tell_systems(struct showing_one *s)
{
	struct str text[SYSTEMS_MOST];
	bool told[SYSTEMS_MOST] = { false };

	for (uint32_t i = 0; i < s->thing.systems; i++) {
		struct out o;

		out_memory(&o);
		tell_system(s, i, &o);
		text[i] = arena_str(&s->arena, out_taken(&o));
		out_discard(&o);
	}
	for (uint32_t i = 0; i < s->thing.systems; i++) {
		if (told[i])
			continue;
		out_text(&s->out, "in ");
		for (uint32_t k = i; k < s->thing.systems; k++) {
			if (!str_eq(text[i], text[k]))
				continue;
			out_text(&s->out, k == i ? "" : ", ");
			out_tty(&s->out, s->policy.system[k].id);
			told[k] = true;
		}
		out_text(&s->out, "\n");
		out_bytes(&s->out, text[i]); /* escaped as it was written */
	}
}
