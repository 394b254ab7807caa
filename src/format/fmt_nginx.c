/*
 * fmt_nginx.c - a log_format of nginx, pasted as it stands, to a layout; one that writes a JSON object, to the reader
 * of JSON.
 *
 *     nginx:$remote_addr - $remote_user [$time_local] "$request" $status
 *     nginx:log_format audit escape=json '$remote_addr ...' '... $status';
 *
 * Variables that are not in the table are read over; `field:$name` asks for them.
 */
#include "format/conf_text.h"
#include "format/json_record.h"
#include "format/json_template.h"
#include "format/layout.h"

/* Unlisted ones can hold anything, but those of upstreams: words with ", " and " : " between. */
static const struct layout_known variables[] = {
	{ "args", CLASS_FREE, LAYOUT_NOTHING, 0, NULL },
	{ "body_bytes_sent", CLASS_NUMBER, RAW_BYTES, 1, NULL },
	{ "bytes_sent", CLASS_NUMBER, RAW_BYTES, 2, NULL },
	{ "connection", CLASS_NUMBER, LAYOUT_NOTHING, 0, NULL },
	{ "connection_requests", CLASS_NUMBER, LAYOUT_NOTHING, 0, NULL },
	{ "document_uri", CLASS_FREE, RAW_TARGET, 5, NULL },
	{ "gzip_ratio", CLASS_NUMBER, LAYOUT_NOTHING, 0, NULL },
	{ "host", CLASS_NAME, RAW_HOST, 1, NULL },
	{ "hostname", CLASS_TOKEN, LAYOUT_NOTHING, 0, NULL },
	{ "http_host", CLASS_FREE, RAW_HOST, 2, NULL },
	{ "http_referer", CLASS_FREE, RAW_REFERER, 1, NULL },
	{ "http_user_agent", CLASS_FREE, RAW_AGENT, 1, NULL },
	{ "http_x_forwarded_for", CLASS_FREE, RAW_FORWARDED, 1, NULL },
	{ "msec", CLASS_TIME, RAW_TIME, 1, "epoch" },
	{ "pid", CLASS_NUMBER, LAYOUT_NOTHING, 0, NULL },
	{ "pipe", CLASS_WORD, LAYOUT_NOTHING, 0, NULL },
	{ "proxy_add_x_forwarded_for", CLASS_FREE, RAW_FORWARDED, 2, NULL },
	{ "proxy_alternative_upstream_name", CLASS_TOKEN, LAYOUT_NOTHING, 0, NULL },
	{ "proxy_upstream_name", CLASS_TOKEN, LAYOUT_NOTHING, 0, NULL },
	{ "realip_remote_addr", CLASS_TOKEN, RAW_ADDRESS, 2, NULL },
	{ "remote_addr", CLASS_TOKEN, RAW_ADDRESS, 1, NULL },
	{ "remote_port", CLASS_NUMBER, LAYOUT_NOTHING, 0, NULL },
	{ "remote_user", CLASS_FREE, RAW_ACCOUNT, 1, NULL },
	{ "req_id", CLASS_TOKEN, LAYOUT_NOTHING, 0, NULL },
	{ "request", CLASS_FREE, LAYOUT_REQUEST, 2, NULL },
	{ "request_id", CLASS_TOKEN, LAYOUT_NOTHING, 0, NULL },
	{ "request_length", CLASS_NUMBER, LAYOUT_NOTHING, 0, NULL },
	{ "request_method", CLASS_WORD, RAW_METHOD, 1, NULL },
	{ "request_time", CLASS_NUMBER, RAW_DURATION, 1, NULL },
	{ "request_uri", CLASS_FREE, RAW_TARGET, 1, NULL },
	{ "scheme", CLASS_TOKEN, LAYOUT_NOTHING, 0, NULL },
	{ "server_addr", CLASS_TOKEN, LAYOUT_NOTHING, 0, NULL },
	{ "server_name", CLASS_NAME, RAW_HOST, 3, NULL },
	{ "server_port", CLASS_NUMBER, LAYOUT_NOTHING, 0, NULL },
	{ "server_protocol", CLASS_WORD, RAW_PROTOCOL, 1, NULL },
	{ "ssl_cipher", CLASS_TOKEN, LAYOUT_NOTHING, 0, NULL },
	{ "ssl_protocol", CLASS_TOKEN, LAYOUT_NOTHING, 0, NULL },
	{ "status", CLASS_NUMBER, RAW_STATUS, 1, NULL },
	{ "time_iso8601", CLASS_TIME, RAW_TIME, 2, "iso8601" },
	{ "time_local", CLASS_TIME, RAW_TIME, 3, "clf" },
	{ "uri", CLASS_FREE, RAW_TARGET, 4, NULL },
};

static const struct layout_known unlisted = { NULL, CLASS_FREE, LAYOUT_NOTHING, 0, NULL };
static const struct layout_known upstream = { NULL, CLASS_LIST, LAYOUT_NOTHING, 0, NULL };
/* $uri$is_args$args is one text: the target, rewritten; without arguments it ends with the "-" of $args. */
static const struct layout_known whole_target = { NULL, CLASS_FREE, RAW_TARGET, 3, LAYOUT_ARGS };

static const struct layout_known *
variable_named(struct str name)
{
	for (size_t i = 0; i < COUNT(variables); i++) {
		if (str_is(name, variables[i].name))
			return &variables[i];
	}
	return str_starts(name, STR("upstream_")) ? &upstream : &unlisted;
}

static size_t
name_end(struct str s, size_t i)
{
	while (i < s.n && ((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'z') ||
			   (s.p[i] >= 'A' && s.p[i] <= 'Z') || s.p[i] == '_'))
		i++;
	return i;
}

/* What the argument says around the text itself. */
struct argument {
	struct conf_text format;
	enum layout_escape escape;
	bool json;
};

static int
read_escape(struct str word, size_t at, struct argument *a, const struct format_spec *spec,
	    struct errors *err)
{
	if (str_is(word, "default"))
		a->escape = LAYOUT_BACKSLASH;
	else if (str_is(word, "json"))
		a->escape = LAYOUT_JSON;
	else if (str_is(word, "none"))
		a->escape = LAYOUT_NONE;
	else
		return error_at(err, spec->at,
				"character %zu of a log_format: escape='" STR_FMT
				"' is none of default, json and none",
				at + 1, STR_ARG(word));
	return 0;
}

/* [log_format NAME] [escape=HOW] 'piece' 'piece' ... ;   or the bare text. */
static int
read_argument(const struct format_spec *spec, struct arena *arena, struct argument *a,
	      struct errors *err)
{
	struct str s = spec->argument;
	size_t i = conf_text_blanks(s, 0), end = conf_text_word(s, i);

	if (str_is((struct str){ s.p + i, end - i }, "log_format")) {
		i = conf_text_blanks(s, end);
		i = conf_text_blanks(s, conf_text_word(s, i));
	}
	if (str_starts(str_skip(s, i), STR("escape="))) {
		end = conf_text_word(s, i);
		if (read_escape((struct str){ s.p + i + 7, end - i - 7 }, i + 7, a, spec, err) != 0)
			return -1;
		i = conf_text_blanks(s, end);
	}
	if (i >= s.n || (s.p[i] != '\'' && !(s.p[i] == '"' && i > 0))) {
		a->format = conf_text_plain(arena, str_skip(s, i), i);
		return 0;
	}
	a->format = conf_text_quoted(arena, s, &i);
	if (!a->format.text.p)
		return error_at(err, spec->at,
				"character %zu of a log_format: a quote that is not closed", i + 1);
	i = conf_text_blanks(s, i);
	if (i < s.n && s.p[i] == ';')
		i = conf_text_blanks(s, i + 1);
	if (i < s.n)
		return error_at(err, spec->at,
				"character %zu of a log_format: '%c' behind its last quote", i + 1,
				s.p[i]);
	return 0;
}

/* Takes `$uri$is_args$args` as one. */
static struct str
whole_target_at(struct str text, size_t i)
{
	static const char *const forms[] = { "$uri$is_args$args", "$document_uri$is_args$args",
					     "$uri$is_args$query_string" };

	for (size_t k = 0; k < COUNT(forms); k++) {
		size_t n = str_of(forms[k]).n;

		if (str_starts(str_skip(text, i), str_of(forms[k])) &&
		    name_end(text, i + n) == i + n)
			return (struct str){ text.p + i, n };
	}
	return (struct str){ 0 };
}

/* The variable at text.p[i] == '$'; *end moves behind it.  No name: empty. */
static struct str
variable_at(struct str text, size_t i, size_t *end)
{
	bool braced = i + 1 < text.n && text.p[i + 1] == '{';
	size_t from = i + 1 + braced;

	*end = name_end(text, from);
	if (*end == from || (braced && (*end == text.n || text.p[*end] != '}')))
		return (struct str){ 0 };
	*end += braced;
	return (struct str){ text.p + from, *end - from - braced };
}

static int
draft_of(const struct argument *a, struct layout_draft *d, const struct format_spec *spec,
	 struct errors *err)
{
	struct str text = a->format.text;

	for (size_t i = 0, end; i < text.n; i = end) {
		struct str whole = whole_target_at(text, i), name;
		bool fits = true;

		end = i + 1;
		if (text.p[i] != '$') {
			layout_literal(d, text.p[i]);
			continue;
		}
		if (whole.n) {
			end = i + whole.n;
			fits = layout_field(d, whole, &whole_target, a->format.at[i]);
		} else {
			name = variable_at(text, i, &end);
			if (!name.n)
				return error_at(err, spec->at,
						"character %zu of a log_format: a '$' without a "
						"name behind it",
						a->format.at[i]);
			fits = layout_field(d, (struct str){ text.p + i, end - i },
					    variable_named(name), a->format.at[i]);
		}
		if (!fits)
			return error_at(err, spec->at,
					"character %zu of a log_format: more than %d variables",
					a->format.at[i], LAYOUT_MOST);
	}
	return 0;
}

/* The plan of a system: one of the two. */
struct nginx {
	const void *layout, *json;
};

/* Which members are the usual fields, by the ranks that a text goes by too. */
static void
name_members(const struct json_template *t, struct json_shape *shape, struct format_spec *own)
{
	const struct json_slot *best[RAW_COUNT] = { NULL };
	uint8_t rank[RAW_COUNT] = { 0 }, request = 0;

	for (size_t i = 0; i < t->count; i++) {
		const struct layout_known *k = variable_named(str_of(t->slot[i].variable));

		if (k->raw == LAYOUT_REQUEST) {
			shape->request = t->slot[i].pointer;
			request = k->rank;
		} else if (k->raw >= 0 && (!best[k->raw] || k->rank < rank[k->raw])) {
			best[k->raw] = &t->slot[i];
			rank[k->raw] = k->rank;
		}
	}
	if (request && rank[RAW_TARGET] > request)
		best[RAW_TARGET] = NULL;
	for (int i = 0; i < RAW_COUNT; i++) {
		if (best[i] && own->field[i].n == 0)
			own->field[i] = str_of(best[i]->pointer);
	}
}

/* A log_format that writes an object: its members are found by name, so it is a matter of JSON. */
static int
compile_json(const struct argument *a, const struct format_spec *spec, struct arena *arena,
	     const void **plan, struct errors *err)
{
	struct json_shape shape = { .hex = a->escape != LAYOUT_JSON };
	struct format_spec own = *spec;
	struct json_template t;

	if (json_template_read(a->format.text, arena, &t, err, spec->at) < 0)
		return -1;
	name_members(&t, &shape, &own);
	return json_record_compile(&shape, &own, arena, plan, err);
}

static int
nginx_compile(const struct format_spec *spec, struct arena *arena, const void **plan,
	      struct errors *err)
{
	struct nginx *n = arena_alloc(arena, sizeof(*n));
	struct layout_draft d = { .arena = arena };
	struct layout_how how = { .what = "a log_format" };
	struct argument a = { .escape = LAYOUT_BACKSLASH };
	int rc = read_argument(spec, arena, &a, err);

	*plan = n;
	if (rc != 0 || !a.format.text.p)
		return -1;
	if (json_template_looks(a.format.text))
		return compile_json(&a, spec, arena, &n->json, err);
	how.escape = a.escape;
	rc = draft_of(&a, &d, spec, err);
	if (rc == 0)
		rc = layout_compile(&d, &how, spec, &n->layout, err);
	layout_draft_free(&d);
	return rc;
}

static enum parsed
nginx_parse(struct parsing *r, struct str line, struct record *out, struct refusal *why)
{
	const struct nginx *n = r->plan;
	enum parsed parsed;

	r->plan = n->layout ? n->layout : n->json;
	parsed = n->layout ? layout_parse(r, line, out, why) : json_record_parse(r, line, out, why);
	r->plan = n;
	return parsed;
}

#define TEXT "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent "

static const struct format_sample nginx_samples[] = {
	{ "nginx:" TEXT "\"$http_referer\" \"$http_user_agent\" $request_time",
	  "10.1.2.3 - pg0001 [01/Apr/2026:09:05:01 +0900] \"GET /supply/0101?t=T-1 HTTP/1.1\" 200 "
	  "512 "
	  "\"-\" \"KasumiLauncher/1.2\" 0.031",
	  "ts=1775001901000 address=10.1.2.3 account=pg0001 method=GET target=/supply/0101?t=T-1 "
	  "protocol=HTTP/1.1 status=200 bytes=512 referer=- agent=KasumiLauncher/1.2 "
	  "duration=0.031" },
	{ "nginx:" TEXT "\"$http_user_agent\"",
	  "10.1.2.3 - pg 7 [x] [01/Apr/2026:09:05:01 +0900] \"GET / HTTP/1.1\" 404 0 "
	  "\"a\\x22 200 1 \\x22\"",
	  "account='pg 7 [x]' status=404 agent='a\\x22 200 1 \\x22'" },
	{ "nginx:log_format audit escape=json '$time_iso8601|$msec|$remote_addr|$remote_user|'\n"
	  "   '$request_method|$uri$is_args$args|$status|$http_x_terminal';",
	  "2026-04-01T09:05:01+09:00|1775001901.250|10.2.0.9|ep\\u00090002|GET|/"
	  "find?q=1|200|T\\\"1",
	  "ts=1775001901250 address=10.2.0.9 account='ep\t0002' method=GET target=/find?q=1 "
	  "status=200 $http_x_terminal=T\"1" },
	{ "nginx:log_format o escape=json '{\"at\":\"$time_iso8601\",\"user\":\"$remote_user\",'"
	  "'\"who\":{\"from\":\"$remote_addr\"},\"req\":\"$request\",\"status\":$status}';",
	  "{\"at\":\"2026-04-01T09:05:01+09:00\",\"user\":\"pg\\\"1\",\"who\":{\"from\":\"10.1.2."
	  "3\"},"
	  "\"req\":\"GET /a HTTP/1.1\",\"status\":200}",
	  "ts=1775001901000 address=10.1.2.3 account=pg\"1 method=GET target=/a status=200" },
	{ 0 },
};

const struct format fmt_nginx = {
	.name = "nginx",
	.summary = "nginx, by its own log_format",
	.argument = "the log_format as it stands in the server's configuration",
	.names_fields = true,
	.state_size = JSON_RECORD_STATE,
	.compile = nginx_compile,
	.parse = nginx_parse,
	.sample = nginx_samples,
};
