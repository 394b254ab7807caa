/*
 * world_script.h - how a play puts its actors and lines into the world and tells what must be found.
 * A play whose lines do not fit into the world's days vanishes whole: no line, no truth.
 */
#ifndef WORLD_SCRIPT_H
#define WORLD_SCRIPT_H

#include "tools/world_gen.h"

struct script {
	struct world *w;
	struct rng r;
	size_t first; /* of the play being written */
	uint32_t told;
	bool broken;
};

enum level { EASY, MEDIUM, HARD, VERY_HARD };

struct truth {
	const char *id;
	enum level level;
	const char *must, *may, *must_not; /* comma separated rules */
	int hits, episodes, cases;         /* of the first rule of `must`; -1 = not said */
	const char *note;
};

uint32_t actor(struct script *s, enum org org, enum role role); /* does nothing but its lines */
int some_day(struct script *s, int from,
	     int to); /* a plain working day, percent of them; -1 = none */
int64_t clock_at(const struct script *s, int day, int h, int m, int sec);
struct req by(const struct script *s, uint32_t acct, uint32_t net, uint32_t term); /* a view */
uint32_t anyone(struct script *s);                                                 /* a consumer */
uint32_t one_of(struct script *s, enum pool pool); /* ... that never switches */
void send(struct script *s, struct req q, int64_t at, uint32_t obj);
void tell(struct script *s, struct truth t);

void plays_org(struct script *s);
void plays_shr(struct script *s);
void plays_vol(struct script *s);
void plays_xtn(struct script *s);

#endif
