/*
 * canon_fuzz.c - any bytes as the fields of a record, under a policy with templates, query
 * parameters and patterns: what comes out lies in what went in, in the policy or in `room`, twice
 * gives the same, and undoing escapes never grows.
 *
 * The input is lines: method and target, account, agent, address; the lowest bit of the first byte
 * picks the system.
 */
#include "base/error.h"
#include "format/canon.h"
#include "format/decode.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A struct str in a static table; STR() is not a constant. */
#define BYTES(literal)                                                                             \
	{                                                                                          \
		(literal), sizeof(literal) - 1                                                     \
	}

/* path:/consumers/{object}/{class}, path:/t{terminal}-{masked}.do, query:t, query:m, query:u */
static struct template_piece screen_piece[] = {
	{ .literal = BYTES("/consumers/"), .field = -1 },
	{ .field = FIELD_OBJECT },
	{ .literal = BYTES("/"), .field = -1 },
	{ .field = FIELD_CLASS },
};
static struct template_piece terminal_piece[] = {
	{ .literal = BYTES("/t"), .field = -1 },  { .field = FIELD_TERMINAL },
	{ .literal = BYTES("-"), .field = -1 },   { .field = FIELD_MASKED },
	{ .literal = BYTES(".do"), .field = -1 },
};
static struct extract sources[] = {
	{ .kind = SOURCE_PATH,
	  .field = FIELD_OBJECT,
	  .template = { screen_piece, COUNT(screen_piece) } },
	{ .kind = SOURCE_PATH,
	  .field = FIELD_TERMINAL,
	  .template = { terminal_piece, COUNT(terminal_piece) } },
	{ .kind = SOURCE_QUERY, .field = FIELD_TERMINAL, .name = BYTES("t") },
	{ .kind = SOURCE_QUERY, .field = FIELD_MASKED, .name = BYTES("m") },
	{ .kind = SOURCE_QUERY, .field = FIELD_ACCOUNT, .name = BYTES("u") },
};
static struct policy_system systems[] = {
	{ .id = BYTES("takuso"),
	  .extract = sources,
	  .extract_count = COUNT(sources),
	  .normalise = NORMALISE_TRIM | NORMALISE_LOWER | NORMALISE_STRIP_DOMAIN |
		       NORMALISE_FOLD_WIDTH },
	{ .id = BYTES("kouri"), .extract = sources + 2, .extract_count = 3 },
};

/* Patterns over every part of a record; the second one costs more than a line may. */
static struct str patterns[] = {
	BYTES("^/old/(?<object>[^/]+)/(?<class>.*)$"),
	BYTES("^/slow/(?:(?<object>[0-9]+)+)+$"),
	BYTES("(?:^|&)who=(?<account>[^&]*)(?:&as=(?<terminal>[^&]*))?"),
	BYTES("^Kasumi Terminal (?<terminal>\\S+)(?: masked=(?<masked>\\S*))?"),
};
enum { PATTERNS = COUNT(patterns) };
static void *code[PATTERNS];
static uint16_t group[PATTERNS][FIELD_COUNT];

static struct str login_path[] = { BYTES("/login"), BYTES("/signin") }, post[] = { BYTES("POST") };
static struct str health[] = { BYTES("/health") }, list[] = { BYTES("/list") };
static struct str kouri[] = { BYTES("kouri") }, bot[] = { BYTES("bot") };
static struct match login_match[] = {
	{ .field = MATCH_PATH, .kind = MATCH_EQUAL, .value = login_path, .value_count = 2 },
	{ .field = MATCH_METHOD, .kind = MATCH_EQUAL, .value = post, .value_count = 1 },
};
static struct match health_match[] = {
	{ .field = MATCH_TARGET, .kind = MATCH_STARTS, .value = health, .value_count = 1 },
};
static struct match list_match[] = {
	{ .field = MATCH_PATH, .kind = MATCH_ENDS, .value = list, .value_count = 1 },
	{ .field = MATCH_SYSTEM, .kind = MATCH_EQUAL, .value = kouri, .value_count = 1 },
};
static struct match bot_match[] = {
	{ .field = MATCH_AGENT, .kind = MATCH_CONTAINS, .value = bot, .value_count = 1 },
};
/* The pattern holds and takes groups before the bot does not: they must be forgotten. */
static struct match path_match[] = {
	{ .field = MATCH_PATH,
	  .kind = MATCH_RE,
	  .value = patterns,
	  .value_count = 2,
	  .regex = code,
	  .regex_group = group },
};
static struct match query_bot_match[] = {
	{ .field = MATCH_QUERY,
	  .kind = MATCH_RE,
	  .value = patterns + 2,
	  .value_count = 1,
	  .regex = code + 2,
	  .regex_group = group + 2 },
	{ .field = MATCH_AGENT, .kind = MATCH_CONTAINS, .value = bot, .value_count = 1 },
};
static struct match agent_match[] = {
	{ .field = MATCH_AGENT,
	  .kind = MATCH_RE,
	  .value = patterns + 3,
	  .value_count = 1,
	  .regex = code + 3,
	  .regex_group = group + 3 },
};
static struct resource resources[] = {
	{ .class = BYTES("contract"), .act = -1, .sensitivity = SENSITIVITY_NON_PUBLIC },
	{ .match = login_match, .match_count = 2, .act = ACT_LOGIN },
	{ .match = health_match, .match_count = 1, .act = ACT_HEALTH },
	{ .class = BYTES("search"), .match = list_match, .match_count = 2, .act = ACT_LIST },
	{ .match = query_bot_match, .match_count = 2, .act = ACT_ADMIN },
	{ .match = path_match, .match_count = 1, .act = -1 },
	{ .class = BYTES("terminal"), .match = agent_match, .match_count = 1, .act = -1 },
	{ .match = bot_match, .match_count = 1, .act = ACT_OTHER },
};
static struct policy policy = { .system = systems,
				.system_count = COUNT(systems),
				.resource = resources,
				.resource_count = COUNT(resources) };
static struct canon_matcher *matcher;

static const char *const group_names[FIELD_COUNT] = { "object", "class", "account", "terminal",
						      "masked", "act",   "outcome", "n",
						      "sid",    "code",  "device",  "purpose",
						      "seq" };

static void
compile_policy(void)
{
	for (int i = 0; i < PATTERNS; i++) {
		int wrong;
		PCRE2_SIZE at;
		pcre2_code *c = pcre2_compile((PCRE2_SPTR)patterns[i].p, patterns[i].n, 0, &wrong,
					      &at, NULL);

		if (!c)
			BUG("pattern %d is wrong at %zu", i, at);
		for (int f = 0; f < FIELD_COUNT; f++) {
			int n = pcre2_substring_number_from_name(c, (PCRE2_SPTR)group_names[f]);

			group[i][f] = (uint16_t)(n > 0 ? n : 0);
		}
		code[i] = c;
	}
	matcher = canon_matcher_new(&policy);
}

/* A heap block of the text's own size: a sanitizer sees one byte too far. */
static char *
exact_copy(struct str s)
{
	char *p = xalloc(s.n, 1);

	if (s.n)
		memcpy(p, s.p, s.n);
	return p;
}

static bool
inside(struct str part, const char *from, size_t n)
{
	uintptr_t p = (uintptr_t)part.p, start = (uintptr_t)from;

	return part.n == 0 || (p >= start && part.n <= n && p - start <= n - part.n);
}

static bool
in_policy(struct str s)
{
	for (size_t i = 0; i < COUNT(resources); i++) {
		if (s.p == resources[i].class.p && s.n == resources[i].class.n)
			return true;
	}
	return false;
}

static void
check_canon(const struct canon *c, const struct record *r, const struct room *room)
{
	if (room->used > room->size)
		BUG("%zu of %zu bytes of room are used", room->used, room->size);
	if (c->act >= ACT_COUNT || c->ok > 1 || c->masked > MASKED_YES || c->reason >= REASON_COUNT)
		BUG("act %d, ok %d, masked %d, reason %d", c->act, c->ok, c->masked, c->reason);
	if ((c->ok == 1) != (c->reason == REASON_NONE))
		BUG("ok %d with reason %d", c->ok, c->reason);
	for (int f = 0; f < FIELD_COUNT; f++) {
		struct str s = c->field[f];

		if (!inside(s, room->p, room->used) &&
		    !inside(s, r->text[RAW_TARGET].p, r->text[RAW_TARGET].n) &&
		    !inside(s, r->text[RAW_METHOD].p, r->text[RAW_METHOD].n) &&
		    !inside(s, r->text[RAW_AGENT].p, r->text[RAW_AGENT].n) && !in_policy(s))
			BUG("field %d lies nowhere", f);
	}
}

static void
want_same_canon(const struct canon *a, const struct canon *b)
{
	bool same = a->act == b->act && a->ok == b->ok && a->masked == b->masked &&
		    a->reason == b->reason && a->grouped == b->grouped && a->refused == b->refused;

	for (int f = 0; f < FIELD_COUNT; f++)
		same = same && str_eq(a->field[f], b->field[f]);
	if (!same)
		BUG("the same line twice is not the same");
}

/* Between the two, a line that takes every field: nothing of it may be left. */
static void
try_line(unsigned system, const struct record *r)
{
	static const struct record other = {
		.text = { [RAW_METHOD] = BYTES("GET"),
			  [RAW_TARGET] = BYTES("/old/9%39/x?who=%61&as=T+2&t=1&m=1&u=ep0009"),
			  [RAW_AGENT] = BYTES("Kasumi Terminal T-9 masked=yes") },
		.status = 200,
		.escaped = true,
	};
	enum { LARGE = 2 * CANON_ROOM };
	static char bytes[2][LARGE];
	struct room first = { .p = bytes[0], .size = CANON_ROOM };
	struct room second = { .p = bytes[1], .size = LARGE };
	struct canon a, b;

	memset(&a, 0x5a, sizeof(a));
	canon_line(matcher, system, r, &first, &a);
	check_canon(&a, r, &first);
	memset(&b, 0xa5, sizeof(b));
	canon_line(matcher, !system, &other, &second, &b);
	canon_line(matcher, system, r, &second, &b);
	check_canon(&b, r, &second);
	want_same_canon(&a, &b);
}

static void
try_who(unsigned system, const struct record *r)
{
	struct canon_who a, b;

	memset(&a, 0x5a, sizeof(a));
	memset(&b, 0xa5, sizeof(b));
	canon_who(&systems[system], r, (struct str){ 0 }, &a);
	canon_who(&systems[system], r, (struct str){ 0 }, &b);
	if (!inside(a.account, a.room, sizeof(a.room)) &&
	    !inside(a.account, r->text[RAW_ACCOUNT].p, r->text[RAW_ACCOUNT].n))
		BUG("the account lies nowhere");
	if (a.account.n > r->text[RAW_ACCOUNT].n)
		BUG("an account of %zu bytes became one of %zu", r->text[RAW_ACCOUNT].n,
		    a.account.n);
	if (a.has_address != b.has_address || !str_eq(a.account, b.account) ||
	    (a.has_address && memcmp(a.address, b.address, sizeof(a.address)) != 0))
		BUG("who said twice is not the same");
	if (r->text[RAW_AGENT].n && client_family(r->text[RAW_AGENT]).n > r->text[RAW_AGENT].n)
		BUG("a client's name is longer than its agent");
}

static void
check_decoded(struct str from, struct str to, const char *room, size_t before, size_t used)
{
	if (to.n > from.n)
		BUG("%zu bytes grew to %zu", from.n, to.n);
	if (used == before && to.n && to.p != from.p)
		BUG("a decoded value took no room");
	if (used != before && (to.p != room + before || used != before + to.n))
		BUG("%zu bytes of room for a value of %zu", used - before, to.n);
}

/* With room of every size that decides something; a sanitizer sees one byte too much written. */
static void
try_decode(struct str s)
{
	const size_t rooms[] = { s.n, s.n ? s.n - 1 : 0, 2 * s.n, 2 * s.n + 1, 0 };

	for (size_t i = 0; i < COUNT(rooms); i++) {
		struct room room = { .p = xalloc(rooms[i], 1), .size = rooms[i] };
		struct str one = decode_escapes(s, &room), two;
		size_t before;

		check_decoded(s, one, room.p, 0, room.used);
		for (int query = 0; query < 2; query++) {
			before = room.used;
			two = decode_url(one, query == 1, &room);
			if (room.used > rooms[i])
				BUG("%zu of %zu bytes of room are used", room.used, rooms[i]);
			check_decoded(one, two, room.p, before, room.used);
		}
		free(room.p);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const int statuses[] = { 200, 302, 304, 401, 403, 404, 410, 500, 999 };
	struct str rest = { .p = (const char *)data, .n = size }, request;
	struct record r = { .escaped = true };
	struct str *part[] = { &r.text[RAW_METHOD], &r.text[RAW_TARGET], &r.text[RAW_ACCOUNT],
			       &r.text[RAW_AGENT], &r.text[RAW_ADDRESS] };
	char *own[COUNT(part)];
	unsigned system = size ? data[0] & 1 : 0;

	if (!matcher)
		compile_policy();
	request = str_split(&rest, '\n');
	r.text[RAW_METHOD] = str_split(&request, ' ');
	r.text[RAW_TARGET] = request;
	r.text[RAW_ACCOUNT] = str_split(&rest, '\n');
	r.text[RAW_AGENT] = str_split(&rest, '\n');
	r.text[RAW_ADDRESS] = rest;
	for (size_t i = 0; i < COUNT(part); i++)
		part[i]->p = own[i] = exact_copy(*part[i]);
	r.status = (int16_t)statuses[size % COUNT(statuses)];
	try_line(system, &r);
	try_who(system, &r);
	try_decode(r.text[RAW_TARGET]);
	try_decode(r.text[RAW_ACCOUNT]);
	for (size_t i = 0; i < COUNT(own); i++)
		free(own[i]);
	return 0;
}
