/*
 * state_testing.h - for tests: states in folders of their own, and nights invented for them.
 */
#ifndef SEKISHO_STORE_STATE_TESTING_H
#define SEKISHO_STORE_STATE_TESTING_H

#include "base/test_wall.h"

#include "base/civil.h"
#include "base/out.h"
#include "store/state.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TEST_DAY = 19177 /* 2022-07-04 */, TEST_NIGHT_HOUR = 2 };

struct place_of_test {
	char folder[64], state[80];
};

static inline int
test_remove_one(const char *path, const struct stat *st UNUSED, int flag UNUSED,
		struct FTW *at UNUSED)
{
	(void)chmod(path, 0700);
	return remove(path);
}

static inline void
test_remove(const char *path)
{
	(void)nftw(path, test_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static inline void
test_place(struct place_of_test *p)
{
	/* In memory where there is such a thing: what is flushed is not what these tests are about. */
	(void)snprintf(p->folder, sizeof(p->folder), "%s/state_test.XXXXXX",
		       access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	assert_non_null(mkdtemp(p->folder));
	(void)snprintf(p->state, sizeof(p->state), "%s/nights", p->folder);
}

/* 02:00 in Japan, that many nights behind 2022-07-04 */
static inline int64_t
test_now(int night)
{
	return jst_day_start(TEST_DAY + night) + TEST_NIGHT_HOUR * 3600000LL;
}

static inline enum state_opened
test_open(struct state **s, const char *folder, bool write, struct errors *err)
{
	return state_open(s,
			  &(struct state_options){
				  .folder = str_of(folder), .write = write, .now = test_now(0) },
			  err);
}

static inline struct state *
test_opened(const char *name, const char *folder, bool write)
{
	struct errors err = { 0 };
	struct state *s;
	enum state_opened how = test_open(&s, folder, write, &err);

	if (how != STATE_OPENED)
		fail_msg("%s: wanted it opened, got %d: " STR_FMT, name, (int)how,
			 STR_ARG(err.list.n ? err.list.at[0] : STR("nothing told")));
	errors_free(&err);
	return s;
}

/* What a night of tests brings; texts are of the test. */
struct test_night {
	struct state_night night;
	struct arena arena;
	struct state_input input[2];
	struct state_line line[2];
	struct state_finding finding[2];
};

/* A fake part in the room: `bytes` bytes, told apart by the number of the night. */
static inline void
test_part(const struct state *s, struct test_night *t, int night, size_t bytes)
{
	struct errors err = { 0 };
	struct out o;

	t->night.part.path = state_part_room(s, &t->arena);
	assert_int_equal(out_open(&o, t->night.part.path, &err), 0);
	for (size_t i = 0; i < bytes; i++)
		out_char(&o, (char)('a' + night));
	assert_int_equal(out_close(&o, &err), 0);
	memset(t->night.part.identity, 0x10 + night, STATE_DIGEST);
	t->night.part.bytes = bytes;
	t->night.part.events = 100U + (unsigned)night;
	t->night.part.first_day = TEST_DAY + night - 1;
	t->night.part.last_day = TEST_DAY + night;
}

/* Night n: a part, two inputs, a cited line of it, and two findings of which one is told every night. */
static inline void
test_night(const struct state *s, struct test_night *t, int n)
{
	*t = (struct test_night){ .night = { .now = test_now(n), .purge_before = INT32_MIN } };
	test_part(s, t, n, 40U + (unsigned)n);
	memset(t->night.parse_digest, 0x5a, STATE_DIGEST);
	for (int i = 0; i < 2; i++) {
		t->input[i] = (struct state_input){ .number = (uint32_t)i,
						    .system = STR("takuso"),
						    .feed = STR("logs/access.log"),
						    .bytes = 1000U + 1000U * (uint64_t)n,
						    .packed = i == 1 };
		t->input[i].path = arena_printf(&t->arena, "logs/access.log.%d", n + i);
		memset(t->input[i].sha256, 0x40 + 2 * n + i, STATE_DIGEST);
	}
	t->line[0] = (struct state_line){ .number = 1,
					  .offset = 4096U + (unsigned)n,
					  .line = 17,
					  .digest = 0xfeed0000U + (unsigned)n,
					  .raw = STR("192.0.2.7 - pg0001 \"GET /c/1\"") };
	t->finding[0] = (struct state_finding){ .fp_case = STR("sk1c:aaaa"),
						.fp_occ = STR("sk1o:every"),
						.record = STR("{\"rule\":\"ORG-01\"}") };
	t->finding[1].fp_case = arena_printf(&t->arena, "sk1c:night%d", n);
	t->finding[1].fp_occ = STR("sk1o:once");
	t->finding[1].record = STR("{\"rule\":\"SHR-02\"}");
	t->night.input = t->input;
	t->night.input_count = 2;
	t->night.line = t->line;
	t->night.line_count = 1;
	t->night.finding = t->finding;
	t->night.finding_count = 2;
	t->night.run.record = arena_printf(&t->arena, "{\"schema\":\"sekisho/run/1\",\"n\":%d}", n);
	memset(t->night.run.findings_digest, '0' + n % 10, 64);
	t->night.run.lines = 200U + (unsigned)n;
	t->night.run.events = 100U + (unsigned)n;
	t->night.run.findings = 2;
	t->night.run.status = 1;
}

static inline void
test_fold(const char *folder, int n)
{
	struct errors err = { 0 };
	struct state *s = test_opened("folding", folder, true);
	struct test_night t;

	test_night(s, &t, n);
	if (state_commit(s, &t.night, &err) != 0)
		fail_msg("night %d: " STR_FMT, n, STR_ARG(err.list.at[0]));
	state_close(s);
	arena_free(&t.arena);
	errors_free(&err);
}

/* All that a state answers, as text: equal texts, equal states. */
static inline struct str
test_story(const struct state *s, struct arena *a)
{
	struct str story = arena_printf(a, "head %s purged before %d\n", state_head(s),
					(int)state_purged_before(s));
	size_t n;
	const struct state_part *p = state_parts(s, &n);

	for (size_t i = 0; i < n; i++)
		story = arena_printf(a, STR_FMT "part %lld " STR_FMT " %d..%d %llu %llu\n",
				     STR_ARG(story), (long long)p[i].id, STR_ARG(p[i].path),
				     (int)p[i].first_day, (int)p[i].last_day,
				     (unsigned long long)p[i].events,
				     (unsigned long long)p[i].bytes);
	const struct state_input *in = state_inputs(s, &n);

	for (size_t i = 0; i < n; i++)
		story = arena_printf(
			a, STR_FMT "input %lld %u " STR_FMT " " STR_FMT " %llu %02x %d\n",
			STR_ARG(story), (long long)in[i].part, in[i].number, STR_ARG(in[i].system),
			STR_ARG(in[i].path), (unsigned long long)in[i].bytes,
			(unsigned)in[i].sha256[0], in[i].packed);
	const struct state_finding *f = state_findings(s, &n);

	for (size_t i = 0; i < n; i++)
		story = arena_printf(a,
				     STR_FMT "finding " STR_FMT " " STR_FMT " %lld " STR_FMT "\n",
				     STR_ARG(story), STR_ARG(f[i].fp_case), STR_ARG(f[i].fp_occ),
				     (long long)f[i].first_told, STR_ARG(f[i].record));
	const struct state_run *r = state_runs(s, &n);

	for (size_t i = 0; i < n; i++)
		story = arena_printf(a, STR_FMT "run %lld %lld " STR_FMT " %s %llu %llu %d\n",
				     STR_ARG(story), (long long)r[i].id, (long long)r[i].now,
				     STR_ARG(r[i].record), r[i].findings_digest,
				     (unsigned long long)r[i].lines,
				     (unsigned long long)r[i].findings, r[i].status);
	return arena_printf(a, STR_FMT "lines %zu\n", STR_ARG(story), state_line_count(s));
}

/* Opened for reading, whole; empty: it could not be, and how says why. */
static inline struct str
test_told(const char *folder, struct arena *a, enum state_opened *how, struct errors *err)
{
	struct state *s;
	struct str story = { 0 };

	*how = test_open(&s, folder, false, err);
	if (*how == STATE_OPENED)
		story = test_story(s, a);
	state_close(s);
	return story;
}

#endif
