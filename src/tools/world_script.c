/*
 * world_script.c - collects the plays: actors, lines in time order, and the truth about them.
 * Hides the scaling: below 40 accounts only the first plays are given.
 */
#include "tools/world_script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint32_t
actor(struct script *s, enum org org, enum role role)
{
	uint32_t a = account_add(s->w, org, KIND_PERSON, role);

	s->w->accounts[a].quiet = true;
	s->w->accounts[a].priv = false;
	return a;
}

int
some_day(struct script *s, int from, int to)
{
	const struct world *w = s->w;
	int lo = w->biz_count * from / 100, n = w->biz_count * to / 100 - lo, at;

	if (n < 1)
		return -1;
	at = (int)rng_below(&s->r, (uint32_t)n);
	for (int i = 0; i < n; i++) {
		int day = w->biz[lo + (at + i) % n];

		if (!w->special[day])
			return day;
	}
	return -1;
}

int64_t
clock_at(const struct script *s, int day, int h, int m, int sec)
{
	return day < 0 ? -1 : days_s(s->w->day0 + day) + hours_s(h) + minutes_s(m) + sec;
}

struct req
by(const struct script *s, uint32_t acct, uint32_t net, uint32_t term)
{
	uint64_t host = mix64(s->w->seed + (uint64_t)acct * 64 + net);

	if (s->w->nets[net].size != 0)
		host &= 0x7fffffff;
	return (struct req){ .acct = acct,
			     .net = (uint16_t)net,
			     .term = term,
			     .host = host,
			     .status = 200,
			     .what = DO_VIEW,
			     .cls = CONTRACT,
			     .masked = -1 };
}

uint32_t
anyone(struct script *s)
{
	return rng_below(&s->r, s->w->consumers_wanted);
}

uint32_t
one_of(struct script *s, enum pool pool)
{
	return s->w->pool[pool][rng_below(&s->r, s->w->pool_count[pool])];
}

void
send(struct script *s, struct req q, int64_t at, uint32_t obj)
{
	struct world *w = s->w;

	if (at < days_s(w->day0) || at >= days_s(w->day0 + w->days)) {
		s->broken = true;
		return;
	}
	if (w->script_count == w->script_cap) {
		w->script_cap = w->script_cap * 2 + 1024;
		w->script = grown(w->script, sizeof(*w->script) * w->script_cap);
	}
	q.at = at;
	q.obj = obj;
	q.seq = (uint32_t)w->script_count;
	w->script[w->script_count++] = q;
}

static void
rules_add(struct text *t, const char *name, const char *rules)
{
	text_add(t, ",\"%s\":[", name);
	while (rules != NULL && *rules != '\0') {
		size_t n = strcspn(rules, ",");

		text_add(t, "\"%.*s\"%s", (int)n, rules, rules[n] == ',' ? "," : "");
		rules += n + (rules[n] == ',');
	}
	text_add(t, "]");
}

static void
accounts_tell(const struct script *s, struct text *t)
{
	const struct world *w = s->w;

	text_add(t, ",\"accounts\":[");
	for (size_t i = s->first; i < w->script_count; i++) {
		size_t k = s->first;

		while (w->script[k].acct != w->script[i].acct)
			k++;
		if (k == i)
			text_add(t, "%s\"%s\"", i == s->first ? "" : ",",
				 w->accounts[w->script[i].acct].name);
	}
	text_add(t, "]");
}

void
tell(struct script *s, struct truth t)
{
	static const char *const levels[] = { "easy", "medium", "hard", "very hard" };
	struct world *w = s->w;
	struct text *out = &w->truth;
	int64_t first = INT64_MAX, last = 0;

	if (s->broken || (w->accounts_wanted < 40 && s->told >= w->accounts_wanted)) {
		w->script_count = s->first;
		s->broken = false;
		return;
	}
	for (size_t i = s->first; i < w->script_count; i++) {
		int64_t at = w->script[i].at;

		first = at < first ? at : first;
		last = at > last ? at : last;
	}
	text_add(out, "{\"id\":\"%s\",\"difficulty\":\"%s\"", t.id, levels[t.level]);
	accounts_tell(s, out);
	rules_add(out, "must", t.must);
	rules_add(out, "may", t.may);
	rules_add(out, "must_not", t.must_not);
	text_add(out, ",\"lines\":%zu,\"first\":%lld,\"last\":%lld", w->script_count - s->first,
		 (long long)(first - JST_S) * 1000, (long long)(last - JST_S) * 1000);
	if (t.must != NULL && t.hits >= 0)
		text_add(out, ",\"hits\":%d", t.hits);
	if (t.must != NULL && t.episodes >= 0)
		text_add(out, ",\"episodes\":%d", t.episodes);
	if (t.must != NULL && t.cases >= 0)
		text_add(out, ",\"cases\":%d", t.cases);
	text_add(out, ",\"note\":\"%s\"}\n", t.note);
	s->told++;
	s->first = w->script_count;
}

static int
by_time(const void *x, const void *y)
{
	const struct req *a = x, *b = y;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return a->seq < b->seq ? -1 : 1;
}

void
script_build(struct world *w)
{
	struct script s = { .w = w, .r = { mix64(w->seed ^ 0x5c71) } };

	text_add(&w->grants, "grant,kind,subject,system,from,to,reason,approver\n");
	text_add(&w->pairs, "account_org,origin_org,system,valid_from,valid_to,approver\n");
	/* the contractors' standing permission, so that the benign ones may work at the grid's sites */
	text_add(&w->pairs, "KCC,KPG,,2020-04-01,,E00001\n");
	plays_org(&s);
	plays_shr(&s);
	plays_vol(&s);
	plays_xtn(&s);
	w->actors = w->account_count;
	if (w->script_count != 0)
		qsort(w->script, w->script_count, sizeof(*w->script), by_time);
}
