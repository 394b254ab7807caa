/*
 * incident_tamper.c - J-17: lines, hours and days taken out of a log, on a day that is kept free of everything else.
 * What is gone was ordinary work; faults.ndjson counts it as missing.
 */
#include "demo/script.h"

void
incident_tamper(struct script *s)
{
	struct world *w = s->w;
	uint8_t last = (uint8_t)(w->systems - 1);
	int64_t day = days_s(w->day0 + w->hole_day);

	if (w->hole_day < 0)
		return;
	if (w->o->levels >> EASY & 1)
		hole_add(s, last, day, day + DAY_S, false);
	tell(s, (struct truth){ "tamper-day", EASY, "LOG-02", "LOG-01", NULL, -1, -1, -1,
				"a whole working day of one system is missing" });
	if (last > 2) {
		if (w->o->levels >> MEDIUM & 1)
			hole_add(s, (uint8_t)(last - 1), day + hours_s(13), day + hours_s(16),
				 false);
		tell(s, (struct truth){ "tamper-hours", MEDIUM, "LOG-01", NULL, NULL, -1, -1, -1,
					"three hours of another" });
	}
	if (w->o->levels >> VERY_HARD & 1)
		hole_add(s, 0, day + hours_s(11), day + hours_s(12), true);
	tell(s, (struct truth){
			"tamper-line", VERY_HARD, NULL, "LOG-08", NULL, -1, -1, -1,
			"one line: without numbers in the log only the archive's digests tell" });
}
