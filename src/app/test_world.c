/*
 * test_world.c - see test_world.h.
 */
#include "app/test_world.h"

#include "app/test_geoip.h"
#include "base/out.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define POLICY "sekisho.yaml"
#define COUNTRIES "country.mmdb"
#define INNER "world.yaml" /* the policy's text of the tests, included by the policy */

/* A file of texts, and the number of its next line. */
struct writing {
	struct out out;
	unsigned line;
};

static struct str
path_of(const struct test_world *w, struct arena *a, struct str name, const char *end)
{
	return arena_printf(a, STR_FMT "/" STR_FMT "%s", STR_ARG(w->folder), STR_ARG(name), end);
}

struct str
test_world_policy(const struct test_world *w, struct arena *a)
{
	return path_of(w, a, STR(POLICY), "");
}

/* Not by out_open(): nothing here must outlive the run, and its fsync costs more than a test. */
static int
begin(struct out *o, struct str path, struct errors *err)
{
	int fd = open(path.p, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0)
		return error_add(err, "cannot write '" STR_FMT "': %s", STR_ARG(path),
				 strerror(errno));
	out_stream(o, fd, path);
	return 0;
}

static int
end(struct out *o, struct errors *err)
{
	int fd = o->fd, rc = out_close(o, err);

	close(fd);
	return rc;
}

/* At its own lines, as far as those before it let it. */
static void
write_inner(struct writing *w, const struct inner_text *t)
{
	struct str rest = t->text;

	for (; w->line < t->line; w->line++)
		out_char(&w->out, '\n');
	while (rest.n) {
		struct str line = str_split(&rest, '\n');

		for (unsigned i = 0; line.n && i < t->indent; i++)
			out_char(&w->out, ' ');
		out_bytes(&w->out, line);
		out_char(&w->out, '\n');
		w->line++;
	}
}

static int
write_texts(struct str path, const struct inner_text *first, const struct inner_text *more,
	    struct errors *err)
{
	struct writing w = { .line = 1 };

	if (begin(&w.out, path, err) != 0)
		return -1;
	write_inner(&w, first);
	if (more->text.n)
		write_inner(&w, more);
	return end(&w.out, err);
}

/* One file and no pattern, in YAML, whose '...' doubles its quotes. */
static void
write_quoted(struct out *o, struct str s)
{
	out_char(o, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\'')
			out_char(o, '\'');
		if (str_find(STR("*?[\\"), s.p[i]) < 4)
			out_char(o, '\\');
		out_char(o, s.p[i]);
	}
	out_char(o, '\'');
}

static int
write_policy(const struct test_world *w, struct arena *a, struct errors *err)
{
	const struct rule_test *t = w->test;
	struct out o;
	const char *head = "ledgers:\n";

	if (begin(&o, test_world_policy(w, a), err) != 0)
		return -1;
	if (!t->says_version)
		out_text(&o, "sekisho: 1\n");
	if (!t->says_zone)
		out_text(&o, "timezone: Asia/Tokyo\n");
	out_text(&o, "include: [" INNER "]\nrules:\n- shipped\n");
	if (w->rules_path.n) {
		out_text(&o, "- ");
		write_quoted(&o, w->rules_path);
		out_char(&o, '\n');
	}
	for (size_t i = 0; i < t->ledger_count; i++) {
		if (t->ledger[i].absent)
			continue;
		out_text(&o, head);
		out_printf(&o, "  " STR_FMT ": " STR_FMT ".csv\n", STR_ARG(t->ledger[i].name),
			   STR_ARG(t->ledger[i].name));
		head = "";
	}
	if (t->block_count)
		out_text(&o, "geoip: {country: " COUNTRIES "}\n");
	return end(&o, err);
}

static int
write_countries(const struct test_world *w, struct arena *a, struct errors *err)
{
	struct out o;

	if (w->test->block_count == 0)
		return 0;
	if (begin(&o, path_of(w, a, STR(COUNTRIES), ""), err) != 0)
		return -1;
	test_geoip_write(w->test->block, w->test->block_count, &o);
	return end(&o, err);
}

int
test_world_write(const struct test_world *w, struct errors *err)
{
	const struct inner_text none = { 0 };
	struct arena a = { 0 };
	int rc = write_policy(w, &a, err);

	if (rc == 0)
		rc = write_countries(w, &a, err);
	if (rc == 0)
		rc = write_texts(path_of(w, &a, STR(INNER), ""), &w->test->policy, &none, err);
	for (size_t i = 0; i < w->test->ledger_count && rc == 0; i++) {
		const struct test_ledger *l = &w->test->ledger[i];

		if (!l->absent)
			rc = write_texts(path_of(w, &a, l->name, ".csv"), &l->text, &l->more, err);
	}
	arena_free(&a);
	return rc;
}

int
test_world_write_logs(const struct test_world *w, const struct policy *p, struct errors *err)
{
	int rc = 0;

	for (size_t i = 0; i < w->test->log_count && rc == 0; i++) {
		const struct test_log *log = &w->test->log[i];

		for (size_t s = 0; s < p->system_count && rc == 0; s++) {
			struct out o;

			if (!str_eq(p->system[s].id, log->system))
				continue;
			rc = begin(&o, p->system[s].logs[0], err);
			if (rc == 0) {
				out_bytes(&o, log->lines);
				rc = end(&o, err);
			}
		}
	}
	return rc;
}

/* --- messages --------------------------------------------------------------------------------------- */

/* `FOLDER/accounts.csv` stands for the file of tests, and so does the inner policy; 0: no file of the folder. */
static size_t
inner_name(const struct test_world *w, struct str text)
{
	size_t n = w->folder.n + 1, at;

	if (!str_starts(text, w->folder) || text.n <= n || text.p[w->folder.n] != '/')
		return 0;
	for (at = n; at < text.n && text.p[at] != ':' && text.p[at] != '\''; at++)
		;
	return at;
}

static void
write_message(const struct test_world *w, struct str text, struct out *o)
{
	while (text.n) {
		size_t n = inner_name(w, text);

		if (n) {
			out_bytes(o, w->tests);
		} else if (w->rules_path.n && str_starts(text, w->rules_path)) {
			out_bytes(o, w->rules);
			n = w->rules_path.n;
		} else {
			out_char(o, text.p[0]);
			n = 1;
		}
		text = str_skip(text, n);
	}
}

static bool
is_told(const struct errors *err, struct str text)
{
	for (size_t i = 0; i < err->list.n; i++)
		if (str_eq(err->list.at[i], text))
			return true;
	return false;
}

/* Against what we added to the policy ourselves: the key that the world must not have has been told. */
static bool
is_ours(const struct test_world *w, struct str text)
{
	struct arena a = { 0 };
	struct str ours = test_world_policy(w, &a);
	bool found = !str_starts(text, ours) && str_contains(text, ours);

	arena_free(&a);
	return found;
}

void
test_world_tell(const struct test_world *w, const struct errors *found, struct errors *err)
{
	for (size_t i = 0; i < found->list.n; i++) {
		struct out o;

		if (is_ours(w, found->list.at[i]))
			continue;
		out_memory(&o);
		write_message(w, found->list.at[i], &o);
		if (!is_told(err, out_taken(&o)))
			error_add(err, STR_FMT, STR_ARG(out_taken(&o)));
		out_discard(&o);
	}
}
