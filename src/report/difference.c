/*
 * difference.c - see difference.h.  What is unchanged is counted and not listed.
 */
#include "report/difference.h"

#include "report/json.h"
#include "report/json_again.h"

static struct str
text_at(const struct json_value *map, const char *path)
{
	return json_text_of(json_path(map, path));
}

static const struct json_value *
finding_of(const struct difference *d)
{
	return d->now ? d->now : d->before;
}

/* --- what the two runs were judged by ---------------------------------------------------------------- */

/* `told` is called with each thing that is another: "policy", "rules", "ledger accounts". */
struct changes {
	struct out *o;
	bool json, any;
};

static void
changed(struct changes *c, const char *what, struct str name)
{
	if (c->json) {
		struct arena a = { 0 };

		out_text(c->o, c->any ? "," : "");
		out_json(c->o,
			 arena_printf(&a, "%s%s" STR_FMT, what, name.n ? " " : "", STR_ARG(name)));
		arena_free(&a);
	} else {
		out_printf(c->o, "%s%s%s", c->any ? ", " : "", what, name.n ? " " : "");
		out_tty(c->o, name);
	}
	c->any = true;
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

static void
digests(struct changes *c, const struct json_value *before, const struct json_value *now,
	const char *list, const char *member)
{
	const struct json_value *a = json_member(before, list), *b = json_member(now, list);

	JSON_EACH(v, b)
	{
		const struct json_value *old = named(a, member, text_at(v, member));

		if (!old || !str_eq(text_at(old, "sha256"), text_at(v, "sha256")))
			changed(c, member, text_at(v, member));
	}
	JSON_EACH(v, a)
	{
		if (!named(b, member, text_at(v, member)))
			changed(c, member, text_at(v, member));
	}
}

static void
all_changes(struct changes *c, const struct json_value *before, const struct json_value *now)
{
	static const char *const single[][2] = { { "version", "version" },
						 { "policy_digest", "policy" },
						 { "parse_digest", "parsing" },
						 { "rules_digest", "rules" } };

	for (size_t i = 0; i < COUNT(single); i++) {
		if (!str_eq(text_at(before, single[i][0]), text_at(now, single[i][0])))
			changed(c, single[i][1], (struct str){ 0 });
	}
	digests(c, before, now, "ledgers", "ledger");
	digests(c, before, now, "geoip", "database");
}

/* --- text -------------------------------------------------------------------------------------------- */

static void
figure(struct out *o, const struct difference *d, const char *path, const char *name)
{
	int64_t before = json_integer(json_path(d->before, path), 0);
	int64_t now = json_integer(json_path(d->now, path), 0);

	out_printf(o, ", %s ", name);
	if (d->before && d->now && before != now)
		out_printf(o, "%lld -> ", (long long)before);
	out_i64(o, d->now ? now : before);
}

static void
words(struct out *o, unsigned growth, bool json)
{
	const char *comma = "";

	for (int i = 0; i < GROWTHS; i++) {
		if (!(growth >> i & 1))
			continue;
		out_printf(o, json ? "%s\"%s\"" : "%s%s", comma, growth_names[i]);
		comma = json ? "," : ", ";
	}
}

static void
text_line(struct out *o, const struct difference *d)
{
	const struct json_value *f = finding_of(d);
	struct str before = text_at(d->before, "severity");

	out_printf(o, "%-8s ", mark_names[d->mark]);
	if (d->before && d->now && !str_eq(before, text_at(f, "severity"))) {
		out_tty(o, before);
		out_text(o, " -> ");
	}
	out_tty(o, text_at(f, "severity"));
	out_char(o, ' ');
	out_tty(o, text_at(f, "rule"));
	JSON_EACH(part, json_member(f, "key"))
	{
		out_char(o, ' ');
		out_tty(o, part->name);
		out_char(o, '=');
		out_tty(o, json_text_of(part));
	}
	out_text(o, " from ");
	out_tty(o, str_head(text_at(f, "first"), 10));
	out_text(o, " to ");
	out_tty(o, str_head(text_at(f, "last"), 10));
	figure(o, d, "counts.lines", "lines");
	figure(o, d, "counts.views", "views");
	figure(o, d, "counts.consumers_opened", "consumers");
	out_text(o, ": ");
	out_tty(o, text_at(f, "fp_case"));
	if (d->mark == MARK_ABSENT)
		out_printf(o, " (%s)", absence_names[d->absence]);
	if (d->growth) {
		out_text(o, " (");
		words(o, d->growth, false);
		out_char(o, ')');
	}
	out_char(o, '\n');
}

static void
text_denied(struct out *o, const struct comparison *c)
{
	if (c->before.views == 0 && c->now.views == 0)
		return;
	out_printf(o,
		   "denied by the matrix (XTN-01): %llu views by %llu accounts then, %llu by %llu "
		   "now\n",
		   (unsigned long long)c->before.views, (unsigned long long)c->before.accounts,
		   (unsigned long long)c->now.views, (unsigned long long)c->now.accounts);
	if (c->gained.views)
		out_printf(o,
			   "would have denied %llu views by %llu accounts that were not denied\n",
			   (unsigned long long)c->gained.views,
			   (unsigned long long)c->gained.accounts);
	if (c->lost.views)
		out_printf(o, "would have let %llu views by %llu accounts that were denied\n",
			   (unsigned long long)c->lost.views, (unsigned long long)c->lost.accounts);
}

void
difference_text(const struct difference_input *in, struct out *o)
{
	const struct comparison *c = in->comparison;
	struct changes others = { .o = o };

	for (size_t i = 0; i < c->at.n; i++) {
		if (c->at.at[i].mark != MARK_UNCHANGED)
			text_line(o, &c->at.at[i]);
	}
	for (int m = MARK_NEW; m < MARK_COUNT; m++)
		out_printf(o, "%s%s %zu", m > MARK_NEW ? ", " : "", mark_names[m], c->count[m]);
	out_text(o, " since ");
	out_tty(o, in->path);
	out_text(o, " (");
	out_tty(o, text_at(in->before->run, "now"));
	out_text(o, ")\nchanged since: ");
	all_changes(&others, in->before->run, in->now->run);
	out_text(o, others.any ? "\n" : "nothing but lines\n");
	text_denied(o, c);
}

/* --- NDJSON ------------------------------------------------------------------------------------------ */

static void
pair(struct out *o, const struct difference *d, const char *name, const char *path)
{
	json_name(o, name);
	out_text(o, "{\"before\":");
	json_again(o, json_path(d->before, path));
	out_text(o, ",\"now\":");
	json_again(o, json_path(d->now, path));
	out_char(o, '}');
}

static void
ndjson_line(struct out *o, const struct difference *d)
{
	static const char *const same[] = { "fp_case", "rule", "kind", "key", "system" };
	static const char *const figures[][2] = {
		{ "severity", "severity" },
		{ "points", "points" },
		{ "first", "first" },
		{ "last", "last" },
		{ "lines", "counts.lines" },
		{ "views", "counts.views" },
		{ "consumers_opened", "counts.consumers_opened" },
	};

	out_char(o, '{');
	json_text(o, "schema", "sekisho/difference/1");
	json_text(o, "mark", mark_names[d->mark]);
	json_text(o, "reason", d->mark == MARK_ABSENT ? absence_names[d->absence] : NULL);
	json_name(o, "growth");
	out_char(o, '[');
	words(o, d->growth, true);
	out_char(o, ']');
	for (size_t i = 0; i < COUNT(same); i++) {
		json_name(o, same[i]);
		json_again(o, json_member(finding_of(d), same[i]));
	}
	for (size_t i = 0; i < COUNT(figures); i++)
		pair(o, d, figures[i][0], figures[i][1]);
	out_text(o, "}\n");
}

static void
denied(struct out *o, const char *name, const struct denied *d)
{
	json_name(o, name);
	out_char(o, '{');
	json_u64(o, "views", d->views);
	json_u64(o, "accounts", d->accounts);
	out_char(o, '}');
}

void
difference_ndjson(const struct difference_input *in, struct out *o)
{
	const struct comparison *c = in->comparison;
	struct changes others = { .o = o, .json = true };

	for (size_t i = 0; i < c->at.n; i++) {
		if (c->at.at[i].mark != MARK_UNCHANGED)
			ndjson_line(o, &c->at.at[i]);
	}
	out_char(o, '{');
	json_text(o, "schema", "sekisho/comparison/1");
	json_str(o, "path", in->path);
	json_text(o, "sha256", in->sha256);
	json_str(o, "before", text_at(in->before->run, "now"));
	json_str(o, "now", text_at(in->now->run, "now"));
	for (int m = MARK_NEW; m < MARK_COUNT; m++)
		json_u64(o, mark_names[m], c->count[m]);
	json_name(o, "changed");
	out_char(o, '[');
	all_changes(&others, in->before->run, in->now->run);
	out_char(o, ']');
	json_name(o, "denied");
	out_char(o, '{');
	denied(o, "before", &c->before);
	denied(o, "now", &c->now);
	denied(o, "gained", &c->gained);
	denied(o, "lost", &c->lost);
	out_text(o, "}}\n");
}
