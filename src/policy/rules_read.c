/*
 * rules_read.c - a file of rules: a list of maps with closed keys.
 *
 * What a rule does not say is as the shipped rule of its detector has it; that one says everything.
 */
#include "policy/rules_read.h"

#include "policy/where_read.h"

enum { ID_MOST = 64 };

enum {
	RULE_ID,
	RULE_VERSION,
	RULE_ENABLED,
	RULE_DETECTOR,
	RULE_TITLE,
	RULE_PARAMS,
	RULE_WHERE,
	RULE_KIND,
	RULE_SEVERITY,
	RULE_MESSAGE,
	RULE_SEEDS,
	RULE_KEYS
};
_Static_assert((int)RULE_KEYS <= (int)RULE_MOST_KEYS, "all values find room");

/* ABC-1: what can be said on a command line, in a file name and in a report, without quotes. */
static bool
good_id(struct str id)
{
	if (id.n == 0 || id.n > ID_MOST || id.p[0] == '-' || id.p[0] == '.')
		return false;
	for (size_t i = 0; i < id.n; i++) {
		char c = id.p[i];

		if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
		      c == '-' || c == '_' || c == '.'))
			return false;
	}
	return true;
}

static int
read_rule_id(struct rules_reader *x, const struct yaml *node, struct rule *rule)
{
	if (!policy_is_text(&x->r, node))
		return -1;
	if (!good_id(node->text))
		return error_at(x->r.err, node->at,
				"'" STR_FMT "' is no id of a rule: letters, digits, '-', '_' and "
				"'.', at most %d, such as OUR-01",
				STR_ARG(node->text), ID_MOST);
	rule->id = policy_keep(&x->r, node->text).p;
	rule->at = node->at;
	return 0;
}

/* Digits, without a needless zero in front: fingerprints are of the text. */
static bool
plain_number(struct str s)
{
	uint64_t n;

	return s.n <= 9 && str_to_u64(s, &n) && (s.n == 1 || s.p[0] != '0');
}

static int
read_rule_version(struct rules_reader *x, const struct yaml *node, struct rule *rule)
{
	struct str minor = node->text, major;

	if (!policy_is_text(&x->r, node))
		return -1;
	major = str_split(&minor, '.');
	if (!plain_number(major) || !plain_number(minor))
		return error_at(x->r.err, node->at,
				"'" STR_FMT
				"' is no version; write MAJOR.MINOR, such as 1.0: another "
				"MAJOR gives findings another fingerprint",
				STR_ARG(node->text));
	rule->version = policy_keep(&x->r, node->text).p;
	return 0;
}

static const struct detector *
detector_of_rule(const struct rules_reader *x, struct str id)
{
	for (size_t i = 0; i < x->detector_count; i++)
		if (str_is(id, x->detectors[i]->rule))
			return x->detectors[i];
	return NULL;
}

/* The one that is named, else the one that is shipped under this id; NULL after a mistake. */
static const struct detector *
read_rule_detector(struct rules_reader *x, const struct yaml *id, const struct yaml *named)
{
	const struct detector *own = detector_of_rule(x, id->text);
	const char **names = arena_alloc(&x->r.err->arena, x->detector_count * sizeof(*names));
	int i;

	if (!named) {
		if (!own)
			error_at(x->r.err, id->at,
				 "no rule '" STR_FMT "' is shipped, so say what it judges by: "
				 "'detector: %s' or another",
				 STR_ARG(id->text), x->detectors[0]->name);
		return own;
	}
	for (size_t k = 0; k < x->detector_count; k++)
		names[k] = x->detectors[k]->name;
	if (!policy_is_text(&x->r, named))
		return NULL;
	i = policy_read_name(&x->r, named->text, named->at, "detector",
			     (struct policy_names){ names, x->detector_count });
	if (i < 0)
		return NULL;
	if (!own || own == x->detectors[i])
		return x->detectors[i];
	error_at(x->r.err, named->at,
		 "'" STR_FMT "' is the rule of the detector '%s'; give this one another id",
		 STR_ARG(id->text), own->name);
	return NULL;
}

static void
take_shipped(const struct rules_reader *x, struct rule *rule)
{
	for (size_t i = 0; i < x->shipped_count; i++) {
		const struct rule *s = &x->shipped[i];

		if (s->detector != rule->detector)
			continue;
		rule->title_ja = s->title_ja;
		rule->title_en = s->title_en;
		rule->message_ja = s->message_ja;
		rule->message_en = s->message_en;
		rule->base = s->base;
		rule->seeds = s->seeds;
		memcpy(rule->param, s->param, sizeof(rule->param));
	}
}

static int
read_severity(struct rules_reader *x, const struct yaml *node, struct rule *rule)
{
	static const struct policy_key keys[] = { { "base", true, rule_keep_node } };
	struct rule_kept kept = { keys, COUNT(keys), { NULL } };
	uint64_t n = 0;

	policy_read_map(&x->r, node, "a severity", keys, COUNT(keys), &kept);
	if (!kept.node[0] || !policy_is_text(&x->r, kept.node[0]))
		return -1;
	if (!str_to_u64(kept.node[0]->text, &n) || n > 100)
		return error_at(x->r.err, kept.node[0]->at,
				"'base' must be from 0 to 100 points; here is '" STR_FMT "'",
				STR_ARG(kept.node[0]->text));
	rule->base = (int)n;
	return 0;
}

static int
read_enabled(struct rules_reader *x, const struct yaml *node, bool *off)
{
	if (!policy_is_text(&x->r, node))
		return -1;
	*off = str_is(node->text, "false") || str_is(node->text, "no");
	if (*off || str_is(node->text, "true") || str_is(node->text, "yes"))
		return 0;
	return error_at(x->r.err, node->at, "'enabled' is true or false, not '" STR_FMT "'",
			STR_ARG(node->text));
}

/* What is an inference by nature is a fact where the organisation's rules forbid it. */
static int
read_kind(struct rules_reader *x, const struct yaml *node, struct rule *rule)
{
	const char *own = finding_kind_names[rule->detector->kind];
	const char *other = finding_kind_names[FINDING_VIOLATION];

	if (!policy_is_text(&x->r, node))
		return -1;
	rule->forbids = str_is(node->text, other);
	if (str_is(node->text, own) || (rule->forbids && rule->detector->may_forbid))
		return 0;
	if (rule->detector->may_forbid)
		return error_at(x->r.err, node->at,
				"findings of '%s' are of kind '%s', or '%s' where such access is "
				"forbidden, not '" STR_FMT "'",
				rule->detector->name, own, other, STR_ARG(node->text));
	return error_at(x->r.err, node->at, "findings of '%s' are of kind '%s', not '" STR_FMT "'",
			rule->detector->name, own, STR_ARG(node->text));
}

static int
read_rule_where(struct rules_reader *x, const struct yaml *node, struct rule *rule)
{
	if (!rule->detector->hit)
		return error_at(x->r.err, node->key->at,
				"'where' picks lines, and '%s' judges whole %s; take it out",
				rule->detector->name,
				rule->detector->roster                         ? "logs and ledgers"
				: rule->detector->pair || rule->detector->next ? "sessions"
									       : "days");
	rule->where = where_read(&x->r, node, x->policy);
	rule->by_line = rule->where && rule->where->by_line;
	return rule->where ? 0 : -1;
}

static int
read_parts(struct rules_reader *x, const struct rule_kept *kept, struct rule_entry *e)
{
	const struct yaml *const *node = kept->node;
	struct rule *rule = &e->rule;
	int rc = 0;

	take_shipped(x, rule);
	if (node[RULE_ENABLED])
		rc |= read_enabled(x, node[RULE_ENABLED], &e->off);
	if (node[RULE_PARAMS])
		rc |= rule_params_read(x, node[RULE_PARAMS], rule->detector, rule->param);
	if (node[RULE_WHERE])
		rc |= read_rule_where(x, node[RULE_WHERE], rule);
	if (node[RULE_KIND])
		rc |= read_kind(x, node[RULE_KIND], rule);
	if (node[RULE_SEVERITY])
		rc |= read_severity(x, node[RULE_SEVERITY], rule);
	if (node[RULE_TITLE])
		rc |= rule_read_title(x, node[RULE_TITLE], rule);
	if (node[RULE_MESSAGE])
		rc |= rule_read_message(x, node[RULE_MESSAGE], rule);
	if (node[RULE_SEEDS])
		rc |= rule_read_seeds(x, node[RULE_SEEDS], rule);
	rule_set_gap(rule);
	return rc;
}

static int
read_rule(struct rules_reader *x, const struct yaml *item, struct rule_entry *e)
{
	static const struct policy_key keys[RULE_KEYS] = {
		[RULE_ID] = { "id", true, rule_keep_node },
		[RULE_VERSION] = { "version", true, rule_keep_node },
		[RULE_ENABLED] = { "enabled", false, rule_keep_node },
		[RULE_DETECTOR] = { "detector", false, rule_keep_node },
		[RULE_TITLE] = { "title", false, rule_keep_node },
		[RULE_PARAMS] = { "params", false, rule_keep_node },
		[RULE_WHERE] = { "where", false, rule_keep_node },
		[RULE_KIND] = { "kind", false, rule_keep_node },
		[RULE_SEVERITY] = { "severity", false, rule_keep_node },
		[RULE_MESSAGE] = { "message", false, rule_keep_node },
		[RULE_SEEDS] = { "seeds", false, rule_keep_node },
	};
	struct rule_kept kept = { keys, COUNT(keys), { NULL } };
	int rc;

	policy_read_map(&x->r, item, "a rule", keys, COUNT(keys), &kept);
	if (!kept.node[RULE_ID] || !kept.node[RULE_VERSION])
		return -1;
	if (read_rule_id(x, kept.node[RULE_ID], &e->rule) != 0)
		return -1;
	rc = read_rule_version(x, kept.node[RULE_VERSION], &e->rule);
	e->rule.detector = read_rule_detector(x, kept.node[RULE_ID], kept.node[RULE_DETECTOR]);
	if (!e->rule.detector)
		return -1;
	return rc | read_parts(x, &kept, e);
}

void
rules_read(struct rules_reader *x, struct str bytes, struct str file, struct rule_list *list)
{
	struct arena tree = { 0 };
	const struct yaml *root;

	x->shell.path = policy_keep(&x->r, file);
	root = yaml_read(bytes, x->shell.path, &tree, x->r.err);
	if (root && (root->kind != YAML_LIST || root->count == 0)) {
		error_at(x->r.err, root->at, "a file of rules is a list: '- id: OUR-01' and so on");
	} else if (root && policy_is_list(&x->r, root, RULES_MOST_IN_FILES)) {
		for (const struct yaml *item = root->child; item; item = item->next) {
			struct rule_entry e = { .from_shipped = !x->shipped };

			if (read_rule(x, item, &e) == 0)
				*VEC_PUSH(&list->entry) = e;
		}
	}
	arena_free(&tree);
}
