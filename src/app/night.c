/*
 * night.c - see night.h.
 */
#include "app/night.h"

#include "app/baseline.h"
#include "app/content.h"
#include "app/inputs.h"
#include "base/civil.h"
#include "facts/part.h"

#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Logs that were written to this lately may be written to again; and two of different feeds that share as much are one. */
enum { REST_SECONDS = 3600, SHARED_LEAST = 256 };

struct night {
	struct state *state;
	struct shelving shelved;
	uint32_t first_file;
};

int64_t
night_purged(const struct night *n)
{
	int32_t day = n ? state_purged_before(n->state) : INT32_MIN;

	return day == INT32_MIN ? INT64_MIN : jst_day_start(day);
}

const struct state *
night_state(const struct night *n)
{
	return n->state;
}

uint32_t
night_first_file(const struct night *n)
{
	return n ? n->first_file : 0;
}

enum status
night_opened(enum state_opened how)
{
	switch (how) {
	case STATE_OPENED:
		return STATUS_OK;
	case STATE_REFUSED:
		return STATUS_USAGE;
	case STATE_DAMAGED:
		return STATUS_INTEGRITY;
	case STATE_FAILED:
		break;
	}
	return STATUS_INTERNAL;
}

/* Are its lines read as this policy reads them? */
static int
check_reading(const struct state *s, const struct policy *p, struct errors *err)
{
	uint8_t digest[STATE_DIGEST];

	if (!state_parse_digest(s, digest) || memcmp(digest, p->parse_digest, sizeof(digest)) == 0)
		return 0;
	return error_add(err,
			 "the state was read under another policy (systems, format, extract, "
			 "resources or normalise differ); name that one with -c FILE, or begin "
			 "another state");
}

/* What is no part is damage here; what the machine would not read is not. */
static enum status
shelve_part(const struct state_part *part, struct facts *f, const struct policy *p,
	    struct errors *err)
{
	struct part_label label;
	enum part_loaded how = part_load(f, part->path, p->parse_digest, &label, err);

	_Static_assert((int)STATE_DIGEST == (int)PART_DIGEST, "both are of SHA-256");
	if (how != PART_LOADED)
		return how == PART_UNREAD ? STATUS_INTERNAL : STATUS_INTEGRITY;
	if (memcmp(label.identity, part->identity, sizeof(label.identity)) == 0)
		return STATUS_OK;
	error_add(err,
		  "part '" STR_FMT "' is damaged: it is a part, but another one; restore it from a "
		  "copy of the folder",
		  STR_ARG(part->path));
	return STATUS_INTEGRITY;
}

enum status
night_parts(const struct state *s, struct facts *f, const struct policy *p, struct shelving *out,
	    struct errors *err)
{
	size_t parts;
	const struct state_part *part = state_parts(s, &parts);

	if (check_reading(s, p, err) != 0)
		return STATUS_USAGE;
	if (state_purged_before(s) != INT32_MIN)
		facts_begin(f, state_purged_before(s));
	out->n = 0;
	for (size_t i = 0; i < parts; i++) {
		uint32_t first = facts_file_count(f);
		enum status status = shelve_part(&part[i], f, p, err);

		if (status != STATUS_OK)
			return status;
		*VEC_PUSH(out) = (struct shelved){ .part = part[i].id,
						   .first_file = first,
						   .files = facts_file_count(f) - first };
	}
	return STATUS_OK;
}

enum status
night_shelve(struct judging *j, struct errors *err)
{
	struct night *n = j->night;
	enum status status = night_parts(n->state, j->facts, &j->policy, &n->shelved, err);

	n->first_file = facts_file_count(j->facts);
	return status;
}

static int
check_options(const struct options *o, struct errors *err)
{
	if (o->partial.n)
		return error_add(err,
				 "--partial beside --state: `sekisho state export` writes what "
				 "a state holds as a part");
	if (o->since != INT64_MIN || o->until != INT64_MAX)
		return error_add(err, "--since, --until, --week and --half leave lines out, and "
				      "the state would never "
				      "see them again; fold all, and ask a copy for less");
	return 0;
}

/* Last night's findings, to say what is new: unless others are named to compare with. */
static int
take_baseline(struct judging *j, struct errors *err)
{
	size_t findings, runs;
	const struct state_finding *f = state_findings(j->night->state, &findings);
	const struct state_run *run = state_runs(j->night->state, &runs);
	struct str text;
	struct out o;

	if (runs == 0 || run[runs - 1].record.n == 0 || j->baseline)
		return 0;
	out_memory(&o);
	for (size_t i = 0; i < findings; i++) {
		out_bytes(&o, f[i].record);
		out_char(&o, '\n');
	}
	out_bytes(&o, run[runs - 1].record);
	out_char(&o, '\n');
	text = arena_str(&j->arena, out_taken(&o));
	out_discard(&o);
	return baseline_take(&j->baseline, j->options->state, text, err);
}

enum status
night_open(struct judging *j, bool write, struct errors *err)
{
	const struct options *o = j->options;
	struct state_options so = {
		.folder = o->state, .write = write, .wait_seconds = o->wait_seconds, .now = o->now
	};
	enum state_opened opened;
	enum status status;

	if (write && check_options(o, err) != 0)
		return STATUS_USAGE;
	j->night = xalloc(1, sizeof(*j->night));
	opened = state_open(&j->night->state, &so, err);
	status = night_opened(opened);
	if (status == STATUS_OK)
		status = night_shelve(j, err);
	if (status == STATUS_OK && take_baseline(j, err) != 0)
		status = STATUS_INTEGRITY;
	return status;
}

/* The file as it stands in the facts.  NULL: its part was purged. */
static const struct logfile *
folded(const struct judging *j, const struct state_input *in)
{
	const struct night *n = j->night;

	for (size_t i = 0; i < n->shelved.n; i++) {
		const struct shelved *s = &n->shelved.at[i];

		if (s->part == in->part && in->number < s->files)
			return facts_file(j->facts, s->first_file + in->number);
	}
	return NULL;
}

/* What was folded of one system, by how long it was; marks are of the file at hand. */
struct known {
	bool sorted;
	VEC(const struct state_input *) input;
	struct content_mark *mark;
};

static int
length_order(const void *a, const void *b)
{
	const struct state_input *x = *(const struct state_input *const *)a;
	const struct state_input *y = *(const struct state_input *const *)b;

	if (x->bytes != y->bytes)
		return (x->bytes > y->bytes) - (x->bytes < y->bytes);
	return (x->part > y->part) - (x->part < y->part);
}

static void
know(const struct night *n, struct str system, struct known *k)
{
	size_t inputs;
	const struct state_input *in = state_inputs(n->state, &inputs);

	k->sorted = true;
	for (size_t i = 0; i < inputs; i++) {
		if (in[i].bytes && str_eq(in[i].system, system))
			*VEC_PUSH(&k->input) = &in[i];
	}
	if (k->input.n)
		qsort(k->input.at, k->input.n, sizeof(*k->input.at), length_order);
	k->mark = xalloc(k->input.n + 1, sizeof(*k->mark));
	for (size_t i = 0; i < k->input.n; i++)
		k->mark[i].offset = k->input.at[i]->bytes;
}

static void
forget_known(struct known *k, size_t systems)
{
	for (size_t i = 0; i < systems; i++) {
		VEC_FREE(&k[i].input);
		free(k[i].mark);
	}
	free(k);
}

/* The longest log that this one begins with.  NULL: none. */
static const struct state_input *
longest(const struct known *k, struct str feed)
{
	for (size_t i = k->input.n; i > 0; i--) {
		const struct state_input *in = k->input.at[i - 1];
		const struct content_mark *m = &k->mark[i - 1];

		if (m->passed && memcmp(m->sha256, in->sha256, sizeof(m->sha256)) == 0 &&
		    (in->bytes >= SHARED_LEAST || str_eq(in->feed, feed)))
			return in;
	}
	return NULL;
}

static bool
at_rest(struct str path)
{
	struct stat st;

	return stat(path.p, &st) != 0 || !S_ISREG(st.st_mode) ||
	       time(NULL) - st.st_mtime >= REST_SECONDS;
}

/*
 * Another file goes on from there, of tonight's before `n` or of an earlier night: a lineage is one file, and two that
 * part ways would count twice what both hold behind that.
 */
static bool
taken(const struct judging *j, uint32_t n, const struct logfile *before, uint64_t from)
{
	for (uint32_t i = 0; i < n; i++) {
		const struct logfile *f = facts_file(j->facts, i);

		if (f->lineage == before->lineage && f->from >= from)
			return true;
	}
	return false;
}

/* It begins with a log that was folded: in its feed, and from where that ended if it can be read from there. */
static void
go_on_from(struct judging *j, uint32_t n, const struct state_input *was, bool seekable,
	   struct logfile *f)
{
	const struct logfile *before = folded(j, was);

	f->feed = arena_str(&j->arena, was->feed);
	if (!seekable || !before || taken(j, n, before, was->bytes))
		return;
	f->from = was->bytes;
	f->lineage = before->lineage;
	f->lines_before = before->lines_before + before->lines;
}

/* False: all that it says was folded.  Tonight's files before `n` have been looked at. */
static bool
says_more(struct judging *j, uint32_t n, struct known *k, struct logfile *f)
{
	const struct source *source = &j->sources[f->system];
	struct reader_options o = j->options->reader;
	const struct state_input *was;
	struct content c;

	o.encoding = source->encoding;
	if (!k->sorted)
		know(j->night, j->policy.system[f->system].id, k);
	if (content_read(source, f->path, &o, !at_rest(f->path), k->mark, k->input.n, &c) != 0)
		return true;
	was = longest(k, f->feed);
	f->limit = c.plain ? c.bytes : 0;
	f->text_bytes = c.bytes;
	memcpy(f->text_sha256, c.sha256, sizeof(f->text_sha256));
	if (c.as_it_lies && !j->options->digest_none) {
		f->hashed = true;
		memcpy(f->sha256, c.sha256, sizeof(f->sha256));
	}
	/* Empty, or nothing but the beginning of a line? */
	if (!was)
		return c.bytes || c.end != END_WHOLE;
	go_on_from(j, n, was, c.plain && !source->format->whole, f);
	return was->bytes < c.bytes;
}

/* Two files of tonight with one text, of different feeds: a log that was copied to where old ones go. */
static bool
copy_of_tonight(const struct judging *j, uint32_t n, const struct logfile *f)
{
	for (uint32_t i = j->night->first_file; i < n && f->text_bytes >= SHARED_LEAST; i++) {
		const struct logfile *g = facts_file(j->facts, i);

		if (g->system == f->system && g->text_bytes == f->text_bytes &&
		    memcmp(g->text_sha256, f->text_sha256, sizeof(f->text_sha256)) == 0)
			return true;
	}
	return false;
}

void
night_sift(struct judging *j)
{
	struct night *night = j->night;
	struct known *known = xalloc(j->policy.system_count, sizeof(*known));
	uint32_t n = night->first_file, all = facts_file_count(j->facts);

	for (uint32_t i = n; i < all; i++) {
		struct logfile *f = facts_file(j->facts, i);

		if (says_more(j, n, &known[f->system], f) && !copy_of_tonight(j, n, f))
			*facts_file(j->facts, n++) = *f;
	}
	facts_files_end(j->facts, n);
	forget_known(known, j->policy.system_count);
	if (n < all && j->options->stats)
		error_add(&j->warnings, "%u input%s had nothing new since the last night", all - n,
			  all - n == 1 ? "" : "s");
}

static const struct shelved *
shelf_of(const struct night *n, uint32_t file)
{
	for (size_t i = 0; i < n->shelved.n; i++) {
		if (file - n->shelved.at[i].first_file < n->shelved.at[i].files)
			return &n->shelved.at[i];
	}
	return NULL;
}

static const struct state_line *
kept(const struct night *n, const struct evidence *e)
{
	uint32_t file = where_file(e->fact.where);
	const struct shelved *s = shelf_of(n, file);

	return s ? state_line(n->state, s->part, file - s->first_file, where_offset(e->fact.where),
			      e->fact.digest)
		 : NULL;
}

bool
night_line(const struct night *n, struct evidence *e)
{
	const struct state_line *line = n ? kept(n, e) : NULL;

	if (!line)
		return false;
	e->raw = line->raw;
	e->line = line->line;
	e->unverified = line->unverified;
	e->fetched = true;
	return true;
}

/* What is handed to the state, until it is committed. */
struct leaving {
	struct arena arena;
	VEC(struct state_input) input;
	VEC(struct state_line) line;
	VEC(struct state_finding) finding;
	struct state_night night;
};

static void
leave_input(struct leaving *l, const struct judging *j, uint32_t number, const struct logfile *f)
{
	struct state_input in = { .number = number,
				  .system = j->policy.system[f->system].id,
				  .feed = f->feed,
				  .path = f->path,
				  .bytes = f->text_bytes,
				  .packed = f->packing != NULL };

	memcpy(in.sha256, f->text_sha256, sizeof(in.sha256));
	/* What did not end well is read again next time: its lines are doubles then. */
	if (f->end == END_WHOLE && f->text_bytes)
		*VEC_PUSH(&l->input) = in;
}

static void
leave_lines(struct leaving *l, const struct judging *j)
{
	const struct night *n = j->night;

	for (size_t i = 0; i < j->verdicts.finding.n; i++) {
		const struct finding *f = j->verdicts.finding.at[i];

		for (size_t k = 0; k < f->sample_count; k++) {
			const struct evidence *e = &f->sample[k];
			uint32_t file = where_file(e->fact.where);
			const struct shelved *s = shelf_of(n, file);

			if (!e->fetched || kept(n, e))
				continue;
			*VEC_PUSH(&l->line) = (struct state_line){
				.part = s ? s->part : 0,
				.number = file - (s ? s->first_file : n->first_file),
				.offset = where_offset(e->fact.where),
				.line = e->line,
				.digest = e->fact.digest,
				.unverified = e->unverified,
				.raw = e->raw,
			};
		}
	}
}

/* The record's lines: one a finding, in their order, and the run's is the last. */
static void
leave_record(struct leaving *l, const struct judging *j, struct str record, enum status status)
{
	const struct verdicts *v = &j->verdicts;
	struct state_run *run = &l->night.run;
	struct str line = { 0 };

	for (size_t i = 0; record.n; i++) {
		line = str_split(&record, '\n');
		if (i < v->finding.n)
			*VEC_PUSH(&l->finding) =
				(struct state_finding){ .fp_case =
								str_of(v->finding.at[i]->fp_case),
							.fp_occ = str_of(v->finding.at[i]->fp_occ),
							.record = line };
	}
	*run = (struct state_run){ .now = j->options->now,
				   .record = line,
				   .lines = j->run.lines,
				   .events = j->run.events,
				   .findings = v->finding.n,
				   .status = (int)status };
	memcpy(run->findings_digest, j->run.findings_digest, sizeof(run->findings_digest));
}

/* Tonight's facts to a file of the state that nothing names yet. */
static int
leave_part(struct leaving *l, const struct judging *j, struct errors *err)
{
	struct part_choice own = { .first_file = j->night->first_file, .own = true };
	struct state_part *p = &l->night.part;
	struct part_made made;
	struct stat st;
	struct out o;

	if (facts_file_count(j->facts) == j->night->first_file)
		return 0;
	p->path = state_part_room(j->night->state, &l->arena);
	if (out_open(&o, p->path, err) != 0)
		return -1;
	if (part_save(j->facts, &own, j->policy.parse_digest, &o, &made) != 0) {
		out_discard(&o);
		return error_add(err, "spilled events could not be read back");
	}
	if (out_close(&o, err) != 0)
		return -1;
	memcpy(p->identity, made.identity, sizeof(p->identity));
	p->first_day = made.first_day;
	p->last_day = made.last_day;
	p->events = made.events;
	p->bytes = stat(p->path.p, &st) == 0 ? (uint64_t)st.st_size : 0;
	return 0;
}

/* Days before it have been kept long enough. */
static int32_t
purge_day(const struct judging *j)
{
	int64_t first, last;

	if (!j->source.span(j->source.facts, &first, &last))
		return INT32_MIN;
	return jst_day(last) - (int32_t)j->options->keep_days + 1;
}

int
night_commit(struct judging *j, struct str record, enum status status, struct errors *err)
{
	struct leaving l = { .night = { .now = j->options->now, .purge_before = purge_day(j) } };
	uint32_t first = j->night->first_file;
	int rc;

	memcpy(l.night.parse_digest, j->policy.parse_digest, sizeof(l.night.parse_digest));
	for (uint32_t i = first; i < facts_file_count(j->facts); i++)
		leave_input(&l, j, i - first, facts_file(j->facts, i));
	leave_lines(&l, j);
	leave_record(&l, j, record, status);
	rc = leave_part(&l, j, err);
	l.night.input = l.input.at;
	l.night.input_count = l.input.n;
	l.night.line = l.line.at;
	l.night.line_count = l.line.n;
	l.night.finding = l.finding.at;
	l.night.finding_count = l.finding.n;
	if (rc == 0)
		rc = state_commit(j->night->state, &l.night, err);
	VEC_FREE(&l.input);
	VEC_FREE(&l.line);
	VEC_FREE(&l.finding);
	arena_free(&l.arena);
	return rc;
}

void
night_close(struct night *n)
{
	if (!n)
		return;
	state_close(n->state);
	VEC_FREE(&n->shelved);
	free(n);
}
