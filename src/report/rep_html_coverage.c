/*
 * rep_html_coverage.c - section 3: was everything there?  System x day, then the accounting of lines, the manifest of
 * files, and what no ledger knew.
 */
#include "report/rep_html.h"

struct walk { /* the lists of a system, a day each, side by side */
	const struct json_value *lines, *gap, *expected, *first, *last;
};

static struct walk
walk_start(const struct json_value *system)
{
	return (struct walk){
		.lines = json_member(system, "lines") ? json_member(system, "lines")->first : NULL,
		.gap = json_member(system, "gap_minutes")
			       ? json_member(system, "gap_minutes")->first
			       : NULL,
		.expected = json_member(system, "expected") ? json_member(system, "expected")->first
							    : NULL,
		.first = json_member(system, "first") ? json_member(system, "first")->first : NULL,
		.last = json_member(system, "last") ? json_member(system, "last")->first : NULL,
	};
}

static void
walk_next(struct walk *w)
{
	w->lines = w->lines ? w->lines->next : NULL;
	w->gap = w->gap ? w->gap->next : NULL;
	w->expected = w->expected ? w->expected->next : NULL;
	w->first = w->first ? w->first->next : NULL;
	w->last = w->last ? w->last->next : NULL;
}

static int64_t
most_lines(const struct html *h, const struct json_value *system)
{
	int64_t most = 1, sum = 0;
	size_t day = 0;

	JSON_EACH(v, json_member(system, "lines"))
	{
		sum += html_number(v);
		if (++day % h->step == 0 || !v->next) {
			most = max_i64(most, sum);
			sum = 0;
		}
	}
	return most;
}

/* Days of a system: a bar as high as its lines; a frame where lines were expected and none came. */
static uint64_t
grid_row(struct html *h, const struct json_value *system, size_t *missing)
{
	struct walk w = walk_start(system);
	int64_t most = most_lines(h, system), sum = 0;
	uint64_t all = 0;
	bool silent = false;

	for (size_t i = 0; i < h->days; i++, walk_next(&w)) {
		int64_t lines = html_number(w.lines), x = (int64_t)(i / h->step);

		sum += lines;
		all += (uint64_t)lines;
		silent |= lines == 0 && json_is_true(w.expected);
		*missing += lines == 0 && json_is_true(w.expected);
		if ((i + 1) % h->step && i + 1 < h->days)
			continue;
		if (silent)
			html_rect(h, "frame", x * COLUMN_UNITS + 1, 4, COLUMN_UNITS - 2,
				  STRIP_HEIGHT - 8);
		if (sum) {
			int64_t high = sum * (STRIP_HEIGHT - 20) / most + 20;

			html_rect(h, "f3", x * COLUMN_UNITS + 1, STRIP_HEIGHT - high,
				  COLUMN_UNITS - 2, high);
		}
		sum = 0;
		silent = false;
	}
	return all;
}

static void
grid(struct html *h)
{
	html_figure(h, HT_GRID, true);
	JSON_EACH(s, json_member(h->survey, "systems"))
	{
		struct str id = said_text(s, "system"), name = html_system_name(h, id);
		size_t missing = 0;
		uint64_t all;

		if (str_eq(id, name))
			id.n = 0;
		html_strip_label(h, name, id);
		html_strip(h, name, str_of(html_word(h, HT_DESC_GRID)), h->columns * COLUMN_UNITS,
			   "tall");
		html_rect(h, "bed", 0, 0, (int64_t)h->columns * COLUMN_UNITS, STRIP_HEIGHT);
		html_months(h);
		all = grid_row(h, s, &missing);
		html_strip_end(h, html_count(h, all));
	}
	out_text(h->o, "<ul class=\"key\"><li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\">"
		       "<rect class=\"f3\" x=\"2\" y=\"3\" width=\"6\" height=\"7\"/></svg>");
	html_say(h, HT_KEY_LINES);
	out_text(h->o, "</li><li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\">"
		       "<rect class=\"frame\" x=\"2\" y=\"1\" width=\"6\" height=\"8\"/></svg>");
	html_say(h, HT_KEY_MISSING);
	out_text(h->o, "</li><li>");
	html_say(h, HT_KEY_SCALE);
	out_text(h->o, "</li></ul>\n");
	html_figure_end(h);
	html_coverage_days(h);
}

/* The identity: every physical line is in exactly one bucket. */
static void
accounting(struct html *h)
{
	static const struct {
		const char *name;
		enum html_text word;
	} buckets[] = {
		{ "accepted", HT_B_ACCEPTED },
		{ "ignored", HT_B_IGNORED },
		{ "context", HT_B_CONTEXT },
		{ "out_of_window", HT_B_OUT },
		{ "late", HT_B_LATE },
		{ "duplicate", HT_B_DUPLICATE },
		{ "refused", HT_B_REFUSED },
		{ "header", HT_B_HEADER },
		{ "continuation", HT_B_CONTINUATION },
		{ "blank", HT_B_BLANK },
	};
	uint64_t sum = 0, lines = html_count_at(h->run, "lines");

	html_h3_at(h, HT_ACCOUNTING, "accounting");
	HTML_TABLE(h, HT_ACCOUNTING_CAPTION, HT_BUCKET, HT_LINES | HT_RIGHT);
	JSON_EACH(b, json_member(h->run, "buckets"))
	{
		struct str name = b->name;

		for (size_t i = 0; i < COUNT(buckets); i++) {
			if (str_is(b->name, buckets[i].name))
				name = str_of(html_word(h, buckets[i].word));
		}
		html_row(h, name);
		html_cell_amount(h, b);
		html_row_end(h);
		sum += (uint64_t)html_number(b);
	}
	out_text(h->o, "<tr class=\"sum\"><th scope=\"row\">");
	html_say(h, sum == lines ? HT_SUM_EQUAL : HT_SUM_UNEQUAL);
	out_text(h->o, "</th>");
	html_cell_number(h, sum);
	html_row_end(h);
	html_table_end(h);
	if (sum != lines) {
		out_text(h->o, "<div class=\"alarm\"><p>");
		HTML_TELL(h, HT_UNEQUAL, html_count(h, sum), html_count(h, lines));
		out_text(h->o, "</p></div>\n");
	}
}

static void
manifest(struct html *h)
{
	size_t n = 0, all = html_size(json_member(h->run, "files"));

	html_h3_at(h, HT_MANIFEST, "manifest");
	HTML_TABLE(h, HT_MANIFEST_CAPTION, HT_FILE, HT_BYTES | HT_RIGHT, HT_LINES | HT_RIGHT,
		   HT_B_ACCEPTED | HT_RIGHT, HT_B_DUPLICATE | HT_RIGHT, HT_B_REFUSED | HT_RIGHT,
		   HT_B_LATE | HT_RIGHT, HT_END, HT_SHA256);
	JSON_EACH(f, json_member(h->run, "files"))
	{
		static const char *const counts[] = { "bytes",     "lines",   "accepted",
						      "duplicate", "refused", "late" };

		if (n++ == TABLE_ROWS_MOST)
			break;
		html_row(h, said_text(f, "path"));
		for (size_t i = 0; i < COUNT(counts); i++) {
			const struct json_value *v = json_member(f, counts[i]);

			if (v)
				html_cell_amount(h, v);
			else
				html_cell_number(h, 0);
		}
		html_cell(h, said_text(f, "end"));
		out_text(h->o, "<td class=\"hash\">");
		out_html(h->o, said_text(f, "sha256"));
		out_text(h->o, "</td>");
		html_row_end(h);
	}
	html_table_end(h);
	html_left_out(h, all > TABLE_ROWS_MOST ? all - TABLE_ROWS_MOST : 0, HT_MORE_FILES);
}

void
html_coverage(struct html *h)
{
	if (h->survey)
		grid(h);
	else
		html_lack(h, HT_LACK_SURVEY);
	accounting(h);
	manifest(h);
	html_lack(h, HT_LACK_CLOCKS);
}
