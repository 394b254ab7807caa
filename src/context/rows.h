/*
 * rows.h - what a row of each ledger is, once read; the tables in led_*.c fill them by offset.
 * Here are who, where, whose and which; rows_use.h has who may when, rows_proof.h what was ordered and done.
 */
#ifndef SEKISHO_CONTEXT_ROWS_H
#define SEKISHO_CONTEXT_ROWS_H

#include "base/cidr.h"
#include "context/rows_proof.h"
#include "context/rows_use.h"

/* What Japanese staff call the classes of organisations. */
#define ORG_CLASS_OTHER                                                                            \
	{                                                                                          \
		[ORG_CLASS_UNKNOWN] = "", [ORG_GRID] = "一般送配電|送配電",                        \
		[ORG_RETAILER] = "関係小売|小売", [ORG_CONTRACTOR] = "委託先",                     \
		[ORG_SUPPLIER] = "新電力|他小売", [ORG_GOVERNMENT] = "官公庁|行政",                \
		[ORG_OWNER] = "システム保有者|持株会社"                                 \
	}

struct org_row {
	struct row head;
	uint16_t org, parent;
	uint8_t class; /* enum org_class */
	struct str name, responsible;
	struct name_list areas;
};

struct person_row {
	struct row head;
	struct str person, dept;
	uint16_t org;
	int64_t from, to;
};

struct account_row {
	struct row head;
	struct str account, owner, email;
	struct str created_text, from_text, to_text; /* as written */
	uint16_t system, org, role, schedule;        /* system 0 = every */
	uint8_t kind, privileged, status;            /* enum account_kind, account_status */
	int64_t created, from, to;
};

struct terminal_row {
	struct row head;
	struct str terminal, assignee;
	uint16_t org;
	uint8_t kind; /* enum terminal_kind */
	int64_t from, to;
};

enum { NETWORK_SHARED_SITE = 1 };

struct network_row {
	struct row head;
	struct str text; /* the block as written: its name in findings */
	struct cidr cidr;
	uint16_t org, site;
	uint8_t kind, flags;          /* enum net_kind; NETWORK_ bits */
	int64_t x_km, y_km, lat, lon; /* INT64_MIN = unsaid; lat and lon in millionths */
};

struct consumer_span {
	int64_t from, to;
	uint16_t supplier, area;
	uint8_t type;
};

/* There are millions of these: 48 bytes. */
struct consumer_row {
	struct row head;
	struct str consumer;
	struct consumer_span span;
};

enum barrier_says {
	SAYS_NOTHING,
	SAYS_ALLOW,
	SAYS_ALLOW_MASKED,
	SAYS_DENY,
	SAYS_ALLOW_DISASTER,
	SAYS_COUNT
};

/* An empty cell (0) is "any". */
struct barrier_row {
	struct row head;
	int64_t prio;
	uint16_t role, system, class;
	uint8_t viewer_class;       /* enum org_class */
	uint8_t relation, disaster; /* enum relation + 1, enum dstate + 1 */
	uint8_t verdict;            /* enum barrier_says */
	struct str purpose;
};

struct day_row {
	struct row head;
	int64_t date; /* its first instant */
	struct str name;
};

struct disaster_row {
	struct row head;
	struct str id, name, approver;
	uint16_t org; /* 0 = every */
	struct name_list areas, shared_classes;
	int64_t from, to, registered_at;
	uint8_t coordination, kind;
};

struct allow_pair_row {
	struct row head;
	uint16_t account_org, origin_org, system; /* system 0 = every */
	int64_t from, to;
	struct str approver;
};

enum grant_kind { GRANT_UNSAID, GRANT_ACCOUNT, GRANT_TERMINAL, GRANT_NETWORK, GRANT_KINDS };

struct grant_row {
	struct row head;
	uint8_t kind;
	uint16_t system;
	struct str subject, grant, reason, approver;
	int64_t from, to;
};

#endif
