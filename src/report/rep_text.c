/*
 * rep_text.c - for a terminal: what, who, how much, since when, why, and where to look.
 *
 * Findings of one incident stand together, the gravest incident first; what a rule says of them is in the language of
 * the run.
 */
#include "report/text_marks.h"
#include "report/turns.h"

#include "model/finding.h"

enum { LABEL_WHO, LABEL_KEY, LABEL_WHEN, LABEL_MUCH, LABEL_WHY, LABEL_LINE, LABEL_MORE, LABELS };

/* All of one width in columns: a kanji takes two. */
static const char *const labels[][LABELS] = {
	[LANGUAGE_UNSAID] = { "who ", "key ", "when", "much", "why ", "line", "more" },
	[LANGUAGE_JA] = { "主体", "対象", "期間", "件数", "根拠", "原文", "詳細" },
	[LANGUAGE_EN] = { "who ", "key ", "when", "much", "why ", "line", "more" },
};

static const char *const colours[] = {
	[SEVERITY_INFO] = "2",  [SEVERITY_LOW] = "36",        [SEVERITY_MEDIUM] = "33",
	[SEVERITY_HIGH] = "31", [SEVERITY_CRITICAL] = "1;31",
};

struct text {
	const struct report_record *rec;
	const struct report_options *how;
	struct out *o;
	bool ja;
};

static void
label(struct text *t, int which)
{
	out_printf(t->o, "    %s  ", labels[t->how->language][which]);
}

static void
count_of(struct out *o, int64_t n, const char *what)
{
	out_printf(o, "%lld %s%s", (long long)n, what, n == 1 ? "" : "s");
}

static void
much(struct text *t, const struct json_value *f)
{
	static const struct {
		const char *path, *before, *behind; /* in Japanese */
		const char *en;
	} counts[] = {
		{ "counts.lines", "", "行", "line" },
		{ "counts.views", "、閲覧", "件", "view" },
		{ "counts.consumers_opened", "、需要家等", "件", "consumer" },
		{ "counts.episodes", "、", "回", "episode" },
	};
	size_t cases = said_count(f, "cases");

	label(t, LABEL_MUCH);
	for (size_t i = 0; i < COUNT(counts); i++) {
		if (t->ja) {
			out_text(t->o, counts[i].before);
			said_digits(t->o, f, counts[i].path);
			out_text(t->o, counts[i].behind);
		} else {
			count_of(t->o, said_number(f, counts[i].path), counts[i].en);
			out_text(t->o, ", ");
		}
	}
	if (t->ja)
		out_printf(t->o, "、%zu事案", cases);
	else
		count_of(t->o, (int64_t)cases, "case");
	out_char(t->o, '\n');
}

/* "pg0002, P-0002, 託送第一, KPG (person)" */
static void
who(struct text *t, const struct json_value *f)
{
	static const char *const said[] = { "acct", "owner", "dept", "org" };
	const struct json_value *subject = json_member(f, "subject");
	struct str kind = said_text(subject, "kind");
	bool any = false;

	if (said_text(subject, "acct").n == 0)
		return;
	label(t, LABEL_WHO);
	for (size_t i = 0; i < COUNT(said); i++) {
		struct str value = said_text(subject, said[i]);

		if (value.n == 0)
			continue;
		if (any)
			out_text(t->o, ", ");
		out_tty(t->o, value);
		any = true;
	}
	if (kind.n) {
		out_text(t->o, " (");
		out_tty(t->o, kind);
		out_char(t->o, ')');
	}
	out_char(t->o, '\n');
}

static void
key(struct text *t, const struct json_value *f)
{
	const struct json_value *key = json_member(f, "key");

	label(t, LABEL_KEY);
	JSON_EACH(part, key)
	{
		if (part != key->first)
			out_char(t->o, ' ');
		out_tty(t->o, part->name);
		out_char(t->o, '=');
		out_tty(t->o, json_text_of(part));
	}
	out_char(t->o, '\n');
}

static void
when(struct text *t, const struct json_value *f)
{
	struct str first = said_text(f, "first"), last = said_text(f, "last");

	label(t, LABEL_WHEN);
	said_moment(t->o, first);
	if (!str_eq(first, last)) {
		out_text(t->o, t->ja ? " 〜 " : " to ");
		said_moment(t->o, last);
	}
	if (said_true(f, "open"))
		out_text(t->o, t->ja ? "（継続中）" : ", still open");
	out_char(t->o, '\n');
}

static void
why(struct text *t, const struct json_value *f)
{
	JSON_EACH(b, json_member(f, "because"))
	{
		struct str ref = said_text(b, "ref");

		label(t, LABEL_WHY);
		out_tty(t->o, said_text(b, "pred"));
		out_text(t->o, ": ");
		out_tty(t->o, said_text(b, "observed"));
		if (ref.n) {
			out_text(t->o, " (");
			out_tty(t->o, ref);
			out_char(t->o, ')');
		}
		out_char(t->o, '\n');
	}
}

static void
where(struct text *t, const struct json_value *f)
{
	const struct json_value *at = json_path(f, "evidence.first_line.at");
	struct str raw = said_text(at, "raw");

	if (!at)
		return;
	label(t, LABEL_LINE);
	out_tty(t->o, said_text(at, "file"));
	if (said_number(at, "line")) {
		out_char(t->o, ':');
		said_digits(t->o, at, "line");
	}
	if (said_true(at, "unverified"))
		out_text(t->o, t->ja ? "（未検証：圧縮の当該部分が破損）"
				     : "  (unverified: its packed member is damaged)");
	out_char(t->o, '\n');
	if (raw.n) {
		out_text(t->o, "          ");
		out_tty(t->o, raw);
		out_char(t->o, '\n');
	}
}

static void
head(struct text *t, const struct json_value *f)
{
	enum severity severity = (enum severity)said_severity(f);
	struct str parent = said_text(f, "parent");

	if (t->how->colour)
		out_printf(t->o, "\033[%sm", colours[severity]);
	out_text(t->o, severity_names[severity]);
	if (t->how->colour)
		out_text(t->o, "\033[0m");
	out_text(t->o, "  ");
	out_tty(t->o, said_text(f, "rule"));
	out_text(t->o, "  ");
	out_tty(t->o, said_in(f, "title", t->how->language));
	if (parent.n) {
		out_text(t->o, t->ja ? "（" : "  (part of ");
		out_tty(t->o, parent);
		out_text(t->o, t->ja ? "の一部）" : ")");
	}
	out_text(t->o, "\n    ");
	out_tty(t->o, said_in(f, "explain", t->how->language));
	out_char(t->o, '\n');
}

static void
finding(struct text *t, const struct json_value *f)
{
	head(t, f);
	who(t, f);
	key(t, f);
	when(t, f);
	much(t, f);
	why(t, f);
	where(t, f);
	text_marks(f, t->ja, t->o);
	label(t, LABEL_MORE);
	out_text(t->o, "sekisho explain ");
	out_tty(t->o, str_head(said_text(f, "fp_case"), 13));
	out_text(t->o, "\n\n");
}

static void
incident_head(struct text *t, const struct json_value *i)
{
	struct str subject = said_text(i, "subject");

	if (said_number(i, "findings") < 2)
		return;
	out_text(t->o, t->ja ? "■ 事案 " : "== incident ");
	if (subject.n) {
		out_tty(t->o, subject);
		out_text(t->o, ": ");
	}
	said_moment(t->o, said_text(i, "first"));
	out_text(t->o, t->ja ? " 〜 " : " to ");
	said_moment(t->o, said_text(i, "last"));
	out_printf(t->o, t->ja ? "、検出%lld件\n\n" : ", %lld findings\n\n",
		   (long long)said_number(i, "findings"));
}

/* Those that dispositions keep from the gate, or the others. */
static void
findings_that(struct text *t, const struct turn *turn, bool suppressed)
{
	const struct turn *last = NULL;

	for (size_t i = 0; i < t->rec->finding.n; i++) {
		if (marked_suppressed(turn[i].finding) != suppressed)
			continue;
		if (!last && suppressed)
			text_suppressed_head(t->ja, t->o);
		if (!last || last->incident != turn[i].incident)
			incident_head(t, turn[i].incident);
		finding(t, turn[i].finding);
		last = &turn[i];
	}
}

static void
findings(struct text *t)
{
	struct arena arena = { 0 };
	const struct turn *turn = turns_of(t->rec, &arena);

	findings_that(t, turn, false);
	findings_that(t, turn, true);
	arena_free(&arena);
}

static void
sentences(struct text *t, const char *name)
{
	JSON_EACH(sentence, json_member(t->rec->run, name))
	{
		out_text(t->o, "  ");
		out_tty(t->o, json_text_of(sentence));
		out_char(t->o, '\n');
	}
}

static void
ending(struct text *t)
{
	const struct json_value *run = t->rec->run;
	long long accepted = said_number(run, "buckets.accepted"),
		  lines = said_number(run, "lines");
	size_t incidents = said_count(run, "incidents"), files = said_count(run, "files");
	bool complete = said_true(run, "complete");

	if (t->ja) {
		out_printf(t->o, "検出%zu件（%zu事案）、%zuファイル%lld行中%lld行を解析：%s\n",
			   t->rec->finding.n, incidents, files, lines, accepted,
			   complete ? "完了" : "未完了");
	} else {
		count_of(t->o, (int64_t)t->rec->finding.n, "finding");
		out_text(t->o, " in ");
		count_of(t->o, (int64_t)incidents, "incident");
		out_printf(t->o, "; %lld of ", accepted);
		count_of(t->o, lines, "line");
		out_text(t->o, " accepted from ");
		count_of(t->o, (int64_t)files, "file");
		out_printf(t->o, ": %s\n", complete ? "complete" : "INCOMPLETE");
	}
	text_compared(run, t->ja, t->o);
	text_nights(run, t->ja, t->o);
	sentences(t, "trouble");
	sentences(t, "warnings");
}

static void
rule(struct out *o, const struct json_value *r)
{
	const struct json_value *lacks = json_member(r, "lacks");

	out_tty(o, said_text(r, "rule"));
	if (json_member(r, "enabled")) {
		out_text(o, "  switched off\n");
		return;
	}
	if (lacks) {
		out_text(o, "  not evaluable: needs");
		JSON_EACH(what, lacks)
		{
			out_char(o, ' ');
			out_tty(o, json_text_of(what));
		}
		out_char(o, '\n');
		return;
	}
	out_text(o, "  evaluated ");
	said_digits(o, r, "evaluated");
	out_text(o, ", hits ");
	said_digits(o, r, "hits");
	JSON_EACH(reason, json_member(r, "undetermined"))
	{
		out_text(o, ", ");
		out_tty(o, reason->name);
		out_printf(o, " %lld", (long long)json_integer(reason, 0));
	}
	out_text(o, said_number(r, "evaluated") ? "\n" : ": nothing to evaluate\n");
}

static void
text_write(const struct report_record *rec, const struct report_options *how, struct out *o)
{
	struct text t = { .rec = rec, .how = how, .o = o, .ja = how->language == LANGUAGE_JA };

	findings(&t);
	ending(&t);
	JSON_EACH(r, json_member(rec->run, "rules"))
	{
		rule(o, r);
	}
}

const struct report rep_text = {
	.name = "text",
	.summary = "for a terminal",
	.write = text_write,
};
