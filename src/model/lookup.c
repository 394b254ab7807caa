/*
 * lookup.c - the names of what ledgers answer, as ledgers write them and reports print them.
 */
#include "model/lookup.h"

const char *const account_kind_names[KIND_COUNT] = {
	[KIND_UNKNOWN] = "unknown", [KIND_PERSON] = "person",     [KIND_SHARED] = "shared",
	[KIND_GROUP] = "group",     [KIND_DISASTER] = "disaster", [KIND_SERVICE] = "service",
};

const char *const account_status_names[ACCOUNT_STATUSES] = {
	[ACCOUNT_UNSAID] = "",
	[ACCOUNT_ACTIVE] = "active",
	[ACCOUNT_SUSPENDED] = "suspended",
	[ACCOUNT_EXPIRED] = "expired",
	[ACCOUNT_DELETED] = "deleted",
};

const char *const net_kind_names[NET_KIND_COUNT] = {
	[NET_UNKNOWN] = "unknown", [NET_SITE] = "site",       [NET_VPN] = "vpn",
	[NET_PROXY] = "proxy",     [NET_NAT] = "nat",         [NET_MOBILE] = "mobile",
	[NET_ISP] = "isp",         [NET_HOSTING] = "hosting",
};

const char *const terminal_kind_names[TERMINAL_KIND_COUNT] = {
	[TERMINAL_UNKNOWN] = "unknown",   [TERMINAL_NORMAL] = "normal",
	[TERMINAL_KIOSK] = "kiosk",       [TERMINAL_LOAN] = "loan",
	[TERMINAL_DISASTER] = "disaster",
};

const char *const org_class_names[ORG_CLASS_COUNT] = {
	[ORG_CLASS_UNKNOWN] = "unknown", [ORG_GRID] = "grid",
	[ORG_RETAILER] = "retailer",     [ORG_CONTRACTOR] = "contractor",
	[ORG_SUPPLIER] = "supplier",     [ORG_GOVERNMENT] = "government",
	[ORG_OWNER] = "owner",
};

const char *const relation_names[REL_COUNT] = {
	[REL_UNKNOWN] = "unknown", [REL_OWN] = "own", [REL_OTHER] = "other",
	[REL_LAST] = "last",       [REL_FIT] = "fit",
};

const char *const dstate_names[DSTATE_COUNT + 1] = {
	[DSTATE_PEACE] = "peace",
	[DSTATE_EARLY] = "early",
	[DSTATE_TAIL] = "tail",
	[DSTATE_IN] = "in",
};

const char *
gives_take(uint32_t *left)
{
	static const char *const names[] = {
		"people",      "terminal_loans", "schedules",   "permits",     "shared_ids",
		"substitutes", "clients",        "contractors", "work_orders", "disasters",
		"grants",      "holidays",       "accounts",    "terminals",   "auth_events",
		"barrier",     "consumers",      "networks",    "geoip",       "records",
	};
	int bit = __builtin_ctz(*left);

	*left &= *left - 1;
	return names[bit];
}

const char *const attribution_names[ATTRIBUTION_COUNT + 1] = {
	[ATTRIBUTION_UNKNOWN] = "unknown",     [ATTRIBUTION_PERSON] = "person",
	[ATTRIBUTION_NO_ENTRY] = "no_entry",   [ATTRIBUTION_NEVER_CLOSED] = "never_closed",
	[ATTRIBUTION_AMBIGUOUS] = "ambiguous", [ATTRIBUTION_NO_PERSON] = "no_person",
};

const char *const day_type_names[DAYTYPE_COUNT] = {
	[DAYTYPE_BIZ] = "biz",
	[DAYTYPE_SAT] = "sat",
	[DAYTYPE_SUN] = "sun",
	[DAYTYPE_HOL] = "hol",
};

const char *const consumer_type_names[CONSUMER_TYPES] = {
	[CONSUMER_UNSAID] = "",
	[CONSUMER_NORMAL] = "normal",
	[CONSUMER_LAST] = "last",
	[CONSUMER_FIT] = "fit",
};
