/*
 * expected.h - what LOG-01 and LOG-02 share: the hours in which a system is never silent, as instants, and when it was.
 */
#ifndef SEKISHO_DETECT_EXPECTED_H
#define SEKISHO_DETECT_EXPECTED_H

#include "model/detector.h"
#include "model/policy.h"

/* Half-open; empty when from >= to. */
struct slot {
	int64_t from, to;
};

/* Does the register say for any kind of day when the system is not silent? */
bool expected_said(const struct policy_system *s);

/* Its hours of that day since it is live, whole; they may reach into the day after. */
struct slot expected_slot(const struct roster *r, unsigned system, int32_t day);

/* The part of it between the input's first and last accepted line. */
struct slot expected_seen(const struct roster *r, struct slot s);

/* How long it may be silent. */
int64_t expected_gap(const struct roster *r, unsigned system, int64_t usual);

/* The minute's start of the first line in a minute that begins in [from, to); `to` when there is none. */
int64_t expected_line(const struct roster *r, unsigned system, int64_t from, int64_t to);

/* Any line on the day, or in its hours? */
bool expected_heard(const struct roster *r, unsigned system, int32_t day, struct slot s);

/* "2022-07-04 08:00" of a moment; "weekday 08:00-20:00 (sekisho.yaml line 7)" of what is expected on a day. */
struct str expected_moment(struct arena *a, int64_t ts);
struct str expected_ref(const struct roster *r, unsigned system, int32_t day);

#endif
