/*
 * record.c - see record.h.  The first mistake ends the reading: a program wrote this file, so it is whole or it is not it.
 */
#include "model/record.h"

struct reading {
	struct report_record *r;
	struct place at;
	struct errors *err;
};

static int
take_line(struct reading *in, const struct json_value *v)
{
	struct str name = json_text_of(json_member(v, "schema"));
	struct report_record *r = in->r;

	in->at.column = 1;
	if (r->run)
		return error_at(in->err, in->at,
				"a line behind the record of the run; that record is the last line "
				"of a findings file");
	if (str_is(name, "sekisho/run/1")) {
		r->run = v;
		return 0;
	}
	if (r->survey)
		return error_at(
			in->err, in->at,
			"a line between the survey and the record of the run; findings stand "
			"first, then the survey, then the run");
	if (str_is(name, "sekisho/survey/1")) {
		r->survey = v;
		return 0;
	}
	if (str_is(name, "sekisho/finding/1")) {
		*VEC_PUSH(&r->finding) = v;
		return 0;
	}
	return error_at(in->err, in->at,
			"schema '" STR_FMT "' is none that this version reads; sekisho/finding/1, "
			"sekisho/survey/1 and sekisho/run/1 are",
			STR_ARG(str_head(name, 80)));
}

static int
read_line(struct reading *in, struct str line)
{
	struct json_wrong wrong;
	const struct json_value *v = json_tree(&in->r->arena, line, &wrong);

	if (v)
		return take_line(in, v);
	in->at.column = (unsigned)wrong.byte + 1;
	return error_at(in->err, in->at,
			"this is no JSON, expected %s; `sekisho scan -o ndjson=FILE` writes a "
			"findings file",
			wrong.expected);
}

/* Whole lines that were taken out, or put in twice, leave every other line as it was. */
static int
count_findings(const struct reading *in)
{
	const struct report_record *r = in->r;
	int64_t said = json_integer(json_member(r->run, "findings"), -1);

	if (said >= 0 && (uint64_t)said == r->finding.n)
		return 0;
	return error_at(in->err, in->at,
			"the record of the run counts %lld findings, and %zu stand before it; "
			"this is not the file that was written",
			(long long)said, r->finding.n);
}

int
record_read(struct report_record *r, struct str path, struct str text, struct errors *err)
{
	struct reading in = { .r = r, .at = { .file = path }, .err = err };

	*r = (struct report_record){ .text = text };
	while (text.n) {
		in.at.line++;
		if (read_line(&in, str_split(&text, '\n')) != 0)
			return -1;
	}
	in.at.column = 0;
	if (!r->run)
		return error_at(err, in.at,
				"the record of the run is missing at the end: this is a part of a "
				"findings file, or none; -o ndjson writes one");
	return count_findings(&in);
}

void
record_free(struct report_record *r)
{
	VEC_FREE(&r->finding);
	arena_free(&r->arena);
	*r = (struct report_record){ 0 };
}
