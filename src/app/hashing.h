/*
 * hashing.h - SHA-256 of the inputs on a thread of its own, beside the parsing.
 */
#ifndef SEKISHO_APP_HASHING_H
#define SEKISHO_APP_HASHING_H

#include "facts/facts.h"
#include "input/opening.h"

struct hashing;

/* Files [from, to) of the facts; their `sha256` is filled by hashing_join(), where it is not there already. */
struct hashing *hashing_start(struct facts *f, uint32_t from, uint32_t to, enum links links);

/* Any thread: a file is not worth reading to its end, and gets no digest. */
void hashing_leave(struct hashing *h, uint32_t file);

void hashing_join(struct hashing *h);

#endif
