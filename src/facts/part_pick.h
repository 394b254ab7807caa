/*
 * part_pick.h - of a part only the events that facts_pick() asks for, through its index; for part_load.c.
 *
 *     names, as they lie, each piece by its check -> numbers of the object and of the accounts, tuples of these
 *       -> places of the object, columns of the accounts -> their buckets, each with its check
 *       -> events that match, their names into our dictionaries -> a writer of ours
 *
 * What is not read is not verified, and nothing is believed that was not: the directory by the part's SHA-256, names,
 * places and buckets by the checks that stand there.  So a look at one consumer in 180 nights reads all names and a few
 * buckets a night.  Texts are compared one by one: a dictionary that is not in order (a forged one) hides nothing, and
 * comparing costs less than checking the same bytes.
 */
#ifndef SEKISHO_FACTS_PART_PICK_H
#define SEKISHO_FACTS_PART_PICK_H

#include "facts/facts_own.h"
#include "facts/part_layout.h"

/* For bytes that are read to be checked; freed by who reads. */
struct part_room {
	char *p;
	size_t n;
	int failed; /* the errno of a read that the machine refused; 0: none */
};

/* False: they cannot be read, or are not those that were written. */
bool part_bytes_hold(int fd, const struct hash_key *key, uint64_t at, uint64_t n,
		     struct hash128 check, struct part_room *room);

/* A dictionary of a part, as it lies; texts are numbered 1 .. n. */
struct part_texts {
	const char *at, *text; /* offsets, and what they are of */
	uint32_t n;
};

struct picking {
	struct facts *f;
	struct shelf *s; /* with its directory */
	const struct part_footer *footer;
	const struct hash_key *key; /* of the checks */
	int fd;

	struct part_texts texts[DICT_COUNT];
	const char *tuple; /* behind each other, numbered 1 .. tuples */
	uint32_t tuples;
	uint32_t object;   /* the one asked for; 0: any, or it is not here */
	uint32_t *account; /* by system, 0: not here; NULL: any */
	uint32_t *to;      /* by tuple: our number; 0: not yet */
	uint8_t *wanted;   /* by tuple */
	bool column[STORE_COLUMNS], none;
	int failed; /* as of the room */
};

/* The bytes from the first dictionary to the events; they outlive the picking.  False: no part says this. */
bool picking_names(struct picking *p, const char *names);
bool picking_events(struct picking *p, struct hash128 places);
void picking_end(struct picking *p);

/* What stays of a part whose events are ours now: its days. */
void picking_leave(struct facts *f, struct shelf *s);

#endif
