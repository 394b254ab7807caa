/*
 * json_tree_fuzz.c - any bytes as JSON: what is read, written by out_json and read again, is equal, and is the same
 * text when it is written once more.  A refusal says what and where.
 */
#include "base/json_tree.h"

#include "base/out.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
same_value(const struct json_value *a, const struct json_value *b)
{
	return a->kind == b->kind && a->count == b->count && str_eq(a->name, b->name) &&
	       str_eq(a->text, b->text) && !a->first == !b->first && !a->next == !b->next;
}

/* Both walked side by side, by a stack of what is open. */
static void
compare(const struct json_value *a, const struct json_value *b)
{
	const struct json_value *open[JSON_DEPTH_MOST][2];
	int depth = 0;

	for (;;) {
		if (!same_value(a, b))
			BUG("a value comes back as another");
		if (a->first) {
			open[depth][0] = a;
			open[depth++][1] = b;
			a = a->first;
			b = b->first;
			continue;
		}
		while (depth && !a->next) {
			a = open[--depth][0];
			b = open[depth][1];
		}
		if (depth == 0)
			return;
		a = a->next;
		b = b->next;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	char *p = xalloc(size, 1); /* of its own, so that a byte too far is seen */
	struct json_wrong wrong;
	const struct json_value *v, *again;
	struct out o, twice;

	if (size)
		memcpy(p, data, size);
	out_memory(&o);
	out_memory(&twice);
	v = json_tree(&arena, (struct str){ .p = p, .n = size }, &wrong);
	if (!v) {
		if (!wrong.expected || wrong.byte > size)
			BUG("a refusal at byte %zu of %zu", wrong.byte, size);
	} else {
		json_print(&o, v);
		again = json_tree(&arena, out_taken(&o), &wrong);
		if (!again)
			BUG("what was written is refused at byte %zu: %s", wrong.byte,
			    wrong.expected);
		compare(v, again);
		json_print(&twice, again);
		if (!str_eq(out_taken(&o), out_taken(&twice)))
			BUG("written twice, it is not the same text");
	}
	out_discard(&twice);
	out_discard(&o);
	arena_free(&arena);
	free(p);
	return 0;
}
