/*
 * options_period.h - --week and --half: spans of time by name, in Japan, as the policy's timezone is.
 */
#ifndef SEKISHO_APP_OPTIONS_PERIOD_H
#define SEKISHO_APP_OPTIONS_PERIOD_H

#include "app/options.h"

/* 2026-W14 by ISO 8601, from Monday 00:00; 2026H1 is April to September, 2026H2 October to March.  Half-open, ms UTC. */
bool period_week(struct str v, int64_t *from, int64_t *to);
bool period_half(struct str v, int64_t *from, int64_t *to);

/* What is read, of those that were given: the half, or else the week.  -1: told. */
int options_period(struct options *o, struct errors *err);

#endif
