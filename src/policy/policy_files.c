/*
 * policy_files.c - the files a policy names beside its ledgers: rules, dispositions, databases of
 * addresses; and the query parameters that are secrets.
 *
 * A file that cannot be read is told here, and its path left empty: who opens it tells nothing.
 */
#include <errno.h>
#include <glob.h>
#include <sys/stat.h>
#include <unistd.h>

#include "policy/policy_reader.h"

static bool
is_readable(struct policy_reader *r, const struct policy_file *f)
{
	struct stat st;
	bool found = stat(f->path.p, &st) == 0;

	if (found && S_ISREG(st.st_mode) && access(f->path.p, R_OK) == 0)
		return true;
	error_at(r->err, f->at, "cannot read '" STR_FMT "': %s", STR_ARG(f->path),
		 found && !S_ISREG(st.st_mode) ? "it is no file" : strerror(errno));
	return false;
}

void
policy_read_geoip(struct policy_reader *r, const struct yaml *value, void *policy)
{
	static const struct policy_names names = { geoip_names, GEOIP_COUNT };
	struct policy *p = policy;

	if (!policy_is_map(r, value, "'geoip'"))
		return;
	for (const struct yaml *item = value->child; item; item = item->next) {
		struct policy_file file, *f;
		int i;

		if (item->again)
			continue;
		i = policy_read_name(r, item->key->text, item->key->at, "database", names);
		if (i < 0 || !policy_read_path(r, item, &file))
			continue;
		f = &p->geoip[i];
		if (f->path.n) {
			struct str where = policy_where(r, item->at, f->at);

			error_at(r->err, item->key->at,
				 "database '%s' stands twice; " STR_FMT " has it already",
				 geoip_names[i], STR_ARG(where));
		} else if (is_readable(r, &file)) {
			*f = file;
		}
	}
}

static int
compare_files(const void *a, const void *b)
{
	const struct policy_file *x = a, *y = b;

	return str_cmp(x->path, y->path);
}

/* A folder's name is no pattern, whatever stands in it. */
static struct str
pattern_of(struct policy_reader *r, const struct yaml *item)
{
	struct str path = policy_resolve(r, item);
	size_t folder = path.n - item->text.n, n = 0;
	char *out = arena_alloc(&r->err->arena, 2 * path.n + 1);

	for (size_t i = 0; i < path.n; i++) {
		if (i < folder && str_find(STR("*?[\\"), path.p[i]) < 4)
			out[n++] = '\\';
		out[n++] = path.p[i];
	}
	return (struct str){ out, n };
}

/* Several patterns may match a file; it is read once. */
static void
add_rules(struct policy_reader *r, const struct yaml *item, const glob_t *g)
{
	struct policy *p = r->policy;
	struct policy_file *room =
		arena_alloc(&p->arena, (p->rules_count + g->gl_pathc) * sizeof(*room));
	size_t n = p->rules_count;

	if (n)
		memcpy(room, p->rules, n * sizeof(*room));
	for (size_t i = 0; i < g->gl_pathc; i++) {
		struct policy_file file = { str_of(g->gl_pathv[i]), item->at };
		bool known = false;

		for (size_t k = 0; k < n && !known; k++)
			known = policy_same_file(room[k].path, file.path);
		if (known || n == POLICY_MOST_RULES || !is_readable(r, &file))
			continue;
		file.path = policy_keep(r, file.path);
		room[n++] = file;
	}
	p->rules = room;
	p->rules_count = n;
}

void
policy_read_rules(struct policy_reader *r, const struct yaml *value, void *policy)
{
	struct policy *p = policy;

	if (!policy_is_list(r, value, POLICY_MOST_RULES))
		return;
	for (const struct yaml *item = value->child; item; item = item->next) {
		glob_t g;

		if (!policy_is_text(r, item))
			continue;
		if (glob(pattern_of(r, item).p, GLOB_NOSORT, NULL, &g) != 0) {
			error_at(r->err, item->at,
				 "'" STR_FMT
				 "' matches no file; name files of rules, from this file's folder",
				 STR_ARG(item->text));
			continue;
		}
		add_rules(r, item, &g);
		globfree(&g);
	}
	if (p->rules_count)
		qsort(p->rules, p->rules_count, sizeof(*p->rules), compare_files);
	if (p->rules_count == POLICY_MOST_RULES)
		error_at(r->err, value->at, "%d files of rules or more; no policy needs that",
			 POLICY_MOST_RULES);
}

void
policy_read_dispositions(struct policy_reader *r, const struct yaml *value, void *policy)
{
	struct policy *p = policy;
	struct policy_file file;
	struct arena tree = { 0 };
	size_t before = policy_mistakes(r);
	struct str text;

	if (!policy_read_path(r, value, &file) || !is_readable(r, &file))
		return;
	if (p->dispositions.path.n) {
		struct str where = policy_where(r, value->at, p->dispositions.at);

		error_at(r->err, value->key->at,
			 "dispositions stand twice; " STR_FMT " has them already", STR_ARG(where));
		return;
	}
	text = policy_bytes(r, file.path, &tree, &file.at);
	if (text.p)
		yaml_read(text, file.path, &tree, r->err);
	if (policy_mistakes(r) == before)
		p->dispositions = file;
	arena_free(&tree);
}

void
policy_default_secrets(struct policy *p)
{
	static const char *const names[] = { "token", "password", "session", "code" };

	p->secret = arena_alloc(&p->arena, COUNT(names) * sizeof(*p->secret));
	p->secret_count = COUNT(names);
	for (size_t i = 0; i < COUNT(names); i++)
		p->secret[i] = str_of(names[i]);
}

void
policy_read_secrets(struct policy_reader *r, const struct yaml *value, void *policy)
{
	struct policy *p = policy;
	struct str *room = policy_grow(r, value, p->secret, p->secret_count, POLICY_MOST_SECRETS,
				       sizeof(*room));

	if (!room)
		return;
	p->secret = room;
	for (const struct yaml *item = value->child; item; item = item->next)
		if (policy_read_text(r, item, &p->secret[p->secret_count]))
			p->secret_count++;
}
