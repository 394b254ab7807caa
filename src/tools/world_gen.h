/*
 * world_gen.h - the nouns of a made-up utility: who works there, from where, on which consumers.
 * Hides nothing; all files of the generator share these structs.  Times are JST seconds since 1970.
 */
#ifndef WORLD_GEN_H
#define WORLD_GEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NOBODY UINT32_MAX
#define MAX_DAYS 1500
#define MAX_NETS 4000
#define ROSTER_MAX 12000 /* accounts beyond are in no ledger: "unknown" */
#define DAY_S 86400
#define JST_S 32400
#define SYSTEMS 3

enum org { KPG, KEP, KCC, KCS, NEWA, NEWB, NEWC, MOI, KHD, ORGS, ORG_NONE = 255 };
enum kind { KIND_PERSON, KIND_SERVICE, KIND_SHARED, KIND_DISASTER };
enum role { ROLE_OFFICE, ROLE_BRANCH, ROLE_CONTROL, ROLE_CALL, ROLE_SALES, ROLE_FIELD, ROLE_BATCH };
enum net_kind { NET_SITE, NET_VPN, NET_PROXY, NET_NAT, NET_MOBILE };
enum screen { CONTRACT, METER, USAGE, BILL, ADDRESS, HISTORY, OUTAGE, STAT, SCREENS };
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
	int32_t move_day;
	uint16_t net, net2;
	uint16_t volume;
	uint32_t term, term2;
};

struct term {
	uint8_t org, org2;
	bool kiosk, listed;
	int32_t change_day; /* INT32_MAX = never */
	uint32_t owner, owner2;
};

struct consumer {
	char id[22];
	uint8_t area, sup, sup2, type, type2;
	bool ends;      /* the change is an end, no row follows */
	int64_t change; /* 0 = never */
};

/* One request, benign or scripted. */
struct req {
	int64_t at;
	uint64_t host;
	uint32_t seq, acct, term, obj;
	uint16_t net, status;
	uint8_t sys, what, cls;
	int8_t masked; /* -1 = not told */
};

struct text {
	char *p;
	size_t n, cap;
};

struct rng {
	uint64_t s;
};

enum pool { POOL_KEP, POOL_NEWA, POOL_NEWB, POOL_NEWC, POOL_LAST, POOL_FIT, POOLS };

struct world {
	uint64_t seed, lines;
	uint32_t accounts_wanted, consumers_wanted, nets_wanted;
	int days, systems;
	bool faults, to_stdout;
	const char *out;

	int32_t day0; /* civil day number of the first day */
	bool hol[MAX_DAYS], special[MAX_DAYS];
	int biz[MAX_DAYS], biz_count;              /* offsets from day0 */
	int closure, gap_day, area_day, storm_day; /* offsets, -1 = none */
	int64_t area_from, area_to, storm_from, storm_to;

	struct net *nets;
	uint32_t net_count;
	uint16_t site_nets[ORGS][MAX_NETS];
	uint32_t site_net_count[ORGS];

	struct account *accounts;
	uint32_t account_count, account_cap, actors;
	struct term *terms;
	uint32_t term_count, term_cap;
	uint32_t kiosks[2][8];

	struct consumer *consumers;
	uint32_t consumer_count, consumer_cap;
	uint32_t *pool[POOLS], pool_count[POOLS];

	struct req *script; /* sorted by (at, seq) */
	size_t script_count, script_cap;
	struct text grants, pairs, truth;
};

static inline uint64_t
mix64(uint64_t z)
{
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static inline uint64_t
rng_next(struct rng *r)
{
	return mix64(r->s += 0x9e3779b97f4a7c15u);
}

static inline uint32_t
rng_below(struct rng *r, uint32_t n)
{
	return (uint32_t)(((rng_next(r) >> 32) * n) >> 32);
}

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

extern const char *const system_ids[SYSTEMS];
extern const char *const org_ids[ORGS];
extern const char *const screen_ids[SCREENS];

/* world_base.c */
void *grown(void *p, size_t size);
void die(const char *what, const char *name) __attribute__((noreturn));
void text_add(struct text *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void save(const struct world *w, const char *name, struct text *t); /* writes, then frees t */
int32_t day_of(int year, int month, int day);
void civil_of(int32_t day, int *year, int *month, int *dom);
const char *date_text(int32_t day, char buf[16]);
const char *time_text(int64_t at, char buf[32]);
void calendar_build(struct world *w);
void holidays_write(const struct world *w);

/* world_build.c: the things, before anybody works */
void nets_build(struct world *w);
void consumers_build(struct world *w);
uint32_t consumer_add(struct world *w, enum org sup, enum org sup2, int64_t change);
uint32_t term_add(struct world *w, enum org org, uint32_t owner);
uint32_t account_add(struct world *w, enum org org, enum kind kind, enum role role);
void staff_build(struct world *w);

/* world_plays.c, world_script.c: what is to be found, and what only looks like it */
void script_build(struct world *w);

/* world_ledgers.c */
void ledgers_write(const struct world *w);

/* world_log.c: lines to files, with faults */
struct sink;
struct sink *sink_open(const struct world *w, int sys);
void sink_put(struct sink *k, const struct req *q, bool scripted);
void sink_close(struct sink *k);

/* world_work.c: the days */
void work(const struct world *w);

#endif
