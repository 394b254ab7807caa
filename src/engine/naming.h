/*
 * naming.h - what a finding is called: the text of its key, its fingerprints, its subject.
 */
#ifndef SEKISHO_ENGINE_NAMING_H
#define SEKISHO_ENGINE_NAMING_H

#include "engine/dossier.h"

/* A part of a key, as text. */
struct str name_part(const struct finish *fin, const struct detector *d, enum key_kind kind,
		     uint32_t number);

/* Fills key_text and fp_case from the rule and the key. */
void name_key(struct finding *f, const struct finish *fin);

/* Fills fp_occ, and whom it is about, from its first line. */
void name_occurrence(struct finding *f, const struct finish *fin, const struct event *first);

void name_incident(struct incident *i, struct str about);

/* The same of a finding that has no lines. */
void name_unlined(struct finding *f, const struct finish *fin);

#endif
