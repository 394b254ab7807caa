/*
 * options.c - reads the command line by the table.  Setters say what would be right.
 */
#include "app/options_demo.h"
#include "app/options_period.h"

#include "base/civil.h"
#include "store/state.h"

#include <unistd.h>

enum { JOBS_MOST = 256, SHARDS_MOST = 10000, RATIO_MOST = 1000000000, BASELINES_MOST = 16 };

static int
set_policy(struct options *o, struct str v, struct errors *err)
{
	(void)err;
	o->policy = v;
	return 0;
}

static int
set_files_from(struct options *o, struct str v, struct errors *err)
{
	(void)err;
	o->files_from = v;
	return 0;
}

static int
set_format(struct options *o, struct str v, struct errors *err)
{
	(void)err;
	o->format = v;
	return 0;
}

static int
set_system(struct options *o, struct str v, struct errors *err)
{
	(void)err;
	o->system = v;
	return 0;
}

static int
set_partial(struct options *o, struct str v, struct errors *err)
{
	(void)err;
	o->partial = v;
	return 0;
}

static int
set_keep(struct options *o, struct str v, struct errors *err)
{
	if (v.n == 0)
		return error_add(err, "--keep ''; a folder");
	o->keep = v;
	return 0;
}

static int
set_index(struct options *o, struct str v, struct errors *err)
{
	(void)err;
	o->index = v;
	return 0;
}

static int
set_help(struct options *o, struct str v, struct errors *err)
{
	(void)v;
	(void)err;
	o->help = true;
	return 0;
}

static int
set_quiet(struct options *o, struct str v, struct errors *err)
{
	(void)v;
	(void)err;
	o->quiet = true;
	return 0;
}

static int
set_progress(struct options *o, struct str v, struct errors *err)
{
	(void)v;
	(void)err;
	o->progress = true;
	return 0;
}

static int
set_stats(struct options *o, struct str v, struct errors *err)
{
	(void)v;
	(void)err;
	o->stats = true;
	return 0;
}

static int
set_null(struct options *o, struct str v, struct errors *err)
{
	(void)v;
	(void)err;
	o->null_separated = true;
	return 0;
}

static int
set_rejects(struct options *o, struct str v, struct errors *err)
{
	(void)v;
	(void)err;
	o->rejects = true;
	return 0;
}

static int
set_enriched(struct options *o, struct str v, struct errors *err)
{
	(void)v;
	(void)err;
	o->enriched = true;
	return 0;
}

static int
set_survey(struct options *o, struct str v, struct errors *err)
{
	(void)v;
	(void)err;
	o->survey = true;
	return 0;
}

static int
set_detect(struct options *o, struct str v, struct errors *err)
{
	(void)v;
	(void)err;
	o->detect = true;
	return 0;
}

static int
set_follow_symlinks(struct options *o, struct str v, struct errors *err)
{
	(void)v;
	(void)err;
	o->reader.links = LINKS_FOLLOWED;
	return 0;
}

static int
set_no_symlinks(struct options *o, struct str v, struct errors *err)
{
	(void)v;
	(void)err;
	o->reader.links = LINKS_REFUSED;
	return 0;
}

static int
set_digest(struct options *o, struct str v, struct errors *err)
{
	if (!str_is(v, "sha256") && !str_is(v, "none"))
		return error_add(err, "--digest '" STR_FMT "'; sha256 or none", STR_ARG(v));
	o->digest_none = str_is(v, "none");
	return 0;
}

static int
set_baseline(struct options *o, struct str v, struct errors *err)
{
	if (v.n == 0)
		return error_add(err, "--baseline ''; a findings file, as -o ndjson writes it");
	if (o->baseline.n == BASELINES_MOST)
		return error_add(err, "more than %d --baseline", BASELINES_MOST);
	*VEC_PUSH(&o->baseline) = v;
	return 0;
}

static int
set_against(struct options *o, struct str v, struct errors *err)
{
	if (v.n == 0)
		return error_add(err, "--against ''; a findings file, as -o ndjson writes it");
	o->against = v;
	return 0;
}

static int
set_fail_on(struct options *o, struct str v, struct errors *err)
{
	o->gate = !str_is(v, "none");
	o->gate_given = true;
	if (o->gate && !severity_named(v, &o->fail_on))
		return error_add(
			err, "--fail-on '" STR_FMT "'; critical, high, medium, low, info or none",
			STR_ARG(v));
	return 0;
}

static int
set_fail_on_new(struct options *o, struct str v, struct errors *err)
{
	o->gate_new = true;
	if (!severity_named(v, &o->fail_on_new))
		return error_add(err,
				 "--fail-on-new '" STR_FMT "'; critical, high, medium, low or info",
				 STR_ARG(v));
	return 0;
}

static int
set_jobs(struct options *o, struct str v, struct errors *err)
{
	uint64_t n;

	if (!str_to_u64(v, &n) || n < 1 || n > JOBS_MOST)
		return error_add(err, "--jobs '" STR_FMT "'; a number from 1 to %d", STR_ARG(v),
				 JOBS_MOST);
	o->jobs = (unsigned)n;
	return 0;
}

static int
set_shards(struct options *o, struct str v, struct errors *err)
{
	uint64_t n;

	if (!str_to_u64(v, &n) || n < 1 || n > SHARDS_MOST)
		return error_add(err, "--shards '" STR_FMT "'; a number from 1 to %d", STR_ARG(v),
				 SHARDS_MOST);
	o->shards = (unsigned)n;
	return 0;
}

/* Bytes, with K, M or G. */
static bool
size_of(struct str v, uint64_t *out)
{
	static const char units[] = "KMG";
	const char *unit = v.n ? memchr(units, v.p[v.n - 1], sizeof(units) - 1) : NULL;
	unsigned shift = unit ? 10 * (unsigned)(unit - units + 1) : 0;

	if (!str_to_u64(str_head(v, unit ? v.n - 1 : v.n), out) || *out > UINT64_MAX >> shift >> 16)
		return false;
	*out <<= shift;
	return true;
}

static int
set_memory(struct options *o, struct str v, struct errors *err)
{
	uint64_t n;

	if (!size_of(v, &n) || n < 1 << 16)
		return error_add(err, "--memory '" STR_FMT "'; bytes from 64K on, like 512M or 2G",
				 STR_ARG(v));
	o->memory = n;
	return 0;
}

static int
set_max_ratio(struct options *o, struct str v, struct errors *err)
{
	uint64_t n;

	if (!str_to_u64(v, &n) || n < 1 || n > RATIO_MOST)
		return error_add(err, "--max-ratio '" STR_FMT "'; a number from 1 to %d",
				 STR_ARG(v), RATIO_MOST);
	o->reader.max_ratio = n;
	return 0;
}

/* "0.1%" in parts per million. */
static int
set_share(const char *name, struct str v, uint64_t *ppm, struct errors *err)
{
	struct str rest = v, whole;
	uint64_t percent = 0, fraction = 0;
	bool good = rest.n > 1 && rest.p[rest.n - 1] == '%';

	rest.n -= good;
	whole = str_split(&rest, '.');
	good = good && str_to_u64(whole, &percent) && percent <= 100 &&
	       (rest.n == 0 || (rest.n <= 4 && str_to_u64(rest, &fraction)));
	for (size_t i = rest.n; i < 4; i++)
		fraction *= 10;
	if (!good)
		return error_add(err, "%s '" STR_FMT "'; a share like 0.1%%", name, STR_ARG(v));
	*ppm = percent * 10000 + fraction;
	return 0;
}

/* 30s, 10m, 2h, 200d */
static int
set_duration(const char *name, struct str v, uint64_t unit, unsigned *out, struct errors *err)
{
	static const struct {
		char letter;
		uint64_t seconds;
	} units[] = { { 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 } };
	uint64_t n = 0, seconds = 0;

	for (size_t i = 0; i < COUNT(units) && v.n > 1; i++) {
		if (v.p[v.n - 1] == units[i].letter && str_to_u64(str_head(v, v.n - 1), &n) &&
		    n < 1000000)
			seconds = n * units[i].seconds;
	}
	if (seconds == 0 || seconds % unit)
		return error_add(err, "--%s '" STR_FMT "'; %s", name, STR_ARG(v),
				 unit == 1 ? "a time like 30s or 10m" : "days, like 200d");
	*out = (unsigned)(seconds / unit);
	return 0;
}

static int
set_wait(struct options *o, struct str v, struct errors *err)
{
	return set_duration("wait", v, 1, &o->wait_seconds, err);
}

static int
set_keep_days(struct options *o, struct str v, struct errors *err)
{
	return set_duration("keep", v, 86400, &o->keep_days, err);
}

static int
set_state(struct options *o, struct str v, struct errors *err)
{
	if (v.n == 0)
		return error_add(err, "--state ''; the folder that nights are carried in");
	o->state = v;
	return 0;
}

static int
set_lang(struct options *o, struct str v, struct errors *err)
{
	if (str_is(v, "ja"))
		o->language = LANGUAGE_JA;
	else if (str_is(v, "en"))
		o->language = LANGUAGE_EN;
	else
		return error_add(err, "--lang '" STR_FMT "'; ja or en", STR_ARG(v));
	return 0;
}

static int
set_edition(struct options *o, struct str v, struct errors *err)
{
	o->semiannual = str_is(v, "semiannual");
	if (!o->semiannual && !str_is(v, "continuous"))
		return error_add(err, "--edition '" STR_FMT "'; continuous or semiannual",
				 STR_ARG(v));
	return 0;
}

static int
set_pseudonymise(struct options *o, struct str v, struct errors *err)
{
	if (v.n == 0)
		return error_add(err, "--pseudonymise ''; a file with the key");
	o->pseudonymise = v;
	return 0;
}

static int
set_max_rejected(struct options *o, struct str v, struct errors *err)
{
	return set_share("--max-rejected", v, &o->rejected_ppm, err);
}

static int
set_max_undetermined(struct options *o, struct str v, struct errors *err)
{
	return set_share("--max-undetermined", v, &o->undetermined_ppm, err);
}

static int
set_time(const char *name, struct str v, int64_t *out, struct errors *err)
{
	if (!civil_parse_jst(v, out))
		return error_add(err,
				 "--%s '" STR_FMT
				 "'; a time like 2022-07-04 or 2022-07-04T09:12:31+09:00",
				 name, STR_ARG(v));
	return 0;
}

static int
set_now(struct options *o, struct str v, struct errors *err)
{
	o->now_given = true;
	return set_time("now", v, &o->now, err);
}

static int
set_at(struct options *o, struct str v, struct errors *err)
{
	o->at_given = true;
	return set_time("at", v, &o->at, err);
}

static int
set_on(struct options *o, struct str v, struct errors *err)
{
	o->on_given = true;
	return set_time("on", v, &o->on, err);
}

static int
set_account(struct options *o, struct str v, struct errors *err)
{
	if (v.n == 0)
		return error_add(err, "--account ''; the account as `sekisho parse` prints it");
	o->account = v;
	return 0;
}

static int
set_consumer(struct options *o, struct str v, struct errors *err)
{
	if (v.n == 0)
		return error_add(err, "--consumer ''; its id as the logs and ledgers have it");
	o->consumer = v;
	return 0;
}

static int
set_all(struct options *o, struct str v, struct errors *err)
{
	(void)v;
	(void)err;
	o->all = true;
	return 0;
}

static int
set_before(struct options *o, struct str v, struct errors *err)
{
	int64_t at = 0;

	if (set_time("before", v, &at, err) != 0)
		return -1;
	o->before = jst_day(at);
	o->before_given = true;
	return 0;
}

static int
set_since(struct options *o, struct str v, struct errors *err)
{
	return set_time("since", v, &o->since, err);
}

/* A bare date ends with its day; an instant is the first one left out. */
static int
end_time(const char *name, struct str v, int64_t *out, struct errors *err)
{
	if (set_time(name, v, out, err) != 0)
		return -1;
	if (v.n <= 10)
		*out += DAY_MS;
	return 0;
}

static int
set_until(struct options *o, struct str v, struct errors *err)
{
	return end_time("until", v, &o->until, err);
}

static int
set_week(struct options *o, struct str v, struct errors *err)
{
	(void)err;
	o->week = v.n ? v : STR("?");
	return 0;
}

static int
set_half(struct options *o, struct str v, struct errors *err)
{
	(void)err;
	o->half = v.n ? v : STR("?");
	return 0;
}

static int
set_window(struct options *o, struct str v, struct errors *err)
{
	struct str rest = v, name = str_split(&rest, '=');
	const char *dots = memmem(rest.p, rest.n, "..", 2);
	struct window w = { .name = name };

	if (name.n == 0 || !dots)
		return error_add(err, "--window '" STR_FMT "'; like W1=2022-11-20..2023-01-20",
				 STR_ARG(v));
	if (o->window.n == WINDOWS_MOST)
		return error_add(err, "more than %d --window", WINDOWS_MOST);
	for (size_t i = 0; i < o->window.n; i++) {
		if (str_eq(o->window.at[i].name, name))
			return error_add(err, "--window '" STR_FMT "' is given twice",
					 STR_ARG(name));
	}
	if (set_time("window", str_head(rest, (size_t)(dots - rest.p)), &w.from, err) != 0 ||
	    end_time("window", str_skip(rest, (size_t)(dots - rest.p) + 2), &w.to, err) != 0)
		return -1;
	if (w.from >= w.to)
		return error_add(err, "--window '" STR_FMT "' ends before it begins", STR_ARG(v));
	*VEC_PUSH(&o->window) = w;
	return 0;
}

static int
set_output(struct options *o, struct str v, struct errors *err)
{
	struct str rest = v, format = str_split(&rest, '=');

	if (format.n == 0 || (memchr(v.p, '=', v.n) && rest.n == 0))
		return error_add(err, "--output '" STR_FMT "'; FORMAT or FORMAT=FILE", STR_ARG(v));
	*VEC_PUSH(&o->output) = (struct output){ .format = format, .file = rest };
	return 0;
}

static int
set_tune(struct options *o, struct str v, struct errors *err)
{
	struct str rest = v;

	while (rest.n) {
		struct str value = str_split(&rest, ','), key = str_split(&value, '=');
		uint64_t n = 0;

		if (str_is(key, "read") && (str_is(value, "map") || str_is(value, "private")))
			o->reader.how = str_is(value, "map") ? READ_MAPPED : READ_PRIVATE;
		else if (str_is(key, "window") && str_to_u64(value, &n) && n)
			o->reader.window = n;
		else if (str_is(key, "range") && str_to_u64(value, &n) && n)
			o->range = n;
		else if (str_is(key, "key") && value.n)
			o->table_secret = value;
		else
			return error_add(err, "--tune '" STR_FMT "'; see --help", STR_ARG(key));
	}
	return 0;
}

static const struct option_row {
	const char *name, *value, *help;
	int (*set)(struct options *o, struct str v, struct errors *err);
	unsigned verbs;
	char letter;
} rows[] = {
#define OPTION(name, letter, value, verbs, set, help) { name, value, help, set, verbs, letter },
#include "app/options.def"
#undef OPTION
};

static const struct option_row *
find_long(struct str name, enum verb_bit verb)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		if ((rows[i].verbs & verb) && str_is(name, rows[i].name))
			return &rows[i];
	}
	return NULL;
}

static const struct option_row *
find_letter(char c, enum verb_bit verb)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		if ((rows[i].verbs & verb) && rows[i].letter == c)
			return &rows[i];
	}
	return NULL;
}

static int
unknown(struct str given, enum verb_bit verb, const struct options *o, struct errors *err)
{
	const struct option_row *best = NULL;
	struct str name = str_head(given, str_find(given, '='));
	unsigned least = 3;

	for (size_t i = 0; i < COUNT(rows) && str_starts(name, STR("--")); i++) {
		unsigned d = str_distance(str_skip(name, 2), str_of(rows[i].name));

		if ((rows[i].verbs & verb) && d < least) {
			least = d;
			best = &rows[i];
		}
	}
	if (best)
		return error_add(err, "unknown option '" STR_FMT "'; did you mean '--%s'?",
				 STR_ARG(name), best->name);
	return error_add(err,
			 "unknown option '" STR_FMT "'; 'sekisho " STR_FMT " --help' lists them",
			 STR_ARG(name), STR_ARG(o->verb));
}

/* Takes argv[*i], and the value behind it when it needs one. */
static int
take(struct options *o, enum verb_bit verb, int argc, char **argv, int *i, struct errors *err)
{
	struct str word = str_of(argv[*i]), value = { 0 }, name;
	const struct option_row *row;
	bool attached;

	if (str_starts(word, STR("--"))) {
		value = str_skip(word, 2);
		attached = memchr(value.p, '=', value.n) != NULL;
		name = str_split(&value, '=');
		row = find_long(name, verb);
	} else {
		row = find_letter(word.p[1], verb);
		value = str_skip(word, 2);
		attached = value.n > 0;
	}
	if (!row)
		return unknown(word, verb, o, err);
	if (!row->value && attached)
		return error_add(err, "option '--%s' takes no value", row->name);
	if (row->value && !attached) {
		if (*i + 1 >= argc)
			return error_add(err, "option '--%s' needs a value: %s", row->name,
					 row->value);
		value = str_of(argv[++*i]);
	}
	return row->set(o, value, err);
}

static void
defaults(struct options *o)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	uint64_t seconds;
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	o->now = now.tv_sec * 1000LL;
	if (epoch && str_to_u64(str_of(epoch), &seconds) && seconds < 1ULL << 40)
		o->now = (int64_t)seconds * 1000;
	o->jobs = cpus > 0 && cpus < JOBS_MOST ? (unsigned)cpus : 1;
	o->memory = 512UL << 20;
	o->gate = true;
	o->fail_on = SEVERITY_CRITICAL;
	o->rejected_ppm = 1000;
	o->undetermined_ppm = 500000;
	o->keep_days = STATE_KEEP_DAYS;
	o->since = INT64_MIN;
	o->until = INT64_MAX;
	o->demo = (struct demo_options){ .seed = 1,
					 .day0 = civil_day(2022, 11, 1),
					 .levels = (1U << LEVELS) - 1,
					 .families = UINT64_MAX };
	(void)demo_faults_named(STR("usual"), &o->demo.faults, NULL);
}

int
options_parse(struct options *o, enum verb_bit verb, int argc, char **argv, struct errors *err)
{
	bool options = true;

	defaults(o);
	for (int i = 0; i < argc; i++) {
		struct str word = str_of(argv[i]);

		if (options && str_is(word, "--")) {
			options = false;
		} else if (options && word.n > 1 && word.p[0] == '-') {
			if (take(o, verb, argc, argv, &i, err) != 0)
				return -1;
		} else {
			*VEC_PUSH(&o->operand) = word;
		}
	}
	if (options_period(o, err) != 0)
		return -1;
	if (o->since >= o->until)
		return error_add(err, "--until lies before --since; no line can be read");
	/* Who asks for what is new has accepted what is old, unless he says otherwise. */
	o->gate &= !o->gate_new || o->gate_given;
	return 0;
}

void
options_free(struct options *o)
{
	VEC_FREE(&o->output);
	VEC_FREE(&o->window);
	VEC_FREE(&o->baseline);
	VEC_FREE(&o->operand);
}

/* To the column where the explanations begin, on a line of their own if need be. */
static void
pad(struct out *o, size_t n)
{
	enum { COLUMN = 34 };

	if (n >= COLUMN) {
		out_char(o, '\n');
		n = 0;
	}
	while (n++ < COLUMN)
		out_char(o, ' ');
}

void
options_help(enum verb_bit verb, struct out *o)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct out line;

		if (!(rows[i].verbs & verb))
			continue;
		out_memory(&line);
		if (rows[i].letter)
			out_printf(&line, "  -%c, --%s", rows[i].letter, rows[i].name);
		else
			out_printf(&line, "      --%s", rows[i].name);
		if (rows[i].value)
			out_printf(&line, " %s", rows[i].value);
		out_bytes(o, out_taken(&line));
		pad(o, out_taken(&line).n);
		out_discard(&line);
		out_text(o, rows[i].help);
		out_char(o, '\n');
	}
}
