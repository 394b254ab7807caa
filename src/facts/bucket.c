/*
 * bucket.c - a (day, column) of the facts, wherever its events lie: on shelves of parts, in writers' stores.
 */
#include "facts/facts_own.h"

#include "base/order.h"

static void
add_days(const struct facts_writer *w, int32_t *day, size_t *n)
{
	size_t rows;
	int32_t *row = store_rows(w->store, &rows);

	for (size_t i = 0; i < rows; i++) {
		if (row[i] != REFUSED_ROW)
			day[(*n)++] = row[i];
	}
	free(row);
}

int32_t *
facts_days(const struct facts *f, bool own, size_t *n)
{
	size_t room = 0, all = 0, unique = 0;
	int32_t *day;

	for (size_t i = 0; i < f->writer.n; i++)
		room += f->writer.at[i]->days.n;
	for (size_t i = 0; !own && i < f->shelf.n; i++)
		room += f->shelf.at[i]->heards;
	day = xalloc(room + 1, sizeof(*day));
	for (size_t i = 0; i < f->writer.n; i++)
		add_days(f->writer.at[i], day, &all);
	for (size_t i = 0; !own && i < f->shelf.n; i++)
		all += shelf_days(f->shelf.at[i], day + all);
	qsort(day, all, sizeof(*day), order_i32);
	for (size_t i = 0; i < all; i++) {
		if (unique == 0 || day[i] != day[unique - 1])
			day[unique++] = day[i];
	}
	*n = unique;
	return day;
}

uint64_t
bucket_count(const struct facts *f, bool own, int32_t row, unsigned column)
{
	uint64_t n = 0;

	for (size_t i = 0; !own && i < f->shelf.n; i++)
		n += shelf_count(f->shelf.at[i], row, column);
	for (size_t i = 0; i < f->writer.n; i++)
		n += store_count(f->writer.at[i]->store, row, column);
	return n;
}

bool
bucket_read(struct facts *f, bool own, int32_t row, unsigned column, struct packed_event *out)
{
	bool read = true;
	size_t n = 0;

	for (size_t i = 0; !own && i < f->shelf.n && read; i++) {
		const struct shelf *s = f->shelf.at[i];
		uint64_t count = shelf_count(s, row, column);

		read = count == 0 || shelf_read(s, row, column, out + n);
		if (!read)
			atomic_store(&f->unreadable, s);
		n += count;
	}
	for (size_t i = 0; i < f->writer.n && read; i++) {
		const struct store *s = f->writer.at[i]->store;
		uint64_t count = store_count(s, row, column);

		read = count == 0 || store_read(s, row, column, out + n);
		n += count;
	}
	return read;
}
