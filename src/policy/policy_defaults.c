/*
 * policy_defaults.c - `defaults:`, numbers for all rules by family and key: `gap: {default: 30m}`, `vol: {k: 5}`.
 *
 * Which there are only the detectors know; rules_load() asks them, and tells of any that nobody wants.
 */
#include "policy/policy_reader.h"

enum { DEFAULTS_MOST = 1000 };

static void
read_family(struct policy_reader *r, const struct yaml *family, struct policy *p)
{
	if (!policy_is_map(r, family, "a family of defaults"))
		return;
	for (const struct yaml *value = family->child; value; value = value->next) {
		if (value->again || !policy_is_text(r, value))
			continue;
		p->defaults[p->defaults_count++] = (struct policy_default){
			.family = policy_keep(r, family->key->text),
			.key = policy_keep(r, value->key->text),
			.value = policy_keep(r, value->text),
			.at = value->at,
		};
	}
}

void
policy_read_defaults(struct policy_reader *r, const struct yaml *value, void *policy)
{
	struct policy *p = policy;
	size_t n = 0;

	if (!policy_is_map(r, value, "'defaults'"))
		return;
	for (const struct yaml *family = value->child; family; family = family->next)
		n += family->count;
	if (n > DEFAULTS_MOST) {
		error_at(r->err, value->at, "more than %d defaults", DEFAULTS_MOST);
		return;
	}
	p->defaults = arena_alloc(&p->arena, (n + 1) * sizeof(*p->defaults));
	for (const struct yaml *family = value->child; family; family = family->next)
		if (!family->again)
			read_family(r, family, p);
}
