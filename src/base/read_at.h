/*
 * read_at.h - reads at a place of a file, through interruptions and short reads.
 */
#ifndef SEKISHO_BASE_READ_AT_H
#define SEKISHO_BASE_READ_AT_H

#include "base/cc.h"

/* How many bytes; fewer than n at the file's end, or where it cannot be read: then *failed is the errno, else 0. */
size_t read_at(int fd, void *out, size_t n, uint64_t at, int *failed);

/* All n of them, or false, with errno 0 where the file is shorter. */
bool read_all_at(int fd, void *out, size_t n, uint64_t at);

#endif
