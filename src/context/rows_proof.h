/*
 * rows_proof.h - rows of the ledgers that say what was agreed, ordered, done, kept and approved.
 */
#ifndef SEKISHO_CONTEXT_ROWS_PROOF_H
#define SEKISHO_CONTEXT_ROWS_PROOF_H

#include "context/ledger.h"

/* An empty list is everything. */
struct contractor_row {
	struct row head;
	uint16_t org, parent;
	struct name_list systems, classes, sites;
	int64_t from, to;
	struct str approver;
};

/* Without an account it is anybody's. */
struct work_order_row {
	struct row head;
	struct str order, account, approver;
	uint16_t system;
	int64_t from, to, entered_at;
};

enum record_kind {
	RECORD_UNSAID,
	RECORD_CALL,
	RECORD_TICKET,
	RECORD_APPLICATION,
	RECORD_DELETION,
	RECORD_OUTAGE,
	RECORD_KINDS
};

extern const char *const record_kind_words[RECORD_KINDS];

struct record_row {
	struct row head;
	struct str id, consumer, account;
	uint16_t org;
	uint8_t kind;
	int64_t at, effective;
};

enum auth_kind {
	AUTH_UNSAID,
	AUTH_MFA,
	AUTH_CONSENT,
	AUTH_PASSWORD,
	AUTH_ISSUE,
	AUTH_RESET,
	AUTH_REVOKE,
	AUTH_REINSTATE,
	AUTH_KINDS
};

enum event_ok {
	EVENT_OK_UNSAID,
	EVENT_OK,
	EVENT_FAILED,
	EVENT_OK_COUNT
}; /* unsaid: it went well */

struct auth_event_row {
	struct row head;
	struct str account, device;
	uint8_t kind, ok; /* enum auth_kind, event_ok */
	int64_t at;
};

struct archive_row {
	struct row head;
	struct str file, sha256;
	uint16_t system;
	int64_t day, bytes, lines; /* INT64_MIN = unsaid */
};

struct approval_row {
	struct row head;
	struct str file, sha256, prepared_by, reviewed_by;
	int64_t date;
};

#endif
