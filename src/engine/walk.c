/*
 * walk.c - every rule, in one walk over an account's facts; see engine.h for the way of the data.
 */
#include "engine/walk_own.h"

#include "base/civil.h"

enum { HOUR_MS = 3600000 };

uint8_t *
walk_shared_terminals(const struct engine_input *in)
{
	const struct names *names = &in->source->names;
	uint32_t n = names->count(names->facts, DICT_TERMINAL);
	uint32_t *user = xalloc(n + (size_t)1, sizeof(*user));
	uint8_t *shared = xalloc(n + (size_t)1, sizeof(*shared));

	for (uint32_t i = 1; i <= names->tuple_count(names->facts); i++) {
		const struct tuple *t = names->tuple(names->facts, i);
		uint32_t terminal = t->text[DICT_TERMINAL], account = t->text[DICT_ACCOUNT];

		if (terminal == 0 || account == 0)
			continue;
		if (user[terminal] == 0)
			user[terminal] = account;
		shared[terminal] |= user[terminal] != account;
	}
	free(user);
	return shared;
}

struct walk *
walk_new(const struct engine_input *in, struct arena *arena, int64_t first_ts, int64_t last_ts,
	 const uint8_t *shared)
{
	struct walk *w = xalloc(1, sizeof(*w));

	w->in = in;
	w->tally = xalloc(in->rule_count, sizeof(*w->tally));
	w->wont = xalloc(in->rule_count, sizeof(*w->wont));
	looks_init(&w->looks, in, shared, w->tally);
	looks_init(&w->print_looks, in, shared, NULL);
	w->across = store_new(sizeof(struct across_hit), in->memory / 8 / (in->jobs ? in->jobs : 1),
			      in->spill_dir);
	w->finish = (struct finish){ .in = in,
				     .looks = &w->print_looks,
				     .scratch = scratch_new(),
				     .arena = arena,
				     .first_ts = first_ts,
				     .last_ts = last_ts };
	for (size_t r = 0; r < in->rule_count; r++) {
		w->tally[r].rule = &in->rules[r];
		w->pairs |= in->rules[r].detector->pair != NULL;
		w->next |= in->rules[r].detector->next != NULL;
		w->days |= in->rules[r].detector->day || in->rules[r].detector->meets;
		if (in->rules[r].detector->meets)
			w->wont[r] = presence_wont(&in->rules[r], first_ts);
		if (in->rules[r].detector->resolves && w->looks.able >> r & 1)
			w->looks.unresolved = &w->unresolved;
	}
	if (in->survey)
		w->looks.by_system = xalloc(in->policy->system_count * in->rule_count + 1,
					    sizeof(*w->looks.by_system));
	w->survey = w->finish.survey = in->survey ? survey_new(in, arena) : NULL;
	w->consumers = w->looks.unresolved && (in->lookup->gives & GIVES_CONSUMERS);
	return w;
}

void
walk_free(struct walk *w)
{
	looks_free(&w->looks);
	looks_free(&w->print_looks);
	dossiers_free(&w->dossiers);
	scratch_free(w->finish.scratch);
	store_free(w->across);
	sessions_free(&w->sessions);
	VEC_FREE(&w->day);
	VEC_FREE(&w->range);
	VEC_FREE(&w->use_from);
	uses_free(&w->uses);
	presence_free(&w->presence);
	distinct_free(&w->viewed);
	unresolved_free(&w->unresolved);
	survey_free(w->survey);
	VEC_FREE(&w->findings.list);
	VEC_FREE(&w->findings.adoption);
	free(w->tally);
	free(w->wont);
	free(w);
}

static void
ask_rules(struct walk *w, const struct look *k, const struct account_facts *facts, uint32_t line)
{
	struct regard regard;
	struct event ev = looks_event(&w->looks, k, &facts->at[line],
				      k->ask & w->looks.viewing ? &regard : NULL);

	for (uint64_t ask = k->ask; ask; ask &= ask - 1) {
		uint32_t r = (uint32_t)__builtin_ctzll(ask);
		const struct rule *rule = &w->in->rules[r];
		struct key key[KEYS_MOST] = { { { 0 } } };
		int keys = 0;
		enum judged j = looks_judge(&w->looks, k, r, &ev, key, &keys);

		w->tally[r].judged[j]++;
		if (w->looks.by_system)
			looks_of_system(&w->looks, k, r)->judged[j]++;
		for (int i = 0; j == JUDGED_HIT && i < keys; i++) {
			uint32_t unit = looks_unit(rule, &ev);

			if (rule->detector->across)
				walk_tell_across(w, r, &key[i], unit, &facts->at[line]);
			else
				dossier_hit(dossiers_get(&w->dossiers, r, &key[i]), &w->finish,
					    facts->at, line, unit);
		}
	}
}

/* A working day on which any registered system is silent says nothing about volumes (DETECTION B.13.44). */
static bool
gap_day(const struct walk *w, int32_t day)
{
	const struct fact_source *s = w->in->source;

	for (size_t i = 0; i < w->in->policy->system_count; i++) {
		if (!s->system_day(s->facts, (unsigned)i, day))
			return true;
	}
	return false;
}

static void
day_end(struct walk *w, uint32_t line)
{
	const struct lookup *l = w->in->lookup;
	struct account_day *d = &w->day.at[w->day.n - 1];

	w->range.at[w->range.n - 1].to = line;
	uses_day_end(&w->uses);
	d->consumers = w->viewed.n;
	distinct_empty(&w->viewed);
	if (d->consumers == 0)
		return;
	d->kind = l->day_kind(l->context, d->day);
	d->left_out = l->disaster_day(l->context, w->day_org, d->day) ||
		      (d->kind == DAY_BIZ && gap_day(w, d->day));
}

static void
day_begin(struct walk *w, int32_t day, uint32_t line)
{
	if (w->day.n)
		day_end(w, line);
	*VEC_PUSH(&w->day) = (struct account_day){ .day = day };
	*VEC_PUSH(&w->range) = (struct day_range){ .from = line };
	*VEC_PUSH(&w->use_from) = (uint32_t)w->uses.at.n;
	w->day_site = SITE_NONE;
	w->hour_until = INT64_MIN;
}

/* Where `at` of the uses lies is known when all of them are. */
static void
days_end(struct walk *w, uint32_t line)
{
	if (w->day.n == 0)
		return;
	day_end(w, line);
	for (size_t i = 0; i < w->day.n; i++) {
		uint32_t from = w->use_from.at[i];
		uint32_t to = i + 1 < w->day.n ? w->use_from.at[i + 1] : (uint32_t)w->uses.at.n;

		w->day.at[i].use = w->uses.at.at ? w->uses.at.at + from : NULL;
		w->day.at[i].use_count = to - from;
	}
}

static void
day_hour(struct walk *w, int64_t ts)
{
	struct account_day *d = &w->day.at[w->day.n - 1];
	int64_t start = jst_day_start(d->day), hour = (ts - start) / HOUR_MS;

	d->hours |= 1U << hour;
	w->hour_until = start + (hour + 1) * HOUR_MS;
}

static void
day_site(struct walk *w, uint16_t site)
{
	if (w->day_site != SITE_NONE)
		w->day.at[w->day.n - 1].site_changes++;
	w->day_site = site;
}

/* What a person's line adds to its day. */
static inline void
day_line(struct walk *w, struct look *k, const struct fact *f)
{
	if (k->seen.views) {
		if (f->ts >= w->hour_until)
			day_hour(w, f->ts);
		if (f->object) {
			if (w->viewed.n == 0)
				w->day_org = k->seen.account_org;
			distinct_add(&w->viewed, f->object);
		}
	}
	if (k->seen.net_site != w->day_site && k->seen.net_site != SITE_NONE)
		day_site(w, k->seen.net_site);
	uses_add(&w->uses, k);
}

static void
ask_consumer(struct walk *w, const struct look *k, const struct fact *f)
{
	const struct lookup *l = w->in->lookup;

	if (f->object && k->counts && !l->consumer_known(l->context, f->object, f->ts))
		unresolved_add(&w->unresolved,
			       &(struct unresolved_count){ .lines = 1,
							   .first = f->ts,
							   .last = f->ts,
							   .number = f->object,
							   .system = k->seen.tuple.system,
							   .what = UNRESOLVED_CONSUMER });
}

void
walk_lines(struct walk *w, const struct account_facts *facts)
{
	int64_t day_until = INT64_MIN;

	w->day.n = w->range.n = w->use_from.n = 0;
	distinct_empty(&w->viewed);
	for (uint32_t i = 0; i < facts->n; i++) {
		const struct fact *f = &facts->at[i];
		struct look *k = looks_get(&w->looks, f->tuple, f->ts);

		if (i + 16 < facts->n)
			w->in->lookup->prefetch(w->in->lookup->context, facts->at[i + 16].object);
		k->lines++;
		k->last = f->ts;
		if (w->consumers)
			ask_consumer(w, k, f);
		if (w->days && f->ts >= day_until) {
			int32_t day = jst_day(f->ts);

			day_begin(w, day, i);
			day_until = jst_day_start(day + 1);
		}
		if (k->counts && k->seen.person) {
			if (w->days)
				day_line(w, k, f);
			if (w->pairs || w->next)
				sessions_add(&w->sessions, k, f, i);
		}
		if (k->ask)
			ask_rules(w, k, facts, i);
		if (w->survey)
			survey_line(w->survey, k, f);
	}
	days_end(w, (uint32_t)facts->n);
}

void
walk_finish(struct walk *w, const struct fact *facts)
{
	for (size_t i = 0; i < w->dossiers.at.n; i++) {
		struct dossier *d = &w->dossiers.at.at[i];

		dossier_close(d, &w->finish, facts);
		if (d->unit.n)
			*VEC_PUSH(&w->findings.list) = dossier_finish(d, facts, &w->finish);
	}
	dossiers_reset(&w->dossiers);
	looks_reset(&w->print_looks);
}

/* What the account's lines add up to; whence they come only where rules have hits. */
static void
survey(struct walk *w, uint32_t account, bool hits)
{
	if (hits)
		survey_strip(w->survey, account);
	survey_account(w->survey, account);
}

void
walk_account(struct walk *w, const struct account_facts *facts)
{
	size_t findings = w->findings.list.n;

	w->told_across = false;
	walk_lines(w, facts);
	if (w->days) {
		walk_judge_days(w, facts);
		walk_judge_presence(w, facts);
	}
	if (w->pairs && sessions_plural(&w->sessions))
		walk_judge_pairs(w, facts);
	if (w->next && w->sessions.at.n > 1)
		walk_judge_next(w, facts);
	walk_finish(w, facts->at);
	if (w->survey)
		survey(w, facts->account, w->told_across || w->findings.list.n > findings);
	sessions_reset(&w->sessions);
	uses_reset(&w->uses);
	looks_reset(&w->looks);
}

struct survey_walk *
walk_survey(struct walk *w)
{
	return w->survey;
}

struct findings *
walk_findings(struct walk *w)
{
	return &w->findings;
}

const struct judged_counts *
walk_by_system(const struct walk *w)
{
	return w->looks.by_system;
}

const struct rule_tally *
walk_tally(const struct walk *w)
{
	return w->tally;
}
