/*
 * disposition_keys.h - the tables of keys of a disposition; private to src/policy, and to the test of the schema.
 */
#ifndef SEKISHO_POLICY_DISPOSITION_KEYS_H
#define SEKISHO_POLICY_DISPOSITION_KEYS_H

#include "model/disposition.h"
#include "policy/policy_reader.h"

extern const struct policy_map disposition_map, disposition_scope_map, disposition_person_map;
extern const struct policy_names disposition_decision_words;

#endif
