/*
 * baseline.c - see baseline.h.
 */
#include "app/baseline.h"

#include "app/whole_file.h"
#include "report/difference.h"

struct baseline {
	char *bytes; /* of the file; NULL: the text is its owner's */
	struct report_record before, now;
	struct out lines; /* which `now` borrows from */
	bool compared;
	struct comparison comparison;
	struct run_baseline run;
};

static int
take(struct baseline *b, struct str name, struct str text, struct errors *err)
{
	uint8_t digest[SHA256_SIZE];

	sha256_of(text, digest);
	sha256_hex(digest, b->run.sha256);
	b->run.path = name;
	if (record_read(&b->before, name, text, err) != 0)
		return -1;
	b->run.now = json_text_of(json_member(b->before.run, "now"));
	return 0;
}

int
baseline_take(struct baseline **b, struct str name, struct str text, struct errors *err)
{
	*b = xalloc(1, sizeof(**b));
	return take(*b, name, text, err);
}

int
baseline_open(struct baseline **b, struct str path, struct errors *err)
{
	struct str text;

	*b = xalloc(1, sizeof(**b));
	if (whole_file_read(path, &(*b)->bytes, &text, err) != 0)
		return -1;
	return take(*b, path, text, err);
}

int
baseline_compare(struct baseline *b, struct out *lines, struct errors *err)
{
	b->lines = *lines;
	b->compared = true;
	if (record_read(&b->now, STR("this run"), out_taken(&b->lines), err) != 0)
		return -1;
	compare_records(&b->comparison, &b->before, &b->now);
	b->run.comparison = &b->comparison;
	return 0;
}

const struct run_baseline *
baseline_run(const struct baseline *b)
{
	return &b->run;
}

const struct report_record *
baseline_record(const struct baseline *b)
{
	return &b->before;
}

void
baseline_write(const struct baseline *b, bool text, struct out *o)
{
	struct difference_input in = { .comparison = &b->comparison,
				       .before = &b->before,
				       .now = &b->now,
				       .path = b->run.path,
				       .sha256 = b->run.sha256 };

	if (text)
		difference_text(&in, o);
	else
		difference_ndjson(&in, o);
}

void
baseline_close(struct baseline *b)
{
	if (!b)
		return;
	if (b->compared)
		out_discard(&b->lines);
	comparison_free(&b->comparison);
	record_free(&b->before);
	record_free(&b->now);
	free(b->bytes);
	free(b);
}
