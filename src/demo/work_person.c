/*
 * work_person.c - who comes on which day, from where, till when and with how much to do.
 * Hides the tables of chance; integers only, so that every machine draws the same.
 */
#include "demo/work.h"

#include "base/civil.h"

enum { GRAINS = 64 };

/* Quantiles of a gamma distribution of mean 1,000: shape 4 for steady roles, 1.5 for those that come in waves. */
static const uint16_t steady[GRAINS] = { 192,  267,  315,  352,  384,  412,  438,  463,  486,  508,
					 529,  549,  569,  588,  607,  625,  643,  661,  679,  697,
					 714,  732,  749,  767,  784,  801,  819,  836,  854,  872,
					 890,  908,  927,  946,  965,  985,  1005, 1025, 1046, 1068,
					 1089, 1112, 1135, 1159, 1184, 1210, 1236, 1264, 1294, 1324,
					 1357, 1391, 1427, 1467, 1510, 1557, 1609, 1666, 1733, 1813,
					 1910, 2034, 2217, 2597 };
static const uint16_t wavy[GRAINS] = { 32,   69,   99,   125,  150,  173,  196,  219,  241,  263,
				       285,  307,  328,  350,  372,  393,  414,  436,  458,  481,
				       503,  526,  549,  572,  596,  620,  644,  669,  694,  719,
				       745,  772,  800,  829,  858,  888,  919,  950,  983,  1016,
				       1051, 1088, 1126, 1166, 1207, 1251, 1296, 1344, 1393, 1446,
				       1503, 1563, 1629, 1700, 1778, 1864, 1961, 2070, 2197, 2352,
				       2539, 2787, 3167, 3975 };

static const struct {
	const uint16_t *spread;
	uint16_t volume;  /* percent */
	uint16_t weekday; /* present, of a thousand */
	uint16_t free_day;
	const char *schedule;
} profiles[] = {
	[ROLE_OFFICE] = { steady, 100, 925, 12, "day" },
	[ROLE_BRANCH] = { steady, 110, 930, 25, "day" },
	[ROLE_CONTROL] = { steady, 60, 1000, 1000, "shift" },
	[ROLE_CALL] = { wavy, 150, 920, 130, "call" },
	[ROLE_SALES] = { wavy, 90, 920, 15, "day" },
	[ROLE_FIELD] = { wavy, 60, 930, 40, "field" },
	[ROLE_BATCH] = { steady, 100, 1000, 1000, "" },
};

const char *
schedule_of(const struct account *a)
{
	return a->kind == KIND_PERSON || a->kind == KIND_SHARED ? profiles[a->role].schedule : "";
}

/* Month-end, the moving season, and the storm that makes everybody call. */
static uint32_t
season_of(const struct world *w, const struct account *a, int offset)
{
	struct civil c = civil_from_day(w->day0 + offset);
	uint32_t percent = 100;

	if (c.day >= 28)
		percent = percent * 160 / 100;
	if ((c.month == 3 && c.day >= 15) || (c.month == 4 && c.day <= 10))
		percent = percent * 130 / 100;
	if (a->role == ROLE_CALL && (offset == w->storm_day || offset == w->area_day))
		percent *= 3;
	return percent;
}

/* Two out of three rotate through 3 x 8 hours, the third through 2 x 12 with two days off. */
static bool
shift_hours(uint32_t acct, int32_t day, struct person_day *p)
{
	static const uint32_t turns[4][2] = { { 8, 20 }, { 20, 24 }, { 0, 8 }, { 0, 0 } };
	uint32_t turn = (acct / 3 + (uint32_t)day) % 4, from = turns[turn][0],
		 till = turns[turn][1];

	if (acct % 3 != 2) {
		from = (acct + (uint32_t)day / 5) % 3 * 8;
		till = from + 8;
		if ((acct + (uint32_t)day) % 5 == 4) /* its day off */
			return false;
	}
	if (till == 0)
		return false;
	p->piece[0].from = from * 3600;
	p->piece[0].till = p->piece[1].from = (from + till) * 1800;
	p->piece[1].till = till * 3600 - 60;
	return true;
}

static void
place_of(const struct world *w, const struct account *a, uint8_t org, uint64_t u,
	 struct person_day *p)
{
	uint32_t per_mille = (uint32_t)(u >> 20) % 1000;

	if (org > KEP || a->kind != KIND_PERSON)
		return;
	if (p->abroad)
		p->net = N_GHOST_PUBLIC; /* a hotel: in nobody's ledger */
	else if (per_mille < 50)
		p->net = org == KPG ? N_VPN : N_EPVPN;
	else if (per_mille < 62)
		p->term = w->kiosks[org][u & 7];
	else if (per_mille < 80 && a->role != ROLE_CALL)
		p->net = N_MOBILE;
	else if (per_mille < 100)
		p->flips = true;
}

/* Overtime: nine of ten have asked; on call: a burst after two at night. */
static void
extras_of(const struct account *a, uint64_t u, struct person_day *p)
{
	uint32_t v = (uint32_t)(u >> 32) % 1000;

	if (a->kind != KIND_PERSON || a->role == ROLE_CONTROL)
		return;
	if (v < 40) {
		p->late = v < 36 ? STAY_PERMITTED : STAY_UNASKED;
		p->late_till = p->piece[1].till + 3600 * (2 + v % 2);
		if (p->late_till > 22 * 3600)
			p->late_till = 22 * 3600;
	} else if (v < 44 && a->role == ROLE_BRANCH) {
		p->called = true;
	}
}

static bool
hours_of(const struct world *w, uint32_t acct, int offset, struct person_day *p)
{
	const struct account *a = &w->accounts[acct];
	uint32_t start = a->start_half * 1800u;

	if (a->role == ROLE_CONTROL)
		return shift_hours(acct, w->day0 + offset, p);
	p->piece[0].from = start;
	p->piece[0].till = start + 7 * 1800;
	p->piece[1].from = start + 8 * 1800 + 900;
	p->piece[1].till = start + 16 * 1800;
	return true;
}

struct person_day
person_day(const struct world *w, uint32_t acct, int offset)
{
	const struct account *a = &w->accounts[acct];
	int32_t day = w->day0 + offset;
	bool moved = day >= a->move_day;
	uint64_t u = mix_of(w->o->seed, acct, (uint64_t)day), v = mix64(u);
	struct person_day p = { .net = moved ? a->net2 : a->net,
				.term = moved ? a->term2 : a->term };
	uint32_t chance = w->hol[offset] ? profiles[a->role].free_day : profiles[a->role].weekday;

	if (a->quiet || day >= a->end_day)
		return p;
	if (a->kind == KIND_SERVICE) {
		p.share = 18000;
		p.piece[0].till = p.piece[1].from = DAY_S / 2;
		p.piece[1].till = DAY_S;
		return p;
	}
	if (u % 1000 >= chance || !hours_of(w, acct, offset, &p)) /* leave, sickness, a day off */
		return p;
	p.share = (uint32_t)((uint64_t)a->volume * profiles[a->role].spread[v >> 58] *
			     season_of(w, a, offset) * profiles[a->role].volume / 100000);
	if (v >> 20 & 127) {
		p.share += p.share == 0;
	} else {
		p.share = p.share / 8 + 1; /* a training day */
	}
	/* three days abroad now and then */
	p.abroad = a->role == ROLE_OFFICE &&
		   mix_of(w->o->seed ^ 0xab, acct, (uint64_t)(day / 3)) % 300 == 0;
	p.holiday = w->hol[offset] && a->kind == KIND_PERSON && a->role != ROLE_CONTROL;
	p.asked = p.holiday && mix64(v) % 10 != 0;
	extras_of(a, v, &p);
	place_of(w, a, org_on(a, day), v, &p);
	return p;
}
