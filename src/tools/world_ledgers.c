/*
 * world_ledgers.c - the policy and the ledgers of a world, as a utility would keep them.
 * Hides the columns; dated rows never overlap for one key.
 */
#include "tools/world_gen.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static const char *const kind_ids[] = { "person", "service", "shared", "disaster" };
static const char *const role_ids[] = { "office", "branch", "control", "call",
					"sales",  "field",  "batch" };
static const char *const net_kind_ids[] = { "site", "vpn", "proxy", "nat", "mobile" };
static const char *const supply_ids[] = { "normal", "last", "fit" };

static void
policy_write(const struct world *w)
{
	static const char *const names[SYSTEMS] = {
		"{ja: 託送業務システム, en: wheeling service system}",
		"{ja: 契約管理システム, en: contract system}",
		"{ja: 再エネ業務管理システム, en: renewables system}"
	};
	static const char *const owners[SYSTEMS] = { "KPG", "KEP", "MOI" };
	static const char *const permitted[SYSTEMS] = { "[KPG, KCC, KCS]", "[KEP, KPG]",
							"[KPG, MOI]" };
	static const char *const ledgers[] = { "orgs",      "people",      "accounts", "terminals",
					       "networks",  "consumers",   "holidays", "closures",
					       "disasters", "allow_pairs", "grants" };
	struct text t = { 0 };

	assert(w->systems <= SYSTEMS);
	text_add(&t, "sekisho: 1\ntimezone: Asia/Tokyo\nsystems:\n");
	for (int s = 0; s < w->systems; s++) {
		text_add(&t, "  - id: %s\n    name: %s\n    owner: %s\n    logs: [logs/%s/*]\n",
			 system_ids[s], names[s], owners[s], system_ids[s]);
		text_add(&t, "    format: combined\n    extract: {object: "
			     "'path:/consumers/{object}/{class}', "
			     "terminal: 'query:t', masked: 'query:m'}\n");
		if (s == 0)
			text_add(&t, "    normalise: [trim, lower]\n");
		text_add(&t, "    permitted_orgs: %s\n", permitted[s]);
	}
	text_add(&t, "ledgers:\n");
	for (size_t i = 0; i < sizeof(ledgers) / sizeof(ledgers[0]); i++)
		text_add(&t, "  %s: ledgers/%s.csv\n", ledgers[i], ledgers[i]);
	text_add(&t, "barrier: ledgers/barrier.csv\nresources:\n");
	for (int c = 0; c < SCREENS; c++)
		text_add(&t, "  - {class: %s, sensitivity: %s}\n", screen_ids[c],
			 c == OUTAGE || c == STAT ? "public" : "non-public");
	text_add(&t, "  - {match: {path: /login}, act: login}\n  - {match: {path: /logout}, act: "
		     "logout}\n"
		     "  - {match: {path: /search}, act: list}\n"
		     "  - {match: {'path|startswith': /health}, act: health}\n");
	save(w, "sekisho.yaml", &t);
}

static void
matrix_write(const struct world *w)
{
	static const char *const rows[] = { "grid,,,,,,,allow",
					    "retailer,,,,outage,,,allow_disaster",
					    "retailer,,,,,own,,allow",
					    "retailer,,,keiyaku,contract,other,,allow_masked",
					    "retailer,,,,meter,other,,allow_masked",
					    "retailer,,,,meter,last,,allow_masked",
					    "retailer,call,,,usage,other,in,allow",
					    "retailer,,,,,other,,deny",
					    "retailer,,,,,last,,deny",
					    "retailer,,,,,fit,,deny",
					    "contractor,field,,,outage,,,allow",
					    "contractor,field,,,meter,,,allow",
					    "contractor,field,,,contract,,,allow_masked",
					    "contractor,office,,,usage,,,allow",
					    "supplier,,,,,own,,allow",
					    "supplier,,,,,other,,deny",
					    "supplier,,,,,last,,deny",
					    "government,,,,stat,,,allow",
					    ",,,,,,,deny" };
	struct text t = { 0 };

	text_add(&t, "prio,viewer_class,role,purpose,system,class,relation,disaster,verdict\n");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		text_add(&t, "%u,%s\n", (unsigned)(i + 1) * 10, rows[i]);
	save(w, "ledgers/barrier.csv", &t);
}

static void
orgs_write(const struct world *w)
{
	static const char *const rows =
		"org,name,class,parent,areas\n"
		"KPG,霞送配電,grid,KHD,A01;A02;A03;A04;A05;A06;A07;A08;A09;A10\n"
		"KEP,霞エナジー,retailer,KHD,\nKCC,霞委託サービス,contractor,KPG,\n"
		"KCS,霞委託第二,contractor,KCC,\nNEWA,新電力甲,supplier,,\nNEWB,新電力乙,supplier,,"
		"\n"
		"NEWC,\"新電力丙, "
		"合同会社\",supplier,,\nMOI,所管庁,government,,\nKHD,霞ホールディングス,owner,,\n";
	struct text t = { 0 };

	text_add(&t, "%s", rows);
	save(w, "ledgers/orgs.csv", &t);
}

/* The person who may own something, "" for what is nobody's or no person's. */
static const char *
person_text(const struct world *w, uint32_t i, char buf[16])
{
	buf[0] = '\0';
	if (i != NOBODY && w->accounts[i].kind == KIND_PERSON)
		snprintf(buf, 16, "E%05u", i + 1);
	return buf;
}

/* A thing has one row or, when it changes hands, two: till the cut and from it. */
struct row {
	int number;
	const char *from, *to;
};

static int
rows_of(int32_t change_day)
{
	return change_day == INT32_MAX ? 1 : 2;
}

static struct row
row_of(int number, const char *begin, int32_t change_day, char cut[16])
{
	const char *at = change_day == INT32_MAX ? "" : date_text(change_day, cut);

	return number == 0 ? (struct row){ 0, begin, at } : (struct row){ number, at, "" };
}

static void
account_row(const struct world *w, uint32_t i, struct row r, struct text *people,
	    struct text *accts)
{
	const struct account *a = &w->accounts[i];
	const char *org = org_ids[r.number == 0 ? a->org : a->org2];
	char owner[16];

	person_text(w, i, owner);
	if (owner[0] != '\0')
		text_add(people, "%s,%s,D%02u,%s,%s\n", owner, org, (i + (uint32_t)r.number) % 17,
			 r.from, r.to);
	text_add(accts, "%s,,%s,%s,%s,%s,%s,active,%s,%s\n", a->name, owner, org, kind_ids[a->kind],
		 a->priv ? "yes" : "no", role_ids[a->role], r.from, r.to);
}

static void
staff_write(const struct world *w)
{
	struct text people = { 0 }, accts = { 0 };
	char cut[16];

	text_add(&people, "person,org,dept,valid_from,valid_to\n");
	text_add(&accts,
		 "account,system,owner,org,kind,privileged,role,status,valid_from,valid_to\n");
	for (uint32_t i = 0; i < w->account_count && i < ROSTER_MAX; i++) {
		const struct account *a = &w->accounts[i];

		if (!a->listed)
			continue;
		for (int n = 0; n < rows_of(a->move_day); n++)
			account_row(w, i, row_of(n, "2020-04-01", a->move_day, cut), &people,
				    &accts);
		if (a->sys_row_org != ORG_NONE)
			text_add(&accts, "%s,%s,E%05u,%s,%s,no,%s,active,2020-04-01,\n", a->name,
				 system_ids[0], i + 1, org_ids[a->sys_row_org], kind_ids[a->kind],
				 role_ids[a->role]);
	}
	save(w, "ledgers/people.csv", &people);
	save(w, "ledgers/accounts.csv", &accts);
}

static void
terminal_row(const struct world *w, uint32_t i, struct row r, struct text *t)
{
	const struct term *m = &w->terms[i];
	bool first = r.number == 0;
	char owner[16];

	text_add(t, "T-%05u,%s,%s,%s,%s,%s\n", i + 1, org_ids[first ? m->org : m->org2],
		 m->kiosk ? "kiosk" : "normal", person_text(w, first ? m->owner : m->owner2, owner),
		 r.from, r.to);
}

static void
terminals_write(const struct world *w)
{
	struct text t = { 0 };
	char cut[16];

	text_add(&t, "terminal,org,kind,assignee,valid_from,valid_to\n");
	for (uint32_t i = 0; i < w->term_count; i++) {
		int32_t change = w->terms[i].change_day;

		if (!w->terms[i].listed)
			continue;
		for (int n = 0; n < rows_of(change); n++)
			terminal_row(w, i, row_of(n, "2021-04-01", change, cut), &t);
	}
	save(w, "ledgers/terminals.csv", &t);
}

static void
networks_write(const struct world *w)
{
	struct text t = { 0 };

	text_add(&t, "cidr,org,site,kind,x_km,y_km,flags\n");
	for (uint32_t i = 0; i < w->net_count; i++) {
		const struct net *n = &w->nets[i];
		uint32_t h = 0;

		if (!n->listed)
			continue;
		for (const char *p = n->site; *p != '\0'; p++)
			h = h * 131 + (unsigned char)*p;
		text_add(&t, "%s,%s,%s,%s,", n->cidr, n->org == ORG_NONE ? "" : org_ids[n->org],
			 n->site, net_kind_ids[n->kind]);
		if (n->site[0] != '\0')
			text_add(&t, "%u,%u", h % 211, h / 211 % 173);
		else
			text_add(&t, ",");
		text_add(&t, ",%s\n", n->shared ? "shared_site" : "");
	}
	save(w, "ledgers/networks.csv", &t);
}

static void
consumers_write(const struct world *w)
{
	struct text t = { 0 };

	text_add(&t, "consumer,supplier,area,type,valid_from,valid_to\n");
	for (uint32_t i = 0; i < w->consumer_count; i++) {
		const struct consumer *c = &w->consumers[i];
		char cut[32] = "";

		if (c->change % DAY_S != 0)
			time_text(c->change, cut);
		else if (c->change != 0)
			date_text((int32_t)(c->change / DAY_S), cut);
		text_add(&t, "%.22s,%s,A%02u,%s,2016-04-01,%s\n", c->id, org_ids[c->sup], c->area,
			 supply_ids[c->type], cut);
		if (c->change != 0 && !c->ends)
			text_add(&t, "%.22s,%s,A%02u,%s,%s,\n", c->id, org_ids[c->sup2], c->area,
				 supply_ids[c->type2], cut);
	}
	save(w, "ledgers/consumers.csv", &t);
}

static void
disasters_write(const struct world *w)
{
	struct text t = { 0 };
	char a[32], b[32];

	text_add(&t, "id,name,org,areas,from,to,coordination,shared_classes,approver,registered_at,"
		     "kind\n");
	if (w->area_day >= 0) {
		text_add(&t, "DR-01,台風第1号,KEP,A05;A06,%s,%s,yes,outage,E00001,%s,real\n",
			 time_text(w->area_from, a), time_text(w->area_to, b), a);
		/* exists for nobody: no coordination was needed */
		text_add(&t, "DR-02,大雨,KEP,,%s,%s,no,,E00001,%s,real\n",
			 time_text(w->area_from - days_s(9), a),
			 time_text(w->area_to - days_s(9), b), a);
	}
	if (w->storm_day >= 0)
		text_add(&t, "DR-03,暴風雪,,,%s,%s,yes,outage;address,E00001,%s,real\n",
			 time_text(w->storm_from, a), time_text(w->storm_to, b), a);
	text_add(&t, "DR-04,防災訓練,KCC,,%s,%s,yes,outage,E00001,%s,drill\n",
		 time_text(days_s(w->day0) + hours_s(13), a),
		 time_text(days_s(w->day0) + hours_s(15), b), a);
	save(w, "ledgers/disasters.csv", &t);
}

void
ledgers_write(const struct world *w)
{
	struct text grants = w->grants, pairs = w->pairs, truth = w->truth;

	policy_write(w);
	matrix_write(w);
	orgs_write(w);
	staff_write(w);
	terminals_write(w);
	networks_write(w);
	consumers_write(w);
	disasters_write(w);
	holidays_write(w);
	save(w, "ledgers/grants.csv", &grants);
	save(w, "ledgers/allow_pairs.csv", &pairs);
	save(w, "truth.ndjson", &truth);
}
