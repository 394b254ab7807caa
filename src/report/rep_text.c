/*
 * rep_text.c - for a terminal: what, who, how much, since when, why, and where to look.
 *
 * Findings of one incident stand together, the gravest incident first; what a rule says of them is in the language of
 * the run.
 */
#include "model/message.h"
#include "model/report.h"

#include "base/civil.h"

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
	const struct report_input *in;
	struct out *o;
	struct arena arena;
};

static void
label(struct text *t, int which)
{
	out_printf(t->o, "    %s  ", labels[t->in->run->language][which]);
}

static void
moment(struct out *o, int64_t ts)
{
	char buf[CIVIL_TEXT];
	struct str s = civil_print_jst(buf, ts);

	out_bytes(o, str_head(s, 10));
	out_char(o, ' ');
	out_bytes(o, str_head(str_skip(s, 11), 8));
}

static void
count_of(struct out *o, uint64_t n, const char *what)
{
	out_printf(o, "%llu %s%s", (unsigned long long)n, what, n == 1 ? "" : "s");
}

static void
much(struct text *t, const struct finding *f)
{
	const struct counts *c = &f->counts;

	label(t, LABEL_MUCH);
	if (t->in->run->language == LANGUAGE_JA) {
		out_printf(t->o, "%llu行、閲覧%llu件、需要家等%llu件、%llu回、%zu事案\n",
			   (unsigned long long)c->lines, (unsigned long long)c->views,
			   (unsigned long long)c->consumers, (unsigned long long)c->episodes,
			   f->case_count);
		return;
	}
	count_of(t->o, c->lines, "line");
	out_text(t->o, ", ");
	count_of(t->o, c->views, "view");
	out_text(t->o, ", ");
	count_of(t->o, c->consumers, "consumer");
	out_text(t->o, ", ");
	count_of(t->o, c->episodes, "episode");
	out_text(t->o, ", ");
	count_of(t->o, f->case_count, "case");
	out_char(t->o, '\n');
}

/* "pg0002, P-0002, 託送第一, KPG (person)" */
static void
who(struct text *t, const struct finding *f)
{
	const struct str said[] = { f->account, f->owner, f->department, f->org };
	bool any = false;

	if (f->account.n == 0)
		return;
	label(t, LABEL_WHO);
	for (size_t i = 0; i < COUNT(said); i++) {
		if (said[i].n == 0)
			continue;
		if (any)
			out_text(t->o, ", ");
		out_tty(t->o, said[i]);
		any = true;
	}
	if (f->account_kind.n)
		out_printf(t->o, " (" STR_FMT ")", STR_ARG(f->account_kind));
	out_char(t->o, '\n');
}

static void
key(struct text *t, const struct finding *f)
{
	label(t, LABEL_KEY);
	for (int i = 0; i < KEY_PARTS && f->rule->detector->key[i].name; i++) {
		out_printf(t->o, "%s%s=", i ? " " : "", f->rule->detector->key[i].name);
		out_tty(t->o, f->key_text[i]);
	}
	out_char(t->o, '\n');
}

static void
when(struct text *t, const struct finding *f)
{
	bool ja = t->in->run->language == LANGUAGE_JA;

	label(t, LABEL_WHEN);
	moment(t->o, f->first);
	if (f->last != f->first) {
		out_text(t->o, ja ? " 〜 " : " to ");
		moment(t->o, f->last);
	}
	if (f->open)
		out_text(t->o, ja ? "（継続中）" : ", still open");
	out_char(t->o, '\n');
}

static void
why(struct text *t, const struct finding *f)
{
	for (size_t i = 0; i < f->because_count; i++) {
		label(t, LABEL_WHY);
		out_tty(t->o, f->because[i].pred);
		out_text(t->o, ": ");
		out_tty(t->o, f->because[i].observed);
		if (f->because[i].ref.n) {
			out_text(t->o, " (");
			out_tty(t->o, f->because[i].ref);
			out_char(t->o, ')');
		}
		out_char(t->o, '\n');
	}
}

static void
where(struct text *t, const struct evidence *e)
{
	const struct fact_source *s = t->in->source;
	const struct logfile *file = s->file(s->facts, where_file(e->fact.where));

	label(t, LABEL_LINE);
	out_tty(t->o, file->path);
	if (e->line)
		out_printf(t->o, ":%llu", (unsigned long long)e->line);
	if (e->unverified)
		out_text(t->o, t->in->run->language == LANGUAGE_JA
				       ? "（未検証：圧縮の当該部分が破損）"
				       : "  (unverified: its packed member is damaged)");
	out_char(t->o, '\n');
	if (e->raw.n) {
		out_text(t->o, "          ");
		out_tty(t->o, e->raw);
		out_char(t->o, '\n');
	}
}

static void
head(struct text *t, const struct finding *f)
{
	bool ja = t->in->run->language == LANGUAGE_JA;

	if (t->in->run->colour)
		out_printf(t->o, "\033[%sm", colours[f->severity]);
	out_text(t->o, severity_names[f->severity]);
	if (t->in->run->colour)
		out_text(t->o, "\033[0m");
	out_printf(t->o, "  %s  ", f->rule->id);
	out_text(t->o, ja ? f->rule->title_ja : f->rule->title_en);
	if (f->parent)
		out_printf(t->o, ja ? "（%sの一部）" : "  (part of %s)", f->parent->fp_case);
	out_text(t->o, "\n    ");
	out_tty(t->o, message_text(f, ja ? f->rule->message_ja : f->rule->message_en, &t->arena));
	out_char(t->o, '\n');
}

static void
finding(struct text *t, const struct finding *f)
{
	head(t, f);
	who(t, f);
	key(t, f);
	when(t, f);
	much(t, f);
	why(t, f);
	if (f->sample_count)
		where(t, &f->sample[0]);
	label(t, LABEL_MORE);
	out_printf(t->o, "sekisho explain %.13s\n\n", f->fp_case);
}

static void
incident_head(struct text *t, const struct incident *i)
{
	bool ja = t->in->run->language == LANGUAGE_JA;

	if (i->findings < 2)
		return;
	out_text(t->o, ja ? "■ 事案 " : "== incident ");
	if (i->subject.n) {
		out_tty(t->o, i->subject);
		out_text(t->o, ": ");
	}
	moment(t->o, i->first);
	out_text(t->o, ja ? " 〜 " : " to ");
	moment(t->o, i->last);
	out_printf(t->o, ja ? "、検出%zu件\n\n" : ", %zu findings\n\n", i->findings);
}

/* Where it is told: with the gravest incident that has a case of it. */
static size_t
place(const struct finding *f)
{
	size_t least = SIZE_MAX;

	for (size_t c = 0; c < f->case_count; c++)
		least = f->cases[c].incident < least ? f->cases[c].incident : least;
	return least;
}

struct placed {
	const struct finding *finding;
	size_t incident, number;
};

static int
placed_order(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	if (x->incident != y->incident)
		return (x->incident > y->incident) - (x->incident < y->incident);
	return (x->number > y->number) - (x->number < y->number);
}

static void
findings(struct text *t)
{
	const struct verdicts *v = t->in->verdicts;
	struct placed *p = arena_alloc(&t->arena, (v->finding.n + 1) * sizeof(*p));

	for (size_t i = 0; i < v->finding.n; i++)
		p[i] = (struct placed){ v->finding.at[i], place(v->finding.at[i]), i };
	qsort(p, v->finding.n, sizeof(*p), placed_order);
	for (size_t i = 0; i < v->finding.n; i++) {
		if (i == 0 || p[i].incident != p[i - 1].incident)
			incident_head(t, &v->incident.at[p[i].incident]);
		finding(t, p[i].finding);
	}
}

static void
ending(struct text *t)
{
	const struct run *r = t->in->run;
	const struct verdicts *v = t->in->verdicts;
	unsigned long long accepted = r->bucket[BUCKET_ACCEPTED], lines = r->lines;

	if (r->language == LANGUAGE_JA) {
		out_printf(t->o, "検出%zu件（%zu事案）、%zuファイル%llu行中%llu行を解析：%s\n",
			   v->finding.n, v->incident.n, r->file_count, lines, accepted,
			   r->complete ? "完了" : "未完了");
	} else {
		count_of(t->o, v->finding.n, "finding");
		out_text(t->o, " in ");
		count_of(t->o, v->incident.n, "incident");
		out_printf(t->o, "; %llu of ", accepted);
		count_of(t->o, lines, "line");
		out_text(t->o, " accepted from ");
		count_of(t->o, r->file_count, "file");
		out_printf(t->o, ": %s\n", r->complete ? "complete" : "INCOMPLETE");
	}
	for (size_t i = 0; i < r->trouble_count + r->warning_count; i++) {
		out_text(t->o, "  ");
		out_tty(t->o,
			i < r->trouble_count ? r->trouble[i] : r->warning[i - r->trouble_count]);
		out_char(t->o, '\n');
	}
}

/* "TRM-01  not evaluable: needs terminals" */
static void
lacks(const struct rule_tally *t, struct out *o)
{
	out_printf(o, "%s  not evaluable: needs", t->rule->id);
	for (uint32_t left = t->lacks; left;)
		out_printf(o, " %s", gives_take(&left));
	out_char(o, '\n');
}

static void
rules(const struct report_input *in, struct out *o)
{
	const struct verdicts *v = in->verdicts;

	for (size_t r = 0; r < v->rule_count; r++) {
		const struct rule_tally *t = &v->tally[r];
		uint64_t evaluated = tally_evaluated(t);

		if (t->lacks) {
			lacks(t, o);
			continue;
		}
		out_printf(o, "%s  evaluated %llu, hits %llu", t->rule->id,
			   (unsigned long long)evaluated,
			   (unsigned long long)t->judged[JUDGED_HIT]);
		for (int j = JUDGED_ASK + 1; j < JUDGED_COUNT; j++) {
			if (t->judged[j])
				out_printf(o, ", %s %llu", judged_names[j],
					   (unsigned long long)t->judged[j]);
		}
		out_text(o, evaluated ? "\n" : ": nothing to evaluate\n");
	}
	for (size_t r = in->run->rules->count;
	     r < in->run->rules->count + in->run->rules->off_count; r++)
		out_printf(o, "%s  switched off\n", in->run->rules->at[r].id);
}

static void
text_write(const struct report_input *in, struct out *o)
{
	struct text t = { .in = in, .o = o };

	findings(&t);
	ending(&t);
	rules(in, o);
	arena_free(&t.arena);
}

const struct report rep_text = {
	.name = "text",
	.summary = "for a terminal",
	.write = text_write,
};
