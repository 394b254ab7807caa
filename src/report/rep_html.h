/*
 * rep_html.h - what the parts of the HTML report share: the page, its words, its tables, its time axis.
 *
 * One file without script or outside request.  Every byte that comes from the record goes through out_html(), never
 * into a URL, and into an attribute only as digits or a fingerprint that has the shape of one (html_fingerprint()).
 * Styles are classes: the page's own policy forbids style attributes.
 */
#ifndef SEKISHO_REPORT_REP_HTML_H
#define SEKISHO_REPORT_REP_HTML_H

#include "base/civil.h"
#include "model/finding.h"
#include "report/said.h"

enum html_text {
#define HTML_TEXT(name, ja, en) HT_##name,
#include "report/rep_html_texts.def"
#undef HTML_TEXT
	HT_COUNT,
	HT_RIGHT = 4096 /* a column of numbers: HT_LINES | HT_RIGHT */
};

/* What a page shows at most; what it leaves out is counted and said. */
enum { ARTICLES_MOST = 120, FINDING_ROWS_MOST = 1000, TABLE_ROWS_MOST = 2000, LANES_MOST = 6 };

/* How it stands to the findings of an earlier run. */
enum html_mark { STANDS_NONE, STANDS_NEW, STANDS_UPDATED, STANDS_UNCHANGED };

struct html_finding {
	const struct json_value *is;
	enum severity severity;
	bool violation, anchored; /* it has an anchor on the page */
	bool suppressed;
	enum html_mark mark;
	int32_t first, last; /* JST days */
};

struct html {
	const struct report_record *record;
	const struct json_value *run, *survey; /* survey NULL: the record has none */
	struct out *o;
	struct arena arena;
	bool ja;
	enum edition edition;
	struct html_finding *finding; /* in the order of the record, which is the gravest first */
	size_t findings, severe[SEVERITY_CRITICAL + 1], violations, suppressed;
	const struct json_value *baseline; /* of the run; NULL: it was compared with nothing */
	int32_t from; /* the time axis: first day, days, and how many days a column is */
	size_t days, step, columns;
	unsigned tables;
};

/* rep_html_page.c: reads the record once; nothing of the page is written yet. */
void html_prepare(struct html *h);
/* "sk1c:" or "sk1i:" and 32 hex digits; anything else is no anchor. */
bool html_fingerprint(struct str s);
/* Numbers of a record are counts: never negative, and no log has a million million lines. */
#define NUMBER_MOST ((int64_t)1 << 40)
int64_t html_number(const struct json_value *v);
uint64_t html_count_at(const struct json_value *map, const char *path);
bool html_day(struct str iso, int32_t *day);
/* The text of {ja, en}, or a bare text. */
struct str html_both(const struct html *h, const struct json_value *v);
/* Of a list of the survey or the run: how many, 0 without. */
size_t html_size(const struct json_value *list);
const struct json_value *html_system(const struct html *h, struct str id); /* of the survey */
struct str html_system_name(const struct html *h, struct str id);

/* rep_html_texts.c: {1} to {4} are replaced, escaped. */
const char *html_word(const struct html *h, enum html_text text);
struct str html_week(struct html *h); /* of the review, and its days; empty: nobody said one */
void html_say(struct html *h, enum html_text text);
void html_tell(struct html *h, enum html_text text, const struct str *with, size_t count);
#define HTML_TELL(h, text, ...)                                                                    \
	html_tell(h, text, (const struct str[]){ __VA_ARGS__ },                                    \
		  COUNT(((const struct str[]){ __VA_ARGS__ })))
struct str html_count(struct html *h, uint64_t n);                      /* 12,345 */
struct str html_units(struct html *h, enum html_text text, uint64_t n); /* "{1} lines" */
struct str html_date(struct html *h, int32_t day);                      /* 2022-11-01 */
enum html_text html_severity(enum severity s);
enum html_text html_kind(struct str kind);
enum html_text html_mark_word(enum html_mark m);

/* rep_html_style.c */
struct str html_style(void);
void html_policy(struct out *o); /* the value of the Content-Security-Policy */

/* rep_html_parts.c */
void html_p(struct html *h, enum html_text text);
void html_h3(struct html *h, enum html_text text);
void html_h3_at(struct html *h, enum html_text text, const char *anchor);
void html_lack(struct html *h, enum html_text text); /* what the record does not say */
void html_box(struct html *h, enum html_text label, struct str filled); /* for a human's hand */
void html_fold(struct html *h, enum html_text summary);                 /* </details> ends it */
void html_table(struct html *h, enum html_text caption, const enum html_text *columns, size_t n);
#define HTML_TABLE(h, caption, ...)                                                                \
	html_table(h, caption, (const enum html_text[]){ __VA_ARGS__ },                            \
		   COUNT(((const enum html_text[]){ __VA_ARGS__ })))
/* ... or with columns that the record names: open, a head each, body. */
void html_table_open(struct html *h, struct str caption);
void html_column_head(struct html *h, struct str name, bool right);
void html_table_body(struct html *h);
void html_table_end(struct html *h);
void html_row(struct html *h, struct str head); /* <tr> and its first cell */
void html_row_end(struct html *h);
void html_cell(struct html *h, struct str text);
void html_cell_date(struct html *h, struct str date);
void html_cell_word(struct html *h, enum html_text text);
void html_cell_number(struct html *h, uint64_t n);
void html_cell_amount(struct html *h, const struct json_value *v); /* a number, or a dash */
void html_cell_list(struct html *h, const struct json_value *list);
void html_left_out(struct html *h, size_t n, enum html_text where); /* nothing when n is 0 */
void html_severity_mark(struct html *h, enum severity s);
void html_finding_link(struct html *h, const struct html_finding *f); /* rule and who */
struct str html_about(struct html *h, const struct json_value *finding);
void html_moment(struct html *h, struct str iso); /* 2022-11-01 09:12 */

/*
 * rep_html_axis.c: pictures of one time axis.  A strip is a row of a figure: label, drawing, number.  Its drawing has
 * a column's width of ten units and a height of a hundred, and stretches: rectangles only.
 */
enum { COLUMN_UNITS = 10, STRIP_HEIGHT = 100 };
void html_figure(struct html *h, enum html_text caption, bool axis);
void html_figure_end(struct html *h);
void html_strip_label(struct html *h, struct str label, struct str small);
void html_strip(struct html *h, struct str title, struct str description, size_t units,
		const char *class);
void html_strip_end(struct html *h, struct str number);
void html_months(struct html *h);  /* hair lines within a strip */
void html_windows(struct html *h); /* disaster windows, shaded */
void html_rect(struct html *h, const char *class, int64_t x, int64_t y, int64_t w, int64_t hi);
/* A column that holds the day; false: outside. */
bool html_column(const struct html *h, int32_t day, size_t *column);

/* The sections. */
void html_cover(struct html *h);
void html_earlier(struct html *h); /* of the summary */
void html_summary(struct html *h);
void html_scope(struct html *h);
void html_coverage(struct html *h);
void html_coverage_days(struct html *h);
void html_method(struct html *h);
void html_findings(struct html *h);
void html_article(struct html *h, const struct html_finding *f);
void html_timeline(struct html *h);
void html_affected(struct html *h);
void html_accounts(struct html *h);
void html_hours(struct html *h);
void html_origins(struct html *h);
void html_ids(struct html *h);
void html_disasters(struct html *h);
void html_outside(struct html *h);
void html_proof(struct html *h);
bool html_proved(struct html *h); /* may the page say "0 findings"? */
void html_power(struct html *h);
void html_follow(struct html *h);
void html_sign(struct html *h);
void html_annex(struct html *h);
void html_article33(struct html *h);
void html_changes(struct html *h);
void html_absences(struct html *h);
void html_yesterday(struct html *h);
void html_expires(struct html *h);
void html_now(struct html *h);
void html_life(struct html *h);
void html_trend(struct html *h);
void html_routing(struct html *h);

#endif
