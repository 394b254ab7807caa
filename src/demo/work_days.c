/*
 * work_days.c - the days themselves: a stream of requests in time order, with memory for accounts, never for lines.
 */
#include "demo/sink.h"
#include "demo/work.h"

/* What the script has taken out of a log (J-17): nothing benign is written then. */
static bool
taken_out(struct world *w, const struct req *q)
{
	for (size_t i = 0; i < w->hole_count; i++) {
		struct hole *h = &w->holes[i];

		if (q->sys != h->sys || q->at < h->from || q->at >= h->to)
			continue;
		if (h->once)
			h->to = h->from; /* one line only */
		return true;
	}
	return false;
}

/* Faults that change what is asked, not how it is written. */
static void
ways_astray(const struct world *w, struct req *q, uint64_t dice)
{
	if (q->acct == NOBODY)
		return;
	if ((dice & 31) == 0 && faulty(w, FAULT_NO_TERMINAL))
		q->term = NOBODY;
	if ((dice >> 8 & 63) == 0 && q->sys == w->systems - 1 && faulty(w, FAULT_APP_ADDRESS)) {
		q->net = N_APP;
		q->host = dice >> 20 & 3;
	}
}

/* A system that is not written draws its dice all the same: the others' lines do not change. */
static void
hand(struct world *w, struct sink **sinks, struct req *q, bool scripted)
{
	struct sink *k = sinks[q->sys];

	if (k == NULL)
		return;
	if (!scripted && w->hole_count != 0 && taken_out(w, q)) {
		k->missing++;
		return;
	}
	sink_put(k, q, scripted);
}

static void
day_run(struct day *d, struct sink **sinks, size_t *script_at)
{
	struct world *w = d->w;
	int64_t midnight = days_s(w->day0 + d->offset);

	for (uint32_t s = 0; s < DAY_S; s++) {
		for (; *script_at < w->script_count && w->script[*script_at].at <= midnight + s;
		     ++*script_at)
			hand(w, sinks, &w->script[*script_at], true);
		while (d->head[s] >= 0) {
			int32_t i = d->head[s];
			struct visit *v = &d->visits[i];
			struct req q;

			d->head[s] = v->link;
			request_draw(d, v, s, &q);
			ways_astray(w, &q, mix64(d->r.s));
			hand(w, sinks, &q, false);
			if (--v->left > 0)
				wait_in_wheel(d, i);
		}
	}
}

static bool
anything_broken(struct sink *const *sinks, const struct world *w)
{
	bool broken = w->failed;

	for (int s = 0; s < w->systems; s++)
		broken |= sinks[s] != NULL && sink_broken(sinks[s]);
	return broken;
}

/* A working day counts 100, a free one 14; every day gets its share of all lines, to the line. */
static void
days_run(struct world *w, struct day *d, struct sink **sinks)
{
	uint64_t total = 0, sum = 0, done = 0, quota;
	size_t script_at = 0;

	for (int i = 0; i < w->days; i++)
		total += w->hol[i] ? 14 : 100;
	for (d->offset = 0; d->offset < w->days && !anything_broken(sinks, w); d->offset++) {
		sum += w->hol[d->offset] ? 14 : 100;
		quota = w->lines / total * sum + w->lines % total * sum / total - done;
		if (day_plan(d, quota))
			done += quota;
		day_run(d, sinks, &script_at);
	}
}

static bool
wanted(const struct world *w, int sys)
{
	return w->o->stream.n == 0 || str_is(w->o->stream, system_rows[sys].id);
}

void
work(struct world *w)
{
	struct day *d = xalloc(1, sizeof(*d));
	struct sink *sinks[SYSTEMS_MOST] = { NULL };
	struct out calls;
	bool keep_calls = w->o->stream.n == 0 && w->o->lines <= 5000000;

	*d = (struct day){ .w = w, .r = { mix64(w->o->seed ^ 0x3042) } };
	if (keep_calls) {
		ledger_begin(w, "ledgers/records.csv", "", &calls);
		out_bytes(&calls, out_taken(&w->records));
		d->calls = &calls;
	}
	for (int s = 0; s < w->systems; s++) {
		if (wanted(w, s))
			sinks[s] = sink_open(w, s);
	}
	days_run(w, d, sinks);
	if (keep_calls)
		ledger_end(w, &calls);
	for (int s = 0; s < w->systems; s++) {
		if (sinks[s] != NULL)
			sink_close(sinks[s]);
	}
	free(d->visits);
	free(d);
}
