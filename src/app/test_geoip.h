/*
 * test_geoip.h - a GeoIP database of countries in the format of MaxMind, for the world of a rule test.
 */
#ifndef SEKISHO_APP_TEST_GEOIP_H
#define SEKISHO_APP_TEST_GEOIP_H

#include "base/out.h"
#include "policy/rule_tests.h"

/* Blocks in their order: wider ones before those inside them. */
void test_geoip_write(const struct test_block *block, size_t count, struct out *o);

#endif
