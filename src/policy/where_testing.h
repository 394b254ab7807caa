/*
 * where_testing.h - for tests and the fuzz target: `where:` from YAML text, and a line to ask it of.
 */
#ifndef SEKISHO_POLICY_WHERE_TESTING_H
#define SEKISHO_POLICY_WHERE_TESTING_H

#include "policy/where_read.h"

struct where_trial {
	struct policy shell; /* what is read lives in its arena */
	struct errors err;
	struct where *where; /* NULL: err says why */
	size_t regexes;
};

static inline void
where_trial_begin(struct where_trial *t, struct str yaml, const struct policy *against)
{
	struct policy_reader r = { .policy = &t->shell, .err = &t->err };
	struct yaml *root;

	*t = (struct where_trial){ 0 };
	root = yaml_read(yaml, STR("w.yaml"), &t->shell.arena, &t->err);
	if (root)
		t->where = where_read(&r, root, against);
	if (t->err.list.n)
		t->where = NULL;
	t->regexes = r.regex_count;
}

static inline void
where_trial_end(struct where_trial *t)
{
	arena_free(&t->shell.arena);
	errors_free(&t->err);
}

/* One line, and what ledgers say of it. */
struct where_line {
	struct str text[DICT_COUNT]; /* the address as its 16 bytes */
	struct str org, net, net_org, site, terminal_org, role, owner;
	struct seen who;
	struct regard view;
	struct fact fact;
	bool is_view, holiday;
};

static inline struct str
where_line_text(const void *line, enum dict d, uint32_t number)
{
	return number ? ((const struct where_line *)line)->text[d] : (struct str){ 0 };
}

static inline struct str
where_line_org(const void *line, uint16_t org)
{
	const struct where_line *l = line;

	return org == 1 ? l->org : org == 2 ? l->net_org : l->terminal_org;
}

static inline struct str
where_line_net(const void *line, uint32_t net)
{
	return net ? ((const struct where_line *)line)->net : (struct str){ 0 };
}

static inline struct str
where_line_site(const void *line, uint16_t site)
{
	return site ? ((const struct where_line *)line)->site : (struct str){ 0 };
}

static inline struct str
where_line_column(const void *line, uint32_t row, const char *column)
{
	const struct where_line *l = line;

	(void)row;
	return strcmp(column, "role") == 0 ? l->role : l->owner;
}

static inline enum day_kind
where_line_day(const void *line, int32_t day)
{
	(void)day;
	return ((const struct where_line *)line)->holiday ? DAY_HOL : DAY_BIZ;
}

static inline enum judged
where_line_ask(const struct where *w, const struct where_line *line, const struct policy *p,
	       struct regex_room *room)
{
	struct names names = { .facts = line, .text = where_line_text };
	struct lookup lookup = { .context = line,
				 .org_name = where_line_org,
				 .net_name = where_line_net,
				 .site_name = where_line_site,
				 .account_column = where_line_column,
				 .day_kind = where_line_day };
	struct event ev = { .fact = &line->fact,
			    .who = &line->who,
			    .view = line->is_view ? &line->view : NULL };
	struct where_input in = {
		.event = &ev, .lookup = &lookup, .names = &names, .policy = p, .room = room
	};

	return where_ask(w, &in);
}

#endif
