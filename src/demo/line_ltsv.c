/*
 * line_ltsv.c - Labeled Tab-separated Values, with the labels that are common.
 */
#include "demo/line.h"

static char *
ltsv_line(char *p, const struct line_in *in)
{
	const struct req *q = in->q;
	const struct phrase *agent = agent_of(in);

	p = put_short(PUT(p, "time:"), in->stamp->text, in->stamp->n);
	p = put_ip(PUT(p, "\thost:"), &in->w->nets[q->net], q->host);
	p = put_account(PUT(p, "\tuser:"), in, '-');
	p = PUT(p, "\treq:");
	p = put(p, method_of(q), strlen(method_of(q)));
	*p++ = ' ';
	p = put_target(p, in);
	p = put_digits(PUT(p, " HTTP/1.1\tstatus:"), q->status, 3);
	p = put_digits(PUT(p, "\tsize:"), bytes_of(in), 0);
	p = put_digits(PUT(p, "\treqtime_microsec:"), 800 + (uint32_t)(in->deco >> 20) % 90000, 0);
	return put(PUT(p, "\tua:"), agent->p, agent->n);
}

const struct line_format line_ltsv = {
	.name = "ltsv",
	.file = "access.ltsv",
	.head = "",
	.policy = EXTRACT_FROM_TARGET,
	.stamp = stamp_clf,
	.line = ltsv_line,
};
