/*
 * run_nights.c - see run_nights.h.
 */
#include "app/run_nights.h"

#include "app/night.h"
#include "base/civil.h"
#include "base/order.h"

/* What nobody's calendar has is no night; a state that is damaged may say anything. */
static bool
night_of(int64_t now, int32_t *day)
{
	const int64_t least = -62135596800000, most = 253402268399999;

	*day = now >= least && now <= most ? jst_day(now) : 0;
	return now >= least && now <= most;
}

static bool
is_due(const struct judging *j, int32_t day)
{
	const struct lookup *l = &j->lookup;

	return j->policy.nightly == NIGHTLY_DAILY || (j->policy.nightly == NIGHTLY_WEEKDAY &&
						      l->day_type(l->context, day) == DAYTYPE_BIZ);
}

struct span_list {
	VEC(struct run_span) list;
};

static void
miss_between(const struct judging *j, int32_t before, int32_t behind, struct span_list *out)
{
	for (int32_t day = before + 1; day < behind; day++) {
		struct run_span *last = out->list.n ? &out->list.at[out->list.n - 1] : NULL;

		if (!is_due(j, day))
			continue;
		if (last && last->last == day - 1)
			last->last = day;
		else
			*VEC_PUSH(&out->list) = (struct run_span){ day, day };
	}
}

struct day_list {
	VEC(int32_t) day; /* ascending, a day once a run */
};

static void
list_days(const struct judging *j, struct day_list *out)
{
	size_t runs;
	const struct state_run *run = state_runs(night_state(j->night), &runs);
	int32_t day;

	for (size_t i = 0; i < runs; i++) {
		if (night_of(run[i].now, &day))
			*VEC_PUSH(&out->day) = day;
	}
	if (j->options->folds && night_of(j->options->now, &day))
		*VEC_PUSH(&out->day) = day;
	if (out->day.n)
		qsort(out->day.at, out->day.n, sizeof(*out->day.at), order_i32);
}

/* "2022-07-05 to 2022-07-06, 2022-07-08" */
static void
put_spans(struct out *o, const struct run_span *span, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char a[CIVIL_TEXT], b[CIVIL_TEXT];

		out_text(o, i ? ", " : "");
		out_bytes(o, str_head(civil_print_jst(a, jst_day_start(span[i].first)), 10));
		if (span[i].first == span[i].last)
			continue;
		out_text(o, " to ");
		out_bytes(o, str_head(civil_print_jst(b, jst_day_start(span[i].last)), 10));
	}
}

/* Told once, by the run behind them; every record shows them. */
static void
warn_of(struct judging *j, const struct run_span *span, size_t n)
{
	size_t nights = 0;
	struct out o;

	for (size_t i = 0; i < n; i++)
		nights += (size_t)(span[i].last - span[i].first + 1);
	if (nights == 0)
		return;
	out_memory(&o);
	put_spans(&o, span, n);
	error_add(&j->warnings,
		  "LOG-09: %zu night%s since the last run had none (" STR_FMT
		  "); see that cron or the timer runs, or say in the policy when it has to "
		  "(`nightly:`)",
		  nights, nights == 1 ? "" : "s", STR_ARG(out_taken(&o)));
	out_discard(&o);
}

/* Spans behind that day. */
static size_t
spans_behind(const struct run_span *span, size_t n, int32_t day)
{
	size_t behind = 0;

	while (behind < n && span[n - behind - 1].first > day)
		behind++;
	return behind;
}

static void
find_missed(struct judging *j, struct run_nights *n)
{
	struct span_list missed = { 0 };
	struct day_list days = { 0 };
	struct run_span *kept;
	size_t late = 0;
	int32_t tonight;

	list_days(j, &days);
	n->runs = days.day.n;
	n->since = days.day.n ? days.day.at[0] : 0;
	for (size_t i = 1; i < days.day.n; i++)
		miss_between(j, days.day.at[i - 1], days.day.at[i], &missed);
	kept = arena_alloc(&j->arena, (missed.list.n + 1) * sizeof(*kept));
	for (size_t i = 0; i < missed.list.n; i++)
		kept[i] = missed.list.at[i];
	n->missed = kept;
	n->missed_count = missed.list.n;
	if (j->options->folds && days.day.n > 1 && night_of(j->options->now, &tonight) &&
	    days.day.at[days.day.n - 1] == tonight)
		late = spans_behind(kept, n->missed_count, days.day.at[days.day.n - 2]);
	warn_of(j, kept + n->missed_count - late, late);
	VEC_FREE(&missed.list);
	VEC_FREE(&days.day);
}

/* --- rows -------------------------------------------------------------------------------------------- */

static uint64_t
count_at(const struct json_value *row, const char *path)
{
	int64_t n = json_integer(json_path(row, path), 0);

	return n > 0 ? (uint64_t)n : 0;
}

static bool
take_row(const struct json_value *v, struct run_night *row)
{
	int64_t night;

	*row = (struct run_night){ .runs = (uint32_t)count_at(v, "runs"),
				   .status = (int)count_at(v, "status"),
				   .lines = count_at(v, "lines"),
				   .accepted = count_at(v, "accepted"),
				   .events = count_at(v, "events"),
				   .told = count_at(v, "new") };
	for (int s = 0; s <= SEVERITY_CRITICAL; s++)
		row->severe[s] = count_at(json_member(v, "findings"), severity_names[s]);
	if (!civil_parse_jst(json_text_of(json_member(v, "night")), &night) ||
	    !civil_parse_jst(json_text_of(json_member(v, "now")), &row->now))
		return false;
	row->day = jst_day(night);
	return true;
}

static void
take_rows(struct judging *j, const struct json_value *last, struct run_nights *n)
{
	struct run_night *row = arena_alloc(&j->arena, NIGHTS_SHOWN * sizeof(*row));

	JSON_EACH(said, last)
	{
		if (n->night_count < NIGHTS_SHOWN && take_row(said, &row[n->night_count]))
			n->night_count++;
	}
	n->night = row;
}

static void
take_last_record(struct judging *j, struct run_nights *n)
{
	size_t runs;
	const struct state_run *run = state_runs(night_state(j->night), &runs);
	struct str record = runs ? run[runs - 1].record : (struct str){ 0 };
	struct arena scratch = { 0 };
	struct json_wrong wrong;

	take_rows(j,
		  record.n ? json_path(json_tree(&scratch, record, &wrong), "nights.last") : NULL,
		  n);
	arena_free(&scratch);
}

/* When findings were told first: those that the state does not know are told now. */
static int
told_order(const void *key, const void *finding)
{
	return str_cmp(*(const struct str *)key, ((const struct state_finding *)finding)->fp_case);
}

static void
find_told(struct judging *j)
{
	size_t n;
	const struct state_finding *known = state_findings(night_state(j->night), &n);

	for (size_t i = 0; n && i < j->verdicts.finding.n; i++) {
		struct finding *f = j->verdicts.finding.at[i];
		struct str fp = str_of(f->fp_case);
		const struct state_finding *k = bsearch(&fp, known, n, sizeof(*known), told_order);

		f->told = k ? k->first_told : 0;
	}
}

void
run_nights_fill(struct judging *j)
{
	struct run_nights *n;

	if (!j->night || !j->judged)
		return;
	n = arena_alloc(&j->arena, sizeof(*n));
	*n = (struct run_nights){ .due = j->policy.nightly };
	find_missed(j, n);
	take_last_record(j, n);
	find_told(j);
	j->nights = n;
	j->run.nights = n;
}

void
run_nights_said(struct judging *j, const struct json_value *nights)
{
	struct run_nights *n = arena_alloc(&j->arena, sizeof(*n));
	const struct json_value *missed = json_member(nights, "missed");
	struct run_span *span;
	int64_t first, last;

	if (!nights)
		return;
	*n = (struct run_nights){ .runs = count_at(nights, "runs") };
	for (int i = 0; i < NIGHTLY_COUNT; i++) {
		if (str_is(json_text_of(json_member(nights, "due")), nightly_names[i]))
			n->due = (enum nightly)i;
	}
	if (civil_parse_jst(json_text_of(json_member(nights, "since")), &first))
		n->since = jst_day(first);
	span = arena_alloc(&j->arena, ((missed ? missed->count : 0) + 1) * sizeof(*span));
	JSON_EACH(pair, missed)
	{
		if (pair->count == 2 && civil_parse_jst(json_text_of(pair->first), &first) &&
		    civil_parse_jst(json_text_of(pair->first->next), &last))
			span[n->missed_count++] =
				(struct run_span){ jst_day(first), jst_day(last) };
	}
	n->missed = span;
	take_rows(j, json_member(nights, "last"), n);
	j->run.nights = n;
}

static void
count_findings(const struct judging *j, struct run_night *row)
{
	for (size_t i = 0; i < j->verdicts.finding.n; i++) {
		const struct finding *f = j->verdicts.finding.at[i];

		row->severe[f->severity]++;
		row->told += f->told == 0;
	}
}

static void
count_lines(const struct judging *j, struct run_night *row)
{
	for (size_t i = night_first_file(j->night); i < j->run.file_count; i++) {
		row->lines += j->run.file[i]->lines;
		row->accepted += j->run.file[i]->bucket[BUCKET_ACCEPTED];
	}
}

/* Where it belongs by its day, beside an earlier run of that night; the oldest goes when there are too many. */
static void
add_row(struct run_nights *n, struct run_night *row, const struct run_night *tonight)
{
	size_t at = n->night_count;

	while (at > 0 && row[at - 1].day >= tonight->day)
		at--;
	if (at < n->night_count && row[at].day == tonight->day) {
		struct run_night earlier = row[at];

		row[at] = *tonight;
		row[at].runs += earlier.runs;
		row[at].lines += earlier.lines;
		row[at].accepted += earlier.accepted;
		row[at].told += earlier.told;
		return;
	}
	memmove(&row[at + 1], &row[at], (n->night_count - at) * sizeof(*row));
	row[at] = *tonight;
	n->night_count++;
}

void
run_nights_tonight(struct judging *j, enum status status)
{
	struct run_nights *n = j->nights;
	struct run_night row = {
		.runs = 1, .now = j->options->now, .status = (int)status, .events = j->run.events
	};
	struct run_night *all;
	size_t old = 0;

	if (!n || !j->options->folds || !night_of(j->options->now, &row.day))
		return;
	count_findings(j, &row);
	count_lines(j, &row);
	all = arena_alloc(&j->arena, (n->night_count + 1) * sizeof(*all));
	memcpy(all, n->night, n->night_count * sizeof(*all));
	add_row(n, all, &row);
	/* Thirty nights are thirty days, whether they had a run or not; who once ran with a later `now` keeps all. */
	while (old < n->night_count &&
	       (all[old].day <= row.day - NIGHTS_SHOWN || n->night_count - old > NIGHTS_SHOWN))
		old++;
	n->night = all + old;
	n->night_count -= old;
}
