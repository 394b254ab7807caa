/*
 * policy_place.c - see policy_place.h.
 *
 *     -c > $SEKISHO_POLICY > ./sekisho.yaml > $XDG_CONFIG_HOME or ~/.config > /etc
 *
 * A place is passed over only if nothing is there.  A link that leads nowhere, or a folder that may not be searched, is
 * taken, and then refused by name where the policy is read: passing over it would judge by another policy, or by none,
 * and nobody would be told.
 */
#include "app/policy_place.h"

#include <errno.h>
#include <sys/stat.h>

#define POLICY_NAME "sekisho.yaml"

static bool
place_is_taken(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

/* Empty: nothing there.  A folder that is not absolute is none, as the XDG specification has it. */
static struct str
policy_below(const char *folder, const char *rest, struct arena *a)
{
	struct str path;

	if (!folder || folder[0] != '/')
		return (struct str){ 0 };
	path = arena_printf(a, "%s%s/" POLICY_NAME, folder, rest);
	return place_is_taken(path.p) ? path : (struct str){ 0 };
}

struct str
policy_place_first(const struct policy_places *places, struct arena *a)
{
	bool configured = places->config && places->config[0] == '/';
	struct str path = str_of(places->named);

	if (path.n == 0 && place_is_taken(places->here))
		path = str_of(places->here);
	if (path.n == 0)
		path = configured ? policy_below(places->config, "/sekisho", a)
				  : policy_below(places->home, "/.config/sekisho", a);
	return path.n ? path : policy_below(places->machine, "", a);
}

struct str
policy_path(const struct options *o, struct arena *a)
{
	const struct policy_places places = { .named = getenv("SEKISHO_POLICY"),
					      .here = POLICY_NAME,
					      .config = getenv("XDG_CONFIG_HOME"),
					      .home = getenv("HOME"),
					      .machine = "/etc/sekisho" };

	if (o->policy.n || o->builtin_only)
		return o->policy;
	return policy_place_first(&places, a);
}
