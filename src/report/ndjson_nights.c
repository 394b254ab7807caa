/*
 * ndjson_nights.c - the history of a state in the record of a run: see model/nights.h.
 */
#include "report/ndjson_own.h"

#include "base/civil.h"
#include "report/json.h"

static void
night_day(struct out *o, int32_t day)
{
	char buf[CIVIL_TEXT];

	out_json(o, str_head(civil_print_jst(buf, jst_day_start(day)), 10));
}

static void
missed_nights(struct out *o, const struct run_nights *n)
{
	json_name(o, "missed");
	out_char(o, '[');
	for (size_t i = 0; i < n->missed_count; i++) {
		out_text(o, i ? ",[" : "[");
		night_day(o, n->missed[i].first);
		out_char(o, ',');
		night_day(o, n->missed[i].last);
		out_char(o, ']');
	}
	out_char(o, ']');
}

static void
night_row(struct out *o, const struct run_night *night)
{
	out_char(o, '{');
	json_name(o, "night");
	night_day(o, night->day);
	json_u64(o, "runs", night->runs);
	json_time(o, "now", night->now);
	json_u64(o, "status", (uint64_t)night->status);
	json_u64(o, "lines", night->lines);
	json_u64(o, "accepted", night->accepted);
	json_u64(o, "events", night->events);
	json_name(o, "findings");
	out_char(o, '{');
	for (int s = SEVERITY_CRITICAL; s >= 0; s--)
		json_u64(o, severity_names[s], night->severe[s]);
	out_char(o, '}');
	json_u64(o, "new", night->told);
	out_char(o, '}');
}

void
ndjson_nights(struct out *o, const struct run_nights *n)
{
	if (!n)
		return;
	json_name(o, "nights");
	out_char(o, '{');
	json_text(o, "due", nightly_names[n->due]);
	json_name(o, "since");
	night_day(o, n->since);
	json_u64(o, "runs", n->runs);
	missed_nights(o, n);
	json_name(o, "last");
	out_char(o, '[');
	for (size_t i = 0; i < n->night_count; i++) {
		if (i)
			out_char(o, ',');
		night_row(o, &n->night[i]);
	}
	out_text(o, "]}");
}
