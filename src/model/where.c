/*
 * where.c - asking a compiled `where:` of one line.
 */
#include "model/where_own.h"

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* Bytes of the character at p[i]; a byte that begins none is one. */
static size_t
character(struct str s, size_t i)
{
	size_t n = 1;

	if ((unsigned char)s.p[i] >= 0xc0)
		while (n < 4 && i + n < s.n && ((unsigned char)s.p[i + n] & 0xc0) == 0x80)
			n++;
	return n;
}

bool
where_matches(struct str pattern, struct str subject, bool cased)
{
	size_t p = 0, s = 0, star = SIZE_MAX, mark = 0;

	while (s < subject.n) {
		char c = cased ? subject.p[s] : lower(subject.p[s]);

		if (p < pattern.n && pattern.p[p] == WHERE_ANY) {
			star = ++p;
			mark = s;
		} else if (p < pattern.n && pattern.p[p] == WHERE_ONE) {
			p++;
			s += character(subject, s);
		} else if (p < pattern.n && pattern.p[p] == c) {
			p++;
			s++;
		} else if (star == SIZE_MAX) {
			return false;
		} else {
			p = star;
			mark += character(subject, mark);
			s = mark;
		}
	}
	while (p < pattern.n && pattern.p[p] == WHERE_ANY)
		p++;
	return p == pattern.n;
}

static enum judged
answer(bool yes)
{
	return yes ? JUDGED_HIT : JUDGED_OUTSIDE;
}

static enum judged
and_of(enum judged a, enum judged b)
{
	if (a == JUDGED_OUTSIDE || b == JUDGED_OUTSIDE)
		return JUDGED_OUTSIDE;
	return a == JUDGED_HIT ? b : a;
}

static enum judged
or_of(enum judged a, enum judged b)
{
	if (a == JUDGED_HIT || b == JUDGED_HIT)
		return JUDGED_HIT;
	return a == JUDGED_OUTSIDE ? b : a;
}

static enum judged
not_of(enum judged a)
{
	return a == JUDGED_HIT ? JUDGED_OUTSIDE : a == JUDGED_OUTSIDE ? JUDGED_HIT : a;
}

static enum judged
ask_value(const struct where_item *item, size_t i, const struct where_value *v,
	  struct regex_room *room)
{
	char address[ADDRESS_SIZE];

	if (v->absent) /* '' is nothing, '*' is something */
		return answer(item->kind == WHERE_LIKE && item->value[i].n == 0);
	if (item->kind == WHERE_LIKE)
		return answer(where_matches(item->value[i], v->text, item->cased));
	if (item->kind == WHERE_CIDR)
		return answer(address_parse(v->text, address) &&
			      cidr_holds(&item->block[i], (const uint8_t *)address));
	switch (regex_search(item->re[i], room, v->text)) {
	case REGEX_NO:
		return JUDGED_OUTSIDE;
	case REGEX_YES:
		return JUDGED_HIT;
	case REGEX_LIMIT:
		break;
	}
	return JUDGED_REGEX_LIMIT;
}

static enum judged
ask_values(const struct where_item *item, const struct where_value *v, struct regex_room *room)
{
	enum judged sum = answer(item->all), stop = answer(!item->all);

	for (size_t i = 0; i < item->count && sum != stop; i++) {
		enum judged one = ask_value(item, i, v, room);

		sum = item->all ? and_of(sum, one) : or_of(sum, one);
	}
	return sum;
}

static enum judged
ask_item(const struct where_item *item, const struct where_input *in)
{
	char buf[ADDRESS_TEXT];
	struct where_value v = where_value(item->field, in, buf);
	bool there = v.known == JUDGED_HIT && !v.absent;

	switch (item->kind) {
	case WHERE_THERE:
		return answer(there == item->there);
	case WHERE_NULL:
		return answer(!there);
	case WHERE_WORDS:
		return v.known != JUDGED_HIT ? v.known : answer(there && item->words >> v.word & 1);
	case WHERE_LIKE:
	case WHERE_RE:
	case WHERE_CIDR:
		break;
	}
	return v.known != JUDGED_HIT ? v.known : ask_values(item, &v, in->room);
}

static enum judged
ask_selection(const struct where *w, const struct where_selection *s, const struct where_input *in)
{
	enum judged any = JUDGED_OUTSIDE;

	for (size_t m = s->maps.from; m < s->maps.to && any != JUDGED_HIT; m++) {
		enum judged all = JUDGED_HIT;

		for (size_t i = w->map[m].from; i < w->map[m].to && all != JUDGED_OUTSIDE; i++)
			all = and_of(all, ask_item(&w->item[i], in));
		any = or_of(any, all);
	}
	return any;
}

/* Those below the one at hand; where_condition.c sees to it that they fit. */
struct answers {
	uint8_t at[WHERE_STACK];
	size_t n;
};

static enum judged
taken(struct answers *a)
{
	return a->n ? (enum judged)a->at[--a->n] : JUDGED_OUTSIDE;
}

enum judged
where_ask(const struct where *w, const struct where_input *in)
{
	enum judged top = JUDGED_OUTSIDE;
	struct answers below = { .n = 0 };

	for (size_t i = 0; i < w->op_count; i++) {
		const struct where_op *op = &w->op[i];

		switch (op->kind) {
		case WHERE_ASK:
			below.at[below.n++] = (uint8_t)top;
			top = ask_selection(w, &w->selection[op->to], in);
			break;
		case WHERE_NOT:
			top = not_of(top);
			break;
		case WHERE_AND:
			top = and_of(taken(&below), top);
			break;
		case WHERE_OR:
			top = or_of(taken(&below), top);
			break;
		case WHERE_UNLESS_NO:
			if (top == JUDGED_OUTSIDE)
				i = op->to - 1;
			break;
		case WHERE_UNLESS_YES:
			if (top == JUDGED_HIT)
				i = op->to - 1;
			break;
		}
	}
	return top;
}
