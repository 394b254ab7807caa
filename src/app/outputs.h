/*
 * outputs.h - every -o of a run, from the one text of its record: what `scan` has just written, or a file of any day.
 */
#ifndef SEKISHO_APP_OUTPUTS_H
#define SEKISHO_APP_OUTPUTS_H

#include "app/options.h"
#include "base/hmac.h"
#include "model/report.h"

/* -1: an -o that this version does not write, or a key that is none; told. */
int outputs_check(const struct options *o, struct errors *err);

/* Of --pseudonymise.  -1: told. */
int outputs_key(const struct options *o, struct hmac *key, struct errors *err);

/* Does any of them need lines? */
bool outputs_any(const struct options *o);

/* Does any of them show what the survey counts?  All of the edition that is signed do. */
bool outputs_survey(const struct options *o);

/* `text` is the record, and `path` what it is called where it is wrong; empty: it is ours, and right. */
enum outputs_end {
	OUTPUTS_WRITTEN,
	OUTPUTS_UNREAD, /* told: it is no record */
	OUTPUTS_LOST    /* told: one could not be written whole */
};
enum outputs_end outputs_write(const struct options *o, struct str path, struct str text,
			       struct errors *err);

#endif
