/*
 * verb_verify.c - a report against its inputs: are they the same files, and does the same come of them?
 *
 *     the report's own digest -> the files it names -> judged again, as its record says it was asked -> byte by byte
 *
 * What differs is told by name, and nothing is judged by files that are others already.
 */
#include "app/baseline.h"
#include "app/comparing.h"
#include "app/run_nights.h"
#include "app/run_record.h"
#include "app/verify_inputs.h"
#include "app/whole_file.h"
#include "base/civil.h"
#include "facts/part.h"
#include "model/record_diff.h"
#include "report/ndjson.h"

#include <unistd.h>

enum { SHOWN_MOST = 120 };

struct verify {
	struct options again; /* what the record says was asked */
	struct arena arena;
	struct str path, text;
	char *bytes;
	struct report_record said;
	bool moved; /* logs lie elsewhere: names of files are not compared */
	struct errors *err;
};

static struct str
text_at(const struct json_value *map, const char *path)
{
	return json_text_of(json_path(map, path));
}

/* --- the report by itself ---------------------------------------------------------------------------- */

/* What a finding's line has beside what is a function of lines, policy and ledgers. */
static const char *const beside[] = { "title",   "baseline",         "disposition", "at",
				      "explain", "time_to_detect_h", NULL };

/* A map without them, as a copy; lists and maps below likewise. */
static const struct json_value *
lawful(struct arena *a, const struct json_value *v)
{
	struct json_value *copy = arena_alloc(a, sizeof(*copy)), *last = NULL;

	*copy = *v;
	copy->first = NULL;
	JSON_EACH(child, v)
	{
		struct json_value *kept;
		bool out = false;

		for (size_t i = 0; beside[i] && v->kind == JSON_MAP; i++)
			out |= str_is(child->name, beside[i]);
		if (out)
			continue;
		kept = arena_alloc(a, sizeof(*kept));
		*kept = *lawful(a, child);
		kept->next = NULL;
		if (last)
			last->next = kept;
		else
			copy->first = kept;
		last = kept;
	}
	return copy;
}

static int
check_digest(struct verify *v)
{
	uint8_t digest[SHA256_SIZE];
	char hex[SHA256_HEX];
	struct sha256 sha;

	sha256_init(&sha);
	for (size_t i = 0; i < v->said.finding.n; i++) {
		struct arena scratch = { 0 };
		struct out o;

		out_memory(&o);
		json_print(&o, lawful(&scratch, v->said.finding.at[i]));
		out_char(&o, '\n');
		sha256_add(&sha, out_taken(&o).p, out_taken(&o).n);
		out_discard(&o);
		arena_free(&scratch);
	}
	sha256_end(&sha, digest);
	sha256_hex(digest, hex);
	if (str_is(text_at(v->said.run, "findings_digest"), hex))
		return 0;
	return error_add(v->err,
			 "'" STR_FMT "' is not as it was written: its findings have the digest %s, "
			 "and its run says " STR_FMT,
			 STR_ARG(v->path), hex, STR_ARG(text_at(v->said.run, "findings_digest")));
}

/* --- the same again ---------------------------------------------------------------------------------- */

static void
take_time(const struct json_value *map, const char *name, int64_t *out)
{
	(void)civil_parse_jst(text_at(map, name), out);
}

static void
take_windows(struct verify *v)
{
	JSON_EACH(w, json_member(v->said.run, "windows"))
	{
		struct window window = { .name = text_at(w, "name"),
					 .from = INT64_MIN,
					 .to = INT64_MAX };

		take_time(w, "from", &window.from);
		take_time(w, "to", &window.to);
		if (v->again.window.n < WINDOWS_MOST)
			*VEC_PUSH(&v->again.window) = window;
	}
}

static void
take_baselines(struct verify *v)
{
	JSON_EACH(e, json_member(v->said.run, "earlier"))
	{
		*VEC_PUSH(&v->again.baseline) = text_at(e, "path");
	}
	if (v->again.baseline.n == 0 && text_at(v->said.run, "baseline.path").n)
		*VEC_PUSH(&v->again.baseline) = text_at(v->said.run, "baseline.path");
}

static void
take_asked(struct verify *v, const struct options *o)
{
	const struct json_value *run = v->said.run, *asked = json_member(run, "asked");

	v->again = *o;
	v->again.verb = text_at(asked, "verb");
	v->again.policy = text_at(run, "policy");
	v->again.builtin_only = v->again.policy.n == 0;
	v->again.format = text_at(asked, "format");
	v->again.system = text_at(asked, "system");
	v->again.rejected_ppm = (uint64_t)json_integer(json_member(asked, "max_rejected_ppm"), 0);
	v->again.undetermined_ppm =
		(uint64_t)json_integer(json_member(asked, "max_undetermined_ppm"), 0);
	v->again.digest_none = str_is(text_at(asked, "digest"), "none");
	v->again.language = str_is(text_at(run, "language"), "ja") ? LANGUAGE_JA : LANGUAGE_EN;
	v->again.survey = v->said.survey != NULL;
	take_time(run, "now", &v->again.now);
	take_time(run, "since", &v->again.since);
	take_time(run, "until", &v->again.until);
	v->again.half = text_at(run, "review.half");
	v->again.week = text_at(run, "review.week");
	take_time(json_member(run, "review"), "from", &v->again.week_from);
	take_time(json_member(run, "review"), "to", &v->again.week_to);
	memset(&v->again.operand, 0, sizeof(v->again.operand));
	memset(&v->again.window, 0, sizeof(v->again.window));
	memset(&v->again.baseline, 0, sizeof(v->again.baseline));
	take_windows(v);
	take_baselines(v);
	if (v->moved) {
		for (size_t i = 1; i < o->operand.n; i++)
			*VEC_PUSH(&v->again.operand) = o->operand.at[i];
		return;
	}
	JSON_EACH(input, json_member(asked, "inputs"))
	{
		*VEC_PUSH(&v->again.operand) = json_text_of(input);
	}
}

static bool
judges_parts(const struct options *o)
{
	return o->operand.n && (str_is(o->verb, "merge") || str_is(o->verb, "judge"));
}

/* --- what came of it --------------------------------------------------------------------------------- */

static struct str
shown(struct verify *v, const struct json_value *value)
{
	struct out o;
	struct str s;

	if (!value)
		return STR("nothing");
	out_memory(&o);
	json_print(&o, value);
	s = arena_str(&v->arena, str_head(out_taken(&o), SHOWN_MOST));
	out_discard(&o);
	return s;
}

/* False: they say the same. */
static bool
tell_difference(struct verify *v, size_t line, const struct json_value *said,
		const struct json_value *now)
{
	static const char *const none[] = { NULL };
	static const char *const names[] = { "file",    "path",     "feed",     "inputs", "policy",
					     "trouble", "warnings", "complete", NULL };
	struct record_diff d;

	if (!said || !now)
		error_add(v->err, STR_FMT ":%zu: %s", STR_ARG(v->path), line,
			  said ? "this line does not come of the inputs"
			       : "here a line comes of the inputs that is not in the report");
	else if (record_differs(said, now, v->moved ? names : none, &v->arena, &d))
		error_add(v->err,
			  STR_FMT ":%zu: " STR_FMT " is " STR_FMT
				  " in the report, and of the inputs comes " STR_FMT,
			  STR_ARG(v->path), line, STR_ARG(d.path), STR_ARG(shown(v, d.a)),
			  STR_ARG(shown(v, d.b)));
	else
		return false;
	return true;
}

/* Lines of the survey are another pass over the facts, and not of the judgement. */
static struct str
next_line(struct str *rest, size_t *number)
{
	struct str line;

	do {
		line = str_split(rest, '\n');
		++*number;
	} while (str_starts(line, STR("{\"schema\":\"sekisho/survey/1\"")));
	return line;
}

static int
compare_bytes(struct verify *v, struct str now)
{
	struct str a = v->text, b = now;
	size_t line = 0, other = 0;

	while (a.n || b.n) {
		struct str x = next_line(&a, &line), y = next_line(&b, &other);
		struct arena scratch = { 0 };
		struct json_wrong wrong;
		bool told = false;

		if (str_eq(x, y))
			continue;
		told = tell_difference(v, line, json_tree(&scratch, x, &wrong),
				       json_tree(&scratch, y, &wrong));
		if (!told && !v->moved) {
			size_t at = 0;

			while (at < x.n && at < y.n && x.p[at] == y.p[at])
				at++;
			told = true;
			error_add(v->err,
				  STR_FMT
				  ":%zu:%zu: the line says the same and is written otherwise",
				  STR_ARG(v->path), line, at + 1);
		}
		arena_free(&scratch);
		if (told)
			return -1;
	}
	return 0;
}

/* Rules by name: their digest says what each says, whatever its file is. */
static void
tell_rules(struct verify *v, const struct json_value *now)
{
	JSON_EACH(rule, json_member(v->said.run, "rules"))
	{
		JSON_EACH(other, json_member(now, "rules"))
		{
			if (str_eq(text_at(rule, "rule"), text_at(other, "rule")) &&
			    !str_eq(text_at(rule, "digest"), text_at(other, "digest")))
				error_add(v->err, "rule " STR_FMT " is not that of the report",
					  STR_ARG(text_at(rule, "rule")));
		}
	}
}

static enum status
compare_again(struct verify *v, struct judging *j)
{
	struct report_input in = {
		.verdicts = &j->verdicts, .source = &j->source, .policy = &j->policy, .run = &j->run
	};
	struct report_record now;
	enum status status = STATUS_OK;
	struct out text;

	run_record_fill(j, &in);
	run_nights_said(j, json_member(v->said.run, "nights"));
	out_memory(&text);
	if (comparing_body(j, &in, &text, v->err) != 0) {
		out_discard(&text);
		return STATUS_INTERNAL;
	}
	ndjson_run(&in, &text);
	if (compare_bytes(v, out_taken(&text)) != 0) {
		status = STATUS_INTEGRITY;
		if (record_read(&now, STR("this run"), out_taken(&text), v->err) == 0)
			tell_rules(v, now.run);
		record_free(&now);
	}
	out_discard(&text);
	return status;
}

static enum status
judge_again(struct verify *v)
{
	enum status status = STATUS_INTEGRITY;
	struct judging j;
	int rc = judging_open(&j, &v->again, v->err);

	if (rc == 0)
		rc = (judges_parts(&v->again) ? judging_load_parts(&j, v->err)
					      : judging_read_logs(&j, v->err)) != STATUS_OK;
	if (rc == 0)
		status = judging_judge(&j, v->err) == 0 ? compare_again(v, &j) : STATUS_INTERNAL;
	else
		error_add(v->err, "what was judged then cannot be judged any more");
	judging_close(&j);
	return status;
}

static enum status
tell_same(const struct verify *v, const struct verify_found *found)
{
	struct out o;

	out_stream(&o, STDOUT_FILENO, STR("standard output"));
	out_tty(&o, v->path);
	out_printf(&o, ": the same%s; findings %zu, lines %lld, files checked %zu\n",
		   v->moved ? " but for names of files" : ", byte by byte", v->said.finding.n,
		   (long long)json_integer(json_member(v->said.run, "lines"), 0), found->checked);
	return out_close(&o, v->err) == 0 ? STATUS_OK : STATUS_INTERNAL;
}

static enum status
verify(struct verify *v, const struct options *o)
{
	struct verify_found found;
	enum status status;

	if (access(arena_str(&v->arena, v->path).p, R_OK) != 0 ||
	    whole_file_read(v->path, &v->bytes, &v->text, v->err) != 0) {
		error_add(v->err, "incomplete: there is no report '" STR_FMT "' to be read",
			  STR_ARG(v->path));
		return STATUS_INCOMPLETE;
	}
	if (record_read(&v->said, v->path, v->text, v->err) != 0 || check_digest(v) != 0)
		return STATUS_INTEGRITY;
	found = verify_inputs(v->said.run, o, v->err);
	if (found.changed)
		return STATUS_INTEGRITY;
	if (found.missing)
		return STATUS_INCOMPLETE;
	take_asked(v, o);
	status = judge_again(v);
	VEC_FREE(&v->again.operand);
	VEC_FREE(&v->again.window);
	VEC_FREE(&v->again.baseline);
	return status == STATUS_OK ? tell_same(v, &found) : status;
}

static enum status
verify_run(struct options *o, struct errors *err)
{
	struct verify v = { .err = err, .moved = o->operand.n > 1 };
	enum status status = STATUS_USAGE;

	if (o->operand.n == 0) {
		error_add(err, "which report? `sekisho scan -o ndjson=FILE` writes one");
	} else {
		v.path = o->operand.at[0];
		status = verify(&v, o);
	}
	record_free(&v.said);
	free(v.bytes);
	arena_free(&v.arena);
	return status;
}

const struct verb verb_verify = {
	.name = "verify",
	.usage = "[options] REPORT [LOG]...",
	.summary = "a report against its inputs: the same bytes, or the first difference",
	.bit = IN_VERIFY,
	.run = verify_run,
};
