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
		return parts->record->target;
	case MATCH_METHOD:
		return parts->record->method;
	case MATCH_SYSTEM:
		return parts->system;
	case MATCH_AGENT:
		return parts->record->agent;
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
		out->limit |= rc != PCRE2_ERROR_NOMATCH;
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
		else if (parts->query.n && out->field[x->field].n == 0)
			out->field[x->field] = query_value(parts->query, x->name);
	}
}

static void
decode(struct canon *out, struct str *value, bool query)
{
	*value = decode_escapes(*value, out->room, &out->used, sizeof(out->room));
	*value = decode_url(*value, query, out->room, &out->used, sizeof(out->room));
}

static void
decode_all(struct canon *out)
{
	for (int f = 0; f < FIELD_COUNT; f++) {
		if (UNLIKELY(out->field[f].n <= CANON_VALUE &&
			     str_has_any(out->field[f], '\\', '%', '+')))
			decode(out, &out->field[f], f == FIELD_ACCOUNT || f == FIELD_TERMINAL);
	}
}

static enum act
act_of(const struct record *r, const struct canon *out)
{
	static const struct str writes[] = {
		{ "POST", 4 }, { "PUT", 3 }, { "PATCH", 5 }, { "DELETE", 6 }
	};

	if (out->field[FIELD_OBJECT].n == 0)
		return ACT_OTHER;
	if (str_eq(r->method, STR("GET")))
		return ACT_VIEW;
	for (size_t i = 0; i < COUNT(writes); i++) {
		if (str_eq(r->method, writes[i]))
			return ACT_UPDATE;
	}
	return ACT_OTHER;
}

static void
outcome(int status, struct canon *out)
{
	bool may_redirect = out->act == ACT_LOGIN || out->act == ACT_LOGOUT;

	out->ok = (status >= 200 && status <= 299) || status == 304 ||
		  (may_redirect && status >= 300 && status <= 399);
	out->reason = out->ok                          ? REASON_NONE
		      : status == 401                  ? REASON_AUTH
		      : status == 403                  ? REASON_FORBIDDEN
		      : status == 404 || status == 410 ? REASON_NOT_FOUND
						       : REASON_ERROR;
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
canon_line(struct canon_matcher *m, unsigned system, const struct record *r, struct canon *out)
{
	const struct policy *policy = m->policy;
	size_t cut = str_find(r->target, '?');
	struct parts parts = {
		.record = r,
		.path = str_head(r->target, cut),
		.query = str_skip(r->target, cut < r->target.n ? cut + 1 : cut),
		.system = policy->system[system].id,
	};
	const struct resource *resource;

	no_fields(out);
	out->limit = false;
	out->used = 0;
	resource = find_resource(m, &parts, out);
	if (resource && resource->class.n)
		out->field[FIELD_CLASS] = resource->class;
	extract(&policy->system[system], &parts, out);
	decode_all(out);
	out->masked = (uint8_t)masked_of(out->field[FIELD_MASKED]);
	out->act = (uint8_t)(resource && resource->act >= 0 ? resource->act : (int)act_of(r, out));
	outcome(r->status, out);
}
