/*
 * source.c - see source.h.
 */
#include "input/source.h"

#include "model/event.h"

enum { HEAD = 16 };

/* What begins like this is not a log we read: refused by name, not line by line. */
static const char *
foreign_kind(struct str head)
{
	static const struct {
		struct str bytes;
		const char *kind;
	} kinds[] = {
		{ { "PK\x03\x04", 4 }, "a zip archive; unpack it first" },
		{ { "7z\xbc\xaf\x27\x1c", 6 }, "a 7z archive; unpack it first" },
		{ { "\x1f\x9d", 2 }, "compressed with compress; unpack it first" },
		{ { "\x04\x22\x4d\x18", 4 }, "compressed with lz4; unpack it first" },
		{ { "sekisho part", 12 }, "a part: `sekisho merge` reads it" },
	};

	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (str_starts(head, kinds[i].bytes))
			return kinds[i].kind;
	}
	return NULL;
}

static int
refuse_kind(struct source *s, const char *path, struct str head, struct errors *err)
{
	const char *kind = foreign_kind(head);

	if (kind)
		return error_add(err, "cannot read '%s': it is %s", path, kind);
	if (s->packing && !s->packing->open)
		return error_add(err,
				 "cannot read '%s': it is compressed with %s, and this sekisho was "
				 "built without %s; unpack it, or build where %s is installed",
				 path, s->packing->name, s->packing->library, s->packing->library);
	return 0;
}

/* Events keep their offset in 40 bits; how much a stream unpacks to is seen when it is read. */
static int
refuse_size(const struct source *s, const char *path, struct errors *err)
{
	if (s->packing || s->intake.size == UINT64_MAX || s->intake.size <= WHERE_OFFSET_MOST)
		return 0;
	return error_add(err, "cannot read '%s': it is larger than a terabyte; split it", path);
}

int
source_open(struct source *s, const char *path, const struct reader_options *o, struct errors *err)
{
	char bytes[HEAD];
	struct str head = { .p = bytes };
	enum encoding encoding = o->encoding, bom;

	*s = (struct source){ 0 };
	if (intake_open(&s->intake, path, o->links, err) != 0)
		return -1;
	head.n = intake_head(&s->intake, bytes, sizeof(bytes));
	s->packing = packing_of(head);
	if (refuse_size(s, path, err) != 0 || refuse_kind(s, path, head, err) != 0) {
		intake_close(&s->intake);
		return -1;
	}
	bom = encoding_of_bom(head);
	if (bom != ENCODING_NONE)
		encoding = bom;
	s->streamed = s->packing || s->intake.size == UINT64_MAX ||
		      (encoding != ENCODING_NONE && encoding != ENCODING_UTF8);
	s->bom = !s->streamed && bom == ENCODING_UTF8 ? 3 : 0;
	return 0;
}
