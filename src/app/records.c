/*
 * records.c - see records.h.
 */
#include "app/records.h"

static bool
read_record(const struct records *r, struct logfile *f, struct line_reader *lr, struct piece piece,
	    uint64_t offset)
{
	struct record record UNINITIALIZED;
	struct canon canon UNINITIALIZED;
	struct refusal why = lines_torn;
	enum bucket bucket = BUCKET_REFUSED;
	struct row row = { .file = f,
			   .policy = r->policy,
			   .line = f->lines + 1,
			   .offset = offset,
			   .raw = piece.text,
			   .record = &record,
			   .canon = &canon,
			   .room = &lr->parsing.room };

	lr->parsing.room.used = 0;
	if (!piece.torn)
		bucket = line_read(lr, piece.text, &record, &canon, &why);
	f->lines += piece.lines;
	f->bucket[bucket]++;
	f->bucket[BUCKET_CONTINUATION] += piece.lines - 1;
	return r->take(r->arg, &row, bucket, &why);
}

static bool
read_block(const struct records *r, struct logfile *f, struct line_reader *lr,
	   struct reader *reader, const struct block *b)
{
	struct str rest = b->bytes;

	lines_move(lr);
	while (rest.n) {
		struct piece piece = lines_record(lr, rest);

		if (piece.torn && piece.taken == rest.n && rest.n <= LINE_MOST &&
		    reader_again(reader, rest.n))
			return true;
		if (piece.torn) {
			piece = lines_first(rest);
			piece.torn = true;
		}
		if (!read_record(r, f, lr, piece, b->offset + (uint64_t)(rest.p - b->bytes.p)))
			return false;
		rest = str_skip(rest, piece.taken);
	}
	return true;
}

static bool
skip_line(const struct records *r, struct logfile *f, uint64_t offset)
{
	struct row row = { .file = f, .line = ++f->lines, .offset = offset };

	f->bucket[BUCKET_REFUSED]++;
	return r->take(r->arg, &row, BUCKET_REFUSED, &lines_too_long);
}

static void
note_end(struct logfile *f, struct reader *reader, struct line_reader *lr, struct errors *trouble)
{
	f->end = reader_end(reader);
	f->note[NOTE_HEX_ESCAPES] = lr->parsing.hex;
	f->note[NOTE_UNDECIDED] = lr->parsing.undecided;
	f->note[NOTE_UNVERIFIED] = lines_unverified(lr, reader, f->lines);
	lines_end(lr);
	f->packing = reader_packing(reader);
	f->trailing = reader_trailing(reader);
	f->max_ratio = reader_max_ratio(reader);
	if (f->end != END_WHOLE) {
		struct arena words = { 0 };

		error_add(trouble, "'" STR_FMT "' " STR_FMT, STR_ARG(f->path),
			  STR_ARG(logfile_end_words(&words, f)));
		arena_free(&words);
	}
}

void
records_read(const struct records *r, struct logfile *f, struct errors *trouble)
{
	const struct source *source = &r->source[f->system];
	struct reader *reader = lines_open(source, f->path, r->reader, trouble);
	struct line_reader lr = { .system = f->system,
				  .matcher = r->matcher,
				  .since = r->since,
				  .until = r->until,
				  .fields_only = r->fields_only &&
						 !canon_may_refuse(r->matcher, f->system) };
	struct block b;
	bool wanted = true;

	if (!reader)
		return;
	lines_begin(&lr, source, (struct room){ .p = r->room, .size = ROOM_LEAST });
	reader_range(reader, 0, UINT64_MAX);
	while (wanted && reader_next(reader, &b)) {
		lines_vouch(&lr, reader, &b, f->lines);
		wanted = b.skipped ? skip_line(r, f, b.offset) : read_block(r, f, &lr, reader, &b);
	}
	note_end(f, reader, &lr, trouble);
	reader_close(reader);
}
