/*
 * geo_point.h - places on the globe as whole millionths of a degree, and how far they lie apart.
 */
#ifndef SEKISHO_BASE_GEO_POINT_H
#define SEKISHO_BASE_GEO_POINT_H

#include "base/cc.h"

enum { MICRO_DEGREES = 1000000, LATITUDE_MOST = 90, LONGITUDE_MOST = 180 };

struct geo_point {
	int32_t lat, lon; /* north and east of 0, in millionths of a degree (11 cm) */
};

/* False when they are no place: beyond the poles, beyond 180 degrees, no number at all. */
bool geo_point_from(double lat, double lon, struct geo_point *out);

/*
 * Whole kilometres, rounded down, on a sphere of 6,371 km: the one place where floating point has a say (DETECTION
 * 0.6), and only here.  At most 20,015; the earth is flatter than that by up to 0.6 %.
 */
int32_t geo_distance_km(struct geo_point a, struct geo_point b);

#endif
