/*
 * cidr.c - reading blocks of ledgers, and the names of blocks that no ledger has.
 */
#include "base/cidr.h"

#include <arpa/inet.h>

enum { IPV4_DERIVED = 24, IPV6_DERIVED = 64 };

static bool
is_ipv4(const uint8_t address[ADDRESS_SIZE])
{
	return address_is_ipv4((const char *)address);
}

struct cidr
cidr_of(const uint8_t address[ADDRESS_SIZE], unsigned bits)
{
	struct cidr c = { .bits = (uint8_t)bits };

	memcpy(c.byte, address, bits / 8);
	if (bits % 8)
		c.byte[bits / 8] = (uint8_t)(address[bits / 8] & 0xFF00 >> bits % 8);
	return c;
}

bool
cidr_holds(const struct cidr *c, const uint8_t address[ADDRESS_SIZE])
{
	struct cidr of = cidr_of(address, c->bits);

	return memcmp(of.byte, c->byte, sizeof(of.byte)) == 0;
}

enum cidr_read
cidr_parse(struct str text, struct cidr *out)
{
	struct str rest = text, head = str_split(&rest, '/');
	uint8_t address[ADDRESS_SIZE];
	unsigned head_bits;
	uint64_t bits;

	if (!address_parse(head, (char *)address))
		return CIDR_BAD;
	head_bits = str_find(head, ':') < head.n ? 0 : IPV4_BITS;
	bits = ADDRESS_BITS - head_bits;
	if (head.n < text.n && (!str_to_u64(rest, &bits) || bits > ADDRESS_BITS - head_bits))
		return CIDR_BAD;
	*out = cidr_of(address, head_bits + (unsigned)bits);
	return memcmp(out->byte, address, sizeof(address)) ? CIDR_BITS_BEYOND : CIDR_OK;
}

struct cidr
cidr_derived(const uint8_t address[ADDRESS_SIZE])
{
	return cidr_of(address, is_ipv4(address) ? IPV4_BITS + IPV4_DERIVED : IPV6_DERIVED);
}

/*
 * The zeroes at the end of a /64 are at least four groups, so they are the run that RFC 5952 shortens, and
 * no other one is.
 */
struct str
cidr_print_derived(struct arena *a, const struct cidr *c)
{
	const uint8_t *b = c->byte;
	struct str s = STR("");
	size_t groups = IPV6_DERIVED / 16;

	if (is_ipv4(b))
		return arena_printf(a, "%u.%u.%u.0/%d", b[12], b[13], b[14], IPV4_DERIVED);
	while (groups > 0 && b[groups * 2 - 2] == 0 && b[groups * 2 - 1] == 0)
		groups--;
	for (size_t i = 0; i < groups; i++)
		s = arena_printf(a, STR_FMT "%s%x", STR_ARG(s), i ? ":" : "",
				 (unsigned)b[i * 2] << 8 | b[i * 2 + 1]);
	return arena_printf(a, STR_FMT "::/%d", STR_ARG(s), IPV6_DERIVED);
}
