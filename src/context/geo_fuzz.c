/*
 * geo_fuzz.c - any bytes as a GeoIP database: it is refused with one reason, or its answers keep to their ranges, are
 * the same when asked again, and its names lie inside of it.
 */
#include "context/geo_sane.h"

#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
ask_some(const struct geo *g)
{
	static const char *const texts[] = { "192.0.2.1",   "192.0.2.200", "203.0.113.1",
					     "1.2.3.4",     "128.0.0.1",   "2001:db8::1",
					     "2001:db9::1", "4000::",      "e000::" };
	struct geo_table t = { 0 };
	uint8_t address[ADDRESS_SIZE];

	for (size_t i = 0; i < COUNT(texts); i++) {
		if (!address_parse(str_of(texts[i]), (char *)address))
			BUG("'%s' is no address", texts[i]);
		sane_ask(g, &t, address);
	}
	geo_table_free(&t);
}

static void
open_as(struct str path, enum geoip key)
{
	struct policy_file named = { .path = path };
	struct geo g = { .file[0].opened = false };
	struct errors err = { 0 };

	switch (geo_file_open(&g.file[key], key, &named, false, &err)) {
	case GEO_OPENED:
		ask_some(&g);
		break;
	case GEO_REFUSED:
		if (err.list.n != 1)
			BUG("refused with %zu reasons", err.list.n);
		break;
	case GEO_MISSING:
		BUG("it is there, and missing");
	}
	geo_close(&g);
	errors_free(&err);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);
	char path[32];

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		BUG("no file of %zu bytes in memory", size);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	for (int key = 0; key < GEOIP_COUNT; key++)
		open_as(str_of(path), (enum geoip)key);
	close(fd);
	return 0;
}
