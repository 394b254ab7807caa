/*
 * json.h - members of a JSON object in a fixed order.
 */
#ifndef SEKISHO_REPORT_JSON_H
#define SEKISHO_REPORT_JSON_H

#include "base/out.h"

/* `"name":`, after a comma unless it is the first of its object. */
void json_name(struct out *o, const char *name);
void json_str(struct out *o, const char *name, struct str value); /* null when empty */
void json_text(struct out *o, const char *name, const char *value);
void json_u64(struct out *o, const char *name, uint64_t value);
void json_bool(struct out *o, const char *name, bool value);
void json_time(struct out *o, const char *name, int64_t ts);
void json_null(struct out *o, const char *name);
void json_two(struct out *o, const char *name, const char *ja, const char *en); /* languages */

#endif
