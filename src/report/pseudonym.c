/*
 * pseudonym.c - see pseudonym.h.
 *
 * Which members name somebody is told by their names and by what stands around them.  Texts for people have names
 * inside: those of the finding at hand are found again, as whole words, and every long number is taken for a consumer.
 */
#include "report/pseudonym.h"

#include "report/said.h"

enum { PSEUDONYM_HEX = 16, FINGERPRINT_HEX = 32, NAMES_MOST = 8, CONSUMER_DIGITS = 12 };

struct names {
	struct str at[NAMES_MOST];
	size_t n;
};

struct hiding {
	const struct hmac *key; /* NULL: names are left out */
	struct arena arena;
	struct names names; /* of the finding at hand */
};

static struct str
hashed_by(const struct hmac *key, const char *prefix, struct str s, int digits, struct arena *a)
{
	uint8_t digest[SHA256_SIZE];
	char hex[SHA256_HEX];

	hmac_of(key, s, digest);
	sha256_hex(digest, hex);
	return arena_printf(a, "%s%.*s", prefix, digits, hex);
}

static struct str
hashed(struct hiding *h, const char *prefix, struct str s, int digits)
{
	return hashed_by(h->key, prefix, s, digits, &h->arena);
}

struct str
pseudonym_of(const struct hmac *key, struct str name, struct arena *a)
{
	return hashed_by(key, "p-", name, PSEUDONYM_HEX, a);
}

static void
hide(struct hiding *h, struct json_value *v)
{
	if (v->kind != JSON_TEXT)
		return;
	if (h->key)
		v->text = hashed(h, "p-", v->text, PSEUDONYM_HEX);
	else
		v->kind = JSON_NULL;
}

/* --- texts ---------------------------------------------------------------------------------------- */

static bool
wordy(char c)
{
	return (c >= '0' && c <= '9') || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') ||
	       c == '_';
}

static size_t
digits(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	return n;
}

/* Length of the name that begins s, the longest of them; 0: none does. */
static size_t
name_length(const struct names *names, struct str s)
{
	size_t best = digits(s);

	best = best >= CONSUMER_DIGITS ? best : 0;
	for (size_t i = 0; i < names->n; i++) {
		struct str name = names->at[i];
		bool ends = name.n == s.n || !wordy(name.n ? name.p[name.n - 1] : ' ') ||
			    (name.n < s.n && !wordy(s.p[name.n]));

		if (name.n > best && str_starts(s, name) && ends)
			best = name.n;
	}
	return best;
}

static void
hide_inside(struct hiding *h, struct json_value *v)
{
	struct str s = v->text;
	struct out o;

	if (v->kind != JSON_TEXT)
		return;
	out_memory(&o);
	for (size_t i = 0, n; i < s.n; i += n) {
		bool begins = i == 0 || !wordy(s.p[i - 1]) || !wordy(s.p[i]);

		n = begins ? name_length(&h->names, str_skip(s, i)) : 0;
		if (n && h->key) {
			out_bytes(&o, hashed(h, "p-", str_head(str_skip(s, i), n), PSEUDONYM_HEX));
		} else if (n) {
			out_text(&o, "[id]");
		} else {
			out_char(&o, s.p[i]);
			n = 1;
		}
	}
	v->text = arena_str(&h->arena, out_taken(&o));
	out_discard(&o);
}

/* --- members -------------------------------------------------------------------------------------- */

static bool
listed_in(struct str name, const char *const *list)
{
	for (; *list; list++) {
		if (str_is(name, *list))
			return true;
	}
	return false;
}

/* Members that name an account, a person or a consumer wherever they stand. */
static const char *const always[] = { "acct", "person", "consumer", NULL };
/* Members of a finding's key that do. */
static const char *const in_key[] = { "acct", "subject", "account", "owner", NULL };
/* Members that hold names in ways of their own. */
static const char *const left_out[] = { "raw", "raw_base64", "observed", NULL };
/* What stays of a disposition: the rest are words of those who decided. */
static const char *const decided[] = { "decision", "action_taken", "expires",
				       "state",    "status",       NULL };

static bool
fingerprint(struct str s)
{
	return s.n == 5 + FINGERPRINT_HEX && s.p[4] == ':' && str_starts(s, STR("sk1"));
}

static bool
names_somebody(const struct json_value *in, const struct json_value *v)
{
	if (listed_in(v->name, always))
		return true;
	if (str_is(v->name, "owner")) /* of an account; a system's is an organisation */
		return json_member(in, "acct") != NULL;
	if (str_is(v->name, "subject")) /* of an incident; a finding's is a map */
		return v->kind == JSON_TEXT;
	if (str_is(v->name, "prepared_by") || str_is(v->name, "reviewed_by"))
		return str_is(in->name, "disposition");
	return str_is(in->name, "key") && listed_in(v->name, in_key);
}

struct by_account {
	struct str name; /* first: order_str() compares by it */
	const struct json_value *value;
};

static int
by_account_order(const void *a, const void *b)
{
	return str_cmp(((const struct by_account *)a)->name, ((const struct by_account *)b)->name);
}

/* A list of what accounts have, in the order of their names: now in that of their pseudonyms. */
static void
sort_by_pseudonym(struct hiding *h, struct json_value *list)
{
	struct by_account *all = arena_alloc(&h->arena, list->count * sizeof(*all) + 1);
	struct json_value *copy = arena_alloc(&h->arena, list->count * sizeof(*copy) + 1);
	size_t n = 0;

	JSON_EACH(v, list)
	{
		struct json_value name = { .kind = JSON_TEXT, .text = said_text(v, "acct") };

		hide(h, &name);
		all[n++] = (struct by_account){ .name = name.text, .value = v };
	}
	qsort(all, n, sizeof(*all), by_account_order);
	for (size_t i = 0; i < n; i++) {
		copy[i] = *all[i].value;
		copy[i].next = i + 1 < n ? &copy[i + 1] : NULL;
	}
	list->first = copy;
}

static void
edit(void *context, const struct json_value *in, struct json_value *v)
{
	struct hiding *h = context;

	if (!in)
		return;
	if (in->kind == JSON_MAP && names_somebody(in, v)) {
		hide(h, v);
	} else if (v->kind == JSON_TEXT && fingerprint(v->text)) {
		if (h->key)
			v->text = hashed(h, arena_str(&h->arena, str_head(v->text, 5)).p, v->text,
					 FINGERPRINT_HEX);
		else
			v->kind = JSON_NULL;
	} else if (listed_in(v->name, left_out) ||
		   (str_is(in->name, "disposition") && v->kind == JSON_TEXT &&
		    !listed_in(v->name, decided))) {
		v->kind = JSON_NULL;
		v->first = NULL;
	} else if (str_is(in->name, "explain") || str_is(in->name, "because") ||
		   str_is(in->name, "trouble") || str_is(in->name, "warnings") ||
		   str_is(v->name, "pred") || str_is(v->name, "ref")) {
		hide_inside(h, v);
	} else if (v->kind == JSON_LIST && h->key && json_member(v->first, "acct")) {
		sort_by_pseudonym(h, v);
	}
}

/* --- lines ---------------------------------------------------------------------------------------- */

struct line {
	struct str text, rule, key, first;
	int severity;
};

/* The order of findings (DETECTION B.0.13). */
static int
line_order(const void *a, const void *b)
{
	const struct line *x = a, *y = b;
	int c = (y->severity > x->severity) - (y->severity < x->severity);

	c = c ? c : str_cmp(x->rule, y->rule);
	c = c ? c : str_cmp(x->key, y->key);
	c = c ? c : str_cmp(x->first, y->first);
	return c ? c : str_cmp(x->text, y->text);
}

static void
add_name(struct names *names, const struct json_value *v)
{
	struct str s = json_text_of(v);

	if (s.n && names->n < NAMES_MOST)
		names->at[names->n++] = s;
}

static void
take_names(struct hiding *h, const struct json_value *finding)
{
	const struct json_value *subject = json_member(finding, "subject");

	h->names.n = 0;
	add_name(&h->names, json_member(subject, "acct"));
	add_name(&h->names, json_member(subject, "owner"));
	JSON_EACH(part, json_member(finding, "key"))
	{
		if (listed_in(part->name, in_key))
			add_name(&h->names, part);
	}
}

static struct str
printed(struct hiding *h, const struct json_value *v, struct arena *keep)
{
	const struct json_edit how = { .context = h, .value = edit };
	struct str s;
	struct out o;

	out_memory(&o);
	json_print_edited(&o, v, &how);
	out_char(&o, '\n');
	s = arena_str(keep, out_taken(&o));
	out_discard(&o);
	return s;
}

static struct str
key_text(struct hiding *h, const struct json_value *finding, struct arena *keep)
{
	const struct json_value *key = json_member(finding, "key");
	struct str s;
	struct out o;

	out_memory(&o);
	JSON_EACH(part, key)
	{
		struct json_value copy = *part;

		edit(h, key, &copy);
		out_bytes(&o, json_text_of(&copy));
		out_char(&o, '\0');
	}
	s = arena_str(keep, out_taken(&o));
	out_discard(&o);
	return s;
}

void
pseudonymise(const struct report_record *rec, const struct hmac *key, struct out *text)
{
	struct hiding h = { .key = key };
	struct arena keep = { 0 };
	struct line *line = arena_alloc(&keep, rec->finding.n * sizeof(*line) + 1);

	for (size_t i = 0; i < rec->finding.n; i++) {
		const struct json_value *f = rec->finding.at[i];

		take_names(&h, f);
		line[i] = (struct line){ .text = printed(&h, f, &keep),
					 .rule = said_text(f, "rule"),
					 .key = key_text(&h, f, &keep),
					 .first = said_text(f, "first"),
					 .severity = said_severity(f) };
	}
	qsort(line, rec->finding.n, sizeof(*line), line_order);
	for (size_t i = 0; i < rec->finding.n; i++)
		out_bytes(text, line[i].text);
	h.names.n = 0;
	if (rec->survey)
		out_bytes(text, printed(&h, rec->survey, &keep));
	out_bytes(text, printed(&h, rec->run, &keep));
	arena_free(&h.arena);
	arena_free(&keep);
}
