/*
 * det_refused.c - LOG-03: too many lines of a system could not be read.
 *
 * Refused lines against refused and accepted ones, copies of a feed's files once; headings, blank lines and what lies
 * outside the window are no lines that could have been refused.
 */
#include "model/detector.h"
#include "model/policy.h"

#include "base/civil.h"

enum { REJECT_SHARE, REJECT_LINES };

static uint64_t
accepted(const struct roster *r, unsigned system)
{
	const struct fact_source *s = r->source;
	uint64_t lines = 0;

	for (int32_t day = jst_day(r->first_ts); day <= jst_day(r->last_ts); day++) {
		const struct heard *h = s->heard(s->facts, system, day);

		lines += h ? h->lines : 0;
	}
	return lines;
}

static void
tell_refused(struct roster *r, unsigned system, uint64_t refused, uint64_t lines)
{
	*VEC_PUSH(&r->told) = (struct told){
		.key = { { system } },
		.first = r->first_ts,
		.last = r->last_ts,
		.why = { .pred = STR("refused lines, of those refused or accepted"),
			 .observed =
				 arena_printf(r->arena, "%llu of %llu", (unsigned long long)refused,
					      (unsigned long long)lines),
			 .ref = arena_printf(r->arena, "systems line %u",
					     r->policy->system[system].at.line) },
	};
}

static void
refused_roster(struct roster *r)
{
	for (unsigned s = 0; r->first_ts <= r->last_ts && s < r->policy->system_count; s++) {
		uint64_t refused = r->source->refused(r->source->facts, s);
		uint64_t lines = refused + accepted(r, s);
		bool many;

		if (lines == 0)
			continue;
		many = refused > (uint64_t)r->param[REJECT_LINES] ||
		       refused * 1000000 > lines * (uint64_t)r->param[REJECT_SHARE];
		r->judged[many ? JUDGED_HIT : JUDGED_SILENT]++;
		if (many)
			tell_refused(r, s, refused, lines);
	}
}

const struct detector det_refused = {
	.name = "refused",
	.rule = "LOG-03",
	.summary = "too many lines of a system could not be read",
	.kind = FINDING_COVERAGE,
	.key = { { "sys", KEY_SYSTEM } },
	.param = { [REJECT_SHARE] = { "reject_share", "log", "reject_share", PARAM_NUMBER, 0,
				      1000000 },
		   [REJECT_LINES] = { "reject_lines", "log", "reject_lines", PARAM_NUMBER, 0,
				      1000000000 } },
	.across = true,
	.roster = refused_roster,
	.listens = true,
	.clears = "a format, `fields:` or `extract:` that reads them (`sekisho parse --rejects` "
		  "shows "
		  "them), or a log that is not damaged",
};
