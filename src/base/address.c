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

struct str
address_print(char buf[ADDRESS_TEXT], const char address[ADDRESS_SIZE])
{
	bool v4 = address_is_ipv4(address);

	if (!inet_ntop(v4 ? AF_INET : AF_INET6, v4 ? address + 12 : address, buf, ADDRESS_TEXT))
		return (struct str){ 0 };
	return str_of(buf);
}
