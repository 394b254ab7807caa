/*
 * run_stats.c - --stats: the accounting of lines, dictionaries, rules and seconds on standard error.
 */
#include "app/run_stats.h"

#include "app/notes.h"

#include <unistd.h>

static void
print_dictionaries(const struct judging *j, struct out *o)
{
	static const char *const names[DICT_COUNT] = {
		[DICT_ACCOUNT] = "accounts",   [DICT_ADDRESS] = "addresses",
		[DICT_TERMINAL] = "terminals", [DICT_CLIENT] = "clients",
		[DICT_CLASS] = "classes",      [DICT_OBJECT] = "objects",
	};
	struct fact_source s = facts_source(j->facts);

	for (int d = 0; d < DICT_COUNT; d++)
		out_printf(o, "%s %u, ", names[d], s.names.count(s.facts, (enum dict)d));
	out_printf(o, "tuples %u\n", s.names.tuple_count(s.facts));
}

void
run_stats_print(const struct judging *j)
{
	const struct run *r = &j->run;
	struct out o;
	struct errors mute = { 0 };

	out_stream(&o, STDERR_FILENO, STR("standard error"));
	out_printf(&o, "lines %llu =", (unsigned long long)r->lines);
	for (int b = 0; b < BUCKET_COUNT; b++)
		out_printf(&o, " %s%s %llu", b ? "+ " : "", bucket_names[b],
			   (unsigned long long)r->bucket[b]);
	out_printf(&o, "\nfiles %zu, bytes %llu, events %llu, spilled bytes %llu\n", r->file_count,
		   (unsigned long long)r->bytes, (unsigned long long)r->events,
		   (unsigned long long)facts_spilled(j->facts));
	for (size_t i = 0; i < r->file_count; i++)
		notes_print(r->file[i], &o);
	print_dictionaries(j, &o);
	for (size_t i = 0; i < j->verdicts.rule_count; i++) {
		const struct rule_tally *t = &j->verdicts.tally[i];

		out_printf(&o, "%s evaluated %llu hits %llu", t->rule->id,
			   (unsigned long long)tally_evaluated(t),
			   (unsigned long long)t->judged[JUDGED_HIT]);
		for (int k = JUDGED_ASK + 1; k < JUDGED_COUNT; k++) {
			if (t->judged[k])
				out_printf(&o, " %s %llu", judged_names[k],
					   (unsigned long long)t->judged[k]);
		}
		out_char(&o, '\n');
	}
	out_printf(&o, "seconds ledgers %.3f read %.3f resolve %.3f judge %.3f evidence %.3f\n",
		   j->seconds[STAGE_LEDGERS], j->seconds[STAGE_READ], j->seconds[STAGE_RESOLVE],
		   j->seconds[STAGE_JUDGE], j->seconds[STAGE_EVIDENCE]);
	if (j->judged)
		out_printf(&o, "findings %zu digest %s\n", j->verdicts.finding.n,
			   r->findings_digest);
	out_close(&o, &mute);
	errors_free(&mute);
}
