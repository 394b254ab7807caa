/*
 * state_lock.c - one writer at a time: flock(2) on DIR/lock, in which stands who holds it.
 *
 * The kernel takes the lock back when its holder dies, so none is ever stale, and `flock DIR/lock cp -a DIR COPY` copies
 * a state that nobody writes.  The file stays: whoever removed it would let two in.
 */
#include "store/state_own.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { POLL_MS = 50, HOLDER_ROOM = 96, SIGNED_WITHIN = 4 };

static void
sign(const struct state *s, int64_t now)
{
	struct arena scratch = { 0 };
	char time[STATE_TIME_TEXT];
	struct str line = arena_printf(&scratch, "%ld " STR_FMT "\n", (long)getpid(),
				       STR_ARG(state_time(time, now)));

	/* Only for whoever finds it locked; a full disk is told by what comes behind it. */
	if (ftruncate(s->lock, 0) == 0)
		(void)!pwrite(s->lock, line.p, line.n, 0);
	arena_free(&scratch);
}

static void
nap(void)
{
	struct timespec t = { .tv_nsec = POLL_MS * 1000000L };

	(void)nanosleep(&t, NULL);
}

/* It is a moment after it was taken, and not any more before it is let go. */
static bool
is_signed(const struct state *s)
{
	char c;

	return pread(s->lock, &c, 1, 0) == 1;
}

static enum state_opened
in_use(const struct state *s, unsigned waited, struct errors *err)
{
	char line[HOLDER_ROOM];
	ssize_t n = pread(s->lock, line, sizeof(line), 0);
	struct str since = { .p = line, .n = n > 0 ? (size_t)n : 0 };
	struct str process = str_split(&since, ' ');
	struct arena a = { 0 };
	struct str who = STR("another process"), after = STR("; wait with --wait 30s");

	since = str_head(since, str_find(since, '\n'));
	if (process.n && str_digits(process) == process.n && since.n)
		who = arena_printf(&a, "process " STR_FMT " since " STR_FMT, STR_ARG(process),
				   STR_ARG(since));
	if (waited)
		after = arena_printf(&a, ", and was for the %u seconds of --wait", waited);
	error_add(err, "state '" STR_FMT "' is in use by " STR_FMT STR_FMT, STR_ARG(s->name),
		  STR_ARG(who), STR_ARG(after));
	arena_free(&a);
	return STATE_REFUSED;
}

static int64_t
ticking_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

/* Is what we hold the file of that name, or one that somebody removed meanwhile? */
static bool
is_current(const struct state *s)
{
	struct stat held, named;

	return fstat(s->lock, &held) == 0 && fstatat(s->folder, "lock", &named, 0) == 0 &&
	       held.st_dev == named.st_dev && held.st_ino == named.st_ino;
}

enum state_opened
folder_lock(struct state *s, const struct state_options *o, struct errors *err)
{
	int64_t end = ticking_ms() + o->wait_seconds * 1000LL;
	int unsigned_for = 0;

	for (;;) {
		bool held;

		s->lock =
			openat(s->folder, "lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
		held = s->lock >= 0 && flock(s->lock, LOCK_EX | LOCK_NB) == 0;
		if (!held && (s->lock < 0 || errno != EWOULDBLOCK)) {
			error_add(err, "cannot lock state '" STR_FMT "': %s", STR_ARG(s->name),
				  strerror(errno));
			return STATE_FAILED;
		}
		if (held && is_current(s)) {
			sign(s, o->now);
			return STATE_OPENED;
		}
		if (ticking_ms() >= end && (is_signed(s) || ++unsigned_for == SIGNED_WITHIN))
			break;
		close(s->lock);
		nap();
	}
	(void)in_use(s, o->wait_seconds, err);
	close(s->lock);
	s->lock = -1; /* not ours to empty */
	return STATE_REFUSED;
}
