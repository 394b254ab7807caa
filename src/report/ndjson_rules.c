/*
 * ndjson_rules.c - the rules of a run: what each is, by which numbers it judges, and what it could decide.
 */
#include "report/ndjson_own.h"

#include "model/rule_print.h"
#include "report/json.h"

/* Why it judged nothing. */
static void
lacks(struct out *o, const struct rule_tally *t)
{
	const char *comma = "";

	json_name(o, "lacks");
	out_char(o, '[');
	for (uint32_t left = t->lacks; left; comma = ",")
		out_printf(o, "%s\"%s\"", comma, gives_take(&left));
	out_char(o, ']');
}

/* Of all that it says, `where` included: whether two runs judged by the same rule. */
static void
digest(struct out *o, const struct rule *rule)
{
	uint8_t sha[SHA256_SIZE];
	char hex[SHA256_HEX];
	struct out text;

	out_memory(&text);
	rule_print(rule, true, &text);
	sha256_of(out_taken(&text), sha);
	out_discard(&text);
	sha256_hex(sha, hex);
	json_text(o, "digest", hex);
}

/* What it is called, and by which numbers it judges: times in milliseconds. */
static void
rule_head(struct out *o, const struct rule *rule)
{
	json_text(o, "rule", rule->id);
	json_text(o, "version", rule->version);
	digest(o, rule);
	json_two(o, "title", rule->title_ja, rule->title_en);
	json_text(o, "kind", finding_kind_names[rule_kind(rule)]);
	json_text(o, "detector", rule->detector->name);
	json_name(o, "base");
	out_i64(o, rule->base);
	json_name(o, "params");
	out_char(o, '{');
	for (int i = 0; i < PARAMS_MOST && rule->detector->param[i].name; i++) {
		json_name(o, rule->detector->param[i].name);
		out_i64(o, rule->param[i]);
	}
	out_char(o, '}');
}

static void
counts(struct out *o, const uint64_t *n)
{
	json_u64(o, "evaluated", judged_evaluated(n));
	json_u64(o, "hits", n[JUDGED_HIT]);
	json_name(o, "undetermined");
	out_char(o, '{');
	for (int j = JUDGED_ASK + 1; j < JUDGED_COUNT; j++) {
		if (n[j])
			json_u64(o, judged_names[j], n[j]);
	}
	out_char(o, '}');
}

/* In the order of the register, those without a line, too. */
static void
by_system(struct out *o, const struct rule_tally *t, const struct policy *policy)
{
	json_name(o, "by_system");
	out_char(o, '[');
	for (size_t i = 0; i < policy->system_count; i++) {
		out_text(o, i ? ",{" : "{");
		json_str(o, "system", policy->system[i].id);
		counts(o, t->system[i].judged);
		out_char(o, '}');
	}
	out_char(o, ']');
}

static void
tally(struct out *o, const struct rule_tally *t, const struct policy *policy)
{
	if (t->lacks) {
		lacks(o, t);
		return;
	}
	counts(o, t->judged);
	if (t->system)
		by_system(o, t, policy);
}

static void
judged(struct out *o, const struct report_input *in, size_t r)
{
	static const char *const canaries[] = {
		[CANARY_NONE] = "none", [CANARY_FIRED] = "fired", [CANARY_SILENT] = "silent"
	};

	const struct rule_tally *t = &in->verdicts->tally[r];

	out_char(o, '{');
	rule_head(o, t->rule);
	tally(o, t, in->policy);
	if (in->run->canary && !t->lacks)
		json_text(o, "canary", canaries[in->run->canary[r]]);
	out_char(o, '}');
}

void
ndjson_rules(struct out *o, const struct report_input *in)
{
	const struct rules *all = in->run->rules;

	json_name(o, "rules");
	out_char(o, '[');
	for (size_t r = 0; r < in->verdicts->rule_count; r++) {
		if (r)
			out_char(o, ',');
		judged(o, in, r);
	}
	for (size_t r = all->count; r < all->count + all->off_count; r++) {
		out_text(o, r ? ",{" : "{");
		rule_head(o, &all->at[r]);
		json_bool(o, "enabled", false);
		out_char(o, '}');
	}
	out_char(o, ']');
}
