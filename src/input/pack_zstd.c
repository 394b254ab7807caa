/*
 * pack_zstd.c - one zstd frame, or a skippable one, where a build has libzstd.
 */
#include "input/packing.h"

#if defined(HAVE_ZSTD)

#include "base/error.h"

#include <zstd.h>
#include <zstd_errors.h>

static void *
zstd_open(void)
{
	ZSTD_DCtx *z = ZSTD_createDCtx();

	/* 2^27 is PACKING_MEMORY. */
	if (!z || ZSTD_isError(ZSTD_DCtx_setParameter(z, ZSTD_d_windowLogMax, 27)))
		BUG("libzstd does not start");
	return z;
}

static enum packed
zstd_result(size_t rc)
{
	if (!ZSTD_isError(rc))
		return rc == 0 ? PACKED_ENDED : PACKED_MORE;
	if (ZSTD_getErrorCode(rc) == ZSTD_error_checksum_wrong)
		return PACKED_CHECKSUM;
	if (ZSTD_getErrorCode(rc) == ZSTD_error_frameParameter_windowTooLarge)
		return PACKED_MEMORY;
	return PACKED_DAMAGED;
}

static enum packed
zstd_step(void *state, struct flow *flow)
{
	ZSTD_inBuffer in = { flow->in, flow->in_n, 0 };
	ZSTD_outBuffer out = { flow->out, flow->out_n, 0 };
	size_t rc = ZSTD_decompressStream(state, &out, &in);

	*flow = (struct flow){ flow->in + in.pos, flow->in_n - in.pos, flow->out + out.pos,
			       flow->out_n - out.pos };
	return zstd_result(rc);
}

static void
zstd_next(void *state)
{
	ZSTD_DCtx_reset(state, ZSTD_reset_session_only);
}

static void
zstd_close(void *state)
{
	ZSTD_freeDCtx(state);
}

#else
#define zstd_open NULL
#define zstd_step NULL
#define zstd_next NULL
#define zstd_close NULL
#endif

/* Sixteen kinds of frames hold notes and no text; parallel writers begin with one. */
static bool
zstd_skippable(const uint8_t *in)
{
	return (in[0] & 0xf0) == 0x50 && in[1] == 0x2a && in[2] == 0x4d && in[3] == 0x18;
}

extern const struct packing packing_zstd;
const struct packing packing_zstd = {
	.name = "zstd",
	.magic = "\x28\xb5\x2f\xfd",
	.magic_n = 4,
	.library = "libzstd",
	.begins = zstd_skippable,
	.open = zstd_open,
	.step = zstd_step,
	.next = zstd_next,
	.close = zstd_close,
};
