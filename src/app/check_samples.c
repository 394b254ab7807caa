/*
 * check_samples.c - see check_samples.h.
 *
 * A sample is a log of its own: headings may stand before its last record, which is the one that is asked.
 */
#include "app/check_samples.h"

#include "app/parse_rows.h"
#include "base/civil.h"

struct checking {
	const struct policy *policy;
	const struct policy_sample *sample;
	struct line_reader reader;
	struct logfile file;
	struct arena arena;
	struct errors *err;
	struct record record;
	struct canon canon;
};

/* The columns of `parse` under the policy's own names of fields; those not here have the same name. */
static const struct {
	const char *field, *column;
	bool by_resource; /* a resource that was left out could have said it */
} columns[] = {
	{ "object", "obj", true },    { "class", "cls", true },  { "account", "acct", true },
	{ "terminal", "term", true }, { "act", "act", true },    { "outcome", "reason", true },
	{ "address", "ip", false },   { "time", "time", false },
};

static struct str
absent(struct arena *a, struct str s)
{
	return s.n ? arena_printf(a, "'" STR_FMT "'", STR_ARG(s)) : STR("absent");
}

/* As `parse` would print what was wanted. */
static struct str
as_printed(struct arena *a, const struct sample_want *w)
{
	char bytes[ADDRESS_SIZE], text[CIVIL_TEXT];
	int64_t ts;

	if (w->value.n == 0)
		return w->value;
	if (str_is(w->name, "time") && civil_parse_jst(w->value, &ts))
		return arena_str(a, civil_print_jst(text, ts));
	if (str_is(w->name, "address") && address_parse(w->value, bytes))
		return arena_str(a, address_print(text, bytes));
	if (str_is(w->name, "masked"))
		return str_is(w->value, "yes") ? STR("1") : STR("0");
	if (str_is(w->name, "outcome"))
		return str_is(w->value, "ok") ? STR("") : w->value;
	return w->value;
}

/* In the words of the policy. */
static struct str
as_said(const struct sample_want *w, struct str got)
{
	if (str_is(w->name, "masked") && got.n)
		return str_is(got, "1") ? STR("yes") : STR("no");
	if (str_is(w->name, "outcome") && got.n == 0)
		return STR("ok");
	return got;
}

static int
check_want(struct checking *c, const struct row *row, const struct sample_want *w)
{
	const char *column = w->name.p;
	struct str wanted = as_printed(&c->arena, w), got;

	for (size_t i = 0; i < COUNT(columns); i++) {
		if (!str_is(w->name, columns[i].field))
			continue;
		if (columns[i].by_resource && c->policy->resources_wrong)
			return 0;
		column = columns[i].column;
	}
	got = row_cell(row, column, &c->arena);
	if (str_eq(got, wanted))
		return 0;
	got = absent(&c->arena, as_said(w, got));
	wanted = absent(&c->arena, w->value);
	return error_at(c->err, w->at, "the sample's " STR_FMT " is " STR_FMT ", wanted " STR_FMT,
			STR_ARG(w->name), STR_ARG(got), STR_ARG(wanted));
}

static int
check_refusal(const struct checking *c, enum bucket bucket, const struct refusal *why)
{
	const struct policy_sample *s = c->sample;

	if (bucket != BUCKET_REFUSED)
		return error_at(c->err, s->refused_at,
				"the sample is read, wanted it refused for '" STR_FMT "'",
				STR_ARG(s->refused));
	if (str_contains(str_of(why->expected), s->refused))
		return 0;
	return error_at(c->err, s->refused_at,
			"the sample is refused for '%s', wanted '" STR_FMT "'", why->expected,
			STR_ARG(s->refused));
}

static int
check_fields(struct checking *c, enum bucket bucket, const struct refusal *why, struct str raw)
{
	struct row row = { .file = &c->file,
			   .policy = c->policy,
			   .raw = raw,
			   .record = &c->record,
			   .canon = &c->canon,
			   .room = &c->reader.parsing.room };
	int rc = 0;

	if (bucket == BUCKET_REFUSED)
		return error_at(c->err, c->sample->at,
				"the sample is refused: at byte %u %s was expected", why->byte + 1,
				why->expected);
	if (bucket != BUCKET_ACCEPTED)
		return error_at(c->err, c->sample->at,
				"the sample's last line is %s, and no record",
				bucket == BUCKET_HEADER ? "a heading" : "blank or a comment");
	for (size_t i = 0; i < c->sample->want_count; i++)
		rc |= check_want(c, &row, &c->sample->want[i]);
	return rc;
}

/* The last record decides; one before it that is refused would make nonsense of it. */
static int
check_sample(struct checking *c)
{
	struct str rest = c->sample->lines, raw = rest;
	struct refusal why = lines_torn;
	enum bucket bucket = BUCKET_BLANK;

	lines_move(&c->reader);
	while (rest.n && bucket != BUCKET_REFUSED) {
		struct piece piece = lines_record(&c->reader, rest);

		why = lines_torn;
		raw = piece.text;
		c->reader.parsing.room.used = 0;
		bucket = piece.torn ? BUCKET_REFUSED
				    : line_read(&c->reader, raw, &c->record, &c->canon, &why);
		rest = str_skip(rest, piece.taken);
	}
	return c->sample->refused.n ? check_refusal(c, bucket, &why)
				    : check_fields(c, bucket, &why, raw);
}

static int
check_system(struct checking *c, unsigned number, const struct source *source)
{
	const struct policy_system *s = &c->policy->system[number];
	struct room room = { .p = xalloc(ROOM_LEAST, 1), .size = ROOM_LEAST };
	int rc = 0;

	c->file.system = (uint16_t)number;
	for (size_t i = 0; i < s->sample_count; i++) {
		c->sample = &s->sample[i];
		c->reader.system = number;
		c->reader.since = INT64_MIN;
		c->reader.until = INT64_MAX;
		c->reader.late = INT64_MIN;
		lines_begin(&c->reader, source, room);
		rc |= check_sample(c);
		lines_end(&c->reader);
	}
	free(room.p);
	return rc;
}

int
check_samples(const struct policy *policy, const struct source *sources, size_t *count,
	      struct errors *err)
{
	struct checking *c = xalloc(1, sizeof(*c));
	int rc = 0;

	*count = 0;
	c->policy = policy;
	c->err = err;
	c->reader.matcher = canon_matcher_new(policy);
	for (unsigned i = 0; i < policy->system_count; i++) {
		if (!sources[i].format || policy->system[i].sample_count == 0)
			continue;
		rc |= check_system(c, i, &sources[i]);
		*count += policy->system[i].sample_count;
	}
	canon_matcher_free(c->reader.matcher);
	arena_free(&c->arena);
	free(c);
	return rc;
}
