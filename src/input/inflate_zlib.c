/*
 * inflate_zlib.c - raw deflate by zlib, which is always there.
 */
#include "input/inflate.h"

#include "base/error.h"

#include <limits.h>
#define ZLIB_CONST 1
#include <zlib.h>

static void *
zlib_open(void)
{
	z_stream *z = xalloc(1, sizeof(*z));

	if (inflateInit2(z, -MAX_WBITS) != Z_OK)
		BUG("zlib does not start: %s", z->msg ? z->msg : "no memory");
	return z;
}

static enum packed
zlib_step(void *state, struct flow *flow)
{
	z_stream *z = state;
	uInt in = (uInt)min_size(flow->in_n, INT_MAX), out = (uInt)min_size(flow->out_n, INT_MAX);
	int rc;

	z->next_in = flow->in;
	z->avail_in = in;
	z->next_out = flow->out;
	z->avail_out = out;
	rc = inflate(z, Z_NO_FLUSH);
	flow->in += in - z->avail_in;
	flow->in_n -= in - z->avail_in;
	flow->out += out - z->avail_out;
	flow->out_n -= out - z->avail_out;
	if (rc == Z_STREAM_END)
		return PACKED_ENDED;
	return rc == Z_OK || rc == Z_BUF_ERROR ? PACKED_MORE : PACKED_DAMAGED;
}

/* zlib gives back what it did not need. */
static size_t
zlib_left(void *state UNUSED, uint8_t *bytes UNUSED)
{
	return 0;
}

static uint32_t
zlib_crc(uint32_t crc, const uint8_t *p, size_t n)
{
	return (uint32_t)crc32_z(crc, p, n);
}

static void
zlib_reset(void *state)
{
	inflateReset((z_stream *)state);
}

static void
zlib_close(void *state)
{
	inflateEnd((z_stream *)state);
	free(state);
}

const struct inflate inflate_zlib = {
	.name = "zlib",
	.open = zlib_open,
	.step = zlib_step,
	.left = zlib_left,
	.crc = zlib_crc,
	.reset = zlib_reset,
	.close = zlib_close,
};
