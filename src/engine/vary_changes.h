/*
 * vary_changes.h - the rows that are tried where a hit takes more than a line: what each makes of look-ups, of what is
 * asked for a line, or of a day, and how a ledger would say so.
 */
#ifndef SEKISHO_ENGINE_VARY_CHANGES_H
#define SEKISHO_ENGINE_VARY_CHANGES_H

#include "engine/vary_walk.h"

/* Whom a row is about: the account, or a terminal, network or client of the hit. */
enum about { ABOUT_ACCOUNT, ABOUT_TERMINAL, ABOUT_NET, ABOUT_CLIENT, ABOUT_COUNT };

/* A hit as it is. */
struct hit_at {
	const struct walk *w;
	const struct occasion *at;
	int32_t day;   /* of the hit, or of its beginning */
	uint16_t site; /* of the session before */
};

struct change {
	enum about about;
	bool (*wanted)(const struct hit_at *h,
		       const struct seen *who); /* is there anything to change? */
	/* NULL: that stays. */
	void (*seen)(const struct hit_at *h, struct seen *who);
	void (*lookup)(struct lookup *l);
	void (*day)(struct account_day *d);
	/* The row, new or changed; false: no row says so. */
	bool (*row)(const struct hit_at *h, const struct seen *was, struct out *o);
	bool more; /* several of them may do what one does not */
};

/* New rows come first: they are the smallest change. */
extern const struct change vary_changes[];
extern const size_t vary_change_count;

#endif
