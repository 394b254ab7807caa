/*
 * person.h - what rules on persons' days and sessions share: whose lines they are, and how many things a day has.
 */
#ifndef SEKISHO_DETECT_PERSON_H
#define SEKISHO_DETECT_PERSON_H

#include "model/detector.h"

/* Lines whose account nobody knows are undetermined; of the others whole days or sessions are judged. */
enum judged person_screen(const struct seen *who, const int64_t *param);

/* The same, and whence must be known. */
enum judged person_net_screen(const struct seen *who, const int64_t *param);

/* How many different numbers the uses of a day have, 0 left aside; exact where it is `least` or more. */
uint32_t day_distinct(const struct account_day *day, int64_t least,
		      uint32_t (*number)(const struct day_use *use));

/* Of rules on what is met: how many lines on the first such day, and how long before it there were none. */
void met_because(const struct account_day_sum *sum, const int64_t *param, struct because *b);

#endif
