/*
 * policy_system.c - `systems:`, the register of what must be read, also when it is silent.
 */
#include "policy/policy_reader.h"

/* In the order of enum normalise's bits. */
static const char *const normalise_names[] = { "trim", "lower", "strip_domain", "fold_width" };
const struct policy_names policy_normalise_words = { normalise_names, COUNT(normalise_names) };

static void
read_id(struct policy_reader *r, const struct yaml *value, void *into)
{
	const struct policy *p = r->policy;
	struct policy_system *s = into;
	struct str where;

	if (!policy_read_text(r, value, &s->id))
		return;
	for (size_t i = 0; i < p->system_count; i++) {
		if (&p->system[i] == s || !str_eq(p->system[i].id, s->id))
			continue;
		where = policy_where(r, value->at, p->system[i].at);
		error_at(r->err, value->at,
			 "system '" STR_FMT "' stands twice; " STR_FMT " has it already",
			 STR_ARG(s->id), STR_ARG(where));
		return;
	}
}

static void
read_ja(struct policy_reader *r, const struct yaml *value, void *into)
{
	policy_read_text(r, value, &((struct policy_system *)into)->name_ja);
}

static void
read_en(struct policy_reader *r, const struct yaml *value, void *into)
{
	policy_read_text(r, value, &((struct policy_system *)into)->name_en);
}

static const struct policy_key name_keys[] = {
	{ "ja", false, read_ja },
	{ "en", false, read_en },
};
const struct policy_map policy_name_map = { "a name", name_keys, COUNT(name_keys) };

static void
read_system_name(struct policy_reader *r, const struct yaml *value, void *into)
{
	struct policy_system *s = into;

	if (value->kind == YAML_MAP)
		policy_read_as(r, value, &policy_name_map, s);
	else if (policy_read_text(r, value, &s->name_ja))
		s->name_en = s->name_ja;
}

static void
read_owner(struct policy_reader *r, const struct yaml *value, void *into)
{
	struct policy_system *s = into;

	policy_read_text(r, value, &s->owner);
	s->owner_at = value->at;
}

static void
read_feed(struct policy_reader *r, const struct yaml *value, void *into)
{
	policy_read_text(r, value, &((struct policy_system *)into)->feed);
}

static void
read_logs(struct policy_reader *r, const struct yaml *value, void *into)
{
	struct policy_system *s = into;

	if (!policy_is_list(r, value, YAML_MOST_EVENTS))
		return;
	s->logs = arena_alloc(&r->policy->arena, value->count * sizeof(*s->logs));
	for (const struct yaml *item = value->child; item; item = item->next)
		if (policy_is_text(r, item))
			s->logs[s->log_count++] = policy_resolve(r, item);
}

static void
read_format(struct policy_reader *r, const struct yaml *value, void *into)
{
	struct policy_system *s = into;

	s->format_at = value->at;
	if (policy_read_text(r, value, &s->format))
		policy_read_name(r, str_head(s->format, str_find(s->format, ':')), value->at,
				 "format", r->formats);
}

static void
read_normalise(struct policy_reader *r, const struct yaml *value, void *into)
{
	struct policy_system *s = into;

	if (!policy_is_list(r, value, YAML_MOST_EVENTS))
		return;
	for (const struct yaml *item = value->child; item; item = item->next) {
		int i = policy_read_word(r, item, "normalisation", policy_normalise_words);

		if (i >= 0)
			s->normalise |= 1U << i;
	}
}

static void
fill_names(struct policy_system *s)
{
	if (!s->name_ja.n)
		s->name_ja = s->name_en.n ? s->name_en : s->id;
	if (!s->name_en.n)
		s->name_en = s->name_ja;
}

static const struct policy_key keys[] = {
	{ "id", true, read_id },
	{ "name", false, read_system_name },
	{ "owner", false, read_owner },
	{ "logs", true, read_logs },
	{ "feed", false, read_feed },
	{ "format", true, read_format },
	{ "extract", false, policy_read_extract },
	{ "fields", false, policy_read_fields },
	{ "encoding", false, policy_read_encoding },
	{ "timezone", false, policy_read_timezone },
	{ "time", false, policy_read_time_form },
	{ "match_limit", false, policy_read_match_limit },
	{ "year", false, policy_read_year },
	{ "acts", false, policy_read_acts },
	{ "outcomes", false, policy_read_outcomes },
	{ "proxies", false, policy_read_proxies },
	{ "normalise", false, read_normalise },
	{ "samples", false, policy_read_samples },
	{ "expect", false, policy_read_expect },
	{ "max_disorder", false, policy_read_max_disorder },
	{ "sharing", false, policy_read_sharing },
	{ "live", false, policy_read_live },
	{ "masked_since", false, policy_read_masked },
	{ "split_since", false, policy_read_split },
	{ "mfa", false, policy_read_mfa },
	{ "internal_only", false, policy_read_internal },
	{ "nonpersonal", false, policy_read_nonpersonal },
	{ "permitted_orgs", false, policy_read_permitted },
};
const struct policy_map policy_system_map = { "a system", keys, COUNT(keys) };

/*
 * What follows from a mistake is not told as another: of a format that was misread nothing is
 * prepared, and lines that are misread are no samples.  The register needs an id that nobody else
 * has, so one gets a name that cannot be written.
 */
static void
settle(struct policy_reader *r, struct policy_system *s, uint32_t wrong)
{
	static const char *const source[] = { "format",   "extract", "fields",
					      "timezone", "time",    "year" };
	static const char *const line[] = { "encoding", "acts", "outcomes", "proxies",
					    "normalise" };
	static const char *const id[] = { "id" };
	uint32_t source_bits =
		policy_key_bits(&policy_system_map, (struct policy_names){ source, COUNT(source) });
	uint32_t line_bits =
		policy_key_bits(&policy_system_map, (struct policy_names){ line, COUNT(line) });

	s->source_wrong = (wrong & source_bits) != 0;
	if (wrong & (source_bits | line_bits))
		s->sample_count = 0;
	fill_names(s);
	if (wrong & policy_key_bits(&policy_system_map, (struct policy_names){ id, COUNT(id) }))
		s->id = arena_printf(&r->policy->arena, "%c%zu", 0, r->policy->system_count);
}

void
policy_system_init(struct policy_system *s)
{
	*s = (struct policy_system){ .max_disorder_ms = INT64_MAX,
				     .live = INT64_MAX,
				     .masked_since = INT64_MAX,
				     .split_since = INT64_MAX,
				     .mfa_since = INT64_MAX };
}

void
policy_read_systems(struct policy_reader *r, const struct yaml *value, void *policy)
{
	struct policy *p = policy;
	struct policy_system *room = policy_grow(r, value, p->system, p->system_count,
						 POLICY_MOST_SYSTEMS, sizeof(*room));

	if (!room)
		return;
	p->system = room;
	for (const struct yaml *item = value->child; item; item = item->next) {
		struct policy_system *s = &p->system[p->system_count++];

		policy_system_init(s);
		s->at = item->at;
		settle(r, s, policy_read_as(r, item, &policy_system_map, s));
	}
}
