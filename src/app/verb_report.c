/*
 * verb_report.c - a findings file of any day to any format, with the bytes that `scan` would have written.
 */
#include "app/outputs.h"
#include "app/verb.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { READ_AT_ONCE = 1 << 20 };

/* All of it, read and not mapped: somebody may be writing there. */
static int
read_whole(struct str path, struct out *text, struct errors *err)
{
	bool standard = str_is(path, "-");
	struct arena arena = { 0 };
	char *buffer = arena_alloc(&arena, READ_AT_ONCE);
	int fd = standard ? STDIN_FILENO
			  : open(arena_str(&arena, path).p, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	ssize_t n = fd < 0 ? -1 : 1;

	while (n > 0 || (n < 0 && fd >= 0 && errno == EINTR)) {
		n = read(fd, buffer, READ_AT_ONCE);
		if (n > 0)
			out_bytes(text, (struct str){ .p = buffer, .n = (size_t)n });
	}
	if (n < 0)
		error_add(err, "findings file '" STR_FMT "' cannot be read: %s", STR_ARG(path),
			  strerror(errno));
	if (fd >= 0 && !standard)
		close(fd);
	arena_free(&arena);
	return n < 0 ? -1 : 0;
}

static enum status
report_run(struct options *o, struct errors *err)
{
	enum status status = STATUS_USAGE;
	struct out text;

	if (o->operand.n != 1) {
		error_add(err, o->operand.n ? "more than one findings file; name one"
					    : "which findings file? `sekisho scan -o ndjson=FILE` "
					      "writes one; - is standard input");
		return STATUS_USAGE;
	}
	if (outputs_check(o, err) != 0)
		return STATUS_USAGE;
	out_memory(&text);
	if (read_whole(o->operand.at[0], &text, err) == 0) {
		switch (outputs_write(o, o->operand.at[0], out_taken(&text), err)) {
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
	out_discard(&text);
	return status;
}

const struct verb verb_report = {
	.name = "report",
	.usage = "[options] FILE",
	.summary = "a findings file (scan -o ndjson) to any other format",
	.bit = IN_REPORT,
	.run = report_run,
};
