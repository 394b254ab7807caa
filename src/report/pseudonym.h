/*
 * pseudonym.h - a record without the names of accounts, people and consumers: keyed hashes in their place, or nothing.
 *
 * Raw lines and what was observed are left out, fingerprints are hashed with the key, and what stood in the order of
 * names stands in that of pseudonyms.  Organisations, systems, networks, terminals and files stay.
 */
#ifndef SEKISHO_REPORT_PSEUDONYM_H
#define SEKISHO_REPORT_PSEUDONYM_H

#include "base/hmac.h"
#include "base/out.h"
#include "model/record.h"

enum { PSEUDONYM_KEY_LEAST = 16 };

/* What stands in place of a name. */
struct str pseudonym_of(const struct hmac *key, struct str name, struct arena *a);

/* The lines of that record; without a key names are left out. */
void pseudonymise(const struct report_record *rec, const struct hmac *key, struct out *text);

#endif
