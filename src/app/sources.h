/*
 * sources.h - how each system of the register is read: its format, prepared with what the policy says of it.
 */
#ifndef SEKISHO_APP_SOURCES_H
#define SEKISHO_APP_SOURCES_H

#include "base/encoding.h"
#include "model/format.h"
#include "model/policy.h"

struct source {
	const struct format *format;
	const void *plan;
	enum encoding encoding;
};

/*
 * One a system, in the register's order.  -1 with every mistake told; a source without a format is then one of those
 * that are wrong.
 */
int sources_read(const struct policy *p, struct arena *a, struct source **out, struct errors *err);

/* The same where nothing can be done with some of them: NULL. */
const struct source *sources_of(const struct policy *p, struct arena *a, struct errors *err);

/*
 * One source from what stands behind `format:`, by nothing but the usual names: for --detect and samples.  As if the
 * policy said a zone and a year; NULL and 0 say neither.
 */
int source_tried(struct str spec, const struct zone *zone, int year, struct arena *a,
		 struct source *out, struct errors *err);

#endif
