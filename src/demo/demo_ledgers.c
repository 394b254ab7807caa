/*
 * demo_ledgers.c - the ledgers this version reads, as a utility would keep them.
 * Hides the columns; dated rows never overlap for one key.
 */
#include "demo/work.h"
#include "demo/world.h"

static const char *const net_kind_ids[] = { "site", "vpn", "proxy", "nat", "mobile" };
static const char *const supply_ids[] = { "normal", "last", "fit" };
static const char *const term_kind_ids[] = { "normal", "kiosk", "loan", "disaster" };

static void
matrix_write(struct world *w)
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
	struct out t;

	ledger_begin(w, "ledgers/barrier.csv",
		     "prio,viewer_class,role,purpose,system,class,relation,disaster,verdict\n", &t);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		demo_row(&t, "%u,%s\n", (unsigned)(i + 1) * 10, rows[i]);
	ledger_end(w, &t);
}

static void
orgs_write(struct world *w)
{
	static const char *const rows =
		"org,name,class,parent,areas,responsible\n"
		"KPG,霞送配電,grid,KHD,A01;A02;A03;A04;A05;A06;A07;A08;A09;A10,E00001\n"
		"KEP,霞エナジー,retailer,KHD,,E00002\nKCC,霞委託サービス,contractor,KPG,,E00003\n"
		"KCS,霞委託第二,contractor,KCC,,E00003\nNEWA,新電力甲,supplier,,,E00004\n"
		"NEWB,新電力乙,supplier,,,E00005\nNEWC,\"新電力丙, 合同会社\",supplier,,,\n"
		"MOI,所管庁,government,,,E00006\nKHD,霞ホールディングス,owner,,,\n";
	struct out t;

	ledger_begin(w, "ledgers/orgs.csv", rows, &t);
	ledger_end(w, &t);
}

/* The person who may own something, "" for what is nobody's or no person's. */
static const char *
person_text(struct world *w, uint32_t i, char buf[16])
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
account_row(struct world *w, uint32_t i, struct row r, struct out *people, struct out *accts)
{
	const struct account *a = &w->accounts[i];
	const char *org = org_ids[r.number == 0 ? a->org : a->org2];
	char owner[16];

	person_text(w, i, owner);
	if (owner[0] != '\0')
		demo_row(people, "%s,%s,D%02u,%s,%s\n", owner, org, (i + (uint32_t)r.number) % 17,
			 r.from, r.to);
	demo_row(accts, "%s,,%s,%s,%s,%s,%s,%s,active,2020-03-25,%s%s,%s,%s\n", a->name, owner, org,
		 kind_ids[a->kind], a->priv ? "yes" : "no", role_ids[a->role], schedule_of(a),
		 owner[0] != '\0' ? owner : a->name,
		 owner[0] != '\0' ? "@kasumi.example" : "@group.kasumi.example", r.from,
		 a->end_day == INT32_MAX ? r.to : "");
}

static void
staff_write(struct world *w)
{
	struct out people, accts;
	char cut[16];

	ledger_begin(w, "ledgers/people.csv", "person,org,dept,valid_from,valid_to\n", &people);
	ledger_begin(w, "ledgers/accounts.csv",
		     "account,system,owner,org,kind,privileged,role,schedule,status,created,email,"
		     "valid_from,valid_to\n",
		     &accts);
	for (uint32_t i = 0; i < w->account_count && i < ROSTER_MAX; i++) {
		const struct account *a = &w->accounts[i];

		if (!a->listed)
			continue;
		if (a->end_day != INT32_MAX) /* left; nobody has closed the account */
			account_row(w, i, row_of(0, "2020-04-01", a->end_day, cut), &people,
				    &accts);
		else
			for (int n = 0; n < rows_of(a->move_day); n++)
				account_row(w, i, row_of(n, "2020-04-01", a->move_day, cut),
					    &people, &accts);
		if (i % 211 == 13 && a->kind == KIND_PERSON && a->org == KCC) /* on secondment */
			demo_row(&people, "E%05u,KPG,D03,2021-04-01,\n", i + 1);
		if (a->sys_row_org != ORG_NONE)
			demo_row(&accts, "%s,%s,E%05u,%s,%s,no,%s,%s,active,,,2020-04-01,\n",
				 a->name, system_rows[0].id, i + 1, org_ids[a->sys_row_org],
				 kind_ids[a->kind], role_ids[a->role], schedule_of(a));
	}
	ledger_end(w, &people);
	ledger_end(w, &accts);
}

static void
terminal_row(struct world *w, uint32_t i, struct row r, struct out *t)
{
	const struct term *m = &w->terms[i];
	bool first = r.number == 0;
	char owner[16];

	demo_row(t, "T-%05u,%s,%s,%s,%s,%s\n", i + 1, org_ids[first ? m->org : m->org2],
		 term_kind_ids[m->kind], person_text(w, first ? m->owner : m->owner2, owner),
		 r.from, r.to);
}

static void
terminals_write(struct world *w)
{
	struct out t;
	char cut[16];

	ledger_begin(w, "ledgers/terminals.csv", "terminal,org,kind,assignee,valid_from,valid_to\n",
		     &t);
	for (uint32_t i = 0; i < w->term_count; i++) {
		int32_t change = w->terms[i].change_day;

		if (!w->terms[i].listed)
			continue;
		for (int n = 0; n < rows_of(change); n++)
			terminal_row(w, i, row_of(n, "2021-04-01", change, cut), &t);
	}
	ledger_end(w, &t);
}

static void
networks_write(struct world *w)
{
	struct out t;

	ledger_begin(w, "ledgers/networks.csv", "cidr,org,site,kind,x_km,y_km,flags\n", &t);
	for (uint32_t i = 0; i < w->net_count; i++) {
		const struct net *n = &w->nets[i];
		uint32_t h = 0;

		if (!n->listed)
			continue;
		for (const char *p = n->site; *p != '\0'; p++)
			h = h * 131 + (unsigned char)*p;
		demo_row(&t, "%s,%s,%s,%s,", n->cidr, n->org == ORG_NONE ? "" : org_ids[n->org],
			 n->site, net_kind_ids[n->kind]);
		if (n->site[0] != '\0')
			demo_row(&t, "%u,%u", h % 211, h / 211 % 173);
		else
			demo_row(&t, ",");
		demo_row(&t, ",%s\n", n->shared ? "shared_site" : "");
	}
	ledger_end(w, &t);
}

static void
consumers_write(struct world *w)
{
	struct out t;

	ledger_begin(w, "ledgers/consumers.csv",
		     "consumer,supplier,area,type,valid_from,valid_to\n", &t);
	for (uint32_t i = 0; i < w->consumer_count; i++) {
		const struct consumer *c = &w->consumers[i];
		int64_t change = days_s(w->day0) + c->change;
		char cut[32] = "", id[22];

		consumer_text(w, i, id);
		if (c->change % DAY_S != 0)
			time_text(change, cut);
		else if (c->change != 0)
			date_text((int32_t)(change / DAY_S), cut);
		demo_row(&t, "%.22s,%s,A%02u,%s,2016-04-01,%s\n", id, org_ids[c->sup], c->area,
			 supply_ids[c->types & 3], cut);
		if (c->change != 0 && !(c->types & CONSUMER_ENDS))
			demo_row(&t, "%.22s,%s,A%02u,%s,%s,\n", id, org_ids[c->sup2], c->area,
				 supply_ids[c->types >> 4 & 3], cut);
	}
	ledger_end(w, &t);
}

static void
disasters_write(struct world *w)
{
	struct out t;
	char a[32], b[32];

	ledger_begin(w, "ledgers/disasters.csv",
		     "id,name,org,areas,from,to,coordination,shared_classes,approver,registered_at,"
		     "kind\n",
		     &t);
	if (w->area_day >= 0) {
		demo_row(&t, "DR-01,台風第1号,KEP,A05;A06,%s,%s,yes,outage,E00001,%s,real\n",
			 time_text(w->area_from, a), time_text(w->area_to, b), a);
		/* exists for nobody: no coordination was needed */
		demo_row(&t, "DR-02,大雨,KEP,,%s,%s,no,,E00001,%s,real\n",
			 time_text(w->area_from - days_s(9), a),
			 time_text(w->area_to - days_s(9), b), a);
	}
	if (w->storm_day >= 0)
		demo_row(&t, "DR-03,暴風雪,,,%s,%s,yes,outage;address,E00001,%s,real\n",
			 time_text(w->storm_from, a), time_text(w->storm_to, b), a);
	demo_row(&t, "DR-04,防災訓練,KCC,,%s,%s,yes,outage,E00001,%s,drill\n",
		 time_text(days_s(w->day0) + hours_s(13), a),
		 time_text(days_s(w->day0) + hours_s(15), b), a);
	out_bytes(&t, out_taken(&w->disasters));
	ledger_end(w, &t);
}

void
ledgers_write(struct world *w)
{
	matrix_write(w);
	orgs_write(w);
	staff_write(w);
	terminals_write(w);
	networks_write(w);
	consumers_write(w);
	disasters_write(w);
	holidays_write(w);
	save(w, "ledgers/grants.csv", &w->grants);
	save(w, "ledgers/allow_pairs.csv", &w->pairs);
}
