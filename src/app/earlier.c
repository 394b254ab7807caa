/*
 * earlier.c - see earlier.h.  One record after the other is read; only the latest stays.
 */
#include "app/earlier.h"

#include "base/civil.h"

static uint64_t
count_at(const struct json_value *map, const char *path)
{
	int64_t n = json_integer(json_path(map, path), 0);

	return n > 0 ? (uint64_t)n : 0;
}

static struct str
text_of(struct judging *j, const struct json_value *map, const char *path)
{
	return arena_str(&j->arena, json_text_of(json_path(map, path)));
}

static void
count_findings(struct run_earlier *e, const struct report_record *rec)
{
	e->findings = rec->finding.n;
	for (size_t i = 0; i < rec->finding.n; i++) {
		const struct json_value *f = rec->finding.at[i];
		enum severity s;

		e->violations += str_is(json_text_of(json_member(f, "kind")), "violation");
		if (severity_named(json_text_of(json_member(f, "severity")), &s))
			e->severe[s]++;
	}
}

static void
note_earlier(struct judging *j, const struct baseline *b, struct run_earlier *e)
{
	const struct json_value *run = baseline_record(b)->run;
	const struct run_baseline *file = baseline_run(b);

	*e = (struct run_earlier){ .path = file->path,
				   .now = text_of(j, run, "now"),
				   .half = text_of(j, run, "review.half"),
				   .week = text_of(j, run, "review.week"),
				   .since = text_of(j, run, "since"),
				   .until = text_of(j, run, "until"),
				   .complete = json_is_true(json_member(run, "complete")),
				   .accepted = count_at(run, "buckets.accepted") };
	memcpy(e->sha256, file->sha256, sizeof(e->sha256));
	count_findings(e, baseline_record(b));
}

/* When it was run; what says no time comes before everything. */
static int64_t
instant(const struct run_earlier *e)
{
	int64_t ts;

	return civil_parse_jst(e->now, &ts) ? ts : INT64_MIN;
}

static int
earlier_order(const void *a, const void *b)
{
	const struct run_earlier *x = a, *y = b;
	int64_t s = instant(x), t = instant(y);

	return s != t ? (s > t) - (s < t) : str_cmp(x->path, y->path);
}

static int
take_file(struct judging *j, struct str path, struct run_earlier *latest, struct errors *err)
{
	struct run_earlier *e = &j->earlier[j->earlier_count];
	struct baseline *b;

	if (baseline_open(&b, path, err) != 0) {
		baseline_close(b);
		return -1;
	}
	note_earlier(j, b, e);
	for (size_t i = 0; i < j->earlier_count; i++) {
		if (strcmp(j->earlier[i].sha256, e->sha256) != 0)
			continue;
		baseline_close(b);
		return error_add(err, "--baseline '" STR_FMT "' is the same as '" STR_FMT "'",
				 STR_ARG(path), STR_ARG(j->earlier[i].path));
	}
	j->earlier_count++;
	if (j->baseline && earlier_order(e, latest) < 0) {
		baseline_close(b);
		return 0;
	}
	baseline_close(j->baseline);
	j->baseline = b;
	*latest = *e;
	return 0;
}

int
earlier_open(struct judging *j, struct errors *err)
{
	const struct options *o = j->options;
	struct run_earlier latest = { 0 };

	j->earlier = arena_alloc(&j->arena, (o->baseline.n + 1) * sizeof(*j->earlier));
	for (size_t i = 0; i < o->baseline.n; i++) {
		if (take_file(j, o->baseline.at[i], &latest, err) != 0)
			return -1;
	}
	qsort(j->earlier, j->earlier_count, sizeof(*j->earlier), earlier_order);
	return 0;
}
