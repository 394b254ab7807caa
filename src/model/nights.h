/*
 * nights.h - the runs over a state, as a record tells them: which nights had one, which had none although one was due
 * (LOG-09), and a row for each of the last thirty.
 *
 * A run belongs to the JST day of its `now`, which is its night.  None of this is a function of lines: it stands in the
 * record of the run, and outside the findings digest.
 */
#ifndef SEKISHO_MODEL_NIGHTS_H
#define SEKISHO_MODEL_NIGHTS_H

#include "model/finding.h"
#include "model/policy.h"

enum { NIGHTS_SHOWN = 30 };

/* A night that had a run.  Of several, the last one's; `lines`, `accepted` and `told` are of all of them. */
struct run_night {
	int32_t day;
	uint32_t runs;
	int64_t now;
	int status;               /* with which it ended */
	uint64_t lines, accepted; /* of the logs that were read that night */
	uint64_t events;          /* judged, with those of earlier nights */
	uint64_t severe[SEVERITY_CRITICAL + 1];
	uint64_t told; /* findings that were new */
};

struct run_span;

struct run_nights {
	enum nightly due;
	int32_t since; /* the first night */
	uint64_t runs;
	const struct run_span *missed; /* between two runs, ascending */
	size_t missed_count;
	const struct run_night *night; /* ascending, at most NIGHTS_SHOWN */
	size_t night_count;
};

#endif
