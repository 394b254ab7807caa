/*
 * log_testing.h - for the tests of LOG rules: two systems, and when they were heard, without logs or facts.
 *
 * Times are `Nd hh:mm[:ss]` in Japan, N days after Monday, 4 July 2022; the Monday after it is a holiday,
 * and so is day 45.
 */
#ifndef SEKISHO_DETECT_LOG_TESTING_H
#define SEKISHO_DETECT_LOG_TESTING_H

#include "base/test_wall.h"

#include "base/civil.h"
#include "model/detector.h"
#include "model/policy.h"

enum { LOG_MONDAY = 19177, LOG_HOLIDAY = LOG_MONDAY + 7, LOG_DAYS = 60, LOG_SYSTEMS = 2 };

struct log_world {
	struct heard heard[LOG_SYSTEMS][LOG_DAYS];
	uint64_t refused[LOG_SYSTEMS];
	struct policy_system system[LOG_SYSTEMS];
	struct policy policy;
	struct lookup lookup;
	struct fact_source source;
	struct arena arena;
	uint64_t judged[JUDGED_COUNT];
	struct roster roster;
};

static inline const struct heard *
log_heard(const void *facts, unsigned system, int32_t day)
{
	const struct log_world *w = facts;
	int32_t at = day - LOG_MONDAY;

	return at >= 0 && at < LOG_DAYS && w->heard[system][at].lines ? &w->heard[system][at]
								      : NULL;
}

static inline bool
log_system_day(const void *facts, unsigned system, int32_t day)
{
	return log_heard(facts, system, day) != NULL;
}

static inline uint64_t
log_refused(void *facts, unsigned system)
{
	return ((const struct log_world *)facts)->refused[system];
}

static inline enum day_type
log_day_type(const void *context UNUSED, int32_t day)
{
	int w = day_of_week(day);

	if (day == LOG_HOLIDAY || day == LOG_MONDAY + 45)
		return DAYTYPE_HOL;
	return w == 5 ? DAYTYPE_SAT : w == 6 ? DAYTYPE_SUN : DAYTYPE_BIZ;
}

static inline int64_t
log_number(const char **p)
{
	int64_t v = 0;

	while (**p >= '0' && **p <= '9')
		v = v * 10 + *(*p)++ - '0';
	return v;
}

/* The next time of a list of them; a time without a day is of the day before it. */
static inline bool
log_next(const char **p, int64_t *day, int64_t *ms)
{
	int64_t v;

	while (**p == ' ')
		++*p;
	if (!**p)
		return false;
	v = log_number(p);
	if (**p == 'd') {
		*day = v;
		*p += 2;
		v = log_number(p);
	}
	assert_true(*(*p)++ == ':');
	*ms = (v * 60 + log_number(p)) * 60000;
	if (**p == ':') {
		++*p;
		*ms += log_number(p) * 1000;
	}
	return true;
}

static inline int64_t
log_time(const char *p)
{
	int64_t day = 0, ms = 0;

	assert_true(log_next(&p, &day, &ms));
	return jst_day_start((int32_t)(LOG_MONDAY + day)) + ms;
}

/* `n` lines at once; the input grows to hold them. */
static inline void
log_lines_at(struct log_world *w, unsigned system, int64_t ts, uint64_t n)
{
	int32_t day = jst_day(ts);
	uint32_t ms = (uint32_t)(ts - jst_day_start(day));
	struct heard *h;

	assert_true(day >= LOG_MONDAY && day < LOG_MONDAY + LOG_DAYS);
	h = &w->heard[system][day - LOG_MONDAY];
	if (h->lines == 0 || ms < h->first_ms)
		h->first_ms = ms;
	if (ms > h->last_ms)
		h->last_ms = ms;
	h->lines += n;
	h->hour[ms / 3600000] += n;
	h->minute[ms / 60000 / 64] |= 1ULL << ms / 60000 % 64;
	w->roster.first_ts = min_i64(w->roster.first_ts, ts);
	w->roster.last_ts = max_i64(w->roster.last_ts, ts);
}

static inline void
log_lines(struct log_world *w, unsigned system, const char *times)
{
	int64_t day = 0, ms = 0;

	while (log_next(&times, &day, &ms))
		log_lines_at(w, system, jst_day_start((int32_t)(LOG_MONDAY + day)) + ms, 1);
}

/* "08:00-20:00" of a kind of day. */
static inline void
log_expect(struct log_world *w, unsigned system, enum day_type type, const char *hours)
{
	int64_t day = 0, from = 0, to = 0;

	assert_true(log_next(&hours, &day, &from) && *hours++ == '-' &&
		    log_next(&hours, &day, &to));
	w->system[system].expect[type] = (struct hours){ .said = true, .from = from, .to = to };
}

static inline struct log_world *
log_world_new(const int64_t *param)
{
	struct log_world *w = xalloc(1, sizeof(*w));

	for (unsigned i = 0; i < LOG_SYSTEMS; i++)
		w->system[i] = (struct policy_system){ .id = i ? STR("keiyaku") : STR("takuso"),
						       .live = INT64_MAX,
						       .at = { .line = 4 + i } };
	w->policy = (struct policy){ .system = w->system, .system_count = LOG_SYSTEMS };
	w->lookup = (struct lookup){ .day_type = log_day_type };
	w->source = (struct fact_source){
		.facts = w, .heard = log_heard, .system_day = log_system_day, .refused = log_refused
	};
	w->roster = (struct roster){ .lookup = &w->lookup,
				     .source = &w->source,
				     .policy = &w->policy,
				     .first_ts = INT64_MAX,
				     .last_ts = INT64_MIN,
				     .arena = &w->arena,
				     .param = param,
				     .judged = w->judged };
	return w;
}

static inline void
log_world_free(struct log_world *w)
{
	arena_free(&w->arena);
	VEC_FREE(&w->roster.told);
	free(w);
}

/* What was told, "SYSTEM: observed[; observed]"; systems in order, one line each. */
static inline struct str
log_told(struct log_world *w)
{
	struct str all = STR("");

	for (unsigned s = 0; s < LOG_SYSTEMS; s++) {
		bool any = false;

		for (size_t i = 0; i < w->roster.told.n; i++) {
			const struct told *t = &w->roster.told.at[i];

			if (t->key.part[0] != s)
				continue;
			all = arena_printf(&w->arena, STR_FMT "%s" STR_FMT, STR_ARG(all),
					   any          ? "; "
					   : s && all.n ? "\nkeiyaku: "
					   : s          ? "keiyaku: "
							: "takuso: ",
					   STR_ARG(t->why.observed));
			any = true;
		}
	}
	return all;
}

#endif
