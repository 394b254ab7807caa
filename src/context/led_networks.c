/*
 * led_networks.c - address blocks; they have no dates, and the longest that fits wins.
 * Blocks may nest; none may stand twice.
 */
#include "context/ledgers.h"

#define FIELD(name) offsetof(struct network_row, name)

static const char *const flag_names[] = { "shared_site" }; /* bit 0: NETWORK_SHARED_SITE */

static const char *const flag_other[] = { "共用拠点|共用" };
static const char *const kind_other[NET_KIND_COUNT] = {
	[NET_UNKNOWN] = "",
	[NET_SITE] = "拠点",
	[NET_VPN] = "リモート接続",
	[NET_PROXY] = "プロキシ",
	[NET_NAT] = "アドレス変換",
	[NET_MOBILE] = "携帯|モバイル",
	[NET_ISP] = "プロバイダ|一般回線",
	[NET_HOSTING] = "ホスティング|クラウド",
};

static const struct column columns[] = {
	{ .name = "cidr",
	  .alias = "接続元",
	  .required = true,
	  .type = CELL_CIDR,
	  .at = FIELD(cidr),
	  .text_at = FIELD(text) },
	{ .name = "org", .alias = "組織", .type = CELL_NAME, .pool = POOL_ORG, .at = FIELD(org) },
	{ .name = "site",
	  .alias = "拠点",
	  .type = CELL_NAME,
	  .pool = POOL_SITE,
	  .at = FIELD(site) },
	{ .name = "kind",
	  .alias = "種別",
	  .type = CELL_WORD,
	  WORDS(net_kind_names, kind_other),
	  .at = FIELD(kind) },
	{ .name = "x_km", .alias = "X座標", .type = CELL_INTEGER, .at = FIELD(x_km) },
	{ .name = "y_km", .alias = "Y座標", .type = CELL_INTEGER, .at = FIELD(y_km) },
	{ .name = "lat", .alias = "緯度", .type = CELL_DEGREES, .at = FIELD(lat) },
	{ .name = "lon", .alias = "経度", .type = CELL_DEGREES, .at = FIELD(lon) },
	{ .name = "flags",
	  .alias = "特記",
	  .type = CELL_FLAGS,
	  WORDS(flag_names, flag_other),
	  .at = FIELD(flags) },
};

const struct ledger_table led_networks = {
	.name = "networks",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct network_row),
	.key = { "cidr" },
};
