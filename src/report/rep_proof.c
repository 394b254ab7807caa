/*
 * rep_proof.c - sekisho/proof/1, for CI and auditors: of each rule and system whether "none" may be said, the sentence
 * that says it in both languages, and all that it rests on.
 */
#include "report/json.h"
#include "report/json_again.h"
#include "report/proof.h"

static void
again(struct out *o, const struct json_value *map, const char *name)
{
	json_name(o, name);
	json_again(o, json_member(map, name));
}

static void
inputs(struct out *o, const struct json_value *run)
{
	const char *comma = "";

	json_name(o, "inputs");
	out_char(o, '[');
	JSON_EACH(f, json_member(run, "files"))
	{
		out_text(o, comma);
		out_char(o, '{');
		again(o, f, "path");
		again(o, f, "sha256");
		again(o, f, "lines");
		out_char(o, '}');
		comma = ",";
	}
	out_char(o, ']');
}

static void
sentence(struct out *o, const struct proof *p, const struct proof_row *row)
{
	struct out ja, en;

	json_name(o, "sentence");
	out_memory(&ja);
	out_memory(&en);
	if (proof_sentence(p, row, LANGUAGE_JA, &ja) && proof_sentence(p, row, LANGUAGE_EN, &en)) {
		out_char(o, '{');
		json_str(o, "ja", out_taken(&ja));
		json_str(o, "en", out_taken(&en));
		out_char(o, '}');
	} else {
		out_text(o, "null");
	}
	out_discard(&ja);
	out_discard(&en);
}

static void
row(struct out *o, const struct proof *p, const struct proof_row *r)
{
	out_char(o, '{');
	again(o, r->rule, "rule");
	again(o, r->rule, "version");
	again(o, r->rule, "digest");
	again(o, r->rule, "title");
	json_str(o, "system", r->system);
	json_text(o, "unit", r->lines ? "lines" : "instances");
	json_u64(o, "evaluated", r->evaluated);
	json_u64(o, "hits", r->hits);
	again(o, r->counts, "undetermined");
	again(o, r->rule, "lacks");
	again(o, r->rule, "canary");
	json_text(o, "says", proof_names[r->says]);
	json_two(o, "words", proof_word(r->says, LANGUAGE_JA), proof_word(r->says, LANGUAGE_EN));
	sentence(o, p, r);
	out_char(o, '}');
}

static void
proof_write(const struct report_record *rec, const struct report_options *how UNUSED, struct out *o)
{
	static const char *const run[] = { "version",        "now",          "since",
					   "until",          "complete",     "trouble",
					   "policy_digest",  "parse_digest", "rules_digest",
					   "findings_digest" };
	struct arena arena = { 0 };
	struct proof p;

	proof_of(&p, rec, &arena);
	out_char(o, '{');
	json_text(o, "schema", "sekisho/proof/1");
	for (size_t i = 0; i < COUNT(run); i++)
		again(o, rec->run, run[i]);
	json_u64(o, "systems", p.systems);
	json_u64(o, "systems_read", p.systems_read);
	json_u64(o, "lines", p.lines);
	json_u64(o, "days", p.days);
	json_u64(o, "accounts", p.accounts);
	inputs(o, rec->run);
	json_u64(o, "rules_proved", p.proved);
	json_u64(o, "signatures_needed", 2);
	json_name(o, "rows");
	out_char(o, '[');
	for (size_t i = 0; i < p.rows; i++) {
		out_text(o, i ? ",\n" : "\n");
		row(o, &p, &p.row[i]);
	}
	out_text(o, "\n]}\n");
	arena_free(&arena);
}

const struct report rep_proof = {
	.name = "proof",
	.summary = "what may be said of each rule and system, with what proves it; JSON",
	.survey = true,
	.write = proof_write,
};
