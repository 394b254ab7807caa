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

bool
policy_is_readable(struct policy_reader *r, const struct policy_file *f)
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
		} else {
			*f = file; /* one that is not there is not asked, and the run says so */
		}
	}
}

void
policy_read_dispositions(struct policy_reader *r, const struct yaml *value, void *policy)
{
	struct policy *p = policy;
	struct policy_file file;
	struct arena tree = { 0 };
	size_t before = policy_mistakes(r);
	struct str text;

	if (!policy_read_path(r, value, &file) || !policy_is_readable(r, &file))
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
