/*
 * labels.h - which of a source's own names is which usual field, for formats whose fields have names.
 *
 *     usual names, `fields:`, `field:NAME` --labels_compile--> labels --labels_assign--> slots of each name of a line
 *
 * Names decide, not values: where two names mean one field, the one listed first has it, whatever it holds.
 */
#ifndef SEKISHO_FORMAT_LABELS_H
#define SEKISHO_FORMAT_LABELS_H

#include "model/format.h"

/* Where a value goes: enum raw, then what is made into one of those, then the source's own. */
enum label_slot {
	LABEL_REQUEST = RAW_COUNT, /* method, target and protocol in one */
	LABEL_DATE,                /* the two halves of a time */
	LABEL_CLOCK,
	LABEL_QUERY, /* what stands behind the ? of a target */
	LABEL_EXTRA,
	LABEL_SLOTS = LABEL_EXTRA + EXTRA_MOST
};

enum { LABELS_OF_A_LINE = 128, LABEL_BUCKETS = 256 };

struct label {
	struct str name;
	uint16_t next; /* of the same bucket, from 1; 0: none */
	uint8_t slot, rank;
};

struct labels {
	struct label *label;
	size_t count, extra_count;
	bool any_case;     /* of ASCII letters */
	bool whole_target; /* `fields:` says what the target is: nothing is to be joined to it */
	const struct when *when;
	bool clf; /* times may be tried as CLF first */
	const char *no_time;
	uint16_t bucket[LABEL_BUCKETS];
};

/* Each a list of names with blanks between them, the best first; NULL: none is usual. */
struct label_usual {
	const char *names[LABEL_EXTRA];
	bool any_case;
};

/* `zone` is of times without an offset.  NULL with the mistakes told. */
struct labels *labels_compile(const struct label_usual *usual, const struct format_spec *spec,
			      const struct zone *zone, struct arena *arena, struct errors *err);

/* Sets bit s of slots[i] where name[i] is what slot s holds; n is at most LABELS_OF_A_LINE. */
void labels_assign(const struct labels *l, const struct str *name, size_t n, uint64_t *slots);

/* The number of a name that stood before, of n; or n. */
size_t labels_doubled(const struct str *name, size_t n);

/* The values of one line, where their slots say. */
struct label_values {
	struct str made[LABEL_EXTRA - RAW_COUNT];
};

static inline struct str *
label_place(struct record *out, struct label_values *v, unsigned slot)
{
	if (LIKELY(slot < RAW_COUNT))
		return &out->text[slot];
	return slot < LABEL_EXTRA ? &v->made[slot - RAW_COUNT] : &out->extra[slot - LABEL_EXTRA];
}

static inline void
label_put(struct record *out, struct label_values *v, uint64_t slots, struct str value)
{
	while (slots) {
		*label_place(out, v, (unsigned)__builtin_ctzll(slots)) = value;
		slots &= slots - 1;
	}
}

static inline void
labels_clear(const struct labels *l, struct record *out, struct label_values *v)
{
	memset(out->text, 0, sizeof(out->text));
	memset(v, 0, sizeof(*v));
	for (size_t i = 0; i < l->extra_count; i++)
		out->extra[i] = (struct str){ 0 };
	out->who = (struct str){ 0 };
	out->again = 0;
}

/*
 * From the values to a record: time, status, request and target.  What has to be joined goes to the room, at most the
 * line's length and two bytes of it.
 */
enum parsed labels_finish(const struct labels *l, struct parsing *r, struct str line,
			  struct label_values *v, struct record *out, struct refusal *why);

#endif
