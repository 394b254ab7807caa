/*
 * rep_html_testing.h - for tests: records as text, the page that they give, and whether a page is sound.
 */
#ifndef SEKISHO_REPORT_REP_HTML_TESTING_H
#define SEKISHO_REPORT_REP_HTML_TESTING_H

#include "base/test_wall.h"

#include "report/rep_html.h"

#include <stdio.h>

extern const struct report rep_html;

/* A file of the repository, in the arena; empty when it is not there. */
static inline struct str
testing_file(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	char *text;
	long size;

	if (!f)
		return (struct str){ 0 };
	assert_int_equal(fseek(f, 0, SEEK_END), 0);
	size = ftell(f);
	assert_true(size >= 0);
	rewind(f);
	text = arena_alloc(a, (size_t)size + 1);
	assert_int_equal(fread(text, 1, (size_t)size, f), (size_t)size);
	fclose(f);
	return (struct str){ .p = text, .n = (size_t)size };
}

/* The page of a record's text; lives in the arena. */
static inline struct str
testing_page(struct arena *a, struct str text, enum language language, enum edition edition)
{
	struct report_options how = { .language = language, .edition = edition };
	struct report_record record;
	struct errors err = { 0 };
	struct out o;
	struct str page;

	if (record_read(&record, STR("sample"), text, &err) < 0)
		fail_msg("no record: " STR_FMT, STR_ARG(err.list.at[0]));
	out_memory(&o);
	rep_html.write(&record, &how, &o);
	page = arena_str(a, out_taken(&o));
	out_discard(&o);
	record_free(&record);
	return page;
}

#endif
