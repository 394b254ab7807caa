/*
 * fmt_combined_fuzz.c - any bytes as lines of a log: nothing is read or lent outside the line, and
 * no line's answer depends on the lines before it.
 *
 * Each line is parsed with a fresh clock cache, which says what is right, and then with one cache
 * that all lines of the input, and some of our own, have gone through.
 */
#include "base/error.h"
#include "model/format.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

extern const struct format fmt_combined;

enum { LINES_MOST = 64 };

/* 0001-01-01 and 9999-12-31, a zone further out. */
static const int64_t ts_least = -62135596800000 - 54000000, ts_most = 253402300799999 + 54000000;

/* Other minutes, other zones, and times that are refused after the minute was looked at. */
static const char *const strangers[] = {
	"10.1.2.3 - pg0001 [04/Jul/2022:09:12:31 +0900] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"",
	"10.1.2.3 - pg0001 [04/Jul/2022:09:12:31 -0900] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"",
	"10.2.2.3 - ep0001 [29/Feb/2024:23:59:60 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"",
	"10.2.2.3 - ep0001 [29/Feb/2023:23:59:60 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"",
	"10.2.2.3 - ep0001 [05/Jul/2022:09:13:61 +0900] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"",
	"10.2.2.3 - ep0001 [05/Jul/2022:09:13:61 +0900",
};

struct answer {
	enum parsed parsed;
	struct record record;
	struct refusal why;
};

/* `poison` stands where nothing was written: two of them tell what a parser forgot to set. */
static struct answer
ask(struct str line, struct parsing *parsing, int poison)
{
	struct answer a;

	memset(&a, poison, sizeof(a));
	a.parsed = fmt_combined.parse(parsing, line, &a.record, &a.why);
	return a;
}

static void
want_inside(struct str part, struct str whole, const char *name)
{
	uintptr_t p = (uintptr_t)part.p, from = (uintptr_t)whole.p;

	if (part.n && (p < from || part.n > whole.n || p - from > whole.n - part.n))
		BUG("%s lies outside its line", name);
}

static void
check_event(const struct record *r, struct str line)
{
	struct str head = { .p = line.p, .n = r->who.n };

	want_inside(r->who, line, "who");
	if (r->who.n == 0 || r->who.p != line.p)
		BUG("who is not the head of its line");
	want_inside(r->text[RAW_ADDRESS], head, "the address");
	want_inside(r->text[RAW_ACCOUNT], head, "the account");
	want_inside(r->text[RAW_METHOD], line, "the method");
	want_inside(r->text[RAW_TARGET], line, "the target");
	want_inside(r->text[RAW_AGENT], line, "the agent");
	if (r->status < 100 || r->status > 999)
		BUG("a status of %d", r->status);
	if (r->ts < ts_least || r->ts > ts_most)
		BUG("a time of %lld ms", (long long)r->ts);
}

static void
check(const struct answer *a, struct str line)
{
	switch (a->parsed) {
	case PARSED_EVENT:
		check_event(&a->record, line);
		break;
	case PARSED_NOTHING:
		if (line.n)
			BUG("%zu bytes are nothing", line.n);
		break;
	case PARSED_REFUSED:
		if (a->why.byte > line.n)
			BUG("refused at byte %u of %zu", a->why.byte, line.n);
		if (!a->why.expected || !*a->why.expected)
			BUG("refused without a reason");
		break;
	case PARSED_HEADER:
		BUG("this format has no header lines");
	}
}

static bool
same_part(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || a.p == b.p);
}

static bool
same_record(const struct record *a, const struct record *b)
{
	bool same = a->ts == b->ts && a->status == b->status && a->again == b->again &&
		    a->escaped == b->escaped && same_part(a->who, b->who);

	for (int i = 0; i < RAW_COUNT; i++)
		same = same && same_part(a->text[i], b->text[i]);
	return same;
}

static void
want_same(const struct answer *a, const struct answer *b, const char *when)
{
	if (a->parsed != b->parsed)
		BUG("%s: parsed as %d, then as %d", when, (int)a->parsed, (int)b->parsed);
	if (a->parsed == PARSED_EVENT && a->record.ts != b->record.ts)
		BUG("%s: %lld ms, then %lld ms", when, (long long)a->record.ts,
		    (long long)b->record.ts);
	if (a->parsed == PARSED_EVENT && !same_record(&a->record, &b->record))
		BUG("%s: other fields", when);
	if (a->parsed == PARSED_REFUSED &&
	    (a->why.byte != b->why.byte || strcmp(a->why.expected, b->why.expected) != 0))
		BUG("%s: another refusal", when);
}

/* A heap block of the line's own size: a sanitizer sees one byte too far. */
static char *
exact_copy(struct str s)
{
	char *p = xalloc(s.n, 1);

	if (s.n)
		memcpy(p, s.p, s.n);
	return p;
}

static void
pass_strangers(struct parsing *warm, size_t from)
{
	for (size_t i = 0; i < COUNT(strangers); i++) {
		struct str s = str_of(strangers[(from + i) % COUNT(strangers)]);
		struct parsing fresh = { 0 };
		struct answer want = ask(s, &fresh, 0), got = ask(s, warm, 0);

		want_same(&want, &got, "a line of ours, after those of the input");
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest = { .p = (const char *)data, .n = size };
	struct str line[LINES_MOST];
	char *own[LINES_MOST];
	static struct answer want[LINES_MOST];
	struct parsing warm = { 0 };
	size_t n = 0;

	while (rest.n && n < LINES_MOST) {
		struct parsing fresh = { 0 }, again = { 0 };
		struct answer second;

		line[n] = str_split(&rest, '\n');
		line[n].p = own[n] = exact_copy(line[n]);
		want[n] = ask(line[n], &fresh, 0x5a);
		second = ask(line[n], &again, 0xa5);
		check(&want[n], line[n]);
		want_same(&want[n], &second, "twice");
		second = ask(line[n], &fresh, 0xa5);
		want_same(&want[n], &second, "right after itself");
		n++;
	}
	for (size_t i = 0; i < 2 * n; i++) {
		struct answer got = ask(line[i % n], &warm, 0xa5);

		want_same(&want[i % n], &got, "after other lines");
		if (i + 1 == n)
			pass_strangers(&warm, size);
	}
	for (size_t i = 0; i < n; i++) {
		struct answer got;

		pass_strangers(&warm, size + i);
		got = ask(line[i], &warm, 0);
		want_same(&want[i], &got, "after lines of ours");
		free(own[i]);
	}
	return 0;
}
