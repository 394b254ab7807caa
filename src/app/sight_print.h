/*
 * sight_print.h - a list of sightings, written: for people, for programs, for spreadsheets.
 *
 * Each writer asks for the sightings one by one, and sums them as they pass.
 */
#ifndef SEKISHO_APP_SIGHT_PRINT_H
#define SEKISHO_APP_SIGHT_PRINT_H

#include "app/judging.h"
#include "app/sight_sums.h"

/* Does a ledger list it at any time? */
enum listed_at_all { LISTED_UNKNOWN, LISTED_NOWHERE, LISTED };

struct sight_list {
	struct sight_asking ask;
	const struct judging *judging; /* with its run record */
	const struct options *asked;
	struct str consumer, account; /* as they are shown; empty: not asked for */
	enum listed_at_all consumer_is, account_is;
	const struct fact *fact; /* in the order of time */
	size_t n;
	bool japanese;
};

void sight_write_text(const struct sight_list *l, struct out *o);
void sight_write_ndjson(const struct sight_list *l, struct out *o);
void sight_write_csv(const struct sight_list *l, struct out *o);
void sight_write_excel(const struct sight_list *l, struct out *o);

#endif
