/*
 * part_layout.h - what the writer and the reader of parts agree on.
 */
#ifndef SEKISHO_FACTS_PART_LAYOUT_H
#define SEKISHO_FACTS_PART_LAYOUT_H

#include "model/event.h"

#define PART_MAGIC STR("sekisho part 1\n\0")

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
	       "parts are little-endian; a big-endian port swaps here");

#endif
