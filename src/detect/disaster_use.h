/*
 * disaster_use.h - what the rules on IDs and terminals kept for disasters share: whose line it is, and in which state.
 */
#ifndef SEKISHO_DETECT_DISASTER_USE_H
#define SEKISHO_DETECT_DISASTER_USE_H

#include "model/detector.h"

/* What their tables have in common. */
#define DISASTER_TABLE                                                                             \
	.kind = FINDING_VIOLATION, .key = { { "subject", KEY_SUBJECT }, { "state", KEY_WORD } },   \
	.words = dstate_names, .param = { PARAM_GAP("default") }, .needs = GIVES_DISASTERS,        \
	.origin_foreign = true, .across = true

/*
 * ASK: the account, else the terminal, is kept for disasters.  SILENT: neither is.  Whether an unknown account is one,
 * nobody knows.
 */
enum judged disaster_use_screen(const struct seen *who, const int64_t *param);
/* The same of lines that view. */
enum judged disaster_view_screen(const struct seen *who, const int64_t *param);

/* Of its organisation at the line's instant, whatever the area (DETECTION B.13.24). */
struct disaster_said disaster_use_state(const struct event *ev);

/* One key, (subject, state), and HIT where `state` is the wanted one. */
enum judged disaster_use_hit(const struct event *ev, enum dstate wanted, struct key key[KEYS_MOST],
			     int *count);

/* Whose it is, and how far the nearest window is. */
void disaster_use_because(const struct event *first, const struct key *key, struct because *b);

#endif
