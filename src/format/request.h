/*
 * request.h - the first line of a request as servers log it: METHOD SP TARGET SP PROTOCOL.
 */
#ifndef SEKISHO_FORMAT_REQUEST_H
#define SEKISHO_FORMAT_REQUEST_H

#include "model/format.h"

enum { REQUEST_METHOD_MOST = 24 };

struct request {
	struct str method, target, protocol;
};

/* Anything else (a TLS hello on port 80) has none of the three, and is still a line. */
static inline struct request
request_split(struct str s)
{
	const char *end, *last, *space;
	struct request r = { 0 };

	if (s.n == 0)
		return r;
	last = end = s.p + s.n;
	space = find_byte(s.p, s.p + min_size(s.n, REQUEST_METHOD_MOST), ' ');
	if (space >= end || space == s.p + REQUEST_METHOD_MOST)
		return r;
	/* " HTTP/1.1" is nine bytes; any other protocol is short, so its blank is found sooner from behind. */
	if (LIKELY(last - 9 > space && last[-9] == ' ' && last[-4] == '/'))
		last -= 8;
	while (last > space + 1 && last[-1] != ' ')
		last--;
	r.method = (struct str){ .p = s.p, .n = (size_t)(space - s.p) };
	if (last == space + 1)
		last = end + 1;
	else
		r.protocol = (struct str){ .p = last, .n = (size_t)(end - last) };
	r.target = (struct str){ .p = space + 1, .n = (size_t)(last - 1 - (space + 1)) };
	return r;
}

/* Gives the record what the request line says; what it does not say stays. */
static inline void
request_into(struct str s, struct record *out)
{
	struct request r = request_split(s);

	if (r.method.n == 0)
		return;
	out->text[RAW_METHOD] = r.method;
	out->text[RAW_TARGET] = r.target;
	if (r.protocol.n)
		out->text[RAW_PROTOCOL] = r.protocol;
}

/* Of `http://host:443/path` the host and the path, `/` where there is none; anything else stays as it is. */
static inline void
request_split_url(struct record *out)
{
	struct str url = out->text[RAW_TARGET];
	size_t colon = str_find(url, ':'), slash;

	if (url.n < colon + 3 || url.p[0] == '/' || url.p[colon + 1] != '/' ||
	    url.p[colon + 2] != '/' || str_find(url, '?') < colon)
		return;
	url = str_skip(url, colon + 3);
	slash = min_size(str_find(url, '/'), str_find(url, '?'));
	out->text[RAW_HOST] = str_head(url, slash);
	/* What a format lends lies in the line: the slash before the host is one. */
	out->text[RAW_TARGET] =
		slash < url.n ? str_skip(url, slash) : (struct str){ .p = url.p - 1, .n = 1 };
}

#endif
