/*
 * logfile.c - the names of buckets, notes and of the ways a file can end.
 */
#include "model/logfile.h"

const char *const bucket_names[BUCKET_COUNT] = {
	[BUCKET_BLANK] = "blank",
	[BUCKET_HEADER] = "header",
	[BUCKET_CONTINUATION] = "continuation",
	[BUCKET_REFUSED] = "refused",
	[BUCKET_DUPLICATE] = "duplicate",
	[BUCKET_OUT_OF_WINDOW] = "out_of_window",
	[BUCKET_LATE] = "late",
	[BUCKET_CONTEXT] = "context",
	[BUCKET_IGNORED] = "ignored",
	[BUCKET_ACCEPTED] = "accepted",
};

const char *const note_names[NOTE_COUNT] = {
	[NOTE_UNVERIFIED] = "unverified",   [NOTE_FUTURE] = "future",
	[NOTE_HEX_ESCAPES] = "hex_escapes", [NOTE_UNDECIDED] = "undecided",
	[NOTE_DISORDER_MS] = "disorder_ms",
};

const char *const file_end_names[END_COUNT] = {
	[END_WHOLE] = "whole",
	[END_NOT_OPENED] = "was not opened",
	[END_UNREADABLE] = "could not be read to its end",
	[END_SHRANK] = "shrank while it was read",
	[END_REWRITTEN] = "rewritten while it was read",
	[END_CUT] = "is cut short in the middle of a packed member",
	[END_CUT_TRAILER] = "is cut short in the checksum of its last member",
	[END_CHECKSUM] = "does not agree with its checksum",
	[END_DAMAGED] = "is damaged and does not unpack",
	[END_TRAILING] = "has bytes after the last member",
	[END_BOMB] =
		"unpacks to more times its size than --max-ratio allows; the rest was not read",
	[END_MEMORY] = "needs more than 128 MiB of memory to unpack",
	[END_TOO_LARGE] = "unpacks to more than a terabyte; split it",
	[END_NOT_KEPT] = "could not be kept in a temporary file; set TMPDIR to a folder with room",
};

struct str
logfile_end_words(struct arena *a, const struct logfile *f)
{
	if (f->end == END_CUT && f->packing)
		return arena_printf(a, "is cut short in the middle of a %s member", f->packing);
	if (f->end == END_CUT_TRAILER && f->packing)
		return arena_printf(a, "is cut short in the checksum of its last %s member",
				    f->packing);
	if (f->end == END_DAMAGED && f->packing)
		return arena_printf(a, "is damaged: its %s data does not unpack", f->packing);
	if (f->end == END_TRAILING && f->packing && f->trailing)
		return arena_printf(a,
				    "has %llu byte%s after the last %s member that are no %s data",
				    (unsigned long long)f->trailing, f->trailing == 1 ? "" : "s",
				    f->packing, f->packing);
	if (f->end == END_BOMB && f->max_ratio)
		return arena_printf(a,
				    "unpacks to more than %llu times its size; the rest was not "
				    "read, a greater --max-ratio would read it",
				    (unsigned long long)f->max_ratio);
	return str_of(file_end_names[f->end]);
}

void
notes_join(uint64_t note[NOTE_COUNT], const uint64_t more[NOTE_COUNT])
{
	uint64_t back = max_u64(note[NOTE_DISORDER_MS], more[NOTE_DISORDER_MS]);

	for (int n = 0; n < NOTE_COUNT; n++)
		note[n] += more[n];
	note[NOTE_DISORDER_MS] = back;
}
