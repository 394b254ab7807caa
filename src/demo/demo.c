/*
 * demo.c - the order of work: things, people, what is to be found, ledgers, then the days.
 */
#include "demo/faults.h"

#include <errno.h>
#include <sys/stat.h>

static int
folder(struct world *w, const char *a, const char *b)
{
	struct str path = arena_printf(&w->arena, STR_FMT "%s%s", STR_ARG(w->o->out), a, b);

	if (mkdir(path.p, 0777) != 0 && errno != EEXIST)
		return error_add(w->err, "cannot make folder '" STR_FMT "': %s", STR_ARG(path),
				 strerror(errno));
	return 0;
}

static int
folders(struct world *w)
{
	int rc = folder(w, "", "") | folder(w, "/ledgers", "") | folder(w, "/logs", "");

	for (int s = 0; s < w->systems && rc == 0; s++)
		rc = folder(w, "/logs/", system_rows[s].id);
	return rc;
}

static bool
system_known(const struct world *w)
{
	for (int s = 0; s < w->systems; s++) {
		if (str_is(w->o->stream, system_rows[s].id))
			return true;
	}
	return false;
}

static int
check(struct world *w)
{
	const struct demo_options *o = w->o;

	if (o->stream.n != 0 && !system_known(w))
		return error_add(w->err,
				 "no system '" STR_FMT "'; the first of %d are %s, %s and %s",
				 STR_ARG(o->stream), w->systems, system_rows[0].id,
				 system_rows[1].id, system_rows[2].id);
	if (o->lines < w->script_count)
		return error_add(
			w->err,
			"the incidents alone have %zu lines, more than the %llu asked for; leave "
			"some out with --incidents or --difficulty",
			w->script_count, (unsigned long long)o->lines);
	w->lines = o->lines - w->script_count;
	return 0;
}

static void
write_ledgers(struct world *w)
{
	policy_write(w);
	ledgers_write(w);
	more_ledgers_write(w);
	save(w, "truth.ndjson", &w->truth);
}

static void
world_free(struct world *w)
{
	for (int p = 0; p < POOLS; p++)
		free(w->pool[p].at);
	free(w->script);
	free(w->holes);
	free(w->consumers);
	free(w->terms);
	free(w->accounts);
	free(w->nets);
	arena_free(&w->arena);
	free(w);
}

/* Memory that nobody saved: a stream has no ledgers. */
static void
drop(struct world *w)
{
	struct out *const left[] = { &w->grants,  &w->pairs, &w->permits, &w->shared_ids,
				     &w->loans,   &w->auth,  &w->records, &w->orders,
				     &w->archive, &w->truth, &w->faults };

	for (size_t i = 0; i < COUNT(left); i++) {
		if (left[i]->buffer != NULL)
			out_discard(left[i]);
	}
}

int
demo_make(const struct demo_options *o, struct demo_story *story, struct errors *err)
{
	struct world *w = xalloc(1, sizeof(*w));
	bool streaming = o->stream.n != 0;
	int rc;

	*w = (struct world){ .o = o,
			     .err = err,
			     .story = story,
			     .days = o->days,
			     .systems = o->systems,
			     .day0 = o->day0,
			     .fault = streaming ? 0 : o->faults };
	story->end = (days_s(w->day0 + w->days) - JST_S) * 1000;
	calendar_build(w);
	nets_build(w);
	systems_build(w);
	consumers_build(w);
	script_build(w);
	staff_build(w);
	rc = check(w);
	if (rc == 0 && !streaming) {
		rc = folders(w);
		if (rc == 0)
			write_ledgers(w);
	}
	if (rc == 0 && !w->failed)
		work(w);
	if (rc == 0 && !streaming && !w->failed)
		save(w, "faults.ndjson", &w->faults);
	drop(w);
	rc = rc != 0 || w->failed ? -1 : 0;
	world_free(w);
	return rc;
}

void
demo_story_free(struct demo_story *story)
{
	for (size_t i = 0; i < story->planted.n; i++) {
		VEC_FREE(&story->planted.at[i].accounts);
		VEC_FREE(&story->planted.at[i].screens);
	}
	VEC_FREE(&story->planted);
	arena_free(&story->arena);
}
