/*
 * log_faults.c - what goes wrong around a line.  The dice are the faults' own, so the lines themselves are the same
 * with and without them.
 */
#include "demo/sink.h"

void
fault_tell(struct sink *k, const char *name, uint64_t lines)
{
	struct str file = str_skip(k->path, k->w->o->out.n + 1);

	demo_row(&k->w->faults,
		 "{\"system\":\"%s\",\"file\":\"" STR_FMT "\",\"fault\":\"%s\",\"lines\":%llu}\n",
		 system_rows[k->sys].id, STR_ARG(file), name, (unsigned long long)lines);
}

static void
shuffle_end(struct sink *k)
{
	size_t from = k->shuffle_at[0], size = k->n - from, out = 0;
	char *copy = xalloc(1, size + 1);
	int order[SHUFFLE], n = SHUFFLE - k->shuffling;

	k->shuffle_at[n] = k->n;
	memcpy(copy, k->buf + from, size);
	for (int i = 0; i < n; i++)
		order[i] = i;
	for (int i = n; i > 1; i--) {
		int j = (int)rng_below(&k->dice, (uint32_t)i), t = order[i - 1];

		order[i - 1] = order[j];
		order[j] = t;
	}
	for (int i = 0; i < n; i++) {
		size_t a = k->shuffle_at[order[i]], len = k->shuffle_at[order[i] + 1] - a;

		memcpy(k->buf + from + out, copy + (a - from), len);
		out += len;
	}
	free(copy);
	fault_tell(k, "disorder", (uint64_t)n);
	k->shuffling = 0;
}

void
faults_settle(struct sink *k)
{
	if (k->shuffling != 0)
		shuffle_end(k);
}

/* Refused by every format; the damaged requests only make sense in a Combined log. */
static void
bad_line(struct sink *k)
{
	static const struct phrase bad[] = {
		PHRASE("!! logger: buffer lost 17 messages !!"),
		PHRASE("\x00\x01\x02\xff\xfe binary rubbish"),
		PHRASE("10.1.2.3 - pg0001 [31/Foo/2022:25:61:61 +0900] \"GET / HTTP/1.1\" 200 5 "
		       "\"-\" \"-\""),
		PHRASE("10.1.2.3 - pg0001 [04/Nov/2022:09:12:31 +0900] \"GET /consumers/03100000"),
		PHRASE("10.1.2.3 - pg0001 [04/Nov/2022:09:12:31 +0900] \"GET / HTTP/1.1\" abc 5 "
		       "\"-\" \"-\""),
		PHRASE(""),
		PHRASE("999.1.2.3 - - [04/Nov/2022:09:12:31 +0900"),
	};
	size_t kinds = strcmp(k->format->name, "combined") == 0 ? COUNT(bad) : 2;
	const struct phrase *b = &bad[(size_t)k->bad_count++ % kinds];

	k->n = (size_t)(put(k->buf + k->n, b->p, b->n) - k->buf);
	k->buf[k->n++] = '\n';
	part_line(k, b->n == 0 ? LINE_BLANK : LINE_REFUSED);
	fault_tell(k, "rejected", 1);
}

/* A static hit without an account: no rule may care.  Combined only. */
static void
long_line(struct sink *k)
{
	char *p = k->buf + k->n;

	p = put_short(PUT(p, "10.1.0.9 - - "), k->stamp.text, k->stamp.n);
	p = PUT(p, " \"GET /img/icon-00.svg HTTP/1.1\" 200 99 \"-\" \"");
	memset(p, 'x', LONG_LINE);
	p = PUT(p + LONG_LINE, "\"\n");
	k->n = (size_t)(p - k->buf);
	part_line(k, LINE_REFUSED);
	fault_tell(k, "long", 1);
}

void
faults_open(struct sink *k)
{
	const uint64_t never = UINT64_MAX;
	const struct world *w = k->w;
	bool first = k->sys == 0;

	k->expected = w->o->lines / (uint64_t)w->systems;
	k->next_shuffle = faulty(w, FAULT_DISORDER) ? 150 : never;
	k->next_bad = faulty(w, FAULT_REJECTED) ? 100 + rng_below(&k->dice, 50) : never;
	k->next_crlf = faulty(w, FAULT_CRLF) ? k->expected / 4 : never;
	/* only that system folds case and width */
	k->next_odd_name = first && (faulty(w, FAULT_CASE) || faulty(w, FAULT_WIDTH)) ? 20 : never;
	k->next_repeat = faulty(w, FAULT_REPEATS) ? 30 : never;
	k->long_at = first && faulty(w, FAULT_LONG) ? k->expected * 2 / 5 : never;
	k->feed_left = first && faulty(w, FAULT_SECOND_FEED) ? 40 : 0;
}

/* By counting lines. */
void
faults_before(struct sink *k)
{
	if (k->shuffling != 0) {
		k->shuffle_at[SHUFFLE - k->shuffling] = k->n;
		return;
	}
	if (k->lines >= k->next_bad) {
		k->next_bad += k->expected / 12 + 300 + rng_below(&k->dice, 100);
		bad_line(k);
	}
	if (k->lines >= k->long_at) {
		k->long_at = UINT64_MAX;
		long_line(k);
	}
	if (k->lines >= k->next_crlf) {
		k->next_crlf += k->expected / 3 + 500;
		k->crlf_left = 60;
		fault_tell(k, "crlf", 60);
	}
	if (k->lines >= k->next_shuffle) {
		k->next_shuffle += k->expected / 9 + 400 + rng_below(&k->dice, 100);
		k->shuffling = SHUFFLE;
		k->shuffle_at[0] = k->n;
	}
}

void
faults_after(struct sink *k, size_t begin, bool scripted)
{
	size_t len = k->n - begin;

	if (k->shuffling != 0) {
		if (--k->shuffling == 0)
			shuffle_end(k);
		return;
	}
	/* honest repeats: a client that tried twice within the second */
	if (k->lines >= k->next_repeat && !scripted) {
		k->next_repeat += 400 + rng_below(&k->dice, 400);
		memcpy(k->buf + k->n, k->buf + begin, len);
		k->n += len;
		part_line(k, LINE_GOOD);
		fault_tell(k, "repeats", 1);
	}
	/* a second front end, that is a second feed: the same bytes count there again */
	if (k->feed_left > 0 && !scripted) {
		k->feed_left--;
		out_bytes(&k->other_feed, (struct str){ .p = k->buf + begin, .n = len });
	}
}
