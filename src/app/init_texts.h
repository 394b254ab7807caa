/*
 * init_texts.h - what `init` writes that does not follow from the tables of the ledgers.
 */
#ifndef SEKISHO_APP_INIT_TEXTS_H
#define SEKISHO_APP_INIT_TEXTS_H

/* The policy before and behind its list of ledgers; the README of ledgers/ before their columns. */
extern const char init_policy_head[], init_policy_tail[], init_readme_head[];

/* What a ledger is for, by its name; ends with a NULL name. */
struct init_ledger {
	const char *name, *ja, *en;
};
extern const struct init_ledger init_ledgers[];

#endif
