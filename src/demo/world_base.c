/*
 * world_base.c - names, memory and files of the demo's world.
 * Hides that ledgers are written whole or not at all, and that the first failure is told once.
 */
#include "demo/world.h"

#include "base/civil.h"

const char *const org_ids[ORGS] = {
	"KPG", "KEP", "KCC", "KCS", "NEWA", "NEWB", "NEWC", "MOI", "KHD"
};
const char *const screen_ids[SCREENS] = { "contract", "meter",  "usage", "bill", "address",
					  "history",  "outage", "stat",  "dump" };
const char *const kind_ids[] = { "person", "service", "shared", "disaster" };
const char *const role_ids[] = { "office", "branch", "control", "call", "sales", "field", "batch" };
const char *const demo_level_names[LEVELS] = { "easy", "medium", "hard", "very hard" };

/* Room doubles, so that growing costs nothing to speak of. */
void *
grown(void *p, size_t *room, size_t need, size_t size)
{
	if (need <= *room)
		return p;
	*room = need > *room * 2 ? need + 64 : *room * 2;
	return xrealloc(p, *room, size);
}

void
demo_row(struct out *t, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	out_vprintf(t, fmt, ap);
	va_end(ap);
}

void
ledger_begin(struct world *w, const char *name, const char *heading, struct out *t)
{
	struct str path = arena_printf(&w->arena, STR_FMT "/%s", STR_ARG(w->o->out), name);

	if (out_open(t, path, w->err) != 0) {
		w->failed = true;
		out_memory(t); /* written to all the same, and dropped */
	}
	out_text(t, heading);
}

void
ledger_end(struct world *w, struct out *t)
{
	if (t->memory)
		out_discard(t);
	else if (out_close(t, w->err) != 0)
		w->failed = true;
}

void
save(struct world *w, const char *name, struct out *t)
{
	struct out file;

	ledger_begin(w, name, "", &file);
	out_bytes(&file, out_taken(t));
	ledger_end(w, &file);
	out_discard(t);
}

const char *
date_text(int32_t day, char buf[16])
{
	struct civil c = civil_from_day(day);

	snprintf(buf, 16, "%04u-%02u-%02u", (unsigned)c.year % 10000, (unsigned)c.month % 100,
		 (unsigned)c.day % 100);
	return buf;
}

const char *
time_text(int64_t at, char buf[32])
{
	char date[16];
	unsigned s = (unsigned)(at % DAY_S);

	snprintf(buf, 32, "%s %02u:%02u:%02u", date_text((int32_t)(at / DAY_S), date), s / 3600,
		 s / 60 % 60, s % 60);
	return buf;
}

/* Two digits a step: writing numbers was 45 % of a streamed line with one (callgrind, 2026-11, gcc 12 -O2). */
char *
put_digits(char *p, uint32_t v, unsigned width)
{
	static const char pairs[] = "00010203040506070809101112131415161718192021222324"
				    "25262728293031323334353637383940414243444546474849"
				    "50515253545556575859606162636465666768697071727374"
				    "75767778798081828384858687888990919293949596979899";
	unsigned n = v < 10 ? 1 : v < 100 ? 2 : v < 1000 ? 3 : v < 10000 ? 4 : v < 100000 ? 5 : 6;
	char *at;

	for (uint32_t more = v / 1000000; more != 0; more /= 10)
		n++;
	n = n < width ? width : n;
	at = p + n;
	while (v >= 10) {
		at -= 2;
		memcpy(at, &pairs[(size_t)2 * (v % 100)], 2);
		v /= 100;
	}
	if (at > p && (v != 0 || at == p + n))
		*--at = (char)('0' + v);
	while (at > p)
		*--at = '0';
	return p + n;
}

/* "03", the area, and a number nobody else has */
void
consumer_text(const struct world *w, uint32_t i, char id[22])
{
	/* the script's own follow one another, and have no gaps */
	uint32_t number = i < w->o->consumers ? 100001 + i * 3 : 900000001u + i - w->o->consumers;

	memcpy(id, "030000000000", 12);
	put_digits(id + 2, w->consumers[i].area, 2);
	put_digits(id + 12, number, 10);
}

bool
demo_lists(struct str list, struct str rule)
{
	while (list.n) {
		if (str_eq(str_split(&list, ','), rule))
			return true;
	}
	return false;
}
