/*
 * led_networks.c - address blocks; they have no dates, and the longest that fits wins.
 * Blocks may nest; none may stand twice.
 */
#include "context/ledgers.h"

#define FIELD(name) offsetof(struct network_row, name)

static const char *const flag_names[] = { "shared_site" }; /* bit 0: NETWORK_SHARED_SITE */

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
	  WORDS(net_kind_names),
	  .at = FIELD(kind) },
	{ .name = "x_km", .type = CELL_TEXT, .at = FIELD(x_km) },
	{ .name = "y_km", .type = CELL_TEXT, .at = FIELD(y_km) },
	{ .name = "lat", .type = CELL_TEXT, .at = FIELD(lat) },
	{ .name = "lon", .type = CELL_TEXT, .at = FIELD(lon) },
	{ .name = "flags", .type = CELL_FLAGS, WORDS(flag_names), .at = FIELD(flags) },
};

const struct ledger_table led_networks = {
	.name = "networks",
	.column = columns,
	.column_count = COUNT(columns),
	.row_size = sizeof(struct network_row),
	.key = { "cidr" },
};
