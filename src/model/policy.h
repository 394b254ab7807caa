/*
 * policy.h - what sekisho.yaml and its includes say, read and checked.  Const after loading;
 * everything in it lives in its arena.
 *
 * The part that changes what a line *says* (systems' format, extract, resources, normalise) has its
 * own digest: facts read under another parse_digest cannot be united with ours.
 */
#ifndef SEKISHO_MODEL_POLICY_H
#define SEKISHO_MODEL_POLICY_H

#include "base/cidr.h"
#include "model/event.h"
#include "model/format.h"
#include "model/lookup.h"

/* Fields an extract source or a resource pattern can give. */
enum field {
	FIELD_OBJECT,
	FIELD_CLASS,
	FIELD_ACCOUNT,
	FIELD_TERMINAL,
	FIELD_MASKED,
	FIELD_ACT,
	FIELD_OUTCOME,
	FIELD_N,
	FIELD_SID,
	FIELD_CODE,
	FIELD_DEVICE,
	FIELD_PURPOSE,
	FIELD_SEQ,
	FIELD_COUNT
};
extern const char *const field_names[FIELD_COUNT];

/*
 * `path:/consumers/{object}/{class}`: literal pieces and holes, each a piece of its own; two holes
 * never touch. A hole ends at the next literal byte or '/'.
 */
struct template_piece {
	struct str literal; /* empty when this is a hole */
	int field;          /* enum field, or -1: literal only */
};

struct template
{
	struct template_piece *piece;
	size_t count;
};

enum source_kind { SOURCE_NONE, SOURCE_PATH, SOURCE_QUERY, SOURCE_FIELD };

/* In the order of the file; a field that several sources give comes from the first that has it. */
struct extract {
	enum source_kind kind;
	enum field field; /* the key it stands under; all that SOURCE_QUERY and _FIELD give */
	struct str name;  /* query parameter, or the source's own field */
	struct template template; /* of SOURCE_PATH */
	size_t extra;             /* of SOURCE_FIELD: its number in the record */
};

enum normalise {
	NORMALISE_TRIM = 1,
	NORMALISE_LOWER = 2,
	NORMALISE_STRIP_DOMAIN = 4,
	NORMALISE_FOLD_WIDTH = 8
};

struct permit_org {
	struct str org;
	int64_t from, to; /* half-open; INT64_MIN / INT64_MAX when open */
	struct place at;
};

/* How a source says what was done, or how it ended; in the source's words. */
struct word {
	struct str text;
	int means; /* enum act, or enum reason (REASON_NONE: it went well) */
};

/* Of a day, in ms from its 00:00; `to` may lie behind 24:00. */
struct hours {
	bool said;
	int64_t from, to; /* half-open */
};

enum sharing { SHARING_UNSAID, SHARING_SHARED, SHARING_LOGICAL, SHARING_PHYSICAL };

struct sharing_span {
	enum sharing sharing;
	int64_t from, to; /* half-open; INT64_MIN / INT64_MAX when open */
};

/* A line as the source writes it, and what `check` must find in it. */
struct sample_want {
	struct str name, value; /* a usual field, or one of enum field */
	struct place at;
};

struct policy_sample {
	struct str lines; /* the last record is asked; headings may stand before it */
	struct sample_want *want;
	size_t want_count;
	struct str refused; /* part of what the refusal must say; empty: the line must be read */
	struct place at, refused_at;
};

struct policy_system {
	struct str id, name_ja, name_en; /* a name not given is the other one, or the id */
	struct str owner;
	struct place owner_at;
	struct str feed;   /* the one feed of all its logs; empty: told by their names */
	struct str format; /* `combined`, or a name with its argument: `nginx:$remote_addr ...` */
	struct place format_at;
	struct str encoding, timezone, time; /* empty: not said */
	struct place encoding_at, timezone_at;
	int match_limit; /* of a pattern, for each byte of a line; 0: as usual */
	int year;
	struct str field[RAW_COUNT]; /* `fields:`, the source's own names of the usual fields */
	struct str *extra;           /* its names of what `extract:` takes by `field:NAME` */
	size_t extra_count;
	struct word *act, *outcome;
	size_t act_count, outcome_count;
	struct cidr *proxy; /* whose X-Forwarded-For is believed */
	size_t proxy_count;
	struct str *logs; /* globs, made absolute or relative to the working directory */
	size_t log_count;
	struct extract *extract;
	size_t extract_count;
	unsigned normalise;
	struct permit_org *permitted;
	size_t permitted_count;
	struct hours expect[DAYTYPE_COUNT]; /* when it is never silent ... */
	int64_t max_gap_ms;                 /* ... for longer than this; 0: not said */
	int64_t max_disorder_ms; /* how far a line may lie behind one before it; INT64_MAX: not said */
	struct sharing_span *sharing;
	size_t sharing_count;
	int64_t live, masked_since, split_since, mfa_since; /* INT64_MAX: never, or not said */
	bool internal_only, nonpersonal_forbidden;
	struct policy_sample *sample;
	size_t sample_count;
	bool source_wrong; /* mistakes in how its lines are read were told: prepare nothing */
	struct place at;
};

enum match_kind { MATCH_EQUAL, MATCH_STARTS, MATCH_ENDS, MATCH_CONTAINS, MATCH_RE };
enum match_field { MATCH_PATH, MATCH_QUERY, MATCH_TARGET, MATCH_METHOD, MATCH_SYSTEM, MATCH_AGENT };

/*
 * One `field|modifier: value`; several values are alternatives, several matches of a map must all
 * hold.
 */
struct match {
	enum match_field field;
	enum match_kind kind;
	struct str *value;
	size_t value_count;
	void **regex; /* pcre2_code (8 bit, bytes), for MATCH_RE, one a value */
	/* regex_group[value][field]: number of the group named like the field, 0 = none */
	uint16_t (*regex_group)[FIELD_COUNT];
};

enum sensitivity { SENSITIVITY_UNSAID, SENSITIVITY_PUBLIC, SENSITIVITY_NON_PUBLIC };

struct resource {
	struct str class; /* empty: sets the act alone */
	struct match *match;
	size_t match_count; /* 0: only says what the class is */
	int act;            /* enum act, or -1 */
	enum sensitivity sensitivity;
	struct place at;
};

struct policy_ledger {
	struct str name, path;
	struct place at;
};

/* A file that the policy names; its path is resolved, its place is where the name stands. */
struct policy_file {
	struct str path;
	struct place at;
};

/* One number of `defaults:`, for every rule that asks it: `gap: {hole: 7d}`. */
struct policy_default {
	struct str family, key, value;
	struct place at;
};

enum geoip { GEOIP_CITY, GEOIP_ASN, GEOIP_COUNTRY, GEOIP_ANONYMOUS, GEOIP_COUNT };
extern const char *const geoip_names[GEOIP_COUNT]; /* the keys of `geoip:` */

enum language { LANGUAGE_UNSAID, LANGUAGE_JA, LANGUAGE_EN };

/* On which JST days a run over a state is due. */
enum nightly { NIGHTLY_DAILY, NIGHTLY_WEEKDAY, NIGHTLY_NONE, NIGHTLY_COUNT };
extern const char *const nightly_names[NIGHTLY_COUNT];

struct policy {
	struct arena arena;
	struct str path; /* as given; empty for the built-in policy */
	enum language language;
	enum nightly nightly;
	struct policy_system *system;
	size_t system_count;
	struct resource *resource;
	size_t resource_count;
	struct policy_ledger *ledger; /* `barrier:` is one of them */
	size_t ledger_count;
	struct policy_file geoip[GEOIP_COUNT]; /* path empty: none */
	/* Globs resolved, each sorted, in the order of the file; `shipped` stays as it is.  None: the shipped rules. */
	struct policy_file *rules;
	size_t rules_count;
	struct policy_default *defaults;
	size_t defaults_count;
	struct policy_file dispositions; /* path empty: none */
	struct policy_file *include;     /* whose keys stand with those of `path` */
	size_t include_count;
	struct str *secret; /* query parameters whose values no report prints */
	size_t secret_count;
	bool resources_wrong;     /* some had mistakes, which were told, and are left out */
	uint8_t digest[32];       /* of the policy file's bytes, and its includes' */
	uint8_t parse_digest[32]; /* of what decides what a line says */
};

#endif
