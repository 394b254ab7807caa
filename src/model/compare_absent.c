/*
 * compare_absent.c - why a finding is not there any more, from what two runs say of themselves.
 *
 *     its systems and days were not heard, in whole     not_covered   (also: a ledger its rule needs is not there)
 *     another rule by that id, or none                  rule_changed
 *     other ledgers, databases, register                reference_changed
 *     its days were read again                          no_lines; a gap in a log that is filled is fixed
 *     later days were, and its own were not             fixed
 *
 * Where a digest is not known on both sides, it counts as another.
 */
#include "model/compare.h"

#include "base/civil.h"

static struct str
text_at(const struct json_value *map, const char *path)
{
	return json_text_of(json_path(map, path));
}

static bool
same_text(const struct json_value *a, const struct json_value *b, const char *name)
{
	struct str x = text_at(a, name), y = text_at(b, name);

	return x.n && str_eq(x, y);
}

static const struct json_value *
named(const struct json_value *list, const char *member, struct str name)
{
	JSON_EACH(v, list)
	{
		if (str_eq(text_at(v, member), name))
			return v;
	}
	return NULL;
}

/* --- the rule ---------------------------------------------------------------------------------------- */

static const struct json_value *
rule_in(const struct json_value *run, const struct json_value *finding)
{
	return named(json_member(run, "rules"), "rule", text_at(finding, "rule"));
}

/* It judged, and not only lines that it could not decide. */
static bool
rule_judged(const struct json_value *rule)
{
	if (json_member(rule, "lacks"))
		return false;
	if (json_integer(json_member(rule, "evaluated"), 0) > 0)
		return true;
	JSON_EACH(v, json_member(rule, "undetermined"))
	{
		if (json_integer(v, 0) > 0)
			return false;
	}
	return true;
}

static bool
rule_off(const struct json_value *rule)
{
	const struct json_value *enabled = json_member(rule, "enabled");

	return !rule || (enabled && !json_is_true(enabled));
}

static bool
rule_same(const struct json_value *before_run, const struct json_value *now_run,
	  const struct json_value *before, const struct json_value *now)
{
	return same_text(before_run, now_run, "rules_digest") || same_text(before, now, "digest");
}

/* --- what it was judged by --------------------------------------------------------------------------- */

static bool
same_digests(const struct json_value *a, const struct json_value *b, const char *member)
{
	if (!a && !b)
		return true;
	if (!a || !b || a->count != b->count)
		return false;
	JSON_EACH(v, a)
	{
		if (!same_text(v, named(b, member, text_at(v, member)), "sha256"))
			return false;
	}
	return true;
}

static bool
reference_same(const struct json_value *before, const struct json_value *now)
{
	return same_text(before, now, "policy_digest") &&
	       same_digests(json_member(before, "ledgers"), json_member(now, "ledgers"),
			    "ledger") &&
	       same_digests(json_member(before, "geoip"), json_member(now, "geoip"), "database");
}

/* --- days -------------------------------------------------------------------------------------------- */

/* Of the days and systems of a finding. */
struct cover {
	size_t days, heard;
	size_t systems, heard_later; /* systems in all, and those heard on a day behind its last */
};

static bool
day_of(const struct json_value *time, int32_t *day)
{
	int64_t ts;

	if (!civil_parse_jst(json_text_of(time), &ts))
		return false;
	*day = jst_day(ts);
	return true;
}

/* [first, last] of a pair in `days`. */
static bool
span_of(const struct json_value *pair, int32_t *first, int32_t *last)
{
	const struct json_value *a = pair ? pair->first : NULL;

	return a && a->next && day_of(a, first) && day_of(a->next, last);
}

struct span {
	int32_t first, last;
};

/* The days of a span that a system was heard on; NULL `system`: never. */
static size_t
heard_in_span(const struct json_value *system, struct span s)
{
	int32_t first, last;
	size_t n = 0;

	JSON_EACH(pair, json_member(system, "days"))
	{
		if (!span_of(pair, &first, &last))
			continue;
		first = first > s.first ? first : s.first;
		last = last < s.last ? last : s.last;
		n += last >= first ? (size_t)(last - first + 1) : 0;
	}
	return n;
}

static bool
heard_behind(const struct json_value *system, int32_t day)
{
	int32_t first, last;

	JSON_EACH(pair, json_member(system, "days"))
	{
		if (span_of(pair, &first, &last) && last > day)
			return true;
	}
	return false;
}

/* Days on which the system was not heard then either are nothing to look for. */
static void
cover_span(struct cover *c, const struct json_value *then, const struct json_value *now,
	   struct span s)
{
	struct span part;

	if (!then) {
		c->days += (size_t)(s.last - s.first + 1);
		c->heard += heard_in_span(now, s);
		return;
	}
	JSON_EACH(pair, json_member(then, "days"))
	{
		if (!span_of(pair, &part.first, &part.last))
			continue;
		part.first = part.first > s.first ? part.first : s.first;
		part.last = part.last < s.last ? part.last : s.last;
		if (part.last < part.first)
			continue;
		c->days += (size_t)(part.last - part.first + 1);
		c->heard += heard_in_span(now, part);
	}
}

static void
cover_system(struct cover *c, const struct json_value *finding, const struct json_value *then,
	     const struct json_value *now)
{
	int32_t end = INT32_MIN;
	struct span s;

	JSON_EACH(one, json_member(finding, "cases"))
	{
		JSON_EACH(e, json_member(one, "episodes"))
		{
			if (!day_of(json_member(e, "first"), &s.first) ||
			    !day_of(json_member(e, "last"), &s.last) || s.last < s.first)
				continue;
			cover_span(c, then, now, s);
			end = s.last > end ? s.last : end;
		}
	}
	c->systems++;
	c->heard_later += heard_behind(now, end);
}

/* A gap in a log is about days that were not heard: all of them are looked for. */
static const struct json_value *
heard_then(const struct json_value *finding, const struct json_value *run, struct str system)
{
	return str_is(text_at(finding, "kind"), "coverage")
		       ? NULL
		       : named(json_member(run, "coverage"), "system", system);
}

static void
cover_named(struct cover *c, const struct json_value *finding, const struct json_value *before,
	    const struct json_value *now, struct str system)
{
	cover_system(c, finding, heard_then(finding, before, system),
		     named(json_member(now, "coverage"), "system", system));
}

/* A finding that has no line has no system but that of its subject, and may have none: then all count. */
static struct cover
cover_of(const struct json_value *finding, const struct json_value *before,
	 const struct json_value *now)
{
	struct str realm = text_at(finding, "subject.realm");
	struct cover c = { 0 };

	JSON_EACH(s, json_member(finding, "system"))
	{
		cover_named(&c, finding, before, now, json_text_of(s));
	}
	if (c.systems == 0 && realm.n)
		cover_named(&c, finding, before, now, realm);
	if (c.systems)
		return c;
	JSON_EACH(s, json_member(before, "coverage"))
	{
		cover_named(&c, finding, before, now, text_at(s, "system"));
	}
	return c;
}

/* A file that was cut or damaged may have held the lines. */
static bool
file_is_whole(const struct json_value *run)
{
	JSON_EACH(f, json_member(run, "files"))
	{
		if (!str_is(text_at(f, "end"), "whole"))
			return false;
	}
	return true;
}

enum absence
compare_absence(const struct json_value *finding, const struct json_value *before_run,
		const struct json_value *now_run)
{
	const struct json_value *before = rule_in(before_run, finding);
	const struct json_value *now = rule_in(now_run, finding);
	struct cover c = cover_of(finding, before_run, now_run);
	bool again = c.days && c.heard == c.days;
	bool later = c.days && c.heard == 0 && c.heard_later == c.systems;

	if ((!again && !later) || !file_is_whole(now_run))
		return ABSENT_NOT_COVERED;
	if (rule_off(now))
		return ABSENT_RULE_CHANGED;
	if (!rule_judged(now))
		return ABSENT_NOT_COVERED;
	if (!rule_same(before_run, now_run, before, now))
		return ABSENT_RULE_CHANGED;
	if (!reference_same(before_run, now_run))
		return ABSENT_REFERENCE_CHANGED;
	return again && !str_is(text_at(finding, "kind"), "coverage") ? ABSENT_NO_LINES
								      : ABSENT_FIXED;
}
