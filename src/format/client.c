/*
 * client.c - the family of a user agent: what a launcher or browser calls itself, without its versions.
 */
#include "format/canon.h"

struct str
client_family(struct str agent)
{
	/* More particular first: Edge also says Chrome, Chrome also says Safari. */
	static const struct {
		struct str token, family;
	} browsers[] = {
		{ { "Edg/", 4 }, { "Edge", 4 } },      { { "Edge/", 5 }, { "Edge", 4 } },
		{ { "OPR/", 4 }, { "Opera", 5 } },     { { "Firefox/", 8 }, { "Firefox", 7 } },
		{ { "Chrome/", 7 }, { "Chrome", 6 } }, { { "Safari/", 7 }, { "Safari", 6 } },
		{ { "Trident/", 8 }, { "IE", 2 } },    { { "MSIE ", 5 }, { "IE", 2 } },
	};
	size_t n = 0;

	if (agent.n == 1 && agent.p[0] == '-')
		return (struct str){ 0 };
	if (str_starts(agent, STR("Mozilla/"))) {
		for (size_t i = 0; i < COUNT(browsers); i++) {
			if (str_contains(agent, browsers[i].token))
				return browsers[i].family;
		}
		return STR("Mozilla");
	}
	while (n < agent.n && agent.p[n] != '/' && agent.p[n] != ' ')
		n++;
	return str_head(agent, n);
}
