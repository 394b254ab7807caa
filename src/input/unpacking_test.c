/*
 * unpacking_test.c - whole, cut, padded, damaged and hostile files: the bytes that come out, and the exact word on how
 * each ends, by every engine and with every size of reads.
 */
#include "input/test_pack.h"

#include "input/inflate.h"
#include "input/unpacking.h"

enum { ROOM = 1 << 20 };

static char out[ROOM + 1], again[ROOM + 1];

#if defined(HAVE_ISAL)
static const struct packing *const gzips[] = { &packing_gzip_zlib, &packing_gzip };
#else
static const struct packing *const gzips[] = { &packing_gzip_zlib };
#endif

struct result {
	enum file_end end;
	uint64_t trailing;
	size_t n;
	bool overshot;
};

/* The whole file unpacked, `step` bytes at a time. */
static struct result
unpack(const struct packing *p, size_t chunk, size_t step, char *to)
{
	struct errors err = { 0 };
	struct unpacking u;
	struct intake in;
	struct result r = { 0 };
	size_t n;

	assert_int_equal(intake_open(&in, pack_path, LINKS_CAREFUL, &err), 0);
	unpacking_start(&u, &in, p, chunk, 0);
	while ((n = unpacking_read(&u, to + r.n, min_size(step, ROOM - r.n))) > 0)
		r.n += n;
	r.end = u.end;
	r.trailing = u.trailing;
	r.overshot = u.overshot;
	unpacking_stop(&u);
	intake_close(&in);
	errors_free(&err);
	return r;
}

static void
want_unpacked(const char *name, const struct packing *p, size_t chunk, enum file_end end,
	      uint64_t trailing, struct str want)
{
	struct result r = unpack(p, chunk, chunk ? chunk : 4096, out);

	if (r.end != end)
		fail_msg("%s (chunk %zu): wanted '%s', got '%s'", name, chunk, file_end_names[end],
			 file_end_names[r.end]);
	want_i64(name, "bytes behind", (int64_t)trailing, (int64_t)r.trailing);
	want_str(name, "bytes", want, (struct str){ out, r.n });
}

static const struct str member_text[3] = {
	BYTES("one\ntwo\n"),
	BYTES("three and a line that goes on\nfour and four and four and four\n"),
	BYTES("five without an end"),
};

struct three {
	char bytes[1024];
	size_t end[3];  /* of each member */
	size_t text[3]; /* bytes of text up to there */
	char all[256];
};

static struct three
three_members(void)
{
	struct three t = { 0 };
	size_t n = 0, text = 0;

	for (size_t i = 0; i < 3; i++) {
		n += (i == 1 ? gzip_text_with_names : gzip_text)(member_text[i], t.bytes + n,
								 sizeof(t.bytes) - n);
		memcpy(t.all + text, member_text[i].p, member_text[i].n);
		text += member_text[i].n;
		t.end[i] = n;
		t.text[i] = text;
	}
	return t;
}

/* What a cut before byte `cut` must be called; RFC 1952: a trailer is the last eight bytes of a member. */
static enum file_end
end_of_cut(const struct three *t, size_t cut)
{
	for (size_t i = 0; i < 3; i++) {
		if (cut == t->end[i])
			return END_WHOLE;
		if (cut < t->end[i])
			return cut + 8 >= t->end[i] ? END_CUT_TRAILER : END_CUT;
	}
	return END_WHOLE;
}

static void
a_file_cut_at_every_byte_is_called_what_it_is(void **state UNUSED)
{
	static const size_t chunks[] = { 1, 7, 4096, 262144 };
	struct three t = three_members();

	for (size_t cut = 2; cut <= t.end[2]; cut++) {
		enum file_end want = end_of_cut(&t, cut);
		struct result first = { 0 };

		pack_file_set((struct str){ t.bytes, cut });
		for (size_t k = 0; k < COUNT(gzips) * COUNT(chunks); k++) {
			size_t chunk = chunks[k % COUNT(chunks)];
			struct result r = unpack(gzips[k / COUNT(chunks)], chunk, chunk, out);

			if (r.end != want)
				fail_msg("cut at %zu of %zu, chunk %zu, engine %zu: wanted '%s', "
					 "got '%s'",
					 cut, t.end[2], chunk, k / COUNT(chunks),
					 file_end_names[want], file_end_names[r.end]);
			if (k == 0)
				first = r;
			want_i64("a cut file", "bytes of text", (int64_t)first.n, (int64_t)r.n);
			want_str("a cut file", "text",
				 str_head((struct str){ t.all, t.text[2] }, r.n),
				 (struct str){ out, r.n });
			for (size_t i = 0; i < 3; i++)
				assert_true(cut + 8 < t.end[i] || r.n >= t.text[i]);
		}
	}
}

/* Files made of the three members and what was done to them. */
struct damage {
	const char *name;
	size_t keep;     /* bytes of the three members; 0: all */
	size_t flip;     /* byte to turn, counted from the end of the file; 0: none */
	struct str tail; /* put behind */
	size_t zeros;    /* put before the tail */
	enum file_end end;
	uint64_t trailing;
	size_t text; /* members whose text comes out */
};

static void
a_damaged_file_is_called_what_it_is(void **state UNUSED)
{
	static const char member_without_body[] = "\x1f\x8b\x08\0\0\0\0\0\0\xff";
	static const struct damage cases[] = {
		{ .name = "whole", .end = END_WHOLE, .text = 3 },
		{ .name = "a zero byte behind", .zeros = 1, .end = END_WHOLE, .text = 3 },
		{ .name = "a block of zeros behind", .zeros = 512, .end = END_WHOLE, .text = 3 },
		{ .name = "thirteen bytes behind",
		  .tail = BYTES("no gzip here!"),
		  .end = END_TRAILING,
		  .trailing = 13,
		  .text = 3 },
		{ .name = "zeros and a letter",
		  .zeros = 100,
		  .tail = BYTES("x"),
		  .end = END_TRAILING,
		  .trailing = 101,
		  .text = 3 },
		{ .name = "zeros and a member are no row of members",
		  .zeros = 4,
		  .tail = { member_without_body, 10 },
		  .end = END_TRAILING,
		  .trailing = 14,
		  .text = 3 },
		{ .name = "half a magic", .tail = BYTES("\x1f"), .end = END_CUT, .text = 3 },
		{ .name = "a magic", .tail = BYTES("\x1f\x8b"), .end = END_CUT, .text = 3 },
		{ .name = "a header alone",
		  .tail = { member_without_body, 10 },
		  .end = END_CUT,
		  .text = 3 },
		{ .name = "another method than deflate",
		  .tail = BYTES("\x1f\x8b\x07\0\0\0\0\0\0\3"),
		  .end = END_DAMAGED,
		  .text = 3 },
		{ .name = "flags nobody knows",
		  .tail = BYTES("\x1f\x8b\x08\xe0\0\0\0\0\0\3"),
		  .end = END_DAMAGED,
		  .text = 3 },
		{ .name = "a block of the kind that is none",
		  .tail = BYTES("\x1f\x8b\x08\0\0\0\0\0\0\3\7"),
		  .end = END_DAMAGED,
		  .text = 3 },
		{ .name = "a header whose own checksum is wrong",
		  .tail = BYTES("\x1f\x8b\x08\2\0\0\0\0\0\3\0\0"),
		  .end = END_DAMAGED,
		  .text = 3 },
		{ .name = "the length flipped", .flip = 1, .end = END_CHECKSUM, .text = 3 },
		{ .name = "the checksum flipped", .flip = 8, .end = END_CHECKSUM, .text = 3 },
		{ .name = "another compression behind",
		  .tail = BYTES("\xfd\x37zXZ\0\0\0"),
		  .end = END_TRAILING,
		  .trailing = 8,
		  .text = 3 },
		{ .name = "a plain line behind",
		  .tail = BYTES("a line\n"),
		  .end = END_TRAILING,
		  .trailing = 7,
		  .text = 3 },
	};
	static const size_t chunks[] = { 1, 7, 4096 };
	struct three t = three_members();

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct damage *c = &cases[i];
		size_t n = c->keep ? c->keep : t.end[2];

		memcpy(again, t.bytes, n);
		memset(again + n, 0, c->zeros);
		n += c->zeros;
		memcpy(again + n, c->tail.p ? c->tail.p : "", c->tail.n);
		n += c->tail.n;
		if (c->flip)
			again[n - c->flip] ^= 1;
		pack_file_set((struct str){ again, n });
		for (size_t k = 0; k < COUNT(gzips) * COUNT(chunks); k++)
			want_unpacked(c->name, gzips[k / COUNT(chunks)], chunks[k % COUNT(chunks)],
				      c->end, c->trailing,
				      (struct str){ t.all, t.text[c->text - 1] });
	}
}

/* Every third bit of a larger member, in three sizes of steps: both engines say the same word and give the same bytes. */
static void
every_flipped_bit_is_the_same_for_all_engines(void **state UNUSED)
{
	static const size_t steps[] = { 262144, 4096, 64 };
	static char text[6000], packed[8000];
	struct dice d = { 5 };
	size_t n = log_text(&d, text, sizeof(text)), size;
	unsigned whole = 0, ends[END_COUNT] = { 0 };

	size = gzip_text((struct str){ text, n }, packed, sizeof(packed));
	for (size_t bit = 16; bit < size * 8; bit += 3) {
		struct result strict;

		packed[bit / 8] = (char)(packed[bit / 8] ^ 1 << (bit % 8));
		pack_file_set((struct str){ packed, size });
		packed[bit / 8] = (char)(packed[bit / 8] ^ 1 << (bit % 8));
		strict = unpack(&packing_gzip_zlib, 0, 262144, out);
		ends[strict.end]++;
		/* Time and system of the header prove nothing; another distance may give the same. */
		if (strict.end == END_WHOLE)
			want_str("a flipped bit", "text", (struct str){ text, n },
				 (struct str){ out, strict.n });
		whole += strict.end == END_WHOLE;
		for (size_t k = 0; k < COUNT(gzips) * COUNT(steps); k++) {
			size_t step = steps[k % COUNT(steps)];
			struct result r = unpack(gzips[k / COUNT(steps)], step, step, again);

			if (r.n != strict.n)
				fail_msg("bit %zu, step %zu: %zu bytes, strictly %zu", bit, step,
					 r.n, strict.n);
			if (r.end != strict.end)
				fail_msg("bit %zu, step %zu: '%s', strictly '%s'", bit, step,
					 file_end_names[r.end], file_end_names[strict.end]);
			want_str("a flipped bit", "text", (struct str){ out, strict.n },
				 (struct str){ again, r.n });
		}
	}
	assert_true(whole > 0 && ends[END_DAMAGED] > 100 && ends[END_CHECKSUM] > 100);
}

struct bits {
	uint8_t *p;
	size_t n;
};

/* Lowest bit first, as deflate has its fields. */
static void
put_field(struct bits *b, unsigned value, unsigned bits)
{
	for (unsigned i = 0; i < bits; i++, b->n++)
		b->p[b->n / 8] = (uint8_t)(b->p[b->n / 8] | (value >> i & 1) << b->n % 8);
}

/* Highest bit first, as deflate has its codes. */
static void
put_code(struct bits *b, unsigned code, unsigned bits)
{
	while (bits-- > 0)
		put_field(b, code >> bits & 1, 1);
}

/*
 * A member of lines `aaaaaaa` (RFC 1951, 3.2.7): its three codes for a, newline and the end of the block have two bits
 * each, so that a fourth is never used.  zlib refuses such a block when it begins, ISA-L reads it.
 */
static size_t
incomplete_codes(char *to, size_t lines)
{
	enum {
		ZERO = 2,
		TWO = 3,
		ZEROS = 0
	}; /* of code lengths: 0 is `10`, 2 is `11`, 18 is `0` */
	static const uint8_t length_of[16] = { [2] = 1, [3] = 2, [15] = 2 }; /* of 18, 0 and 2 */
	struct bits b = { .p = (uint8_t *)to };

	put_text(to, (struct str)BYTES("\x1f\x8b\x08\0\0\0\0\0\0\xff"));
	b.n = 80;
	put_field(&b, 1 | 2 << 1, 3); /* the last block, with codes of its own */
	put_field(&b, 0, 5);          /* 257 literals */
	put_field(&b, 0, 5);          /* 1 distance */
	put_field(&b, COUNT(length_of) - 4, 4);
	for (size_t i = 0; i < COUNT(length_of); i++)
		put_field(&b, length_of[i], 3);
	for (int i = 0; i < '\n'; i++)
		put_code(&b, ZERO, 2);
	put_code(&b, TWO, 2); /* newline */
	put_code(&b, ZEROS, 1);
	put_field(&b, 'a' - '\n' - 1 - 11, 7);
	put_code(&b, TWO, 2); /* a */
	put_code(&b, ZEROS, 1);
	put_field(&b, 138 - 11, 7);
	put_code(&b, ZEROS, 1);
	put_field(&b, 256 - 'a' - 1 - 138 - 11, 7);
	put_code(&b, TWO, 2); /* the end */
	put_code(&b, ZERO, 2);
	for (size_t i = 0; i < lines * 8; i++)
		put_code(&b, i % 8 == 7 ? 0 : 1, 2);
	put_code(&b, 2, 2);
	return (b.n + 7) / 8 + 8; /* with a checksum of zeros */
}

/* What the fast engine handed out before it knew better is told, and a strict reading has not got it. */
static void
what_is_given_too_soon_is_told(void **state UNUSED)
{
	enum { LINES = 50000 };
	static char packed[LINES * 2 + 1000];
	size_t n = gzip_text(STR("a line\n"), packed, 500);

	n += incomplete_codes(packed + n, LINES);
	pack_file_set((struct str){ packed, n });
	for (size_t k = 0; k < COUNT(gzips); k++) {
		struct result r = unpack(gzips[k], 0, 4096, out);

		want_i64("incomplete codes", "end", END_DAMAGED, r.end);
		want_bool("incomplete codes", "overshot", gzips[k] != &packing_gzip_zlib,
			  r.overshot);
		assert_true(r.overshot ? r.n > 7 : r.n == 7);
		r = unpack(gzips[k], 0, ROOM, out);
		want_i64("incomplete codes, one step", "end", END_DAMAGED, r.end);
		want_bool("incomplete codes, one step", "overshot", false, r.overshot);
		want_i64("incomplete codes, one step", "bytes", 7, (int64_t)r.n);
	}
}

/* Packed by each library, whole and as two members, it is the text. */
static void
every_packing_gives_the_text(void **state UNUSED)
{
	static const size_t chunks[] = { 1, 7, 4096, 262144 };
	static char text[60000], packed[200000];
	struct dice d = { 77 };
	struct str all = { text, log_text(&d, text, sizeof(text)) };

	for (size_t i = 0; i < COUNT(packers); i++) {
		const char *name = packers[i].name;
		size_t half = 31000, n = packers[i].pack(str_head(all, half), packed, 100000);
		const struct packing *p;

		n += packers[i].pack(str_skip(all, half), packed + n, 100000);
		p = packing_of((struct str){ packed, n });
		assert_non_null(p);
		want_str(name, "name", str_of(name), str_of(p->name));
		n = min_size(n, sizeof(packed) - 4); /* which gcc cannot know */
		pack_file_set((struct str){ packed, n });
		for (size_t k = 0; k < COUNT(chunks); k++)
			want_unpacked(name, p, chunks[k], END_WHOLE, 0, all);
		for (size_t k = 0; k < 4; k++)
			packed[n + k] = '\0';
		pack_file_set((struct str){ packed, n + 4 });
		want_unpacked(name, p, 0, END_WHOLE, 0, all);
		for (size_t k = 0; k < 4; k++)
			packed[n + k] = "more"[k];
		pack_file_set((struct str){ packed, n + 4 });
		want_unpacked(name, p, 0, END_TRAILING, 4, all);
		for (size_t cut = n - 30; cut < n; cut++) {
			struct result r;

			pack_file_set((struct str){ packed, cut });
			r = unpack(p, 0, 4096, out);
			want_bool(name, "a cut told", true,
				  r.end == END_CUT || r.end == END_CUT_TRAILER);
			want_str(name, "text", str_head(all, r.n), (struct str){ out, r.n });
		}
	}
}

/* Bytes that came out before the end, which must be `end`. */
static uint64_t
unpacked_until(const struct packing *p, uint64_t max_ratio, enum file_end end)
{
	struct errors err = { 0 };
	struct unpacking u;
	struct intake in;
	uint64_t given = 0;
	size_t got;

	assert_int_equal(intake_open(&in, pack_path, LINKS_CAREFUL, &err), 0);
	unpacking_start(&u, &in, p, 0, max_ratio);
	while ((got = unpacking_read(&u, out, 262144)) > 0)
		given += got;
	want_str(p->name, "end", str_of(file_end_names[end]), str_of(file_end_names[u.end]));
	unpacking_stop(&u);
	intake_close(&in);
	return given;
}

/* Six members of 16 MiB zeros: a little more than 64 MiB comes out, with what it takes to see them. */
static void
a_bomb_is_left(void **state UNUSED)
{
	enum { ZEROS = 16 << 20, MEMBERS = 6, SLACK = 512 << 10 };
	static char packed[64 * 1024], bytes[MEMBERS * sizeof(packed)];
	char *zeros = calloc(ZEROS, 1);

	assert_non_null(zeros);
	for (size_t i = 0; i < COUNT(packers); i++) {
		size_t n = packers[i].pack((struct str){ zeros, ZEROS }, packed, sizeof(packed));
		const struct packing *p = packing_of((struct str){ packed, n });
		uint64_t given, all = (uint64_t)MEMBERS * ZEROS;

		assert_non_null(p);
		for (size_t k = 0; k < MEMBERS; k++)
			memcpy(bytes + k * n, packed, n);
		pack_file_set((struct str){ bytes, MEMBERS * n });
		given = unpacked_until(p, 0, END_BOMB);
		if (given <= BOMB_AFTER || given > BOMB_AFTER + SLACK)
			fail_msg("%s: %llu bytes came out", p->name, (unsigned long long)given);
		if (p == &packing_gzip)
			want_i64("zlib", "bytes", (int64_t)given,
				 (int64_t)unpacked_until(&packing_gzip_zlib, 0, END_BOMB));
		want_i64(p->name, "bytes when so much is allowed", (int64_t)all,
			 (int64_t)unpacked_until(p, 1000000, END_WHOLE));
	}
	free(zeros);
}

/* A member alone, and whatever its ratio: so small a file is no danger. */
static void
what_unpacks_to_less_than_a_bomb_is_none(void **state UNUSED)
{
	enum { ZEROS = 60 << 20 };
	static char packed[262144];
	char *zeros = calloc(ZEROS, 1);

	assert_non_null(zeros);
	pack_file_set((struct str){
		packed, gzip_text((struct str){ zeros, ZEROS }, packed, sizeof(packed)) });
	free(zeros);
	want_i64("60 MiB", "bytes", ZEROS, (int64_t)unpacked_until(&packing_gzip, 1, END_WHOLE));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_cut_at_every_byte_is_called_what_it_is),
		cmocka_unit_test(a_damaged_file_is_called_what_it_is),
		cmocka_unit_test(every_flipped_bit_is_the_same_for_all_engines),
		cmocka_unit_test(what_is_given_too_soon_is_told),
		cmocka_unit_test(every_packing_gives_the_text),
		cmocka_unit_test(a_bomb_is_left),
		cmocka_unit_test(what_unpacks_to_less_than_a_bomb_is_none),
	};

	return cmocka_run_group_tests(tests, pack_file_make, pack_file_remove);
}
