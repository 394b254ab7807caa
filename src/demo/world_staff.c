/*
 * world_staff.c - accounts and their terminals: who works where as what, who moves and who leaves.
 * Hides how a name is made; everything follows from the seed and the account's number.
 */
#include "demo/world.h"

uint32_t
term_add(struct world *w, enum org org, uint32_t owner)
{
	size_t cap = w->term_cap;

	w->terms = grown(w->terms, &cap, (size_t)w->term_count + 1, sizeof(*w->terms));
	w->term_cap = (uint32_t)cap;
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
	size_t cap = w->account_cap;
	uint32_t i = w->account_count++;
	struct account *a;
	uint64_t h = mix64(w->o->seed * 31 + i);
	const char *p = kind == KIND_SERVICE ? "svc" : prefix[org];

	w->accounts = grown(w->accounts, &cap, w->account_count, sizeof(*a));
	w->account_cap = (uint32_t)cap;
	a = &w->accounts[i];
	*a = (struct account){ .org = (uint8_t)org,
			       .org2 = (uint8_t)org,
			       .kind = (uint8_t)kind,
			       .role = (uint8_t)role,
			       .move_day = INT32_MAX,
			       .end_day = INT32_MAX,
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
			w->terms[w->kiosks[o][k]].kind = TERM_KIOSK;
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
	struct rng r = { mix64(w->o->seed ^ 0x57aff) };
	uint32_t movers = w->o->accounts > 2000 ? 397 : 19;

	kiosks_build(w);
	for (uint32_t n = 0; n < w->o->accounts; n++) {
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
