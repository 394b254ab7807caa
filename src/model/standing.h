/*
 * standing.h - how somebody stands at an instant: in post, on leave to work, under contract, in a disaster.
 *
 * First what look-ups say of a tuple, then what they are asked for a line.  Zero is always "nothing is known", so
 * that a rule which forgets a case says "undetermined" and not "allowed".
 */
#ifndef SEKISHO_MODEL_STANDING_H
#define SEKISHO_MODEL_STANDING_H

#include "base/str.h"

/* The ledgers and databases behind an answer: without them it says nothing.  Look-ups give, rules need. */
enum gives {
	GIVES_PEOPLE = 1,
	GIVES_LOANS = 2,
	GIVES_SCHEDULES = 4,
	GIVES_PERMITS = 8,
	GIVES_SHARED_IDS = 16,
	GIVES_SUBSTITUTES = 32,
	GIVES_CLIENTS = 64,
	GIVES_CONTRACTORS = 128,
	GIVES_WORK_ORDERS = 256,
	GIVES_DISASTERS = 512,
	GIVES_GRANTS = 1024,
	GIVES_HOLIDAYS = 2048,
	GIVES_ACCOUNTS = 4096,
	GIVES_TERMINALS = 8192,
	GIVES_AUTH_EVENTS = 16384,
	GIVES_BARRIER = 32768,
	GIVES_CONSUMERS = 65536,
	GIVES_NETWORKS = 131072,
	GIVES_GEOIP = 262144, /* the countries of addresses */
	GIVES_RECORDS = 524288
};

/* Takes a bit of `left` and says what is behind it, as the policy calls it; for (left = bits; left;). */
const char *gives_take(uint32_t *left);

/* Who may hold the account: its owner, if any of his posts is in the account's organisation (ACC-02). */
enum staff { STAFF_UNKNOWN, STAFF_ENTITLED, STAFF_ELSEWHERE, STAFF_RETIRED };

/* Where a terminal that is lent is (TRM-03). */
enum loan { LOAN_UNKNOWN, LOAN_NEVER, LOAN_OUT, LOAN_RETURNED };

/* Whose the terminal is, against the owner of the account (TRM-02). */
enum assignee { ASSIGNEE_UNKNOWN, ASSIGNEE_OWNER, ASSIGNEE_SUBSTITUTED, ASSIGNEE_OTHER };

/* The program, against those its organisation may use with the system (DRF-03); FREE: none are named. */
enum client_use { CLIENT_UNKNOWN, CLIENT_FREE, CLIENT_LISTED, CLIENT_UNLISTED };

/*
 * The contract of a contractor's account (CON-01).  Of several in force the one that goes furthest; FREE: the
 * organisation is no contractor.  Behind OK: what is wrong, in the order in which it is asked.
 */
enum contract {
	CONTRACT_UNKNOWN,
	CONTRACT_FREE,
	CONTRACT_OK,
	CONTRACT_TERM,
	CONTRACT_SYSTEM,
	CONTRACT_CLASS,
	CONTRACT_SITE,
	CONTRACT_SITE_UNKNOWN, /* sites are named, and nobody knows where the line came from */
	CONTRACT_CHAIN         /* of those above it one is not declared, or its contract is over */
};

/* Whose a grant, a list of organisations or a disaster's rule is. */
enum subject { SUBJECT_ACCOUNT, SUBJECT_TERMINAL, SUBJECT_NETWORK, SUBJECT_KINDS };

struct standing {
	int64_t created; /* of the account; INT64_MIN = unsaid */
	uint8_t status;  /* enum account_status */

	uint8_t staff; /* enum staff */
	uint32_t
		staff_row; /* of people: the post that entitles, else the last one that did; 0 = none */
	int64_t staff_left; /* from when on it no longer does; INT64_MIN = it never did */

	uint16_t
		schedule; /* with hours in the ledger, else 0: its own, or that of its organisation */

	uint8_t assignee;        /* enum assignee */
	bool assignee_elsewhere; /* his posts are known, and none is in the account's organisation */
	uint32_t substitute_row;

	uint8_t loan;      /* enum loan */
	uint16_t loan_org; /* to whom, while it is out */
	uint32_t loan_row; /* the loan at hand, else the last one */

	uint8_t client;   /* enum client_use */
	uint8_t contract; /* enum contract */
	uint32_t contract_row;

	bool permits_listed; /* the system says whose organisations it permits ... */
	uint8_t org_permitted; /* ... bit SUBJECT_: that of the account, terminal, network among them */

	uint32_t grant_row;             /* of a grant in force, 0 = none */
	uint32_t lapsed[SUBJECT_KINDS]; /* of the grant of this system that ended last; 0 = none */

	/* DETECTION B.13.25: the account if it is one for disasters, else the terminal; SUBJECT_KINDS = neither. */
	uint8_t disaster_subject;
	uint16_t disaster_org;
};

/* May the account be used at this hour (OFF-01)?  Which row says so: of schedules, permits or disasters. */
enum duty { HOURS_UNKNOWN, HOURS_OFF, HOURS_SCHEDULE, HOURS_PERMIT, HOURS_DISASTER };

struct hours_said {
	enum duty duty;
	uint32_t row; /* 0 when OFF or UNKNOWN */
};

/* Whose hand a line of a shared ID was (SHR-05, DETECTION B.13.34). */
enum attribution {
	ATTRIBUTION_UNKNOWN, /* no ledger, or entries name terminals and the line has none */
	ATTRIBUTION_PERSON,
	ATTRIBUTION_NO_ENTRY,
	ATTRIBUTION_NEVER_CLOSED,
	ATTRIBUTION_AMBIGUOUS,
	ATTRIBUTION_NO_PERSON,
	ATTRIBUTION_COUNT
};

extern const char *const attribution_names[ATTRIBUTION_COUNT + 1]; /* NULL-terminated */

struct attributed {
	enum attribution attribution;
	uint32_t entries; /* that may be meant: DETECTION's m */
	uint32_t row;     /* the entry that decides; of several the last; 0 = none */
	struct str person;
};

/* Does a supply area belong to an organisation (XTN-05)?  UNKNOWN: it has no areas, or the consumer's is not known. */
enum area_held { AREA_UNKNOWN, AREA_HELD, AREA_FOREIGN };

/* The last reset or issue of an account's secrets that did not fail, at or before an instant (DIS-06). */
struct reset_said {
	bool any;     /* there is one, be it later */
	uint32_t row; /* line in auth_events.csv, 0 = none by then */
	int64_t at;   /* INT64_MIN = none by then */
};

/* A row of disasters.csv, coordinated or not, for rules that need no line (DIS-08, DIS-09). */
struct window_row {
	uint32_t row, id; /* its line, and the first line with the same id: of keys */
	uint16_t org;     /* 0 = every */
	int64_t from, to; /* INT64_MAX = open */
	int64_t tail_end;
	int64_t registered_at; /* INT64_MIN = unsaid */
	bool coordination, approved;
	const uint16_t *area; /* none: everywhere */
	size_t areas;
};

/* A row of accounts.csv or terminals.csv at an instant, and whether it is one in force, of kind disaster. */
struct kept_row {
	uint32_t row, name; /* its line, and the first line with the same name: of keys */
	bool held;
	uint16_t org;      /* of a terminal that is lent, its borrower's */
	uint8_t status;    /* enum account_status of an account */
	uint32_t loan_row; /* of a terminal, 0 = it is not lent */
};

/* An order to work in a system (PRV-01, XTN-07). */
struct ordered {
	uint32_t row; /* 0 = none in force */
	int64_t from, entered_at;
};

#endif
