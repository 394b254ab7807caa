/*
 * detect.h - `parse --detect`: which format a log seems to be in.  It proposes; nothing ever uses it unasked.
 */
#ifndef SEKISHO_APP_DETECT_H
#define SEKISHO_APP_DETECT_H

#include "app/verb.h"

/* Prints what to write in the policy, for each operand.  STATUS_INCOMPLETE when one has no format we know or is damaged. */
enum status detect_files(const struct options *o, struct errors *err);

#endif
