/*
 * rep_md.c - Markdown, for pull requests, wikis and summaries of CI: tables of what was found, why, and by which rules.
 *
 * Data stands in cells only, so no line begins with it; out_md() does the rest.
 */
#include "report/proof.h"
#include "report/turns.h"

#include "base/civil.h"
#include "model/finding.h"

struct md {
	const struct report_record *rec;
	enum language language;
	bool ja;
	struct out *o;
};

static const char *
word(const struct md *m, const char *ja, const char *en)
{
	return m->ja ? ja : en;
}

static void
cell(struct md *m, struct str s)
{
	out_text(m->o, "| ");
	out_md(m->o, s);
	out_char(m->o, ' ');
}

static void
code(struct md *m, struct str s)
{
	out_text(m->o, "| ");
	out_md_code(m->o, s);
	out_char(m->o, ' ');
}

static void
number(struct md *m, const struct json_value *v, const char *path)
{
	out_text(m->o, "| ");
	said_digits(m->o, v, path);
	out_char(m->o, ' ');
}

/* Only who wrote the file by hand has other characters there. */
static void
moment(struct md *m, struct str time)
{
	int64_t ts;

	out_text(m->o, "| ");
	if (civil_parse_jst(time, &ts))
		said_moment(m->o, time);
	else
		out_md_code(m->o, time);
	out_char(m->o, ' ');
}

static void
end_row(struct md *m)
{
	out_text(m->o, "|\n");
}

/* "a|b|c" as a heading and the line below it. */
static void
heading(struct md *m, const char *names)
{
	size_t columns = 1;

	out_text(m->o, "| ");
	for (; *names; names++) {
		columns += *names == '|';
		out_text(m->o, *names == '|' ? " | " : "");
		if (*names != '|')
			out_char(m->o, *names);
	}
	out_text(m->o, " |\n");
	while (columns--)
		out_text(m->o, "|---");
	end_row(m);
}

static void
summary(struct md *m)
{
	const struct json_value *run = m->rec->run;
	bool complete = said_true(run, "complete");
	long long lines = said_number(run, "lines"),
		  accepted = said_number(run, "buckets.accepted");
	size_t incidents = said_count(run, "incidents"), files = said_count(run, "files");

	if (m->ja)
		out_printf(m->o,
			   "# "
			   "アクセスログ解析結果\n\n検出%zu件（%zu事案）、%zuファイル%lld行中%"
			   "lld行を解析："
			   "**%s**\n\n",
			   m->rec->finding.n, incidents, files, lines, accepted,
			   complete ? "完了" : "未完了");
	else
		out_printf(m->o,
			   "# Findings in access logs\n\nFindings: %zu, incidents: %zu; lines "
			   "accepted: "
			   "%lld of %lld, files: %zu: **%s**\n\n",
			   m->rec->finding.n, incidents, accepted, lines, files,
			   complete ? "complete" : "INCOMPLETE");
}

static void
sentences(struct md *m, const char *name, const char *title)
{
	const struct json_value *list = json_member(m->rec->run, name);

	if (!list || list->count == 0)
		return;
	heading(m, title);
	JSON_EACH(v, list)
	{
		cell(m, json_text_of(v));
		end_row(m);
	}
	out_char(m->o, '\n');
}

static void
found(struct md *m, const struct json_value *f)
{
	struct out key;

	out_memory(&key);
	said_key(&key, f);
	cell(m, str_of(severity_names[said_severity(f)]));
	cell(m, said_text(f, "rule"));
	cell(m, said_in(f, "title", m->language));
	code(m, out_taken(&key));
	moment(m, said_text(f, "first"));
	moment(m, said_text(f, "last"));
	number(m, f, "counts.lines");
	number(m, f, "counts.views");
	number(m, f, "counts.consumers_opened");
	cell(m, said_text(f, "disposition.decision"));
	code(m, str_head(said_text(f, "fp_case"), 13));
	end_row(m);
	out_discard(&key);
}

static void
reasons(struct md *m, const struct json_value *f)
{
	const struct json_value *because = json_member(f, "because");

	out_text(m->o, "| ");
	JSON_EACH(b, because)
	{
		struct str observed = said_text(b, "observed"), ref = said_text(b, "ref");

		out_text(m->o, b == because->first ? "" : "<br>");
		out_md(m->o, said_text(b, "pred"));
		out_text(m->o, observed.n ? ": " : "");
		out_md(m->o, observed);
		if (ref.n) {
			out_text(m->o, " (");
			out_md(m->o, ref);
			out_char(m->o, ')');
		}
	}
	out_char(m->o, ' ');
}

static void
proved(struct md *m, const struct json_value *f)
{
	const struct json_value *at = json_path(f, "evidence.first_line.at");
	struct str raw = said_text(at, "raw");

	code(m, str_head(said_text(f, "fp_case"), 13));
	cell(m, said_in(f, "explain", m->language));
	reasons(m, f);
	code(m, said_text(at, "file"));
	if (said_number(at, "line") > 0) {
		out_char(m->o, ':');
		said_digits(m->o, at, "line");
	}
	out_text(m->o, raw.n ? "<br>" : "");
	out_md_code(m->o, raw);
	out_char(m->o, ' ');
	end_row(m);
}

static void
findings(struct md *m)
{
	struct arena arena = { 0 };
	const struct turn *turn = turns_of(m->rec, &arena);
	size_t n = m->rec->finding.n;

	if (n == 0) {
		arena_free(&arena);
		return;
	}
	out_text(m->o, word(m, "## 検出事項\n\n", "## What was found\n\n"));
	heading(m, word(m, "重大度|規則|名称|対象|最初|最後|行|閲覧|需要家等|処置|詳細",
			"severity|rule|title|key|first|last|lines|views|consumers|disposition|"
			"finding"));
	for (size_t i = 0; i < n; i++)
		found(m, turn[i].finding);
	out_text(m->o, word(m, "\n## 説明と根拠\n\n", "\n## Why, and where to look\n\n"));
	heading(m, word(m, "検出|説明|根拠|原文", "finding|explanation|because|first line"));
	for (size_t i = 0; i < n; i++)
		proved(m, turn[i].finding);
	out_char(m->o, '\n');
	arena_free(&arena);
}

static void
undetermined(struct md *m, const struct json_value *r)
{
	const struct json_value *list = json_member(r, "undetermined"),
				*lacks = json_member(r, "lacks");

	out_text(m->o, "| ");
	if (json_member(r, "enabled"))
		out_text(m->o, word(m, "停止中", "switched off"));
	if (lacks)
		out_text(m->o, word(m, "評価不能、不足：", "not evaluable, needs "));
	JSON_EACH(v, lacks)
	{
		out_text(m->o, v == lacks->first ? "" : ", ");
		out_md(m->o, json_text_of(v));
	}
	JSON_EACH(v, list)
	{
		out_text(m->o, v == list->first ? "" : ", ");
		out_md(m->o, v->name);
		out_printf(m->o, " %lld", (long long)json_integer(v, 0));
	}
	out_char(m->o, ' ');
}

static void
rules(struct md *m)
{
	out_text(m->o, word(m, "## 規則\n\n", "## Rules\n\n"));
	heading(m, word(m, "規則|版|名称|評価対象|該当|判定不能",
			"rule|version|title|evaluated|hits|undetermined"));
	JSON_EACH(r, json_member(m->rec->run, "rules"))
	{
		cell(m, said_text(r, "rule"));
		cell(m, said_text(r, "version"));
		cell(m, said_in(r, "title", m->language));
		number(m, r, "evaluated");
		number(m, r, "hits");
		undetermined(m, r);
		end_row(m);
	}
}

/* A row for each that had a run, and in front of them those that had none. */
static void
nights(struct md *m)
{
	const struct json_value *nights = json_member(m->rec->run, "nights");
	const struct json_value *missed = json_member(nights, "missed");
	struct out spans;

	if (!nights)
		return;
	out_text(m->o, word(m, "## 夜間実行\n\n", "## Nights\n\n"));
	if (missed && missed->count) {
		heading(m, word(m, "実行の無い夜（LOG-09）", "nights without a run (LOG-09)"));
		out_memory(&spans);
		said_spans(&spans, missed, missed->count, m->ja);
		cell(m, out_taken(&spans));
		out_discard(&spans);
		end_row(m);
		out_char(m->o, '\n');
	}
	heading(m, word(m, "夜|回|終了コード|行|事象|critical|high|medium|low|info|新規",
			"night|runs|status|lines|events|critical|high|medium|low|info|new"));
	JSON_EACH(row, json_member(nights, "last"))
	{
		cell(m, said_text(row, "night"));
		number(m, row, "runs");
		number(m, row, "status");
		number(m, row, "lines");
		number(m, row, "events");
		for (int s = SEVERITY_CRITICAL; s >= 0; s--)
			number(m, json_member(row, "findings"), severity_names[s]);
		number(m, row, "new");
		end_row(m);
	}
	out_char(m->o, '\n');
}

/* DETECTION C.7; of the edition that is signed. */
static void
proof_rows(struct md *m)
{
	struct arena arena = { 0 };
	struct proof p;

	proof_of(&p, m->rec, &arena);
	out_text(m->o, word(m, "\n## 該当なしの証明\n\n", "\n## Proof of negative results\n\n"));
	heading(m, word(m, "規則|システム|評価対象|該当|判定不能|言えること",
			"rule|system|evaluated|hits|undetermined|statement"));
	for (size_t i = 0; i < p.rows; i++) {
		const struct proof_row *r = &p.row[i];
		struct out sentence;

		out_memory(&sentence);
		cell(m, said_text(r->rule, "rule"));
		cell(m, r->system.n ? r->system : str_of(word(m, "全体", "all")));
		number(m, r->counts, "evaluated");
		number(m, r->counts, "hits");
		out_printf(m->o, "| %llu ", (unsigned long long)r->undetermined);
		cell(m, proof_sentence(&p, r, m->language, &sentence)
				? out_taken(&sentence)
				: str_of(proof_word(r->says, m->language)));
		end_row(m);
		out_discard(&sentence);
	}
	out_text(m->o, word(m, "\n二人の署名をもって効力を持つ。\n\n",
			    "\nIt holds once two people have signed.\n\n"));
	heading(m, word(m, "解析担当者・日付|確認者・日付", "analyst, on|reviewer, on"));
	out_text(m->o, "| | |\n");
	arena_free(&arena);
}

static void
md_write(const struct report_record *rec, const struct report_options *how, struct out *o)
{
	struct md m = {
		.rec = rec, .language = how->language, .ja = how->language == LANGUAGE_JA, .o = o
	};

	summary(&m);
	sentences(&m, "trouble", word(&m, "未完了の理由", "why it is not complete"));
	sentences(&m, "warnings", word(&m, "注意", "to know"));
	findings(&m);
	nights(&m);
	rules(&m);
	if (how->edition == EDITION_SEMIANNUAL)
		proof_rows(&m);
}

const struct report rep_md = {
	.name = "md",
	.summary = "Markdown tables",
	.write = md_write,
};
