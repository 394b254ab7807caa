/*
 * ndjson_own.h - parts of the run record; for ndjson_*.c alone.
 */
#ifndef SEKISHO_REPORT_NDJSON_OWN_H
#define SEKISHO_REPORT_NDJSON_OWN_H

#include "report/ndjson.h"

void ndjson_rules(struct out *o, const struct report_input *in);
/* Without a history nothing. */
void ndjson_nights(struct out *o, const struct run_nights *n);
void ndjson_systems(struct out *o, const struct report_input *in);

/* Half-open; null where it is open. */
void ndjson_span(struct out *o, const char *from_name, int64_t from, const char *to_name,
		 int64_t to);
void ndjson_buckets(struct out *o, const uint64_t *bucket);

#endif
