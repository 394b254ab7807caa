/*
 * script_truth.c - what was planted, told twice: as a line of truth.ndjson and to whoever runs the demo.
 * Nothing of it is in a log: labels are found by account, screen, time and count.
 */
#include "demo/script.h"

#include "base/order.h"

static struct str
kept(struct arena *a, const char *text)
{
	return text != NULL ? arena_str(a, str_of(text)) : (struct str){ 0 };
}

static bool
shows(const struct req *q)
{
	return (q->what == DO_VIEW || q->what == DO_UPDATE) &&
	       (q->status < 300 || q->status == 304);
}

/* Of the lines from `first` on, or of those that are hits. */
static struct extent
extent_of(const struct world *w, size_t first, bool hits)
{
	size_t n = 0, count = w->script_count - first;
	uint32_t *seen = xalloc(count + 1, sizeof(*seen));
	struct extent e = { .first = INT64_MAX };

	for (size_t i = first; i < w->script_count; i++) {
		const struct req *q = &w->script[i];

		if (hits && q->aside)
			continue;
		e.first = min_i64(e.first, (q->at - JST_S) * 1000);
		e.last = max_i64(e.last, (q->at - JST_S) * 1000);
		e.lines++;
		if (shows(q))
			seen[n++] = q->obj;
	}
	e.consumers = order_unique(seen, n, sizeof(*seen), order_u32);
	free(seen);
	if (e.lines == 0)
		e.first = 0;
	return e;
}

/* Adds a text once. */
static void
name_add(struct planted *p, struct arena *a, struct str name, bool screen)
{
	size_t n = screen ? p->screens.n : p->accounts.n;
	struct str *at = screen ? p->screens.at : p->accounts.at;

	for (size_t i = 0; i < n; i++) {
		if (str_eq(at[i], name))
			return;
	}
	if (screen)
		*VEC_PUSH(&p->screens) = arena_str(a, name);
	else
		*VEC_PUSH(&p->accounts) = arena_str(a, name);
}

/* Networks that nobody registered are keys of what is found there. */
static void
strange_net_add(struct planted *p, const struct world *w, const struct req *q, struct arena *arena)
{
	char text[96];
	int n = snprintf(text, sizeof(text), "%s,%s", system_rows[q->sys].id, w->nets[q->net].cidr);

	if (!w->nets[q->net].listed)
		name_add(p, arena, (struct str){ .p = text, .n = (size_t)n }, true);
}

/* So are terminals that are nobody's own: many may sit there, and they are lent for disasters. */
static void
terminal_add(struct planted *p, const struct world *w, const struct req *q, struct arena *arena)
{
	char text[16];
	int n = snprintf(text, sizeof(text), "T-%05u", q->term + 1);

	if (q->term != NOBODY && w->terms[q->term].owner == NOBODY)
		name_add(p, arena, (struct str){ .p = text, .n = (size_t)n }, true);
}

static void
actors_add(struct planted *p, const struct world *w, size_t first, struct arena *arena)
{
	for (size_t i = first; i < w->script_count; i++) {
		const struct req *q = &w->script[i];
		const struct account *a = &w->accounts[q->acct];
		char text[64];
		int n;

		name_add(p, arena, (struct str){ .p = a->name, .n = a->name_len }, false);
		strange_net_add(p, w, q, arena);
		terminal_add(p, w, q, arena);
		if (!shows(q))
			continue;
		n = snprintf(text, sizeof(text), "%s,%s,%s",
			     org_ids[org_on(a, (int32_t)(q->at / DAY_S))], system_rows[q->sys].id,
			     screen_ids[q->cls]);
		name_add(p, arena, (struct str){ .p = text, .n = (size_t)n }, true);
	}
}

static void
list_write(struct out *t, const char *name, const struct str *list, size_t n)
{
	demo_row(t, ",\"%s\":[", name);
	for (size_t i = 0; i < n; i++) {
		if (i != 0)
			out_char(t, ',');
		out_json(t, list[i]);
	}
	out_char(t, ']');
}

static bool
judged_today(const struct world *w, struct str rule)
{
	for (const char *const *r = w->o->rules; r != NULL && *r != NULL; r++) {
		if (str_is(rule, *r))
			return true;
	}
	return false;
}

/* A set of rules; with `later`, those of it that this version does not judge. */
static void
rules_write(const struct world *w, struct out *t, const char *name, struct str rules, bool later)
{
	const char *comma = "";

	demo_row(t, ",\"%s\":[", name);
	while (rules.n) {
		struct str rule = str_split(&rules, ',');

		if (later && judged_today(w, rule))
			continue;
		out_text(t, comma);
		out_json(t, rule);
		comma = ",";
	}
	out_char(t, ']');
}

static void
extent_write(struct out *t, const char *of, const struct extent *e)
{
	demo_row(t, ",\"%sfirst\":%lld,\"%slast\":%lld,\"%slines\":%llu,\"%sconsumers\":%llu", of,
		 (long long)e->first, of, (long long)e->last, of, (unsigned long long)e->lines, of,
		 (unsigned long long)e->consumers);
}

static void
truth_write(struct world *w, const struct planted *p)
{
	struct out *t = &w->truth;

	demo_row(t, "{\"id\":\"" STR_FMT "\",\"family\":\"" STR_FMT "\",\"difficulty\":\"%s\"",
		 STR_ARG(p->id), STR_ARG(p->family), demo_level_names[p->level]);
	list_write(t, "accounts", p->accounts.at, p->accounts.n);
	list_write(t, "keys", p->screens.at, p->screens.n);
	extent_write(t, "", &p->all);
	if (p->hits >= 0)
		extent_write(t, "hit_", &p->hit);
	rules_write(w, t, "must", p->must, false);
	rules_write(w, t, "may", p->may, false);
	rules_write(w, t, "must_not", p->must_not, false);
	rules_write(w, t, "not_yet", p->must, true);
	if (p->episodes >= 0)
		demo_row(t, ",\"episodes\":%d", p->episodes);
	if (p->cases >= 0)
		demo_row(t, ",\"cases\":%d", p->cases);
	out_text(t, ",\"note\":");
	out_json(t, p->note);
	out_text(t, "}\n");
}

static void
keys_add(struct planted *p, struct arena *a, const char *keys)
{
	struct str rest = str_of(keys != NULL ? keys : "");

	while (rest.n)
		name_add(p, a, str_split(&rest, ';'), true);
}

void
tell(struct script *s, struct truth t)
{
	struct world *w = s->w;
	struct demo_story *story = w->story;
	struct arena *a = &story->arena;
	bool few = w->o->accounts < 40 && story->planted.n >= w->o->accounts;
	bool said = t.must != NULL && t.must[0] != '\0';
	struct planted *p;

	if (s->broken || few || !(w->o->levels >> t.level & 1)) {
		w->script_count = s->first;
		s->broken = false;
		s->keys = NULL;
		return;
	}
	p = VEC_PUSH(&story->planted);
	*p = (struct planted){ .id = kept(a, t.id),
			       .family = kept(a, s->family),
			       .must = kept(a, t.must),
			       .may = kept(a, t.may),
			       .must_not = kept(a, t.must_not),
			       .note = kept(a, t.note),
			       .level = (enum demo_level)t.level,
			       .hits = said ? t.hits : -1,
			       .episodes = said ? t.episodes : -1,
			       .cases = said ? t.cases : -1 };
	actors_add(p, w, s->first, a);
	keys_add(p, a, s->keys);
	s->keys = NULL;
	p->all = extent_of(w, s->first, false);
	p->hit = extent_of(w, s->first, true);
	if (p->hits == EVERY)
		p->hits = (int)p->hit.lines;
	if (p->hits > 0 && (uint64_t)p->hits != p->hit.lines)
		BUG("%s has %llu lines that are hits, and says %d", t.id,
		    (unsigned long long)p->hit.lines, p->hits);
	truth_write(w, p);
	s->first = w->script_count;
}
