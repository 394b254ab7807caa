/*
 * yaml_corpus_test.c - the yaml-test-suite where it lies (SEKISHO_CORPUS): each case gives the tree that its events say,
 * or is refused for one of our reasons, of which the case shows the cause.
 *
 *     case --marks undone--> text --yaml_read--> tree --drawn as events--> the same as the suite's
 *
 * What libyaml, a reader of YAML 1.1, takes otherwise than YAML 1.2 has it, is listed by name; a name that is no
 * longer needed is a failure, too.
 */
#include "base/test_wall.h"

#include "policy/yaml.h"

#include <dirent.h>

enum { FILE_MOST = 1 << 16, TEXT_MOST = 1 << 14, OPEN_MOST = 64, KEYS_MOST = 64 };

/* What a case holds that a policy may not. */
enum cause {
	CAUSE_ANCHOR = 1,
	CAUSE_ALIAS = 2,
	CAUSE_TAG = 4,
	CAUSE_DOCUMENTS = 8,
	CAUSE_NOTHING = 16,
	CAUSE_KEY_KIND = 32,
	CAUSE_KEY_TWICE = 64,
	CAUSE_DIRECTIVE = 128,
	CAUSE_QUESTION = 256,
	CAUSE_BROKEN = 512
};

static const struct {
	const char *reason, *words; /* words: part of the message */
	unsigned cause;
} reasons[] = {
	{ "anchors", "anchors ('&') are refused", CAUSE_ANCHOR },
	{ "aliases", "aliases ('*') are refused", CAUSE_ALIAS },
	{ "tags", "tags ('!') are refused", CAUSE_TAG },
	{ "%TAG", "%TAG is refused", CAUSE_DIRECTIVE },
	{ "several documents", "a second document begins", CAUSE_DOCUMENTS },
	{ "nothing in it", "the file says nothing", CAUSE_NOTHING },
	{ "no bytes", "the file is empty", CAUSE_NOTHING },
	{ "a key that is no text", "cannot be a key; a key is text", CAUSE_KEY_KIND },
	{ "a key twice", "stands twice in this map", CAUSE_KEY_TWICE },
	{ "a '?' before text", "a '?' right before a text", CAUSE_QUESTION },
	{ "no YAML", "", CAUSE_BROKEN },
};

/*
 * Good YAML 1.2 that libyaml refuses, and so does a policy: ID/case of the file.  Keys that are empty, colons and tabs
 * in odd places, directives that nobody knows, documents that end without `...`, names of anchors.
 */
static const char *const stricter[] = {
	"2JQS/0", "2LFX/0", "4ABK/0", "4MUZ/0", "4MUZ/1", "4MUZ/2", "58MP/0", "5MUD/0",
	"5T43/0", "6BCT/0", "6CA3/0", "6LVF/0", "7Z25/0", "8XYN/0", "96NN/0", "96NN/1",
	"9SA2/0", "A2M4/0", "BEC7/0", "CFD4/0", "DBG4/0", "DK3J/0", "DK95/0", "DK95/3",
	"DK95/4", "FP8R/0", "FRK4/0", "HM87/0", "HWV9/0", "K3WX/0", "M7A3/0", "MUS6/5",
	"MUS6/6", "NHX8/0", "NJ66/0", "NKF9/0", "Q5MG/0", "QT73/0", "R4YG/0", "S3PD/0",
	"SM9W/1", "UKK6/0", "UT92/0", "VJP3/1", "W4TN/0", "W5VH/0", "Y79Y/1", "Y79Y/10"
};

/*
 * What YAML 1.2 refuses and libyaml reads, as whoever wrote it meant it: lines of a quoted text or of [a, b] that are
 * not indented, `#` without a blank before it, a dash for a text in [-], tabs and blanks on lines of their own, a
 * comment that touches %YAML.
 */
static const char *const laxer[] = { "9C9N/0", "9JBA/0", "CVW2/0", "DK95/1", "G5U8/0", "MUS6/0",
				     "QB6E/0", "S98Z/0", "SU5Z/0", "X4QW/0", "Y79Y/3", "YJV2/0" };

struct a_case {
	char name[16];
	char text[TEXT_MOST], tree[TEXT_MOST];
	bool fail, skip;
};

struct totals {
	unsigned read, refused[COUNT(reasons)], stricter, laxer, skipped, failed;
	bool used_stricter[COUNT(stricter)], used_laxer[COUNT(laxer)];
};

/* --- the suite's files --------------------------------------------------------------------------- */

/* Appends; `out` ends with a NUL. */
static void
put(char out[TEXT_MOST], const char *s, size_t n)
{
	size_t have = strlen(out);

	assert_true(have + n < TEXT_MOST);
	memcpy(out + have, s, n);
	out[have + n] = 0;
}

/* Marks of the suite for what cannot be seen, undone. */
static void
unmark(char out[TEXT_MOST], const char *in)
{
	static const struct {
		const char *mark, *text;
	} marks[] = { { "␣", " " },  { "»", "\t" },           { "↵", "" },
		      { "←", "\r" }, { "⇔", "\xef\xbb\xbf" }, { "∎\n", "" } };

	out[0] = 0;
	while (*in) {
		size_t dashes = 0, i = 0;

		while (strncmp(in + dashes, "—", 3) == 0)
			dashes += 3;
		if (strncmp(in + dashes, "»", 2) == 0)
			in += dashes;
		while (i < COUNT(marks) && strncmp(in, marks[i].mark, strlen(marks[i].mark)) != 0)
			i++;
		if (i < COUNT(marks)) {
			put(out, marks[i].text, strlen(marks[i].text));
			in += strlen(marks[i].mark);
		} else {
			put(out, in++, 1);
		}
	}
}

static struct str
take_line(struct str *rest)
{
	return str_split(rest, '\n');
}

/* The lines below `key: |`, four blanks further in; blank lines at the end are one newline. */
static void
take_block(struct str *rest, char out[TEXT_MOST])
{
	char *raw = calloc(TEXT_MOST, 1);
	size_t end;

	while (rest->n && (rest->p[0] == '\n' || str_starts(*rest, STR("    ")))) {
		struct str line = take_line(rest);

		put(raw, line.p + min_size(4, line.n), line.n - min_size(4, line.n));
		put(raw, "\n", 1);
	}
	for (end = strlen(raw); end > 1 && raw[end - 1] == '\n' && raw[end - 2] == '\n';)
		raw[--end] = 0;
	unmark(out, raw);
	free(raw);
}

/* A case has what it does not say itself from the case before it, but for failing. */
static bool
next_case(struct str *rest, struct a_case *c)
{
	bool begun = false;

	c->fail = false;
	while (rest->n && !(begun && str_starts(*rest, STR("- ")))) {
		struct str line = take_line(rest), key;

		begun |= str_starts(line, STR("- "));
		key = str_skip(line, min_size(2, line.n));
		if (!begun)
			continue;
		if (str_is(key, "fail: true"))
			c->fail = true;
		else if (str_is(key, "skip: true"))
			c->skip = true;
		else if (str_starts(key, STR("yaml: |")))
			take_block(rest, c->text);
		else if (str_starts(key, STR("tree: |")))
			take_block(rest, c->tree);
	}
	return begun;
}

/* --- trees as events ------------------------------------------------------------------------------ */

/* `=VAL :text` for plain text, `=VAL 'text` for any other, as the suite escapes it. */
static void
draw_text(const struct yaml *node, char out[TEXT_MOST])
{
	static const char from[] = "\\\n\t\r\b", to[] = "\\ntrb";

	put(out, node->quoted ? "=VAL '" : "=VAL :", 6);
	for (size_t i = 0; i < node->text.n; i++) {
		const char *at = strchr(from, node->text.p[i]);

		if (at && *at) {
			put(out, "\\", 1);
			put(out, &to[at - from], 1);
		} else {
			put(out, &node->text.p[i], 1);
		}
	}
	put(out, "\n", 1);
}

/* NOLINTNEXTLINE(misc-no-recursion): a test, and no deeper than YAML_MOST_DEPTH */
static void
draw(const struct yaml *node, char out[TEXT_MOST])
{
	if (node->kind == YAML_TEXT) {
		draw_text(node, out);
		return;
	}
	put(out, node->kind == YAML_MAP ? "+MAP\n" : "+SEQ\n", 5);
	for (const struct yaml *child = node->child; child; child = child->next) {
		if (child->key)
			draw_text(child->key, out);
		draw(child, out);
	}
	put(out, node->kind == YAML_MAP ? "-MAP\n" : "-SEQ\n", 5);
}

/* The suite's events of the one document, without what a tree does not keep. */
static void
plain_events(const char *tree, char out[TEXT_MOST])
{
	struct str rest = str_of(tree);

	out[0] = 0;
	while (rest.n) {
		struct str line = take_line(&rest);

		while (str_starts(line, STR(" ")))
			line = str_skip(line, 1);
		if (str_starts(line, STR("=VAL ")) && line.n > 5) {
			put(out, line.p[5] == ':' ? "=VAL :" : "=VAL '", 6);
			put(out, line.p + 6, line.n - 6);
			put(out, "\n", 1);
		} else if (line.n && !str_contains(line, STR("STR")) &&
			   !str_contains(line, STR("DOC"))) {
			put(out, line.p, 4);
			put(out, "\n", 1);
		}
	}
}

/* --- what a case holds ----------------------------------------------------------------------------- */

struct level {
	bool map, value; /* value: a key was read, its value comes next */
	struct str key[KEYS_MOST];
	size_t keys;
};

static struct level level[OPEN_MOST];

static unsigned
cause_of_key(struct level *top, struct str event)
{
	struct str text = str_skip(event, min_size(6, event.n));

	if (event.p[0] == '+')
		return CAUSE_KEY_KIND;
	for (size_t i = 0; i < top->keys; i++) {
		if (str_eq(top->key[i], text))
			return CAUSE_KEY_TWICE;
	}
	assert_true(top->keys < KEYS_MOST);
	top->key[top->keys++] = text;
	return 0;
}

static unsigned
cause_of_event(size_t *depth, struct str event)
{
	struct level *top = *depth ? &level[*depth - 1] : NULL;
	struct str rest = str_skip(event, min_size(5, event.n));
	unsigned cause = 0;

	if (str_starts(event, STR("-MAP")) || str_starts(event, STR("-SEQ"))) {
		assert_true(*depth > 0);
		--*depth;
		return 0;
	}
	if (top && top->map) {
		cause |= top->value ? 0 : cause_of_key(top, event);
		top->value = !top->value;
	}
	if (event.p[0] == '+') {
		assert_true(*depth < OPEN_MOST);
		level[(*depth)++] = (struct level){ .map = str_starts(event, STR("+MAP")) };
		if (str_starts(rest, STR("{}")) || str_starts(rest, STR("[]")))
			rest = str_skip(rest, min_size(3, rest.n));
	}
	cause |= str_starts(event, STR("=ALI")) ? CAUSE_ALIAS : 0;
	cause |= str_starts(rest, STR("&")) ? CAUSE_ANCHOR : 0;
	if (str_starts(rest, STR("&")))
		str_split(&rest, ' ');
	return cause | (str_starts(rest, STR("<")) ? CAUSE_TAG : 0);
}

static unsigned
causes_of(const struct a_case *c)
{
	struct str rest = str_of(c->tree);
	size_t depth = 0, documents = 0;
	unsigned causes = c->fail ? CAUSE_BROKEN : 0;

	while (rest.n) {
		struct str event = take_line(&rest);

		while (str_starts(event, STR(" ")))
			event = str_skip(event, 1);
		documents += str_starts(event, STR("+DOC"));
		if (event.n && !str_contains(str_head(event, 4), STR("STR")) &&
		    !str_contains(str_head(event, 4), STR("DOC")))
			causes |= cause_of_event(&depth, event);
	}
	causes |= strstr(c->text, "%TAG") ? CAUSE_DIRECTIVE : 0;
	causes |= strstr(c->text, " ?f") || strstr(c->text, "[?") ? CAUSE_QUESTION : 0;
	return causes | (documents == 0 ? CAUSE_NOTHING : documents > 1 ? CAUSE_DOCUMENTS : 0);
}

/* --- a case ---------------------------------------------------------------------------------------- */

static bool
listed(const char *name, const char *const *list, bool *used, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(name, list[i]) != 0)
			continue;
		used[i] = true;
		return true;
	}
	return false;
}

static void
refused(const struct a_case *c, const struct errors *err, struct totals *t)
{
	unsigned causes = causes_of(c);
	size_t reason = 0;

	for (size_t k = 0; k < err->list.n; k++) {
		reason = 0;
		while (!str_contains(err->list.at[k], str_of(reasons[reason].words)))
			reason++;
		/* Of what is broken, any reason will do. */
		if (!(causes & (reasons[reason].cause | CAUSE_BROKEN)))
			continue;
		t->refused[reason]++;
		return;
	}
	if (reason == COUNT(reasons) - 1 &&
	    listed(c->name, stricter, t->used_stricter, COUNT(stricter))) {
		t->stricter++;
		return;
	}
	print_message("%s: refused without a cause: %s\n", c->name, err->list.at[0].p);
	t->failed++;
}

static void
read_well(const struct a_case *c, const struct yaml *root, struct totals *t)
{
	char *got = calloc(TEXT_MOST, 1), *want = calloc(TEXT_MOST, 1);

	draw(root, got);
	plain_events(c->tree, want);
	if (c->fail && listed(c->name, laxer, t->used_laxer, COUNT(laxer))) {
		t->laxer++;
	} else if (!c->fail && strcmp(got, want) == 0) {
		t->read++;
	} else {
		print_message("%s: %s\n%s\nread as\n%s\nwanted\n%s\n", c->name,
			      c->fail ? "is no YAML, and was read" : "is read otherwise", c->text,
			      got, want);
		t->failed++;
	}
	free(got);
	free(want);
}

static void
run_case(const struct a_case *c, struct totals *t)
{
	struct arena a = { 0 };
	struct errors err = { 0 };
	const struct yaml *root;

	if (c->skip) {
		t->skipped++;
		return;
	}
	root = yaml_read(str_of(c->text), STR("case"), &a, &err);
	if (err.list.n)
		refused(c, &err, t);
	else
		read_well(c, root, t);
	errors_free(&err);
	arena_free(&a);
}

static unsigned
run_file(const char *folder, const char *name, struct totals *t)
{
	char path[512], *bytes = calloc(FILE_MOST, 1);
	struct a_case *c = calloc(1, sizeof(*c));
	unsigned count = 0;
	struct str rest;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "rb");
	if (!f)
		fail_msg("%s is not there", path);
	rest = (struct str){ bytes, fread(bytes, 1, FILE_MOST, f) };
	assert_true(rest.n < FILE_MOST);
	assert_int_equal(fclose(f), 0);
	for (; next_case(&rest, c); count++) {
		snprintf(c->name, sizeof(c->name), "%.4s/%u", name, count);
		run_case(c, t);
	}
	free(c);
	free(bytes);
	return count;
}

static void
tell_totals(const struct totals *t, unsigned files, unsigned cases)
{
	print_message("%u files, %u cases: %u read as the suite has them\n", files, cases, t->read);
	for (size_t i = 0; i < COUNT(reasons); i++)
		print_message("%4u refused: %s\n", t->refused[i], reasons[i].reason);
	print_message("%4u refused: YAML 1.2 that libyaml does not read\n", t->stricter);
	print_message("%4u read, and no YAML 1.2\n", t->laxer);
	print_message("%4u skipped by the suite\n", t->skipped);
}

static void
assert_used(const char *const *list, const bool *used, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!used[i] && list[i][0])
			fail_msg("%s is listed, and needs not be", list[i]);
	}
}

static void
the_suite(void **state)
{
	const char *corpus = getenv("SEKISHO_CORPUS");
	struct totals t = { 0 };
	unsigned files = 0, cases = 0;
	struct dirent **entry;
	char folder[256];
	int n;

	(void)state;
	if (!corpus) {
		print_message("skipped: SEKISHO_CORPUS names no folder\n");
		skip();
	}
	snprintf(folder, sizeof(folder), "%s/yaml/yaml-test-suite", corpus ? corpus : "");
	n = scandir(folder, &entry, NULL, alphasort);
	if (n < 0)
		fail_msg("there is no folder %s", folder);
	for (int i = 0; i < n; i++) {
		if (str_ends(str_of(entry[i]->d_name), STR(".yaml"))) {
			files++;
			cases += run_file(folder, entry[i]->d_name, &t);
		}
		free(entry[i]);
	}
	free(entry);
	tell_totals(&t, files, cases);
	assert_used(stricter, t.used_stricter, COUNT(stricter));
	assert_used(laxer, t.used_laxer, COUNT(laxer));
	assert_int_equal(t.failed, 0);
	assert_true(cases > 400);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(the_suite) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
