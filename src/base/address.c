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

/* The IANA's special-purpose registries. */
struct reserved {
	uint8_t bits;
	uint8_t head[ADDRESS_SIZE];
};

static const struct reserved reserved_ipv4[] = {
	{ 8, { 0 } },          /* this network */
	{ 8, { 10 } },         /* private */
	{ 10, { 100, 64 } },   /* shared behind a carrier's NAT */
	{ 8, { 127 } },        /* this machine */
	{ 16, { 169, 254 } },  /* this link */
	{ 12, { 172, 16 } },   /* private */
	{ 24, { 192, 0, 0 } }, /* protocols */
	{ 16, { 192, 168 } },  /* private */
	{ 15, { 198, 18 } },   /* measuring */
	{ 4, { 224 } },        /* multicast */
	{ 4, { 240 } },        /* reserved, broadcast */
};

static const struct reserved reserved_ipv6[] = {
	{ 96, { 0 } },                            /* none, this machine, IPv4 in a form given up */
	{ 48, { 0x00, 0x64, 0xff, 0x9b, 0, 1 } }, /* translation inside a network */
	{ 64, { 0x01 } },                         /* discarded */
	{ 7, { 0xfc } },                          /* private */
	{ 9, { 0xfe, 0x80 } },                    /* this link, this site */
	{ 8, { 0xff } },                          /* multicast */
};

static bool
lies_in(const unsigned char *address, const struct reserved *r)
{
	unsigned whole = r->bits / 8, left = r->bits % 8;

	return memcmp(address, r->head, whole) == 0 &&
	       (left == 0 || (address[whole] ^ r->head[whole]) >> (8 - left) == 0);
}

bool
address_is_public(const char address[ADDRESS_SIZE])
{
	bool v4 = address_is_ipv4(address);
	const unsigned char *a = (const unsigned char *)address + (v4 ? 12 : 0);
	const struct reserved *r = v4 ? reserved_ipv4 : reserved_ipv6;
	size_t count = v4 ? COUNT(reserved_ipv4) : COUNT(reserved_ipv6);

	for (size_t i = 0; i < count; i++) {
		if (lies_in(a, &r[i]))
			return false;
	}
	return true;
}

struct str
address_print(char buf[ADDRESS_TEXT], const char address[ADDRESS_SIZE])
{
	bool v4 = address_is_ipv4(address);

	if (!inet_ntop(v4 ? AF_INET : AF_INET6, v4 ? address + 12 : address, buf, ADDRESS_TEXT))
		return (struct str){ 0 };
	return str_of(buf);
}
