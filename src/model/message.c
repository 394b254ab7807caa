/*
 * message.c - see message.h.
 */
#include "model/message.h"

#include "base/civil.h"

enum need { ALWAYS, OF_AN_ACCOUNT, OF_A_DAY, OF_A_RELATION };

enum {
	SAY_OWNER,
	SAY_DEPT,
	SAY_ROLE,
	SAY_KIND,
	SAY_ORG,
	SAY_SYS,
	SAY_NET,
	SAY_FIRST,
	SAY_LAST,
	SAY_LINES,
	SAY_VIEWS,
	SAY_CONSUMERS,
	SAY_ACCTS,
	SAY_TERMINALS,
	SAY_NETWORKS,
	SAY_DAYS,
	SAY_EPISODES,
	SAY_CASES,
	SAY_D,
	SAY_X,
	SAY_MED,
	SAY_MAD,
	SAY_N,
	SAY_REL_JA,
	SAYS
};

static const struct {
	const char *name;
	enum need need;
} says[SAYS] = {
	[SAY_OWNER] = { "owner", OF_AN_ACCOUNT },
	[SAY_DEPT] = { "dept", OF_AN_ACCOUNT },
	[SAY_ROLE] = { "role", OF_AN_ACCOUNT },
	[SAY_KIND] = { "kind", OF_AN_ACCOUNT },
	[SAY_ORG] = { "org", ALWAYS },
	[SAY_SYS] = { "sys", ALWAYS },
	[SAY_NET] = { "net", ALWAYS },
	[SAY_FIRST] = { "first", ALWAYS },
	[SAY_LAST] = { "last", ALWAYS },
	[SAY_LINES] = { "lines", ALWAYS },
	[SAY_VIEWS] = { "views", ALWAYS },
	[SAY_CONSUMERS] = { "consumers", ALWAYS },
	[SAY_ACCTS] = { "accts", ALWAYS },
	[SAY_TERMINALS] = { "terminals", ALWAYS },
	[SAY_NETWORKS] = { "networks", ALWAYS },
	[SAY_DAYS] = { "days", ALWAYS },
	[SAY_EPISODES] = { "episodes", ALWAYS },
	[SAY_CASES] = { "cases", ALWAYS },
	[SAY_D] = { "d", OF_A_DAY },
	[SAY_X] = { "x", OF_A_DAY },
	[SAY_MED] = { "med", OF_A_DAY },
	[SAY_MAD] = { "mad", OF_A_DAY },
	[SAY_N] = { "n", OF_A_DAY },
	[SAY_REL_JA] = { "rel_ja", OF_A_RELATION },
};

static int
part_named(const struct detector *d, struct str name)
{
	for (int i = 0; i < KEY_PARTS && d->key[i].name; i++)
		if (str_is(name, d->key[i].name))
			return i;
	return -1;
}

static bool
has(const struct detector *d, enum need need)
{
	switch (need) {
	case ALWAYS:
		return true;
	case OF_AN_ACCOUNT:
		return !d->across;
	case OF_A_DAY:
		return d->day || d->meets || d->next;
	case OF_A_RELATION:
		return part_named(d, STR("rel")) >= 0;
	}
	return false;
}

static int
say_named(struct str name)
{
	for (int i = 0; i < SAYS; i++)
		if (str_is(name, says[i].name))
			return i;
	return -1;
}

bool
message_offers(const struct detector *d, struct str placeholder)
{
	int say = say_named(placeholder);

	return part_named(d, placeholder) >= 0 || (say >= 0 && has(d, says[say].need));
}

bool
message_good(const struct detector *d, struct str text, struct str *wrong)
{
	while (text.n) {
		size_t open = (size_t)(find_either(text.p, text.p + text.n, '{', '}') - text.p);
		size_t end;

		if (open == text.n)
			return true;
		text = str_skip(text, open);
		end = str_find(text, '}');
		*wrong = str_head(text, end + 1);
		if (end == 0 || end == text.n ||
		    !message_offers(d, str_head(str_skip(text, 1), end - 1)))
			return false;
		text = str_skip(text, end + 1);
	}
	return true;
}

struct str
message_list(const struct detector *d, struct arena *a)
{
	struct str all = { 0 };

	for (int i = 0; i < KEY_PARTS && d->key[i].name; i++)
		all = arena_printf(a, STR_FMT "%s'%s'", STR_ARG(all), i ? ", " : "",
				   d->key[i].name);
	for (int i = 0; i < SAYS; i++)
		if (has(d, says[i].need) && part_named(d, str_of(says[i].name)) < 0)
			all = arena_printf(a, STR_FMT ", '%s'", STR_ARG(all), says[i].name);
	return all;
}

/* 2022-07-04 09:12:31, or the day alone */
static struct str
moment(struct arena *a, int64_t ts, bool day)
{
	char buf[CIVIL_TEXT];
	struct str s = civil_print_plain(buf, ts);

	return arena_str(a, day ? str_head(s, 10) : s);
}

static struct str
number(struct arena *a, uint64_t v)
{
	return arena_printf(a, "%llu", (unsigned long long)v);
}

static struct str
relation_ja(struct str rel)
{
	static const char *const words[REL_COUNT] = {
		[REL_UNKNOWN] = "不明",  [REL_OWN] = "自社",          [REL_OTHER] = "新電力",
		[REL_LAST] = "最終保障", [REL_FIT] = "送配電買取FIT",
	};

	for (int i = 0; i < REL_COUNT; i++)
		if (str_is(rel, relation_names[i]))
			return str_of(words[i]);
	return rel;
}

static struct str
counted(const struct finding *f, int say, struct arena *a)
{
	const struct counts *c = &f->counts;

	switch (say) {
	case SAY_LINES:
		return number(a, c->lines);
	case SAY_VIEWS:
		return number(a, c->views);
	case SAY_CONSUMERS:
		return number(a, c->consumers);
	case SAY_ACCTS:
		return number(a, c->accounts);
	case SAY_TERMINALS:
		return number(a, c->terminals);
	case SAY_NETWORKS:
		return number(a, c->networks);
	case SAY_DAYS:
		return number(a, c->person_days);
	case SAY_EPISODES:
		return number(a, c->episodes);
	case SAY_CASES:
		return number(a, f->case_count);
	case SAY_X:
		return number(a, f->day.x);
	case SAY_MED:
		return number(a, f->day.median);
	case SAY_MAD:
		return number(a, f->day.mad);
	default:
		return number(a, f->day.days);
	}
}

static struct str
value(const struct finding *f, struct str name, struct arena *a)
{
	int part = part_named(f->rule->detector, name), say = say_named(name);

	if (part >= 0)
		return f->key_text[part];
	switch (say) {
	case SAY_OWNER:
		return f->owner;
	case SAY_DEPT:
		return f->department;
	case SAY_ROLE:
		return f->role;
	case SAY_KIND:
		return f->account_kind;
	case SAY_ORG:
		return f->org;
	case SAY_SYS:
		return f->realm;
	case SAY_NET:
		return f->origin_count ? f->origins[0].net : (struct str){ 0 };
	case SAY_FIRST:
	case SAY_LAST:
		return moment(a, say == SAY_FIRST ? f->first : f->last, false);
	case SAY_D:
		return moment(a, f->first, true);
	case SAY_REL_JA:
		return relation_ja(f->key_text[part_named(f->rule->detector, STR("rel"))]);
	default:
		return counted(f, say, a);
	}
}

struct str
message_text(const struct finding *f, const char *text, struct arena *a)
{
	struct str rest = str_of(text);
	struct out o;
	struct str all;

	out_memory(&o);
	while (rest.n) {
		size_t open = str_find(rest, '{'), end;
		struct str said;

		out_bytes(&o, str_head(rest, open));
		if (open == rest.n)
			break;
		rest = str_skip(rest, open + 1);
		end = str_find(rest, '}');
		said = value(f, str_head(rest, end), a);
		out_bytes(&o, said.n ? said : STR("-"));
		rest = str_skip(rest, min_size(end + 1, rest.n));
	}
	all = arena_str(a, out_taken(&o));
	out_discard(&o);
	return all;
}
