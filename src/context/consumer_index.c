/*
 * consumer_index.c - opens and maps an index of consumers.csv; consumer_find.c searches it.
 *
 * It is mapped and not read: 30 million rows are 1 GB that would be ours, and a scan asks for a small part of them.
 * But a mapped file can be cut or overwritten by whoever may write to it, so whatever is believed is first copied and
 * then checked; the pages of a cut file read as zeroes (base/guard.h), and zeroes have no right check.
 */
#include "context/consumer_index.h"

#include "base/guard.h"
#include "base/read_at.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

static const char damaged[] = "is damaged";

static enum index_opened
broken(struct consumer_index *ix, const char *why)
{
	ix->why = why;
	return INDEX_BROKEN;
}

static uint64_t
parts_size(const struct index_head *h)
{
	return sizeof(struct index_part) << h->bits;
}

static uint64_t
buckets_at(const struct index_head *h)
{
	return INDEX_HEAD + parts_size(h);
}

static uint64_t
names_at(const struct index_head *h)
{
	return h->file_size - h->names_size;
}

/* Sizes that add up to the file's, none of them past it: then no sum of offsets can overflow. */
static bool
sizes_right(const struct index_head *h, uint64_t size)
{
	uint64_t left = size;

	if (h->file_size != size || h->bits > BITS_MOST || left < buckets_at(h))
		return false;
	left -= buckets_at(h);
	if (h->buckets > left / sizeof(struct index_bucket))
		return false;
	left -= h->buckets * sizeof(struct index_bucket);
	if (h->spans_size > left)
		return false;
	left -= h->spans_size;
	return h->texts_size <= left && left - h->texts_size == h->names_size;
}

/* The head alone: whose index it is. */
static enum index_opened
read_head(struct consumer_index *ix, const struct stat *source)
{
	char page[INDEX_HEAD] UNINITIALIZED;
	struct index_head *h = &ix->head;
	struct hash_key key;
	struct stat st;

	if (fstat(ix->fd, &st) || !S_ISREG(st.st_mode))
		return broken(ix, "is no regular file");
	if (!read_all_at(ix->fd, page, sizeof(page), 0))
		return broken(ix, damaged);
	memcpy(h, page, sizeof(*h));
	if (memcmp(h->magic, INDEX_MAGIC, sizeof(h->magic)) != 0)
		return broken(ix, "is no index of consumers");
	if (h->version != INDEX_VERSION || h->order != INDEX_ORDER) {
		ix->why = "was built by another version of sekisho";
		return INDEX_STALE;
	}
	hash_key_from(&key, STR(INDEX_MAGIC));
	if (h->check !=
	    index_check(&key, page + sizeof(h->check), sizeof(page) - sizeof(h->check), 0))
		return broken(ix, damaged);
	if (h->source_size != (uint64_t)source->st_size ||
	    h->source_seconds != source->st_mtim.tv_sec ||
	    h->source_nanoseconds != source->st_mtim.tv_nsec) {
		ix->why = "is of another consumers ledger: size or time of change differ";
		return INDEX_STALE;
	}
	if (!sizes_right(h, (uint64_t)st.st_size))
		return broken(ix, damaged);
	hash_key_from(&ix->key, (struct str){ (const char *)h->secret, sizeof(h->secret) });
	return INDEX_FRESH;
}

static bool
read_parts(struct consumer_index *ix)
{
	const struct index_head *h = &ix->head;
	uint64_t next = 0;

	ix->part = xalloc(1, parts_size(h));
	if (!read_all_at(ix->fd, ix->part, parts_size(h), INDEX_HEAD) ||
	    index_check(&ix->key, ix->part, parts_size(h), INDEX_HEAD) != h->parts_check)
		return false;
	for (size_t i = 0; i < (size_t)1 << h->bits; i++) {
		const struct index_part *p = &ix->part[i];

		if (p->first != next || p->total < p->homes || (p->total && !p->homes))
			return false;
		next += p->total;
	}
	return next == h->buckets && next <= UINT32_MAX;
}

static uint16_t *
read_list(struct str *rest, uint32_t count, struct pool *pool)
{
	uint16_t *list = xalloc(count + (size_t)1, sizeof(*list));

	for (uint32_t i = 1; i <= count; i++) {
		uint32_t n = rest->n >= sizeof(n) ? load32(rest->p) : UINT32_MAX;

		if (rest->n < sizeof(n) || n > rest->n - sizeof(n)) {
			free(list);
			return NULL;
		}
		list[i] = pool_add(pool, (struct str){ rest->p + sizeof(n), n });
		if (list[i] == POOL_FULL) {
			free(list);
			return NULL;
		}
		*rest = str_skip(*rest, sizeof(n) + n);
	}
	return list;
}

static bool
read_names(struct consumer_index *ix, struct pool *pools)
{
	const struct index_head *h = &ix->head;
	char *names = xalloc(1, h->names_size);
	struct str rest = { .p = names, .n = h->names_size };
	bool right = h->suppliers <= POOL_MOST && h->areas <= POOL_MOST &&
		     read_all_at(ix->fd, names, h->names_size, names_at(h)) &&
		     index_check(&ix->key, names, h->names_size, 0) == h->names_check;

	if (right)
		ix->supplier = read_list(&rest, h->suppliers, &pools[POOL_ORG]);
	if (ix->supplier)
		ix->area = read_list(&rest, h->areas, &pools[POOL_AREA]);
	free(names);
	return ix->area && rest.n == 0;
}

struct str
consumer_index_path(struct arena *a, struct str csv)
{
	return arena_printf(a, STR_FMT ".idx", STR_ARG(csv));
}

enum index_opened
consumer_index_open(struct consumer_index *ix, struct str path, const struct stat *source,
		    struct pool *pools)
{
	enum index_opened opened;

	*ix = (struct consumer_index){ .path = path, .fd = -1 };
	ix->fd = open(path.p, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (ix->fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return INDEX_ABSENT;
	if (ix->fd < 0)
		return broken(ix, "cannot be read");
	opened = read_head(ix, source);
	if (opened == INDEX_FRESH && (!read_parts(ix) || !read_names(ix, pools)))
		return broken(ix, damaged);
	return opened;
}

void
consumer_index_close(struct consumer_index *ix)
{
	consumer_index_unmap(ix);
	if (ix->path.p && ix->fd >= 0)
		close(ix->fd);
	free(ix->part);
	free(ix->supplier);
	free(ix->area);
	*ix = (struct consumer_index){ .fd = -1 };
}

/* With more look-ups than this share of its pages, nearly every 64 KiB of it will be touched. */
enum { PAGE = 4096, PAGES_A_FAULT = 32 };

bool
consumer_index_map(struct consumer_index *ix, uint64_t asks)
{
	const struct index_head *h = &ix->head;
	char *map = mmap(NULL, h->file_size, PROT_READ, MAP_SHARED, ix->fd, 0);

	if (map == MAP_FAILED)
		return false;
	guard_install();
#ifdef MADV_POPULATE_READ
	/* One call for all pages instead of a fault for every 16 of them; an older kernel refuses, and faults. */
	if (asks > h->file_size / PAGE / PAGES_A_FAULT)
		madvise(map, h->file_size, MADV_POPULATE_READ);
#endif
	ix->map = map;
	ix->buckets = map + buckets_at(h);
	ix->spans = ix->buckets + h->buckets * sizeof(struct index_bucket);
	ix->texts = ix->spans + h->spans_size;
	return true;
}

void
consumer_index_watch(const struct consumer_index *ix)
{
	guard_watch(ix->map, ix->map ? ix->head.file_size : 0);
}

void
consumer_index_unmap(struct consumer_index *ix)
{
	if (ix->map)
		munmap(ix->map, ix->head.file_size);
	ix->map = NULL;
}
