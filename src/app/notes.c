/*
 * notes.c - see notes.h.
 */
#include "app/notes.h"

void
notes_print(const struct logfile *f, struct out *o)
{
	bool any = false;

	for (int n = 0; n < NOTE_COUNT; n++) {
		if (f->note[n] == 0)
			continue;
		if (any)
			out_char(o, ',');
		else
			out_tty(o, f->path);
		out_printf(o, "%s%s %llu", any ? " " : ": ", note_names[n],
			   (unsigned long long)f->note[n]);
		any = true;
	}
	if (any)
		out_char(o, '\n');
}
