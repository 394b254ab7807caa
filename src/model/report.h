/*
 * report.h - the socket of report writers: the record of a run in, bytes out.  A writer names the language it writes
 * and escapes through `out`; what it says stands in the record, or follows from it.
 */
#ifndef SEKISHO_MODEL_REPORT_H
#define SEKISHO_MODEL_REPORT_H

#include "base/out.h"
#include "model/policy.h"
#include "model/record.h"

/* Which readers it is for: those who look every morning, or those who sign twice a year (DETECTION C.5, C.4). */
enum edition { EDITION_CONTINUOUS, EDITION_SEMIANNUAL };

struct report_options {
	enum language language; /* of what people read; unsaid: English */
	bool colour;            /* the output at hand is a terminal that shows it */
	enum edition edition;
};

struct report {
	const char *name, *summary;
	bool nothing;  /* it writes nothing: no record is made for it */
	bool as_it_is; /* it writes the lines as they are: nobody need read them for it */
	bool survey;   /* it shows what the survey counted */
	bool discreet; /* strangers read it: it is never handed the names of people (report/pseudonym.h) */
	void (*write)(const struct report_record *rec, const struct report_options *how,
		      struct out *o);
};

#endif
