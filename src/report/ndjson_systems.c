/*
 * ndjson_systems.c - the register of a run, and how much was read of each system.
 */
#include "report/ndjson_own.h"

#include "report/json.h"

void
ndjson_span(struct out *o, const char *from_name, int64_t from, const char *to_name, int64_t to)
{
	if (from == INT64_MIN)
		json_null(o, from_name);
	else
		json_time(o, from_name, from);
	if (to == INT64_MAX)
		json_null(o, to_name);
	else
		json_time(o, to_name, to);
}

void
ndjson_buckets(struct out *o, const uint64_t *bucket)
{
	for (int b = 0; b < BUCKET_COUNT; b++) {
		if (bucket[b])
			json_u64(o, bucket_names[b], bucket[b]);
	}
}

/* How far the system is shared with the retailer, and since when. */
static void
sharing(struct out *o, const struct policy_system *s)
{
	static const char *const names[] = { "", "shared", "logical", "physical" };

	json_name(o, "sharing");
	out_char(o, '[');
	for (size_t i = 0; i < s->sharing_count; i++) {
		out_text(o, i ? ",{" : "{");
		json_text(o, "state", names[s->sharing[i].sharing]);
		ndjson_span(o, "from", s->sharing[i].from, "to", s->sharing[i].to);
		out_char(o, '}');
	}
	out_char(o, ']');
}

static void
since(struct out *o, const char *name, int64_t ts)
{
	if (ts == INT64_MAX)
		json_null(o, name);
	else
		json_time(o, name, ts);
}

static void
system_read(struct out *o, const struct run *r, size_t system)
{
	uint64_t files = 0, lines = 0, bucket[BUCKET_COUNT] = { 0 };

	for (size_t i = 0; i < r->file_count; i++) {
		if (r->file[i]->system != system)
			continue;
		files++;
		lines += r->file[i]->lines;
		for (int b = 0; b < BUCKET_COUNT; b++)
			bucket[b] += r->file[i]->bucket[b];
	}
	json_u64(o, "files", files);
	json_u64(o, "lines", lines);
	ndjson_buckets(o, bucket);
}

/* The register: also systems of which nothing was read. */
void
ndjson_systems(struct out *o, const struct report_input *in)
{
	json_name(o, "systems");
	out_char(o, '[');
	for (size_t i = 0; i < in->policy->system_count; i++) {
		const struct policy_system *s = &in->policy->system[i];

		out_text(o, i ? ",{" : "{");
		json_str(o, "system", s->id);
		json_name(o, "name");
		out_char(o, '{');
		json_str(o, "ja", s->name_ja);
		json_str(o, "en", s->name_en);
		out_char(o, '}');
		json_str(o, "owner", s->owner);
		sharing(o, s);
		since(o, "live", s->live);
		since(o, "masked_since", s->masked_since);
		since(o, "split_since", s->split_since);
		since(o, "mfa_since", s->mfa_since);
		system_read(o, in->run, i);
		out_char(o, '}');
	}
	out_char(o, ']');
}
