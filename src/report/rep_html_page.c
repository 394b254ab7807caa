/*
 * rep_html_page.c - reads the record once: what the findings weigh, which of them are shown, and the days of the axis.
 */
#include "report/rep_html.h"

bool
html_fingerprint(struct str s)
{
	if (s.n != 37 || !(str_starts(s, STR("sk1c:")) || str_starts(s, STR("sk1i:"))))
		return false;
	for (size_t i = 5; i < s.n; i++) {
		if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
			return false;
	}
	return true;
}

/* Pictures multiply and add them up; a file that somebody has changed may say anything. */
int64_t
html_number(const struct json_value *v)
{
	return min_i64(max_i64(json_integer(v, 0), 0), NUMBER_MOST);
}

uint64_t
html_count_at(const struct json_value *map, const char *path)
{
	return (uint64_t)html_number(json_path(map, path));
}

bool
html_day(struct str iso, int32_t *day)
{
	int64_t ts;

	if (iso.n < 10 || !civil_parse_jst(iso, &ts))
		return false;
	*day = jst_day(ts);
	return true;
}

struct str
html_both(const struct html *h, const struct json_value *v)
{
	const struct json_value *mine = json_member(v, h->ja ? "ja" : "en");
	struct str s = json_text_of(mine ? mine : v);

	return s.n ? s : json_text_of(json_member(v, h->ja ? "en" : "ja"));
}

size_t
html_size(const struct json_value *list)
{
	return list && list->kind == JSON_LIST ? list->count : 0;
}

const struct json_value *
html_system(const struct html *h, struct str id)
{
	JSON_EACH(s, json_member(h->survey, "systems"))
	{
		if (str_eq(said_text(s, "system"), id))
			return s;
	}
	return NULL;
}

struct str
html_system_name(const struct html *h, struct str id)
{
	struct str name = html_both(h, json_member(html_system(h, id), "name"));

	return name.n ? name : id;
}

static enum html_mark
mark_of(const struct json_value *finding)
{
	static const char *const names[] = {
		[STANDS_NEW] = "new",
		[STANDS_UPDATED] = "updated",
		[STANDS_UNCHANGED] = "unchanged",
	};
	struct str said = said_text(finding, "baseline");

	for (size_t i = 1; i < COUNT(names); i++) {
		if (str_is(said, names[i]))
			return (enum html_mark)i;
	}
	return STANDS_NONE;
}

static void
finding_read(struct html *h, struct html_finding *f, const struct json_value *is)
{
	f->is = is;
	if (!severity_named(said_text(is, "severity"), &f->severity))
		f->severity = SEVERITY_INFO;
	f->violation = str_is(said_text(is, "kind"), "violation");
	f->mark = mark_of(is);
	f->suppressed = json_is_true(json_path(is, "disposition.suppressed"));
	if (!html_day(said_text(is, "first"), &f->first))
		f->first = h->from;
	if (!html_day(said_text(is, "last"), &f->last) || f->last < f->first)
		f->last = f->first;
	h->severe[f->severity]++;
	h->violations += f->violation;
	h->suppressed += f->suppressed;
}

/* The gravest get an article, the next a row; the rest is counted, and has no place to link to. */
static void
anchor(struct html *h)
{
	size_t articles = 0, rows = 0;

	for (size_t i = 0; i < h->findings; i++) {
		struct html_finding *f = &h->finding[i];
		bool grave = f->severity >= SEVERITY_HIGH && articles < ARTICLES_MOST;

		if (!html_fingerprint(said_text(f->is, "fp_case")))
			continue;
		f->anchored = grave || rows < FINDING_ROWS_MOST;
		if (grave)
			articles++;
		else
			rows++;
	}
}

/* The survey's span; without a survey, that of the findings. */
static void
axis(struct html *h)
{
	int32_t from = INT32_MAX, to = INT32_MIN;

	if (!html_day(said_text(h->survey, "from"), &from) ||
	    !html_day(said_text(h->survey, "to"), &to)) {
		from = INT32_MAX;
		to = INT32_MIN;
		for (size_t i = 0; i < h->findings; i++) {
			from = h->finding[i].first < from ? h->finding[i].first : from;
			to = h->finding[i].last > to ? h->finding[i].last : to;
		}
	}
	h->from = from <= to ? from : 0;
	h->days = from <= to ? (size_t)(to - from) + 1 : 0;
	h->step = h->days ? (h->days + 199) / 200 : 1;
	h->columns = (h->days + h->step - 1) / h->step;
}

void
html_prepare(struct html *h)
{
	h->run = h->record->run;
	h->survey = h->record->survey;
	h->baseline = json_member(h->run, "baseline");
	h->findings = h->record->finding.n;
	h->finding = arena_alloc(&h->arena, (h->findings + 1) * sizeof(*h->finding));
	for (size_t i = 0; i < h->findings; i++)
		finding_read(h, &h->finding[i], h->record->finding.at[i]);
	anchor(h);
	axis(h);
}
