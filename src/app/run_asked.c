/*
 * run_asked.c - see run_asked.h.
 */
#include "app/run_asked.h"

#include "app/whole_file.h"
#include "policy/rules_load.h"

/* A file that is gone by now has no digest, and nobody can verify the run. */
static void
take_source(struct run_source *s, struct str path)
{
	struct errors mute = { 0 };
	uint8_t digest[SHA256_SIZE];
	char *bytes;
	struct str text;

	s->path = path;
	if (whole_file_read(path, &bytes, &text, &mute) == 0) {
		sha256_of(text, digest);
		sha256_hex(digest, s->sha256);
	}
	free(bytes);
	errors_free(&mute);
}

static void
fill_sources(struct judging *j)
{
	const struct policy *p = &j->policy;
	struct run_source *s =
		arena_alloc(&j->arena, (1 + p->include_count + p->rules_count) * sizeof(*s));
	size_t n = 0;

	if (p->path.n)
		take_source(&s[n++], p->path);
	for (size_t i = 0; i < p->include_count; i++)
		take_source(&s[n++], p->include[i].path);
	for (size_t i = 0; i < p->rules_count; i++) {
		if (!str_is(p->rules[i].path, RULES_SHIPPED))
			take_source(&s[n++], p->rules[i].path);
	}
	j->run.source = s;
	j->run.source_count = n;
}

/* Names that a list gave are told one by one: the list is not kept. */
static void
fill_inputs(struct judging *j)
{
	const struct options *o = j->options;
	struct run_asked *a = &j->run.asked;
	struct str *input = arena_alloc(&j->arena, (j->run.file_count + 1) * sizeof(*input));

	a->input = o->operand.at;
	a->input_count = o->operand.n;
	if (o->files_from.n == 0)
		return;
	for (size_t i = 0; i < j->run.file_count; i++)
		input[i] = j->run.file[i]->path;
	a->input = input;
	a->input_count = j->run.file_count;
}

void
run_asked_fill(struct judging *j)
{
	const struct options *o = j->options;

	j->run.asked = (struct run_asked){ .verb = o->verb,
					   .format = o->format,
					   .system = o->system,
					   .rejected_ppm = o->rejected_ppm,
					   .undetermined_ppm = o->undetermined_ppm,
					   .digest_none = o->digest_none };
	fill_inputs(j);
	fill_sources(j);
}
