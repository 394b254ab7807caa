/*
 * zone_file.c - TZif, RFC 8536: the bytes of a zone file to the list of its changes.
 *
 *     header, block of 32 bits; from version 2 on: header, block of 64 bits, "\n" rule "\n"
 *
 * The file is somebody else's: every count is held against the bytes there are before anything is read by it.
 */
#include "base/civil.h"
#include "base/zone_own.h"

enum {
	HEADER = 44,
	TIMES_MOST = 20000, /* real zones have fewer than 300 */
	TYPES_MOST = 256,
	TYPE_SIZE = 6
};

/* A VEC with a name. */
struct zone_changes {
	struct zone_change *at;
	size_t n, room;
};

struct tzif {
	unsigned version;
	uint32_t utc_marks, standard_marks, leaps, times, types, chars;
};

static uint32_t
big32(const char *p)
{
	const unsigned char *b = (const unsigned char *)p;

	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static int64_t
big64(const char *p)
{
	return (int64_t)((uint64_t)big32(p) << 32 | big32(p + 4));
}

/* Bytes of the block behind a header. */
static size_t
block_size(const struct tzif *h, size_t time_size)
{
	return (size_t)h->times * (time_size + 1) + (size_t)h->types * TYPE_SIZE + h->chars +
	       (size_t)h->leaps * (time_size + 4) + h->standard_marks + h->utc_marks;
}

static const char *
header(struct str *bytes, size_t time_size, struct tzif *h)
{
	const char *p = bytes->p;

	if (bytes->n < HEADER || memcmp(p, "TZif", 4) != 0)
		return "it does not begin as a TZif file does";
	h->version = p[4] == '\0' ? 1 : (unsigned)(unsigned char)p[4] - '0';
	h->utc_marks = big32(p + 20);
	h->standard_marks = big32(p + 24);
	h->leaps = big32(p + 28);
	h->times = big32(p + 32);
	h->types = big32(p + 36);
	h->chars = big32(p + 40);
	if (h->version < 1 || h->version > 4)
		return "its version is not one of 1 to 4";
	if (h->types < 1 || h->types > TYPES_MOST || h->times > TIMES_MOST || h->chars < 1 ||
	    h->chars > bytes->n || h->leaps > bytes->n ||
	    (h->utc_marks && h->utc_marks != h->types) ||
	    (h->standard_marks && h->standard_marks != h->types))
		return "its counts cannot be right";
	*bytes = str_skip(*bytes, HEADER);
	return block_size(h, time_size) > bytes->n ? "it ends too early" : NULL;
}

/* The times of change and the offsets they change to. */
static const char *
block(struct str bytes, const struct tzif *h, size_t time_size, struct zone *zone,
      struct zone_changes *list)
{
	const char *time = bytes.p, *index = time + h->times * time_size, *type = index + h->times;
	int64_t last = INT64_MIN;

	for (uint32_t i = 0; i < h->types; i++) {
		int32_t offset = (int32_t)big32(type + (size_t)i * TYPE_SIZE);

		if (offset <= -ZONE_OFFSET_MOST || offset >= ZONE_OFFSET_MOST)
			return "it has an offset of more than a day";
	}
	zone->first = (int32_t)big32(type);
	for (uint32_t i = 0; i < h->times; i++) {
		const char *t = time + i * time_size;
		int64_t at = time_size == 8 ? big64(t) : (int32_t)big32(t);
		unsigned which = (unsigned char)index[i];

		if (which >= h->types || (i && at <= last))
			return "its times do not ascend, or change to an offset it has not";
		*VEC_PUSH(list) = (struct zone_change){
			.at = at,
			.offset = (int32_t)big32(type + (size_t)which * TYPE_SIZE),
		};
		last = at;
	}
	return h->leaps ? "it counts leap seconds, and logs do not" : NULL;
}

/* Insertion: the years come in order, begin and end of one may not. */
static void
sort_from(struct zone_changes *list, size_t from)
{
	for (size_t i = from + 1; i < list->n; i++) {
		struct zone_change c = list->at[i];
		size_t j = i;

		for (; j > from && list->at[j - 1].at > c.at; j--)
			list->at[j] = list->at[j - 1];
		list->at[j] = c;
	}
}

/*
 * Writes the rule out from the year of the last change on.  The cycle is the 400 years from the second year after
 * it, which the rule alone decides; one year more, so that the days around its end can be asked.
 */
static void
follow_rule(const struct zone_rule *rule, struct zone *zone, struct zone_changes *list)
{
	static const int64_t first = -719162 * 86400LL, last = 2932896 * 86400LL; /* 0001, 9999 */
	size_t from = list->n;
	int64_t at = from ? list->at[from - 1].at : INT64_MIN;
	int year;

	if (at > last)
		return;
	year = civil_from_day((int32_t)floor_div(max_i64(at, first), 86400)).year;
	for (int y = year; y <= year + 403; y++) {
		struct zone_change two[2];

		zone_rule_year(rule, y, two);
		for (int i = 0; i < 2; i++) {
			if (two[i].at > at)
				*VEC_PUSH(list) = two[i];
		}
	}
	sort_from(list, from);
	zone->cycle_end = civil_day(year + 402, 1, 1) * 86400LL;
}

/* Only what changes the offset; of changes at one instant the last, which is the later year's rule. */
static void
keep(struct zone *zone, const struct zone_changes *list, struct arena *arena)
{
	struct zone_change *to = list->n ? arena_alloc(arena, list->n * sizeof(*to)) : NULL;
	int32_t offset = zone->first;

	zone->change = to;
	for (size_t i = 0; i < list->n; i++) {
		if (i + 1 < list->n && list->at[i + 1].at == list->at[i].at)
			continue;
		if (list->at[i].offset == offset)
			continue;
		to[zone->count++] = list->at[i];
		offset = list->at[i].offset;
	}
}

static const char *
footer(struct str rest, struct zone *zone, struct zone_changes *list)
{
	struct zone_rule rule;
	size_t n;

	if (rest.n < 2 || rest.p[0] != '\n')
		return "the rule at its end is missing";
	rest = str_skip(rest, 1);
	n = str_find(rest, '\n');
	if (n == rest.n)
		return "the rule at its end is cut";
	if (n == 0)
		return NULL;
	if (!zone_rule_read(str_head(rest, n), &rule))
		return "the rule at its end cannot be read";
	if (rule.has_summer)
		follow_rule(&rule, zone, list);
	return NULL;
}

static const char *
whole_file(struct str bytes, struct zone *zone, struct zone_changes *list)
{
	struct tzif h;
	const char *wrong = header(&bytes, 4, &h);

	if (wrong)
		return wrong;
	if (h.version == 1)
		return block(bytes, &h, 4, zone, list);
	bytes = str_skip(bytes, block_size(&h, 4));
	wrong = header(&bytes, 8, &h);
	if (!wrong && h.version < 2)
		wrong = "its two headers disagree";
	if (!wrong)
		wrong = block(bytes, &h, 8, zone, list);
	return wrong ? wrong : footer(str_skip(bytes, block_size(&h, 8)), zone, list);
}

bool
zone_file_read(struct str bytes, struct arena *arena, struct zone *zone, const char **wrong)
{
	struct zone_changes list = { 0 };

	zone->cycle_end = INT64_MAX;
	zone->count = 0;
	*wrong = whole_file(bytes, zone, &list);
	if (!*wrong)
		keep(zone, &list, arena);
	VEC_FREE(&list);
	return !*wrong;
}
