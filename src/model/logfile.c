/*
 * logfile.c - the names of buckets and of the ways a file can end.
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

const char *const file_end_names[END_COUNT] = {
	[END_WHOLE] = "whole",
	[END_NOT_OPENED] = "was not opened",
	[END_UNREADABLE] = "could not be read to its end",
	[END_SHRANK] = "shrank while it was read",
	[END_REWRITTEN] = "rewritten while it was read",
};
