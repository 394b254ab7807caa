/*
 * policy_reader.h - what the readers of the policy's parts share: tables of keys, and checks that
 * tell mistakes. Private to src/policy.
 */
#ifndef SEKISHO_POLICY_POLICY_READER_H
#define SEKISHO_POLICY_POLICY_READER_H

#include "model/policy.h"
#include "policy/yaml.h"

/* THREATS of a policy from a stranger's pull request: what can grow has an end. */
enum { POLICY_MOST_SYSTEMS = 1000, POLICY_MOST_RESOURCES = 5000, POLICY_MOST_REGEXES = 500 };

struct policy_names {
	const char *const *at;
	size_t n;
};

/* A system named before the register was read. */
struct policy_mention {
	struct str id;
	struct place at;
};

struct policy_reader {
	struct policy *policy; /* what is kept goes into its arena; the tree does not last */
	struct errors *err;
	struct policy_names ledgers, formats;
	size_t regex_count;
	VEC(struct policy_mention) mentions;
};

/* One key of a map; `read` gets the value and what the map fills. */
struct policy_key {
	const char *name;
	bool required;
	void (*read)(struct policy_reader *r, const struct yaml *value, void *into);
};

/* `what` names the map in messages: "a system". */
void policy_read_map(struct policy_reader *r, const struct yaml *map, const char *what,
		     const struct policy_key *keys, size_t count, void *into);

/* All tell the mistake when they return false, NULL or -1. */
bool policy_read_text(struct policy_reader *r, const struct yaml *node, struct str *out); /* kept */
bool policy_is_text(struct policy_reader *r, const struct yaml *node);
bool policy_is_list(struct policy_reader *r, const struct yaml *node, size_t most); /* not empty */
bool policy_is_map(struct policy_reader *r, const struct yaml *node, const char *what);
int policy_read_name(struct policy_reader *r, struct str text, struct place at, const char *what,
		     struct policy_names names);

/* "unknown key 'x'; did you mean 'y'?", or all the names when none is near. */
void policy_unknown(struct policy_reader *r, struct place at, const char *what, struct str text,
		    struct policy_names names);

struct str policy_keep(struct policy_reader *r, struct str s);
struct str policy_resolve(struct policy_reader *r,
			  struct str path); /* against the policy's directory */
struct place policy_place(struct policy_reader *r,
			  struct place at); /* one that lasts as long as the policy */

/* For keys that are to come: to pass over them in silence would be worse than to refuse them. */
void policy_read_later(struct policy_reader *r, const struct yaml *value, void *into);

void policy_read_extract(struct policy_reader *r, const struct yaml *value, void *policy_system);

/* What a system's lines are written like: policy_source.c. */
void policy_read_fields(struct policy_reader *r, const struct yaml *value, void *policy_system);
void policy_read_encoding(struct policy_reader *r, const struct yaml *value, void *policy_system);
void policy_read_timezone(struct policy_reader *r, const struct yaml *value, void *policy_system);
void policy_read_time_form(struct policy_reader *r, const struct yaml *value, void *policy_system);
void policy_read_year(struct policy_reader *r, const struct yaml *value, void *policy_system);
void policy_read_acts(struct policy_reader *r, const struct yaml *value, void *policy_system);
void policy_read_outcomes(struct policy_reader *r, const struct yaml *value, void *policy_system);
void policy_read_proxies(struct policy_reader *r, const struct yaml *value, void *policy_system);

void policy_read_systems(struct policy_reader *r, const struct yaml *value, void *policy);
void policy_read_resources(struct policy_reader *r, const struct yaml *value, void *policy);
void policy_read_match(struct policy_reader *r, const struct yaml *value, void *resource);
void policy_match_free(struct match *m);
void policy_digest_parse(struct policy *p);

extern const char *const policy_match_fields[];
extern const char *const policy_match_kinds[];

#endif
