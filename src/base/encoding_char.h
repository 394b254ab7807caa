/*
 * encoding_char.h - one character off the front of some bytes, for each encoding; for encoding.c alone.
 *
 * Each returns how many of the n (> 0) bytes it took, or 0 when they may be the beginning of a character and more are
 * needed to say; *c is NO_CHARACTER for what it took when that is none.
 */
#ifndef SEKISHO_BASE_ENCODING_CHAR_H
#define SEKISHO_BASE_ENCODING_CHAR_H

#include "base/encoding_jis.h"

enum { CHARACTER_MOST = 4 };
enum { NO_CHARACTER = 0x110000, BYTE_ORDER_MARK = 0xfeff, SWAPPED_MARK = 0xfffe };

typedef unsigned encoding_char(const uint8_t *p, size_t n, uint32_t *c);

/* A broken pair is one mistake, but its second byte is left alone when it is ASCII. */
static inline unsigned
jis_pair(uint32_t found, uint8_t second, uint32_t *c)
{
	*c = found > ' ' ? found : NO_CHARACTER;
	return found > ' ' || second >= 0x80 ? 2 : 1;
}

/* What is not in the table: single bytes, what is broken, and what the user of Windows defined for himself. */
static inline unsigned
cp932_rare(const uint8_t *p, size_t n, uint32_t *c)
{
	unsigned lead = p[0], trail;
	uint32_t found = 0;

	if (lead <= 0x80 || (lead >= 0xa0 && lead < 0xe0) || lead >= 0xfd) {
		*c = lead <= 0x80                   ? lead
		     : lead == 0xa0 || lead >= 0xfd ? NO_CHARACTER
						    : 0xff61 - 0xa1 + lead;
		return 1;
	}
	if (n < 2)
		return 0;
	trail = p[1];
	if (lead >= 0xf0 && lead <= 0xf9 && trail >= 0x40 && trail <= 0xfc && trail != 0x7f)
		found = 0xe000 + (lead - 0xf0) * 188 + trail - (trail < 0x7f ? 0x40 : 0x41);
	return jis_pair(found, p[1], c);
}

/* The table has a row for each lead byte (0x81 to 0x9f, 0xe0 to 0xfc) and no
 * halves: which half a second byte lies in is a toss, and asking for it costs half of the speed. */
static inline unsigned
cp932_char(const uint8_t *p, size_t n, uint32_t *c)
{
	unsigned row = (p[0] ^ 0x20u) - 0xa1, column = n > 1 ? p[1] - 0x40u : JIS_ROW;

	if (LIKELY(row < JIS_ROWS && column < JIS_ROW && jis0208[row][column] > ' ')) {
		*c = jis0208[row][column];
		return 2;
	}
	return cp932_rare(p, n, c);
}

static inline bool
euc_byte(uint8_t b)
{
	return b >= 0xa1 && b <= 0xfe;
}

static inline uint32_t
jis0208_at(unsigned row, unsigned column)
{
	return jis0208[row / 2][row % 2 ? column + 0x5f : column + (column >= 0x3f)];
}

static inline unsigned
euc_jp_char(const uint8_t *p, size_t n, uint32_t *c)
{
	uint8_t lead = p[0];

	*c = lead < 0x80 ? lead : NO_CHARACTER;
	if (lead < 0x80 || (lead != 0x8e && lead != 0x8f && !euc_byte(lead)))
		return 1;
	if (n < 2)
		return 0;
	if (euc_byte(lead) && euc_byte(p[1]))
		return jis_pair(jis0208_at(lead - 0xa1u, p[1] - 0xa1u), p[1], c);
	if (lead == 0x8e && p[1] >= 0xa1 && p[1] <= 0xdf)
		return jis_pair(0xff61u - 0xa1 + p[1], p[1], c);
	if (lead != 0x8f || !euc_byte(p[1]))
		return jis_pair(0, p[1], c);
	if (n < 3)
		return 0;
	return 1 + jis_pair(euc_byte(p[2]) ? jis0212[p[1] - 0xa1][p[2] - 0xa1] : 0, p[2], c);
}

/* What is no UTF-8 is taken up to where it could not go on, as the Unicode Standard recommends. */
static inline unsigned
utf8_char(const uint8_t *p, size_t n, uint32_t *c)
{
	uint8_t lead = p[0];
	unsigned more = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3, i;
	uint8_t least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
	uint8_t most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
	uint32_t code = lead & (0x3fu >> more);

	*c = lead < 0x80 ? lead : NO_CHARACTER;
	if (lead < 0xc2 || lead > 0xf4)
		return 1;
	for (i = 1; i <= more; i++) {
		if (i == n)
			return 0;
		if (p[i] < least || p[i] > most)
			return i;
		code = code << 6 | (p[i] & 0x3fu);
		least = 0x80;
		most = 0xbf;
	}
	*c = code;
	return i;
}

static inline unsigned
utf16_char(const uint8_t *p, size_t n, unsigned high, uint32_t *c)
{
	uint32_t unit, next;

	if (n < 2)
		return 0;
	unit = (uint32_t)p[high] << 8 | p[1 - high];
	*c = unit;
	if (LIKELY(unit < 0xd800 || unit > 0xdfff))
		return 2;
	*c = NO_CHARACTER;
	if (unit > 0xdbff)
		return 2;
	if (n < 4)
		return 0;
	next = (uint32_t)p[2 + high] << 8 | p[3 - high];
	if (next < 0xdc00 || next > 0xdfff)
		return 2;
	*c = 0x10000 + ((unit - 0xd800) << 10) + (next - 0xdc00);
	return 4;
}

static inline unsigned
utf16le_char(const uint8_t *p, size_t n, uint32_t *c)
{
	return utf16_char(p, n, 1, c);
}

static inline unsigned
utf16be_char(const uint8_t *p, size_t n, uint32_t *c)
{
	return utf16_char(p, n, 0, c);
}

#endif
