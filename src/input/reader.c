/*
 * reader.c - one face for plain files and streams: see reader.h.
 */
#include "input/reader.h"

#include "input/plain.h"
#include "input/source.h"
#include "input/streamed.h"
#include "input/unpacking.h"

struct reader {
	struct source source;
	struct plain *plain; /* one of the two */
	struct streamed streamed;
	uint64_t max_ratio;
};

struct reader *
reader_open(const char *path, const struct reader_options *o, struct errors *err)
{
	struct source source;
	struct reader *r;

	if (source_open(&source, path, o, err) != 0)
		return NULL;
	r = xalloc(1, sizeof(*r));
	r->source = source;
	r->max_ratio = o->max_ratio ? o->max_ratio : MAX_RATIO;
	if (source.streamed)
		r->streamed.stream = stream_new(&source.intake, source.packing, o);
	else
		r->plain = plain_new(&source.intake, o, source.bom);
	return r;
}

uint64_t
reader_size(const struct reader *r)
{
	return r->plain ? r->source.intake.size : UINT64_MAX;
}

uint64_t
reader_packed(const struct reader *r)
{
	return r->source.intake.size;
}

void
reader_range(struct reader *r, uint64_t from, uint64_t to)
{
	if (r->plain)
		plain_range(r->plain, from, to);
	else if (from)
		BUG("a range of a stream");
}

bool
reader_next(struct reader *r, struct block *out)
{
	return r->plain ? plain_next(r->plain, out) : streamed_next(&r->streamed, out);
}

bool
reader_again(struct reader *r, size_t n)
{
	return r->plain ? plain_again(r->plain, n) : streamed_again(&r->streamed, n);
}

bool
reader_held(const struct reader *r)
{
	return !r->plain || plain_held(r->plain);
}

uint64_t
reader_proved(const struct reader *r)
{
	return r->plain ? UINT64_MAX : stream_proved(r->streamed.stream);
}

enum file_end
reader_end(struct reader *r)
{
	return r->plain ? plain_end(r->plain) : r->streamed.end;
}

uint64_t
reader_taken(const struct reader *r)
{
	return r->plain ? 0 : stream_taken(r->streamed.stream);
}

const char *
reader_packing(const struct reader *r)
{
	return r->source.packing ? r->source.packing->name : NULL;
}

uint64_t
reader_trailing(const struct reader *r)
{
	return r->streamed.over ? stream_trailing(r->streamed.stream) : 0;
}

uint64_t
reader_max_ratio(const struct reader *r)
{
	return r->max_ratio;
}

bool
reader_overshot(const struct reader *r)
{
	return r->streamed.over && stream_overshot(r->streamed.stream);
}

void
reader_close(struct reader *r)
{
	if (!r)
		return;
	if (r->plain)
		plain_close(r->plain);
	else
		stream_free(r->streamed.stream);
	free(r);
}
