/*
 * json_tree.h - JSON as a tree, for files that we wrote ourselves and somebody may have changed since.
 *
 * One value, nothing behind it.  Depth, names that come twice, lone surrogates and broken UTF-8 are refused.  Texts
 * with escapes are decoded into the arena, the others and numbers are borrowed as they lie: the text must outlive the
 * tree.
 */
#ifndef SEKISHO_BASE_JSON_TREE_H
#define SEKISHO_BASE_JSON_TREE_H

#include "base/error.h"

enum json_kind { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_TEXT, JSON_LIST, JSON_MAP };

enum { JSON_DEPTH_MOST = 32 };

struct json_value {
	enum json_kind kind;
	struct str name;                /* as a member of a map */
	struct str text;                /* of a text, decoded; of a number, its digits */
	const struct json_value *first; /* of a list or map */
	const struct json_value *next;  /* in the same list or map */
	size_t count;                   /* of a list or map */
};

struct json_wrong {
	size_t byte;
	const char *expected;
};

/* NULL: `wrong` says where and what would be right. */
const struct json_value *json_tree(struct arena *a, struct str text, struct json_wrong *wrong);

/* All of these take NULL and the wrong kind, and answer with nothing. */
const struct json_value *json_member(const struct json_value *map, const char *name);
/* "evidence.first_line.at.file" */
const struct json_value *json_path(const struct json_value *map, const char *path);
struct str json_text_of(const struct json_value *v);
int64_t json_integer(const struct json_value *v, int64_t otherwise);
bool json_is_true(const struct json_value *v);

struct out;

/* One line, as the reports write JSON; the tree may be no deeper than json_tree() lets it be. */
void json_print(struct out *o, const struct json_value *top);

/* The same, with each value as `edit` leaves it (`v` is a copy); `in` is the list or map around it, NULL for the top. */
struct json_edit {
	void *context;
	void (*value)(void *context, const struct json_value *in, struct json_value *v);
};
void json_print_edited(struct out *o, const struct json_value *top, const struct json_edit *edit);

/* NOLINTBEGIN(bugprone-macro-parentheses) ; `v` is the name of what is declared */
#define JSON_EACH(v, list)                                                                         \
	for (const struct json_value *v = (list) ? (list)->first : NULL; v; v = v->next)
/* NOLINTEND(bugprone-macro-parentheses) */

#endif
