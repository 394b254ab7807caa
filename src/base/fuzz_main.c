/*
 * fuzz_main.c - replays seeds through a fuzz target where there is no libFuzzer: `X_fuzz FILE...`.
 * Each file is one run, in a heap block of exactly its size; a broken property aborts.
 */
#include "base/mem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
replay(const char *path)
{
	VEC(uint8_t) bytes = { 0 };
	FILE *f = fopen(path, "rb");
	uint8_t *exact;
	bool whole;
	int c;

	if (!f)
		return false;
	while ((c = getc(f)) != EOF)
		*VEC_PUSH(&bytes) = (uint8_t)c;
	whole = !ferror(f);
	fclose(f);
	exact = xalloc(bytes.n, 1);
	if (bytes.n)
		memcpy(exact, bytes.at, bytes.n);
	if (whole)
		LLVMFuzzerTestOneInput(exact, bytes.n);
	free(exact);
	VEC_FREE(&bytes);
	return whole;
}

int
main(int argc, char **argv)
{
	int unread = 0;

	for (int i = 1; i < argc; i++) {
		if (!replay(argv[i])) {
			fprintf(stderr, "%s: cannot read '%s'\n", argv[0], argv[i]);
			unread++;
		}
	}
	return unread || argc < 2 ? 2 : 0;
}
