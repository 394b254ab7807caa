/*
 * consumer_build.c - see consumer_build.h.
 */
#include "context/consumer_build.h"

#include "context/consumer_source.h"
#include "context/consumer_spill.h"
#include "context/consumer_writer.h"
#include "context/ledgers.h"

#include <errno.h>

enum { PART_BYTES = 2 << 20, TOLD_MOST = 1000 };

/* An overlap, kept until all are known: they are told in the order of the first line of each consumer. */
struct told {
	uint32_t line;
	uint32_t serial; /* among those of one consumer */
	struct str message;
};

struct building {
	const struct consumer_build *b;
	struct errors *err;
	struct hash_key key;
	struct pool pool[POOL_COUNT];
	struct ledger ledger; /* the rows of one window */
	struct consumer_source source;
	struct consumer_spill spill;
	struct consumer_writer writer;
	VEC(struct consumer_row) group; /* rows of one consumer */
	VEC(struct told) told;
	size_t dropped;
};

static size_t
mistakes(const struct errors *err)
{
	return err->list.n + err->dropped;
}

static uint32_t
bits_for(uint64_t size)
{
	uint32_t bits = 0;

	while (bits < BITS_MOST && size >> bits > PART_BYTES)
		bits++;
	return bits;
}

static int
spill_failed(const struct building *g)
{
	return error_add(g->err,
			 "rows could not be written to '%s' and read back: is there room? TMPDIR "
			 "names another folder",
			 g->b->folder);
}

/* Pass one: every row to its part. */
static int
cast_rows(struct building *g)
{
	struct ledger_pieces *pieces = ledger_pieces_new(&g->ledger, g->pool, g->err);
	unsigned line = 1;
	struct str text;

	while (consumer_source_next(&g->source, &text, line, g->err)) {
		unsigned first = line - g->source.begun;

		ledger_pieces_read(pieces, text, &first);
		line = first;
		for (size_t i = 0; i < g->ledger.count; i++)
			consumer_spill_add(&g->spill, ledger_row(&g->ledger, i));
		if (g->spill.rows > LEDGER_ROWS_MOST) {
			error_at(g->err, (struct place){ .file = g->b->csv, .line = line },
				 "a ledger holds at most %u rows", LEDGER_ROWS_MOST);
			break;
		}
	}
	ledger_pieces_free(pieces);
	return consumer_spill_settle(&g->spill) ? 0 : spill_failed(g);
}

static int
by_line(const void *a, const void *b)
{
	const struct told *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return (x->serial > y->serial) - (x->serial < y->serial);
}

/* Keeps the first that will be told; no more than that would be read. */
static void
trim_told(struct building *g, struct arena *texts)
{
	struct arena kept = { 0 };

	if (g->told.n)
		qsort(g->told.at, g->told.n, sizeof(*g->told.at), by_line);
	if (g->told.n > TOLD_MOST) {
		g->dropped += g->told.n - TOLD_MOST;
		g->told.n = TOLD_MOST;
	}
	for (size_t i = 0; i < g->told.n; i++)
		g->told.at[i].message = arena_str(&kept, g->told.at[i].message);
	arena_free(texts);
	*texts = kept;
}

/* g->group is of one consumer, in order. */
static void
check_group(struct building *g, struct arena *texts)
{
	struct errors own = { 0 };
	uint32_t first = UINT32_MAX;

	ledger_check_group(&g->ledger, &g->group.at[0].head, &own);
	for (size_t i = 0; i < g->group.n; i++)
		first = g->group.at[i].head.line < first ? g->group.at[i].head.line : first;
	for (size_t i = 0; i < own.list.n; i++)
		*VEC_PUSH(&g->told) =
			(struct told){ first, (uint32_t)i, arena_str(texts, own.list.at[i]) };
	g->dropped += own.dropped;
	errors_free(&own);
	if (g->told.n > (size_t)8 * TOLD_MOST)
		trim_told(g, texts);
}

static void
add_row(struct building *g, const struct spill_row *r)
{
	*VEC_PUSH(&g->group) = (struct consumer_row){
		.head = { .line = r->line },
		.span = { .from = r->from,
			  .to = r->to,
			  .supplier = r->supplier,
			  .area = r->area,
			  .type = r->type },
	};
}

/* rows[0..n) of one consumer. */
static void
write_consumer(struct building *g, const struct spill_row *r, size_t n, struct arena *texts)
{
	struct index_key key = { .low = r->key_low, .high = r->key_high, .text = r->text };

	g->group.n = 0;
	for (size_t i = 0; i < n; i++)
		add_row(g, &r[i]);
	for (size_t i = 0; i < n; i++)
		g->group.at[i].head.count = (uint32_t)(n - i);
	if (n > 1)
		check_group(g, texts);
	consumer_writer_add(&g->writer, r->hash, key,
			    r->text ? consumer_spill_text(&g->spill, r) : (struct str){ 0 },
			    g->group.at);
}

static size_t
group_end(struct building *g, const struct spill_row *r, size_t at, size_t n)
{
	size_t end = at + 1;

	while (end < n && r[end].hash == r[at].hash &&
	       consumer_spill_same(&g->spill, &r[at], &r[end]))
		end++;
	return end;
}

static int
write_part(struct building *g, uint64_t part, struct arena *texts)
{
	size_t n = (size_t)consumer_spill_count(&g->spill, part), ids = 0, end;
	struct spill_row *rows;
	int rc = 0;

	if (n > PART_ROWS_MOST)
		return error_at(g->err, (struct place){ .file = g->b->csv },
				"more than %d rows are of one consumer, or of a few; an index does "
				"not take as many",
				PART_ROWS_MOST >> 1);
	rows = xalloc(n, sizeof(*rows));
	if (consumer_spill_read(&g->spill, part, rows)) {
		for (size_t at = 0; at < n; at = group_end(g, rows, at, n))
			ids++;
		consumer_writer_begin(&g->writer, ids);
		for (size_t at = 0; at < n; at = end) {
			end = group_end(g, rows, at, n);
			write_consumer(g, rows + at, end - at, texts);
		}
		consumer_writer_end(&g->writer);
	}
	if (g->spill.failed)
		rc = spill_failed(g);
	free(rows);
	return rc;
}

static void
tell_overlaps(struct building *g, struct arena *texts)
{
	trim_told(g, texts);
	for (size_t i = 0; i < g->told.n; i++)
		error_add(g->err, STR_FMT, STR_ARG(g->told.at[i].message));
	g->err->dropped += g->dropped;
}

/* Pass two: every part in turn.  Overlaps are looked for also when nothing is going to be kept. */
static int
write_parts(struct building *g)
{
	struct arena texts = { 0 };
	int rc = 0;

	for (uint64_t part = 0; part < 1ULL << g->spill.bits && rc == 0; part++)
		rc = write_part(g, part, &texts);
	tell_overlaps(g, &texts);
	arena_free(&texts);
	return rc;
}

static void
describe_source(struct building *g)
{
	struct index_head *h = &g->writer.head;

	h->rows = g->spill.rows;
	h->source_size = (uint64_t)g->source.st.st_size;
	h->source_seconds = g->source.st.st_mtim.tv_sec;
	h->source_nanoseconds = g->source.st.st_mtim.tv_nsec;
	memcpy(h->sha256, g->source.sha256, sizeof(h->sha256));
}

static int
build(struct building *g, struct consumer_built *out)
{
	size_t before = mistakes(g->err);
	uint32_t bits = bits_for((uint64_t)g->source.st.st_size);

	if (!consumer_spill_open(&g->spill, &g->key, bits, g->b->memory, g->b->folder))
		return error_add(g->err, "cannot write a temporary file in '%s': %s", g->b->folder,
				 strerror(errno));
	if (consumer_writer_open(&g->writer, g->b->index, bits, g->source.seed, g->b->folder,
				 g->err))
		return -1;
	if (cast_rows(g) || write_parts(g) || consumer_source_settle(&g->source, g->err) ||
	    mistakes(g->err) > before) {
		consumer_writer_discard(&g->writer);
		return -1;
	}
	describe_source(g);
	if (consumer_writer_close(&g->writer, g->pool, g->err))
		return -1;
	*out = (struct consumer_built){ .rows = g->writer.head.rows,
					.ids = g->writer.head.ids,
					.bytes = g->writer.head.file_size };
	return 0;
}

int
consumer_build(const struct consumer_build *b, struct consumer_built *out, struct errors *err)
{
	struct building *g = xalloc(1, sizeof(*g));
	int rc = -1;

	g->b = b;
	g->err = err;
	for (size_t i = 0; i < POOL_COUNT; i++)
		pool_init(&g->pool[i], &g->key);
	ledger_init(&g->ledger, &led_consumers, &g->key);
	g->ledger.path = b->csv;
	if (consumer_source_open(&g->source, b->csv, b->named_at, b->window, err) == 0) {
		/* The same ledger, the same index: its key is of the ledger's bytes. */
		hash_key_from(&g->key,
			      (struct str){ (const char *)g->source.seed, sizeof(g->source.seed) });
		rc = build(g, out);
	}
	consumer_source_close(&g->source);
	consumer_spill_close(&g->spill);
	ledger_free(&g->ledger);
	for (size_t i = 0; i < POOL_COUNT; i++)
		pool_free(&g->pool[i]);
	VEC_FREE(&g->group);
	VEC_FREE(&g->told);
	free(g);
	return rc;
}
