/*
 * part_pick_test.c - picking equals filtering the whole walk: random worlds in several parts, with copies across their
 * files; what is damaged is refused or not needed, and what is forged and sealed breaks nothing.
 */
#include "facts/facts_testing.h"

#include "facts/part.h"
#include "facts/part_seal.h"

#include <fcntl.h>

enum { WORLDS = 50, PARTS = 4, FILES = 3, SYSTEMS = 2, PICKS = 8, BYTES_MOST = 1 << 18 };

static const uint8_t digest[PART_DIGEST] = "the way these lines were read..";
static char folder[64], path[PARTS][100];

static int
pick_folder(void **state UNUSED)
{
	snprintf(folder, sizeof(folder), "/tmp/sekisho-pick-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	for (int i = 0; i < PARTS; i++)
		snprintf(path[i], sizeof(path[i]), "%s/part%d", folder, i);
	return 0;
}

static int
pick_folder_remove(void **state UNUSED)
{
	for (int i = 0; i < PARTS; i++)
		unlink(path[i]);
	return rmdir(folder);
}

static struct facts *
facts_empty(void)
{
	return facts_new(&(struct facts_options){
		.memory = 1 << 20, .writers_hint = 1, .systems = SYSTEMS, .spill_dir = "/tmp" });
}

/* Few of everything, so that lines meet; lineages run across parts, and feeds have several files. */
static void
part_roll(struct dice *d, unsigned part, unsigned lines)
{
	static const struct str feeds[] = { { "web1", 4 }, { "web2", 4 } };
	static const struct part_choice all = { .first_file = 0 };
	struct facts *f = facts_empty();
	struct facts_writer *w = facts_writer_new(f);
	uint16_t system[FILES];
	struct errors err = { 0 };
	struct part_made made;
	struct out o;

	for (uint32_t i = 0; i < FILES; i++) {
		system[i] = (uint16_t)throw_of(d, SYSTEMS);
		facts_file_new(f, &(struct logfile){ .path = STR("a log"),
						     .feed = feeds[throw_of(d, 2)],
						     .system = system[i],
						     .lineage = 1 + throw_of(d, 5) });
	}
	for (unsigned i = 0; i < lines; i++) {
		struct raw_line l = { .ts = 1656860400000 + (int64_t)throw_of(d, 3) * DAY_MS +
					    (int64_t)throw_of(d, 4) * 1000,
				      .account = (uint16_t)throw_of(d, 6),
				      .object = (uint16_t)throw_of(d, 6),
				      .terminal = (uint16_t)throw_of(d, 2),
				      .act = ACT_VIEW,
				      .ok = (uint8_t)throw_of(d, 2),
				      .digest = throw_of(d, 2),
				      .file = throw_of(d, FILES),
				      .offset = i * 100 };

		l.system = (uint8_t)system[l.file];
		raw_write(f, w, &l);
		if (throw_of(d, 8) == 0)
			facts_refuse(w, hash128(facts_key(f), STR("what is this?")),
				     (uint64_t)l.file << WHERE_SHIFT | i);
	}
	assert_int_equal(out_open(&o, str_of(path[part]), &err), 0);
	assert_int_equal(part_save(f, &all, digest, &o, &made), 0);
	assert_int_equal(out_close(&o, &err), 0);
	facts_free(f);
	errors_free(&err);
}

/* One that asks for numbers of the world, or for some that it does not have. */
struct question {
	unsigned object, account[SYSTEMS]; /* object 0: any */
	bool any_account;
	int64_t since, until;
	int32_t begin; /* days before were purged; 0: none */
};

static struct question
question_roll(struct dice *d)
{
	struct question q = { .object = throw_of(d, 4) ? throw_of(d, 8) : 0,
			      .since = INT64_MIN,
			      .until = INT64_MAX };

	q.any_account = q.object && throw_of(d, 2);
	for (int i = 0; i < SYSTEMS; i++)
		q.account[i] = throw_of(d, 8);
	if (throw_of(d, 3) == 0)
		q.since = 1656860400000 + throw_of(d, 3 * 86400) * 1000LL;
	if (throw_of(d, 3) == 0)
		q.until = 1656860400000 + throw_of(d, 4 * 86400) * 1000LL;
	if (throw_of(d, 4) == 0)
		q.begin = jst_day(1656860400000) + (int32_t)throw_of(d, 3);
	return q;
}

static bool
asked_for(const struct question *q, const struct raw_line *l)
{
	return (q->object == 0 || l->object == q->object) &&
	       (q->any_account || (q->account[l->system] && l->account == q->account[l->system])) &&
	       q->since <= l->ts && l->ts < q->until;
}

/* By content, and of copies by where the one that is kept lies. */
static int
place_order(const void *a, const void *b)
{
	const struct raw_line *x = a, *y = b;
	int c = raw_content_order(x, y);

	if (c == 0)
		c = (x->file > y->file) - (x->file < y->file);
	return c ? c : (x->offset > y->offset) - (x->offset < y->offset);
}

static void
lines_asked_for(struct facts *f, const struct question *q, struct raw_lines *out)
{
	struct raw_lines all = { { 0 } };

	raw_read(f, &all);
	for (size_t i = 0; i < all.at.n; i++) {
		if (asked_for(q, &all.at.at[i]))
			*VEC_PUSH(&out->at) = all.at.at[i];
	}
	if (out->at.n)
		qsort(out->at.at, out->at.n, sizeof(*out->at.at), place_order);
	VEC_FREE(&all.at);
}

static enum part_loaded
parts_load(struct facts *f, const struct question *q, unsigned parts)
{
	struct errors err = { 0 };
	struct part_label label;
	enum part_loaded end = PART_LOADED;

	if (q->begin)
		facts_begin(f, q->begin);
	for (unsigned i = 0; i < parts && end == PART_LOADED; i++)
		end = part_load(f, str_of(path[i]), digest, &label, &err);
	want_i64("a refusal", "messages", end != PART_LOADED, (int64_t)err.list.n);
	errors_free(&err);
	return end;
}

/* A question in the words that a pick takes. */
struct worded {
	char text[SYSTEMS + 1][16];
	struct str account[SYSTEMS];
	struct pick pick;
};

static void
question_word(const struct question *q, struct worded *w)
{
	w->pick = (struct pick){ .since = q->since, .until = q->until };
	snprintf(w->text[SYSTEMS], sizeof(w->text[SYSTEMS]), "o%05u", q->object);
	if (q->object)
		w->pick.object = str_of(w->text[SYSTEMS]);
	for (int i = 0; i < SYSTEMS; i++) {
		snprintf(w->text[i], sizeof(w->text[i]), "a%05u", q->account[i]);
		w->account[i] = q->account[i] ? str_of(w->text[i]) : (struct str){ 0 };
	}
	w->pick.account = q->any_account ? NULL : w->account;
}

/* What is known of days is that of the whole. */
static void
want_same_days(struct facts *want, struct facts *got)
{
	struct fact_source a = facts_source(want), b = facts_source(got);
	int64_t first[2], last[2];

	want_bool("the span", "any", a.span(want, &first[0], &last[0]),
		  b.span(got, &first[1], &last[1]));
	want_i64("the span", "first", first[0], first[1]);
	want_i64("the span", "last", last[0], last[1]);
	for (unsigned s = 0; s < SYSTEMS; s++) {
		for (int32_t day = jst_day(1656860400000) - 1, i = 0; i < 5; i++)
			want_bool("a day", "heard", a.system_day(want, s, day + i),
				  b.system_day(got, s, day + i));
	}
	want_i64("files", "count", facts_file_count(want), facts_file_count(got));
}

static void
picking_is_filtering(void **state UNUSED)
{
	struct dice d = { 2026 };
	size_t found = 0;

	for (unsigned world = 0; world < WORLDS; world++) {
		unsigned parts = 1 + throw_of(&d, PARTS);

		for (unsigned i = 0; i < parts; i++)
			part_roll(&d, i, throw_of(&d, 200));
		for (unsigned i = 0; i < PICKS; i++) {
			struct question q = question_roll(&d);
			struct facts *whole = facts_empty(), *picked = facts_empty();
			struct raw_lines want = { { 0 } }, got = { { 0 } };
			struct worded w;

			question_word(&q, &w);
			facts_pick(picked, &w.pick);
			assert_int_equal(parts_load(whole, &q, parts), PART_LOADED);
			assert_int_equal(parts_load(picked, &q, parts), PART_LOADED);
			lines_asked_for(whole, &q, &want);
			lines_asked_for(picked, &q, &got);
			want_same_lines("a pick", &want, &got);
			for (size_t k = 0; k < want.at.n; k++)
				assert_int_equal(place_order(&want.at.at[k], &got.at.at[k]), 0);
			want_same_days(whole, picked);
			found += want.at.n;
			facts_free(whole);
			facts_free(picked);
			VEC_FREE(&want.at);
			VEC_FREE(&got.at);
		}
	}
	assert_true(found > WORLDS);
}

static size_t
bytes_of_part(char *buf)
{
	int fd = open(path[0], O_RDONLY);
	ssize_t n = read(fd, buf, BYTES_MOST);

	close(fd);
	assert_true(n > 0 && n < BYTES_MOST);
	return (size_t)n;
}

static void
set_part(const char *buf, size_t n)
{
	int fd = open(path[0], O_WRONLY | O_CREAT, 0600);

	assert_true(fd >= 0 && write(fd, buf, n) == (ssize_t)n && ftruncate(fd, (off_t)n) == 0);
	close(fd);
}

static const struct question first_consumer = {
	.object = 1, .any_account = true, .since = INT64_MIN, .until = INT64_MAX
};

/* NULL: refused. */
static struct facts *
pick_first(struct worded *w)
{
	struct facts *f = facts_empty();

	question_word(&first_consumer, w);
	facts_pick(f, &w->pick);
	if (parts_load(f, &first_consumer, 1) == PART_LOADED)
		return f;
	facts_free(f);
	return NULL;
}

/* False: refused. */
static bool
pick_lines(struct raw_lines *out)
{
	struct worded w;
	struct facts *f = pick_first(&w);

	if (f)
		lines_asked_for(f, &first_consumer, out);
	facts_free(f);
	return f != NULL;
}

/* Whatever its names are. */
static bool
pick_and_walk(void)
{
	struct worded w;
	struct facts *f = pick_first(&w);
	struct fact_source s = { .partitions = 0 };

	if (f)
		s = facts_source(f);
	for (unsigned p = 0; p < s.partitions; p++) {
		struct fact_cursor *c = s.open(s.facts, p);
		struct account_facts a;

		while (s.next(c, &a))
			assert_true(a.n > 0);
		s.close(c);
	}
	facts_free(f);
	return f != NULL;
}

static void
what_is_read_is_verified(void **state UNUSED)
{
	static char buf[BYTES_MOST];
	struct dice d = { 7 };
	struct raw_lines want = { { 0 } };
	size_t n, refused = 0;

	part_roll(&d, 0, 12);
	n = bytes_of_part(buf);
	assert_true(pick_lines(&want) && want.at.n > 0);
	for (size_t at = 0; at < n; at++) {
		struct raw_lines got = { { 0 } };
		char was = buf[at];

		buf[at] = (char)(was ^ 1 << at % 8);
		set_part(buf, n);
		if (pick_lines(&got))
			want_same_lines("a byte was turned where nothing is read", &want, &got);
		else
			refused++;
		VEC_FREE(&got.at);
		buf[at] = was;
	}
	/* Of the events of others it looks at none: all else is all but them. */
	assert_true(refused >= n - 12 * sizeof(struct packed_event) && refused < n);
	for (size_t cut = 0; cut < n; cut++) {
		struct raw_lines got = { { 0 } };

		set_part(buf, cut);
		if (pick_lines(&got))
			fail_msg("%zu of %zu bytes were taken for all", cut, n);
	}
	VEC_FREE(&want.at);
}

static void
forged_and_sealed_parts_break_no_pick(void **state UNUSED)
{
	static const char values[] = { 1, 0x7f, (char)0x80, (char)0xff };
	static char buf[BYTES_MOST], sealed[BYTES_MOST];
	struct dice d = { 8 };
	size_t n, rejected = 0;

	part_roll(&d, 0, 12);
	n = bytes_of_part(buf);
	for (size_t i = 0; i < 2 * (n - PART_DIGEST); i += 3) {
		size_t at = i / 2;

		memcpy(sealed, buf, n);
		sealed[at] = i % 2 ? 0 : (char)(buf[at] + values[at % COUNT(values)]);
		part_seal(sealed, n, digest);
		set_part(sealed, n);
		rejected += !pick_and_walk();
	}
	assert_true(rejected > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(picking_is_filtering),
		cmocka_unit_test(what_is_read_is_verified),
		cmocka_unit_test(forged_and_sealed_parts_break_no_pick),
	};

	return cmocka_run_group_tests(tests, pick_folder, pick_folder_remove);
}
