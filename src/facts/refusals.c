/*
 * refusals.c - refused lines, counted as accepted ones are: of copies in several files of a feed, as many as the file
 * with most of them has.
 *
 * A refused line has no time and no account: nothing is kept of it but where it lay and 96 bits of its digest, in the
 * shape of an event, so that it is spilled, saved and united as events are.
 */
#include "facts/facts_own.h"

void
facts_refuse(struct facts_writer *w, struct hash128 digest, uint64_t where)
{
	struct packed_event e = { .ms = (uint32_t)digest.hi,
				  .object = (uint32_t)(digest.lo >> 32),
				  .digest = (uint32_t)digest.lo,
				  .where = where };

	store_add(w->store, REFUSED_ROW, digest.lo % STORE_COLUMNS, &e);
}

/* One refused line of a feed, and in which file. */
struct copy {
	uint64_t digest;
	uint32_t more, feed, lineage;
	uint16_t system;
};

static int
copy_order(const void *a, const void *b)
{
	const struct copy *x = a, *y = b;

	if (x->digest != y->digest)
		return (x->digest > y->digest) - (x->digest < y->digest);
	if (x->more != y->more)
		return (x->more > y->more) - (x->more < y->more);
	if (x->feed != y->feed)
		return (x->feed > y->feed) - (x->feed < y->feed);
	return (x->lineage > y->lineage) - (x->lineage < y->lineage);
}

static bool
same_line(const struct copy *x, const struct copy *y)
{
	return x->digest == y->digest && x->more == y->more && x->feed == y->feed;
}

static void
count(struct facts *f, const struct copy *at, size_t n)
{
	for (size_t from = 0, end; from < n; from = end) {
		uint64_t most = 0, copies = 0;

		for (end = from; end < n && same_line(&at[from], &at[end]); end++) {
			copies = end > from && at[end].lineage == at[end - 1].lineage ? copies + 1
										      : 1;
			most = copies > most ? copies : most;
		}
		f->refused[at[from].system] += most;
	}
}

static void
count_column(struct facts *f, unsigned column)
{
	struct packed_event *raw;
	struct copy *copy;
	uint64_t n = bucket_count(f, false, REFUSED_ROW, column), k;

	if (n == 0)
		return;
	raw = xrealloc(NULL, n, sizeof(*raw));
	copy = xrealloc(NULL, n, sizeof(*copy));
	if (!bucket_read(f, false, REFUSED_ROW, column, raw))
		atomic_store(&f->failed, true);
	for (k = 0; k < n && !atomic_load(&f->failed); k++) {
		uint32_t file = where_file(raw[k].where);

		copy[k] = (struct copy){ .digest = (uint64_t)raw[k].object << 32 | raw[k].digest,
					 .more = raw[k].ms,
					 .feed = f->feed[file],
					 .lineage = f->lineage[file],
					 .system = f->file.at[file].system };
	}
	if (k == n) {
		qsort(copy, n, sizeof(*copy), copy_order);
		count(f, copy, n);
	}
	free(raw);
	free(copy);
}

uint64_t
refusals_of(void *facts, unsigned system)
{
	struct facts *f = facts;

	if (!f->refused) {
		f->refused = xalloc(f->options.systems + 1, sizeof(*f->refused));
		for (unsigned c = 0; c < STORE_COLUMNS; c++)
			count_column(f, c);
	}
	return f->refused[system];
}
