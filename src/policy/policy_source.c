/*
 * policy_source.c - how a system's log is written: its own names of the usual fields, its clock, its words, its
 * proxies.
 *
 * Encodings and zones are only kept here; who opens them (app/sources.c) tells what is wrong with them.
 */
#include "policy/policy_reader.h"

enum { MOST_WORDS = 1000, MOST_PROXIES = 1000, MOST_STEPS = 1000 };

void
policy_read_fields(struct policy_reader *r, const struct yaml *value, void *policy_system)
{
	static const struct policy_names names = { raw_names, RAW_COUNT };
	struct policy_system *s = policy_system;

	if (!policy_is_map(r, value, "'fields'"))
		return;
	for (const struct yaml *item = value->child; item; item = item->next) {
		int field = policy_read_name(r, item->key->text, item->key->at, "field", names);

		if (field >= 0)
			policy_read_text(r, item, &s->field[field]);
	}
}

void
policy_read_encoding(struct policy_reader *r, const struct yaml *value, void *policy_system)
{
	struct policy_system *s = policy_system;

	policy_read_text(r, value, &s->encoding);
	s->encoding_at = value->at;
}

void
policy_read_timezone(struct policy_reader *r, const struct yaml *value, void *policy_system)
{
	struct policy_system *s = policy_system;

	policy_read_text(r, value, &s->timezone);
	s->timezone_at = value->at;
}

void
policy_read_time_form(struct policy_reader *r, const struct yaml *value, void *policy_system)
{
	policy_read_text(r, value, &((struct policy_system *)policy_system)->time);
}

void
policy_read_year(struct policy_reader *r, const struct yaml *value, void *policy_system)
{
	struct policy_system *s = policy_system;
	uint64_t year;

	if (policy_read_count(r, value, 1900, 9999, &year))
		s->year = (int)year;
}

void
policy_read_match_limit(struct policy_reader *r, const struct yaml *value, void *policy_system)
{
	struct policy_system *s = policy_system;
	uint64_t steps;

	if (policy_read_count(r, value, 1, MOST_STEPS, &steps))
		s->match_limit = (int)steps;
}

/* `{照会: view, 印刷: print}` */
static void
read_words(struct policy_reader *r, const struct yaml *value, const char *what,
	   struct policy_names meanings, struct word **word, size_t *count)
{
	if (!policy_is_map(r, value, what))
		return;
	if (value->count > MOST_WORDS) {
		error_at(r->err, value->at, "more than %d words", MOST_WORDS);
		return;
	}
	*word = arena_alloc(&r->policy->arena, value->count * sizeof(**word));
	for (const struct yaml *item = value->child; item; item = item->next) {
		struct word *w = &(*word)[*count];

		if (!policy_is_text(r, item))
			continue;
		w->text = policy_keep(r, item->key->text);
		w->means = policy_read_name(r, item->text, item->at, what, meanings);
		*count += w->means >= 0;
	}
}

void
policy_read_acts(struct policy_reader *r, const struct yaml *value, void *policy_system)
{
	static const struct policy_names meanings = { act_names, ACT_COUNT };
	struct policy_system *s = policy_system;

	read_words(r, value, "act", meanings, &s->act, &s->act_count);
}

/* In the order of enum reason. */
static const char *const ends[REASON_COUNT] = { "ok", "auth", "forbidden", "not_found", "error" };
const struct policy_names policy_outcome_words = { ends, REASON_COUNT };

void
policy_read_outcomes(struct policy_reader *r, const struct yaml *value, void *policy_system)
{
	struct policy_system *s = policy_system;

	read_words(r, value, "outcome", policy_outcome_words, &s->outcome, &s->outcome_count);
}

void
policy_read_proxies(struct policy_reader *r, const struct yaml *value, void *policy_system)
{
	struct policy_system *s = policy_system;

	if (!policy_is_list(r, value, MOST_PROXIES))
		return;
	s->proxy = arena_alloc(&r->policy->arena, value->count * sizeof(*s->proxy));
	for (const struct yaml *item = value->child; item; item = item->next) {
		if (!policy_is_text(r, item))
			continue;
		if (cidr_parse(item->text, &s->proxy[s->proxy_count]) == CIDR_OK)
			s->proxy_count++;
		else
			error_at(r->err, item->at,
				 "'" STR_FMT
				 "' is no network; write one like 10.0.0.0/8 or an address",
				 STR_ARG(item->text));
	}
}
