/*
 * test_folder.h - a folder of this run alone, in which worlds of rule tests stand one after the other; it goes with them.
 */
#ifndef SEKISHO_APP_TEST_FOLDER_H
#define SEKISHO_APP_TEST_FOLDER_H

#include "base/error.h"

/* In $TMPDIR, else /tmp; -1: told.  From here on a signal only sets what test_folder_stopped() says. */
int test_folder_open(struct str *folder, struct arena *a, struct errors *err);
bool test_folder_stopped(void);

/* Removes its files, but not the folder. */
void test_folder_clear(struct str folder);

/* Removes the folder, which is empty, and lets a signal that came meanwhile do what it does. */
void test_folder_close(struct str folder);

#endif
