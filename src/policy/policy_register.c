/*
 * policy_register.c - what the register promises of a system: whose it is and since when, at which
 * hours it is never silent, who may use it and how.
 */
#include "policy/policy_reader.h"

enum { MOST_SPANS = 1000 };

static void
read_org(struct policy_reader *r, const struct yaml *value, void *into)
{
	policy_read_text(r, value, &((struct permit_org *)into)->org);
}

static void
read_permit_from(struct policy_reader *r, const struct yaml *value, void *into)
{
	policy_read_date(r, value, &((struct permit_org *)into)->from);
}

static void
read_permit_to(struct policy_reader *r, const struct yaml *value, void *into)
{
	policy_read_date(r, value, &((struct permit_org *)into)->to);
}

static const struct policy_key permit_keys[] = {
	{ "org", true, read_org },
	{ "from", false, read_permit_from },
	{ "to", false, read_permit_to },
};
const struct policy_map policy_permit_map = { "a permitted organisation", permit_keys,
					      COUNT(permit_keys) };

void
policy_read_permitted(struct policy_reader *r, const struct yaml *value, void *policy_system)
{
	struct policy_system *s = policy_system;

	if (!policy_is_list(r, value, MOST_SPANS))
		return;
	s->permitted = arena_alloc(&r->policy->arena, value->count * sizeof(*s->permitted));
	for (const struct yaml *item = value->child; item; item = item->next) {
		struct permit_org *permit = &s->permitted[s->permitted_count++];

		*permit = (struct permit_org){ .from = INT64_MIN, .to = INT64_MAX, .at = item->at };
		if (item->kind == YAML_MAP)
			policy_read_as(r, item, &policy_permit_map, permit);
		else
			policy_read_text(r, item, &permit->org);
		if (permit->from >= permit->to)
			error_at(r->err, item->at,
				 "'from' is not before 'to', so this permits nothing");
	}
}

/* What `expect:` is read into before a day of its own goes before `daily`. */
struct expected {
	struct hours day[DAYTYPE_COUNT], daily;
	int64_t max_gap_ms;
};

static void
read_weekday(struct policy_reader *r, const struct yaml *value, void *into)
{
	policy_read_hours(r, value, &((struct expected *)into)->day[DAYTYPE_BIZ]);
}

static void
read_saturday(struct policy_reader *r, const struct yaml *value, void *into)
{
	policy_read_hours(r, value, &((struct expected *)into)->day[DAYTYPE_SAT]);
}

static void
read_sunday(struct policy_reader *r, const struct yaml *value, void *into)
{
	policy_read_hours(r, value, &((struct expected *)into)->day[DAYTYPE_SUN]);
}

static void
read_holiday(struct policy_reader *r, const struct yaml *value, void *into)
{
	policy_read_hours(r, value, &((struct expected *)into)->day[DAYTYPE_HOL]);
}

static void
read_daily(struct policy_reader *r, const struct yaml *value, void *into)
{
	policy_read_hours(r, value, &((struct expected *)into)->daily);
}

static void
read_max_gap(struct policy_reader *r, const struct yaml *value, void *into)
{
	struct expected *e = into;

	if (policy_read_duration(r, value, &e->max_gap_ms) && e->max_gap_ms == 0)
		error_at(r->err, value->at,
			 "'" STR_FMT "' lets no line follow another; write the longest silence "
			 "that is usual, such as 2h",
			 STR_ARG(value->text));
}

static const struct policy_key expect_keys[] = {
	{ "weekday", false, read_weekday }, { "saturday", false, read_saturday },
	{ "sunday", false, read_sunday },   { "holiday", false, read_holiday },
	{ "daily", false, read_daily },     { "max_gap", false, read_max_gap },
};
const struct policy_map policy_expect_map = { "'expect'", expect_keys, COUNT(expect_keys) };

void
policy_read_expect(struct policy_reader *r, const struct yaml *value, void *policy_system)
{
	struct policy_system *s = policy_system;
	struct expected e = { 0 };
	bool said = false;

	if (policy_read_as(r, value, &policy_expect_map, &e))
		return;
	for (int i = 0; i < DAYTYPE_COUNT; i++) {
		s->expect[i] = e.day[i].said ? e.day[i] : e.daily;
		said |= s->expect[i].said;
	}
	s->max_gap_ms = e.max_gap_ms;
	if (!said)
		error_at(r->err, value->at,
			 "'expect' names no hours; add 'weekday', 'saturday', 'sunday', 'holiday' "
			 "or 'daily'");
}

void
policy_read_max_disorder(struct policy_reader *r, const struct yaml *value, void *policy_system)
{
	policy_read_duration(r, value, &((struct policy_system *)policy_system)->max_disorder_ms);
}

/* In the order of enum sharing, from its second on. */
static const char *const sharings[] = { "shared", "logical", "physical" };
const struct policy_names policy_sharing_words = { sharings, COUNT(sharings) };

static void
read_sharing_kind(struct policy_reader *r, const struct yaml *value, void *into)
{
	int i = policy_read_word(r, value, "sharing", policy_sharing_words);

	if (i >= 0)
		((struct sharing_span *)into)->sharing = (enum sharing)(SHARING_SHARED + i);
}

static void
read_sharing_from(struct policy_reader *r, const struct yaml *value, void *into)
{
	policy_read_date(r, value, &((struct sharing_span *)into)->from);
}

static void
read_sharing_to(struct policy_reader *r, const struct yaml *value, void *into)
{
	policy_read_date(r, value, &((struct sharing_span *)into)->to);
}

static const struct policy_key sharing_keys[] = {
	{ "kind", true, read_sharing_kind },
	{ "from", false, read_sharing_from },
	{ "to", false, read_sharing_to },
};
const struct policy_map policy_sharing_map = { "a span of 'sharing'", sharing_keys,
					       COUNT(sharing_keys) };

/* A system is shared in one way at a time. */
static void
check_span(struct policy_reader *r, const struct yaml *list, const struct yaml *item,
	   const struct policy_system *s)
{
	const struct sharing_span *span = &s->sharing[s->sharing_count - 1];
	const struct yaml *other = list->child;

	if (span->from >= span->to) {
		error_at(r->err, item->at, "'from' is not before 'to', so this holds never");
		return;
	}
	for (size_t i = 0; i + 1 < s->sharing_count; i++, other = other->next) {
		if (span->from >= s->sharing[i].to || s->sharing[i].from >= span->to)
			continue;
		error_at(r->err, item->at,
			 "this and line %u hold at the same time; one must end before the other "
			 "begins",
			 other->at.line);
		return;
	}
}

void
policy_read_sharing(struct policy_reader *r, const struct yaml *value, void *policy_system)
{
	struct policy_system *s = policy_system;
	struct sharing_span always = { SHARING_UNSAID, INT64_MIN, INT64_MAX };
	bool list = value->kind == YAML_LIST;

	if (list && !policy_is_list(r, value, MOST_SPANS))
		return;
	s->sharing =
		arena_alloc(&r->policy->arena, (list ? value->count : 1) * sizeof(*s->sharing));
	if (!list) {
		s->sharing[s->sharing_count++] = always;
		read_sharing_kind(r, value, s->sharing);
		return;
	}
	for (const struct yaml *item = value->child; item; item = item->next) {
		s->sharing[s->sharing_count++] = always;
		if (!policy_read_as(r, item, &policy_sharing_map,
				    &s->sharing[s->sharing_count - 1]))
			check_span(r, value, item, s);
	}
}

void
policy_read_live(struct policy_reader *r, const struct yaml *value, void *policy_system)
{
	policy_read_date(r, value, &((struct policy_system *)policy_system)->live);
}

void
policy_read_masked(struct policy_reader *r, const struct yaml *value, void *policy_system)
{
	policy_read_date(r, value, &((struct policy_system *)policy_system)->masked_since);
}

void
policy_read_split(struct policy_reader *r, const struct yaml *value, void *policy_system)
{
	policy_read_date(r, value, &((struct policy_system *)policy_system)->split_since);
}

/* yes, no, or since when. */
void
policy_read_mfa(struct policy_reader *r, const struct yaml *value, void *policy_system)
{
	struct policy_system *s = policy_system;
	bool yes;

	if (value->kind == YAML_TEXT && value->text.n > 5 && value->text.p[0] >= '1' &&
	    value->text.p[0] <= '9') {
		policy_read_date(r, value, &s->mfa_since);
		return;
	}
	if (policy_read_yes_no(r, value, &yes))
		s->mfa_since = yes ? INT64_MIN : INT64_MAX;
}

void
policy_read_internal(struct policy_reader *r, const struct yaml *value, void *policy_system)
{
	policy_read_yes_no(r, value, &((struct policy_system *)policy_system)->internal_only);
}

static const char *const nonpersonals[] = { "allowed", "forbidden" };
const struct policy_names policy_nonpersonal_words = { nonpersonals, COUNT(nonpersonals) };

void
policy_read_nonpersonal(struct policy_reader *r, const struct yaml *value, void *policy_system)
{
	struct policy_system *s = policy_system;

	s->nonpersonal_forbidden =
		policy_read_word(r, value, "answer", policy_nonpersonal_words) == 1;
}
