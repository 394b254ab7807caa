/*
 * state_own.h - what the files of this layer share: the folder, the database as it lies, and its rows in memory.
 *
 *     state_folder.c  DIR, and who may make it a state      state_lock.c    one writer at a time
 *     state_parts.c   files of parts                        state_db.c      SQLite, opened as if a stranger had written it
 *     state_whose.c   is it ours?                           state_rows.c    tables to arrays; state_change.c: and back
 *     state_seal.c    digests of rows, the chain            state_next.c    the state with a night more
 *     state_commit.c  all of it or nothing                  state.c         opening, and what is asked
 */
#ifndef SEKISHO_STORE_STATE_OWN_H
#define SEKISHO_STORE_STATE_OWN_H

#include "store/state.h"

#include <dirent.h>
#include <sqlite3.h>

enum { STATE_VERSION = 1, STATE_APPLICATION = 0x736b7374 /* "skst" */, STATE_TIME_TEXT = 32 };

enum { DB_TABLES = 5 };

struct db_header {
	uint32_t version, application;
};

/* One link of the chain: a run or a purge. */
struct state_link {
	struct state_run run; /* .chain in hex, too */
	bool purge, folded;   /* folded: parse_digest says something */
	uint8_t parse_digest[STATE_DIGEST], record_digest[STATE_DIGEST];
	uint8_t parts[STATE_DIGEST]; /* of all seals of parts behind it */
	uint8_t gone[STATE_DIGEST];  /* seal of the inputs of purged parts */
	uint8_t told[STATE_DIGEST];  /* seal of its findings */
	uint8_t chain[STATE_DIGEST];
};

/* What every run may replace.  Inputs and lines stand in the order in which they were added. */
struct state_content {
	VEC(struct state_part) part; /* by id */
	VEC(struct state_input) input;
	VEC(struct state_line) line;
	VEC(struct state_finding) finding; /* by fp_case, fp_occ */
	uint8_t (*seal)[STATE_DIGEST];     /* one a part: of its row, its inputs and its lines */
};

struct state {
	struct str name; /* of the folder, as it was given */
	struct str path; /* of the folder, from the root and without links */
	struct arena arena;
	int folder, parts, lock; /* descriptors; -1: none */
	bool writes, fresh, committed;
	sqlite3 *db; /* NULL when nothing will be written */
	struct state_content content;
	VEC(struct state_link) link; /* by id, from 1 on, without holes */
	VEC(struct state_run) run, purge;
	const struct state_line **by_place; /* content.line, sorted to be found */
};

/* The state as it will be. */
struct state_next {
	struct state_content content;
	struct state_link link;
	struct state_part part; /* the new one; id 0: none */
	bool part_goes;         /* at once: all of it is older than the boundary */
	size_t old_inputs;      /* of content, how many stood there before */
	size_t old_lines;
	bool new_findings;
};

/* --- state_folder.c, state_lock.c, state_parts.c: all answer how it went, and have told why not */

enum state_opened folder_open(struct state *s, const struct state_options *o, struct errors *err);
enum state_opened folder_lock(struct state *s, const struct state_options *o, struct errors *err);
/* Is there a database?  A folder that must not become a state is refused, one that lost its database damaged. */
enum state_opened folder_look(struct state *s, bool write, struct errors *err);
enum state_opened folder_failed(const struct state *s, const char *what, struct errors *err);
/* A stream of its own over a folder in the folder; NULL with errno. */
DIR *folder_list(int folder, const char *name);
size_t folder_count_parts(const struct state *s);
bool folder_interrupted(const struct state *s); /* a commit was: a journal lies beside */
enum state_opened folder_open_parts(struct state *s, bool write, struct errors *err);
enum state_opened folder_find_parts(struct state *s, struct errors *err);
void
folder_sweep(const struct state *s); /* files of parts that no row names, unless somebody reads */
int folder_take_part(struct state *s, const struct state_part *part, struct errors *err);
void folder_empty_room(const struct state *s);
void folder_drop(const struct state *s, const uint8_t identity[STATE_DIGEST]);
void folder_close(struct state *s);
struct str folder_part_path(const struct state *s, struct arena *a,
			    const uint8_t identity[STATE_DIGEST]);

/* --- state_db.c, state_whose.c */

enum state_opened db_create(struct state *s, struct errors *err);
/* Lets SQLite take back what an interrupted commit left; for whoever holds the lock. */
enum state_opened db_recover(struct state *s, struct errors *err);
/* Opened and believed to be ours; a transaction for reading has begun. */
enum state_opened db_open(struct state *s, bool write, struct errors *err);
void db_close(struct state *s);
/* What an answer of SQLite while reading means; told. */
enum state_opened db_told(const struct state *s, int rc, struct errors *err);
int db_run(sqlite3 *db, const char *sql);         /* SQLITE_OK or not */
extern const char *const db_tables[DB_TABLES][2]; /* name, and how it is made */
/* Of the file's first bytes, before SQLite sees them; and of its tables, when it has. */
enum state_opened db_read_header(const struct state *s, struct db_header *h, struct errors *err);
int db_tables_are_ours(sqlite3 *db, bool *ours); /* SQLITE_OK or not */
enum state_opened db_whose(const struct state *s, const struct db_header *h, bool ours,
			   struct errors *err);
bool db_column_is(sqlite3_stmt *st, int column, const char *text);

/* --- state_rows.c, state_change.c */

enum state_opened rows_load(struct state *s, struct errors *err);
/* SQLITE_OK or not; what these rows were before is not asked. */
int rows_add_link(sqlite3 *db, const struct state_link *l);
int rows_add_part(sqlite3 *db, const struct state_part *p, const uint8_t seal[STATE_DIGEST]);
int rows_add_inputs(sqlite3 *db, const struct state_input *in, size_t n);
int rows_add_lines(sqlite3 *db, const struct state_line *l, size_t n);
int rows_add_findings(sqlite3 *db, const struct state_finding *f, size_t n);
int rows_seal_part(sqlite3 *db, int64_t part, const uint8_t seal[STATE_DIGEST]);
int rows_drop_part(sqlite3 *db, int64_t part);
int rows_drop_findings(sqlite3 *db);
int rows_drop_records(sqlite3 *db, int64_t up_to);
/* Is the newest link still the one that was read?  Somebody may have written without the lock. */
bool rows_head_is(sqlite3 *db, const struct state_link *head);

/* --- state_seal.c */

/* Fills content->seal and the three digests of `to`.  False: a row names a part that is not there. */
bool seal_content(struct state_content *c, struct state_link *to);
void seal_link(struct state_link *l, const struct state_link *before);
/* Are these the rows that were written?  The first that are not are told, with their run. */
enum state_opened seal_prove(struct state *s, struct state_content *kept, struct errors *err);

/* --- state_next.c */

void next_prepare(const struct state *s, const struct state_night *night, bool purge,
		  struct state_next *to);
void next_free(struct state_next *to);

/* --- state.c */

struct state_part *content_part(const struct state_content *c, int64_t id);
int state_line_order(const void *a, const void *b); /* of struct state_line, by where they stood */
struct str state_time(char buf[STATE_TIME_TEXT], int64_t ms); /* 2022-07-04 02:00:00, in Japan */

#endif
