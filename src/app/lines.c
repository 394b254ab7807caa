/*
 * lines.c - see lines.h.
 */
#include "app/lines.h"

const struct refusal lines_torn = { .expected = "a closing quote within 65536 bytes" };
const struct refusal lines_too_long = { .expected = "a line of at most 65536 bytes",
					.byte = LINE_MOST };

struct reader *
lines_open(const struct source *source, struct str path, const struct reader_options *options,
	   struct errors *err)
{
	struct reader_options o = *options;

	o.encoding = source->encoding;
	return reader_open(path.p, &o, err);
}

void
lines_begin(struct line_reader *lr, const struct source *source, struct room room)
{
	lr->format = source->format;
	lines_move(lr);
	parsing_begin(&lr->parsing, source->format, source->plan, room);
}

void
lines_end(struct line_reader *lr)
{
	parsing_end(&lr->parsing, lr->format);
}

static uint32_t
newlines(const char *p, const char *end)
{
	uint32_t n = 0;

	for (; (p = find_byte(p, end, '\n')) < end; p++)
		n++;
	return n;
}

/* What is vouched for may end behind the block, or in the part of it that comes again with the next. */
void
lines_vouch(struct line_reader *lr, const struct reader *reader, const struct block *b,
	    uint64_t lines)
{
	uint64_t to = reader_proved(reader), end = b->offset + b->bytes.n + b->skipped;

	if (LIKELY(to == UINT64_MAX) || to <= lr->vouched.to || to < b->offset)
		return;
	lr->vouched.to = min_u64(to, end);
	lr->vouched.lines = lines;
	if (b->skipped)
		lr->vouched.lines += to >= end;
	else
		lr->vouched.lines +=
			newlines(b->bytes.p, b->bytes.p + (lr->vouched.to - b->offset));
}

uint64_t
lines_unverified(const struct line_reader *lr, struct reader *reader, uint64_t lines)
{
	enum file_end end = reader_end(reader);

	/* A member that ended behind the last block took all of it with it. */
	if (!reader_packing(reader) || end == END_WHOLE || end == END_TRAILING ||
	    reader_proved(reader) > lr->vouched.to)
		return 0;
	return lines - lr->vouched.lines;
}

/*
 * A line may leave a quote open however the quote before it stood (`a"b,"` does), so each of a thousand such lines would
 * make us look LINE_MOST bytes ahead.  But once a record was torn, a quote stood open at the end of every line up to
 * where we looked: from the next line that opens one, the way there is known.
 */
struct piece
lines_joined(struct line_reader *lr, struct str rest)
{
	struct piece p = lines_first(rest);
	bool open = lr->format->open(&lr->parsing, p.text, false);
	const char *known = NULL;

	if (open && lr->open_to && lr->open_to > rest.p + p.taken) {
		p.taken = (size_t)(lr->open_to - rest.p);
		known = lr->open_to;
		p.lines = 0;
	}
	while (open && p.taken < rest.n && p.taken <= LINE_MOST) {
		struct piece next = lines_first(str_skip(rest, p.taken));

		open = lr->format->open(&lr->parsing, next.text, true);
		p.text.n = (size_t)(next.text.p - rest.p) + next.text.n;
		p.taken += next.taken;
		p.lines++;
	}
	p.torn = open;
	if (UNLIKELY(open))
		lr->open_to = rest.p + p.taken;
	else if (UNLIKELY(known != NULL))
		p.lines += newlines(rest.p, known);
	return p;
}

enum bucket
line_read(struct line_reader *lr, struct str line, struct record *record, struct canon *canon,
	  struct refusal *why)
{
	if (UNLIKELY(line.n > LINE_MOST)) {
		*why = lines_too_long;
		return BUCKET_REFUSED;
	}
	switch (lr->format->parse(&lr->parsing, line, record, why)) {
	case PARSED_NOTHING:
		return BUCKET_BLANK;
	case PARSED_HEADER:
		return BUCKET_HEADER;
	case PARSED_REFUSED:
		return BUCKET_REFUSED;
	case PARSED_EVENT:
		break;
	}
	if (UNLIKELY(record->ts < lr->since || record->ts >= lr->until))
		return BUCKET_OUT_OF_WINDOW;
	if (UNLIKELY(record->ts < lr->late))
		return BUCKET_LATE;
	if (lr->fields_only)
		return BUCKET_ACCEPTED;
	canon_line(lr->matcher, lr->system, record, &lr->parsing.room, canon);
	if (UNLIKELY(canon->refused)) {
		*why = (struct refusal){ .expected = canon->refused };
		return BUCKET_REFUSED;
	}
	return BUCKET_ACCEPTED;
}
