/*
 * decode.h - undoing what servers and browsers do to bytes: \xHH and friends, then %HH.  Once, never twice.
 */
#ifndef SEKISHO_FORMAT_DECODE_H
#define SEKISHO_FORMAT_DECODE_H

#include "model/format.h"

/* The byte that two hex digits at s.p[at] name, or -1. */
int decode_hex(struct str s, size_t at);

/* The server's escapes: \xHH \" \\ \n \t \r \b \v.  Into the room; what does not fit stays as it is. */
struct str decode_escapes(struct str s, struct room *room);

/* URL encoding; '+' is a blank in a query. */
struct str decode_url(struct str s, bool query, struct room *room);

#endif
