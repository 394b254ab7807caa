/*
 * where.h - `where:` of a rule: which lines are its business, in Sigma's detection syntax, compiled.
 *
 * A selection is alternatives (maps), each of items that must all hold; an item asks one field.  The condition joins
 * selections: a flat program in reverse order, with jumps past what no longer matters.
 *
 * There are three answers.  What a ledger does not know is unknown, and so is what a pattern cannot decide within its
 * limits: neither is taken for "no", unless the rest of the condition makes it not matter.
 */
#ifndef SEKISHO_MODEL_WHERE_H
#define SEKISHO_MODEL_WHERE_H

#include "base/cidr.h"
#include "base/regex.h"
#include "model/detector.h"
#include "model/policy.h"

enum where_field {
	WHERE_ACCOUNT,
	WHERE_ADDRESS,
	WHERE_TERMINAL,
	WHERE_CLIENT,
	WHERE_SYSTEM,
	WHERE_CLASS,
	WHERE_ACT,
	WHERE_OK,
	WHERE_REASON,
	WHERE_MASKED,
	WHERE_ORG,
	WHERE_KIND,
	WHERE_PRIVILEGED,
	WHERE_ROLE,
	WHERE_OWNER,
	WHERE_NET,
	WHERE_NET_ORG,
	WHERE_NET_KIND,
	WHERE_SITE,
	WHERE_TERMINAL_ORG,
	WHERE_TERMINAL_KIND,
	WHERE_PUBLIC,
	WHERE_OBJECT,
	WHERE_HOUR,
	WHERE_WEEKDAY,
	WHERE_DAY,
	WHERE_RELATION,
	WHERE_DISASTER,
	WHERE_FIELDS
};

enum where_type { WHERE_TEXT, WHERE_WORD, WHERE_NUMBER };

/* A field whose values are known beforehand names them; `possible` are those a rule can ever see, a bit each. */
struct where_info {
	const char *name;
	enum where_type type;
	bool by_line; /* not decided by who, whence and which screen */
	const char *const *word;
	unsigned words;
	uint64_t possible;
};
extern const struct where_info where_infos[WHERE_FIELDS];

enum where_kind { WHERE_WORDS, WHERE_LIKE, WHERE_RE, WHERE_CIDR, WHERE_THERE, WHERE_NULL };

/* How the value of WHERE_LIKE was written; the wildcards are in the pattern already. */
enum where_like { LIKE_WHOLE, LIKE_CONTAINS, LIKE_STARTS, LIKE_ENDS };

/* In the pattern of WHERE_LIKE, bytes that UTF-8 never has. */
#define WHERE_ANY '\xff'
#define WHERE_ONE '\xfe'

struct where_item {
	enum where_field field;
	enum where_kind kind;
	enum where_like like;
	bool all;           /* values must all hold, instead of one of them */
	bool cased;         /* of WHERE_LIKE; else the values are in lower case */
	bool there;         /* of WHERE_THERE: what is wanted */
	unsigned flags;     /* of WHERE_RE */
	uint64_t words;     /* of WHERE_WORDS: which hold, a bit each */
	struct str *value;  /* WHERE_LIKE: the pattern; WHERE_RE, WHERE_CIDR: as written */
	struct regex **re;  /* of WHERE_RE, one a value */
	struct cidr *block; /* of WHERE_CIDR, one a value */
	size_t count;
};

struct where_range { /* [from, to) of the next table */
	size_t from, to;
};

struct where_selection {
	struct str name;
	struct where_range maps;
};

enum where_op_kind { WHERE_ASK, WHERE_NOT, WHERE_AND, WHERE_OR, WHERE_UNLESS_NO, WHERE_UNLESS_YES };

struct where_op {
	enum where_op_kind kind;
	uint32_t to; /* of ASK: the selection; of UNLESS: where to go on, when the answer stands */
};

enum { WHERE_STACK = 80 }; /* answers waiting, at most */

/* Everything lies in one arena, and lives as long as the rules. */
struct where {
	struct where_op *op;
	size_t op_count;
	struct where_selection *selection;
	size_t selection_count;
	struct where_range *map; /* of items */
	struct where_item *item;
	bool by_line;
};

struct where_input {
	const struct event *event; /* without fact and view where the tuple decides */
	const struct lookup *lookup;
	const struct names *names;
	const struct policy *policy;
	struct regex_room *room;
};

/* HIT: the line is the rule's business.  OUTSIDE: it is not.  Else why nobody can say.  Allocates nothing. */
enum judged where_ask(const struct where *w, const struct where_input *in);

/* A value of a field against one pattern of WHERE_LIKE. */
bool where_matches(struct str pattern, struct str subject, bool cased);

/* Flow YAML that reads back as the same where, whatever way the first was written. */
void where_print(const struct where *w, struct out *o);

#endif
