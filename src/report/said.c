/*
 * said.c - see said.h.
 */
#include "report/said.h"

#include "model/finding.h"

int
said_severity(const struct json_value *v)
{
	enum severity severity;

	return severity_named(said_text(v, "severity"), &severity) ? (int)severity : 0;
}

void
said_moment(struct out *o, struct str time)
{
	out_tty(o, str_head(time, 10));
	if (time.n <= 11)
		return;
	out_char(o, ' ');
	out_tty(o, str_head(str_skip(time, 11), 8));
}

void
said_digits(struct out *o, const struct json_value *v, const char *path)
{
	const struct json_value *number = json_path(v, path);

	if (number && number->kind == JSON_NUMBER)
		out_bytes(o, number->text);
	else
		out_char(o, '0');
}
