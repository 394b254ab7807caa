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
tally(struct out *o, const struct rule_tally *t)
{
	json_u64(o, "evaluated", tally_evaluated(t));
	json_u64(o, "hits", t->judged[JUDGED_HIT]);
	json_name(o, "undetermined");
	out_char(o, '{');
	for (int j = JUDGED_ASK + 1; j < JUDGED_COUNT; j++) {
		if (t->judged[j])
			json_u64(o, judged_names[j], t->judged[j]);
	}
	out_char(o, '}');
}

static void
judged(struct out *o, const struct rule_tally *t, const enum canary *canary)
{
	static const char *const canaries[] = {
		[CANARY_NONE] = "none", [CANARY_FIRED] = "fired", [CANARY_SILENT] = "silent"
	};

	out_char(o, '{');
	rule_head(o, t->rule);
	if (t->lacks)
		lacks(o, t);
	else
		tally(o, t);
	if (canary && !t->lacks)
		json_text(o, "canary", canaries[*canary]);
	out_char(o, '}');
}

void
ndjson_rules(struct out *o, const struct verdicts *v, const struct run *run)
{
	const struct rules *all = run->rules;

	json_name(o, "rules");
	out_char(o, '[');
	for (size_t r = 0; r < v->rule_count; r++) {
		if (r)
			out_char(o, ',');
		judged(o, &v->tally[r], run->canary ? &run->canary[r] : NULL);
	}
	for (size_t r = all->count; r < all->count + all->off_count; r++) {
		out_text(o, r ? ",{" : "{");
		rule_head(o, &all->at[r]);
		json_bool(o, "enabled", false);
		out_char(o, '}');
	}
	out_char(o, ']');
}
