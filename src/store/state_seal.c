/*
 * state_seal.c - digests of rows in a fixed serialisation, and the chain over them.
 *
 *     seal of a part   its row, its inputs, its cited lines             (stands in its row)
 *     link of a run    the link before it, what the run said, and digests of all seals, of the inputs of purged parts
 *                      and of the findings as they were behind it
 *
 * SQLite notices a page that cannot be, not a digit that is another one.  These do: a row of the newest run or of what
 * is retained cannot change, come or go without one of them; what was purged is still vouched for by its link.
 * Texts are preceded by their length and numbers are eight bytes, little-endian, so no two contents serialise alike.
 */
#include "store/state_own.h"

#include "base/sha256.h"

static void
add_u64(struct sha256 *sha, uint64_t v)
{
	uint8_t b[8];

	for (int i = 0; i < 8; i++)
		b[i] = (uint8_t)(v >> (8 * i));
	sha256_add(sha, b, sizeof(b));
}

static void
add_i64(struct sha256 *sha, int64_t v)
{
	add_u64(sha, (uint64_t)v);
}

static void
add_text(struct sha256 *sha, struct str s)
{
	add_u64(sha, s.n);
	if (s.n)
		sha256_add(sha, s.p, s.n);
}

/* Keeps one kind of row from being taken for another. */
static void
begin(struct sha256 *sha, const char *what)
{
	sha256_init(sha);
	add_text(sha, STR("sekisho state 1"));
	add_text(sha, str_of(what));
}

static void
add_part(struct sha256 *sha, const struct state_part *p)
{
	add_i64(sha, p->id);
	sha256_add(sha, p->identity, sizeof(p->identity));
	add_i64(sha, p->first_day);
	add_i64(sha, p->last_day);
	add_u64(sha, p->events);
	add_u64(sha, p->bytes);
}

static void
add_input(struct sha256 *sha, const struct state_input *in)
{
	add_text(sha, STR("input"));
	add_u64(sha, in->number);
	add_text(sha, in->system);
	add_text(sha, in->feed);
	add_text(sha, in->path);
	add_u64(sha, in->bytes);
	sha256_add(sha, in->sha256, sizeof(in->sha256));
	add_u64(sha, in->packed);
}

static void
add_line(struct sha256 *sha, const struct state_line *l)
{
	add_text(sha, STR("line"));
	add_u64(sha, l->number);
	add_u64(sha, l->offset);
	add_u64(sha, l->line);
	add_u64(sha, l->digest);
	add_u64(sha, l->unverified);
	add_text(sha, l->raw);
}

static void
seal_findings(const struct state_content *c, uint8_t out[STATE_DIGEST])
{
	struct sha256 sha;

	begin(&sha, "findings");
	for (size_t i = 0; i < c->finding.n; i++) {
		const struct state_finding *f = &c->finding.at[i];

		add_text(&sha, f->fp_case);
		add_text(&sha, f->fp_occ);
		add_i64(&sha, f->first_told);
		add_text(&sha, f->record);
	}
	sha256_end(&sha, out);
}

/* One digest a part, open for its rows, and behind the last one that of purged parts. */
static struct sha256 *
open_seals(const struct state_content *c)
{
	struct sha256 *sha = xalloc(c->part.n + 1, sizeof(*sha));

	for (size_t i = 0; i < c->part.n; i++) {
		begin(&sha[i], "part");
		add_part(&sha[i], &c->part.at[i]);
	}
	begin(&sha[c->part.n], "purged");
	return sha;
}

bool
seal_content(struct state_content *c, struct state_link *to)
{
	struct sha256 *sha = open_seals(c), all;
	bool whole = true;

	for (size_t i = 0; i < c->input.n; i++) {
		const struct state_part *p = content_part(c, c->input.at[i].part);

		whole = whole && (p || c->input.at[i].part == 0);
		add_input(p ? &sha[p - c->part.at] : &sha[c->part.n], &c->input.at[i]);
	}
	for (size_t i = 0; i < c->line.n; i++) {
		const struct state_part *p = content_part(c, c->line.at[i].part);

		whole = whole && p;
		if (p)
			add_line(&sha[p - c->part.at], &c->line.at[i]);
	}
	c->seal = xrealloc(c->seal, c->part.n + 1, sizeof(*c->seal));
	begin(&all, "parts");
	for (size_t i = 0; i < c->part.n; i++) {
		sha256_end(&sha[i], c->seal[i]);
		sha256_add(&all, c->seal[i], sizeof(c->seal[i]));
	}
	sha256_end(&all, to->parts);
	sha256_end(&sha[c->part.n], to->gone);
	seal_findings(c, to->told);
	free(sha);
	return whole;
}

void
seal_link(struct state_link *l, const struct state_link *before)
{
	static const uint8_t none[STATE_DIGEST];
	struct sha256 sha;

	begin(&sha, "run");
	sha256_add(&sha, before ? before->chain : none, STATE_DIGEST);
	add_i64(&sha, l->run.id);
	add_u64(&sha, l->purge);
	add_i64(&sha, l->run.now);
	add_u64(&sha, l->folded);
	sha256_add(&sha, l->parse_digest, sizeof(l->parse_digest));
	sha256_add(&sha, l->run.findings_digest, sizeof(l->run.findings_digest) - 1);
	add_u64(&sha, l->run.lines);
	add_u64(&sha, l->run.events);
	add_u64(&sha, l->run.findings);
	add_i64(&sha, l->run.status);
	add_i64(&sha, l->run.purged_before);
	sha256_add(&sha, l->record_digest, sizeof(l->record_digest));
	sha256_add(&sha, l->parts, sizeof(l->parts));
	sha256_add(&sha, l->gone, sizeof(l->gone));
	sha256_add(&sha, l->told, sizeof(l->told));
	sha256_end(&sha, l->chain);
	sha256_hex(l->chain, l->run.chain);
}

static enum state_opened
damaged(const struct state *s, int64_t run, const char *what, struct errors *err)
{
	char time[STATE_TIME_TEXT];
	struct arena a = { 0 };
	struct str of = STR("");

	if (run >= 1 && (uint64_t)run <= s->link.n)
		of = arena_printf(&a, " of run %lld of " STR_FMT, (long long)run,
				  STR_ARG(state_time(time, s->link.at[run - 1].run.now)));
	error_add(err,
		  "state '" STR_FMT "' is damaged: %s" STR_FMT " are not those that were written; "
		  "restore the folder from a copy, nothing in it was touched",
		  STR_ARG(s->name), what, STR_ARG(of));
	arena_free(&a);
	return STATE_DAMAGED;
}

/* Records of the last runs are there, those of older ones are not: a missing one is no matter of taste. */
static bool
record_is_right(const struct state *s, const struct state_link *l)
{
	uint8_t digest[STATE_DIGEST];

	if (l->run.id <= (int64_t)s->link.n - STATE_RECORDS_KEPT)
		return l->run.record.p == NULL;
	sha256_of(l->run.record, digest);
	return l->run.record.p && memcmp(digest, l->record_digest, sizeof(digest)) == 0;
}

static enum state_opened
prove_chain(struct state *s, struct errors *err)
{
	for (size_t i = 0; i < s->link.n; i++) {
		struct state_link *l = &s->link.at[i], again = *l;

		if (l->run.id != (int64_t)i + 1)
			return damaged(s, 0, "the numbers of its runs", err);
		seal_link(&again, i ? &s->link.at[i - 1] : NULL);
		if (memcmp(again.chain, l->chain, sizeof(l->chain)) != 0)
			return damaged(s, l->run.id, "the account and chain", err);
		if (!record_is_right(s, l))
			return damaged(s, l->run.id, "the bytes of the record", err);
	}
	return STATE_OPENED;
}

enum state_opened
seal_prove(struct state *s, struct state_content *kept, struct errors *err)
{
	struct state_content again = *kept, none = { 0 };
	struct state_link now = { 0 }, empty = { 0 };
	const struct state_link *last;
	int64_t newest = (int64_t)s->link.n;
	enum state_opened how = prove_chain(s, err);
	bool whole;

	if (how != STATE_OPENED)
		return how;
	for (size_t i = 0; i < kept->part.n; i++) {
		if (kept->part.at[i].id > newest)
			return damaged(s, 0, "the numbers of its parts", err);
	}
	/* What a state says that no run has written to. */
	(void)seal_content(&none, &empty);
	free(none.seal);
	last = s->link.n ? &s->link.at[s->link.n - 1] : &empty;
	again.seal = NULL;
	whole = seal_content(&again, &now);
	for (size_t i = 0; i < kept->part.n && how == STATE_OPENED; i++) {
		if (memcmp(again.seal[i], kept->seal[i], sizeof(again.seal[i])) != 0)
			how = damaged(s, kept->part.at[i].id, "the part, inputs or cited lines",
				      err);
	}
	if (how == STATE_OPENED && (!whole || memcmp(now.parts, last->parts, STATE_DIGEST) != 0))
		how = damaged(s, newest, "the parts, inputs and lines", err);
	if (how == STATE_OPENED && memcmp(now.gone, last->gone, STATE_DIGEST) != 0)
		how = damaged(s, newest, "the inputs of purged parts", err);
	if (how == STATE_OPENED && memcmp(now.told, last->told, STATE_DIGEST) != 0)
		how = damaged(s, newest, "the findings", err);
	free(again.seal);
	return how;
}
