/*
 * detector.c - the names of verdicts and kinds, and reasons, as reports print them.
 */
#include "model/detector.h"

const char *const judged_names[JUDGED_COUNT] = {
	[JUDGED_OUTSIDE] = "outside",
	[JUDGED_SILENT] = "silent",
	[JUDGED_HIT] = "hit",
	[JUDGED_ASK] = "ask",
	[JUDGED_UNKNOWN_ACCOUNT] = "unknown_account",
	[JUDGED_UNKNOWN_ORIGIN] = "unknown_origin",
	[JUDGED_UNKNOWN_CONSUMER] = "unknown_consumer",
	[JUDGED_UNKNOWN_MASKING] = "unknown_masking",
	[JUDGED_NO_BARRIER] = "no_barrier",
	[JUDGED_LEARNING] = "learning",
	[JUDGED_LEFT_OUT] = "left_out",
	[JUDGED_REGEX_LIMIT] = "regex_limit",
	[JUDGED_UNKNOWN_TERMINAL] = "unknown_terminal",
	[JUDGED_UNKNOWN_CLASS] = "unknown_class",
	[JUDGED_UNKNOWN_OWNER] = "unknown_owner",
	[JUDGED_UNKNOWN_HOURS] = "unknown_hours",
	[JUDGED_UNKNOWN_LOAN] = "unknown_loan",
	[JUDGED_UNKNOWN_HAND] = "unknown_hand",
	[JUDGED_UNKNOWN_RESET] = "unknown_reset",
};

const char *const judged_words[JUDGED_COUNT] = {
	[JUDGED_OUTSIDE] = "not its business",
	[JUDGED_SILENT] = "silent",
	[JUDGED_HIT] = "hit",
	[JUDGED_ASK] = "undecided",
	[JUDGED_UNKNOWN_ACCOUNT] = "undetermined: what the account is, is not known",
	[JUDGED_UNKNOWN_ORIGIN] =
		"undetermined: whose network or terminal it came from is not known",
	[JUDGED_UNKNOWN_CONSUMER] = "undetermined: the consumer is not known",
	[JUDGED_UNKNOWN_MASKING] = "undetermined: whether it was masked is not known",
	[JUDGED_NO_BARRIER] = "undetermined: the policy names no barrier",
	[JUDGED_LEARNING] = "still learning: too little before it",
	[JUDGED_LEFT_OUT] = "left out: a disaster, or a gap in the logs",
	[JUDGED_REGEX_LIMIT] = "undetermined: a pattern of its `where:` took too long",
	[JUDGED_UNKNOWN_TERMINAL] = "undetermined: the terminal is not known",
	[JUDGED_UNKNOWN_CLASS] = "undetermined: the class is not known",
	[JUDGED_UNKNOWN_OWNER] =
		"undetermined: the owner, his post or whose the terminal is, is not known",
	[JUDGED_UNKNOWN_HOURS] = "undetermined: the account's hours are not known",
	[JUDGED_UNKNOWN_LOAN] = "undetermined: the loan is not known",
	[JUDGED_UNKNOWN_HAND] = "undetermined: whose hand it was is not known",
	[JUDGED_UNKNOWN_RESET] = "undetermined: no event of the account is known",
};

const char *const finding_kind_names[] = {
	[FINDING_VIOLATION] = "violation",
	[FINDING_ANOMALY] = "anomaly",
	[FINDING_CONTROL_GAP] = "control_gap",
	[FINDING_COVERAGE] = "coverage",
};

uint32_t
key_account(const struct key_part *part, const struct key *key)
{
	for (int i = 0; i < KEY_PARTS && part[i].name; i++) {
		uint32_t number = key->part[i];

		if (part[i].kind == KEY_ACCOUNT)
			return number;
		if (part[i].kind == KEY_SUBJECT && number >> SUBJECT_SHIFT == SUBJECT_ACCOUNT)
			return number & ((1U << SUBJECT_SHIFT) - 1);
	}
	return 0;
}

void
because_print(const struct because_line *line, bool pred, struct out *o)
{
	if (pred) {
		out_tty(o, line->pred);
		out_text(o, ": ");
	}
	out_tty(o, line->observed);
	if (line->ref.n) {
		out_text(o, " (");
		out_tty(o, line->ref);
		out_char(o, ')');
	}
}
