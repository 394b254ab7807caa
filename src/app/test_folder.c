/*
 * test_folder.c - see test_folder.h.
 */
#include "app/test_folder.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <unistd.h>

static volatile sig_atomic_t stopped;

static void
stop(int signal_number)
{
	stopped = signal_number;
}

/* A signal ends the run behind the test at hand, so that its folder does not stay. */
static void
watch_signals(void (*handler)(int))
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action = { .sa_handler = handler, .sa_flags = SA_RESTART }, was;

	for (size_t i = 0; i < COUNT(numbers); i++) {
		/* nohup: who is not to hear a signal does not hear it here either */
		if (sigaction(numbers[i], NULL, &was) == 0 && was.sa_handler != SIG_IGN)
			sigaction(numbers[i], &action, NULL);
	}
}

int
test_folder_open(struct str *folder, struct arena *a, struct errors *err)
{
	const char *dir = getenv("TMPDIR");
	struct str name = arena_printf(a, "%s/sekisho-test-XXXXXX", dir ? dir : "/tmp");
	char *path = arena_alloc(a, name.n + 1);

	memcpy(path, name.p, name.n);
	if (!mkdtemp(path))
		return error_add(err, "cannot make a folder like '%s': %s; say another in TMPDIR",
				 path, strerror(errno));
	*folder = str_of(path);
	stopped = 0;
	watch_signals(stop);
	return 0;
}

bool
test_folder_stopped(void)
{
	return stopped;
}

void
test_folder_clear(struct str folder)
{
	struct arena a = { 0 };
	DIR *dir = opendir(arena_str(&a, folder).p);
	struct dirent *e;

	while (dir && (e = readdir(dir)) != NULL) {
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			unlinkat(dirfd(dir), e->d_name, 0);
	}
	if (dir)
		closedir(dir);
	arena_free(&a);
}

void
test_folder_close(struct str folder)
{
	rmdir(folder.p);
	watch_signals(SIG_DFL);
	if (stopped)
		raise((int)stopped);
}
