/*
 * harmless.c - days on which somebody did what a rule is there to notice, and had a reason: true, and no incident.
 * Whoever counts alerts should know which of them these were; nothing of it is in a log.
 */
#include "demo/work.h"

struct cause {
	const char *label, *may, *note;
	bool (*is)(const struct world *w, const struct account *a, int offset,
		   const struct person_day *p);
};

/* True of a world whatever anybody does. */
static const struct harmless always[] = {
	{ .label = "matrix_lists", .may = "XTN-04" },
	{ .label = "gaps_of_ledgers", .may = "LOG-07" },
	{ .label = "app_address", .may = "DRF-01", .net = "10.212.0.0/24" },
};
static const char *const always_notes[] = {
	"the matrix does not say who may list: such a view names no consumer",
	"networks, terminals and accounts that no ledger has, as incidents and hotels need them",
	"a fault of the log: the application server's address instead of the client's",
};

static bool
unasked(const struct world *w, const struct account *a, int offset, const struct person_day *p)
{
	(void)w, (void)a, (void)offset;
	return p->late == STAY_UNASKED;
}

static bool
permitted(const struct world *w, const struct account *a, int offset, const struct person_day *p)
{
	(void)w, (void)a, (void)offset;
	return p->late == STAY_PERMITTED || p->called;
}

static bool
free_day(const struct world *w, const struct account *a, int offset, const struct person_day *p)
{
	(void)w, (void)a, (void)offset;
	return p->holiday && !p->asked;
}

static bool
asked(const struct world *w, const struct account *a, int offset, const struct person_day *p)
{
	(void)w, (void)a, (void)offset;
	return p->asked;
}

static bool
shifts(const struct world *w, const struct account *a, int offset, const struct person_day *p)
{
	(void)w, (void)offset, (void)p;
	return a->role == ROLE_CONTROL;
}

static bool
elsewhere(const struct world *w, const struct account *a, int offset, const struct person_day *p)
{
	const struct person_day home = { .net = offset + w->day0 < a->move_day ? a->net : a->net2 };

	return a->kind == KIND_PERSON && (p->abroad || p->flips || p->net != home.net);
}

static bool
usual(const struct world *w, const struct account *a, int offset, const struct person_day *p)
{
	(void)w, (void)offset;
	return a->kind == KIND_PERSON && p->share != 0;
}

/* The first days at a new desk; leave and weekends may come before. */
static bool
settling(const struct world *w, const struct account *a, int offset, const struct person_day *p)
{
	int32_t day = w->day0 + offset;

	(void)p;
	return day >= a->move_day && day < a->move_day + 10;
}

static const struct cause causes[] = {
	{ "benign_offhours", "OFF-01,OFF-02,OFF-03", "overtime nobody asked for", unasked },
	{ "benign_permitted", "OFF-03", "overtime or a night on call, with its permit", permitted },
	{ "benign_free_day", "OFF-01,OFF-02,OFF-03", "came on a day off and asked nobody",
	  free_day },
	{ "benign_asked", "OFF-03", "came on a day off, with a permit", asked },
	{ "benign_shift", "OFF-03", "shifts that rotate", shifts },
	{ "benign_elsewhere", "DRF-01,DRF-02", "from home, a train or a hotel", elsewhere },
	{ "benign_few", "OFF-03",
	  "in its own hours: who opens little leaves hours of its week empty", usual },
	{ "benign_move", "DRF-01,DRF-03,OFF-03", "the first days in another company", settling },
};

/* The sum of the shares of those who came, day by day: what everybody's is measured by. */
static uint64_t *
shares_build(const struct world *w)
{
	uint64_t *sum = xalloc((size_t)w->days + 1, sizeof(*sum));

	for (uint32_t i = 0; i < w->account_count; i++) {
		for (int d = 0; d < w->days; d++)
			sum[d] += person_day(w, i, d).share;
	}
	return sum;
}

/* Of a working day's million lines; a free day has 14 of 100. */
static uint64_t
work_of(const struct world *w, const uint64_t *sum, uint32_t share, int offset)
{
	return (uint64_t)share * (w->hol[offset] ? 140000 : 1000000) / (sum[offset] + !sum[offset]);
}

/* Days with much more to do than its working days have: calls, or the end of a month. */
static uint64_t
busy_tell(struct world *w, const uint64_t *sum, uint32_t acct, struct str name)
{
	uint64_t all = 0, days = 0, busy = 0;

	for (int d = 0; d < w->days; d++) {
		uint32_t share = w->hol[d] ? 0 : person_day(w, acct, d).share;

		all += work_of(w, sum, share, d);
		days += share != 0;
	}
	for (int d = 0; d < w->days; d++) {
		uint64_t much = work_of(w, sum, person_day(w, acct, d).share, d);

		if (much == 0 || much * days * 4 < all * 5)
			continue;
		busy++;
		*VEC_PUSH(&w->story->harmless) = (struct harmless){
			.account = name, .day = w->day0 + d, .label = "benign_busy", .may = "VOL-01"
		};
	}
	return busy;
}

static void
days_tell(struct world *w, uint32_t acct, struct str name, uint64_t count[COUNT(causes)])
{
	const struct account *a = &w->accounts[acct];

	for (int d = 0; d < w->days; d++) {
		struct person_day p = person_day(w, acct, d);

		for (size_t c = 0; p.share != 0 && c < COUNT(causes); c++) {
			if (!causes[c].is(w, a, d, &p))
				continue;
			count[c]++;
			*VEC_PUSH(&w->story->harmless) =
				(struct harmless){ .account = name,
						   .day = w->day0 + d,
						   .label = causes[c].label,
						   .may = causes[c].may };
		}
	}
}

static void
label_write(struct world *w, const char *label, const char *may, const char *note)
{
	struct str rest = str_of(may);
	const char *comma = "";

	demo_row(&w->truth, "{\"label\":\"%s\",\"may\":[", label);
	while (rest.n) {
		out_text(&w->truth, comma);
		out_json(&w->truth, str_split(&rest, ','));
		comma = ",";
	}
	demo_row(&w->truth, "],\"note\":\"%s\"", note);
}

static void
days_write(struct world *w, uint64_t person_days)
{
	demo_row(&w->truth, ",\"person_days\":%llu}\n", (unsigned long long)person_days);
}

void
harmless_tell(struct world *w)
{
	uint64_t count[COUNT(causes)] = { 0 }, busy = 0, *sum = shares_build(w);

	for (size_t i = 0; i < COUNT(always); i++) {
		*VEC_PUSH(&w->story->harmless) = always[i];
		label_write(w, always[i].label, always[i].may, always_notes[i]);
		out_text(&w->truth, "}\n");
	}
	for (uint32_t i = 0; i < w->account_count; i++) {
		const struct account *a = &w->accounts[i];
		struct str name = arena_str(&w->story->arena, (struct str){ a->name, a->name_len });

		if (a->kind == KIND_SERVICE)
			continue;
		days_tell(w, i, name, count);
		busy += busy_tell(w, sum, i, name);
	}
	free(sum);
	label_write(w, "benign_busy", "VOL-01",
		    "a quarter more to do than on the usual day, or far more");
	days_write(w, busy);
	for (size_t c = 0; c < COUNT(causes); c++) {
		label_write(w, causes[c].label, causes[c].may, causes[c].note);
		days_write(w, count[c]);
	}
}
