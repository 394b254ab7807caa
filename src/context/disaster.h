/*
 * disaster.h - the disaster state of an organisation in an area at an instant (DETECTION B.6).
 */
#ifndef SEKISHO_CONTEXT_DISASTER_H
#define SEKISHO_CONTEXT_DISASTER_H

#include "context/rows.h"

enum { DISASTER_TAIL_MS = 24 * 3600 * 1000, DISASTER_EARLY_MS = 2 * 3600 * 1000 };

struct disaster_window {
	int64_t from, to;
	int64_t reach; /* greatest end, with its tail, of this and all earlier windows */
	uint16_t org;
	const struct name_list *areas; /* empty: everywhere */
	const struct disaster_row *row;
};

/* Windows sorted by (org, from); those of organisation o lie in at[first[o] .. first[o + 1]). */
struct disasters {
	struct disaster_window *at;
	uint32_t *first;
	uint32_t orgs; /* numbers below this have an entry in first */
};

int64_t disaster_tail_end(int64_t to); /* INT64_MAX of an open window */
void disasters_build(struct disasters *d, const struct ledger *l, uint32_t orgs, struct arena *a);
bool disasters_any(const struct disasters *d,
		   uint16_t org); /* of its own, or of every organisation */
enum dstate disasters_state(const struct disasters *d, uint16_t org, uint16_t area, int64_t ts);

/* The same with the window that decides: of several in force the one begun last, else the nearest.  Asks every window. */
struct disaster_said disasters_look(const struct disasters *d, uint16_t org, uint16_t area,
				    int64_t ts);

/* Does any window in force share the class of POOL_CLASS, reach the area (of POOL_AREA; none named: all)? */
bool disasters_share(const struct disasters *d, uint16_t org, uint16_t class, int64_t ts);
bool disasters_reach(const struct disasters *d, uint16_t org, uint16_t area, int64_t ts);

/* In a window at some instant of [from, to), areas left aside. */
bool disasters_touch(const struct disasters *d, uint16_t org, int64_t from, int64_t to);

#endif
