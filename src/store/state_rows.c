/*
 * state_rows.c - tables to arrays.  Every type and range is looked at: whoever wrote the file may be
 * hostile, and what a row may not say is damage, never a guess.
 */
#include "store/state_own.h"

#include "base/sha256.h"

/* Rows on their way in.  `wrong`: one said what no row of ours says. */
struct rows {
	struct state *s;
	sqlite3_stmt *st;
	int rc;
	bool wrong;
};

static struct rows
rows_of(struct state *s, const char *sql)
{
	struct rows r = { .s = s };

	r.rc = sqlite3_prepare_v2(s->db, sql, -1, &r.st, NULL);
	return r;
}

static bool
rows_next(struct rows *r)
{
	if (r->rc != SQLITE_OK || r->wrong)
		return false;
	r->rc = sqlite3_step(r->st);
	if (r->rc != SQLITE_ROW)
		return false;
	r->rc = SQLITE_OK;
	return true;
}

static int64_t
take_i64(struct rows *r, int column, int64_t least, int64_t most)
{
	int64_t v = sqlite3_column_int64(r->st, column);

	if (sqlite3_column_type(r->st, column) != SQLITE_INTEGER || v < least || v > most) {
		r->wrong = true;
		return least;
	}
	return v;
}

static bool
take_flag(struct rows *r, int column)
{
	return take_i64(r, column, 0, 1) != 0;
}

static uint64_t
take_count(struct rows *r, int column)
{
	return (uint64_t)take_i64(r, column, 0, INT64_MAX);
}

static struct str
take_text(struct rows *r, int column)
{
	struct str borrowed = { 0 };

	if (sqlite3_column_type(r->st, column) != SQLITE_BLOB) {
		r->wrong = true;
		return borrowed;
	}
	borrowed.p = sqlite3_column_blob(r->st, column);
	borrowed.n = (size_t)sqlite3_column_bytes(r->st, column);
	return borrowed.n ? arena_str(&r->s->arena, borrowed) : STR("");
}

static void
take_bytes(struct rows *r, int column, void *out, size_t n)
{
	struct str got = { 0 };

	if (sqlite3_column_type(r->st, column) == SQLITE_BLOB) {
		got.p = sqlite3_column_blob(r->st, column);
		got.n = (size_t)sqlite3_column_bytes(r->st, column);
	}
	if (got.n != n || !got.p)
		r->wrong = true;
	else
		memcpy(out, got.p, n);
}

static void
take_link(struct rows *r)
{
	struct state_link l = { 0 };

	l.run.id = take_i64(r, 0, 1, INT64_MAX);
	l.purge = take_flag(r, 1);
	l.run.now = take_i64(r, 2, INT64_MIN, INT64_MAX);
	l.folded = take_flag(r, 3);
	take_bytes(r, 4, l.parse_digest, sizeof(l.parse_digest));
	take_bytes(r, 5, l.run.findings_digest, sizeof(l.run.findings_digest) - 1);
	l.run.lines = take_count(r, 6);
	l.run.events = take_count(r, 7);
	l.run.findings = take_count(r, 8);
	l.run.status = (int)take_i64(r, 9, INT32_MIN, INT32_MAX);
	l.run.purged_before = (int32_t)take_i64(r, 10, INT32_MIN, INT32_MAX);
	take_bytes(r, 11, l.record_digest, sizeof(l.record_digest));
	if (sqlite3_column_type(r->st, 12) != SQLITE_NULL)
		l.run.record = take_text(r, 12);
	take_bytes(r, 13, l.parts, sizeof(l.parts));
	take_bytes(r, 14, l.gone, sizeof(l.gone));
	take_bytes(r, 15, l.told, sizeof(l.told));
	take_bytes(r, 16, l.chain, sizeof(l.chain));
	sha256_hex(l.chain, l.run.chain);
	*VEC_PUSH(&r->s->link) = l;
}

static void
take_part(struct rows *r)
{
	struct state_content *c = &r->s->content;
	struct state_part *p = VEC_PUSH(&c->part);

	*p = (struct state_part){ .id = take_i64(r, 0, 1, INT64_MAX) };
	take_bytes(r, 1, p->identity, sizeof(p->identity));
	p->first_day = (int32_t)take_i64(r, 2, INT32_MIN, INT32_MAX);
	p->last_day = (int32_t)take_i64(r, 3, INT32_MIN, INT32_MAX);
	p->events = take_count(r, 4);
	p->bytes = take_count(r, 5);
	p->path = folder_part_path(r->s, &r->s->arena, p->identity);
	c->seal = xrealloc(c->seal, c->part.n, sizeof(*c->seal));
	take_bytes(r, 6, c->seal[c->part.n - 1], sizeof(*c->seal));
}

static void
take_input(struct rows *r)
{
	struct state_input *in = VEC_PUSH(&r->s->content.input);

	*in = (struct state_input){ .part = take_i64(r, 0, 0, INT64_MAX) };
	in->number = (uint32_t)take_i64(r, 1, 0, UINT32_MAX);
	in->system = take_text(r, 2);
	in->feed = take_text(r, 3);
	in->path = take_text(r, 4);
	in->bytes = take_count(r, 5);
	take_bytes(r, 6, in->sha256, sizeof(in->sha256));
	in->packed = take_flag(r, 7);
}

static void
take_line(struct rows *r)
{
	struct state_line *l = VEC_PUSH(&r->s->content.line);

	*l = (struct state_line){ .part = take_i64(r, 0, 1, INT64_MAX) };
	l->number = (uint32_t)take_i64(r, 1, 0, UINT32_MAX);
	l->offset = take_count(r, 2);
	l->line = take_count(r, 3);
	l->digest = (uint32_t)take_i64(r, 4, 0, UINT32_MAX);
	l->unverified = take_flag(r, 5);
	l->raw = take_text(r, 6);
}

static void
take_finding(struct rows *r)
{
	struct state_finding *f = VEC_PUSH(&r->s->content.finding);

	*f = (struct state_finding){ .fp_case = take_text(r, 0) };
	f->fp_occ = take_text(r, 1);
	f->first_told = take_i64(r, 2, INT64_MIN, INT64_MAX);
	f->record = take_text(r, 3);
}

enum state_opened
rows_load(struct state *s, struct errors *err)
{
	static const struct {
		const char *table, *sql;
		void (*take)(struct rows *r);
	} tables[] = {
		{ "run",
		  "SELECT id, purge, now, folded, parse_digest, findings_digest, lines, events, "
		  "findings, status, purged_before, record_digest, record, parts, gone, told, "
		  "chain "
		  "FROM run ORDER BY id",
		  take_link },
		{ "part",
		  "SELECT id, identity, first_day, last_day, events, bytes, seal FROM part "
		  "ORDER BY id",
		  take_part },
		{ "input",
		  "SELECT part, number, system, feed, path, bytes, sha256, packed FROM input "
		  "ORDER BY id",
		  take_input },
		{ "line",
		  "SELECT part, number, offset, line, digest, unverified, raw FROM line ORDER BY "
		  "id",
		  take_line },
		{ "finding", "SELECT fp_case, fp_occ, first_told, record FROM finding ORDER BY id",
		  take_finding },
	};

	for (size_t i = 0; i < COUNT(tables); i++) {
		struct rows r = rows_of(s, tables[i].sql);

		while (rows_next(&r))
			tables[i].take(&r);
		sqlite3_finalize(r.st);
		if (r.wrong) {
			error_add(err,
				  "state '" STR_FMT
				  "' is damaged: a row of its table '%s' says what "
				  "none may; restore the folder from a copy, nothing was touched",
				  STR_ARG(s->name), tables[i].table);
			return STATE_DAMAGED;
		}
		if (r.rc != SQLITE_DONE)
			return db_told(s, r.rc, err);
	}
	return STATE_OPENED;
}
