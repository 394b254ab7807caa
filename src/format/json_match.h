/*
 * json_match.h - which part of a wanted path a name or an element is; for json_*.c only.
 */
#ifndef SEKISHO_FORMAT_JSON_MATCH_H
#define SEKISHO_FORMAT_JSON_MATCH_H

#include "format/json_scan.h"
#include "format/json_text.h"

enum { JSON_NOBODY, JSON_ROOT };

static inline uint32_t
json_place(unsigned parent, uint32_t hash)
{
	return (hash ^ parent * 0x9e3779b9U) >> 7;
}

static inline uint32_t
json_element_hash(uint32_t number)
{
	return (number + 1) * 0x85ebca6bU;
}

/* The node of a name below a parent; or JSON_NOBODY. */
static inline unsigned
json_named(const struct json_wants *w, unsigned parent, struct str name, uint32_t hash,
	   bool escaped)
{
	unsigned at = json_place(parent, hash) % JSON_TABLE;

	for (; w->table[at]; at = (at + 1) % JSON_TABLE) {
		const struct json_node *node = &w->node[w->table[at]];

		if (node->hash == hash && node->parent == parent &&
		    (UNLIKELY(escaped) ? json_same(name, node->name, false)
				       : str_eq(name, node->name)))
			return w->table[at];
	}
	return JSON_NOBODY;
}

/* The node of an array's element; or JSON_NOBODY. */
static inline unsigned
json_element(const struct json_wants *w, unsigned parent, uint32_t number)
{
	unsigned at = json_place(parent, json_element_hash(number)) % JSON_TABLE;

	for (; w->table[at]; at = (at + 1) % JSON_TABLE) {
		const struct json_node *node = &w->node[w->table[at]];

		if (node->parent == parent && node->number == number)
			return w->table[at];
	}
	return JSON_NOBODY;
}

#endif
