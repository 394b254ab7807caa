/*
 * canon_match.c - which entry of the policy's resources a line is of, and the fields its patterns take.
 */
#include "format/canon_own.h"

#include "base/error.h"

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
	bool some
		[256]; /* by the second byte of a path: could any entry match?  (100 instructions a line, 2026-11) */
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
	for (size_t i = 0; i < m->probe_count; i++) {
		if (m->probe[i].second)
			m->some[(unsigned char)m->probe[i].second] = true;
		else
			memset(m->some, true, sizeof(m->some));
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

const struct policy_system *
canon_system(const struct canon_matcher *m, unsigned system)
{
	return &m->policy->system[system];
}

static bool
gives_outcome(const struct extract *x)
{
	for (size_t i = 0; x->kind == SOURCE_PATH && i < x->template.count; i++) {
		if (x->template.piece[i].field == FIELD_OUTCOME)
			return true;
	}
	return x->kind != SOURCE_PATH && x->field == FIELD_OUTCOME;
}

bool
canon_may_refuse(const struct canon_matcher *m, unsigned system)
{
	const struct policy_system *s = canon_system(m, system);

	for (size_t i = 0; i < s->extract_count; i++) {
		if (gives_outcome(&s->extract[i]))
			return true;
	}
	for (size_t i = 0; i < m->probe_count; i++) {
		const struct resource *r = m->probe[i].resource;

		for (size_t k = 0; k < r->match_count; k++) {
			if (r->match[k].kind == MATCH_RE)
				return true;
		}
	}
	return false;
}

static struct str
part(const struct canon_parts *parts, enum match_field field)
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
		return parts->system->id;
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
resource_holds(struct canon_matcher *m, const struct resource *r, const struct canon_parts *parts,
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

const struct resource *
canon_resource(struct canon_matcher *m, const struct canon_parts *parts, struct canon *out)
{
	char second = parts->path.n > 1 ? parts->path.p[1] : '\0';

	if (LIKELY(!m->some[(unsigned char)second]))
		return NULL;
	for (size_t i = 0; i < m->probe_count; i++) {
		const struct probe *probe = &m->probe[i];

		if (probe->second && probe->second != second)
			continue;
		if (resource_holds(m, probe->resource, parts, out))
			return probe->resource;
		if (UNLIKELY(out->grouped))
			canon_no_fields(out);
	}
	return NULL;
}
