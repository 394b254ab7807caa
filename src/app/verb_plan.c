/*
 * verb_plan.c - inputs shared out to machines: lists for `scan --files-from LIST --partial PART`, whose parts `merge`
 * unites to what one run over all of them finds.
 *
 * A feed is never parted, since its files may hold the same lines, and files are whole: a part knows files, and a
 * line's place in its evidence is that in the whole file.  Ranges of one file would need names of their own for both.
 *
 * The largest feed goes to the shard that has least so far, and so on: at most a third more than the best there is.
 */
#include "app/inputs.h"
#include "app/judging.h"
#include "policy/policy_load.h"

#include <sys/stat.h>
#include <unistd.h>

struct feed {
	uint32_t number; /* of facts_feeds */
	uint64_t bytes;
};

struct plan {
	const struct options *options;
	struct arena arena;
	struct policy policy;
	struct facts *facts; /* of the inputs' names; no line is read */
	struct errors missing;
	uint32_t *feed_of;     /* by file number */
	VEC(struct feed) feed; /* by number; then the largest first */
	uint32_t *shard_of;    /* by feed number; shards count from 1 */
	uint32_t shards;
};

static uint64_t
size_of_file(struct plan *p, const struct logfile *f)
{
	struct stat st;

	return stat(arena_str(&p->arena, f->path).p, &st) == 0 ? (uint64_t)st.st_size : 0;
}

/* Feed numbers are dense, in the order of system and name. */
static void
gather(struct plan *p)
{
	uint32_t n = facts_file_count(p->facts);

	p->feed_of = facts_feeds(p->facts);
	for (uint32_t i = 0; i < n; i++) {
		for (uint32_t k = (uint32_t)p->feed.n; k <= p->feed_of[i]; k++)
			*VEC_PUSH(&p->feed) = (struct feed){ .number = k };
		p->feed.at[p->feed_of[i]].bytes += size_of_file(p, facts_file(p->facts, i));
	}
}

static int
larger_first(const void *a, const void *b)
{
	const struct feed *x = a, *y = b;

	if (x->bytes != y->bytes)
		return (x->bytes < y->bytes) - (x->bytes > y->bytes);
	return (x->number > y->number) - (x->number < y->number);
}

static void
share_out(struct plan *p)
{
	uint64_t *load;

	p->shards = (uint32_t)min_size(p->options->shards, p->feed.n);
	if (p->shards == 0)
		return;
	load = xalloc(p->shards, sizeof(*load));
	p->shard_of = arena_alloc(&p->arena, p->feed.n * sizeof(*p->shard_of));
	qsort(p->feed.at, p->feed.n, sizeof(*p->feed.at), larger_first);
	for (size_t i = 0; i < p->feed.n; i++) {
		uint32_t least = i < p->shards ? (uint32_t)i : 0;

		/* The first ones get one each, so that no list is empty, however small the files are. */
		for (uint32_t k = 1; i >= p->shards && k < p->shards; k++)
			least = load[k] < load[least] ? k : least;
		load[least] += p->feed.at[i].bytes;
		p->shard_of[p->feed.at[i].number] = least + 1;
	}
	free(load);
}

/* Paths of one shard, or of all with its number before each. */
static void
write_list(const struct plan *p, uint32_t shard, struct out *o)
{
	for (uint32_t i = 0; i < facts_file_count(p->facts); i++) {
		const struct logfile *f = facts_file(p->facts, i);

		if (p->shard_of[p->feed_of[i]] != shard)
			continue;
		if (p->options->index.n == 0) {
			out_u64(o, shard);
			out_char(o, ' ');
		}
		out_bytes(o, f->path);
		out_char(o, p->options->null_separated ? '\0' : '\n');
	}
}

static int
write_file(struct plan *p, uint32_t shard, struct errors *err)
{
	struct str path =
		arena_printf(&p->arena, STR_FMT "/shard-%u", STR_ARG(p->options->index), shard);
	struct out o;

	if (out_open(&o, path, err) != 0)
		return -1;
	write_list(p, shard, &o);
	return out_close(&o, err);
}

static int
write_all(struct plan *p, struct errors *err)
{
	struct str folder = arena_str(&p->arena, p->options->index);
	struct out o;
	int rc = 0;

	if (folder.n) {
		(void)mkdir(folder.p, 0700); /* if it cannot be, the first list tells why */
		for (uint32_t s = 1; s <= p->shards && rc == 0; s++)
			rc = write_file(p, s, err);
		return rc;
	}
	out_stream(&o, STDOUT_FILENO, STR("standard output"));
	for (uint32_t s = 1; s <= p->shards; s++)
		write_list(p, s, &o);
	return out_close(&o, err);
}

/* Standard input can be read once, by whoever reads it; and a list is made of lines. */
static int
check_names(const struct plan *p, struct errors *err)
{
	for (uint32_t i = 0; i < facts_file_count(p->facts); i++) {
		struct str path = facts_file(p->facts, i)->path;

		if (str_is(path, "-"))
			return error_add(err, "'-' is standard input, which cannot be shared out; "
					      "name files");
		if (!p->options->null_separated && str_find(path, '\n') < path.n)
			return error_add(err,
					 "'" STR_FMT "' has a line end in its name; use -0, here "
					 "and for `scan --files-from`",
					 STR_ARG(path));
	}
	return 0;
}

static enum status
plan_all(struct plan *p, struct errors *err)
{
	const struct options *o = p->options;

	if (o->shards == 0) {
		error_add(err, "into how many shards? `sekisho plan --shards 4`");
		return STATUS_USAGE;
	}
	if (policy_choose(&p->policy, o, &p->arena, err) != 0)
		return STATUS_USAGE;
	p->facts = facts_new(&(struct facts_options){ .memory = o->memory,
						      .writers_hint = 1,
						      .systems = p->policy.system_count,
						      .spill_dir = "/tmp",
						      .table_secret = o->table_secret });
	if (inputs_find(o, &p->policy, p->facts, &p->arena, &p->missing, err) != 0 ||
	    check_names(p, err) != 0)
		return STATUS_USAGE;
	gather(p);
	share_out(p);
	if (p->shards == 0)
		error_add(&p->missing, "there is no input to share out");
	if (write_all(p, err) != 0)
		return STATUS_INTERNAL;
	for (size_t i = 0; i < p->missing.list.n; i++)
		error_add(err, "incomplete: " STR_FMT, STR_ARG(p->missing.list.at[i]));
	return p->missing.list.n ? STATUS_INCOMPLETE : STATUS_OK;
}

static enum status
plan_run(struct options *o, struct errors *err)
{
	struct plan p = { .options = o };
	enum status status = plan_all(&p, err);

	VEC_FREE(&p.feed);
	free(p.feed_of);
	facts_free(p.facts);
	policy_free(&p.policy);
	errors_free(&p.missing);
	arena_free(&p.arena);
	return status;
}

const struct verb verb_plan = {
	.name = "plan",
	.usage = "[options] --shards N [FILE|DIR|GLOB]...",
	.summary = "inputs shared out to machines, a list each for scan --files-from",
	.bit = IN_PLAN,
	.run = plan_run,
};
