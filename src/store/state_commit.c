/*
 * state_commit.c - one night into the state, all of it or nothing.
 *
 * What the state will be is worked out in memory first, sealed and linked; then the part gets its name, and one
 * transaction makes the rows so.  What a purge dropped is removed when the rows that named it are gone.
 */
#include "store/state_own.h"

static const struct state_link *
newest(const struct state *s)
{
	return s->link.n ? &s->link.at[s->link.n - 1] : NULL;
}

static int
write_parts(const struct state *s, const struct state_next *to)
{
	int rc = SQLITE_OK;

	for (size_t i = 0; i < s->content.part.n && rc == SQLITE_OK; i++) {
		int64_t id = s->content.part.at[i].id;
		const struct state_part *p = content_part(&to->content, id);
		const uint8_t *seal = p ? to->content.seal[p - to->content.part.at] : NULL;

		if (!p)
			rc = rows_drop_part(s->db, id);
		else if (memcmp(seal, s->content.seal[i], STATE_DIGEST) != 0)
			rc = rows_seal_part(s->db, id, seal);
	}
	if (rc == SQLITE_OK && to->part.id && !to->part_goes)
		rc = rows_add_part(s->db, &to->part, to->content.seal[to->content.part.n - 1]);
	return rc;
}

static int
write_rows(const struct state *s, const struct state_next *to)
{
	const struct state_content *c = &to->content;
	int rc = write_parts(s, to);

	if (rc == SQLITE_OK && c->input.n > to->old_inputs)
		rc = rows_add_inputs(s->db, &c->input.at[to->old_inputs],
				     c->input.n - to->old_inputs);
	if (rc == SQLITE_OK && c->line.n > to->old_lines)
		rc = rows_add_lines(s->db, &c->line.at[to->old_lines], c->line.n - to->old_lines);
	if (rc == SQLITE_OK && to->new_findings)
		rc = rows_drop_findings(s->db);
	if (rc == SQLITE_OK && to->new_findings)
		rc = rows_add_findings(s->db, c->finding.at, c->finding.n);
	if (rc == SQLITE_OK)
		rc = rows_drop_records(s->db, to->link.run.id - STATE_RECORDS_KEPT);
	return rc == SQLITE_OK ? rows_add_link(s->db, &to->link) : rc;
}

/* COMMIT may fail in its very last step, when the rows are there already: so look. */
static const char *
how_it_is(const struct state *s, const struct state_next *to)
{
	if (rows_head_is(s->db, newest(s)))
		return "it is as it was";
	if (rows_head_is(s->db, &to->link))
		return "the run is in it, but a loss of power could take it back; run again";
	return "it will open as it was, or with this run in it; run again";
}

/* One transaction.  -1: told. */
static int
transact(struct state *s, const struct state_next *to, struct errors *err)
{
	int system, rc = db_run(s->db, "BEGIN IMMEDIATE");

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
	system = sqlite3_system_errno(s->db);
	if (!sqlite3_get_autocommit(s->db))
		(void)db_run(s->db, "ROLLBACK");
	return error_add(err, "cannot write state '" STR_FMT "': %s%s%s; %s", STR_ARG(s->name),
			 sqlite3_errstr(rc), system ? ", " : "", system ? strerror(system) : "",
			 how_it_is(s, to));
}

/* The same bytes may have come twice, under two names. */
static bool
still_named(const struct state_next *to, const uint8_t identity[STATE_DIGEST])
{
	for (size_t i = 0; i < to->content.part.n; i++) {
		if (memcmp(to->content.part.at[i].identity, identity, STATE_DIGEST) == 0)
			return true;
	}
	return false;
}

static void
remove_dropped(const struct state *s, const struct state_next *to)
{
	for (size_t i = 0; i < s->content.part.n; i++) {
		const struct state_part *p = &s->content.part.at[i];

		if (!content_part(&to->content, p->id) && !still_named(to, p->identity))
			folder_drop(s, p->identity);
	}
}

static int
commit(struct state *s, const struct state_night *night, bool purge, struct errors *err)
{
	struct state_next to = { 0 };
	int rc = 0;

	if (!s->writes || s->committed)
		BUG("a state is written to once, and by who opened it for that");
	next_prepare(s, night, purge, &to);
	if (to.part.id && !to.part_goes)
		rc = folder_take_part(s, &to.part, err);
	if (rc == 0)
		rc = transact(s, &to, err);
	s->committed = rc == 0;
	if (rc == 0)
		remove_dropped(s, &to);
	if (rc == 0 && to.part_goes)
		folder_empty_room(s);
	next_free(&to);
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
