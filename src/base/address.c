/*
 * address.c - addresses as 16 canonical bytes, so that equal ones are equal however they were written.
 */
#include "base/address.h"

#include <arpa/inet.h>

static bool
dotted(struct str s, unsigned char out[4])
{
	for (int i = 0; i < 4; i++) {
		struct str part = str_split(&s, '.');
		uint64_t v;

		if (part.n > 3 || !str_to_u64(part, &v) || v > 255 ||
		    (part.n > 1 && part.p[0] == '0'))
			return false;
		out[i] = (unsigned char)v;
	}
	return s.n == 0;
}

bool
address_parse(struct str s, char out[ADDRESS_SIZE])
{
	char text[INET6_ADDRSTRLEN];
	unsigned char v4[4];

	if (s.n == 0)
		return false;
	if (memchr(s.p, ':', s.n) == NULL) {
		size_t dots = 0;

		for (size_t i = 0; i < s.n; i++)
			dots += s.p[i] == '.';
		if (dots != 3 || !dotted(s, v4))
			return false;
		memset(out, 0, 10);
		memset(out + 10, 0xff, 2);
		memcpy(out + 12, v4, 4);
		return true;
	}
	if (s.n >= sizeof(text))
		return false;
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	return memchr(text, '\0', s.n) == NULL && inet_pton(AF_INET6, text, out) == 1;
}

bool
address_is_ipv4(const char address[ADDRESS_SIZE])
{
	static const char head[12] = { [10] = (char)0xff, [11] = (char)0xff };

	return memcmp(address, head, sizeof(head)) == 0;
}

/*
 * The IANA's special-purpose registries, by the first bytes of an address as a number.  Blocks of IPv6 are no longer
 * than that; IPv4 is compared in the upper half.
 */
struct reserved {
	uint64_t head;
	unsigned bits;
};

#define V4(a, b, c) ((uint64_t)(a) << 56 | (uint64_t)(b) << 48 | (uint64_t)(c) << 40)

static const struct reserved reserved_ipv4[] = {
	{ V4(0, 0, 0), 8 },      /* this network */
	{ V4(10, 0, 0), 8 },     /* private */
	{ V4(100, 64, 0), 10 },  /* shared behind a carrier's NAT */
	{ V4(127, 0, 0), 8 },    /* this machine */
	{ V4(169, 254, 0), 16 }, /* this link */
	{ V4(172, 16, 0), 12 },  /* private */
	{ V4(192, 0, 0), 24 },   /* protocols */
	{ V4(192, 168, 0), 16 }, /* private */
	{ V4(198, 18, 0), 15 },  /* measuring */
	{ V4(224, 0, 0), 3 },    /* multicast, reserved, broadcast */
};

static const struct reserved reserved_ipv6[] = {
	{ 0x0064FF9B00010000, 48 }, /* translation inside a network */
	{ 0x0100000000000000, 64 }, /* discarded */
	{ 0xFC00000000000000, 7 },  /* private */
	{ 0xFE80000000000000, 9 },  /* this link, this site */
	{ 0xFF00000000000000, 8 },  /* multicast */
};

/* Big-endian. */
static uint64_t
number_of(const unsigned char *p, size_t n)
{
	uint64_t v = 0;

	for (size_t i = 0; i < n; i++)
		v = v << 8 | p[i];
	return v << (8 - n) * 8;
}

static bool
lies_in(uint64_t head, const struct reserved *r, size_t count)
{
	bool in = false;

	for (size_t i = 0; i < count; i++)
		in |= (head ^ r[i].head) >> (64 - r[i].bits) == 0;
	return in;
}

bool
address_is_public(const char address[ADDRESS_SIZE])
{
	static const char none[12]; /* ::, ::1, and IPv4 in a form given up */
	const unsigned char *a = (const unsigned char *)address;

	if (address_is_ipv4(address))
		return !lies_in(number_of(a + 12, 4), reserved_ipv4, COUNT(reserved_ipv4));
	return memcmp(address, none, sizeof(none)) != 0 &&
	       !lies_in(number_of(a, 8), reserved_ipv6, COUNT(reserved_ipv6));
}

struct str
address_print(char buf[ADDRESS_TEXT], const char address[ADDRESS_SIZE])
{
	bool v4 = address_is_ipv4(address);

	if (!inet_ntop(v4 ? AF_INET : AF_INET6, v4 ? address + 12 : address, buf, ADDRESS_TEXT))
		return (struct str){ 0 };
	return str_of(buf);
}
