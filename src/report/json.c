/*
 * json.c - see json.h.  Whether a comma is due is read off the last byte written: '{' and '[' need none.
 */
#include "report/json.h"

#include "base/civil.h"

void
json_name(struct out *o, const char *name)
{
	if (o->last != '{' && o->last != '[')
		out_char(o, ',');
	out_char(o, '"');
	out_text(o, name);
	out_text(o, "\":");
}

void
json_str(struct out *o, const char *name, struct str value)
{
	json_name(o, name);
	if (value.n)
		out_json(o, value);
	else
		out_text(o, "null");
}

void
json_text(struct out *o, const char *name, const char *value)
{
	json_str(o, name, str_of(value));
}

void
json_u64(struct out *o, const char *name, uint64_t value)
{
	json_name(o, name);
	out_u64(o, value);
}

void
json_bool(struct out *o, const char *name, bool value)
{
	json_name(o, name);
	out_text(o, value ? "true" : "false");
}

void
json_time(struct out *o, const char *name, int64_t ts)
{
	char buf[CIVIL_TEXT];

	json_name(o, name);
	out_char(o, '"');
	out_bytes(o, civil_print_jst(buf, ts));
	out_char(o, '"');
}

void
json_null(struct out *o, const char *name)
{
	json_name(o, name);
	out_text(o, "null");
}

void
json_two(struct out *o, const char *name, const char *ja, const char *en)
{
	json_name(o, name);
	out_char(o, '{');
	json_text(o, "ja", ja);
	json_text(o, "en", en);
	out_char(o, '}');
}
