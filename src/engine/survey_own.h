/*
 * survey_own.h - the inside of the survey: what is counted in which group, and what a thread keeps.
 */
#ifndef SEKISHO_ENGINE_SURVEY_OWN_H
#define SEKISHO_ENGINE_SURVEY_OWN_H

#include "base/civil.h"
#include "engine/survey_tally.h"
#include "engine/survey_walk.h"

/* Groups: what is counted, with a and b of tally_group(). */
enum {
	/* Of the account at hand; forgotten with it. */
	OWN_CONSUMER = 1,
	OWN_NET,      /* a: now */
	OWN_TERMINAL, /* a: now */

	SUM_SCHEDULE_HOUR,   /* a: schedule, b: hour of the week */
	SUM_OFF_HOUR,        /* a: system, b: hour of the week */
	SUM_SCREEN,          /* a: system, b: class; views */
	SUM_CONTRACTOR,      /* b: organisation; lines */
	SUM_CONTRACTOR_VIEW, /* likewise */
	SUM_CONTRACTOR_OFF,
	SUM_RETAILER, /* a: system, b: organisation */
	SUM_UNKNOWN,  /* a: system, b: account */
	SUM_WINDOW,   /* b: line in disasters.csv */
	SUM_WINDOW_VIEW,
	SUM_WINDOW_TAIL,
	SUM_WINDOW_OVER,

	SET_SCHEDULE,   /* b: schedule; accounts */
	SET_SCREEN,     /* a: system, b: class; consumers */
	SET_CONTRACTOR, /* b: organisation; consumers */
	SET_CONTRACTOR_ACCOUNT,
	SET_RETAILER,        /* a: system, b: organisation; accounts */
	SET_WINDOW_CONSUMER, /* b: line in disasters.csv */
	SET_WINDOW_ID,
	SET_WINDOW_TERMINAL,
	SET_EVENT,    /* of violations; a: case and system, b: viewer's organisation; lines */
	SET_AFFECTED, /* likewise; consumers, with BIT_ */
	SET_AFFECTED_ACCOUNT,
	SET_AFFECTED_DAY,
	SET_TOTAL, /* of all violations: consumers, with BIT_ */
	SET_TOTAL_ACCOUNT,
	SET_TOTAL_DAY
};

/* Of an affected consumer: displayed, opened by itself, and in which windows. */
enum { BIT_DISPLAYED, BIT_OPENED, BIT_WINDOW };

/* Whose consumer it was, in the words of the findings' case_type. */
enum { CASE_OTHER, CASE_RENEWABLES, CASE_SUPPLIER, CASE_LAST, CASE_FIT, CASES };
enum { CASE_SHIFT = 16 };

/* Lines of the account that look-ups answered alike. */
struct survey_seat {
	uint64_t lines[2]; /* before, now */
	int64_t first, last;
	uint32_t account_row, net, terminal, class;
	uint16_t system, org, schedule, retailer[3];
	uint8_t kind, status, org_class;
	bool counts, views, person, outside;
};

/* Lines in a row of a day from a network. */
struct survey_whence {
	int32_t day;
	uint32_t net;
	uint64_t lines;
};

struct survey_walk {
	const struct engine_input *in;
	struct arena *arena;
	struct tally tally;
	int64_t from;       /* "now" begins; a day's start */
	bool *renewables;   /* by system: its owner is the government */
	uint8_t *org_class; /* by organisation */

	/* Of the account at hand. */
	VEC(struct survey_seat) seat;
	VEC(uint32_t) day_views; /* days with a line that went well */
	size_t days_before;      /* of them */
	int32_t day;
	bool day_counts; /* it has one */
	int64_t day_start, day_until;
	int week_hour;             /* at 00:00 of the day */
	int64_t first_ms, last_ms; /* in the day, of all days */
	uint32_t last_seat;        /* plus one */
	struct survey_account now;

	VEC(struct survey_account) account;
	VEC(struct survey_strip) strip;
	VEC(struct survey_whence) whence; /* of the account at hand, in order of time */
};

/* What rows are made of, once all threads are united. */
struct survey_build {
	const struct engine_input *in;
	struct survey_walk *const *all;
	size_t walks;
	const struct tally *tally;
	int64_t from, last;  /* "now", and the last accepted line */
	int64_t first_known; /* the first accepted line, be it before */
	struct finding *const *finding;
	size_t findings;
	struct arena *arena;
	struct survey *out;
};

extern const char *const survey_cases[CASES];

/* survey_rows.c: what needs no account; survey_people.c: accounts and what hangs on them; survey_groups.c: the rest. */
void survey_rows(struct survey_build *b);
void survey_people(struct survey_build *b);
void survey_groups(struct survey_build *b);

#endif
