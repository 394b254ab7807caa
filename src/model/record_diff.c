/*
 * record_diff.c - see record_diff.h.
 */
#include "model/record_diff.h"

struct walk {
	const char *const *ignored;
	struct arena *arena;
	struct record_diff *diff;
};

static bool
is_ignored(const struct walk *w, struct str name)
{
	for (size_t i = 0; w->ignored[i]; i++) {
		if (str_is(name, w->ignored[i]))
			return true;
	}
	return false;
}

static struct str
below(const struct walk *w, struct str path, const struct json_value *child, size_t index)
{
	if (child->name.n == 0)
		return arena_printf(w->arena, STR_FMT "[%zu]", STR_ARG(path), index);
	return arena_printf(w->arena, STR_FMT "%s" STR_FMT, STR_ARG(path), path.n ? "." : "",
			    STR_ARG(child->name));
}

static bool
found(const struct walk *w, struct str path, const struct json_value *a, const struct json_value *b)
{
	*w->diff = (struct record_diff){ path, a, b };
	return true;
}

/* No deeper than json_tree() lets a tree be. */
static bool
differ(const struct walk *w, struct str path, const struct json_value *a,
       const struct json_value *b)
{
	const struct json_value *x = a->first, *y = b->first;

	if (a->kind != b->kind || !str_eq(a->text, b->text))
		return found(w, path, a, b);
	for (size_t i = 0; x || y; i++) {
		struct str here = below(w, path, x ? x : y, i);

		if (!x || !y || !str_eq(x->name, y->name))
			return found(w, here, x, y);
		if (!is_ignored(w, x->name) && differ(w, here, x, y))
			return true;
		x = x->next;
		y = y->next;
	}
	return false;
}

bool
record_differs(const struct json_value *a, const struct json_value *b, const char *const *ignored,
	       struct arena *arena, struct record_diff *diff)
{
	const struct walk w = { ignored, arena, diff };

	return differ(&w, (struct str){ 0 }, a, b);
}
