/*
 * consumers_load.c - the one ledger that may be too large to load: an index beside it is used instead.
 *
 * Fresh is an index of a CSV of this size and time of change: hashing 2 GB at every scan to be surer costs more than
 * the scan.  What the run record calls the ledger's digest is what was hashed when the index was built.
 */
#include "context/context_own.h"

#include <errno.h>
#include <sys/stat.h>

/* Loading takes two and a half times as much memory as the file is long. */
#define LOAD_MOST ((off_t)1 << 30)

static int
too_large(struct str path, struct place at, struct errors *err)
{
	return error_at(err, at,
			"the ledger '" STR_FMT
			"' is larger than 1 GiB and has no index that can be used; `sekisho ledger "
			"index` builds one",
			STR_ARG(path));
}

static void
use_index(struct context *c, struct ledger *l, bool digest)
{
	const struct index_head *h = &c->consumers.head;

	c->indexed = true;
	l->loaded = true; /* with no row in memory */
	if (digest)
		sha256_hex(h->sha256, l->sha256);
}

int
consumers_load(struct context *c, const struct policy_ledger *p, bool digest, struct errors *err)
{
	struct ledger *l = &c->ledger[LEDGER_consumers];
	struct str csv = arena_str(&c->arena, p->path);
	struct consumer_index *ix = &c->consumers;
	struct stat st;

	if (stat(csv.p, &st))
		return ledger_load(l, csv, p->at, c->pool, digest, err);
	switch (consumer_index_open(ix, consumer_index_path(&c->arena, csv), &st, c->pool)) {
	case INDEX_FRESH:
		l->path = csv;
		use_index(c, l, digest);
		return 0;
	case INDEX_BROKEN:
		return error_add(err,
				 "'" STR_FMT
				 "' %s; `sekisho ledger index` builds it again, or remove it",
				 STR_ARG(ix->path), ix->why);
	case INDEX_STALE:
		error_add(&c->notes,
			  "'" STR_FMT "' %s, so the ledger itself is read; `sekisho ledger index` "
			  "builds it again",
			  STR_ARG(ix->path), ix->why);
		break;
	case INDEX_ABSENT:
		break;
	}
	if (S_ISREG(st.st_mode) && st.st_size > LOAD_MOST)
		return too_large(csv, p->at, err);
	return ledger_load(l, csv, p->at, c->pool, digest, err);
}
