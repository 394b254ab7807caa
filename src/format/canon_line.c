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

struct canon_matcher {
	const struct policy *policy;
	pcre2_match_data *data;
	pcre2_match_context *context;
};

struct canon_matcher *
canon_matcher_new(const struct policy *policy)
{
	struct canon_matcher *m = xalloc(1, sizeof(*m));

	m->policy = policy;
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

static struct str *
field_of(struct canon *out, int field, struct str *masked)
{
	switch (field) {
	case FIELD_OBJECT:
		return &out->object;
	case FIELD_CLASS:
		return &out->class;
	case FIELD_ACCOUNT:
		return &out->account;
	case FIELD_TERMINAL:
		return &out->terminal;
	default:
		return masked;
	}
}

/* Named groups give the fields they are named after. */
static void
take_groups(struct canon_matcher *m, const uint16_t group[FIELD_COUNT], struct str subject,
	    struct canon *out, struct str *masked)
{
	const PCRE2_SIZE *at = pcre2_get_ovector_pointer(m->data);

	for (int f = 0; f < FIELD_COUNT; f++) {
		size_t from = (size_t)group[f] * 2;

		if (group[f] && group[f] < MATCH_PAIRS && at[from] != PCRE2_UNSET)
			*field_of(out, f, masked) =
				(struct str){ .p = subject.p + at[from], .n = at[from + 1] - at[from] };
	}
}

static bool
regex_holds(struct canon_matcher *m, const struct match *want, size_t i, struct str subject,
	    struct canon *out, struct str *masked)
{
	int rc = pcre2_match(want->regex[i], (PCRE2_SPTR)(subject.p ? subject.p : ""), subject.n, 0, 0,
			     m->data, m->context);

	if (rc < 0) {
		out->limit |= rc != PCRE2_ERROR_NOMATCH;
		return false;
	}
	take_groups(m, want->regex_group[i], subject, out, masked);
	return true;
}

static bool
value_holds(struct canon_matcher *m, const struct match *want, size_t i, struct str subject,
	    struct canon *out, struct str *masked)
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
		return regex_holds(m, want, i, subject, out, masked);
	}
	return false;
}

static bool
resource_holds(struct canon_matcher *m, const struct resource *r, const struct parts *parts,
	       struct canon *out, struct str *masked)
{
	for (size_t k = 0; k < r->match_count; k++) {
		const struct match *want = &r->match[k];
		struct str subject = part(parts, want->field);
		bool any = false;

		for (size_t i = 0; i < want->value_count && !any; i++)
			any = value_holds(m, want, i, subject, out, masked);
		if (!any)
			return false;
	}
	return r->match_count > 0;
}

/* A hole ends at '/' or at the byte its next literal starts with; the whole path must be used up. */
static bool
template_take(const struct template *t, struct str path, struct str taken[FIELD_COUNT])
{
	for (size_t i = 0; i < t->count; i++) {
		const struct template_piece *piece = &t->piece[i];
		size_t n = 0;

		if (!str_starts(path, piece->literal))
			return false;
		path = str_skip(path, piece->literal.n);
		if (piece->field < 0)
			continue;
		if (i + 1 < t->count && t->piece[i + 1].literal.n && t->piece[i + 1].literal.p[0] != '/') {
			while (n < path.n && path.p[n] != '/' &&
			       path.p[n] != t->piece[i + 1].literal.p[0])
				n++;
		} else {
			n = str_find(path, '/');
		}
		if (n == 0)
			return false;
		taken[piece->field] = str_head(path, n);
		path = str_skip(path, n);
	}
	return path.n == 0;
}

/* The value of `name` in `a=1&t=T-0001&...`; the first of several. */
static struct str
query_value(struct str query, struct str name)
{
	while (query.n) {
		size_t n = str_find(query, '&');

		if (n > name.n && query.p[name.n] == '=' && memcmp(query.p, name.p, name.n) == 0)
			return (struct str){ .p = query.p + name.n + 1, .n = n - name.n - 1 };
		query = str_skip(query, n < query.n ? n + 1 : n);
	}
	return (struct str){ 0 };
}

static void
extract(const struct policy_system *sys, const struct parts *parts, struct canon *out,
	struct str *masked)
{
	for (size_t i = 0; i < sys->extract_count; i++) {
		const struct extract *x = &sys->extract[i];
		struct str taken[FIELD_COUNT] = { { 0 } };

		if (x->kind == SOURCE_QUERY)
			taken[x->field] = query_value(parts->query, x->name);
		else if (x->kind != SOURCE_PATH || !template_take(&x->template, parts->path, taken))
			continue;
		for (int f = 0; f < FIELD_COUNT; f++) {
			struct str *to = field_of(out, f, masked);

			if (to->n == 0)
				*to = taken[f];
		}
	}
}

static void
decode(struct canon *out, struct str *value, bool query)
{
	if (value->n == 0)
		return;
	*value = decode_escapes(*value, out->room, &out->used, sizeof(out->room));
	*value = decode_url(*value, query, out->room, &out->used, sizeof(out->room));
}

static enum act
act_of(const struct record *r, const struct canon *out)
{
	static const struct str writes[] = { { "POST", 4 }, { "PUT", 3 }, { "PATCH", 5 }, { "DELETE", 6 } };

	if (out->object.n == 0)
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
	out->reason = out->ok						? REASON_NONE :
		      status == 401					? REASON_AUTH :
		      status == 403					? REASON_FORBIDDEN :
		      status == 404 || status == 410			? REASON_NOT_FOUND :
									  REASON_ERROR;
}

static enum masked
masked_of(struct str s)
{
	static const struct {
		struct str word;
		enum masked masked;
	} words[] = { { { "1", 1 }, MASKED_YES },   { { "0", 1 }, MASKED_NO },
		      { { "yes", 3 }, MASKED_YES }, { { "no", 2 }, MASKED_NO },
		      { { "true", 4 }, MASKED_YES }, { { "false", 5 }, MASKED_NO } };

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
	struct str masked = { 0 };
	int act = -1;

	out->object = out->class = out->terminal = out->account = (struct str){ 0 };
	out->limit = false;
	out->used = 0;
	for (size_t i = 0; i < policy->resource_count; i++) {
		if (resource_holds(m, &policy->resource[i], &parts, out, &masked)) {
			act = policy->resource[i].act;
			if (policy->resource[i].class.n)
				out->class = policy->resource[i].class;
			break;
		}
	}
	extract(&policy->system[system], &parts, out, &masked);
	decode(out, &out->object, false);
	decode(out, &out->class, false);
	decode(out, &out->account, true);
	decode(out, &out->terminal, true);
	out->masked = (uint8_t)masked_of(masked);
	out->act = (uint8_t)(act >= 0 ? act : (int)act_of(r, out));
	outcome(r->status, out);
}
