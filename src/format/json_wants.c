/*
 * json_wants.c - JSON pointers, compiled to one table of path parts.  Hides ~0 and ~1.
 */
#include "format/json_match.h"

/* `~1` is a slash and `~0` a tilde; false: some other ~. */
static bool
unescape_part(struct str part, struct arena *arena, struct str *out)
{
	char *p;
	size_t n = 0;

	if (str_find(part, '~') == part.n) {
		*out = part;
		return true;
	}
	p = arena_alloc(arena, part.n);
	for (size_t i = 0; i < part.n; i++) {
		if (part.p[i] != '~') {
			p[n++] = part.p[i];
			continue;
		}
		if (++i == part.n || (part.p[i] != '0' && part.p[i] != '1'))
			return false;
		p[n++] = part.p[i] == '0' ? '~' : '/';
	}
	*out = (struct str){ .p = p, .n = n };
	return true;
}

static void
put(struct json_wants *w, uint32_t hash, unsigned node)
{
	unsigned at = hash % JSON_TABLE;

	while (w->table[at])
		at = (at + 1) % JSON_TABLE;
	w->table[at] = (uint16_t)node;
}

/* The number of an element, if it is one: digits, no zero in front of others. */
static void
element_number(struct str s, uint32_t *out)
{
	uint64_t n;

	if (s.n <= 9 && (s.n == 1 || (s.n && s.p[0] != '0')) && str_to_u64(s, &n))
		*out = (uint32_t)n;
}

static int
add_node(struct json_wants *w, unsigned parent, struct str name)
{
	uint32_t hash = json_hash(name), number = UINT32_MAX;
	unsigned node = json_named(w, parent, name, hash, false);

	if (node)
		return (int)node;
	if (w->node_count == JSON_NODES)
		return -1;
	element_number(name, &number);
	node = w->node_count++;
	w->node[node] = (struct json_node){
		.name = name, .hash = hash, .number = number, .parent = (uint16_t)parent, .slot = -1
	};
	w->node[parent].open = true;
	put(w, json_place(parent, hash), node);
	if (number != UINT32_MAX)
		put(w, json_place(parent, json_element_hash(number)), node);
	return (int)node;
}

void
json_wants_begin(struct json_wants *w)
{
	memset(w, 0, sizeof(*w));
	w->node_count = JSON_ROOT + 1;
	w->node[JSON_NOBODY].slot = -1;
	w->node[JSON_ROOT].slot = -1;
}

int
json_want(struct json_wants *w, struct arena *arena, struct str pointer)
{
	struct str rest = pointer, name;
	int node = JSON_ROOT;

	if (rest.n && rest.p[0] != '/') {
		node = add_node(w, JSON_ROOT, rest);
		rest.n = 0;
	}
	while (node >= 0 && rest.n) {
		size_t n;

		rest = str_skip(rest, 1);
		n = str_find(rest, '/');
		if (!unescape_part(str_head(rest, n), arena, &name))
			return -1;
		node = add_node(w, (unsigned)node, name);
		rest = str_skip(rest, n);
	}
	if (node < 0)
		return -1;
	if (w->node[node].slot < 0) {
		if (w->count == JSON_WANTS)
			return -1;
		w->node[node].slot = (int16_t)w->count++;
	}
	return w->node[node].slot;
}
