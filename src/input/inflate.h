/*
 * inflate.h - raw deflate data by one of two engines; the gzip around it is pack_gzip.c's, so that both engines agree
 * about what is damaged, and how.
 */
#ifndef SEKISHO_INPUT_INFLATE_H
#define SEKISHO_INPUT_INFLATE_H

#include "input/packing.h"

enum { INFLATE_LEFT = 8 };

struct inflate {
	const char *name;
	void *(*open)(void);
	enum packed (*step)(void *state, struct flow *flow); /* MORE, ENDED or DAMAGED */
	/* After ENDED: bytes taken from in that lie behind the data; at most INFLATE_LEFT. */
	size_t (*left)(void *state, uint8_t *bytes);
	uint32_t (*crc)(uint32_t crc, const uint8_t *p, size_t n);
	void (*reset)(void *state);
	void (*close)(void *state);
};

extern const struct inflate inflate_zlib;
#if defined(HAVE_ISAL)
extern const struct inflate inflate_isal;
#endif

/*
 * gzip by one engine: `packing_gzip` takes the faster one, and leaves what it finds damaged to zlib.  ISA-L forgives
 * codes that are not complete, and how much it gives of a bad block depends on how much of it it sees.
 */
extern const struct packing packing_gzip, packing_gzip_zlib;

#endif
