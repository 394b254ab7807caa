/*
 * progress.c - see progress.h.
 */
#include "app/progress.h"

#include "base/out.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { TICK_MS = 250, WIDTH = 79, PARTS = 1000 };

static struct {
	bool on, always, muted;
	bool running; /* a stage */
	const char *name;
	uint64_t total;
	int64_t since_ms;
	atomic_uint_fast64_t done, lines;

	pthread_t thread;
	pthread_mutex_t lock; /* of `over` */
	pthread_cond_t woken;
	bool over;
	size_t width; /* of what stands on the terminal */

	struct fact_cursor *(*open)(void *facts, unsigned partition);
} progress = { .lock = PTHREAD_MUTEX_INITIALIZER };

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void
progress_begin(bool always, bool quiet)
{
	const char *term = getenv("TERM");

	progress.always = always;
	progress.on =
		!quiet &&
		(always || (isatty(STDERR_FILENO) && term && *term && strcmp(term, "dumb") != 0));
}

/* "about 1 h 02 min", "about 40 s" */
static int
print_left(char *p, size_t size, int64_t s)
{
	if (s >= 3600)
		return snprintf(p, size, ", about %lld h %02lld min left", (long long)(s / 3600),
				(long long)(s / 60 % 60));
	if (s >= 60)
		return snprintf(p, size, ", about %lld min %02lld s left", (long long)(s / 60),
				(long long)(s % 60));
	return s ? snprintf(p, size, ", about %lld s left", (long long)s) : 0;
}

static size_t
print_state(char *p, size_t size)
{
	uint64_t done = atomic_load_explicit(&progress.done, memory_order_relaxed);
	uint64_t lines = atomic_load_explicit(&progress.lines, memory_order_relaxed);
	int64_t ms = now_ms() - progress.since_ms + 1, part = 0; /* of PARTS that are done */
	bool known = progress.total && progress.total <= UINT64_MAX / PARTS;
	size_t n = (size_t)snprintf(p, size, "sekisho: %s", progress.name);

	if (known) {
		part = (int64_t)(done < progress.total ? done * PARTS / progress.total : PARTS);
		/* Behind the last step there is still work. */
		n += (size_t)snprintf(
			p + n, size - n, " %lld%%",
			(long long)(part * 100 / PARTS - (part == PARTS && !progress.over)));
	}
	if (lines)
		n += (size_t)snprintf(p + n, size - n, ", %llu lines, %llu a second",
				      (unsigned long long)lines,
				      (unsigned long long)(lines * 1000 / (uint64_t)ms));
	if (part && part < PARTS)
		n += (size_t)print_left(p + n, size - n, ms * (PARTS - part) / part / 1000);
	return n < WIDTH ? n : WIDTH;
}

/* What is written cannot be told to anybody if it fails. */
static void
put(const char *p, size_t n)
{
	while (n) {
		ssize_t k = write(STDERR_FILENO, p, n);

		if (k <= 0)
			return;
		p += k;
		n -= (size_t)k;
	}
}

/* Over what stands there: blanks erase on any terminal. */
static void
show(const char *p, size_t n)
{
	char line[2 * WIDTH + 2];
	size_t wide = progress.width > n ? progress.width : n;

	line[0] = '\r';
	memset(line + 1, ' ', wide);
	memcpy(line + 1, p, n);
	put(line, wide + 1);
	if (n == 0)
		put("\r", 1);
	progress.width = n;
}

static void
tick(void)
{
	char text[4 * WIDTH] = "";

	show(text, print_state(text, sizeof(text)));
}

static void *
tick_on(void *arg UNUSED)
{
	pthread_mutex_lock(&progress.lock);
	while (!progress.over) {
		struct timespec until;
		int64_t ms = now_ms() + TICK_MS;

		until = (struct timespec){ .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };
		pthread_cond_timedwait(&progress.woken, &progress.lock, &until);
		if (!progress.over && now_ms() >= ms)
			tick();
	}
	pthread_mutex_unlock(&progress.lock);
	return NULL;
}

void
progress_mute(bool mute)
{
	progress.muted = mute;
}

void
progress_stage(const char *name, uint64_t total)
{
	pthread_condattr_t attr;

	if (!progress.on || progress.muted)
		return;
	progress_end();
	progress.name = name;
	progress.total = total;
	progress.since_ms = now_ms();
	progress.done = progress.lines = 0;
	progress.over = false;
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&progress.woken, &attr);
	pthread_condattr_destroy(&attr);
	/* Without its thread a run is as good as with it. */
	progress.running = pthread_create(&progress.thread, NULL, tick_on, NULL) == 0;
}

void
progress_add(uint64_t done, uint64_t lines)
{
	if (LIKELY(!progress.running))
		return;
	atomic_fetch_add_explicit(&progress.done, done, memory_order_relaxed);
	atomic_fetch_add_explicit(&progress.lines, lines, memory_order_relaxed);
}

void
progress_end(void)
{
	if (!progress.running)
		return;
	pthread_mutex_lock(&progress.lock);
	progress.over = true;
	pthread_cond_signal(&progress.woken);
	pthread_mutex_unlock(&progress.lock);
	pthread_join(progress.thread, NULL);
	pthread_cond_destroy(&progress.woken);
	progress.running = false;
	/* Asked for, even a short stage is seen once, whole. */
	if (progress.always)
		tick();
	if (progress.width)
		show("", 0);
}

static struct fact_cursor *
open_counted(void *facts, unsigned partition)
{
	progress_add(1, 0);
	return progress.open(facts, partition);
}

void
progress_judging(struct fact_source *source)
{
	if (!progress.on || progress.muted)
		return;
	progress_stage("judging", source->partitions);
	progress.open = source->open;
	source->open = open_counted;
}
