/*
 * said.h - what writers ask of a record, in few words: members by their path, and what several writers print alike.
 */
#ifndef SEKISHO_REPORT_SAID_H
#define SEKISHO_REPORT_SAID_H

#include "model/report.h"

/* Empty, and 0, where it does not say. */
static inline struct str
said_text(const struct json_value *v, const char *path)
{
	return json_text_of(json_path(v, path));
}

static inline int64_t
said_number(const struct json_value *v, const char *path)
{
	return json_integer(json_path(v, path), 0);
}

static inline bool
said_true(const struct json_value *v, const char *path)
{
	return json_is_true(json_path(v, path));
}

static inline size_t
said_count(const struct json_value *v, const char *path)
{
	const struct json_value *list = json_path(v, path);

	return list ? list->count : 0;
}

/* Of a map {ja, en}. */
static inline struct str
said_in(const struct json_value *v, const char *path, enum language language)
{
	return json_text_of(json_member(json_path(v, path), language == LANGUAGE_JA ? "ja" : "en"));
}

/* 0 to 4, as enum severity; what is none of them is the least. */
int said_severity(const struct json_value *v);

/* "2022-07-04 09:12:31" of a time as records have it. */
void said_moment(struct out *o, struct str time);

/* Values as text, for people: "a, b" of a list's texts, "acct=pg0002 origin_org=KEP" of a key, "10.1.0.0/16 KPG" of an origin. */
void said_list(struct out *plain, const struct json_value *list);
void said_key(struct out *plain, const struct json_value *finding);
void said_origins(struct out *plain, const struct json_value *finding);

/* "2022-07-05 to 2022-07-06, 2022-07-08" of pairs of days: the last `most` of them, behind "..." when there are more. */
void said_spans(struct out *plain, const struct json_value *pairs, size_t most, bool ja);

/* The number as it is written, or 0. */
void said_digits(struct out *o, const struct json_value *v, const char *path);

#endif
