/*
 * world.h - the nouns of a made-up utility: who works there, from where, on which consumers.
 * Hides nothing; all files of the demo share these structs.  Times are JST seconds since 1970.
 */
#ifndef SEKISHO_DEMO_WORLD_H
#define SEKISHO_DEMO_WORLD_H

#include "base/out.h"
#include "demo/demo.h"
#include "demo/dice.h"

#define NOBODY UINT32_MAX
#define ROSTER_MAX 12000 /* accounts beyond are in no ledger: "unknown" */

enum { DAY_S = 86400, JST_S = 32400, DAYS_MOST = 1500, NETS_MOST = 8000, SYSTEMS_MOST = 23 };

enum org { KPG, KEP, KCC, KCS, NEWA, NEWB, NEWC, MOI, KHD, ORGS, ORG_NONE = 255 };
enum kind { KIND_PERSON, KIND_SERVICE, KIND_SHARED, KIND_DISASTER };
enum role { ROLE_OFFICE, ROLE_BRANCH, ROLE_CONTROL, ROLE_CALL, ROLE_SALES, ROLE_FIELD, ROLE_BATCH };
enum net_kind { NET_SITE, NET_VPN, NET_PROXY, NET_NAT, NET_MOBILE };
enum screen {
	CONTRACT,
	METER,
	USAGE,
	BILL,
	ADDRESS,
	HISTORY,
	OUTAGE,
	STAT,
	DUMP, /* an area no usual work opens */
	SCREENS
};
enum supply { SUPPLY_NORMAL, SUPPLY_LAST, SUPPLY_FIT };
enum what { DO_VIEW, DO_UPDATE, DO_LOGIN, DO_LOGOUT, DO_SEARCH, DO_STATIC, DO_HEALTH };

/* The networks every world has; branches follow. */
enum fixed_net {
	N_HQ,
	N_EPHQ,
	N_KCC,
	N_KCS,
	N_NEWA,
	N_NEWB,
	N_NEWC,
	N_MOI,
	N_VPN,
	N_EPVPN,
	N_RECEPTION,
	N_EPPROXY,
	N_EPNAT,
	N_MOBILE,
	N_CAMPUS,
	N_CAMPUS_EP,
	N_HQ6,
	N_EPHQ6,
	N_GHOST,
	N_GHOST_PUBLIC,
	N_APP,
	FIXED_NETS
};

struct net {
	char cidr[48], site[12];
	enum org org;
	enum net_kind kind;
	bool shared, listed;
	uint32_t base, size; /* IPv4; size 0 = IPv6 */
	char head[24];       /* IPv6: the text before the four host groups */
};

struct account {
	char name[15];
	uint8_t name_len;
	uint8_t org, org2; /* org2 from move_day on */
	uint8_t kind, role;
	uint8_t start_half; /* begin of the working day, half hours */
	bool priv, quiet, listed;
	uint8_t sys_row_org; /* ORG_NONE, or the org of a row for the first system alone */
	int32_t move_day;    /* civil day; INT32_MAX = never */
	int32_t end_day;     /* the account was closed then; INT32_MAX = never */
	uint16_t net, net2;
	uint16_t volume;
	uint32_t term, term2;
};

enum term_kind { TERM_NORMAL, TERM_KIOSK, TERM_LOAN, TERM_DISASTER };

struct term {
	uint8_t org, org2, kind;
	bool listed;
	int32_t change_day; /* INT32_MAX = never */
	uint32_t owner, owner2;
};

/* Its id is made from its number and area: ten million of them are 120 MB. */
struct consumer {
	uint8_t area, sup, sup2, types; /* types: supply before | supply after << 4 | ends << 7 */
	uint32_t change;                /* seconds behind the first day; 0 = never */
};
#define CONSUMER_ENDS 0x80 /* the change is an end, no row follows */

/* One request, benign or scripted. */
struct req {
	int64_t at;
	uint64_t host;
	uint32_t seq, acct, term, obj;
	uint16_t net, status;
	uint8_t sys, what, cls;
	int8_t masked; /* -1 = not told */
	bool aside;    /* part of its incident, and in order */
};

enum pool { POOL_KEP, POOL_NEWA, POOL_NEWB, POOL_NEWC, POOL_LAST, POOL_FIT, POOLS };

enum { WEIGHTS = 64 }; /* a choice of system is one of 64 slots */

struct world {
	const struct demo_options *o;
	struct errors *err;
	struct arena arena; /* paths */
	bool failed;        /* something could not be written; told in err */

	uint64_t lines; /* of ordinary work, beside the script's */
	int days, systems;
	uint64_t fault; /* bit set of enum fault */

	int32_t day0; /* civil day number of the first day */
	bool hol[DAYS_MOST], special[DAYS_MOST];
	int biz[DAYS_MOST], biz_count;                       /* offsets from day0 */
	int closure, gap_day, area_day, storm_day, hole_day; /* offsets, -1 = none */
	int64_t area_from, area_to, storm_from, storm_to;
	int64_t split_since; /* SYSTEM_SPLIT is no longer shared with the retailer; 0 = not told */

	struct net *nets;
	uint32_t net_count;
	uint16_t site_nets[ORGS][NETS_MOST];
	uint32_t site_net_count[ORGS];

	uint8_t slots[ORGS][WEIGHTS]; /* which systems an organisation works in */

	struct account *accounts;
	uint32_t account_count, account_cap;
	struct term *terms;
	uint32_t term_count, term_cap;
	uint32_t kiosks[2][8];

	struct consumer *consumers;
	uint32_t consumer_count, consumer_cap;
	struct {
		uint32_t *at;
		size_t n, room;
	} pool[POOLS];

	/* what the script has taken out of a log */
	struct hole {
		int64_t from, to;
		uint8_t sys;
		bool once;
	} * holes;
	size_t hole_count, hole_cap;

	struct req *script; /* sorted by (at, seq) */
	size_t script_count, script_cap;
	struct out truth, faults; /* in memory until they are saved */
	/* ledger rows the script adds, headings first */
	struct out grants, pairs, permits, shared_ids, loans, auth, records, orders, archive,
		disasters;
	struct demo_story *story;
};

static inline uint8_t
org_on(const struct account *a, int32_t day)
{
	return day < a->move_day ? a->org : a->org2;
}

/* Spans in seconds, of 64 bits like every time here. */
static inline int64_t
days_s(int n)
{
	return (int64_t)n * DAY_S;
}

static inline int64_t
hours_s(int n)
{
	return (int64_t)n * 3600;
}

static inline int64_t
minutes_s(int n)
{
	return (int64_t)n * 60;
}

/* in the order in which the table reads well */
struct system_row {
	const char *id, *ja, *en, *format;
	uint8_t owner;
	const char *sharing;
	uint8_t weight[ORGS];
};

enum {
	SYSTEM_SPLIT = 2,    /* of persons' own accounts alone; the script splits it off */
	SYSTEM_INTERNAL = 3, /* reached from the company's own networks alone */
};
extern const struct system_row system_rows[SYSTEMS_MOST];
extern const char *const org_ids[ORGS];
extern const char *const screen_ids[SCREENS];
extern const char *const kind_ids[];
extern const char *const role_ids[];

/* world_base.c */
void *grown(void *p, size_t *room, size_t need, size_t size); /* room for `need` of them */
void demo_row(struct out *t, const char *fmt, ...) PRINTFLIKE(2, 3);
void save(struct world *w, const char *name,
	  struct out *t); /* writes what lies in memory, frees it */
void ledger_begin(struct world *w, const char *name, const char *heading, struct out *t);
void ledger_end(struct world *w, struct out *t);
const char *date_text(int32_t day, char buf[16]);
const char *time_text(int64_t at, char buf[32]);
char *put_digits(char *p, uint32_t v, unsigned width); /* zeros in front up to the width */
void consumer_text(const struct world *w, uint32_t i, char id[22]);
void systems_build(struct world *w);

/* demo_calendar.c */
const char *holiday_name(int32_t day); /* NULL = none */
void calendar_build(struct world *w);
void holidays_write(struct world *w);

/* world_things.c, world_staff.c: before anybody works */
void nets_build(struct world *w);
void consumers_build(struct world *w);
uint32_t consumer_add(struct world *w, enum org sup, enum org sup2, int64_t change);
uint32_t term_add(struct world *w, enum org org, uint32_t owner);
uint32_t account_add(struct world *w, enum org org, enum kind kind, enum role role);
void staff_build(struct world *w);

/* script.c: what is to be found, and what only looks like it */
void script_build(struct world *w);

/* demo_policy.c, demo_ledgers.c, demo_ledgers_more.c */
void policy_write(struct world *w);
void ledgers_write(struct world *w);
void more_ledgers_write(struct world *w);

/* harmless.c: what has a reason */
void harmless_tell(struct world *w);

/* work_days.c: everybody works */
void work(struct world *w);

#endif
