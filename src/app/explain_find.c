/*
 * explain_find.c - see explain_find.h.  A line is read once more from its file and found by what it says: of copies in
 * several files of a feed the facts keep one, and it may stand in another.
 */
#include "app/explain_find.h"

#include "app/evidence.h"
#include "app/inputs.h"
#include "app/records.h"
#include "base/civil.h"
#include "base/guard.h"
#include "base/hash.h"

bool
explain_place(struct str text, struct str *path, uint64_t *line)
{
	const char *colon = text.n ? memrchr(text.p, ':', text.n) : NULL;

	if (!colon || str_starts(text, STR("sk1c:")) || str_starts(text, STR("sk1o:")))
		return false;
	*path = str_head(text, (size_t)(colon - text.p));
	return path->n > 0 && str_to_u64(str_skip(text, path->n + 1), line) && *line > 0;
}

/* What is looked for, and what was there. */
struct asked_line {
	const struct judging *judging;
	struct arena *arena;
	struct logfile file;
	uint64_t line;
	bool found;
	enum bucket bucket;
	struct refusal why;
	int64_t ts;
	uint64_t offset;
	uint32_t digest;
	struct str account;
};

static bool
take_record(void *arg, const struct row *row, enum bucket bucket, const struct refusal *why)
{
	struct asked_line *a = arg;
	struct hash_key key;
	struct canon_who who UNINITIALIZED;

	if (a->line < row->line || a->line > a->file.lines)
		return true;
	a->found = true;
	a->bucket = bucket;
	a->offset = row->offset;
	if (bucket == BUCKET_REFUSED)
		a->why = *why;
	if (bucket != BUCKET_ACCEPTED)
		return false;
	hash_key_from(&key, (struct str){ .p = (const char *)row->policy->parse_digest, .n = 32 });
	a->digest = (uint32_t)hash128(&key, row->raw).lo;
	a->ts = row->record->ts;
	canon_who(&row->policy->system[row->file->system], row->record,
		  row->canon->field[FIELD_ACCOUNT], &who);
	a->account = arena_str(a->arena, who.account);
	return false;
}

static int
read_asked(struct judging *j, struct asked_line *a, struct errors *err)
{
	struct reader_options reader = j->options->reader;
	struct errors trouble = { 0 };
	struct records r = { .policy = &j->policy,
			     .source = j->sources,
			     .reader = &reader,
			     .matcher = canon_matcher_new(&j->policy),
			     .room = xalloc(ROOM_LEAST, 1),
			     .since = j->options->since,
			     .until = j->options->until,
			     .future = INT64_MAX,
			     .rows = true,
			     .take = take_record,
			     .arg = a };

	guard_install();
	records_read(&r, &a->file, &trouble);
	free(r.room);
	canon_matcher_free(r.matcher);
	errors_free(&trouble); /* the same was told when it was read first */
	if (a->found)
		return 0;
	return error_add(err, "'" STR_FMT "' has no line %llu that could be read; it has %llu",
			 STR_ARG(a->file.path), (unsigned long long)a->line,
			 (unsigned long long)a->file.lines);
}

static const struct logfile *
input_named(const struct judging *j, struct str path)
{
	for (uint32_t i = 0; i < facts_file_count(j->facts); i++) {
		const struct logfile *f = facts_file(j->facts, i);

		if (str_eq(f->path, path))
			return f;
	}
	return NULL;
}

static uint32_t
account_number(const struct judging *j, struct str account)
{
	const struct names *n = &j->source.names;

	for (uint32_t i = 1; account.n && i <= n->count(n->facts, DICT_ACCOUNT); i++) {
		if (str_eq(n->text(n->facts, DICT_ACCOUNT, i), account))
			return i;
	}
	return 0;
}

/* The facts of an account within [from, to), in the judging's arena. */
static struct evidence *
facts_between(struct judging *j, uint32_t account, int64_t from, int64_t to, size_t *n)
{
	const struct fact_source *s = &j->source;
	struct fact_cursor *c = s->open(s->facts, facts_partition(j->facts, account));
	struct account_facts facts;
	struct evidence *found = NULL;

	*n = 0;
	while (s->next(c, &facts)) {
		if (facts.account != account)
			continue;
		found = arena_alloc(&j->arena, facts.n * sizeof(*found));
		for (size_t i = 0; i < facts.n; i++) {
			if (facts.at[i].ts >= from && facts.at[i].ts < to)
				found[(*n)++].fact = facts.at[i];
		}
	}
	s->close(c);
	return found;
}

/* Where each stands, so that a reader finds it. */
static void
locate(struct judging *j, struct evidence *e, size_t n, struct found_lines *out)
{
	const struct fact_source *s = &j->source;
	struct evidence **all = arena_alloc(&j->arena, n * sizeof(struct evidence *));

	for (size_t i = 0; i < n; i++)
		all[i] = &e[i];
	evidence_fetch_all(all, n, &j->arena, s, &j->policy, j->sources, &j->options->reader,
			   j->night);
	out->at = arena_alloc(&j->arena, n * sizeof(*out->at));
	out->n = n;
	for (size_t i = 0; i < n; i++)
		out->at[i] = (struct explained_line){
			.fact = e[i].fact,
			.file = s->file(s->facts, where_file(e[i].fact.where))->path,
			.line = e[i].line,
		};
}

/* Of lines that say the same at one instant any is as good. */
static int
find_fact(struct judging *j, const struct asked_line *a, struct found_lines *out,
	  struct errors *err)
{
	size_t n;
	struct evidence *e = facts_between(j, account_number(j, a->account), a->ts, a->ts + 1, &n);

	for (size_t i = 0; i < n; i++) {
		if (e[i].fact.digest != a->digest)
			continue;
		out->at = arena_alloc(&j->arena, sizeof(*out->at));
		out->at[0] = (struct explained_line){ .fact = e[i].fact,
						      .file = a->file.path,
						      .line = a->line };
		out->n = 1;
		return 0;
	}
	return error_add(
		err, "line %llu of '" STR_FMT "' is not among what was read; it has changed since",
		(unsigned long long)a->line, STR_ARG(a->file.path));
}

int
explain_find_line(struct judging *j, struct str path, uint64_t line, struct found_lines *out,
		  struct errors *err)
{
	const struct logfile *f = input_named(j, input_path(&j->arena, path));
	struct asked_line a = { .judging = j, .arena = &j->arena, .line = line };

	*out = (struct found_lines){ 0 };
	if (!f)
		return error_add(
			err, "'" STR_FMT "' is none of the inputs; name it behind its line, too",
			STR_ARG(path));
	a.file = (struct logfile){ .path = f->path, .feed = f->feed, .system = f->system };
	if (read_asked(j, &a, err) != 0)
		return -1;
	if (a.bucket == BUCKET_ACCEPTED)
		return find_fact(j, &a, out, err);
	out->no_event =
		a.bucket == BUCKET_REFUSED
			? arena_printf(&j->arena, "refused: expected %s at byte %u of the line",
				       a.why.expected, a.why.byte + 1)
			: arena_printf(&j->arena, "counted as %s", bucket_names[a.bucket]);
	return 0;
}

int
explain_find_day(struct judging *j, struct str account, int32_t jst_day, struct found_lines *out,
		 struct errors *err)
{
	uint32_t number = account_number(j, account);
	struct evidence *e;
	size_t n;

	*out = (struct found_lines){ 0 };
	if (number == 0)
		return error_add(err,
				 "no line names the account '" STR_FMT
				 "'; give it as `sekisho parse` prints it",
				 STR_ARG(account));
	e = facts_between(j, number, jst_day_start(jst_day), jst_day_start(jst_day + 1), &n);
	if (n == 0)
		return error_add(err, "the account '" STR_FMT "' has no line on that day",
				 STR_ARG(account));
	locate(j, e, n, out);
	return 0;
}
