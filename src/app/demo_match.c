/*
 * demo_match.c - see demo_match.h.  A finding belongs to an incident by account, or by screen where the rule's key
 * is one.
 */
#include "app/demo_match.h"

#include "base/civil.h"

const char *const match_names[MATCHES] = { "nobody", "harmless", "beside", "planted" };

static bool
named_in(const struct str *list, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++) {
		if (str_eq(list[i], name))
			return true;
	}
	return false;
}

/* "setsubi,198.51.100.0/24" is a key of DRF-04, part by part. */
static bool
is_key(struct str said, const struct finding *f)
{
	for (int part = 0; part < KEY_PARTS && f->rule->detector->key[part].name; part++) {
		if (!str_eq(str_split(&said, ','), f->key_text[part]))
			return false;
	}
	return said.n == 0;
}

/*
 * "NEWA,takuso,contract" is the key of XTN-02, whole, and its first two parts that of ORG-02.  A key of an account
 * or a network is no screen.
 */
static bool
is_screen(struct str screen, const struct finding *f)
{
	static const enum key_kind kinds[] = { KEY_ORG, KEY_SYSTEM, KEY_CLASS };
	const struct key_part *key = f->rule->detector->key;
	bool any = false;

	for (size_t k = 0; k < COUNT(kinds); k++) {
		struct str said = str_split(&screen, ',');

		for (int part = 0; part < KEY_PARTS && key[part].name; part++) {
			if (key[part].kind == KEY_ACCOUNT || key[part].kind == KEY_SUBJECT ||
			    key[part].kind == KEY_NET)
				return false;
			if (key[part].kind != kinds[k])
				continue;
			if (!str_eq(said, f->key_text[part]))
				return false;
			any = true;
		}
	}
	return any;
}

bool
demo_belongs(const struct planted *p, const struct finding *f)
{
	const struct key_part *key = f->rule->detector->key;

	for (int part = 0; part < KEY_PARTS && key[part].name; part++) {
		bool subject = key[part].kind == KEY_ACCOUNT || key[part].kind == KEY_SUBJECT ||
			       key[part].kind == KEY_KEPT;

		if (subject && (named_in(p->accounts.at, p->accounts.n, f->key_text[part]) ||
				named_in(p->screens.at, p->screens.n, f->key_text[part])))
			return true;
	}
	for (size_t i = 0; i < p->screens.n; i++) {
		if (is_key(p->screens.at[i], f) || is_screen(p->screens.at[i], f))
			return true;
	}
	/* Who takes lines out of a log has no account in it. */
	return p->accounts.n == 0 && p->screens.n == 0 &&
	       f->rule->detector->kind == FINDING_COVERAGE;
}

static bool
lists(const struct planted *p, const struct finding *f)
{
	return demo_lists(p->must, str_of(f->rule->id)) || demo_lists(p->may, str_of(f->rule->id));
}

/* What ledgers alone say has no time of the incident's. */
static bool
in_time(const struct planted *p, const struct finding *f, const struct unit *u)
{
	return p->all.lines == 0 || f->counts.lines == 0 ||
	       (jst_day(p->all.first) <= jst_day(u->last) &&
		jst_day(u->first) <= jst_day(p->all.last));
}

static const struct planted *
incident_of(const struct demo_story *story, const struct finding *f, const struct unit *u,
	    bool listed)
{
	enum finding_kind kind = f->rule->detector->kind; /* a log is everybody's */

	for (size_t i = 0; i < story->planted.n; i++) {
		const struct planted *p = &story->planted.at[i];

		if ((listed ? lists(p, f) : kind != FINDING_COVERAGE) && in_time(p, f, u) &&
		    demo_belongs(p, f))
			return p;
	}
	return NULL;
}

static int
by_account(const void *x, const void *y)
{
	const struct harmless *a = x, *b = y;
	int order = str_cmp(a->account, b->account);

	return order != 0 ? order : a->day < b->day ? -1 : a->day > b->day;
}

/* The account a finding is about; empty: it is about none. */
static struct str
account_of(const struct finding *f)
{
	const struct key_part *key = f->rule->detector->key;

	for (int part = 0; part < KEY_PARTS && key[part].name; part++) {
		if (key[part].kind == KEY_ACCOUNT || key[part].kind == KEY_SUBJECT)
			return f->key_text[part];
	}
	return STR("");
}

static bool
has_net(const struct finding *f, const char *net)
{
	const struct key_part *key = f->rule->detector->key;

	for (int part = 0; part < KEY_PARTS && key[part].name; part++) {
		if (key[part].kind == KEY_NET && str_is(f->key_text[part], net))
			return true;
	}
	return false;
}

/* So it is in this world, always; they stand first, being of no account. */
static const struct harmless *
standing_reason(const struct demo_story *story, const struct finding *f)
{
	for (size_t i = 0; i < story->harmless.n && story->harmless.at[i].account.n == 0; i++) {
		const struct harmless *h = &story->harmless.at[i];

		if (demo_lists(str_of(h->may), str_of(f->rule->id)) &&
		    (h->net != NULL ? has_net(f, h->net) : account_of(f).n == 0))
			return h;
	}
	return NULL;
}

static const struct harmless *
reason_of(const struct demo_story *story, const struct finding *f, const struct unit *u)
{
	struct harmless sought = { .account = account_of(f), .day = jst_day(u->first) };
	size_t lo = 0, hi = sought.account.n != 0 ? story->harmless.n : 0;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (by_account(&story->harmless.at[mid], &sought) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; sought.account.n != 0 && lo < story->harmless.n; lo++) {
		const struct harmless *h = &story->harmless.at[lo];

		if (!str_eq(h->account, sought.account) || h->day > jst_day(u->last))
			break;
		if (demo_lists(str_of(h->may), str_of(f->rule->id)))
			return h;
	}
	return standing_reason(story, f);
}

static struct matched
unit_match(const struct demo_story *story, const struct finding *f, const struct unit *u)
{
	const struct planted *p = incident_of(story, f, u, true);
	const struct harmless *h;

	if (p != NULL)
		return (struct matched){ MATCH_PLANTED, p->id, u->first };
	p = incident_of(story, f, u, false);
	if (p != NULL)
		return (struct matched){ MATCH_BESIDE, p->id, u->first };
	h = reason_of(story, f, u);
	if (h != NULL)
		return (struct matched){ MATCH_HARMLESS, str_of(h->label), u->first };
	return (struct matched){ MATCH_NOBODY, STR(""), u->first };
}

void
demo_match_open(struct demo_story *story)
{
	if (story->harmless.n != 0)
		qsort(story->harmless.at, story->harmless.n, sizeof(*story->harmless.at),
		      by_account);
}

struct matched
demo_match(const struct demo_story *story, const struct finding *f, size_t from, size_t to)
{
	struct unit whole = { .first = f->first, .last = f->last };
	struct matched worst = unit_match(story, f, from < to ? &f->units[from] : &whole);

	for (size_t i = from + 1; i < to; i++) {
		struct matched m = unit_match(story, f, &f->units[i]);

		if (m.match < worst.match)
			worst = m;
	}
	return worst;
}
