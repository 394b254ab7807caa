/*
 * rep_html_texts.c - the words of the page in both languages, from one table: a text without its other language does
 * not compile.
 */
#include "report/rep_html.h"

static const struct {
	const char *ja, *en;
} words[] = {
#define HTML_TEXT(name, ja, en) [HT_##name] = { ja, en },
#include "report/rep_html_texts.def"
#undef HTML_TEXT
};

const char *
html_word(const struct html *h, enum html_text text)
{
	unsigned which = (unsigned)text & ~(unsigned)HT_RIGHT;

	return h->ja ? words[which].ja : words[which].en;
}

void
html_say(struct html *h, enum html_text text)
{
	out_text(h->o, html_word(h, text));
}

void
html_tell(struct html *h, enum html_text text, const struct str *with, size_t count)
{
	struct str s = str_of(html_word(h, text));

	while (s.n) {
		size_t n = str_find(s, '{');
		size_t which;

		out_bytes(h->o, str_head(s, n));
		s = str_skip(s, n);
		if (s.n < 3)
			break;
		which = (size_t)(s.p[1] - '1');
		if (which < count)
			out_html(h->o, with[which]);
		s = str_skip(s, 3);
	}
}

struct str
html_count(struct html *h, uint64_t n)
{
	char *p = arena_alloc(&h->arena, 28);
	size_t at = 27;

	for (size_t digits = 0; digits == 0 || n; digits++, n /= 10) {
		if (digits && digits % 3 == 0)
			p[--at] = ',';
		p[--at] = (char)('0' + n % 10);
	}
	return (struct str){ .p = p + at, .n = 27 - at };
}

/* A text whose {1} is a number; an English noun that ends it loses its s when there is one. */
struct str
html_units(struct html *h, enum html_text text, uint64_t n)
{
	struct str s = str_of(html_word(h, text)), number = html_count(h, n);
	size_t at = str_find(s, '{');

	if (s.n - at < 3)
		return s;
	if (n == 1 && str_ends(s, STR("s")))
		s.n--;
	return arena_printf(&h->arena, STR_FMT STR_FMT STR_FMT, STR_ARG(str_head(s, at)),
			    STR_ARG(number), STR_ARG(str_skip(s, at + 3)));
}

struct str
html_date(struct html *h, int32_t day)
{
	struct civil c = civil_from_day(day);

	return arena_printf(&h->arena, "%04d-%02d-%02d", c.year, c.month, c.day);
}

enum html_text
html_severity(enum severity s)
{
	static const enum html_text names[] = {
		[SEVERITY_INFO] = HT_INFO,         [SEVERITY_LOW] = HT_LOW,
		[SEVERITY_MEDIUM] = HT_MEDIUM,     [SEVERITY_HIGH] = HT_HIGH,
		[SEVERITY_CRITICAL] = HT_CRITICAL,
	};

	return names[s];
}

enum html_text
html_kind(struct str kind)
{
	if (str_is(kind, "violation"))
		return HT_VIOLATION;
	if (str_is(kind, "anomaly"))
		return HT_ANOMALY;
	return str_is(kind, "control_gap") ? HT_CONTROL_GAP : HT_COVERAGE_KIND;
}

enum html_text
html_mark_word(enum html_mark m)
{
	static const enum html_text names[] = {
		[STANDS_NONE] = HT_MARK_NONE,
		[STANDS_NEW] = HT_MARK_NEW,
		[STANDS_UPDATED] = HT_MARK_UPDATED,
		[STANDS_UNCHANGED] = HT_MARK_UNCHANGED,
	};

	return names[m];
}
