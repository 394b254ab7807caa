/*
 * yaml.h - a YAML file as a tree of nodes that know where they stand; text stays text, the schema
 * types it.
 *
 * The part of YAML a policy needs: one document of maps, lists and scalars.  Anchors, aliases,
 * tags, merge keys, further documents and keys that stand twice are refused, and so is what is too
 * big, too deep or not UTF-8.
 */
#ifndef SEKISHO_POLICY_YAML_H
#define SEKISHO_POLICY_YAML_H

#include "base/error.h"

enum { YAML_MOST_BYTES = 1 << 20, YAML_MOST_EVENTS = 200000, YAML_MOST_DEPTH = 32 };

enum yaml_kind { YAML_TEXT, YAML_LIST, YAML_MAP };

/* Children are a chain in file order; in a map each carries its key, a YAML_TEXT node. */
struct yaml {
	enum yaml_kind kind;
	bool quoted;     /* of YAML_TEXT: was not a plain scalar, so '' and 'null' are meant */
	struct str text; /* of YAML_TEXT, with a NUL behind it and none inside */
	struct place at; /* where it begins; line and column (in characters) from 1 */
	struct yaml *key;
	struct yaml *child, *next;
	size_t count; /* of children */
	bool again;   /* in a map: its key stood before, which yaml_read has told */
};

/*
 * NULL: no tree, and err says why.  Mistakes that leave a tree (a tag, a key that stands twice) are
 * told in err and the tree is returned, so that the schema can tell its mistakes in the same run:
 * whether the file is good is asked of err->list.n.  Everything lives in the arena; `file_name`
 * must outlive it.
 */
struct yaml *yaml_read(struct str bytes, struct str file_name, struct arena *a, struct errors *err);

/* A file's bytes, for yaml_read(), up to the first that is too many; 0, or the errno.  `flags` are more of open()'s. */
int yaml_bytes(struct str path, int flags, struct arena *a, struct str *out);

/* The value of a key of a map, or NULL. */
struct yaml *yaml_get(const struct yaml *map, const char *key);

/* A plain nothing: an empty value, `~` or `null`. */
bool yaml_nothing(const struct yaml *node);

static inline const char *
yaml_kind_name(enum yaml_kind kind)
{
	return kind == YAML_TEXT ? "text" : kind == YAML_LIST ? "a list" : "a map";
}

#endif
