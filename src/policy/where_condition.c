/*
 * where_condition.c - `condition:`, by descent: or, and, not, `1 of`, parentheses.  The program it leaves is flat.
 */
#include "policy/where_read.h"

struct parse {
	struct policy_reader *r;
	const struct where *w;
	VEC(struct where_op) op;
	struct place at;
	struct str rest, token; /* an empty token is the end */
	unsigned depth;
	size_t asks, waiting;
	bool *used; /* by selection */
};

static int parse_or(struct parse *p);

static bool
ends_word(char c)
{
	struct str ends = STR(" \t\r\n()");

	return str_find(ends, c) < ends.n;
}

static void
next_token(struct parse *p)
{
	size_t n = 0;

	p->rest = str_trim(p->rest);
	while (n < p->rest.n && !ends_word(p->rest.p[n]))
		n++;
	if (n == 0 && p->rest.n)
		n = 1;
	p->token = str_head(p->rest, n);
	p->rest = str_skip(p->rest, n);
}

static int
wrong(const struct parse *p, const char *wanted)
{
	if (p->token.n == 0)
		return error_at(p->r->err, p->at, "the condition ends where %s was expected",
				wanted);
	return error_at(p->r->err, p->at, "the condition has '" STR_FMT "' where %s was expected",
			STR_ARG(p->token), wanted);
}

/* Returns its number. */
static size_t
emit(struct parse *p, enum where_op_kind kind, size_t to)
{
	*VEC_PUSH(&p->op) = (struct where_op){ .kind = kind, .to = (uint32_t)to };
	if (kind == WHERE_ASK && ++p->waiting > WHERE_STACK)
		BUG("a condition of %zu waiting answers", p->waiting);
	p->waiting -= kind == WHERE_AND || kind == WHERE_OR;
	return p->op.n - 1;
}

static int
ask(struct parse *p, size_t selection)
{
	if (p->asks++ == WHERE_MOST_ASKS)
		return error_at(p->r->err, p->at,
				"the condition names selections more than %d times",
				WHERE_MOST_ASKS);
	p->used[selection] = true;
	emit(p, WHERE_ASK, selection);
	return 0;
}

/* `and` binds two answers, and the second is not asked for when the first decides. */
static size_t
unless(struct parse *p, enum where_op_kind join)
{
	return emit(p, join == WHERE_AND ? WHERE_UNLESS_NO : WHERE_UNLESS_YES, 0);
}

static void
joined(struct parse *p, size_t jump, enum where_op_kind join)
{
	emit(p, join, 0);
	p->op.at[jump].to = (uint32_t)p->op.n;
}

/* `them` leaves out what begins with an underscore; in a pattern `*` is any text. */
static bool
belongs(struct str pattern, bool them, struct str name)
{
	char turned[128];

	if (them)
		return !str_starts(name, STR("_"));
	for (size_t i = 0; i < pattern.n; i++)
		turned[i] = pattern.p[i] == '*' ? WHERE_ANY : pattern.p[i];
	return where_matches((struct str){ turned, pattern.n }, name, true);
}

static int
parse_of(struct parse *p, enum where_op_kind join)
{
	struct str pattern;
	size_t found = 0, jump = 0;

	next_token(p);
	if (!str_is(p->token, "of"))
		return wrong(p, "'of'");
	next_token(p);
	pattern = p->token;
	if (pattern.n == 0 || pattern.p[0] == '(' || pattern.p[0] == ')' || pattern.n > 128)
		return wrong(p, "'them' or a pattern such as 'sel*'");
	for (size_t i = 0; i < p->w->selection_count; i++) {
		if (!belongs(pattern, str_is(pattern, "them"), p->w->selection[i].name))
			continue;
		if (found)
			jump = unless(p, join);
		if (ask(p, i) != 0)
			return -1;
		if (found++)
			joined(p, jump, join);
	}
	if (!found)
		return error_at(p->r->err, p->at, "'of " STR_FMT "': no selection is named so",
				STR_ARG(pattern));
	next_token(p);
	return 0;
}

static int
parse_name(struct parse *p)
{
	const char *names[WHERE_MOST_SELECTIONS];

	for (size_t i = 0; i < p->w->selection_count; i++) {
		names[i] = p->w->selection[i].name.p;
		if (!str_eq(p->token, p->w->selection[i].name))
			continue;
		if (ask(p, i) != 0)
			return -1;
		next_token(p);
		return 0;
	}
	if (p->token.n == 0 || str_is(p->token, "and") || str_is(p->token, "or") ||
	    str_is(p->token, "of") || str_is(p->token, ")"))
		return wrong(p, "a selection");
	policy_unknown(p->r, p->at, "selection", p->token,
		       (struct policy_names){ names, p->w->selection_count });
	return -1;
}

static int
parse_close(struct parse *p)
{
	int rc;

	if (++p->depth > WHERE_MOST_DEPTH)
		return error_at(p->r->err, p->at, "the condition is nested deeper than %d",
				WHERE_MOST_DEPTH);
	next_token(p);
	rc = parse_or(p);
	if (rc == 0 && !str_is(p->token, ")"))
		rc = wrong(p, "'and', 'or' or ')'");
	p->depth--;
	if (rc == 0)
		next_token(p);
	return rc;
}

static int
parse_not(struct parse *p)
{
	bool turn = false;
	int rc;

	for (; str_is(p->token, "not"); next_token(p))
		turn = !turn;
	if (str_is(p->token, "("))
		rc = parse_close(p);
	else if (str_is(p->token, "1"))
		rc = parse_of(p, WHERE_OR);
	else if (str_is(p->token, "all"))
		rc = parse_of(p, WHERE_AND);
	else
		rc = parse_name(p);
	if (rc == 0 && turn)
		emit(p, WHERE_NOT, 0);
	return rc;
}

static int
parse_and(struct parse *p)
{
	int rc = parse_not(p);

	while (rc == 0 && str_is(p->token, "and")) {
		size_t jump = unless(p, WHERE_AND);

		next_token(p);
		rc = parse_not(p);
		if (rc == 0)
			joined(p, jump, WHERE_AND);
	}
	return rc;
}

/* Recursion is as deep as the parentheses, which are counted. */
static int
parse_or(struct parse *p)
{
	int rc = parse_and(p);

	while (rc == 0 && str_is(p->token, "or")) {
		size_t jump = unless(p, WHERE_OR);

		next_token(p);
		rc = parse_and(p);
		if (rc == 0)
			joined(p, jump, WHERE_OR);
	}
	return rc;
}

static int
parse_whole(struct parse *p, const struct yaml *node)
{
	if (!policy_is_text(p->r, node))
		return -1;
	p->at = node->at;
	p->rest = node->text;
	next_token(p);
	if (parse_or(p) != 0)
		return -1;
	return p->token.n ? wrong(p, "'and' or 'or'") : 0;
}

/* A list of conditions is one of them. */
static int
parse_all(struct parse *p, const struct yaml *node)
{
	size_t jump = 0;

	if (node->kind != YAML_LIST)
		return parse_whole(p, node);
	if (!policy_is_list(p->r, node, WHERE_MOST_SELECTIONS))
		return -1;
	for (const struct yaml *one = node->child; one; one = one->next) {
		if (one != node->child)
			jump = unless(p, WHERE_OR);
		if (parse_whole(p, one) != 0)
			return -1;
		if (one != node->child)
			joined(p, jump, WHERE_OR);
	}
	return 0;
}

/* Could any answers of the selections make it hold?  Their names are all that is known here. */
static bool
can_hold(const struct where *w)
{
	bool stack[WHERE_STACK] = { false };
	enum { MOST = 12 };

	if (w->selection_count > MOST)
		return true;
	for (unsigned answers = 0; answers < 1U << w->selection_count; answers++) {
		size_t n = 0;

		for (size_t i = 0; i < w->op_count; i++) {
			const struct where_op *op = &w->op[i];

			if (op->kind == WHERE_ASK)
				stack[n++] = answers >> op->to & 1;
			else if (op->kind == WHERE_NOT)
				stack[n - 1] = !stack[n - 1];
			else if (op->kind == WHERE_AND || op->kind == WHERE_OR)
				n--;
			if (op->kind == WHERE_AND)
				stack[n - 1] &= stack[n];
			else if (op->kind == WHERE_OR)
				stack[n - 1] |= stack[n];
		}
		if (stack[0])
			return true;
	}
	return false;
}

int
where_read_condition(struct policy_reader *r, const struct yaml *node, struct where *w)
{
	bool used[WHERE_MOST_SELECTIONS] = { false };
	struct parse p = { .r = r, .w = w, .at = node->at, .used = used };
	int rc;

	rc = parse_all(&p, node);
	w->op_count = p.op.n;
	w->op = arena_alloc(&r->policy->arena, p.op.n * sizeof(*w->op));
	if (p.op.n)
		memcpy(w->op, p.op.at, p.op.n * sizeof(*w->op));
	VEC_FREE(&p.op);
	for (size_t i = 0; rc == 0 && i < w->selection_count; i++)
		if (!used[i])
			rc = error_at(r->err, node->at,
				      "the condition does not use the selection '" STR_FMT
				      "'; use it, or take it out",
				      STR_ARG(w->selection[i].name));
	if (rc == 0 && !can_hold(w))
		rc = error_at(r->err, node->at, "this condition never holds, whatever a line says");
	return rc;
}
