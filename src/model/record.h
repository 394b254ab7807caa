/*
 * record.h - what a run leaves: the finding records, the survey and the run record, as they stand in NDJSON.
 *
 *     judgement -> NDJSON lines (report/ndjson.h) -> struct report_record -> text, csv, md, html, ...
 *     a findings file of any day -> struct report_record -> the same bytes
 *
 * Every report but `null` is written from these lines alone.  So `report FILE` gives what `scan -o` gave, a baseline
 * and a state are findings files, and what a report can say is what an auditor can recompute.
 */
#ifndef SEKISHO_MODEL_RECORD_H
#define SEKISHO_MODEL_RECORD_H

#include "base/json_tree.h"

struct report_record {
	struct arena arena;
	struct str text;                        /* all lines, as they were read */
	VEC(const struct json_value *) finding; /* sekisho/finding/1, in the order of the lines */
	const struct json_value *survey;        /* sekisho/survey/1; NULL: nobody asked for it */
	const struct json_value *run;           /* sekisho/run/1 */
};

/*
 * From the text of a findings file, which must outlive the record.  -1: a line that is no JSON, of no schema that we
 * know, or out of place, each told with its line; a file without its run record was cut.
 */
int record_read(struct report_record *r, struct str path, struct str text, struct errors *err);
void record_free(struct report_record *r);

#endif
