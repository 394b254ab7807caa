/*
 * facts.c - dictionaries, files and writers; cursors are in cursor.c, files on disk in part.c.
 */
#include "facts/facts_own.h"

#include "base/civil.h"

struct facts *
facts_new(const struct facts_options *o)
{
	struct facts *f = xalloc(1, sizeof(*f));

	f->options = *o;
	if (o->table_secret.n)
		hash_key_from(&f->key, o->table_secret);
	else
		hash_key_random(&f->key);
	hash_key_from(&f->partition_key, STR("sekisho partition"));
	for (int d = 0; d < DICT_COUNT; d++)
		f->dict[d] = dict_new(&f->key);
	f->tuples = dict_new(&f->key);
	pthread_mutex_init(&f->lock, NULL);
	return f;
}

void
facts_free(struct facts *f)
{
	if (!f)
		return;
	for (int d = 0; d < DICT_COUNT; d++)
		dict_free(f->dict[d]);
	dict_free(f->tuples);
	for (size_t i = 0; i < f->writer.n; i++) {
		store_free(f->writer.at[i]->store);
		VEC_FREE(&f->writer.at[i]->days);
		free(f->writer.at[i]);
	}
	for (size_t i = 0; i < f->shelf.n; i++)
		shelf_close(f->shelf.at[i]);
	for (size_t i = 0; i < f->heard.n; i++)
		shelf_close(f->heard.at[i]);
	for (size_t i = 0; i < f->file.n; i++)
		VEC_FREE(&f->file.at[i].mark);
	VEC_FREE(&f->writer);
	VEC_FREE(&f->shelf);
	VEC_FREE(&f->heard);
	VEC_FREE(&f->file);
	arena_free(&f->arena);
	free(f->doubles);
	free(f->lineage);
	free(f->feed);
	hearing_free(f->hearing);
	free(f->refused);
	pthread_mutex_destroy(&f->lock);
	free(f);
}

uint32_t
facts_file_new(struct facts *f, const struct logfile *file)
{
	if (f->file.n >= 1U << (64 - WHERE_SHIFT))
		BUG("more than 2^24 input files");
	*VEC_PUSH(&f->file) = *file;
	if (file->lineage == 0)
		hash_random(&f->file.at[f->file.n - 1].lineage, sizeof(uint64_t));
	return (uint32_t)f->file.n - 1;
}

struct logfile *
facts_file(struct facts *f, uint32_t number)
{
	return &f->file.at[number];
}

uint32_t
facts_file_count(const struct facts *f)
{
	return (uint32_t)f->file.n;
}

void
facts_begin(struct facts *f, int32_t day)
{
	f->from_day = day;
}

void
facts_pick(struct facts *f, const struct pick *p)
{
	f->pick = p;
}

void
facts_files_end(struct facts *f, uint32_t n)
{
	f->file.n = n;
}

struct dictionary *
facts_dict(struct facts *f, enum dict d)
{
	return f->dict[d];
}

const struct hash_key *
facts_key(const struct facts *f)
{
	return &f->key;
}

uint32_t
facts_tuple(struct facts *f, const struct tuple *t)
{
	return dict_number(f->tuples, (struct str){ .p = (const char *)t, .n = sizeof(*t) });
}

static struct str
tuple_bytes(const struct tuple *t)
{
	return (struct str){ .p = (const char *)t, .n = sizeof(*t) };
}

struct hash128
facts_tuple_fetch(const struct facts *f, const struct tuple *t)
{
	struct hash128 hash = hash128(&f->key, tuple_bytes(t));

	dict_fetch_slot(f->tuples, hash);
	return hash;
}

void
facts_tuple_fetch_entry(const struct facts *f, struct hash128 hash)
{
	dict_fetch_entry(f->tuples, hash);
}

uint32_t
facts_tuple_hashed(struct facts *f, const struct tuple *t, struct hash128 hash)
{
	return dict_intern(f->tuples, tuple_bytes(t), hash);
}

const struct tuple *
facts_tuple_at(const struct facts *f, uint32_t number)
{
	return (const struct tuple *)(const void *)dict_text(f->tuples, number).p;
}

void
facts_tuple_fetch_at(const struct facts *f, uint32_t number)
{
	dict_fetch_text(f->tuples, number);
}

/*
 * By a key that is no secret, so that the columns of a part are ours, whoever wrote it.  Who chooses accounts that share
 * a column wins nothing: they are judged on one thread, in as many groups as memory asks for.
 */
unsigned
facts_column(const struct facts *f, struct str account)
{
	return account.n ? (hash128(&f->partition_key, account).hi >> 8) % STORE_COLUMNS : 0;
}

unsigned
facts_partition(const struct facts *f, uint32_t account)
{
	return facts_column(f, dict_text(f->dict[DICT_ACCOUNT], account));
}

/* Half of --memory is for events on their way in, less what the dictionaries of earlier parts hold. */
struct facts_writer *
facts_writer_new(struct facts *f)
{
	struct facts_writer *w = xalloc(1, sizeof(*w));
	unsigned writers = f->options.writers_hint ? f->options.writers_hint : 1;

	w->facts = f;
	w->store = store_new(sizeof(struct packed_event), f->options.memory / 2 / writers,
			     f->options.spill_dir);
	w->last_day.day = INT32_MIN;
	w->first_ts = INT64_MAX;
	w->last_ts = INT64_MIN;
	pthread_mutex_lock(&f->lock);
	*VEC_PUSH(&f->writer) = w;
	pthread_mutex_unlock(&f->lock);
	return w;
}

static int
day_order(struct system_day a, struct system_day b)
{
	return a.day != b.day ? (a.day > b.day) - (a.day < b.day)
			      : (a.system > b.system) - (a.system < b.system);
}

/* Index of the first element not below `d`. */
static size_t
day_place(const struct facts_writer *w, struct system_day d)
{
	size_t lo = 0, hi = w->days.n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (day_order(w->days.at[mid], d) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static bool
day_present(const struct facts_writer *w, struct system_day d)
{
	size_t at = day_place(w, d);

	return at < w->days.n && day_order(w->days.at[at], d) == 0;
}

static void
day_note(struct facts_writer *w, struct system_day d)
{
	size_t at = day_place(w, d);

	w->last_day = d;
	w->last_start = jst_day_start(d.day);
	if (day_present(w, d))
		return;
	*VEC_PUSH(&w->days) = d;
	memmove(&w->days.at[at + 1], &w->days.at[at], (w->days.n - 1 - at) * sizeof(*w->days.at));
	w->days.at[at] = d;
}

void
facts_add(struct facts_writer *w, int32_t jst_day, unsigned partition, uint16_t system,
	  const struct packed_event *e)
{
	int64_t ts;

	if (UNLIKELY(w->last_day.day != jst_day || w->last_day.system != system))
		day_note(w, (struct system_day){ .day = jst_day, .system = system });
	ts = w->last_start + e->ms;
	if (ts < w->first_ts)
		w->first_ts = ts;
	if (ts > w->last_ts)
		w->last_ts = ts;
	w->events++;
	store_add(w->store, jst_day, partition, e);
}

void
facts_fetch(const struct facts_writer *w, unsigned partition)
{
	store_fetch(w->store, partition);
}

static int
text_order(const struct facts *f, enum dict d, uint32_t a, uint32_t b)
{
	return a == b ? 0 : str_cmp(dict_text(f->dict[d], a), dict_text(f->dict[d], b));
}

/*
 * What two lines of one instant say, by content: numbers follow arrival and must not decide.  The digest parts lines
 * that differ only in what we do not keep; equal ones are copies, told apart by where they lie, which no finding shows.
 */
int
facts_order(const struct facts *f, const struct fact *a, const struct fact *b)
{
	int c = 0;

	if (a->tuple != b->tuple) {
		const struct tuple *x = facts_tuple_at(f, a->tuple);
		const struct tuple *y = facts_tuple_at(f, b->tuple);
		uint32_t shape_x = (uint32_t)x->system << 16 | (uint32_t)x->act << 8 | x->ok;
		uint32_t shape_y = (uint32_t)y->system << 16 | (uint32_t)y->act << 8 | y->ok;

		c = (shape_x > shape_y) - (shape_x < shape_y);
		for (int d = 0; d < DICT_OBJECT && c == 0; d++)
			c = text_order(f, (enum dict)d, x->text[d], y->text[d]);
		if (c == 0)
			c = (x->masked > y->masked) - (x->masked < y->masked);
		if (c == 0)
			c = (x->reason > y->reason) - (x->reason < y->reason);
	}
	if (c == 0)
		c = text_order(f, DICT_OBJECT, a->object, b->object);
	if (c == 0)
		c = (a->digest > b->digest) - (a->digest < b->digest);
	return c ? c : (a->where > b->where) - (a->where < b->where);
}

static uint32_t
names_count(const void *facts, enum dict d)
{
	const struct facts *f = facts;

	return dict_count(f->dict[d]);
}

static struct str
names_text(const void *facts, enum dict d, uint32_t number)
{
	const struct facts *f = facts;

	return dict_text(f->dict[d], number);
}

static uint32_t
names_tuple_count(const void *facts)
{
	const struct facts *f = facts;

	return dict_count(f->tuples);
}

static const struct tuple *
names_tuple(const void *facts, uint32_t number)
{
	return facts_tuple_at(facts, number);
}

static const struct logfile *
source_file(const void *facts, uint32_t number)
{
	const struct facts *f = facts;

	return &f->file.at[number];
}

static bool
source_system_day(const void *facts, unsigned system, int32_t jst_day)
{
	const struct facts *f = facts;
	struct system_day d = { .day = jst_day, .system = (uint16_t)system };

	for (size_t i = 0; i < f->writer.n; i++) {
		if (day_present(f->writer.at[i], d))
			return true;
	}
	for (size_t i = 0; i < f->shelf.n; i++) {
		if (shelf_heard(f->shelf.at[i], d.system, d.day))
			return true;
	}
	for (size_t i = 0; i < f->heard.n; i++) {
		if (shelf_heard(f->heard.at[i], d.system, d.day))
			return true;
	}
	return false;
}

static bool
source_span(const void *facts, int64_t *first_ts, int64_t *last_ts)
{
	const struct facts *f = facts;

	*first_ts = INT64_MAX;
	*last_ts = INT64_MIN;
	for (size_t i = 0; i < f->writer.n; i++) {
		*first_ts = min_i64(*first_ts, f->writer.at[i]->first_ts);
		*last_ts = max_i64(*last_ts, f->writer.at[i]->last_ts);
	}
	for (size_t i = 0; i < f->shelf.n; i++)
		shelf_span(f->shelf.at[i], first_ts, last_ts);
	for (size_t i = 0; i < f->heard.n; i++)
		shelf_span(f->heard.at[i], first_ts, last_ts);
	return *first_ts <= *last_ts;
}

static void
source_listen(void *facts)
{
	struct facts *f = facts;
	size_t n;

	if (!f->hearing) {
		int32_t *days = facts_days(f, false, &n);

		f->hearing = hearing_new(days, n, f->options.systems);
	}
}

static const struct heard *
source_heard(const void *facts, unsigned system, int32_t jst_day)
{
	return hearing_of(((const struct facts *)facts)->hearing, system, jst_day);
}

static int
source_order(const void *facts, const struct fact *a, const struct fact *b)
{
	return facts_order(facts, a, b);
}

void
facts_settle_doubles(struct facts *f)
{
	for (size_t i = 0; f->doubles && i < f->file.n; i++) {
		f->file.at[i].bucket[BUCKET_ACCEPTED] -= f->doubles[i];
		f->file.at[i].bucket[BUCKET_DUPLICATE] += f->doubles[i];
		f->file.at[i].settled += f->doubles[i];
		f->doubles[i] = 0;
	}
}

bool
facts_ok(const struct facts *f)
{
	for (size_t i = 0; i < f->writer.n; i++) {
		if (!store_ok(f->writer.at[i]->store))
			return false;
	}
	return !atomic_load(&f->failed);
}

struct str
facts_unreadable(const struct facts *f)
{
	const struct shelf *s = atomic_load(&f->unreadable);

	return s ? s->path : (struct str){ 0 };
}

uint64_t
facts_spilled(const struct facts *f)
{
	uint64_t bytes = 0;

	for (size_t i = 0; i < f->writer.n; i++)
		bytes += store_spilled_bytes(f->writer.at[i]->store);
	return bytes;
}

uint64_t
facts_events(const struct facts *f)
{
	uint64_t n = 0;

	for (size_t i = 0; i < f->writer.n; i++)
		n += f->writer.at[i]->events;
	for (size_t i = 0; i < f->shelf.n; i++)
		n += shelf_events(f->shelf.at[i]);
	return n;
}

static int
lineage_order(const void *a, const void *b)
{
	const struct logfile *x = *(const struct logfile *const *)a;
	const struct logfile *y = *(const struct logfile *const *)b;

	return (x->lineage > y->lineage) - (x->lineage < y->lineage);
}

static int
feed_order(const void *a, const void *b)
{
	const struct logfile *x = *(const struct logfile *const *)a;
	const struct logfile *y = *(const struct logfile *const *)b;
	int c = (x->system > y->system) - (x->system < y->system);

	return c ? c : str_cmp(x->feed, y->feed);
}

/* Numbers of files that are equal in this order, dense from 0 and by file number; the caller frees them. */
static uint32_t *
number_files(const struct facts *f, int (*order)(const void *, const void *))
{
	const struct logfile **file = xalloc(f->file.n + 1, sizeof(*file));
	uint32_t *to = xalloc(f->file.n + 1, sizeof(*to)), number = 0;

	for (size_t i = 0; i < f->file.n; i++)
		file[i] = &f->file.at[i];
	qsort(file, f->file.n, sizeof(*file), order);
	for (size_t i = 0; i < f->file.n; i++) {
		number += i > 0 && order(&file[i - 1], &file[i]) != 0;
		to[file[i] - f->file.at] = number;
	}
	free(file);
	return to;
}

uint32_t *
facts_feeds(const struct facts *f)
{
	return number_files(f, feed_order);
}

struct fact_source
facts_source(struct facts *f)
{
	if (!f->doubles) {
		f->doubles = xalloc(f->file.n, sizeof(*f->doubles));
		f->lineage = number_files(f, lineage_order);
		f->feed = facts_feeds(f);
	}
	return (struct fact_source){
		.facts = f,
		.names = { .facts = f,
			   .count = names_count,
			   .text = names_text,
			   .tuple_count = names_tuple_count,
			   .tuple = names_tuple },
		.partitions = STORE_COLUMNS,
		.open = cursor_open,
		.next = cursor_next,
		.close = cursor_close,
		.file = source_file,
		.system_day = source_system_day,
		.span = source_span,
		.listen = source_listen,
		.heard = source_heard,
		.refused = refusals_of,
		.order = source_order,
	};
}
