/*
 * unpack_bench.c - unpack_bench FILE...: packed files through the library alone, member by member, to nowhere.
 * What a scan of them is measured against (scripts/bench, P4).
 */
#include "base/error.h"
#include "input/packing.h"

enum { IN = 256 * 1024, OUT = 256 * 1024 };

static void
unpack(const char *path)
{
	static uint8_t in[IN], out[OUT];
	const struct packing *p = NULL;
	struct flow flow = { .in = in };
	void *state = NULL;
	FILE *f = fopen(path, "rb");

	if (!f)
		BUG("cannot read '%s'", path);
	for (bool behind = false;;) {
		enum packed packed;

		if (flow.in_n == 0) {
			flow.in = in;
			flow.in_n = fread(in, 1, IN, f);
		}
		if (!p) {
			p = packing_of((struct str){ .p = (const char *)flow.in, .n = flow.in_n });
			state = p && p->open ? p->open() : NULL;
			if (!state)
				BUG("'%s' is not packed, or by nothing this build has", path);
		}
		if (flow.in_n == 0)
			break;
		if (behind)
			p->next(state);
		flow.out = out;
		flow.out_n = OUT;
		packed = p->step(state, &flow);
		if (packed != PACKED_MORE && packed != PACKED_ENDED)
			BUG("'%s' is damaged", path);
		behind = packed == PACKED_ENDED;
	}
	p->close(state);
	fclose(f);
}

int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		unpack(argv[i]);
	return 0;
}
