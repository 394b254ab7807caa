/*
 * json_again.h - a value of another file, written as it stands there.
 */
#ifndef SEKISHO_REPORT_JSON_AGAIN_H
#define SEKISHO_REPORT_JSON_AGAIN_H

#include "base/json_tree.h"
#include "base/out.h"

void json_again(struct out *o, const struct json_value *v); /* NULL is null */

#endif
