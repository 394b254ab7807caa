/*
 * content.c - see content.h.
 */
#include "app/content.h"

#include "app/lines.h"

struct digesting {
	struct sha256 sha;
	uint64_t at;    /* all before it is in */
	uint64_t bytes; /* that were digested as they stand */
	struct content_mark *mark, *end;
};

static void
pass_marks(struct digesting *d, bool line_ends)
{
	while (d->mark < d->end && d->mark->offset <= d->at) {
		struct sha256 so_far = d->sha;

		d->mark->passed = d->mark->offset == d->at && line_ends;
		sha256_end(&so_far, d->mark->sha256);
		d->mark++;
	}
}

/* Text up to the next mark, and on. */
static void
digest_text(struct digesting *d, struct str text)
{
	while (text.n) {
		size_t n = text.n;

		if (d->mark < d->end && d->mark->offset - d->at < n)
			n = (size_t)(d->mark->offset - d->at);
		sha256_add(&d->sha, text.p, n);
		d->at += n;
		d->bytes += n;
		pass_marks(d, n && text.p[n - 1] == '\n');
		text = str_skip(text, n);
	}
}

static void
digest_skipped(struct digesting *d, uint64_t bytes)
{
	sha256_add(&d->sha, &bytes, sizeof(bytes));
	d->at += bytes;
	pass_marks(d, true);
}

int
content_read(const struct source *source, struct str path, const struct reader_options *o,
	     bool hold, struct content_mark *mark, size_t marks, struct content *out)
{
	struct digesting d = { .mark = mark, .end = mark + marks };
	struct errors mute = { 0 };
	struct reader *reader = lines_open(source, path, o, &mute);
	struct block b;

	*out = (struct content){ .bytes = 0 };
	errors_free(&mute);
	if (!reader)
		return -1;
	for (size_t i = 0; i < marks; i++)
		mark[i].passed = false;
	sha256_init(&d.sha);
	out->plain = reader_size(reader) != UINT64_MAX;
	while (reader_next(reader, &b)) {
		const char *last = b.bytes.n ? memrchr(b.bytes.p, '\n', b.bytes.n) : NULL;
		size_t whole = last ? (size_t)(last - b.bytes.p) + 1 : 0;

		d.at = b.offset;
		if (b.skipped)
			digest_skipped(&d, b.skipped);
		digest_text(&d, str_head(b.bytes, hold ? whole : b.bytes.n));
	}
	out->end = reader_end(reader);
	out->bytes = d.at;
	out->as_it_lies = out->end == END_WHOLE && d.bytes == reader_size(reader);
	/* A last line without its newline, that was taken as it is, ends there too. */
	for (size_t i = 0; i < marks; i++)
		mark[i].passed |= mark[i].offset == out->bytes;
	sha256_end(&d.sha, out->sha256);
	reader_close(reader);
	return 0;
}
