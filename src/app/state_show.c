/*
 * state_show.c - see state_show.h.  Names of files and systems come from strangers, and are escaped.
 */
#include "app/state_show.h"

#include "base/civil.h"
#include "report/said.h"

enum { RUNS_SHOWN = 30, CHAIN_SHOWN = 16, SPANS_SHOWN = 10 };

/* "2022-07-04 02:00:00", in Japan */
static void
put_time(struct out *o, int64_t ms)
{
	char buf[CIVIL_TEXT];
	struct str s = civil_print_jst(buf, ms);

	out_bytes(o, str_head(s, 10));
	out_char(o, ' ');
	out_bytes(o, str_head(str_skip(s, 11), 8));
}

static void
put_day(struct out *o, int32_t day)
{
	char buf[CIVIL_TEXT];

	out_bytes(o, str_head(civil_print_jst(buf, jst_day_start(day)), 10));
}

static void
put_run(struct out *o, const struct state_run *r)
{
	out_printf(o, "%6lld  ", (long long)r->id);
	put_time(o, r->now);
	out_printf(o, "  %6d  %12llu  %12llu  %8llu  %.*s\n", r->status,
		   (unsigned long long)r->lines, (unsigned long long)r->events,
		   (unsigned long long)r->findings, CHAIN_SHOWN, r->chain);
}

static void
show_runs(const struct state *s, const struct state_shown *how, struct out *o)
{
	size_t n, purges;
	const struct state_run *r = state_runs(s, &n), *p = state_purges(s, &purges);
	size_t first = !how->all && n > RUNS_SHOWN ? n - RUNS_SHOWN : 0;

	out_printf(o, "\nruns: %zu", n);
	if (first)
		out_printf(o, ", the last %d of them", RUNS_SHOWN);
	if (n)
		out_text(o, "\n    id  now                  status         lines        events  "
			    "findings  chain");
	out_char(o, '\n');
	for (size_t i = first; i < n; i++)
		put_run(o, &r[i]);
	if (purges)
		out_printf(o, "\npurges by hand: %zu\n", purges);
	for (size_t i = 0; i < purges; i++) {
		out_printf(o, "%6lld  ", (long long)p[i].id);
		put_time(o, p[i].now);
		out_text(o, "  days before ");
		put_day(o, p[i].purged_before);
		out_printf(o, "  %.*s\n", CHAIN_SHOWN, p[i].chain);
	}
}

/* As the record of the last run says it, and what has come to that since. */
static void
show_nights(const struct state *s, const struct state_shown *how, struct out *o)
{
	size_t runs;
	const struct state_run *r = state_runs(s, &runs);
	struct arena scratch = { 0 };
	struct json_wrong wrong;
	const struct json_value *record = runs && r[runs - 1].record.n
						  ? json_tree(&scratch, r[runs - 1].record, &wrong)
						  : NULL;
	const struct json_value *nights = json_member(record, "nights");
	const struct json_value *missed = json_member(nights, "missed");
	int64_t ago = 0;
	struct out spans;

	/* A damaged state may say any time. */
	if (runs && r[runs - 1].now > 0 && r[runs - 1].now <= how->now)
		ago = jst_day(how->now) - (int64_t)jst_day(r[runs - 1].now);
	out_memory(&spans);
	said_spans(&spans, missed, how->all && missed ? missed->count : SPANS_SHOWN, false);
	if (nights) {
		out_text(o, "\nruns are due: ");
		out_tty(o, said_text(nights, "due"));
		out_text(o, "; nights without one (LOG-09): ");
		out_tty(o, missed && missed->count ? out_taken(&spans) : STR("none"));
		out_char(o, '\n');
	}
	if (nights && ago > 1 && !str_is(said_text(nights, "due"), "none"))
		out_printf(o, "the last run was %lld nights ago\n", (long long)ago);
	out_discard(&spans);
	arena_free(&scratch);
}

static bool
is_quiet(const struct state_part *p)
{
	return p->first_day > p->last_day;
}

/* --keep counts from the newest day that was accepted. */
static int32_t
boundary(const struct state *s, const struct state_shown *how)
{
	size_t n;
	const struct state_part *p = state_parts(s, &n);
	int32_t newest = INT32_MIN;

	if (how->before != INT32_MIN)
		return how->before;
	for (size_t i = 0; i < n; i++) {
		if (!is_quiet(&p[i]) && p[i].last_day > newest)
			newest = p[i].last_day;
	}
	return newest == INT32_MIN ? INT32_MIN : newest - STATE_KEEP_DAYS;
}

static void
put_part(struct out *o, const struct state_part *p, bool goes)
{
	out_printf(o, "%6lld  ", (long long)p->id);
	if (is_quiet(p)) {
		out_text(o, "no events             ");
	} else {
		put_day(o, p->first_day);
		out_text(o, "  ");
		put_day(o, p->last_day);
	}
	out_printf(o, "  %12llu  %14llu  %s  ", (unsigned long long)p->events,
		   (unsigned long long)p->bytes, goes ? "goes" : "    ");
	out_tty(o, p->path);
	out_char(o, '\n');
}

static void
show_parts(const struct state *s, const struct state_shown *how, struct out *o)
{
	size_t n, going = 0;
	const struct state_part *p = state_parts(s, &n);
	int32_t before = boundary(s, how);
	uint64_t bytes = 0;

	out_printf(o, "\nparts: %zu\n", n);
	if (n)
		out_text(o, "   run  first day   last day          events           bytes        "
			    "file\n");
	for (size_t i = 0; i < n; i++) {
		bool goes = state_part_goes(s, &p[i], before);

		put_part(o, &p[i], goes);
		going += goes;
		bytes += goes ? p[i].bytes : 0;
	}
	if (before == INT32_MIN)
		return;
	out_text(o, how->before != INT32_MIN ? "a purge before "
					     : "the next run, with the usual --keep, before ");
	put_day(o, before);
	out_printf(o, " would drop %zu of them, %llu bytes\n", going, (unsigned long long)bytes);
}

static void
show_inputs(const struct state *s, const struct state_shown *how, struct out *o)
{
	size_t n, purged = 0;
	const struct state_input *in = state_inputs(s, &n);
	int64_t newest = n ? in[n - 1].part : 0;

	for (size_t i = 0; i < n; i++)
		purged += in[i].part == 0;
	out_printf(o, "\ninputs known by their content: %zu, %zu of them purged", n, purged);
	if (n && !how->all)
		out_text(o, "; those of the last part");
	out_char(o, '\n');
	for (size_t i = 0; i < n; i++) {
		if (!how->all && in[i].part != newest)
			continue;
		out_printf(o, "%6lld  %14llu  %s  ", (long long)in[i].part,
			   (unsigned long long)in[i].bytes, in[i].packed ? "packed" : "plain ");
		out_tty(o, in[i].system);
		out_text(o, "  ");
		out_tty(o, in[i].path);
		out_char(o, '\n');
	}
}

static void
show_findings(const struct state *s, struct out *o)
{
	size_t n, runs, first = 0;
	const struct state_finding *f = state_findings(s, &n);
	const struct state_run *r = state_runs(s, &runs);

	for (size_t i = 0; i < n; i++)
		first += f[i].first_told == r[runs - 1].now;
	out_printf(o, "\nfindings of the last run: %zu, %zu of them told for the first time\n", n,
		   first);
	for (size_t i = 0; i < n; i++) {
		out_text(o, "  ");
		out_tty(o, f[i].fp_case);
		out_text(o, "  since ");
		put_time(o, f[i].first_told);
		out_char(o, '\n');
	}
	out_printf(o, "\nlines kept because findings cite them: %zu\n", state_line_count(s));
}

void
state_show(const struct state *s, const struct state_shown *how, struct out *o)
{
	int32_t purged = state_purged_before(s);
	const char *head = state_head(s);

	out_text(o, "state ");
	out_tty(o, how->folder);
	out_text(o, "\nchain ");
	out_text(o, *head ? head : "none yet: no run has ended");
	out_text(o, "\nevery digest agrees; ");
	if (purged == INT32_MIN) {
		out_text(o, "nothing was purged yet\n");
	} else {
		out_text(o, "days before ");
		put_day(o, purged);
		out_text(o, " were purged\n");
	}
	show_runs(s, how, o);
	show_nights(s, how, o);
	show_parts(s, how, o);
	show_inputs(s, how, o);
	show_findings(s, o);
}
