/*
 * geo_point.c - the haversine formula; hides radians.
 */
#include "base/geo_point.h"

#include <math.h>

#define EARTH_KM 6371.0
#define HALF_TURN 3.14159265358979323846

static double
radians(int64_t micro_degrees)
{
	return (double)micro_degrees * (HALF_TURN / (180.0 * MICRO_DEGREES));
}

static double
squared_sine_of_half(int64_t micro_degrees)
{
	double sine = sin(radians(micro_degrees) / 2);

	return sine * sine;
}

bool
geo_point_from(double lat, double lon, struct geo_point *out)
{
	/* Said this way round, what is not a number is refused, too. */
	if (!(fabs(lat) <= LATITUDE_MOST && fabs(lon) <= LONGITUDE_MOST))
		return false;
	*out = (struct geo_point){ .lat = (int32_t)lround(lat * MICRO_DEGREES),
				   .lon = (int32_t)lround(lon * MICRO_DEGREES) };
	return true;
}

int32_t
geo_distance_km(struct geo_point a, struct geo_point b)
{
	double h = squared_sine_of_half((int64_t)a.lat - b.lat) +
		   cos(radians(a.lat)) * cos(radians(b.lat)) *
			   squared_sine_of_half((int64_t)a.lon - b.lon);

	/* Opposite points may come out a little beyond 1. */
	return (int32_t)floor(2 * EARTH_KM * asin(fmin(1, sqrt(h))));
}
