/*
 * yaml_fuzz.c - any bytes as a policy file: a tree or mistakes, every mistake with its place.
 * Of a tree, what yaml.h promises: keys, places, counts, a NUL behind every text.  Twice the same.
 */
#include "policy/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char file_name[] = "kasumi.yaml";

/* Line ends of any kind YAML knows; libyaml puts the end of a text on a line of its own. */
static unsigned
lines_of(struct str s)
{
	unsigned n = 2;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		n += c == '\n' || c == '\r' || c == 0x85 || c == 0xa8 || c == 0xa9;
	}
	return n;
}

/* `17:` off the front of *s; 0 when there is no number from 1. */
static uint64_t
take_number(struct str *s)
{
	uint64_t n = 0;

	return str_to_u64(str_split(s, ':'), &n) ? n : 0;
}

/* kasumi.yaml:LINE:COLUMN: what is wrong */
static void
check_message(struct str message, unsigned lines)
{
	struct str rest = message;
	uint64_t line, column;

	if (!str_is(str_split(&rest, ':'), file_name))
		BUG("a mistake without its file: " STR_FMT, STR_ARG(message));
	line = take_number(&rest);
	column = take_number(&rest);
	if (line < 1 || line > lines || column < 1)
		BUG("a mistake without its place: " STR_FMT, STR_ARG(message));
	if (rest.n < 2 || rest.p[0] != ' ')
		BUG("a mistake that says nothing: " STR_FMT, STR_ARG(message));
}

static void
check_place(const struct yaml *node, unsigned lines)
{
	if (!str_is(node->at.file, file_name) || node->at.line < 1 || node->at.line > lines ||
	    node->at.column < 1)
		BUG("a node at %u:%u of %u lines", node->at.line, node->at.column, lines);
}

static void
check_text(const struct yaml *node, unsigned lines)
{
	check_place(node, lines);
	if (node->kind != YAML_TEXT || node->child || node->count)
		BUG("a text at %u:%u with children", node->at.line, node->at.column);
	if (!node->text.p || node->text.p[node->text.n] != '\0' ||
	    str_find(node->text, '\0') != node->text.n)
		BUG("the text at %u:%u has a NUL inside or none behind", node->at.line,
		    node->at.column);
}

static void
check_child(const struct yaml *node, const struct yaml *child, unsigned lines)
{
	if ((node->kind == YAML_MAP) != (child->key != NULL))
		BUG("a key in a list, or none in a map, at %u:%u", child->at.line,
		    child->at.column);
	if (child->at.line < node->at.line)
		BUG("the child at %u:%u stands before its parent", child->at.line,
		    child->at.column);
	if (!child->key)
		return;
	check_text(child->key, lines);
	if (!child->again && yaml_get(node, child->key->text.p) != child)
		BUG("the key at %u:%u is not found", child->key->at.line, child->key->at.column);
}

/* Returns the nodes there are; recursion is as deep as the tree, which is what it counts. */
static size_t
check_tree(const struct yaml *node, unsigned lines, unsigned depth)
{
	size_t children = 0, nodes = 1;

	if (depth > YAML_MOST_DEPTH)
		BUG("nested deeper than %d", YAML_MOST_DEPTH);
	if (node->kind == YAML_TEXT) {
		check_text(node, lines);
		return 1;
	}
	check_place(node, lines);
	for (const struct yaml *child = node->child; child; child = child->next) {
		/* The first hundred: yaml_get() looks at all of them, every time. */
		if (++children <= 100)
			check_child(node, child, lines);
		nodes += check_tree(child, lines, depth + (child->kind != YAML_TEXT));
	}
	if (children != node->count)
		BUG("%zu children are counted as %zu", children, node->count);
	return nodes;
}

/* Nodes of the tree, 0 without one. */
static size_t
read_once(struct str bytes, size_t *mistakes)
{
	struct str text = str_starts(bytes, STR("\xef\xbb\xbf")) ? str_skip(bytes, 3) : bytes;
	struct errors err = { 0 };
	struct arena a = { 0 };
	struct yaml *root = yaml_read(bytes, STR(file_name), &a, &err);
	unsigned lines = lines_of(text);
	size_t nodes = 0;

	if (!root && err.list.n == 0)
		BUG("neither a tree nor a mistake");
	/* An empty or an oversized file is wrong as a whole. */
	for (size_t i = 0; text.n && text.n <= YAML_MOST_BYTES && i < err.list.n; i++)
		check_message(err.list.at[i], lines);
	if (root)
		nodes = check_tree(root, lines, root->kind != YAML_TEXT);
	*mistakes = err.list.n;
	errors_free(&err);
	arena_free(&a);
	return nodes;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *p = xalloc(size, 1);
	struct str bytes = { .p = p, .n = size };
	size_t mistakes, again, nodes;

	if (size)
		memcpy(p, data, size);
	nodes = read_once(bytes, &mistakes);
	if (read_once(bytes, &again) != nodes || again != mistakes)
		BUG("read twice, %zu nodes and %zu mistakes are not the same", nodes, mistakes);
	free(p);
	return 0;
}
