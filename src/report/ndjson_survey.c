/*
 * ndjson_survey.c - the survey (sekisho/survey/1): one line, between the findings and the run.  Lists stand in the order
 * of what they are named by; sekisho-records(5) says what every member is.
 */
#include "report/json.h"
#include "report/ndjson.h"

#include "base/civil.h"

static const char *
comma(size_t i)
{
	return i ? "," : "";
}

static void
json_i64(struct out *o, const char *name, int64_t value)
{
	json_name(o, name);
	out_i64(o, value);
}

/* `open`: what stands for "not said". */
static void
json_time_or_null(struct out *o, const char *name, int64_t ts, int64_t open)
{
	if (ts != open) {
		json_time(o, name, ts);
		return;
	}
	json_name(o, name);
	out_text(o, "null");
}

static void
day_text(struct out *o, int32_t day)
{
	char buf[CIVIL_TEXT];

	out_char(o, '"');
	out_bytes(o, str_head(civil_print_jst(buf, jst_day_start(day)), 10));
	out_char(o, '"');
}

static void
span_day(struct out *o, const char *name, const struct survey *s, size_t i)
{
	json_name(o, name);
	if (s->day.n)
		day_text(o, s->day.at[i].day);
	else
		out_text(o, "null");
}

static void
texts(struct out *o, const char *name, const struct str *at, size_t n)
{
	json_name(o, name);
	out_char(o, '[');
	for (size_t i = 0; i < n; i++) {
		out_text(o, comma(i));
		out_json(o, at[i]);
	}
	out_char(o, ']');
}

static void
hours(struct out *o, const char *name, const struct survey_hours *h)
{
	json_name(o, name);
	out_char(o, '[');
	for (int d = 0; d < WEEK_DAYS; d++) {
		out_text(o, d ? ",[" : "[");
		for (int i = 0; i < DAY_HOURS; i++) {
			out_text(o, comma((size_t)i));
			out_u64(o, h->at[d][i]);
		}
		out_char(o, ']');
	}
	out_char(o, ']');
}

static void
days(struct out *o, const struct survey *s)
{
	json_name(o, "days");
	out_char(o, '[');
	for (size_t i = 0; i < s->day.n; i++) {
		out_printf(o, "%s{\"day\":", comma(i));
		day_text(o, s->day.at[i].day);
		json_text(o, "type", day_type_names[s->day.at[i].type]);
		out_char(o, '}');
	}
	out_char(o, ']');
}

/* "08:00:01", of a day without lines null. */
static void
clock_text(struct out *o, int32_t seconds)
{
	if (seconds < 0)
		out_text(o, "null");
	else
		out_printf(o, "\"%02d:%02d:%02d\"", seconds / 3600, seconds / 60 % 60,
			   seconds % 60);
}

static void
heard(struct out *o, const struct survey_system *sys, size_t n)
{
	json_name(o, "lines");
	out_char(o, '[');
	for (size_t i = 0; i < n; i++) {
		out_text(o, comma(i));
		out_u64(o, sys->day[i].lines);
	}
	out_text(o, "],\"first\":[");
	for (size_t i = 0; i < n; i++) {
		out_text(o, comma(i));
		clock_text(o, sys->day[i].first_s);
	}
	out_text(o, "],\"last\":[");
	for (size_t i = 0; i < n; i++) {
		out_text(o, comma(i));
		clock_text(o, sys->day[i].last_s);
	}
	out_text(o, "],\"gap_minutes\":[");
	for (size_t i = 0; i < n; i++) {
		out_text(o, comma(i));
		if (sys->day[i].gap_minutes < 0)
			out_text(o, "null");
		else
			out_i64(o, sys->day[i].gap_minutes);
	}
	out_text(o, "],\"expected\":[");
	for (size_t i = 0; i < n; i++)
		out_printf(o, "%s%s", comma(i), sys->day[i].gap_minutes < 0 ? "false" : "true");
	out_char(o, ']');
}

static void
systems(struct out *o, const struct survey *s)
{
	json_name(o, "systems");
	out_char(o, '[');
	for (size_t i = 0; i < s->system.n; i++) {
		const struct survey_system *sys = &s->system.at[i];

		out_printf(o, "%s{", comma(i));
		json_str(o, "system", sys->id);
		out_text(o, ",\"name\":{");
		json_str(o, "ja", sys->name_ja);
		json_str(o, "en", sys->name_en);
		out_char(o, '}');
		json_str(o, "owner", sys->owner);
		json_text(o, "sharing", sys->sharing ? sys->sharing : "");
		json_time_or_null(o, "masked_since", sys->masked_since, INT64_MAX);
		json_time_or_null(o, "split_since", sys->split_since, INT64_MAX);
		json_u64(o, "refused", sys->refused);
		heard(o, sys, s->day.n);
		hours(o, "hours", &sys->hours);
		hours(o, "off_hours", &sys->off_hours);
		out_char(o, '}');
	}
	out_char(o, ']');
}

static void
permitted(struct out *o, const struct survey_schedule *s)
{
	json_name(o, "permitted");
	out_char(o, '{');
	for (int type = 0; type < DAYTYPE_COUNT; type++) {
		size_t n = 0;

		json_name(o, day_type_names[type]);
		out_char(o, '[');
		for (size_t i = 0; i < s->slots; i++) {
			if (s->slot[i].type == (enum day_type)type)
				out_printf(o, "%s[%d,%d]", comma(n++), (int)s->slot[i].from,
					   (int)s->slot[i].to);
		}
		out_char(o, ']');
	}
	out_char(o, '}');
}

static void
schedules(struct out *o, const struct survey *s)
{
	json_i64(o, "grace_minutes", s->grace_minutes);
	json_name(o, "schedules");
	out_char(o, '[');
	for (size_t i = 0; i < s->schedule.n; i++) {
		out_printf(o, "%s{", comma(i));
		json_str(o, "schedule", s->schedule.at[i].name);
		json_u64(o, "accounts", s->schedule.at[i].accounts);
		permitted(o, &s->schedule.at[i]);
		hours(o, "hours", &s->schedule.at[i].hours);
		out_char(o, '}');
	}
	out_char(o, ']');
}

static void
disasters(struct out *o, const struct survey *s)
{
	json_name(o, "disasters");
	out_char(o, '[');
	for (size_t i = 0; i < s->disaster.n; i++) {
		const struct survey_disaster *d = &s->disaster.at[i];

		out_printf(o, "%s{", comma(i));
		json_str(o, "id", d->id);
		json_str(o, "name", d->name);
		json_str(o, "org", d->org);
		texts(o, "areas", d->area, d->areas);
		json_time_or_null(o, "from", d->from, INT64_MIN);
		json_time_or_null(o, "to", d->to, INT64_MAX);
		json_str(o, "kind", d->kind);
		json_bool(o, "coordination", d->coordination);
		json_u64(o, "ids_held", d->ids_held);
		json_u64(o, "terminals_held", d->terminals_held);
		json_u64(o, "ids", d->ids);
		json_u64(o, "terminals", d->terminals);
		json_u64(o, "lines", d->lines);
		json_u64(o, "views", d->views);
		json_u64(o, "consumers", d->consumers);
		json_u64(o, "tail_lines", d->tail_lines);
		json_u64(o, "overscope_lines", d->overscope_lines);
		json_time_or_null(o, "last", d->last, INT64_MIN);
		out_char(o, '}');
	}
	out_char(o, ']');
}

static void
minute_text(struct out *o, const char *name, int32_t minute)
{
	json_name(o, name);
	if (minute < 0)
		out_text(o, "null");
	else
		out_printf(o, "\"%02d:%02d\"", minute / 60, minute % 60);
}

static void
before(struct out *o, const struct survey_account *a)
{
	json_name(o, "before");
	if (!a->known_before) {
		out_text(o, "null");
		return;
	}
	out_char(o, '{');
	json_u64(o, "days", a->before.days);
	json_u64(o, "views_median", a->before.views_median);
	json_u64(o, "networks", a->before.networks);
	json_u64(o, "terminals", a->before.terminals);
	out_char(o, '}');
}

static void
account(struct out *o, const struct survey_account *a)
{
	json_str(o, "acct", a->name);
	json_str(o, "owner", a->owner);
	json_str(o, "org", a->org);
	json_text(o, "class", a->class);
	json_text(o, "kind", a->kind);
	json_str(o, "role", a->role);
	json_text(o, "status", a->status);
	json_str(o, "schedule", a->schedule);
	texts(o, "systems", a->system, a->systems);
	json_u64(o, "days", a->days);
	json_u64(o, "lines", a->lines);
	json_u64(o, "views", a->views);
	json_u64(o, "consumers", a->consumers);
	json_u64(o, "views_median", a->views_median);
	json_u64(o, "views_max", a->views_max);
	minute_text(o, "hour_first", a->first_minute);
	minute_text(o, "hour_last", a->last_minute);
	json_u64(o, "off_hours_lines", a->off_hours);
	json_u64(o, "networks", a->networks);
	json_u64(o, "terminals", a->terminals);
	json_u64(o, "outside_lines", a->outside);
	json_name(o, "flags");
	out_char(o, '[');
	for (size_t i = 0; i < a->flags; i++) {
		out_text(o, comma(i));
		out_json(o, str_of(a->flag[i]));
	}
	out_char(o, ']');
	before(o, a);
}

static void
accounts(struct out *o, const struct survey *s)
{
	json_name(o, "accounts");
	out_char(o, '[');
	for (size_t i = 0; i < s->account.n; i++) {
		out_printf(o, "%s{", comma(i));
		account(o, &s->account.at[i]);
		out_char(o, '}');
	}
	out_char(o, ']');
}

static void
strip(struct out *o, const struct survey_strip *s)
{
	json_str(o, "acct", s->name);
	json_name(o, "days");
	out_char(o, '[');
	for (size_t i = 0; i < s->n; i++) {
		bool opens = i == 0 || s->at[i].day != s->at[i - 1].day;

		if (opens) {
			out_text(o, i ? "]},{\"day\":" : "{\"day\":");
			day_text(o, s->at[i].day);
			out_text(o, ",\"origins\":[");
		}
		out_text(o, opens ? "{" : ",{");
		json_str(o, "net", s->at[i].net);
		json_str(o, "org", s->at[i].org);
		json_u64(o, "lines", s->at[i].lines);
		out_char(o, '}');
	}
	out_text(o, s->n ? "]}]" : "]");
}

static void
strips(struct out *o, const struct survey *s)
{
	json_name(o, "strips");
	out_char(o, '[');
	for (size_t i = 0; i < s->strip.n; i++) {
		out_printf(o, "%s{", comma(i));
		strip(o, &s->strip.at[i]);
		out_char(o, '}');
	}
	out_char(o, ']');
}

static void
affected_counts(struct out *o, const struct survey *s, const struct survey_affected *a)
{
	json_u64(o, "events", a->events);
	json_u64(o, "opened", a->opened);
	json_u64(o, "displayed", a->displayed);
	json_u64(o, "accounts", a->accounts);
	json_u64(o, "person_days", a->person_days);
	json_name(o, "windows");
	out_char(o, '{');
	for (size_t w = 0; w < s->windows; w++) {
		out_text(o, comma(w));
		out_json(o, s->window[w]);
		out_char(o, ':');
		out_u64(o, a->window[w]);
	}
	out_char(o, '}');
}

static void
affected(struct out *o, const struct survey *s)
{
	json_name(o, "affected");
	out_char(o, '[');
	for (size_t i = 0; i < s->affected.n; i++) {
		const struct survey_affected *a = &s->affected.at[i];

		out_printf(o, "%s{", comma(i));
		json_str(o, "case_type", a->case_type);
		json_str(o, "viewer_org", a->org);
		json_str(o, "system", a->system);
		affected_counts(o, s, a);
		out_char(o, '}');
	}
	out_char(o, ']');
	json_name(o, "affected_total");
	out_char(o, '{');
	affected_counts(o, s, &s->total);
	out_char(o, '}');
}

static void
retailers(struct out *o, const struct survey *s)
{
	json_name(o, "retailers");
	out_char(o, '[');
	for (size_t i = 0; i < s->retailer.n; i++) {
		const struct survey_retailer *r = &s->retailer.at[i];

		out_printf(o, "%s{", comma(i));
		json_str(o, "org", r->org);
		json_str(o, "system", r->system);
		json_u64(o, "lines", r->lines);
		json_u64(o, "accounts", r->accounts);
		json_time_or_null(o, "first", r->first, INT64_MAX);
		json_time_or_null(o, "last", r->last, INT64_MIN);
		out_char(o, '}');
	}
	out_char(o, ']');
}

static void
contractors(struct out *o, const struct survey *s)
{
	json_name(o, "contractors");
	out_char(o, '[');
	for (size_t i = 0; i < s->contractor.n; i++) {
		const struct survey_contractor *c = &s->contractor.at[i];

		out_printf(o, "%s{", comma(i));
		json_str(o, "org", c->org);
		json_str(o, "parent", c->parent);
		json_u64(o, "accounts", c->accounts);
		json_u64(o, "lines", c->lines);
		json_u64(o, "views", c->views);
		json_u64(o, "consumers", c->consumers);
		json_u64(o, "off_hours_lines", c->off_hours);
		out_char(o, '}');
	}
	out_char(o, ']');
}

static void
nonpersonal(struct out *o, const struct survey *s)
{
	size_t n = 0;

	json_name(o, "nonpersonal");
	out_char(o, '[');
	for (size_t i = 0; i < s->account.n; i++) {
		const struct survey_account *a = &s->account.at[i];

		if (!a->nonpersonal)
			continue;
		out_printf(o, "%s{", comma(n++));
		json_str(o, "acct", a->name);
		json_text(o, "kind", a->kind);
		json_str(o, "org", a->org);
		json_u64(o, "lines", a->lines);
		json_u64(o, "attributed", a->attributed);
		json_u64(o, "shared_lines", a->shared_lines);
		out_char(o, '}');
	}
	out_char(o, ']');
}

static void
ids(struct out *o, const struct survey *s)
{
	json_name(o, "ids");
	out_char(o, '{');
	nonpersonal(o, s);
	json_name(o, "dormant");
	out_char(o, '[');
	for (size_t i = 0; i < s->dormant.n; i++) {
		out_printf(o, "%s{", comma(i));
		json_str(o, "acct", s->dormant.at[i].account);
		json_time_or_null(o, "last", s->dormant.at[i].last, INT64_MIN);
		out_char(o, '}');
	}
	out_text(o, "],\"unknown\":[");
	for (size_t i = 0; i < s->unknown.n; i++) {
		out_printf(o, "%s{", comma(i));
		json_str(o, "acct", s->unknown.at[i].account);
		json_str(o, "system", s->unknown.at[i].system);
		json_u64(o, "lines", s->unknown.at[i].lines);
		out_char(o, '}');
	}
	out_text(o, "]}");
}

static void
screens(struct out *o, const struct survey *s)
{
	json_name(o, "screens");
	out_char(o, '[');
	for (size_t i = 0; i < s->screen.n; i++) {
		out_printf(o, "%s{", comma(i));
		json_str(o, "system", s->screen.at[i].system);
		json_str(o, "class", s->screen.at[i].class);
		json_u64(o, "views", s->screen.at[i].views);
		json_u64(o, "consumers", s->screen.at[i].consumers);
		out_char(o, '}');
	}
	out_char(o, ']');
}

void
ndjson_survey(const struct survey *s, struct out *o)
{
	out_char(o, '{');
	json_text(o, "schema", "sekisho/survey/1");
	span_day(o, "from", s, 0);
	span_day(o, "to", s, s->day.n ? s->day.n - 1 : 0);
	days(o, s);
	systems(o, s);
	schedules(o, s);
	disasters(o, s);
	accounts(o, s);
	strips(o, s);
	affected(o, s);
	retailers(o, s);
	contractors(o, s);
	ids(o, s);
	screens(o, s);
	out_text(o, "}\n");
}
