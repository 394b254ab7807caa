/*
 * records.c - see records.h.
 */
#include "app/records.h"

#include "app/progress.h"

/* A file at hand; `row` is filled in but for what differs from record to record. */
struct reading {
	const struct records *records;
	struct logfile *file;
	struct line_reader lr;
	struct row row;
	struct record record;
	struct canon canon;
	struct refusal why;
};

static bool
read_record(struct reading *at, struct piece piece, uint64_t offset)
{
	struct logfile *f = at->file;
	enum bucket bucket = BUCKET_REFUSED;

	at->row.line = f->lines + 1;
	at->row.offset = offset;
	at->row.raw = piece.text;
	at->lr.parsing.room.used = 0;
	if (UNLIKELY(piece.torn))
		at->why = lines_torn;
	else
		bucket = line_read(&at->lr, piece.text, &at->record, &at->canon, &at->why);
	f->lines += piece.lines;
	f->bucket[bucket]++;
	f->bucket[BUCKET_CONTINUATION] += piece.lines - 1;
	if (LIKELY(bucket == BUCKET_ACCEPTED)) {
		f->note[NOTE_FUTURE] += at->record.ts > at->records->future;
		line_order_add(&f->order, at->record.ts);
		if (!at->records->rows)
			return true;
	}
	return at->records->take(at->records->arg, &at->row, bucket, &at->why);
}

static bool
read_block(struct reading *at, struct reader *reader, const struct block *b)
{
	struct str rest = b->bytes;

	lines_move(&at->lr);
	while (rest.n) {
		struct piece piece = lines_record(&at->lr, rest);

		if (UNLIKELY(piece.torn)) {
			if (piece.taken == rest.n && rest.n <= LINE_MOST &&
			    reader_again(reader, rest.n))
				return true;
			piece = lines_first(rest);
			piece.torn = true;
		}
		if (!read_record(at, piece, b->offset + (uint64_t)(rest.p - b->bytes.p)))
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
	f->note[NOTE_DISORDER_MS] = (uint64_t)f->order.back;
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

static void
read_all(struct reading *at, const struct logfile *file, struct reader *reader)
{
	uint64_t done = 0, lines = file->lines;
	struct block b;
	bool wanted = true;

	reader_range(reader, 0, UINT64_MAX);
	while (wanted && reader_next(reader, &b)) {
		uint64_t taken = reader_taken(reader);

		lines_vouch(&at->lr, reader, &b, file->lines);
		wanted = b.skipped ? skip_line(at->records, at->file, b.offset)
				   : read_block(at, reader, &b);
		taken = taken ? taken : b.offset + b.bytes.n + b.skipped;
		progress_add(taken - done, file->lines - lines);
		done = taken;
		lines = file->lines;
	}
}

void
records_read(const struct records *r, struct logfile *f, struct errors *trouble)
{
	const struct source *source = &r->source[f->system];
	struct reader *reader = lines_open(source, f->path, r->reader, trouble);
	struct reading at UNINITIALIZED;

	if (!reader)
		return;
	at.records = r;
	at.file = f;
	at.lr = (struct line_reader){ .system = f->system,
				      .matcher = r->matcher,
				      .since = r->since,
				      .until = r->until,
				      .late = INT64_MIN,
				      .fields_only = !r->rows &&
						     !canon_may_refuse(r->matcher, f->system) };
	at.row = (struct row){ .file = f,
			       .policy = r->policy,
			       .record = &at.record,
			       .canon = &at.canon,
			       .room = &at.lr.parsing.room };
	lines_begin(&at.lr, source, (struct room){ .p = r->room, .size = ROOM_LEAST });
	read_all(&at, f, reader);
	note_end(f, reader, &at.lr, trouble);
	reader_close(reader);
}
