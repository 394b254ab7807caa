/*
 * rule_texts.c - what a rule's findings are called and say, in two languages, and which requirements it answers.
 */
#include "model/message.h"
#include "policy/rules_read.h"

enum { SEEDS_MOST = 64, TEXT_MOST = 4096 };

void
rule_keep_node(struct policy_reader *r, const struct yaml *value, void *into)
{
	struct rule_kept *kept = into;

	(void)r;
	for (size_t i = 0; i < kept->count; i++)
		if (str_is(value->key->text, kept->keys[i].name))
			kept->node[i] = value;
}

static const char *
keep_text(struct policy_reader *r, const struct yaml *node)
{
	struct str s;

	if (!policy_read_text(r, node, &s))
		return NULL;
	if (s.n <= TEXT_MOST)
		return s.p;
	error_at(r->err, node->at, "longer than %d bytes", TEXT_MOST);
	return NULL;
}

/* Two languages; one alone is both. */
static int
read_two(struct rules_reader *x, const struct yaml *node, const char *what, const char **ja,
	 const char **en)
{
	static const struct policy_key keys[] = { { "ja", false, rule_keep_node },
						  { "en", false, rule_keep_node } };
	struct rule_kept kept = { keys, COUNT(keys), { NULL } };
	size_t before = x->r.err->list.n;
	const char *said_ja, *said_en;

	if (node->kind == YAML_TEXT)
		kept.node[0] = node;
	else
		policy_read_map(&x->r, node, what, keys, COUNT(keys), &kept);
	said_ja = kept.node[0] ? keep_text(&x->r, kept.node[0]) : NULL;
	said_en = kept.node[1] ? keep_text(&x->r, kept.node[1]) : NULL;
	if (x->r.err->list.n > before)
		return -1;
	if (!said_ja && !said_en)
		return error_at(x->r.err, node->at, "%s needs 'ja', 'en' or both", what);
	*ja = said_ja ? said_ja : said_en;
	*en = said_en ? said_en : said_ja;
	return 0;
}

int
rule_read_title(struct rules_reader *x, const struct yaml *node, struct rule *rule)
{
	return read_two(x, node, "a title", &rule->title_ja, &rule->title_en);
}

static int
check_message(struct rules_reader *x, const struct yaml *node, const struct detector *d,
	      const char *text)
{
	struct errors *err = x->r.err;
	struct str wrong = { 0 };

	if (message_good(d, str_of(text), &wrong))
		return 0;
	return error_at(err, node->at,
			"'" STR_FMT "' is nothing that '%s' can say; it has " STR_FMT,
			STR_ARG(wrong), d->name, STR_ARG(message_list(d, &err->arena)));
}

int
rule_read_message(struct rules_reader *x, const struct yaml *node, struct rule *rule)
{
	int rc = read_two(x, node, "a message", &rule->message_ja, &rule->message_en);

	if (rc == 0)
		rc = check_message(x, node, rule->detector, rule->message_ja);
	if (rc == 0 && rule->message_en != rule->message_ja)
		rc = check_message(x, node, rule->detector, rule->message_en);
	return rc;
}

int
rule_read_seeds(struct rules_reader *x, const struct yaml *node, struct rule *rule)
{
	const char **seeds;
	size_t n = 0;

	if (!policy_is_list(&x->r, node, SEEDS_MOST))
		return -1;
	seeds = arena_alloc(&x->shell.arena, (node->count + 1) * sizeof(*seeds));
	for (const struct yaml *one = node->child; one; one = one->next) {
		seeds[n] = keep_text(&x->r, one);
		if (!seeds[n++])
			return -1;
	}
	rule->seeds = seeds;
	return 0;
}
