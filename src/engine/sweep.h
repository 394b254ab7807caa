/*
 * sweep.h - sessions of one account, and every pair of them that overlaps, once.
 */
#ifndef SEKISHO_ENGINE_SWEEP_H
#define SEKISHO_ENGINE_SWEEP_H

#include "engine/looks.h"

#define SESSION_GAP_MS (10LL * 60000)

/* Zeroed is empty. */
struct sessions {
	VEC(struct session) at; /* in order of their start */
	VEC(uint32_t) of_line;  /* by line of the account: session + 1, 0 = none */
	VEC(uint32_t) current;  /* by place: the open session + 1 */
	uint64_t *place_key;    /* open addressing: (net, terminal) -> place */
	uint32_t *place;
	size_t mask, used;
};

void sessions_free(struct sessions *s);
void sessions_reset(struct sessions *s);

/* A line of a person: joins its (network, terminal) session, or opens one. */
void sessions_add(struct sessions *s, struct look *look, const struct fact *f, uint32_t line);

/* Their numbers in order of (a, b, network's text, terminal's text); the caller frees them. */
uint32_t *sessions_order(const struct sessions *s, const struct engine_input *in);

/* Could any two sessions be a pair at all? */
bool sessions_plural(const struct sessions *s);

/*
 * Calls take(arg, x, y) for every overlapping pair of sessions with two lines or more, x the earlier; `pick` keeps the
 * sessions worth pairing.  Time: n log n + pairs.
 */
void sessions_sweep(const struct sessions *s, void (*take)(void *arg, uint32_t x, uint32_t y),
		    void *arg);

#endif
