/*
 * engine_fake.h - for the tests of this directory: a world of tuples and lines, without logs,
 * ledgers or files.
 *
 * Every answer holds for ever; the numbers of dictionaries, organisations and networks print as
 * `a1`, `org2`, `net3`.
 */
#ifndef SEKISHO_ENGINE_ENGINE_FAKE_H
#define SEKISHO_ENGINE_ENGINE_FAKE_H

#include "base/test_wall.h"

#include "base/civil.h"
#include "engine/engine.h"

enum {
	FAKE_TUPLES = 64,
	FAKE_OBJECTS = 256,
	FAKE_PARTITIONS = 4,
	FAKE_RULES = 8,
	FAKE_MONDAY = 19177
};

struct fake {
	struct seen seen[FAKE_TUPLES]; /* number - 1 */
	uint32_t tuples;
	VEC(struct fact) fact;
	struct regard regard[FAKE_OBJECTS]; /* by object */
	int32_t disaster_day;               /* of organisation 1 */
	int32_t silent_day;                 /* no system has a line */
	struct lookup lookup;
	struct fact_source source;
	struct policy_system system;
	struct policy policy;
	struct rule rule[FAKE_RULES];
	struct engine_input in;
};

struct fact_cursor {
	const struct fake *fake;
	unsigned partition;
	size_t at;
};

enum { FAKE_WORDS = 1000 };
static const char *const fake_heads[] = { "a", "ip", "t", "ua", "c", "o", "org", "net" };
static char fake_words[8][FAKE_WORDS][12];

/* Before any thread asks: a word written again while another thread reads it is not there for a moment. */
static inline void
fake_write_words(void)
{
	for (size_t i = 0; i < COUNT(fake_heads); i++) {
		for (unsigned n = 1; n < FAKE_WORDS; n++)
			snprintf(fake_words[i][n], sizeof(fake_words[i][n]), "%s%u", fake_heads[i],
				 n);
	}
}

static inline struct str
fake_word(const char *head, uint32_t number)
{
	for (size_t i = 0; number && number < FAKE_WORDS && i < COUNT(fake_heads); i++) {
		if (strcmp(fake_heads[i], head) == 0)
			return str_of(fake_words[i][number]);
	}
	return (struct str){ 0 };
}

static inline struct str
fake_text(const void *facts UNUSED, enum dict d, uint32_t number)
{
	static const char *const heads[] = { "a", "ip", "t", "ua", "c", "o" };

	return fake_word(heads[d], number);
}

static inline const struct tuple *
fake_tuple_at(const void *facts, uint32_t number)
{
	return &((const struct fake *)facts)->seen[number - 1].tuple;
}

static inline uint32_t
fake_count(const void *facts UNUSED, enum dict d UNUSED)
{
	return FAKE_WORDS;
}

static inline uint32_t
fake_tuple_count(const void *facts)
{
	return ((const struct fake *)facts)->tuples;
}

static inline struct fact_cursor *
fake_open(void *facts, unsigned partition)
{
	struct fact_cursor *c = xalloc(1, sizeof(*c));

	*c = (struct fact_cursor){ .fake = facts, .partition = partition };
	return c;
}

/* Facts are sorted by account by then. */
static inline bool
fake_next(struct fact_cursor *c, struct account_facts *out)
{
	const struct fake *f = c->fake;

	while (c->at < f->fact.n) {
		size_t from = c->at;
		uint32_t account = f->fact.at[from].account;

		while (c->at < f->fact.n && f->fact.at[c->at].account == account)
			c->at++;
		if (account % FAKE_PARTITIONS != c->partition)
			continue;
		*out = (struct account_facts){ account, f->fact.at + from, c->at - from };
		return true;
	}
	return false;
}

static inline void
fake_close(struct fact_cursor *c)
{
	free(c);
}

static inline bool
fake_system_day(const void *facts, unsigned system UNUSED, int32_t day)
{
	return ((const struct fake *)facts)->silent_day != day;
}

static inline bool
fake_span(const void *facts, int64_t *first, int64_t *last)
{
	const struct fake *f = facts;

	*first = INT64_MAX;
	*last = INT64_MIN;
	for (size_t i = 0; i < f->fact.n; i++) {
		*first = min_i64(*first, f->fact.at[i].ts);
		*last = max_i64(*last, f->fact.at[i].ts);
	}
	return f->fact.n > 0;
}

static inline int
fake_order(const void *facts UNUSED, const struct fact *a, const struct fact *b)
{
	return a->tuple != b->tuple ? (a->tuple > b->tuple) - (a->tuple < b->tuple)
				    : (a->object > b->object) - (a->object < b->object);
}

static inline void
fake_seen(const void *context, uint32_t id, int64_t ts UNUSED, struct seen *out)
{
	*out = ((const struct fake *)context)->seen[id - 1];
}

static inline void
fake_view(const void *context, const struct seen *s UNUSED, uint32_t object, int64_t ts UNUSED,
	  struct regard *out)
{
	*out = ((const struct fake *)context)->regard[object % FAKE_OBJECTS];
}

static inline void
fake_prefetch(const void *context UNUSED, uint32_t object UNUSED)
{
}

static inline enum day_kind
fake_day_kind(const void *context UNUSED, int32_t day)
{
	return day_of_week(day) >= 5 ? DAY_HOL : DAY_BIZ;
}

static inline bool
fake_disaster_day(const void *context, uint16_t org, int32_t day)
{
	return org == 1 && ((const struct fake *)context)->disaster_day == day;
}

static inline struct str
fake_org_name(const void *context UNUSED, uint16_t org)
{
	return fake_word("org", org);
}

static inline enum org_class
fake_org_class(const void *context UNUSED, struct str org UNUSED)
{
	return ORG_GRID;
}

static inline struct str
fake_net_name(const void *context UNUSED, uint32_t net)
{
	return fake_word("net", net);
}

static inline struct str
fake_site_name(const void *context UNUSED, uint16_t site UNUSED)
{
	return (struct str){ 0 };
}

static inline uint16_t
fake_net_org(const void *context UNUSED, uint32_t net UNUSED)
{
	return 1;
}

static inline uint16_t
fake_net_site(const void *context UNUSED, uint32_t net UNUSED)
{
	return SITE_NONE;
}

static inline struct str
fake_responsible(const void *context UNUSED, struct str org UNUSED)
{
	return (struct str){ 0 };
}

static inline struct str
fake_column(const void *context UNUSED, uint32_t row UNUSED, const char *column UNUSED)
{
	return (struct str){ 0 };
}

static inline struct str
fake_department(const void *context UNUSED, struct str person UNUSED, int64_t ts UNUSED)
{
	return (struct str){ 0 };
}

static inline struct str
fake_digest(const void *context UNUSED, const char *ledger UNUSED)
{
	return (struct str){ 0 };
}

static inline struct fake *
fake_new(void)
{
	struct fake *f = xalloc(1, sizeof(*f));

	fake_write_words();
	f->disaster_day = f->silent_day = INT32_MIN;
	f->lookup = (struct lookup){
		.context = f,
		.tuple = fake_seen,
		.view = fake_view,
		.prefetch = fake_prefetch,
		.day_kind = fake_day_kind,
		.disaster_day = fake_disaster_day,
		.org_name = fake_org_name,
		.org_class = fake_org_class,
		.net_name = fake_net_name,
		.site_name = fake_site_name,
		.net_org = fake_net_org,
		.net_site = fake_net_site,
		.responsible = fake_responsible,
		.account_column = fake_column,
		.department = fake_department,
		.ledger_digest = fake_digest,
	};
	f->source = (struct fact_source){
		.facts = f,
		.partitions = FAKE_PARTITIONS,
		.open = fake_open,
		.next = fake_next,
		.close = fake_close,
		.system_day = fake_system_day,
		.span = fake_span,
		.order = fake_order,
		.names = { .facts = f,
			   .count = fake_count,
			   .text = fake_text,
			   .tuple = fake_tuple_at,
			   .tuple_count = fake_tuple_count },
	};
	f->system.id = STR("takuso");
	f->policy = (struct policy){ .system = &f->system, .system_count = 1 };
	f->in = (struct engine_input){ .source = &f->source,
				       .lookup = &f->lookup,
				       .policy = &f->policy,
				       .from = INT64_MIN,
				       .jobs = 1,
				       .memory = 1 << 24,
				       .spill_dir = "/tmp" };
	return f;
}

static inline void
fake_free(struct fake *f)
{
	VEC_FREE(&f->fact);
	free(f);
}

/* An ok line of a person of organisation 1, at home; change what the case is about. */
static inline struct seen
fake_person(uint32_t account, enum act act)
{
	struct seen s = { .from = INT64_MIN,
			  .until = INT64_MAX,
			  .account_org = 1,
			  .account_kind = KIND_PERSON,
			  .net = 1,
			  .net_org = 1,
			  .net_kind = NET_SITE,
			  .person = true,
			  .views = act_views(act),
			  .standing = { .created = INT64_MIN } };

	s.tuple = (struct tuple){ .act = (uint8_t)act, .ok = 1 };
	s.tuple.text[DICT_ACCOUNT] = account;
	return s;
}

static inline uint32_t
fake_tuple(struct fake *f, struct seen s)
{
	assert_true(f->tuples < FAKE_TUPLES);
	f->seen[f->tuples++] = s;
	return f->tuples;
}

static inline void
fake_line(struct fake *f, uint32_t tuple, int64_t ts, uint32_t object)
{
	*VEC_PUSH(&f->fact) = (struct fact){ .ts = ts,
					     .tuple = tuple,
					     .object = object,
					     .account = f->seen[tuple - 1].tuple.text[DICT_ACCOUNT],
					     .where = f->fact.n };
}

static inline int
fake_fact_order(const void *a, const void *b)
{
	const struct fact *x = a, *y = b;

	if (x->account != y->account)
		return (x->account > y->account) - (x->account < y->account);
	return x->ts != y->ts ? (x->ts > y->ts) - (x->ts < y->ts) : fake_order(NULL, x, y);
}

static inline void
fake_judge(struct fake *f, const struct rule *const *rules, size_t count, struct verdicts *out)
{
	struct errors err = { 0 };

	if (f->fact.n)
		qsort(f->fact.at, f->fact.n, sizeof(*f->fact.at), fake_fact_order);
	assert_true(count <= FAKE_RULES);
	for (size_t i = 0; i < count; i++)
		f->rule[i] = *rules[i];
	f->in.rules = f->rule;
	f->in.rule_count = count;
	assert_int_equal(engine_judge(&f->in, out, &err), 0);
	errors_free(&err);
}

static inline int64_t
fake_digits(struct str *s)
{
	int64_t v = 0;

	while (s->n && s->p[0] >= '0' && s->p[0] <= '9') {
		v = v * 10 + (s->p[0] - '0');
		*s = str_skip(*s, 1);
	}
	return v;
}

/* `[Nd]hh:mm[:ss[.mmm]]` in Japan, N days after Monday, 4 July 2022. */
static inline int64_t
fake_time(struct str s)
{
	int64_t day = FAKE_MONDAY, v = fake_digits(&s), ms;

	if (s.n && s.p[0] == 'd') {
		day += v;
		s = str_skip(s, 1);
		v = fake_digits(&s);
	}
	assert_true(s.n > 0 && s.p[0] == ':');
	s = str_skip(s, 1);
	ms = (v * 60 + fake_digits(&s)) * 60000;
	for (int64_t unit = 1000; s.n && (s.p[0] == ':' || s.p[0] == '.'); unit = 1) {
		s = str_skip(s, 1);
		ms += fake_digits(&s) * unit;
	}
	assert_true(s.n == 0);
	return jst_day_start((int32_t)day) + ms;
}

#endif
