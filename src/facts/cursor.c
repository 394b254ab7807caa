/*
 * cursor.c - the sorted union: the segments of one account partition, from all writers, one account at a time.
 *
 *     load a partition (or one of its account groups, when it is larger than our share of memory)
 *       -> counting sort by account -> per account: sort by K, settle doubles -> hand out
 *
 * Logs are written in time order and days are read in order, so sorting is mostly one look.  One account is always
 * held whole: an account larger than the share is held all the same, and is the bound we state in HACKING.
 */
#include "facts/facts_own.h"

#include "base/civil.h"

enum { LOAD_LEAST = 1 << 14, AHEAD = 24 };

/* The file of a feed with most copies of the line at hand, by its lineage. */
struct most {
	size_t copies;
	uint32_t lineage;
};

struct fact_cursor {
	struct facts *facts;
	unsigned partition, group, groups;
	int32_t *rows;
	size_t row_count;

	struct fact *loaded, *sorted, *scratch;
	size_t n, loaded_room, sorted_room, scratch_room;
	struct packed_event *raw;
	size_t raw_room;

	uint32_t *slot;    /* by account number: its index in `first`, plus one */
	uint32_t *account; /* index -> account number */
	size_t *first;     /* index -> start in `sorted`; one more at the end */
	size_t accounts, account_room;
	size_t at;
	uint64_t *doubles; /* by file number */
	struct most *most; /* by feed number; all zero between uses */
	size_t *copies;    /* by lineage; likewise */
	struct ear ear;
};

static void *
room_for(void *p, size_t *room, size_t n, size_t size)
{
	if (n <= *room)
		return p;
	free(p);
	*room = n + n / 4;
	return xrealloc(NULL, *room, size);
}

static uint64_t
partition_size(const struct fact_cursor *c)
{
	uint64_t n = 0;

	for (size_t r = 0; r < c->row_count; r++)
		n += bucket_count(c->facts, false, c->rows[r], c->partition);
	return n;
}

static void
append(struct fact_cursor *c, int32_t day, const struct packed_event *e, size_t n)
{
	int64_t start = jst_day_start(day);

	if (c->n + n > c->loaded_room) {
		c->loaded_room = (c->n + n) * 2;
		c->loaded = xrealloc(c->loaded, c->loaded_room, sizeof(*c->loaded));
	}
	for (size_t i = 0; i < n; i++) {
		const struct tuple *t;
		uint32_t account;

		if (i + AHEAD < n)
			facts_tuple_fetch_at(c->facts, e[i + AHEAD].tuple);
		t = facts_tuple_at(c->facts, e[i].tuple);
		account = t->text[DICT_ACCOUNT];
		if (c->groups > 1 && hash_mix(account) % c->groups != c->group)
			continue;
		if (c->ear.now)
			ear_line(&c->ear, t->system, e[i].ms);
		c->loaded[c->n++] = (struct fact){
			.ts = start + e[i].ms,
			.tuple = e[i].tuple,
			.object = e[i].object,
			.digest = e[i].digest,
			.account = account,
			.where = e[i].where,
		};
	}
}

static void
load(struct fact_cursor *c)
{
	c->n = 0;
	for (size_t r = 0; r < c->row_count; r++) {
		size_t n = bucket_count(c->facts, false, c->rows[r], c->partition);

		c->raw = room_for(c->raw, &c->raw_room, n, sizeof(*c->raw));
		if (bucket_read(c->facts, false, c->rows[r], c->partition, c->raw))
			append(c, c->rows[r], c->raw, n);
		else
			atomic_store(&c->facts->failed, true);
		if (c->ear.now)
			ear_day(&c->ear, r);
	}
}

/* Counting sort: keeps arrival order within an account. */
static void
by_account(struct fact_cursor *c)
{
	size_t start = 0;

	c->accounts = 0;
	for (size_t i = 0; i < c->n; i++) {
		uint32_t *slot = &c->slot[c->loaded[i].account];

		if (*slot == 0) {
			if (c->accounts + 2 > c->account_room) {
				c->account_room = (c->accounts + 2) * 2;
				c->account =
					xrealloc(c->account, c->account_room, sizeof(*c->account));
				c->first = xrealloc(c->first, c->account_room, sizeof(*c->first));
			}
			c->account[c->accounts] = c->loaded[i].account;
			c->first[c->accounts] = 0;
			*slot = (uint32_t)++c->accounts;
		}
		c->first[*slot - 1]++;
	}
	for (size_t a = 0; a < c->accounts; a++) {
		size_t n = c->first[a];

		c->first[a] = start;
		start += n;
	}
	c->sorted = room_for(c->sorted, &c->sorted_room, c->n, sizeof(*c->sorted));
	for (size_t i = 0; i < c->n; i++)
		c->sorted[c->first[c->slot[c->loaded[i].account] - 1]++] = c->loaded[i];
	for (size_t a = c->accounts; a > 0; a--) {
		c->first[a] = c->first[a - 1];
		c->slot[c->account[a - 1]] = 0;
	}
	if (c->accounts)
		c->first[0] = 0;
	c->at = 0;
}

static bool
before(const struct facts *f, const struct fact *a, const struct fact *b)
{
	return a->ts != b->ts ? a->ts < b->ts : facts_order(f, a, b) < 0;
}

/* Natural merge sort: time n on sorted input, n log n at worst, whoever wrote the log. */
static void
merge_runs(struct fact_cursor *c, struct fact *at, size_t n)
{
	for (;;) {
		size_t from = 0, merges = 0;

		while (from < n) {
			size_t mid = from + 1, end, i = from, j, k = 0;

			while (mid < n && !before(c->facts, &at[mid], &at[mid - 1]))
				mid++;
			if (mid == n)
				break;
			end = mid + 1;
			while (end < n && !before(c->facts, &at[end], &at[end - 1]))
				end++;
			c->scratch = room_for(c->scratch, &c->scratch_room, mid - from,
					      sizeof(*c->scratch));
			memcpy(c->scratch, at + from, (mid - from) * sizeof(*at));
			j = mid;
			while (k < mid - from)
				at[i++] = j < end && before(c->facts, &at[j], &c->scratch[k])
						  ? at[j++]
						  : c->scratch[k++];
			merges++;
			from = end;
		}
		if (merges == 0)
			return;
	}
}

/* Each later than the one before: sorted, and without doubles.  Most accounts are. */
static bool
rising(const struct fact *at, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		if (at[i].ts <= at[i - 1].ts)
			return false;
	}
	return true;
}

static bool
same_line(const struct fact *a, const struct fact *b)
{
	return a->ts == b->ts && a->tuple == b->tuple && a->object == b->object &&
	       a->digest == b->digest;
}

/* All that was noted of a line that turns out to be one too many. */
static void
count_double(struct fact_cursor *c, const struct fact *a)
{
	c->doubles[where_file(a->where)]++;
	if (c->ear.now)
		ear_double(&c->ear, facts_tuple_at(c->facts, a->tuple)->system, a->ts);
}

static uint32_t
lineage_of(const struct fact_cursor *c, const struct fact *a)
{
	return c->facts->lineage[where_file(a->where)];
}

static uint32_t
feed_of(const struct fact_cursor *c, const struct fact *a)
{
	return c->facts->feed[where_file(a->where)];
}

/*
 * Equal lines at[0..n).  Of every feed, the file with most copies is kept whole, in all its stretches, and the other
 * copies are doubles.  Returns how many are kept, moved to the front.
 */
static size_t
settle(struct fact_cursor *c, struct fact *at, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		c->copies[lineage_of(c, &at[i])]++;
	for (size_t i = 0; i < n; i++) {
		struct most *m = &c->most[feed_of(c, &at[i])];
		uint32_t lineage = lineage_of(c, &at[i]);

		if (c->copies[lineage] > m->copies)
			*m = (struct most){ .copies = c->copies[lineage], .lineage = lineage };
	}
	for (size_t i = 0; i < n; i++) {
		if (lineage_of(c, &at[i]) == c->most[feed_of(c, &at[i])].lineage)
			c->scratch[kept++] = at[i];
		else
			count_double(c, &at[i]);
	}
	for (size_t i = 0; i < n; i++) {
		c->most[feed_of(c, &at[i])].copies = 0;
		c->copies[lineage_of(c, &at[i])] = 0;
	}
	memcpy(at, c->scratch, kept * sizeof(*at));
	return kept;
}

static size_t
drop_doubles(struct fact_cursor *c, struct fact *at, size_t n)
{
	size_t kept = 0;

	for (size_t from = 0, end; from < n; from = end) {
		size_t count;

		for (end = from + 1; end < n && same_line(&at[from], &at[end]); end++)
			;
		count = end - from;
		if (count > 1 && where_file(at[from].where) != where_file(at[end - 1].where)) {
			c->scratch =
				room_for(c->scratch, &c->scratch_room, count, sizeof(*c->scratch));
			count = settle(c, at + from, count);
		}
		if (kept != from)
			memmove(at + kept, at + from, count * sizeof(*at));
		kept += count;
	}
	return kept;
}

struct fact_cursor *
cursor_open(void *facts, unsigned partition)
{
	struct fact_cursor *c = xalloc(1, sizeof(*c));
	struct facts *f = facts;
	unsigned threads = f->options.writers_hint ? f->options.writers_hint : 1;
	size_t share = f->options.memory / 4 / threads / (2 * sizeof(struct fact));

	c->facts = f;
	c->partition = partition;
	c->rows = facts_days(f, false, &c->row_count);
	c->ear = ear_open(f->hearing, partition);
	c->groups = 1 + (unsigned)(partition_size(c) / (share > LOAD_LEAST ? share : LOAD_LEAST));
	c->slot = xalloc(dict_count(f->dict[DICT_ACCOUNT]) + 1UL, sizeof(*c->slot));
	c->doubles = xalloc(f->file.n, sizeof(*c->doubles));
	c->most = xalloc(f->file.n, sizeof(*c->most));
	c->copies = xalloc(f->file.n, sizeof(*c->copies));
	return c;
}

bool
cursor_next(struct fact_cursor *c, struct account_facts *out)
{
	struct fact *at;

	while (c->at == c->accounts) {
		if (c->group == c->groups)
			return false;
		load(c);
		by_account(c);
		c->group++;
	}
	at = c->sorted + c->first[c->at];
	out->account = c->account[c->at];
	out->n = c->first[c->at + 1] - c->first[c->at];
	c->at++;
	if (!rising(at, out->n)) {
		merge_runs(c, at, out->n);
		out->n = drop_doubles(c, at, out->n);
	}
	out->at = at;
	return true;
}

void
cursor_close(struct fact_cursor *c)
{
	pthread_mutex_lock(&c->facts->lock);
	for (size_t i = 0; i < c->facts->file.n; i++)
		c->facts->doubles[i] += c->doubles[i];
	pthread_mutex_unlock(&c->facts->lock);
	free(c->rows);
	free(c->loaded);
	free(c->sorted);
	free(c->scratch);
	free(c->raw);
	free(c->slot);
	free(c->account);
	free(c->first);
	free(c->doubles);
	free(c->most);
	free(c->copies);
	ear_close(&c->ear);
	free(c);
}
