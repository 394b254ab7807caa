/*
 * part_layout.h - what the writer and the reader of parts agree on.
 */
#ifndef SEKISHO_FACTS_PART_LAYOUT_H
#define SEKISHO_FACTS_PART_LAYOUT_H

#include "model/event.h"

#define PART_MAGIC STR("sekisho part 1\n\0")

/* Of a file: bits of its flags.  What few files have stands behind the others only if its bit is set. */
enum { PART_UNTERMINATED = 1, PART_HASHED = 2, PART_NOTED = 4 };

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
	       "parts are little-endian; a big-endian port swaps here");

#endif
