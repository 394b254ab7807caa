/*
 * state.c - see state.h: opening, with every proof there is, and what is asked of a state that is open.
 */
#include "store/state_own.h"

#include "base/civil.h"

#include <errno.h>

static int
id_order(const void *key, const void *part)
{
	int64_t id = *(const int64_t *)key, other = ((const struct state_part *)part)->id;

	return (id > other) - (id < other);
}

struct state_part *
content_part(const struct state_content *c, int64_t id)
{
	return c->part.n ? bsearch(&id, c->part.at, c->part.n, sizeof(*c->part.at), id_order)
			 : NULL;
}

struct str
state_time(char buf[STATE_TIME_TEXT], int64_t ms)
{
	/* What no calendar has is still to be told: a damaged row may say anything. */
	const int64_t least = -62135596800000, most = 253402268399999;
	char whole[CIVIL_TEXT];
	struct str s = civil_print_jst(whole, ms < least ? least : ms > most ? most : ms);

	s = str_head(s, 19);
	memcpy(buf, s.p, s.n);
	buf[10] = ' ';
	return (struct str){ .p = buf, .n = s.n };
}

int
state_line_order(const void *a, const void *b)
{
	const struct state_line *x = a, *y = b;

	if (x->part != y->part)
		return x->part < y->part ? -1 : 1;
	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	if (x->offset != y->offset)
		return x->offset < y->offset ? -1 : 1;
	return (x->digest > y->digest) - (x->digest < y->digest);
}

static int
pointed_order(const void *a, const void *b)
{
	return state_line_order(*(const struct state_line *const *)a,
				*(const struct state_line *const *)b);
}

static void
make_views(struct state *s)
{
	struct state_content *c = &s->content;

	for (size_t i = 0; i < s->link.n; i++) {
		if (s->link.at[i].purge)
			*VEC_PUSH(&s->purge) = s->link.at[i].run;
		else
			*VEC_PUSH(&s->run) = s->link.at[i].run;
	}
	s->by_place = xalloc(c->line.n + 1, sizeof(*s->by_place));
	for (size_t i = 0; i < c->line.n; i++)
		s->by_place[i] = &c->line.at[i];
	qsort(s->by_place, c->line.n, sizeof(*s->by_place), pointed_order);
}

/* Everything is read in one transaction and proved; nothing is written but what SQLite takes back. */
static enum state_opened
read_all(struct state *s, bool write, struct errors *err)
{
	enum state_opened how = STATE_OPENED;

	if (write && folder_interrupted(s))
		how = db_recover(s, err);
	if (how == STATE_OPENED)
		how = db_open(s, write, err);
	if (how == STATE_OPENED)
		how = rows_load(s, err);
	if (how == STATE_OPENED)
		how = seal_prove(s, &s->content, err);
	if (how == STATE_OPENED && db_run(s->db, "COMMIT") != SQLITE_OK)
		how = db_told(s, sqlite3_extended_errcode(s->db), err);
	if (!write || how != STATE_OPENED)
		db_close(s);
	return how;
}

/* A commit was interrupted, and only a writer may take it back: so be one for a moment. */
static enum state_opened
recover_for_reading(struct state *s, const struct state_options *o, struct errors *err)
{
	struct errors mute = { 0 };
	enum state_opened how = folder_lock(s, o, &mute);

	if (how == STATE_OPENED && folder_interrupted(s))
		how = db_recover(s, &mute);
	if (s->lock >= 0) {
		struct state lock = { .folder = -1, .parts = -1, .lock = s->lock };

		folder_close(&lock);
		s->lock = -1;
	}
	if (how != STATE_OPENED)
		error_add(
			err,
			"state '" STR_FMT "' was left by a run that was killed while it wrote, and "
			"taking that back needs a writer (" STR_FMT
			"); let its owner run `sekisho state show` once, or ask a copy of your own",
			STR_ARG(s->name),
			STR_ARG(mute.list.n ? mute.list.at[0] : STR("it was not")));
	errors_free(&mute);
	return how == STATE_OPENED ? STATE_OPENED : STATE_REFUSED;
}

static void
forget_rows(struct state *s)
{
	VEC_FREE(&s->content.part);
	VEC_FREE(&s->content.input);
	VEC_FREE(&s->content.line);
	VEC_FREE(&s->content.finding);
	VEC_FREE(&s->link);
	VEC_FREE(&s->run);
	VEC_FREE(&s->purge);
	free(s->content.seal);
	free(s->by_place);
	s->content.seal = NULL;
	s->by_place = NULL;
}

/* What disturbed it may be a commit that is under way or was interrupted: then once more. */
static enum state_opened
read_only(struct state *s, const struct state_options *o, struct errors *err)
{
	struct errors first = { 0 };
	enum state_opened how = read_all(s, false, &first);

	if (how != STATE_OPENED && how != STATE_REFUSED && folder_interrupted(s)) {
		errors_free(&first);
		forget_rows(s);
		how = recover_for_reading(s, o, err);
		return how == STATE_OPENED ? read_all(s, false, err) : how;
	}
	for (size_t i = 0; i < first.list.n; i++)
		error_add(err, STR_FMT, STR_ARG(first.list.at[i]));
	errors_free(&first);
	return how;
}

static enum state_opened
open_steps(struct state *s, const struct state_options *o, struct errors *err)
{
	enum state_opened how = folder_open(s, o, err);

	if (how == STATE_OPENED)
		how = folder_look(s, o->write, err);
	if (how == STATE_OPENED && o->write)
		how = folder_lock(s, o, err);
	/* Whoever held the lock may have made it meanwhile. */
	if (how == STATE_OPENED && s->fresh) {
		s->fresh = false;
		how = folder_look(s, true, err);
		if (how == STATE_OPENED && s->fresh)
			how = db_create(s, err);
	}
	if (how == STATE_OPENED)
		how = o->write ? read_all(s, true, err) : folder_open_parts(s, false, err);
	if (how == STATE_OPENED)
		how = o->write ? folder_open_parts(s, true, err) : read_only(s, o, err);
	if (how == STATE_OPENED)
		how = folder_find_parts(s, err);
	return how;
}

bool
state_parse_digest(const struct state *s, uint8_t digest[STATE_DIGEST])
{
	const struct state_part *last;

	if (s->content.part.n == 0)
		return false;
	last = &s->content.part.at[s->content.part.n - 1];
	memcpy(digest, s->link.at[last->id - 1].parse_digest, STATE_DIGEST);
	return true;
}

int32_t
state_purged_before(const struct state *s)
{
	return s->link.n ? s->link.at[s->link.n - 1].run.purged_before : INT32_MIN;
}

const char *
state_head(const struct state *s)
{
	return s->link.n ? s->link.at[s->link.n - 1].run.chain : "";
}

const struct state_part *
state_parts(const struct state *s, size_t *n)
{
	*n = s->content.part.n;
	return s->content.part.at;
}

const struct state_input *
state_inputs(const struct state *s, size_t *n)
{
	*n = s->content.input.n;
	return s->content.input.at;
}

const struct state_finding *
state_findings(const struct state *s, size_t *n)
{
	*n = s->content.finding.n;
	return s->content.finding.at;
}

const struct state_run *
state_runs(const struct state *s, size_t *n)
{
	*n = s->run.n;
	return s->run.at;
}

const struct state_run *
state_purges(const struct state *s, size_t *n)
{
	*n = s->purge.n;
	return s->purge.at;
}

size_t
state_line_count(const struct state *s)
{
	return s->content.line.n;
}

const struct state_line *
state_line(const struct state *s, int64_t part, uint32_t number, uint64_t offset, uint32_t digest)
{
	const struct state_line key = {
		.part = part, .number = number, .offset = offset, .digest = digest
	};
	const struct state_line *p = &key;
	const struct state_line *const *found =
		bsearch(&p, s->by_place, s->content.line.n, sizeof(*s->by_place), pointed_order);

	return found ? *found : NULL;
}

void
state_close(struct state *s)
{
	if (!s)
		return;
	db_close(s);
	forget_rows(s);
	folder_close(s);
	arena_free(&s->arena);
	free(s);
}

enum state_opened
state_open(struct state **out, const struct state_options *o, struct errors *err)
{
	struct state *s = xalloc(1, sizeof(*s));
	enum state_opened how;

	s->folder = s->parts = s->lock = -1;
	how = open_steps(s, o, err);
	if (how == STATE_OPENED) {
		s->writes = o->write;
		make_views(s);
		if (o->write)
			folder_sweep(s);
	} else {
		state_close(s);
		s = NULL;
	}
	*out = s;
	return how;
}
