/*
 * names.h - the socket through which ledgers see the dictionaries of the facts: number to text.
 */
#ifndef SEKISHO_MODEL_NAMES_H
#define SEKISHO_MODEL_NAMES_H

#include "model/event.h"

/* Numbers run from 1 to count(dict); 0 is "the line does not say" and reads as empty. */
struct names {
	const void *facts;
	uint32_t (*count)(const void *facts, enum dict dict);
	struct str (*text)(const void *facts, enum dict dict, uint32_t number);
	uint32_t (*tuple_count)(const void *facts); /* tuples are numbered 1 .. count */
	const struct tuple *(*tuple)(const void *facts, uint32_t number);
};

#endif
