/*
 * part_save.c - facts to a file; see part.h.  Buckets go out as they lie, a partition and day at a time.
 */
#include "facts/facts_own.h"
#include "facts/part.h"
#include "facts/part_layout.h"

static void
put_u32(struct out *o, uint32_t v)
{
	out_bytes(o, (struct str){ .p = (const char *)&v, .n = sizeof(v) });
}

static void
put_u64(struct out *o, uint64_t v)
{
	out_bytes(o, (struct str){ .p = (const char *)&v, .n = sizeof(v) });
}

static void
put_text(struct out *o, struct str s)
{
	put_u32(o, (uint32_t)s.n);
	out_bytes(o, s);
}

static void
put_file(struct out *o, const struct logfile *f)
{
	bool noted = f->max_ratio && f->end == END_BOMB;

	for (int n = 0; n < NOTE_COUNT; n++)
		noted |= f->note[n] > 0;
	put_text(o, f->path);
	put_text(o, f->feed);
	put_u32(o, f->system);
	put_u64(o, f->bytes);
	put_u64(o, f->lines);
	for (int b = 0; b < BUCKET_COUNT; b++)
		put_u64(o, f->bucket[b]);
	put_u32(o, (uint32_t)f->end);
	put_u32(o, (f->unterminated ? PART_UNTERMINATED : 0U) | (f->hashed ? PART_HASHED : 0U) |
			   (noted ? PART_NOTED : 0U));
	out_bytes(o, (struct str){ .p = (const char *)f->sha256, .n = sizeof(f->sha256) });
	put_u32(o, (uint32_t)f->sample_count);
	for (size_t i = 0; i < f->sample_count; i++) {
		put_u64(o, f->sample[i].offset);
		put_u32(o, f->sample[i].byte);
		put_text(o, str_of(f->sample[i].expected));
	}
	put_u64(o, f->mark.n);
	for (size_t i = 0; i < f->mark.n; i++) {
		put_u64(o, f->mark.at[i].offset);
		put_u64(o, f->mark.at[i].line);
	}
	for (int n = 0; noted && n < NOTE_COUNT; n++)
		put_u64(o, f->note[n]);
	if (noted) {
		put_u64(o, f->proved);
		put_u64(o, f->max_ratio);
	}
}

static void
put_dict(struct out *o, const struct dictionary *d)
{
	uint32_t n = dict_count(d);

	put_u32(o, n);
	for (uint32_t i = 1; i <= n; i++)
		put_text(o, dict_text(d, i));
}

static int
put_writer(struct out *o, const struct facts_writer *w)
{
	struct packed_event *room = NULL;
	size_t rows;
	int32_t *row = store_rows(w->store, &rows);
	int rc = 0;

	for (size_t r = 0; r < rows && rc == 0; r++) {
		for (unsigned c = 0; c < STORE_COLUMNS && rc == 0; c++) {
			uint64_t n = store_count(w->store, row[r], c);

			if (n == 0)
				continue;
			room = xrealloc(room, n, sizeof(*room));
			if (!store_read(w->store, row[r], c, room))
				rc = -1;
			put_u32(o, (uint32_t)row[r]);
			put_u64(o, n);
			out_bytes(o,
				  (struct str){ .p = (const char *)room, .n = n * sizeof(*room) });
		}
	}
	free(room);
	free(row);
	return rc;
}

int
part_save(struct facts *f, const uint8_t parse_digest[PART_DIGEST], struct out *o)
{
	struct sha256 sha;
	uint8_t digest[SHA256_SIZE];
	int rc = 0;

	sha256_init(&sha);
	out_watch(o, &sha);
	out_bytes(o, PART_MAGIC);
	out_bytes(o, (struct str){ .p = (const char *)parse_digest, .n = PART_DIGEST });
	put_u32(o, (uint32_t)f->file.n);
	for (size_t i = 0; i < f->file.n; i++)
		put_file(o, &f->file.at[i]);
	for (int d = 0; d < DICT_COUNT; d++)
		put_dict(o, f->dict[d]);
	put_dict(o, f->tuples);
	for (size_t i = 0; i < f->writer.n; i++)
		rc |= put_writer(o, f->writer.at[i]);
	put_u32(o, 0);
	put_u64(o, 0);
	out_watch(o, NULL);
	sha256_end(&sha, digest);
	out_bytes(o, (struct str){ .p = (const char *)digest, .n = sizeof(digest) });
	return rc;
}
