/*
 * text_marks.c - see text_marks.h.
 */
#include "report/text_marks.h"

struct told_word {
	const char *name, *ja, *en;
};

static const struct told_word marks[] = {
	{ "new", "新規", "new" },
	{ "unchanged", "変化なし", "unchanged" },
	{ "updated", "更新", "updated" },
	{ "absent", "消滅", "absent" },
};

static const struct told_word decisions[] = {
	{ "confirmed_violation", "違反確認", "confirmed violation" },
	{ "false_positive", "誤検知", "false positive" },
	{ "justified", "正当", "justified" },
	{ "accepted_risk", "リスク受容", "accepted risk" },
	{ "under_review", "調査中", "under review" },
};

static const struct told_word states[] = {
	{ "in_force", "有効", "in force" },
	{ "not_yet", "未発効", "not yet in force" },
	{ "expired", "期限切れ", "expired" },
	{ "exceeded", "上限超過", "cap exceeded" },
	{ "other_case", "範囲外の事案あり", "another case" },
	{ "rejected", "無効", "rejected" },
};

static const struct told_word reasons[] = {
	{ "no_lines", "該当行なし", "no such lines" },
	{ "fixed", "解消", "fixed" },
	{ "reference_changed", "台帳等の変更", "reference changed" },
	{ "rule_changed", "規則の変更", "rule changed" },
	{ "not_covered", "未確認（対象を読んでいない）", "not covered: nobody looked" },
};

/* A word that is none of ours stands as it is: a file may be of another version. */
static void
told_as(const struct told_word *words, size_t n, struct str name, bool ja, struct out *o)
{
	for (size_t i = 0; i < n; i++) {
		if (str_is(name, words[i].name)) {
			out_text(o, ja ? words[i].ja : words[i].en);
			return;
		}
	}
	out_tty(o, name);
}

void
text_suppressed_head(bool ja, struct out *o)
{
	out_text(o, ja ? "■ 処置済・抑止中\n\n" : "== disposed of, and kept from the gate\n\n");
}

static void
disposition(const struct json_value *d, bool ja, struct out *o)
{
	static const char *const told[] = { "why", "action", "reason_no_action", "ticket" };

	out_text(o, ja ? "    処置  " : "    done  ");
	told_as(decisions, COUNT(decisions), said_text(d, "decision"), ja, o);
	out_text(o, ja ? "（" : " (");
	told_as(states, COUNT(states), said_text(d, "state"), ja, o);
	out_text(o, ja ? "、期限" : ", expires ");
	out_tty(o, said_text(d, "expires"));
	out_text(o, ja ? "）" : ")");
	for (size_t i = 0; i < COUNT(told); i++) {
		struct str text = said_text(d, told[i]);

		if (text.n == 0)
			continue;
		out_text(o, ja ? "、" : ", ");
		out_tty(o, text);
	}
	out_text(o, ja ? "、作成" : "; prepared by ");
	out_tty(o, said_text(d, "prepared_by"));
	out_text(o, ja ? "、確認" : ", reviewed by ");
	out_tty(o, said_text(d, "reviewed_by"));
	out_char(o, '\n');
}

void
text_marks(const struct json_value *finding, bool ja, struct out *o)
{
	struct str mark = said_text(finding, "baseline");
	const struct json_value *d = json_member(finding, "disposition");

	if (mark.n) {
		out_text(o, ja ? "    比較  " : "    mark  ");
		told_as(marks, COUNT(marks), mark, ja, o);
		out_char(o, '\n');
	}
	if (d && d->kind == JSON_MAP)
		disposition(d, ja, o);
}

static void
absent(const struct json_value *f, bool ja, struct out *o)
{
	out_text(o, "  ");
	told_as(marks, COUNT(marks), STR("absent"), ja, o);
	out_text(o, "  ");
	out_tty(o, said_text(f, "severity"));
	out_text(o, "  ");
	out_tty(o, said_text(f, "rule"));
	JSON_EACH(part, json_member(f, "key"))
	{
		out_char(o, ' ');
		out_tty(o, part->name);
		out_char(o, '=');
		out_tty(o, json_text_of(part));
	}
	out_text(o, ": ");
	told_as(reasons, COUNT(reasons), said_text(f, "reason"), ja, o);
	out_char(o, '\n');
}

void
text_compared(const struct json_value *run, bool ja, struct out *o)
{
	const struct json_value *b = json_member(run, "baseline");
	int64_t suppressed = said_number(run, "dispositions.suppressed");

	if (suppressed)
		out_printf(o, ja ? "処置済・抑止中：%lld件\n" : "kept from the gate: %lld\n",
			   (long long)suppressed);
	if (!b)
		return;
	out_text(o, ja ? "前回比（" : "since ");
	out_tty(o, said_text(b, "path"));
	out_text(o, ja ? "）：" : ": ");
	for (size_t i = 0; i < COUNT(marks); i++) {
		if (i)
			out_text(o, ja ? "、" : ", ");
		out_text(o, ja ? marks[i].ja : marks[i].en);
		out_char(o, ' ');
		said_digits(o, b, marks[i].name);
	}
	out_char(o, '\n');
	JSON_EACH(f, json_member(b, "absences"))
	{
		absent(f, ja, o);
	}
}

enum { SPANS_TOLD = 5 };

void
text_nights(const struct json_value *run, bool ja, struct out *o)
{
	const struct json_value *nights = json_member(run, "nights");
	const struct json_value *missed = json_member(nights, "missed");
	struct out spans;

	if (!nights)
		return;
	out_text(o, ja ? "夜間実行（" : "runs since ");
	out_tty(o, said_text(nights, "since"));
	out_printf(o, ja ? "以降）：%lld回" : ": %lld", (long long)said_number(nights, "runs"));
	if (missed && missed->count) {
		out_memory(&spans);
		said_spans(&spans, missed, SPANS_TOLD, ja);
		out_text(o, ja ? "、実行の無い夜（LOG-09）：" : "; nights without one (LOG-09): ");
		out_tty(o, out_taken(&spans));
		out_discard(&spans);
	} else if (str_is(said_text(nights, "due"), "none")) {
		out_text(o, ja ? "、実行の予定は無い" : "; none is due on any night");
	} else {
		out_text(o, ja ? "、欠けた夜は無い" : "; no night was missed");
	}
	out_char(o, '\n');
}
