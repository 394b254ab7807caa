/*
 * duty.h - what OFF-01 and OFF-02 share: may this person use the account at this hour?
 */
#ifndef SEKISHO_DETECT_DUTY_H
#define SEKISHO_DETECT_DUTY_H

#include "model/detector.h"

enum { DUTY_GAP, DUTY_MIN_VIEWS };

#define DUTY_LEAST                                                                                 \
	{                                                                                          \
		"min_views", "off", "min_views", PARAM_NUMBER, 1, 1000000                          \
	}
#define DUTY_PARAMS                                                                                \
	{                                                                                          \
		[DUTY_GAP] = PARAM_GAP("off"), [DUTY_MIN_VIEWS] = DUTY_LEAST                       \
	}

/* ASK for every line of a person: hours are of the instant. */
enum judged duty_screen(const struct seen *who, const int64_t *param);
enum judged duty_judge(const struct event *ev, struct key key[KEYS_MOST], int *count);

/* A login alone, or a page left open, is no access. */
bool duty_fires(struct unit_sum *u, const int64_t *param);

int duty_line_points(const struct event *ev, const int64_t *param);
int duty_consumer_points(uint64_t consumers);
void duty_because(const struct event *first, const struct key *key, struct because *b);

#endif
