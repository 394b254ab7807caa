/*
 * plain.h - blocks of whole lines of a plain file: reader.h for what can be read in ranges.
 */
#ifndef SEKISHO_INPUT_PLAIN_H
#define SEKISHO_INPUT_PLAIN_H

#include "input/intake.h"
#include "input/reader.h"

struct plain;

/* Takes over the intake's descriptor; the first `bom` bytes belong to no line. */
struct plain *plain_new(const struct intake *in, const struct reader_options *o, size_t bom);
void plain_range(struct plain *r, uint64_t from, uint64_t to);
bool plain_next(struct plain *r, struct block *out);
bool plain_again(struct plain *r, size_t n);
bool plain_held(const struct plain *r);
enum file_end plain_end(struct plain *r);
void plain_close(struct plain *r);

#endif
