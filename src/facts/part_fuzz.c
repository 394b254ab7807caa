/*
 * part_fuzz.c - any bytes as the inside of a part: never a crash, never accepted under a wrong
 * digest; what is accepted is walked whole, saved, loaded again, and must be the same.
 *
 * The harness writes the head and gives the bytes the checks and the SHA-256 that they should have, as whoever forges a
 * part would: so it is what is looked at behind them that is tried.
 */
#include "facts/part.h"

#include "facts/part_seal.h"

#include <fcntl.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SYSTEMS = 2, MEMORY = 1 << 20 };

static const uint8_t how[PART_DIGEST] = "the way these lines were read..";

/* A file without a name: nothing is left behind, however a run ends. */
static int
nameless(char path[32])
{
	char name[] = "/tmp/part_fuzz_XXXXXX";
	int fd = mkstemp(name);

	if (fd < 0 || unlink(name) != 0)
		BUG("no temporary file in /tmp");
	snprintf(path, 32, "/dev/fd/%d", fd);
	return fd;
}

static void
fill(int fd, struct str bytes)
{
	if (pwrite(fd, bytes.p, bytes.n, 0) != (ssize_t)bytes.n ||
	    ftruncate(fd, (off_t)bytes.n) != 0 || lseek(fd, 0, SEEK_SET) != 0)
		BUG("cannot write the temporary file");
}

static struct facts *
new_facts(void)
{
	struct facts_options o = { .memory = MEMORY,
				   .writers_hint = 1,
				   .systems = SYSTEMS,
				   .spill_dir = "/tmp",
				   .table_secret = STR("Kasumi") };

	return facts_new(&o);
}

static enum part_loaded
load_part(struct facts *f, const char *path)
{
	struct part_label label;
	struct errors err = { 0 };
	enum part_loaded end = part_load(f, str_of(path), how, &label, &err);

	if ((end != PART_LOADED) != (err.list.n == 1) || end == PART_UNREAD)
		BUG("part_load gave %d and %zu messages", (int)end, err.list.n);
	errors_free(&err);
	return end;
}

/* What a walk over all partitions found. */
struct tally {
	uint64_t files, accounts, facts, text_bytes;
};

static void
tally_account(const struct fact_source *s, const struct account_facts *a, struct tally *t)
{
	for (size_t i = 0; i < a->n; i++) {
		const struct fact *x = &a->at[i];
		const struct tuple *tuple = s->names.tuple(s->facts, x->tuple);

		if (i &&
		    (x[-1].ts > x->ts || s->order(s->facts, &x[-1], x) * (x[-1].ts == x->ts) > 0))
			BUG("facts of an account are not sorted");
		if (x->account != a->account || tuple->text[DICT_ACCOUNT] != a->account)
			BUG("a fact of account %u under account %u", x->account, a->account);
		if (tuple->system >= SYSTEMS || tuple->act >= ACT_COUNT)
			BUG("system %d, act %d", tuple->system, tuple->act);
		if (where_file(x->where) >= t->files || !s->file(s->facts, where_file(x->where)))
			BUG("a fact of file %u of %llu", where_file(x->where),
			    (unsigned long long)t->files);
		for (int d = 0; d < DICT_OBJECT; d++)
			t->text_bytes += s->names.text(s->facts, (enum dict)d, tuple->text[d]).n;
		t->text_bytes += s->names.text(s->facts, DICT_OBJECT, x->object).n;
	}
	t->accounts++;
	t->facts += a->n;
}

/* Every byte that is a text of a file is read: a sanitizer sees one that is not ours. */
static void
tally_files(struct facts *f, struct tally *t)
{
	t->files = facts_file_count(f);
	for (uint32_t i = 0; i < t->files; i++) {
		const struct logfile *file = facts_file(f, i);

		t->text_bytes += str_find(file->path, '\0') + str_find(file->feed, '\0');
		if (file->sample_count > REFUSED_SAMPLES || file->end >= END_COUNT)
			BUG("file %u has %zu samples and ends as %d", i, file->sample_count,
			    (int)file->end);
		for (size_t k = 0; k < file->sample_count; k++)
			t->text_bytes += strlen(file->sample[k].expected);
	}
}

static struct tally
tally_all(struct facts *f)
{
	struct fact_source s = facts_source(f);
	struct tally t = { 0 };
	int64_t first, last;

	tally_files(f, &t);
	for (unsigned p = 0; p < s.partitions; p++) {
		struct fact_cursor *c = s.open(s.facts, p);
		struct account_facts a;

		while (s.next(c, &a))
			tally_account(&s, &a, &t);
		s.close(c);
	}
	if (s.span(s.facts, &first, &last) != (facts_events(f) > 0))
		BUG("%llu events and no span, or a span of none",
		    (unsigned long long)facts_events(f));
	facts_settle_doubles(f);
	if (t.facts > facts_events(f) || !facts_ok(f))
		BUG("more facts than events, or some are lost");
	return t;
}

static void
save_and_load_again(struct facts *f, const struct tally *want)
{
	static const struct part_choice all = { .first_file = 0 };
	struct part_made made;
	struct out o;
	char path[32];
	int fd = nameless(path);
	struct facts *again = new_facts();
	struct tally got;

	out_memory(&o);
	if (part_save(f, &all, how, &o, &made) != 0)
		BUG("what was loaded cannot be saved");
	fill(fd, out_taken(&o));
	if (load_part(again, path) != 0)
		BUG("what was saved cannot be loaded");
	got = tally_all(again);
	if (memcmp(&got, want, sizeof(got)) != 0 || facts_events(again) != facts_events(f))
		BUG("files %llu, accounts %llu, facts %llu are others when saved and loaded",
		    (unsigned long long)want->files, (unsigned long long)want->accounts,
		    (unsigned long long)want->facts);
	out_discard(&o);
	facts_free(again);
	close(fd);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int fd = -1;
	static char path[32];
	size_t n = PART_MAGIC.n + sizeof(how) + size + SHA256_SIZE;
	char *part = xalloc(n, 1);
	struct facts *f = new_facts();

	if (fd < 0)
		fd = nameless(path);
	memcpy(part, PART_MAGIC.p, PART_MAGIC.n);
	memcpy(part + PART_MAGIC.n, how, sizeof(how));
	if (size)
		memcpy(part + PART_MAGIC.n + sizeof(how), data, size);
	part_seal(part, n, how);
	fill(fd, (struct str){ part, n });
	if (load_part(f, path) == 0) {
		struct tally t = tally_all(f);

		save_and_load_again(f, &t);
	}
	/* Into the same facts: making new ones is what a run costs. */
	part[n - SHA256_SIZE + size % SHA256_SIZE] ^= 1;
	fill(fd, (struct str){ part, n });
	if (load_part(f, path) == 0)
		BUG("a part with a wrong digest was accepted");
	facts_free(f);
	free(part);
	return 0;
}
