/*
 * state_change.c - rows to tables, within the one transaction of a night.
 */
#include "store/state_own.h"

struct change {
	sqlite3_stmt *st;
	int rc, next;
};

static struct change
change_of(sqlite3 *db, const char *sql)
{
	struct change c = { .next = 1 };

	c.rc = sqlite3_prepare_v2(db, sql, -1, &c.st, NULL);
	return c;
}

static void
put_i64(struct change *c, int64_t v)
{
	if (c->rc == SQLITE_OK)
		c->rc = sqlite3_bind_int64(c->st, c->next++, v);
}

static void
put_text(struct change *c, struct str s)
{
	if (c->rc == SQLITE_OK)
		c->rc = sqlite3_bind_blob64(c->st, c->next++, s.n ? s.p : "", s.n, SQLITE_STATIC);
}

static void
put_digest(struct change *c, const uint8_t digest[STATE_DIGEST])
{
	put_text(c, (struct str){ .p = (const char *)digest, .n = STATE_DIGEST });
}

/* This row is whole; the statement is ready for another. */
static bool
change_row(struct change *c)
{
	if (c->rc == SQLITE_OK)
		c->rc = sqlite3_step(c->st);
	if (c->rc == SQLITE_DONE)
		c->rc = sqlite3_reset(c->st);
	c->next = 1;
	return c->rc == SQLITE_OK;
}

static int
change_end(struct change *c)
{
	sqlite3_finalize(c->st);
	return c->rc;
}

static int
change_once(struct change *c)
{
	(void)change_row(c);
	return change_end(c);
}

int
rows_add_link(sqlite3 *db, const struct state_link *l)
{
	struct change c =
		change_of(db, "INSERT INTO run VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");

	put_i64(&c, l->run.id);
	put_i64(&c, l->purge);
	put_i64(&c, l->run.now);
	put_i64(&c, l->folded);
	put_digest(&c, l->parse_digest);
	put_text(&c, (struct str){ .p = l->run.findings_digest,
				   .n = sizeof(l->run.findings_digest) - 1 });
	put_i64(&c, (int64_t)l->run.lines);
	put_i64(&c, (int64_t)l->run.events);
	put_i64(&c, (int64_t)l->run.findings);
	put_i64(&c, l->run.status);
	put_i64(&c, l->run.purged_before);
	put_digest(&c, l->record_digest);
	put_text(&c, l->run.record);
	put_digest(&c, l->parts);
	put_digest(&c, l->gone);
	put_digest(&c, l->told);
	put_digest(&c, l->chain);
	return change_once(&c);
}

int
rows_add_part(sqlite3 *db, const struct state_part *p, const uint8_t seal[STATE_DIGEST])
{
	struct change c = change_of(db, "INSERT INTO part VALUES (?,?,?,?,?,?,?)");

	put_i64(&c, p->id);
	put_digest(&c, p->identity);
	put_i64(&c, p->first_day);
	put_i64(&c, p->last_day);
	put_i64(&c, (int64_t)p->events);
	put_i64(&c, (int64_t)p->bytes);
	put_digest(&c, seal);
	return change_once(&c);
}

int
rows_add_inputs(sqlite3 *db, const struct state_input *in, size_t n)
{
	struct change c = change_of(db, "INSERT INTO input VALUES (NULL,?,?,?,?,?,?,?,?)");

	for (size_t i = 0; i < n; i++) {
		put_i64(&c, in[i].part);
		put_i64(&c, in[i].number);
		put_text(&c, in[i].system);
		put_text(&c, in[i].feed);
		put_text(&c, in[i].path);
		put_i64(&c, (int64_t)in[i].bytes);
		put_digest(&c, in[i].sha256);
		put_i64(&c, in[i].packed);
		if (!change_row(&c))
			break;
	}
	return change_end(&c);
}

int
rows_add_lines(sqlite3 *db, const struct state_line *l, size_t n)
{
	struct change c = change_of(db, "INSERT INTO line VALUES (NULL,?,?,?,?,?,?,?)");

	for (size_t i = 0; i < n; i++) {
		put_i64(&c, l[i].part);
		put_i64(&c, l[i].number);
		put_i64(&c, (int64_t)l[i].offset);
		put_i64(&c, (int64_t)l[i].line);
		put_i64(&c, l[i].digest);
		put_i64(&c, l[i].unverified);
		put_text(&c, l[i].raw);
		if (!change_row(&c))
			break;
	}
	return change_end(&c);
}

int
rows_add_findings(sqlite3 *db, const struct state_finding *f, size_t n)
{
	struct change c = change_of(db, "INSERT INTO finding VALUES (NULL,?,?,?,?)");

	for (size_t i = 0; i < n; i++) {
		put_text(&c, f[i].fp_case);
		put_text(&c, f[i].fp_occ);
		put_i64(&c, f[i].first_told);
		put_text(&c, f[i].record);
		if (!change_row(&c))
			break;
	}
	return change_end(&c);
}

int
rows_seal_part(sqlite3 *db, int64_t part, const uint8_t seal[STATE_DIGEST])
{
	struct change c = change_of(db, "UPDATE part SET seal = ? WHERE id = ?");

	put_digest(&c, seal);
	put_i64(&c, part);
	return change_once(&c);
}

int
rows_drop_part(sqlite3 *db, int64_t part)
{
	static const char *const steps[] = { "UPDATE input SET part = 0 WHERE part = ?",
					     "DELETE FROM line WHERE part = ?",
					     "DELETE FROM part WHERE id = ?" };
	int rc = SQLITE_OK;

	for (size_t i = 0; i < COUNT(steps) && rc == SQLITE_OK; i++) {
		struct change c = change_of(db, steps[i]);

		put_i64(&c, part);
		rc = change_once(&c);
	}
	return rc;
}

int
rows_drop_findings(sqlite3 *db)
{
	return db_run(db, "DELETE FROM finding");
}

int
rows_drop_records(sqlite3 *db, int64_t up_to)
{
	struct change c =
		change_of(db, "UPDATE run SET record = NULL WHERE id <= ? AND record IS NOT NULL");

	put_i64(&c, up_to);
	return change_once(&c);
}

bool
rows_head_is(sqlite3 *db, const struct state_link *head)
{
	sqlite3_stmt *st = NULL;
	bool is = false;

	if (sqlite3_prepare_v2(db, "SELECT chain FROM run ORDER BY id DESC LIMIT 1", -1, &st,
			       NULL) == SQLITE_OK) {
		int rc = sqlite3_step(st);

		if (rc == SQLITE_DONE)
			is = head == NULL;
		else if (rc == SQLITE_ROW && head)
			is = sqlite3_column_bytes(st, 0) == STATE_DIGEST &&
			     memcmp(sqlite3_column_blob(st, 0), head->chain, STATE_DIGEST) == 0;
	}
	sqlite3_finalize(st);
	return is;
}
