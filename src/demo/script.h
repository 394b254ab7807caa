/*
 * script.h - how an incident puts its actors and lines into the world and tells what must be found.
 * One whose lines do not fit into the world's days vanishes whole: no line, no truth.
 */
#ifndef SEKISHO_DEMO_SCRIPT_H
#define SEKISHO_DEMO_SCRIPT_H

#include "demo/world.h"

struct script {
	struct world *w;
	struct rng r;
	const char *family;
	size_t first; /* of the incident being written */
	unsigned grants;
	const char *
		keys; /* of findings that no line shows; parts by ',', keys by ';'.  tell() forgets them */
	bool broken;
};

enum level { EASY, MEDIUM, HARD, VERY_HARD };

enum { EVERY = -2 }; /* hits: all lines that are not aside */

struct truth {
	const char *id;
	enum level level;
	const char *must, *may, *must_not; /* comma separated rules */
	int hits, episodes, cases;         /* of the first rule of `must`; -1 = not said */
	const char *note;
};

uint32_t actor(struct script *s, enum org org, enum role role); /* does nothing but its lines */
/* A plain working day, percent of them; -1 = none. */
int some_day(struct script *s, int from, int to);
int plain_day_after(const struct script *s, int day); /* the next of them; -1 = none */
int64_t clock_at(const struct script *s, int day, int h, int m, int sec);
struct req by(const struct script *s, uint32_t acct, uint32_t net, uint32_t term); /* a view */
struct req at_desk(const struct script *s, uint32_t acct); /* ... from where it always is */
struct req aside(struct req q);                            /* ... that no rule of `must` minds */
uint32_t anyone(struct script *s);                         /* a consumer */
uint32_t one_of(struct script *s, enum pool pool);         /* ... that never switches */
uint32_t one_in_storm(struct script *s, enum pool pool, bool inside); /* of DR-01's areas, or not */
uint32_t consumer_block(struct script *s, uint32_t n);
void send(struct script *s, struct req q, int64_t at, uint32_t obj);
/* n lines, `pace` seconds apart; POOLS: anyone's consumers */
void burst(struct script *s, struct req q, int64_t at, int n, int pace, enum pool pool);
void hole_add(struct script *s, uint8_t sys, int64_t from, int64_t to, bool once);

/* script_truth.c: ends the incident */
void tell(struct script *s, struct truth t);

#define FAMILY(name, family, what) void incident_##name(struct script *s);
#include "demo/incidents.def"
#undef FAMILY

#endif
