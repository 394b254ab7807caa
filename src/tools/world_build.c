/*
 * world_build.c - networks, consumers, terminals and staff.
 * Hides how an id is made and who moves when; everything follows from the seed.
 */
#include "tools/world_gen.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* a.b.c.d/bits of our own tables */
static bool
read_v4(const char *text, unsigned part[5])
{
	int n = 0;

	part[0] = 0;
	for (; *text; text++) {
		if (*text == '.' || *text == '/') {
			if (++n > 4)
				return false;
			part[n] = 0;
		} else {
			part[n] = part[n] * 10 + (unsigned)(*text - '0');
		}
	}
	return n == 4;
}

/* The text before the host groups: the prefix without its "::", a /48 filled up to four groups. */
static void
head_set(struct net *n, const char *cidr)
{
	size_t end = strcspn(cidr, "/"), len = end - 2;
	const char *fill = strcmp(cidr + end, "/48") == 0 ? ":7" : "";

	assert(end > 2 && len + strlen(fill) < sizeof(n->head));
	memcpy(n->head, cidr, len);
	memcpy(n->head + len, fill, strlen(fill) + 1);
}

static void
net_add(struct world *w, const char *cidr, enum org org, const char *site, enum net_kind kind)
{
	struct net *n = &w->nets[w->net_count];
	unsigned part[5];

	*n = (struct net){ .org = org, .kind = kind, .listed = true };
	snprintf(n->cidr, sizeof(n->cidr), "%s", cidr);
	snprintf(n->site, sizeof(n->site), "%s", site);
	if (strchr(cidr, ':') != NULL) {
		head_set(n, cidr);
	} else if (read_v4(cidr, part)) {
		n->base = part[0] << 24 | part[1] << 16 | part[2] << 8 | part[3];
		n->size = (uint32_t)1 << (32 - part[4]);
	}
	if (kind == NET_SITE && org < ORGS)
		w->site_nets[org][w->site_net_count[org]++] = (uint16_t)w->net_count;
	w->net_count++;
}

void
nets_build(struct world *w)
{
	static const struct {
		const char *cidr, *site;
		enum org org;
		enum net_kind kind;
	} fixed[FIXED_NETS] = {
		[N_HQ] = { "10.1.0.0/22", "HQ", KPG, NET_SITE },
		[N_EPHQ] = { "10.2.0.0/22", "EPHQ", KEP, NET_SITE },
		[N_KCC] = { "10.3.0.0/24", "KCC1", KCC, NET_SITE },
		[N_KCS] = { "10.4.0.0/24", "KCS1", KCS, NET_SITE },
		[N_NEWA] = { "10.5.1.0/24", "NA1", NEWA, NET_SITE },
		[N_NEWB] = { "10.5.2.0/24", "NB1", NEWB, NET_SITE },
		[N_NEWC] = { "10.5.3.0/24", "NC1", NEWC, NET_SITE },
		[N_MOI] = { "10.6.0.0/24", "MOI1", MOI, NET_SITE },
		[N_VPN] = { "10.200.0.0/16", "", KPG, NET_VPN },
		[N_EPVPN] = { "10.201.0.0/16", "", KEP, NET_VPN },
		[N_RECEPTION] = { "10.2.250.0/24", "RCPT", KEP, NET_SITE },
		[N_EPPROXY] = { "10.210.0.0/24", "", KEP, NET_PROXY },
		[N_EPNAT] = { "10.211.0.0/24", "", KEP, NET_NAT },
		[N_MOBILE] = { "203.0.113.0/24", "", ORG_NONE, NET_MOBILE },
		[N_CAMPUS] = { "10.50.0.0/16", "CAMP", KPG, NET_SITE },
		[N_CAMPUS_EP] = { "10.50.7.0/24", "CAMP7", KEP, NET_SITE },
		[N_HQ6] = { "2001:db8:10:1::/64", "HQ", KPG, NET_SITE },
		[N_EPHQ6] = { "2001:db8:20::/48", "EPHQ", KEP, NET_SITE },
		[N_GHOST] = { "10.250.9.0/24", "", ORG_NONE, NET_SITE },
		[N_GHOST_PUBLIC] = { "198.51.100.0/24", "", ORG_NONE, NET_SITE },
	};
	uint32_t total = w->nets_wanted + 2; /* the two ghosts stand in no ledger */
	char cidr[48], site[12];

	if (total < FIXED_NETS + 8)
		total = FIXED_NETS + 8;
	w->nets = grown(NULL, sizeof(*w->nets) * total);
	for (int i = 0; i < FIXED_NETS; i++)
		net_add(w, fixed[i].cidr, fixed[i].org, fixed[i].site, fixed[i].kind);
	w->nets[N_RECEPTION].shared = true;
	w->nets[N_GHOST].listed = w->nets[N_GHOST_PUBLIC].listed = false;
	/* Nobody's desk is at the reception or on the campus, which has a piece of the other company. */
	w->site_net_count[KPG] = w->site_net_count[KEP] = 0;
	w->site_nets[KPG][w->site_net_count[KPG]++] = N_HQ;
	w->site_nets[KPG][w->site_net_count[KPG]++] = N_HQ6;
	w->site_nets[KEP][w->site_net_count[KEP]++] = N_EPHQ;
	w->site_nets[KEP][w->site_net_count[KEP]++] = N_EPHQ6;
	for (uint32_t b = 0; w->net_count < total; b++) {
		snprintf(site, sizeof(site), "B%03u", b + 1);
		if (b % 7 == 6)
			snprintf(cidr, sizeof(cidr), "2001:db8:1:%x::/64", b + 1);
		else
			snprintf(cidr, sizeof(cidr), "10.%u.%u.0/24", 100 + b / 200, b % 200);
		net_add(w, cidr, b % 3 == 2 ? KEP : KPG, site, NET_SITE);
	}
}

static struct consumer *
consumer_new(struct world *w, struct rng *r)
{
	struct consumer *c;
	uint32_t i = w->consumer_count;
	char id[32];

	if (i == w->consumer_cap) {
		w->consumer_cap = w->consumer_cap * 2 + w->consumers_wanted + 64;
		w->consumers = grown(w->consumers, sizeof(*c) * w->consumer_cap);
	}
	c = &w->consumers[w->consumer_count++];
	*c = (struct consumer){ .area = (uint8_t)(1 + rng_below(r, 10)) };
	snprintf(id, sizeof(id), "03%02u%018u", c->area, 100001 + i * 3);
	memcpy(c->id, id, 22);
	return c;
}

/* A consumer of the script's own: nobody else looks at it. */
uint32_t
consumer_add(struct world *w, enum org sup, enum org sup2, int64_t change)
{
	struct rng r = { mix64(w->seed ^ w->consumer_count) };
	struct consumer *c = consumer_new(w, &r);

	c->sup = (uint8_t)sup;
	c->sup2 = (uint8_t)sup2;
	c->change = change;
	return w->consumer_count - 1;
}

static void
supply_draw(struct rng *r, uint8_t *sup, uint8_t *type)
{
	uint32_t u = rng_below(r, 100);

	*type = SUPPLY_NORMAL;
	if (u < 70)
		*sup = KEP;
	else if (u < 92)
		*sup = (uint8_t)(NEWA + (u - 70) % 3);
	else {
		*sup = KPG;
		*type = u < 97 ? SUPPLY_LAST : SUPPLY_FIT;
	}
}

void
consumers_build(struct world *w)
{
	struct rng r = { mix64(w->seed ^ 0xc025) };

	for (int p = 0; p < POOLS; p++)
		w->pool[p] = grown(NULL, sizeof(uint32_t) * w->consumers_wanted);
	for (uint32_t i = 0; i < w->consumers_wanted; i++) {
		struct consumer *c = consumer_new(w, &r);
		enum pool p;

		supply_draw(&r, &c->sup, &c->type);
		if (i < 18) { /* however few: each pool has three that stay */
			static const uint8_t sup[6] = { KEP, NEWA, NEWB, NEWC, KPG, KPG };

			c->sup = sup[i % 6];
			c->type = (uint8_t)(i % 6 == 4   ? SUPPLY_LAST
					    : i % 6 == 5 ? SUPPLY_FIT
							 : SUPPLY_NORMAL);
		} else if (rng_below(&r, 1000 * 30) < 4 * (uint32_t)w->days) { /* 0.4 % a month */
			c->change = days_s(w->day0 + (int)rng_below(&r, (uint32_t)w->days));
			c->ends = rng_below(&r, 10) == 0;
			do
				supply_draw(&r, &c->sup2, &c->type2);
			while (c->sup2 == c->sup && c->type2 == c->type);
			continue;
		}
		p = c->type == SUPPLY_LAST  ? POOL_LAST
		    : c->type == SUPPLY_FIT ? POOL_FIT
		    : c->sup == KEP         ? POOL_KEP
					    : (enum pool)(POOL_NEWA + c->sup - NEWA);
		w->pool[p][w->pool_count[p]++] = i;
	}
}

uint32_t
term_add(struct world *w, enum org org, uint32_t owner)
{
	if (w->term_count == w->term_cap) {
		w->term_cap = w->term_cap * 2 + 1024;
		w->terms = grown(w->terms, sizeof(*w->terms) * w->term_cap);
	}
	w->terms[w->term_count] = (struct term){ .org = (uint8_t)org,
						 .org2 = (uint8_t)org,
						 .listed = true,
						 .owner = owner,
						 .owner2 = owner,
						 .change_day = INT32_MAX };
	return w->term_count++;
}

uint32_t
account_add(struct world *w, enum org org, enum kind kind, enum role role)
{
	static const char *const prefix[ORGS] = { "pg", "ep", "cc", "cs", "na",
						  "nb", "nc", "mo", "hd" };
	uint32_t i = w->account_count++;
	struct account *a = &w->accounts[i];
	uint64_t h = mix64(w->seed * 31 + i);
	const char *p = kind == KIND_SERVICE ? "svc" : prefix[org];

	*a = (struct account){ .org = (uint8_t)org,
			       .org2 = (uint8_t)org,
			       .kind = (uint8_t)kind,
			       .role = (uint8_t)role,
			       .move_day = INT32_MAX,
			       .sys_row_org = ORG_NONE };
	a->listed = i < ROSTER_MAX;
	a->name_len = (uint8_t)snprintf(a->name, sizeof(a->name), "%s%04u", a->listed ? p : "zz",
					(i + 1) % 1000000);
	a->net = a->net2 = w->site_nets[org][h % w->site_net_count[org]];
	a->volume = (uint16_t)(24 + (h >> 20) % 200);
	a->start_half = (uint8_t)(16 + (h >> 40) % 4);
	a->priv = kind == KIND_PERSON && (h >> 50) % 40 == 0;
	a->term = a->term2 = kind == KIND_SERVICE ? NOBODY : term_add(w, org, i);
	if (a->term != NOBODY)
		w->terms[a->term].listed = a->listed;
	return i;
}

/* A transfer.  The terminal either moves along or stays and gets another owner. */
static void
staff_move(struct world *w, uint32_t i, struct rng *r)
{
	struct account *a = &w->accounts[i];
	enum org to = a->org == KPG ? KEP : KPG;

	a->move_day = w->day0 + w->days / 4 + (int)rng_below(r, (uint32_t)(w->days / 2 + 1));
	a->org2 = (uint8_t)to;
	a->net2 = w->site_nets[to][rng_below(r, w->site_net_count[to])];
	w->terms[a->term].change_day = a->move_day;
	if (rng_below(r, 2) == 0) {
		w->terms[a->term].org2 = (uint8_t)to;
		return;
	}
	w->terms[a->term].owner2 = i - 1;
	a->term2 = term_add(w, to, i);
	w->terms[a->term2].listed = a->listed;
}

static void
kiosks_build(struct world *w)
{
	for (int o = 0; o < 2; o++) {
		for (int k = 0; k < 8; k++) {
			w->kiosks[o][k] = term_add(w, (enum org)o, NOBODY);
			w->terms[w->kiosks[o][k]].kiosk = true;
		}
	}
}

/* One of a hundred: who works where as what. */
static void
person_add(struct world *w, uint32_t lot)
{
	static const struct {
		uint32_t below;
		enum org org;
		enum role role;
	} lots[] = {
		{ 36, KPG, ROLE_OFFICE },  { 52, KPG, ROLE_BRANCH }, { 58, KPG, ROLE_CONTROL },
		{ 74, KEP, ROLE_CALL },    { 84, KEP, ROLE_SALES },  { 88, KCC, ROLE_FIELD },
		{ 90, KCC, ROLE_OFFICE },  { 92, KCS, ROLE_FIELD },  { 98, NEWA, ROLE_SALES },
		{ 100, MOI, ROLE_OFFICE },
	};
	size_t i = 0;
	enum org org;

	while (lot >= lots[i].below)
		i++;
	org = lots[i].org == NEWA ? (enum org)(NEWA + lot % 3) : lots[i].org;
	account_add(w, org, KIND_PERSON, lots[i].role);
}

void
staff_build(struct world *w)
{
	struct rng r = { mix64(w->seed ^ 0x57aff) };
	uint32_t movers = w->accounts_wanted > 2000 ? 397 : 19;

	kiosks_build(w);
	for (uint32_t n = 0; n < w->accounts_wanted; n++) {
		uint32_t lot = rng_below(&r, 100), i;

		if (n % 50 == 3) {
			account_add(w, n % 100 == 3 ? KPG : KEP, KIND_SERVICE, ROLE_BATCH);
		} else if (n % 50 == 29) {
			account_add(w, KPG, KIND_SHARED, ROLE_BRANCH);
		} else if (n % movers == 7) {
			i = account_add(w, n / movers % 2 == 0 ? KPG : KEP, KIND_PERSON,
					ROLE_OFFICE);
			staff_move(w, i, &r);
		} else {
			person_add(w, lot);
		}
	}
}
