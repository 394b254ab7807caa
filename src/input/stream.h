/*
 * stream.h - an input that must be unpacked, turned to UTF-8 or both, as a view that slides over its bytes.
 *
 *     intake -> unpacking -> encoding -> [buffers between two threads] -> view
 *
 * The work is done on a thread of the stream's own, some buffers ahead of whoever looks at the view.
 */
#ifndef SEKISHO_INPUT_STREAM_H
#define SEKISHO_INPUT_STREAM_H

#include "input/reader.h"
#include "input/unpacking.h"

enum { STREAM_KEEP = 2 * 64 * 1024 + 64 };

struct stream;

/*
 * Takes over the intake.  Of the options, the window is what a buffer holds.  Nothing is read before the first
 * stream_more().
 */
struct stream *stream_new(const struct intake *in, const struct packing *packing,
			  const struct reader_options *o);

/* The view becomes its own last `keep` bytes (at most STREAM_KEEP) and some more.  False: it ended; the view stays. */
bool stream_more(struct stream *s, size_t keep);

struct str stream_view(const struct stream *s);
uint64_t stream_offset(const struct stream *s); /* of the view: bytes after unpacking and turning */

/* Of the text up to the end of the view: so much is vouched for by checksums so far; UINT64_MAX: it is not packed. */
uint64_t stream_proved(const struct stream *s);

/* Bytes of the input that were taken when the view was made. */
uint64_t stream_taken(const struct stream *s);

/* After stream_more() said false. */
enum file_end stream_end(const struct stream *s);
uint64_t stream_trailing(const struct stream *s);
bool stream_overshot(const struct stream *s);

void stream_free(struct stream *s);

#endif
