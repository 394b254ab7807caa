/*
 * policy_reader.h - what the readers of the policy's parts share: tables of keys, readers of each
 * type of value, and the words in which mistakes are told. Private to src/policy, and to the test
 * of its schema.
 */
#ifndef SEKISHO_POLICY_POLICY_READER_H
#define SEKISHO_POLICY_POLICY_READER_H

#include "model/policy.h"
#include "policy/yaml.h"

/* THREATS of a policy from a stranger's pull request: what can grow has an end. */
enum {
	POLICY_MOST_SYSTEMS = 1000,
	POLICY_MOST_RESOURCES = 5000,
	POLICY_MOST_REGEXES = 500,
	POLICY_MOST_INCLUDES = 100,
	POLICY_MOST_RULES = 200,
	POLICY_MOST_SAMPLES = 1000,
	POLICY_MOST_SECRETS = 1000
};

struct policy_names {
	const char *const *at;
	size_t n;
};

/* A system named before the register was read. */
struct policy_mention {
	struct str id;
	struct place at;
};

/* A file of the policy: its own first, then its includes. */
struct policy_tree {
	struct str path;
	const struct yaml *root; /* NULL: not read, and told */
	uint8_t digest[32];
};

struct policy_reader {
	struct policy *policy; /* what is kept goes into its arena; the trees do not last */
	struct errors *err;
	struct policy_names ledgers, formats;
	size_t regex_count;
	VEC(struct policy_mention) mentions;
	VEC(struct policy_tree) trees;
	bool unread; /* some file was not read: what it would have said is not missing */
};

/* One key of a map; `read` gets the value and what the map fills. */
struct policy_key {
	const char *name;
	bool required;
	void (*read)(struct policy_reader *r, const struct yaml *value, void *into);
};

/* All keys of a map. `what` names it in messages: "a system". */
struct policy_map {
	const char *what;
	const struct policy_key *key;
	size_t count;
};

enum { POLICY_MOST_KEYS = 32 };

/*
 * Tells every mistake of a map and its values.  Returns the keys that are wrong, a bit each in the
 * table's order; all bits when a key is like none of them.
 */
uint32_t policy_read_map(struct policy_reader *r, const struct yaml *map, const char *what,
			 const struct policy_key *keys, size_t count, void *into);

/* The same without asking for what is required; for a map that lies in several files. */
uint32_t policy_read_keys(struct policy_reader *r, const struct yaml *map,
			  const struct policy_map *table, void *into);

static inline uint32_t
policy_read_as(struct policy_reader *r, const struct yaml *map, const struct policy_map *table,
	       void *into)
{
	return policy_read_map(r, map, table->what, table->key, table->count, into);
}

/* Does the key stand there, or one that is taken for it? */
bool policy_has_key(const struct yaml *map, const struct policy_map *table, size_t key);

/* The bits of these names in a table. */
uint32_t policy_key_bits(const struct policy_map *table, struct policy_names names);

/*
 * Readers of one value, a type each.  All tell the mistake when they return false, NULL or -1, and
 * then leave *out as it was.  Text is never typed by its looks: `no` is yes_no's word for no, and
 * two letters where a text is wanted.
 */
bool policy_read_text(struct policy_reader *r, const struct yaml *node, struct str *out); /* kept */
bool policy_read_yes_no(struct policy_reader *r, const struct yaml *node, bool *out);
bool policy_read_count(struct policy_reader *r, const struct yaml *node, uint64_t least,
		       uint64_t most, uint64_t *out);
bool policy_read_percent(struct policy_reader *r, const struct yaml *node,
			 uint64_t *ppm);                                                  /* 0.1% */
bool policy_read_duration(struct policy_reader *r, const struct yaml *node, int64_t *ms); /* 90d */
bool policy_read_size(struct policy_reader *r, const struct yaml *node, uint64_t *bytes); /* 64K */
bool policy_read_date(struct policy_reader *r, const struct yaml *node, int64_t *ts_ms);
bool policy_read_hours(struct policy_reader *r, const struct yaml *node, struct hours *out);
bool policy_read_path(struct policy_reader *r, const struct yaml *node, struct policy_file *out);
int policy_read_name(struct policy_reader *r, struct str text, struct place at, const char *what,
		     struct policy_names names);
int policy_read_word(struct policy_reader *r, const struct yaml *node, const char *what,
		     struct policy_names names);

bool policy_is_readable(struct policy_reader *r, const struct policy_file *f);
bool policy_is_text(struct policy_reader *r, const struct yaml *node);
bool policy_is_list(struct policy_reader *r, const struct yaml *node, size_t most); /* not empty */
bool policy_is_map(struct policy_reader *r, const struct yaml *node, const char *what);

/* "unknown key 'x'; did you mean 'y'?", or all the names when none is near. The near one, or -1. */
int policy_unknown(struct policy_reader *r, struct place at, const char *what, struct str text,
		   struct policy_names names);

struct str policy_keep(struct policy_reader *r, struct str s);

/* The path a text names: against the folder of the file it stands in. */
struct str policy_resolve(struct policy_reader *r, const struct yaml *text);

/* "line 7", or "other.yaml:7" when that is another file. */
struct str policy_where(struct policy_reader *r, struct place here, struct place other);

/*
 * Room for `more` elements behind the `count` of an array, which moves; NULL, told, when that is
 * more than `most`: a list may go on in another file.
 */
void *policy_grow(struct policy_reader *r, const struct yaml *list, const void *array, size_t count,
		  size_t most, size_t size);

static inline size_t
policy_mistakes(const struct policy_reader *r)
{
	return r->err->list.n + r->err->dropped;
}

/* policy_include.c: fills trees; false when the policy itself was not read. */
bool policy_read_trees(struct policy_reader *r, struct arena *tree);
struct str policy_bytes(struct policy_reader *r, struct str path, struct arena *a,
			const struct place *named_at); /* p NULL: told */
bool policy_same_file(struct str a, struct str b);     /* whatever their names */
void policy_read_include(struct policy_reader *r, const struct yaml *value, void *policy);

/* policy_files.c */
void policy_read_geoip(struct policy_reader *r, const struct yaml *value, void *policy);
void policy_read_rules(struct policy_reader *r, const struct yaml *value, void *policy);
void policy_read_dispositions(struct policy_reader *r, const struct yaml *value, void *policy);
void policy_read_secrets(struct policy_reader *r, const struct yaml *value, void *policy);
void policy_default_secrets(struct policy *p);

/* policy_system.c */
void policy_system_init(struct policy_system *s);
void policy_read_systems(struct policy_reader *r, const struct yaml *value, void *policy);
void policy_read_extract(struct policy_reader *r, const struct yaml *value, void *policy_system);

/* What a system's lines are written like: policy_source.c. */
void policy_read_fields(struct policy_reader *r, const struct yaml *value, void *policy_system);
void policy_read_encoding(struct policy_reader *r, const struct yaml *value, void *policy_system);
void policy_read_timezone(struct policy_reader *r, const struct yaml *value, void *policy_system);
void policy_read_time_form(struct policy_reader *r, const struct yaml *value, void *policy_system);
void policy_read_match_limit(struct policy_reader *r, const struct yaml *value,
			     void *policy_system);
void policy_read_year(struct policy_reader *r, const struct yaml *value, void *policy_system);
void policy_read_acts(struct policy_reader *r, const struct yaml *value, void *policy_system);
void policy_read_outcomes(struct policy_reader *r, const struct yaml *value, void *policy_system);
void policy_read_proxies(struct policy_reader *r, const struct yaml *value, void *policy_system);
void policy_read_samples(struct policy_reader *r, const struct yaml *value, void *policy_system);

/* What the register promises of a system: policy_register.c. */
void policy_read_permitted(struct policy_reader *r, const struct yaml *value, void *policy_system);
void policy_read_expect(struct policy_reader *r, const struct yaml *value, void *policy_system);
void policy_read_sharing(struct policy_reader *r, const struct yaml *value, void *policy_system);
void policy_read_max_disorder(struct policy_reader *r, const struct yaml *value,
			      void *policy_system);
void policy_read_live(struct policy_reader *r, const struct yaml *value, void *policy_system);
void policy_read_masked(struct policy_reader *r, const struct yaml *value, void *policy_system);
void policy_read_split(struct policy_reader *r, const struct yaml *value, void *policy_system);
void policy_read_mfa(struct policy_reader *r, const struct yaml *value, void *policy_system);
void policy_read_internal(struct policy_reader *r, const struct yaml *value, void *policy_system);
void policy_read_nonpersonal(struct policy_reader *r, const struct yaml *value,
			     void *policy_system);

void policy_read_resources(struct policy_reader *r, const struct yaml *value, void *policy);
void policy_read_defaults(struct policy_reader *r, const struct yaml *value, void *policy);
void policy_read_match(struct policy_reader *r, const struct yaml *value, void *resource);
void policy_match_free(struct match *m);
void policy_digest_parse(struct policy *p);

/* Every table of keys and of words, for the schema to be compared with. */
/* rule_tests.c, rule_test_logs.c */
extern const struct policy_map rule_tests_map, test_world_map, rule_test_map, test_repeat_map;

extern const struct policy_map policy_top_map, policy_system_map, policy_name_map,
	policy_permit_map, policy_expect_map, policy_sharing_map, policy_sample_map,
	policy_resource_map;
extern const struct policy_names policy_language_words, policy_nightly_words,
	policy_normalise_words, policy_sharing_words, policy_nonpersonal_words,
	policy_outcome_words, policy_sensitivity_words;
extern const char *const policy_match_fields[];
extern const char *const policy_match_kinds[];

#endif
