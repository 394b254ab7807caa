/*
 * json_fuzz.c - any bytes as a JSON text: what is valid stays valid and means the same when it is written anew.
 *
 *     text --scan--> value --unescape--> bytes --write--> text --scan--> value --unescape--> the same bytes
 *
 * The first byte chooses how the text is read.  Values lie inside the text, and what they mean inside the room.  What
 * was walked before changes nothing: each line of the text is walked with a memo of the others, and without.
 */
#include "format/json_scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const pointers[] = {
	"",  "/a",   "/user/name", "/request/headers/User-Agent/0", "/0", "/1/0", "/a~1b/m~0n",
	"/", "time", "/a/a/a",
};

enum { POINTERS = COUNT(pointers) };

static void
want_inside(struct str part, const char *p, size_t n, const char *name)
{
	uintptr_t at = (uintptr_t)part.p, from = (uintptr_t)p;

	if (part.n && (at < from || part.n > n || at - from > n - part.n))
		BUG("%s lies outside", name);
}

/* A string of these bytes, as plainly as JSON allows. */
static struct str
write_string(struct str s, char *out)
{
	static const char digits[] = "0123456789abcdef";
	size_t n = 0;

	out[n++] = '"';
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c == '"' || c == '\\') {
			out[n++] = '\\';
			out[n++] = (char)c;
		} else if (c < ' ') {
			out[n++] = '\\';
			out[n++] = 'u';
			out[n++] = '0';
			out[n++] = '0';
			out[n++] = digits[c >> 4];
			out[n++] = digits[c & 15];
		} else {
			out[n++] = (char)c;
		}
	}
	out[n++] = '"';
	return (struct str){ out, n };
}

/* Written anew, a value is valid, of the same kind, and means the same. */
static void
check_anew(const struct json_wants *wants, const struct json_value *v, struct str means)
{
	struct json_value again[JSON_WANTS];
	struct json_fault fault = { 0 };
	char *text = xalloc(6 * means.n + 2, 1), *bytes = xalloc(6 * means.n + 2, 1);
	struct room room = { .p = bytes, .size = 6 * means.n + 2 };
	struct str anew = v->kind == JSON_STRING ? write_string(means, text) : v->text, got;

	if (!json_scan(wants, anew, JSON_STRICT, again, &fault))
		BUG("written anew it is refused: wanted %s", fault.expected);
	if (again[0].kind != v->kind)
		BUG("written anew it is of kind %d, not %d", again[0].kind, v->kind);
	got = json_bytes(again[0], &room);
	if (!str_eq(got, means))
		BUG("written anew it means something else");
	free(text);
	free(bytes);
}

static void
check_value(const struct json_wants *wants, struct json_value v, struct str text, unsigned how)
{
	char *bytes = xalloc(2 * text.n + 64, 1);
	struct room room = { .p = bytes, .size = 2 * text.n + 64 };
	struct str means, joined;

	want_inside(v.text, text.p, text.n, "a value");
	means = json_bytes(v, &room);
	if (room.used > v.text.n)
		BUG("%zu bytes mean %zu", v.text.n, room.used);
	joined = json_joined(v, &room);
	if (room.used > 2 * v.text.n)
		BUG("%zu bytes joined are more", v.text.n);
	if (v.kind != JSON_ARRAY && !str_eq(means, joined))
		BUG("what is no array is joined to something else");
	if (v.kind != JSON_ABSENT && v.kind != JSON_NULL &&
	    (v.kind < JSON_ARRAY || how == JSON_STRICT))
		check_anew(wants, &v, means);
	free(bytes);
}

/* As it is read alone, so it is read behind others. */
static void
check_alike(const struct json_wants *wants, struct json_memo *memo, struct str text, unsigned how)
{
	struct json_value value[2][JSON_WANTS];
	struct json_fault fault[2] = { { 0 } };
	bool valid = json_scan(wants, text, how, value[0], &fault[0]);

	if (json_scan_like(wants, memo, text, how, value[1], &fault[1]) != valid)
		BUG("valid or not, as the texts before were");
	if (!valid && (fault[0].at != fault[1].at || fault[0].expected != fault[1].expected))
		BUG("refused otherwise than alone");
	if (fault[0].hex != fault[1].hex)
		BUG("other escapes than alone");
	for (unsigned i = 0; valid && i < wants->count; i++) {
		const struct json_value *a = &value[0][i], *b = &value[1][i];

		if (a->kind != b->kind || a->escaped != b->escaped || a->text.p != b->text.p ||
		    a->text.n != b->text.n)
			BUG("another value than alone");
		if ((a->kind != JSON_ABSENT) != (fault[1].found[i / 64] >> i % 64 & 1))
			BUG("found and not there, or there and not found");
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct json_wants wants;
	struct json_value value[JSON_WANTS], second[JSON_WANTS];
	struct json_fault fault = { 0 }, other = { 0 };
	struct json_memo *memo;
	struct str rest;
	struct arena arena = { 0 };
	struct str text;
	unsigned how;
	char *own;
	bool valid;

	if (size == 0)
		return 0;
	how = data[0] & (JSON_HEX | JSON_TWICE);
	own = xalloc(size, 1);
	memcpy(own, data + 1, size - 1);
	text = (struct str){ own, size - 1 };
	json_wants_begin(&wants);
	for (size_t i = 0; i < POINTERS; i++) {
		if (json_want(&wants, &arena, str_of(pointers[i])) != (int)i)
			BUG("'%s' is not slot %zu", pointers[i], i);
	}
	valid = json_scan(&wants, text, how, value, &fault);
	if (!valid && (fault.at < text.p || fault.at > text.p + text.n || !*fault.expected))
		BUG("refused outside of the text, or without a reason");
	if (!valid && json_scan(&wants, text, JSON_STRICT, second, &other))
		BUG("refused when more was let pass");
	for (size_t i = 0; valid && i < POINTERS; i++)
		check_value(&wants, value[i], text, how);
	memo = xalloc(1, sizeof(*memo));
	for (rest = text; rest.n;)
		check_alike(&wants, memo, str_split(&rest, '\n'), how);
	check_alike(&wants, memo, text, how);
	check_alike(&wants, memo, text, how);
	free(memo);
	arena_free(&arena);
	free(own);
	return 0;
}
