/*
 * earlier.h - records of earlier runs (--baseline): the latest is compared with, and all of them make the trend.
 */
#ifndef SEKISHO_APP_EARLIER_H
#define SEKISHO_APP_EARLIER_H

#include "app/judging.h"

/* Fills j->baseline and j->earlier, whatever the order of the options.  -1: told. */
int earlier_open(struct judging *j, struct errors *err);

#endif
