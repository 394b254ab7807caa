/*
 * answers.h - what look-ups answered of a line, as people read it, each with the ledger row that says so; shared by
 * `ledger show` and `explain`, so that both say it in the same words.
 */
#ifndef SEKISHO_MODEL_ANSWERS_H
#define SEKISHO_MODEL_ANSWERS_H

#include "model/detector.h"

/* Whom, when and where to. */
struct answers {
	const struct lookup *look;
	const struct seen *who;
	int64_t ts;
	struct out *out;
};

/* The words of one answer each, by its enum; NULL: nothing is said. */
extern const char *const staff_words[];
extern const char *const loan_words[];
extern const char *const assignee_words[];
extern const char *const client_words[];
extern const char *const contract_words[];
extern const char *const hours_words[];
extern const char *const hours_ledgers[]; /* that names the row of such an answer */
extern const char *const attribution_words[];
extern const char *const area_words[];
extern const char *const dstate_words[];

/* ` (accounts line 2)`, nothing for line 0; and the end of the line. */
void answers_row(struct out *o, const char *ledger, uint32_t line);

/* Blocks of lines, indented by four. */
void answers_account(const struct answers *a);
void answers_hours(const struct answers *a);
void answers_disaster(const struct answers *a, uint16_t org);
void answers_contract(const struct answers *a);
void answers_grant(const struct answers *a, enum subject subject, uint16_t org);
void answers_terminal(const struct answers *a);
void answers_network(const struct answers *a);

/* What only a line has: whose terminal it used, its hand, its program, its permits and orders, its consumer. */
void answers_assignee(const struct answers *a);
void answers_line(const struct answers *a);
void answers_view(const struct answers *a, const struct event *ev);

#endif
