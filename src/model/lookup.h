/*
 * lookup.h - the socket between judgement and ledgers: what is known of a tuple at an instant.
 *
 * Pure and as-of: the same (tuple, instant) always gets the same answer.  What depends only on who, whence and
 * which screen is asked once per tuple and validity interval; what depends on the consumer is asked per view.
 */
#ifndef SEKISHO_MODEL_LOOKUP_H
#define SEKISHO_MODEL_LOOKUP_H

#include "base/geo_point.h"
#include "base/mem.h"
#include "model/event.h"
#include "model/standing.h"

/* Small numbers for names of the ledgers; 0 = unknown. */
enum { ORG_NONE = 0, NET_NONE = 0, SITE_NONE = 0 };

enum account_kind {
	KIND_UNKNOWN,
	KIND_PERSON,
	KIND_SHARED,
	KIND_GROUP,
	KIND_DISASTER,
	KIND_SERVICE,
	KIND_COUNT
};
enum account_status {
	ACCOUNT_UNSAID,
	ACCOUNT_ACTIVE,
	ACCOUNT_SUSPENDED,
	ACCOUNT_EXPIRED,
	ACCOUNT_DELETED,
	ACCOUNT_STATUSES
};
enum net_kind {
	NET_UNKNOWN,
	NET_SITE,
	NET_VPN,
	NET_PROXY,
	NET_NAT,
	NET_MOBILE,
	NET_ISP,
	NET_HOSTING,
	NET_KIND_COUNT
};
enum terminal_kind {
	TERMINAL_UNKNOWN,
	TERMINAL_NORMAL,
	TERMINAL_KIOSK,
	TERMINAL_LOAN,
	TERMINAL_DISASTER,
	TERMINAL_KIND_COUNT
};
enum org_class {
	ORG_CLASS_UNKNOWN,
	ORG_GRID,
	ORG_RETAILER,
	ORG_CONTRACTOR,
	ORG_SUPPLIER,
	ORG_GOVERNMENT,
	ORG_OWNER,
	ORG_CLASS_COUNT
};

enum relation { REL_UNKNOWN, REL_OWN, REL_OTHER, REL_LAST, REL_FIT, REL_COUNT };
enum dstate { DSTATE_PEACE, DSTATE_EARLY, DSTATE_TAIL, DSTATE_IN, DSTATE_COUNT };

/* Ledgers write these words, too; number 0 is said by an empty cell there. */
extern const char *const account_kind_names[KIND_COUNT];
extern const char *const account_status_names[ACCOUNT_STATUSES];
extern const char *const net_kind_names[NET_KIND_COUNT];
extern const char *const terminal_kind_names[TERMINAL_KIND_COUNT];
extern const char *const org_class_names[ORG_CLASS_COUNT];
extern const char *const relation_names[REL_COUNT];
extern const char *const dstate_names[DSTATE_COUNT + 1]; /* NULL-terminated */

/* The barrier's answer for a view, with masking and disaster state already taken in. */
enum barred { BARRED_NO, BARRED_YES, BARRED_UNKNOWN };

struct verdict {
	uint8_t barred; /* enum barred */
	uint8_t last;   /* the default row decided */
	uint16_t prio;  /* the row that decided: its line in the barrier file, 0 = no barrier */
};

enum geo_flag {
	GEO_ANONYMOUS = 1,
	GEO_VPN = 2,
	GEO_HOSTING = 4,
	GEO_PUBLIC_PROXY = 8,
	GEO_RESIDENTIAL_PROXY = 16,
	GEO_TOR = 32
};

/* Questions that there is a database for; what asks another one is not evaluable. */
enum geo_has {
	GEO_HAS_COUNTRY = 1,
	GEO_HAS_PLACE = 2, /* with its radius */
	GEO_HAS_ASN = 4,
	GEO_HAS_FLAGS = 8
};

/* ISO 3166 letters as a number; 0 = unknown. */
#define GEO_COUNTRY(a, b) ((uint16_t)((unsigned char)(a) << 8 | (unsigned char)(b)))

/* What GeoIP databases say of an address; zero is "nothing". */
struct geo_answer {
	struct geo_point at; /* when `placed` */
	uint32_t asn;        /* autonomous system, 0 = unknown */
	uint16_t country;    /* GEO_COUNTRY() */
	uint16_t radius_km;  /* the address is likely to be no further from `at`; 0 = unknown */
	uint8_t flags;       /* GEO_ bits */
	bool placed;
};

/* Empty where a database does not say; they live as long as the context. */
struct geo_names {
	struct str city_en, city_ja, as_org;
};

/* A tuple, looked up; every answer holds in [from, until). */
struct seen {
	struct tuple tuple;
	uint32_t id; /* of the tuple */
	int64_t from, until;

	uint32_t account_row; /* line in accounts.csv, 0 = not in the ledger */
	uint16_t account_org;
	uint8_t account_kind;
	bool privileged;

	uint32_t net; /* number of the network (registered or derived), NET_NONE without address */
	uint32_t net_row;
	uint16_t net_org, net_site;
	uint8_t net_kind;
	bool net_shared_site;
	bool address_public; /* could be a stranger's: not private, not reserved */
	struct geo_answer geo;

	uint32_t terminal_row;
	uint16_t terminal_org;
	uint8_t terminal_kind;

	/* Origins (DETECTION B.13.23): network if site or vpn and not shared, terminal; ORG_NONE = unknown. */
	uint16_t origin[2];
	bool pair_allowed[2]; /* allow_pairs: (account org, origin, system) */
	uint32_t pair_row[2]; /* of allow_pairs, 0 = none in force */
	bool granted; /* a grant of account, terminal or network for this system is in force */

	uint8_t account_class, origin_class[2]; /* enum org_class of account_org, origin[] */

	/* What the register says of the system. */
	bool system_split;    /* it is by now split from the retailer's */
	bool system_internal; /* only from registered connection points */
	bool system_of_grid;  /* its owner is a grid company */
	bool nonpersonal_forbidden;

	bool views;      /* a view-like act */
	bool person;     /* account_kind is person */
	bool area_bound; /* the account's organisation has supply areas */
	bool windowed; /* the account's organisation has disaster rows: dstate may differ from peace */
	bool class_public; /* the policy declares the class public */
	bool class_known;  /* some ledger or the policy names the class */
	struct verdict verdict[REL_COUNT]
			      [DSTATE_COUNT]; /* of acts that view; zero for all others */
	struct standing standing;
};

/* An organisation in a disaster (DIS-01 to 09), and the window that says so; in peace the nearest one. */
struct disaster_said {
	enum dstate state;
	uint32_t row;     /* line in disasters.csv, 0 = it has no window */
	int64_t from, to; /* of that window */
};

/* What a view's consumer adds. */
struct regard {
	enum relation relation;
	enum dstate dstate; /* of the account's organisation in the consumer's area */
	struct verdict verdict;
	bool switch_boundary;  /* its supplier or type changes within 3 days */
	uint32_t consumer_row; /* line in consumers.csv, 0 = unknown then */
	uint16_t area;         /* the consumer's, 0 = unknown */
};

/*
 * What the roster of accounts, or that of terminals, says of a name that has no row in force there: the row that ended
 * last, else the one that begins next; else ids that are a slip of one character away (O and 0, l and 1).
 */
enum { NEAR_MOST = 3 };

struct listed {
	uint32_t row; /* its line, 0 = none at all */
	int64_t from, to;
	struct str near[NEAR_MOST]; /* live as long as the context */
	unsigned near_count;
};

/* Where the ledger says that a network is: on a map in kilometres, on the globe. */
struct net_place {
	bool on_map, on_globe;
	int64_t x_km, y_km;
	struct geo_point at;
};

/* What a consumer's row says; row 0: none holds. */
enum consumer_type {
	CONSUMER_UNSAID,
	CONSUMER_NORMAL,
	CONSUMER_LAST,
	CONSUMER_FIT,
	CONSUMER_TYPES
};
extern const char *const consumer_type_names[CONSUMER_TYPES];

struct served {
	uint32_t row;
	uint16_t supplier, area;
	uint8_t type; /* enum consumer_type */
};

/* What the business wrote down that tells why a consumer was looked at (context/lookup_records.c says when it does). */
struct explained {
	uint32_t row;     /* line in records.csv */
	const char *kind; /* call, ticket, application, outage */
	struct str id;
	int64_t at;
};

enum day_kind { DAY_BIZ, DAY_HOL };

/* What calendars make of a day; hol wins over sat and sun, a closure is hol. */
enum day_type { DAYTYPE_BIZ, DAYTYPE_SAT, DAYTYPE_SUN, DAYTYPE_HOL, DAYTYPE_COUNT };
extern const char *const day_type_names[DAYTYPE_COUNT];

/* A slot of schedules.csv, in ms from the midnight of the day on which it begins. */
struct slot_row {
	uint16_t schedule;
	uint8_t day_type; /* enum day_type */
	int64_t start, end;
	int64_t grace; /* ms before and behind it that are permitted, too */
};

/* A row of accounts.csv. */
struct roster_row {
	struct str account;
	uint8_t status;   /* enum account_status */
	int64_t created;  /* INT64_MIN = unsaid */
	int64_t from, to; /* half-open */
};

struct lookup {
	const void *context;
	void (*tuple)(const void *context, uint32_t id, int64_t ts, struct seen *out);
	void (*view)(const void *context, const struct seen *s, uint32_t object, int64_t ts,
		     struct regard *out);
	void (*prefetch)(const void *context, uint32_t object);
	/* Does the ledger have a row of the consumer at that time? */
	bool (*consumer_known)(const void *context, uint32_t object, int64_t ts);
	enum day_kind (*day_kind)(const void *context, int32_t jst_day);
	/* The organisation is in a disaster window at some instant of that day (area left aside). */
	bool (*disaster_day)(const void *context, uint16_t org, int32_t jst_day);

	/* Names, for findings. */
	struct str (*org_name)(const void *context, uint16_t org);        /* its id in the ledger */
	enum org_class (*org_class)(const void *context, struct str org); /* by its id */
	struct str (*net_name)(const void *context, uint32_t net); /* cidr as written, or derived */
	struct str (*area_name)(const void *context, uint16_t area);
	/* The id of a disaster window, by its line in the ledger. */
	struct str (*window_name)(const void *context, uint32_t row);
	struct str (*site_name)(const void *context, uint16_t site);
	uint16_t (*net_org)(const void *context, uint32_t net);
	uint16_t (*net_site)(const void *context, uint32_t net);
	/* Who answers for an organisation, by its id in the ledger; empty when it does not say. */
	struct str (*responsible)(const void *context, struct str org);
	void (*net_place)(const void *context, uint32_t net, struct net_place *out);
	/* Roster columns of the account row at `ts`; empty when unknown. */
	struct str (*account_column)(const void *context, uint32_t account_row, const char *column);
	/* People: department of the owner in that organisation as of ts; empty when unknown. */
	struct str (*department)(const void *context, struct str person, int64_t ts);
	/* What the row at that line of a ledger says in a column, as ledgers write it; empty when nothing. */
	struct str (*ledger_cell)(const void *context, const char *ledger, uint32_t line,
				  const char *column, struct arena *a);
	/* Of DICT_ACCOUNT and DICT_TERMINAL; for findings, since it asks a thousand times. */
	void (*listed)(const void *context, const struct seen *s, enum dict dict, int64_t ts,
		       struct listed *out);
	/* "R4 row 18" style pointer to a ledger row, with the ledger's digest. */
	struct str (*ledger_digest)(const void *context, const char *ledger); /* hex, or empty */

	uint32_t gives; /* enum gives: which ledgers there are */

	/* Asked for a line, and only where a rule needs it. */
	struct hours_said (*hours)(const void *context, const struct seen *s, int64_t ts);
	/* The same without the row, which is a third of the price. */
	enum duty (*duty)(const void *context, const struct seen *s, int64_t ts);
	struct attributed (*attribution)(const void *context, const struct seen *s, int64_t ts);
	struct ordered (*work_order)(const void *context, const struct seen *s, int64_t ts);
	/* Line of a permit to be abroad, 0 = none. */
	uint32_t (*travel)(const void *context, const struct seen *s, int64_t ts);
	/* `area` 0: left aside. */
	struct disaster_said (*disaster)(const void *context, uint16_t org, uint16_t area,
					 int64_t ts);
	/* Does any window in force for the organisation share this class of the dictionary, reach this area? */
	bool (*disaster_shares)(const void *context, uint16_t org, uint32_t class, int64_t ts);
	bool (*disaster_reaches)(const void *context, uint16_t org, uint16_t area, int64_t ts);

	enum area_held (*area_held)(const void *context, uint16_t org, uint16_t area);

	struct reset_said (*reset)(const void *context, uint32_t account, int64_t ts);

	/* Row by row, in no particular order; false: there is no i-th one. */
	bool (*window_at)(const void *context, size_t i, struct window_row *out);
	/* Of accounts or terminals, as of an instant; the name at a line of that ledger. */
	bool (*kept_at)(const void *context, enum subject kind, size_t i, int64_t ts,
			struct kept_row *out);
	struct str (*kept_name)(const void *context, enum subject kind, uint32_t line);

	enum day_type (*day_type)(const void *context, int32_t jst_day);
	/* Of an address of the dictionary; 0 is "the line does not say". */
	void (*geo)(const void *context, uint32_t address, struct geo_answer *out);
	void (*geo_names)(const void *context, uint32_t address, struct geo_names *out);
	unsigned geo_has; /* GEO_HAS_ bits */

	/* For reports that list what ledgers say, row by row, in no particular order; false: there is no i-th one. */
	bool (*slot_at)(const void *context, size_t i, struct slot_row *out);
	bool (*roster_at)(const void *context, size_t i, struct roster_row *out);
	struct str (*schedule_name)(const void *context, uint16_t schedule);
	uint16_t (*org_parent)(const void *context, uint16_t org);

	/* For whom rows are printed with all that is known of them. */
	void (*served)(const void *context, uint32_t object, int64_t ts, struct served *out);
	struct str (*assignee)(const void *context, const struct seen *s, int64_t ts);
	/* Row by row, earliest first; false: there is no i-th one. */
	bool (*explained)(const void *context, const struct seen *s, uint32_t object, int64_t ts,
			  size_t i, struct explained *out);

	/*
	 * For explaining: what follows from organisations and kinds of a `seen` that somebody has changed - classes,
	 * pairs, grants, verdicts, contract, posts - is asked again; what its rows say stays.
	 */
	void (*again)(const void *context, int64_t ts, struct seen *s);
	uint16_t orgs; /* organisations are numbered 1 .. orgs */
};

#endif
