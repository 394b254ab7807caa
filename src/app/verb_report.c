/*
 * verb_report.c - a findings file of any day to any format, with the bytes that `scan` would have written.
 */
#include "app/outputs.h"
#include "app/verb.h"
#include "app/whole_file.h"

static enum status
report_run(struct options *o, struct errors *err)
{
	enum status status = STATUS_USAGE;
	struct str text;
	char *bytes;

	if (o->operand.n != 1) {
		error_add(err, o->operand.n ? "more than one findings file; name one"
					    : "which findings file? `sekisho scan -o ndjson=FILE` "
					      "writes one; - is standard input");
		return STATUS_USAGE;
	}
	if (outputs_check(o, err) != 0)
		return STATUS_USAGE;
	if (whole_file_read(o->operand.at[0], &bytes, &text, err) == 0) {
		switch (outputs_write(o, o->operand.at[0], text, err)) {
		case OUTPUTS_WRITTEN:
			status = STATUS_OK;
			break;
		case OUTPUTS_UNREAD:
			break;
		case OUTPUTS_LOST:
			status = STATUS_INTERNAL;
			break;
		}
	}
	free(bytes);
	return status;
}

const struct verb verb_report = {
	.name = "report",
	.usage = "[options] FILE",
	.summary = "a findings file (scan -o ndjson) to any other format",
	.bit = IN_REPORT,
	.run = report_run,
};
