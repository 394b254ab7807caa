/*
 * when_fuzz.c - any bytes as a way of writing times (the first line) and times (the others).  What is accepted lies in
 * the years 1 to 9999, says the same when read again, and the same with a cache that other texts have gone through.
 */
#include "base/when.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TEXTS_MOST = 40 };

static const int64_t ts_least = -62135596800000, ts_most = 253402300799999;

struct answer {
	enum when_result result;
	int64_t ts;
	int32_t again;
	const char *expected;
};

/* From a heap block of the text's own size: a sanitizer sees one byte too far. */
static struct answer
ask(const struct when *when, struct clock_cache *clock, struct str text)
{
	struct answer a = { .expected = NULL };
	char *p = xalloc(text.n, 1);

	if (text.n)
		memcpy(p, text.p, text.n);
	a.result = when_read(when, clock, (struct str){ p, text.n }, &a.ts, &a.again, &a.expected);
	free(p);
	if (a.result == WHEN_REFUSED) {
		if (!a.expected || !*a.expected)
			BUG("refused without a reason");
		return a;
	}
	if (a.ts < ts_least || a.ts + a.again > ts_most)
		BUG("a time of %lld ms", (long long)a.ts);
	if ((a.result == WHEN_TWICE) != (a.again > 0))
		BUG("%d ms to the second time", (int)a.again);
	return a;
}

static void
want_same(struct answer a, struct answer b, const char *how)
{
	if (a.result != b.result)
		BUG("%s: %d, then %d", how, (int)a.result, (int)b.result);
	if (a.result == WHEN_REFUSED ? a.expected != b.expected
				     : a.ts != b.ts || a.again != b.again)
		BUG("%s: %lld ms, then %lld ms", how, (long long)a.ts, (long long)b.ts);
}

static void
read_texts(const struct when *when, struct str rest)
{
	struct clock_cache warm = { 0 };

	for (int i = 0; rest.n && i < TEXTS_MOST; i++) {
		struct str text = str_split(&rest, '\n');
		struct clock_cache fresh = { 0 };
		struct answer want = ask(when, &fresh, text);

		want_same(want, ask(when, &fresh, text), "right after itself");
		want_same(want, ask(when, &warm, text), "after others");
		want_same(want, ask(when, &warm, text), "after others and itself");
		/* Another second of the same minute, whichever two digits they are. */
		for (size_t at = 0; at + 1 < text.n && at < 44 && text.n < 80; at++) {
			char other[80];
			struct str t = { other, text.n };
			struct clock_cache cold = { 0 };

			memcpy(other, text.p, text.n);
			other[at + 1] = (char)(other[at + 1] == '5' ? '6' : '5');
			want_same(ask(when, &cold, t), ask(when, &warm, t), "one digit beside");
		}
	}
}

/* Loaded once: a file in every run would be all that a run does. */
static const struct zone *
zone_of(size_t i)
{
	static const char *const names[] = { "UTC", "Asia/Tokyo", "-03:30", "America/New_York" };
	static const struct zone *loaded[COUNT(names)];
	static struct arena kept;
	struct errors err = { 0 };

	if (i >= COUNT(names))
		return NULL;
	if (!loaded[i])
		loaded[i] = zone_load(&kept, str_of(names[i]), NULL, &err, (struct place){ 0 });
	errors_free(&err);
	return loaded[i];
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest = { .p = (const char *)data, .n = size }, how = str_split(&rest, '\n');
	struct errors err = { 0 };
	struct arena a = { 0 };

	for (size_t i = 0; i < 5; i++) {
		const struct when *when = when_compile(&a, how, zone_of(i), i % 2 ? 2026 : 0, &err,
						       (struct place){ 0 });

		if (when)
			read_texts(when, rest);
		else if (err.list.n == 0)
			BUG("neither a way of reading nor a mistake");
	}
	errors_free(&err);
	arena_free(&a);
	return 0;
}
