/*
 * canon_line.c - object, class, terminal, act and outcome of one line: templates, query, the source's own words.
 */
#include "format/canon_own.h"

#include "format/decode.h"

/* Where a hole ends: at '/', or at the byte its next literal starts with. */
static size_t
hole_end(const struct template *t, size_t i, struct str path)
{
	char stop =
		i + 1 < t->count && t->piece[i + 1].literal.n ? t->piece[i + 1].literal.p[0] : '/';
	size_t n = str_find(path, '/');

	return stop == '/' ? n : str_find(str_head(path, n), stop);
}

/* The whole path must be used up; then fields that nobody has set yet are. */
static void
template_take(const struct template *t, struct str path, struct canon *out)
{
	struct str taken[FIELD_COUNT] UNINITIALIZED;
	unsigned filled = 0;

	for (size_t i = 0; i < t->count; i++) {
		const struct template_piece *piece = &t->piece[i];
		size_t n;

		if (!str_starts(path, piece->literal))
			return;
		path = str_skip(path, piece->literal.n);
		if (piece->field < 0)
			continue;
		n = hole_end(t, i, path);
		if (n == 0)
			return;
		taken[piece->field] = str_head(path, n);
		filled |= 1U << piece->field;
		path = str_skip(path, n);
	}
	for (; path.n == 0 && filled; filled &= filled - 1) {
		int f = __builtin_ctz(filled);

		if (out->field[f].n == 0)
			out->field[f] = taken[f];
	}
}

/* The value of `name` in `a=1&t=T-0001&...`; the first of several. */
static struct str
query_value(struct str query, struct str name)
{
	while (query.n) {
		size_t n = str_find(query, '&');

		if (n > name.n && query.p[name.n] == '=' && str_starts(query, name))
			return (struct str){ .p = query.p + name.n + 1, .n = n - name.n - 1 };
		query = str_skip(query, n < query.n ? n + 1 : n);
	}
	return (struct str){ 0 };
}

/* What no resource has set. */
static void
extract(const struct policy_system *sys, const struct canon_parts *parts, struct canon *out)
{
	for (size_t i = 0; i < sys->extract_count; i++) {
		const struct extract *x = &sys->extract[i];

		if (x->kind == SOURCE_PATH)
			template_take(&x->template, parts->path, out);
		else if (out->field[x->field].n)
			continue;
		else if (x->kind == SOURCE_FIELD)
			out->field[x->field] = parts->record->extra[x->extra];
		else if (parts->query.n)
			out->field[x->field] = query_value(parts->query, x->name);
	}
}

/* Was this value taken from the request line?  Else a source's own field: it is URL-encoded by nobody. */
static bool
of_request(const struct canon_parts *parts, struct str value)
{
	struct str target = parts->record->text[RAW_TARGET];

	return (uintptr_t)value.p - (uintptr_t)target.p < target.n;
}

static void
decode_all(const struct canon_parts *parts, struct room *room, struct canon *out)
{
	for (int f = 0; f < FIELD_COUNT; f++) {
		struct str *value = &out->field[f];

		if (LIKELY(value->n == 0 || value->n > CANON_VALUE ||
			   !str_has_any(*value, '\\', '%', '+')))
			continue;
		if (of_request(parts, *value)) {
			if (parts->record->escaped)
				*value = decode_escapes(*value, room);
			*value =
				decode_url(*value, f == FIELD_ACCOUNT || f == FIELD_TERMINAL, room);
		} else if (parts->record->escaped) {
			*value = decode_escapes(*value, room);
		}
	}
}

/* What a word of the source's means; -1 when the policy does not say. */
static int
meaning(const struct word *word, size_t n, struct str text)
{
	for (size_t i = 0; i < n; i++) {
		if (str_eq(word[i].text, text))
			return word[i].means;
	}
	return -1;
}

/* A record without a method is of no web server: it tells of an object because somebody saw it. */
static enum act
act_of_method(struct str method, bool object)
{
	static const struct str writes[] = {
		{ "POST", 4 }, { "PUT", 3 }, { "PATCH", 5 }, { "DELETE", 6 }
	};

	if (!object)
		return ACT_OTHER;
	if (method.n == 0 || str_eq(method, STR("GET")))
		return ACT_VIEW;
	for (size_t i = 0; i < COUNT(writes); i++) {
		if (str_eq(method, writes[i]))
			return ACT_UPDATE;
	}
	return ACT_OTHER;
}

/* The resource's act, else the source's word for it, else what the method says. */
static enum act
act_of(const struct policy_system *sys, const struct resource *resource, const struct record *r,
       const struct canon *out)
{
	struct str word = out->field[FIELD_ACT];
	enum act act = ACT_OTHER;
	int means;

	if (resource && resource->act >= 0)
		return (enum act)resource->act;
	if (LIKELY(word.n == 0))
		return act_of_method(r->text[RAW_METHOD], out->field[FIELD_OBJECT].n != 0);
	means = meaning(sys->act, sys->act_count, word);
	if (means >= 0)
		return (enum act)means;
	act_named(word, &act);
	return act;
}

static enum reason
reason_of_status(int status, enum act act)
{
	bool may_redirect = act == ACT_LOGIN || act == ACT_LOGOUT;

	if ((status >= 200 && status <= 299) || status == 304 || status == 0 ||
	    (may_redirect && status >= 300 && status <= 399))
		return REASON_NONE;
	return status == 401                    ? REASON_AUTH
	       : status == 403                  ? REASON_FORBIDDEN
	       : status == 404 || status == 410 ? REASON_NOT_FOUND
						: REASON_ERROR;
}

/*
 * Was a web server's request never answered?  Then it has a status of no value, and nobody saw anything.  Of other
 * sources a 0 may be the return code of what went well.
 */
static bool
unanswered(const struct record *r)
{
	struct str status = r->text[RAW_STATUS];

	return r->text[RAW_METHOD].n &&
	       (str_is(status, "0") || str_is(status, "000") || str_is(status, "-1"));
}

/* An outcome nobody has named could be success or failure: such a line is refused, aloud, not guessed at. */
static void
set_outcome(const struct policy_system *sys, const struct record *r, struct canon *out)
{
	struct str word = out->field[FIELD_OUTCOME];
	int means = (int)reason_of_status(r->status, out->act);

	if (UNLIKELY(r->status == 0) && unanswered(r))
		means = REASON_ERROR;
	if (UNLIKELY(word.n)) {
		means = meaning(sys->outcome, sys->outcome_count, word);
		if (means < 0) {
			out->refused = "an outcome that the system's 'outcomes:' names";
			means = REASON_ERROR;
		}
	}
	out->reason = (uint8_t)means;
	out->ok = means == REASON_NONE;
}

static enum masked
masked_of(struct str s)
{
	static const struct {
		struct str word;
		enum masked masked;
	} words[] = { { { "1", 1 }, MASKED_YES },    { { "0", 1 }, MASKED_NO },
		      { { "yes", 3 }, MASKED_YES },  { { "no", 2 }, MASKED_NO },
		      { { "true", 4 }, MASKED_YES }, { { "false", 5 }, MASKED_NO } };

	if (s.n == 0)
		return MASKED_UNKNOWN;
	for (size_t i = 0; i < COUNT(words); i++) {
		if (str_eq(s, words[i].word))
			return words[i].masked;
	}
	return MASKED_UNKNOWN;
}

void
canon_line(struct canon_matcher *m, unsigned system, const struct record *r, struct room *room,
	   struct canon *out)
{
	const struct policy_system *sys = canon_system(m, system);
	size_t cut = str_find(r->text[RAW_TARGET], '?');
	struct canon_parts parts = {
		.record = r,
		.path = str_head(r->text[RAW_TARGET], cut),
		.query = str_skip(r->text[RAW_TARGET], cut < r->text[RAW_TARGET].n ? cut + 1 : cut),
		.system = sys,
	};
	const struct resource *resource;

	canon_no_fields(out);
	out->refused = NULL;
	resource = canon_resource(m, &parts, out);
	if (resource && resource->class.n)
		out->field[FIELD_CLASS] = resource->class;
	extract(sys, &parts, out);
	if (UNLIKELY(out->grouped || (r->escaped && sys->extra_count) ||
		     str_has_any(r->text[RAW_TARGET], '\\', '%', '+')))
		decode_all(&parts, room, out);
	out->masked = (uint8_t)masked_of(out->field[FIELD_MASKED]);
	out->act = (uint8_t)act_of(sys, resource, r, out);
	set_outcome(sys, r, out);
}
