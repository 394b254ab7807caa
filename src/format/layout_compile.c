/*
 * layout_compile.c - a draft to a plan: which field is which, where each can end, and what the server left ambiguous.
 */
#include "format/layout_plan.h"

void
layout_literal(struct layout_draft *d, char c)
{
	*VEC_PUSH(&d->field[d->count].literal) = c;
}

bool
layout_field(struct layout_draft *d, struct str name, const struct layout_known *known, size_t at)
{
	if (d->count == LAYOUT_MOST)
		return false;
	d->field[d->count].name = name;
	d->field[d->count].known = *known;
	d->field[d->count].at = at;
	d->count++;
	return true;
}

void
layout_draft_free(struct layout_draft *d)
{
	for (size_t i = 0; i <= d->count; i++)
		VEC_FREE(&d->field[i].literal);
}

/* What a compilation carries around. */
struct job {
	const struct layout_draft *d;
	const struct format_spec *spec;
	struct layout *l;
	struct errors *err;
	uint8_t *may[CLASS_TIME]; /* by class; times have their own */
	bool wrong;
};

static struct str
literal_of(const struct job *j, size_t i)
{
	struct str s = { .p = j->d->field[i].literal.at, .n = j->d->field[i].literal.n };

	return arena_str(j->d->arena, s);
}

static void
set_bytes(uint8_t *may, const char *bytes, bool can)
{
	for (; *bytes; bytes++)
		may[(unsigned char)*bytes] = can;
}

static uint8_t *
may_of_class(struct job *j, enum layout_class class)
{
	bool escaped = j->l->how.escape != LAYOUT_NONE;
	uint8_t *may;

	if (j->may[class])
		return j->may[class];
	may = arena_alloc(j->d->arena, 256);
	if (class == CLASS_NUMBER) {
		set_bytes(may, "0123456789.-", true);
	} else {
		/* Who escapes writes no control character as it is. */
		for (int c = escaped ? 0x20 : 0; c < 256; c++)
			may[c] = 1;
		if (class == CLASS_WORD || class == CLASS_TOKEN || class == CLASS_NAME)
			set_bytes(may, " \"", false);
		if (class == CLASS_TOKEN)
			set_bytes(may, "[]{}|,;", false);
		if (class == CLASS_LIST)
			set_bytes(may, "\"", false);
	}
	return j->may[class] = may;
}

/* What a pattern of time can write: letters, digits, signs, and its own literals. */
static uint8_t *
may_of_time(struct job *j, const char *how)
{
	uint8_t *may = arena_alloc(j->d->arena, 256);

	for (int c = '0'; c <= 'z'; c++)
		may[c] = (c <= '9' || (c >= 'A' && c <= 'Z') || c >= 'a');
	set_bytes(may, "+-.", true);
	if (how && strchr(how, '%')) {
		set_bytes(may, how, true);
		if (strstr(how, "%T") || strstr(how, "%R") || strstr(how, "%X"))
			set_bytes(may, ":", true);
		if (strstr(how, "%D") || strstr(how, "%x"))
			set_bytes(may, "/", true);
		if (!strstr(how, "%%"))
			may['%'] = 0;
		if (strstr(how, "%c") || strstr(how, "%e"))
			may[' '] = 1;
	} else if (!how || strcmp(how, "clf") == 0) {
		set_bytes(may, " /:", true);
	} else {
		set_bytes(may, ":,", true);
	}
	return may;
}

/* ${name}, $name and name are the same variable. */
static bool
same_name(struct str written, struct str asked)
{
	struct str pair[2] = { written, asked };

	for (int i = 0; i < 2; i++) {
		if (pair[i].n && pair[i].p[0] == '$')
			pair[i] = str_skip(pair[i], 1);
		if (pair[i].n > 1 && pair[i].p[0] == '{' && pair[i].p[pair[i].n - 1] == '}')
			pair[i] = str_head(str_skip(pair[i], 1), pair[i].n - 2);
	}
	return str_eq(pair[0], pair[1]);
}

static int
named(const struct layout_draft *d, struct str name)
{
	for (size_t i = 0; i < d->count; i++) {
		if (same_name(d->field[i].name, name))
			return (int)i;
	}
	return -1;
}

/* The field that gives each raw: what the policy names, else the one of the lowest rank. */
static void
choose_raw(struct job *j)
{
	const struct layout_draft *d = j->d;
	int best[RAW_COUNT + 1];

	for (int raw = 0; raw <= RAW_COUNT; raw++) {
		struct str own = raw < RAW_COUNT ? j->spec->field[raw] : (struct str){ 0 };

		best[raw] = own.n ? named(d, own) : -1;
		if (own.n && best[raw] < 0)
			j->wrong |=
				error_at(j->err, j->spec->at, "'" STR_FMT "' stands nowhere in %s",
					 STR_ARG(own), j->l->how.what) != 0;
		for (size_t i = 0; i < d->count && !own.n; i++) {
			const struct layout_known *k = &d->field[i].known;

			if (k->raw == raw &&
			    (best[raw] < 0 || k->rank < d->field[best[raw]].known.rank))
				best[raw] = (int)i;
		}
	}
	/* $uri is decoded and rewritten; $request has it as it was asked for. */
	if (best[LAYOUT_REQUEST] >= 0 && best[RAW_TARGET] >= 0 && !j->spec->field[RAW_TARGET].n &&
	    d->field[best[RAW_TARGET]].known.rank > d->field[best[LAYOUT_REQUEST]].known.rank)
		best[RAW_TARGET] = -1;
	for (int raw = 0; raw <= RAW_COUNT; raw++) {
		if (best[raw] >= 0)
			j->l->step[best[raw]].raw = (int8_t)raw;
	}
	if (best[RAW_TIME] < 0)
		j->wrong |= error_at(j->err, j->spec->at,
				     "%s without a time cannot be judged; it has none of those "
				     "that say when",
				     j->l->how.what) != 0;
}

static void
choose_extra(struct job *j)
{
	j->l->extra_count = j->spec->extra_count;
	for (size_t x = 0; x < j->spec->extra_count; x++) {
		int i = named(j->d, j->spec->extra[x]);

		if (i < 0)
			j->wrong |= error_at(j->err, j->spec->at,
					     "'field:" STR_FMT "' stands nowhere in %s",
					     STR_ARG(j->spec->extra[x]), j->l->how.what) != 0;
		else
			j->l->step[i].extra = (int8_t)x;
	}
}

static void
compile_time(struct job *j, struct layout_step *s, const char *how)
{
	struct str text = j->spec->time.n ? j->spec->time : str_of(how ? how : "");

	if (str_is(text, "clf"))
		return;
	s->when =
		when_compile(j->d->arena, text, j->spec->zone, j->spec->year, j->err, j->spec->at);
	j->wrong |= !s->when;
}

static void
compile_step(struct job *j, size_t i)
{
	const struct layout_known *k = &j->d->field[i].known;
	struct layout_step *s = &j->l->step[i];
	bool policy_time = s->raw == RAW_TIME && (k->class != CLASS_TIME || j->spec->time.n);

	s->class = policy_time ? CLASS_FREE : k->class;
	s->may = s->class == CLASS_TIME ? may_of_time(j, k->how) : may_of_class(j, s->class);
	if (s->raw == RAW_TIME)
		compile_time(j, s, k->class == CLASS_TIME ? k->how : "");
	s->drops_dash = k->class == CLASS_FREE && k->how && strcmp(k->how, LAYOUT_ARGS) == 0 &&
			j->l->how.escape == LAYOUT_BACKSLASH;
	/* Who writes "-" for what is absent writes nothing as nothing. */
	s->never_empty = s->raw == RAW_ADDRESS || s->raw == RAW_TIME || s->raw == RAW_STATUS ||
			 ((s->raw == RAW_ACCOUNT || s->raw == RAW_BYTES) &&
			  j->l->how.escape == LAYOUT_BACKSLASH);
	s->expected = arena_printf(j->d->arena, STR_FMT " and what follows it in the layout",
				   STR_ARG(j->d->field[i].name))
			      .p;
}

static void
check_touching(struct job *j)
{
	for (size_t i = 1; i < j->d->count; i++) {
		if (j->d->field[i].literal.n == 0)
			j->wrong |=
				error_at(
					j->err, j->spec->at,
					"character %zu of %s: '" STR_FMT "' follows '" STR_FMT
					"' with nothing between them; no reader can tell where one "
					"ends and the other begins",
					j->d->field[i].at, j->l->how.what,
					STR_ARG(j->d->field[i].name),
					STR_ARG(j->d->field[i - 1].name)) != 0;
	}
}

/* How many fields from the left, then from the right, have one end only. */
static void
find_exact(struct layout *l, struct layout_stretch *s)
{
	struct layout_step *f = &l->step[s->first];
	size_t n = s->count;

	for (size_t i = 0; i + 1 < n; i++) {
		struct str after = f[i].after;
		unsigned char first = (unsigned char)after.p[0],
			      last = (unsigned char)after.p[after.n - 1];

		f[i].exact = !f[i].may[first] || (f[i].class == CLASS_LIST && first == ' ') ||
			     (f[i].class == CLASS_NAME && first == ':');
		f[i + 1].exact_left = !f[i + 1].may[last];
	}
	while (s->left + 1U < n && f[s->left].exact)
		s->left++;
	while ((size_t)s->left + s->right + 1 < n && f[n - 1 - s->right].exact_left)
		s->right++;
}

/* The literal after field i is cut at its first quote: what is before belongs to this stretch. */
static void
cut_stretches(struct job *j)
{
	struct layout *l = j->l;
	struct layout_stretch *s = l->stretch;

	*s = (struct layout_stretch){ .user = -1 };
	l->head = literal_of(j, 0);
	for (size_t i = 0; i < j->d->count; i++) {
		struct str after = literal_of(j, i + 1);
		size_t quote = l->how.escape == LAYOUT_NONE ? after.n : str_find(after, '"');

		l->step[i].after = str_head(after, quote);
		if (l->how.empty_user && l->step[i].raw == RAW_ACCOUNT && quote > 0)
			s->user = (int8_t)s->count;
		s->count++;
		if (quote == after.n && i + 1 < j->d->count)
			continue;
		s->close = str_skip(after, quote);
		s->alone = s->count == 1 && quote == 0 && l->step[i].class == CLASS_FREE;
		find_exact(l, s);
		s++;
		*s = (struct layout_stretch){ .first = (uint8_t)(i + 1), .user = -1 };
	}
	l->stretch_count = (size_t)(s - l->stretch);
}

/* From the one to the other, if all between is the client's identity and the bytes say where each ends. */
static void
find_who(struct layout *l)
{
	int address = -1, account = -1, from, to;

	for (size_t i = 0; i < l->step_count; i++) {
		address = l->step[i].raw == RAW_ADDRESS ? (int)i : address;
		account = l->step[i].raw == RAW_ACCOUNT ? (int)i : account;
	}
	l->who_from = -1;
	if (address < 0 || account < 0 || l->how.percent_user)
		return;
	from = address < account ? address : account;
	to = address < account ? account : address;
	for (int i = from; i < to; i++) {
		if (!l->step[i].exact || (i > from && l->step[i].raw != RAW_IDENT))
			return;
	}
	l->who_from = address < account ? RAW_ADDRESS : RAW_ACCOUNT;
	l->who_to = address < account ? RAW_ACCOUNT : RAW_ADDRESS;
}

int
layout_compile(const struct layout_draft *d, const struct layout_how *how,
	       const struct format_spec *spec, const void **plan, struct errors *err)
{
	struct layout *l = arena_alloc(d->arena, sizeof(*l));
	struct job j = { .d = d, .spec = spec, .l = l, .err = err };

	l->how = *how;
	l->step_count = d->count;
	l->step = arena_alloc(d->arena, (d->count + 1) * sizeof(*l->step));
	l->stretch = arena_alloc(d->arena, (d->count + 1) * sizeof(*l->stretch));
	for (size_t i = 0; i < d->count; i++)
		l->step[i].raw = l->step[i].extra = LAYOUT_NOTHING;
	check_touching(&j);
	choose_raw(&j);
	choose_extra(&j);
	if (j.wrong)
		return -1;
	for (size_t i = 0; i < d->count; i++)
		compile_step(&j, i);
	cut_stretches(&j);
	find_who(l);
	*plan = l;
	return j.wrong ? -1 : 0;
}
