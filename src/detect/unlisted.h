/*
 * unlisted.h - what TRM-01 and ACC-01 say of a name that its roster has no row of in force.
 */
#ifndef SEKISHO_DETECT_UNLISTED_H
#define SEKISHO_DETECT_UNLISTED_H

#include "detect/saying.h"

/* `dict`: DICT_ACCOUNT or DICT_TERMINAL. */
void unlisted_because(const struct event *first, enum dict dict, struct because *b);

#endif
