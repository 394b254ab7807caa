/*
 * sources.c - `format:` and what stands around it in a system, to a prepared format.
 *
 *     'syslog:nginx:...' --name, argument--> format --its own plan--> the plan of the format around it
 *
 * Formats are prepared inside out, so that one that unwraps another gets it ready made.
 */
#include "app/sources.h"

#include "app/tables.h"

enum { UNWRAPS_MOST = 4 };

static int
bad_argument(const struct format *f, const struct format_spec *spec, struct errors *err)
{
	if (f->argument && !spec->argument.n)
		return error_at(err, spec->at, "format '%s' needs %s behind it, as in '%s:...'",
				f->name, f->argument, f->name);
	if (!f->argument && spec->argument.n)
		return error_at(err, spec->at,
				"format '%s' takes nothing behind it, but here stands '" STR_FMT
				"'",
				f->name, STR_ARG(spec->argument));
	return 0;
}

/* What a format that names no fields cannot be asked for. */
static int
unnameable(const struct format *f, const struct format_spec *spec, struct errors *err)
{
	bool asked = spec->extra_count > 0;

	for (int i = 0; i < RAW_COUNT; i++)
		asked |= spec->field[i].n > 0;
	return asked && !f->names_fields && !f->unwraps
		       ? error_at(err, spec->at,
				  "format '%s' has no named fields for 'fields:' and 'field:NAME'",
				  f->name)
		       : 0;
}

static int
compile(const struct format *f, const struct format_spec *spec, struct arena *a, struct source *out,
	struct errors *err)
{
	*out = (struct source){ .format = f };
	if (bad_argument(f, spec, err) != 0 || unnameable(f, spec, err) != 0)
		return -1;
	return f->compile ? f->compile(spec, a, &out->plan, err) : 0;
}

/* `text` is the whole of what stands behind `format:`; the rest of the spec is the same for all it unwraps. */
static int
prepare(struct str text, const struct format_spec *common, struct arena *a, struct source *out,
	struct errors *err)
{
	struct format_spec spec[UNWRAPS_MOST];
	const struct format *format[UNWRAPS_MOST];
	size_t n = 0;

	do {
		size_t name = str_find(text, ':');

		if (n == UNWRAPS_MOST)
			return error_at(err, common->at, "more than %d formats in each other",
					UNWRAPS_MOST);
		spec[n] = *common;
		spec[n].argument = str_skip(text, min_size(name + 1, text.n));
		format[n] = format_named(str_head(text, name));
		if (!format[n])
			return error_at(err, common->at, "unknown format '" STR_FMT "'",
					STR_ARG(str_head(text, name)));
		text = spec[n].argument;
	} while (format[n++]->unwraps && text.n);
	while (n-- > 0) {
		if (compile(format[n], &spec[n], a, out, err) != 0)
			return -1;
		if (n > 0) {
			spec[n - 1].inner = out->format;
			spec[n - 1].inner_plan = out->plan;
		}
	}
	return 0;
}

static int
check_encoding(const struct policy_system *s, struct source *out, struct errors *err)
{
	if (!s->encoding.n || encoding_named(s->encoding, &out->encoding))
		return 0;
	return error_at(err, s->encoding_at,
			"encoding '" STR_FMT
			"' is none that is read; there are utf-8, cp932, euc-jp and utf-16",
			STR_ARG(s->encoding));
}

/* The format of the lines themselves. */
static const struct format *
innermost(struct str text)
{
	for (;;) {
		const struct format *f = format_named(str_split(&text, ':'));

		if (!f || !f->unwraps)
			return f;
	}
}

/* Who prepares nothing has not asked what the policy says of times. */
static int
check_times(const struct policy_system *s, struct errors *err)
{
	const struct format *f = innermost(s->format);

	if (!f || f->compile || (!s->time.n && !s->year))
		return 0;
	return error_at(err, s->format_at,
			"format '%s' has its times in one way, with a year and an offset; 'time:' "
			"and 'year:' say nothing of it",
			f->name);
}

/* Of what is wrong around a format nothing follows about it: what is told of that would be noise. */
static int
source_of(const struct policy_system *s, struct arena *a, struct source *out, struct errors *err)
{
	struct format_spec common = { .extra = s->extra,
				      .extra_count = s->extra_count,
				      .time = s->time,
				      .year = s->year,
				      .match_limit = s->match_limit,
				      .at = s->format_at };
	bool wrong;

	memcpy(common.field, s->field, sizeof(common.field));
	if (s->timezone.n)
		common.zone = zone_load(a, s->timezone, NULL, err, s->timezone_at);
	wrong = s->timezone.n && !common.zone;
	if (!wrong && !s->source_wrong)
		wrong = prepare(s->format, &common, a, out, err) != 0;
	wrong |= check_times(s, err) != 0;
	return check_encoding(s, out, err) != 0 || wrong ? -1 : 0;
}

int
sources_read(const struct policy *p, struct arena *a, struct source **out, struct errors *err)
{
	bool wrong = false;

	*out = arena_alloc(a, (p->system_count + 1) * sizeof(**out));
	for (size_t i = 0; i < p->system_count; i++) {
		if (source_of(&p->system[i], a, &(*out)[i], err) == 0)
			continue;
		(*out)[i].format = NULL;
		wrong = true;
	}
	return wrong ? -1 : 0;
}

const struct source *
sources_of(const struct policy *p, struct arena *a, struct errors *err)
{
	struct source *out;

	return sources_read(p, a, &out, err) == 0 ? out : NULL;
}

int
source_tried(struct str spec, const struct zone *zone, int year, struct arena *a,
	     struct source *out, struct errors *err)
{
	struct format_spec common = { .zone = zone, .year = year };

	return prepare(spec, &common, a, out, err);
}
