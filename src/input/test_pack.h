/*
 * test_pack.h - for tests: packs texts by the libraries' own encoders, and keeps files to read them from.
 */
#ifndef SEKISHO_INPUT_TEST_PACK_H
#define SEKISHO_INPUT_TEST_PACK_H

#include "base/test_wall.h"

#include "base/mem.h"

#include <fcntl.h>
#define ZLIB_CONST 1
#include <zlib.h>
#if defined(HAVE_ZSTD)
#include <zstd.h>
#endif
#if defined(HAVE_XZ)
#include <lzma.h>
#endif
#if defined(HAVE_BZIP2)
#include <bzlib.h>
#endif

static inline void
put_text(char *to, struct str text)
{
	memcpy(to, text.p, text.n);
}

static inline size_t
gzip_text(struct str text, char *out, size_t room)
{
	z_stream z = { .next_in = (const Bytef *)text.p,
		       .avail_in = (uInt)text.n,
		       .next_out = (Bytef *)out,
		       .avail_out = (uInt)room };

	assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY),
			 Z_OK);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	deflateEnd(&z);
	return room - z.avail_out;
}

/* A header with everything in it: extra bytes, name, comment and its checksum. */
static inline size_t
gzip_text_with_names(struct str text, char *out, size_t room)
{
	gz_header head = { .hcrc = 1, .extra_len = 5 };
	z_stream z = { .next_in = (const Bytef *)text.p, .avail_in = (uInt)text.n };
	char *names = out + room - 64;

	memcpy(names, "\0\1\2\3\4\0\0\0a.l\0note", 17);
	head.extra = (Bytef *)names;
	head.name = (Bytef *)names + 8;
	head.comment = (Bytef *)names + 12;
	z.next_out = (Bytef *)out;
	z.avail_out = (uInt)(room - 64);
	assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY),
			 Z_OK);
	assert_int_equal(deflateSetHeader(&z, &head), Z_OK);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	deflateEnd(&z);
	return room - 64 - z.avail_out;
}

#if defined(HAVE_ZSTD)
static inline size_t
zstd_text(struct str text, char *out, size_t room)
{
	ZSTD_CCtx *z = ZSTD_createCCtx();
	size_t n;

	ZSTD_CCtx_setParameter(z, ZSTD_c_checksumFlag, 1);
	n = ZSTD_compress2(z, out, room, text.p, text.n);
	assert_false(ZSTD_isError(n));
	ZSTD_freeCCtx(z);
	return n;
}
#endif

#if defined(HAVE_XZ)
static inline size_t
xz_text(struct str text, char *out, size_t room)
{
	size_t n = 0;

	assert_int_equal(lzma_easy_buffer_encode(1, LZMA_CHECK_CRC32, NULL, (const uint8_t *)text.p,
						 text.n, (uint8_t *)out, &n, room),
			 LZMA_OK);
	return n;
}
#endif

#if defined(HAVE_BZIP2)
static inline size_t
bzip2_text(struct str text, char *out, size_t room)
{
	unsigned n = (unsigned)room;
	char *only_read; /* which the library does not say */

	memcpy(&only_read, &text.p, sizeof(only_read));
	assert_int_equal(BZ2_bzBuffToBuffCompress(out, &n, only_read, (unsigned)text.n, 1, 0, 0),
			 BZ_OK);
	return n;
}
#endif

struct packer {
	const char *name;
	size_t (*pack)(struct str text, char *out, size_t room);
};

static const struct packer packers[] = {
	{ "gzip", gzip_text },
#if defined(HAVE_ZSTD)
	{ "zstd", zstd_text },
#endif
#if defined(HAVE_XZ)
	{ "xz", xz_text },
#endif
#if defined(HAVE_BZIP2)
	{ "bzip2", bzip2_text },
#endif
};

/* One temporary file a test program. */
static char pack_path[] = "/tmp/sekisho-pack-XXXXXX";
static int pack_fd = -1;

static inline int
pack_file_make(void **state UNUSED)
{
	pack_fd = mkstemp(pack_path);
	return pack_fd < 0 ? -1 : 0;
}

static inline int
pack_file_remove(void **state UNUSED)
{
	close(pack_fd);
	return unlink(pack_path);
}

static inline void
pack_file_set(struct str bytes)
{
	assert_int_equal(ftruncate(pack_fd, 0), 0);
	for (size_t at = 0; at < bytes.n;) {
		ssize_t n = pwrite(pack_fd, bytes.p + at, bytes.n - at, (off_t)at);

		assert_true(n > 0);
		at += (size_t)n;
	}
}

/* Lines like those of a log, between 0 and 250 bytes. */
static inline size_t
log_text(struct dice *d, char *p, size_t room)
{
	static const char words[] =
		"GET /consumers/2200000000 contract 10.1.0.7 pg0001 HTTP/1.1 200";
	size_t n = 0;

	while (n < room) {
		size_t length = min_size(throw_of(d, 20) ? throw_of(d, 250) : 0, room - n);

		for (size_t i = 0; i < length; i++)
			p[n + i] = throw_of(d, 9) ? words[(n + i) % (sizeof(words) - 1)]
						  : (char)('0' + throw_of(d, 10));
		n += length;
		if (n < room)
			p[n++] = '\n';
	}
	return n;
}

#endif
