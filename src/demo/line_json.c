/*
 * line_json.c - one JSON object a line, nested as application servers nest them.
 */
#include "demo/line.h"

static void
stamp_iso(struct stamp *st)
{
	int64_t shown = st->utc ? st->at - JST_S : st->at;
	char *p = put_date(st->text, shown, '-');

	*p++ = 'T';
	p = put_clock(p, shown);
	p = st->utc ? PUT(p, "Z") : PUT(p, "+09:00");
	st->n = (size_t)(p - st->text);
}

/* Backslashes of the agents' Apache escapes are data here. */
static char *
put_json(char *p, const struct phrase *s)
{
	for (size_t i = 0; i < s->n; i++) {
		if (s->p[i] == '"' || s->p[i] == '\\')
			*p++ = '\\';
		*p++ = s->p[i];
	}
	return p;
}

static char *
json_line(char *p, const struct line_in *in)
{
	const struct req *q = in->q;

	p = put_short(PUT(p, "{\"time\":\""), in->stamp->text, in->stamp->n);
	p = put_ip(PUT(p, "\",\"remote\":{\"addr\":\""), &in->w->nets[q->net], q->host);
	p = put_account(PUT(p, "\"},\"user\":{\"name\":\""), in, '\0');
	p = PUT(p, "\"},\"request\":{\"method\":\"");
	p = put(p, method_of(q), strlen(method_of(q)));
	p = put_target(PUT(p, "\",\"uri\":\""), in);
	p = put_digits(PUT(p, "\",\"proto\":\"HTTP/1.1\"},\"status\":"), q->status, 3);
	p = put_digits(PUT(p, ",\"bytes\":"), bytes_of(in), 0);
	p = put_json(PUT(p, ",\"agent\":\""), agent_of(in));
	return PUT(p, "\"}");
}

const struct line_format line_json = {
	.name = "json",
	.file = "access.json",
	.head = "",
	.policy = "    fields: {time: /time, address: /remote/addr, account: /user/name, "
		  "method: /request/method,\n"
		  "             target: /request/uri, protocol: /request/proto, status: /status, "
		  "bytes: /bytes, agent: /agent}\n" EXTRACT_FROM_TARGET,
	.stamp = stamp_iso,
	.line = json_line,
};
