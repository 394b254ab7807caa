/*
 * turns.h - findings as people read them: those of one incident together, the gravest incident first.
 */
#ifndef SEKISHO_REPORT_TURNS_H
#define SEKISHO_REPORT_TURNS_H

#include "report/said.h"

struct turn {
	const struct json_value *finding;
	const struct json_value
		*incident;      /* of the run record; the gravest with a case of it; NULL: none */
	size_t incident_number; /* in the run record's list */
	size_t number;          /* of the finding, in the record */
};

/* rec->finding.n of them, in the arena. */
const struct turn *turns_of(const struct report_record *rec, struct arena *a);

#endif
