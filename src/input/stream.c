/*
 * stream.c - see stream.h.  A buffer has room in front of its bytes, where what the reader keeps of the last view is
 * put, so that a line across two buffers stands in one piece and all other bytes are never copied.
 */
#include "input/stream.h"

#include <pthread.h>

/* Four of 256 KiB: fewer and the threads wait for each other, larger and the bytes have left the cache. */
enum { BUFFERS = 4, STREAM_CHUNK = 256 * 1024 };

struct piece {
	char *room; /* STREAM_KEEP bytes, then the bytes of the piece */
	size_t n;
	uint64_t proved; /* of the text, when this was all of it */
	uint64_t taken;  /* of the input until then */
};

struct stream {
	struct intake intake;
	struct unpacking unpacking;
	const struct packing *packing;
	enum encoding encoding;
	size_t chunk;
	uint64_t max_ratio;
	struct transcoder transcoder;
	char *raw; /* before turning */
	char head[4];
	size_t head_n;           /* first bytes, which may be a byte order mark */
	uint64_t turned, proved; /* bytes turned so far, and what of them is vouched for */

	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t filled_some, emptied_some;
	struct piece piece
		[BUFFERS]; /* a ring: [first, first + filled) are full, `first` is the view's */
	unsigned first, filled;
	bool started, stopped, over;

	struct str view;
	uint64_t view_at, bom, view_proved, view_taken;
};

static struct piece *
await_empty(struct stream *s)
{
	struct piece *p = NULL;

	pthread_mutex_lock(&s->lock);
	while (s->filled == BUFFERS && !s->stopped)
		pthread_cond_wait(&s->emptied_some, &s->lock);
	if (!s->stopped)
		p = &s->piece[(s->first + s->filled) % BUFFERS];
	pthread_mutex_unlock(&s->lock);
	return p;
}

static void
hand_over(struct stream *s, bool over)
{
	pthread_mutex_lock(&s->lock);
	if (over)
		s->over = true;
	else
		s->filled++;
	pthread_cond_signal(&s->filled_some);
	pthread_mutex_unlock(&s->lock);
}

/* What the first bytes say of the others.  They are at most a byte order mark; the rest of a chunk comes behind. */
static void
learn_encoding(struct stream *s, struct str head)
{
	enum encoding said = encoding_of_bom(head);

	if (said != ENCODING_NONE)
		s->encoding = said;
	if (said == ENCODING_UTF8)
		s->bom = 3;
	if (s->encoding != ENCODING_NONE && s->encoding != ENCODING_UTF8)
		s->transcoder = (struct transcoder){ .from = s->encoding };
	else
		s->encoding = ENCODING_NONE;
}

/* n bytes of raw, or the end of all; where the last whole member ends before or among them, the text there is proved. */
static size_t
turn(struct stream *s, const char *raw, size_t n, char *p)
{
	uint64_t from = s->unpacking.given - n, proved = s->unpacking.proved;
	size_t head = s->packing && proved > from ? (size_t)(proved - from) : 0, got = 0;

	if (head)
		got = transcode(&s->transcoder, raw, head, p);
	if (s->packing && proved >= from)
		s->proved = s->turned + got;
	if (n > head || n == 0)
		got += transcode(&s->transcoder, raw + head, n - head, p + got);
	s->turned += got;
	return got;
}

/* Up to n unpacked bytes as UTF-8 into p, which has TRANSCODE_ROOM(n). */
static size_t
turned(struct stream *s, char *p, size_t n)
{
	size_t got;

	if (s->encoding == ENCODING_NONE)
		return unpacking_read(&s->unpacking, p, n);
	do {
		got = unpacking_read(&s->unpacking, s->raw, n);
		/* A byte of a longer character may give nothing yet: that is not the end. */
		n = got ? n : 0;
		got = turn(s, s->raw, got, p);
	} while (got == 0 && n);
	return got;
}

/* The first piece, with the bytes that decided about the encoding; all of a small file is in it. */
static size_t
first_piece(struct stream *s, char *p)
{
	size_t n = s->head_n - (size_t)s->bom;

	if (s->encoding != ENCODING_NONE)
		return turn(s, s->head, s->head_n, p);
	memcpy(p, s->head + s->bom, n);
	return n < s->chunk ? n + unpacking_read(&s->unpacking, p + n, s->chunk - n) : n;
}

/* Room is taken when it is needed: most files of a folder are small. */
static size_t
fill_piece(struct stream *s, struct piece *p, bool first)
{
	bool turns = s->encoding != ENCODING_NONE;
	size_t n;

	if (!p->room)
		p->room = xrealloc(NULL,
				   STREAM_KEEP + sizeof(s->head) +
					   (turns ? TRANSCODE_ROOM(s->chunk) : s->chunk),
				   1);
	if (turns && !s->raw)
		s->raw = xrealloc(NULL, s->chunk, 1);
	n = first ? first_piece(s, p->room + STREAM_KEEP) : 0;
	/* A first piece may be a byte order mark and nothing else. */
	return n ? n : turned(s, p->room + STREAM_KEEP, s->chunk);
}

static uint64_t
proved_text(const struct stream *s)
{
	return s->encoding == ENCODING_NONE ? s->unpacking.proved : s->proved;
}

static void *
fill_pieces(void *arg)
{
	struct stream *s = arg;
	struct piece *p;
	bool first = true;

	unpacking_start(&s->unpacking, &s->intake, s->packing, s->chunk, s->max_ratio);
	s->head_n = unpacking_read(&s->unpacking, s->head, 3);
	learn_encoding(s, (struct str){ .p = s->head, .n = s->head_n });
	while ((p = await_empty(s)) != NULL) {
		p->n = fill_piece(s, p, first);
		first = false;
		p->proved = proved_text(s);
		p->taken = s->intake.at;
		hand_over(s, p->n == 0);
		if (p->n == 0)
			break;
	}
	unpacking_stop(&s->unpacking);
	return NULL;
}

struct stream *
stream_new(const struct intake *in, const struct packing *packing, const struct reader_options *o)
{
	struct stream *s = xalloc(1, sizeof(*s));

	s->intake = *in;
	s->packing = packing && o->strict && packing->strict ? packing->strict : packing;
	s->encoding = o->encoding;
	s->max_ratio = o->max_ratio;
	s->chunk = o->window ? min_size(o->window, 16 << 20) : STREAM_CHUNK;
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->filled_some, NULL);
	pthread_cond_init(&s->emptied_some, NULL);
	return s;
}

static void
stream_start(struct stream *s)
{
	s->started = true;
	if (pthread_create(&s->thread, NULL, fill_pieces, s) != 0)
		BUG("cannot start a thread");
}

/* The piece behind the view's, or NULL: there is none and will be none. */
static struct piece *
await_filled(struct stream *s)
{
	unsigned behind = s->view.p ? 1 : 0;
	struct piece *p = NULL;

	pthread_mutex_lock(&s->lock);
	while (s->filled <= behind && !s->over)
		pthread_cond_wait(&s->filled_some, &s->lock);
	if (s->filled > behind)
		p = &s->piece[(s->first + behind) % BUFFERS];
	pthread_mutex_unlock(&s->lock);
	return p;
}

static void
give_back(struct stream *s)
{
	pthread_mutex_lock(&s->lock);
	s->first = (s->first + 1) % BUFFERS;
	s->filled--;
	pthread_cond_signal(&s->emptied_some);
	pthread_mutex_unlock(&s->lock);
}

bool
stream_more(struct stream *s, size_t keep)
{
	struct piece *next;
	char *at;

	if (keep > STREAM_KEEP || keep > s->view.n)
		BUG("%zu bytes kept of a view of %zu", keep, s->view.n);
	if (!s->started)
		stream_start(s);
	next = await_filled(s);
	if (!next) {
		/* A member's trailer may come when all its text is given. */
		if (s->packing)
			s->view_proved = proved_text(s);
		return false;
	}
	at = next->room + STREAM_KEEP - keep;
	if (s->view.p) {
		memcpy(at, s->view.p + s->view.n - keep, keep);
		s->view_at += s->view.n - keep;
		give_back(s);
	} else {
		s->view_at = s->bom;
	}
	s->view = (struct str){ .p = at, .n = keep + next->n };
	s->view_proved = s->packing ? next->proved : UINT64_MAX;
	s->view_taken = next->taken;
	return true;
}

struct str
stream_view(const struct stream *s)
{
	return s->view;
}

uint64_t
stream_offset(const struct stream *s)
{
	return s->view_at;
}

uint64_t
stream_proved(const struct stream *s)
{
	return s->view_proved;
}

uint64_t
stream_taken(const struct stream *s)
{
	return s->view_taken;
}

enum file_end
stream_end(const struct stream *s)
{
	return s->unpacking.end;
}

uint64_t
stream_trailing(const struct stream *s)
{
	return s->unpacking.trailing;
}

bool
stream_overshot(const struct stream *s)
{
	return s->unpacking.overshot;
}

void
stream_free(struct stream *s)
{
	if (!s)
		return;
	if (s->started) {
		pthread_mutex_lock(&s->lock);
		s->stopped = true;
		pthread_cond_signal(&s->emptied_some);
		pthread_mutex_unlock(&s->lock);
		pthread_join(s->thread, NULL);
	}
	for (unsigned i = 0; i < BUFFERS; i++)
		free(s->piece[i].room);
	free(s->raw);
	pthread_mutex_destroy(&s->lock);
	pthread_cond_destroy(&s->filled_some);
	pthread_cond_destroy(&s->emptied_some);
	intake_close(&s->intake);
	free(s);
}
