/*
 * address.h - IP addresses as 16 canonical bytes: IPv4 lies in ::ffff:0:0/96, so equal ones are equal bytes.
 */
#ifndef SEKISHO_BASE_ADDRESS_H
#define SEKISHO_BASE_ADDRESS_H

#include "base/str.h"

enum { ADDRESS_SIZE = 16, ADDRESS_TEXT = 48 };

/* Dotted IPv4 or IPv6 text; octal and short forms, zones and names are refused. */
bool address_parse(struct str s, char out[ADDRESS_SIZE]);
bool address_is_ipv4(const char address[ADDRESS_SIZE]);

/*
 * Could a stranger on the internet have it?  Not private, shared by a carrier, of one link or machine, multicast or
 * reserved.  Blocks for documentation are public: they stand for somebody's.
 */
bool address_is_public(const char address[ADDRESS_SIZE]);
struct str address_print(char buf[ADDRESS_TEXT], const char address[ADDRESS_SIZE]);

#endif
