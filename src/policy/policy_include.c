/*
 * policy_include.c - the files of a policy as trees: its own, and those that it includes.
 *
 * Includes go one level deep and stay below the policy's own folder, links resolved, so that a
 * policy from a stranger reads nothing but what came with it.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>

#include "base/sha256.h"
#include "policy/policy_reader.h"

static int
cannot_read(struct policy_reader *r, struct str path, const struct place *named_at, const char *why)
{
	if (named_at)
		return error_at(r->err, *named_at, "cannot read '" STR_FMT "': %s", STR_ARG(path),
				why);
	return error_add(r->err, "cannot read the policy '" STR_FMT "': %s", STR_ARG(path), why);
}

struct str
policy_bytes(struct policy_reader *r, struct str path, struct arena *a,
	     const struct place *named_at)
{
	struct str out, none = { 0 };
	int failed = yaml_bytes(path, named_at ? O_NONBLOCK : 0, a, &out);

	if (failed)
		cannot_read(r, path, named_at, strerror(failed));
	return failed ? none : out;
}

/* False: the bytes gave no tree. */
static bool
read_tree(struct policy_reader *r, struct str path, const struct place *named_at,
	  struct arena *arena)
{
	struct policy_tree *tree = VEC_PUSH(&r->trees);
	struct str text = policy_bytes(r, path, arena, named_at);

	*tree = (struct policy_tree){ .path = path };
	if (text.p) {
		sha256_of(text, tree->digest);
		tree->root = yaml_read(text, path, arena, r->err);
	}
	r->unread |= !tree->root;
	return tree->root != NULL;
}

/* Does the file at `path` lie below the policy's folder?  Told if not. */
static bool
is_below(struct policy_reader *r, const struct yaml *item, struct str path)
{
	const char *slash = memrchr(r->policy->path.p, '/', r->policy->path.n);
	struct str folder =
		str_head(r->policy->path, slash ? (size_t)(slash - r->policy->path.p) + 1 : 0);
	struct str name = arena_str(&r->err->arena, folder.n ? folder : STR("."));
	char top[PATH_MAX], file[PATH_MAX];
	size_t n;

	if (!realpath(path.p, file) || !realpath(name.p, top)) {
		cannot_read(r, path, &item->at, strerror(errno));
		return false;
	}
	n = strlen(top);
	if (strncmp(file, top, n) == 0 && (file[n] == '/' || n == 1))
		return true;
	error_at(r->err, item->at,
		 "'" STR_FMT "' lies outside the policy's folder; an included file lies below it",
		 STR_ARG(item->text));
	return false;
}

bool
policy_same_file(struct str a, struct str b)
{
	struct stat x, y;

	return stat(a.p, &x) == 0 && stat(b.p, &y) == 0 && x.st_dev == y.st_dev &&
	       x.st_ino == y.st_ino;
}

static bool
is_new(struct policy_reader *r, const struct yaml *item, struct str path)
{
	for (size_t i = 0; i < r->trees.n; i++) {
		if (!policy_same_file(path, r->trees.at[i].path))
			continue;
		if (i == 0)
			error_at(r->err, item->at, "a policy cannot include itself; take it out");
		else
			error_at(r->err, item->at,
				 "'" STR_FMT "' is included twice; line %u has it already",
				 STR_ARG(item->text), r->policy->include[i - 1].at.line);
		return false;
	}
	return true;
}

static void
include(struct policy_reader *r, const struct yaml *item, struct arena *arena)
{
	struct policy *p = r->policy;
	struct str path;

	if (!policy_is_text(r, item))
		return;
	path = policy_resolve(r, item);
	if (str_starts(item->text, STR("/"))) {
		error_at(r->err, item->at,
			 "'" STR_FMT
			 "' is not relative; write its path from the folder of this file",
			 STR_ARG(item->text));
	} else if (is_below(r, item, path) && is_new(r, item, path)) {
		p->include[p->include_count++] = (struct policy_file){ path, item->at };
		read_tree(r, path, &item->at, arena);
		return;
	}
	r->unread = true;
}

/* The files were read before any key was: here the key only must not stand in an included one. */
void
policy_read_include(struct policy_reader *r, const struct yaml *value, void *policy)
{
	const struct policy *p = policy;

	if (value->at.file.p != p->path.p)
		error_at(r->err, value->key->at,
			 "an included file includes no other; name it in " STR_FMT,
			 STR_ARG(p->path));
}

/* Of one file the digest is that of its bytes; of several, of their digests in order. */
static void
digest_trees(struct policy_reader *r)
{
	struct sha256 s;

	if (r->trees.n == 1) {
		memcpy(r->policy->digest, r->trees.at[0].digest, SHA256_SIZE);
		return;
	}
	sha256_init(&s);
	for (size_t i = 0; i < r->trees.n; i++)
		sha256_add(&s, r->trees.at[i].digest, SHA256_SIZE);
	sha256_end(&s, r->policy->digest);
}

bool
policy_read_trees(struct policy_reader *r, struct arena *tree)
{
	struct policy *p = r->policy;
	const struct yaml *list = NULL;
	bool read = read_tree(r, p->path, NULL, tree);

	if (read && r->trees.at[0].root->kind == YAML_MAP)
		list = yaml_get(r->trees.at[0].root, "include");
	if (list && policy_is_list(r, list, POLICY_MOST_INCLUDES)) {
		p->include = arena_alloc(&p->arena, list->count * sizeof(*p->include));
		for (const struct yaml *item = list->child; item; item = item->next)
			include(r, item, tree);
	} else if (list) {
		r->unread = true;
	}
	digest_trees(r);
	return read;
}
