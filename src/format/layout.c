/*
 * layout.c - runs a compiled layout over a line: stretch by stretch, each up to its bare quote, and to the last byte.
 */
#include "base/clf_time.h"
#include "format/decode.h"
#include "format/layout_plan.h"
#include "format/quote.h"
#include "format/request.h"

static const char time_expected[] = "a time like 04/Jul/2022:09:12:31 +0900";

/* The quote of two that Apache writes for an account of no bytes: [p, q) is what stands before them. */
static const char *
behind_empty_user(const struct layout *l, const struct layout_stretch *s, const char *q,
		  const char *end)
{
	if (s->user < 0 || end - q < 3 || q[1] != '"' ||
	    q[2] != l->step[s->first + s->user].after.p[0])
		return NULL;
	return closing_quote(q + 2, end);
}

/* A quote and a few bytes behind it: a call would cost more than comparing them. */
static inline bool
closes(struct str close, const char *q, const char *end)
{
	size_t n = close.n;

	if ((size_t)(end - q) < n)
		return false;
	while (n > 0 && q[n - 1] == close.p[n - 1])
		n--;
	return n == 0;
}

/* Cuts the stretch at p; NULL with `why`, or where the next one begins. */
static const char *
take_stretch(const struct layout *l, const struct layout_stretch *s, const char *p, struct str line,
	     struct str *field, struct refusal *why)
{
	const char *end = line.p + line.n, *q = end, *at;
	const struct layout_step *bad;

	if (LIKELY(s->close.n)) {
		q = closing_quote(p, end);
		if (UNLIKELY(!q)) {
			format_refuse(line, p, "a closing quote", why);
			return NULL;
		}
	} else if (l->how.escape != LAYOUT_NONE && UNLIKELY((at = find_byte(p, end, '"')) != end) &&
		   closing_quote(p, end)) {
		format_refuse(line, at, "no more quotes than the layout has", why);
		return NULL;
	}
	if (LIKELY(s->alone)) {
		*field = (struct str){ .p = p, .n = (size_t)(q - p) };
	} else if (UNLIKELY((at = layout_cut(l, s, p, q, field, &bad)) != NULL)) {
		const char *second = q < end ? behind_empty_user(l, s, q, end) : NULL;

		if (!second || layout_cut(l, s, p, second, field, &bad) ||
		    !str_is(field[s->user], "\"\"")) {
			format_refuse(line, at, bad->expected, why);
			return NULL;
		}
		q = second;
	}
	if (UNLIKELY(!closes(s->close, q, end))) {
		format_refuse(line, q, l->step[s->first + s->count - 1].expected, why);
		return NULL;
	}
	return q + s->close.n;
}

static bool
take_time(const struct layout_step *f, struct parsing *r, struct str text, struct record *out,
	  const char **expected)
{
	if (LIKELY(!f->when)) {
		*expected = time_expected;
		return text.n == CLF_TIME && clf_time(text.p, &r->clock, &out->ts);
	}
	return when_read(f->when, &r->clock, text, &out->ts, &out->again, expected) != WHEN_REFUSED;
}

/* \uHHHH of the control characters nginx writes so, then what decode_escapes() knows; into the room. */
static struct str
undo_json(struct str s, struct room *room)
{
	static const char from[] = "ntrbf", to[] = "\n\t\r\b\f";
	char *p;
	size_t n = 0;

	if (!s.n || !memchr(s.p, '\\', s.n) || s.n > room->size - room->used)
		return s;
	p = room_take(room, s.n);
	for (size_t i = 0; i < s.n; i++) {
		const char *named;

		if (s.p[i] != '\\' || i + 1 == s.n) {
			p[n++] = s.p[i];
			continue;
		}
		named = memchr(from, s.p[++i], sizeof(from) - 1);
		if (s.p[i] == 'u' && s.n - i > 4 && s.p[i + 1] == '0' && s.p[i + 2] == '0' &&
		    decode_hex(s, i + 3) >= 0) {
			p[n++] = (char)decode_hex(s, i + 3);
			i += 4;
		} else {
			p[n++] = named ? to[named - from] : s.p[i];
		}
	}
	return (struct str){ .p = p, .n = n };
}

/* What the server did to the bytes, undone where the caller cannot do it. */
static void
undo(const struct layout *l, struct parsing *r, struct record *out)
{
	struct str *account = &out->text[RAW_ACCOUNT];

	if (l->how.percent_user)
		*account = decode_url(*account, false, &r->room);
	if (l->how.escape != LAYOUT_JSON)
		return;
	for (int i = 0; i < RAW_COUNT; i++)
		out->text[i] = undo_json(out->text[i], &r->room);
	for (size_t i = 0; i < l->extra_count; i++)
		out->extra[i] = undo_json(out->extra[i], &r->room);
}

static void
set_who(const struct layout *l, struct record *out)
{
	struct str from = out->text[l->who_from], to = out->text[l->who_to];

	out->who = (struct str){ .p = from.p, .n = (size_t)(to.p + to.n - from.p) };
}

/* One field's text to its place in the record; false: refused. */
static inline bool
take_field(const struct layout *l, const struct layout_step *f, struct parsing *r, struct str text,
	   struct record *out, struct str *request, const char **expected)
{
	*expected = f->expected;
	/* NOLINTNEXTLINE(clang-analyzer-core.*): layout_split() has filled a field for every step */
	if (UNLIKELY(text.n == 0 && f->never_empty))
		return false;
	if (f->extra >= 0)
		out->extra[f->extra] = str_head(
			text, l->how.escape == LAYOUT_BACKSLASH && str_is(text, "-") ? 0 : text.n);
	if (f->raw < 0)
		return true;
	if (f->raw == LAYOUT_REQUEST) {
		*request = text;
		return true;
	}
	if (UNLIKELY(f->drops_dash) && text.n > 1 && text.p[text.n - 1] == '-' &&
	    str_find(text, '?') == text.n)
		text.n--;
	out->text[f->raw] = text;
	if (f->raw == RAW_TIME)
		return take_time(f, r, text, out, expected);
	if (f->raw != RAW_STATUS)
		return true;
	*expected = "a status of three digits";
	return text.n > 0 && format_status_of(text, &out->status);
}

static void
begin(const struct layout *l, struct record *out)
{
	memset(out->text, 0, sizeof(out->text));
	for (size_t i = 0; i < l->extra_count; i++)
		out->extra[i] = (struct str){ 0 };
	out->who = (struct str){ 0 };
	out->again = 0;
	out->status = 0;
	out->escaped = l->how.escape == LAYOUT_BACKSLASH && !l->how.percent_user;
}

/* A target that stands in a field of its own is nearer to what the client sent. */
static inline void
split_request(struct str request, struct record *out)
{
	struct str target = out->text[RAW_TARGET];

	request_into(request, out);
	if (UNLIKELY(target.n))
		out->text[RAW_TARGET] = target;
}

bool
layout_split(const struct layout *l, struct str line, struct str *field, struct refusal *why)
{
	const char *p = line.p + l->head.n;

	if (!str_starts(line, l->head)) {
		format_refuse(line, line.p, "the layout's first characters", why);
		return false;
	}
	for (size_t i = 0; i < l->stretch_count; i++) {
		p = take_stretch(l, &l->stretch[i], p, line, field + l->stretch[i].first, why);
		if (UNLIKELY(!p))
			return false;
	}
	if (UNLIKELY(p != line.p + line.n))
		format_refuse(line, p, "the end of the line", why);
	return p == line.p + line.n;
}

enum parsed
layout_parse(struct parsing *r, struct str line, struct record *out, struct refusal *why)
{
	const struct layout *l = r->plan;
	const char *expected;
	struct str field[LAYOUT_MOST] UNINITIALIZED, request = { 0 };

	if (line.n == 0)
		return PARSED_NOTHING;
	begin(l, out);
	if (UNLIKELY(!layout_split(l, line, field, why)))
		return PARSED_REFUSED;
	for (size_t i = 0; i < l->step_count; i++) {
		if (UNLIKELY(!take_field(l, &l->step[i], r, field[i], out, &request, &expected)))
			return format_refuse(line, field[i].p, expected, why);
	}
	if (request.p)
		split_request(request, out);
	if (UNLIKELY(l->how.whole_url))
		request_split_url(out);
	if (l->who_from >= 0)
		set_who(l, out);
	undo(l, r, out);
	return PARSED_EVENT;
}
