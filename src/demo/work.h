/*
 * work.h - what people do on a day, when nothing is wrong.
 *
 *     person_day (who comes, from when, how much)  ->  visits in a wheel of seconds  ->  requests
 *     work_person.c                                    work_plan.c                       work_request.c
 */
#ifndef SEKISHO_DEMO_WORK_H
#define SEKISHO_DEMO_WORK_H

#include "demo/world.h"

enum { TICK = 64, PIECES = 2 }; /* ticks a second; pieces of a working day */

enum stay { STAY_USUAL, STAY_PERMITTED, STAY_UNASKED };

/* A function of (account, day) and the seed alone: the ledgers of permits ask it too. */
struct person_day {
	uint32_t share; /* of the day's lines, relative; 0 = absent */
	struct {
		uint32_t from, till; /* seconds of the day */
	} piece[PIECES];
	enum stay late; /* stays after hours, till late_till */
	uint32_t late_till;
	bool called;  /* on call: a burst at night, with a permit */
	bool holiday; /* came on a day off: asked, nine times of ten */
	bool asked;
	bool abroad;  /* on a business trip, with a permit */
	uint16_t net; /* where from */
	uint32_t term;
	bool flips; /* goes home at noon and on through the VPN */
};

struct visit {
	uint32_t acct, slot, till, pace, left, total, host, term, obj;
	int32_t link;
	uint16_t net, jump;
	uint8_t sys, org, role;
};

struct day {
	struct world *w;
	struct rng r;
	int offset;
	struct visit *visits;
	size_t visit_count, visit_cap;
	int32_t head[DAY_S];
	struct out *calls; /* the call centre's records; NULL: not kept */
	uint32_t call_count;
};

#define HEALTH_ACCT (NOBODY - 1)

/* work_person.c */
struct person_day person_day(const struct world *w, uint32_t acct, int offset);
const char *schedule_of(const struct account *a);

/* work_plan.c: `quota` lines into the wheel; false when nobody can do them */
bool day_plan(struct day *d, uint64_t quota);
void wait_in_wheel(struct day *d, int32_t i);

/* work_request.c */
void request_draw(struct day *d, struct visit *v, uint32_t second, struct req *q);

#endif
