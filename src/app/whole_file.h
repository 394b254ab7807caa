/*
 * whole_file.h - a file read into memory as it lies: findings files, and whatever else is looked at twice.
 */
#ifndef SEKISHO_APP_WHOLE_FILE_H
#define SEKISHO_APP_WHOLE_FILE_H

#include "base/error.h"

/* "-" is standard input.  *bytes is the caller's to free, also after -1, which is told. */
int whole_file_read(struct str path, char **bytes, struct str *text, struct errors *err);

#endif
