/*
 * record.c - see record.h.  Every mistake of a file is told in one go, up to TOLD_MOST of them.
 */
#include "model/record.h"

enum { TOLD_MOST = 20 };

struct reading {
	struct report_record *r;
	struct place at;
	struct errors *err;
	size_t told;
};

static void
wrong_line(struct reading *in, size_t byte, const char *wrong, const char *right)
{
	struct place at = in->at;

	at.column = (unsigned)byte + 1;
	error_at(in->err, at, "%s; %s", wrong, right);
	in->told++;
}

static void
take_line(struct reading *in, const struct json_value *v)
{
	const struct json_value *schema = json_member(v, "schema");
	struct str name = json_text_of(schema);
	struct report_record *r = in->r;

	if (r->run) {
		wrong_line(in, 0, "a line behind the record of the run",
			   "that record is the last line of a findings file");
	} else if (str_is(name, "sekisho/run/1")) {
		r->run = v;
	} else if (r->survey) {
		wrong_line(in, 0, "a line between the survey and the record of the run",
			   "findings stand first, then the survey, then the run");
	} else if (str_is(name, "sekisho/survey/1")) {
		r->survey = v;
	} else if (str_is(name, "sekisho/finding/1")) {
		*VEC_PUSH(&r->finding) = v;
	} else {
		error_at(in->err, in->at,
			 "schema '" STR_FMT "' is none that this version reads; sekisho/finding/1, "
			 "sekisho/survey/1 and sekisho/run/1 are",
			 STR_ARG(str_head(name, 80)));
		in->told++;
	}
}

static void
read_line(struct reading *in, struct str line)
{
	struct json_wrong wrong;
	const struct json_value *v = json_tree(&in->r->arena, line, &wrong);
	struct place at = in->at;

	if (v) {
		take_line(in, v);
		return;
	}
	at.column = (unsigned)wrong.byte + 1;
	error_at(in->err, at, "this is no JSON; expected %s", wrong.expected);
	in->told++;
}

/* Whole lines that were taken out, or put in twice, leave every other line as it was. */
static void
count_findings(struct reading *in)
{
	const struct report_record *r = in->r;
	int64_t said = json_integer(json_member(r->run, "findings"), -1);

	if (said < 0 || (uint64_t)said != r->finding.n) {
		error_at(in->err, in->at,
			 "the record of the run counts %lld findings, and %zu stand before it; "
			 "this is not the file that was written",
			 (long long)said, r->finding.n);
		in->told++;
	}
}

int
record_read(struct report_record *r, struct str path, struct str text, struct errors *err)
{
	struct reading in = { .r = r, .at = { .file = path }, .err = err };

	*r = (struct report_record){ .text = text };
	while (text.n && in.told < TOLD_MOST) {
		in.at.line++;
		read_line(&in, str_split(&text, '\n'));
	}
	if (in.told)
		return -1;
	if (!r->run)
		return error_at(err, in.at,
				"the record of the run is missing at the end: this is a part of a "
				"findings file, or none; -o ndjson writes one");
	count_findings(&in);
	return in.told ? -1 : 0;
}

void
record_free(struct report_record *r)
{
	VEC_FREE(&r->finding);
	arena_free(&r->arena);
	*r = (struct report_record){ 0 };
}
