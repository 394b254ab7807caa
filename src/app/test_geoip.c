/*
 * test_geoip.c - see test_geoip.h.
 *
 * The file is a binary tree over the bits of an address, whose nodes are two numbers of 32 bits each, sixteen zeroes,
 * the records, and what describes the file.  A number below the count of nodes is a node, the count itself is nothing,
 * and what lies behind is a record: the count, the sixteen, and where it begins.
 */
#include "app/test_geoip.h"

#include <maxminddb.h>

/* BUILT: seconds since 1970; some day, since a database of none is refused. */
enum { SEPARATOR = 16, NODE_BITS = 32, TEXT_MOST = 28, BUILT = 1640995200 };

/* Children: -1 nothing, -2 - n the n-th record, else a node. */
enum { NOTHING = -1 };

struct tree {
	VEC(struct { int64_t child[2]; }) node;
};

static int64_t
new_node(struct tree *t, int64_t both)
{
	size_t n = t->node.n;

	VEC_PUSH(&t->node);
	t->node.at[n].child[0] = t->node.at[n].child[1] = both;
	return (int64_t)n;
}

/* IPv4 lies in ::/96.  What a wider block has said holds for the rest of it. */
static void
put_block(struct tree *t, struct cidr c, int64_t record)
{
	int64_t at = 0;

	if (address_is_ipv4((const char *)c.byte))
		memset(c.byte, 0, IPV4_BITS / 8);
	for (unsigned bit = 0;; bit++) {
		unsigned side = c.byte[bit / 8] >> (7 - bit % 8) & 1;
		int64_t was = t->node.at[at].child[side];

		if (bit + 1 == c.bits) {
			t->node.at[at].child[side] = record;
			return;
		}
		if (was < 0) {
			was = new_node(t, was);
			t->node.at[at].child[side] = was;
		}
		at = was;
	}
}

static void
write_integer(struct out *o, uint64_t v, unsigned bytes)
{
	while (bytes--)
		out_char(o, (char)(v >> bytes * 8 & 0xff));
}

/* Types beyond 7 stand in a byte of their own. */
static void
write_control(struct out *o, unsigned type, size_t size)
{
	write_integer(o, (type < 8 ? type << 5 : 0) | size, 1);
	if (type > 7)
		write_integer(o, type - 7, 1);
}

static void
write_short(struct out *o, struct str s)
{
	if (s.n > TEXT_MOST)
		BUG("a text of %zu bytes", s.n);
	write_control(o, MMDB_DATA_TYPE_UTF8_STRING, s.n);
	out_bytes(o, s);
}

static void
write_number(struct out *o, struct str name, unsigned type, uint64_t v, unsigned bytes)
{
	write_short(o, name);
	write_control(o, type, bytes);
	write_integer(o, v, bytes);
}

static void
write_record(struct out *o, const struct test_block *b)
{
	write_control(o, MMDB_DATA_TYPE_MAP, 1);
	write_short(o, STR("country"));
	write_control(o, MMDB_DATA_TYPE_MAP, 1);
	write_short(o, STR("iso_code"));
	write_short(o, (struct str){ b->country, sizeof(b->country) });
}

static void
write_description(struct out *o, size_t nodes)
{
	out_bytes(o, STR("\xab\xcd\xefMaxMind.com"));
	write_control(o, MMDB_DATA_TYPE_MAP, 9);
	write_number(o, STR("binary_format_major_version"), MMDB_DATA_TYPE_UINT16, 2, 2);
	write_number(o, STR("binary_format_minor_version"), MMDB_DATA_TYPE_UINT16, 0, 2);
	write_number(o, STR("build_epoch"), MMDB_DATA_TYPE_UINT64, BUILT, 8);
	write_short(o, STR("database_type"));
	write_short(o, STR("GeoLite2-Country"));
	write_short(o, STR("description"));
	write_control(o, MMDB_DATA_TYPE_MAP, 0);
	write_number(o, STR("ip_version"), MMDB_DATA_TYPE_UINT16, 6, 2);
	write_short(o, STR("languages"));
	write_control(o, MMDB_DATA_TYPE_ARRAY, 1);
	write_short(o, STR("en"));
	write_number(o, STR("node_count"), MMDB_DATA_TYPE_UINT32, nodes, 4);
	write_number(o, STR("record_size"), MMDB_DATA_TYPE_UINT16, NODE_BITS, 2);
}

void
test_geoip_write(const struct test_block *block, size_t count, struct out *o)
{
	struct tree t = { 0 };
	struct out one;
	size_t size;

	out_memory(&one);
	write_record(&one, block);
	size = out_taken(&one).n; /* all countries have two letters */
	out_discard(&one);
	new_node(&t, NOTHING);
	for (size_t i = 0; i < count; i++)
		put_block(&t, block[i].block, NOTHING - 1 - (int64_t)i);
	for (size_t i = 0; i < t.node.n; i++) {
		for (int side = 0; side < 2; side++) {
			int64_t child = t.node.at[i].child[side];
			uint64_t v = t.node.n;

			if (child >= 0)
				v = (uint64_t)child;
			else if (child < NOTHING)
				v += SEPARATOR + (uint64_t)(NOTHING - 1 - child) * size;
			write_integer(o, v, NODE_BITS / 8);
		}
	}
	write_integer(o, 0, SEPARATOR / 2);
	write_integer(o, 0, SEPARATOR / 2);
	for (size_t i = 0; i < count; i++)
		write_record(o, &block[i]);
	write_description(o, t.node.n);
	VEC_FREE(&t.node);
}
