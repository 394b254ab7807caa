/*
 * outputs.c - see outputs.h.
 */
#include "app/outputs.h"

#include "app/tables.h"
#include "base/read_at.h"
#include "report/pseudonym.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { KEY_MOST = 4096 };

/* Of --pseudonymise; a newline at its end is the editor's. */
int
outputs_key(const struct options *o, struct hmac *key, struct errors *err)
{
	struct arena arena = { 0 };
	char text[KEY_MOST];
	int fd = open(arena_str(&arena, o->pseudonymise).p, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	int failed = errno;
	struct str s = { .p = text };
	int rc = 0;

	arena_free(&arena);
	if (fd >= 0) {
		s.n = read_at(fd, text, sizeof(text), 0, &failed);
		close(fd);
	}
	while (s.n && (s.p[s.n - 1] == '\n' || s.p[s.n - 1] == '\r'))
		s.n--;
	if (fd < 0 || failed)
		rc = error_add(err, "--pseudonymise '" STR_FMT "' cannot be read: %s",
			       STR_ARG(o->pseudonymise), strerror(failed));
	else if (s.n < PSEUDONYM_KEY_LEAST)
		rc = error_add(
			err,
			"--pseudonymise '" STR_FMT
			"' holds %zu bytes; a key has at least %d, best from a random source",
			STR_ARG(o->pseudonymise), s.n, PSEUDONYM_KEY_LEAST);
	else
		hmac_key(key, s);
	return rc;
}

int
outputs_check(const struct options *o, struct errors *err)
{
	struct hmac key;

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
	return o->pseudonymise.n ? outputs_key(o, &key, err) : 0;
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

bool
outputs_survey(const struct options *o)
{
	bool wanted = o->survey || o->semiannual;

	for (size_t i = 0; i < o->output.n; i++)
		wanted |= report_named(o->output.at[i].format)->survey;
	return wanted;
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

/* The record as it is, and without the names of people; each with its text. */
struct views {
	struct report_record plain, discreet;
	struct out discreet_text;
};

static const struct output *
output_list(const struct options *o, size_t *n)
{
	static struct output standard;

	standard.format = isatty(STDOUT_FILENO) ? STR("text") : STR("ndjson");
	/* A night is silent unless told otherwise. */
	*n = o->output.n ? o->output.n : !o->folds;
	return o->output.n ? o->output.at : &standard;
}

static int
make_discreet(const struct options *o, struct views *v, struct errors *err)
{
	size_t n;
	const struct output *list = output_list(o, &n);
	bool wanted = o->pseudonymise.n > 0;
	struct hmac key;

	out_memory(&v->discreet_text);
	for (size_t i = 0; i < n; i++)
		wanted |= report_named(list[i].format)->discreet;
	if (!wanted)
		return 0;
	if (o->pseudonymise.n && outputs_key(o, &key, err) != 0)
		return -1;
	pseudonymise(&v->plain, o->pseudonymise.n ? &key : NULL, &v->discreet_text);
	return record_read(&v->discreet, STR("pseudonyms"), out_taken(&v->discreet_text), err);
}

static int
write_all(const struct options *o, const struct views *v, struct errors *err)
{
	size_t n;
	const struct output *list = output_list(o, &n);
	int rc = 0;

	for (size_t i = 0; i < n; i++) {
		const struct report *report = report_named(list[i].format);
		bool discreet = report->discreet || o->pseudonymise.n;
		struct report_options how = {
			.language = language_of(o, &v->plain),
			.colour = list[i].file.n == 0 && shows_colour(),
			.edition = o->semiannual ? EDITION_SEMIANNUAL : EDITION_CONTINUOUS,
		};
		struct out out;

		if (out_open(&out, list[i].file.n ? list[i].file : STR("-"), err) != 0) {
			rc = -1;
			continue;
		}
		report->write(discreet ? &v->discreet : &v->plain, &how, &out);
		rc |= out_close(&out, err);
	}
	return rc;
}

/* Must the record be read, and not only written as it is? */
static bool
need_record(const struct options *o)
{
	size_t n;
	const struct output *list = output_list(o, &n);
	bool need = false;

	for (size_t i = 0; i < n; i++) {
		const struct report *report = report_named(list[i].format);

		need |= !report->nothing && (!report->as_it_is || o->pseudonymise.n);
	}
	return need;
}

enum outputs_end
outputs_write(const struct options *o, struct str path, struct str text, struct errors *err)
{
	struct views v = { .plain.text = text };
	enum outputs_end end = OUTPUTS_UNREAD;

	if (path.n == 0 && !need_record(o))
		return write_all(o, &v, err) == 0 ? OUTPUTS_WRITTEN : OUTPUTS_LOST;
	if (record_read(&v.plain, path, text, err) == 0) {
		end = make_discreet(o, &v, err) == 0 && write_all(o, &v, err) == 0 ? OUTPUTS_WRITTEN
										   : OUTPUTS_LOST;
		record_free(&v.discreet);
		out_discard(&v.discreet_text);
	}
	record_free(&v.plain);
	return end;
}
