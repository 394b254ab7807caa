/*
 * survey_test.c - what lines add up to, of worlds small enough to count on fingers.
 */
#include "engine/engine_fake.h"
#include "model/survey.h"

enum { SYSTEM_DAYS = 40, OFF_HOUR = 20, CLASS = 3 };

/* Organisations: 1 and 4 grid, 2 a retailer, 3 a contractor of 1. */
static const enum org_class classes[] = { ORG_CLASS_UNKNOWN, ORG_GRID, ORG_RETAILER, ORG_CONTRACTOR,
					  ORG_GRID };

struct world {
	struct fake *fake;
	struct heard heard[SYSTEM_DAYS]; /* from FAKE_MONDAY - 10 on */
	struct verdicts v;
	const struct survey *s;
};

static struct world *this_world; /* of the hooks below, which are handed the fake */

static void
fake_listen(void *facts)
{
	const struct fake *f = facts;

	memset(this_world->heard, 0, sizeof(this_world->heard));
	for (size_t i = 0; i < f->fact.n; i++) {
		int32_t day = jst_day(f->fact.at[i].ts);
		uint32_t ms = (uint32_t)(f->fact.at[i].ts - jst_day_start(day));
		struct heard *h = &this_world->heard[day - FAKE_MONDAY + 10];

		h->first_ms = h->lines && h->first_ms < ms ? h->first_ms : ms;
		h->last_ms = h->last_ms > ms ? h->last_ms : ms;
		h->lines++;
		h->minute[ms / 60000 / 64] |= 1ULL << (ms / 60000 & 63);
		h->hour[ms / 3600000]++;
	}
}

static const struct heard *
fake_heard(const void *facts UNUSED, unsigned system UNUSED, int32_t day)
{
	int32_t at = day - FAKE_MONDAY + 10;

	return at >= 0 && at < SYSTEM_DAYS && this_world->heard[at].lines ? &this_world->heard[at]
									  : NULL;
}

static uint64_t
fake_refused(void *facts UNUSED, unsigned system UNUSED)
{
	return 6;
}

static enum org_class
class_of(const void *context UNUSED, struct str org)
{
	return org.n == 4 && org.p[3] < '5' ? classes[org.p[3] - '0'] : ORG_CLASS_UNKNOWN;
}

static enum day_type
type_of(const void *context UNUSED, int32_t day)
{
	return day_of_week(day) == 5   ? DAYTYPE_SAT
	       : day_of_week(day) == 6 ? DAYTYPE_SUN
				       : DAYTYPE_BIZ;
}

static enum duty
duty_of(const void *context UNUSED, const struct seen *s UNUSED, int64_t ts)
{
	return ts - jst_day_start(jst_day(ts)) >= (int64_t)OFF_HOUR * 3600000 ? HOURS_OFF
									      : HOURS_SCHEDULE;
}

/* The hand is known before noon. */
static struct attributed
hand_of(const void *context UNUSED, const struct seen *s UNUSED, int64_t ts)
{
	bool morning = ts - jst_day_start(jst_day(ts)) < 12LL * 3600000;

	return (struct attributed){ .attribution =
					    morning ? ATTRIBUTION_PERSON : ATTRIBUTION_NO_ENTRY };
}

/* One window, row 2, on Tuesday; its tail is Wednesday. */
static struct disaster_said
said_of(const void *context UNUSED, uint16_t org UNUSED, uint16_t area UNUSED, int64_t ts)
{
	int32_t day = jst_day(ts) - FAKE_MONDAY;

	return (struct disaster_said){ .state = day == 1   ? DSTATE_IN
						: day == 2 ? DSTATE_TAIL
							   : DSTATE_PEACE,
				       .row = 2 };
}

static bool
shares(const void *context UNUSED, uint16_t org UNUSED, uint32_t class, int64_t ts UNUSED)
{
	return class == CLASS;
}

static bool
reaches(const void *context UNUSED, uint16_t org UNUSED, uint16_t area, int64_t ts UNUSED)
{
	return area == 1;
}

static bool
window_at(const void *context UNUSED, size_t i, struct window_row *out)
{
	*out = (struct window_row){ .row = 2,
				    .id = 2,
				    .org = 1,
				    .from = jst_day_start(FAKE_MONDAY + 1),
				    .to = jst_day_start(FAKE_MONDAY + 2),
				    .coordination = true };
	return i == 0;
}

/* Two rows of one ID of organisation 1, one of another's. */
static bool
kept_at(const void *context UNUSED, enum subject kind, size_t i, int64_t ts UNUSED,
	struct kept_row *out)
{
	*out = (struct kept_row){
		.row = (uint32_t)i + 2, .name = i < 2 ? 2 : 4, .held = true, .org = i < 2 ? 1 : 2
	};
	return kind == SUBJECT_ACCOUNT && i < 3;
}

static struct str
word(const void *context UNUSED, uint32_t row UNUSED)
{
	return STR("D-1");
}

static struct str
cell(const void *context UNUSED, const char *ledger UNUSED, uint32_t line UNUSED,
     const char *column UNUSED, struct arena *a UNUSED)
{
	return STR("real");
}

static struct str
schedule_name(const void *context UNUSED, uint16_t schedule)
{
	return schedule ? STR("day") : (struct str){ 0 };
}

static bool
slot_at(const void *context UNUSED, size_t i, struct slot_row *out)
{
	*out = (struct slot_row){ .schedule = 1,
				  .day_type = DAYTYPE_BIZ,
				  .start = 9LL * 3600000,
				  .end = 17LL * 3600000 + 30000,
				  .grace = 1800000 };
	return i == 0;
}

/* a1, who has lines; a8 who has none; a9 who began on Monday itself; a10 who is stopped. */
static bool
roster_at(const void *context UNUSED, size_t i, struct roster_row *out)
{
	const struct roster_row rows[] = {
		{ STR("a8"), ACCOUNT_ACTIVE, INT64_MIN, INT64_MIN, INT64_MAX },
		{ STR("a8"), ACCOUNT_ACTIVE, INT64_MIN, INT64_MIN, INT64_MAX },
		{ STR("a1"), ACCOUNT_ACTIVE, INT64_MIN, INT64_MIN, INT64_MAX },
		{ STR("a9"), ACCOUNT_ACTIVE, FAKE_MONDAY * 86400000LL, INT64_MIN, INT64_MAX },
		{ STR("a10"), ACCOUNT_SUSPENDED, INT64_MIN, INT64_MIN, INT64_MAX },
	};

	if (i >= COUNT(rows))
		return false;
	*out = rows[i];
	return true;
}

static uint16_t
org_parent(const void *context UNUSED, uint16_t org)
{
	return org == 3 ? 1 : ORG_NONE;
}

static struct world *
world_new(void)
{
	struct world *w = xalloc(1, sizeof(*w));
	struct fake *f = w->fake = fake_new();

	this_world = w;
	f->source.listen = fake_listen;
	f->source.heard = fake_heard;
	f->source.refused = fake_refused;
	f->lookup.orgs = COUNT(classes) - 1;
	f->lookup.org_class = class_of;
	f->lookup.day_type = type_of;
	f->lookup.duty = duty_of;
	f->lookup.attribution = hand_of;
	f->lookup.disaster = said_of;
	f->lookup.disaster_shares = shares;
	f->lookup.disaster_reaches = reaches;
	f->lookup.window_at = window_at;
	f->lookup.window_name = word;
	f->lookup.kept_at = kept_at;
	f->lookup.ledger_cell = cell;
	f->lookup.schedule_name = schedule_name;
	f->lookup.slot_at = slot_at;
	f->lookup.roster_at = roster_at;
	f->lookup.org_parent = org_parent;
	f->in.survey = true;
	return w;
}

static void
world_free(struct world *w)
{
	verdicts_free(&w->v);
	fake_free(w->fake);
	free(w);
}

static void
count(struct world *w, const struct rule *const *rules, size_t n)
{
	fake_judge(w->fake, rules, n, &w->v);
	w->s = w->v.survey;
	assert_non_null(w->s);
}

/* A tuple of a person of organisation 1 on a screen. */
static struct seen
person(uint32_t account, enum act act)
{
	struct seen s = fake_person(account, act);

	s.account_row = account;
	s.account_class = ORG_GRID;
	s.standing.schedule = 1;
	s.standing.disaster_subject = SUBJECT_KINDS;
	s.tuple.text[DICT_CLASS] = CLASS;
	return s;
}

/* "time object ..." of a tuple. */
static void
lines(struct world *w, uint32_t tuple, const char *text)
{
	struct str rest = str_of(text);

	while (rest.n) {
		struct str object = str_split(&rest, ' '), time = str_split(&object, '/');
		uint64_t n = 0;

		assert_true(object.n == 0 || str_to_u64(object, &n));
		fake_line(w->fake, tuple, fake_time(time), (uint32_t)n);
	}
}

static void
views_and_consumers(void **state UNUSED)
{
	struct world *w = world_new();
	struct seen failed = person(1, ACT_VIEW);
	const struct survey_account *a;

	failed.tuple.ok = 0;
	lines(w, fake_tuple(w->fake, person(1, ACT_VIEW)), "9:00/1 9:10/2 9:20/1");
	lines(w, fake_tuple(w->fake, person(1, ACT_LOGIN)), "1d8:30");
	lines(w, fake_tuple(w->fake, failed), "1d8:00/7");
	lines(w, fake_tuple(w->fake, person(1, ACT_LIST)), "2d11:59:59/3");
	lines(w, fake_tuple(w->fake, person(2, ACT_VIEW)), "10:00/2 10:01/4 21:00/4 10:05");
	w->fake->in.jobs = 2;
	count(w, NULL, 0);

	want_i64("accounts", "rows", 2, (int64_t)w->s->account.n);
	a = &w->s->account.at[0];
	want_str("a1", "name", STR("a1"), a->name);
	want_i64("a1", "lines", 6, (int64_t)a->lines);
	want_i64("a1", "days with a line that went well", 3, (int64_t)a->days);
	want_i64("a1", "views: the failed one shows nothing", 4, (int64_t)a->views);
	want_i64("a1", "consumers", 3, (int64_t)a->consumers);
	want_i64("a1", "median of 3, 0, 1", 1, (int64_t)a->views_median);
	want_i64("a1", "most", 3, (int64_t)a->views_max);
	want_i64("a1", "first minute", 8 * 60 + 30, a->first_minute);
	want_i64("a1", "last minute", 11 * 60 + 59, a->last_minute);
	want_bool("a1", "known before", false, a->known_before);
	a = &w->s->account.at[1];
	want_i64("a2", "views", 4, (int64_t)a->views);
	want_i64("a2", "consumers", 2, (int64_t)a->consumers);
	want_i64("a2", "off hours", 1, (int64_t)a->off_hours);

	want_i64("screens", "rows", 1, (int64_t)w->s->screen.n);
	want_str("the screen", "class", STR("c3"), w->s->screen.at[0].class);
	want_i64("the screen", "views of both", 8, (int64_t)w->s->screen.at[0].views);
	want_i64("the screen", "consumers, those of both once", 4,
		 (int64_t)w->s->screen.at[0].consumers);

	want_i64("schedules", "rows", 1, (int64_t)w->s->schedule.n);
	want_i64("the schedule", "accounts", 2, (int64_t)w->s->schedule.at[0].accounts);
	want_i64("the schedule", "Monday at nine", 3, (int64_t)w->s->schedule.at[0].hours.at[0][9]);
	want_i64("the schedule", "Tuesday at eight, without the failed one", 1,
		 (int64_t)w->s->schedule.at[0].hours.at[1][8]);
	want_i64("the schedule", "from", 540, w->s->schedule.at[0].slot[0].from);
	want_i64("the schedule", "to, the minute that has begun counted", 1021,
		 w->s->schedule.at[0].slot[0].to);
	want_i64("the schedule", "grace", 30, w->s->grace_minutes);
	want_i64("the system", "off hours on Monday at nine in the evening", 1,
		 (int64_t)w->s->system.at[0].off_hours.at[0][21]);

	want_i64("the roster", "dormant", 1, (int64_t)w->s->dormant.n);
	want_str("the roster", "who is dormant", STR("a8"), w->s->dormant.at[0].account);
	world_free(w);
}

/* The review begins on Wednesday at noon: all of Wednesday is now. */
static void
days_before(void **state UNUSED)
{
	struct world *w = world_new();
	struct seen elsewhere = person(1, ACT_VIEW), only_before = person(2, ACT_VIEW);
	const struct survey_account *a;

	elsewhere.net = 2;
	elsewhere.tuple.text[DICT_TERMINAL] = 4;
	lines(w, fake_tuple(w->fake, person(1, ACT_VIEW)), "9:00/1 9:01/2 1d9:00/1 2d9:00/1");
	lines(w, fake_tuple(w->fake, elsewhere), "9:02/3 3d9:00/9");
	lines(w, fake_tuple(w->fake, only_before), "9:00/1");
	w->fake->in.from = jst_day_start(FAKE_MONDAY + 2) + 12LL * 3600000;
	count(w, NULL, 0);

	want_i64("days", "rows", 2, (int64_t)w->s->day.n);
	want_i64("days", "first", FAKE_MONDAY + 2, w->s->day.at[0].day);
	want_i64("accounts", "those of now", 1, (int64_t)w->s->account.n);
	a = &w->s->account.at[0];
	want_i64("a1", "lines", 2, (int64_t)a->lines);
	want_i64("a1", "consumers", 2, (int64_t)a->consumers);
	want_i64("a1", "networks", 2, (int64_t)a->networks);
	want_i64("a1", "terminals", 1, (int64_t)a->terminals);
	want_bool("a1", "known before", true, a->known_before);
	want_i64("a1", "days before", 2, (int64_t)a->before.days);
	want_i64("a1", "lower median of 3 and 1 before", 1, (int64_t)a->before.views_median);
	want_i64("a1", "networks before", 2, (int64_t)a->before.networks);
	want_i64("a1", "terminals before", 1, (int64_t)a->before.terminals);
	want_i64("the screen", "views of now", 2, (int64_t)w->s->screen.at[0].views);
	world_free(w);
}

static void
silence(void **state UNUSED)
{
	struct world *w = world_new();
	const struct survey_heard *d;

	w->fake->system.live = INT64_MAX;
	w->fake->system.expect[DAYTYPE_BIZ] = (struct hours){ true, 9LL * 3600000, 17LL * 3600000 };
	/* Monday from 12:00:10 on; nothing on Tuesday; Wednesday from 10:00 to 11:00. */
	lines(w, fake_tuple(w->fake, person(1, ACT_VIEW)),
	      "12:00:10/1 12:01:59/1 14:00:00/1 16:59:59/1 2d10:00/1 2d11:00/1");
	count(w, NULL, 0);
	d = w->s->system.at[0].day;
	want_i64("days", "rows", 3, (int64_t)w->s->day.n);
	want_i64("Monday", "lines", 4, (int64_t)d[0].lines);
	want_i64("Monday", "first", 12 * 3600 + 10, d[0].first_s);
	want_i64("Monday", "last", 17 * 3600 - 1, d[0].last_s);
	want_i64("Monday", "silent from 14:01 to 16:59", 178, d[0].gap_minutes);
	want_i64("Tuesday", "lines", 0, (int64_t)d[1].lines);
	want_i64("Tuesday", "no first line", -1, d[1].first_s);
	want_i64("Tuesday", "silent all day", 480, d[1].gap_minutes);
	want_i64("Wednesday", "silent from 9:00 on, and not behind the last line", 60,
		 d[2].gap_minutes);
	want_i64("the system", "refused", 6, (int64_t)w->s->system.at[0].refused);
	want_i64("the system", "Wednesday at ten", 1, (int64_t)w->s->system.at[0].hours.at[2][10]);
	world_free(w);

	w = world_new();
	w->fake->system.live = jst_day_start(FAKE_MONDAY) + 16LL * 3600000;
	w->fake->system.expect[DAYTYPE_BIZ] = (struct hours){ true, 9LL * 3600000, 17LL * 3600000 };
	lines(w, fake_tuple(w->fake, person(1, ACT_VIEW)), "8:00/1 16:30/1 5d9:00/1");
	count(w, NULL, 0);
	d = w->s->system.at[0].day;
	want_i64("Monday", "silent since it is live", 30, d[0].gap_minutes);
	want_i64("Saturday", "nothing is expected", -1, d[5].gap_minutes);
	world_free(w);
}

static enum judged
every_line(const struct seen *who UNUSED, const int64_t *param UNUSED)
{
	return JUDGED_HIT;
}

static enum judged
by_account(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST], int *n)
{
	key[0] = (struct key){ { ev->who->tuple.text[DICT_ACCOUNT] } };
	*n = 1;
	return JUDGED_HIT;
}

static enum judged
by_org(const struct event *ev, const int64_t *param UNUSED, struct key key[KEYS_MOST], int *n)
{
	key[0] = (struct key){ { ev->who->account_org } };
	*n = 1;
	return JUDGED_HIT;
}

/* The same lines by account and by organisation; and an anomaly, which affects nobody. */
static const struct detector account_detector = { .name = "account",
						  .kind = FINDING_VIOLATION,
						  .key = { { "acct", KEY_ACCOUNT } },
						  .lines = LINES_BOTH,
						  .screen = every_line,
						  .hit = by_account };
static const struct detector org_detector = { .name = "org",
					      .kind = FINDING_VIOLATION,
					      .across = true,
					      .key = { { "org", KEY_ORG } },
					      .screen = every_line,
					      .hit = by_org };
static const struct detector odd_detector = { .name = "odd",
					      .kind = FINDING_ANOMALY,
					      .key = { { "acct", KEY_ACCOUNT } },
					      .screen = every_line,
					      .hit = by_account };
static const struct rule by_accounts = {
	.detector = &account_detector, .id = "T-2", .version = "1.0", .base = 50, .gap_ms = 1800000
};
static const struct rule by_orgs = {
	.detector = &org_detector, .id = "T-3", .version = "1.0", .base = 50, .gap_ms = 1800000
};
static const struct rule odd = {
	.detector = &odd_detector, .id = "T-1", .version = "1.0", .base = 50, .gap_ms = 1800000
};

static void
affected(void **state UNUSED)
{
	static const struct rule *const rules[] = { &odd, &by_accounts, &by_orgs };
	struct world *w = world_new();
	struct window windows[] = {
		{ STR("W1"), jst_day_start(FAKE_MONDAY), jst_day_start(FAKE_MONDAY + 1) },
		{ STR("W2"), jst_day_start(FAKE_MONDAY), jst_day_start(FAKE_MONDAY + 9) },
	};
	struct seen failed = person(1, ACT_VIEW), other = person(3, ACT_VIEW);
	const struct survey_affected *a;

	failed.tuple.ok = 0;
	other.account_org = 4;
	w->fake->regard[1].relation = REL_OTHER;
	w->fake->regard[2].relation = REL_OTHER;
	w->fake->regard[3].relation = REL_FIT;
	w->fake->in.windows = windows;
	w->fake->in.window_count = 2;
	lines(w, fake_tuple(w->fake, person(1, ACT_VIEW)), "9:00/1 9:01/1 1d9:00/2");
	lines(w, fake_tuple(w->fake, failed), "9:02/2");
	lines(w, fake_tuple(w->fake, person(2, ACT_LIST)), "10:00/1 2d10:00/2");
	lines(w, fake_tuple(w->fake, other), "10:00/3 10:01/1");
	count(w, rules, 3);

	want_i64("affected", "rows", 3, (int64_t)w->s->affected.n);
	a = &w->s->affected.at[0];
	want_str("other suppliers', by org1", "case", STR("託送_新電力"), a->case_type);
	want_str("other suppliers', by org1", "organisation", STR("org1"), a->org);
	want_i64("other suppliers', by org1", "lines, each once", 6, (int64_t)a->events);
	want_i64("other suppliers', by org1", "displayed", 2, (int64_t)a->displayed);
	want_i64("other suppliers', by org1", "opened", 2, (int64_t)a->opened);
	want_i64("other suppliers', by org1", "accounts", 2, (int64_t)a->accounts);
	want_i64("other suppliers', by org1", "person-days", 4, (int64_t)a->person_days);
	want_i64("other suppliers', by org1", "on Monday", 1, (int64_t)a->window[0]);
	want_i64("other suppliers', by org1", "in nine days", 2, (int64_t)a->window[1]);
	a = &w->s->affected.at[1];
	want_str("other suppliers', by org4", "organisation", STR("org4"), a->org);
	want_i64("other suppliers', by org4", "displayed", 1, (int64_t)a->displayed);
	want_str("FIT, by org4", "case", STR("送配電買取FIT"), w->s->affected.at[2].case_type);
	want_i64("all", "events", 8, (int64_t)w->s->total.events);
	want_i64("all", "displayed, o1 of both once", 3, (int64_t)w->s->total.displayed);
	want_i64("all", "accounts", 3, (int64_t)w->s->total.accounts);
	want_i64("all", "on Monday", 2, (int64_t)w->s->total.window[0]);

	want_i64("a2", "flags", 2, (int64_t)w->s->account.at[1].flags);
	want_str("a2", "first flag", STR("T-1"), str_of(w->s->account.at[1].flag[0]));
	want_str("a2", "last flag", STR("T-2"), str_of(w->s->account.at[1].flag[1]));
	want_i64("strips", "rows", 3, (int64_t)w->s->strip.n);
	want_str("a strip", "account", STR("a1"), w->s->strip.at[0].name);
	want_i64("a strip", "days", 2, (int64_t)w->s->strip.at[0].n);
	want_i64("a strip", "lines on Monday", 3, (int64_t)w->s->strip.at[0].at[0].lines);
	world_free(w);
}

static void
an_opened_list_is_not_a_consumer_opened(void **state UNUSED)
{
	static const struct rule *const rules[] = { &by_accounts };
	struct world *w = world_new();

	lines(w, fake_tuple(w->fake, person(1, ACT_LIST)), "9:00/1 9:01/2");
	lines(w, fake_tuple(w->fake, person(2, ACT_VIEW)), "9:00/2");
	count(w, rules, 1);
	want_i64("all", "displayed", 2, (int64_t)w->s->total.displayed);
	want_i64("all", "opened", 1, (int64_t)w->s->total.opened);
	want_str("unknown relation", "case", STR("その他"), w->s->affected.at[0].case_type);
	world_free(w);
}

static void
organisations(void **state UNUSED)
{
	struct world *w = world_new();
	struct seen lent = person(1, ACT_VIEW), contractor = person(2, ACT_VIEW);
	struct seen allowed = person(4, ACT_VIEW), nobody = person(0, ACT_VIEW);

	lent.origin[0] = 2;
	allowed.origin[0] = allowed.origin[1] = 2;
	allowed.pair_allowed[0] = allowed.pair_allowed[1] = true;
	contractor.account_org = 3;
	contractor.account_class = ORG_CONTRACTOR;
	nobody.account_row = 0;
	nobody.person = false;
	nobody.account_kind = KIND_UNKNOWN;
	nobody.origin[1] = 2;
	lines(w, fake_tuple(w->fake, lent), "9:00/1 9:01/1");
	lines(w, fake_tuple(w->fake, allowed), "10:00/1");
	lines(w, fake_tuple(w->fake, contractor), "11:00/5 11:01/6 11:02/5 22:00");
	lines(w, fake_tuple(w->fake, nobody), "12:00/8");
	lent = person(7, ACT_LOGIN);
	lent.account_row = 0;
	lines(w, fake_tuple(w->fake, lent), "9:00");
	count(w, NULL, 0);

	want_i64("retailers", "rows", 1, (int64_t)w->s->retailer.n);
	want_i64("the retailer", "lines", 4, (int64_t)w->s->retailer.at[0].lines);
	want_i64("the retailer", "accounts, nobody is none", 2,
		 (int64_t)w->s->retailer.at[0].accounts);
	want_i64("the retailer", "last", jst_day_start(FAKE_MONDAY) + 12LL * 3600000,
		 w->s->retailer.at[0].last);
	want_i64("a1", "outside", 2, (int64_t)w->s->account.at[0].outside);
	want_i64("a4", "outside, which is allowed", 0, (int64_t)w->s->account.at[2].outside);
	want_i64("contractors", "rows", 1, (int64_t)w->s->contractor.n);
	want_str("the contractor", "parent", STR("org1"), w->s->contractor.at[0].parent);
	want_i64("the contractor", "lines", 4, (int64_t)w->s->contractor.at[0].lines);
	want_i64("the contractor", "consumers", 2, (int64_t)w->s->contractor.at[0].consumers);
	want_i64("the contractor", "off hours", 1, (int64_t)w->s->contractor.at[0].off_hours);
	want_i64("unknown IDs", "rows", 1, (int64_t)w->s->unknown.n);
	want_str("unknown IDs", "who", STR("a7"), w->s->unknown.at[0].account);
	want_i64("accounts", "rows: nobody has none", 4, (int64_t)w->s->account.n);
	world_free(w);
}

static void
disasters_and_hands(void **state UNUSED)
{
	struct world *w = world_new();
	struct seen id = person(1, ACT_VIEW), shared = person(2, ACT_VIEW), unshared;
	const struct survey_disaster *d;

	id.person = shared.person = false;
	id.account_kind = KIND_DISASTER;
	id.standing.disaster_subject = SUBJECT_ACCOUNT;
	id.standing.disaster_org = 1;
	id.terminal_kind = TERMINAL_DISASTER;
	id.tuple.text[DICT_TERMINAL] = 5;
	unshared = id;
	unshared.tuple.text[DICT_CLASS] = CLASS + 1;
	shared.account_kind = KIND_SHARED;
	w->fake->regard[1].area = w->fake->regard[2].area = 1;
	w->fake->regard[3].area = 2;
	/* Peace on Monday, the window on Tuesday, its tail on Wednesday. */
	lines(w, fake_tuple(w->fake, id), "9:00/1 1d9:00/1 1d9:01/2 1d9:02/3 1d9:03/1 2d9:00/9");
	lines(w, fake_tuple(w->fake, unshared), "1d10:00/1");
	lines(w, fake_tuple(w->fake, shared), "9:00/1 13:00/1 14:00/1");
	count(w, NULL, 0);
	d = &w->s->disaster.at[0];
	want_i64("windows", "rows", 1, (int64_t)w->s->disaster.n);
	want_i64("the window", "lines", 5, (int64_t)d->lines);
	want_i64("the window", "consumers", 3, (int64_t)d->consumers);
	want_i64("the window", "beyond it: o3's area, and the other screen", 2,
		 (int64_t)d->overscope_lines);
	want_i64("the window", "tail", 1, (int64_t)d->tail_lines);
	want_i64("the window", "IDs used", 1, (int64_t)d->ids);
	want_i64("the window", "terminals used", 1, (int64_t)d->terminals);
	want_i64("the window", "IDs held, of its organisation", 1, (int64_t)d->ids_held);
	want_i64("the window", "last use, tail included",
		 jst_day_start(FAKE_MONDAY + 2) + 9LL * 3600000, d->last);
	want_bool("a1", "not a person's", true, w->s->account.at[0].nonpersonal);
	want_i64("a2", "lines of many hands", 3, (int64_t)w->s->account.at[1].shared_lines);
	want_i64("a2", "whose hand is known", 1, (int64_t)w->s->account.at[1].attributed);
	world_free(w);
}

static void
nothing_at_all(void **state UNUSED)
{
	struct world *w = world_new();

	count(w, NULL, 0);
	want_i64("no line", "days", 0, (int64_t)w->s->day.n);
	want_i64("no line", "accounts", 0, (int64_t)w->s->account.n);
	want_i64("no line", "retailers are told all the same", 1, (int64_t)w->s->retailer.n);
	want_i64("no line", "dormant: nobody can say", 0, (int64_t)w->s->dormant.n);
	world_free(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(views_and_consumers),
		cmocka_unit_test(days_before),
		cmocka_unit_test(silence),
		cmocka_unit_test(affected),
		cmocka_unit_test(an_opened_list_is_not_a_consumer_opened),
		cmocka_unit_test(organisations),
		cmocka_unit_test(disasters_and_hands),
		cmocka_unit_test(nothing_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
