/*
 * encoding.h - text of other encodings as UTF-8, in pieces of any size: a character may be cut by a piece's end.
 *
 * The Japanese encodings are read as the WHATWG Encoding Standard and Windows do: 0x5C is a backslash, 0x81 0x60 is
 * U+FF5E.  A byte below 0x80 is never taken into a broken character, so no broken character can swallow the comma,
 * the quote or the newline behind it.
 */
#ifndef SEKISHO_BASE_ENCODING_H
#define SEKISHO_BASE_ENCODING_H

#include "base/mem.h"

/* NONE: bytes as they are.  The UTF-16s differ only in what a text without a byte order mark is. */
enum encoding {
	ENCODING_NONE,
	ENCODING_UTF8,
	ENCODING_CP932,
	ENCODING_EUC_JP,
	ENCODING_UTF16LE,
	ENCODING_UTF16BE,
	ENCODING_COUNT
};

extern const char *const encoding_names[ENCODING_COUNT];

/* Any case; the usual other names too (shift_jis, windows-31j, eucjp, utf-16 ...).  False: no such name. */
bool encoding_named(struct str name, enum encoding *out);

/* What a byte order mark at the head of a text says; NONE when there is none. */
enum encoding encoding_of_bom(struct str head);

/* Starts as { .from = ... }. */
struct transcoder {
	enum encoding from;
	bool started; /* the first character, which may be a byte order mark, is behind us */
	unsigned held_count;
	uint8_t held[4]; /* the character that the last piece's end has cut */
	uint64_t bad;    /* times U+FFFD was written for bytes that are no character */
};

/* Every byte may be 3, and 16 bytes are stored where fewer are meant. */
#define TRANSCODE_ROOM(n) (3 * ((size_t)(n) + 4) + 16)

/*
 * The next n bytes as UTF-8 in out, which has TRANSCODE_ROOM(n); returns how many were written.  Bytes that are no
 * character become U+FFFD.  n == 0 is the end of the text: half a character that is still held becomes U+FFFD.
 */
size_t transcode(struct transcoder *t, const char *in, size_t n, char *out);

bool utf8_valid(struct str s);

/*
 * A whole text at once; borrowed from s when nothing is to be turned, else in the arena.  *bad: how often U+FFFD stands
 * for bytes that are no character.
 */
struct str encoding_to_utf8(struct arena *a, struct str s, enum encoding from, uint64_t *bad);

#endif
