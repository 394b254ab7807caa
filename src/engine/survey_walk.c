/*
 * survey_walk.c - a thread's counting: lines into seats, days and tallies, an account into its row.
 */
#include "engine/survey_own.h"

#include "base/order.h"

enum { HOUR_MS = 3600000, MINUTE_MS = 60000 };

struct survey_walk *
survey_new(const struct engine_input *in, struct arena *arena)
{
	struct survey_walk *s = xalloc(1, sizeof(*s));
	const struct lookup *l = in->lookup;

	s->in = in;
	s->arena = arena;
	s->from = in->from == INT64_MIN ? INT64_MIN : jst_day_start(jst_day(in->from));
	s->renewables = xalloc(in->policy->system_count + 1, sizeof(*s->renewables));
	for (size_t i = 0; i < in->policy->system_count; i++)
		s->renewables[i] =
			l->org_class(l->context, in->policy->system[i].owner) == ORG_GOVERNMENT;
	s->org_class = xalloc(l->orgs + (size_t)1, sizeof(*s->org_class));
	for (uint16_t org = 1; org <= l->orgs; org++)
		s->org_class[org] = (uint8_t)l->org_class(l->context, l->org_name(l->context, org));
	tally_init(&s->tally, in->memory / 8 / (in->jobs ? in->jobs : 1), in->spill_dir);
	s->day_until = INT64_MIN;
	return s;
}

void
survey_free(struct survey_walk *s)
{
	if (!s)
		return;
	tally_free(&s->tally);
	free(s->renewables);
	free(s->org_class);
	VEC_FREE(&s->seat);
	VEC_FREE(&s->day_views);
	VEC_FREE(&s->account);
	VEC_FREE(&s->strip);
	VEC_FREE(&s->whence);
	free(s);
}

/* A line that ORG-01 finds: from another organisation, and nothing allows the pair. */
static bool
outside(const struct seen *who)
{
	for (int i = 0; i < 2; i++) {
		if (who->account_org != ORG_NONE && !who->granted && !who->pair_allowed[i] &&
		    who->origin[i] != ORG_NONE && who->origin[i] != who->account_org)
			return true;
	}
	return false;
}

/* Each retailer once whose account, network or terminal it is. */
static void
find_retailers(const struct survey_walk *s, const struct seen *who, uint16_t retailer[3])
{
	const uint16_t org[3] = { who->account_org, who->origin[0], who->origin[1] };

	for (int i = 0; i < 3; i++) {
		bool known = (i > 0 && org[i] == org[0]) || (i > 1 && org[i] == org[1]);

		retailer[i] = !known && s->org_class[org[i]] == ORG_RETAILER ? org[i] : ORG_NONE;
	}
}

static uint32_t
take_seat(struct survey_walk *s, const struct look *k)
{
	const struct seen *who = &k->seen;
	struct survey_seat *seat = VEC_PUSH(&s->seat);

	*seat = (struct survey_seat){
		.first = INT64_MAX,
		.last = INT64_MIN,
		.account_row = who->account_row,
		.net = who->net,
		.terminal = who->tuple.text[DICT_TERMINAL],
		.class = who->tuple.text[DICT_CLASS],
		.system = who->tuple.system,
		.org = who->account_org,
		.schedule = who->standing.schedule,
		.kind = who->account_kind,
		.status = who->standing.status,
		.org_class = who->account_class,
		.counts = k->counts,
		.views = who->views,
		.person = who->person,
		.outside = outside(who),
	};
	find_retailers(s, who, seat->retailer);
	return (uint32_t)s->seat.n;
}

static void
begin_day(struct survey_walk *s, int64_t ts)
{
	s->day = jst_day(ts);
	s->day_start = jst_day_start(s->day);
	s->day_until = jst_day_start(s->day + 1);
	s->week_hour = day_of_week(s->day) * DAY_HOURS;
	s->day_counts = false;
}

/* The day's first line that went well. */
static void
begin_counting(struct survey_walk *s)
{
	s->day_counts = true;
	*VEC_PUSH(&s->day_views) = 0;
	s->days_before += s->day_start < s->from;
}

static void
note_origin(struct survey_walk *s, uint32_t net)
{
	size_t n = s->whence.n;

	if (n && s->whence.at[n - 1].day == s->day && s->whence.at[n - 1].net == net)
		s->whence.at[n - 1].lines++;
	else
		*VEC_PUSH(&s->whence) = (struct survey_whence){ s->day, net, 1 };
}

static void
count_hours(struct survey_walk *s, const struct look *k, const struct fact *f, int64_t ms)
{
	const struct lookup *l = s->in->lookup;
	uint32_t hour = (uint32_t)(s->week_hour + (int)(ms / HOUR_MS));

	if (k->seen.standing.schedule)
		tally_sum(&s->tally,
			  tally_group(SUM_SCHEDULE_HOUR, k->seen.standing.schedule, hour), 1, f->ts,
			  f->ts);
	if (l->duty(l->context, &k->seen, f->ts) != HOURS_OFF)
		return;
	s->now.off_hours++;
	tally_sum(&s->tally, tally_group(SUM_OFF_HOUR, k->seen.tuple.system, hour), 1, f->ts,
		  f->ts);
	if (k->seen.account_class == ORG_CONTRACTOR)
		tally_sum(&s->tally, tally_group(SUM_CONTRACTOR_OFF, 0, k->seen.account_org), 1,
			  f->ts, f->ts);
}

static void
count_hand(struct survey_walk *s, const struct look *k, const struct fact *f)
{
	const struct lookup *l = s->in->lookup;

	s->now.shared_lines++;
	s->now.attributed +=
		l->attribution(l->context, &k->seen, f->ts).attribution == ATTRIBUTION_PERSON;
}

/* On a screen that no window in force shares, or of a consumer whom none reaches (DIS-02, DIS-02b). */
static bool
overscope(const struct survey_walk *s, const struct look *k, const struct fact *f)
{
	const struct lookup *l = s->in->lookup;
	uint16_t org = k->seen.standing.disaster_org;
	uint32_t class = k->seen.tuple.text[DICT_CLASS];
	struct regard regard;

	if (class && !l->disaster_shares(l->context, org, class, f->ts))
		return true;
	l->view(l->context, &k->seen, f->object, f->ts, &regard);
	return regard.area && !l->disaster_reaches(l->context, org, regard.area, f->ts);
}

static void
count_disaster(struct survey_walk *s, const struct look *k, const struct fact *f)
{
	const struct lookup *l = s->in->lookup;
	const struct tuple *t = &k->seen.tuple;
	struct disaster_said said =
		l->disaster(l->context, k->seen.standing.disaster_org, 0, f->ts);

	if (said.state == DSTATE_TAIL)
		tally_sum(&s->tally, tally_group(SUM_WINDOW_TAIL, 0, said.row), 1, f->ts, f->ts);
	if (said.state != DSTATE_IN)
		return;
	tally_sum(&s->tally, tally_group(SUM_WINDOW, 0, said.row), 1, f->ts, f->ts);
	if (k->seen.account_kind == KIND_DISASTER)
		tally_distinct(&s->tally, tally_group(SET_WINDOW_ID, 0, said.row),
			       t->text[DICT_ACCOUNT], 1);
	if (k->seen.terminal_kind == TERMINAL_DISASTER)
		tally_distinct(&s->tally, tally_group(SET_WINDOW_TERMINAL, 0, said.row),
			       t->text[DICT_TERMINAL], 1);
	if (!k->seen.views)
		return;
	tally_sum(&s->tally, tally_group(SUM_WINDOW_VIEW, 0, said.row), 1, f->ts, f->ts);
	if (overscope(s, k, f))
		tally_sum(&s->tally, tally_group(SUM_WINDOW_OVER, 0, said.row), 1, f->ts, f->ts);
	if (f->object)
		tally_distinct(&s->tally, tally_group(SET_WINDOW_CONSUMER, 0, said.row), f->object,
			       1);
}

static void
count_view(struct survey_walk *s, const struct look *k, const struct fact *f)
{
	const struct tuple *t = &k->seen.tuple;

	s->now.views++;
	if (!f->object)
		return;
	s->now.consumers += tally_new(&s->tally, tally_group(OWN_CONSUMER, 0, 0), f->object);
	tally_distinct(&s->tally, tally_group(SET_SCREEN, t->system, t->text[DICT_CLASS]),
		       f->object, 1);
	if (k->seen.account_class == ORG_CONTRACTOR)
		tally_distinct(&s->tally, tally_group(SET_CONTRACTOR, 0, k->seen.account_org),
			       f->object, 1);
}

/* A line that went well and is no health check. */
static void
count_line(struct survey_walk *s, const struct look *k, const struct fact *f)
{
	int64_t ms = f->ts - s->day_start;

	s->first_ms = min_i64(s->first_ms, ms);
	s->last_ms = max_i64(s->last_ms, ms);
	if (k->seen.person)
		count_hours(s, k, f, ms);
	else if (k->seen.account_kind == KIND_SHARED || k->seen.account_kind == KIND_GROUP)
		count_hand(s, k, f);
	if (k->seen.standing.disaster_subject != SUBJECT_KINDS)
		count_disaster(s, k, f);
	if (k->seen.views)
		count_view(s, k, f);
}

static void
begin_account(struct survey_walk *s)
{
	s->now = (struct survey_account){ .last_ok = INT64_MIN };
	s->first_ms = DAY_MS;
	s->last_ms = -1;
	s->day_until = INT64_MIN;
}

void
survey_line(struct survey_walk *s, struct look *k, const struct fact *f)
{
	bool now = f->ts >= s->from;
	struct survey_seat *seat;

	if (s->seat.n == 0)
		begin_account(s);
	if (k->survey == 0)
		k->survey = take_seat(s, k);
	seat = &s->seat.at[k->survey - 1];
	seat->lines[now]++;
	if (f->ts >= s->day_until)
		begin_day(s, f->ts);
	if (now) {
		seat->first = min_i64(seat->first, f->ts);
		seat->last = f->ts;
		s->last_seat = k->survey;
		note_origin(s, seat->net);
	}
	if (!k->counts)
		return;
	s->now.last_ok = f->ts;
	if (!s->day_counts)
		begin_counting(s);
	s->day_views.at[s->day_views.n - 1] += k->seen.views;
	if (now)
		count_line(s, k, f);
}

static int
whence_order(const void *a, const void *b)
{
	const struct survey_whence *x = a, *y = b;

	if (x->day != y->day)
		return (x->day > y->day) - (x->day < y->day);
	return (x->net > y->net) - (x->net < y->net);
}

void
survey_strip(struct survey_walk *s, uint32_t account)
{
	struct survey_strip strip = { .number = account };
	struct survey_origin *last = NULL;

	if (account == 0 || s->whence.n == 0)
		return;
	qsort(s->whence.at, s->whence.n, sizeof(*s->whence.at), whence_order);
	strip.at = arena_alloc(s->arena, s->whence.n * sizeof(*strip.at));
	for (size_t i = 0; i < s->whence.n; i++) {
		const struct survey_whence *w = &s->whence.at[i];

		if (!last || last->day != w->day || last->net_number != w->net) {
			last = &strip.at[strip.n++];
			*last = (struct survey_origin){ .day = w->day, .net_number = w->net };
		}
		last->lines += w->lines;
	}
	*VEC_PUSH(&s->strip) = strip;
}

/* The lower median. */
static uint64_t
median(uint32_t *v, size_t n)
{
	if (n == 0)
		return 0;
	qsort(v, n, sizeof(*v), order_u32);
	return v[(n - 1) / 2];
}

static void
sum_retailers(struct survey_walk *s, const struct survey_seat *seat, uint32_t account)
{
	for (int i = 0; i < 3; i++) {
		if (seat->retailer[i] == ORG_NONE)
			continue;
		tally_sum(&s->tally, tally_group(SUM_RETAILER, seat->system, seat->retailer[i]),
			  seat->lines[1], seat->first, seat->last);
		if (account)
			tally_distinct(&s->tally,
				       tally_group(SET_RETAILER, seat->system, seat->retailer[i]),
				       account, 1);
	}
}

/* What went well. */
static void
sum_ok(struct survey_walk *s, const struct survey_seat *seat, uint32_t account)
{
	struct tally *t = &s->tally;
	uint64_t n = seat->lines[1];

	if (seat->net)
		s->now.networks += tally_new(t, tally_group(OWN_NET, 1, 0), seat->net);
	if (seat->terminal)
		s->now.terminals += tally_new(t, tally_group(OWN_TERMINAL, 1, 0), seat->terminal);
	s->now.outside += seat->outside ? n : 0;
	sum_retailers(s, seat, account);
	if (account && seat->account_row == 0)
		tally_sum(t, tally_group(SUM_UNKNOWN, seat->system, account), n, seat->first,
			  seat->last);
	if (seat->person && seat->schedule)
		tally_distinct(t, tally_group(SET_SCHEDULE, 0, seat->schedule), account, 1);
	if (!seat->views)
		return;
	tally_sum(t, tally_group(SUM_SCREEN, seat->system, seat->class), n, seat->first,
		  seat->last);
	if (seat->org_class == ORG_CONTRACTOR)
		tally_sum(t, tally_group(SUM_CONTRACTOR_VIEW, 0, seat->org), n, seat->first,
			  seat->last);
}

static void
sum_seat(struct survey_walk *s, const struct survey_seat *seat, uint32_t account)
{
	struct survey_before *b = &s->now.before;

	if (seat->lines[0] && seat->counts) {
		b->networks +=
			seat->net && tally_new(&s->tally, tally_group(OWN_NET, 0, 0), seat->net);
		b->terminals +=
			seat->terminal &&
			tally_new(&s->tally, tally_group(OWN_TERMINAL, 0, 0), seat->terminal);
	}
	s->now.known_before |= seat->lines[0] != 0;
	if (seat->lines[1] == 0)
		return;
	s->now.lines += seat->lines[1];
	if (seat->org_class == ORG_CONTRACTOR) {
		tally_sum(&s->tally, tally_group(SUM_CONTRACTOR, 0, seat->org), seat->lines[1],
			  seat->first, seat->last);
		tally_distinct(&s->tally, tally_group(SET_CONTRACTOR_ACCOUNT, 0, seat->org),
			       account, 1);
	}
	if (seat->counts)
		sum_ok(s, seat, account);
}

/* As of its last line. */
static void
describe(struct survey_walk *s, const struct survey_seat *seat)
{
	const struct lookup *l = s->in->lookup;
	struct survey_account *a = &s->now;

	a->row = seat->account_row;
	a->org = l->org_name(l->context, seat->org);
	a->class = seat->org ? org_class_names[seat->org_class] : "";
	a->kind = account_kind_names[seat->kind];
	a->status = account_status_names[seat->status];
	a->owner = l->account_column(l->context, seat->account_row, "owner");
	a->role = l->account_column(l->context, seat->account_row, "role");
	a->schedule = l->schedule_name(l->context, seat->schedule);
	a->nonpersonal = seat->kind != KIND_PERSON && seat->kind != KIND_UNKNOWN;
}

static void
list_systems(struct survey_walk *s)
{
	struct survey_account *a = &s->now;
	size_t kept = 0;

	a->system = arena_alloc(s->arena, (s->seat.n + 1) * sizeof(*a->system));
	for (size_t i = 0; i < s->seat.n; i++) {
		if (s->seat.at[i].lines[1])
			a->system[a->systems++] = s->in->policy->system[s->seat.at[i].system].id;
	}
	if (a->systems)
		qsort(a->system, a->systems, sizeof(*a->system), order_str);
	for (size_t i = 0; i < a->systems; i++) {
		if (kept == 0 || !str_eq(a->system[i], a->system[kept - 1]))
			a->system[kept++] = a->system[i];
	}
	a->systems = kept;
}

static void
sum_days(struct survey_walk *s)
{
	struct survey_account *a = &s->now;
	uint32_t *views = s->day_views.at + (s->days_before ? s->days_before : 0);
	size_t days = s->day_views.n - s->days_before;

	a->before.days = s->days_before;
	a->before.views_median = median(s->day_views.at, s->days_before);
	a->days = days;
	for (size_t i = 0; i < days; i++)
		a->views_max = views[i] > a->views_max ? views[i] : a->views_max;
	a->views_median = median(views, days);
	a->first_minute = days ? (int32_t)(s->first_ms / MINUTE_MS) : -1;
	a->last_minute = days ? (int32_t)(s->last_ms / MINUTE_MS) : -1;
}

void
survey_account(struct survey_walk *s, uint32_t account)
{
	struct survey_account *a = &s->now;

	for (size_t i = 0; i < s->seat.n; i++)
		sum_seat(s, &s->seat.at[i], account);
	if (account && s->seat.n) {
		a->number = account;
		a->name = s->in->source->names.text(s->in->source->names.facts, DICT_ACCOUNT,
						    account);
		sum_days(s);
		list_systems(s);
		if (s->last_seat)
			describe(s, &s->seat.at[s->last_seat - 1]);
		*VEC_PUSH(&s->account) = *a;
	}
	s->seat.n = s->day_views.n = s->days_before = s->whence.n = 0;
	s->last_seat = 0;
	tally_forget(&s->tally);
}

static unsigned
case_of(const struct survey_walk *s, const struct look *k, const struct regard *view)
{
	if (s->renewables[k->seen.tuple.system])
		return CASE_RENEWABLES;
	switch (view ? view->relation : REL_UNKNOWN) {
	case REL_OTHER:
		return CASE_SUPPLIER;
	case REL_LAST:
		return CASE_LAST;
	case REL_FIT:
		return CASE_FIT;
	case REL_OWN:
	case REL_UNKNOWN:
	case REL_COUNT:
		break;
	}
	return CASE_OTHER;
}

void
survey_affected(struct survey_walk *s, const struct look *k, const struct fact *f,
		const struct regard *view, uint32_t windows)
{
	const struct tuple *t = &k->seen.tuple;
	uint32_t a = case_of(s, k, view) << CASE_SHIFT | t->system, org = k->seen.account_org;
	uint64_t day = (uint64_t)f->account << 32 | (uint32_t)jst_day(f->ts);
	uint64_t bits = 1ULL << BIT_DISPLAYED | (uint64_t)windows << BIT_WINDOW;

	tally_distinct(&s->tally, tally_group(SET_EVENT, a, org), f->where, 1);
	if (f->account) {
		tally_distinct(&s->tally, tally_group(SET_AFFECTED_ACCOUNT, a, org), f->account, 1);
		tally_distinct(&s->tally, tally_group(SET_AFFECTED_DAY, a, org), day, 1);
		tally_distinct(&s->tally, tally_group(SET_TOTAL_ACCOUNT, 0, 0), f->account, 1);
		tally_distinct(&s->tally, tally_group(SET_TOTAL_DAY, 0, 0), day, 1);
	}
	if (!view || !t->ok || !f->object)
		return;
	bits |= t->act == ACT_LIST ? 0 : 1ULL << BIT_OPENED;
	tally_distinct(&s->tally, tally_group(SET_AFFECTED, a, org), f->object, bits);
	tally_distinct(&s->tally, tally_group(SET_TOTAL, 0, 0), f->object, bits);
}

void
survey_forget(struct survey_walk *s)
{
	tally_forget(&s->tally);
}

bool
survey_column(struct survey_walk *s, struct survey_walk *const *all, size_t n, unsigned column)
{
	const struct tally **tally = xalloc(n, sizeof(const struct tally *));
	bool good;

	for (size_t i = 0; i < n; i++)
		tally[i] = &all[i]->tally;
	good = tally_column(&s->tally, tally, n, column);
	free(tally);
	return good;
}

struct survey *
survey_finish(struct survey_walk *const *all, size_t n, struct finding *const *findings,
	      size_t finding_count, struct arena *arena)
{
	struct survey_build b = { .in = all[0]->in,
				  .all = all,
				  .walks = n,
				  .tally = &all[0]->tally,
				  .finding = findings,
				  .findings = finding_count,
				  .arena = arena,
				  .out = arena_alloc(arena, sizeof(struct survey)) };
	const struct fact_source *source = b.in->source;

	for (size_t i = 1; i < n; i++)
		tally_unite(&all[0]->tally, &all[i]->tally);
	if (!source->span(source->facts, &b.first_known, &b.last))
		b.first_known = b.last = 0;
	b.from = all[0]->from;
	survey_rows(&b);
	survey_people(&b);
	survey_groups(&b);
	return b.out;
}
