/*
 * encoding_jis.h - the tables of JIS X 0208 (with NEC's and IBM's extensions) and JIS X 0212, for encoding.c alone.
 * 0 and ' ' are no character; every other entry lies in the basic plane.
 */
#ifndef SEKISHO_BASE_ENCODING_JIS_H
#define SEKISHO_BASE_ENCODING_JIS_H

#include "base/cc.h"

#include <uchar.h>

/*
 * jis0208: two rows of JIS X 0208 a row, as CP932's second bytes 0x40 to 0xfc lie, with a blank for 0x7f.
 * The literals' NUL is the last column.
 */
enum { JIS_ROWS = 60, JIS_ROW = 190, JIS0212_ROW = 95 };

extern const char16_t jis0208[JIS_ROWS][JIS_ROW];
extern const char16_t jis0212[94][JIS0212_ROW];

#endif
