/*
 * policy_type.c - the types of values a policy has: a reader each, strict, so that no text means
 * two things.
 *
 * A number is decimal digits and nothing else: 010 is eight and 1e3 a thousand to some readers.  A
 * duration, a size and a share carry their unit.  yes and no are the only words for yes and no.
 */
#include "base/civil.h"
#include "policy/policy_reader.h"

enum { MINUTE_MS = 60000, HOUR_MS = 3600000, DURATION_MOST_DAYS = 36500 };

static bool
is_number(struct str s, uint64_t *out)
{
	return str_to_u64(s, out) && (s.n == 1 || s.p[0] != '0');
}

static bool
refuse(struct policy_reader *r, const struct yaml *node, const char *why)
{
	error_at(r->err, node->at, "'" STR_FMT "' %s", STR_ARG(node->text), why);
	return false;
}

static bool
same_letters(struct str s, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i < s.n && i < n; i++)
		if ((s.p[i] | 0x20) != word[i])
			return false;
	return s.n == n;
}

/* What others take for yes or no is told apart from what nobody does. */
bool
policy_read_yes_no(struct policy_reader *r, const struct yaml *node, bool *out)
{
	static const char *const meant[][5] = { { "no", "n", "false", "off", "0" },
						{ "yes", "y", "true", "on", "1" } };

	if (!policy_is_text(r, node))
		return false;
	if (str_is(node->text, "yes") || str_is(node->text, "no")) {
		*out = node->text.n == 3;
		return true;
	}
	for (size_t i = 0; i < COUNT(meant); i++)
		for (size_t k = 0; k < COUNT(meant[i]); k++)
			if (same_letters(node->text, meant[i][k]) ||
			    str_is(node->text, meant[i][k]))
				return refuse(r, node,
					      i ? "is no answer here; write yes"
						: "is no answer here; write no");
	return refuse(r, node, "is no answer here; write yes or no");
}

bool
policy_read_count(struct policy_reader *r, const struct yaml *node, uint64_t least, uint64_t most,
		  uint64_t *out)
{
	uint64_t v;

	if (!policy_is_text(r, node))
		return false;
	if (is_number(node->text, &v) && v >= least && v <= most) {
		*out = v;
		return true;
	}
	error_at(r->err, node->at,
		 "'" STR_FMT "' is no whole number from %llu to %llu, in digits alone",
		 STR_ARG(node->text), (unsigned long long)least, (unsigned long long)most);
	return false;
}

/* "0.1%" in parts per million. */
static bool
read_percent(struct str s, uint64_t *ppm)
{
	struct str rest = s, whole;
	uint64_t percent, fraction = 0;

	if (!str_ends(rest, STR("%")))
		return false;
	rest.n--;
	whole = str_head(rest, str_find(rest, '.'));
	if (!is_number(whole, &percent) || percent > 100)
		return false;
	rest = str_skip(rest, whole.n);
	if (rest.n && (rest.n < 2 || rest.n > 5 || !str_to_u64(str_skip(rest, 1), &fraction)))
		return false;
	for (size_t i = rest.n ? rest.n : 1; i < 5; i++)
		fraction *= 10;
	*ppm = percent * 10000 + fraction;
	return *ppm <= 1000000;
}

bool
policy_read_percent(struct policy_reader *r, const struct yaml *node, uint64_t *ppm)
{
	uint64_t v;

	if (!policy_is_text(r, node))
		return false;
	if (!read_percent(node->text, &v))
		return refuse(r, node, "is no share; write 0% to 100%, such as 5% or 0.1%");
	*ppm = v;
	return true;
}

bool
policy_read_duration(struct policy_reader *r, const struct yaml *node, int64_t *ms)
{
	static const struct {
		const char *name;
		int64_t ms;
	} units[] = {
		{ "ms", 1 }, { "s", 1000 }, { "m", MINUTE_MS }, { "h", HOUR_MS }, { "d", DAY_MS }
	};
	const int64_t most = (int64_t)DURATION_MOST_DAYS * DAY_MS;
	struct str number, unit;
	uint64_t n;

	if (!policy_is_text(r, node))
		return false;
	number = str_head(node->text, str_digits(node->text));
	unit = str_skip(node->text, number.n);
	for (size_t i = 0; i < COUNT(units) && is_number(number, &n); i++) {
		if (!str_is(unit, units[i].name))
			continue;
		if (n > (uint64_t)(most / units[i].ms))
			return refuse(r, node, "is longer than 36500d; no policy needs that");
		*ms = (int64_t)n * units[i].ms;
		return true;
	}
	return refuse(r, node,
		      "is no duration; write a number with ms, s, m, h or d behind it, such as 90s "
		      "or 2h");
}

bool
policy_read_size(struct policy_reader *r, const struct yaml *node, uint64_t *bytes)
{
	static const char units[] = "KMG";
	struct str number, unit;
	const char *found;
	uint64_t n;
	unsigned shift;

	if (!policy_is_text(r, node))
		return false;
	number = str_head(node->text, str_digits(node->text));
	unit = str_skip(node->text, number.n);
	found = unit.n == 1 ? memchr(units, unit.p[0], sizeof(units) - 1) : NULL;
	if (!is_number(number, &n) || (unit.n && !found))
		return refuse(r, node, "is no size; write bytes, or K, M or G behind a number");
	shift = found ? 10 * (unsigned)(found - units + 1) : 0;
	if (n > (UINT64_MAX >> 1) >> shift)
		return refuse(r, node, "is larger than any memory");
	*bytes = n << shift;
	return true;
}

bool
policy_read_date(struct policy_reader *r, const struct yaml *node, int64_t *ts_ms)
{
	if (!policy_is_text(r, node))
		return false;
	if (!civil_parse_jst(node->text, ts_ms))
		return refuse(r, node, "is no time; write yyyy-mm-dd or 'yyyy-mm-dd hh:mm'");
	return true;
}

/* `8:05` or `29:00`, five o'clock of the day after. */
static bool
read_clock(struct str s, int64_t *ms)
{
	struct str minute = s, hour = str_split(&minute, ':');
	uint64_t h, m;

	if (hour.n < 1 || hour.n > 2 || minute.n != 2 || !str_to_u64(hour, &h) ||
	    !str_to_u64(minute, &m) || m > 59)
		return false;
	*ms = (int64_t)(h * HOUR_MS + m * MINUTE_MS);
	return *ms <= 2 * (int64_t)DAY_MS;
}

bool
policy_read_hours(struct policy_reader *r, const struct yaml *node, struct hours *out)
{
	struct hours h = { .said = true };
	struct str to, from;

	if (!policy_is_text(r, node))
		return false;
	to = node->text;
	from = str_split(&to, '-');
	if (!read_clock(from, &h.from) || !read_clock(to, &h.to) || h.from >= DAY_MS)
		return refuse(r, node, "are no hours of a day; write '08:00-20:00'");
	if (h.to <= h.from)
		return refuse(
			r, node,
			"end before they begin; write '22:00-29:00' for 22:00 to 5:00 of the day "
			"after");
	if (h.to - h.from > DAY_MS)
		return refuse(r, node, "are more than a day; write '00:00-24:00' for all of it");
	*out = h;
	return true;
}

bool
policy_read_path(struct policy_reader *r, const struct yaml *node, struct policy_file *out)
{
	if (!policy_is_text(r, node))
		return false;
	*out = (struct policy_file){ policy_resolve(r, node), node->at };
	return true;
}

int
policy_read_word(struct policy_reader *r, const struct yaml *node, const char *what,
		 struct policy_names names)
{
	return policy_is_text(r, node) ? policy_read_name(r, node->text, node->at, what, names)
				       : -1;
}
