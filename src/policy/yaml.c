/*
 * yaml.c - builds the tree from libyaml's events, without recursion, counting events and depth.
 *
 * libyaml alone is quadratic in the depth of flow collections (12 s for 80,000 brackets).  Stopping
 * at the 33rd open collection costs 2 to 4 ms whatever follows: it reads 1,024 characters ahead.
 */
#include "policy/yaml.h"

#include <yaml.h>

/* A collection that is open; `key` waits for its value. */
struct yaml_level {
	struct yaml *node, *last, *key;
};

struct yaml_reader {
	struct str bytes;
	size_t byte, index; /* the same place in bytes, and in characters as libyaml counts them */
	struct arena *arena;
	struct errors *err;
	struct str file;
	struct yaml *root;
	struct yaml_level level[YAML_MOST_DEPTH];
	size_t depth, events;
};

static struct place
place_of(const struct yaml_reader *r, yaml_mark_t mark)
{
	return (struct place){ r->file, (unsigned)mark.line + 1, (unsigned)mark.column + 1 };
}

/* Line and column, in characters, of a byte. */
static struct place
place_at(const struct yaml_reader *r, struct str bytes, size_t offset)
{
	struct place at = { r->file, 1, 1 };

	for (size_t i = 0; i < min_size(offset, bytes.n); i++) {
		if (bytes.p[i] == '\n') {
			at.line++;
			at.column = 1;
		} else if (((unsigned char)bytes.p[i] & 0xc0) != 0x80) {
			at.column++;
		}
	}
	return at;
}

/* Bytes of the character at the front of a non-empty s; 0 when it is not UTF-8. */
static size_t
utf8_length(struct str s)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char c = (unsigned char)s.p[0];
	size_t n = c < 0x80 ? 1 : c < 0xc0 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf8 ? 4 : 0;
	uint32_t v;

	if (n < 2 || n > s.n)
		return n > s.n ? 0 : n;
	v = c & (0xffU >> (n + 1));
	for (size_t i = 1; i < n; i++) {
		if (((unsigned char)s.p[i] & 0xc0) != 0x80)
			return 0;
		v = v << 6 | ((unsigned char)s.p[i] & 0x3f);
	}
	return v < least[n] || v > 0x10ffff || (v >= 0xd800 && v < 0xe000) ? 0 : n;
}

static int
check_bytes(const struct yaml_reader *r, struct str bytes)
{
	size_t n;

	if (bytes.n > YAML_MOST_BYTES)
		return error_at(r->err, (struct place){ r->file, 0, 0 },
				"longer than %d bytes; no policy needs that", YAML_MOST_BYTES);
	for (size_t i = 0; i < bytes.n; i += n) {
		n = utf8_length(str_skip(bytes, i));
		if (n == 0)
			return error_at(r->err, place_at(r, bytes, i),
					"byte 0x%02x is not UTF-8; save the file as UTF-8",
					(unsigned char)bytes.p[i]);
	}
	return 0;
}

static struct yaml *
new_node(struct yaml_reader *r, enum yaml_kind kind, yaml_mark_t mark)
{
	struct yaml *node = arena_alloc(r->arena, sizeof(*node));

	node->kind = kind;
	node->at = place_of(r, mark);
	return node;
}

static struct yaml_level *
top_level(struct yaml_reader *r)
{
	struct yaml_level *top = &r->level[r->depth ? r->depth - 1 : 0];

	if (r->depth == 0 || !top->node)
		BUG("no collection is open");
	return top;
}

static bool
wants_key(const struct yaml_level *top)
{
	return top->node->kind == YAML_MAP && !top->key;
}

/*
 * Hangs a node where the file has it: as the root, a list's item, a map's key or that key's
 * value.
 */
static void
attach(struct yaml_reader *r, struct yaml *node)
{
	struct yaml_level *top;

	if (r->depth == 0) {
		r->root = node;
		return;
	}
	top = top_level(r);
	if (wants_key(top)) {
		if (!node->quoted && str_is(node->text, "<<"))
			error_at(r->err, node->at,
				 "merge keys ('<<') are refused; write the keys out");
		top->key = node;
		return;
	}
	node->key = top->key;
	top->key = NULL;
	if (top->last)
		top->last->next = node;
	else
		top->node->child = node;
	top->last = node;
	top->node->count++;
}

static int
open_level(struct yaml_reader *r, struct yaml *node)
{
	if (r->depth == YAML_MOST_DEPTH)
		return error_at(r->err, node->at, "nested deeper than %d; no policy needs that",
				YAML_MOST_DEPTH);
	if (r->depth && wants_key(top_level(r)))
		return error_at(r->err, node->at, "%s cannot be a key; a key is text",
				yaml_kind_name(node->kind));
	attach(r, node);
	r->level[r->depth++] = (struct yaml_level){ .node = node };
	return 0;
}

/* By key, then by place: the sort is then the same everywhere. */
static int
compare_keys(const void *left, const void *right)
{
	const struct yaml *a = *(const struct yaml *const *)left;
	const struct yaml *b = *(const struct yaml *const *)right;
	int c = str_cmp(a->key->text, b->key->text);

	if (c == 0)
		c = (a->key->at.line > b->key->at.line) - (a->key->at.line < b->key->at.line);
	if (c == 0)
		c = (a->key->at.column > b->key->at.column) -
		    (a->key->at.column < b->key->at.column);
	return c;
}

/* Sorted, because comparing each with each lets a map of 100,000 keys take minutes. */
static void
refuse_doubles(struct yaml_reader *r, const struct yaml *map)
{
	struct yaml **entry = xalloc(map->count, sizeof(struct yaml *));
	size_t n = 0;

	for (struct yaml *child = map->child; child; child = child->next)
		entry[n++] = child;
	if (n)
		qsort(entry, n, sizeof(struct yaml *), compare_keys);
	for (size_t i = 1; i < n; i++) {
		if (!str_eq(entry[i - 1]->key->text, entry[i]->key->text))
			continue;
		entry[i]->again = true;
		error_at(r->err, entry[i]->key->at,
			 "'" STR_FMT "' stands twice in this map; it stands on line %u already",
			 STR_ARG(entry[i]->key->text), entry[i - 1]->key->at.line);
	}
	free(entry);
}

static void
close_level(struct yaml_reader *r)
{
	struct yaml *node = top_level(r)->node;

	r->depth--;
	if (node->kind == YAML_MAP)
		refuse_doubles(r, node);
}

static void
refuse_properties(struct yaml_reader *r, struct place at, const void *anchor, const void *tag)
{
	if (anchor)
		error_at(r->err, at,
			 "anchors ('&') are refused; write the value out where it is needed");
	if (tag)
		error_at(r->err, at,
			 "tags ('!') are refused; the policy's keys say what a value is");
}

/* The byte before a mark.  Marks of events only grow, so all of them together cost one walk over the bytes. */
static char
byte_before(struct yaml_reader *r, yaml_mark_t mark)
{
	while (r->index < mark.index && r->byte < r->bytes.n) {
		r->byte++;
		while (r->byte < r->bytes.n && ((unsigned char)r->bytes.p[r->byte] & 0xc0) == 0x80)
			r->byte++;
		r->index++;
	}
	return r->byte ? r->bytes.p[r->byte - 1] : 0;
}

/* `{?a: b}` has the key 'a' to libyaml, as in YAML 1.1, and '?a' to others. */
static void
refuse_question(struct yaml_reader *r, const yaml_event_t *ev)
{
	if (ev->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && ev->data.scalar.length &&
	    byte_before(r, ev->start_mark) == '?')
		error_at(r->err, place_of(r, ev->start_mark),
			 "a '?' right before a text is read in two ways; put the text in quotes");
}

static int
read_text(struct yaml_reader *r, const yaml_event_t *ev)
{
	struct yaml *node = new_node(r, YAML_TEXT, ev->start_mark);
	struct str text = { (const char *)ev->data.scalar.value, ev->data.scalar.length };

	refuse_properties(r, node->at, ev->data.scalar.anchor, ev->data.scalar.tag);
	refuse_question(r, ev);
	if (str_find(text, '\0') < text.n)
		error_at(r->err, node->at,
			 "the text has a NUL character in it; take out the '\\0'");
	node->text = arena_str(r->arena, str_head(text, str_find(text, '\0')));
	node->quoted = ev->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	attach(r, node);
	return 0;
}

static int
open_document(struct yaml_reader *r, const yaml_event_t *ev)
{
	struct place at = place_of(r, ev->start_mark);

	if (r->root)
		return error_at(r->err, at, "a second document begins; a policy is one document");
	if (ev->data.document_start.tag_directives.start !=
	    ev->data.document_start.tag_directives.end)
		error_at(r->err, at, "%%TAG is refused; the policy's keys say what a value is");
	return 0;
}

/* -1: nothing further can be read. */
static int
read_event(struct yaml_reader *r, const yaml_event_t *ev)
{
	struct yaml *node;

	if (++r->events > YAML_MOST_EVENTS)
		return error_at(r->err, place_of(r, ev->start_mark),
				"more than %d pieces; no policy needs that", YAML_MOST_EVENTS);
	switch (ev->type) {
	case YAML_DOCUMENT_START_EVENT:
		return open_document(r, ev);
	case YAML_SCALAR_EVENT:
		return read_text(r, ev);
	case YAML_ALIAS_EVENT:
		node = new_node(r, YAML_TEXT, ev->start_mark);
		node->text = STR("");
		error_at(r->err, node->at, "aliases ('*') are refused; write the value out here");
		attach(r, node);
		return 0;
	case YAML_SEQUENCE_START_EVENT:
		node = new_node(r, YAML_LIST, ev->start_mark);
		refuse_properties(r, node->at, ev->data.sequence_start.anchor,
				  ev->data.sequence_start.tag);
		return open_level(r, node);
	case YAML_MAPPING_START_EVENT:
		node = new_node(r, YAML_MAP, ev->start_mark);
		refuse_properties(r, node->at, ev->data.mapping_start.anchor,
				  ev->data.mapping_start.tag);
		return open_level(r, node);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		close_level(r);
		return 0;
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT:
	case YAML_DOCUMENT_END_EVENT:
		return 0;
	}
	return 0;
}

static int
refuse_syntax(const struct yaml_reader *r, const yaml_parser_t *parser, struct str bytes)
{
	if (parser->error == YAML_READER_ERROR)
		return error_at(r->err, place_at(r, bytes, parser->problem_offset),
				"a policy is printable text, and here is a control character");
	return error_at(r->err, place_of(r, parser->problem_mark), "%s%s%s",
			parser->problem ? parser->problem : "not YAML", parser->context ? ", " : "",
			parser->context ? parser->context : "");
}

static int
read_events(struct yaml_reader *r, yaml_parser_t *parser, struct str bytes)
{
	yaml_event_t ev;
	bool last = false;
	int rc = 0;

	while (!last && rc == 0) {
		if (!yaml_parser_parse(parser, &ev))
			return refuse_syntax(r, parser, bytes);
		last = ev.type == YAML_STREAM_END_EVENT;
		rc = read_event(r, &ev);
		yaml_event_delete(&ev);
	}
	return rc;
}

bool
yaml_nothing(const struct yaml *node)
{
	return node->kind == YAML_TEXT && !node->quoted &&
	       (node->text.n == 0 || str_is(node->text, "~") || str_is(node->text, "null"));
}

struct yaml *
yaml_get(const struct yaml *map, const char *key)
{
	for (struct yaml *child = map->child; child; child = child->next)
		if (child->key && str_is(child->key->text, key))
			return child;
	return NULL;
}

/* A last line of blanks in a block of text counts differently without its end. */
static struct str
with_newline(struct arena *a, struct str bytes)
{
	char *p;

	if (bytes.p[bytes.n - 1] == '\n')
		return bytes;
	p = arena_alloc(a, bytes.n + 1);
	memcpy(p, bytes.p, bytes.n);
	p[bytes.n] = '\n';
	return (struct str){ p, bytes.n + 1 };
}

struct yaml *
yaml_read(struct str bytes, struct str file_name, struct arena *a, struct errors *err)
{
	struct yaml_reader r = { .arena = a, .err = err, .file = file_name };
	yaml_parser_t parser;
	int rc;

	/* An editor's mark; libyaml would count it as a column. */
	if (str_starts(bytes, STR("\xef\xbb\xbf")))
		bytes = str_skip(bytes, 3);
	if (check_bytes(&r, bytes) < 0)
		return NULL;
	if (bytes.n == 0 || !yaml_parser_initialize(&parser)) {
		error_at(err, (struct place){ file_name, 0, 0 },
			 bytes.n == 0 ? "the file is empty" : "no memory to read it");
		return NULL;
	}
	bytes = r.bytes = with_newline(a, bytes);
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)bytes.p, bytes.n);
	rc = read_events(&r, &parser, bytes);
	yaml_parser_delete(&parser);
	if (rc == 0 && !r.root)
		rc = error_at(err, (struct place){ file_name, 1, 1 }, "the file says nothing");
	return rc == 0 ? r.root : NULL;
}
