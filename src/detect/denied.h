/*
 * denied.h - what XTN-01 and XTN-02 share: was a view shown that the barrier denies?
 */
#ifndef SEKISHO_DETECT_DENIED_H
#define SEKISHO_DETECT_DENIED_H

#include "model/detector.h"

/* Decided by the tuple alone where every relation and disaster state gives the same answer. */
enum judged denied_screen(const struct seen *who, const int64_t *param);

/* HIT: shown though denied.  Otherwise silent, or the reason why nobody can say. */
enum judged denied_view(const struct event *ev);

void denied_because(const struct event *first, const struct key *key, struct because *b);

#endif
