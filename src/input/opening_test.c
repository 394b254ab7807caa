/*
 * opening_test.c - what is opened and what is refused, by whatever way it is reached; the one call and the steps agree.
 */
#include "input/opening.h"

#include "base/test_wall.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { NOBODY = 65534 };

static char folder[] = "/tmp/sekisho-opening-XXXXXX";

static int
make_file(const char *name, struct str bytes)
{
	int fd = open(name, O_CREAT | O_WRONLY, 0644);

	if (fd < 0)
		return -1;
	if (write(fd, bytes.p, bytes.n) != (ssize_t)bytes.n) {
		close(fd);
		return -1;
	}
	return close(fd);
}

static int
make_socket(void)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX, .sun_path = "socket" };
	int s = socket(AF_UNIX, SOCK_STREAM, 0), rc;

	if (s < 0)
		return -1;
	rc = bind(s, (struct sockaddr *)&name, sizeof(name));
	close(s);
	return rc;
}

static int
make_folder(void **state UNUSED)
{
	if (!mkdtemp(folder) || chdir(folder) != 0 || mkdir("sub", 0755) != 0)
		return -1;
	return make_file("plain", STR("plain")) || make_file("sub/file", STR("sub")) ||
	       make_socket() || symlink("plain", "link") || symlink("link", "again") ||
	       symlink("sub", "sublink") || symlink("loop", "loop") ||
	       symlink("/etc/passwd", "outside") || symlink("nowhere", "dangling") ||
	       symlink("../plain", "sub/up") || mkfifo("fifo", 0600);
}

static int
remove_folder(void **state UNUSED)
{
	static const char *const names[] = { "link",    "again",    "sublink", "loop",
					     "outside", "dangling", "sub/up",  "sub/file",
					     "plain",   "fifo",     "socket" };

	for (size_t i = 0; i < COUNT(names); i++)
		unlink(names[i]);
	return rmdir("sub") || chdir("/") || rmdir(folder);
}

struct way {
	const char *path;
	enum links links;
	const char *bytes;   /* its first; NULL: refused */
	const char *message; /* a part of it */
};

static void
want_opened(const struct way *w, int fd, struct errors *err)
{
	char got[8] = "";

	if ((fd >= 0) != (w->bytes != NULL))
		fail_msg("'%s': descriptor %d", w->path, fd);
	if (w->bytes) {
		if (read(fd, got, 7) < 0)
			fail_msg("'%s': cannot be read", w->path);
		if (str_of(w->bytes).n)
			want_str(w->path, "bytes", str_of(w->bytes),
				 str_head(str_of(got), str_of(w->bytes).n));
		close(fd);
	} else {
		assert_int_equal(err->list.n, 1);
		if (!str_contains(err->list.at[0], str_of(w->message)))
			fail_msg("'%s': '" STR_FMT "'", w->path, STR_ARG(err->list.at[0]));
	}
	errors_free(err);
}

static void
links_are_followed_or_refused_by_name(void **state UNUSED)
{
	static const struct way ways[] = {
		{ "plain", LINKS_REFUSED, "plain", NULL },
		{ "./sub/../plain", LINKS_REFUSED, "plain", NULL },
		{ "sub//file", LINKS_REFUSED, "sub", NULL },
		{ "link", LINKS_REFUSED, NULL, "'link' on its way is a symbolic link, and --no" },
		{ "again", LINKS_REFUSED, NULL, "'again' on its way" },
		{ "sublink/file", LINKS_REFUSED, NULL, "'sublink' on its way" },
		{ "sub/up", LINKS_REFUSED, NULL, "'up' on its way" },
		{ "outside", LINKS_REFUSED, NULL, "'outside' on its way" },
		{ "nowhere", LINKS_REFUSED, NULL, "No such file" },
		{ "plain/file", LINKS_REFUSED, NULL, "Not a directory" },
		{ "link", LINKS_FOLLOWED, "plain", NULL },
		{ "again", LINKS_FOLLOWED, "plain", NULL },
		{ "sublink/file", LINKS_FOLLOWED, "sub", NULL },
		{ "sublink/up", LINKS_FOLLOWED, "plain", NULL },
		{ "outside", LINKS_FOLLOWED, "root", NULL },
		{ "loop", LINKS_FOLLOWED, NULL, "Too many levels" },
		{ "dangling", LINKS_FOLLOWED, NULL, "No such file" },
		{ "/proc/self/fd/0", LINKS_FOLLOWED, "", NULL },
		{ "socket", LINKS_FOLLOWED, NULL, "it is a device or socket" },
		{ "socket", LINKS_REFUSED, NULL, "it is a device or socket" },
		{ "fifo", LINKS_REFUSED, "", NULL }, /* opened without waiting; intake refuses it */
	};

	for (size_t i = 0; i < COUNT(ways); i++) {
		struct errors err = { 0 };

		want_opened(&ways[i], opening_open(ways[i].path, ways[i].links, &err), &err);
		want_opened(&ways[i], opening_walk(ways[i].path, ways[i].links, false, &err), &err);
	}
}

/* A folder as root finds it: whose it is, who may write to it, and whose the link in it is. */
struct ground {
	const char *name;
	uid_t owner;
	mode_t mode;
	uid_t link_owner;
	bool trusted;
};

static void
root_follows_no_link_that_another_may_have_laid(void **state UNUSED)
{
	static const struct ground grounds[] = {
		{ "a folder of root", 0, 0755, 0, true },
		{ "of root, the link somebody's", 0, 0755, NOBODY, true },
		{ "anybody's", 0, 0777, 0, false },
		{ "anybody's and sticky, the link root's", 0, 01777, 0, true },
		{ "anybody's and sticky, the link somebody's", 0, 01777, NOBODY, false },
		{ "a service's", NOBODY, 0755, 0, false },
		{ "a service's and sticky", NOBODY, 01755, 0, false },
	};

	if (geteuid() != 0)
		skip();
	for (size_t i = 0; i < COUNT(grounds); i++) {
		const struct ground *g = &grounds[i];
		struct way link = {
			"link", LINKS_CAREFUL, g->trusted ? "plain" : NULL,
			"'link' on its way is a symbolic link in a folder that others"
		};
		struct way followed = { "link", LINKS_FOLLOWED, "plain", NULL };
		struct way plain = { "plain", LINKS_CAREFUL, "plain", NULL };
		struct way outside = { "outside", LINKS_CAREFUL, g->trusted ? "root" : NULL,
				       "--follow-symlinks" };
		struct errors err = { 0 };

		assert_int_equal(chown(folder, g->owner, 0), 0);
		assert_int_equal(chmod(folder, g->mode), 0);
		assert_int_equal(lchown("link", g->link_owner, 0), 0);
		assert_int_equal(lchown("outside", g->link_owner, 0), 0);
		want_opened(&link, opening_open("link", LINKS_CAREFUL, &err), &err);
		want_opened(&outside, opening_open("outside", LINKS_CAREFUL, &err), &err);
		want_opened(&followed, opening_open("link", LINKS_FOLLOWED, &err), &err);
		want_opened(&plain, opening_open("plain", LINKS_CAREFUL, &err), &err);
		link.bytes = "plain";
		want_opened(&link, opening_walk("link", LINKS_CAREFUL, false, &err), &err);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(links_are_followed_or_refused_by_name),
		cmocka_unit_test(root_follows_no_link_that_another_may_have_laid),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
