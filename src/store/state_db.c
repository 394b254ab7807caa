/*
 * state_db.c - SQLite, opened as if a stranger had written the file: nothing in it is run, and only our tables are read.
 *
 * A rollback journal that is deleted, and not WAL: at rest the state is one file, so a copy of the folder is whole, and
 * an auditor may read where he may not write (WAL wants -shm made beside it).  synchronous is EXTRA, not FULL: with FULL
 * the deletion of the journal is not flushed, and after a loss of power a commit may be taken back whose purge has
 * removed parts already.
 */
#include "store/state_own.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { LENGTH_MOST = 256 << 20, BUSY_MS = 30000 };

int
db_run(sqlite3 *db, const char *sql)
{
	return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

enum state_opened
db_told(const struct state *s, int rc, struct errors *err)
{
	int first = rc & 0xff, system = s->db ? sqlite3_system_errno(s->db) : 0;

	switch (first) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		error_add(err,
			  "state '" STR_FMT "' is being written by another process; "
			  "try again when it has ended",
			  STR_ARG(s->name));
		return STATE_REFUSED;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_FORMAT:
	case SQLITE_ERROR:
	case SQLITE_TOOBIG:
	case SQLITE_MISMATCH:
	case SQLITE_CONSTRAINT:
		error_add(err,
			  "state '" STR_FMT "' is damaged: state.db: %s; restore the folder from a "
			  "copy, nothing in it was touched",
			  STR_ARG(s->name), sqlite3_errstr(first));
		return STATE_DAMAGED;
	default:
		error_add(err, "cannot open state '" STR_FMT "': state.db: %s%s%s",
			  STR_ARG(s->name), sqlite3_errstr(rc), system ? ", " : "",
			  system ? strerror(system) : "");
		return STATE_FAILED;
	}
}

static void
limit(sqlite3 *db)
{
	static const struct {
		int which, most;
	} limits[] = {
		{ SQLITE_LIMIT_LENGTH, LENGTH_MOST }, { SQLITE_LIMIT_SQL_LENGTH, 4096 },
		{ SQLITE_LIMIT_COLUMN, 32 },          { SQLITE_LIMIT_EXPR_DEPTH, 16 },
		{ SQLITE_LIMIT_COMPOUND_SELECT, 2 },  { SQLITE_LIMIT_FUNCTION_ARG, 8 },
		{ SQLITE_LIMIT_ATTACHED, 0 },         { SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 16 },
		{ SQLITE_LIMIT_VARIABLE_NUMBER, 32 }, { SQLITE_LIMIT_TRIGGER_DEPTH, 1 },
		{ SQLITE_LIMIT_WORKER_THREADS, 0 },
	};

	for (size_t i = 0; i < COUNT(limits); i++)
		sqlite3_limit(db, limits[i].which, limits[i].most);
}

static int
defend(sqlite3 *db)
{
	static const struct {
		int which, on;
	} switches[] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
		{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
		{ SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
		{ SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_DQS_DML, 0 },
		{ SQLITE_DBCONFIG_DQS_DDL, 0 },
		{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
	};
	int rc = SQLITE_OK;

	sqlite3_extended_result_codes(db, 1);
	limit(db);
	for (size_t i = 0; i < COUNT(switches) && rc == SQLITE_OK; i++)
		rc = sqlite3_db_config(db, switches[i].which, switches[i].on, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_busy_timeout(db, BUSY_MS);
	/* These read nothing of the file. */
	if (rc == SQLITE_OK)
		rc = db_run(db, "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; "
				"PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY");
	return rc;
}

/* How what is written gets to the disk. */
static int
settle(sqlite3 *db)
{
	return db_run(db, "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA; "
			  "PRAGMA fullfsync=ON; PRAGMA secure_delete=ON");
}

/* The path is from the root and has no links on its way, so that NOFOLLOW is about the file alone. */
static int
connect_file(struct state *s, const char *name, int flags)
{
	struct arena scratch = { 0 };
	struct str path = arena_printf(&scratch, STR_FMT "/%s", STR_ARG(s->path), name);
	int rc = sqlite3_open_v2(path.p, &s->db,
				 flags | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_PRIVATECACHE, NULL);

	arena_free(&scratch);
	return rc == SQLITE_OK ? defend(s->db) : rc;
}

void
db_close(struct state *s)
{
	if (s->db)
		sqlite3_close(s->db);
	s->db = NULL;
}

static int
make_tables(sqlite3 *db)
{
	char sql[96];
	int rc = settle(db);

	(void)snprintf(sql, sizeof(sql),
		       "PRAGMA application_id=%d; PRAGMA user_version=%d; PRAGMA encoding='UTF-8'",
		       STATE_APPLICATION, STATE_VERSION);
	if (rc == SQLITE_OK)
		rc = db_run(db, "PRAGMA page_size=4096; BEGIN IMMEDIATE");
	if (rc == SQLITE_OK)
		rc = db_run(db, sql);
	for (size_t i = 0; i < DB_TABLES && rc == SQLITE_OK; i++)
		rc = db_run(db, db_tables[i][1]);
	return rc == SQLITE_OK ? db_run(db, "COMMIT") : rc;
}

/* Made beside its name: state.db is never there without its tables. */
enum state_opened
db_create(struct state *s, struct errors *err)
{
	int fd, system = 0, rc = SQLITE_CANTOPEN;

	unlinkat(s->folder, "state.db.new-journal", 0);
	unlinkat(s->folder, "state.db.new", 0);
	fd = openat(s->folder, "state.db.new", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0) {
		system = errno;
	} else {
		close(fd);
		rc = connect_file(s, "state.db.new", SQLITE_OPEN_READWRITE);
		if (rc == SQLITE_OK)
			rc = make_tables(s->db);
		if (rc != SQLITE_OK && s->db)
			system = sqlite3_system_errno(s->db);
	}
	db_close(s);
	if (rc == SQLITE_OK && (renameat(s->folder, "state.db.new", s->folder, "state.db") != 0 ||
				fsync(s->folder) != 0)) {
		rc = SQLITE_IOERR;
		system = errno;
	}
	if (rc == SQLITE_OK)
		return STATE_OPENED;
	error_add(err, "cannot make state '" STR_FMT "': %s", STR_ARG(s->name),
		  system ? strerror(system) : sqlite3_errstr(rc));
	return STATE_FAILED;
}

enum state_opened
db_recover(struct state *s, struct errors *err)
{
	enum state_opened how = STATE_OPENED;
	int rc = connect_file(s, "state.db", SQLITE_OPEN_READWRITE);

	if (rc == SQLITE_OK)
		rc = settle(s->db);
	if (rc == SQLITE_OK)
		rc = db_run(s->db, "SELECT count(*) FROM sqlite_schema");
	if (rc != SQLITE_OK)
		how = db_told(s, rc, err);
	db_close(s);
	return how;
}

/* SQLite's own look at its pages, which reads every one of them. */
static int
pages_are_sound(sqlite3 *db)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(db, "PRAGMA quick_check(1)", -1, &st, NULL);

	if (rc != SQLITE_OK)
		return rc;
	rc = sqlite3_step(st);
	if (rc == SQLITE_ROW)
		rc = db_column_is(st, 0, "ok") ? SQLITE_OK : SQLITE_CORRUPT;
	sqlite3_finalize(st);
	return rc;
}

enum state_opened
db_open(struct state *s, bool write, struct errors *err)
{
	struct db_header h = { 0 };
	bool ours = false;
	int rc;
	enum state_opened how = db_read_header(s, &h, err);

	if (how != STATE_OPENED)
		return how;
	rc = connect_file(s, "state.db", write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
	if (rc == SQLITE_OK && write)
		rc = sqlite3_db_readonly(s->db, "main") ? SQLITE_READONLY : settle(s->db);
	if (rc == SQLITE_OK)
		rc = db_run(s->db, "BEGIN");
	if (rc == SQLITE_OK)
		rc = db_tables_are_ours(s->db, &ours);
	if (rc == SQLITE_OK && ours)
		rc = pages_are_sound(s->db);
	return rc == SQLITE_OK ? db_whose(s, &h, ours, err) : db_told(s, rc, err);
}
