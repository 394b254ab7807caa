/*
 * faults.c - names of faults to a set of them.
 */
#include "demo/faults.h"

const char *const fault_names[FAULTS] = {
#define FAULT(name, text, usual, what) text,
#include "demo/faults.def"
#undef FAULT
};

static const bool usual_faults[FAULTS] = {
#define FAULT(name, text, usual, what) usual,
#include "demo/faults.def"
#undef FAULT
};

static void
tell_unknown(struct str name, struct errors *err)
{
	struct out names;

	out_memory(&names);
	for (int f = 0; f < FAULTS; f++)
		out_printf(&names, ", %s", fault_names[f]);
	error_add(err, "unknown fault '" STR_FMT "'; usual, all, none, or of" STR_FMT,
		  STR_ARG(name), STR_ARG(str_skip(out_taken(&names), 1)));
	out_discard(&names);
}

bool
demo_faults_named(struct str list, uint64_t *faults, struct errors *err)
{
	*faults = 0;
	while (list.n) {
		struct str name = str_split(&list, ',');
		int f = 0;

		if (str_is(name, "none"))
			continue;
		if (str_is(name, "all")) {
			*faults |= (1ULL << FAULTS) - 1;
			continue;
		}
		if (str_is(name, "usual")) {
			for (int i = 0; i < FAULTS; i++)
				*faults |= (uint64_t)usual_faults[i] << i;
			continue;
		}
		while (f < FAULTS && !str_is(name, fault_names[f]))
			f++;
		if (f == FAULTS) {
			tell_unknown(name, err);
			return false;
		}
		*faults |= 1ULL << f;
	}
	return true;
}
