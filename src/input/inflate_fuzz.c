/*
 * inflate_fuzz.c - any bytes as a gzip file: the same bytes and the same end whatever the sizes of reads and writes,
 * and never more bytes than there was room for.  The engines agree on every byte and on how it ends, but for bytes given
 * too soon, which are told, and for codes that are not complete and yet give what the checksum wants.
 */
#include "input/inflate.h"
#include "input/unpacking.h"

#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST = 1 << 16 };

struct unpacked {
	char *p; /* MOST bytes, and one that nobody may touch */
	size_t n;
	enum file_end end;
	uint64_t trailing;
	bool overshot;
};

static void
unpack_by(const struct packing *p, int fd, size_t size, size_t chunk, size_t step,
	  struct unpacked *to)
{
	struct intake in = { .fd = fd, .size = size };
	struct unpacking u;
	size_t n;

	to->n = 0;
	to->p[MOST] = 'w';
	unpacking_start(&u, &in, p, chunk, 0);
	do {
		size_t room = min_size(step, MOST - to->n);

		n = unpacking_read(&u, to->p + to->n, room);
		if (n > room)
			BUG("%zu bytes where %zu were asked for", n, room);
		if (n < room && u.end == END_WHOLE && !u.over)
			BUG("fewer bytes than asked for, and no end");
		to->n += n;
	} while (n && to->n < MOST);
	if (to->p[MOST] != 'w')
		BUG("a byte behind the room");
	if (u.end == END_TRAILING && (u.trailing == 0 || u.trailing > size))
		BUG("%llu bytes behind the last member of %zu", (unsigned long long)u.trailing,
		    size);
	to->end = u.end;
	to->trailing = u.trailing;
	to->overshot = u.overshot;
	unpacking_stop(&u);
}

static void
want_same(const struct unpacked *a, const struct unpacked *b)
{
	size_t both = min_size(a->n, b->n);

	if (both && memcmp(a->p, b->p, both) != 0)
		BUG("other bytes");
	if (a->n == MOST || b->n == MOST)
		return;
	if (a->end != b->end || a->trailing != b->trailing ||
	    (a->n != b->n && !a->overshot && !b->overshot))
		BUG("%zu bytes and '%s', or %zu and '%s'", a->n, file_end_names[a->end], b->n,
		    file_end_names[b->end]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct unpacked first, other;
	static int fd = -1;
	/* ISA-L moves its window for every call: a byte at a time is the unit test's. */
	size_t step = size ? (size_t)data[size - 1] + 64 : 64;

	if (fd < 0) {
		fd = memfd_create("gzip", 0);
		first.p = xalloc(MOST + 1, 1);
		other.p = xalloc(MOST + 1, 1);
	}
	if (size > 65536 || ftruncate(fd, 0) != 0 || pwrite(fd, data, size, 0) != (ssize_t)size)
		return 0;
	unpack_by(&packing_gzip, fd, size, 0, MOST, &first);
	unpack_by(&packing_gzip, fd, size, 1, 4096, &other);
	want_same(&first, &other);
	unpack_by(&packing_gzip, fd, size, step, step, &other);
	want_same(&first, &other);
	unpack_by(&packing_gzip_zlib, fd, size, 7, step, &other);
	if (first.end != END_WHOLE)
		want_same(&first, &other);
	else if (other.n < MOST && other.end != END_WHOLE && other.end != END_DAMAGED)
		BUG("whole, or strictly '%s'", file_end_names[other.end]);
	return 0;
}
