/*
 * state_whose.c - is state.db a state of ours?  Asked of its first bytes before SQLite opens it, and of its tables then.
 */
#include "store/state_own.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { HEADER = 100, PAGE = 4096 };

const char *const db_tables[DB_TABLES][2] = {
	{ "run",
	  "CREATE TABLE run (id INTEGER PRIMARY KEY, purge INTEGER NOT NULL, now INTEGER NOT NULL, "
	  "folded INTEGER NOT NULL, parse_digest BLOB NOT NULL, findings_digest BLOB NOT NULL, "
	  "lines INTEGER NOT NULL, events INTEGER NOT NULL, findings INTEGER NOT NULL, "
	  "status INTEGER NOT NULL, purged_before INTEGER NOT NULL, record_digest BLOB NOT NULL, "
	  "record BLOB, parts BLOB NOT NULL, gone BLOB NOT NULL, told BLOB NOT NULL, "
	  "chain BLOB NOT NULL)" },
	{ "part", "CREATE TABLE part (id INTEGER PRIMARY KEY, identity BLOB NOT NULL, "
		  "first_day INTEGER NOT NULL, last_day INTEGER NOT NULL, events INTEGER NOT NULL, "
		  "bytes INTEGER NOT NULL, seal BLOB NOT NULL)" },
	{ "input", "CREATE TABLE input (id INTEGER PRIMARY KEY, part INTEGER NOT NULL, "
		   "number INTEGER NOT NULL, system BLOB NOT NULL, feed BLOB NOT NULL, "
		   "path BLOB NOT NULL, bytes INTEGER NOT NULL, sha256 BLOB NOT NULL, "
		   "packed INTEGER NOT NULL)" },
	{ "line", "CREATE TABLE line (id INTEGER PRIMARY KEY, part INTEGER NOT NULL, "
		  "number INTEGER NOT NULL, offset INTEGER NOT NULL, line INTEGER NOT NULL, "
		  "digest INTEGER NOT NULL, unverified INTEGER NOT NULL, raw BLOB NOT NULL)" },
	{ "finding", "CREATE TABLE finding (id INTEGER PRIMARY KEY, fp_case BLOB NOT NULL, "
		     "fp_occ BLOB NOT NULL, first_told INTEGER NOT NULL, record BLOB NOT NULL)" },
};

static uint32_t
big_endian(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

bool
db_column_is(sqlite3_stmt *st, int column, const char *text)
{
	const char *got = (const char *)sqlite3_column_text(st, column);

	return got && str_is((struct str){ got, (size_t)sqlite3_column_bytes(st, column) }, text);
}

/* Our tables, and nothing that we did not make: no view, trigger or index can be in the way of what is asked. */
int
db_tables_are_ours(sqlite3 *db, bool *ours)
{
	sqlite3_stmt *st = NULL;
	size_t n = 0;
	int rc = sqlite3_prepare_v2(db, "SELECT type, name, sql FROM sqlite_schema ORDER BY rowid",
				    -1, &st, NULL);

	*ours = true;
	if (rc != SQLITE_OK)
		return rc;
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		*ours = *ours && n < DB_TABLES && db_column_is(st, 0, "table") &&
			db_column_is(st, 1, db_tables[n][0]) &&
			db_column_is(st, 2, db_tables[n][1]);
		n++;
	}
	*ours = *ours && n == DB_TABLES;
	sqlite3_finalize(st);
	return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

/* One flipped bit makes no other version: that has other tables, too. */
enum state_opened
db_whose(const struct state *s, const struct db_header *h, bool ours, struct errors *err)
{
	bool is_state = h->application == STATE_APPLICATION;

	if (ours && is_state && h->version == STATE_VERSION)
		return STATE_OPENED;
	if (!ours && !is_state) {
		error_add(err,
			  "'" STR_FMT "/state.db' is a database, but no state of sekisho; "
			  "name another folder",
			  STR_ARG(s->name));
		return STATE_REFUSED;
	}
	if (!ours && h->version != STATE_VERSION) {
		error_add(err,
			  "state '" STR_FMT
			  "' is of version %u, and this program reads version %d; "
			  "use the sekisho that wrote it, or begin another folder with the logs",
			  STR_ARG(s->name), (unsigned)h->version, STATE_VERSION);
		return STATE_REFUSED;
	}
	error_add(err,
		  "state '" STR_FMT "' is damaged: state.db does not have the %s of a state; "
		  "restore the folder from a copy, nothing in it was touched",
		  STR_ARG(s->name), ours ? "marks" : "tables");
	return STATE_DAMAGED;
}

enum state_opened
db_read_header(const struct state *s, struct db_header *h, struct errors *err)
{
	static const char magic[16] = "SQLite format 3";
	unsigned char b[HEADER] = { 0 };
	int fd = openat(s->folder, "state.db", O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	ssize_t n = fd >= 0 ? pread(fd, b, sizeof(b), 0) : -1;
	int failed = errno;

	if (fd >= 0)
		close(fd);
	if (n < 0) {
		error_add(err, "cannot read state '" STR_FMT "': state.db: %s", STR_ARG(s->name),
			  strerror(failed));
		return STATE_FAILED;
	}
	h->version = big_endian(b + 60);
	h->application = big_endian(b + 68);
	/* Page size, no WAL, no reserved bytes, the fractions that are constants of the format. */
	if (n == HEADER && memcmp(b, magic, sizeof(magic)) == 0 && (b[16] << 8 | b[17]) == PAGE &&
	    b[18] == 1 && b[19] == 1 && b[20] == 0 && b[21] == 64 && b[22] == 32 && b[23] == 32)
		return STATE_OPENED;
	return h->application == STATE_APPLICATION && h->version != STATE_VERSION
		       ? db_whose(s, h, false, err)
		       : db_told(s, SQLITE_NOTADB, err);
}
