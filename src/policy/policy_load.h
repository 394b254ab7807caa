/*
 * policy_load.h - sekisho.yaml into a struct policy, or all of its mistakes in one run.
 */
#ifndef SEKISHO_POLICY_POLICY_LOAD_H
#define SEKISHO_POLICY_POLICY_LOAD_H

#include "model/policy.h"

/*
 * -1 when a file cannot be read or has mistakes: they are in err, as `file:line:col: what is
 * wrong; what would be right`, and p is what could be read, to look for mistakes in what it names.
 * Which ledgers and formats there are only the program knows, so their names are given.
 */
int policy_load(struct policy *p, struct str path, const char *const *ledger_names,
		size_t ledger_name_count, const char *const *format_names, size_t format_name_count,
		struct errors *err);

/*
 * What a log is read by without a policy: one system ("default" when `system` is empty), nothing
 * extracted.
 */
void policy_builtin(struct policy *p, struct str format, struct str system);

/* `--format`: of the system, or of all when `system` is empty.  Changes what lines say, hence the parse digest. */
void policy_set_format(struct policy *p, struct str format, struct str system);

void policy_free(struct policy *p);

#endif
