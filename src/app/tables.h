/*
 * tables.h - the plugs: every format, detector and report there is, from their .def lists.
 */
#ifndef SEKISHO_APP_TABLES_H
#define SEKISHO_APP_TABLES_H

#include "model/detector.h"
#include "model/format.h"
#include "model/report.h"

extern const struct detector *const detectors[];
extern const size_t detector_count;

const struct format *format_named(struct str name);
const struct report *report_named(struct str name);
void report_names(struct out *o); /* "ndjson, null, text" */
const struct format *const *format_list(size_t *count);
const char *const *format_name_list(size_t *count);
const char *const *ledger_name_list(size_t *count);

#endif
