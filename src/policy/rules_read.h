/*
 * rules_read.h - one file of rules, and the numbers in it; private to src/policy.
 */
#ifndef SEKISHO_POLICY_RULES_READ_H
#define SEKISHO_POLICY_RULES_READ_H

#include "model/rule.h"
#include "policy/policy_reader.h"

enum { RULES_MOST_IN_FILES = 256 };

struct rules_reader {
	struct policy_reader
		r; /* its policy is a shell: an arena, and the name of the file at hand */
	struct policy shell;
	const struct policy *policy;
	const struct detector *const *detectors;
	size_t detector_count;
	const struct rule *shipped; /* what a rule does not say; NULL while these are read */
	size_t shipped_count;
};

/* As rules are written: not yet sorted, and with those that are switched off. */
struct rule_entry {
	struct rule rule;
	bool off, from_shipped;
};
struct rule_list {
	VEC(struct rule_entry) entry;
};

/* Adds the rules of a file to the list; mistakes are told. */
void rules_read(struct rules_reader *x, struct str bytes, struct str file, struct rule_list *list);

/* The values of a map, by the order of its keys, unread: params and where must wait for the detector. */
enum { RULE_MOST_KEYS = 12 };
struct rule_kept {
	const struct policy_key *keys;
	size_t count;
	const struct yaml *node[RULE_MOST_KEYS];
};
void rule_keep_node(struct policy_reader *r, const struct yaml *value, void *into);

/* rule_texts.c; -1 after a mistake. */
int rule_read_title(struct rules_reader *x, const struct yaml *node, struct rule *rule);
int rule_read_message(struct rules_reader *x, const struct yaml *node, struct rule *rule);
int rule_read_seeds(struct rules_reader *x, const struct yaml *node, struct rule *rule);

/* `params:` of a rule, over what it has already; -1 after a mistake. */
int rule_params_read(struct rules_reader *x, const struct yaml *map, const struct detector *d,
		     int64_t *param);

/* One number of a rule or of `defaults:`. */
int rule_param_value(struct errors *err, struct place at, struct str text, const struct param *p,
		     int64_t *out);

/* The policy's `defaults:` over the shipped rules' numbers. */
void rule_defaults_apply(struct rules_reader *x, struct rule *shipped, size_t count);

size_t detector_params(const struct detector *d); /* how many numbers it has */
void rule_set_gap(struct rule *rule);             /* the engine's, from the number called so */

#endif
