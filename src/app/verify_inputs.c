/*
 * verify_inputs.c - see verify_inputs.h.
 */
#include "app/verify_inputs.h"

#include "base/sha256.h"
#include "input/intake.h"

#include <errno.h>
#include <unistd.h>

enum { READ_AT_ONCE = 1 << 20 };

struct checking {
	const struct options *options;
	struct errors *err;
	struct verify_found found;
	struct arena arena;
	char *buffer;
};

static struct str
text_at(const struct json_value *map, const char *name)
{
	return json_text_of(json_member(map, name));
}

/* False: it cannot be read whole. */
static bool
digest_of(struct checking *c, struct str path, char hex[SHA256_HEX])
{
	struct errors mute = { 0 };
	uint8_t digest[SHA256_SIZE];
	struct sha256 sha;
	struct intake in;
	size_t n;
	int rc = intake_open(&in, arena_str(&c->arena, path).p, c->options->reader.links, &mute);

	errors_free(&mute);
	if (rc != 0)
		return false;
	sha256_init(&sha);
	while ((n = intake_read(&in, c->buffer, READ_AT_ONCE)) > 0)
		sha256_add(&sha, c->buffer, n);
	intake_close(&in);
	sha256_end(&sha, digest);
	sha256_hex(digest, hex);
	return in.end == END_WHOLE;
}

static void
tell_missing(struct checking *c, const char *what, struct str path)
{
	error_add(c->err, "incomplete: %s '" STR_FMT "' is not there, or not to be read", what,
		  STR_ARG(path));
	c->found.missing++;
}

static void
tell_unknown(struct checking *c, const char *what, struct str path)
{
	error_add(c->err,
		  "incomplete: %s '" STR_FMT "' has no digest in the report, so nobody can say "
		  "whether it is the same",
		  what, STR_ARG(path));
	c->found.missing++;
}

static void
check(struct checking *c, const char *what, struct str path, struct str wanted)
{
	char hex[SHA256_HEX];

	if (wanted.n == 0) {
		tell_unknown(c, what, path);
	} else if (!digest_of(c, path, hex)) {
		tell_missing(c, what, path);
	} else if (!str_is(wanted, hex)) {
		error_add(c->err,
			  "%s '" STR_FMT
			  "' is not that of the report: its SHA-256 is %s, and was " STR_FMT,
			  what, STR_ARG(path), hex, STR_ARG(wanted));
		c->found.changed++;
	} else {
		c->found.checked++;
	}
}

static void
check_list(struct checking *c, const struct json_value *run, const char *list, const char *what)
{
	JSON_EACH(v, json_member(run, list))
	{
		check(c, what, text_at(v, "path"), text_at(v, "sha256"));
	}
}

static void
check_one(struct checking *c, const struct json_value *run, const char *member, const char *what)
{
	const struct json_value *v = json_member(run, member);

	if (v)
		check(c, what, text_at(v, "path"), text_at(v, "sha256"));
}

static struct str
base_name(struct str path)
{
	const char *slash = path.n ? memrchr(path.p, '/', path.n) : NULL;

	return slash ? str_skip(path, (size_t)(slash - path.p) + 1) : path;
}

/* Files named by their new places: known by what is in them. */
static void
check_among(struct checking *c, const struct json_value *run)
{
	const struct options *o = c->options;
	struct str *hex = arena_alloc(&c->arena, (o->operand.n + 1) * sizeof(*hex));

	for (size_t i = 1; i < o->operand.n; i++) {
		char digest[SHA256_HEX];

		if (digest_of(c, o->operand.at[i], digest))
			hex[i] = arena_str(&c->arena, str_of(digest));
		else
			tell_missing(c, "input", o->operand.at[i]);
	}
	JSON_EACH(f, json_member(run, "files"))
	{
		struct str path = text_at(f, "path"), wanted = text_at(f, "sha256");
		const char *state = "missing";

		for (size_t i = 1; i < o->operand.n; i++) {
			if (wanted.n && str_eq(hex[i], wanted))
				state = NULL;
			else if (state && str_eq(base_name(o->operand.at[i]), base_name(path)))
				state = "changed";
		}
		c->found.checked += !state;
		if (state && str_is(str_of(state), "missing")) {
			tell_missing(c, "input", path);
		} else if (state) {
			error_add(c->err,
				  "input '" STR_FMT
				  "' is not that of the report: no file named here "
				  "has its SHA-256, " STR_FMT,
				  STR_ARG(path), STR_ARG(wanted));
			c->found.changed++;
		}
	}
}

struct verify_found
verify_inputs(const struct json_value *run, const struct options *o, struct errors *err)
{
	struct checking c = { .options = o, .err = err };
	struct verify_found found;

	c.buffer = xalloc(READ_AT_ONCE, 1);
	check_list(&c, run, "sources", "file");
	check_list(&c, run, "ledgers", "ledger");
	check_list(&c, run, "geoip", "database");
	check_one(&c, run, "dispositions", "file");
	if (json_member(run, "earlier"))
		check_list(&c, run, "earlier", "baseline");
	else
		check_one(&c, run, "baseline", "baseline");
	if (o->operand.n > 1)
		check_among(&c, run);
	else
		check_list(&c, run, "files", "input");
	found = c.found;
	free(c.buffer);
	arena_free(&c.arena);
	return found;
}
