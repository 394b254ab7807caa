/*
 * proof.c - see proof.h.
 */
#include "report/proof.h"

/* Numbers of a record are counts; who wrote it by hand may say others. */
static uint64_t
count(const struct json_value *map, const char *name)
{
	int64_t n = said_number(map, name);

	return n > 0 ? (uint64_t)n : 0;
}

static bool
hashed(const struct json_value *run)
{
	JSON_EACH(f, json_member(run, "files"))
	{
		if (said_text(f, "sha256").n == 0)
			return false;
	}
	return true;
}

/* In the order in which a reader would ask. */
static enum proof_says
says_of(const struct proof *p, const struct proof_row *row)
{
	const struct json_value *enabled = json_member(row->rule, "enabled");
	struct str canary = said_text(row->rule, "canary");

	if (enabled && enabled->kind == JSON_FALSE)
		return PROOF_OFF;
	if (said_count(row->rule, "lacks"))
		return PROOF_LACKS;
	if (row->hits)
		return PROOF_HITS;
	if (row->evaluated == 0)
		return PROOF_EMPTY;
	if (!said_true(p->run, "complete"))
		return PROOF_INCOMPLETE;
	if (p->systems_read < p->systems)
		return PROOF_NOT_ALL_READ;
	if (!hashed(p->run))
		return PROOF_NO_MANIFEST;
	if (canary.n == 0 || str_is(canary, "none"))
		return PROOF_NO_CANARY;
	return str_is(canary, "fired") ? PROOF_NONE : PROOF_DEAD_CANARY;
}

/* What judgement waits for, or leaves out on purpose, is decided later or not at all; the rest nobody could decide. */
static uint64_t
undetermined(const struct json_value *counts)
{
	uint64_t n = 0;

	JSON_EACH(v, json_member(counts, "undetermined"))
	{
		if (!str_is(v->name, "learning") && !str_is(v->name, "left_out"))
			n += json_integer(v, 0) > 0 ? (uint64_t)json_integer(v, 0) : 0;
	}
	return n;
}

static struct proof_row
row_of(const struct proof *p, const struct json_value *rule, const struct json_value *counts)
{
	struct proof_row row = { .rule = rule,
				 .counts = counts,
				 .system = said_text(counts,
						     "system"), /* the rule itself names none */
				 .lines = json_member(rule, "by_system") != NULL,
				 .evaluated = count(counts, "evaluated"),
				 .hits = count(counts, "hits"),
				 .undetermined = undetermined(counts) };

	row.says = says_of(p, &row);
	return row;
}

static void
count_systems(struct proof *p)
{
	JSON_EACH(s, json_member(p->run, "systems"))
	{
		p->systems++;
		p->systems_read += count(s, "files") > 0;
	}
}

void
proof_of(struct proof *p, const struct report_record *rec, struct arena *a)
{
	const struct json_value *rules = json_member(rec->run, "rules");
	size_t most = 0;

	*p = (struct proof){ .run = rec->run,
			     .survey = rec->survey,
			     .lines = count(json_member(rec->run, "buckets"), "accepted"),
			     .days = said_count(rec->survey, "days"),
			     .accounts = said_count(rec->survey, "accounts") };
	count_systems(p);
	JSON_EACH(r, rules)
	most += 1 + said_count(r, "by_system");
	p->row = arena_alloc(a, (most + 1) * sizeof(*p->row));
	p->rule = arena_alloc(a, ((rules ? rules->count : 0) + 1) * sizeof(*p->rule));
	JSON_EACH(r, rules)
	{
		p->rule[p->rules] = row_of(p, r, r);
		p->proved += p->rule[p->rules].says == PROOF_NONE;
		if (said_count(r, "by_system") == 0)
			p->row[p->rows++] = p->rule[p->rules];
		JSON_EACH(s, json_member(r, "by_system"))
		p->row[p->rows++] = row_of(p, r, s);
		p->rules++;
	}
}

const char *const proof_names[PROOF_SAYS_COUNT] = {
	[PROOF_NONE] = "none_proved",          [PROOF_HITS] = "hits",
	[PROOF_EMPTY] = "nothing_to_evaluate", [PROOF_LACKS] = "not_evaluable",
	[PROOF_OFF] = "switched_off",          [PROOF_INCOMPLETE] = "incomplete",
	[PROOF_NOT_ALL_READ] = "not_all_read", [PROOF_NO_MANIFEST] = "inputs_not_hashed",
	[PROOF_NO_CANARY] = "no_canary",       [PROOF_DEAD_CANARY] = "canary_silent",
};

const char *
proof_word(enum proof_says says, enum language language)
{
	static const struct {
		const char *ja, *en;
	} words[PROOF_SAYS_COUNT] = {
		[PROOF_NONE] = { "該当なし（証明あり）", "none, proved" },
		[PROOF_HITS] = { "該当あり", "has hits" },
		[PROOF_EMPTY] = { "評価対象なし", "nothing to evaluate" },
		[PROOF_LACKS] = { "評価不能：台帳なし", "not evaluable: a ledger is missing" },
		[PROOF_OFF] = { "停止中", "switched off" },
		[PROOF_INCOMPLETE] = { "該当なしと言えない：解析が未完了",
				       "cannot say none: the run is incomplete" },
		[PROOF_NOT_ALL_READ] = { "該当なしと言えない：読んでいないシステムがある",
					 "cannot say none: systems of the register were not read" },
		[PROOF_NO_MANIFEST] = { "該当なしと言えない：入力のハッシュ値なし",
					"cannot say none: inputs were not hashed" },
		[PROOF_NO_CANARY] = { "該当なしと言えない：作動試験の記録なし",
				      "cannot say none: no record of a planted test" },
		[PROOF_DEAD_CANARY] = { "該当なしと言えない：作動試験に失敗",
					"cannot say none: the planted test failed" },
	};

	return language == LANGUAGE_JA ? words[says].ja : words[says].en;
}

static void
japanese(const struct proof *p, const struct proof_row *row, struct out *o)
{
	out_printf(o,
		   "対象%lluシステムのうち%lluシステム、%llu行（%llu日、%lluID）を規則" STR_FMT
		   "で解析し、" STR_FMT "%s" STR_FMT "%sの評価対象%llu%sのうち該当0%sであった。",
		   (unsigned long long)p->systems, (unsigned long long)p->systems_read,
		   (unsigned long long)p->lines, (unsigned long long)p->days,
		   (unsigned long long)p->accounts, STR_ARG(said_text(p->run, "rules_digest")),
		   STR_ARG(said_text(row->rule, "rule")), row->system.n ? "（" : "",
		   STR_ARG(row->system), row->system.n ? "）" : "",
		   (unsigned long long)row->evaluated, row->lines ? "行" : "件",
		   row->lines ? "行" : "件");
}

static void
english(const struct proof *p, const struct proof_row *row, struct out *o)
{
	out_printf(o,
		   "%llu of %llu systems, %llu lines (%llu days, %llu accounts) were analysed by "
		   "the rules " STR_FMT "; of the %llu %s that " STR_FMT " evaluated%s" STR_FMT
		   ", 0 were hits.",
		   (unsigned long long)p->systems_read, (unsigned long long)p->systems,
		   (unsigned long long)p->lines, (unsigned long long)p->days,
		   (unsigned long long)p->accounts, STR_ARG(said_text(p->run, "rules_digest")),
		   (unsigned long long)row->evaluated, row->lines ? "lines" : "instances",
		   STR_ARG(said_text(row->rule, "rule")), row->system.n ? " in " : "",
		   STR_ARG(row->system));
}

bool
proof_sentence(const struct proof *p, const struct proof_row *row, enum language language,
	       struct out *plain)
{
	if (row->says != PROOF_NONE || !p->survey)
		return false;
	(language == LANGUAGE_JA ? japanese : english)(p, row, plain);
	return true;
}
