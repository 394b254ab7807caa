/*
 * world_systems.c - the register of systems: who owns them, who works in them, in which format they log.
 * Hides how weights become slots, so that a request finds its system with one draw.
 */
#include "demo/world.h"

/* Weights of KPG KEP KCC KCS NEWA NEWB NEWC MOI; an organisation without weight is not permitted there. */
const struct system_row system_rows[SYSTEMS_MOST] = {
	{ "takuso",
	  "託送業務システム",
	  "wheeling service system",
	  "combined",
	  KPG,
	  "logical",
	  { 60, 35, 70, 70, 70, 70, 70 } },
	{ "keiyaku",
	  "契約管理システム",
	  "contract system",
	  "ltsv",
	  KEP,
	  "shared",
	  { 12, 65, 0, 0, 0, 0, 0 } },
	{ "saiene",
	  "再エネ業務管理システム",
	  "renewables system",
	  "csv",
	  MOI,
	  "physical",
	  { 12, 0, 0, 0, 0, 0, 0, 100 } },
	{ "setsubi",
	  "設備台帳システム",
	  "facility register",
	  "json",
	  KPG,
	  "physical",
	  { 14, 0, 30, 30 } },
	{ "saishu",
	  "最終保障供給システム",
	  "last-resort supply system",
	  "w3c",
	  KPG,
	  "logical",
	  { 8 } },
	{ "uketsuke",
	  "コールセンター受付システム",
	  "call centre system",
	  "ltsv",
	  KEP,
	  "physical",
	  { 0, 25 } },
	{ "shien",
	  "スイッチング支援システム",
	  "switching support system",
	  "json",
	  KPG,
	  "shared",
	  { 6, 8, 0, 0, 30, 30, 30 } },
	{ "teiden",
	  "停電情報システム",
	  "outage system",
	  "combined",
	  KPG,
	  "physical",
	  { 9, 0, 12, 12 } },
	{ "kenshin",
	  "検針管理システム",
	  "meter reading system",
	  "csv",
	  KPG,
	  "physical",
	  { 8, 0, 9 } },
	{ "keisan",
	  "託送料金計算システム",
	  "wheeling charge system",
	  "combined",
	  KPG,
	  "logical",
	  { 7 } },
	{ "koji",
	  "工事管理システム",
	  "construction system",
	  "w3c",
	  KPG,
	  "physical",
	  { 6, 0, 14, 9 } },
	{ "keito", "系統情報システム", "grid data system", "json", KPG, "physical", { 5 } },
	{ "jukyu", "需給管理システム", "balancing system", "ltsv", KPG, "physical", { 4 } },
	{ "haiden", "配電業務システム", "distribution system", "combined", KPG, "physical", { 6 } },
	{ "hozen",
	  "設備保全システム",
	  "maintenance system",
	  "csv",
	  KPG,
	  "physical",
	  { 4, 0, 8, 8 } },
	{ "yochi", "用地管理システム", "land register", "w3c", KPG, "physical", { 2 } },
	{ "setsuzoku",
	  "接続検討システム",
	  "connection study system",
	  "json",
	  KPG,
	  "physical",
	  { 4, 0, 0, 0, 6, 6, 6 } },
	{ "ryokin", "料金管理システム", "billing system", "combined", KEP, "physical", { 0, 20 } },
	{ "web",
	  "会員サービス管理システム",
	  "customer portal desk",
	  "ltsv",
	  KEP,
	  "physical",
	  { 0, 9 } },
	{ "eigyo", "営業支援システム", "sales system", "json", KEP, "physical", { 0, 12 } },
	{ "shuno", "収納管理システム", "payment system", "csv", KEP, "physical", { 0, 8 } },
	{ "kaitori", "買取管理システム", "feed-in purchase system", "w3c", KPG, "logical", { 5 } },
	{ "tokei",
	  "統計報告システム",
	  "statistics system",
	  "combined",
	  KPG,
	  "physical",
	  { 2, 0, 0, 0, 0, 0, 0, 20 } },
};

void
systems_build(struct world *w)
{
	for (int org = 0; org < ORGS; org++) {
		uint32_t sum = 0, before = 0;

		for (int s = 0; s < w->systems; s++)
			sum += system_rows[s].weight[org];
		for (int s = 0; s < w->systems && sum != 0; s++) {
			uint32_t from = before * WEIGHTS / sum;

			before += system_rows[s].weight[org];
			memset(w->slots[org] + from, s, before * WEIGHTS / sum - from);
		}
		if (sum == 0) /* none of few systems is theirs: they work in the last */
			memset(w->slots[org], w->systems - 1, WEIGHTS);
	}
}
