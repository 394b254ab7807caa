/*
 * apache_draft.h - layouts of formats that are best described in the words of Apache's LogFormat.
 */
#ifndef SEKISHO_FORMAT_APACHE_DRAFT_H
#define SEKISHO_FORMAT_APACHE_DRAFT_H

#include "format/layout.h"

int apache_layout(struct str text, const struct format_spec *spec, struct arena *arena,
		  const void **plan, struct errors *err);

#endif
