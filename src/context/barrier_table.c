/*
 * barrier_table.c - the matrix compiled: every value that no row names is like every other such value.
 *
 * One level of the descent an axis, each with only the rows that still fit, so that a leaf judges few.
 */
#include "context/barrier.h"

struct compiling {
	struct barrier *b;
	uint32_t count[AXIS_COUNT];      /* of groups; group 0 is what no row names */
	uint32_t stride[AXIS_COUNT];     /* cells a group */
	VEC(uint16_t) value[AXIS_COUNT]; /* one of each group */
	const struct barrier_row **fit[AXIS_COUNT];
};

static uint16_t
row_asks(const struct barrier_row *r, enum axis axis)
{
	switch (axis) {
	case AXIS_ORG:
		return r->viewer_class;
	case AXIS_ROLE:
		return r->role;
	case AXIS_SYSTEM:
		return r->system;
	case AXIS_CLASS:
		return r->class;
	case AXIS_COUNT:
		break;
	}
	BUG("no axis %d", (int)axis);
}

static void
viewer_set(struct viewer *v, enum axis axis, uint16_t value)
{
	switch (axis) {
	case AXIS_ORG:
		v->org_class = (uint8_t)value;
		return;
	case AXIS_ROLE:
		v->role = value;
		return;
	case AXIS_SYSTEM:
		v->system = value;
		return;
	case AXIS_CLASS:
		v->class = value;
		return;
	case AXIS_COUNT:
		break;
	}
	BUG("no axis %d", (int)axis);
}

/* Returns the group of each number below `numbers`. */
static uint32_t *
group_axis(struct compiling *k, enum axis axis, size_t numbers, struct arena *a)
{
	uint32_t *group = arena_alloc(a, numbers * sizeof(*group));

	*VEC_PUSH(&k->value[axis]) = 0;
	for (size_t i = 0; i < k->b->count; i++) {
		uint16_t value = row_asks(k->b->row[i], axis);

		if (value == 0 || group[value])
			continue;
		group[value] = (uint32_t)k->value[axis].n;
		*VEC_PUSH(&k->value[axis]) = value;
	}
	k->count[axis] = (uint32_t)k->value[axis].n;
	return group;
}

static void
judge_cell(const struct compiling *k, const struct barrier *fitting, struct viewer v, uint32_t cell)
{
	for (int way = 0; way < WAY_COUNT; way++) {
		v.org = way == WAY_STRANGER ? ORG_NONE : 1;
		v.masked = (uint8_t)(way == WAY_STRANGER ? MASKED_UNKNOWN : way);
		barrier_judge(fitting, &v, k->b->cell[cell + (uint32_t)way]);
	}
}

static void
descend(const struct compiling *k, enum axis axis, const struct barrier *fitting, struct viewer v,
	uint32_t cell)
{
	struct barrier fewer = { .row = axis < AXIS_COUNT ? k->fit[axis] : NULL };

	if (axis == AXIS_COUNT) {
		judge_cell(k, fitting, v, cell);
		return;
	}
	for (uint32_t g = 0; g < k->count[axis]; g++) {
		uint16_t value = k->value[axis].at[g];

		viewer_set(&v, axis, value);
		fewer.count = 0;
		for (size_t i = 0; i < fitting->count; i++) {
			uint16_t asked = row_asks(fitting->row[i], axis);

			if (!asked || asked == value)
				fewer.row[fewer.count++] = fitting->row[i];
		}
		descend(k, axis + 1, &fewer, v, cell + g * k->stride[axis]);
	}
}

static void
fill_cells(struct compiling *k, size_t cells, struct arena *a)
{
	struct viewer v = { 0 };

	k->b->cell = arena_alloc(a, cells * sizeof(*k->b->cell));
	for (int axis = 0; axis < AXIS_COUNT; axis++)
		k->fit[axis] = xalloc(k->b->count + 1, sizeof(*k->fit[axis]));
	descend(k, AXIS_ORG, k->b, v, 0);
	for (int axis = 0; axis < AXIS_COUNT; axis++)
		free(k->fit[axis]);
}

void
barrier_compile(struct barrier *b, const struct pool *pools, const uint8_t *org_class,
		size_t cells_most, struct arena *a)
{
	static const enum pool_id pool_of[AXIS_COUNT] = { POOL_ORG, POOL_ROLE, POOL_SYSTEM,
							  POOL_CLASS };
	struct compiling k = { .b = b };
	uint32_t *group[AXIS_COUNT];
	size_t cells = WAY_COUNT;

	for (int axis = AXIS_COUNT; axis-- > 0;) {
		group[axis] = group_axis(&k, (enum axis)axis,
					 axis == AXIS_ORG ? (size_t)ORG_CLASS_COUNT
							  : pools[pool_of[axis]].name.n + 1,
					 a);
		k.stride[axis] = (uint32_t)cells;
		cells *= k.count[axis];
	}
	for (int axis = 0; cells <= cells_most && axis < AXIS_COUNT; axis++) {
		size_t numbers = pools[pool_of[axis]].name.n + 1;

		b->share[axis] = arena_alloc(a, numbers * sizeof(uint32_t));
		for (size_t i = 0; i < numbers; i++)
			b->share[axis][i] =
				k.stride[axis] * group[axis][axis == AXIS_ORG ? org_class[i] : i];
	}
	if (cells <= cells_most)
		fill_cells(&k, cells, a);
	for (int axis = 0; axis < AXIS_COUNT; axis++)
		VEC_FREE(&k.value[axis]);
}
