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

/* Unescaped, into memory: what is made of it is escaped as a whole. */
void
said_list(struct out *plain, const struct json_value *list)
{
	JSON_EACH(v, list)
	{
		if (v != list->first)
			out_text(plain, ", ");
		out_bytes(plain, json_text_of(v));
	}
}

void
said_key(struct out *plain, const struct json_value *finding)
{
	const struct json_value *key = json_member(finding, "key");

	JSON_EACH(part, key)
	{
		if (part != key->first)
			out_char(plain, ' ');
		out_bytes(plain, part->name);
		out_char(plain, '=');
		out_bytes(plain, json_text_of(part));
	}
}

void
said_origins(struct out *plain, const struct json_value *finding)
{
	const struct json_value *origins = json_member(finding, "origins");

	JSON_EACH(v, origins)
	{
		struct str org = said_text(v, "org");

		if (v != origins->first)
			out_text(plain, ", ");
		out_bytes(plain, said_text(v, "net"));
		if (org.n) {
			out_char(plain, ' ');
			out_bytes(plain, org);
		}
	}
}

void
said_spans(struct out *plain, const struct json_value *pairs, size_t most, bool ja)
{
	size_t n = pairs ? pairs->count : 0, skip = n > most ? n - most : 0, i = 0;

	out_text(plain, skip ? "... " : "");
	JSON_EACH(pair, pairs)
	{
		struct str first = json_text_of(pair->first);
		struct str last = pair->first ? json_text_of(pair->first->next) : first;

		if (i++ < skip)
			continue;
		out_text(plain, i > skip + 1 ? (ja ? "、" : ", ") : "");
		out_bytes(plain, first);
		if (last.n && !str_eq(first, last)) {
			out_text(plain, ja ? "〜" : " to ");
			out_bytes(plain, last);
		}
	}
}
