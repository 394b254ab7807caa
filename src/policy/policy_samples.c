/*
 * policy_samples.c - `samples:` of a system: lines, and what must be found in them or why they must
 * be refused.  `sekisho check` reads them as a log would be read.
 */
#include "base/address.h"
#include "base/civil.h"
#include "policy/policy_reader.h"

/* What a format finds, and what the policy makes of it; account is the name of both. */
enum { WANT_FIELDS = RAW_COUNT + FIELD_COUNT - 1 };

static struct policy_names
want_names(void)
{
	static const char *names[WANT_FIELDS];
	size_t n = 0;

	for (int i = 0; i < FIELD_COUNT; i++)
		names[n++] = field_names[i];
	for (int i = 0; i < RAW_COUNT; i++)
		if (i != RAW_ACCOUNT)
			names[n++] = raw_names[i];
	return (struct policy_names){ names, n };
}

static bool
is_address(struct str s)
{
	char address[ADDRESS_SIZE];

	return address_parse(s, address);
}

/* A value that no line could have is told here: it would only be told as never found. */
static bool
check_value(struct policy_reader *r, const struct yaml *value, struct str name)
{
	static const char *const masks[] = { "yes", "no" };
	struct place at = value->at;
	int64_t ts;

	if (value->text.n == 0)
		return true;
	if (str_is(name, "act"))
		return policy_read_name(r, value->text, at, "act",
					(struct policy_names){ act_names, ACT_COUNT }) >= 0;
	if (str_is(name, "outcome"))
		return policy_read_name(r, value->text, at, "outcome", policy_outcome_words) >= 0;
	if (str_is(name, "masked"))
		return policy_read_name(r, value->text, at, "answer",
					(struct policy_names){ masks, COUNT(masks) }) >= 0;
	if (str_is(name, "time") && !civil_parse_jst(value->text, &ts))
		return error_at(r->err, at,
				"'" STR_FMT "' is no time; write 'yyyy-mm-dd hh:mm:ss', with "
				"+hh:mm behind it if "
				"it is not of Japan",
				STR_ARG(value->text)) == 0;
	if (str_is(name, "address") && !is_address(value->text))
		return error_at(r->err, at, "'" STR_FMT "' is no address", STR_ARG(value->text)) ==
		       0;
	return true;
}

static void
read_want(struct policy_reader *r, const struct yaml *item, struct policy_sample *s)
{
	struct sample_want *w = &s->want[s->want_count];
	bool absent = item->kind == YAML_TEXT && item->quoted && item->text.n == 0;

	if (policy_read_name(r, item->key->text, item->key->at, "field", want_names()) < 0 ||
	    (!absent && !policy_is_text(r, item)) || !check_value(r, item, item->key->text))
		return;
	*w = (struct sample_want){ .name = policy_keep(r, item->key->text),
				   .value = policy_keep(r, item->text),
				   .at = item->at };
	s->want_count++;
}

static void
read_line(struct policy_reader *r, const struct yaml *value, void *into)
{
	struct policy_sample *s = into;

	if (!policy_read_text(r, value, &s->lines))
		return;
	if (str_ends(s->lines, STR("\n")))
		s->lines.n--;
}

static void
read_expect(struct policy_reader *r, const struct yaml *value, void *into)
{
	struct policy_sample *s = into;

	if (!policy_is_map(r, value, "'expect'"))
		return;
	if (value->count == 0)
		error_at(r->err, value->at,
			 "'expect' is empty; write fields and what they must be");
	s->want = arena_alloc(&r->policy->arena, value->count * sizeof(*s->want));
	for (const struct yaml *item = value->child; item; item = item->next)
		if (!item->again)
			read_want(r, item, s);
}

static void
read_refused(struct policy_reader *r, const struct yaml *value, void *into)
{
	struct policy_sample *s = into;

	policy_read_text(r, value, &s->refused);
	s->refused_at = value->at;
}

static const struct policy_key keys[] = {
	{ "line", true, read_line },
	{ "expect", false, read_expect },
	{ "refused", false, read_refused },
};
const struct policy_map policy_sample_map = { "a sample", keys, COUNT(keys) };

void
policy_read_samples(struct policy_reader *r, const struct yaml *value, void *policy_system)
{
	struct policy_system *s = policy_system;

	if (!policy_is_list(r, value, POLICY_MOST_SAMPLES))
		return;
	s->sample = arena_alloc(&r->policy->arena, value->count * sizeof(*s->sample));
	for (const struct yaml *item = value->child; item; item = item->next) {
		struct policy_sample *sample = &s->sample[s->sample_count];
		size_t before = policy_mistakes(r);

		*sample = (struct policy_sample){ .at = item->at };
		policy_read_as(r, item, &policy_sample_map, sample);
		if (policy_mistakes(r) == before &&
		    !yaml_get(item, "expect") == !yaml_get(item, "refused"))
			error_at(r->err, item->at,
				 "a sample says either what to 'expect' or why it is 'refused'");
		s->sample_count += policy_mistakes(r) == before;
	}
}
