/*
 * ledger_file.c - reads a ledger file; hides whether it was UTF-8 or, as Excel and the Cabinet Office save it, CP932.
 */
#include "context/ledger_file.h"

#include "base/encoding.h"
#include "context/cell.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST_READ = 1 << 16 };

/* Length of the UTF-8 sequence at p, 0 if it is none.  No overlong forms, no surrogates. */
static size_t
utf8_sequence(const uint8_t *p, size_t n)
{
	static const struct {
		uint8_t head_mask, head, size;
		uint32_t least;
	} forms[] = { { 0x80, 0x00, 1, 0 },
		      { 0xE0, 0xC0, 2, 0x80 },
		      { 0xF0, 0xE0, 3, 0x800 },
		      { 0xF8, 0xF0, 4, 0x10000 } };

	for (size_t i = 0; i < COUNT(forms); i++) {
		uint32_t c = p[0] & ~(uint32_t)forms[i].head_mask;

		if ((p[0] & forms[i].head_mask) != forms[i].head)
			continue;
		for (size_t k = 1; k < forms[i].size; k++) {
			if (k >= n || (p[k] & 0xC0) != 0x80)
				return 0;
			c = c << 6 | (p[k] & 0x3F);
		}
		return c < forms[i].least || c > 0x10FFFF || c >> 11 == 0x1B ? 0 : forms[i].size;
	}
	return 0;
}

/* 32 or 8 when as many bytes at p are ASCII, else 0. */
static inline size_t
ascii_block(const char *p, size_t n)
{
	const uint64_t high = 0x8080808080808080ULL;

	if (n >= 32 && !((load64(p) | load64(p + 8) | load64(p + 16) | load64(p + 24)) & high))
		return 32;
	return n >= 8 && !(load64(p) & high) ? 8 : 0;
}

size_t
utf8_check(struct str s)
{
	size_t at = 0;

	while (at < s.n) {
		size_t n;
		size_t ascii = ascii_block(s.p + at, s.n - at);

		/* Most of a ledger is ASCII. */
		if (ascii) {
			at += ascii;
			continue;
		}
		n = utf8_sequence((const uint8_t *)s.p + at, s.n - at);
		if (n == 0)
			return at;
		at += n;
	}
	return s.n;
}

/* Room for more than the file has, so that its end is seen without moving it. */
static size_t
first_room(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && st.st_size > FIRST_READ ? (size_t)st.st_size + 1 + MEMO_TEXT
							      : FIRST_READ;
}

static int
read_all(int fd, struct ledger *l)
{
	size_t room = first_room(fd), n = 0;
	char *p = table_alloc(room);
	ssize_t got;

	while ((got = read(fd, p + n, room - MEMO_TEXT - n)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			break;
		n += (size_t)got;
		if (n == room - MEMO_TEXT) {
			char *more = table_alloc(room * 2);

			memcpy(more, p, n);
			table_free(p, room);
			p = more;
			room *= 2;
		}
	}
	l->owned = p;
	l->owned_room = room;
	l->file = (struct str){ .p = p, .n = n };
	l->bytes = l->file;
	return got < 0 ? -1 : 0;
}

/*
 * A text in UTF-8 with a broken byte or two is mostly valid CP932, too, and would be read as rubbish.  But Japanese
 * in UTF-8 is full of sequences of three, which CP932 hardly ever makes by chance; what is wrong there is rare.
 */
static bool
broken_utf8(struct str s)
{
	size_t at = 0, wrong = 0, threes = 0;

	if (str_starts(s, STR("\xEF\xBB\xBF")))
		return true;
	while (at < s.n) {
		size_t n = utf8_sequence((const uint8_t *)s.p + at, s.n - at);

		wrong += n == 0;
		threes += n == 3;
		at += n ? n : 1;
	}
	return threes >= wrong;
}

/* False when a byte is no character of CP932; U+0080 is what the standard makes of a byte that is none. */
static bool
read_as_cp932(struct ledger *l)
{
	struct transcoder t = { .from = ENCODING_CP932 };
	struct str s = { 0 };
	char *p;

	l->turned_room = TRANSCODE_ROOM(l->file.n) + TRANSCODE_ROOM(0) + MEMO_TEXT;
	l->turned = p = table_alloc(l->turned_room);
	s.p = p;
	s.n = transcode(&t, l->file.p, l->file.n, p);
	s.n += transcode(&t, NULL, 0, p + s.n);
	if (t.bad || str_contains(s, STR("\xC2\x80")))
		return false;
	l->bytes = s;
	return true;
}

static int
read_encoding(struct ledger *l, struct errors *err)
{
	struct place at = { .file = l->path, .line = 1 };
	size_t bad = utf8_check(l->file);

	if (bad == l->file.n || (!broken_utf8(l->file) && read_as_cp932(l)))
		return 0;
	for (size_t i = 0; i < bad; i++)
		at.line += l->file.p[i] == '\n';
	return error_at(
		err, at,
		"this is neither UTF-8 nor CP932; save the file as UTF-8 (in Excel: 'CSV UTF-8')");
}

int
ledger_file_read(struct ledger *l, struct place named_at, struct errors *err)
{
	int fd = open(l->path.p, O_RDONLY | O_CLOEXEC);
	int rc = fd < 0 ? -1 : read_all(fd, l);
	int why = errno;

	if (fd >= 0)
		close(fd);
	if (rc)
		return error_at(err, named_at, "the ledger '" STR_FMT "' cannot be read: %s",
				STR_ARG(l->path), strerror(why));
	return read_encoding(l, err);
}
