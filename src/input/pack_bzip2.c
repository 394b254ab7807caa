/*
 * pack_bzip2.c - one bzip2 stream, where a build has libbz2.
 */
#include "input/packing.h"

#if defined(HAVE_BZIP2)

#include "base/error.h"

#include <bzlib.h>
#include <limits.h>

static void
bzip2_start(bz_stream *z)
{
	if (BZ2_bzDecompressInit(z, 0, 0) != BZ_OK)
		BUG("libbz2 does not start");
}

static void *
bzip2_open(void)
{
	bz_stream *z = xalloc(1, sizeof(*z));

	bzip2_start(z);
	return z;
}

static enum packed
bzip2_step(void *state, struct flow *flow)
{
	bz_stream *z = state;
	unsigned in = (unsigned)min_size(flow->in_n, INT_MAX);
	unsigned out = (unsigned)min_size(flow->out_n, INT_MAX);
	int rc;

	z->next_in = (char *)flow->in;
	z->avail_in = in;
	z->next_out = (char *)flow->out;
	z->avail_out = out;
	rc = BZ2_bzDecompress(z);
	flow->in += in - z->avail_in;
	flow->in_n -= in - z->avail_in;
	flow->out += out - z->avail_out;
	flow->out_n -= out - z->avail_out;
	if (rc == BZ_STREAM_END)
		return PACKED_ENDED;
	if (rc == BZ_MEM_ERROR)
		BUG("no memory for libbz2");
	return rc == BZ_OK ? PACKED_MORE : PACKED_DAMAGED;
}

static void
bzip2_next(void *state)
{
	bz_stream *z = state;

	BZ2_bzDecompressEnd(z);
	*z = (bz_stream){ 0 };
	bzip2_start(z);
}

static void
bzip2_close(void *state)
{
	BZ2_bzDecompressEnd(state);
	free(state);
}

#else
#define bzip2_open NULL
#define bzip2_step NULL
#define bzip2_next NULL
#define bzip2_close NULL
#endif

extern const struct packing packing_bzip2;
const struct packing packing_bzip2 = {
	.name = "bzip2",
	.magic = "BZh",
	.magic_n = 3,
	.library = "libbz2",
	.open = bzip2_open,
	.step = bzip2_step,
	.next = bzip2_next,
	.close = bzip2_close,
};
