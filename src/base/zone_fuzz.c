/*
 * zone_fuzz.c - any bytes as a TZif file.  What is accepted is less than 26 hours from UTC at every instant, and local
 * times lead back: an instant is among those that its local time can be.
 */
#include "base/zone_own.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_instant(const struct zone *z, int64_t t)
{
	int32_t offset = zone_offset(z, t);
	int64_t utc[2] = { 0 };

	if (offset <= -ZONE_OFFSET_MOST || offset >= ZONE_OFFSET_MOST)
		BUG("%d seconds from UTC", (int)offset);
	if (t > 1LL << 59 || t < -(1LL << 59))
		return;
	switch (zone_to_utc(z, t + offset, utc)) {
	case ZONE_NEVER:
		BUG("local time of %lld never was", (long long)t);
	case ZONE_ONCE:
		if (utc[0] != t || utc[1] != t)
			BUG("%lld comes back as %lld", (long long)t, (long long)utc[0]);
		break;
	case ZONE_TWICE:
		if (utc[0] > t || utc[1] < t || utc[0] == utc[1])
			BUG("%lld is not within %lld and %lld", (long long)t, (long long)utc[0],
			    (long long)utc[1]);
		break;
	}
	/* A minute that is even leads to even answers. */
	if (zone_even_minute(z, t + offset)) {
		int64_t last[2] = { 0 };
		enum zone_local a = zone_to_utc(z, t + offset, utc);

		if (a != zone_to_utc(z, t + offset + 59, last) || last[0] - utc[0] != 59 ||
		    last[1] - utc[1] != 59)
			BUG("the minute from %lld is not even", (long long)(t + offset));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct zone z = { 0 };
	const char *wrong;
	char *p = xalloc(size, 1);

	if (size)
		memcpy(p, data, size);
	if (zone_file_read((struct str){ p, size }, &a, &z, &wrong)) {
		static const int64_t times[] = {
			INT64_MIN,  -62135596800, -2587712400, -1,           0,        1,
			2147483647, 4102444800,   32503680000, 253402300799, INT64_MAX
		};

		for (size_t i = 0; i < COUNT(times); i++)
			check_instant(&z, times[i]);
		for (size_t i = 0; i < z.count; i += 1 + z.count / 50) {
			for (int64_t d = -3601; d <= 3601; d += 1200)
				check_instant(&z, z.change[i].at > 1LL << 58 ||
								  z.change[i].at < -(1LL << 58)
							  ? d
							  : z.change[i].at + d);
		}
	}
	free(p);
	arena_free(&a);
	return 0;
}
