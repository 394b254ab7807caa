/*
 * outputs.c - see outputs.h.
 */
#include "app/outputs.h"

#include "app/tables.h"

#include <unistd.h>

int
outputs_check(const struct options *o, struct errors *err)
{
	for (size_t i = 0; i < o->output.n; i++) {
		struct out names;

		if (report_named(o->output.at[i].format))
			continue;
		out_memory(&names);
		report_names(&names);
		error_add(err, "--output '" STR_FMT "'; this version writes " STR_FMT,
			  STR_ARG(o->output.at[i].format), STR_ARG(out_taken(&names)));
		out_discard(&names);
		return -1;
	}
	return 0;
}

bool
outputs_any(const struct options *o)
{
	for (size_t i = 0; i < o->output.n; i++) {
		if (!report_named(o->output.at[i].format)->nothing)
			return true;
	}
	return o->output.n == 0 && !o->folds;
}

/* NO_COLOR and its kin, asked of standard output. */
static bool
shows_colour(void)
{
	const char *no = getenv("NO_COLOR"), *force = getenv("CLICOLOR_FORCE");
	const char *term = getenv("TERM");

	if (no && *no)
		return false;
	if (force && *force && strcmp(force, "0") != 0)
		return true;
	return isatty(STDOUT_FILENO) && term && strcmp(term, "dumb") != 0;
}

static enum language
language_of(const struct options *o, const struct report_record *rec)
{
	struct str said = json_text_of(json_member(rec->run, "language"));

	return o->language ? o->language : str_is(said, "ja") ? LANGUAGE_JA : LANGUAGE_EN;
}

static int
write_all(const struct options *o, const struct report_record *rec, struct errors *err)
{
	struct output standard = { .format = isatty(STDOUT_FILENO) ? STR("text") : STR("ndjson") };
	const struct output *list = o->output.n ? o->output.at : &standard;
	size_t n = o->output.n ? o->output.n : !o->folds; /* a night is silent unless told otherwise */
	int rc = 0;

	for (size_t i = 0; i < n; i++) {
		struct report_options how = { .language = language_of(o, rec),
					      .colour = list[i].file.n == 0 && shows_colour() };
		struct out out;

		if (out_open(&out, list[i].file.n ? list[i].file : STR("-"), err) != 0) {
			rc = -1;
			continue;
		}
		report_named(list[i].format)->write(rec, &how, &out);
		rc |= out_close(&out, err);
	}
	return rc;
}

enum outputs_end
outputs_write(const struct options *o, struct str path, struct str text, struct errors *err)
{
	struct report_record rec = { .text = text };
	enum outputs_end end = OUTPUTS_UNREAD;

	if (!outputs_any(o) || record_read(&rec, path, text, err) == 0)
		end = write_all(o, &rec, err) == 0 ? OUTPUTS_WRITTEN : OUTPUTS_LOST;
	record_free(&rec);
	return end;
}
