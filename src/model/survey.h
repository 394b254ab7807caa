/*
 * survey.h - what reports show besides findings: coverage by day, hours, accounts, consumers, disasters.  Exact, and a
 * function of the set of lines, the policy and the ledgers.  Text lives as long as the context and the verdicts.
 *
 *     facts of one account  ->  engine/survey_walk.c: what its lines add up to        \
 *     lines of a finding    ->  engine/survey_walk.c: whom violations affected          > engine/survey_tally.h, by thread
 *     what systems were heard (model/fact.h)  ------------------------------------------------\
 *     all threads' tallies united, by group  ->  engine/survey_rows.c, survey_people.c: rows --> struct survey
 *     struct survey  ->  report/ndjson_survey.c: one line of NDJSON
 *
 * "Now" is from the JST day of --since on, "before" is what facts hold of earlier days.  Unless a member says otherwise
 * lines are accepted ones, doubles once; a view is a view-like line that went well; consumers are distinct.
 */
#ifndef SEKISHO_MODEL_SURVEY_H
#define SEKISHO_MODEL_SURVEY_H

#include "model/lookup.h"

enum { WEEK_DAYS = 7, DAY_HOURS = 24, STRIPS_MOST = 50 };

struct survey_hours {
	uint64_t at[WEEK_DAYS][DAY_HOURS]; /* lines, Monday first, in Japan */
};

struct survey_day {
	int32_t day;
	enum day_type type;
};

/* A system on one of the days. */
struct survey_heard {
	uint64_t lines;
	int32_t first_s, last_s; /* in the day; -1: no line */
	int32_t gap_minutes;     /* longest silence where it is expected; -1: it is not */
};

struct survey_system {
	struct str id, name_ja, name_en, owner;
	const char *sharing; /* at the end; NULL: unsaid */
	int64_t masked_since, split_since;
	uint64_t refused;
	struct survey_heard *day; /* as many as there are days */
	struct survey_hours hours, off_hours;
};

/* Half-open, of the day on which the shift begins; in minutes, up to 48:00. */
struct survey_slot {
	enum day_type type;
	int32_t from, to;
};

struct survey_schedule {
	struct str name;
	uint64_t accounts;
	const struct survey_slot *slot;
	size_t slots;
	struct survey_hours hours;
};

struct survey_disaster {
	struct str id, name, org, kind; /* org empty: every one */
	uint32_t row;
	const struct str *area;
	size_t areas;
	int64_t from, to; /* INT64_MIN, INT64_MAX: open */
	bool coordination;
	uint64_t ids_held, terminals_held; /* kept for it when it began */
	uint64_t ids, terminals;           /* used in it */
	uint64_t lines, views, consumers, tail_lines, overscope_lines;
	int64_t last; /* use, tail included; INT64_MIN: none */
};

struct survey_before {
	uint64_t days, views_median, networks, terminals;
};

struct survey_account {
	uint32_t number;
	struct str name, owner, org, role, schedule;
	const char *class, *kind, *status; /* as of its last line */
	uint32_t row;
	struct str *system;
	size_t systems;
	uint64_t days, lines, views, consumers, views_median, views_max;
	int32_t first_minute, last_minute; /* of the day; -1: no line went well */
	uint64_t off_hours, networks, terminals, outside;
	uint64_t shared_lines, attributed;
	bool nonpersonal;
	const char **flag; /* rules that found something about it, in order */
	size_t flags;
	int points; /* of the gravest of these */
	bool known_before;
	struct survey_before before;
	int64_t last_ok; /* INT64_MIN: no line went well, now or before */
};

struct survey_origin {
	int32_t day;
	uint32_t net_number;
	struct str net, org;
	uint64_t lines;
};

/* By day, then network. */
struct survey_strip {
	uint32_t number;
	struct str name;
	int points;
	struct survey_origin *at;
	size_t n;
};

struct survey_affected {
	struct str case_type, org, system;
	uint64_t events, opened, displayed, accounts, person_days;
	uint64_t *window; /* as many as there are windows */
};

struct survey_retailer {
	struct str org, system;
	uint64_t lines, accounts;
	int64_t first, last; /* INT64_MAX, INT64_MIN: no line */
};

struct survey_contractor {
	struct str org, parent;
	uint64_t accounts, lines, views, consumers, off_hours;
};

struct survey_dormant {
	struct str account;
	int64_t last; /* INT64_MIN: never */
};

struct survey_unknown {
	struct str account, system;
	uint64_t lines;
};

struct survey_screen {
	struct str system, class;
	uint64_t views, consumers;
};

#define SURVEY_LIST(type)                                                                          \
	struct {                                                                                   \
		type *at;                                                                          \
		size_t n;                                                                          \
	}

struct survey {
	SURVEY_LIST(struct survey_day) day;
	SURVEY_LIST(struct survey_system) system;
	SURVEY_LIST(struct survey_schedule) schedule;
	int64_t grace_minutes; /* around every shift */
	SURVEY_LIST(struct survey_disaster) disaster;
	SURVEY_LIST(struct survey_account) account;
	SURVEY_LIST(struct survey_strip) strip;
	SURVEY_LIST(struct survey_affected) affected;
	struct survey_affected total;
	SURVEY_LIST(struct survey_retailer) retailer;
	SURVEY_LIST(struct survey_contractor) contractor;
	SURVEY_LIST(struct survey_dormant) dormant;
	SURVEY_LIST(struct survey_unknown) unknown;
	SURVEY_LIST(struct survey_screen) screen;
	const struct str *window; /* their names */
	size_t windows;
};

#endif
