/*
 * fmt_apache.c - a LogFormat of Apache httpd, pasted as it stands, to a layout.
 *
 *     apache:%h %l %u %t "%r" %>s %b
 *     apache:LogFormat "%v:%p %h %l %u %t \"%r\" %>s %O" vhosts
 *
 * What is in the table is what mod_log_config, mod_logio and mod_ssl write; `field:%{X-Terminal}i` asks for any of it.
 */
#include "format/apache_draft.h"
#include "format/conf_text.h"

/* A directive: its letter, what stands in its braces (NULL: nothing, "*": anything), and what it is. */
static const struct {
	char letter;
	const char *inside;
	struct layout_known known;
} directives[] = {
	{ 'a', "c", { NULL, CLASS_TOKEN, RAW_ADDRESS, 3, NULL } },
	{ 'a', NULL, { NULL, CLASS_TOKEN, RAW_ADDRESS, 1, NULL } },
	{ 'A', NULL, { NULL, CLASS_TOKEN, LAYOUT_NOTHING, 0, NULL } },
	{ 'b', NULL, { NULL, CLASS_NUMBER, RAW_BYTES, 1, NULL } },
	{ 'B', NULL, { NULL, CLASS_NUMBER, RAW_BYTES, 1, NULL } },
	{ 'C', "*", { NULL, CLASS_FREE, LAYOUT_NOTHING, 0, NULL } },
	{ 'c', "*", { NULL, CLASS_FREE, LAYOUT_NOTHING, 0, NULL } },
	{ 'D', NULL, { NULL, CLASS_NUMBER, RAW_DURATION, 1, NULL } },
	{ 'e', "*", { NULL, CLASS_FREE, LAYOUT_NOTHING, 0, NULL } },
	{ 'E', NULL, { NULL, CLASS_TOKEN, LAYOUT_NOTHING, 0, NULL } },
	{ 'f', NULL, { NULL, CLASS_FREE, LAYOUT_NOTHING, 0, NULL } },
	{ 'h', "c", { NULL, CLASS_TOKEN, RAW_ADDRESS, 4, NULL } },
	{ 'h', NULL, { NULL, CLASS_TOKEN, RAW_ADDRESS, 2, NULL } },
	{ 'H', NULL, { NULL, CLASS_WORD, RAW_PROTOCOL, 1, NULL } },
	{ 'i', "Referer", { NULL, CLASS_FREE, RAW_REFERER, 1, NULL } },
	{ 'i', "User-Agent", { NULL, CLASS_FREE, RAW_AGENT, 1, NULL } },
	{ 'i', "X-Forwarded-For", { NULL, CLASS_FREE, RAW_FORWARDED, 1, NULL } },
	{ 'i', "Host", { NULL, CLASS_FREE, RAW_HOST, 3, NULL } },
	{ 'i', "*", { NULL, CLASS_FREE, LAYOUT_NOTHING, 0, NULL } },
	{ 'I', NULL, { NULL, CLASS_NUMBER, LAYOUT_NOTHING, 0, NULL } },
	{ 'k', NULL, { NULL, CLASS_NUMBER, LAYOUT_NOTHING, 0, NULL } },
	{ 'l', NULL, { NULL, CLASS_WORD, RAW_IDENT, 1, NULL } },
	{ 'L', NULL, { NULL, CLASS_TOKEN, LAYOUT_NOTHING, 0, NULL } },
	{ 'm', NULL, { NULL, CLASS_WORD, RAW_METHOD, 1, NULL } },
	{ 'n', "*", { NULL, CLASS_FREE, LAYOUT_NOTHING, 0, NULL } },
	{ 'o', "*", { NULL, CLASS_FREE, LAYOUT_NOTHING, 0, NULL } },
	{ 'O', NULL, { NULL, CLASS_NUMBER, RAW_BYTES, 2, NULL } },
	{ 'p', "*", { NULL, CLASS_NUMBER, LAYOUT_NOTHING, 0, NULL } },
	{ 'p', NULL, { NULL, CLASS_NUMBER, LAYOUT_NOTHING, 0, NULL } },
	{ 'P', "*", { NULL, CLASS_TOKEN, LAYOUT_NOTHING, 0, NULL } },
	{ 'P', NULL, { NULL, CLASS_NUMBER, LAYOUT_NOTHING, 0, NULL } },
	{ 'q', NULL, { NULL, CLASS_FREE, LAYOUT_NOTHING, 0, NULL } },
	{ 'r', NULL, { NULL, CLASS_FREE, LAYOUT_REQUEST, 2, NULL } },
	{ 'R', NULL, { NULL, CLASS_WORD, LAYOUT_NOTHING, 0, NULL } },
	{ 's', NULL, { NULL, CLASS_NUMBER, RAW_STATUS, 2, NULL } },
	{ 'S', NULL, { NULL, CLASS_NUMBER, LAYOUT_NOTHING, 0, NULL } },
	{ 'T', "*", { NULL, CLASS_NUMBER, RAW_DURATION, 2, NULL } },
	{ 'T', NULL, { NULL, CLASS_NUMBER, RAW_DURATION, 2, NULL } },
	{ 'u', NULL, { NULL, CLASS_FREE, RAW_ACCOUNT, 1, NULL } },
	{ 'U', NULL, { NULL, CLASS_FREE, RAW_TARGET, 3, NULL } },
	{ 'v', NULL, { NULL, CLASS_NAME, RAW_HOST, 1, NULL } },
	{ 'V', NULL, { NULL, CLASS_FREE, RAW_HOST, 2, NULL } },
	{ 'x', "SSL_PROTOCOL", { NULL, CLASS_TOKEN, LAYOUT_NOTHING, 0, NULL } },
	{ 'x', "SSL_CIPHER", { NULL, CLASS_TOKEN, LAYOUT_NOTHING, 0, NULL } },
	{ 'x', "*", { NULL, CLASS_FREE, LAYOUT_NOTHING, 0, NULL } },
	{ 'X', NULL, { NULL, CLASS_TOKEN, LAYOUT_NOTHING, 0, NULL } },
};

/* A directive as it was read. */
struct directive {
	struct str whole, inside;
	bool braced, last; /* `>`: of the last of internal redirects */
	char letter;
	size_t n;
};

/* %[!][200,304][<>]{inside}[^]letters.  false: it breaks off. */
static bool
directive_at(struct str s, size_t from, struct directive *d)
{
	size_t i = from + 1;

	*d = (struct directive){ 0 };
	while (i < s.n && (s.p[i] == '!' || s.p[i] == ',' || s.p[i] == '<' || s.p[i] == '>' ||
			   (s.p[i] >= '0' && s.p[i] <= '9')))
		d->last |= s.p[i++] == '>';
	if (i < s.n && s.p[i] == '{') {
		size_t n = str_find(str_skip(s, i), '}');

		if (i + n >= s.n)
			return false;
		d->braced = true;
		d->inside = (struct str){ s.p + i + 1, n - 1 };
		i += n + 1;
	}
	if (i + 2 < s.n && s.p[i] == '^' && s.p[i + 1] == 't')
		i += 2; /* trailers: %{NAME}^ti */
	if (i >= s.n)
		return false;
	d->letter = s.p[i++];
	d->whole = (struct str){ s.p + from, i - from };
	d->n = i - from;
	return true;
}

/* Names of headers are of any case. */
static bool
inside_is(struct str inside, const char *name)
{
	struct str want = str_of(name);
	bool same = inside.n == want.n;

	for (size_t i = 0; same && i < want.n; i++)
		same = ((inside.p[i] ^ want.p[i]) & ~0x20) == 0;
	return same;
}

static const struct layout_known *
directive_known(const struct directive *d)
{
	for (size_t i = 0; i < COUNT(directives); i++) {
		const char *inside = directives[i].inside;

		if (directives[i].letter == d->letter && (inside != NULL) == d->braced &&
		    (!inside || *inside == '*' || inside_is(d->inside, inside)))
			return &directives[i].known;
	}
	return NULL;
}

/* What %{...}t writes, as when.h names it; NULL: more than we want to know. */
static const char *
time_how(const struct directive *d, struct arena *arena)
{
	static const struct {
		const char *inside, *how;
	} named[] = { { "sec", "epoch" },
		      { "msec", "epoch_ms" },
		      { "usec", "epoch_us" },
		      { "msec_frac", "%f" },
		      { "usec_frac", "%f" } };
	struct str inside = d->inside;

	if (str_starts(inside, STR("begin:")))
		inside = str_skip(inside, 6);
	else if (str_starts(inside, STR("end:")))
		inside = str_skip(inside, 4);
	for (size_t i = 0; i < COUNT(named); i++) {
		if (str_is(inside, named[i].inside))
			return named[i].how;
	}
	return arena_str(arena, inside).p;
}

/* `[%{%d/%b/%Y:%T}t.%{msec_frac}t %{%z}t]` is one time in three directives. */
static bool
joins_time(struct layout_draft *draft, struct str whole, const char *how)
{
	const struct layout_known *last =
		draft->count ? &draft->field[draft->count - 1].known : NULL;
	struct str between = { draft->field[draft->count].literal.at,
			       draft->field[draft->count].literal.n };
	struct str *name;

	if (!last || last->class != CLASS_TIME || how[0] == 'e' || strcmp(last->how, "clf") == 0)
		return false;
	if (last->how[0] == 'e' && (strcmp(how, "%f") != 0 || !str_is(between, ".")))
		return false;
	if (last->how[0] != 'e')
		draft->field[draft->count - 1].known.how =
			arena_printf(draft->arena, "%s" STR_FMT "%s", last->how, STR_ARG(between),
				     how)
				.p;
	name = &draft->field[draft->count - 1].name;
	name->n = (size_t)(whole.p + whole.n - name->p);
	draft->field[draft->count].literal.n = 0;
	return true;
}

static bool
add_time(struct layout_draft *draft, const struct directive *d, size_t at)
{
	struct layout_known known = { NULL, CLASS_TIME, RAW_TIME, 1, "clf" };
	bool fits;

	if (!d->braced) {
		layout_literal(draft, '[');
		fits = layout_field(draft, d->whole, &known, at);
		layout_literal(draft, ']');
		return fits;
	}
	known.how = time_how(d, draft->arena);
	return joins_time(draft, d->whole, known.how) || layout_field(draft, d->whole, &known, at);
}

/* %U%q is one text: the path and what is asked of it. */
static bool
joins_target(struct layout_draft *draft, const struct directive *d)
{
	struct str *name = draft->count ? &draft->field[draft->count - 1].name : NULL;

	if (d->letter != 'q' || !name || draft->field[draft->count].literal.n ||
	    draft->field[draft->count - 1].known.raw != RAW_TARGET)
		return false;
	name->n = (size_t)(d->whole.p + d->whole.n - name->p);
	return true;
}

static int
add_directive(struct layout_draft *draft, const struct directive *d, size_t at,
	      const struct format_spec *spec, struct errors *err)
{
	const struct layout_known *known = directive_known(d);
	struct layout_known own;
	bool fits;

	if (d->letter == 't') {
		fits = add_time(draft, d, at);
	} else if (!known) {
		return error_at(err, spec->at,
				"character %zu of a LogFormat: '" STR_FMT
				"' is no directive that httpd's modules write",
				at, STR_ARG(d->whole));
	} else {
		own = *known;
		own.rank = d->last && own.rank ? (uint8_t)(own.rank - 1) : own.rank;
		fits = joins_target(draft, d) || layout_field(draft, d->whole, &own, at);
	}
	return fits ? 0
		    : error_at(err, spec->at,
			       "character %zu of a LogFormat: more than %d directives", at,
			       LAYOUT_MOST);
}

static int
draft_of(struct conf_text format, struct layout_draft *draft, const struct format_spec *spec,
	 struct errors *err)
{
	struct str s = format.text;
	struct directive d;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '%' || (i + 1 < s.n && s.p[i + 1] == '%')) {
			i += s.p[i] == '%';
			layout_literal(draft, s.p[i]);
			continue;
		}
		if (!directive_at(s, i, &d))
			return error_at(err, spec->at,
					"character %zu of a LogFormat: '%%' without a directive "
					"behind it; a percent sign is '%%%%'",
					format.at[i]);
		if (add_directive(draft, &d, format.at[i], spec, err) != 0)
			return -1;
		i += d.n - 1;
	}
	return 0;
}

/* Is s, from its first quote on, one text in quotes and at most a nickname behind it? */
static bool
is_quoted(struct str s, size_t i)
{
	char quote = i < s.n ? s.p[i] : '\0';

	if (quote != '"' && quote != '\'')
		return false;
	for (i++; i < s.n && s.p[i] != quote; i++)
		i += s.p[i] == '\\';
	if (i >= s.n)
		return false;
	i = conf_text_blanks(s, i + 1);
	return conf_text_word(s, i) == s.n;
}

/* Without quotes around it, \" and \t still are what they are in one. */
static struct conf_text
unquoted(struct arena *arena, struct str s, size_t from)
{
	char *p = arena_alloc(arena, s.n + 1);
	size_t *at = arena_alloc(arena, (s.n + 1) * sizeof(*at)), n = 0;

	for (size_t i = from; i < s.n; i++) {
		static const char names[] = "\"\\tnr", bytes[] = "\"\\\t\n\r";
		const char *c = s.p[i] == '\\' && i + 1 < s.n
					? memchr(names, s.p[i + 1], sizeof(names) - 1)
					: NULL;

		at[n] = i + 1;
		p[n++] = c ? bytes[c - names] : s.p[i];
		i += c != NULL;
	}
	at[n] = s.n + 1;
	return (struct conf_text){ .text = { .p = p, .n = n }, .at = at };
}

int
apache_layout(struct str text, const struct format_spec *spec, struct arena *arena,
	      const void **plan, struct errors *err)
{
	static const struct layout_how how = { .empty_user = true, .what = "a LogFormat" };
	struct layout_draft draft = { .arena = arena };
	size_t i = conf_text_blanks(text, 0), word = conf_text_word(text, i);
	struct conf_text format;
	int rc;

	if (str_is((struct str){ text.p + i, word - i }, "LogFormat"))
		i = conf_text_blanks(text, word);
	format = is_quoted(text, i) ? conf_text_quoted(arena, text, &i) : unquoted(arena, text, i);
	rc = draft_of(format, &draft, spec, err);
	if (rc == 0)
		rc = layout_compile(&draft, &how, spec, plan, err);
	layout_draft_free(&draft);
	return rc;
}

static int
apache_compile(const struct format_spec *spec, struct arena *arena, const void **plan,
	       struct errors *err)
{
	return apache_layout(spec->argument, spec, arena, plan, err);
}

#define TEXT "%h %l %u %t \"%r\" %>s %b "

static const struct format_sample apache_samples[] = {
	{ "apache:" TEXT "\"%{Referer}i\" \"%{User-Agent}i\" %D",
	  "10.1.2.3 - pg0001 [01/Apr/2026:09:05:01 +0900] \"GET /supply/0101 HTTP/1.1\" 200 512 "
	  "\"-\" \"KasumiLauncher/1.2\" 3120",
	  "ts=1775001901000 address=10.1.2.3 ident=- account=pg0001 method=GET "
	  "target=/supply/0101 protocol=HTTP/1.1 status=200 bytes=512 agent=KasumiLauncher/1.2 "
	  "duration=3120" },
	{ "apache:LogFormat \"%v:%p %a %u [%{%Y-%m-%d %H:%M:%S}t.%{msec_frac}t %{%z}t] "
	  "\\\"%m %U%q %H\\\" %>s \\\"%{X-Terminal}i\\\"\" audit",
	  "[2001:db8::1]:443 10.1.2.3 \"\" [2026-04-01 09:05:01.250 +0900] "
	  "\"GET /find a?q=1 HTTP/1.1\" 403 \"T-0001\"",
	  "ts=1775001901250 host=[2001:db8::1] address=10.1.2.3 account=\"\" method=GET "
	  "target='/find a?q=1' protocol=HTTP/1.1 status=403 %{X-Terminal}i=T-0001" },
	{ "apache:" TEXT "\"%{User-Agent}i\"",
	  "10.1.2.3 - ep 2 [x] [01/Apr/2026:09:05:01 +0900] \"-\" 408 - \"a\\\" 200 1 \\\"\"",
	  "account='ep 2 [x]' status=408 bytes=- agent='a\\\" 200 1 \\\"'" },
	{ "apache:%{msec}t %a %u %>s \"%r\"",
	  "1775001901250 10.1.2.3 pg0001 200 \"GET /a HTTP/2.0\"",
	  "ts=1775001901250 address=10.1.2.3 account=pg0001 status=200 target=/a "
	  "protocol=HTTP/2.0" },
	{ 0 },
};

const struct format fmt_apache = {
	.name = "apache",
	.summary = "Apache httpd, by its own LogFormat",
	.argument = "the LogFormat as it stands in the server's configuration",
	.names_fields = true,
	.compile = apache_compile,
	.parse = layout_parse,
	.sample = apache_samples,
};
