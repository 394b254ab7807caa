/*
 * worldgen.c - writes a small synthetic utility: policy, ledgers, access logs and the truth about them.
 * Hides nothing but the order of work; the same arguments give the same bytes, on any machine.
 */
#include "tools/world_gen.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char usage[] =
	"usage: worldgen --seed N --days D --accounts A --lines L --out DIR\n"
	"                [--start YYYY-MM-DD] [--consumers C] [--networks N] [--systems 1..3] "
	"[--no-faults]\n"
	"       worldgen ... --stdout      only the lines of the first system, without faults\n";

static uint64_t
number(const char *name, const char *text, uint64_t least, uint64_t most)
{
	uint64_t v = 0;

	for (const char *p = text; *p != '\0'; p++) {
		if (*p < '0' || *p > '9' || v > most / 10)
			v = most + 1;
		else
			v = v * 10 + (uint64_t)(*p - '0');
		if (v > most)
			break;
	}
	if (*text == '\0' || v < least || v > most) {
		fprintf(stderr, "worldgen: '%s' must be from %llu to %llu\n", name,
			(unsigned long long)least, (unsigned long long)most);
		exit(2);
	}
	return v;
}

static int32_t
date(const char *text)
{
	char back[16];
	int32_t day = -1;

	/* Digits where digits belong; the comparison below refuses everything else. */
	if (strlen(text) == 10 && strspn(text, "0123456789-") == 10) {
		int y = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 +
			text[3] - '0';
		int m = (text[5] - '0') * 10 + text[6] - '0',
		    d = (text[8] - '0') * 10 + text[9] - '0';

		if (y >= 1980 && y <= 9999 && m >= 1 && m <= 12 && d >= 1 && d <= 31)
			day = day_of(y, m, d);
	}
	if (day < 0 || strcmp(date_text(day, back), text) != 0) {
		fprintf(stderr, "worldgen: '--start' must be a date YYYY-MM-DD\n");
		exit(2);
	}
	return day;
}

static void
option(struct world *w, const char *name, const char *value)
{
	if (strcmp(name, "--seed") == 0)
		w->seed = number(name, value, 0, UINT64_MAX / 16);
	else if (strcmp(name, "--days") == 0)
		w->days = (int)number(name, value, 1, MAX_DAYS - 2);
	else if (strcmp(name, "--accounts") == 0)
		w->accounts_wanted = (uint32_t)number(name, value, 1, 990000);
	else if (strcmp(name, "--lines") == 0)
		w->lines = number(name, value, 0, UINT64_C(1) << 40);
	else if (strcmp(name, "--out") == 0)
		w->out = value;
	else if (strcmp(name, "--start") == 0)
		w->day0 = date(value);
	else if (strcmp(name, "--consumers") == 0)
		w->consumers_wanted = (uint32_t)number(name, value, 2100, 5000000);
	else if (strcmp(name, "--networks") == 0)
		w->nets_wanted = (uint32_t)number(name, value, 1, MAX_NETS - 40);
	else if (strcmp(name, "--systems") == 0)
		w->systems = (int)number(name, value, 1, SYSTEMS);
	else {
		fprintf(stderr, "worldgen: unknown option '%s'\n%s", name, usage);
		exit(2);
	}
}

static void
options(struct world *w, int argc, char **argv)
{
	w->accounts_wanted = 0;
	w->lines = UINT64_MAX;
	w->consumers_wanted = 20000;
	w->nets_wanted = 60;
	w->systems = 2;
	w->faults = true;
	w->day0 = day_of(2022, 11, 1);
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--no-faults") == 0) {
			w->faults = false;
		} else if (strcmp(argv[i], "--stdout") == 0) {
			w->to_stdout = true;
		} else if (i + 1 < argc) {
			option(w, argv[i], argv[i + 1]);
			i++;
		} else {
			fprintf(stderr, "%s", usage);
			exit(2);
		}
	}
	if (w->days == 0 || w->accounts_wanted == 0 || w->lines == UINT64_MAX ||
	    (w->out == NULL && !w->to_stdout)) {
		fprintf(stderr, "%s", usage);
		exit(2);
	}
}

static void
folder(const struct world *w, const char *a, const char *b)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s%s%s", w->out, a, b);
	if (mkdir(path, 0755) != 0 && errno != EEXIST)
		die("cannot make", path);
}

int
main(int argc, char **argv)
{
	static struct world w;

	options(&w, argc, argv);
	calendar_build(&w);
	nets_build(&w);
	consumers_build(&w);
	w.account_cap = w.accounts_wanted + 256; /* the actors come on top */
	w.accounts = grown(NULL, sizeof(*w.accounts) * w.account_cap);
	script_build(&w);
	staff_build(&w);
	if (!w.to_stdout) {
		folder(&w, "", "");
		folder(&w, "/ledgers", "");
		folder(&w, "/logs", "");
		for (int s = 0; s < w.systems; s++)
			folder(&w, "/logs/", system_ids[s]);
		ledgers_write(&w);
	}
	work(&w);
	for (int p = 0; p < POOLS; p++)
		free(w.pool[p]);
	free(w.script);
	free(w.consumers);
	free(w.terms);
	free(w.accounts);
	free(w.nets);
	return 0;
}
