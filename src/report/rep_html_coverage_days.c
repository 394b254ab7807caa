/*
 * rep_html_coverage_days.c - the coverage grid as text: a table a system, a row a day; yesterday's for the nightly edition.
 */
#include "report/rep_html.h"

static const struct json_value *
nth(const struct json_value *list, size_t n)
{
	const struct json_value *v = list ? list->first : NULL;

	while (v && n--)
		v = v->next;
	return v;
}

static void
expected_cell(struct html *h, const struct json_value *expected, int64_t lines)
{
	if (!expected || expected->kind == JSON_NULL) {
		html_cell_word(h, HT_NOT_SAID);
		return;
	}
	if (!json_is_true(expected)) {
		html_cell_word(h, HT_NOT_EXPECTED);
		return;
	}
	html_cell_word(h, lines > 0 ? HT_CAME : HT_MISSING);
}

static void
day_head(struct html *h, struct str caption, enum html_text first)
{
	const enum html_text columns[] = { first,   HT_LINES | HT_RIGHT, HT_FIRST,
					   HT_LAST, HT_GAP | HT_RIGHT,   HT_EXPECTED };

	html_table_open(h, caption);
	for (size_t i = 0; i < COUNT(columns); i++)
		html_column_head(h, str_of(html_word(h, columns[i])), (columns[i] & HT_RIGHT) != 0);
	html_table_body(h);
}

static void
day_row(struct html *h, const struct json_value *system, size_t i)
{
	static const char *const texts[] = { "first", "last" };
	int64_t lines = html_number(nth(json_member(system, "lines"), i));

	html_cell_number(h, (uint64_t)lines);
	for (size_t k = 0; k < COUNT(texts); k++)
		html_cell(h, json_text_of(nth(json_member(system, texts[k]), i)));
	html_cell_amount(h, nth(json_member(system, "gap_minutes"), i));
	expected_cell(h, nth(json_member(system, "expected"), i), lines);
	html_row_end(h);
}

/* Where all days would be too many rows, those on which lines were expected and none came. */
static bool
worth_a_row(const struct json_value *system, size_t day, bool all)
{
	return all || (html_number(nth(json_member(system, "lines"), day)) == 0 &&
		       json_is_true(nth(json_member(system, "expected"), day)));
}

void
html_coverage_days(struct html *h)
{
	size_t systems = html_size(json_member(h->survey, "systems")), left = 0;
	bool all = systems * h->days <= 3 * (size_t)TABLE_ROWS_MOST;

	html_fold(h, all ? HT_DAYS_AS_TABLE : HT_MISSING_AS_TABLE);
	JSON_EACH(s, json_member(h->survey, "systems"))
	{
		day_head(h, html_system_name(h, said_text(s, "system")), HT_DAY);
		for (size_t i = 0; i < h->days; i++) {
			if (!worth_a_row(s, i, all)) {
				left++;
				continue;
			}
			html_row(h, html_date(h, h->from + (int32_t)i));
			day_row(h, s, i);
		}
		html_table_end(h);
	}
	out_text(h->o, "</details>\n");
	html_left_out(h, left, HT_MORE_DAYS);
}

/* The last day of the span, for every system of the register. */
void
html_yesterday(struct html *h)
{
	if (!h->survey || h->days == 0) {
		html_coverage(h);
		return;
	}
	out_text(h->o, "<p>");
	HTML_TELL(h, HT_YESTERDAY, html_date(h, h->from + (int32_t)h->days - 1));
	out_text(h->o, "</p>\n");
	day_head(h, str_of(html_word(h, HT_YESTERDAY_CAPTION)), HT_SYSTEM);
	JSON_EACH(s, json_member(h->survey, "systems"))
	{
		html_row(h, html_system_name(h, said_text(s, "system")));
		day_row(h, s, h->days - 1);
	}
	html_table_end(h);
	html_coverage(h);
}
