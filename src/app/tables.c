/*
 * tables.c - the only place that knows which plugs there are.
 */
#include "app/tables.h"

#define DETECTOR(name) extern const struct detector det_##name;
#include "detect/detectors.def"
#undef DETECTOR

#define FORMAT(name) extern const struct format fmt_##name;
#include "format/formats.def"
#undef FORMAT

#define REPORT(name) extern const struct report rep_##name;
#include "report/reports.def"
#undef REPORT

const struct detector *const detectors[] = {
#define DETECTOR(name) &det_##name,
#include "detect/detectors.def"
#undef DETECTOR
};

const size_t detector_count = COUNT(detectors);

static const struct format *const formats[] = {
#define FORMAT(name) &fmt_##name,
#include "format/formats.def"
#undef FORMAT
};

static const struct report *const reports[] = {
#define REPORT(name) &rep_##name,
#include "report/reports.def"
#undef REPORT
};

const struct format *
format_named(struct str name)
{
	for (size_t i = 0; i < COUNT(formats); i++) {
		if (str_is(name, formats[i]->name))
			return formats[i];
	}
	return NULL;
}

const struct format *const *
format_list(size_t *count)
{
	*count = COUNT(formats);
	return formats;
}

/* As users write them: a name may hold what an identifier may not. */
const char *const *
format_name_list(size_t *count)
{
	static const char *names[COUNT(formats)];

	for (size_t i = 0; i < COUNT(formats); i++)
		names[i] = formats[i]->name;
	*count = COUNT(formats);
	return names;
}

const struct report *
report_named(struct str name)
{
	for (size_t i = 0; i < COUNT(reports); i++) {
		if (str_is(name, reports[i]->name))
			return reports[i];
	}
	return NULL;
}

void
report_names(struct out *o)
{
	for (size_t i = 0; i < COUNT(reports); i++) {
		out_text(o, i ? ", " : "");
		out_text(o, reports[i]->name);
	}
}

const char *const *
ledger_name_list(size_t *count)
{
	static const char *const names[] = {
#define LEDGER(name) #name,
#include "context/ledgers.def"
#undef LEDGER
	};

	*count = COUNT(names);
	return names;
}
