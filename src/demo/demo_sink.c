/*
 * demo_sink.c - one request into its system's log.
 */
#include "demo/sink.h"

#include <unistd.h>

/* The server whose clock is ahead, and the one whose field has another name: the script's lines stay true. */
static void
odd_ways(struct sink *k, struct req *q, struct line_in *in, bool scripted)
{
	if (k->lines >= k->next_odd_name) {
		bool wide = faulty(k->w, FAULT_WIDTH) &&
			    (!faulty(k->w, FAULT_CASE) || rng_below(&k->dice, 2) == 0);

		k->next_odd_name += 300 + rng_below(&k->dice, 300);
		in->wide = wide;
		in->upper = !wide;
	}
	if (scripted)
		return;
	in->renamed = q->at >= k->renamed_from;
	if (q->at >= k->skew_from && q->at < k->skew_to)
		q->at += 90;
}

void
sink_put(struct sink *k, const struct req *asked, bool scripted)
{
	struct req q = *asked;
	struct line_in in = { .w = k->w, .q = &q, .stamp = &k->stamp, .deco = rng_next(&k->deco) };
	size_t begin;
	char *p;

	if (!k->streaming)
		parts_turn(k, q.at);
	/* room for a shuffled stretch or an over-long line is always there */
	if (k->n > SINK_ROOM - SHUFFLE * LINE_ROOM - 2 * LONG_LINE && k->shuffling == 0)
		part_flush(k);
	if (k->faults) {
		faults_before(k);
		odd_ways(k, &q, &in, scripted);
	}
	if (q.at != k->stamp.at) {
		k->stamp.at = q.at;
		k->format->stamp(&k->stamp);
	}
	begin = k->n;
	p = k->format->line(k->buf + begin, &in);
	if (k->crlf_left > 0) {
		k->crlf_left--;
		*p++ = '\r';
	}
	*p++ = '\n';
	k->n = (size_t)(p - k->buf);
	k->lines++;
	part_line(k, LINE_GOOD);
	if (k->faults)
		faults_after(k, begin, scripted);
}

bool
sink_broken(const struct sink *k)
{
	return k->file.failed != 0;
}

struct sink *
sink_open(struct world *w, int sys)
{
	struct sink *k = xalloc(1, sizeof(*k));
	int64_t week = days_s(w->day0 + w->days / 2);

	*k = (struct sink){ .w = w, .sys = sys, .stamp.at = -1 };
	k->format = line_format_named(w->o->combined ? "combined" : system_rows[sys].format);
	k->streaming = w->o->stream.n != 0;
	k->faults = w->fault != 0 && !k->streaming;
	k->buf = xalloc(1, SINK_ROOM);
	k->deco.s = mix64(w->o->seed ^ (0xdec0u + (uint64_t)sys));
	k->dice.s = mix64(w->o->seed ^ (0xd1ceu + (uint64_t)sys));
	k->skew_from = k->skew_to = k->renamed_from = INT64_MAX;
	out_memory(&k->other_feed);
	parts_open(k);
	if (!k->faults)
		return k;
	faults_open(k);
	if (sys == w->systems - 1) {
		k->stamp.utc = faulty(w, FAULT_UTC); /* of its oldest file only */
		if (k->stamp.utc)
			fault_tell(k, "utc", 0);
		if (faulty(w, FAULT_SKEW)) {
			k->skew_from = week;
			k->skew_to = week + hours_s(3);
			fault_tell(k, "skew", 0);
		}
		if (faulty(w, FAULT_RENAMED)) {
			k->renamed_from = days_s(w->day0 + w->days * 7 / 10);
			fault_tell(k, "renamed", 0);
		}
	}
	return k;
}

static void
totals_tell(struct sink *k)
{
	struct demo_story *story = k->w->story;
	const struct tally *t = &k->total;
	uint64_t all = t->header + t->duplicate + t->kind[LINE_GOOD] + t->kind[LINE_REFUSED] +
		       t->kind[LINE_BLANK];

	demo_row(
		&k->w->faults,
		"{\"system\":\"%s\",\"lines\":%llu,\"blank\":%llu,\"header\":%llu,\"refused\":%llu,"
		"\"duplicate\":%llu,\"accepted\":%llu,\"missing\":%llu}\n",
		system_rows[k->sys].id, (unsigned long long)all,
		(unsigned long long)t->kind[LINE_BLANK], (unsigned long long)t->header,
		(unsigned long long)t->kind[LINE_REFUSED], (unsigned long long)t->duplicate,
		(unsigned long long)t->kind[LINE_GOOD], (unsigned long long)k->missing);
	story->lines += all;
	story->blank += t->kind[LINE_BLANK];
	story->refused += t->kind[LINE_REFUSED];
	story->duplicate += t->duplicate;
	story->accepted += t->kind[LINE_GOOD];
}

void
sink_close(struct sink *k)
{
	if (k->streaming)
		part_finish(k);
	else
		parts_close(k);
	totals_tell(k);
	out_discard(&k->other_feed);
	free(k->buf);
	free(k);
}
