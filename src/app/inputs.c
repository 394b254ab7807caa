/*
 * inputs.c - see inputs.h.
 */
#include "app/inputs.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <glob.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

struct input {
	struct str path;
	unsigned system;
	dev_t dev; /* with ino: two names given for one file are one input */
	ino_t ino;
	bool link;
	bool repeat;
};

struct search {
	const struct options *options;
	const struct policy *policy;
	struct arena *arena;
	struct errors *missing, *err;
	VEC(struct input) input;
};

/* Where the stem of a file name ends: at `.1`, `.gz`, `-20260401`, or a date run into the extension. */
static size_t
stem_end(struct str name)
{
	static const struct str packed[] = {
		{ ".gz", 3 }, { ".zst", 4 }, { ".xz", 3 }, { ".bz2", 4 }
	};

	for (size_t i = 1; i < name.n; i++) {
		struct str rest = str_skip(name, i);
		struct str tail = str_skip(rest, 1);
		size_t n = str_digits(tail);

		if (rest.p[0] == '.' && n && (n == tail.n || tail.p[n] == '.'))
			return i;
		if (rest.p[0] == '-' && n == 8)
			return i;
		for (size_t k = 0; k < COUNT(packed); k++) {
			if (str_eq(rest, packed[k]))
				return i;
		}
		n = str_digits(rest);
		if ((n == 6 || n == 8) && n < rest.n && rest.p[n] == '.' &&
		    !(name.p[i - 1] >= '0' && name.p[i - 1] <= '9'))
			return i;
	}
	return name.n;
}

struct str
input_feed(struct str path)
{
	const char *slash = memrchr(path.p, '/', path.n);
	size_t name = slash ? (size_t)(slash - path.p) + 1 : 0;

	return str_head(path, name + stem_end(str_skip(path, name)));
}

/* `./logs//x` is `logs/x`: a feed is known by its name. */
struct str
input_path(struct arena *a, struct str path)
{
	struct str out = arena_str(a, path);
	char *p = arena_alloc(a, path.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < out.n; i++) {
		bool at_start = n == 0 || p[n - 1] == '/';

		if (out.p[i] == '/' && n && p[n - 1] == '/')
			continue;
		/* But `./-` stays: `-` alone is standard input. */
		if (at_start && i + 1 < out.n && out.p[i] == '.' && out.p[i + 1] == '/' &&
		    !str_is(str_skip(out, i), "./-")) {
			i++;
			continue;
		}
		p[n++] = out.p[i];
	}
	return (struct str){ .p = p, .n = n };
}

/* From the root, so that names and globs compare however they were spelled. */
static struct str
rooted(struct arena *a, struct str path)
{
	char here[PATH_MAX];

	if ((path.n && path.p[0] == '/') || !getcwd(here, sizeof(here)))
		return input_path(a, path);
	return input_path(a, arena_printf(a, "%s/" STR_FMT, here, STR_ARG(path)));
}

static bool
matches(const struct policy_system *s, struct str path)
{
	struct arena scratch = { 0 };
	struct str name = rooted(&scratch, path);
	bool found = false;

	for (size_t i = 0; i < s->log_count && !found; i++)
		found = fnmatch(rooted(&scratch, s->logs[i]).p, name.p, 0) == 0;
	arena_free(&scratch);
	return found;
}

/* --system, else the one system there is, else the one whose `logs:` match. */
static int
system_of(struct search *s, struct str path, unsigned *system)
{
	size_t found = 0;

	if (s->options->system.n == 0 && s->policy->system_count == 1) {
		*system = 0;
		return 0;
	}
	for (unsigned i = 0; i < s->policy->system_count; i++) {
		const struct policy_system *sys = &s->policy->system[i];

		if (s->options->system.n ? str_eq(sys->id, s->options->system)
					 : matches(sys, path)) {
			*system = i;
			found++;
		}
	}
	if (found == 1)
		return 0;
	return error_add(s->err,
			 "'" STR_FMT "' matches the logs of %s system; say which with --system ID",
			 STR_ARG(path), found ? "more than one" : "no");
}

static void
push(struct search *s, struct str path, unsigned system)
{
	struct input in = { .path = input_path(s->arena, path), .system = system };
	struct stat st;

	if (!str_is(in.path, "-") && stat(in.path.p, &st) == 0) {
		in.dev = st.st_dev;
		in.ino = st.st_ino;
		in.link = lstat(in.path.p, &st) == 0 && S_ISLNK(st.st_mode);
	}
	*VEC_PUSH(&s->input) = in;
}

static int
add(struct search *s, struct str path)
{
	unsigned system = 0;

	if (system_of(s, path, &system) != 0)
		return -1;
	push(s, path, system);
	return 0;
}

static int
add_folder(struct search *s, struct str path)
{
	struct str name = arena_str(s->arena, path);
	DIR *dir = opendir(name.p);
	size_t before = s->input.n;
	struct dirent *e;
	int rc = 0;

	if (!dir) {
		error_add(s->missing, "cannot read folder '" STR_FMT "': %s", STR_ARG(path),
			  strerror(errno));
		return 0;
	}
	while (rc == 0 && (e = readdir(dir)) != NULL) {
		struct str file = arena_printf(s->arena, STR_FMT "%s%s", STR_ARG(path),
					       str_ends(path, STR("/")) ? "" : "/", e->d_name);
		struct stat st;

		if (e->d_name[0] != '.' && stat(file.p, &st) == 0 && S_ISREG(st.st_mode))
			rc = add(s, file);
	}
	closedir(dir);
	if (rc == 0 && s->input.n == before)
		error_add(s->missing,
			  "folder '" STR_FMT "' holds no file; name the folder the logs lie in",
			  STR_ARG(path));
	return rc;
}

static int
add_operand(struct search *s, struct str operand)
{
	struct str path = arena_str(s->arena, operand);
	struct stat st;

	if (str_is(operand, "-")) {
		if (str_is(s->options->files_from, "-"))
			return error_add(s->err, "'-' is standard input, which --files-from reads "
						 "already; give one of them a file");
		return add(s, operand);
	}
	if (stat(path.p, &st) != 0) {
		glob_t g;
		int rc = 0;

		if (glob(path.p, 0, NULL, &g) != 0) {
			error_add(s->missing, "cannot read '" STR_FMT "': %s", STR_ARG(operand),
				  strerror(errno ? errno : ENOENT));
			return 0;
		}
		for (size_t i = 0; i < g.gl_pathc && rc == 0; i++)
			rc = add(s, str_of(g.gl_pathv[i]));
		globfree(&g);
		return rc;
	}
	return S_ISDIR(st.st_mode) ? add_folder(s, path) : add(s, path);
}

/* Without operands: what the register says must be there, system by system. */
static void
add_register(struct search *s)
{
	for (unsigned i = 0; i < s->policy->system_count; i++) {
		const struct policy_system *sys = &s->policy->system[i];
		size_t before = s->input.n;

		if (s->options->system.n && !str_eq(sys->id, s->options->system))
			continue;

		for (size_t k = 0; k < sys->log_count; k++) {
			glob_t g;

			if (glob(arena_str(s->arena, sys->logs[k]).p, 0, NULL, &g) != 0)
				continue;
			for (size_t m = 0; m < g.gl_pathc; m++)
				push(s, str_of(g.gl_pathv[m]), i);
			globfree(&g);
		}
		if (s->input.n == before)
			error_add(s->missing,
				  "no log of system '" STR_FMT
				  "' is there; its `logs:` match nothing",
				  STR_ARG(sys->id));
	}
}

static int
add_list(struct search *s, struct str name)
{
	struct str file = arena_str(s->arena, name);
	FILE *in = str_is(name, "-") ? stdin : fopen(file.p, "re");
	char *line = NULL;
	size_t room = 0;
	ssize_t n;
	int rc = 0;

	if (!in)
		return error_add(s->err, "cannot read --files-from '" STR_FMT "': %s",
				 STR_ARG(name), strerror(errno));
	while (rc == 0 &&
	       (n = getdelim(&line, &room, s->options->null_separated ? 0 : '\n', in)) > 0) {
		n -= line[n - 1] == (s->options->null_separated ? 0 : '\n');
		if (n)
			rc = add_operand(s, (struct str){ .p = line, .n = (size_t)n });
	}
	free(line);
	if (in != stdin)
		fclose(in);
	return rc;
}

static int
input_order(const void *a, const void *b)
{
	const struct input *x = a, *y = b;
	int c = str_cmp(x->path, y->path);

	return c ? c : (x->system > y->system) - (x->system < y->system);
}

static int
check_system(const struct search *s)
{
	struct str id = s->options->system;

	for (size_t i = 0; i < s->policy->system_count && id.n; i++) {
		if (str_eq(s->policy->system[i].id, id))
			return 0;
	}
	return id.n ? error_add(s->err, "--system '" STR_FMT "' is not in the policy's register",
				STR_ARG(id))
		    : 0;
}

static int
file_order(const void *a, const void *b)
{
	const struct input *x = *(struct input *const *)a, *y = *(struct input *const *)b;

	if (x->dev != y->dev)
		return (x->dev > y->dev) - (x->dev < y->dev);
	if (x->ino != y->ino)
		return (x->ino > y->ino) - (x->ino < y->ino);
	if (x->link != y->link)
		return x->link - y->link;
	return input_order(x, y);
}

/* Without an inode (standard input, or a file that is gone): the same name. */
static bool
is_twice(const struct input *a, const struct input *b)
{
	return str_eq(a->path, b->path) && a->system == b->system;
}

/*
 * The same file under two names is read once, under the name that sorts first, but not under that of a link if it has
 * another: a link may be refused, and whoever lays one must not hide the file with it.
 */
static void
mark_repeats(struct search *s)
{
	struct input **by_file = xalloc(s->input.n, sizeof(*by_file));

	for (size_t i = 0; i < s->input.n; i++)
		by_file[i] = &s->input.at[i];
	qsort(by_file, s->input.n, sizeof(*by_file), file_order);
	for (size_t i = 1; i < s->input.n; i++)
		by_file[i]->repeat = by_file[i]->dev == by_file[i - 1]->dev &&
				     by_file[i]->ino == by_file[i - 1]->ino &&
				     (by_file[i]->ino || is_twice(by_file[i], by_file[i - 1]));
	free(by_file);
}

int
inputs_find(const struct options *o, const struct policy *policy, struct facts *facts,
	    struct arena *arena, struct errors *missing, struct errors *err)
{
	struct search s = {
		.options = o, .policy = policy, .arena = arena, .missing = missing, .err = err
	};
	int rc = check_system(&s);

	for (size_t i = 0; i < o->operand.n && rc == 0; i++)
		rc = add_operand(&s, o->operand.at[i]);
	if (rc == 0 && o->files_from.n)
		rc = add_list(&s, o->files_from);
	if (rc == 0 && o->operand.n == 0 && o->files_from.n == 0)
		add_register(&s);
	if (s.input.n)
		qsort(s.input.at, s.input.n, sizeof(*s.input.at), input_order);
	mark_repeats(&s);
	for (size_t i = 0; i < s.input.n && rc == 0; i++) {
		struct str said = policy->system[s.input.at[i].system].feed;
		struct logfile f = { .path = s.input.at[i].path,
				     .feed = said.n ? said : input_feed(s.input.at[i].path),
				     .system = (uint16_t)s.input.at[i].system };

		if (!s.input.at[i].repeat)
			facts_file_new(facts, &f);
	}
	VEC_FREE(&s.input);
	return rc;
}
