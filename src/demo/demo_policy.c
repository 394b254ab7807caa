/*
 * demo_policy.c - the policy of the made-up utility: its register of systems, its ledgers, its screens.
 * Ledgers that this version does not read yet are named in comments.
 */
#include "demo/line.h"

static void
permitted_write(const struct world *w, int sys, struct out *t)
{
	const char *comma = "";

	out_text(t, "    permitted_orgs: [");
	for (int org = 0; org < ORGS; org++) {
		bool works = false;

		for (int i = 0; i < WEIGHTS; i++)
			works |= w->slots[org][i] == sys && w->site_net_count[org] != 0;
		if (works || org == system_rows[sys].owner) {
			demo_row(t, "%s%s", comma, org_ids[org]);
			comma = ", ";
		}
	}
	out_text(t, "]\n");
}

static void
system_write(const struct world *w, int sys, struct out *t)
{
	const struct system_row *s = &system_rows[sys];
	const struct line_format *f = line_format_named(w->o->combined ? "combined" : s->format);
	char since[32];

	demo_row(t,
		 "  - id: %s\n    name: {ja: %s, en: %s}\n    owner: %s\n    logs: [logs/%s/*]\n",
		 s->id, s->ja, s->en, org_ids[s->owner], s->id);
	demo_row(t, "    format: %s\n", f->name);
	out_text(t, f->policy);
	if (sys == 0)
		out_text(t, "    normalise: [trim, lower, fold_width]\n");
	demo_row(t, "    # sharing: %s\n", s->sharing); /* not read by this version */
	demo_row(t, "    expect: {weekday: '09:00-17:00', max_gap: 2h}\n");
	if (sys == SYSTEM_INTERNAL)
		out_text(t, "    internal_only: yes\n");
	if (sys == SYSTEM_SPLIT)
		out_text(t, "    nonpersonal: forbidden\n");
	if (sys == SYSTEM_SPLIT && w->split_since != 0)
		demo_row(t, "    split_since: '%s'\n", time_text(w->split_since, since));
	permitted_write(w, sys, t);
}

void
policy_write(struct world *w)
{
	static const char *const read[] = {
		"orgs",        "people",    "accounts",    "terminals",   "networks",
		"consumers",   "holidays",  "closures",    "disasters",   "allow_pairs",
		"grants",      "schedules", "permits",     "shared_ids",  "terminal_loans",
		"contractors", "records",   "work_orders", "auth_events", "archive"
	};
	struct out t;

	ledger_begin(w, "sekisho.yaml", "sekisho: 1\ntimezone: Asia/Tokyo\nsystems:\n", &t);
	for (int s = 0; s < w->systems; s++)
		system_write(w, s, &t);
	out_text(&t, "ledgers:\n");
	for (size_t i = 0; i < COUNT(read); i++)
		demo_row(&t, "  %s: ledgers/%s.csv\n", read[i], read[i]);
	out_text(&t, "barrier: ledgers/barrier.csv\nresources:\n");
	for (int c = 0; c < SCREENS; c++)
		demo_row(&t, "  - {class: %s, sensitivity: %s}\n", screen_ids[c],
			 c == OUTAGE || c == STAT ? "public" : "non-public");
	out_text(&t, "  - {match: {path: /login}, act: login}\n  - {match: {path: /logout}, act: "
		     "logout}\n"
		     "  - {match: {path: /search}, act: list}\n"
		     "  - {match: {'path|startswith': /health}, act: health}\n");
	ledger_end(w, &t);
}
