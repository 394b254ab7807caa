/*
 * lines.c - see lines.h.
 */
#include "app/lines.h"

#include "input/reader.h"

enum bucket
line_read(struct line_reader *lr, struct str line, struct record *record, struct canon *canon,
	  struct refusal *why)
{
	if (UNLIKELY(line.n > LINE_MOST)) {
		*why = (struct refusal){ .expected = "a line of at most 65536 bytes",
					 .byte = LINE_MOST };
		return BUCKET_REFUSED;
	}
	switch (lr->format->parse(line, &lr->clock, record, why)) {
	case PARSED_NOTHING:
		return BUCKET_BLANK;
	case PARSED_REFUSED:
		return BUCKET_REFUSED;
	case PARSED_EVENT:
		break;
	}
	if (UNLIKELY(record->ts < lr->since || record->ts >= lr->until))
		return BUCKET_OUT_OF_WINDOW;
	canon_line(lr->matcher, lr->system, record, canon);
	if (UNLIKELY(canon->limit)) {
		*why = (struct refusal){
			.expected = "a line the policy's patterns can decide within their limits"
		};
		return BUCKET_REFUSED;
	}
	return BUCKET_ACCEPTED;
}
