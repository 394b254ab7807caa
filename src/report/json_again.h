/*
 * json_again.h - a value of another file, written as it stands there.
 */
#ifndef SEKISHO_REPORT_JSON_AGAIN_H
#define SEKISHO_REPORT_JSON_AGAIN_H

#include "base/json_tree.h"
#include "base/out.h"

/* NULL is null. */
static inline void
json_again(struct out *o, const struct json_value *v)
{
	if (v)
		json_print(o, v);
	else
		out_text(o, "null");
}

#endif
