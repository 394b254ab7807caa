/*
 * rule_params.c - the numbers of a rule: `params:` of its file, `defaults:` of the policy.
 */
#include "policy/rules_read.h"

enum { PARAM_TEXT = 32 };

static const struct {
	char name;
	int64_t ms;
} units[] = { { 'd', 86400000 }, { 'h', 3600000 }, { 'm', 60000 }, { 's', 1000 } };

size_t
detector_params(const struct detector *d)
{
	size_t n = 0;

	while (n < PARAMS_MOST && d->param[n].name)
		n++;
	return n;
}

void
rule_set_gap(struct rule *rule)
{
	for (size_t i = 0; i < detector_params(rule->detector); i++)
		if (strcmp(rule->detector->param[i].name, "gap") == 0)
			rule->gap_ms = rule->param[i];
}

/* As one would write it: 90s, 30m, 7d. */
static const char *
print_number(char buf[PARAM_TEXT], const struct param *p, int64_t v)
{
	size_t u = 0;

	if (p->unit == PARAM_NUMBER) {
		snprintf(buf, PARAM_TEXT, "%lld", (long long)v);
		return buf;
	}
	while (u + 1 < COUNT(units) && v % units[u].ms != 0)
		u++;
	snprintf(buf, PARAM_TEXT, "%lld%c", (long long)(v / units[u].ms), units[u].name);
	return buf;
}

static bool
to_time(struct str text, int64_t *out)
{
	uint64_t n;

	for (size_t u = 0; text.n && u < COUNT(units); u++) {
		if (text.p[text.n - 1] != units[u].name)
			continue;
		if (!str_to_u64(str_head(text, text.n - 1), &n) || n > 1000000000)
			return false;
		*out = (int64_t)n * units[u].ms;
		return true;
	}
	return false;
}

static bool
to_number(struct str text, int64_t *out)
{
	uint64_t n;

	if (!str_to_u64(text, &n) || n > INT64_MAX)
		return false;
	*out = (int64_t)n;
	return true;
}

int
rule_param_value(struct errors *err, struct place at, struct str text, const struct param *p,
		 int64_t *out)
{
	char least[PARAM_TEXT], most[PARAM_TEXT];
	int64_t v = 0;

	if (p->unit == PARAM_TIME && !to_time(text, &v))
		return error_at(err, at,
				"'%s' is a time: a number and s, m, h or d, such as 30m; here is "
				"'" STR_FMT "'",
				p->name, STR_ARG(text));
	if (p->unit == PARAM_NUMBER && !to_number(text, &v))
		return error_at(err, at, "'%s' is a number; here is '" STR_FMT "'", p->name,
				STR_ARG(text));
	if (v < p->least || v > p->most)
		return error_at(err, at, "'%s' must be from %s to %s; here is '" STR_FMT "'",
				p->name, print_number(least, p, p->least),
				print_number(most, p, p->most), STR_ARG(text));
	*out = v;
	return 0;
}

/* 'gap' (1s to 366d), 'hole_accounts' (1 to 1000000) */
static struct str
list_params(struct arena *a, const struct detector *d)
{
	struct str all = { 0 };
	char least[PARAM_TEXT], most[PARAM_TEXT];

	for (size_t i = 0; i < detector_params(d); i++)
		all = arena_printf(a, STR_FMT "%s'%s' (%s to %s)", STR_ARG(all), i ? ", " : "",
				   d->param[i].name,
				   print_number(least, &d->param[i], d->param[i].least),
				   print_number(most, &d->param[i], d->param[i].most));
	return all.n ? all : STR("none");
}

int
rule_params_read(struct rules_reader *x, const struct yaml *map, const struct detector *d,
		 int64_t *param)
{
	struct errors *err = x->r.err;
	size_t n = detector_params(d);
	int rc = 0;

	if (!policy_is_map(&x->r, map, "'params'"))
		return -1;
	for (const struct yaml *value = map->child; value; value = value->next) {
		size_t i = 0;

		if (value->again)
			continue;
		while (i < n && !str_is(value->key->text, d->param[i].name))
			i++;
		if (i == n)
			rc = error_at(err, value->key->at,
				      "'" STR_FMT "' is no parameter of '%s'; it has " STR_FMT,
				      STR_ARG(value->key->text), d->name,
				      STR_ARG(list_params(&err->arena, d)));
		else if (!policy_is_text(&x->r, value) ||
			 rule_param_value(err, value->at, value->text, &d->param[i], &param[i]) !=
				 0)
			rc = -1;
	}
	if (rc == 0 && d->wrong && d->wrong(param))
		rc = error_at(err, map->at, "%s", d->wrong(param));
	return rc;
}

/* In how many detectors this default is a number; the shipped rules of those get it. */
static size_t
apply(struct rules_reader *x, const struct policy_default *def, struct rule *shipped, size_t count)
{
	size_t found = 0;

	for (size_t r = 0; r < count; r++) {
		const struct detector *d = shipped[r].detector;

		for (size_t i = 0; i < detector_params(d); i++) {
			if (!str_is(def->family, d->param[i].family) ||
			    !str_is(def->key, d->param[i].key))
				continue;
			found++;
			if (rule_param_value(x->r.err, def->at, def->value, &d->param[i],
					     &shipped[r].param[i]) != 0)
				return found;
		}
	}
	return found;
}

/* The keys of a family, or, if there is none of that name, all families; each once. */
static struct str
list_defaults(const struct rules_reader *x, struct str family)
{
	struct str all = { 0 };
	struct arena *a = &x->r.err->arena;

	for (size_t k = 0; k < x->detector_count; k++) {
		const struct detector *d = x->detectors[k];

		for (size_t i = 0; i < detector_params(d); i++) {
			bool ours = str_is(family, d->param[i].family);
			const char *named = ours ? d->param[i].key : d->param[i].family;
			struct str word = named ? str_of(named) : (struct str){ .p = "" };
			struct str one = arena_printf(a, "'" STR_FMT "'", STR_ARG(word));

			if ((ours || family.n == 0) && !str_contains(all, one))
				all = arena_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(all),
						   all.n ? ", " : "", STR_ARG(one));
		}
	}
	return all;
}

static void
unknown_default(struct rules_reader *x, const struct policy_default *def)
{
	struct str keys = list_defaults(x, def->family);

	if (keys.n)
		error_at(x->r.err, def->at,
			 "no rule of this version asks '" STR_FMT ": {" STR_FMT "}'; '" STR_FMT
			 "' has " STR_FMT,
			 STR_ARG(def->family), STR_ARG(def->key), STR_ARG(def->family),
			 STR_ARG(keys));
	else
		error_at(x->r.err, def->at,
			 "no rule of this version asks '" STR_FMT ": {" STR_FMT
			 "}'; there are " STR_FMT,
			 STR_ARG(def->family), STR_ARG(def->key),
			 STR_ARG(list_defaults(x, (struct str){ 0 })));
}

void
rule_defaults_apply(struct rules_reader *x, struct rule *shipped, size_t count)
{
	const struct policy *p = x->policy;

	for (size_t i = 0; i < p->defaults_count; i++)
		if (apply(x, &p->defaults[i], shipped, count) == 0)
			unknown_default(x, &p->defaults[i]);
	for (size_t r = 0; p->defaults_count && r < count; r++) {
		const struct detector *d = shipped[r].detector;

		if (d->wrong && d->wrong(shipped[r].param))
			error_at(x->r.err, p->defaults[0].at, "of '%s': %s", d->name,
				 d->wrong(shipped[r].param));
	}
}
