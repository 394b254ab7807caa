/*
 * policy_digest.c - the digest of what decides what a line says; facts of different digests are
 * never united.
 *
 * Every text goes in behind its length, so that no two policies serialise alike.  Names, owners,
 * permitted organisations, sensitivity, log paths, samples and ledgers stay out: they change
 * judgement, not facts.  A feed decides which lines are doubles, so it is in.
 */
#include "base/sha256.h"
#include "policy/policy_reader.h"

static void
put_number(struct sha256 *s, uint64_t v)
{
	uint8_t bytes[8];

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(v >> (8 * i));
	sha256_add(s, bytes, sizeof(bytes));
}

static void
put(struct sha256 *s, struct str text)
{
	put_number(s, text.n);
	sha256_add(s, text.p, text.n);
}

/* -1 stands for "none" in several places; it is 0 here. */
static struct str
name_of(const char *const *names, int i)
{
	struct str none = { 0 };

	return i < 0 ? none : str_of(names[i]);
}

static void
put_extract(struct sha256 *s, const struct extract *x)
{
	static const char *const kinds[] = { [SOURCE_NONE] = "",
					     [SOURCE_PATH] = "path",
					     [SOURCE_QUERY] = "query",
					     [SOURCE_FIELD] = "field" };

	put(s, str_of(kinds[x->kind]));
	put(s, name_of(field_names, (int)x->field));
	put(s, x->name);
	put_number(s, x->template.count);
	for (size_t i = 0; i < x->template.count; i++) {
		put(s, x->template.piece[i].literal);
		put(s, name_of(field_names, x->template.piece[i].field));
	}
}

static void
put_words(struct sha256 *s, const struct word *word, size_t n)
{
	put_number(s, n);
	for (size_t i = 0; i < n; i++) {
		put(s, word[i].text);
		put_number(s, (uint64_t)word[i].means);
	}
}

static void
put_system(struct sha256 *s, const struct policy_system *system)
{
	put(s, system->id);
	put(s, system->feed);
	put(s, system->format);
	put(s, system->encoding);
	put(s, system->timezone);
	put(s, system->time);
	put_number(s, (uint64_t)system->year);
	if (system->match_limit) {
		put(s, STR("match_limit"));
		put_number(s, (uint64_t)system->match_limit);
	}
	for (int i = 0; i < RAW_COUNT; i++)
		put(s, system->field[i]);
	put_words(s, system->act, system->act_count);
	put_words(s, system->outcome, system->outcome_count);
	put_number(s, system->proxy_count);
	for (size_t i = 0; i < system->proxy_count; i++) {
		put(s, (struct str){ .p = (const char *)system->proxy[i].byte, .n = ADDRESS_SIZE });
		put_number(s, system->proxy[i].bits);
	}
	put_number(s, system->normalise);
	put_number(s, system->extract_count);
	for (size_t i = 0; i < system->extract_count; i++)
		put_extract(s, &system->extract[i]);
}

static void
put_match(struct sha256 *s, const struct match *m)
{
	put(s, name_of(policy_match_fields, (int)m->field));
	put(s, name_of(policy_match_kinds, (int)m->kind));
	put_number(s, m->value_count);
	for (size_t i = 0; i < m->value_count; i++)
		put(s, m->value[i]);
}

/* One without a match only says what a class is: that changes no line. */
static void
put_resource(struct sha256 *s, const struct resource *res)
{
	if (res->match_count == 0)
		return;
	put(s, res->class);
	put(s, name_of(act_names, res->act));
	put_number(s, res->match_count);
	for (size_t i = 0; i < res->match_count; i++)
		put_match(s, &res->match[i]);
}

void
policy_digest_parse(struct policy *p)
{
	struct sha256 s;

	sha256_init(&s);
	put(&s, STR("sekisho parse 3")); /* raise it when a key's meaning changes */
	put(&s, STR("Asia/Tokyo"));
	put_number(&s, p->system_count);
	for (size_t i = 0; i < p->system_count; i++)
		put_system(&s, &p->system[i]);
	for (size_t i = 0; i < p->resource_count; i++)
		put_resource(&s, &p->resource[i]);
	sha256_end(&s, p->parse_digest);
}
