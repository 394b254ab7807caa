/*
 * line_combined.c - Combined lines, as long as real ones are (about 280 bytes).
 */
#include "demo/line.h"

static char *
put_referer(char *p, const struct line_in *in)
{
	uint32_t u = (uint32_t)(in->deco >> 24) % 16;

	if (in->q->what == DO_HEALTH || u < 3)
		return PUT(p, " \"-\" \"");
	p = PUT(p, " \"https://");
	p = put(p, system_rows[in->q->sys].id, strlen(system_rows[in->q->sys].id));
	if (in->q->what != DO_VIEW || u < 5)
		return PUT(p, ".kasumi.example/menu/top?lang=ja\" \"");
	p = PUT(p, ".kasumi.example/search?q=%E4%BE%9B%E7%B5%A6&area=A");
	p = put_digits(p, 1 + (uint32_t)(in->deco >> 28) % 10, 2);
	p = PUT(p, "&page=");
	p = put_digits(p, 1 + (uint32_t)(in->deco >> 34) % 30, 0);
	return PUT(p, "\" \"");
}

static char *
combined_line(char *p, const struct line_in *in)
{
	const struct req *q = in->q;
	const struct phrase *agent;

	p = put_ip(p, &in->w->nets[q->net], q->host);
	p = PUT(p, " - ");
	p = put_account(p, in, '-');
	*p++ = ' ';
	p = put_short(p, in->stamp->text, in->stamp->n);
	p = method_of(q)[0] == 'P' ? PUT(p, " \"POST ") : PUT(p, " \"GET ");
	p = put_target(p, in);
	p = PUT(p, " HTTP/1.1\" ");
	p = put_digits(p, q->status, 3);
	*p++ = ' ';
	p = put_digits(p, bytes_of(in), 0);
	p = put_referer(p, in);
	agent = agent_of(in);
	p = put(p, agent->p, agent->n);
	*p++ = '"';
	return p;
}

const struct line_format line_combined = {
	.name = "combined",
	.file = "access.log",
	.head = "",
	.policy = EXTRACT_FROM_TARGET,
	.stamp = stamp_clf,
	.line = combined_line,
};
