/*
 * det_new_country.c - DRF-02: a person's account from abroad, out of a country where it was not seen in the window
 * before.
 *
 * Nothing is learned first: hardly anybody works abroad.  Lines under a permit to travel are left out, also as history.
 */
#include "detect/person.h"
#include "detect/saying.h"

enum { WINDOW, MIN_EVENTS };

static bool
new_country_meets(const struct day_use *use, struct met met[METS_MOST])
{
	if (use->country != GEO_COUNTRY('J', 'P'))
		met[0] = (struct met){ KEY_COUNTRY, use->country };
	return false;
}

static bool
travelling(const struct event *ev)
{
	return ev->lookup->travel(ev->lookup->context, ev->who, ev->fact->ts) != 0;
}

static enum judged
new_country_screen(const struct seen *who, const int64_t *param)
{
	return who->person && who->address_public && who->geo.country == 0
		       ? JUDGED_UNKNOWN_ORIGIN
		       : person_net_screen(who, param);
}

static void
new_country_because(const struct event *first UNUSED, const struct key *key, struct because *b)
{
	say(b, STR("country of the address is not JP"),
	    arena_printf(b->arena, "%c%c", (int)(key->part[1] >> 8), (int)(key->part[1] & 255)),
	    STR("geoip"));
	say(b, STR("permit of kind travel"), STR("no row in force"), STR(""));
}

const struct detector det_new_country = {
	.name = "new_country",
	.rule = "DRF-02",
	.summary = "a person's account from a foreign country it was not seen in for long",
	.kind = FINDING_ANOMALY,
	.key = { { "acct", KEY_ACCOUNT }, { "country", KEY_COUNTRY } },
	.param = { [WINDOW] = { "window", "drf", "window", PARAM_TIME, DAY_MS, 3660LL * DAY_MS },
		   [MIN_EVENTS] = { "min_events", "drf", "min_events", PARAM_NUMBER, 1, 1000000 } },
	.needs = GIVES_GEOIP,
	.screen = new_country_screen,
	.meets = new_country_meets,
	.excused = travelling,
	.because = new_country_because,
	.because_sum = met_because,
};
