/*
 * encoding_fuzz.c - any bytes as text of any encoding: what comes out is UTF-8, however the text is cut; what was
 * UTF-8 comes out as it was; nothing is mended without being counted; no byte of ASCII is lost or made.
 *
 * The first byte of the input chooses the encoding, the second how the text is cut.
 */
#include "base/encoding.h"
#include "base/error.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TEXT_MOST = 1 << 16 };

/* Each piece and its output lie in blocks of just their size, for the sanitizers. */
static size_t
turn(struct transcoder *t, const uint8_t *in, size_t n, char *to)
{
	char *piece = xalloc(n, 1), *out = xalloc(TRANSCODE_ROOM(n), 1);
	size_t made;

	if (n)
		memcpy(piece, in, n);
	made = transcode(t, piece, n, out);
	if (made > TRANSCODE_ROOM(n))
		BUG("%zu bytes became %zu", n, made);
	memcpy(to, out, made);
	free(out);
	free(piece);
	return made;
}

/* In pieces of `cut` bytes and a bit, never the same twice in a row; 0: whole. */
static struct str
turn_all(struct transcoder *t, struct str in, unsigned cut, char *to)
{
	const uint8_t *p = (const uint8_t *)in.p;
	size_t n = 0;

	for (size_t at = 0; at < in.n;) {
		size_t piece = cut ? 1 + (at * 7 + cut) % cut : in.n;

		piece = min_size(piece, in.n - at);
		n += turn(t, p + at, piece, to + n);
		at += piece;
	}
	n += turn(t, NULL, 0, to + n);
	return (struct str){ .p = to, .n = n };
}

/* How often each byte of ASCII that ends or parts cells and lines is there. */
static void
check_stops(struct str in, struct str out)
{
	static const char stops[] = ",\t\"\n\r";

	for (size_t i = 0; i < sizeof(stops); i++) {
		int64_t more = 0;

		for (size_t at = 0; at < in.n; at++)
			more -= in.p[at] == stops[i];
		for (size_t at = 0; at < out.n; at++)
			more += out.p[at] == stops[i];
		if (more)
			BUG("%lld more bytes 0x%02x than there were", (long long)more,
			    (unsigned)stops[i]);
	}
}

static void
check_utf8(struct str in, struct str out, uint64_t bad)
{
	bool valid = utf8_valid(in);
	struct str text = str_starts(in, STR("\xef\xbb\xbf")) ? str_skip(in, 3) : in;

	if (valid != (bad == 0))
		BUG("%s UTF-8 has %llu mistakes", valid ? "valid" : "broken",
		    (unsigned long long)bad);
	if (valid && !str_eq(text, out))
		BUG("valid UTF-8 does not stay as it is");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct transcoder whole = { 0 }, cut = { 0 };
	struct str in, a, b;
	char *room[2];

	if (size < 2 || size > TEXT_MOST)
		return 0;
	in = (struct str){ .p = (const char *)data + 2, .n = size - 2 };
	whole.from = cut.from = (enum encoding)(data[0] % ENCODING_COUNT);
	for (size_t i = 0; i < COUNT(room); i++)
		room[i] = xalloc(TRANSCODE_ROOM(in.n) + TRANSCODE_ROOM(0), 1);
	a = turn_all(&whole, in, 0, room[0]);
	b = turn_all(&cut, in, data[1] % 32u + 1, room[1]);
	if (!str_eq(a, b) || whole.bad != cut.bad)
		BUG("a text that is cut is another");
	if (whole.held_count || cut.held_count)
		BUG("half a character is held behind the end");
	if (data[0] % ENCODING_COUNT != ENCODING_NONE && !utf8_valid(a))
		BUG("what comes out is not UTF-8");
	if (data[0] % ENCODING_COUNT <= ENCODING_EUC_JP)
		check_stops(in, a);
	if (data[0] % ENCODING_COUNT == ENCODING_UTF8)
		check_utf8(in, a, whole.bad);
	for (size_t i = 0; i < COUNT(room); i++)
		free(room[i]);
	return 0;
}
