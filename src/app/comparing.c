/*
 * comparing.c - see comparing.h.
 *
 * The findings at hand are compared as the lines they will be written as, so that two runs and two files compare alike.
 */
#include "app/comparing.h"

#include "app/baseline.h"
#include "app/earlier.h"
#include "report/ndjson.h"

#include <unistd.h>

static int
check_outputs(const struct options *o, struct errors *err)
{
	for (size_t i = 0; i < o->output.n; i++) {
		struct str format = o->output.at[i].format;

		if (!str_is(format, "text") && !str_is(format, "ndjson"))
			return error_add(
				err, "--output '" STR_FMT "'; with --against it is text or ndjson",
				STR_ARG(format));
	}
	return 0;
}

int
comparing_open(struct judging *j, struct errors *err)
{
	const struct options *o = j->options;

	if (o->against.n && o->baseline.n)
		return error_add(err, "--against compares with its FILE; take --baseline out");
	if (o->against.n && check_outputs(o, err) != 0)
		return -1;
	if (o->against.n)
		return baseline_open(&j->baseline, o->against, err);
	if (o->baseline.n)
		return earlier_open(j, err);
	if (o->gate_new && o->state.n == 0)
		return error_add(err, "--fail-on-new compares with an earlier run; name its "
				      "findings with --baseline FILE");
	return 0;
}

/* Compared as the lines that they will be written as; only the marks are new in them then. */
static int
compare_lines(struct judging *j, const struct report_input *in, size_t *mark_at, struct out *body,
	      struct errors *err)
{
	const struct comparison *c;
	struct out lines;
	struct str plain;

	out_memory(&lines);
	ndjson_body(in, &lines, mark_at);
	plain.n = out_taken(&lines).n;
	ndjson_run(in, &lines);
	plain.p = out_taken(&lines).p;
	if (baseline_compare(j->baseline, &lines, err) != 0)
		return -1;
	j->run.baseline = baseline_run(j->baseline);
	c = j->run.baseline->comparison;
	for (size_t i = 0; i < j->verdicts.finding.n; i++)
		j->verdicts.finding.at[i]->baseline = c->at.at[i].mark;
	ndjson_body_marked(in, plain, mark_at, body);
	return 0;
}

int
comparing_body(struct judging *j, const struct report_input *in, struct out *body,
	       struct errors *err)
{
	size_t *mark_at;
	int rc;

	if (!j->baseline) {
		ndjson_body(in, body, NULL);
		return 0;
	}
	mark_at = xalloc(j->verdicts.finding.n + 1, sizeof(*mark_at));
	rc = compare_lines(j, in, mark_at, body, err);
	free(mark_at);
	return rc;
}

int
comparing_write(struct judging *j, struct errors *err)
{
	const struct options *o = j->options;
	struct output standard = { .format = isatty(STDOUT_FILENO) ? STR("text") : STR("ndjson") };
	const struct output *list = o->output.n ? o->output.at : &standard;
	int rc = 0;

	for (size_t i = 0; i < (o->output.n ? o->output.n : 1); i++) {
		struct out out;

		if (out_open(&out, list[i].file.n ? list[i].file : STR("-"), err) != 0) {
			rc = -1;
			continue;
		}
		baseline_write(j->baseline, str_is(list[i].format, "text"), &out);
		rc |= out_close(&out, err);
	}
	return rc;
}
