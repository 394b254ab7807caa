/*
 * state_commit.c - one night into the state, all of it or nothing.
 *
 * What the state will be is worked out in memory first, sealed and linked; then the part gets its name, and one
 * transaction makes the rows so.  What a purge dropped is removed when the rows that named it are gone.
 */
#include "store/state_own.h"

#include "base/civil.h"
#include "base/sha256.h"

struct step {
	struct state_content next;
	struct state_link link;
	struct state_part part; /* the new one; id 0: none */
	bool part_goes;         /* at once: all of it is older than the boundary */
	size_t old_inputs;      /* of `next`, how many stood there before */
	size_t old_lines;
	bool new_findings;
};

static bool
goes(const struct state_part *p, int64_t run_now, int32_t before)
{
	int32_t last = p->first_day > p->last_day ? jst_day(run_now) : p->last_day;

	return before != INT32_MIN && last < before;
}

bool
state_part_goes(const struct state *s, const struct state_part *part, int32_t before)
{
	return goes(part, s->link.at[part->id - 1].run.now, before);
}

static void
keep_parts(const struct state *s, const struct state_night *night, struct step *to)
{
	bool dropped = to->part_goes;

	for (size_t i = 0; i < s->content.part.n; i++) {
		const struct state_part *p = &s->content.part.at[i];

		if (state_part_goes(s, p, night->purge_before))
			dropped = true;
		else
			*VEC_PUSH(&to->next.part) = *p;
	}
	if (to->part.id && !to->part_goes)
		*VEC_PUSH(&to->next.part) = to->part;
	to->link.run.purged_before = state_purged_before(s);
	if (dropped && night->purge_before > to->link.run.purged_before)
		to->link.run.purged_before = night->purge_before;
}

static void
keep_inputs(const struct state *s, const struct state_night *night, struct step *to)
{
	for (size_t i = 0; i < s->content.input.n; i++) {
		struct state_input in = s->content.input.at[i];

		if (!content_part(&to->next, in.part))
			in.part = 0;
		*VEC_PUSH(&to->next.input) = in;
	}
	to->old_inputs = to->next.input.n;
	for (size_t i = 0; i < night->input_count; i++) {
		struct state_input in = night->input[i];

		in.part = to->part_goes ? 0 : to->part.id;
		*VEC_PUSH(&to->next.input) = in;
	}
}

/* Those that are not kept yet, in an order that nothing but they decide, each once. */
static void
add_lines(const struct state *s, const struct state_night *night, struct step *to)
{
	struct state_line *l = xalloc(night->line_count + 1, sizeof(*l));
	size_t n = 0;

	for (size_t i = 0; i < night->line_count; i++) {
		l[n] = night->line[i];
		if (l[n].part == 0)
			l[n].part = to->part.id;
		if (l[n].part < 1 || l[n].part > to->link.run.id)
			BUG("a line of part %lld, and no such part", (long long)l[n].part);
		n += content_part(&to->next, l[n].part) != NULL;
	}
	qsort(l, n, sizeof(*l), state_line_order);
	for (size_t i = 0; i < n; i++) {
		if ((i == 0 || state_line_order(&l[i - 1], &l[i]) != 0) &&
		    !state_line(s, l[i].part, l[i].number, l[i].offset, l[i].digest))
			*VEC_PUSH(&to->next.line) = l[i];
	}
	free(l);
}

static void
keep_lines(const struct state *s, const struct state_night *night, struct step *to)
{
	for (size_t i = 0; i < s->content.line.n; i++) {
		if (content_part(&to->next, s->content.line.at[i].part))
			*VEC_PUSH(&to->next.line) = s->content.line.at[i];
	}
	to->old_lines = to->next.line.n;
	add_lines(s, night, to);
}

static int
finding_order(const void *a, const void *b)
{
	const struct state_finding *x = a, *y = b;
	int c = str_cmp(x->fp_case, y->fp_case);

	c = c ? c : str_cmp(x->fp_occ, y->fp_occ);
	return c ? c : str_cmp(x->record, y->record);
}

static int
case_order(const void *key, const void *finding)
{
	return str_cmp(*(const struct str *)key, ((const struct state_finding *)finding)->fp_case);
}

static void
replace_findings(const struct state *s, const struct state_night *night, struct step *to)
{
	for (size_t i = 0; i < night->finding_count; i++) {
		struct state_finding f = night->finding[i];
		const struct state_finding *old =
			s->content.finding.n ? bsearch(&f.fp_case, s->content.finding.at,
						       s->content.finding.n, sizeof(f), case_order)
					     : NULL;

		f.first_told = old ? old->first_told : night->now;
		*VEC_PUSH(&to->next.finding) = f;
	}
	if (to->next.finding.n)
		qsort(to->next.finding.at, to->next.finding.n, sizeof(*to->next.finding.at),
		      finding_order);
	to->new_findings = true;
}

static void
keep_findings(const struct state *s, struct step *to)
{
	for (size_t i = 0; i < s->content.finding.n; i++)
		*VEC_PUSH(&to->next.finding) = s->content.finding.at[i];
}

static const struct state_link *
newest(const struct state *s)
{
	return s->link.n ? &s->link.at[s->link.n - 1] : NULL;
}

static void
prepare(const struct state *s, const struct state_night *night, bool purge, struct step *to)
{
	struct state_link *l = &to->link;

	l->run = night->run;
	l->run.id = (int64_t)s->link.n + 1;
	l->run.now = night->now;
	l->purge = purge;
	l->folded = !purge;
	memcpy(l->parse_digest, night->parse_digest, sizeof(l->parse_digest));
	sha256_of(l->run.record, l->record_digest);
	if (night->part.path.n) {
		to->part = night->part;
		to->part.id = l->run.id;
		to->part_goes = goes(&to->part, night->now, night->purge_before);
	}
	keep_parts(s, night, to);
	keep_inputs(s, night, to);
	keep_lines(s, night, to);
	if (purge)
		keep_findings(s, to);
	else
		replace_findings(s, night, to);
	if (!seal_content(&to->next, l))
		BUG("a row of the new state names no part of it");
	seal_link(l, newest(s));
}

static int
write_parts(const struct state *s, const struct step *to)
{
	int rc = SQLITE_OK;

	for (size_t i = 0; i < s->content.part.n && rc == SQLITE_OK; i++) {
		int64_t id = s->content.part.at[i].id;
		const struct state_part *p = content_part(&to->next, id);
		const uint8_t *seal = p ? to->next.seal[p - to->next.part.at] : NULL;

		if (!p)
			rc = rows_drop_part(s->db, id);
		else if (memcmp(seal, s->content.seal[i], STATE_DIGEST) != 0)
			rc = rows_seal_part(s->db, id, seal);
	}
	if (rc == SQLITE_OK && to->part.id && !to->part_goes)
		rc = rows_add_part(s->db, &to->part, to->next.seal[to->next.part.n - 1]);
	return rc;
}

static int
write_rows(const struct state *s, const struct step *to)
{
	int rc = write_parts(s, to);

	for (size_t i = to->old_inputs; i < to->next.input.n && rc == SQLITE_OK; i++)
		rc = rows_add_input(s->db, &to->next.input.at[i]);
	for (size_t i = to->old_lines; i < to->next.line.n && rc == SQLITE_OK; i++)
		rc = rows_add_line(s->db, &to->next.line.at[i]);
	if (rc == SQLITE_OK && to->new_findings)
		rc = rows_drop_findings(s->db);
	for (size_t i = 0; i < to->next.finding.n && to->new_findings && rc == SQLITE_OK; i++)
		rc = rows_add_finding(s->db, &to->next.finding.at[i]);
	if (rc == SQLITE_OK)
		rc = rows_drop_records(s->db, to->link.run.id - STATE_RECORDS_KEPT);
	return rc == SQLITE_OK ? rows_add_link(s->db, &to->link) : rc;
}

static int
not_written(const struct state *s, int rc, struct errors *err)
{
	int system = sqlite3_system_errno(s->db);

	return error_add(err, "cannot write state '" STR_FMT "': %s%s%s; it is as it was",
			 STR_ARG(s->name), sqlite3_errstr(rc), system ? ", " : "",
			 system ? strerror(system) : "");
}

/* One transaction.  -1: told. */
static int
transact(struct state *s, const struct step *to, struct errors *err)
{
	int rc = db_run(s->db, "BEGIN IMMEDIATE");

	if (rc == SQLITE_OK && !rows_head_is(s->db, newest(s))) {
		(void)db_run(s->db, "ROLLBACK");
		return error_add(err,
				 "state '" STR_FMT "' was written to meanwhile by somebody who did "
				 "not take its lock; run again",
				 STR_ARG(s->name));
	}
	if (rc == SQLITE_OK)
		rc = write_rows(s, to);
	if (rc == SQLITE_OK)
		rc = db_run(s->db, "COMMIT");
	if (rc == SQLITE_OK)
		return 0;
	(void)not_written(s, rc, err);
	if (!sqlite3_get_autocommit(s->db))
		(void)db_run(s->db, "ROLLBACK");
	return -1;
}

/* The same bytes may have come twice, under two names. */
static bool
still_named(const struct step *to, const uint8_t identity[STATE_DIGEST])
{
	for (size_t i = 0; i < to->next.part.n; i++) {
		if (memcmp(to->next.part.at[i].identity, identity, STATE_DIGEST) == 0)
			return true;
	}
	return false;
}

static void
remove_dropped(const struct state *s, const struct step *to)
{
	for (size_t i = 0; i < s->content.part.n; i++) {
		const struct state_part *p = &s->content.part.at[i];

		if (!content_part(&to->next, p->id) && !still_named(to, p->identity))
			folder_drop(s, p->identity);
	}
}

static int
commit(struct state *s, const struct state_night *night, bool purge, struct errors *err)
{
	struct step to = { 0 };
	int rc = 0;

	if (!s->writes || s->committed)
		BUG("a state is written to once, and by who opened it for that");
	prepare(s, night, purge, &to);
	if (to.part.id && !to.part_goes)
		rc = folder_take_part(s, &to.part, err);
	if (rc == 0)
		rc = transact(s, &to, err);
	s->committed = rc == 0;
	if (rc == 0)
		remove_dropped(s, &to);
	if (rc == 0 && to.part_goes)
		folder_empty_room(s);
	VEC_FREE(&to.next.part);
	VEC_FREE(&to.next.input);
	VEC_FREE(&to.next.line);
	VEC_FREE(&to.next.finding);
	free(to.next.seal);
	return rc;
}

static bool
may_fold(const struct state *s, const struct state_night *night)
{
	uint8_t digest[STATE_DIGEST];

	return !state_parse_digest(s, digest) ||
	       memcmp(digest, night->parse_digest, sizeof(digest)) == 0;
}

int
state_purge(struct state *s, int64_t now, int32_t before, struct errors *err)
{
	struct state_night night = { .now = now, .purge_before = before };
	const struct state_link *last = newest(s);

	/* The findings that stay are still those of that run. */
	if (last)
		memcpy(night.run.findings_digest, last->run.findings_digest,
		       sizeof(night.run.findings_digest));
	night.run.findings = s->content.finding.n;
	return commit(s, &night, true, err);
}

int
state_commit(struct state *s, const struct state_night *night, struct errors *err)
{
	if (!may_fold(s, night))
		return error_add(
			err,
			"state '" STR_FMT "' was read under another policy (format, "
			"extract, resources or normalise differ); begin another folder with "
			"the logs",
			STR_ARG(s->name));
	return commit(s, night, false, err);
}
