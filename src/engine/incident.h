/*
 * incident.h - which cases are one story: those of a person within seven days, those under one hole.
 */
#ifndef SEKISHO_ENGINE_INCIDENT_H
#define SEKISHO_ENGINE_INCIDENT_H

#include "model/finding.h"

/* Fills v->incident from the findings, sorted and with their parents, and numbers their cases. */
void incidents_find(struct verdicts *v);

#endif
