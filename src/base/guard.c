/*
 * guard.c - the SIGBUS handler.  A fault is raised in the thread that touched the page, so its state is thread-local.
 */
#include "base/guard.h"

#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <unistd.h>

static _Thread_local const char *volatile window;
static _Thread_local volatile size_t window_size;
static _Thread_local volatile sig_atomic_t hit;
static long page;

static void
on_bus(int sig, siginfo_t *info, void *context)
{
	char *at = info->si_addr;
	const char *lo = window;

	(void)context;
	if (lo && at >= lo && at < lo + window_size) {
		char *from = at - ((uintptr_t)at & (uintptr_t)(page - 1));
		size_t rest = (size_t)(lo + window_size - from);

		hit = 1;
		/* cppcheck-suppress leakReturnValNotUsed ; the window owns the pages laid into it */
		if (mmap(from, rest, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) ==
		    from)
			return;
	}
	/* Not ours: die of it, as without a handler. */
	signal(sig, SIG_DFL);
	raise(sig);
}

void
guard_install(void)
{
	struct sigaction sa = { .sa_sigaction = on_bus, .sa_flags = SA_SIGINFO };

	page = sysconf(_SC_PAGESIZE);
	sigemptyset(&sa.sa_mask);
	sigaction(SIGBUS, &sa, NULL);
}

void
guard_watch(const void *p, size_t n)
{
	window = p;
	window_size = n;
	hit = 0;
}

bool
guard_hit(void)
{
	/* gcc -O2 moves memchr past the test without this, and a line of zeroes is believed. */
	atomic_signal_fence(memory_order_seq_cst);
	return hit != 0;
}
