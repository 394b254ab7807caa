/*
 * rep_text.c - for a terminal: what, who, how much, since when, and why.
 */
#include "model/report.h"

#include "base/civil.h"

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
where(const struct report_input *in, const struct evidence *e, struct out *o)
{
	const struct logfile *file = in->source->file(in->source->facts, where_file(e->fact.where));

	out_text(o, "    first line  ");
	out_tty(o, file->path);
	if (e->line)
		out_printf(o, ":%llu", (unsigned long long)e->line);
	if (e->unverified)
		out_text(o, "  (unverified: its packed member is damaged)");
	out_char(o, '\n');
	if (e->raw.n) {
		out_text(o, "                ");
		out_tty(o, e->raw);
		out_char(o, '\n');
	}
}

static void
finding(const struct report_input *in, const struct finding *f, struct out *o)
{
	out_printf(o, "%s  %s  ", severity_names[f->severity], f->rule->id);
	out_text(o, f->rule->title_en);
	if (f->parent)
		out_printf(o, "  (part of %s)", f->parent->fp_case);
	out_text(o, "\n   ");
	for (int i = 0; i < KEY_PARTS && f->rule->detector->key[i].name; i++) {
		out_printf(o, " %s=", f->rule->detector->key[i].name);
		out_tty(o, f->key_text[i]);
	}
	out_text(o, "\n    ");
	moment(o, f->first);
	out_text(o, " to ");
	moment(o, f->last);
	out_printf(o, "  lines %llu, views %llu, consumers %llu, episodes %llu, cases %zu%s\n",
		   (unsigned long long)f->counts.lines, (unsigned long long)f->counts.views,
		   (unsigned long long)f->counts.consumers, (unsigned long long)f->counts.episodes,
		   f->case_count, f->open ? ", open" : "");
	for (size_t i = 0; i < f->because_count; i++) {
		out_text(o, "    because     ");
		out_tty(o, f->because[i].pred);
		out_text(o, ": ");
		out_tty(o, f->because[i].observed);
		if (f->because[i].ref.n) {
			out_text(o, " (");
			out_tty(o, f->because[i].ref);
			out_char(o, ')');
		}
		out_char(o, '\n');
	}
	if (f->sample_count)
		where(in, &f->sample[0], o);
	out_text(o, "    ");
	out_text(o, f->fp_case);
	out_text(o, "\n\n");
}

/* "TRM-01  not evaluable: needs terminals" */
static void
lacks(const struct rule_tally *t, struct out *o)
{
	out_printf(o, "%s  not evaluable: needs", t->rule->id);
	for (int i = 0; i < GIVES_COUNT; i++) {
		if (t->lacks >> i & 1)
			out_printf(o, " %s", gives_names[i]);
	}
	out_text(o, t->lacks_geo ? " geoip\n" : "\n");
}

static void
rules(const struct report_input *in, struct out *o)
{
	const struct verdicts *v = in->verdicts;

	for (size_t r = 0; r < v->rule_count; r++) {
		const struct rule_tally *t = &v->tally[r];
		uint64_t evaluated = tally_evaluated(t);

		if (t->lacks || t->lacks_geo) {
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
	const struct run *r = in->run;

	for (size_t i = 0; i < in->verdicts->finding.n; i++)
		finding(in, in->verdicts->finding.at[i], o);
	out_printf(o, "%zu findings in %llu accepted of %llu lines, %zu files: %s\n",
		   in->verdicts->finding.n, (unsigned long long)r->bucket[BUCKET_ACCEPTED],
		   (unsigned long long)r->lines, r->file_count,
		   r->complete ? "complete" : "INCOMPLETE");
	for (size_t i = 0; i < r->trouble_count + r->warning_count; i++) {
		out_text(o, "  ");
		out_tty(o, i < r->trouble_count ? r->trouble[i] : r->warning[i - r->trouble_count]);
		out_char(o, '\n');
	}
	rules(in, o);
}

const struct report rep_text = {
	.name = "text",
	.summary = "for a terminal",
	.write = text_write,
};
