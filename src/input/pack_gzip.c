/*
 * pack_gzip.c - one gzip member: header, deflate data by either engine, checksum and length (RFC 1952).
 *
 *     FIXED -> [EXTRA_SIZE -> EXTRA] -> [NAME] -> [COMMENT] -> [HEAD_CRC] -> DATA -> TRAILER
 *
 * The header is read here and not by the engines, because they differ in what they forgive.
 */
#include "input/inflate.h"

#include "base/mem.h"

enum part { FIXED, EXTRA_SIZE, EXTRA, NAME, COMMENT, HEAD_CRC, DATA, TRAILER };
enum { FLAG_CRC = 2, FLAG_EXTRA = 4, FLAG_NAME = 8, FLAG_COMMENT = 16, FLAGS_UNKNOWN = 0xe0 };
enum { FIXED_SIZE = 10, TRAILER_SIZE = 8, DEFLATE = 8 };

struct gzip {
	const struct inflate *engine;
	void *deflate;
	enum part part;
	uint8_t flags;
	uint8_t bytes[FIXED_SIZE]; /* of the part at hand, where its bytes mean something */
	unsigned have;
	unsigned extra;               /* bytes of EXTRA still to come */
	uint32_t head_crc, crc, size; /* size: modulo 2^32, as the trailer has it */
};

static uint32_t
little_endian(const uint8_t *p, unsigned n)
{
	uint32_t v = 0;

	while (n-- > 0)
		v = v << 8 | p[n];
	return v;
}

/* Collects `want` bytes in g->bytes; false: not all are there yet. */
static bool
collect(struct gzip *g, uint8_t byte, unsigned want)
{
	g->bytes[g->have++] = byte;
	if (g->have < want)
		return false;
	g->have = 0;
	return true;
}

/* The next part the flags ask for. */
static void
go_on(struct gzip *g)
{
	if (g->part < EXTRA_SIZE && g->flags & FLAG_EXTRA)
		g->part = EXTRA_SIZE;
	else if (g->part < NAME && g->flags & FLAG_NAME)
		g->part = NAME;
	else if (g->part < COMMENT && g->flags & FLAG_COMMENT)
		g->part = COMMENT;
	else if (g->part < HEAD_CRC && g->flags & FLAG_CRC)
		g->part = HEAD_CRC;
	else
		g->part = DATA;
}

static bool
fixed_right(struct gzip *g)
{
	g->flags = g->bytes[3];
	return g->bytes[0] == 0x1f && g->bytes[1] == 0x8b && g->bytes[2] == DEFLATE &&
	       !(g->flags & FLAGS_UNKNOWN);
}

/* One byte of the header; false: it is no gzip header. */
static bool
head_byte(struct gzip *g, uint8_t byte)
{
	if (g->part != HEAD_CRC)
		g->head_crc = g->engine->crc(g->head_crc, &byte, 1);
	switch (g->part) {
	case FIXED:
		if (!collect(g, byte, FIXED_SIZE))
			return true;
		if (!fixed_right(g))
			return false;
		break;
	case EXTRA_SIZE:
		if (!collect(g, byte, 2))
			return true;
		g->extra = little_endian(g->bytes, 2);
		if (g->extra) {
			g->part = EXTRA;
			return true;
		}
		break;
	case EXTRA:
		if (--g->extra)
			return true;
		break;
	case NAME:
	case COMMENT:
		if (byte)
			return true;
		break;
	case HEAD_CRC:
		if (!collect(g, byte, 2))
			return true;
		if (little_endian(g->bytes, 2) != (g->head_crc & 0xffff))
			return false;
		break;
	case DATA:
	case TRAILER:
		break;
	}
	go_on(g);
	return true;
}

static enum packed
trailer_byte(struct gzip *g, uint8_t byte)
{
	if (!collect(g, byte, TRAILER_SIZE))
		return PACKED_MORE;
	return little_endian(g->bytes, 4) == g->crc && little_endian(g->bytes + 4, 4) == g->size
		       ? PACKED_ENDED
		       : PACKED_CHECKSUM;
}

static enum packed
data_step(struct gzip *g, struct flow *flow)
{
	uint8_t left[INFLATE_LEFT], *out = flow->out;
	enum packed got = g->engine->step(g->deflate, flow);
	size_t n = (size_t)(flow->out - out), left_n;

	g->crc = g->engine->crc(g->crc, out, n);
	g->size += (uint32_t)n;
	if (got != PACKED_ENDED)
		return got;
	g->part = TRAILER;
	left_n = g->engine->left(g->deflate, left);
	got = PACKED_MORE;
	for (size_t i = 0; i < left_n && got == PACKED_MORE; i++)
		got = trailer_byte(g, left[i]);
	return got;
}

static enum packed
gzip_step(void *state, struct flow *flow)
{
	struct gzip *g = state;

	if (g->part == DATA)
		return data_step(g, flow);
	while (flow->in_n && g->part != DATA) {
		enum packed got = PACKED_MORE;
		uint8_t byte = *flow->in++;

		flow->in_n--;
		if (g->part == TRAILER)
			got = trailer_byte(g, byte);
		else if (!head_byte(g, byte))
			got = PACKED_DAMAGED;
		if (got != PACKED_MORE)
			return got;
	}
	return PACKED_MORE;
}

static void
gzip_next(void *state)
{
	struct gzip *g = state;

	g->engine->reset(g->deflate);
	*g = (struct gzip){ .engine = g->engine, .deflate = g->deflate };
}

static bool
gzip_in_trailer(const void *state)
{
	return ((const struct gzip *)state)->part == TRAILER;
}

static void
gzip_close(void *state)
{
	struct gzip *g = state;

	g->engine->close(g->deflate);
	free(g);
}

static void *
gzip_by(const struct inflate *engine)
{
	struct gzip *g = xalloc(1, sizeof(*g));

	g->engine = engine;
	g->deflate = engine->open();
	return g;
}

static void *
gzip_open_zlib(void)
{
	return gzip_by(&inflate_zlib);
}

#if defined(HAVE_ISAL)
static void *
gzip_open_isal(void)
{
	return gzip_by(&inflate_isal);
}
#endif

#define GZIP(opener, stricter)                                                                     \
	{                                                                                          \
		.name = "gzip", .magic = "\x1f\x8b", .magic_n = 2, .library = "zlib",              \
		.strict = (stricter), .open = (opener), .step = gzip_step, .next = gzip_next,      \
		.in_trailer = gzip_in_trailer, .close = gzip_close                                 \
	}

const struct packing packing_gzip_zlib = GZIP(gzip_open_zlib, NULL);
#if defined(HAVE_ISAL)
const struct packing packing_gzip = GZIP(gzip_open_isal, &packing_gzip_zlib);
#else
const struct packing packing_gzip = GZIP(gzip_open_zlib, NULL);
#endif
