/*
 * unpacking.c - members, padding, garbage, cuts and bombs; what a member is inside is the packing's.
 *
 *     BETWEEN --magic--> INSIDE --ended--> BETWEEN --end, or zero bytes to the end--> whole
 *                           |                 +--anything else--> trailing
 *                           +--> cut, damaged, wrong checksum, bomb
 */
#include "input/unpacking.h"

enum { CHUNK = 128 * 1024 };

void
unpacking_start(struct unpacking *u, struct intake *in, const struct packing *p, size_t chunk,
		uint64_t max_ratio)
{
	*u = (struct unpacking){ .intake = in, .packing = p };
	u->max_ratio = max_ratio ? max_ratio : MAX_RATIO;
	u->chunk = chunk ? chunk : CHUNK;
	u->room = u->chunk + PACKING_MAGIC;
	if (p) {
		u->buffer = xalloc(u->room, 1);
		u->state = p->open();
		u->flow.in = u->buffer;
	}
}

void
unpacking_stop(struct unpacking *u)
{
	if (u->state)
		u->packing->close(u->state);
	free(u->buffer);
	u->buffer = NULL;
	u->state = NULL;
}

/* One chunk more behind what is left; false: there is none. */
static bool
refill(struct unpacking *u)
{
	size_t n;

	if (u->flow.in_n)
		memmove(u->buffer, u->flow.in, u->flow.in_n);
	n = intake_read(u->intake, (char *)u->buffer + u->flow.in_n,
			min_size(u->chunk, u->room - u->flow.in_n));
	u->flow.in = u->buffer;
	u->flow.in_n += n;
	return n > 0;
}

/* Bytes behind the last member that are neither a member nor padding; `seen` were zero. */
static void
trail(struct unpacking *u, uint64_t seen)
{
	seen += u->flow.in_n;
	if (u->intake->size != UINT64_MAX) {
		seen += u->intake->size - u->intake->at;
	} else {
		for (u->flow.in_n = 0; refill(u); u->flow.in_n = 0)
			seen += u->flow.in_n;
	}
	u->trailing = seen;
	u->end = END_TRAILING;
}

static void
padding(struct unpacking *u)
{
	uint64_t zeros = 0;

	do {
		for (; u->flow.in_n && *u->flow.in == 0; zeros++) {
			u->flow.in++;
			u->flow.in_n--;
		}
		if (u->flow.in_n || zeros > PADDING_MOST) {
			trail(u, zeros);
			return;
		}
	} while (refill(u));
	u->over = true;
}

/* Between members: the next one, the end, or what is neither. */
static void
between(struct unpacking *u)
{
	const struct packing *p = u->packing;
	struct str head;

	while (u->flow.in_n < PACKING_MAGIC && refill(u))
		;
	head = (struct str){ .p = (const char *)u->flow.in, .n = u->flow.in_n };
	if (head.n == 0) {
		u->over = true;
	} else if (packing_begins(p, head)) {
		if (u->taken)
			p->next(u->state);
		u->inside = true;
		u->member.at = u->intake->at - u->flow.in_n;
		u->member.taken = u->taken;
		u->member.given = u->given;
	} else if (head.n < p->magic_n && memcmp(head.p, p->magic, head.n) == 0) {
		u->end = END_CUT;
	} else {
		padding(u);
	}
}

static enum file_end
end_of(enum packed got)
{
	switch (got) {
	case PACKED_MORE:
	case PACKED_ENDED:
		break;
	case PACKED_CHECKSUM:
		return END_CHECKSUM;
	case PACKED_DAMAGED:
		return END_DAMAGED;
	case PACKED_MEMORY:
		return END_MEMORY;
	}
	return END_WHOLE;
}

static bool
is_bomb(const struct unpacking *u)
{
	return u->given > BOMB_AFTER && u->given / u->max_ratio > u->taken;
}

/* One step, counted, and how the member ends when it does. */
static void
step(struct unpacking *u)
{
	const struct packing *p = u->packing;
	size_t in, out = u->flow.out_n;
	bool more = u->flow.in_n > 0 || refill(u);
	enum packed got;

	in = u->flow.in_n;
	got = p->step(u->state, &u->flow);
	u->taken += in - u->flow.in_n;
	u->given += out - u->flow.out_n;
	u->end = end_of(got);
	if (got == PACKED_ENDED) {
		u->inside = false;
		u->proved = u->given;
	}
	if (got == PACKED_MORE && in == u->flow.in_n && out == u->flow.out_n) {
		if (more)
			u->end = END_DAMAGED; /* it wants nothing and gives nothing */
		else
			u->end = p->in_trailer && p->in_trailer(u->state) ? END_CUT_TRAILER
									  : END_CUT;
	}
	/* The file itself failed: whatever its bytes looked like after that. */
	if (u->intake->end != END_WHOLE)
		u->end = u->intake->end;
}

/* The strict engine stands where the member begins, and its bytes go where they went. */
static void
start_again(struct unpacking *u)
{
	uint64_t taken_back = u->given - max_u64(u->member.given, u->before);

	u->packing->close(u->state);
	u->packing = u->packing->strict;
	u->state = u->packing->open();
	intake_back(u->intake, u->member.at);
	u->flow.in_n = 0;
	u->flow.out -= taken_back;
	u->flow.out_n += taken_back;
	u->taken = u->member.taken;
	u->given = u->member.given;
	u->end = END_WHOLE;
	u->inside = true;
}

/* Reads over what was handed out of this member: the same bytes, but for what should not have been. */
static void
catch_up(struct unpacking *u)
{
	struct flow real = u->flow;
	uint8_t *scratch = xalloc(CHUNK, 1);

	while (u->given < u->before && u->inside && u->end == END_WHOLE) {
		u->flow.out = scratch;
		u->flow.out_n = (size_t)min_u64(CHUNK, u->before - u->given);
		step(u);
	}
	free(scratch);
	u->overshot = u->given < u->before;
	u->flow.out = real.out;
	u->flow.out_n = real.out_n;
}

static bool
is_damage(enum file_end end)
{
	return end == END_CUT || end == END_CUT_TRAILER || end == END_CHECKSUM ||
	       end == END_DAMAGED;
}

static void
inside(struct unpacking *u)
{
	step(u);
	if (u->packing->strict && is_damage(u->end)) {
		start_again(u);
		catch_up(u);
	}
	if (u->end == END_WHOLE && is_bomb(u))
		u->end = END_BOMB;
}

bool
unpacking_complete(enum file_end end)
{
	return end == END_WHOLE || end == END_CUT_TRAILER || end == END_CHECKSUM ||
	       end == END_TRAILING;
}

size_t
unpacking_read(struct unpacking *u, char *p, size_t n)
{
	size_t got;

	if (!u->packing) {
		got = intake_read(u->intake, p, n);
		u->end = u->intake->end;
		return got;
	}
	u->flow.out = (uint8_t *)p;
	u->flow.out_n = n;
	u->before = u->given;
	while (u->flow.out_n && !u->over && u->end == END_WHOLE) {
		if (u->inside)
			inside(u);
		else
			between(u);
		/* The file itself failed: whatever its bytes looked like after that. */
		if (u->intake->end != END_WHOLE)
			u->end = u->intake->end;
	}
	return n - u->flow.out_n;
}
