/*
 * guard.h - survives the SIGBUS of a mapped file that shrinks: covers the hole with zero pages and says so.
 */
#ifndef SEKISHO_BASE_GUARD_H
#define SEKISHO_BASE_GUARD_H

#include "base/cc.h"

void guard_install(void); /* once, before threads */

/* The window this thread reads from; NULL, 0 for none. */
void guard_watch(const void *p, size_t n);

/* Did a page of the window turn out not to be there?  Holds until the next guard_watch(). */
bool guard_hit(void);

#endif
