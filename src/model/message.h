/*
 * message.h - what a rule says of a finding: the text of its file, with {placeholders} filled in.
 */
#ifndef SEKISHO_MODEL_MESSAGE_H
#define SEKISHO_MODEL_MESSAGE_H

#include "model/finding.h"

/* The parts of the detector's key by their names, and what every finding has, or every one of its shape. */
bool message_offers(const struct detector *d, struct str placeholder);

/* The first placeholder that the detector's findings do not have, or a brace without its other: NULL, all is well. */
bool message_good(const struct detector *d, struct str text, struct str *wrong);

/* 'acct', 'first', ...: what may stand in braces. */
struct str message_list(const struct detector *d, struct arena *a);

/* In the arena; data goes in as it is, so it must be escaped where it is printed. */
struct str message_text(const struct finding *f, const char *text, struct arena *a);

#endif
