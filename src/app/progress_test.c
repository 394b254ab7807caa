/*
 * progress_test.c - what stands on a terminal while a run goes on, and that nothing is left of it.
 */
#include "base/test_wall.h"

#include "app/progress.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SHOWN_MOST = 16384 };

/* A run whose standard error is the terminal, or a pipe. */
static void
run(int fd, const char *term, bool always, bool quiet)
{
	struct timespec pause = { .tv_nsec = 400000000 };

	dup2(fd, STDERR_FILENO);
	setenv("TERM", term, 1);
	progress_begin(always, quiet);
	progress_stage("reading", 200);
	progress_add(50, 1000);
	nanosleep(&pause, NULL);
	progress_end();
	progress_end();
	progress_add(50, 1000);
	dprintf(STDERR_FILENO, "behind it");
	_exit(0);
}

/* What the run wrote; `terminal`: to one, as it came. */
static size_t
output_of(char *out, bool terminal, const char *term, bool always, bool quiet)
{
	int ends[2], status;
	size_t n = 0;
	ssize_t k;
	pid_t child;

	if (terminal) {
		ends[0] = posix_openpt(O_RDWR | O_NOCTTY);
		ends[1] = ends[0] >= 0 && grantpt(ends[0]) == 0 && unlockpt(ends[0]) == 0
				  ? open(ptsname(ends[0]), O_RDWR | O_NOCTTY)
				  : -1;
		if (ends[1] < 0) {
			print_message("no terminal can be opened here: %s\n", strerror(errno));
			skip();
		}
	} else {
		assert_true(pipe(ends) == 0);
	}
	assert_true(ends[1] >= 0);
	child = fork();
	if (child == 0)
		run(ends[1], term, always, quiet);
	assert_true(child > 0);
	close(ends[1]);
	while (n < SHOWN_MOST && (k = read(ends[0], out + n, SHOWN_MOST - n)) > 0)
		n += (size_t)k;
	assert_true(waitpid(child, &status, 0) == child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	close(ends[0]);
	return n;
}

/* The last line as a terminal has it: CR goes back, what comes writes over. */
static struct str
screen_of(struct str s, char line[SHOWN_MOST])
{
	size_t at = 0, n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\r') {
			at = 0;
			continue;
		}
		line[at++] = s.p[i];
		n = at > n ? at : n;
	}
	while (n && line[n - 1] == ' ')
		n--;
	return (struct str){ .p = line, .n = n };
}

static void
a_stage_is_shown_and_erased(void **state UNUSED)
{
	static const struct {
		const char *name;
		bool terminal;
		const char *term;
		bool always, quiet, shown;
	} cases[] = {
		{ "on a terminal", true, "xterm", false, false, true },
		{ "on a dumb one", true, "dumb", false, false, false },
		{ "on a terminal, quiet", true, "xterm", false, true, false },
		{ "not on a terminal", false, "xterm", false, false, false },
		{ "not on a terminal, but asked for", false, "dumb", true, false, true },
		{ "asked for and quiet", false, "xterm", true, true, false },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		char *text = xalloc(SHOWN_MOST, 1), *line = xalloc(SHOWN_MOST, 1);
		struct str s = { .p = text };

		s.n = output_of(text, cases[i].terminal, cases[i].term, cases[i].always,
				cases[i].quiet);
		want_i64(cases[i].name, "says how far it is", cases[i].shown,
			 str_contains(s, STR("sekisho: reading 25%, 1000 lines, ")));
		want_str(cases[i].name, "what is left of it", STR("behind it"), screen_of(s, line));
		free(text);
		free(line);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(a_stage_is_shown_and_erased) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
