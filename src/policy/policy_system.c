/*
 * policy_system.c - `systems:`, the register of what must be read, also when it is silent.
 */
#include "base/civil.h"
#include "policy/policy_reader.h"

static const char *const normalise_names[] = { "trim", "lower", "strip_domain", "fold_width" };

static void
read_id(struct policy_reader *r, const struct yaml *value, void *into)
{
	const struct policy *p = r->policy;
	struct policy_system *s = into;

	if (!policy_read_text(r, value, &s->id))
		return;
	for (size_t i = 0; i < p->system_count; i++) {
		if (&p->system[i] == s || !str_eq(p->system[i].id, s->id))
			continue;
		error_at(r->err, value->at,
			 "system '" STR_FMT "' stands twice; line %u has it already",
			 STR_ARG(s->id), p->system[i].at.line);
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

static void
read_system_name(struct policy_reader *r, const struct yaml *value, void *into)
{
	static const struct policy_key keys[] = {
		{ "ja", false, read_ja },
		{ "en", false, read_en },
	};
	struct policy_system *s = into;

	if (value->kind == YAML_MAP)
		policy_read_map(r, value, "a name", keys, COUNT(keys), s);
	else if (policy_read_text(r, value, &s->name_ja))
		s->name_en = s->name_ja;
}

static void
read_owner(struct policy_reader *r, const struct yaml *value, void *into)
{
	policy_read_text(r, value, &((struct policy_system *)into)->owner);
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
			s->logs[s->log_count++] = policy_resolve(r, item->text);
}

static void
read_format(struct policy_reader *r, const struct yaml *value, void *into)
{
	struct policy_system *s = into;

	if (!policy_read_text(r, value, &s->format))
		return;
	s->format_at = policy_place(r, value->at);
	policy_read_name(r, str_head(s->format, str_find(s->format, ':')), value->at, "format",
			 r->formats);
}

static void
read_normalise(struct policy_reader *r, const struct yaml *value, void *into)
{
	static const struct policy_names names = { normalise_names, COUNT(normalise_names) };
	struct policy_system *s = into;

	if (!policy_is_list(r, value, YAML_MOST_EVENTS))
		return;
	for (const struct yaml *item = value->child; item; item = item->next) {
		int i;

		if (!policy_is_text(r, item))
			continue;
		i = policy_read_name(r, item->text, item->at, "normalisation", names);
		if (i >= 0)
			s->normalise |= 1U << i;
	}
}

static void
read_org(struct policy_reader *r, const struct yaml *value, void *into)
{
	policy_read_text(r, value, &((struct permit_org *)into)->org);
}

static void
read_time(struct policy_reader *r, const struct yaml *value, int64_t *out)
{
	if (policy_is_text(r, value) && !civil_parse_jst(value->text, out))
		error_at(r->err, value->at,
			 "'" STR_FMT "' is no time; write yyyy-mm-dd or 'yyyy-mm-dd hh:mm'",
			 STR_ARG(value->text));
}

static void
read_from(struct policy_reader *r, const struct yaml *value, void *into)
{
	read_time(r, value, &((struct permit_org *)into)->from);
}

static void
read_to(struct policy_reader *r, const struct yaml *value, void *into)
{
	read_time(r, value, &((struct permit_org *)into)->to);
}

static void
read_permitted(struct policy_reader *r, const struct yaml *value, void *into)
{
	static const struct policy_key keys[] = {
		{ "org", true, read_org },
		{ "from", false, read_from },
		{ "to", false, read_to },
	};
	struct policy_system *s = into;

	if (!policy_is_list(r, value, YAML_MOST_EVENTS))
		return;
	s->permitted = arena_alloc(&r->policy->arena, value->count * sizeof(*s->permitted));
	for (const struct yaml *item = value->child; item; item = item->next) {
		struct permit_org *permit = &s->permitted[s->permitted_count++];

		*permit = (struct permit_org){ .from = INT64_MIN, .to = INT64_MAX };
		if (item->kind == YAML_MAP)
			policy_read_map(r, item, "a permitted organisation", keys, COUNT(keys),
					permit);
		else
			policy_read_text(r, item, &permit->org);
		if (permit->from >= permit->to)
			error_at(r->err, item->at,
				 "'from' is not before 'to', so this permits nothing");
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

void
policy_read_systems(struct policy_reader *r, const struct yaml *value, void *policy)
{
	static const struct policy_key keys[] = {
		{ "id", true, read_id },
		{ "name", false, read_system_name },
		{ "owner", false, read_owner },
		{ "logs", true, read_logs },
		{ "format", true, read_format },
		{ "extract", false, policy_read_extract },
		{ "fields", false, policy_read_fields },
		{ "encoding", false, policy_read_encoding },
		{ "timezone", false, policy_read_timezone },
		{ "time", false, policy_read_time_form },
		{ "year", false, policy_read_year },
		{ "acts", false, policy_read_acts },
		{ "outcomes", false, policy_read_outcomes },
		{ "proxies", false, policy_read_proxies },
		{ "normalise", false, read_normalise },
		{ "permitted_orgs", false, read_permitted },
		{ "expect", false, policy_read_later },
		{ "sharing", false, policy_read_later },
		{ "split_since", false, policy_read_later },
		{ "nonpersonal", false, policy_read_later },
	};
	struct policy *p = policy;

	if (!policy_is_list(r, value, POLICY_MOST_SYSTEMS))
		return;
	p->system = arena_alloc(&p->arena, value->count * sizeof(*p->system));
	for (const struct yaml *item = value->child; item; item = item->next) {
		struct policy_system *s = &p->system[p->system_count++];

		s->at = policy_place(r, item->at);
		policy_read_map(r, item, "a system", keys, COUNT(keys), s);
		fill_names(s);
	}
}
