/*
 * world_things.c - networks and consumers.
 * Hides addresses, who supplies whom, and who switches when; everything follows from the seed.
 */
#include "demo/world.h"

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

	if (end <= 2 || len + strlen(fill) >= sizeof(n->head))
		BUG("'%s' is no prefix of ours", cidr);
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
		[N_APP] = { "10.212.0.0/24", "", KPG, NET_PROXY },
	};
	uint32_t total = w->o->networks + 2; /* the two ghosts stand in no ledger */
	char cidr[48], site[12];

	if (total < FIXED_NETS + 8)
		total = FIXED_NETS + 8;
	w->nets = xalloc(total, sizeof(*w->nets));
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
	size_t cap = w->consumer_cap;
	struct consumer *c;

	w->consumers = grown(w->consumers, &cap, (size_t)w->consumer_count + 1, sizeof(*c));
	w->consumer_cap = (uint32_t)cap;
	c = &w->consumers[w->consumer_count++];
	*c = (struct consumer){ .area = (uint8_t)(1 + rng_below(r, 10)) };
	return c;
}

static uint8_t
types_of(enum supply before, enum supply after)
{
	return (uint8_t)(before | (unsigned)after << 4);
}

/* A consumer of the script's own: nobody else looks at it.  `change` lies within the world's days. */
uint32_t
consumer_add(struct world *w, enum org sup, enum org sup2, int64_t change)
{
	struct rng r = { mix64(w->o->seed ^ w->consumer_count) };
	struct consumer *c = consumer_new(w, &r);

	c->sup = (uint8_t)sup;
	c->sup2 = (uint8_t)sup2;
	c->change = (uint32_t)(change - days_s(w->day0));
	return w->consumer_count - 1;
}

/* Of a hundred: 70 the retailer's, 22 other suppliers', 5 of last resort, 3 feed-in. */
static void
supply_draw(struct rng *r, uint8_t *sup, enum supply *type)
{
	uint32_t u = rng_below(r, 100);

	*type = SUPPLY_NORMAL;
	if (u < 70) {
		*sup = KEP;
	} else if (u < 92) {
		*sup = (uint8_t)(NEWA + (u - 70) % 3);
	} else {
		*sup = KPG;
		*type = u < 97 ? SUPPLY_LAST : SUPPLY_FIT;
	}
}

static enum pool
pool_of(uint8_t sup, enum supply type)
{
	if (type != SUPPLY_NORMAL)
		return type == SUPPLY_LAST ? POOL_LAST : POOL_FIT;
	return sup == KEP ? POOL_KEP : (enum pool)(POOL_NEWA + sup - NEWA);
}

/* 0.4 % a month change supplier, a tenth of them for good. */
static void
switch_draw(struct world *w, struct consumer *c, struct rng *r)
{
	enum supply type = (enum supply)(c->types & 15), after;

	c->change = (uint32_t)days_s(1 + (int)rng_below(r, (uint32_t)w->days));
	c->types = rng_below(r, 10) == 0 ? CONSUMER_ENDS : 0;
	do
		supply_draw(r, &c->sup2, &after);
	while (c->sup2 == c->sup && after == type);
	c->types = (uint8_t)(c->types | types_of(type, after));
}

void
consumers_build(struct world *w)
{
	/* however few: each pool has three that stay */
	static const uint8_t first_sup[6] = { KEP, NEWA, NEWB, NEWC, KPG, KPG };
	static const enum supply first_type[6] = { SUPPLY_NORMAL, SUPPLY_NORMAL, SUPPLY_NORMAL,
						   SUPPLY_NORMAL, SUPPLY_LAST,   SUPPLY_FIT };
	struct rng r = { mix64(w->o->seed ^ 0xc025) };

	for (uint32_t i = 0; i < w->o->consumers; i++) {
		struct consumer *c = consumer_new(w, &r);
		enum supply type;
		enum pool p;

		supply_draw(&r, &c->sup, &type);
		if (i < 18) {
			c->sup = first_sup[i % 6];
			type = first_type[i % 6];
		}
		c->types = types_of(type, SUPPLY_NORMAL);
		if (i >= 18 && rng_below(&r, 1000 * 30) < 4 * (uint32_t)w->days) {
			switch_draw(w, c, &r);
			continue;
		}
		p = pool_of(c->sup, type);
		w->pool[p].at = grown(w->pool[p].at, &w->pool[p].room, w->pool[p].n + 1,
				      sizeof(*w->pool[p].at));
		w->pool[p].at[w->pool[p].n++] = i;
	}
}
