/*
 * consumer_source.c - see consumer_source.h.  The file is read twice: what encoding it is in shows only at its end.
 */
#include "context/consumer_source.h"

#include "base/csv.h"
#include "base/hash.h"
#include "base/read_at.h"
#include "context/cell.h"
#include "context/ledger_file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { HASH_WINDOW = 1 << 20 };

/* Of the bytes as they lie; told with everything else that can go wrong with reading, by who reads them. */
static void *
hash_file(void *arg)
{
	struct consumer_source *s = arg;
	char *buffer = xalloc(1, HASH_WINDOW);
	struct sha256 sha;
	uint64_t at = 0;
	size_t got;
	int failed;

	sha256_init(&sha);
	while ((got = read_at(s->fd, buffer, HASH_WINDOW, at, &failed)) > 0) {
		sha256_add(&sha, buffer, got);
		at += got;
	}
	sha256_end(&sha, s->sha256);
	s->hash_failed = failed != 0;
	free(buffer);
	return NULL;
}

static int
cannot_read(const struct consumer_source *s, struct place at, struct errors *err)
{
	return error_at(err, at, "the ledger '" STR_FMT "' cannot be read: %s", STR_ARG(s->path),
			strerror(errno));
}

/* One look at the whole file, a piece after the other. */
struct look {
	/* Returns false to stop. */
	bool (*piece)(struct look *l, struct str s);
	uint64_t at; /* of the piece */
	uint64_t first_wrong, wrong, threes;
	unsigned line;
	struct transcoder turning;
	char *turned;
	bool bom;
	struct hash_key key;
	struct sha256
		seed; /* over a hash of every piece: a tenth of the time of hashing the pieces */
};

/* How many bytes at the end of a piece may be the head of a character that goes on behind it. */
static size_t
half_character(struct str s)
{
	for (size_t k = 1; k <= 3 && k < s.n; k++) {
		uint8_t c = (uint8_t)s.p[s.n - k];

		if (c < 0x80)
			break;
		if (c >= 0xC0)
			return k;
	}
	return 0;
}

static int
look_over(struct consumer_source *s, struct look *l, bool (*piece)(struct look *, struct str))
{
	size_t got;
	int failed;

	l->at = 0;
	while ((got = read_at(s->fd, s->raw, s->window, l->at, &failed)) > 0) {
		struct str p = { .p = s->raw, .n = got };

		if (p.n == s->window)
			p.n -= half_character(p);
		if (!piece(l, p))
			return 0;
		l->at += p.n;
	}
	return failed ? -1 : 0;
}

static bool
find_wrong(struct look *l, struct str s)
{
	struct hash128 hash = hash128(&l->key, s);
	size_t right = utf8_check(s);

	sha256_add(&l->seed, &hash, sizeof(hash));
	if (l->at == 0)
		l->bom = str_starts(s, STR("\xEF\xBB\xBF"));
	l->first_wrong = l->at + right;
	l->wrong = right < s.n;
	return !l->wrong;
}

static size_t
utf8_length(struct str s)
{
	uint8_t c = (uint8_t)s.p[0];
	size_t n = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;

	return n <= s.n && utf8_check(str_head(s, n)) == n ? n : 0;
}

static bool
tally(struct look *l, struct str s)
{
	while (s.n) {
		size_t n = utf8_length(s);

		l->wrong += n == 0;
		l->threes += n == 3;
		s = str_skip(s, n ? n : 1);
	}
	return true;
}

static bool
count_lines(struct look *l, struct str s)
{
	s = str_head(s, l->first_wrong - l->at);
	for (size_t i = 0; i < s.n; i++)
		l->line += s.p[i] == '\n';
	return l->at + s.n < l->first_wrong;
}

/* As read_as_cp932() of ledger_file.c. */
static bool
try_cp932(struct look *l, struct str s)
{
	struct str t = { .p = l->turned, .n = transcode(&l->turning, s.p, s.n, l->turned) };

	l->wrong = l->turning.bad || str_contains(t, STR("\xC2\x80"));
	return !l->wrong;
}

/* -1 when the file cannot be read; *wrong is the line of what is neither. */
static int
find_encoding(struct consumer_source *s, unsigned *wrong)
{
	struct look l = { .line = 1, .turning = { .from = ENCODING_CP932 } };

	*wrong = 0;
	hash_key_from(&l.key, STR("consumers"));
	sha256_init(&l.seed);
	if (look_over(s, &l, find_wrong))
		return -1;
	sha256_end(&l.seed, s->seed);
	if (!l.wrong)
		return 0;
	l.wrong = 0;
	if (look_over(s, &l, tally) || look_over(s, &l, count_lines))
		return -1;
	*wrong = l.line;
	if (l.bom || l.threes >= l.wrong)
		return 0;
	l.turned = xalloc(1, TRANSCODE_ROOM(s->window));
	l.wrong = 0;
	if (look_over(s, &l, try_cp932)) {
		free(l.turned);
		return -1;
	}
	transcode(&l.turning, NULL, 0, l.turned);
	s->cp932 = !l.wrong && !l.turning.bad;
	*wrong = s->cp932 ? 0 : l.line;
	free(l.turned);
	return 0;
}

int
consumer_source_open(struct consumer_source *s, struct str path, struct place named_at,
		     size_t window, struct errors *err)
{
	struct place at = { .file = path };

	*s = (struct consumer_source){ .path = path,
				       .window = window,
				       .turning = { .from = ENCODING_CP932 } };
	s->fd = open(path.p, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (s->fd < 0 || fstat(s->fd, &s->st))
		return cannot_read(s, named_at, err);
	if (!S_ISREG(s->st.st_mode))
		return error_at(err, named_at,
				"the ledger '" STR_FMT "' is no regular file; only one can have an "
				"index",
				STR_ARG(path));
	s->raw = xalloc(1, window);
	if (find_encoding(s, &at.line))
		return cannot_read(s, named_at, err);
	if (at.line)
		return error_at(err, at,
				"this is neither UTF-8 nor CP932; save the file as UTF-8 (in "
				"Excel: 'CSV UTF-8')");
	s->hashing = pthread_create(&s->hasher, NULL, hash_file, s) == 0;
	if (!s->hashing)
		hash_file(s);
	return 0;
}

/* Another piece of the file behind the text. */
static bool
read_more(struct consumer_source *s)
{
	size_t most = s->cp932 ? TRANSCODE_ROOM(s->window) : s->window;
	char *to;
	size_t got;
	int failed;

	if (s->n + most + MEMO_TEXT > s->room) {
		s->room = s->n + s->n / 2 + most + MEMO_TEXT;
		s->text = xrealloc(s->text, s->room, 1);
	}
	to = s->text + s->n;
	got = read_at(s->fd, s->cp932 ? s->raw : to, s->window, s->at, &failed);
	if (failed)
		return false;
	s->at += got;
	s->done = got < s->window;
	if (s->cp932) {
		s->n += transcode(&s->turning, s->raw, got, to);
		if (s->done && got)
			s->n += transcode(&s->turning, NULL, 0, s->text + s->n);
	} else {
		s->n += got;
	}
	memset(s->text + s->n, 0, MEMO_TEXT);
	return true;
}

/* What was not lent yet, and the newline before it. */
static void
keep_tail(struct consumer_source *s)
{
	size_t from = s->rows_end ? s->rows_end - 1 : 0;

	s->n -= from;
	if (s->n)
		memmove(s->text, s->text + from, s->n);
	s->begun = s->begun || s->rows_end;
}

static size_t
last_row_end(const struct consumer_source *s)
{
	const char *p = s->n ? memrchr(s->text, '\n', s->n) : NULL;
	struct str rows = { .p = s->text };

	if (!p)
		return 0;
	rows.n = (size_t)(p - s->text) + 1;
	return rows.n > s->begun && !csv_quote_open(rows, ',', false) ? rows.n : 0;
}

bool
consumer_source_next(struct consumer_source *s, struct str *rows, unsigned line, struct errors *err)
{
	struct place at = { .file = s->path, .line = line };

	keep_tail(s);
	s->rows_end = 0;
	while (!s->rows_end && !s->done) {
		if (s->n > SOURCE_ROW_MOST) {
			error_at(err, at,
				 "of the rows from here on, one does not end within 64 MiB; is a "
				 "quote left open?");
			return false;
		}
		if (!read_more(s)) {
			cannot_read(s, at, err);
			return false;
		}
		s->rows_end = last_row_end(s);
	}
	if (s->done)
		s->rows_end = s->n;
	*rows = (struct str){ .p = s->text, .n = s->rows_end };
	return rows->n > s->begun;
}

int
consumer_source_settle(struct consumer_source *s, struct errors *err)
{
	struct place at = { .file = s->path };
	struct stat now;

	if (s->hashing)
		pthread_join(s->hasher, NULL);
	s->hashing = false;
	if (fstat(s->fd, &now) || s->hash_failed)
		return cannot_read(s, at, err);
	if (now.st_size != s->st.st_size || now.st_mtim.tv_sec != s->st.st_mtim.tv_sec ||
	    now.st_mtim.tv_nsec != s->st.st_mtim.tv_nsec ||
	    now.st_ctim.tv_sec != s->st.st_ctim.tv_sec ||
	    now.st_ctim.tv_nsec != s->st.st_ctim.tv_nsec)
		return error_at(err, at, "the ledger changed while it was read; try again");
	return 0;
}

void
consumer_source_close(struct consumer_source *s)
{
	if (s->hashing)
		pthread_join(s->hasher, NULL);
	if (s->fd >= 0)
		close(s->fd);
	free(s->raw);
	free(s->text);
}
