/*
 * mmdb_testing.h - for tests: writes small MaxMind DB files, so that a test says itself what its database knows.
 *
 * A record is written first, and its offset then put under any number of blocks, wider ones before those inside them.
 */
#ifndef SEKISHO_CONTEXT_MMDB_TESTING_H
#define SEKISHO_CONTEXT_MMDB_TESTING_H

#include "base/cidr.h"
#include "base/test_wall.h"

#include <maxminddb.h>

enum { MMDB_SEPARATOR = 16 };

/* What a record of the tree leads to. */
struct mmdb_child {
	enum { CHILD_NONE, CHILD_NODE, CHILD_DATA } kind;
	uint32_t to; /* a node, or an offset of the data */
};

struct mmdb_node {
	struct mmdb_child child[2];
};

/* Zero-initialised but for what its metadata say. */
struct mmdb {
	const char *type;
	unsigned record_size, ip_version;
	uint64_t epoch;
	VEC(struct mmdb_node) node;
	VEC(char) data;
	VEC(char) file;
};

/* --- values, to the end of the data ----------------------------------------------------------------- */

static inline void
mmdb_bytes(struct mmdb *m, const void *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		*VEC_PUSH(&m->data) = ((const char *)p)[i];
}

static inline void
mmdb_integer(struct mmdb *m, uint64_t v, unsigned bytes)
{
	while (bytes--)
		*VEC_PUSH(&m->data) = (char)(v >> bytes * 8);
}

/* Sizes up to 284; types beyond 7 stand in a byte of their own. */
static inline void
mmdb_control(struct mmdb *m, unsigned type, size_t size)
{
	size_t low = size < 29 ? size : 29;

	mmdb_integer(m, (type < 8 ? type << 5 : 0) | low, 1);
	if (type > 7)
		mmdb_integer(m, type - 7, 1);
	if (size >= 29)
		mmdb_integer(m, size - 29, 1);
}

static inline void
mmdb_text(struct mmdb *m, struct str s)
{
	mmdb_control(m, MMDB_DATA_TYPE_UTF8_STRING, s.n);
	mmdb_bytes(m, s.p, s.n);
}

static inline void
mmdb_key(struct mmdb *m, const char *key)
{
	mmdb_text(m, str_of(key));
}

static inline void
mmdb_map(struct mmdb *m, size_t pairs)
{
	mmdb_control(m, MMDB_DATA_TYPE_MAP, pairs);
}

static inline void
mmdb_u16(struct mmdb *m, uint16_t v)
{
	mmdb_control(m, MMDB_DATA_TYPE_UINT16, sizeof(v));
	mmdb_integer(m, v, sizeof(v));
}

static inline void
mmdb_u32(struct mmdb *m, uint32_t v)
{
	mmdb_control(m, MMDB_DATA_TYPE_UINT32, sizeof(v));
	mmdb_integer(m, v, sizeof(v));
}

static inline void
mmdb_u64(struct mmdb *m, uint64_t v)
{
	mmdb_control(m, MMDB_DATA_TYPE_UINT64, sizeof(v));
	mmdb_integer(m, v, sizeof(v));
}

static inline void
mmdb_bool(struct mmdb *m, bool v)
{
	mmdb_control(m, MMDB_DATA_TYPE_BOOLEAN, v);
}

static inline void
mmdb_double(struct mmdb *m, double v)
{
	mmdb_control(m, MMDB_DATA_TYPE_DOUBLE, sizeof(v));
	mmdb_integer(m, load64((const char *)&v), sizeof(v));
}

static inline void
mmdb_float(struct mmdb *m, float v)
{
	mmdb_control(m, MMDB_DATA_TYPE_FLOAT, sizeof(v));
	mmdb_integer(m, load32((const char *)&v), sizeof(v));
}

/* To an offset of the data, in the form with four bytes. */
static inline void
mmdb_pointer(struct mmdb *m, uint32_t to)
{
	mmdb_integer(m, MMDB_DATA_TYPE_POINTER << 5 | 3 << 3, 1);
	mmdb_integer(m, to, sizeof(to));
}

static inline uint32_t
mmdb_record(const struct mmdb *m)
{
	return (uint32_t)m->data.n;
}

/* --- the tree ------------------------------------------------------------------------------------- */

static inline uint32_t
mmdb_add_node(struct mmdb *m, struct mmdb_child both)
{
	*VEC_PUSH(&m->node) = (struct mmdb_node){ { both, both } };
	return (uint32_t)m->node.n - 1;
}

/* IPv4 lies in ::/96 of a database of IPv6, and is all there is in one of IPv4. */
static inline void
mmdb_put(struct mmdb *m, const char *block, uint32_t record)
{
	struct mmdb_child leaf = { CHILD_DATA, record };
	struct cidr c;
	uint32_t at = 0;
	unsigned first = m->ip_version == 4 ? IPV4_BITS : 0;

	assert_int_equal(cidr_parse(str_of(block), &c), CIDR_OK);
	if (address_is_ipv4((const char *)c.byte))
		memset(c.byte, 0, IPV4_BITS / 8);
	if (m->node.n == 0)
		mmdb_add_node(m, (struct mmdb_child){ CHILD_NONE, 0 });
	assert_true(c.bits > first);
	for (unsigned bit = first;; bit++) {
		unsigned side = c.byte[bit / 8] >> (7 - bit % 8) & 1;
		struct mmdb_child was = m->node.at[at].child[side];

		if (bit + 1 == c.bits) {
			m->node.at[at].child[side] = leaf;
			return;
		}
		if (was.kind != CHILD_NODE) {
			was = (struct mmdb_child){ CHILD_NODE, mmdb_add_node(m, was) };
			m->node.at[at].child[side] = was;
		}
		at = was.to;
	}
}

static inline uint64_t
mmdb_child_value(const struct mmdb *m, struct mmdb_child c)
{
	switch (c.kind) {
	case CHILD_NODE:
		return c.to;
	case CHILD_DATA:
		return m->node.n + MMDB_SEPARATOR + c.to;
	case CHILD_NONE:
		break;
	}
	return m->node.n;
}

static inline void
mmdb_file_integer(struct mmdb *m, uint64_t v, unsigned bytes)
{
	while (bytes--)
		*VEC_PUSH(&m->file) = (char)(v >> bytes * 8);
}

static inline void
mmdb_write_node(struct mmdb *m, const struct mmdb_node *n)
{
	uint64_t left = mmdb_child_value(m, n->child[0]), right = mmdb_child_value(m, n->child[1]);

	if (m->record_size == 28) {
		mmdb_file_integer(m, left, 3);
		mmdb_file_integer(m, left >> 24 << 4 | right >> 24, 1);
		mmdb_file_integer(m, right, 3);
		return;
	}
	mmdb_file_integer(m, left, m->record_size / 8);
	mmdb_file_integer(m, right, m->record_size / 8);
}

static inline void
mmdb_metadata(struct mmdb *m)
{
	static const char marker[] = "\xab\xcd\xefMaxMind.com";

	mmdb_bytes(m, marker, sizeof(marker) - 1);
	mmdb_map(m, 9);
	mmdb_key(m, "binary_format_major_version");
	mmdb_u16(m, 2);
	mmdb_key(m, "binary_format_minor_version");
	mmdb_u16(m, 0);
	mmdb_key(m, "build_epoch");
	mmdb_u64(m, m->epoch);
	mmdb_key(m, "database_type");
	mmdb_text(m, str_of(m->type));
	mmdb_key(m, "description");
	mmdb_map(m, 0);
	mmdb_key(m, "ip_version");
	mmdb_u16(m, (uint16_t)m->ip_version);
	mmdb_key(m, "languages");
	mmdb_control(m, MMDB_DATA_TYPE_ARRAY, 1);
	mmdb_key(m, "en");
	mmdb_key(m, "node_count");
	mmdb_u32(m, (uint32_t)m->node.n);
	mmdb_key(m, "record_size");
	mmdb_u16(m, (uint16_t)m->record_size);
}

/* The whole file; it lives until mmdb_free().  The data end with the metadata after this. */
static inline struct str
mmdb_finish(struct mmdb *m)
{
	for (size_t i = 0; i < m->node.n; i++)
		mmdb_write_node(m, &m->node.at[i]);
	mmdb_file_integer(m, 0, 8);
	mmdb_file_integer(m, 0, 8);
	mmdb_metadata(m);
	for (size_t i = 0; i < m->data.n; i++)
		*VEC_PUSH(&m->file) = m->data.at[i];
	return (struct str){ .p = m->file.at, .n = m->file.n };
}

static inline void
mmdb_free(struct mmdb *m)
{
	VEC_FREE(&m->node);
	VEC_FREE(&m->data);
	VEC_FREE(&m->file);
}

#endif
