/*
 * rule_print.c - see rule_print.h.
 */
#include "model/rule_print.h"

#include "model/where.h"

static void
member(struct out *o, const char *name, const char *value)
{
	out_printf(o, ",\"%s\":", name);
	out_json(o, str_of(value));
}

static void
print_params(const struct rule *rule, struct out *o)
{
	out_text(o, ",\"params\":{");
	for (int i = 0; i < PARAMS_MOST && rule->detector->param[i].name; i++)
		out_printf(o, "%s\"%s\":%lld", i ? "," : "", rule->detector->param[i].name,
			   (long long)rule->param[i]);
	out_char(o, '}');
}

void
rule_print(const struct rule *rule, bool enabled, struct out *o)
{
	out_text(o, "{\"id\":");
	out_json(o, str_of(rule->id));
	member(o, "version", rule->version);
	out_printf(o, ",\"enabled\":%s", enabled ? "true" : "false");
	member(o, "detector", rule->detector->name);
	print_params(rule, o);
	if (rule->where) {
		out_text(o, ",\"where\":");
		where_print(rule->where, o);
	}
	out_printf(o, ",\"severity\":{\"base\":%d}", rule->base);
	member(o, "title_ja", rule->title_ja);
	member(o, "title_en", rule->title_en);
	member(o, "message_ja", rule->message_ja);
	member(o, "message_en", rule->message_en);
	out_text(o, ",\"seeds\":[");
	for (size_t i = 0; rule->seeds[i]; i++) {
		out_text(o, i ? "," : "");
		out_json(o, str_of(rule->seeds[i]));
	}
	out_text(o, "]}\n");
}
