/*
 * ledger_file.c - reads, digests and checks the encoding of a ledger file.
 */
#include "context/ledger_file.h"

#include <errno.h>
#include <fcntl.h>
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

size_t
utf8_check(struct str s)
{
	size_t at = 0;

	while (at < s.n) {
		size_t n;

		/* Most of a ledger is ASCII: eight bytes at a time. */
		if (s.n - at >= 8 && !(hash_load64(s.p + at) & 0x8080808080808080ULL)) {
			at += 8;
			continue;
		}
		n = utf8_sequence((const uint8_t *)s.p + at, s.n - at);
		if (n == 0)
			return at;
		at += n;
	}
	return s.n;
}

static char *
read_all(int fd, size_t *size)
{
	size_t room = FIRST_READ, n = 0;
	char *p = xalloc(1, room);
	ssize_t got;

	while ((got = read(fd, p + n, room - n)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			free(p);
			return NULL;
		}
		n += (size_t)got;
		if (n == room) {
			room *= 2;
			p = xrealloc(p, room, 1);
		}
	}
	*size = n;
	return p;
}

static int
check_encoding(const struct ledger *l, struct str text, struct errors *err)
{
	struct place at = { .file = l->path, .line = 1 };
	size_t bad = utf8_check(text);

	if (bad == text.n)
		return 0;
	for (size_t i = 0; i < bad; i++)
		at.line += text.p[i] == '\n';
	return error_at(err, at,
			"this is not UTF-8; save the file as UTF-8 (in Excel: 'CSV UTF-8')");
}

char *
ledger_file_read(struct ledger *l, struct place named_at, size_t *size, struct errors *err)
{
	uint8_t digest[SHA256_SIZE];
	int fd = open(l->path.p, O_RDONLY | O_CLOEXEC);
	char *bytes = fd < 0 ? NULL : read_all(fd, size);
	int why = errno;

	if (fd >= 0)
		close(fd);
	if (!bytes) {
		error_at(err, named_at, "the ledger '" STR_FMT "' cannot be read: %s",
			 STR_ARG(l->path), strerror(why));
		return NULL;
	}
	sha256_of((struct str){ .p = bytes, .n = *size }, digest);
	sha256_hex(digest, l->sha256);
	if (check_encoding(l, (struct str){ .p = bytes, .n = *size }, err)) {
		free(bytes);
		return NULL;
	}
	return bytes;
}
