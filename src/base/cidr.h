/*
 * cidr.h - address blocks as 16 canonical bytes and a prefix length; IPv4 lies in ::ffff:0:0/96.
 */
#ifndef SEKISHO_BASE_CIDR_H
#define SEKISHO_BASE_CIDR_H

#include "base/address.h"
#include "base/mem.h"

enum { ADDRESS_BITS = 128, IPV4_BITS = 96 };

struct cidr {
	uint8_t byte[ADDRESS_SIZE];
	uint8_t bits; /* counts the 96 before an IPv4 address */
};

enum cidr_read { CIDR_OK, CIDR_BAD, CIDR_BITS_BEYOND };

/* `10.1.0.0/16`, `2001:db8::/32`, or an address alone; `text` need not end in a NUL. */
enum cidr_read cidr_parse(struct str text, struct cidr *out);

/* The first `bits` of an address, zeroes behind. */
struct cidr cidr_of(const uint8_t address[ADDRESS_SIZE], unsigned bits);
bool cidr_holds(const struct cidr *c, const uint8_t address[ADDRESS_SIZE]);

/* What an address is called that no ledger lists: its IPv4 /24, else its IPv6 /64. */
struct cidr cidr_derived(const uint8_t address[ADDRESS_SIZE]);
struct str cidr_print_derived(struct arena *a, const struct cidr *c);

#endif
