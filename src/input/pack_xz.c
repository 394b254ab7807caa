/*
 * pack_xz.c - one xz stream, where a build has liblzma.
 */
#include "input/packing.h"

#if defined(HAVE_XZ)

#include "base/error.h"

#include <lzma.h>

static void
xz_next(void *state)
{
	/* Started again, it keeps its memory. */
	if (lzma_stream_decoder(state, PACKING_MEMORY, 0) != LZMA_OK)
		BUG("liblzma does not start");
}

static void *
xz_open(void)
{
	static const lzma_stream start = LZMA_STREAM_INIT;
	lzma_stream *z = xalloc(1, sizeof(*z));

	*z = start;
	xz_next(z);
	return z;
}

static enum packed
xz_result(lzma_ret rc)
{
	if (rc == LZMA_STREAM_END)
		return PACKED_ENDED;
	if (rc == LZMA_MEMLIMIT_ERROR)
		return PACKED_MEMORY;
	if (rc == LZMA_MEM_ERROR)
		BUG("no memory for liblzma");
	return rc == LZMA_OK || rc == LZMA_BUF_ERROR ? PACKED_MORE : PACKED_DAMAGED;
}

static enum packed
xz_step(void *state, struct flow *flow)
{
	lzma_stream *z = state;
	lzma_ret rc;

	z->next_in = flow->in;
	z->avail_in = flow->in_n;
	z->next_out = flow->out;
	z->avail_out = flow->out_n;
	rc = lzma_code(z, LZMA_RUN);
	flow->in += flow->in_n - z->avail_in;
	*flow = (struct flow){ flow->in, z->avail_in, z->next_out, z->avail_out };
	return xz_result(rc);
}

static void
xz_close(void *state)
{
	lzma_end(state);
	free(state);
}

#else
#define xz_open NULL
#define xz_step NULL
#define xz_next NULL
#define xz_close NULL
#endif

extern const struct packing packing_xz;
const struct packing packing_xz = {
	.name = "xz",
	.magic = "\xfd\x37zXZ\x00",
	.magic_n = 6,
	.library = "liblzma",
	.open = xz_open,
	.step = xz_step,
	.next = xz_next,
	.close = xz_close,
};
