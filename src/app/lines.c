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
	parsing_begin(&lr->parsing, source->format, source->plan, room);
}

void
lines_end(struct line_reader *lr)
{
	parsing_end(&lr->parsing, lr->format);
}

/*
 * Each line is looked at once: who opens a quote and never closes it makes us look ahead LINE_MOST bytes, but then
 * there is no quote in them that could make us do it again.
 */
struct piece
lines_joined(const struct line_reader *lr, struct str rest)
{
	struct piece p = lines_first(rest);
	bool open = lr->format->open(&lr->parsing, p.text, false);

	while (open && p.taken < rest.n && p.taken <= LINE_MOST) {
		struct piece next = lines_first(str_skip(rest, p.taken));

		open = lr->format->open(&lr->parsing, next.text, true);
		p.text.n = (size_t)(next.text.p - rest.p) + next.text.n;
		p.taken += next.taken;
		p.lines++;
	}
	p.torn = open;
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
	canon_line(lr->matcher, lr->system, record, &lr->parsing.room, canon);
	if (UNLIKELY(canon->refused)) {
		*why = (struct refusal){ .expected = canon->refused };
		return BUCKET_REFUSED;
	}
	return BUCKET_ACCEPTED;
}
