/*
 * disposition_keys.c - the keys of one disposition.  Dates are inclusive, as people write them.
 */
#include "policy/disposition_keys.h"

#include "base/civil.h"

enum { MATCHES_MOST = 16, ORIGINS_MOST = 1000 };

const struct policy_names disposition_decision_words = { decision_names, DECISION_COUNT };

static bool
is_fingerprint(struct str s)
{
	if (s.n != FINGERPRINT - 1 || !str_starts(s, STR("sk1c:")))
		return false;
	for (size_t i = 5; i < s.n; i++) {
		if (!memchr("0123456789abcdef", s.p[i], 16))
			return false;
	}
	return true;
}

static void
read_fingerprint(struct policy_reader *r, const struct yaml *value, void *into)
{
	struct disposition *d = into;

	if (!policy_read_text(r, value, &d->fp_case) || is_fingerprint(d->fp_case))
		return;
	error_at(r->err, value->at,
		 "'" STR_FMT "' is no fingerprint of a case; it is 'sk1c:' and 32 hex digits, as "
		 "reports print it",
		 STR_ARG(value->text));
}

static void
read_rule(struct policy_reader *r, const struct yaml *value, void *into)
{
	struct disposition *d = into;

	d->rule_at = value->at;
	policy_read_text(r, value, &d->rule);
}

static void
read_match(struct policy_reader *r, const struct yaml *value, void *into)
{
	struct disposition *d = into;

	if (!policy_is_map(r, value, "'match'"))
		return;
	if (value->count == 0 || value->count > MATCHES_MOST) {
		error_at(r->err, value->at,
			 "'match' has %zu parts; it needs 1 to %d, such as "
			 "{acct: pg0001}",
			 value->count, MATCHES_MOST);
		return;
	}
	d->match = arena_alloc(&r->policy->arena, value->count * sizeof(*d->match));
	for (const struct yaml *item = value->child; item; item = item->next) {
		struct disposition_match *m = &d->match[d->match_count];

		if (item->again || !policy_read_text(r, item, &m->value))
			continue;
		m->name = policy_keep(r, item->key->text);
		m->at = item->key->at;
		d->match_count++;
	}
}

static void
read_decision(struct policy_reader *r, const struct yaml *value, void *into)
{
	struct disposition *d = into;
	int i = policy_read_word(r, value, "decision", disposition_decision_words);

	if (i >= 0)
		d->decision = (enum decision)i;
}

static void
read_action(struct policy_reader *r, const struct yaml *value, void *into)
{
	policy_read_text(r, value, &((struct disposition *)into)->action);
}

static void
read_reason(struct policy_reader *r, const struct yaml *value, void *into)
{
	policy_read_text(r, value, &((struct disposition *)into)->reason_no_action);
}

static void
read_ticket(struct policy_reader *r, const struct yaml *value, void *into)
{
	policy_read_text(r, value, &((struct disposition *)into)->ticket);
}

/* 00:00 of a day, or of the one behind it. */
static void
read_day(struct policy_reader *r, const struct yaml *value, int days, int64_t *out)
{
	int64_t ts;

	if (!policy_is_text(r, value))
		return;
	if (value->text.n > 10 || !civil_parse_jst(value->text, &ts))
		error_at(r->err, value->at, "'" STR_FMT "' is no day; write yyyy-mm-dd",
			 STR_ARG(value->text));
	else
		*out = ts + days * (int64_t)DAY_MS;
}

static void
read_from(struct policy_reader *r, const struct yaml *value, void *into)
{
	read_day(r, value, 0, &((struct disposition *)into)->from);
}

static void
read_to(struct policy_reader *r, const struct yaml *value, void *into)
{
	read_day(r, value, 1, &((struct disposition *)into)->to);
}

static void
read_expires(struct policy_reader *r, const struct yaml *value, void *into)
{
	read_day(r, value, 1, &((struct disposition *)into)->expires);
}

static void
read_most_consumers(struct policy_reader *r, const struct yaml *value, void *into)
{
	struct disposition *d = into;

	d->caps_consumers = policy_read_count(r, value, 0, UINT32_MAX, &d->consumers);
}

/* An empty list is meant: findings of rules that need no line have no origin. */
static void
read_origins(struct policy_reader *r, const struct yaml *value, void *into)
{
	struct disposition *d = into;

	d->caps_origins = true;
	if (value->kind == YAML_LIST && value->count == 0)
		return;
	if (!policy_is_list(r, value, ORIGINS_MOST))
		return;
	d->origin = arena_alloc(&r->policy->arena, value->count * sizeof(*d->origin));
	for (const struct yaml *item = value->child; item; item = item->next)
		d->origin_count += policy_read_text(r, item, &d->origin[d->origin_count]);
}

static const struct policy_key scope_keys[] = {
	{ "from", true, read_from },
	{ "to", false, read_to },
	{ "max_consumers_per_day", false, read_most_consumers },
	{ "origins", false, read_origins },
};
const struct policy_map disposition_scope_map = { "a scope", scope_keys, COUNT(scope_keys) };

static void
read_scope(struct policy_reader *r, const struct yaml *value, void *into)
{
	policy_read_as(r, value, &disposition_scope_map, into);
}

static void
read_person_id(struct policy_reader *r, const struct yaml *value, void *into)
{
	policy_read_text(r, value, &((struct disposition_person *)into)->id);
}

static void
read_person_role(struct policy_reader *r, const struct yaml *value, void *into)
{
	policy_read_text(r, value, &((struct disposition_person *)into)->role);
}

static void
read_person_date(struct policy_reader *r, const struct yaml *value, void *into)
{
	read_day(r, value, 0, &((struct disposition_person *)into)->date);
}

static const struct policy_key person_keys[] = {
	{ "id", true, read_person_id },
	{ "role", false, read_person_role },
	{ "date", true, read_person_date },
};
const struct policy_map disposition_person_map = { "a person", person_keys, COUNT(person_keys) };

static void
read_prepared(struct policy_reader *r, const struct yaml *value, void *into)
{
	struct disposition *d = into;

	d->prepared.at = value->at;
	policy_read_as(r, value, &disposition_person_map, &d->prepared);
}

static void
read_reviewed(struct policy_reader *r, const struct yaml *value, void *into)
{
	struct disposition *d = into;

	d->reviewed.at = value->at;
	policy_read_as(r, value, &disposition_person_map, &d->reviewed);
}

static const struct policy_key keys[] = {
	{ "fp_case", false, read_fingerprint }, { "rule", false, read_rule },
	{ "match", false, read_match },         { "decision", true, read_decision },
	{ "action", false, read_action },       { "reason_no_action", false, read_reason },
	{ "scope", true, read_scope },          { "expires", false, read_expires },
	{ "ticket", false, read_ticket },       { "prepared_by", true, read_prepared },
	{ "reviewed_by", true, read_reviewed },
};
const struct policy_map disposition_map = { "a disposition", keys, COUNT(keys) };
