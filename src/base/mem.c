/*
 * mem.c - xalloc, arenas and growing arrays.
 */
#include "base/mem.h"

#include <stdarg.h>
#include <sys/mman.h>
#include <unistd.h>

enum { BLOCK = 64 * 1024, ALIGN = 16, HUGE_PAGE = 2 << 20, INDEX_KEPT = 4096 };

struct arena_block {
	struct arena_block *next;
	_Alignas(ALIGN) char at[];
};

static NORETURN void
out_of_memory(void)
{
	static const char message[] = "sekisho: out of memory; a smaller --memory spills earlier\n";

	/* Nothing that allocates may be called here.  5: internal error (SPEC, exit status). */
	if (write(2, message, sizeof(message) - 1) < 0)
		_exit(5);
	_exit(5);
}

void *
xalloc(size_t count, size_t size)
{
	void *p = calloc(count ? count : 1, size ? size : 1);

	if (!p)
		out_of_memory();
	return p;
}

void *
xrealloc(void *p, size_t count, size_t size)
{
	size_t bytes;
	void *q;

	if (__builtin_mul_overflow(count ? count : 1, size ? size : 1, &bytes))
		out_of_memory();
	q = realloc(p, bytes);
	if (!q)
		out_of_memory();
	return q;
}

void *
table_alloc(size_t bytes)
{
	size_t size = bytes + HUGE_PAGE, head;
	char *p;

	if (bytes < HUGE_PAGE)
		return xalloc(1, bytes);
	p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (p == MAP_FAILED)
		out_of_memory();
	/* Aligned by hand: give back what lies before the boundary and behind the end. */
	head = (HUGE_PAGE - (uintptr_t)p % HUGE_PAGE) % HUGE_PAGE;
	if (head)
		munmap(p, head);
	if (size > head + bytes)
		munmap(p + head + (bytes + 4095) / 4096 * 4096,
		       size - head - (bytes + 4095) / 4096 * 4096);
	p += head;
	madvise(p, bytes, MADV_HUGEPAGE);
	/* cppcheck-suppress deallocret ; only what lies before it was given back */
	return p;
}

void
table_free(void *p, size_t bytes)
{
	if (bytes < HUGE_PAGE)
		free(p);
	else if (p)
		munmap(p, bytes);
}

void *
index_empty(void *slots, size_t *mask, size_t size)
{
	if (*mask < INDEX_KEPT) {
		if (slots)
			memset(slots, 0, (*mask + 1) * size);
		return slots;
	}
	free(slots);
	*mask = 0;
	return NULL;
}

void *
vec_grow(void *at, size_t *room, size_t size)
{
	*room = *room ? *room * 2 : 8;
	return xrealloc(at, *room, size);
}

void *
arena_alloc(struct arena *a, size_t size)
{
	void *p;

	size = size ? (size + ALIGN - 1) / ALIGN * ALIGN : ALIGN;
	if (size > a->room - a->used) {
		size_t room = size > BLOCK ? size : BLOCK;
		struct arena_block *b = xalloc(1, sizeof(*b) + room);

		b->next = a->block;
		a->block = b;
		a->used = 0;
		a->room = room;
		a->bytes += sizeof(*b) + room;
	}
	p = a->block->at + a->used;
	a->used += size;
	return p;
}

struct str
arena_str(struct arena *a, struct str s)
{
	char *p = arena_alloc(a, s.n + 1);

	if (s.n)
		memcpy(p, s.p, s.n);
	return (struct str){ .p = p, .n = s.n };
}

struct str
arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	char *p;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	p = arena_alloc(a, (size_t)(n < 0 ? 0 : n) + 1);
	if (n > 0)
		vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return (struct str){ .p = p, .n = (size_t)(n < 0 ? 0 : n) };
}

void
arena_join(struct arena *a, struct arena *from)
{
	struct arena_block **end = &from->block;

	while (*end)
		end = &(*end)->next;
	*end = a->block;
	from->bytes += a->bytes;
	/* The block in use is the head of the list. */
	if (!from->block || from->block == a->block) {
		from->used = a->used;
		from->room = a->room;
	}
	*a = *from;
	*from = (struct arena){ 0 };
}

void
arena_free(struct arena *a)
{
	while (a->block) {
		struct arena_block *next = a->block->next;

		free(a->block);
		a->block = next;
	}
	*a = (struct arena){ 0 };
}
