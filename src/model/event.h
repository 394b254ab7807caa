/*
 * event.h - the canonical event: what one accepted line says, and nothing a ledger answers.
 *
 * Text lives in dictionaries and is named by a number; 0 is "the line does not say".  Numbers differ from run
 * to run (they follow arrival), so nothing that reaches a reader may depend on their order.
 */
#ifndef SEKISHO_MODEL_EVENT_H
#define SEKISHO_MODEL_EVENT_H

#include "base/str.h"

enum act {
	ACT_OTHER,
	ACT_LOGIN,
	ACT_LOGOUT,
	ACT_VIEW,
	ACT_LIST,
	ACT_EXPORT,
	ACT_PRINT,
	ACT_DOWNLOAD,
	ACT_UPDATE,
	ACT_AUTH_FAIL,
	ACT_MFA,
	ACT_CONSENT,
	ACT_ADMIN,
	ACT_HEALTH,
	ACT_COUNT
};

/* Why a line was not ok; REASON_NONE on ok lines. */
enum reason {
	REASON_NONE,
	REASON_AUTH,
	REASON_FORBIDDEN,
	REASON_NOT_FOUND,
	REASON_ERROR,
	REASON_COUNT
};

enum masked { MASKED_UNKNOWN, MASKED_NO, MASKED_YES };

extern const char *const act_names[ACT_COUNT];
extern const char *const reason_names[REASON_COUNT];

/* True when found; `act` is untouched otherwise. */
bool act_named(struct str name, enum act *act);

/* The acts that show consumer data (DETECTION B.13.14). */
static inline bool
act_views(enum act a)
{
	return a >= ACT_VIEW && a <= ACT_DOWNLOAD;
}

/* The dictionaries.  An address is its 16 canonical bytes, IPv4 as ::ffff:a.b.c.d. */
enum dict {
	DICT_ACCOUNT,
	DICT_ADDRESS,
	DICT_TERMINAL,
	DICT_CLIENT,
	DICT_CLASS,
	DICT_OBJECT,
	DICT_COUNT
};

/* Who, whence, with what, which screen, and how it ended: all of a line that repeats.  Interned. */
struct tuple {
	uint32_t text[DICT_OBJECT]; /* account .. class, by enum dict */
	uint16_t system;            /* index in the policy's register */
	uint8_t act, ok, masked, reason;
	uint16_t spare; /* zero: tuples are compared as bytes */
};

/* One line as the facts keep it, within its (day, account partition). */
struct packed_event {
	uint32_t tuple;
	uint32_t ms; /* in the JST day */
	uint32_t object;
	uint32_t digest; /* of the whole line, keyed by the policy: settles doubles and ties */
	uint64_t where;  /* file << 40 | offset */
};

_Static_assert(sizeof(struct packed_event) == 24, "disk pays 24 bytes a line");

enum { WHERE_SHIFT = 40 };
#define WHERE_OFFSET_MOST ((1ULL << WHERE_SHIFT) - 1)

static inline uint32_t
where_file(uint64_t where)
{
	return (uint32_t)(where >> WHERE_SHIFT);
}

static inline uint64_t
where_offset(uint64_t where)
{
	return where & WHERE_OFFSET_MOST;
}

#endif
