/*
 * check_samples.h - the samples of a policy, read as lines of a log are.
 */
#ifndef SEKISHO_APP_CHECK_SAMPLES_H
#define SEKISHO_APP_CHECK_SAMPLES_H

#include "app/sources.h"

/*
 * -1 with every sample that is not as it says, told at its place.  A source without a format is passed over: what is
 * wrong with it was told.  *count: those that were read.
 */
int check_samples(const struct policy *policy, const struct source *sources, size_t *count,
		  struct errors *err);

#endif
