/*
 * parts_given.c - see parts_given.h.
 */
#include "app/parts_given.h"

#include "app/progress.h"
#include "base/civil.h"
#include "base/sha256.h"

#include <errno.h>
#include <unistd.h>

static void
digest_ledgers(struct judging *j, uint8_t out[PART_DIGEST])
{
	size_t n;
	const struct ledger_info *info = context_ledgers(j->context, &n);
	struct sha256 sha;

	_Static_assert((int)PART_DIGEST == (int)SHA256_SIZE, "both are of SHA-256");
	sha256_init(&sha);
	for (size_t i = 0; i < n; i++) {
		sha256_add(&sha, info[i].name, strlen(info[i].name) + 1);
		sha256_add(&sha, info[i].sha256, strlen(info[i].sha256) + 1);
	}
	sha256_end(&sha, out);
}

/* Of the run at hand.  A clock is not said: no two machines have the same. */
static void
own_origin(struct judging *j, struct part_origin *out)
{
	const struct options *o = j->options;

	*out = (struct part_origin){ .now = INT64_MIN };
	if (o->now_given || getenv("SOURCE_DATE_EPOCH"))
		out->now = o->now;
	memcpy(out->rules, j->rules.digest, sizeof(out->rules));
	if (!o->digest_none)
		digest_ledgers(j, out->ledgers);
}

static bool
digest_said(const uint8_t d[PART_DIGEST])
{
	static const uint8_t unsaid[PART_DIGEST];

	return memcmp(d, unsaid, PART_DIGEST) != 0;
}

static bool
digests_differ(const uint8_t a[PART_DIGEST], const uint8_t b[PART_DIGEST])
{
	return digest_said(a) && digest_said(b) && memcmp(a, b, PART_DIGEST) != 0;
}

static bool
nows_differ(int64_t a, int64_t b)
{
	return a != INT64_MIN && b != INT64_MIN && a != b;
}

/* What differs between two origins, in words; NULL: nothing of what both say. */
static const char *
difference(const struct part_origin *a, const struct part_origin *b)
{
	if (a->several || b->several)
		return "is of parts that were not made alike";
	if (digests_differ(a->rules, b->rules))
		return "was made under other rules";
	if (digests_differ(a->ledgers, b->ledgers))
		return "was made under other ledgers";
	return nows_differ(a->now, b->now) ? "was made with another --now" : NULL;
}

/* Into `all` what it does not say yet. */
static void
unite(struct part_origin *all, const struct part_origin *one)
{
	all->several |= difference(all, one) != NULL;
	if (!digest_said(all->rules))
		memcpy(all->rules, one->rules, sizeof(all->rules));
	if (!digest_said(all->ledgers))
		memcpy(all->ledgers, one->ledgers, sizeof(all->ledgers));
	all->now = all->now == INT64_MIN ? one->now : all->now;
}

/* What is united to one part is not judged, and may have been made in any way that reads lines alike. */
static bool
merges(const struct judging *j)
{
	return str_is(j->options->verb, "merge") && j->options->partial.n == 0;
}

struct given {
	struct part_label *label;
	struct part_origin run, all; /* of this run, and of the parts so far */
};

static enum status
check_alike(const struct judging *j, struct given *g, const struct part_origin *part,
	    struct str path, struct errors *err)
{
	const char *run = difference(&g->run, part), *others = difference(&g->all, part);

	unite(&g->all, part);
	if (!merges(j) || (!run && !others))
		return STATUS_OK;
	error_add(err,
		  "part '" STR_FMT "' %s%s; `sekisho judge` judges what parts hold by this run's "
		  "rules, ledgers and --now, whatever they were made under",
		  STR_ARG(path), run ? run : others,
		  part->several ? ""
		  : run         ? " than this run has"
				: " than the parts before it");
	return STATUS_USAGE;
}

/* One that is none, or damaged, is not what was asked for. */
static enum status
part_status(enum part_loaded how)
{
	switch (how) {
	case PART_LOADED:
		return STATUS_OK;
	case PART_UNREAD:
		return STATUS_INTERNAL;
	case PART_REFUSED:
	case PART_DAMAGED:
		break;
	}
	return STATUS_USAGE;
}

/* Is it there to be read?  If not, the run goes on without it, and is not complete. */
static bool
part_there(struct judging *j, struct str path)
{
	if (access(path.p, R_OK) == 0)
		return true;
	if (errno == ENOENT || errno == ENOTDIR)
		error_add(&j->trouble,
			  "part '" STR_FMT "' is missing; the findings are those of the others",
			  STR_ARG(path));
	else
		error_add(&j->trouble,
			  "part '" STR_FMT "' cannot be read: %s; the findings are those of the "
			  "others",
			  STR_ARG(path), strerror(errno));
	return false;
}

static enum status
load_one(struct judging *j, struct given *g, size_t i, struct errors *err)
{
	struct str path = arena_str(&j->arena, j->options->operand.at[i]);
	struct part_label *is = &g->label[i];
	enum status status;

	if (!part_there(j, path))
		return STATUS_OK;
	status = part_status(part_load(j->facts, path, j->policy.parse_digest, is, err));
	for (size_t k = 0; k < i && status == STATUS_OK; k++) {
		if (memcmp(g->label[k].identity, is->identity, sizeof(is->identity)) != 0)
			continue;
		error_add(err, "part '" STR_FMT "' is given twice", STR_ARG(path));
		status = STATUS_USAGE;
	}
	return status == STATUS_OK ? check_alike(j, g, &is->origin, path, err) : status;
}

enum status
parts_given_load(struct judging *j, struct errors *err)
{
	const struct options *o = j->options;
	struct given g = { .label = xalloc(o->operand.n + 1, sizeof(*g.label)),
			   .run = { .now = INT64_MIN },
			   .all = { .now = INT64_MIN } };
	enum status status = STATUS_OK;

	if (merges(j))
		own_origin(j, &g.run);
	if (o->operand.n == 0) {
		error_add(err, "no part given; `sekisho scan --partial FILE` writes one");
		status = STATUS_USAGE;
	}
	for (size_t i = 0; i < o->operand.n && status == STATUS_OK; i++) {
		progress_stage("loading parts", o->operand.n);
		progress_add(i, 0);
		status = load_one(j, &g, i, err);
		progress_end();
	}
	j->origin = arena_alloc(&j->arena, sizeof(*j->origin));
	*j->origin = g.all;
	free(g.label);
	return status;
}

void
parts_given_origin(struct judging *j, struct part_origin *out)
{
	if (j->origin)
		*out = *j->origin;
	else
		own_origin(j, out);
}
