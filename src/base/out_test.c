/*
 * out_test.c - files replaced whole or not at all, every lost byte told, nothing left lying about.
 */
#include "base/test_wall.h"

#include "base/out.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

static char folder[64], path[100];

static int
folder_make(void **state UNUSED)
{
	snprintf(folder, sizeof(folder), "/tmp/sekisho-out-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/report", folder);
	umask(0);
	return signal(SIGPIPE, SIG_IGN) == SIG_ERR || signal(SIGXFSZ, SIG_IGN) == SIG_ERR ? -1 : 0;
}

/* Names in the folder, without . and .. */
static unsigned
names_left(void)
{
	DIR *d = opendir(folder);
	unsigned n = 0;

	assert_non_null(d);
	while (readdir(d))
		n++;
	closedir(d);
	return n - 2;
}

static unsigned
files_open(void)
{
	unsigned n = 0;

	for (int fd = 0; fd < 256; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}

static int
folder_remove(void **state UNUSED)
{
	unlink(path);
	return rmdir(folder);
}

static void
content_set(const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	assert_true(fd >= 0);
	assert_true(write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	close(fd);
}

/* The first `room` bytes of the file. */
static struct str
content(char *buf, size_t room)
{
	int fd = open(path, O_RDONLY);
	ssize_t n;

	assert_true(fd >= 0);
	n = read(fd, buf, room);
	close(fd);
	assert_true(n >= 0);
	return (struct str){ buf, (size_t)n };
}

static void
a_file_is_replaced_when_it_is_closed_and_not_before(void **state UNUSED)
{
	struct errors err = { 0 };
	struct out o;
	struct stat st;
	char buf[64];
	unsigned open_before = files_open();

	content_set("old");
	assert_int_equal(out_open(&o, str_of(path), &err), 0);
	out_text(&o, "new ");
	out_u64(&o, UINT64_MAX);
	out_flush(&o);
	want_str("before closing", "content", STR("old"), content(buf, sizeof(buf)));
	assert_int_equal(out_close(&o, &err), 0);
	want_str("after closing", "content", STR("new 18446744073709551615"),
		 content(buf, sizeof(buf)));
	assert_int_equal(stat(path, &st), 0);
	want_i64("a report is nobody else's", "mode", 0600, st.st_mode & 07777);
	want_i64("the folder", "names", 1, names_left());
	want_i64("descriptors", "open", open_before, files_open());
	want_i64("errors", "told", 0, (int64_t)err.list.n);
	errors_free(&err);
}

static void
a_discarded_file_leaves_the_old_one(void **state UNUSED)
{
	struct errors err = { 0 };
	struct out o;
	char buf[64];
	unsigned open_before = files_open();

	content_set("old");
	assert_int_equal(out_open(&o, str_of(path), &err), 0);
	out_text(&o, "new");
	out_flush(&o);
	out_discard(&o);
	want_str("after discarding", "content", STR("old"), content(buf, sizeof(buf)));
	want_i64("the folder", "names", 1, names_left());
	want_i64("descriptors", "open", open_before, files_open());
	errors_free(&err);
}

/* A link in a folder others may write to must not turn our report onto another file. */
static void
a_link_is_replaced_and_its_target_untouched(void **state UNUSED)
{
	struct errors err = { 0 };
	struct out o;
	struct stat st;
	char victim[120], buf[64];

	snprintf(victim, sizeof(victim), "%s.victim", path);
	content_set("victim");
	assert_int_equal(rename(path, victim), 0);
	assert_int_equal(symlink(victim, path), 0);
	assert_int_equal(out_open(&o, str_of(path), &err), 0);
	out_text(&o, "report");
	assert_int_equal(out_close(&o, &err), 0);
	want_str("the report", "content", STR("report"), content(buf, sizeof(buf)));
	assert_int_equal(lstat(path, &st), 0);
	want_bool("the report", "a file of its own", true, S_ISREG(st.st_mode));
	assert_int_equal(rename(victim, path), 0);
	want_str("the victim", "content", STR("victim"), content(buf, sizeof(buf)));
	errors_free(&err);
}

static void
what_cannot_be_opened_is_told(void **state UNUSED)
{
	static const struct {
		const char *name, *path;
	} cases[] = {
		{ "a folder that is not there", "/dev/null/nothing/report" },
		{ "a folder that is a file", "/etc/passwd/report" },
		{ "a folder", "/tmp" },
		{ "a folder with a slash behind", "/tmp/" },
		{ "a folder where no file can be made", "/proc/report" },
	};
	unsigned open_before = files_open();

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct errors err = { 0 };
		struct out o;

		want_i64(cases[i].name, "result", -1, out_open(&o, str_of(cases[i].path), &err));
		want_i64(cases[i].name, "errors", 1, (int64_t)err.list.n);
		want_bool(cases[i].name, "the path told", true,
			  str_contains(err.list.at[0], str_of(cases[i].path)));
		want_i64(cases[i].name, "open", open_before, files_open());
		errors_free(&err);
	}
}

static void
a_full_device_is_told_once_and_survives(void **state UNUSED)
{
	static const size_t sizes[] = { 1, 100, 65536, 300000 };
	static char text[300000];

	for (size_t i = 0; i < COUNT(sizes); i++) {
		struct errors err = { 0 };
		struct out o;
		struct stat st;

		assert_int_equal(out_open(&o, STR("/dev/full"), &err), 0);
		out_bytes(&o, (struct str){ text, sizes[i] });
		out_flush(&o);
		out_text(&o, "more");
		want_i64("a full device", "result", -1, out_close(&o, &err));
		want_i64("a full device", "errors", 1, (int64_t)err.list.n);
		assert_int_equal(stat("/dev/full", &st), 0);
		want_bool("/dev/full", "still a device", true, S_ISCHR(st.st_mode));
		errors_free(&err);
	}
}

static void
a_file_too_large_leaves_the_old_one(void **state UNUSED)
{
	static char text[200000];
	struct rlimit was, small;
	struct errors err = { 0 };
	struct out o;
	char buf[64];

	content_set("old");
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
	small = (struct rlimit){ .rlim_cur = 150000, .rlim_max = was.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_int_equal(out_open(&o, str_of(path), &err), 0);
	out_bytes(&o, (struct str){ text, sizeof(text) });
	want_i64("a file past the limit", "result", -1, out_close(&o, &err));
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
	want_str("the old file", "content", STR("old"), content(buf, sizeof(buf)));
	want_i64("the folder", "names", 1, names_left());
	errors_free(&err);
}

static void
a_closed_pipe_is_told(void **state UNUSED)
{
	struct errors err = { 0 };
	struct out o;
	int fd[2];

	assert_int_equal(pipe(fd), 0);
	close(fd[0]);
	out_stream(&o, fd[1], STR("a pipe"));
	out_text(&o, "report");
	want_i64("nobody reads", "result", -1, out_close(&o, &err));
	want_i64("nobody reads", "errors", 1, (int64_t)err.list.n);
	close(fd[1]);
	errors_free(&err);
}

/* out.h: "fd is not closed". */
static void
a_stream_stays_open(void **state UNUSED)
{
	struct errors err = { 0 };
	struct out o;
	int fd[2];

	assert_int_equal(pipe(fd), 0);
	out_stream(&o, fd[1], STR("a pipe"));
	out_text(&o, "report");
	assert_int_equal(out_close(&o, &err), 0);
	want_bool("the stream", "open", true, fcntl(fd[1], F_GETFD) >= 0);
	close(fd[0]);
	close(fd[1]);
	errors_free(&err);
}

static void
pieces_of_any_size_arrive_in_order(void **state UNUSED)
{
	enum { ALL = 700000 };
	static char want[ALL], got[ALL + 1];
	struct dice d = { 77 };
	struct errors err = { 0 };
	struct out file, memory;
	uint8_t digest[SHA256_SIZE], whole[SHA256_SIZE];
	struct sha256 sha;

	throw_bytes(&d, want, sizeof(want));
	assert_int_equal(out_open(&file, str_of(path), &err), 0);
	out_memory(&memory);
	sha256_init(&sha);
	file.digest = &sha;
	for (size_t at = 0; at < ALL;) {
		size_t most = throw_of(&d, 20) ? 3000 : 150000;
		size_t n = min_size(throw_of(&d, (uint32_t)most), ALL - at);

		out_bytes(&file, (struct str){ want + at, n });
		out_bytes(&memory, (struct str){ want + at, n });
		at += n;
	}
	want_i64("the last byte", "byte", want[ALL - 1], file.last);
	want_str("in memory", "bytes", (struct str){ want, ALL }, out_taken(&memory));
	assert_int_equal(out_close(&file, &err), 0);
	want_str("in a file", "bytes", (struct str){ want, ALL }, content(got, sizeof(got)));
	sha256_end(&sha, digest);
	sha256_of((struct str){ want, ALL }, whole);
	assert_memory_equal(digest, whole, sizeof(whole));
	out_discard(&memory);
	errors_free(&err);
}

/* A run that was killed cannot take its unfinished file away; the next one does, and nobody else's. */
static void
what_killed_runs_left_is_swept(void **state UNUSED)
{
	char left[160], alive[160], other[160];
	struct errors err = { 0 };
	struct out o;
	pid_t gone = fork();

	if (gone == 0)
		_exit(0);
	assert_true(gone > 0 && waitpid(gone, NULL, 0) == gone);
	snprintf(left, sizeof(left), "%s/.report.%ld.1", folder, (long)gone);
	snprintf(alive, sizeof(alive), "%s/.report.%ld.99", folder, (long)getpid());
	snprintf(other, sizeof(other), "%s/.report.md.%ld.1", folder, (long)gone);
	close(open(left, O_WRONLY | O_CREAT, 0600));
	close(open(alive, O_WRONLY | O_CREAT, 0600));
	close(open(other, O_WRONLY | O_CREAT, 0600));
	assert_int_equal(out_open(&o, str_of(path), &err), 0);
	assert_int_equal(out_close(&o, &err), 0);
	want_bool("of a dead run", "there", false, access(left, F_OK) == 0);
	want_bool("of a run that lives", "there", true, access(alive, F_OK) == 0);
	want_bool("of another report", "there", true, access(other, F_OK) == 0);
	unlink(alive);
	unlink(other);
	errors_free(&err);
}

static void
numbers_are_printed_whole(void **state UNUSED)
{
	struct out o;

	out_memory(&o);
	out_u64(&o, 0);
	out_char(&o, ' ');
	out_i64(&o, INT64_MIN);
	out_char(&o, ' ');
	out_i64(&o, INT64_MAX);
	out_char(&o, ' ');
	out_i64(&o, -1);
	out_printf(&o, " %s=%d", "a", 10);
	want_str("numbers", "text", STR("0 -9223372036854775808 9223372036854775807 -1 a=10"),
		 out_taken(&o));
	out_discard(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_replaced_when_it_is_closed_and_not_before),
		cmocka_unit_test(a_discarded_file_leaves_the_old_one),
		cmocka_unit_test(a_link_is_replaced_and_its_target_untouched),
		cmocka_unit_test(what_cannot_be_opened_is_told),
		cmocka_unit_test(a_full_device_is_told_once_and_survives),
		cmocka_unit_test(a_file_too_large_leaves_the_old_one),
		cmocka_unit_test(a_closed_pipe_is_told),
		cmocka_unit_test(a_stream_stays_open),
		cmocka_unit_test(pieces_of_any_size_arrive_in_order),
		cmocka_unit_test(what_killed_runs_left_is_swept),
		cmocka_unit_test(numbers_are_printed_whole),
	};

	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
