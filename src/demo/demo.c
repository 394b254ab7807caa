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

	if (mkdir(path.p, 0777) == 0 || errno == EEXIST)
		return 0;
	w->failed = true;
	return error_add(w->err, "cannot make folder '" STR_FMT "': %s", STR_ARG(path),
			 strerror(errno));
}

static int
folders(struct world *w)
{
	int rc = folder(w, "", "");

	if (rc == 0)
		rc = folder(w, "/ledgers", "") | folder(w, "/logs", "");
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

static struct str
system_names(struct world *w)
{
	struct str names = STR("");

	for (int s = 0; s < w->systems; s++)
		names = arena_printf(&w->arena, STR_FMT "%s%s", STR_ARG(names), s ? ", " : "",
				     system_rows[s].id);
	return names;
}

static int
check(struct world *w)
{
	const struct demo_options *o = w->o;

	if (o->stream.n != 0 && !system_known(w))
		return error_add(w->err,
				 "no system '" STR_FMT "' among the first %d; they are " STR_FMT,
				 STR_ARG(o->stream), w->systems, STR_ARG(system_names(w)));
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
	harmless_tell(w);
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
				     &w->archive, &w->truth, &w->faults,  &w->disasters };

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
	story->accounts = w->account_count;
	story->days = w->days;
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
	story->unwritten = w->failed;
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
	VEC_FREE(&story->harmless);
	arena_free(&story->arena);
}
