/*
 * canon_line.c - screen, object, terminal, act and outcome of one line, by the policy's resources and templates.
 */
#include "format/canon.h"

#include "base/error.h"
#include "format/decode.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* A pattern may not cost a line more than this (THREATS 22); past it the line is counted, never "no match". */
enum { MATCH_LIMIT = 100000, DEPTH_LIMIT = 1000, HEAP_LIMIT_KIB = 16384, MATCH_PAIRS = 16 };

/* An entry that matches anything.  `second`: what its path must have there, 0 = any: most lines need no more. */
struct probe {
	const struct resource *resource;
	char second;
};

struct canon_matcher {
	const struct policy *policy;
	struct probe *probe;
	size_t probe_count;
	pcre2_match_data *data;
	pcre2_match_context *context;
};

static char
second_byte(const struct match *m)
{
	bool anchored =
		m->field == MATCH_PATH && (m->kind == MATCH_EQUAL || m->kind == MATCH_STARTS);

	return anchored && m->value_count == 1 && m->value[0].n > 1 ? m->value[0].p[1] : '\0';
}

struct canon_matcher *
canon_matcher_new(const struct policy *policy)
{
	struct canon_matcher *m = xalloc(1, sizeof(*m));

	m->policy = policy;
	m->probe = xalloc(policy->resource_count, sizeof(*m->probe));
	for (size_t i = 0; i < policy->resource_count; i++) {
		if (policy->resource[i].match_count)
			m->probe[m->probe_count++] = (struct probe){
				.resource = &policy->resource[i],
				.second = second_byte(&policy->resource[i].match[0]),
			};
	}
	m->data = pcre2_match_data_create(MATCH_PAIRS, NULL);
	m->context = pcre2_match_context_create(NULL);
	if (!m->data || !m->context)
		BUG("no memory for pattern matching");
	pcre2_set_match_limit(m->context, MATCH_LIMIT);
	pcre2_set_depth_limit(m->context, DEPTH_LIMIT);
	pcre2_set_heap_limit(m->context, HEAP_LIMIT_KIB);
	return m;
}

void
canon_matcher_free(struct canon_matcher *m)
{
	if (!m)
		return;
	free(m->probe);
	pcre2_match_data_free(m->data);
	pcre2_match_context_free(m->context);
	free(m);
}

/* The parts of a target, split once a line. */
struct parts {
	const struct record *record;
	struct str path, query;
	struct str system;
};

static struct str
part(const struct parts *parts, enum match_field field)
{
	switch (field) {
	case MATCH_PATH:
		return parts->path;
	case MATCH_QUERY:
		return parts->query;
	case MATCH_TARGET:
		return parts->record->text[RAW_TARGET];
	case MATCH_METHOD:
		return parts->record->text[RAW_METHOD];
	case MATCH_SYSTEM:
		return parts->system;
	case MATCH_AGENT:
		return parts->record->text[RAW_AGENT];
	}
	return (struct str){ 0 };
}

/* Named groups give the fields they are named after. */
static void
take_groups(struct canon_matcher *m, const uint16_t group[FIELD_COUNT], struct str subject,
	    struct canon *out)
{
	const PCRE2_SIZE *at = pcre2_get_ovector_pointer(m->data);

	for (int f = 0; f < FIELD_COUNT; f++) {
		size_t from = (size_t)group[f] * 2;

		if (group[f] == 0 || group[f] >= MATCH_PAIRS || at[from] == PCRE2_UNSET)
			continue;
		out->field[f] =
			(struct str){ .p = subject.p + at[from], .n = at[from + 1] - at[from] };
		out->grouped = true;
	}
}

static bool
regex_holds(struct canon_matcher *m, const struct match *want, size_t i, struct str subject,
	    struct canon *out)
{
	int rc = pcre2_match(want->regex[i], (PCRE2_SPTR)(subject.p ? subject.p : ""), subject.n, 0,
			     0, m->data, m->context);

	if (rc < 0) {
		if (rc != PCRE2_ERROR_NOMATCH)
			out->refused =
				"a line the policy's patterns can decide within their limits";
		return false;
	}
	take_groups(m, want->regex_group[i], subject, out);
	return true;
}

static bool
value_holds(struct canon_matcher *m, const struct match *want, size_t i, struct str subject,
	    struct canon *out)
{
	struct str value = want->value[i];

	switch (want->kind) {
	case MATCH_EQUAL:
		return str_eq(subject, value);
	case MATCH_STARTS:
		return str_starts(subject, value);
	case MATCH_ENDS:
		return str_ends(subject, value);
	case MATCH_CONTAINS:
		return str_contains(subject, value);
	case MATCH_RE:
		return regex_holds(m, want, i, subject, out);
	}
	return false;
}

static bool
resource_holds(struct canon_matcher *m, const struct resource *r, const struct parts *parts,
	       struct canon *out)
{
	for (size_t k = 0; k < r->match_count; k++) {
		const struct match *want = &r->match[k];
		struct str subject = part(parts, want->field);
		bool any = false;

		for (size_t i = 0; i < want->value_count && !any; i++)
			any = value_holds(m, want, i, subject, out);
		if (!any)
			return false;
	}
	return true;
}

static void
no_fields(struct canon *out)
{
	for (int f = 0; f < FIELD_COUNT; f++)
		out->field[f] = (struct str){ 0 };
	out->grouped = false;
}

/* The first entry that holds decides; what a pattern of an entry that does not hold has taken is forgotten. */
static const struct resource *
find_resource(struct canon_matcher *m, const struct parts *parts, struct canon *out)
{
	char second = parts->path.n > 1 ? parts->path.p[1] : '\0';

	for (size_t i = 0; i < m->probe_count; i++) {
		const struct probe *probe = &m->probe[i];

		if (probe->second && probe->second != second)
			continue;
		if (resource_holds(m, probe->resource, parts, out))
			return probe->resource;
		if (UNLIKELY(out->grouped))
			no_fields(out);
	}
	return NULL;
}

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
extract(const struct policy_system *sys, const struct parts *parts, struct canon *out)
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
of_request(const struct parts *parts, struct str value)
{
	struct str target = parts->record->text[RAW_TARGET];

	return (uintptr_t)value.p - (uintptr_t)target.p < target.n;
}

static void
decode_all(const struct parts *parts, struct room *room, struct canon *out)
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

/* An outcome nobody has named could be success or failure: such a line is refused, aloud, not guessed at. */
static void
set_outcome(const struct policy_system *sys, int status, struct canon *out)
{
	struct str word = out->field[FIELD_OUTCOME];
	int means = (int)reason_of_status(status, out->act);

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
	const struct policy_system *sys = &m->policy->system[system];
	size_t cut = str_find(r->text[RAW_TARGET], '?');
	struct parts parts = {
		.record = r,
		.path = str_head(r->text[RAW_TARGET], cut),
		.query = str_skip(r->text[RAW_TARGET], cut < r->text[RAW_TARGET].n ? cut + 1 : cut),
		.system = sys->id,
	};
	const struct resource *resource;

	no_fields(out);
	out->refused = NULL;
	resource = find_resource(m, &parts, out);
	if (resource && resource->class.n)
		out->field[FIELD_CLASS] = resource->class;
	extract(sys, &parts, out);
	if (UNLIKELY(out->grouped || (r->escaped && sys->extra_count) ||
		     str_has_any(r->text[RAW_TARGET], '\\', '%', '+')))
		decode_all(&parts, room, out);
	out->masked = (uint8_t)masked_of(out->field[FIELD_MASKED]);
	out->act = (uint8_t)act_of(sys, resource, r, out);
	set_outcome(sys, r->status, out);
}
