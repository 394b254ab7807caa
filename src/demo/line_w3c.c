/*
 * line_w3c.c - W3C extended, as IIS writes it: UTC, a space between fields and '+' for one inside.
 */
#include "demo/line.h"

/* Whatever the server's other clocks say, these files are in UTC. */
static void
stamp_w3c(struct stamp *st)
{
	char *p = put_date(st->text, st->at - JST_S, '-');

	*p++ = ' ';
	p = put_clock(p, st->at - JST_S);
	st->n = (size_t)(p - st->text);
}

static char *
w3c_line(char *p, const struct line_in *in)
{
	const struct req *q = in->q;
	const struct phrase *agent = agent_of(in);
	char *from;

	p = put_short(p, in->stamp->text, in->stamp->n);
	*p++ = ' ';
	p = put_ip(p, &in->w->nets[q->net], q->host);
	*p++ = ' ';
	p = put_account(p, in, '-');
	*p++ = ' ';
	p = put(p, method_of(q), strlen(method_of(q)));
	*p++ = ' ';
	from = p;
	p = put_target(p, in);
	while (from < p && *from != '?')
		from++;
	if (from < p)
		*from = ' ';
	else
		p = PUT(p, " -");
	*p++ = ' ';
	p = put_digits(p, q->status, 3);
	*p++ = ' ';
	p = put_digits(p, bytes_of(in), 0);
	*p++ = ' ';
	p = put_digits(p, 1 + (uint32_t)(in->deco >> 20) % 900, 0);
	*p++ = ' ';
	for (size_t i = 0; i < agent->n; i++)
		*p++ = agent->p[i] == ' ' ? '+' : agent->p[i];
	return p;
}

const struct line_format line_w3c = {
	.name = "w3c",
	.file = "u_ex.log",
	.head = "#Software: Kasumi Web Services 10.0\n#Version: 1.0\n"
		"#Fields: date time c-ip cs-username cs-method cs-uri-stem cs-uri-query sc-status "
		"sc-bytes time-taken cs(User-Agent)\n",
	.head_lines = 3,
	.policy = EXTRACT_FROM_TARGET,
	.stamp = stamp_w3c,
	.line = w3c_line,
};
